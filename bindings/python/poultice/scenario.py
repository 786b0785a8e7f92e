"""A scenario as a value: read, looked into, changed, compared."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, TypeAlias

from poultice import _core
from poultice._toml import toml_of, value_text

if TYPE_CHECKING:
    from poultice.result import Result

Value: TypeAlias = "str | float | bool"
Overrides: TypeAlias = Mapping[str, Value]
Study: TypeAlias = "Scenario | str | os.PathLike[str] | Mapping[str, Any]"


@dataclass(frozen=True)
class Parameter:
    """One parameter, its value and where that comes from."""

    path: str  #: "patch.area"
    value: Value | None  #: a quantity with its unit, as text; None where it is optional and absent
    meaning: str
    source: str
    trust: str
    note: str
    set_by: str  #: "default", the name of a set, "scenario" or "override"


class Scenario:
    """A study, checked and with every value resolved.

    `scenario["patch.area"]` is "10.5 cm^2"; `scenario["patch.area"] = "20 cm^2"` checks name, unit and
    range at once and raises ScenarioError. `scenario | {"patch.area": "20 cm^2"}` leaves the scenario as it
    is and gives another. Two scenarios are equal when all their values are; as a key of a dictionary, one
    must not be changed any more.
    """

    def __init__(self, raw: _core.Scenario, folder: str) -> None:
        self._raw = raw
        self._folder = folder

    @classmethod
    def read(cls, path: str | os.PathLike[str], overrides: Overrides | None = None) -> Scenario:
        """Raises ScenarioError with everything that is wrong, and FileError where the file cannot be read."""
        path = os.fspath(path)
        return cls(_core.load(path, _pairs(overrides)), os.path.dirname(path))

    @classmethod
    def from_toml(
        cls,
        text: str,
        overrides: Overrides | None = None,
        *,
        name: str = "text",
        folder: str | os.PathLike[str] = "",
    ) -> Scenario:
        """The scenario in a TOML text. `name` stands for the file in errors; paths of sets start in
        `folder`."""
        folder = os.fspath(folder)
        return cls(_core.parse(text, name, folder, _pairs(overrides)), folder)

    @classmethod
    def from_dict(cls, tables: Mapping[str, Any], overrides: Overrides | None = None) -> Scenario:
        """The scenario in nested dictionaries; they are written as TOML and read as that."""
        return cls.from_toml(toml_of(tables), overrides, name="dict")

    @classmethod
    def of(cls, study: Study, overrides: Overrides | None = None) -> Scenario:
        """From whatever holds one: another scenario, a path, a dictionary, or TOML of more than one line."""
        if isinstance(study, Scenario):
            return study.with_(overrides or {})
        if isinstance(study, Mapping):
            return cls.from_dict(study, overrides)
        if isinstance(study, str) and "\n" in study:
            return cls.from_toml(study, overrides)
        return cls.read(study, overrides)

    def with_(self, overrides: Overrides) -> Scenario:
        """Another scenario with these values in place of its own."""
        if not overrides:
            return self
        merged = [*self.overrides.items(), *((path, _text(value)) for path, value in overrides.items())]
        # A later value for the same path goes before an earlier one.
        pairs = list(dict(merged).items())
        return Scenario(_core.parse(self.toml, self.name, self._folder, pairs), self._folder)

    __or__ = with_

    @property
    def title(self) -> str:
        return self._raw.title

    @property
    def name(self) -> str:
        """The file it came from."""
        return self._raw.name

    @property
    def duration(self) -> float:
        """How long the study lasts [s]."""
        return self._raw.duration

    @property
    def toml(self) -> str:
        """The text it was read from, byte for byte; without the overrides."""
        return self._raw.text

    @property
    def overrides(self) -> dict[str, str]:
        """Values that go before those of the text."""
        return dict(self._raw.overrides)

    @property
    def resolved_toml(self) -> str:
        """TOML in which every value is written out and no set is left to look up."""
        return self._raw.resolved_toml

    @property
    def hash(self) -> str:
        """SHA-256 of `resolved_toml`."""
        return self._raw.hash

    @property
    def parameters(self) -> dict[str, Parameter]:
        """Every parameter by its path, in the order of the tables."""
        return {it.path: _parameter(it) for it in self._raw.parameters}

    def run(self, *, progress: bool | Callable[[float], None] = False) -> Result:
        """Simulates it: see `poultice.run`."""
        from poultice.result import run_study

        return run_study(self, progress, 3)

    def __getitem__(self, path: str) -> Value | None:
        return _value(self._raw.parameter(path))

    def __setitem__(self, path: str, value: Value) -> None:
        self._raw = self.with_({path: value})._raw

    def __contains__(self, path: object) -> bool:
        return path in set(self)

    def __iter__(self) -> Iterator[str]:
        return (it.path for it in self._raw.parameters)

    def __eq__(self, other: object) -> bool:
        return self.hash == other.hash if isinstance(other, Scenario) else NotImplemented

    def __hash__(self) -> int:
        return hash(self.hash)

    def __copy__(self) -> Scenario:
        return Scenario(self._raw, self._folder)

    def __deepcopy__(self, memo: object) -> Scenario:
        return self.__copy__()

    def __reduce__(self) -> tuple[Any, ...]:
        return _restore, (self.toml, self.overrides, self.name, self._folder)

    def __repr__(self) -> str:
        return f"<Scenario {self.title or self.name!r}, {self.duration / 3600:.4g} h>"

    def _repr_html_(self) -> str:
        from poultice._scenario_card import html_of

        return html_of(self)


def load(path: str | os.PathLike[str], overrides: Overrides | None = None) -> Scenario:
    """Reads and checks a scenario file; `overrides` go before its values: `{"patch.area": "20 cm^2"}`.

    Raises ScenarioError with everything that is wrong, and FileError where the file cannot be read."""
    return Scenario.read(path, overrides)


def _restore(text: str, overrides: dict[str, str], name: str, folder: str) -> Scenario:
    return Scenario.from_toml(text, overrides, name=name, folder=folder)


def _text(value: Value) -> str:
    return value if isinstance(value, str) else value_text(value)


def _pairs(overrides: Overrides | None) -> list[tuple[str, str]]:
    return [(path, _text(value)) for path, value in (overrides or {}).items()]


def _value(raw: _core.Parameter) -> Value | None:
    spec = raw.spec
    if spec.type in ("quantity", "count", "flag"):
        if raw.number != raw.number:
            return None
        if spec.type == "quantity":
            return _core.exact_quantity(raw.number, spec.unit)
        return bool(raw.number) if spec.type == "flag" else int(raw.number)
    return raw.text or None


def _parameter(raw: _core.Parameter) -> Parameter:
    return Parameter(raw.path, _value(raw), raw.spec.meaning, raw.source, raw.trust, raw.note, raw.set_by)
