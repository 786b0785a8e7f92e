"""Exact reference solutions for drug passing through a stack of layers, by numerical Laplace inversion.

Written for the tests alone: it shares no code, discretisation or time step with the engine. Each layer is
solved in closed form in the Laplace domain (hyperbolic functions of sqrt((s + k) / D)), layers are joined by
equal potential and equal flux, and the result is brought back to time with the fixed Talbot contour of Abate
and Valko (Int. J. Numer. Meth. Engng 60 (2004) 979) in mpmath's arbitrary precision.

The unknown is the potential u = c / K, the concentration of the reference phase that would be in equilibrium
with the tissue; it is continuous across layers. The flux J is positive downwards. Any coherent set of units
will do: lengths, times and amounts are the caller's.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Any, NamedTuple

from mpmath import MPContext


@dataclass(frozen=True)
class Layer:
    """One homogeneous layer. Concentrations are totals (free and bound) per volume of layer.

    partition   c / u without binding                     [1]
    clearance   first-order loss of the total             [1/time]
    binding     bound over free at equilibrium: multiplies the partition, divides the diffusivity
    initial     total concentration at time zero, uniform, none of it bound slowly
    resistance  contact resistance below the layer: u drops by resistance * J   [time/length]
    association, dissociation  rates at which free drug binds slowly, and is set free   [1/time]
    """

    thickness: float
    diffusivity: float
    partition: float = 1.0
    clearance: float = 0.0
    binding: float = 0.0
    initial: float = 0.0
    resistance: float = 0.0
    association: float = 0.0
    dissociation: float = 0.0

    def slow(self, s: Any) -> Any:
        """Transform of slowly bound drug over that of the rest."""
        return self.association / (1 + self.binding) / (s + self.dissociation)


@dataclass(frozen=True)
class Sealed:
    """No flux through the top."""


@dataclass(frozen=True)
class Constant:
    """The top is held at a reference-phase concentration for all t > 0."""

    potential: float


@dataclass(frozen=True)
class Donor:
    """A well-mixed finite donor: amount = volume * partition * u. Volume 0 is a thin dose on the surface.

    It loses drug to the air at the rate loss * area * u.
    """

    volume: float
    amount: float
    partition: float = 1.0
    loss: float = 0.0


@dataclass(frozen=True)
class Loss:
    """Drug leaves the surface at velocity * u per area; `released` then counts it as negative."""

    velocity: float


Top = Sealed | Constant | Donor | Loss


@dataclass(frozen=True)
class Receptor:
    """Well-mixed fluid below: amount = capacity * u, of which outflow * u leaves in unit time."""

    capacity: float
    outflow: float = 0.0


Bottom = str | Receptor


@dataclass(frozen=True)
class Plasma:
    """One to three mammillary compartments: volumes (central first), clearance, exchange clearances."""

    volumes: tuple[float, ...]
    clearance: float
    exchange: tuple[float, ...] = ()

    def transfer(self, s: Any) -> Any:
        """Laplace transform of the central amount after a unit bolus."""
        central = self.volumes[0]
        sum_ = s + self.clearance / central
        for volume, q in zip(self.volumes[1:], self.exchange, strict=True):
            sum_ += s * (q / central) / (s + q / volume)
        return 1 / sum_


class Inverter:
    """Fixed Talbot inversion with M nodes in M + guard digits: error near 10^(-0.6 M) of the result."""

    def __init__(self, digits: int = 15) -> None:
        self.ctx = MPContext()
        self.n_nodes = max(8, int(digits / 0.6) + 3)
        self.ctx.dps = self.n_nodes + 12
        pi = self.ctx.pi
        self._nodes = []
        for k in range(1, self.n_nodes):
            theta = k * pi / self.n_nodes
            cot = self.ctx.cot(theta)
            sigma = theta + (theta * cot - 1) * cot
            self._nodes.append((self.ctx.mpc(theta * cot, theta), self.ctx.mpc(1, sigma)))

    def __call__(self, transform: Callable[[Any], Sequence[Any]], t: float) -> list[float]:
        """Every entry of the vector-valued transform at time t > 0."""
        ctx = self.ctx
        r = ctx.mpf(2 * self.n_nodes) / (5 * ctx.mpf(t))
        total = [ctx.exp(r * t) * f / 2 for f in transform(r)]
        for point, weight in self._nodes:
            s = r * point
            factor = ctx.exp(s * t) * weight
            for i, f in enumerate(transform(s)):
                total[i] += factor * f
        return [float(ctx.re(x) * r / self.n_nodes) for x in total]


def invert(transform: Callable[[Any], Any], t: float, digits: int = 15) -> float:
    """Inverse Laplace transform of one scalar function at time t > 0."""
    return Inverter(digits)(lambda s: [transform(s)], t)[0]


@dataclass(frozen=True)
class Wave:
    """The Laplace-domain solution at one s: potentials and fluxes at the top and bottom of each layer."""

    s: Any
    top: list[Any]
    bottom: list[Any]
    flux_in: list[Any]
    flux_out: list[Any]
    rest: list[Any]


class State(NamedTuple):
    """What a stack holds and has passed on at one time; lists run over the layers."""

    amount: list[float]
    cleared: list[float]
    flux_top: float
    flux_bottom: float
    released: float
    cumulative_bottom: float
    surface: float
    foot: float
    evaporated: float
    collected: float


class Stack:
    """Layers from the surface down, over a "sealed" bottom, a "sink" or a receptor, under one of the tops.

    `area` multiplies amounts; fluxes are per area. Times must be positive. Results are floats, good to
    about `digits` digits of the largest amount present.
    """

    def __init__(
        self,
        layers: Sequence[Layer],
        top: Top = Sealed(),
        bottom: Bottom = "sink",
        area: float = 1.0,
        digits: int = 15,
    ) -> None:
        if isinstance(bottom, str) and bottom not in ("sink", "sealed"):
            raise ValueError(f"bottom is 'sink', 'sealed' or a Receptor, not {bottom!r}")
        self.layers = tuple(layers)
        self.top = top
        self.bottom = bottom
        self.area = area
        self.invert = Inverter(digits)
        self.at = cache(self._at)
        self._plasma_at = cache(self._plasma)

    # -- Laplace domain ------------------------------------------------------------------------------

    def _coefficients(self, layer: Layer, s: Any) -> tuple[Any, Any, Any, Any]:
        """tanh(qh), 1/cosh(qh), q D K and the particular potential of one layer."""
        ctx = self.invert.ctx
        d = ctx.mpf(layer.diffusivity) / (1 + ctx.mpf(layer.binding))
        k = ctx.mpf(layer.partition) * (1 + ctx.mpf(layer.binding))
        rate = s + layer.clearance + s * layer.slow(s)
        q = ctx.sqrt(rate / d)
        decay = ctx.exp(-2 * q * layer.thickness)
        tanh = (1 - decay) / (1 + decay)
        sech = 2 * ctx.exp(-q * layer.thickness) / (1 + decay)
        return tanh, sech, q * d * k, layer.initial / k / rate

    def _surface(self, s: Any, a: Any, b: Any, c: Any) -> tuple[Any, Any]:
        """Potential and flux at the surface from the stack's own relation a u + b J = c."""
        if isinstance(self.top, Sealed):
            return c / a, 0 * s
        if isinstance(self.top, Constant):
            u = self.top.potential / s
            return u, (c - a * u) / b
        if isinstance(self.top, Loss):
            u = c / (a - b * self.top.velocity)
            return u, -self.top.velocity * u
        capacity = s * self.top.volume * self.top.partition / self.area + self.top.loss
        dose = self.invert.ctx.mpf(self.top.amount) / self.area
        u = (c - b * dose) / (a - b * capacity)
        return u, dose - capacity * u

    def wave(self, s: Any) -> Wave:
        """Sweep up with the relation a u + b J = c, then down with the potentials.

        Divided by cosh(qh), every step adds terms of one sign, so that thick or slow layers cost no digits.
        """
        coefficients = [self._coefficients(layer, s) for layer in self.layers]
        a: Any = 1 if self.bottom == "sink" else 0
        b, c = 1 - a, 0 * s
        if isinstance(self.bottom, Receptor):
            a, b = (s * self.bottom.capacity + self.bottom.outflow) / self.area, -1
        below = []
        for layer, terms in zip(reversed(self.layers), reversed(coefficients), strict=True):
            tanh, sech, y, rest = terms
            b = b - a * layer.resistance
            below.append((a, b, c))
            a, b, c = (
                a - b * y * tanh,
                b - a * tanh / y,
                c * sech - a * rest * (sech - 1) - b * y * rest * tanh,
            )
        u, flux = self._surface(s, a, b, c)
        wave = Wave(s, [], [], [], [], [k[3] for k in coefficients])
        for layer, (tanh, sech, y, rest), (a, b, c) in zip(
            self.layers, coefficients, reversed(below), strict=True
        ):
            wave.top.append(u)
            wave.flux_in.append(flux)
            # (u - rest) sech = (v - rest) + J tanh / y at the layer's foot, where a v + b J = c.
            right = (u - rest) * sech + rest
            flux = (c - a * right) / (b - a * tanh / y)
            v = right - flux * tanh / y
            wave.bottom.append(v)
            wave.flux_out.append(flux)
            u = v - layer.resistance * flux
        return wave

    def contents(self, wave: Wave) -> list[Any]:
        """Laplace transforms of the amount in each layer but for what is bound slowly, by its own balance."""
        return [
            self.area
            * (layer.initial * layer.thickness + j_in - j_out)
            / (wave.s + layer.clearance + wave.s * layer.slow(wave.s))
            for layer, j_in, j_out in zip(self.layers, wave.flux_in, wave.flux_out, strict=True)
        ]

    # -- time domain ---------------------------------------------------------------------------------

    def _at(self, t: float) -> State:
        n = len(self.layers)

        def transform(s: Any) -> list[Any]:
            wave = self.wave(s)
            contents = self.contents(wave)
            cleared = [x * layer.clearance / s for x, layer in zip(contents, self.layers, strict=True)]
            amounts = [x * (1 + layer.slow(s)) for x, layer in zip(contents, self.layers, strict=True)]
            ends = [wave.flux_in[0], wave.flux_out[-1]]
            passed = [self.area * j / s for j in ends]
            loss = self.top.loss if isinstance(self.top, Donor) else 0
            outflow = self.bottom.outflow if isinstance(self.bottom, Receptor) else 0
            foot = wave.bottom[-1] - self.layers[-1].resistance * wave.flux_out[-1]
            gone = [loss * self.area * wave.top[0] / s, outflow * foot / s]
            return amounts + cleared + ends + passed + [wave.top[0], foot, *gone]

        values = self.invert(transform, t)
        return State(values[:n], values[n : 2 * n], *values[2 * n :])

    def amount_in(self, i: int, t: float) -> float:
        """Amount in layer i, bound drug included."""
        return self.at(t).amount[i]

    def cleared(self, i: int, t: float) -> float:
        """Amount taken by the clearance of layer i since time zero."""
        return self.at(t).cleared[i]

    def cumulative_bottom(self, t: float) -> float:
        """Amount that has left through the bottom."""
        return self.at(t).cumulative_bottom

    def released(self, t: float) -> float:
        """Amount that has entered through the surface (negative when it has been lost there)."""
        return self.at(t).released

    def flux_bottom(self, t: float) -> float:
        """Flux through the bottom, per area."""
        return self.at(t).flux_bottom

    def flux_top(self, t: float) -> float:
        """Flux through the surface, per area."""
        return self.at(t).flux_top

    def donor(self, t: float) -> float:
        """Amount left in the finite donor."""
        if not isinstance(self.top, Donor):
            raise TypeError("this stack has no finite donor")
        return self.top.volume * self.top.partition * self.at(t).surface

    def receptor(self, t: float) -> float:
        """Amount in the receptor."""
        if not isinstance(self.bottom, Receptor):
            raise TypeError("this stack stands on no receptor")
        return self.bottom.capacity * self.at(t).foot

    def delivered(self, t: float) -> float:
        """Everything that has reached blood or a receptor: all clearances and the bottom."""
        return sum(self.at(t).cleared) + self.cumulative_bottom(t)

    def potential(self, i: int, depth: float, t: float) -> float:
        """u at a depth below the top of layer i."""
        layer = self.layers[i]

        def transform(s: Any) -> list[Any]:
            ctx = self.invert.ctx
            wave = self.wave(s)
            d = ctx.mpf(layer.diffusivity) / (1 + ctx.mpf(layer.binding))
            q = ctx.sqrt((s + layer.clearance + s * layer.slow(s)) / d)
            h, x, rest = ctx.mpf(layer.thickness), ctx.mpf(depth), wave.rest[i]
            down = (wave.top[i] - rest) * ctx.sinh(q * (h - x))
            up = (wave.bottom[i] - rest) * ctx.sinh(q * x)
            return [rest + (down + up) / ctx.sinh(q * h)]

        return self.invert(transform, t)[0]

    def concentration(self, i: int, depth: float, t: float) -> float:
        """Concentration at a depth below the top of layer i, but for what is bound slowly."""
        layer = self.layers[i]
        return layer.partition * (1 + layer.binding) * self.potential(i, depth, t)

    def _plasma(self, pk: Plasma, t: float) -> tuple[float, float]:
        def transform(s: Any) -> list[Any]:
            wave = self.wave(s)
            rate = self.area * wave.flux_out[-1]
            for layer, amount in zip(self.layers, self.contents(wave), strict=True):
                rate += layer.clearance * amount
            central = rate * pk.transfer(s)
            return [central, central * pk.clearance / pk.volumes[0] / s]

        central, eliminated = self.invert(transform, t)
        return central, eliminated

    def plasma(self, pk: Plasma, t: float) -> float:
        """Amount in the central compartment fed by everything delivered."""
        return self._plasma_at(pk, t)[0]

    def plasma_concentration(self, pk: Plasma, t: float) -> float:
        """Concentration in the central compartment."""
        return self.plasma(pk, t) / pk.volumes[0]

    def eliminated(self, pk: Plasma, t: float) -> float:
        """Amount eliminated from the central compartment."""
        return self._plasma_at(pk, t)[1]
