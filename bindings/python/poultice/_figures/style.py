"""How figures look: two themes, colours that the colour-blind tell apart, axes of time."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from matplotlib.axes import Axes

# Okabe and Ito's colours, which survive every common kind of colour blindness. One thing, one colour,
# everywhere.
PATCH, FLUX, BLOOD, GREEN, GREY = "#E69F00", "#0072B2", "#D55E00", "#009E73", "#8A94A0"
SKIN = ("#8FCBEE", "#3E97D1", "#0F5E97", "#0A3A5E")  #: from the surface down


@dataclass(frozen=True)
class Theme:
    """Colours of what is not data."""

    paper: str
    ink: str
    faint: str
    grid: str
    colormap: str  #: of curves, which must stand out from the paper
    colormap_range: tuple[float, float]
    map_colors: str  #: of a map, the paper's shade where there is nothing

    def behind_text(self) -> dict[str, Any]:
        """A box that keeps letters legible across lines."""
        return {"facecolor": self.paper, "edgecolor": "none", "alpha": 0.75, "pad": 0.8}

    def rc(self) -> Any:
        """Settings of matplotlib to draw under."""
        return {
            "font.size": 9,
            "axes.titlesize": 10,
            "axes.titleweight": "bold",
            "axes.titlelocation": "left",
            "axes.spines.top": False,
            "axes.spines.right": False,
            "axes.facecolor": self.paper,
            "axes.edgecolor": self.faint,
            "axes.labelcolor": self.ink,
            "axes.titlecolor": self.ink,
            "axes.grid": True,
            "axes.axisbelow": True,
            "grid.color": self.grid,
            "grid.linewidth": 0.8,
            "figure.facecolor": self.paper,
            "figure.dpi": 110,
            "savefig.facecolor": self.paper,
            "savefig.dpi": 180,
            "text.color": self.ink,
            "xtick.color": self.faint,
            "xtick.labelcolor": self.ink,
            "ytick.color": self.faint,
            "ytick.labelcolor": self.ink,
            "legend.frameon": False,
            "legend.fontsize": 8,
            "lines.linewidth": 1.8,
            "lines.solid_capstyle": "round",
            "svg.fonttype": "none",
            "pdf.fonttype": 42,
        }


LIGHT = Theme("#FFFFFF", "#1F2933", "#5F6B7A", "#E6EAEE", "viridis_r", (0.12, 1.0), "YlGnBu")
DARK = Theme("#15191E", "#E4E8EC", "#98A3AF", "#2A313A", "viridis", (0.2, 1.0), "magma")


def power_of_ten(value: float) -> str:
    """ "10⁻³" """
    return f"10{str(round(math.log10(value))).translate(str.maketrans('-0123456789', '⁻⁰¹²³⁴⁵⁶⁷⁸⁹'))}"


def set_log_axis(axes: Axes, low: float, high: float) -> None:
    """A logarithmic y axis, its decades written plainly: mathematical text is slow, and warns in matplotlib
    3.6."""
    from matplotlib.ticker import FuncFormatter, NullFormatter

    axes.set_yscale("log")
    axes.set_ylim(low, high)
    axes.yaxis.set_major_formatter(FuncFormatter(lambda value, _: power_of_ten(value)))
    axes.yaxis.set_minor_formatter(NullFormatter())


@dataclass(frozen=True)
class Clock:
    """The unit of a time axis, and the distance of its ticks in that unit."""

    unit: str
    seconds: float
    tick: float

    def set_axis(self, axes: Axes, end: float) -> None:
        """Labels and ticks of an x axis from 0 to `end` [s]."""
        from matplotlib.ticker import MultipleLocator

        axes.set_xlim(0.0, end / self.seconds)
        axes.xaxis.set_major_locator(MultipleLocator(self.tick))
        axes.set_xlabel(f"time ({self.unit})")

    def text(self, time: float) -> str:
        """ "24 h" """
        return f"{time / self.seconds:.4g} {self.unit}"


def clock_for(duration: float) -> Clock:
    """The clock of a study of this length [s]: minutes, hours or days, at most eight steps in all."""
    units = (("min", 60.0, 120.0), ("h", 3600.0, 240.0), ("d", 86400.0, float("inf")))
    unit, seconds = next((unit, seconds) for unit, seconds, most in units if duration <= most * seconds)
    usual = (
        (0.1, 0.2, 0.5, 1, 2, 4, 6, 12, 24, 48)
        if unit == "h"
        else (0.1, 0.2, 0.5, 1, 2, 5, 7, 10, 14, 20, 28)
    )
    tick = next((step for step in usual if duration / seconds / step <= 8), duration / seconds / 5)
    return Clock(unit, seconds, tick)
