"""Where the drug is, place by place, from the amounts in a result."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from poultice._content import Content
from poultice._figures import panel, style
from poultice._figures.style import Clock, Theme
from poultice.units import convert, shown_unit

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from numpy.typing import NDArray


@dataclass(frozen=True)
class Band:
    """One place."""

    words: str
    color: str
    values: NDArray[np.float64]  #: [kg]


def bands_of(content: Content) -> list[Band]:
    """From the bottom of the stack to its top: gone from the body, in it, in skin from below, in or off the
    patch. What never holds anything is left out."""
    curves = content.curves()
    layers = list(dict.fromkeys(layer for axis in _axes(content) for layer in content.layers(axis)))
    has_blood = "in_plasma" in curves
    places = [
        ("eliminated", style.GREY, ["eliminated"]),
        ("in blood and body", style.BLOOD, ["in_plasma", "in_peripheral"]),
        # Without a bloodstream what is delivered is in the receptor.
        ("in the receptor", style.BLOOD, [] if has_blood else ["delivered"]),
        ("metabolized", style.GREEN, ["metabolized"]),
    ]
    for i, layer in reversed(list(enumerate(layers))):
        places.append((layer.replace("_", " "), style.SKIN[min(i, len(style.SKIN) - 1)], [f"in_{layer}"]))
    places += [
        ("in patch", style.PATCH, ["in_patch"]),
        ("in donor", style.PATCH, ["in_donor"]),
        ("removed", "#F5DFAE", ["removed"]),
        ("washed off", "#CBB7DC", ["washed"]),
        ("evaporated", "#D9DEE3", ["evaporated"]),
    ]
    bands = []
    for words, color, names in places:
        parts = [curves[name].values for name in names if name in curves]
        if parts and np.max(np.abs(parts)) > 0.0:
            bands.append(Band(words, color, np.sum(parts, axis=0)))
    return bands


def scale_of(content: Content) -> tuple[float, str]:
    """What to multiply amounts [kg] by, and the words for it: percent of a dose, or a mass where the dose
    goes on and on."""
    curves = content.curves()
    given = [curves[name].values for name in ("applied", "injected") if name in curves]
    total = np.sum(given, axis=0) if given else np.zeros(1)
    if total[-1] > 0.0 and np.count_nonzero(np.diff(total)) < len(total) // 2:
        done = "applied" if "applied" in curves else "injected"
        return 100.0 / float(total[-1]), f"% of what was {done}"
    largest = max(float(np.max(band.values)) for band in bands_of(content))
    unit = "ug" if largest < 1e-6 else "mg"
    return convert(1.0, "kg", unit), f"amount ({shown_unit(unit)})"


def draw(axes: Axes, content: Content, clock: Clock, theme: Theme) -> None:
    """Where the drug is: what is in each place, stacked up to all that was applied."""
    times = panel.hours(content, clock)
    bands = bands_of(content)
    factor, unit = scale_of(content)
    heights = [band.values * factor for band in bands]
    axes.stackplot(
        times,
        heights,
        colors=[band.color for band in bands],
        labels=[band.words for band in bands],
        edgecolor=theme.paper,
        linewidth=0.4,
    )
    axes.set_ylim(0.0, float(np.max(np.sum(heights, axis=0))) or 1.0)
    axes.set_ylabel(unit)
    axes.set_title("Where the drug is")
    axes.grid(False)
    panel.finish_time_axis(axes, content, clock, theme)
    # Read from the top down, as the bands are stacked.
    handles, words = axes.get_legend_handles_labels()
    panel.legend_outside(axes, (handles[::-1], words[::-1]))


def _axes(content: Content) -> list[str]:
    return [it.dims[1] for it in content.profiles().values()]
