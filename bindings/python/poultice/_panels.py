"""The panels of a result's figure. Each draws on axes of its own from what the result holds."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import TYPE_CHECKING, Any, TypeAlias

import numpy as np

from poultice import _style
from poultice._amounts import bands_of, scale_of
from poultice._content import Content, Variable
from poultice._depth import stretch
from poultice._events import mark_events
from poultice._style import Clock, Theme
from poultice.series import Profile
from poultice.units import Quantity, convert, shown_unit

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from numpy.typing import NDArray

Panel: TypeAlias = "Callable[[Axes, Content, Clock, Theme], None]"
Rates: TypeAlias = "dict[str, NDArray[np.float64]]"

MOST_PROFILES = 6
RELEASE = "release"


def panels_of(content: Content) -> list[Panel]:
    """Those that the result has something for."""
    curves = content.curves()
    has_rates = bool(_fluxes(content)) or "delivery_rate" in curves or "release_rate" in curves
    # Panels with a legend beside them share the right column.
    left = [draw_rates] * has_rates + [draw_plasma] * bool(_concentrations(content))
    right: list[Panel] = [partial(draw_concentration, name) for name in content.profiles()]
    right += [draw_amounts] * (len(bands_of(content)) > 1)
    pairs = min(len(left), len(right))
    panels = [panel for row in zip(left, right, strict=False) for panel in row]
    return [*panels, *left[pairs:], *right[pairs:]]


def size_of(content: Content) -> tuple[float, float]:
    """Of the whole figure, in inches."""
    count = len(panels_of(content))
    return (11.5, 4.6) if count <= 2 else (11.5, 0.9 + 3.6 * ((count + 1) // 2))


def label(text: str, unit: str) -> str:
    """ "flux (µg/cm²/h)" """
    return f"{text} ({shown_unit(unit) or '1'})"


def draw_rates(axes: Axes, content: Content, clock: Clock, theme: Theme) -> None:
    """Release and delivery; per area of skin where there is one area."""
    times = content.variables["time"].values / clock.seconds
    unit, rates = _rates(content)
    for i, (words, values) in enumerate(rates.items()):
        color = _style.PATCH if words == RELEASE else (_style.FLUX, _style.GREEN, _style.BLOOD)[i % 3]
        axes.plot(times, values, color=color, label=words)
    axes.set_ylim(bottom=0.0)
    if RELEASE in rates:
        _cut_bursts(axes, times, rates, unit, theme)
    axes.set_ylabel(label("rate per area" if "cm^2" in unit else "rate", unit))
    axes.set_title("Release and delivery")
    _finish_time_axis(axes, content, clock, theme)
    axes.legend(loc="upper right")


def draw_concentration(name: str, axes: Axes, content: Content, clock: Clock, theme: Theme) -> None:
    """Profiles at several times, with the layers behind them."""
    it = content.variables[name]
    axis = it.dims[1]
    positions, times = content.variables[axis].values, content.variables["time_profile"].values
    unit = it.text("display_units")
    values = convert(it.values, it.text("units"), unit)
    layers = content.layers(axis)
    profile = Profile(name, it.text("long_name"), unit, unit, times, values, axis, positions, layers)
    events = content.variables.get("event_time")
    draw_profile(axes, profile, clock, theme, () if events is None else tuple(events.values), {})
    place = name.removesuffix("concentration").strip("_").replace("_", " ")
    axes.set_title("Concentration in depth" + (f", {place}" if place else ""))


def draw_profile(
    axes: Axes, profile: Profile, clock: Clock, theme: Theme, events: tuple[float, ...], line: dict[str, Any]
) -> None:
    """One curve for each of up to six times, those of events among them."""
    import matplotlib as mpl

    chosen = _chosen_times(profile, events, clock)
    shades = mpl.colormaps[theme.colormap](np.linspace(*theme.colormap_range, max(len(chosen), 2)))
    stretch(axes, profile, theme)
    # Lines break where layers meet, since concentrations jump there.
    gaps = [i for i in range(1, len(profile.layers)) if profile.layers[i] != profile.layers[i - 1]]
    positions = np.insert(profile.positions * 1e6, gaps, np.nan)
    for shade, i in zip(shades, chosen, strict=False):
        positive = np.where(profile.values[i] > 0.0, profile.values[i], np.nan)
        style = {"color": shade, "label": clock.text(profile.times[i]), **line}
        axes.plot(positions, np.insert(positive, gaps, np.nan), **style)
    top = float(np.nanmax(profile.values[chosen])) if chosen else 1.0
    lowest = float(min((it[it > 0.0].min() for it in profile.values[chosen]), default=top))
    # Room for the names of the layers above; nobody needs what lies more than six decades below.
    if lowest * 20.0 < top:
        _style.set_log_axis(axes, max(0.5 * lowest, top * 1e-6), top * 8.0)
    else:
        axes.set_ylim(0.0, top * 1.3)
    axes.set_ylabel(label("concentration", profile.unit))
    if chosen:
        _legend_outside(axes, axes.get_legend_handles_labels())


def draw_amounts(axes: Axes, content: Content, clock: Clock, theme: Theme) -> None:
    """Where the drug is: what is in each place, stacked up to all that was applied."""
    times = content.variables["time"].values / clock.seconds
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
    _finish_time_axis(axes, content, clock, theme)
    # Read from the top down, as the bands are stacked.
    handles, words = axes.get_legend_handles_labels()
    _legend_outside(axes, (handles[::-1], words[::-1]))


def draw_plasma(axes: Axes, content: Content, clock: Clock, theme: Theme) -> None:
    """Concentration in plasma, its peak marked."""
    times = content.variables["time"].values / clock.seconds
    for i, (name, it) in enumerate(_concentrations(content).items()):
        unit = it.text("display_units")
        values = convert(it.values, it.text("units"), unit)
        color = (_style.BLOOD, _style.FLUX, _style.GREEN)[i % 3]
        axes.plot(times, values, color=color, label=name.replace("_", " "))
        axes.set_ylabel(label("concentration", unit))
        _mark_peak(axes, times, values, unit, clock, color, theme)
    axes.set_title("Plasma")
    axes.set_ylim(bottom=0.0, top=axes.get_ylim()[1] * 1.25)  # room for the events
    _finish_time_axis(axes, content, clock, theme, words=True)
    if len(_concentrations(content)) > 1:
        axes.legend(loc="upper right")


def _fluxes(content: Content) -> dict[str, Variable]:
    return {name: it for name, it in content.curves().items() if it.text("units") == "kg/m^2/s"}


def _concentrations(content: Content) -> dict[str, Variable]:
    return {name: it for name, it in content.curves().items() if it.text("units") == "kg/m^3"}


def _area(content: Content) -> float | None:
    """Of the skin [m^2]: the rate of delivery over the flux, which is how the flux is defined. None where
    several skins share one rate, or nothing was delivered."""
    fluxes, curves = list(_fluxes(content).values()), content.curves()
    if len(fluxes) != 1 or "delivery_rate" not in curves:
        return None
    at = int(np.argmax(np.abs(fluxes[0].values)))
    flux = float(fluxes[0].values[at])
    return float(curves["delivery_rate"].values[at]) / flux if flux else None


def _rates(content: Content) -> tuple[str, Rates]:
    """The unit of the rates that are there, and each under the words for it."""
    curves, fluxes, area = content.curves(), _fluxes(content), _area(content)
    target = "blood" if "in_plasma" in curves else "receptor"
    rates: Rates = {}
    if area is not None or len(fluxes) > 1:
        for name, it in fluxes.items():
            words = f"flux into the {target}" if len(fluxes) == 1 else name.replace("_", " ")
            rates[words] = convert(it.values, "kg/m^2/s", "ug/cm^2/h")
        if area is not None and "release_rate" in curves:
            rates[RELEASE] = convert(curves["release_rate"].values / area, "kg/m^2/s", "ug/cm^2/h")
        return "ug/cm^2/h", rates
    for name, words in (("delivery_rate", f"delivery to the {target}"), ("release_rate", RELEASE)):
        if name in curves:
            rates[words] = convert(curves[name].values, "kg/s", "ug/h")
    return "ug/h", rates


def _cut_bursts(axes: Axes, times: Any, rates: Rates, unit: str, theme: Theme) -> None:
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
        color=_style.PATCH,
        va="top",
        bbox=theme.behind_text(),
    )


def _chosen_times(profile: Profile, events: tuple[float, ...], clock: Clock) -> list[int]:
    """Indices of up to six times with something to show: those of events and of ticks on axes of time, or
    else in even steps."""
    filled = [i for i in range(len(profile.times)) if profile.values[i].max() > 0.0]
    step = clock.tick * clock.seconds
    round_ones = [i for i in filled if abs(profile.times[i] / step - round(profile.times[i] / step)) < 1e-9]
    chosen = sorted({*round_ones, *(i for i in filled if profile.times[i] in events)})
    if 3 <= len(chosen) <= MOST_PROFILES:
        return chosen
    among = chosen if len(chosen) > MOST_PROFILES else filled
    places = np.linspace(0, len(among) - 1, min(MOST_PROFILES, len(among)))
    return sorted({among[round(place)] for place in places})


def _mark_peak(
    axes: Axes, times: Any, values: Any, unit: str, clock: Clock, color: str, theme: Theme
) -> None:
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


def _legend_outside(axes: Axes, entries: tuple[list[Any], list[Any]]) -> None:
    axes.legend(*entries, loc="center left", bbox_to_anchor=(1.0, 0.5), handlelength=1.2)


def _finish_time_axis(axes: Axes, content: Content, clock: Clock, theme: Theme, words: bool = False) -> None:
    clock.set_axis(axes, float(content.variables["time"].values[-1]))
    mark_events(axes, content, clock, theme, words)
