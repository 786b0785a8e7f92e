"""The figures that stand alone, for studies of every kind."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import get_args

import matplotlib.pyplot as plt
import numpy as np
import pytest
from matplotlib.axes import Axes
from matplotlib.colors import LogNorm

import poultice as pt
from poultice._figure_names import FigureName
from poultice._plot_command import main

ROOT = Path(__file__).parents[2]
STUDIES = {
    "patch": "examples/fentanyl_patch.toml",
    "two sites": "examples/fentanyl_rotation.toml",
    "flow-through cell": "examples/caffeine_cell.toml",
    "Franz cell with metabolite": "models/receptor/reference.toml",
    "metabolite in plasma": "models/metabolite/reference.toml",
    "membrane": "models/laminate/reference.toml",
}


@pytest.fixture(autouse=True)
def _close_figures() -> Iterator[None]:
    yield
    plt.close("all")


@pytest.fixture(scope="module")
def results() -> dict[str, pt.Result]:
    return {name: pt.run(ROOT / path) for name, path in STUDIES.items()}


def panels(result: pt.Result, figure: FigureName, **options: bool) -> list[Axes]:
    """Without colour bars."""
    return [it for it in result.plot(figure=figure, **options).axes if it.get_title("left")]


def legend(axes: Axes) -> list[str]:
    found = axes.get_legend()
    return [it.get_text() for it in found.get_texts()] if found else []


@pytest.mark.parametrize("study", STUDIES)
@pytest.mark.parametrize("figure", get_args(FigureName))
def test_every_figure_of_every_study(
    results: dict[str, pt.Result], study: str, figure: FigureName, tmp_path: Path
) -> None:
    for dark in (False, True) if study == "patch" else (False,):
        path = tmp_path / f"{dark}.png"
        results[study].plot(path, figure=figure, dark=dark)
        pixels = plt.imread(path)[::9, ::9]
        assert (pixels[0, 0, :3].mean() < 0.5) == dark
        assert len(np.unique(pixels.reshape(-1, pixels.shape[-1]), axis=0)) > 40
    for axes in panels(results[study], figure):
        assert "(" in axes.get_xlabel()
        assert "(" in axes.get_ylabel() or "%" in axes.get_ylabel()


class TestPlasma:
    def test_marks_events_and_the_peak(self, result: pt.Result) -> None:
        (axes,) = panels(result, "plasma")
        texts = [it.get_text() for it in axes.texts]
        assert {"apply patch", "remove patch"} <= set(texts)
        assert any(str(result.plasma_concentration_max) in it for it in texts)
        np.testing.assert_allclose(axes.lines[0].get_ydata(), result.plasma_concentration.to("ng/mL").values)

    def test_has_a_line_for_the_metabolite(self, results: dict[str, pt.Result]) -> None:
        result = results["metabolite in plasma"]
        (axes,) = panels(result, "plasma")
        assert legend(axes) == ["drug", "metabolite"]
        lines = {line.get_label(): line.get_ydata() for line in axes.lines}
        expected = result.metabolite_plasma_concentration.to("ng/mL").values
        np.testing.assert_allclose(lines["metabolite"], expected)

    def test_is_of_the_receptor_where_there_is_no_plasma(self, results: dict[str, pt.Result]) -> None:
        (axes,) = panels(results["flow-through cell"], "plasma")
        assert axes.get_title("left") == "Receptor"
        (axes,) = panels(results["membrane"], "plasma")
        assert axes.get_title("left") == "Delivered to the receptor"
        assert axes.get_ylabel() == "delivered per area (µg/cm²)"
        per_area = results["membrane"].value("delivered", at="24 h", unit="ug/cm^2").value
        assert axes.lines[0].get_ydata()[-1] == pytest.approx(per_area)

    def test_has_a_logarithmic_scale_on_demand(self, result: pt.Result) -> None:
        assert panels(result, "plasma")[0].get_yscale() == "linear"
        assert panels(result, "plasma", log=True)[0].get_yscale() == "log"


class TestFlux:
    def test_is_drawn_beside_what_it_adds_up_to(self, result: pt.Result) -> None:
        rates, totals = panels(result, "flux")
        np.testing.assert_allclose(rates.lines[0].get_ydata(), result.flux.to("ug/cm^2/h").values)
        lines = {line.get_label(): line.get_ydata() for line in totals.lines}
        per_area = result.value("delivered", at="120 h", unit="ug/cm^2").value
        assert lines["delivered"][-1] == pytest.approx(per_area)
        assert totals.get_ylabel() == "total per area (µg/cm²)"

    def test_counts_the_metabolite_apart(self, results: dict[str, pt.Result]) -> None:
        for study in ("metabolite in plasma", "Franz cell with metabolite"):
            rates, totals = panels(results[study], "flux")
            assert "metabolite flux" in legend(rates)
            assert {"delivered", "metabolite delivered", "released"} <= set(legend(totals))

    def test_of_two_sites_is_not_per_area(self, results: dict[str, pt.Result]) -> None:
        rates, totals = panels(results["two sites"], "flux")
        assert legend(rates) == ["flux into the blood", "upper arm flux"]
        assert totals.get_ylabel() == "total (µg)"


class TestDepth:
    def test_gives_each_layer_the_same_height(self, result: pt.Result) -> None:
        (axes,) = panels(result, "depth")
        profile = result.concentration
        assert axes.get_ylim() == (3.0, 0.0)
        assert [it.get_text() for it in axes.get_yticklabels()][:2] == ["0", "13"]
        assert {"stratum corneum", "viable epidermis", "dermis"} <= {it.get_text() for it in axes.texts}
        mesh = axes.collections[0]
        edges = mesh.get_coordinates()[:, 0, 1]
        assert len(edges) == len(profile.positions) + 1
        assert np.sum(edges < 1.0 - 1e-9) == profile.layers.count("stratum_corneum")

    def test_shows_the_numbers_where_they_are_known(self, result: pt.Result) -> None:
        (axes,) = panels(result, "depth", log=False)
        mesh, profile = axes.collections[0], result.concentration.to(result.concentration.display_unit)
        middles = 0.5 * (mesh.get_coordinates()[0, 1:, 0] + mesh.get_coordinates()[0, :-1, 0])
        column, row = int(np.argmin(np.abs(middles - 72.0))), list(profile.times).index(72 * 3600.0)
        shown = mesh.get_array().reshape(len(profile.positions), -1)[:, column]
        assert shown[0] == pytest.approx(profile.values[row, 0], rel=0.02)
        assert mesh.norm.vmax == pytest.approx(profile.values.max())

    def test_is_logarithmic_where_that_shows_more(self, result: pt.Result) -> None:
        def norm(**options: bool) -> object:
            return panels(result, "depth", **options)[0].collections[0].norm

        assert isinstance(norm(), LogNorm)
        assert not isinstance(norm(log=False), LogNorm)

    def test_has_a_bar_with_a_unit(self, result: pt.Result) -> None:
        figure = result.plot(figure="depth")
        assert any("concentration (" in it.get_ylabel() for it in figure.axes if not it.get_title("left"))


@pytest.mark.parametrize("study", ["flow-through cell", "Franz cell with metabolite", "metabolite in plasma"])
def test_the_places_hold_all_that_was_applied(results: dict[str, pt.Result], study: str) -> None:
    (axes,) = panels(results[study], "amounts")
    top = axes.collections[-1].get_paths()[0].vertices[:, 1]
    assert top.max() == pytest.approx(100.0, abs=1e-6)


def test_what_cannot_be_drawn_is_refused(result: pt.Result, tmp_path: Path) -> None:
    with pytest.raises(pt.ParameterError, match="choose one of overview, plasma"):
        result.plot(figure="plasm")  # type: ignore[arg-type]
    with pytest.raises(pt.ParameterError, match="logarithmic"):
        result.plot(figure="amounts", log=True)
    with pytest.raises(pt.FileError, match="say figure='plasma'"):
        result.plot("plasma")
    plasma_only = pt.run(ROOT / "models" / "plasma" / "reference.toml")
    with pytest.raises(pt.ParameterError, match="nothing to draw"):
        plasma_only.plot(figure="depth")


class TestCommand:
    def test_draws_the_figure_that_is_asked_for(
        self, result: pt.Result, tmp_path: Path, capsys: pytest.CaptureFixture[str]
    ) -> None:
        result.save(tmp_path / "r.h5")
        assert main([str(tmp_path / "r.h5"), "--figure", "depth", "--dark", "--linear"]) == 0
        assert capsys.readouterr().out == f"{tmp_path / 'r_depth.png'}\n"
        assert plt.imread(tmp_path / "r_depth.png")[0, 0, :3].mean() < 0.5

    def test_refuses_another(self, capsys: pytest.CaptureFixture[str]) -> None:
        with pytest.raises(SystemExit) as caught:
            main(["r.h5", "--figure", "pie"])
        assert caught.value.code == 2
        assert "amounts" in capsys.readouterr().err

    def test_says_that_a_figure_has_no_such_scale(
        self, result: pt.Result, tmp_path: Path, capsys: pytest.CaptureFixture[str]
    ) -> None:
        result.save(tmp_path / "r.h5")
        assert main([str(tmp_path / "r.h5"), "--figure", "flux", "--log"]) == 2
        assert "logarithmic" in capsys.readouterr().err
