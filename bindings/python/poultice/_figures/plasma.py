"""Concentration over time: in plasma, or in what takes its place in a permeation experiment."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

import numpy as np

from poultice._content import Content
from poultice._figures import panel, style
from poultice._figures.style import Clock, Theme
from poultice.units import convert

if TYPE_CHECKING:
    from matplotlib.axes import Axes

COLORS = (style.BLOOD, style.GREEN, style.FLUX)
DECADES = 1e-4  #: of the maximum, below which a logarithmic axis ends


class Curves(NamedTuple):
    """What is drawn, and how it is called."""

    title: str
    quantity: str
    unit: str
    by_words: dict[str, Any]


def curves_of(content: Content) -> Curves | None:
    """Plasma, or else the receptor's concentration, or else what reached the receptor per area."""
    every = content.curves()
    for place, title in (("plasma", "Plasma"), ("receptor", "Receptor")):
        ending = f"{place}_concentration"
        found = {name: it for name, it in every.items() if name == ending or name.endswith("_" + ending)}
        if any(it.values.max() > 0.0 for it in found.values()):
            unit = next(iter(found.values())).text("display_units")
            values = {
                panel.words_of(name.removesuffix(ending)): convert(it.values, it.text("units"), unit)
                for name, it in found.items()
            }
            return Curves(title, "concentration", unit, values)
    area = panel.area_of(content)
    names = [prefix + "delivered" for prefix in panel.species_of(content)]
    if not names:
        return None
    has, unit = ("kg/m^2", "ug/cm^2") if area else ("kg", "ug")
    values = {
        panel.words_of(name.removesuffix("delivered")): convert(every[name].values / (area or 1.0), has, unit)
        for name in names
    }
    return Curves("Delivered to the receptor", "delivered per area" if area else "delivered", unit, values)


def draw(axes: Axes, content: Content, clock: Clock, theme: Theme, log: bool = False) -> None:
    """One curve for each substance, its peak marked, and what the schedule did."""
    curves = curves_of(content)
    assert curves is not None
    times = panel.hours(content, clock)
    top = 0.0
    for color, (words, values) in zip(COLORS * 3, curves.by_words.items(), strict=False):
        axes.plot(times, np.where(values > 0.0, values, np.nan) if log else values, color=color, label=words)
        if curves.quantity == "concentration":
            panel.mark_peak(axes, times, values, curves.unit, clock, color, theme)
        top = max(top, float(values.max()))
    top = top or 1.0
    if log:
        lowest = min(
            (float(it[it > 0.0].min()) for it in curves.by_words.values() if it.max() > 0.0), default=top
        )
        style.set_log_axis(axes, max(lowest, top * DECADES), top * 4.0)
    else:
        axes.set_ylim(0.0, top * 1.3)  # room for the events
    axes.set_ylabel(panel.label(curves.quantity, curves.unit))
    axes.set_title(curves.title)
    panel.finish_time_axis(axes, content, clock, theme, words=True)
    if len(curves.by_words) > 1:
        axes.legend(loc="center right")
