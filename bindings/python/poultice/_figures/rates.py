"""How fast drug passes, and how much has passed."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, TypeAlias

import numpy as np

from poultice._content import Content
from poultice._figures import panel, style
from poultice._figures.style import Clock, Theme
from poultice.units import Quantity, convert

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from numpy.typing import NDArray

Curves: TypeAlias = "dict[str, NDArray[np.float64]]"

RELEASE, RELEASED = "release", "released"
COLORS = (style.FLUX, style.GREEN, style.BLOOD)


def has_rates(content: Content) -> bool:
    return any(name.endswith(("flux", "delivery_rate", "release_rate")) for name in content.curves())


def draw_rates(axes: Axes, content: Content, clock: Clock, theme: Theme) -> None:
    """Release and delivery; per area of skin where there is one area."""
    times = panel.hours(content, clock)
    unit, rates = _rates(content)
    _draw(axes, times, rates)
    axes.set_ylim(bottom=0.0)
    if RELEASE in rates:
        _cut_bursts(axes, times, rates, unit, theme)
    axes.set_ylabel(panel.label("rate per area" if "cm^2" in unit else "rate", unit))
    axes.set_title("Release and delivery")
    panel.finish_time_axis(axes, content, clock, theme)
    axes.legend(loc="upper right")


def draw_totals(axes: Axes, content: Content, clock: Clock, theme: Theme) -> None:
    """The same, added up since the start."""
    area, every = panel.area_of(content), content.curves()
    has, unit = ("kg/m^2", "ug/cm^2") if area else ("kg", "ug")
    totals: Curves = {}
    for prefix in panel.species_of(content):
        words = "delivered" if not prefix else f"{panel.words_of(prefix)} delivered"
        totals[words] = convert(every[prefix + "delivered"].values / (area or 1.0), has, unit)
    if "released" in every:
        totals[RELEASED] = convert(every["released"].values / (area or 1.0), has, unit)
    _draw(axes, panel.hours(content, clock), totals)
    axes.set_ylim(bottom=0.0)
    axes.set_ylabel(panel.label("total per area" if area else "total", unit))
    axes.set_title("Cumulative")
    panel.finish_time_axis(axes, content, clock, theme, words=True)
    axes.set_ylim(top=axes.get_ylim()[1] * 1.2)  # room for the events
    axes.legend(loc="best")


def _draw(axes: Axes, times: Any, curves: Curves) -> None:
    colors = iter(COLORS * 4)
    for words, values in curves.items():
        color = style.PATCH if words in (RELEASE, RELEASED) else next(colors)
        axes.plot(times, values, color=color, label=words)


def _rates(content: Content) -> tuple[str, Curves]:
    """The unit of the rates that are there, and each under the words for it."""
    every, area = content.curves(), panel.area_of(content)
    fluxes = {name: it for name, it in every.items() if it.text("units") == "kg/m^2/s"}
    target = "blood" if "in_plasma" in every else "receptor"
    rates: Curves = {}
    if fluxes:
        for name, it in fluxes.items():
            before = panel.words_of(name.removesuffix("flux"))
            words = f"flux into the {target}" if name == "flux" else f"{before} flux"
            rates[words] = convert(it.values, "kg/m^2/s", "ug/cm^2/h")
        if area is not None and "release_rate" in every:
            rates[RELEASE] = convert(every["release_rate"].values / area, "kg/m^2/s", "ug/cm^2/h")
        return "ug/cm^2/h", rates
    for name, words in (("delivery_rate", f"delivery to the {target}"), ("release_rate", RELEASE)):
        if name in every:
            rates[words] = convert(every[name].values, "kg/s", "ug/h")
    return "ug/h", rates


def _cut_bursts(axes: Axes, times: Any, rates: Curves, unit: str, theme: Theme) -> None:
    """A fresh patch on empty skin releases without limit for a moment; drawn whole, that flattens all
    else."""
    release = rates[RELEASE]
    others = [float(it.max()) for words, it in rates.items() if words != RELEASE]
    top, rest = float(release.max()), max(float(np.quantile(release, 0.97)), *others, 0.0)
    if not top > 2.0 * rest > 0.0:
        return
    axes.set_ylim(0.0, 1.35 * rest)
    text = f"↑ up to {Quantity(top, unit)}"
    axes.annotate(
        text,
        (float(times[release.argmax()]), 1.0),
        (6, -4),
        xycoords=("data", "axes fraction"),
        textcoords="offset points",
        fontsize=8,
        color=style.PATCH,
        va="top",
        bbox=theme.behind_text(),
    )
