"""The headline table, from a run or a file."""

from __future__ import annotations

from poultice import _core
from poultice._content import Content, Variable
from poultice.units import Quantity, shown_unit


def shown(headline: Variable) -> Quantity:
    """In the customary unit of the field."""
    si = Quantity(float(headline.values), headline.text("units"))
    return si.to(headline.text("display_units"))


def rows_of(content: Content) -> list[list[str]]:
    """Label, number, unit and, where it is part of a total, the share of it."""
    rows = []
    for it in content.headlines().values():
        quantity = shown(it)
        rows.append([it.text("label"), _core.shown_number(quantity.value), shown_unit(quantity.unit)])
        share = content.share(it)
        if share is not None:
            rows[-1].append(f"{100 * share:.1f} % of {it.text('relative_to')}")
    return rows


def closing_rows(content: Content) -> list[list[str]]:
    """How well it went."""
    error = float(content.attributes["mass_balance_relative_error"])
    seconds, solves = float(content.attributes["wall_seconds"]), content.work["linear_solves"]
    return [
        ["mass balance error", f"{error:.1e} of what was applied"],
        ["wall time", f"{_core.shown_time(seconds)}, {solves} linear solves"],
    ]


def text_of(content: Content) -> str:
    title = f"{content.title}\n\n" if content.title else ""
    table = _core.in_columns(rows_of(content), [1], "  ")
    return f"{title}{table}\n{_core.in_columns(closing_rows(content), [], '  ')}"
