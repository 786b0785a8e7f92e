"""What came out of a run."""

from __future__ import annotations

import os
import warnings as python_warnings
from collections.abc import Callable
from functools import cached_property
from typing import TYPE_CHECKING, Any, NamedTuple

from poultice import _card, _core, _from_file, _from_run, _lookup, _summary, _values
from poultice._content import Content
from poultice._progress import reporter
from poultice.errors import ParameterError, ScenarioWarning
from poultice.scenario import Overrides, Scenario, Study
from poultice.series import Profile, Series
from poultice.units import Quantity

if TYPE_CHECKING:
    import pandas as pd
    import xarray as xr
    from matplotlib.figure import Figure

    from poultice._figure_names import FigureName
    from poultice._to_pandas import Units
    from poultice.recovery import Recovery


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
        return tuple(self._content.arrays)

    @property
    def title(self) -> str:
        return self._content.title

    @property
    def status(self) -> str:
        """ "ok". `run` raises where a run fails; of a file that says that its run did, status, attributes and
        scenario can be read, and everything else raises IntegrationError."""
        return self._content.status_text

    @property
    def warnings(self) -> tuple[str, ...]:
        """What looked odd about the study: a dose rate that contradicts a known plasma level."""
        return self._content.warnings

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
        return float(self._content.attributes.get("mass_balance_relative_error", float("nan")))

    @property
    def balance(self) -> dict[str, float]:
        """The same for each quantity that is conserved."""
        return dict(self._content.balance)

    @property
    def wall_seconds(self) -> float:
        return float(self._content.attributes.get("wall_seconds", float("nan")))

    def summary(self) -> str:
        """The headline numbers as a table, the same as the `poultice run` command prints."""
        return _summary.text_of(self._content)

    def value(
        self, name: str, at: _values.Time | None = None, unit: str = "", *, area: str | float | None = None
    ) -> Quantity:
        """One number with its unit: `value("delivered", at="24 h", unit="ug/cm^2")`.

        A curve is taken at a time (`"24 h"`, or seconds), straight between its samples; a headline needs
        none. The unit is the customary one unless another is asked for. An amount or a rate may be asked for
        per area: it is divided by that of the tissue, or by `area` (`"10 cm^2"`, or m^2).

        Raises ParameterError for an unknown name, a time outside the run, or where several tissues have
        areas, and UnitError for a unit of another dimension."""
        return _values.value_of(self._content, self.scenario, name, at, unit, area)

    def recovery(self) -> Recovery:
        """Where the dose was found again at the end of a permeation experiment: place, amount, amount per
        area, percent. Raises ParameterError where the study has no receptor."""
        from poultice.recovery import recovery_of

        return recovery_of(self._content, self.scenario)

    def plot(
        self,
        path: str | os.PathLike[str] | None = None,
        *,
        figure: FigureName = "overview",
        dark: bool = False,
        log: bool | None = None,
    ) -> Figure:
        """Draws "overview" (all that matters in one figure), "plasma", "flux" (with what has accumulated),
        "depth" (a map of concentration over depth and time) or "amounts" (where the drug is).

        With a `path` the figure is saved there (.png, .svg, .pdf) and no window opens. `log` says whether
        concentrations are on a logarithmic scale; the map decides by itself. Raises ParameterError where the
        study has nothing to draw, and FileError."""
        from poultice import plotting

        return plotting.plot_result(self._content, path, figure=figure, dark=dark, log=log)

    def to_xarray(self) -> xr.Dataset:
        """The same as `xarray.open_dataset` makes of the file, in SI."""
        from poultice import _to_xarray

        return _to_xarray.dataset_of(self._content)

    def to_dataframe(self, name: str | None = None, units: Units = "si") -> pd.DataFrame:
        """All curves as one table with a row per time, or the curve or profile of this name; a profile
        becomes rows of time, depth, layer and value.

        Columns bear the names of the result, in SI, and `attrs["units"]` says so; with `units="display"`
        they are in customary units that stand in their headings: "plasma_concentration [ng/mL]". Raises
        ImportError where pandas is not installed."""
        from poultice import _to_pandas

        return _to_pandas.frame_of(self._content, name, units)

    def save(self, path: str | os.PathLike[str], overwrite: bool = False) -> None:
        """Writes the HDF5 file; under its name it appears whole or not at all. Raises FileError."""
        self._content.save(os.fspath(path), overwrite)

    def __getitem__(self, name: str) -> Any:
        content = self._content
        it = _lookup.variable(content, name)
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

    def __eq__(self, other: object) -> bool:
        """Whether both are of one study and hold the same numbers, bit by bit."""
        if not isinstance(other, Result):
            return NotImplemented
        from poultice._same import is_same

        return is_same(self._content, other._content)

    def __hash__(self) -> int:
        return hash(self._content.attributes["scenario_sha256"])

    def __reduce__(self) -> tuple[Any, ...]:
        from poultice._same import image_of

        return _restore, (image_of(self._content), self.scenario)

    def __repr__(self) -> str:
        if not self._content.is_ok:
            return f"<Result {self.title!r}: {self.status}>"
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

    What looks odd about the study is a ScenarioWarning. Raises ScenarioError, FileError, ModelError,
    IntegrationError, KeyboardInterrupt."""
    return run_study(Scenario.of(scenario, overrides), progress, 3)


def run_study(study: Scenario, progress: bool | Callable[[float], None], stack_level: int) -> Result:
    """What `run` and `Scenario.run` have in common; warnings point `stack_level` calls up."""
    with reporter(progress) as report:
        raw = _core.run(study._raw, report)
    result = Result(_from_run.content_of(raw, Scenario(raw.scenario, study._folder)))
    for warning in result.warnings:
        python_warnings.warn(warning, ScenarioWarning, stacklevel=stack_level)
    return result


def read(path: str | os.PathLike[str]) -> Result:
    """Opens a result file. Raises FileError where it is none, or one of a newer format."""
    return Result(_from_file.content_of(os.fspath(path)))


def _restore(image: bytes, scenario: Scenario) -> Result:
    from poultice._same import content_of

    return Result(content_of(image, scenario))
