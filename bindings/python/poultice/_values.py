"""One number of a result: a headline, or a curve at a time, in the unit that is asked for."""

from __future__ import annotations

from typing import TypeAlias

from poultice import _core
from poultice._area import area_for
from poultice._content import Content, Variable
from poultice._lookup import variable
from poultice.errors import ParameterError, UnitError
from poultice.scenario import Scenario
from poultice.units import Quantity, convert

Time: TypeAlias = "str | float | Quantity"


def value_of(
    content: Content, scenario: Scenario, name: str, at: Time | None, unit: str, area: str | float | None
) -> Quantity:
    it = variable(content, name)
    number = _number(content, name, it, at)
    has, wanted = it.text("units"), unit or it.text("display_units")
    if _core.same_dimension(has, wanted):
        return Quantity(convert(number, has, wanted), wanted)
    if _core.same_dimension(f"{has}/m^2", wanted):
        return Quantity(convert(number / area_for(name, scenario, area), f"{has}/m^2", wanted), wanted)
    customary = it.text("display_units")
    hint = f'say unit="{customary}"' + (f' or, per area, "{customary}/cm^2"' if has in ("kg", "kg/s") else "")
    words = f"{name} is {_core.dimension_name(has)}, not {_core.dimension_name(wanted)}; {hint}"
    raise UnitError(words, wanted, f"a unit like {customary}", hint)


def _number(content: Content, name: str, it: Variable, at: Time | None) -> float:
    """SI."""
    if name in content.headlines():
        if at is not None:
            hint = f"leave out `at`; for a curve at a time, ask for {it.text('probe')}"
            raise ParameterError(f"{name}: one number for the whole run; {hint}", "at", hint)
        return float(it.values)
    if name not in content.curves():
        hint = "value() is for curves and headlines; take the array: result." + name
        raise ParameterError(f"{name}: no single number at a time; {hint}", name, hint)
    times = content.variables["time"].values
    end = _hours(float(times[-1]))
    if at is None:
        hint = f'say when: at="{end}" is the end'
        raise ParameterError(f"{name}: a curve over time; {hint}", "at", hint)
    time = _seconds(at)
    # Rounding of a unit must not push the very end out of the run.
    slack = 1e-9 * float(times[-1])
    if not float(times[0]) - slack <= time <= float(times[-1]) + slack:
        hint = f"choose a time from 0 h to {end}, or simulate for longer: duration"
        raise ParameterError(f"at {_hours(time)}: outside the run; {hint}", "at", hint)
    import numpy as np

    return float(np.interp(time, times, it.values))


def _seconds(at: Time) -> float:
    if isinstance(at, str):
        return _core.parse_quantity(at, "h")
    return at.to("s").value if isinstance(at, Quantity) else float(at)


def _hours(seconds: float) -> str:
    return f"{seconds / 3600.0:.6g} h"
