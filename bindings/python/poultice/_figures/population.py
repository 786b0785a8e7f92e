"""What the members of a sweep have in common, and how far they spread: bands of curves over time, and how the
numbers that sum up a run are distributed."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from functools import partial
from typing import TYPE_CHECKING, Any, NamedTuple

import numpy as np
from matplotlib.figure import Figure
from matplotlib.ticker import MaxNLocator

from poultice._figures import style
from poultice._figures.panel import label
from poultice._figures.style import Theme, clock_for
from poultice.errors import ParameterError
from poultice.units import Quantity, convert

if TYPE_CHECKING:
    import xarray as xr
    from matplotlib.axes import Axes

COLORS = (style.FLUX, style.BLOOD, style.GREEN, style.PATCH, style.SKIN[0], style.GREY)
MOST_NUMBERS = 4  #: distributions drawn; one less where that fills the last row
OUTER, INNER = (0.05, 0.95), (0.25, 0.75)


class Group(NamedTuple):
    """Members that are drawn in one colour."""

    words: str
    members: Any  #: bool [run]
    color: str


def draw(data: xr.Dataset, figure: Figure, by: str | None, theme: Theme) -> Figure:
    """Every curve of the sweep, then the first numbers that sum up its runs. `by` names a parameter of few
    values: a band for each. Raises ParameterError where it does not."""
    groups = groups_of(data, by)
    panels = list(_panels(data, groups))
    columns = min(len(panels), 2)
    rows = (len(panels) + columns - 1) // columns
    figure.set_size_inches(5.75 * columns if columns > 1 else 7.6, 0.9 + 3.1 * rows)
    inch = 1.0 / figure.get_figheight()
    figure.set_layout_engine(
        "constrained", rect=(0.0, 0.3 * inch, 1.0, 1.0 - 1.0 * inch), w_pad=0.12, h_pad=0.10
    )
    grid = figure.add_gridspec(rows, columns)
    for i, panel in enumerate(panels):
        is_alone = columns > 1 and i == len(panels) - 1 and i % 2 == 0
        panel(figure.add_subplot(grid[i // columns, :] if is_alone else grid[i // columns, i % columns]))
    if by is not None:
        figure.axes[0].legend(title=by)
    write = partial(figure.text, color=theme.faint)
    n, n_failed = data.sizes["run"], int((data.status.values != 0).sum())
    title = str(data.attrs["title"]) or "Sweep"
    write(0.012, 1.0 - 0.13 * inch, title, fontsize=13, fontweight="bold", va="top", color=theme.ink)
    about = f"{n} members" + (f", of which {n_failed} left nothing" if n_failed else "")
    if any(it.dims == ("run", "time") for it in data.data_vars.values()):
        about += " · lines: median · bands: 50 and 90 % of the members"
    write(0.012, 1.0 - 0.42 * inch, about, fontsize=9, va="top")
    origin = f"{data.attrs['software']} · plan {str(data.attrs['plan_sha256'])[:10]}"
    write(0.988, 0.10 * inch, origin, fontsize=7.5, ha="right")
    return figure


def groups_of(data: xr.Dataset, by: str | None) -> list[Group]:
    """Members that have something to show, apart by the value of a parameter."""
    sound = data.status.values == 0
    if not sound.any():
        raise ParameterError("no member of this sweep has left a number to draw", "sweep", "see failures()")
    if by is None:
        return [Group("", sound, COLORS[0])]
    varied = [str(name) for name, it in data.coords.items() if it.dims == ("run",) and "." in str(name)]
    if by not in varied:
        hint = f"choose one of {', '.join(varied)}"
        raise ParameterError(f"{by}: nothing of this name varies; {hint}", "by", hint)
    values = data[by].values
    different = np.unique(values[sound])
    if len(different) > len(COLORS):
        hint = "choose a parameter of an axis"
        raise ParameterError(
            f"{by} takes {len(different)} values, too many to tell apart; {hint}", "by", hint
        )
    return [
        Group(_words(data[by], value), sound & (values == value), color)
        for value, color in zip(different, COLORS, strict=False)
    ]


def _words(parameter: xr.DataArray, value: Any) -> str:
    if isinstance(value, str):
        return value
    has = str(parameter.attrs.get("units", "1"))
    wanted = str(parameter.attrs.get("display_units", has))
    return str(Quantity(float(value), has).to(wanted))


def _panels(data: xr.Dataset, groups: list[Group]) -> Iterator[Callable[[Axes], None]]:
    curves = [str(name) for name, it in data.data_vars.items() if it.dims == ("run", "time")]
    for name in curves:
        yield partial(_draw_bands, data[name], groups)
    for name in str(data.attrs["headlines"]).split()[: MOST_NUMBERS - len(curves) % 2]:
        if _spreads(data[name].values):
            yield partial(_draw_numbers, data[name], groups)


def _draw_bands(curve: xr.DataArray, groups: list[Group], axes: Axes) -> None:
    seconds = curve.time.values
    clock = clock_for(float(seconds[-1]))
    values, unit = _shown(curve)
    for group in groups:
        low, lower, middle, upper, high = np.nanquantile(
            values[group.members], (OUTER[0], INNER[0], 0.5, INNER[1], OUTER[1]), axis=0
        )
        at = seconds / clock.seconds
        axes.fill_between(at, low, high, color=group.color, alpha=0.18, linewidth=0)
        axes.fill_between(at, lower, upper, color=group.color, alpha=0.30, linewidth=0)
        axes.plot(at, middle, color=group.color, label=group.words)
        if low.min() >= 0.0:
            axes.set_ylim(bottom=0.0, auto=None)
    clock.set_axis(axes, float(seconds[-1]))
    axes.set_ylabel(label(_plain(curve), unit))
    axes.set_title(_title(curve))


def _draw_numbers(number: xr.DataArray, groups: list[Group], axes: Axes) -> None:
    values, unit = _shown(number)
    shown = np.concatenate([values[group.members] for group in groups])
    shown = shown[np.isfinite(shown)]
    # The farthest members would leave no room for all others.
    low, high = np.quantile(shown, (0.002, 0.998))
    edges = np.linspace(low, high, max(8, min(41, round(2.0 * shown.size ** (1.0 / 3.0))))).tolist()
    for group in groups:
        here = values[group.members]
        axes.hist(here[np.isfinite(here)], edges, color=group.color, alpha=0.45)
        axes.axvline(float(np.nanmedian(here)), color=group.color)
    axes.yaxis.set_major_locator(MaxNLocator("auto", integer=True))
    axes.set_xlabel(label(_plain(number), unit))
    axes.set_ylabel("members")
    axes.set_title(_title(number))


def _spreads(values: Any) -> bool:
    """Whether there is a distribution to draw: what is the same for all but for rounding has none."""
    finite = values[np.isfinite(values)]
    return bool(finite.size > 1 and np.ptp(finite) > 1e-9 * np.abs(finite).max())


def _shown(array: xr.DataArray) -> tuple[Any, str]:
    """In the unit that people in the field read."""
    has = str(array.attrs["units"])
    unit = str(array.attrs.get("display_units", has))
    return convert(array.values, has, unit), unit


def _plain(array: xr.DataArray) -> str:
    return str(array.name).replace("_", " ")


def _title(array: xr.DataArray) -> str:
    return str(array.attrs.get("label", array.attrs.get("long_name", _plain(array))))
