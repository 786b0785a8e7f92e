"""What xarray alone makes of a result file: labels on every axis, decoded texts, units."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
import xarray as xr

import poultice as pt


@pytest.fixture
def file(result: pt.Result, tmp_path: Path) -> Path:
    result.save(tmp_path / "run.h5")
    return tmp_path / "run.h5"


def test_one_line_opens_everything_at_the_root(file: Path) -> None:
    with xr.open_dataset(file, engine="h5netcdf") as opened:
        assert set(opened.sizes) == {"time", "time_profile", "depth", "event"}
        assert opened.concentration.dims == ("time_profile", "depth")
        assert opened.plasma_concentration.dims == ("time",)
        assert opened.plasma_concentration_max.dims == ()
        assert "layer_of_cell" in opened.concentration.coords
        assert list(opened.event_text.values) == ["apply patch", "remove patch"]
        assert opened.time.dtype == np.float64  # not silently a timedelta
        for name, array in opened.variables.items():
            if name not in {"event", "event_text", "layer_of_cell"}:
                assert array.attrs["units"], name
            assert array.attrs["long_name"], name
        assert opened.attrs["filetype"] == "poultice-run"
        assert float(opened.plasma_concentration.max()) == float(opened.plasma_concentration_max)


def test_provenance_and_solver_open_as_groups(file: Path, example: Path) -> None:
    with xr.open_dataset(file, engine="h5netcdf", group="provenance") as provenance:
        assert str(provenance.scenario_toml.values) == example.read_text(encoding="utf-8")
        area = provenance.sel(key="patch.area")
        assert area.value.item() == pytest.approx(10.5e-4)
        assert str(area.unit.values) == "m^2"
        assert str(area.trust.values) == "published"
        assert str(area.source.values)
    with xr.open_dataset(file, engine="h5netcdf", group="solver") as solver:
        assert int(solver.linear_solves) > 0
        assert float(solver.balance_error.max()) < 1e-10
