"""What came out of a run."""

from __future__ import annotations

import os
from collections.abc import Callable
from functools import cached_property
from typing import TYPE_CHECKING, Any, NamedTuple

from poultice import _card, _core, _from_file, _from_run, _summary
from poultice._content import Content
from poultice._progress import reporter
from poultice.errors import ParameterError
from poultice.scenario import Overrides, Scenario, Study
from poultice.series import Profile, Series
from poultice.units import Quantity

if TYPE_CHECKING:
    import xarray as xr
    from matplotlib.figure import Figure


class Event(NamedTuple):
    """Something the schedule did."""

    time: float  #: [s]
    text: str  #: "apply patch"


class Result:
    """One run. What its file holds is there under the same names: `result.plasma_concentration` is a Series
    over time, `result.concentration` a Profile, `result.plasma_concentration_max` a Quantity, `result.time`
    an array. `dir(result)` and completion list them; `result["flux"]` is the same as `result.flux`."""

    def __init__(self, content: Content) -> None:
        self._content = content

    @property
    def names(self) -> tuple[str, ...]:
        """Everything that the file holds."""
        return tuple(self._content.variables)

    @property
    def title(self) -> str:
        return str(self._content.attributes["title"])

    @property
    def status(self) -> str:
        """ "ok"; a run that fails raises and leaves no result."""
        return str(self._content.attributes["status_text"])

    @property
    def attributes(self) -> dict[str, Any]:
        """Those of the file's root: title, versions, hashes, status."""
        return dict(self._content.attributes)

    @cached_property
    def scenario(self) -> Scenario:
        """What was simulated; of a file, with every value resolved."""
        return self._content.make_scenario()

    @property
    def headlines(self) -> dict[str, Quantity]:
        """The numbers that sum up the run, in their customary units."""
        return {name: _summary.shown(it) for name, it in self._content.headlines().items()}

    @property
    def events(self) -> list[Event]:
        """What the schedule did."""
        if "event_time" not in self.names:
            return []
        times, texts = (self._content.variables[name].values for name in ("event_time", "event_text"))
        return [Event(float(time), text) for time, text in zip(times, texts, strict=True)]

    @property
    def work(self) -> dict[str, int]:
        """What the integration took: steps, evaluations, factorizations, failures."""
        return dict(self._content.work)

    @property
    def mass_balance_relative_error(self) -> float:
        """The worst imbalance at any sample, over what was applied."""
        return float(self._content.attributes["mass_balance_relative_error"])

    @property
    def balance(self) -> dict[str, float]:
        """The same for each quantity that is conserved."""
        return dict(self._content.balance)

    @property
    def wall_seconds(self) -> float:
        return float(self._content.attributes["wall_seconds"])

    def summary(self) -> str:
        """The headline numbers as a table, the same as the `poultice run` command prints."""
        return _summary.text_of(self._content)

    def plot(self, path: str | os.PathLike[str] | None = None, *, dark: bool = False) -> Figure:
        """One figure with all that matters: rates, profiles, where the drug is, plasma. With a `path` it is
        saved there (.png, .svg, .pdf) and no window opens."""
        from poultice import plotting

        return plotting.plot_result(self._content, path, dark=dark)

    def to_xarray(self) -> xr.Dataset:
        """The same as `xarray.open_dataset` makes of the file, in SI."""
        from poultice import _to_xarray

        return _to_xarray.dataset_of(self._content)

    def save(self, path: str | os.PathLike[str], overwrite: bool = False) -> None:
        """Writes the HDF5 file; under its name it appears whole or not at all. Raises FileError."""
        self._content.save(os.fspath(path), overwrite)

    def __getitem__(self, name: str) -> Any:
        content = self._content
        if name not in content.variables:
            nearest = _core.nearest(name, list(self.names))
            hint = f"did you mean {nearest}?" if nearest else "dir(result) lists what there is"
            raise ParameterError(f"{name}: this result has no such name; {hint}", name, hint)
        it = content.variables[name]
        if name in content.headlines():
            return _summary.shown(it)
        about = (name, it.text("long_name"), it.text("units"), it.text("display_units"))
        if name in content.curves():
            return Series(*about, content.variables["time"].values, it.values)
        if name in content.profiles():
            times, axis = content.variables["time_profile"].values, it.dims[1]
            positions = content.variables[axis].values
            return Profile(*about, times, it.values, axis, positions, content.layers(axis))
        return it.values

    def __getattr__(self, name: str) -> Any:
        # Python asks for private names too while it copies and unpickles, when there is no content yet.
        if name.startswith("_"):
            raise AttributeError(name)
        try:
            return self[name]
        except ParameterError as error:
            raise AttributeError(str(error), name=name, obj=self) from None

    def __dir__(self) -> list[str]:
        return sorted({*super().__dir__(), *self.names})

    def __repr__(self) -> str:
        curves, profiles = len(self._content.curves()), len(self._content.profiles())
        return f"<Result {self.title!r}: {self.status}, {curves} curves, {profiles} profiles>"

    def _repr_html_(self) -> str:
        return _card.html_of(self._content)


def run(
    scenario: Study,
    overrides: Overrides | None = None,
    *,
    progress: bool | Callable[[float], None] = False,
) -> Result:
    """Simulates a scenario: one that was loaded, the path of one, a dictionary, or TOML text.

    `overrides` go before its values: `{"patch.area": "20 cm^2"}`. `progress=True` shows a bar; a function
    is called with the part that is done, 0 to 1. Other threads run meanwhile, and Ctrl-C stops the run.

    Raises ScenarioError, FileError, ModelError, IntegrationError, KeyboardInterrupt."""
    study = Scenario.of(scenario, overrides)
    with reporter(progress) as report:
        raw = _core.run(study._raw, report)
    return Result(_from_run.content_of(raw, Scenario(raw.scenario, study._folder)))


def read(path: str | os.PathLike[str]) -> Result:
    """Opens a result file. Raises FileError where it is none, or one of a newer format."""
    return Result(_from_file.content_of(os.fspath(path)))
