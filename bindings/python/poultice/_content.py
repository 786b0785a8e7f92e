"""What a result holds, in the shape of its file: named arrays with dimensions and attributes."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from poultice.errors import IntegrationError

if TYPE_CHECKING:
    from poultice.scenario import Scenario


@dataclass(frozen=True)
class Variable:
    """One array, or one number, of the file's root."""

    dims: tuple[str, ...]
    values: Any  #: NumPy array; float where there are no dims
    attributes: Mapping[str, Any]

    def text(self, attribute: str) -> str:
        """The attribute; "" where there is none."""
        return str(self.attributes.get(attribute, ""))


@dataclass(frozen=True)
class Origin:
    """Where the value of one parameter comes from."""

    path: str
    source: str
    trust: str
    set_by: str  #: "default", the name of a set, "scenario" or "override"


@dataclass(frozen=True)
class Content:
    """One run, wherever it comes from."""

    attributes: Mapping[str, Any]
    arrays: Mapping[str, Variable]  #: for names only; numbers are read through `variables`
    work: Mapping[str, int]  #: counters of the integration
    balance: Mapping[str, float]  #: worst relative error of each conserved moiety
    make_scenario: Callable[[], Scenario]
    origins: Callable[[], list[Origin]]  #: of every parameter, in the order of the tables
    save: Callable[[str, bool], None]  #: path, overwrite

    @property
    def is_ok(self) -> bool:
        return int(self.attributes["status"]) == 0

    @property
    def status_text(self) -> str:
        return str(self.attributes["status_text"])

    @property
    def title(self) -> str:
        return str(self.attributes["title"])

    @property
    def warnings(self) -> tuple[str, ...]:
        """What the engine found odd about the study; () where nothing was."""
        return tuple(filter(None, str(self.attributes.get("warnings", "")).split("\n")))

    @property
    def variables(self) -> Mapping[str, Variable]:
        """What the run has brought. Raises IntegrationError where it failed, whatever the file still holds:
        numbers of half a run must not pass for a result."""
        if not self.is_ok:
            raise IntegrationError(
                f"{self.title or 'this run'}: the run failed ({self.status_text}) and has no numbers to read",
                hint="status, attributes and scenario can be read; change the scenario and run it again",
            )
        return self.arrays

    def headlines(self) -> dict[str, Variable]:
        """In the order in which they are shown."""
        return {name: self.variables[name] for name in str(self.attributes["headlines"]).split()}

    def curves(self) -> dict[str, Variable]:
        return {name: it for name, it in self.variables.items() if it.dims == ("time",) and name != "time"}

    def profiles(self) -> dict[str, Variable]:
        found = self.variables.items()
        return {name: it for name, it in found if len(it.dims) == 2 and it.dims[0] == "time_profile"}

    def layers(self, axis: str) -> tuple[str, ...]:
        """The layer that each point of an axis lies in; () where it has none."""
        for it in self.variables.values():
            if it.dims == (axis,) and "flag_meanings" in it.attributes:
                names = it.text("flag_meanings").split()
                return tuple(names[i] for i in it.values)
        return ()

    def share(self, headline: Variable) -> float | None:
        """The headline over the last value of the running total that it is part of; None where there is
        none."""
        total = self.variables.get(headline.text("relative_to"))
        if total is None or not total.values[-1]:
            return None
        return float(headline.values / total.values[-1])
