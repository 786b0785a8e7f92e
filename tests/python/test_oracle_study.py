"""The oracle that replays studies, against the exact one of stacks, closed forms and its own invariants."""

from __future__ import annotations

import random

import numpy as np
import pytest

import closed_forms as cf
import oracle
from oracle import Layer, Plasma, Stack
from oracle_parts import Blood, Film, Held, Matrix, Passage, Receptor, Slab, Top, Vessel
from oracle_study import Study
from oracle_wear import Worn

AREA = 2e-4
PLASMA = Plasma((0.02, 0.05), 1e-5, (2e-5,))
BLOOD = Blood(PLASMA.volumes, PLASMA.clearance, PLASMA.exchange)


def passage(layer: Layer) -> Passage:
    return Passage(
        layer.diffusivity,
        layer.partition,
        layer.binding,
        layer.clearance,
        layer.association,
        layer.dissociation,
    )


def slab(layer: Layer) -> Slab:
    return Slab(layer.thickness, passage(layer))


def random_layers(rng: random.Random) -> list[Layer]:
    layers = []
    for _ in range(rng.randint(1, 6)):
        h, d = 10 ** rng.uniform(-5, -3.5), 10 ** rng.uniform(-13.5, -11)
        on = rng.choice([0.0, d / h**2 * 10 ** rng.uniform(-1, 2)])
        layers.append(
            Layer(
                thickness=h,
                diffusivity=d,
                partition=10 ** rng.uniform(-2, 2),
                clearance=rng.choice([0.0, 10 ** rng.uniform(-6, -3)]),
                binding=rng.choice([0.0, rng.uniform(0, 10)]),
                association=on,
                dissociation=on / rng.uniform(0.1, 10),
            )
        )
    return layers


def pair(seed: int) -> tuple[Stack, Study, float, float, int]:
    """One configuration in both oracles, with the amount applied and a time to look at."""
    rng = random.Random(seed)
    layers = random_layers(rng)
    capacity = AREA * sum(it.thickness * it.partition * (1 + it.binding) for it in layers)
    lag = sum(it.thickness / it.diffusivity / it.partition for it in layers) * capacity / AREA / 2
    volume = capacity * 10 ** rng.uniform(-1, 1)
    loss = rng.choice([0.0, 1.0]) * AREA * 10 ** rng.uniform(-1, 1) * capacity / AREA / lag
    above: list[Layer] = []
    top: oracle.Top = oracle.Sealed()
    ours: Top
    kind = rng.choice(["held", "donor", "thin", "matrix", "membrane"])
    applied = 2.0
    if kind == "held":
        top, ours, applied = oracle.Constant(2.0), Held(2.0), 2 * capacity
    elif kind == "matrix":
        sheet = Layer(1e-4, 1e-12, volume / AREA / 1e-4, initial=applied / AREA / 1e-4)
        above, ours = [sheet], Matrix(slab(sheet), applied)
    else:
        holds = 0.0 if kind == "thin" else volume
        top = oracle.Donor(holds, applied, loss=loss / AREA)
        resistance = 0.0
        if kind == "membrane":
            # A membrane is a layer that resists and holds nothing.
            resistance = lag / capacity * rng.uniform(0.1, 10)
            above = [Layer(1e-9, 1e-9 / (resistance * AREA) / 1e-6, 1e-6)]
        ours = Vessel(holds, applied, resistance, loss)
    bottom = rng.choice(["sink", "sealed", "static", "flow"])
    below: oracle.Bottom = bottom
    under: str | Receptor = bottom
    if bottom in ("static", "flow"):
        holds, flow = volume * rng.uniform(0.5, 5), volume / lag * rng.uniform(0.1, 10)
        flow = flow if bottom == "flow" else 0.0
        below, under = oracle.Receptor(holds, flow), Receptor(holds, flow)
        for i, layer in enumerate(layers):
            layers[i] = Layer(**{**vars(layer), "clearance": 0.0})
    stack = Stack([*above, *layers], top, below, AREA, digits=13)
    study = Study([slab(it) for it in layers], under, AREA, None if below is not bottom else BLOOD)
    study.put(ours)
    return stack, study, applied, lag, len(above)


@pytest.mark.parametrize("seed", range(30))
def test_two_oracles_agree(seed: int) -> None:
    """Transfer functions in forty digits against spectral elements in double precision."""
    stack, study, applied, lag, n_above = pair(seed)
    times = [0.1 * lag, lag, 5 * lag]
    found = study.run_to(times)
    expected = {
        "delivered": [stack.delivered(t) for t in times],
        "evaporated": [stack.at(t).evaporated for t in times],
    }
    if study.bloods[0]:
        expected["in_plasma"] = [stack.plasma(PLASMA, t) for t in times]
        expected["eliminated"] = [stack.eliminated(PLASMA, t) for t in times]
    if isinstance(study.bottom, Receptor):
        expected["in_receptor"] = [stack.receptor(t) for t in times]
        expected["collected"] = [stack.at(t).collected for t in times]
    if isinstance(stack.top, oracle.Donor):
        expected["vessel"] = [stack.donor(t) for t in times]
    if isinstance(stack.top, oracle.Constant):
        expected["released"] = [stack.released(t) for t in times]
    for name, values in expected.items():
        np.testing.assert_allclose(found[name] / applied, np.array(values) / applied, atol=2e-9, err_msg=name)
    for i in range(len(study.slabs)):
        exact = [stack.amount_in(i + n_above, t) for t in times]
        np.testing.assert_allclose(found["layers"][:, i] / applied, np.array(exact) / applied, atol=2e-9)


def balance(study: Study, found: dict[str, np.ndarray]) -> np.ndarray:
    """What is missing of what was put in, over what was put in."""
    total = found["above"] + found["layers"].sum(1)
    names = ["removed", "washed", "evaporated", "metabolized"]
    names += ["in_plasma", "eliminated"] if study.bloods[0] else ["delivered"]
    total = total + sum(found[name] for name in names)
    if study.bloods[0] and len(study.bloods[0].volumes) > 1:
        raise TypeError("this balance does not know of further compartments")
    return total / found["applied"] - 1


def whole_study(steps: int) -> list[dict[str, np.ndarray]]:
    """Everything at once, in phases of `steps` parts each."""
    slabs = [
        Slab(1.0, Passage(0.05, 10.0, 1.0, 0.0, 2.0, 0.5, 0.02), Passage(0.02, 3.0, 0.5)),
        Slab(2.0, Passage(1.0, 1.5, 0.0, 0.1, 0.0, 0.0, 0.2), Passage(2.0, 1.0, 0.0, 0.3), cuts=(0.5,)),
    ]
    study = Study(slabs, "sealed", 1.3, Blood((5.0,), 2.0, returns=0.4), Blood((7.0,), 3.0))
    found = []

    def go(until: float) -> None:
        start = study.time
        for part in range(steps):
            found.append(study.run_to([start + (until - start) * (part + 1) / steps]))

    study.put(Vessel(20.0, 3.0, 0.4, 0.5))
    go(4.0)
    study.heat([3.0, 1.5], [2.0, 1.0])
    go(6.0)
    study.take_off()
    study.wash(1.5)
    go(7.0)
    study.put(Matrix(Slab(0.2, Passage(0.1, 30.0)), 2.0))
    go(12.0)
    return [dict(it, study_balance=balance(study, it)) for it in found]


def test_a_study_may_be_cut_anywhere() -> None:
    """A phase that is stopped and gone on with gives what the phase gives whole, and nothing is lost."""
    whole, parts = whole_study(1), whole_study(3)
    for one, same in zip(whole, parts[2::3], strict=True):
        for name, values in one.items():
            np.testing.assert_allclose(values, same[name], atol=2e-10, err_msg=name)
        assert abs(one["study_balance"][0]) < 1e-11


def test_metabolite_like_its_drug_makes_up_for_it() -> None:
    """With the same D, K and clearance, drug and metabolite together are the drug that is not metabolized."""

    def study(rate: float) -> Study:
        layers = [
            Slab(1.0, Passage(0.05, 8.0, 0.5, formation=rate), Passage(0.05, 8.0, 0.5)),
            Slab(3.0, Passage(1.0, 1.5, 0.0, 0.2, formation=3 * rate), Passage(1.0, 1.5, 0.0, 0.2)),
        ]
        return Study(layers, Receptor(4.0, 1.0, 4.0, 1.0), 1.0)

    plain, turning = study(0.0), study(0.3)
    for it in (plain, turning):
        it.put(Film(2.0, 1.0))  # sealed above for both
    times = [0.5, 5.0, 50.0]
    whole, parts = plain.run_to(times), turning.run_to(times)
    for name in ("delivered", "in_receptor", "collected", "layers"):
        both = parts[name] + parts["metabolite_" + name]
        np.testing.assert_allclose(both, whole[name], rtol=1e-9, atol=1e-11, err_msg=name)


def test_steady_metabolite_of_a_slab() -> None:
    """Both faces at zero for the metabolite, the drug held at the top: fluxes by integrating twice."""
    h, d, k, rate, dm = 2.0, 0.7, 3.0, 0.4, 0.2
    slab = Slab(h, Passage(d, k, formation=rate), Passage(dm, 5.0))
    study = Study([slab], "sink", 1.0)
    study.put(Held(1.0))
    found = study.run_to([400.0, 401.0])
    q = np.sqrt(rate / d)
    # Sealed above: all metabolite leaves below, as much as there is made: the drug's influx less its outflow.
    made = d * k * q * (np.cosh(q * h) - 1) / np.sinh(q * h)
    assert np.diff(found["metabolite_delivered"])[0] == pytest.approx(made, rel=1e-9)
    assert found["delivery_rate"][0] == pytest.approx(d * k * q / np.sinh(q * h), rel=1e-10)
    # c_m(x) = (J_drug's loss) / D_m: dm c_m'' = -rate c, sealed at 0, zero at h.
    x, w = np.polynomial.legendre.leggauss(40)
    x = h * (1 + x) / 2
    drug = k * np.sinh(q * (h - x)) / np.sinh(q * h)
    slope0 = -k * q / np.tanh(q * h)
    metabolite = (d / dm) * ((k * np.sinh(0.0) - drug) + slope0 * (x - h))
    assert found["metabolite_layers"][0, 0] == pytest.approx(h / 2 * w @ metabolite, rel=1e-9)


def test_removal_as_by_folding() -> None:
    """Taking a patch off, against the superposition of thin doses."""
    patch = Layer(0.5, 0.02, 50.0, initial=4.0)
    skin = [Layer(0.15, 0.002, 12.0), Layer(1.0, 0.5, 1.2), Layer(3.0, 0.5, 1.2, clearance=0.3)]
    stack = Stack([patch, *skin], bottom="sealed", area=1.3, digits=7)
    worn = Worn(stack, n_patch=1, removed_at=6.0, digits=7)
    study = Study([slab(it) for it in skin], "sealed", 1.3, BLOOD)
    study.put(Matrix(Slab(0.5, Passage(0.02, 50.0)), 1.3 * 0.5 * 4.0))
    study.run_to([6.0])
    study.take_off()
    assert study.state.totals["removed"] == pytest.approx(worn.residual(), rel=1e-6)
    found = study.run_to([6.5, 20.0])
    for j, t in enumerate((6.5, 20.0)):
        assert found["delivered"][j] == pytest.approx(worn.delivered(t), rel=1e-5)
        concentration = found["in_plasma"][j] / BLOOD.volumes[0]
        assert concentration == pytest.approx(worn.plasma_concentration(PLASMA, t), rel=1e-5)
        for i in range(3):
            assert found["layers"][j, i] == pytest.approx(worn.amount_in(i + 1, t), rel=1e-5)


@pytest.mark.parametrize("outflow", [0.0, 0.3])
def test_sampling_as_by_superposition(outflow: float) -> None:
    """What is drawn from a receptor is a negative dose to it: the stack turned over, with a donor on top."""
    layers = [Layer(1.0, 0.3, 5.0), Layer(2.0, 1.0, 0.8)]
    stack = Stack(layers, oracle.Donor(4.0, 2.0), oracle.Receptor(3.0, outflow), digits=13)
    turned = Stack(layers[::-1], oracle.Donor(3.0, 1.0, loss=outflow), oracle.Receptor(4.0), digits=13)
    study = Study([slab(it) for it in layers], Receptor(3.0, outflow))
    study.put(Vessel(4.0, 2.0))
    study.run_to([3.0])
    study.sample(0.4)
    drawn = 0.4 * stack.receptor(3.0)
    assert study.state.totals["sampled"] == pytest.approx(drawn, rel=1e-11)
    found = study.run_to([3.5, 5.0])
    for j, t in enumerate((3.5, 5.0)):
        expected = stack.receptor(t) - drawn * turned.donor(t - 3.0)
        assert found["in_receptor"][j] == pytest.approx(expected, rel=1e-9)
        assert found["vessel"][j] == pytest.approx(
            stack.donor(t) - drawn * turned.receptor(t - 3.0), rel=1e-9
        )


def test_evaporation_of_doses() -> None:
    for chi in (0.1, 1.0, 10.0):
        study = Study([Slab(1.0, Passage(1.0))])
        study.put(Vessel(0.0, 1.0, loss=chi))
        found = study.run_to([100.0])
        assert found["delivered"][0] == pytest.approx(cf.evaporating_plane_dose(chi), rel=1e-10)
        assert found["evaporated"][0] == pytest.approx(1 - cf.evaporating_plane_dose(chi), rel=1e-10)
        deep = Study([Slab(1.0, Passage(1.0), cuts=(0.1,))])
        deep.put(Film(1.0, 0.1, chi))
        expected = cf.evaporating_uniform_dose(chi, 0.1)
        assert deep.run_to([100.0])["delivered"][0] == pytest.approx(expected, rel=1e-10)


def test_capillaries_that_lead_into_a_receptor() -> None:
    """A clearance everywhere, into a static receptor: one compartment's exponential, without any flux."""
    study = Study([Slab(1.0, Passage(1.0, clearance=0.3))], Receptor(1e9), 1.0)
    study.put(Film(1.0, 1.0))
    found = study.run_to([1.0, 5.0])
    slow = Study([Slab(1.0, Passage(1e-9, clearance=0.3))], Receptor(1e9), 1.0)
    slow.put(Film(1.0, 1.0))
    gone = slow.run_to([1.0, 5.0])["in_receptor"]
    np.testing.assert_allclose(gone, 1 - np.exp(-0.3 * np.array([1.0, 5.0])), atol=1e-4)
    np.testing.assert_allclose(found["layers"][:, 0] + found["in_receptor"], 1.0, atol=1e-12)


def test_higher_degree_changes_nothing() -> None:
    layers = random_layers(random.Random(3))
    coarse, fine = (Study([slab(it) for it in layers], "sink", AREA, degree=n) for n in (14, 22))
    for it in (coarse, fine):
        it.put(Vessel(0.0, 1.0))
    times = 10 ** np.linspace(2, 7, 6)
    one, other = coarse.run_to(times), fine.run_to(times)
    np.testing.assert_allclose(one["layers"], other["layers"], atol=1e-10)
