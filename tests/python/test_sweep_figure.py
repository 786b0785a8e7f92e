"""The figure of a sweep: what its bands and bars are, and what cannot be drawn."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import matplotlib.pyplot as plt
import numpy as np
import pytest

import poultice as pt
from command import SMALL
from poultice._plot_command import main


@pytest.fixture(autouse=True)
def _close_figures() -> Iterator[None]:
    yield
    plt.close("all")


@pytest.fixture(scope="module")
def saved(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Three areas, sixteen contents each."""
    path = tmp_path_factory.mktemp("sweep") / "s.h5"
    content = {"distribution": "uniform", "from": "1 mg", "to": "4 mg"}
    plan = pt.plan(
        SMALL,
        axes={"patch.area": ["5 cm^2", "10 cm^2", "20 cm^2"]},
        distributions={"patch.content": content},
        n=16,
        curves=["released"],
        every="1 h",
    )
    pt.sweep(plan, path, progress=False)
    return path


@pytest.fixture
def result(saved: Path) -> pt.SweepResult:
    return pt.SweepResult(saved)


def test_bands_are_quantiles_of_the_members(result: pt.SweepResult) -> None:
    axes = result.plot().axes[0]
    released = result.to_xarray().released
    middle = axes.lines[0]
    np.testing.assert_allclose(middle.get_xdata(), released.time / 3600.0)
    np.testing.assert_allclose(middle.get_ydata(), released.median("run") * 1e9, rtol=1e-12)
    assert axes.get_ylabel() == "released (µg)"
    for band, (low, high) in zip(axes.collections, ((0.05, 0.95), (0.25, 0.75)), strict=True):
        edges = band.get_paths()[0].get_extents()
        last = released[:, -1]
        assert edges.y1 >= float(last.quantile(high)) * 1e9 * (1 - 1e-12)
        assert edges.y0 <= float(released[:, 0].quantile(low)) * 1e9


def test_bars_count_the_members(result: pt.SweepResult) -> None:
    figure = result.plot()
    assert len(figure.axes) == 4
    residual = next(it for it in figure.axes if it.get_xlabel().startswith("residual"))
    values = result.to_xarray().residual.values
    low, high = np.quantile(values, (0.002, 0.998))  # the farthest are left out
    inside = (values >= low) & (values <= high)
    assert sum(bar.get_height() for bar in residual.patches) == inside.sum()
    assert residual.get_xlabel() == "residual (µg)"
    assert any("48 members" in text.get_text() for text in figure.texts)


def test_groups_have_a_colour_each(result: pt.SweepResult) -> None:
    axes = result.plot(by="patch.area").axes[0]
    data = result.to_xarray()
    assert [text.get_text() for text in axes.get_legend().get_texts()] == ["5 cm²", "10 cm²", "20 cm²"]
    assert len({line.get_color() for line in axes.lines}) == 3
    of_ten = data.released[np.isclose(data["patch.area"], 1e-3)]
    np.testing.assert_allclose(axes.lines[1].get_ydata(), of_ten.median("run") * 1e9, rtol=1e-12)


@pytest.mark.parametrize(
    ("by", "why"), [("patch.content", "16 values"), ("patch.aera", "nothing of this name")]
)
def test_what_cannot_be_told_apart_is_refused(result: pt.SweepResult, by: str, why: str) -> None:
    with pytest.raises(pt.ParameterError, match=why):
        result.plot(by=by)


def test_a_sweep_without_a_sound_member_says_so(tmp_path: Path) -> None:
    plan = pt.plan(
        SMALL, {"solver.max_steps": 1, "solver.integrator": "cvode"}, axes={"patch.area": ["5 cm^2"]}
    )
    failed = pt.sweep(plan, tmp_path / "f.h5", progress=False)
    assert failed.status["integration_failed"] == 1
    with pytest.raises(pt.ParameterError, match="no member"):
        failed.plot()


def test_the_command_draws_it(saved: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    picture = tmp_path / "s.png"
    assert main([str(saved), "-o", str(picture), "--by", "patch.area", "--dark"]) == 0
    assert capsys.readouterr().out.strip() == str(picture)
    assert plt.imread(picture)[0, 0, :3].mean() < 0.5
    assert main([str(saved), "-o", str(tmp_path / "t.png"), "--figure", "flux"]) == 2
    assert "a sweep has one figure" in capsys.readouterr().err
    assert not (tmp_path / "t.png").exists()


def test_one_run_has_no_groups(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    pt.run(SMALL).save(tmp_path / "r.h5")
    assert main([str(tmp_path / "r.h5"), "--by", "patch.area"]) == 2
    assert "belongs to sweeps" in capsys.readouterr().err
