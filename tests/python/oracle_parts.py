"""What a study of the oracle is made of: layers, what is put on them, what lies below and behind.

Any coherent units; positive is inward, and potentials are u = c / K.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

Real = NDArray[np.float64]
Complex = NDArray[np.complex128]


@dataclass(frozen=True)
class Passage:
    """How a substance lives in a layer. What is bound at once is counted with what is free.

    partition     free concentration over potential
    binding       bound at once over free
    clearance     into blood, of free and bound at once              [1/time]
    association   of free drug to sites that bind slowly             [1/time]
    dissociation  from those sites                                   [1/time]
    formation     of the metabolite from free drug                   [1/time]
    """

    diffusivity: float
    partition: float = 1.0
    binding: float = 0.0
    clearance: float = 0.0
    association: float = 0.0
    dissociation: float = 0.0
    formation: float = 0.0


@dataclass(frozen=True)
class Slab:
    """One layer; `cuts` are depths in it at which a profile may jump (the end of a dose, of a wash)."""

    thickness: float
    drug: Passage
    metabolite: Passage | None = None
    cuts: tuple[float, ...] = ()


@dataclass(frozen=True)
class Held:
    """The surface is held at a potential."""

    potential: float
    loss: float = 0.0


@dataclass(frozen=True)
class Vessel:
    """A well-mixed amount above the surface: capacity K V, resistance 1/(P A), loss to the air kappa A.

    With no capacity it is a thin dose: all drug enters at the surface at once, and goes on evaporating there.
    """

    capacity: float
    amount: float
    resistance: float = 0.0
    loss: float = 0.0


@dataclass(frozen=True)
class Matrix:
    """A patch resolved in depth, evenly loaded."""

    slab: Slab
    amount: float


@dataclass(frozen=True)
class Film:
    """A dose spread evenly down to one of the first slab's cuts; the surface loses to air."""

    amount: float
    depth: float
    loss: float = 0.0


Top = Held | Vessel | Matrix | Film


@dataclass(frozen=True)
class Receptor:
    """Well-mixed fluid below the tissue: capacity K V and outflow K Q, of the drug and of its metabolite."""

    capacity: float
    outflow: float = 0.0
    metabolite_capacity: float = 0.0
    metabolite_outflow: float = 0.0

    def of(self, species: int) -> tuple[float, float]:
        if species == 0:
            return self.capacity, self.outflow
        return self.metabolite_capacity, self.metabolite_outflow


@dataclass(frozen=True)
class Blood:
    """One to three mammillary compartments, central first; `returns` is the unbound fraction coming back."""

    volumes: tuple[float, ...]
    clearance: float
    exchange: tuple[float, ...] = ()
    returns: float = 0.0

    def respond(self, s: Complex, amounts: Real) -> tuple[Complex, Complex]:
        """Central amount per unit inflow, and from what is in the compartments now."""
        rate = s + self.clearance / self.volumes[0]
        given = amounts[0] + 0 * s
        for volume, q, amount in zip(self.volumes[1:], self.exchange, amounts[1:], strict=True):
            rate = rate + s * (q / self.volumes[0]) / (s + q / volume)
            given = given + amount * (q / volume) / (s + q / volume)
        return 1 / rate, given / rate

    def others(self, s: Complex, amounts: Real, central: Complex) -> list[Complex]:
        return [
            (amount + q / self.volumes[0] * central) / (s + q / volume)
            for volume, q, amount in zip(self.volumes[1:], self.exchange, amounts[1:], strict=True)
        ]
