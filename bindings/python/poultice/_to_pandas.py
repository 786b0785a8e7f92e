"""A result as tables for pandas: one row per time, or per time and depth."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Literal, TypeAlias

from poultice._content import Content, Variable
from poultice._lookup import variable
from poultice.errors import ParameterError
from poultice.units import convert

if TYPE_CHECKING:
    import pandas as pd

Units: TypeAlias = Literal["si", "display"]

AXES = {"s": "h", "m": "um"}  #: axes have no customary unit of their own in the file


def frame_of(content: Content, name: str | None, units: Units) -> pd.DataFrame:
    pandas = import_pandas()
    if units not in ("si", "display"):
        hint = 'choose "si" or "display"'
        raise ParameterError(f"units={units!r}: there are no such units; {hint}", "units", hint)
    if name is None:
        return _frame(pandas, {"time": content.variables["time"], **content.curves()}, units)
    it = variable(content, name)
    if name in content.curves():
        return _frame(pandas, {"time": content.variables["time"], name: it}, units)
    if name not in content.profiles():
        hint = "give a curve or a profile, or no name for all curves"
        raise ParameterError(f"{name}: this makes no table; {hint}", name, hint)
    return _profile(pandas, content, it, units)


def import_pandas() -> Any:
    """Raises ImportError that says what to install."""
    try:
        import pandas as pd
    except ImportError as error:
        raise ImportError("a table needs pandas, which is not installed: pip install pandas") from error
    return pd


def _frame(pandas: Any, columns: dict[str, Variable], units: Units) -> pd.DataFrame:
    data, unit_of = {}, {}
    for name, it in columns.items():
        has = it.text("units")
        unit = has if units == "si" else it.text("display_units") or AXES.get(has, has)
        heading = name if units == "si" else f"{name} [{unit}]"
        # pandas may write into its tables, and the engine's memory is not its own.
        data[heading] = it.values.copy() if unit == has else convert(it.values, has, unit)
        unit_of[heading] = unit
    frame: pd.DataFrame = pandas.DataFrame(data)
    frame.attrs["units"] = unit_of
    return frame


def _profile(pandas: Any, content: Content, it: Variable, units: Units) -> pd.DataFrame:
    import numpy as np

    axis = it.dims[1]
    times, positions = content.variables["time_profile"], content.variables[axis]
    rows, columns = it.values.shape
    long = {
        "time": Variable(("row",), np.repeat(times.values, columns), times.attributes),
        axis: Variable(("row",), np.tile(positions.values, rows), positions.attributes),
        "value": Variable(("row",), it.values.ravel(), it.attributes),
    }
    frame = _frame(pandas, long, units)
    layers = content.layers(axis)
    if layers:
        names = list(dict.fromkeys(layers))
        codes = np.tile([names.index(layer) for layer in layers], rows)
        frame.insert(2, "layer", pandas.Categorical.from_codes(codes, names, ordered=True))
    return frame
