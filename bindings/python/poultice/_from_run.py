"""The content of a run that has just ended, laid out as the engine lays out its file. Arrays are views."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

from poultice import _core
from poultice._content import Content, Origin, Variable

if TYPE_CHECKING:
    from poultice.scenario import Scenario


def content_of(result: _core.Result, scenario: Scenario) -> Content:
    return Content(
        attributes=_attributes(result),
        arrays=dict(_variables(result)),
        work=result.work,
        balance=result.balance,
        make_scenario=lambda: scenario,
        origins=lambda: origins_of(result.scenario),
        save=result.write,
    )


def origins_of(scenario: _core.Scenario) -> list[Origin]:
    """A value that is absent comes from nowhere."""
    return [
        Origin(it.path, it.source, it.trust, it.set_by)
        for it in scenario.parameters
        if it.text or it.number == it.number
    ]


def _attributes(result: _core.Result) -> dict[str, Any]:
    scenario = result.scenario
    warnings = "\n".join(result.warnings)
    return {
        "Conventions": "CF-1.11",
        "title": scenario.title,
        "filetype": _core.result_filetype,
        "format_version": [_core.format_major, _core.format_minor],
        "software": f"poultice {_core.version}",
        "git_hash": _core.git_hash,
        "build": _core.build_description,
        "scenario_sha256": scenario.hash,
        "scenario_text_sha256": hashlib.sha256(scenario.text.encode()).hexdigest(),
        "headlines": " ".join(it.name for it in result.headlines),
        "status": 0,
        "status_text": "ok",
        "mass_balance_relative_error": result.mass_balance_relative_error,
        "relative_tolerance": scenario.parameter("solver.relative_tolerance").number,
        "wall_seconds": result.wall_seconds,
    } | ({"warnings": warnings} if warnings else {})


def _variables(result: _core.Result) -> Iterator[tuple[str, Variable]]:
    about = {"units": "s", "long_name": "time since the start", "axis": "T"}
    yield "time", Variable(("time",), result.times, about)
    labels: dict[str, str] = {}
    if result.axes:
        about = {"units": "s", "long_name": "time since the start, of profiles"}
        yield "time_profile", Variable(("time_profile",), result.profile_times, about)
    for i, axis in enumerate(result.axes):
        about = {"units": axis.unit, "long_name": axis.long_name}
        yield axis.name, Variable((axis.name,), result.positions(axis.name), about)
        if axis.labels:
            labels[axis.name] = f"{'' if i == 0 else axis.name + '_'}{axis.label_name}_of_cell"
            yield labels[axis.name], _labels(axis)
    for probe in result.probes:
        about = {"units": probe.unit, "long_name": probe.long_name, "display_units": probe.display_unit}
        if probe.axis in labels:
            about["coordinates"] = labels[probe.axis]
        dims = ("time_profile", probe.axis) if probe.axis else ("time",)
        yield probe.name, Variable(dims, result.samples(probe.name), about)
    yield from _headlines(result)
    if result.events:
        yield from _events(result.events)


def _labels(axis: _core.Axis) -> Variable:
    import numpy as np

    layers = list(dict.fromkeys(axis.labels))
    about = {
        "long_name": f"{axis.label_name} that the cell lies in",
        "flag_values": list(range(len(layers))),
        "flag_meanings": " ".join(layers),
    }
    return Variable((axis.name,), np.array([layers.index(it) for it in axis.labels], dtype=np.int8), about)


def _headlines(result: _core.Result) -> Iterator[tuple[str, Variable]]:
    for headline, value in zip(result.headlines, result.headline_values, strict=True):
        about = {
            "units": headline.unit,
            "long_name": result.long_name(headline),
            "label": headline.label,
            "display_units": headline.display_unit,
            "probe": headline.probe,
        }
        if headline.relative_to:
            about["relative_to"] = headline.relative_to
        yield headline.name, Variable((), value, about)


def _events(events: list[_core.Event]) -> Iterator[tuple[str, Variable]]:
    import numpy as np

    along = ("event",)
    yield "event", Variable(along, np.arange(1, len(events) + 1), {"long_name": "number of the event"})
    times = np.array([event.time for event in events])
    yield "event_time", Variable(along, times, {"units": "s", "long_name": "when it happened"})
    texts = np.array([event.text for event in events], dtype=object)
    yield "event_text", Variable(along, texts, {"long_name": "what the schedule did"})
