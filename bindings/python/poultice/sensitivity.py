"""How the results of a linear study change with its parameters."""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

from poultice import _core
from poultice.errors import ParameterError
from poultice.scenario import Overrides, Scenario, Study

if TYPE_CHECKING:
    import numpy as np
    import pandas as pd
    import xarray as xr
    from matplotlib.axes import Axes
    from numpy.typing import NDArray


@dataclass(frozen=True)
class Change:
    """How one result changes with each parameter. Numbers are SI."""

    name: str  #: "plasma_concentration_max"
    long_name: str
    unit: str
    value: NDArray[np.float64]  #: [time] of a curve, [] of a headline
    derivative: NDArray[np.float64]  #: [parameter, time] or [parameter], by the SI unit of each parameter
    elasticity: NDArray[np.float64]  #: the same shape: p/y dy/dp; NaN where the value is zero


class Sensitivity:
    """Derivatives of the curves and headlines of a run by its parameters.

    `found["plasma_concentration_max"]` is a Change; `found.results` and `found.parameters` list what there
    is; `found.to_dataframe()` holds the elasticities of the headlines and `found.to_xarray()` everything. An
    elasticity says by how many percent a result changes where a parameter changes by one: 1 is proportional,
    0 no effect, -1 inversely proportional."""

    def __init__(self, raw: _core.Sensitivity, results: Iterable[str] | None) -> None:
        self._raw = raw
        everything = {it.name: i for i, it in enumerate(raw.headlines)}
        everything.update({it.name: -1 for it in raw.probes})
        self._results = tuple(everything) if results is None else tuple(results)
        for name in self._results:
            if name not in everything:
                nearest = _core.nearest(name, list(everything))
                hint = f"did you mean {nearest}?" if nearest else "leave out `results` to get all"
                raise ParameterError(f"{name}: no curve or headline has this name; {hint}", name, hint)
        self._everything = everything

    @property
    def parameters(self) -> tuple[str, ...]:
        """Their paths, in the order of the first axis of each derivative."""
        return tuple(self._raw.parameters)

    @property
    def units(self) -> dict[str, str]:
        """The SI unit of each parameter."""
        return dict(zip(self._raw.parameters, self._raw.units, strict=True))

    @property
    def values(self) -> dict[str, float]:
        """The parameters' own values, SI."""
        return dict(zip(self._raw.parameters, self._raw.values, strict=True))

    @property
    def results(self) -> tuple[str, ...]:
        """Names of headlines and curves."""
        return self._results

    @property
    def headlines(self) -> tuple[str, ...]:
        """Those of the results that are single numbers."""
        return tuple(name for name in self._results if self._everything[name] >= 0)

    @property
    def time(self) -> NDArray[np.float64]:
        """Of the curves [s]."""
        return self._raw.times

    def __getitem__(self, name: str) -> Change:
        """Raises KeyError for what is not among the results."""
        import numpy as np

        if name not in self._results:
            raise KeyError(name)
        index = self._everything[name]
        if index >= 0:
            headline = self._raw.headlines[index]
            value = self._raw.headline_values[index, 0]
            derivative = self._raw.headline_slopes[index]
            label, unit = headline.label, headline.unit
        else:
            probe = next(it for it in self._raw.probes if it.name == name)
            value = self._raw.curve(name)[:, 0]
            derivative = self._raw.slopes(name).T
            label, unit = probe.long_name, probe.unit
        parameters = np.array(self._raw.values).reshape((-1,) + (1,) * np.ndim(value))
        with np.errstate(divide="ignore", invalid="ignore"):
            elasticity = np.where(value != 0.0, derivative * parameters / value, np.nan)
        return Change(name, label, unit, np.asarray(value), derivative, elasticity)

    def __iter__(self) -> Iterator[str]:
        return iter(self._results)

    def __len__(self) -> int:
        return len(self._results)

    def to_dataframe(self) -> pd.DataFrame:
        """Elasticities of the headlines: a row for each parameter, a column for each headline."""
        import pandas as pd

        columns = {name: self[name].elasticity for name in self.headlines}
        return pd.DataFrame(columns, index=pd.Index(self.parameters, name="parameter"))

    def to_xarray(self) -> xr.Dataset:
        """For each result its value, `<name>_derivative` and `<name>_elasticity`, over `parameter` and, of
        curves, `time`; the SI units of the parameters stand in `parameter_unit`."""
        import xarray as xr

        data: dict[str, xr.Variable] = {}
        for name in self._results:
            it = self[name]
            dims = ("time",) if it.value.ndim else ()
            data[name] = xr.Variable(dims, it.value, {"units": it.unit, "long_name": it.long_name})
            per = {"units": f"({it.unit})/parameter_unit", "long_name": f"derivative of {it.long_name}"}
            data[f"{name}_derivative"] = xr.Variable(("parameter", *dims), it.derivative, per)
            relative = {"units": "1", "long_name": f"elasticity of {it.long_name}"}
            data[f"{name}_elasticity"] = xr.Variable(("parameter", *dims), it.elasticity, relative)
        coordinates = {
            "parameter": list(self.parameters),
            "parameter_value": ("parameter", list(self.values.values())),
            "parameter_unit": ("parameter", list(self.units.values())),
            "time": ("time", self.time, {"units": "s"}),
        }
        return xr.Dataset(data, coords=coordinates)

    def plot(
        self,
        result: str,
        path: str | os.PathLike[str] | None = None,
        *,
        largest: int = 12,
        ax: Axes | None = None,
    ) -> Axes:
        """Bars of the elasticities of a headline, the largest on top; temperatures are left out, since one
        percent of them, from absolute zero, is 3 K. With a `path` the figure is saved there (.png, .svg,
        .pdf). Raises ParameterError where the result is no headline, and FileError."""
        from poultice import plotting

        if result not in self.headlines:
            what = "is a curve; a bar shows one number" if result in self._results else "is not there"
            hint = f"there are {', '.join(self.headlines)}"
            raise ParameterError(f"{result}: {what}; {hint}", result, hint)
        bars = {
            parameter: float(elasticity)
            for parameter, unit, elasticity in zip(
                self._raw.parameters, self._raw.units, self[result].elasticity, strict=True
            )
            if unit != "K" and abs(elasticity) > 0.0
        }
        return plotting.plot_elasticities(self[result].long_name, bars, path, largest, ax)

    def __repr__(self) -> str:
        return f"<Sensitivity of {len(self)} results to {len(self.parameters)} parameters>"


def sensitivity(
    scenario: Study,
    parameters: Iterable[str] | None = None,
    results: Iterable[str] | None = None,
    *,
    overrides: Overrides | None = None,
) -> Sensitivity:
    """How curves and headlines of a linear study change with parameters, by exact derivatives: one run tells
    it for all of them, at less than a run for each would cost.

    `parameters` are paths of quantities ("patch.area"); by default all of the study's models that are not
    zero. `results` are names of curves or headlines, by default all. Profiles have no derivatives here, and
    that of the time of a maximum is NaN.

    Raises ParameterError for a parameter that has no derivative (a choice, a count, one that is zero) and for
    an unknown name; ModelError where the study is not linear; ScenarioError, IntegrationError."""
    study = Scenario.of(scenario, overrides)
    raw = study._raw
    chosen = _core.differentiable_parameters(raw) if parameters is None else list(parameters)
    return Sensitivity(_core.sensitivity(raw, chosen), results)
