"""Pictures of the site, in two themes: the engine against closed forms, and the figures of results."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path

import matplotlib as mpl
import numpy as np
from matplotlib.figure import Figure
from matplotlib.ticker import LogLocator
from numpy.typing import NDArray

import poultice as pt
from poultice._figures import style as _style

THEMES = {"light": _style.LIGHT, "dark": _style.DARK}
COLORS = (_style.FLUX, _style.BLOOD, _style.GREEN, _style.PATCH)
MOST_DOTS = 32
LEAST_ERROR = 1e-16

Numbers = NDArray[np.float64]
PathOf = Callable[[str], Path]  #: of the picture in a theme


@dataclass(frozen=True)
class Curve:
    """One line of a comparison."""

    x: Numbers
    engine: Numbers
    closed: Numbers
    label: str = ""


@dataclass(frozen=True)
class Comparison:
    """The engine's numbers beside a solution in closed form."""

    title: str
    about: str  #: Markdown: what is compared, with the source
    x_label: str
    y_label: str
    curves: list[Curve]
    scale: float  #: distances are shown over this
    scale_name: str
    guides: list[tuple[Numbers, Numbers, str]] = field(default_factory=list)  #: asymptotes, and what they are

    def largest_error(self) -> str:
        """ "2.1·10⁻⁵ of the amount in the donor" """
        worst = max(float(np.max(np.abs(it.engine - it.closed))) for it in self.curves) / self.scale
        exponent = int(np.floor(np.log10(max(worst, LEAST_ERROR))))
        digits = str(exponent).translate(str.maketrans("-0123456789", "⁻⁰¹²³⁴⁵⁶⁷⁸⁹"))
        return f"{worst / 10.0**exponent:.1f}·10{digits} of {self.scale_name}"


def comparison(it: Comparison, path_of: PathOf) -> None:
    for theme in THEMES:
        with mpl.rc_context(THEMES[theme].rc()):
            _draw(it, theme).savefig(path_of(theme))


def result(it: pt.Result, path_of: PathOf) -> None:
    """The figure that `poultice plot` makes."""
    for theme in THEMES:
        it.plot(path_of(theme), dark=theme == "dark")


def _draw(it: Comparison, theme: str) -> Figure:
    ink = THEMES[theme].ink
    figure = Figure(figsize=(7.2, 4.6), layout="constrained")
    above, below = figure.subplots(2, 1, sharex=True, height_ratios=(3.2, 1))
    for x, y, words in it.guides:
        above.plot(x, y, ls="--", lw=1.1, color=_style.GREY, label=words)
    for curve, color in zip(it.curves, _colors(), strict=False):
        several = len(it.curves) > 1
        above.plot(
            curve.x, curve.closed, color=color if several else ink, lw=1.2, label=curve.label or "closed form"
        )
        every = max(1, len(curve.x) // MOST_DOTS)
        dots = {"ls": "", "marker": "o", "ms": 4, "mfc": "none", "mew": 1.2, "color": color}
        above.plot(curve.x[::every], curve.engine[::every], label="" if several else "Poultice", **dots)
        error = np.abs(curve.engine - curve.closed) / it.scale
        below.semilogy(curve.x, np.maximum(error, LEAST_ERROR), color=color, lw=1.2)
    if len(it.curves) > 1:
        above.plot([], [], ls="", marker="o", ms=4, mfc="none", mew=1.2, color=ink, label="Poultice (dots)")
    above.legend(loc="best")
    above.set_ylabel(it.y_label)
    below.set_ylabel("distance")
    below.set_xlabel(it.x_label)
    below.yaxis.set_major_locator(LogLocator(numticks=4))
    below.margins(y=0.15)
    above.margins(x=0.02)
    return figure


def _colors() -> Iterator[str]:
    yield from COLORS
