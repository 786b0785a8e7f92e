"""Whom to thank for the numbers of a study."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import TYPE_CHECKING

from poultice import _core, _html
from poultice._content import Origin
from poultice._from_run import origins_of
from poultice.scenario import Scenario

if TYPE_CHECKING:
    from poultice.result import Result
    from poultice.scenario import Study

SOFTWARE = (
    "The Poultice developers. Poultice: drug delivery and healing of skin, simulated for one case or a "
    f"million. Version {_core.version}. Apache-2.0.",
    "Hindmarsh AC, Brown PN, Grant KE, Lee SL, Serban R, Shumaker DE, Woodward CS. SUNDIALS: Suite of "
    "nonlinear and differential/algebraic equation solvers. ACM Transactions on Mathematical Software "
    "2005;31(3):363-396. doi:10.1145/1089014.1089020",
)


@dataclass(frozen=True)
class Source:
    """One source, and what was taken from it."""

    text: str
    paths: tuple[str, ...]  #: of parameters
    trust: tuple[str, ...]  #: words for how far it carries, each once


@dataclass(frozen=True)
class Citations:
    """The distinct sources of the values that a study uses, in the order of its tables. Shows itself as a
    list."""

    sources: tuple[Source, ...]  #: of what sets and the scenario say
    defaults: tuple[Source, ...]  #: reasons for what was left at its default
    software: tuple[str, ...] = SOFTWARE

    def __str__(self) -> str:
        parts = ["Software", *(f"  {it}" for it in self.software)]
        for heading, sources in (("Values", self.sources), ("Defaults", self.defaults)):
            if sources:
                parts += ["", heading]
            for it in sources:
                trust = f" [{', '.join(it.trust)}]" if it.trust else ""
                parts += [f"  {it.text}{trust}", f"    for {', '.join(it.paths)}"]
        return "\n".join(parts)

    __repr__ = __str__

    def _repr_html_(self) -> str:
        software = _html.table([[it] for it in self.software], [_html.LEFT])
        blocks = [_html.block("<b>Software</b>"), software]
        if self.sources:
            blocks += [_html.block("<b>Values</b>"), _table(self.sources)]
        if self.defaults:
            blocks.append(_html.details(f"Defaults: {len(self.defaults)} reasons", _table(self.defaults)))
        return _html.box(*blocks)


def citations(study: Result | Study) -> Citations:
    """The sources of a result's values, or of a scenario's, with the software to cite. A scenario may be
    whatever `poultice.run` takes."""
    from poultice.result import Result

    if isinstance(study, Result):
        return citations_of(study._content.origins())
    return citations_of(origins_of(Scenario.of(study)._raw))


def citations_of(origins: Iterable[Origin]) -> Citations:
    given, defaults = dict[str, list[Origin]](), dict[str, list[Origin]]()
    for it in origins:
        if it.source:
            (defaults if it.set_by == "default" else given).setdefault(it.source, []).append(it)
    return Citations(_sources(given), _sources(defaults))


def _sources(by_text: dict[str, list[Origin]]) -> tuple[Source, ...]:
    return tuple(
        Source(
            text,
            tuple(it.path for it in origins),
            tuple(dict.fromkeys(it.trust for it in origins if it.trust)),
        )
        for text, origins in by_text.items()
    )


def _table(sources: tuple[Source, ...]) -> str:
    rows = [[it.text, ", ".join(it.paths), ", ".join(it.trust)] for it in sources]
    return _html.table(rows, [_html.LEFT, f"{_html.LEFT};{_html.FAINT}", f"{_html.LEFT};{_html.FAINT}"])
