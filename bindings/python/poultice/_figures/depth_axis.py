"""An axis of depth on which thin layers can be seen beside thick ones."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from poultice._figures import style
from poultice._figures.style import Theme
from poultice.series import Profile

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from numpy.typing import NDArray


def stretch(axes: Axes, profile: Profile, theme: Theme) -> None:
    """Gives each layer the same width on the x axis [um], its name and a tint; ticks are at the
    interfaces."""
    borders = borders_of(profile) * 1e6
    places = np.arange(len(borders), dtype=float)
    axes.set_xscale(
        "function",
        functions=(lambda x: place_on(borders, x), lambda x: np.interp(x, places, borders)),
    )
    axes.set_xlim(borders[0], borders[-1])
    axes.set_xticks(borders, [f"{border:.4g}" for border in borders])
    # Ticks half-way show that the scale is linear within a layer.
    middles = 0.5 * (borders[1:] + borders[:-1])
    words = [f"{middle:.0f}" if middle >= 100 else f"{middle:.2g}" for middle in middles]
    axes.set_xticks(middles, words, minor=True, fontsize=7.5, color=theme.faint)
    axes.set_xlabel(f"{profile.axis.replace('_', ' ')} (µm), each layer drawn equally wide")
    axes.grid(False, axis="x")
    for i, name in enumerate(dict.fromkeys(profile.layers)):
        left, right = borders[i], borders[i + 1]
        axes.axvspan(left, right, color=style.SKIN[min(i, len(style.SKIN) - 1)], alpha=0.14, linewidth=0)
        axes.text(
            0.5 * (left + right),
            0.985,
            name.replace("_", "\n"),
            transform=axes.get_xaxis_transform(),
            ha="center",
            va="top",
            fontsize=8,
            color=theme.ink,
        )


def place_on(borders: NDArray[np.float64], depths: NDArray[np.float64]) -> NDArray[np.float64]:
    """Depths as places on an axis on which every layer is 1 wide."""
    places: NDArray[np.float64] = np.interp(depths, borders, np.arange(len(borders), dtype=float))
    return places


def edges_of(positions: NDArray[np.float64]) -> NDArray[np.float64]:
    """Where cells begin and end [m]. It follows from their centres, since the first begins at 0 and each
    reaches as far below its centre as above."""
    edges = [0.0]
    for centre in positions:
        edges.append(2.0 * float(centre) - edges[-1])
    return np.array(edges)


def borders_of(profile: Profile) -> NDArray[np.float64]:
    """The borders of the layers, the surface first [m]; those of the whole where there are no layers."""
    edges, layers = edges_of(profile.positions), profile.layers
    changes = [i for i in range(1, len(layers)) if layers[i] != layers[i - 1]]
    return np.array([edges[i] for i in (0, *changes, len(edges) - 1)])
