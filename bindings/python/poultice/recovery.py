"""The laboratory's table: where the dose was found again at the end of a permeation experiment."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from poultice import _core, _html
from poultice._area import area_for
from poultice._content import Content
from poultice._to_pandas import import_pandas
from poultice.errors import Error, ParameterError
from poultice.scenario import Scenario
from poultice.units import convert, shown_unit

if TYPE_CHECKING:
    import pandas as pd

PREFIX, TOTAL = "recovered_", "recovery_total"
HEAD = ("found", "amount", "per area", "of applied")
UNITS = ("ug", "ug/cm^2")


@dataclass(frozen=True)
class Row:
    """One place."""

    name: str  #: "in_stratum_corneum"; "total"
    amount: float  #: [ug]
    per_area: float | None  #: [ug/cm^2]; None where several tissues share it
    percent: float | None  #: of what was applied; None where nothing was


@dataclass(frozen=True)
class Recovery:
    """What was found where, the sum last. Shows itself as a table."""

    rows: tuple[Row, ...]

    def __getitem__(self, name: str) -> Row:
        found = next((row for row in self.rows if row.name == name), None)
        if found is None:
            names = ", ".join(row.name for row in self.rows)
            hint = f"there are {names}"
            raise ParameterError(f"{name}: nothing of this name was recovered; {hint}", name, hint)
        return found

    def to_dataframe(self) -> pd.DataFrame:
        """Columns name, amount, per_area, percent; units in `attrs`. Raises ImportError without pandas."""
        frame: pd.DataFrame = import_pandas().DataFrame(list(self.rows))
        frame.attrs["units"] = {"amount": "ug", "per_area": "ug/cm^2", "percent": "%"}
        return frame

    def __repr__(self) -> str:
        return _core.in_columns([_headings(), *self._texts()], [1, 2, 3], "")

    def _repr_html_(self) -> str:
        return _html.box(_html.table(self._texts(), [_html.LEFT, *[_html.RIGHT] * 3], _headings()))

    def _texts(self) -> list[list[str]]:
        return [
            [
                row.name.replace("_", " "),
                _core.shown_number(row.amount),
                "-" if row.per_area is None else _core.shown_number(row.per_area),
                "-" if row.percent is None else f"{row.percent:.1f} %",
            ]
            for row in self.rows
        ]


def recovery_of(content: Content, scenario: Scenario) -> Recovery:
    """Raises ParameterError where the study has no receptor."""
    headlines = content.headlines()
    names = [name for name in headlines if name.startswith(PREFIX)]
    if not names:
        hint = 'add a [receptor], or start from therapy = "invitro"'
        raise ParameterError(f"recovery: this study has no receptor; {hint}", "receptor", hint)
    if TOTAL in headlines:
        names.append(TOTAL)
    try:
        area = area_for("delivered", scenario, None)
    except Error:
        area = None
    applied = content.variables.get("applied")
    dose = float(applied.values[-1]) if applied is not None else 0.0
    rows = []
    for name in names:
        it = headlines[name]
        # A headline without dimension is a fraction of the dose.
        mass = float(it.values) * (dose if it.text("units") == "1" else 1.0)
        rows.append(
            Row(
                "total" if name == TOTAL else name.removeprefix(PREFIX),
                convert(mass, "kg", "ug"),
                None if area is None else convert(mass / area, "kg/m^2", "ug/cm^2"),
                100.0 * mass / dose if dose else None,
            )
        )
    return Recovery(tuple(rows))


def _headings() -> list[str]:
    return [
        HEAD[0],
        *(f"{word} [{shown_unit(unit)}]" for word, unit in zip(HEAD[1:3], UNITS, strict=True)),
        HEAD[3],
    ]
