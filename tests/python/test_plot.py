"""Figures: what they show, what is written on them, and the command that draws them."""

from __future__ import annotations

import re
import sys
from collections.abc import Iterator
from pathlib import Path

import matplotlib.pyplot as plt
import numpy as np
import pytest
from matplotlib.axes import Axes
from matplotlib.figure import Figure

import poultice as pt
from poultice._figures.style import clock_for
from poultice._plot_command import main
from poultice._toml import toml_of

HAS_UNIT = re.compile(r"\(.+\)|%")


@pytest.fixture(autouse=True)
def _close_figures() -> Iterator[None]:
    yield
    plt.close("all")


@pytest.fixture
def saved(result: pt.Result, tmp_path: Path) -> Path:
    result.save(tmp_path / "r.h5")
    return tmp_path / "r.h5"


def panel(figure: Figure, title: str) -> Axes:
    return next(axes for axes in figure.axes if axes.get_title("left").startswith(title))


def words(axes: Axes) -> str:
    legend = axes.get_legend()
    texts = [*axes.texts, *(legend.get_texts() if legend else [])]
    return "\n".join(text.get_text() for text in texts)


class TestFigure:
    def test_has_four_panels_with_units_on_every_axis(self, result: pt.Result) -> None:
        figure = result.plot()
        titles = [axes.get_title("left") for axes in figure.axes]
        assert titles == ["Release and delivery", "Concentration in depth", "Plasma", "Where the drug is"]
        for axes in figure.axes:
            assert HAS_UNIT.search(axes.get_xlabel()), axes.get_title("left")
            assert HAS_UNIT.search(axes.get_ylabel()), axes.get_title("left")

    def test_draws_the_numbers_of_the_result(self, result: pt.Result) -> None:
        figure = result.plot()
        plasma = panel(figure, "Plasma").lines[0]
        np.testing.assert_allclose(plasma.get_ydata(), result.plasma_concentration.to("ng/mL").values)
        np.testing.assert_allclose(plasma.get_xdata(), result.time / 3600.0)
        flux, release = panel(figure, "Release").lines[:2]
        np.testing.assert_allclose(flux.get_ydata(), result.flux.to("ug/cm^2/h").values)
        # 10.5 cm^2, as the patch of the example
        np.testing.assert_allclose(
            release.get_ydata(), result.release_rate.to("ug/h").values / 10.5, rtol=1e-6
        )

    def test_says_what_happened_and_what_came_out(self, result: pt.Result) -> None:
        figure = result.plot()
        plasma = words(panel(figure, "Plasma"))
        assert "apply patch" in plasma
        assert "remove patch" in plasma
        assert str(result.plasma_concentration_max) in plasma
        assert "viable\nepidermis" in words(panel(figure, "Concentration"))
        around = "\n".join(text.get_text() for text in figure.texts)
        assert result.title in around
        assert "mass balance error" in around
        assert pt.__version__ in around

    def test_the_bands_add_up_to_what_was_applied(self, result: pt.Result) -> None:
        axes = panel(result.plot(), "Where")
        top = axes.collections[-1].get_paths()[0].vertices[:, 1]
        assert top.max() == pytest.approx(100.0, abs=1e-6)
        assert axes.get_ylim()[1] == pytest.approx(100.0, abs=1e-6)
        expected = [
            "removed",
            "in patch",
            "stratum corneum",
            "viable epidermis",
            "dermis",
            "in blood and body",
        ]
        assert words(axes).split("\n") == [*expected, "eliminated"]

    def test_leaves_out_what_there_is_nothing_for(self, example: Path) -> None:
        models = example.parents[1] / "models"
        for model, title in (("plasma", "Plasma"), ("laminate", "Concentration in depth, membrane")):
            figure = pt.run(models / model / "reference.toml").plot()
            titles = [axes.get_title("left") for axes in figure.axes]
            assert title in titles
            assert ("Plasma" in titles) == (model == "plasma")

    def test_names_what_comes_again_once(self, example: Path) -> None:
        days = range(0, 12, 3)
        schedule = [{"at": f"{day} d", "apply": "patch"} for day in days]
        schedule += [{"at": f"{day + 3} d", "remove": "patch"} for day in days]
        schedule.sort(key=lambda entry: (int(entry["at"].split()[0]), "apply" in entry))
        without = example.read_text(encoding="utf-8").split("[[schedule]]")[0]
        figure = pt.run(without + toml_of({"schedule": schedule}), {"duration": "15 d"}).plot()
        plasma = words(panel(figure, "Plasma"))
        assert plasma.count("remove patch\napply patch") == 1
        assert panel(figure, "Plasma").get_xlabel() == "time (d)"

    @pytest.mark.parametrize("suffix", [".png", ".svg", ".pdf"])
    def test_is_saved_without_a_window(self, result: pt.Result, tmp_path: Path, suffix: str) -> None:
        path = tmp_path / f"picture{suffix}"
        result.plot(path, dark=suffix == ".png")
        assert path.stat().st_size > 10_000
        assert plt.get_fignums() == []

    def test_the_picture_is_not_blank(self, result: pt.Result, tmp_path: Path) -> None:
        for dark in (False, True):
            result.plot(tmp_path / "p.png", dark=dark)
            pixels = plt.imread(tmp_path / "p.png")[::9, ::9]
            assert len(np.unique(pixels.reshape(-1, pixels.shape[-1]), axis=0)) > 100
            assert (pixels[0, 0, :3].mean() < 0.5) == dark

    def test_a_picture_of_another_kind_is_refused(self, result: pt.Result, tmp_path: Path) -> None:
        with pytest.raises(pt.FileError, match=r"\.png"):
            result.plot(tmp_path / "p.docx")
        with pytest.raises(pt.FileError):
            result.plot(tmp_path / "no" / "such" / "folder.png")


class TestSingleCurves:
    def test_a_series_draws_itself_in_the_unit_asked_for(self, result: pt.Result) -> None:
        axes = result.plasma_concentration.plot()
        assert axes.get_ylabel() == "plasma concentration (ng/mL)"
        assert axes.get_xlabel() == "time (h)"
        again = result.plasma_concentration.to("mg/L").plot(axes, color="black")
        assert again is axes
        assert len(axes.lines) == 2

    def test_a_larger_curve_may_follow_on_the_same_axes(self, result: pt.Result) -> None:
        axes = result.in_skin.plot()
        result.applied.plot(ax=axes)
        bottom, top = axes.get_ylim()
        assert bottom == 0.0
        assert top > result.applied.to(result.applied.display_unit).values.max()

    def test_a_profile_draws_itself(self, result: pt.Result) -> None:
        axes = result.concentration.to("mg/L").plot()
        assert axes.get_ylabel() == "concentration (mg/L)"
        assert axes.get_xlabel().startswith("depth (µm)")
        assert words(axes).count(" h") >= 3


@pytest.mark.parametrize(
    ("hours", "unit"), [(0.01, "min"), (1.0, "min"), (3.0, "h"), (120.0, "h"), (241.0, "d"), (87660.0, "d")]
)
def test_time_has_a_unit_that_suits_it(hours: float, unit: str) -> None:
    clock = clock_for(hours * 3600.0)
    assert clock.unit == unit
    assert 2 <= hours * 3600.0 / clock.seconds / clock.tick <= 8


class TestCommand:
    def test_says_where_the_picture_is(self, saved: Path, capsys: pytest.CaptureFixture[str]) -> None:
        assert main([str(saved)]) == 0
        assert capsys.readouterr().out == f"{saved.with_suffix('.png')}\n"
        assert saved.with_suffix(".png").stat().st_size > 10_000

    def test_overwrites_only_when_told(self, saved: Path, capsys: pytest.CaptureFixture[str]) -> None:
        picture = saved.with_name("p.svg")
        picture.write_text("precious")
        assert main([str(saved), "-o", str(picture)]) == 2
        assert "--force" in capsys.readouterr().err
        assert picture.read_text() == "precious"
        assert main([str(saved), "-o", str(picture), "--force", "--dark"]) == 0
        assert picture.read_text(encoding="utf-8").startswith("<?xml")

    def test_says_what_to_install_where_matplotlib_is_missing(
        self, saved: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setitem(sys.modules, "poultice.plotting", None)
        monkeypatch.delattr(pt, "plotting", raising=False)
        assert main([str(saved)]) == 2
        assert "pip install" in capsys.readouterr().err

    def test_says_what_is_wrong_with_its_input(
        self, tmp_path: Path, capsys: pytest.CaptureFixture[str]
    ) -> None:
        assert main([str(tmp_path / "none.h5")]) == 2
        assert "none.h5" in capsys.readouterr().err
