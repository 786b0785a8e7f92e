"""Textbook solutions of diffusion and compartment problems, written with numpy alone.

Symbols: tau = D t / h^2 for a slab of thickness h and diffusivity D; K is the partition coefficient of a
layer relative to the common reference phase; concentrations in the reference phase are written u.
Sources: Crank, The Mathematics of Diffusion, 2nd ed., Oxford 1975 (slabs, finite donor, release);
Ash, Barrer and Palmer, Br. J. Appl. Phys. 16 (1965) 873 (laminate time lag).
"""

from __future__ import annotations

import numpy as np
from numpy.typing import ArrayLike, NDArray

Array = NDArray[np.float64]


def slab_infinite_donor(tau: ArrayLike, n_terms: int = 200) -> Array:
    """Amount through a slab held at K u0 above a sink, as a fraction of K u0 h (per area)."""
    tau = np.asarray(tau, dtype=float)[..., None]
    n = np.arange(1, n_terms + 1)
    series = (-1.0) ** n / n**2 * np.exp(-((n * np.pi) ** 2) * tau)
    return np.asarray(tau[..., 0] - 1.0 / 6.0 - 2.0 / np.pi**2 * series.sum(axis=-1))


def slab_plane_dose(tau: ArrayLike, n_terms: int = 200) -> Array:
    """Fraction of a thin dose on a sealed surface that has passed through the slab into a sink."""
    tau = np.asarray(tau, dtype=float)[..., None]
    n = np.arange(n_terms)
    beta = (2 * n + 1) * np.pi / 2
    series = (-1.0) ** n / (2 * n + 1) * np.exp(-(beta**2) * tau)
    return np.asarray(1.0 - 4.0 / np.pi * series.sum(axis=-1))


def finite_donor_roots(alpha: float, n_roots: int = 200) -> Array:
    """The positive roots of beta tan(beta) = alpha, one in each (n pi, n pi + pi/2), by bisection."""
    n = np.arange(n_roots)
    low = n * np.pi
    high = low + np.pi / 2
    for _ in range(60):
        middle = 0.5 * (low + high)
        above = (-1.0) ** n * (middle * np.sin(middle) - alpha * np.cos(middle)) > 0
        high = np.where(above, middle, high)
        low = np.where(above, low, middle)
    return 0.5 * (low + high)


def finite_donor(alpha: float, tau: ArrayLike, n_terms: int = 200) -> tuple[Array, Array]:
    """A well-mixed donor of depth l over a slab over a sink, alpha = K h / l.

    Returns the fractions of the initial amount that have passed through and that are still in the donor.
    """
    tau = np.asarray(tau, dtype=float)[..., None]
    beta = finite_donor_roots(alpha, n_terms)
    sign = (-1.0) ** np.arange(n_terms)
    decay = np.exp(-(beta**2) * tau)
    norm = alpha**2 + beta**2 + alpha
    through = 2.0 * sign * alpha * np.sqrt(alpha**2 + beta**2) / (beta * norm)
    donor = 2.0 * alpha / norm
    return 1.0 - (through * decay).sum(axis=-1), (donor * decay).sum(axis=-1)


def laminate_permeability(h: ArrayLike, diffusivity: ArrayLike, partition: ArrayLike) -> float:
    """Steady flux per area and unit reference concentration through layers in series above a sink."""
    resistance = np.asarray(h, float) / (np.asarray(diffusivity, float) * np.asarray(partition, float))
    return float(1.0 / resistance.sum())


def laminate_lag(h: ArrayLike, diffusivity: ArrayLike, partition: ArrayLike) -> float:
    """Time lag of the amount through a laminate, first layer at the donor, initially empty."""
    h, d, k = (np.asarray(a, dtype=float) for a in (h, diffusivity, partition))
    r = h / (d * k)
    above = np.cumsum(r) - r
    below = r.sum() - above - r
    return float((k * h * (above * below + r * (above + below) / 2 + r**2 / 6)).sum() / r.sum())


def matrix_release(tau: ArrayLike, n_terms: int = 400) -> Array:
    """Fraction released from a uniformly loaded slab, sealed behind, into a perfect sink."""
    tau = np.asarray(tau, dtype=float)[..., None]
    m = (2 * np.arange(n_terms) + 1) * np.pi / 2
    return np.asarray(1.0 - (2.0 / m**2 * np.exp(-(m**2) * tau)).sum(axis=-1))


def evaporating_plane_dose(chi: float) -> float:
    """Fraction of a surface dose absorbed in the end when it also leaves the surface, chi = kappa h / D."""
    return 1.0 / (1.0 + chi)


def evaporating_uniform_dose(chi: float, depth_fraction: float) -> float:
    """The same for a dose spread evenly over the upper part of the slab, depth_fraction = delta / h."""
    return (1.0 + chi * depth_fraction / 2.0) / (1.0 + chi)


def dermis_profile(x: ArrayLike, h: float, diffusivity: float, clearance: float) -> Array:
    """Steady c / c(0) at depth x in a layer with first-order clearance and a sealed bottom."""
    phi = h * np.sqrt(clearance / diffusivity)
    return np.asarray(np.cosh(phi * (1.0 - np.asarray(x, dtype=float) / h)) / np.cosh(phi))


def dermis_uptake_permeability(h: float, diffusivity: float, partition: float, clearance: float) -> float:
    """Steady flux into that layer per area and unit reference concentration at its top."""
    phi = h * np.sqrt(clearance / diffusivity)
    return float(partition * np.sqrt(clearance * diffusivity) * np.tanh(phi))


def one_compartment_infusion(
    rate: float, clearance: float, volume: float, t: ArrayLike, stop: float = np.inf
) -> Array:
    """Concentration under a constant input from 0 to `stop` in one compartment."""
    t = np.asarray(t, dtype=float)
    k = clearance / volume
    during = np.minimum(t, stop)
    return np.asarray(rate / clearance * (1.0 - np.exp(-k * during)) * np.exp(-k * (t - during)))
