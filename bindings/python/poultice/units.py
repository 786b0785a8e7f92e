"""Numbers with units, at the border. The engine's own units do the work, so that nothing can disagree."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple, overload

from poultice import _core

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray


@overload
def convert(value: float, from_unit: str, to_unit: str) -> float: ...
@overload
def convert(value: NDArray[np.float64], from_unit: str, to_unit: str) -> NDArray[np.float64]: ...
def convert(value: float | NDArray[np.float64], from_unit: str, to_unit: str) -> float | NDArray[np.float64]:
    """A number, or an array of them, from one unit to another. Raises UnitError where the dimensions
    differ."""
    converted = _core.convert(value, from_unit, to_unit)
    return converted if converted.shape else float(converted)


def shown_unit(unit: str) -> str:
    """As people in the field read it: "ug/cm^2/h" gives "µg/cm²/h", and "1" nothing."""
    return _core.shown_unit(unit)


class Quantity(NamedTuple):
    """A number and its unit."""

    value: float
    unit: str

    def to(self, unit: str) -> Quantity:
        """The same in another unit. Raises UnitError where the dimensions differ."""
        return Quantity(convert(self.value, self.unit, unit), unit)

    def __float__(self) -> float:
        return float(self.value)

    def __format__(self, how: str) -> str:
        """f"{quantity:.3f}" formats the number and leaves the unit behind it."""
        if not how:
            return str(self)
        return " ".join(filter(None, (format(self.value, how), shown_unit(self.unit))))

    def _repr_html_(self) -> str:
        from html import escape

        return f"<span>{escape(str(self))}</span>"

    def __str__(self) -> str:
        return " ".join(filter(None, (_core.shown_number(self.value), shown_unit(self.unit))))
