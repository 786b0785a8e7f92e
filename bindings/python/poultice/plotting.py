"""Figures. Imports matplotlib, and is imported by whatever draws, not before."""

from __future__ import annotations

import os
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

import matplotlib as mpl
from matplotlib.figure import Figure

from poultice import _panels, _style
from poultice._content import Content
from poultice._style import Theme
from poultice._summary import rows_of
from poultice.errors import FileError

if TYPE_CHECKING:
    from matplotlib.axes import Axes

    from poultice.series import Profile, Series

SUFFIXES = (".png", ".svg", ".pdf")
LONGEST_LINE = 150  #: letters above the panels


def plot_result(
    content: Content, path: str | os.PathLike[str] | None = None, *, dark: bool = False
) -> Figure:
    """One figure of all that matters. Saved to `path`, it is nobody's window; else pyplot shows it."""
    theme = _style.DARK if dark else _style.LIGHT
    with mpl.rc_context(theme.rc()):
        if path is not None:
            figure = draw(content, Figure(figsize=_panels.size_of(content)), theme)
            save(figure, path)
            return figure
        import matplotlib.pyplot as plt

        figure = draw(content, plt.figure(figsize=_panels.size_of(content)), theme)
        # A notebook shows what a cell returns; left open there, the figure would appear a second time.
        if "inline" in mpl.get_backend():
            plt.close(figure)
        return figure


def draw(content: Content, figure: Figure, theme: Theme) -> Figure:
    """All panels that the result has something for."""
    inch = 1.0 / figure.get_figheight()
    headlines = _headlines(content)
    below, above = 0.30 * inch, (0.70 if headlines else 0.45) * inch
    figure.set_layout_engine(
        "constrained", rect=(0.0, below, 1.0, 1.0 - below - above), w_pad=0.12, h_pad=0.10
    )
    clock = _style.clock_for(float(content.variables["time"].values[-1]))
    panels = _panels.panels_of(content)
    rows = (len(panels) + 1) // 2
    grid = figure.add_gridspec(rows, min(len(panels), 2))
    for i, panel in enumerate(panels):
        # The last of an odd number has the row to itself.
        is_alone = i == len(panels) - 1 and i % 2 == 0
        panel(figure.add_subplot(grid[i // 2, :] if is_alone else grid[i // 2, i % 2]), content, clock, theme)
    about = content.attributes
    error = float(about["mass_balance_relative_error"])
    left = f"mass balance error {error:.1e} of what was applied"
    right = f"{about['software']} · scenario {str(about['scenario_sha256'])[:10]}"
    text = partial(figure.text, color=theme.faint)
    title = str(about["title"]) or "Result"
    text(0.012, 1.0 - 0.13 * inch, title, fontsize=13, fontweight="bold", va="top", color=theme.ink)
    text(0.012, 1.0 - 0.42 * inch, headlines, fontsize=9, va="top")
    text(0.012, 0.10 * inch, left, fontsize=7.5)
    text(0.988, 0.10 * inch, right, fontsize=7.5, ha="right")
    return figure


def save(figure: Figure, path: str | os.PathLike[str]) -> None:
    """Writes a picture. Raises FileError for a format that nobody asked for, and where it cannot be
    written."""
    name = os.fspath(path)
    if Path(name).suffix.lower() not in SUFFIXES:
        hint = f"choose a name that ends in {', '.join(SUFFIXES)}"
        raise FileError.of(name, "the kind of picture is not known", hint)
    try:
        figure.savefig(name)
    except OSError as error:
        raise FileError.of(name, error.strerror or str(error)) from error


def plot_series(series: Series, ax: Axes | None = None, **line: Any) -> Axes:
    """One curve over time."""
    shown = series.to(series.display_unit)
    with mpl.rc_context(_style.LIGHT.rc() if ax is None else {}):
        axes = _axes(ax)
        clock = _style.clock_for(float(series.times[-1]))
        axes.plot(shown.times / clock.seconds, shown.values, **{"color": _style.FLUX, **line})
        clock.set_axis(axes, float(series.times[-1]))
        axes.set_ylabel(_panels.label(series.name.replace("_", " "), shown.unit))
        axes.set_title(series.long_name)
        if shown.values.min() >= 0.0:
            axes.set_ylim(bottom=0.0)
    return axes


def plot_profile(profile: Profile, ax: Axes | None = None, **line: Any) -> Axes:
    """One curve for each of several times."""
    shown = profile.to(profile.display_unit)
    with mpl.rc_context(_style.LIGHT.rc() if ax is None else {}):
        axes = _axes(ax)
        clock = _style.clock_for(float(profile.times[-1]))
        _panels.draw_profile(axes, shown, clock, _style.LIGHT, (), line)
        axes.set_title(profile.long_name)
    return axes


def _headlines(content: Content) -> str:
    """As many of the numbers that sum up the run as fit on a line."""
    line = ""
    for label, number, unit, *share in rows_of(content):
        part = " ".join(filter(None, (label, number, unit, *(f"({it})" for it in share))))
        if len(line) + len(part) > LONGEST_LINE:
            break
        line += ("   ·   " if line else "") + part
    return line


def _axes(ax: Axes | None) -> Axes:
    if ax is not None:
        return ax
    import matplotlib.pyplot as plt

    return plt.figure(figsize=(6.4, 4.0), layout="constrained").add_subplot()
