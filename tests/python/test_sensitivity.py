"""Derivatives by parameters: against differences between runs, in shape and by name."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

import poultice as pt

PARAMETERS = ("patch.content", "patch.diffusivity", "skin.stratum_corneum.diffusivity", "plasma.clearance")


@pytest.fixture(scope="module")
def found(example: Path) -> pt.Sensitivity:
    return pt.sensitivity(example, PARAMETERS)


def shifted(example: Path, path: str, factor: float) -> pt.Result:
    value, _, unit = str(pt.load(example)[path]).partition(" ")
    return pt.run(example, {path: f"{float(value) * factor!r} {unit}".strip()})


@pytest.mark.parametrize("path", PARAMETERS)
def test_is_the_difference_between_runs(example: Path, found: pt.Sensitivity, path: str) -> None:
    step = 1e-3
    above, below = (shifted(example, path, 1.0 + sign * step) for sign in (1.0, -1.0))
    row = found.parameters.index(path)
    for name in ("plasma_concentration", "delivery_rate", "in_patch"):
        difference = (getattr(above, name).values - getattr(below, name).values) / (2.0 * step)
        exact = found[name].derivative[row] * found.values[path]
        # Of second order: steps of 1e-3 leave some 1e-6.
        assert exact == pytest.approx(difference, abs=1e-5 * np.abs(difference).max())
    for name in ("plasma_concentration_max", "delivered_total"):
        difference = (above[name].value - below[name].value) / (2.0 * step)
        elasticity = found[name].elasticity[row]
        middle = (above[name].value + below[name].value) / 2.0
        assert elasticity == pytest.approx(difference / middle, abs=1e-5)


def test_the_dose_is_proportional_to_the_content(found: pt.Sensitivity) -> None:
    assert found["delivered_total"].elasticity[0] == pytest.approx(1.0, abs=1e-9)
    assert found["removed"].elasticity[0, -1] == pytest.approx(1.0, abs=1e-9)


def test_values_are_those_of_the_run(result: pt.Result, found: pt.Sensitivity) -> None:
    plasma = result.plasma_concentration
    assert found["plasma_concentration"].value == pytest.approx(
        plasma.to(found["plasma_concentration"].unit).values, abs=1e-12 * plasma.values.max()
    )
    assert np.array_equal(found.time, result.time)
    assert set(found.headlines) == set(result.headlines)


def test_by_default_every_parameter_and_every_result(example: Path) -> None:
    everything = pt.sensitivity(example)
    assert set(PARAMETERS) < set(everything.parameters)
    assert not any(path.startswith(("solver.", "output.")) for path in everything.parameters)
    assert "flux" in everything.results
    assert "concentration" not in everything.results
    time_of_maximum = everything["plasma_concentration_max_time"]
    assert time_of_maximum.value > 0.0
    assert np.isnan(time_of_maximum.derivative).all()


def test_tables_and_datasets_are_labelled(found: pt.Sensitivity) -> None:
    table = found.to_dataframe()
    assert list(table.index) == list(PARAMETERS)
    assert table.loc["plasma.clearance", "plasma_concentration_max"] < -0.1
    dataset = found.to_xarray()
    slope = dataset["plasma_concentration_derivative"].sel(parameter="plasma.clearance")
    assert slope.dims == ("time",)
    assert float(slope[-1]) < 0.0
    assert dataset["parameter_unit"].sel(parameter="patch.content").item() == "kg"
    assert dataset["delivered_total_elasticity"].dims == ("parameter",)


def test_draws_bars(found: pt.Sensitivity, example: Path, tmp_path: Path) -> None:
    axes = found.plot("plasma_concentration_max", tmp_path / "bars.svg")
    assert (tmp_path / "bars.svg").stat().st_size > 1000
    assert len(axes.patches) == len(PARAMETERS)
    widths = [abs(bar.get_width()) for bar in axes.patches]  # type: ignore[attr-defined]
    assert widths == sorted(widths, reverse=True)
    everything = pt.sensitivity(example).plot("residual", tmp_path / "all.png")
    assert not any("temperature" in label.get_text() for label in everything.get_yticklabels())
    with pytest.raises(pt.ParameterError, match="is a curve"):
        found.plot("plasma_concentration")


def test_what_has_no_derivative_is_refused(example: Path) -> None:
    with pytest.raises(pt.ParameterError, match="shapes the equations"):
        pt.sensitivity(example, ["patch.kind"])
    with pytest.raises(pt.ParameterError, match=r"patch\.area"):
        pt.sensitivity(example, ["patch.aera"])
    with pytest.raises(pt.ParameterError, match="plasma_concentration"):
        pt.sensitivity(example, ["patch.area"], ["plasma_concentratoin"])


def test_a_nonlinear_study_is_refused(example: Path) -> None:
    saturable = example.parents[1] / "models" / "metabolite" / "reference.toml"
    with pytest.raises(pt.ModelError, match="linear"):
        pt.sensitivity(saturable)
