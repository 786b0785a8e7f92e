"""Spectral elements for (a u - b u'') = f on pieces of layers, with a and b constant in each piece.

Polynomials of high degree on Gauss-Lobatto points, split into the straight line between the two ends and
bubbles that vanish there. The bubbles are chosen so that mass and stiffness are diagonal in them; a piece
then solves itself for any a and b without a matrix, and only the ends of pieces are left to be joined.
"""

from __future__ import annotations

import numpy as np
from numpy.polynomial import legendre
from numpy.typing import NDArray

Real = NDArray[np.float64]
Complex = NDArray[np.complex128]

# Pieces of a layer, as fractions of it: narrow at its faces, where profiles are steep.
PIECES = np.array([0.0, 0.003, 0.05, 0.5, 0.95, 0.997, 1.0])


def lobatto(degree: int) -> tuple[Real, Real, Real]:
    """Points and weights on [-1, 1], and the matrix that differentiates at them."""
    peak = np.zeros(degree + 1)
    peak[degree] = 1.0
    inner = np.sort(legendre.legroots(legendre.legder(peak)).real)
    for _ in range(3):  # Newton on P', whose derivative follows from Legendre's equation
        first = legendre.legval(inner, legendre.legder(peak))
        second = legendre.legval(inner, legendre.legder(peak, 2))
        inner -= first / second
    x = np.concatenate([[-1.0], inner, [1.0]])
    value = legendre.legval(x, peak)
    w = 2 / (degree * (degree + 1) * value**2)
    gap = x[:, None] - x[None, :] + np.eye(degree + 1)
    slope = value[:, None] / value[None, :] / gap
    np.fill_diagonal(slope, 0.0)
    np.fill_diagonal(slope, -slope.sum(axis=1))
    return x, w, slope


class Reference:
    """One element on [-1, 1]. `ends` are the two straight lines at the points, `bubbles` the modes."""

    def __init__(self, degree: int = 14) -> None:
        self.points, self.weights, slope = lobatto(degree)
        self.ends = np.stack([(1 - self.points) / 2, (1 + self.points) / 2])
        stiffness = slope.T @ (self.weights[:, None] * slope)
        root = np.sqrt(self.weights[1:-1])
        self.decay, modes = np.linalg.eigh(stiffness[1:-1, 1:-1] / np.outer(root, root))
        self.bubbles = np.zeros((degree + 1, degree - 1))
        self.bubbles[1:-1] = modes / root[:, None]
        self.overlap = self.ends @ (self.weights[:, None] * self.bubbles)
        self.between = float(self.ends[0] @ (self.weights * self.ends[1]))

    def joints(self, a: Complex, b: Complex) -> tuple[Complex, Complex]:
        """What the ends of pieces see: conductance from end to end [...], and loss at each end [..., 2].

        Apart, so that a loss that is tiny beside the conductance keeps all its digits.
        """
        answer = 1 / (a[..., None] + b[..., None] * self.decay)
        conductance = b / 2 - a * self.between + a**2 * (answer @ (self.overlap[0] * self.overlap[1]))
        both = self.overlap * self.overlap.sum(axis=0)
        wide = a[..., None]
        return conductance, wide - wide**2 * (answer @ both.T)

    def pushes(self, a: Complex, b: Complex, load: Complex) -> Complex:
        """What a load at the points (already weighted) does to the two ends, [..., 2]."""
        answer = (load @ self.bubbles) / (a[..., None] + b[..., None] * self.decay)
        return load @ self.ends.T - a[..., None] * (answer @ self.overlap.T)

    def inside(self, a: Complex, b: Complex, load: Complex, ends: Complex) -> Complex:
        """The potential at the points from that at the ends [..., 2]."""
        pull = load @ self.bubbles - a[..., None] * (ends @ self.overlap)
        return ends @ self.ends + (pull / (a[..., None] + b[..., None] * self.decay)) @ self.bubbles.T
