"""Concentration in depth at several times."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, Any

import numpy as np

from poultice._content import Content
from poultice._figures import panel, style
from poultice._figures.depth_axis import stretch
from poultice._figures.style import Clock, Theme
from poultice.series import Profile
from poultice.units import convert

if TYPE_CHECKING:
    from matplotlib.axes import Axes

MOST_PROFILES = 6
ENDING = "concentration"


def panels(content: Content) -> list[panel.Panel]:
    """One for each profile."""
    return [partial(draw_concentration, name) for name in content.profiles()]


def profile_of(name: str, content: Content) -> Profile:
    """In its customary unit."""
    it = content.variables[name]
    axis = it.dims[1]
    positions, times = content.variables[axis].values, content.variables["time_profile"].values
    unit = it.text("display_units")
    values = convert(it.values, it.text("units"), unit)
    return Profile(
        name, it.text("long_name"), unit, unit, times, values, axis, positions, content.layers(axis)
    )


def title_of(name: str) -> str:
    """Names the place or the substance where the name has one."""
    place = name.removesuffix(ENDING).strip("_").replace("_", " ")
    return "Concentration in depth" + (f", {place}" if place else "")


def draw_concentration(name: str, axes: Axes, content: Content, clock: Clock, theme: Theme) -> None:
    """Profiles at several times, with the layers behind them."""
    events = content.variables.get("event_time")
    times = () if events is None else tuple(events.values)
    draw_profile(axes, profile_of(name, content), clock, theme, times, {})
    axes.set_title(title_of(name))


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
        look = {"color": shade, "label": clock.text(profile.times[i]), **line}
        axes.plot(positions, np.insert(positive, gaps, np.nan), **look)
    top = float(np.nanmax(profile.values[chosen])) if chosen else 1.0
    lowest = float(min((it[it > 0.0].min() for it in profile.values[chosen]), default=top))
    # Room for the names of the layers above; nobody needs what lies more than six decades below.
    if lowest * 20.0 < top:
        style.set_log_axis(axes, max(0.5 * lowest, top * 1e-6), top * 8.0)
    else:
        axes.set_ylim(0.0, top * 1.3)
    axes.set_ylabel(panel.label("concentration", profile.unit))
    if chosen:
        panel.legend_outside(axes, axes.get_legend_handles_labels())


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
