"""What the panels of figures have in common."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any, TypeAlias

from poultice._area import tissue_areas
from poultice._content import Content
from poultice._figures.events import mark_events
from poultice._figures.style import Clock, Theme
from poultice.errors import Error
from poultice.units import Quantity, shown_unit

if TYPE_CHECKING:
    from matplotlib.axes import Axes

Panel: TypeAlias = "Callable[[Axes, Content, Clock, Theme], None]"


def label(text: str, unit: str) -> str:
    """ "flux (µg/cm²/h)" """
    return f"{text} ({shown_unit(unit) or '1'})"


def hours(content: Content, clock: Clock) -> Any:
    """The times of the curves, in the clock's unit."""
    return content.variables["time"].values / clock.seconds


def area_of(content: Content) -> float | None:
    """Of the tissue [m^2]; None where there is none, or several share what is delivered."""
    try:
        areas = tissue_areas(content.make_scenario())
    except Error:  # a file of a version whose scenarios this one does not read
        return None
    return next(iter(areas.values())) if len(areas) == 1 else None


def species_of(content: Content) -> list[str]:
    """What each substance puts before its names: "" for the drug, "metabolite_" for one that it turns into.
    Every substance counts what is delivered of it; a second tissue does not."""
    names = [name for name in content.curves() if name == "delivered" or name.endswith("_delivered")]
    return sorted((name.removesuffix("delivered") for name in names), key=lambda prefix: prefix != "")


def words_of(prefix: str) -> str:
    """ "metabolite_" gives "metabolite", "" gives "drug"."""
    return prefix.strip("_").replace("_", " ") or "drug"


def finish_time_axis(axes: Axes, content: Content, clock: Clock, theme: Theme, words: bool = False) -> None:
    clock.set_axis(axes, float(content.variables["time"].values[-1]))
    mark_events(axes, content, clock, theme, words)


def legend_outside(axes: Axes, entries: tuple[list[Any], list[Any]]) -> None:
    axes.legend(*entries, loc="center left", bbox_to_anchor=(1.0, 0.5), handlelength=1.2)


def mark_peak(axes: Axes, times: Any, values: Any, unit: str, clock: Clock, color: str, theme: Theme) -> None:
    """A dot at the largest value, with its number."""
    at = int(values.argmax())
    if not values[at] > 0.0:
        return
    axes.plot(times[at], values[at], "o", color=color, markersize=4.5)
    text = f"{Quantity(float(values[at]), unit)} at {times[at]:.3g} {clock.unit}"
    is_late = times[at] > 0.6 * times[-1]
    axes.annotate(
        text,
        (times[at], values[at]),
        (-6 if is_late else 6, 5),
        textcoords="offset points",
        fontsize=8,
        color=color,
        ha="right" if is_late else "left",
        bbox=theme.behind_text(),
    )
