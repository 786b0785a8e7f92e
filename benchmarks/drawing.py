"""The look of the pictures here."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any

import matplotlib

matplotlib.use("agg")
import matplotlib.pyplot as plt
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from measured import Row

#: Ours in colour, rivals in grey.
LOOKS: dict[str, dict[str, Any]] = {
    "contour": {"color": "#0b6e4f", "marker": "o", "label": "contour integrals"},
    "contour, alone": {"color": "#0b6e4f", "marker": "o", "mfc": "white", "label": "contour, one run alone"},
    "rosenbrock": {"color": "#c8553d", "marker": "s", "label": "Rosenbrock"},
    "pade5": {"color": "#c8553d", "marker": "s", "label": "Padé, order 5"},
    "rodas5p": {"color": "#e09f3e", "marker": "D", "label": "RODAS5P"},
    "ros34pw2": {"color": "#8e5572", "marker": "v", "label": "ROS34PW2"},
    "cvode": {"color": "#2b59c3", "marker": "^", "label": "CVODE in blocks"},
    "bdf": {"color": "#2b59c3", "marker": "^", "label": "CVODE in blocks"},
    "packaged": {"color": "0.25", "marker": "x", "label": "CVODE as packaged, band"},
    "SciPy LSODA, band": {"color": "0.5", "marker": "+", "ls": "--", "label": "SciPy LSODA, band"},
    "SciPy BDF, sparse": {"color": "0.65", "marker": "1", "ls": "--", "label": "SciPy BDF, sparse"},
}


def panels(count: int) -> tuple[Figure, Sequence[Axes]]:
    size = (1.0 + 4.2 * count, 4.6)
    figure, axes = plt.subplots(1, count, figsize=size, layout="constrained", squeeze=False)
    for one in axes[0]:
        one.set(xscale="log", yscale="log")
        one.grid(color="0.92", lw=0.7)
        one.set_axisbelow(True)
        one.spines[["top", "right"]].set_visible(False)
    return figure, axes[0]


def line(axes: Axes, rows: Sequence[Row], x: str) -> None:
    """The processor time per member over one column, of one method."""
    rows = sorted(rows, key=lambda row: float(row[x]))
    look = {"lw": 1.5, "ms": 5.5, **LOOKS[rows[0]["method"]]}
    axes.plot([row[x] for row in rows], [1e3 * row["seconds_per_member"] for row in rows], **look)


def lines(axes: Axes, rows: Sequence[Row], x: str) -> None:
    """A line for each method, in the order in which they come."""
    for method in dict.fromkeys(row["method"] for row in rows):
        line(axes, [row for row in rows if row["method"] == method], x)


def save(figure: Figure, path: Path) -> None:
    figure.savefig(path, dpi=110)
    plt.close(figure)
