"""Figures. Imports matplotlib, and is imported by whatever draws, not before."""

from __future__ import annotations

import os
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Any

import matplotlib as mpl
from matplotlib.figure import Figure

from poultice._content import Content
from poultice._figure_names import NAMES, FigureName
from poultice._figures import figure as figures
from poultice._figures import panel, population, profiles, style
from poultice.errors import FileError

if TYPE_CHECKING:
    import xarray as xr
    from matplotlib.axes import Axes

    from poultice.series import Profile, Series

SUFFIXES = (".png", ".svg", ".pdf")


def plot_result(
    content: Content,
    path: str | os.PathLike[str] | None = None,
    *,
    figure: FigureName = "overview",
    dark: bool = False,
    log: bool | None = None,
) -> Figure:
    """One of the figures. Saved to `path`, it is nobody's window; else pyplot shows it."""
    theme = style.DARK if dark else style.LIGHT
    panels = figures.panels_of(content, figure, log)
    size = figures.size_of(figure, panels)
    return _drawn(path, theme, lambda empty: figures.draw(content, empty, panels, theme), size)


def plot_sweep(
    data: xr.Dataset, path: str | os.PathLike[str] | None = None, *, by: str | None = None, dark: bool = False
) -> Figure:
    """The members of a sweep together. Saved to `path`, it is nobody's window; else pyplot shows it."""
    theme = style.DARK if dark else style.LIGHT
    return _drawn(path, theme, lambda empty: population.draw(data, empty, by, theme))


def _drawn(
    path: str | os.PathLike[str] | None,
    theme: style.Theme,
    draw: Callable[[Figure], Figure],
    size: tuple[float, float] | None = None,
) -> Figure:
    with mpl.rc_context(theme.rc()):
        if path is not None:
            drawn = draw(Figure(figsize=size))
            save(drawn, path)
            return drawn
        import matplotlib.pyplot as plt

        drawn = draw(plt.figure(figsize=size))
        # A notebook shows what a cell returns; left open there, the figure would appear a second time.
        if "inline" in mpl.get_backend():
            plt.close(drawn)
        return drawn


def save(figure: Figure, path: str | os.PathLike[str]) -> None:
    """Writes a picture. Raises FileError for a format that nobody asked for, and where it cannot be
    written."""
    name = os.fspath(path)
    if Path(name).suffix.lower() not in SUFFIXES:
        hint = f"choose a name that ends in {', '.join(SUFFIXES)}"
        if name in NAMES:
            hint = f"for the figure of that name, say figure={name!r}"
        raise FileError.of(name, "the kind of picture is not known", hint)
    try:
        figure.savefig(name)
    except OSError as error:
        raise FileError.of(name, error.strerror or str(error)) from error


def plot_series(series: Series, ax: Axes | None = None, **line: Any) -> Axes:
    """One curve over time."""
    shown = series.to(series.display_unit)
    with mpl.rc_context(style.LIGHT.rc() if ax is None else {}):
        axes = _axes(ax)
        clock = style.clock_for(float(series.times[-1]))
        axes.plot(shown.times / clock.seconds, shown.values, **{"color": style.FLUX, **line})
        clock.set_axis(axes, float(series.times[-1]))
        axes.set_ylabel(panel.label(series.name.replace("_", " "), shown.unit))
        axes.set_title(series.long_name)
        if shown.values.min() >= 0.0:
            axes.set_ylim(bottom=0.0, auto=None)  # a further curve may still raise the top
    return axes


def plot_profile(profile: Profile, ax: Axes | None = None, **line: Any) -> Axes:
    """One curve for each of several times."""
    shown = profile.to(profile.display_unit)
    with mpl.rc_context(style.LIGHT.rc() if ax is None else {}):
        axes = _axes(ax)
        clock = style.clock_for(float(profile.times[-1]))
        profiles.draw_profile(axes, shown, clock, style.LIGHT, (), line)
        axes.set_title(profile.long_name)
    return axes


def plot_elasticities(
    title: str,
    elasticities: dict[str, float],
    path: str | os.PathLike[str] | None = None,
    largest: int = 12,
    ax: Axes | None = None,
) -> Axes:
    """Bars to both sides of zero, the longest on top."""
    longest = sorted(elasticities.items(), key=lambda it: -abs(it[1]))[:largest]
    names, sizes = [name for name, _ in longest], [size for _, size in longest]
    with mpl.rc_context(style.LIGHT.rc() if ax is None else {}):
        if ax is None and path is not None:
            ax = Figure(figsize=(6.4, 0.9 + 0.26 * len(names)), layout="constrained").add_subplot()
        axes = _axes(ax)
        colors = [style.FLUX if size > 0.0 else style.BLOOD for size in sizes]
        axes.barh(range(len(names)), sizes, color=colors, height=0.7)
        axes.set_yticks(range(len(names)), names)
        axes.invert_yaxis()
        axes.axvline(0.0, color=style.GREY, linewidth=0.8)
        axes.grid(False, axis="y")
        axes.set_xlabel("change in % for 1 % more of each")
        axes.set_title(title)
    figure = axes.get_figure()
    if path is not None and isinstance(figure, Figure):
        save(figure, path)
    return axes


def _axes(ax: Axes | None) -> Axes:
    if ax is not None:
        return ax
    import matplotlib.pyplot as plt

    return plt.figure(figsize=(6.4, 4.0), layout="constrained").add_subplot()
