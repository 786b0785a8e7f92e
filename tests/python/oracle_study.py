"""A whole study, replayed event by event: an oracle for every linear configuration of a scenario.

Between two events all equations are linear with constant coefficients. They are solved in the Laplace
domain, on spectral elements in depth (oracle_elements) with the compartments at both ends and behind, and
brought back with Talbot's contour (oracle_contour). An event changes the state, and the next phase starts
from it. Nothing here steps in time, and no cell has a mean value: the method shares nothing with the
engine's.

Potentials u = c / K, amounts, times and lengths in any coherent units; positive is inward.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, replace

import numpy as np
from numpy.typing import NDArray

from oracle_contour import invert
from oracle_elements import PIECES, Reference
from oracle_parts import Blood, Complex, Film, Held, Matrix, Passage, Real, Receptor, Slab, Top, Vessel


@dataclass
class Chain:
    """Pieces of layers one below the other, of one species: what each piece is made of, [piece]."""

    length: Real
    slab: NDArray[np.int64]
    d: Real
    k: Real
    b: Real
    clearance: Real
    on: Real
    off: Real
    formation: Real

    @staticmethod
    def of(slabs: Sequence[Slab], passages: Sequence[Passage], first: int = 0) -> Chain:
        lengths, index = [], []
        for i, slab in enumerate(slabs):
            edges = np.array([0.0, *slab.cuts, slab.thickness])
            for low, high in zip(edges[:-1], edges[1:], strict=True):
                lengths.append((high - low) * np.diff(PIECES))
                index.append(np.full(len(PIECES) - 1, i))
        slab_of = np.concatenate(index)

        def each(name: str) -> Real:
            return np.array([getattr(passage, name) for passage in passages])[slab_of]

        return Chain(
            np.concatenate(lengths),
            slab_of + first,
            each("diffusivity"),
            each("partition"),
            each("binding"),
            each("clearance"),
            each("association"),
            each("dissociation"),
            each("formation"),
        )

    def under(self, above: Chain) -> Chain:
        return Chain(*(np.concatenate([getattr(above, n), getattr(self, n)]) for n in vars(self)))


@dataclass
class State:
    """Potentials and slowly bound concentrations at the points [species][piece, point], and compartments."""

    u: list[Real]
    bound: Real
    vessel: float = 0.0
    receptor: list[float] = field(default_factory=lambda: [0.0, 0.0])
    blood: list[Real] = field(default_factory=list)
    totals: dict[str, float] = field(default_factory=dict)


class Study:
    """`slabs` from the surface down over a "sealed" bottom, a "sink" or a Receptor; blood where there is."""

    def __init__(
        self,
        slabs: Sequence[Slab],
        bottom: str | Receptor = "sink",
        area: float = 1.0,
        blood: Blood | None = None,
        metabolite_blood: Blood | None = None,
        degree: int = 14,
    ) -> None:
        self.slabs, self.bottom, self.area = tuple(slabs), bottom, area
        self.element = Reference(degree)
        self.top: Top | None = None
        self.loss = 0.0
        self.time = 0.0
        self.warmth = [np.ones(len(slabs))] * 2
        species: list[list[Passage]] = [[slab.drug for slab in slabs]]
        if slabs[0].metabolite is not None:
            species.append([slab.metabolite for slab in slabs if slab.metabolite is not None])
        self.tissue = [Chain.of(slabs, passages) for passages in species]
        self.bloods = [blood, metabolite_blood][: len(species)]
        zero = np.zeros((len(self.tissue[0].length), degree + 1))
        self.state = State([zero.copy() for _ in species], zero.copy())
        self.state.blood = [np.zeros(len(b.volumes)) if b else np.zeros(0) for b in self.bloods]
        self.sheet: Chain | None = None
        both = ("delivered", "washed", "sampled", "collected", "eliminated")
        names = ["applied", "removed", "evaporated", "metabolized", *both]
        names += [f"metabolite_{it}" for it in both]
        self.state.totals = dict.fromkeys(names, 0.0)
        self.released_before = 0.0

    # -- events --------------------------------------------------------------------------------------------

    def put(self, top: Top) -> None:
        """Puts something on the surface."""
        self.top, state = top, self.state
        if isinstance(top, Vessel):
            state.vessel, self.loss = top.amount, top.loss
        elif isinstance(top, Held):
            self.loss = top.loss
        elif isinstance(top, Matrix):
            self.sheet = Chain.of([top.slab], [top.slab.drug], first=-1)
            even = top.amount / (self.area * top.slab.thickness * top.slab.drug.partition)
            shape = (len(self.sheet.length), state.u[0].shape[1])
            state.u[0] = np.concatenate([np.full(shape, even), state.u[0]])
            state.bound = np.concatenate([np.zeros(shape), state.bound])
        else:
            self.loss = top.loss
            c = top.amount / (self.area * top.depth)
            chain = self.tissue[0]
            inside = np.cumsum(chain.length) <= top.depth * (1 + 1e-9)
            state.u[0][inside] += (c / (chain.k * (1 + chain.b)))[inside, None]
        if not isinstance(top, Held):
            state.totals["applied"] += top.amount

    def take_off(self) -> None:
        """Takes off what is on the surface; a thin dose has nothing to take, and stops evaporating."""
        state = self.state
        state.totals["removed"] += self._above()
        state.vessel = 0.0
        if self.sheet is not None:
            n = len(self.sheet.length)
            state.u[0], state.bound = state.u[0][n:], state.bound[n:]
            self.sheet = None
        self.top, self.loss = None, 0.0

    def sample(self, share: float) -> None:
        """Draws a share of the receptor's fluid and fills up with fresh fluid."""
        for i, prefix in enumerate(["", "metabolite_"][: len(self.tissue)]):
            drawn = share * self.state.receptor[i]
            self.state.receptor[i] -= drawn
            self.state.totals[f"{prefix}sampled"] += drawn

    def wash(self, depth: float) -> None:
        """Takes all drug above a depth, at which a slab ends or is cut."""
        state = self.state
        for i, prefix in enumerate(["", "metabolite_"][: len(self.tissue)]):
            before = self._held(i).sum()
            inside = np.cumsum(self.tissue[i].length) <= depth * (1 + 1e-9)
            skip = len(state.u[i]) - len(inside)
            state.u[i][skip:][inside] = 0.0
            if i == 0:
                state.bound[skip:][inside] = 0.0
            state.totals[f"{prefix}washed"] += before - self._held(i).sum()

    def heat(self, *factors: Sequence[float]) -> None:
        """Multiplies the diffusivities, by slab, from now on: of the drug, and of its metabolite."""
        self.warmth = [np.asarray(it, dtype=float) for it in factors]

    # -- what is where -------------------------------------------------------------------------------------

    def _chain(self, i: int) -> Chain:
        tissue = self.tissue[i]
        warm = replace(tissue, d=tissue.d * self.warmth[i][tissue.slab])
        return warm.under(self.sheet) if i == 0 and self.sheet is not None else warm

    def _held(self, i: int) -> Real:
        """Amount in each piece now, slowly bound drug included."""
        chain = self._chain(i)
        w = self.area * chain.length / 2
        held = w * chain.k * (1 + chain.b) * (self.state.u[i] @ self.element.weights)
        return held + w * (self.state.bound @ self.element.weights) if i == 0 else held

    def _above(self) -> float:
        if self.sheet is None:
            return self.state.vessel
        return float(self._held(0)[: len(self.sheet.length)].sum())

    # -- phases --------------------------------------------------------------------------------------------

    def run_to(self, times: Sequence[float]) -> dict[str, Real]:
        """Amounts at rising times after now; the state goes on from the last of them."""
        at = np.asarray(times, dtype=float) - self.time
        found = invert(lambda s: Phase(self, s).solve(), at)
        state, base = self.state, dict(self.state.totals)
        above_before = self._above()
        for i in range(len(self.tissue)):
            state.u[i] = found.pop(f"u{i}")[-1]
            state.receptor[i] = float(found[("", "metabolite_")[i] + "in_receptor"][-1])
            if self.bloods[i]:
                state.blood[i] = found.pop(f"blood{i}")[-1]
        state.bound = found.pop("bound_points")[-1]
        state.vessel = float(found["vessel"][-1])
        self.time = float(np.asarray(times)[-1])
        for name in base:
            if name in found:
                found[name] = found[name] + base[name]
                state.totals[name] = float(found[name][-1])
            else:
                found[name] = np.full(len(at), base[name])
        if isinstance(self.top, Held):
            applied = found.pop("let_in") + base["applied"]
            state.totals["applied"] = float(applied[-1])
            lost = found["evaporated"] - base["evaporated"]
            found["applied"] = applied
            released = applied - base["applied"] - lost
        else:
            evaporated = found["evaporated"] - base["evaporated"]
            on_film = isinstance(self.top, Film) or (isinstance(self.top, Vessel) and self.top.capacity == 0)
            released = above_before - found["above"] - (0.0 if on_film else evaporated)
        found["released"] = released + self.released_before
        self.released_before = float(found["released"][-1])
        return found


class Phase:
    """The transformed equations of one phase at many values of s."""

    def __init__(self, study: Study, s: Complex) -> None:
        self.study, self.s, self.state = study, s, study.state
        self.weights = study.element.weights
        self.out: dict[str, Complex] = {}

    def solve(self) -> dict[str, Complex]:
        study = self.study
        drug = self._species(0, None)
        if len(study.tissue) > 1:
            self._species(1, drug[:, drug.shape[1] - len(study.tissue[1].length) :])
        return self.out

    def _species(self, i: int, parent: Complex | None) -> Complex:
        study, s, out, state = self.study, self.s, self.out, self.state
        prefix = ("", "metabolite_")[i]
        chain, blood = study._chain(i), study.bloods[i]
        half = study.area * chain.length / 2
        stored = chain.k * (1 + chain.b)
        column = s[:, None]
        a = half * (
            stored * (column + chain.clearance)
            + chain.k * chain.on * column / (column + chain.off)
            + chain.k * chain.formation
        )
        b = (chain.d * chain.k * study.area * 2 / chain.length)[None, :] + 0j
        weight = half[:, None] * self.weights
        load = np.broadcast_to(weight * stored[:, None] * state.u[i], (len(s), *state.u[i].shape)) + 0j
        if i == 0:
            set_free = (chain.off / (column + chain.off))[:, :, None]
            load = load + set_free * weight * state.bound
        else:
            forms = (study.tissue[0].k * study.tissue[0].formation)[:, None]
            load = load + weight * forms * parent
            out["metabolized"] = (weight * forms * parent).sum((1, 2)) / s

        # One unknown feeds back: drug that returns from blood, or that capillaries carry into the receptor.
        taken = half * stored * chain.clearance
        returning = taken * blood.returns if blood is not None else 0 * taken
        feeds_back = bool(np.any(returning)) or (isinstance(study.bottom, Receptor) and bool(np.any(taken)))
        base = self._chain_response(i, a, b, load, 1.0)
        u = base
        if feeds_back:
            back = np.broadcast_to(returning[:, None] * self.weights, load.shape) + 0j
            unit = self._chain_response(i, a, b, back, 0.0, into_receptor=not np.any(returning))
            u = base.plus(unit, self._feedback(base, unit, taken, returning, blood, i))
        potential = u.inside
        content = half * stored * (potential @ self.weights)
        cleared = (content * chain.clearance).sum(1)
        through = u.through
        if blood is not None:
            per_inflow, given = blood.respond(s, state.blood[i])
            if np.any(returning):
                central = u.unknown * blood.volumes[0]
            else:
                central = per_inflow * (cleared + through) + given
            back_rate = returning.sum() * 2 * central / blood.volumes[0]
            out[f"blood{i}"] = np.stack([central, *blood.others(s, state.blood[i], central)], axis=1)
            out[f"{prefix}in_plasma"] = central
            out[f"{prefix}eliminated"] = central * blood.clearance / blood.volumes[0] / s
            rate = cleared + through - back_rate
        else:
            rate = cleared + through
        out[f"{prefix}delivered"] = rate / s
        out[f"{prefix}delivery_rate"] = rate
        out[f"{prefix}in_receptor"] = u.receptor
        out[f"{prefix}collected"] = u.collected / s
        if i == 0:
            caught = (chain.k * chain.on)[:, None] * potential
            bound = (state.bound + caught) / (column + chain.off)[:, :, None]
            slow = half * (bound @ self.weights)
            content = content + slow
            out["bound_points"] = bound
            out["vessel"], out["evaporated"] = u.vessel, u.lost / s
            if isinstance(study.top, Held):
                out["let_in"] = (u.let_in + u.lost) / s
            n = 0 if study.sheet is None else len(study.sheet.length)
            out["above"] = u.vessel if n == 0 else content[:, :n].sum(1)
            out["bound"] = slow[:, n:].sum(1)
        out[f"{prefix}layers"] = np.stack(
            [content[:, chain.slab == j].sum(1) for j in range(len(study.slabs))], axis=1
        )
        out[f"u{i}"] = potential
        return potential

    def _feedback(
        self, base: Response, unit: Response, taken: Real, returning: Real, blood: Blood | None, i: int
    ) -> Complex:
        """The unknown y that agrees with what it causes: u = base + y unit."""
        inflow = [(taken * (r.inside @ self.weights)).sum(1) + r.through for r in (base, unit)]
        if not np.any(returning):
            inflow = [(taken * (r.inside @ self.weights)).sum(1) for r in (base, unit)]
            return inflow[0] / (1 - inflow[1])
        assert blood is not None
        per_inflow, given = blood.respond(self.s, self.state.blood[i])
        # y is the plasma concentration; each unit of it sends `returning` back into the tissue.
        net = inflow[1] - 2 * returning.sum()
        return (given + per_inflow * inflow[0]) / (blood.volumes[0] - per_inflow * net)

    def _chain_response(
        self, i: int, a: Complex, b: Complex, load: Complex, given: float, into_receptor: bool = False
    ) -> Response:
        """Solves pieces and what is at both ends; `given` multiplies what is held or held there already."""
        study, s, state = self.study, self.s, self.state
        across, leaks = study.element.joints(a, b)
        pushes = study.element.pushes(a, b, load)
        top = study.top if i == 0 else None
        shift = 1 if isinstance(top, Vessel) and top.resistance > 0 else 0
        if isinstance(top, Vessel) and top.resistance > 0:
            across = np.concatenate([np.full((len(s), 1), 1 / top.resistance), across], axis=1)
            leaks, pushes = (np.concatenate([0 * x[:, :1], x], axis=1) for x in (leaks, pushes))
        loss = study.loss if i == 0 else 0.0
        capacity = top.capacity if isinstance(top, Vessel) else 0.0
        receptor = study.bottom if isinstance(study.bottom, Receptor) else None
        volume, outflow = receptor.of(i) if receptor else (0.0, 0.0)
        above, source = capacity * s + loss, given * (state.vessel if i == 0 else 0.0) + 0 * s
        below = given * state.receptor[i] + (1.0 if into_receptor else 0.0)
        held = given * top.potential / s if isinstance(top, Held) else None
        sweep = Sweep(across, leaks, pushes, above, source, held)
        last = 0 * s
        if study.bottom != "sink":
            last = (sweep.source + below) / (sweep.admittance + volume * s + outflow)
        at = sweep.potentials(last)
        through = sweep.source if study.bottom == "sink" else (volume * s + outflow) * at[:, -1] - below
        ends = np.stack([at[:, shift:-1], at[:, shift + 1 :]], axis=2)
        return Response(
            inside=study.element.inside(a, b, load, ends),
            vessel=capacity * at[:, 0],
            lost=loss * at[:, 0],
            let_in=across[:, 0] * (at[:, 0] - at[:, 1]) + leaks[:, 0, 0] * at[:, 0] - pushes[:, 0, 0],
            receptor=volume * at[:, -1],
            collected=outflow * at[:, -1],
            through=through,
        )


class Sweep:
    """Elimination from the top down: what each face sees of all that is above it, and then its potential.

    Sums of what flows to ground stay apart from what flows on, so that nothing is subtracted and a slow loss
    keeps its digits beside conductances that are greater by many orders.
    """

    def __init__(
        self,
        across: Complex,
        leaks: Complex,
        pushes: Complex,
        admittance: Complex,
        source: Complex,
        held: Complex | None,
    ) -> None:
        """`across` [s, piece], `leaks` and `pushes` [s, piece, end]; at the top admittance and source, or a
        potential that is held."""
        self.across, self.held = across, held
        self.sums, self.sources = [], []
        for e in range(across.shape[1]):
            g = across[:, e]
            if e == 0 and held is not None:
                admittance, source = leaks[:, e, 1] + g, pushes[:, e, 1] + g * held
                self.sums.append(0 * g)
                self.sources.append(0 * g)
                continue
            ground = admittance + leaks[:, e, 0]
            self.sums.append(g + ground)
            self.sources.append(source + pushes[:, e, 0])
            admittance = leaks[:, e, 1] + g * ground / self.sums[-1]
            source = pushes[:, e, 1] + self.sources[-1] * g / self.sums[-1]
        self.admittance, self.source = admittance, source

    def potentials(self, last: Complex) -> Complex:
        """At all faces [s, face], from that at the last one."""
        at = [last]
        for e in range(self.across.shape[1] - 1, -1, -1):
            if e == 0 and self.held is not None:
                at.append(self.held)
            else:
                at.append((self.sources[e] + self.across[:, e] * at[-1]) / self.sums[e])
        return np.stack(at[::-1], axis=1)


@dataclass
class Response:
    """Potentials at the points, and what passes at both ends."""

    inside: Complex
    vessel: Complex
    lost: Complex
    let_in: Complex
    receptor: Complex
    collected: Complex
    through: Complex
    unknown: Complex = field(default_factory=lambda: np.zeros(0, complex))

    def plus(self, unit: Response, y: Complex) -> Response:
        def add(name: str) -> Complex:
            own, other = getattr(self, name), getattr(unit, name)
            return own + y.reshape(-1, *([1] * (own.ndim - 1))) * other

        names = [name for name in vars(self) if name != "unknown"]
        return Response(**{name: add(name) for name in names}, unknown=y)
