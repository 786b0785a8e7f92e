"""Random linear studies, each as the engine reads it and as the oracle replays it.

Ranges. Layers of 10 to 300 um, jumps of D up to 300 and of K up to 1e4. Rates of clearance, metabolism and
slow binding are such that phi = h sqrt(k / D) is at most 3 for all together, since steeper profiles need more
cells than the default. What is above and below a tissue holds between a third and thirty times as much as it.
A surface loses between a tenth and ten times as fast as tissue takes up; under a dose that lies in the tissue
at most as fast, and not at all where it lies in the outermost cell, whose width is all that is known of its
place (the donor's page says so). Fluids are emptied at most five times within a study: what is emptied faster
shows a rate, not an amount. A study lasts between one and six times its lag, and in skin at least h^2 / D of
the stratum corneum. Layers of skin have the 40 cells that are the default of a laminate's, since any of them
may be what resists here. Events fall half-way between samples.
"""

from __future__ import annotations

import random
from collections.abc import Callable
from copy import deepcopy
from dataclasses import dataclass, field
from typing import Any

import numpy as np
from numpy.typing import NDArray

from oracle_parts import Blood, Film, Held, Matrix, Passage, Receptor, Slab, Top, Vessel
from oracle_study import Study

Real = NDArray[np.float64]

AREA = 2e-4  # m^2
DOSE = 1e-9  # kg
N_TIMES = 8
PHI = 3 / 3**0.5  # for each of three rates, so that phi = 3 for all of them
DRUG, METABOLITE = 0.25, 0.18  # kg/mol
SKIN = ("stratum_corneum", "viable_epidermis", "dermis", "subcutis")
METABOLITE_ENERGY = 35e3  # J/mol, of its diffusion in every layer of skin
SKIN_CELLS = 40  # in every layer of skin, as is the default of a laminate's
FINE = {"relative_tolerance": 1e-10, "absolute_tolerance": 1e-13}


@dataclass
class Case:
    """One study. `tables` are the engine's; `replay` gives the oracle's curves by the engine's names."""

    tables: dict[str, Any]
    study: Study
    names: list[str]  # of the layers
    duration: float
    volume: float | None  # of the receptor
    top: str  # "patch" or "donor"
    is_thin: bool  # nothing lies on the surface, and nothing is released from there
    events: list[tuple[float, Callable[[Study], None]]] = field(default_factory=list)

    @property
    def times(self) -> Real:
        return self.duration * np.arange(1, N_TIMES + 1) / N_TIMES

    def replay(self) -> dict[str, Real]:
        study, parts = deepcopy(self.study), []
        before, todo = -1.0, sorted(self.events, key=lambda it: it[0])
        for i, (at, act) in enumerate(todo):
            if at > study.time:
                here = self.times[(self.times > before) & (self.times < at)]
                parts.append((len(here), study.run_to([*here, at])))
            act(study)
            before = at
            assert i + 1 == len(todo) or todo[i + 1][0] >= at
        here = self.times[self.times > before]
        parts.append((len(here), study.run_to(here)))
        found = {}
        for name in parts[0][1]:
            found[name] = np.concatenate([values[name][:n] for n, values in parts])
        return self.named(found)

    def named(self, found: dict[str, Real]) -> dict[str, Real]:
        curves = {
            name: found[name]
            for name in ("applied", "delivered", "removed", "washed", "evaporated", "bound")
            if name == "delivered" or found[name][-1] > 0
        }
        if not self.is_thin:
            curves["released"] = found["released"]
            curves[f"in_{self.top}"] = found["above"]
        prefixes = [("", 1.0)]
        if len(self.study.tissue) > 1:
            curves["metabolized"] = found["metabolized"]
            prefixes.append(("metabolite_", METABOLITE / DRUG))
            curves["metabolite_delivered"] = found["metabolite_delivered"] * METABOLITE / DRUG
        for i, (prefix, mass) in enumerate(prefixes):
            for j, layer in enumerate(self.names):
                curves[f"{prefix}in_{layer}"] = mass * found[f"{prefix}layers"][:, j]
            if self.volume is not None:
                for name in ("in_receptor", "sampled", "collected"):
                    curves[prefix + name] = mass * found[prefix + name]
                curves[f"{prefix}receptor_concentration"] = curves[f"{prefix}in_receptor"] / self.volume
            blood = self.study.bloods[i]
            if blood:
                curves[f"{prefix}eliminated"] = mass * found[f"{prefix}eliminated"]
                central = mass * found[f"{prefix}in_plasma"]
                curves[f"{prefix}plasma_concentration"] = central / blood.volumes[0]
        return curves


def ten_to(rng: random.Random, low: float, high: float) -> float:
    return float(10 ** rng.uniform(low, high))


def passage(rng: random.Random, h: float, name: str) -> Passage:
    """A substance in a layer; in skin, the stratum corneum is what resists."""
    if name in SKIN:
        horny = name == "stratum_corneum"
        d = ten_to(rng, -15, -13) if horny else ten_to(rng, -11, -10)
        k = ten_to(rng, 0, 2) if horny else ten_to(rng, -0.5, 1)
    else:
        d, k = ten_to(rng, -13.5, -11), ten_to(rng, -2, 2)
    binding = rng.choice([0.0, 0.0, rng.uniform(0.2, 10)])
    rate = (rng.uniform(0.3, PHI) / h) ** 2 * d / (1 + binding)
    may_clear = name == "dermis" if name in SKIN else rng.random() < 0.4
    return Passage(d, k, binding, rate if may_clear else 0.0)


def slow(rng: random.Random, h: float, it: Passage) -> Passage:
    on = (rng.uniform(0.3, PHI) / h) ** 2 * it.diffusivity
    return Passage(it.diffusivity, it.partition, it.binding, it.clearance, on, on / ten_to(rng, -1, 1))


def turning(rng: random.Random, h: float, it: Passage) -> Passage:
    rate = (rng.uniform(0.3, PHI) / h) ** 2 * it.diffusivity
    values = (it.diffusivity, it.partition, it.binding, it.clearance, it.association, it.dissociation)
    return Passage(*values, formation=rate)


def table_of(name: str, slab: Slab, it: Passage, clearance: str = "clearance") -> dict[str, Any]:
    table: dict[str, Any] = {
        "name": name,
        "thickness": f"{slab.thickness!r} m",
        "diffusivity": f"{it.diffusivity!r} m^2/s",
        "partition_coefficient": it.partition,
        "binding_ratio": it.binding,
    }
    if it.clearance:
        table[clearance] = f"{it.clearance!r} 1/s"
    if it.association:
        table |= {
            "association_rate": f"{it.association!r} 1/s",
            "dissociation_rate": f"{it.dissociation!r} 1/s",
        }
    return table


@dataclass
class Builder:
    """Draws one study; each step adds its part to the engine's tables and to the oracle."""

    rng: random.Random
    cells: int
    tables: dict[str, Any] = field(default_factory=dict)
    schedule: list[dict[str, Any]] = field(default_factory=list)
    events: list[tuple[float, Callable[[Study], None]]] = field(default_factory=list)

    def case(self) -> Case:
        rng = self.rng
        self.is_skin = rng.random() < 0.3
        self.draw_layers()
        self.scales()
        self.draw_bottom()
        self.draw_metabolite()
        top = self.draw_top()
        study = Study(self.slabs, self.bottom, AREA, self.blood, self.metabolite_blood)
        self.events.append((0.0, lambda it: it.put(top)))
        self.schedule.append({"at": "0 h", "apply": self.name})
        self.draw_events()
        self.tables |= {
            "duration": f"{self.duration!r} s",
            "drug": {"molar_mass": f"{DRUG} kg/mol", **self.drug},
            "schedule": sorted(self.schedule, key=lambda it: float(it["at"].split()[0])),
            "output": {"every": f"{self.duration / N_TIMES!r} s", "profiles_every": f"{self.duration!r} s"},
        }
        if self.cells:
            self.tables["solver"] = FINE
        is_thin = self.kind in ("thin", "deep")
        study_ = (study, self.names, self.duration, self.volume, self.name, is_thin, self.events)
        return Case(self.tables, *study_)

    def when(self, step: int) -> float:
        return self.duration * (step + 0.5) / N_TIMES

    def draw_layers(self) -> None:
        rng = self.rng
        if self.is_skin:
            n = rng.choice([2, 3, 3, 4])
            self.names = list(SKIN[:n])
            thick = [ten_to(rng, -5, -4.5), ten_to(rng, -4.3, -3.8), ten_to(rng, -3.5, -2.8), 2e-3][:n]
        else:
            self.names = [f"layer_{i}" for i in range(rng.randint(1, 6))]
            thick = [ten_to(rng, -5, -3.5) for _ in self.names]
        drug = [passage(rng, h, name) for h, name in zip(thick, self.names, strict=True)]
        if rng.random() < 0.35:
            for i in rng.sample(range(len(drug)), rng.randint(1, len(drug))):
                drug[i] = slow(rng, thick[i], drug[i])
        self.has_metabolite = rng.random() < 0.3
        metabolite: list[Passage | None] = [None] * len(drug)
        if self.has_metabolite:
            metabolite = [passage(rng, h, name) for h, name in zip(thick, self.names, strict=True)]
            for i in rng.sample(range(len(drug)), rng.randint(1, len(drug))):
                drug[i] = turning(rng, thick[i], drug[i])
        self.slabs = [Slab(*it) for it in zip(thick, drug, metabolite, strict=True)]

    def scales(self) -> None:
        drug = [it.drug for it in self.slabs]
        h = [it.thickness for it in self.slabs]
        holds = [
            p.partition * (1 + p.binding + (p.association / p.dissociation if p.association else 0))
            for p in drug
        ]
        self.capacity = sum(x * k for x, k in zip(h, holds, strict=True))  # m
        self.resistance = sum(x / p.diffusivity / p.partition for x, p in zip(h, drug, strict=True))
        below, lag = self.resistance, 0.0
        for x, p, k in zip(h, drug, holds, strict=True):
            r = x / p.diffusivity / p.partition
            below -= r
            above = self.resistance - below - r
            lag += k * x * (above * below + r * (above + below) / 2 + r**2 / 6) / self.resistance
        self.duration = min(max(self.rng.uniform(1, 6) * lag, 10.0), 3e8)  # from seconds to ten years
        if self.is_skin:
            horny = drug[0]
            self.duration = max(self.duration, h[0] ** 2 * (1 + horny.binding) / horny.diffusivity)

    def draw_bottom(self) -> None:
        rng = self.rng
        self.volume: float | None = None
        self.blood: Blood | None = None
        self.metabolite_blood: Blood | None = None
        self.drug: dict[str, Any] = {}
        self.bottom: str | Receptor = "sealed"
        tissue = "skin" if self.is_skin else "laminate"
        returns = False
        below = rng.choice(["sink", "static", "flow"] if rng.random() < 0.5 else ["body"])
        if len(self.slabs) == 2 and self.is_skin:
            below = rng.choice(["sink", "static", "flow"])  # without a dermis nothing else drains it
        if below == "body":
            if not self.is_skin:
                self.bottom = (
                    rng.choice(["sink", "sealed"]) if any(it.drug.clearance for it in self.slabs) else "sink"
                )
            if rng.random() < 0.7:
                returns = self.is_skin and rng.random() < 0.3
                self.blood = self.draw_plasma(returns)
        else:
            self.bottom = "sink" if below == "sink" else self.draw_receptor(below)
            table: dict[str, Any] = {"kind": below, **({} if self.is_skin else {"under": "laminate"})}
            if below != "sink":
                table |= {"volume": f"{self.volume!r} m^3", "partition_coefficient": self.fluid}
            if below == "flow":
                table["flow_rate"] = f"{self.flow!r} m^3/s"
            self.tables["receptor"] = table
            if self.is_skin:  # excised: no capillaries
                self.slabs = [
                    Slab(it.thickness, still(it.drug), it.metabolite and still(it.metabolite))
                    for it in self.slabs
                ]
        self.below = below
        resolved = {"cells": self.cells} if self.cells else {}
        if self.is_skin:
            layers = {}
            for name, it in zip(self.names, self.slabs, strict=True):
                layers[name] = table_of(name, it, it.drug, "capillary_clearance")
                layers[name]["cells"] = self.cells or SKIN_CELLS
                del layers[name]["name"]
            self.tables["skin"] = {
                **layers,
                "has_dermis": len(self.slabs) > 2,
                "has_subcutis": len(self.slabs) > 3,
                "returns_from_blood": returns,
            }
        else:
            layers_ = [
                table_of(n, it, it.drug) | resolved for n, it in zip(self.names, self.slabs, strict=True)
            ]
            self.tables["laminate"] = {"layer": layers_}
            if below == "body":
                self.tables["laminate"]["lower_boundary"] = self.bottom
        self.tissue = tissue

    def draw_receptor(self, kind: str) -> Receptor:
        rng = self.rng
        self.fluid = ten_to(rng, -1, 1)
        self.volume = max(AREA * self.capacity * ten_to(rng, -0.5, 1.5) / self.fluid, 1e-10)
        self.flow = self.volume / self.duration * ten_to(rng, -0.5, 0.7) if kind == "flow" else 0.0
        holds, outflow = self.fluid * self.volume, self.fluid * self.flow
        return Receptor(holds, outflow, self.volume, self.flow)  # a metabolite is in the fluid as in water

    def draw_plasma(self, returns: bool) -> Blood:
        rng = self.rng
        n = rng.randint(1, 3)
        volumes = tuple(ten_to(rng, -3, -1) for _ in range(n))
        clearance = volumes[0] / self.duration * ten_to(rng, -0.5, 0.7)
        exchange = tuple(volumes[0] / self.duration * ten_to(rng, -0.5, 0.7) for _ in range(n - 1))
        table: dict[str, Any] = {"compartments": str(n), "clearance": f"{clearance!r} m^3/s"}
        for name, volume in zip(("central", "shallow", "deep"), volumes, strict=False):
            table[f"volume_{name}"] = f"{volume!r} m^3"
        for name, q in zip(("shallow", "deep"), exchange, strict=False):
            table[f"clearance_{name}"] = f"{q!r} m^3/s"
        self.tables["plasma"] = table
        unbound = rng.uniform(0.05, 1) if returns else 0.0
        if returns:
            self.drug["unbound_fraction"] = unbound
        return Blood(volumes, clearance, exchange, unbound)

    def draw_metabolite(self) -> None:
        if not self.has_metabolite:
            return
        rng, layers = self.rng, []
        for name, it in zip(self.names, self.slabs, strict=True):
            assert it.metabolite is not None
            table = table_of(name, it, it.metabolite)
            del table["thickness"]
            if self.is_skin:
                table["activation_energy"] = f"{METABOLITE_ENERGY} J/mol"
            if it.drug.formation:
                table["first_order_rate"] = f"{it.drug.formation!r} 1/s"
            layers.append(table)
        self.tables["metabolite"] = {"molar_mass": f"{METABOLITE} kg/mol", "layer": layers}
        if self.blood is not None:
            volume = ten_to(rng, -3, -1)
            clearance = volume / self.duration * ten_to(rng, -0.5, 0.7)
            self.tables["metabolite"] |= {"volume": f"{volume!r} m^3", "clearance": f"{clearance!r} m^3/s"}
            self.metabolite_blood = Blood((volume,), clearance)

    def draw_top(self) -> Top:
        rng = self.rng
        kind = rng.choice(["infinite", "finite", "finite", "thin", "deep", "matrix", "reservoir"])
        self.name = "patch" if kind in ("matrix", "reservoir") else "donor"
        on = {} if self.is_skin else {"on": "laminate"}
        table: dict[str, Any] = {"area": f"{AREA} m^2", **on}
        self.kind = kind
        self.tables[self.name] = table
        speed = rng.choice([0.0, ten_to(rng, -1, 1) / self.resistance])  # of evaporation, m/s
        holds = self.capacity * ten_to(rng, -0.5, 1.5)
        k = ten_to(rng, -1, 1)
        if kind in ("infinite", "thin"):
            speed = 0.0
        if kind == "deep":
            speed = min(speed, 1 / self.resistance)
        if self.name == "donor":
            table |= {"kind": "thin" if kind == "deep" else kind, "evaporation": f"{speed!r} m/s"}
        if kind == "infinite":
            table |= {"concentration": "5 mg/mL", "partition_coefficient": k}
            return Held(5.0 / k)
        if kind == "finite":
            volume = AREA * holds / k
            table |= {
                "concentration": f"{DOSE / volume!r} kg/m^3",
                "volume": f"{volume!r} m^3",
                "partition_coefficient": k,
            }
            return Vessel(AREA * holds, DOSE, loss=AREA * speed)
        if kind in ("thin", "deep"):
            table["dose"] = f"{DOSE / AREA!r} kg/m^2"
            if kind == "thin":
                return Vessel(0.0, DOSE)
            depth = self.slabs[0].thickness * rng.uniform(0.1, 0.9)
            table["depth"] = f"{depth!r} m"
            first = self.slabs[0]
            self.slabs[0] = Slab(first.thickness, first.drug, first.metabolite, (depth,))
            return Film(DOSE, depth, AREA * speed)
        h = ten_to(rng, -5, -4)
        table |= {"content": f"{DOSE!r} kg", "thickness": f"{h!r} m", "partition_coefficient": holds / h}
        if kind == "reservoir":
            table["kind"] = "reservoir"
            resistance = 0.0
            if rng.random() < 0.5:
                permeability = ten_to(rng, -0.7, 0.7) / self.resistance
                table["membrane_permeability"] = f"{permeability!r} m/s"
                resistance = 1 / permeability / AREA
            return Vessel(AREA * holds, DOSE, resistance)
        d = h * h / holds / (self.resistance * ten_to(rng, -1, 0.5))
        table |= {"diffusivity": f"{d!r} m^2/s", **({"cells": self.cells} if self.cells else {})}
        return Matrix(Slab(h, Passage(d, holds / h)), DOSE)

    def draw_events(self) -> None:
        rng = self.rng
        removal = rng.choice([2, 4]) if rng.random() < 0.4 and self.kind not in ("thin", "deep") else None
        if removal is not None:
            self.at(removal, {"remove": self.name}, lambda it: it.take_off())
            if self.is_skin and rng.random() < 0.5:
                depth = self.slabs[0].thickness
                wash = {"wash": "skin", "depth": f"{depth!r} m"}
                self.at(removal + 1, wash, lambda it: it.wash(depth))
        if self.volume is not None and rng.random() < 0.6:
            for step in rng.sample(range(1, N_TIMES), rng.randint(1, 3)):
                share = rng.uniform(0.05, 1.0)
                drawn = {"sample": "receptor", "volume": f"{share * self.volume!r} m^3"}
                self.at(step, drawn, lambda it, share=share: it.sample(share))
        if self.is_skin and rng.random() < 0.4:
            self.heat(rng)

    def heat(self, rng: random.Random) -> None:
        kelvin = 305.15 + rng.uniform(-8, 12)
        energies = [60e3 if name == "stratum_corneum" else 20e3 for name in self.names]
        hotter = (1 / 305.15 - 1 / kelvin) / 8.31446261815324
        drug = [float(np.exp(energy * hotter)) for energy in energies]
        metabolite = [float(np.exp(METABOLITE_ENERGY * hotter))] * len(drug)
        warm = {"heat": "skin", "temperature": f"{kelvin!r} K"}
        self.at(1, warm, lambda it: it.heat(drug, metabolite))
        if rng.random() < 0.5:
            flat = [1.0] * len(drug)
            self.at(5, {"heat": "skin", "temperature": "32 degC"}, lambda it: it.heat(flat, flat))

    def at(self, step: int, entry: dict[str, Any], act: Callable[[Study], None]) -> None:
        self.schedule.append({"at": f"{self.when(step)!r} s", **entry})
        self.events.append((self.when(step), act))


def still(it: Passage) -> Passage:
    """Without capillaries."""
    values = (it.diffusivity, it.partition, it.binding, 0.0, it.association, it.dissociation, it.formation)
    return Passage(*values)


def random_study(seed: int, cells: int = 0) -> Case:
    """The study of a seed; with default cells, or with `cells` in each layer and tight tolerances."""
    return Builder(random.Random(f"study {seed}"), cells).case()
