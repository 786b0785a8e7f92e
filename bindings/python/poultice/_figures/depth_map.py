"""Concentration over depth and time as a map."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

import matplotlib as mpl
import numpy as np
from matplotlib.colors import LogNorm, Normalize
from matplotlib.ticker import FuncFormatter, LogLocator, NullFormatter

from poultice._content import Content
from poultice._figures import panel, profiles, style
from poultice._figures.depth_axis import borders_of, edges_of, place_on
from poultice._figures.style import Clock, Theme
from poultice.series import Profile

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from numpy.typing import NDArray

COLUMNS = 300
DECADES = 5  #: below the largest value, that a logarithmic map shows
SPREAD = 30.0  #: from which largest over usual value on a logarithmic map says more


def panels(content: Content, log: bool | None) -> list[panel.Panel]:
    """One map for each profile, all on one kind of scale."""
    if log is None:
        log = any(_is_wide(it.values) for it in content.profiles().values())
    return [partial(draw, name, log) for name in content.profiles()]


def draw(name: str, log: bool, axes: Axes, content: Content, clock: Clock, theme: Theme) -> None:
    """Time to the right, depth downwards, each layer equally high; the colour bar bears the unit."""
    profile = profiles.profile_of(name, content)
    borders = borders_of(profile)
    times, values = _between(profile)
    depths = place_on(borders, edges_of(profile.positions))
    norm = _norm(profile, log)
    values = np.ma.masked_less_equal(values, 0.0) if isinstance(norm, LogNorm) else values
    colors = mpl.colormaps[theme.map_colors]
    colors = colors.with_extremes(bad=colors(0.0))
    mesh = axes.pcolormesh(times / clock.seconds, depths, values.T, norm=norm, cmap=colors, rasterized=True)
    figure = axes.get_figure()
    assert figure is not None
    bar = figure.colorbar(mesh, ax=axes, pad=0.02, extend="min" if isinstance(norm, LogNorm) else "neither")
    bar.set_label(panel.label("concentration", profile.unit))
    bar.outline.set_visible(False)
    if isinstance(norm, LogNorm):
        bar.ax.yaxis.set_major_locator(LogLocator(10.0, numticks=12))
        bar.ax.yaxis.set_major_formatter(FuncFormatter(lambda value, _: style.power_of_ten(value)))
        bar.ax.yaxis.set_minor_formatter(NullFormatter())
    _draw_layers(axes, profile, borders, theme)
    axes.set_title(profiles.title_of(name))
    axes.grid(False)
    panel.finish_time_axis(axes, content, clock, theme)
    # Where the map is known, and between which it is straight.
    sampled = profile.times / clock.seconds
    axes.plot(
        sampled,
        np.full(len(sampled), len(borders) - 1.0),
        "^",
        color=theme.ink,
        markersize=3.5,
        clip_on=False,
    )
    axes.set_xlabel(f"{axes.get_xlabel()}, profiles at the marks")


def _is_wide(values: NDArray[np.float64]) -> bool:
    positive = values[values > 0.0]
    return bool(positive.size) and float(positive.max()) > SPREAD * float(np.median(positive))


def _norm(profile: Profile, log: bool) -> Normalize:
    positive = profile.values[profile.values > 0.0]
    top = float(positive.max()) if positive.size else 1.0
    if not log:
        return Normalize(0.0, top)
    lowest = float(positive.min()) if positive.size else 0.1 * top
    return LogNorm(min(max(lowest, top * 10.0**-DECADES), 0.5 * top), top)


def _between(profile: Profile) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """Edges of narrow columns over the whole time [s], and the values in them, straight between samples: a
    few profiles would make steps that are not there."""
    edges = np.linspace(profile.times[0], profile.times[-1], COLUMNS + 1)
    middles = 0.5 * (edges[1:] + edges[:-1])
    values = [np.interp(middles, profile.times, profile.values[:, i]) for i in range(profile.values.shape[1])]
    return edges, np.array(values).T


def _draw_layers(axes: Axes, profile: Profile, borders: NDArray[np.float64], theme: Theme) -> None:
    """Names at the left, a line at each interface whose depth stands on the axis."""
    axes.set_ylim(len(borders) - 1.0, 0.0)
    axes.set_yticks(range(len(borders)), [f"{border * 1e6:.4g}" for border in borders])
    axes.set_ylabel(f"{profile.axis.replace('_', ' ')} (µm), layers equally high")
    for place in range(1, len(borders) - 1):
        axes.axhline(place, color=theme.paper, linewidth=1.0)
    for i, name in enumerate(dict.fromkeys(profile.layers)):
        axes.text(
            0.985,
            i + 0.08,
            name.replace("_", " "),
            transform=axes.get_yaxis_transform(),
            ha="right",
            va="top",
            fontsize=8,
            color=theme.ink,
            bbox=theme.behind_text(),
        )
