"""What came out of a sweep."""

from __future__ import annotations

import os
from collections.abc import Sequence
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    import pandas as pd
    import xarray as xr
    from matplotlib.figure import Figure

    from poultice._to_pandas import Units


class SweepResult:
    """What came out of a sweep: one file, with a row for each member."""

    def __init__(self, path: str | os.PathLike[str]) -> None:
        self._path = Path(path)

    @property
    def path(self) -> Path:
        """The file; it goes with the result where none was named."""
        return self._path

    @cached_property
    def _status(self) -> tuple[Any, list[str]]:
        """The number of each member's status, and what the numbers mean."""
        status = self.to_xarray(["status"]).status
        return status.values, str(status.attrs["flag_meanings"]).split()

    @cached_property
    def _headlines(self) -> list[str]:
        return str(self.to_xarray([]).attrs["headlines"]).split()

    @property
    def status(self) -> dict[str, int]:
        """How many members ended how: {"ok": 4090, "integration_failed": 6}."""
        numbers, meanings = self._status
        counts = {meaning: int((numbers == number).sum()) for number, meaning in enumerate(meanings)}
        return {meaning: n for meaning, n in counts.items() if n or meaning == "ok"}

    def failures(self) -> pd.DataFrame:
        """The members that failed: what they were given, and why they failed. Empty where none did."""
        import numpy as np

        numbers, meanings = self._status
        members = np.flatnonzero(numbers)
        data = self._read(["status", "status_text"])
        why = dict(zip(data.failed.values, data.status_text.values, strict=True)) if "failed" in data else {}
        frame = self._members(data).iloc[members].copy()
        frame["status"] = [meanings[numbers[member]] for member in members]
        frame["why"] = [str(why.get(member, "")) for member in members]
        return frame

    def to_xarray(self, names: Sequence[str] | None = None) -> xr.Dataset:
        """All arrays of the file, or those of these names, in memory: dimension `run`, and every parameter
        that varies a coordinate along it."""
        import xarray as xr

        with xr.open_dataset(self._path, engine="h5netcdf") as opened:
            return opened.load() if names is None else opened[list(names)].load()

    def _read(self, names: Sequence[str]) -> xr.Dataset:
        """Those of these arrays that there are."""
        import xarray as xr

        with xr.open_dataset(self._path, engine="h5netcdf") as opened:
            return opened[[name for name in names if name in opened]].load()

    def to_dataframe(self, units: Units = "si") -> pd.DataFrame:
        """A row for each member: what it was given, how it ended, and the numbers that sum it up.

        In SI; with `units="display"` in customary units that stand in the headings."""
        from poultice.units import convert

        numbers, meanings = self._status
        data = self.to_xarray(self._headlines)
        frame = self._members(data)
        frame["status"] = [meanings[number] for number in numbers]
        for name in self._headlines:
            frame[name] = data[name].values
        unit_of = {name: str(data[name].attrs["units"]) for name in frame if "units" in data[name].attrs}
        if units == "display":
            wanted = {name: str(data[name].attrs["display_units"]) for name in unit_of}
            for name, has in unit_of.items():
                frame[name] = convert(frame[name].to_numpy(), has, wanted[name])
            frame = frame.rename(columns={name: f"{name} [{unit}]" for name, unit in wanted.items()})
            unit_of = {f"{name} [{unit}]": unit for name, unit in wanted.items()}
        frame.attrs["units"] = unit_of
        return frame

    @staticmethod
    def _members(data: xr.Dataset) -> pd.DataFrame:
        """What each member was given."""
        from poultice._to_pandas import import_pandas

        given = [
            name for name, it in data.coords.items() if it.dims == ("run",) and name not in ("run", "status")
        ]
        frame: pd.DataFrame = import_pandas().DataFrame({name: data[name].values for name in given})
        frame.index.name = "run"
        return frame

    def plot(
        self, path: str | os.PathLike[str] | None = None, *, by: str | None = None, dark: bool = False
    ) -> Figure:
        """Every curve that the sweep kept, as median and bands of 50 and 90 % of its members, and how the
        first numbers that sum up a run are distributed. `by` names a parameter of few values, each drawn in a
        colour of its own. Saved to `path` (.png, .svg, .pdf), else shown by pyplot.

        Raises ParameterError where `by` has too many values, or no member has left anything; FileError where
        the picture cannot be written."""
        from poultice.plotting import plot_sweep

        return plot_sweep(self.to_xarray(), path, by=by, dark=dark)

    def __repr__(self) -> str:
        counts = ", ".join(f"{n} {word}" for word, n in self.status.items())
        return f"<SweepResult {self._path.name}: {counts}>"
