"""Curves and profiles: arrays that know their name, their unit and their axes."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any, TypeVar

from poultice.units import convert, shown_unit

if TYPE_CHECKING:
    import numpy as np
    from matplotlib.axes import Axes
    from numpy.typing import NDArray

    Numbers = NDArray[np.float64]

Self = TypeVar("Self", bound="Labelled")


@dataclass(frozen=True, repr=False, eq=False)
class Labelled:
    """What a Series and a Profile have in common. NumPy functions take either as an array of its `values`."""

    name: str
    long_name: str
    unit: str  #: of `values`; SI at first
    display_unit: str  #: for text and plots: the customary one in the field, until converted
    times: Numbers  #: [s]
    values: Numbers  #: read-only until converted; the engine's own memory, not a copy

    def to(self: Self, unit: str) -> Self:
        """The same in another unit. Raises UnitError where the dimensions differ."""
        return replace(self, values=convert(self.values, self.unit, unit), unit=unit, display_unit=unit)

    def __len__(self) -> int:
        return len(self.values)

    def __array__(self, dtype: Any = None, copy: bool | None = None) -> Numbers:
        import numpy as np

        array = np.asarray(self.values, dtype=dtype)
        return array.copy() if copy and array is self.values else array

    def __repr__(self) -> str:
        shape = " x ".join(map(str, self.values.shape))
        unit = shown_unit(self.unit) or "1"
        return f"<{type(self).__name__} {self.name} [{unit}], {shape}: {self.long_name}>"


@dataclass(frozen=True, repr=False, eq=False)
class Series(Labelled):
    """One number over time: values[time]."""

    def plot(self, ax: Axes | None = None, **line: Any) -> Axes:
        """Draws the curve in its display unit; `line` goes to `Axes.plot`."""
        from poultice import plotting

        return plotting.plot_series(self, ax, **line)


@dataclass(frozen=True, repr=False, eq=False)
class Profile(Labelled):
    """Numbers along an axis at several times: values[time, point]."""

    axis: str  #: name of the axis
    positions: Numbers  #: along the axis, SI
    layers: tuple[str, ...]  #: the layer that each point lies in; () where the axis has none

    def plot(self, ax: Axes | None = None, **line: Any) -> Axes:
        """Draws one curve for each of several times, in the display unit; `line` goes to `Axes.plot`."""
        from poultice import plotting

        return plotting.plot_profile(self, ax, **line)
