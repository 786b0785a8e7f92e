"""The engine against the Laplace-domain oracle, which shares neither code nor method with it.

At default settings within 0.1 % of what was applied (what had entered by the end, where the dose is endless)
wherever the exact amount is above 1 % of that; on a fine grid within 1e-6 of it everywhere.
"""

from __future__ import annotations

import random
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import pytest

import poultice as pt
from closed_forms import laminate_lag
from oracle import Constant, Donor, Layer, Plasma, Sealed, Stack, Top
from oracle_wear import Worn

EXAMPLES = Path(__file__).parents[2] / "examples"
AREA = 2e-4  # m^2
N_TIMES = 6
FINE = {"relative_tolerance": 1e-10, "absolute_tolerance": 1e-13}


@dataclass(frozen=True)
class Case:
    """One study, as the engine and as the oracle see it."""

    tables: dict[str, Any]
    stack: Stack
    n_above: int  # of the stack's layers, those that belong to the patch
    applied: float  # kg


def random_layers(rng: random.Random) -> list[Layer]:
    """One to four layers with jumps of D and K up to 1e3 and 1e4, some with binding and clearance.

    Clearance and thickness are such that phi = h sqrt(k / D) is at most 3: steeper profiles need more cells.
    """
    layers = []
    for _ in range(rng.randint(1, 4)):
        h, d = 10 ** rng.uniform(-5, -3.5), 10 ** rng.uniform(-13.5, -11)
        binding = rng.choice([0.0, 0.0, rng.uniform(0.2, 10)])
        clearance = rng.choice([0.0, (rng.uniform(0.3, 3) / h) ** 2 * d / (1 + binding)])
        layers.append(Layer(h, d, 10 ** rng.uniform(-2, 2), clearance, binding))
    return layers


def random_case(seed: int, dose: str, cells: int = 0) -> Case:
    rng = random.Random(f"{dose} {seed}")
    layers = random_layers(rng)
    bottom = "sink" if not any(layer.clearance for layer in layers) else rng.choice(["sink", "sealed"])
    resistance = sum(layer.thickness / layer.diffusivity / layer.partition for layer in layers)
    capacity = sum(layer.thickness * layer.partition * (1 + layer.binding) for layer in layers)
    resolved = {"cells": cells} if cells else {}
    above: list[Layer] = []
    top: Top = Sealed()
    applied = 2e-6
    if dose == "endless":
        table = {"concentration": "5 mg/mL", "partition_coefficient": 2.0}
        top = Constant(2.5)
    elif dose == "reservoir":
        h = 10 ** rng.uniform(-4, -3)
        k = capacity / h * 10 ** rng.uniform(-0.5, 1)
        table = {
            "kind": "reservoir",
            "content": f"{applied} kg",
            "thickness": f"{h} m",
            "partition_coefficient": k,
        }
        top = Donor(AREA * h, applied, k)
        if rng.random() < 0.5:
            # A membrane is a layer that resists and holds next to nothing.
            permeability = rng.uniform(0.2, 5) / resistance
            table["membrane_permeability"] = f"{permeability} m/s"
            above = [Layer(1e-12, permeability * 1e-12 / 1e-3, 1e-3)]
    else:
        h = 10 ** rng.uniform(-5, -4)
        k = capacity / h * 10 ** rng.uniform(-0.5, 1)
        d = h / k / (resistance * 10 ** rng.uniform(-1, 0.5))
        table = {"content": f"{applied} kg", "thickness": f"{h} m", "partition_coefficient": k}
        table |= {"diffusivity": f"{d} m^2/s", **resolved}
        above = [Layer(h, d, k, initial=applied / AREA / h)]
    lag = laminate_lag(
        [it.thickness for it in layers],
        [it.diffusivity / (1 + it.binding) for it in layers],
        [it.partition * (1 + it.binding) for it in layers],
    )
    duration = min(rng.uniform(1, 6) * lag, 3e8)  # no study may last above ten years
    name = "donor" if dose == "endless" else "patch"
    tables = {
        "duration": f"{duration} s",
        "drug": {"molar_mass": "250 g/mol"},
        name: {"on": "laminate", "area": f"{AREA} m^2", **table},
        "laminate": {
            "lower_boundary": bottom,
            "layer": [table_of(i, layer) | resolved for i, layer in enumerate(layers)],
        },
        "schedule": [{"at": "0 h", "apply": name}],
        "output": {"every": f"{duration / N_TIMES} s", "profiles_every": f"{duration} s"},
    }
    if cells:
        tables["solver"] = FINE
    stack = Stack([*above, *layers], top, bottom, AREA, digits=11)
    return Case(tables, stack, len(above), stack.released(duration) if dose == "endless" else applied)


def table_of(i: int, layer: Layer) -> dict[str, Any]:
    return {
        "name": f"layer_{i}",
        "thickness": f"{layer.thickness} m",
        "diffusivity": f"{layer.diffusivity} m^2/s",
        "partition_coefficient": layer.partition,
        "binding_ratio": layer.binding,
        "clearance": f"{layer.clearance} 1/s",
    }


def amounts(case: Case) -> Iterator[tuple[str, Callable[[float], float]]]:
    """Names of the engine's amounts, and the oracle's values of them."""
    stack, n = case.stack, case.n_above
    yield "delivered", stack.delivered
    for i in range(n, len(stack.layers)):
        yield f"in_layer_{i - n}", lambda t, i=i: stack.amount_in(i, t)
    if isinstance(stack.top, Constant):
        yield "released", stack.released
    elif isinstance(stack.top, Donor):
        yield "in_patch", stack.donor
    else:
        yield "in_patch", lambda t: stack.amount_in(0, t)


def worst_distance(case: Case, above: float) -> dict[str, float]:
    """The largest distance of each amount where the exact one is above `above`; parts of what was applied."""
    result = pt.run(case.tables)
    worst = {}
    for name, exact in amounts(case):
        values = result[name].values[1:] / case.applied
        expected = np.array([exact(float(t)) for t in result.time[1:]]) / case.applied
        worst[name] = float(np.max(np.abs(values - expected)[expected >= above], initial=0.0))
    return worst


DOSES = ["endless", "reservoir", "matrix"]


@pytest.mark.parametrize("seed", range(10))
@pytest.mark.parametrize("dose", DOSES)
def test_laminate_at_default_settings(dose: str, seed: int) -> None:
    worst = worst_distance(random_case(seed, dose), above=0.01)
    assert max(worst.values()) < 1e-3, worst


@pytest.mark.parametrize("seed", range(3))
@pytest.mark.parametrize("dose", DOSES)
def test_laminate_on_a_fine_grid(dose: str, seed: int) -> None:
    worst = worst_distance(random_case(seed, dose, cells=1600), above=0.0)
    assert max(worst.values()) < 1e-6, worst


# -- the real patch ---------------------------------------------------------------------------------------


def si(scenario: pt.Scenario, path: str, unit: str) -> float:
    """A parameter in a coherent unit."""
    number, given = str(scenario[path]).split(" ", 1)
    return pt.convert(float(number), given, unit)


def number(scenario: pt.Scenario, path: str) -> float:
    return float(str(scenario[path]).split()[0])


def worn_patch(scenario: pt.Scenario, removed_at: float) -> Worn:
    """Patch and skin of a scenario as the oracle sees them; nothing is heated and nothing binds."""
    area = si(scenario, "patch.area", "m^2")

    def layer(name: str, **more: float) -> Layer:
        thickness = si(scenario, f"{name}.thickness", "m")
        diffusivity = si(scenario, f"{name}.diffusivity", "m^2/s")
        return Layer(thickness, diffusivity, number(scenario, f"{name}.partition_coefficient"), **more)

    patch = layer("patch")
    loaded = si(scenario, "patch.content", "kg") / (area * patch.thickness)
    cleared = si(scenario, "skin.dermis.capillary_clearance", "1/s")
    layers = [
        layer("patch", initial=loaded),
        layer("skin.stratum_corneum"),
        layer("skin.viable_epidermis"),
        layer("skin.dermis", clearance=cleared),
    ]
    return Worn(
        Stack(layers, bottom="sealed", area=area, digits=7), n_patch=1, removed_at=removed_at, digits=7
    )


def plasma(scenario: pt.Scenario) -> Plasma:
    weight = si(scenario, "plasma.body_weight", "kg") / si(scenario, "plasma.reference_weight", "kg")
    by_volume = weight ** number(scenario, "plasma.volume_exponent")
    by_clearance = weight ** number(scenario, "plasma.clearance_exponent")
    volumes = [si(scenario, f"plasma.volume_{name}", "m^3") for name in ("central", "shallow", "deep")]
    exchange = [si(scenario, f"plasma.clearance_{name}", "m^3/s") for name in ("shallow", "deep")]
    clearance = si(scenario, "plasma.clearance", "m^3/s")
    in_si = tuple(by_volume * it for it in volumes)
    return Plasma(in_si, by_clearance * clearance, tuple(by_clearance * it for it in exchange))


def test_fentanyl_patch_worn_and_taken_off() -> None:
    """Plasma within 0.1 % of Cmax, amounts within 0.1 % of what was applied, at default settings."""
    scenario = pt.load(EXAMPLES / "fentanyl_patch.toml")
    result = scenario.run()
    removed_at = 72 * 3600.0
    worn, pk = worn_patch(scenario, removed_at), plasma(scenario)
    cmax = float(np.max(result.plasma_concentration.values))
    applied = si(scenario, "patch.content", "kg")

    def at(name: str, t: float) -> float:
        return float(result[name].values[int(np.flatnonzero(result.time == t)[0])])

    def expect(name: str, t: float, exact: float, scale: float) -> None:
        assert at(name, t) == pytest.approx(exact, abs=1e-3 * scale), name

    for t in 3600.0 * np.array([2, 12, 24, 36, 60]):
        expect("plasma_concentration", t, worn.stack.plasma_concentration(pk, t), cmax)
        expect("delivered", t, worn.stack.delivered(t), applied)
        expect("in_patch", t, worn.stack.amount_in(0, t), applied)
    expect("removed", removed_at, worn.residual(), applied)
    for t in 3600.0 * np.array([74, 90, 120]):
        expect("plasma_concentration", t, worn.plasma_concentration(pk, t), cmax)
        expect("delivered", t, worn.delivered(t), applied)
        expect("in_stratum_corneum", t, worn.amount_in(1, t), applied)
