"""What happens after a patch is taken off: the oracle's stack, cut at the removal.

Only the skin's linearity is used, so that no state has to be carried from one phase to the next.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from functools import cache

from mpmath import MPContext

from oracle import Donor, Plasma, Sealed, Stack


class Worn:
    """A patch (the upper layers of a stack, sealed above) that is taken off the skin at `removed_at`.

    The skin knows the patch only by the flux it receives, so after removal its state is that flux, cut off at
    the removal, folded with the skin's answer to a thin dose under a sealed surface.
    """

    def __init__(self, stack: Stack, n_patch: int, removed_at: float, digits: int = 12) -> None:
        if not isinstance(stack.top, Sealed):
            raise TypeError("a worn patch is sealed above")
        self.stack, self.n_patch, self.removed_at = stack, n_patch, removed_at
        worn_off = [replace(layer, initial=0.0) for layer in stack.layers[n_patch:]]
        dose = Donor(volume=0.0, amount=1.0)
        self.skin = Stack(worn_off, dose, stack.bottom, stack.area, digits)
        # The same stack, read at the face between patch and skin.
        self._face = cache(self._flux_at_face)

    def _flux_at_face(self, t: float) -> float:
        face = self.n_patch - 1
        return self.stack.invert(lambda s: [self.stack.wave(s).flux_out[face]], t)[0]

    def residual(self) -> float:
        """Amount in the patch when it is removed."""
        return sum(self.stack.amount_in(i, self.removed_at) for i in range(self.n_patch))

    def _nodes(self) -> list[tuple[float, float]]:
        """Gauss points over (0, removed_at), crowded at both ends where flux and answer change fast."""
        nodes = _gauss(8)
        edges = [0.0, *(0.5 * 4.0**-p for p in range(4, -1, -1))]
        points = []
        end = self.removed_at
        for low, high in zip(edges[:-1], edges[1:], strict=True):
            # x -> x^2 removes the t^(-1/2) with which a loaded layer meets an empty one.
            a, b = low**0.5, high**0.5
            for x, w in nodes:
                y = a + (b - a) * x
                points.append((y * y * end, 2 * y * (b - a) * w * end))
            for x, w in nodes:
                points.append(((1 - low - (high - low) * x) * end, (high - low) * w * end))
        return points

    def _fold(self, answer: Callable[[float], float], t: float) -> float:
        if t < self.removed_at:
            raise ValueError("ask the stack itself before the removal")
        area = self.stack.area
        return sum(w * area * self._face(tau) * answer(t - tau) for tau, w in self._nodes())

    def amount_in(self, i: int, t: float) -> float:
        """Amount in layer i of the whole stack (a skin layer) at t >= removed_at."""
        return self._fold(lambda age: self.skin.amount_in(i - self.n_patch, age), t)

    def delivered(self, t: float) -> float:
        """Amount delivered to blood or receptor by t >= removed_at."""
        return self._fold(self.skin.delivered, t)

    def plasma_concentration(self, pk: Plasma, t: float) -> float:
        """Concentration in the central compartment at t >= removed_at."""
        return self._fold(lambda age: self.skin.plasma_concentration(pk, age), t)


@cache
def _gauss(n: int) -> tuple[tuple[float, float], ...]:
    """Gauss-Legendre points and weights on (0, 1)."""
    ctx = MPContext()
    points = []
    for k in range(1, n + 1):
        x = ctx.cos(ctx.pi * (k - 0.25) / (n + 0.5))
        for _ in range(6):
            slope = n * (x * ctx.legendre(n, x) - ctx.legendre(n - 1, x)) / (x**2 - 1)
            x -= ctx.legendre(n, x) / slope
        points.append((float((1 + x) / 2), float(1 / ((1 - x**2) * slope**2))))
    return tuple(points)
