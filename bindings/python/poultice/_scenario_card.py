"""What a notebook shows of a scenario: its tables, folded."""

from __future__ import annotations

from poultice import _html
from poultice.scenario import Parameter, Scenario

HEAD = ("key", "value", "set by", "source", "meaning")


def html_of(scenario: Scenario) -> str:
    tables: dict[str, list[Parameter]] = {}
    for path, it in scenario.parameters.items():
        if it.value is not None and path != "title":
            tables.setdefault(path.partition(".")[0] if "." in path else "study", []).append(it)
    title = _html.span(scenario.title or scenario.name, "font-weight:bold")
    about = _html.span(f"{scenario.duration / 3600.0:.6g} h", _html.FAINT)
    return _html.box(_html.block(f"{title} {about}"), *(_table(name, rows) for name, rows in tables.items()))


def _table(name: str, parameters: list[Parameter]) -> str:
    faint = f"{_html.LEFT};{_html.FAINT}"
    rows = [
        [it.path.removeprefix(name + "."), str(it.value), it.set_by, it.source, it.meaning]
        for it in parameters
    ]
    given = sum(it.set_by != "default" for it in parameters)
    heading = f"{name}: {len(rows)} values, {given} of them given"
    return _html.details(
        heading, _html.table(rows, [_html.LEFT, f"{_html.LEFT};white-space:nowrap", *[faint] * 3], HEAD)
    )
