"""The area that an amount is spread over."""

from __future__ import annotations

from poultice import _core
from poultice.errors import ParameterError
from poultice.scenario import Scenario

SUFFIX = ".area"
NEXT_STEP = 'say which: area="10 cm^2"'


def tissue_areas(scenario: Scenario) -> dict[str, float]:
    """Area of each tissue [m^2]: its own, or else that of what is put on it, as the engine has it."""
    raw = {it.path: it for it in scenario._raw.parameters}
    tables = [path.removesuffix(SUFFIX) for path in raw if path.endswith(SUFFIX) and path.count(".") == 1]
    put_on = {table: raw[f"{table}.on"].text for table in tables if f"{table}.on" in raw}
    areas = {}
    for tissue in (table for table in tables if table not in put_on):
        own = raw[tissue + SUFFIX].number
        # What a schedule moves here from elsewhere has one area with what is always here.
        here = [table for table, on in put_on.items() if on == tissue] or list(put_on)
        areas[tissue] = own if own == own or not here else raw[here[0] + SUFFIX].number
    return areas


def area_for(name: str, scenario: Scenario, given: str | float | None) -> float:
    """The area [m^2] that belongs to a result's name. Raises ParameterError where there is none, or more than
    one that it may be."""
    if given is not None:
        return _core.parse_quantity(given, "cm^2") if isinstance(given, str) else float(given)
    areas = tissue_areas(scenario)
    named = [tissue for tissue in areas if f"_{tissue}_" in f"_{name}_"]
    if len(areas) > 1 and len(named) == 1:
        return areas[named[0]]
    if len(areas) > 1:
        listed = ", ".join(f"{tissue} {_core.exact_quantity(area, 'cm^2')}" for tissue, area in areas.items())
        raise ParameterError(f"{name}: several tissues share it ({listed}); {NEXT_STEP}", name, NEXT_STEP)
    if not areas:
        raise ParameterError(f"{name}: this study has no area to divide by; {NEXT_STEP}", name, NEXT_STEP)
    return next(iter(areas.values()))
