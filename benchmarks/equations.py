"""The problems of benchmark_cases as SciPy's solvers want them: the same numbers, the same events."""

from __future__ import annotations

import json
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from measured import Setting, cases
from numpy.typing import NDArray
from scipy.integrate import solve_ivp
from scipy.sparse import csc_matrix, csr_matrix
from scipy.sparse.csgraph import reverse_cuthill_mckee

Vector = NDArray[np.float64]


def sparse(triplets: Sequence[Sequence[float]], shape: tuple[int, int]) -> csr_matrix:
    """Values that share a place are added."""
    entries = np.array(triplets, dtype=float).reshape(-1, 3)
    places = entries[:, :2].astype(int).T
    return csr_matrix((entries[:, 2], (places[0], places[1])), shape=shape)


class Rates:
    """d(state)/dt between two events, and its Jacobian: linear but for what saturates.

    Amounts in the columns of `enzymes` are turned over at S y / (1 + y/k); sites at `bound` take up from
    `free` at a y_free (1 - y_bound / capacity) less what they give back."""

    def __init__(self, told: dict[str, Any], amount: float) -> None:
        n = len(told["rates"])
        zero = sparse(told["jacobian"], (n, n))
        some = sparse(told["jacobian_at_amount"], (n, n))
        most = sparse(told["jacobian_saturated"], (n, n))
        self.linear = zero
        self._find_sites(zero, some, amount)
        self._find_enzymes(zero, some, most, amount)
        self.is_linear = not (self.enzymes.size or self.free.size)
        self._check(np.array(told["rates"]), amount)

    def _find_sites(self, zero: csr_matrix, some: csr_matrix, amount: float) -> None:
        """The pairs of rows where giving back grows with what is free."""
        change = (some - zero).tocoo()
        is_site = (change.row != change.col) & (change.data > 0.0)
        free, bound = change.row[is_site], change.col[is_site]
        takes = np.array([zero[b, f] for f, b in zip(free, bound, strict=True)])
        is_real = takes > 0.0
        self.free, self.bound = free[is_real], bound[is_real]
        self.takes = takes[is_real]
        self.fills = change.data[is_site][is_real] / amount  # a / capacity

    def _find_enzymes(self, zero: csr_matrix, some: csr_matrix, most: csr_matrix, amount: float) -> None:
        """The columns, of no site, where the slope falls with the amount."""
        first, half = (zero - most).tocsc(), (some - most).tocsc()
        change = (zero - some).tocsc()
        is_enzyme = (change.diagonal() < 0.0) & (first.diagonal() < 0.0)
        is_enzyme[np.concatenate([self.free, self.bound]).astype(int)] = False
        self.enzymes = np.flatnonzero(is_enzyme)
        ratio = first.diagonal()[self.enzymes] / half.diagonal()[self.enzymes]  # (1 + amount / k)^2
        self.half = amount / (np.sqrt(ratio) - 1.0)
        self.turnover = csr_matrix(first[:, self.enzymes])

    def _check(self, rates: Vector, amount: float) -> None:
        state = amount * (np.arange(len(rates)) % 7)
        error = np.abs(self(0.0, state) - rates).max() / max(np.abs(rates).max(), 1e-300)
        if error > 1e-9:
            raise ValueError(f"the equations are not those of the engine: {error:.1e}")

    def __call__(self, time: float, state: Vector) -> Vector:
        rate: Vector = self.linear @ state
        if self.enzymes.size:
            y = state[self.enzymes]
            rate += self.turnover @ (-y * np.abs(y) / (self.half + np.abs(y)))
        if self.free.size:
            filled = self.fills * state[self.free] * state[self.bound]
            rate[self.free] += filled
            rate[self.bound] -= filled
        return rate

    def jacobian(self, time: float, state: Vector) -> csr_matrix:
        if self.is_linear:
            return self.linear
        n = len(state)
        found = self.linear
        if self.enzymes.size:
            relative = 1.0 + np.abs(state[self.enzymes]) / self.half
            slope = csr_matrix(
                (1.0 / relative**2 - 1.0, (np.arange(self.enzymes.size), self.enzymes)),
                shape=(self.enzymes.size, n),
            )
            found = found + self.turnover @ slope
        if self.free.size:
            by_free, by_bound = self.fills * state[self.bound], self.fills * state[self.free]
            values = np.concatenate([by_free, by_bound, -by_free, -by_bound])
            rows = np.concatenate([self.free, self.free, self.bound, self.bound])
            columns = np.concatenate([self.free, self.bound, self.free, self.bound])
            found = found + csr_matrix((values, (rows, columns)), shape=(n, n))
        return found


@dataclass(frozen=True)
class Stretch:
    begin: float  # s
    rates: Rates
    moved: csr_matrix  # what the event does: state += moved @ state + added
    added: Vector


@dataclass(frozen=True)
class Member:
    times: Vector  # s, of all outputs
    scale: float  # mol, of the dose
    initial: Vector
    stretches: list[Stretch]
    watched: csr_matrix
    answer: Vector  # [time, value], of the engine

    def error(self, samples: Vector) -> float:
        return float(np.abs(samples - self.answer).max())


def members(here: Setting, problem: str, count: int, of: int) -> list[Member]:
    told = json.loads(cases(here, "export", problem, "--members", of, "--exported", count))
    times = np.array(told["times"])
    return [_member(one, times, told["n_watched"]) for one in told["members"]]


def _member(told: dict[str, Any], times: Vector, n_watched: int) -> Member:
    n = len(told["initial"])
    stretches = [
        Stretch(
            one["begin"], Rates(one, told["amount"]), sparse(one["moved"], (n, n)), np.array(one["added"])
        )
        for one in told["stretches"]
    ]
    return Member(
        times,
        told["amount_scale"],
        np.array(told["initial"]),
        stretches,
        sparse(told["watched"], (n_watched, n)),
        np.array(told["answer"]).reshape(len(times), n_watched),
    )


#: Takes rates, state, begin, end and times to samples of the state [row, time].
Solve = Callable[[Rates, Vector, float, float, Vector], Vector]


def follow(member: Member, solve: Solve) -> Vector:
    """Through all events; [time, value]. A sample at an event is taken after it."""
    state = member.initial
    samples = []
    for number, stretch in enumerate(member.stretches):
        state = state + stretch.moved @ state + stretch.added
        is_last = number + 1 == len(member.stretches)
        end = member.times[-1] if is_last else member.stretches[number + 1].begin
        inside = member.times[(member.times > stretch.begin) & (member.times <= end)]
        found = solve(stretch.rates, state, stretch.begin, end, inside)
        kept = found if is_last else found[:, :-1]
        samples.append(np.column_stack([state, kept]))
        state = found[:, -1]
    return np.asarray((member.watched @ np.hstack(samples)).T)


def bdf(tolerance: float, scale: float) -> Solve:
    """SciPy's BDF with a sparse Jacobian."""

    def solve(rates: Rates, state: Vector, begin: float, end: float, times: Vector) -> Vector:
        def jacobian(time: float, state: Vector) -> csc_matrix:
            return csc_matrix(rates.jacobian(time, state))

        jac = csc_matrix(rates.linear) if rates.is_linear else jacobian
        return _solved("BDF", rates, state, begin, end, times, tolerance, scale, jac=jac)

    return solve


def lsoda(tolerance: float, scale: float) -> Solve:
    """LSODA with a banded Jacobian, rows in the order that makes the band narrow.

    The plasma and the running totals depend on many cells and come last. What lies outside of the cells' own
    band is left to the iteration: a band wide enough for it was tried and took 2 to 20 times as long."""

    def solve(rates: Rates, state: Vector, begin: float, end: float, times: Vector) -> Vector:
        band = Band(rates)
        found = _solved(
            "LSODA", band, state[band.order], begin, end, times, tolerance, scale,
            jac=band.packed, lband=band.lower, uband=band.upper,
        )  # fmt: skip
        samples = np.tile(state[:, None], (1, len(times)))  # what takes no part stays as it is
        samples[band.order] = found
        return samples

    return solve


class Band:
    """Rates with the rows that take part in another order, and their packed Jacobian."""

    def __init__(self, rates: Rates) -> None:
        pattern = abs(rates.jacobian(0.0, np.full(rates.linear.shape[0], 1e-9)))
        pattern.eliminate_zeros()
        takes_part = (pattern.getnnz(axis=0) + pattern.getnnz(axis=1)) > 0
        # Cells give to a handful of neighbours; what takes from or gives to many is no cell.
        is_hub = (pattern.getnnz(axis=1) > 8) | (pattern.getnnz(axis=0) == 0)
        hubs = np.flatnonzero(takes_part & is_hub)
        near = np.flatnonzero(takes_part & ~is_hub)
        both = pattern + pattern.T
        near = near[reverse_cuthill_mckee(csr_matrix(both[near][:, near]), symmetric_mode=True)]
        self.order = np.concatenate([near, hubs])
        self._rates, self._n = rates, rates.linear.shape[0]
        ordered = csr_matrix(pattern[self.order][:, self.order]).tocoo()
        is_inside = (ordered.row < near.size) & (ordered.col < near.size)
        away = (ordered.row - ordered.col)[is_inside]
        self.lower, self.upper = int(max(away.max(), 1)), int(max(-away.min(), 1))
        self._linear = csr_matrix(rates.linear[self.order][:, self.order])
        self._constant = self._pack(self._linear) if rates.is_linear else None

    def __call__(self, time: float, state: Vector) -> Vector:
        if self._constant is not None:
            product: Vector = self._linear @ state
            return product
        return self._rates(time, self._whole(state))[self.order]

    def packed(self, time: float, state: Vector) -> Vector:
        if self._constant is not None:
            return self._constant
        return self._pack(self._rates.jacobian(time, self._whole(state))[self.order][:, self.order])

    def _whole(self, state: Vector) -> Vector:
        whole = np.zeros(self._n)
        whole[self.order] = state
        return whole

    def _pack(self, matrix: csr_matrix) -> Vector:
        entries = matrix.tocoo()
        away = entries.row - entries.col
        is_inside = (away <= self.lower) & (-away <= self.upper)
        packed = np.zeros((self.lower + self.upper + 1, matrix.shape[0]))
        np.add.at(packed, (away[is_inside] + self.upper, entries.col[is_inside]), entries.data[is_inside])
        return packed


def _solved(
    method: str,
    rates: Callable[[float, Vector], Vector],
    state: Vector,
    begin: float,
    end: float,
    times: Vector,
    tolerance: float,
    scale: float,
    **options: object,
) -> Vector:
    options |= {"rtol": tolerance, "atol": 1e-3 * tolerance * scale}
    found = solve_ivp(rates, (begin, end), state, method, t_eval=times, **options)
    if not found.success:
        raise RuntimeError(f"{method}: {found.message}")
    solved: Vector = found.y
    return solved
