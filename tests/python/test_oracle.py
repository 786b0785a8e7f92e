"""The oracle itself, held against closed forms and against its own invariants."""

from __future__ import annotations

import random
from dataclasses import replace

import numpy as np
import pytest

import closed_forms as cf
from oracle import Constant, Donor, Layer, Loss, Plasma, Sealed, Stack, Top, invert
from oracle_wear import Worn

UM = 1e-4  # cm, for the laminates that are published in cm and seconds


def random_stack(seed: int, top: str) -> Stack:
    """A laminate with partitions, diffusivities, clearances and binding spread over decades."""
    rng = random.Random(seed)

    def layer() -> Layer:
        return Layer(
            thickness=rng.uniform(0.2, 2.0),
            diffusivity=10 ** rng.uniform(-3, 1),
            partition=10 ** rng.uniform(-2, 2),
            clearance=rng.choice([0.0, 10 ** rng.uniform(-2, 0.5)]),
            binding=rng.choice([0.0, rng.uniform(0, 20)]),
            initial=rng.choice([0.0, rng.uniform(0.1, 3)]),
            resistance=rng.choice([0.0, rng.uniform(0, 2)]),
        )

    layers = [layer() for _ in range(rng.randint(1, 5))]
    tops: dict[str, Top] = {
        "sealed": Sealed(),
        "constant": Constant(2.0),
        "loss": Loss(0.7),
        "donor": Donor(0.4, 1.5, 3.0),
    }
    return Stack(layers, tops[top], rng.choice(["sink", "sealed"]), area=rng.uniform(0.5, 3.0))


# -- closed forms, and the digits that were published or computed elsewhere -----------------------------


@pytest.mark.parametrize(
    ("tau", "expected"),
    [
        (0.05, 2.6934e-4),
        (0.1, 0.00788529),
        (0.2, 0.06146375),
        (0.3, 0.14382443),
        (0.5, 0.33479071),
        (1.0, 0.83334381),
        (2.0, 1.83333333),
    ],
)
def test_slab_under_an_infinite_donor(tau: float, expected: float) -> None:
    h, d, k, u0 = 0.3, 0.02, 7.0, 1.3
    stack = Stack([Layer(h, d, k)], Constant(u0), area=2.0)
    through = stack.cumulative_bottom(tau * h**2 / d) / (2.0 * k * u0 * h)
    assert through == pytest.approx(expected, abs=6e-9)
    assert through == pytest.approx(float(cf.slab_infinite_donor(tau)), rel=1e-12)


@pytest.mark.parametrize(
    ("alpha", "tau", "through", "left"),
    [
        (0.1, 1.0, 0.07761143, 0.87812649),
        (1.0, 1.0, 0.46614060, 0.34817685),
        (1.0, 5.0, 0.97235516, 0.01802954),
        (10.0, 1.0, 0.83618236, 0.02317206),
    ],
)
def test_slab_under_a_finite_donor(alpha: float, tau: float, through: float, left: float) -> None:
    h, d, k = 0.5, 3.0, 4.0
    stack = Stack([Layer(h, d, k)], Donor(volume=k * h / alpha, amount=2.0))
    t = tau * h**2 / d
    closed = cf.finite_donor(alpha, tau)
    assert stack.cumulative_bottom(t) / 2.0 == pytest.approx(through, abs=6e-9)
    assert stack.cumulative_bottom(t) / 2.0 == pytest.approx(float(closed[0]), rel=1e-11)
    assert stack.donor(t) / 2.0 == pytest.approx(left, abs=6e-9)
    assert stack.donor(t) / 2.0 == pytest.approx(float(closed[1]), rel=1e-11)


def test_roots_of_the_finite_donor() -> None:
    assert cf.finite_donor_roots(0.1, 1)[0] == pytest.approx(0.31105285, abs=6e-9)
    assert cf.finite_donor_roots(1.0, 1)[0] == pytest.approx(0.86033359, abs=6e-9)
    assert cf.finite_donor_roots(10.0, 1)[0] == pytest.approx(1.42887001, abs=6e-9)


@pytest.mark.parametrize(
    ("tau", "expected"), [(0.1, 0.05069464), (0.25, 0.31455423), (0.5, 0.62922257), (1.0, 0.89202296)]
)
def test_thin_dose_on_a_slab(tau: float, expected: float) -> None:
    stack = Stack([Layer(1.0, 1.0)], Donor(volume=0.0, amount=1.0))
    assert stack.cumulative_bottom(tau) == pytest.approx(expected, abs=6e-9)
    assert stack.cumulative_bottom(tau) == pytest.approx(float(cf.slab_plane_dose(tau)), rel=1e-11)


def test_flux_of_a_thin_dose_peaks_at_a_sixth() -> None:
    stack = Stack([Layer(1.0, 1.0)], Donor(volume=0.0, amount=1.0))
    assert stack.flux_bottom(1 / 6) == pytest.approx(1.85013, abs=1e-5)
    assert stack.flux_bottom(0.1666) > max(stack.flux_bottom(0.16), stack.flux_bottom(0.173))


@pytest.mark.parametrize(
    ("layers", "permeability", "lag"),
    [
        ([(15, 1e-10, 10), (100, 1e-8, 1)], 1.44e-3, 2.893519),
        ([(15, 1e-10, 10), (100, 1e-7, 1), (1000, 2e-7, 0.8)], 1.6179775e-3, 8.669632),
    ],
)
def test_laminate_permeability_and_lag(
    layers: list[tuple[float, float, float]], permeability: float, lag: float
) -> None:
    h, d, k = (np.array(column) for column in zip(*layers, strict=True))
    hour = 3600.0
    assert cf.laminate_permeability(h * UM, d, k) * hour == pytest.approx(permeability, rel=2e-7)
    assert cf.laminate_lag(h * UM, d, k) / hour == pytest.approx(lag, abs=6e-7)
    stack = Stack([Layer(x * UM, y, z) for x, y, z in layers], Constant(1.0))
    t = 400 * hour
    assert stack.flux_bottom(t) * hour == pytest.approx(permeability, rel=2e-7)
    assert (t - stack.cumulative_bottom(t) / stack.flux_bottom(t)) / hour == pytest.approx(lag, abs=6e-7)


@pytest.mark.parametrize(
    ("tau", "expected"),
    [
        (0.01, 0.11283792),
        (0.05, 0.25231325),
        (0.1, 0.35682340),
        (0.2, 0.50408782),
        (0.5, 0.76395033),
        (1.0, 0.93125968),
    ],
)
def test_release_from_a_loaded_layer(tau: float, expected: float) -> None:
    h, d, c0 = 0.2, 0.7, 5.0
    stack = Stack([Layer(h, d, partition=30.0, initial=c0)], area=1.7)
    released = stack.cumulative_bottom(tau * h**2 / d) / (1.7 * h * c0)
    assert released == pytest.approx(expected, abs=6e-9)
    assert released == pytest.approx(float(cf.matrix_release(tau)), rel=1e-11)


def test_evaporation_against_absorption() -> None:
    delta, h = 0.1, 1.0
    layers = [Layer(delta, 1.0, initial=1.0 / delta), Layer(h - delta, 1.0)]
    stack = Stack(layers, Loss(velocity=1.0))
    assert stack.cumulative_bottom(60.0) == pytest.approx(0.525, abs=1e-12)
    assert stack.cumulative_bottom(60.0) == pytest.approx(cf.evaporating_uniform_dose(1.0, delta), abs=1e-12)
    assert stack.released(60.0) == pytest.approx(-0.475, abs=1e-12)
    thin = Stack([Layer(1e-6, 1.0, initial=1e6), Layer(h, 1.0)], Loss(velocity=3.0))
    assert thin.cumulative_bottom(60.0) == pytest.approx(cf.evaporating_plane_dose(3.0), rel=3e-6)


def test_dermis_with_clearance() -> None:
    h, d, k, partition = 0.1, 1e-6, 6e-4, 2.5
    stack = Stack([Layer(h, d, partition, clearance=k)], Constant(1.0), bottom="sealed")
    steady = 50 / k
    for x in (0.0, 0.01, 0.03, 0.1):
        expected = partition * float(cf.dermis_profile(x, h, d, k))
        assert stack.concentration(0, x, steady) == pytest.approx(expected, rel=1e-11)
    uptake = cf.dermis_uptake_permeability(h, d, partition, k)
    assert stack.flux_top(steady) == pytest.approx(uptake, rel=1e-11)


def test_binding_delays_and_does_not_weaken_the_flux() -> None:
    free = Stack([Layer(1.0, 1.0, 2.0)], Constant(1.0))
    bound = Stack([Layer(1.0, 1.0, 2.0, binding=4.0)], Constant(1.0))
    assert bound.flux_bottom(100.0) == pytest.approx(free.flux_bottom(100.0), rel=1e-12)
    assert bound.cumulative_bottom(2.5) == pytest.approx(5 * free.cumulative_bottom(0.5), rel=1e-12)
    assert bound.amount_in(0, 100.0) == pytest.approx(5 * free.amount_in(0, 100.0), rel=1e-12)


def test_contact_of_two_half_spaces_keeps_one_potential() -> None:
    """Before the far faces are felt, u at the contact is the mean of the two weighted by K sqrt(D)."""
    left, right = Layer(1.0, 1e-3, 40.0, initial=8.0), Layer(1.0, 2e-2, 0.3)
    stack = Stack([left, right], bottom="sealed")
    e1, e2 = 40.0 * 1e-3**0.5, 0.3 * 2e-2**0.5
    for t in (1e-3, 1e-1, 1.0):
        expected = 8.0 / 40.0 * e1 / (e1 + e2)
        assert stack.potential(0, 1.0, t) == pytest.approx(expected, rel=1e-9)
        assert stack.potential(1, 0.0, t) == pytest.approx(expected, rel=1e-9)


def test_contact_resistance_is_a_thin_slow_layer() -> None:
    h, d, k = 1e-7, 1e-6, 0.2
    joined = Stack([Layer(1.0, 1.0, 3.0, resistance=h / (d * k)), Layer(1.0, 0.5)], Donor(1.0, 1.0))
    layered = Stack([Layer(1.0, 1.0, 3.0), Layer(h, d, k), Layer(1.0, 0.5)], Donor(1.0, 1.0))
    assert joined.cumulative_bottom(2.0) == pytest.approx(layered.cumulative_bottom(2.0), rel=1e-6)


# -- compartments -----------------------------------------------------------------------------------------


def test_infusion_into_one_compartment() -> None:
    pk = Plasma((40.0,), 5.0)
    for t in (1.0, 10.0, 60.0):
        concentration = invert(lambda s: 2.0 / s * pk.transfer(s), t) / 40.0
        expected = float(cf.one_compartment_infusion(2.0, 5.0, 40.0, t))
        assert concentration == pytest.approx(expected, rel=1e-12)
        stopped = float(cf.one_compartment_infusion(2.0, 5.0, 40.0, t, stop=6.0))
        late = invert(lambda s: 2.0 / s * pk.transfer(s), t - 6.0) / 40.0 if t > 6.0 else 0.0
        assert concentration - late == pytest.approx(stopped, rel=1e-11)


def test_exchange_compartments_against_a_matrix_exponential() -> None:
    """A bolus into three compartments, against the eigenvectors of the rate matrix."""
    v, cl, q = (12.1, 35.7, 224.0), 0.632, (2.8, 1.55)
    a = np.array(
        [
            [-(cl + q[0] + q[1]) / v[0], q[0] / v[1], q[1] / v[2]],
            [q[0] / v[0], -q[0] / v[1], 0.0],
            [q[1] / v[0], 0.0, -q[1] / v[2]],
        ]
    )
    w, x = np.linalg.eig(a)
    for t in (0.5, 20.0, 600.0):
        central = (x @ (np.exp(w * t) * np.linalg.solve(x, [1.0, 0.0, 0.0])))[0]
        assert invert(Plasma(v, cl, q).transfer, t) == pytest.approx(central.real, rel=1e-11)


def test_plasma_conserves_what_was_delivered() -> None:
    layers = [Layer(1.0, 0.5, 20.0, initial=1.0), Layer(0.5, 0.1), Layer(2.0, 1.0, 1.5, clearance=0.8)]
    stack = Stack(layers, bottom="sealed")
    pk = Plasma((3.0,), 2.0)
    for t in (0.5, 5.0, 50.0):
        total = stack.plasma(pk, t) + stack.eliminated(pk, t)
        assert total == pytest.approx(stack.delivered(t), rel=1e-11)


# -- invariants -------------------------------------------------------------------------------------------


@pytest.mark.parametrize("seed", range(6))
@pytest.mark.parametrize("top", ["sealed", "constant", "loss", "donor"])
def test_nothing_is_lost(seed: int, top: str) -> None:
    stack = random_stack(seed, top)
    start = sum(stack.area * layer.initial * layer.thickness for layer in stack.layers)
    for t in (1e-3, 1.0, 300.0):
        inside = sum(stack.amount_in(i, t) for i in range(len(stack.layers)))
        entered = stack.released(t)
        if isinstance(stack.top, Donor):
            entered = stack.top.amount - stack.donor(t)
        assert inside + stack.delivered(t) - entered == pytest.approx(start, rel=1e-11, abs=1e-12)


@pytest.mark.parametrize("seed", range(4))
def test_splitting_a_layer_changes_nothing(seed: int) -> None:
    stack = random_stack(seed, "donor")
    first = stack.layers[0]
    upper = replace(first, thickness=0.3 * first.thickness, resistance=0.0)
    lower = replace(first, thickness=0.7 * first.thickness)
    split = Stack([upper, lower, *stack.layers[1:]], stack.top, stack.bottom, stack.area)
    for t in (0.01, 2.0, 100.0):
        assert split.delivered(t) == pytest.approx(stack.delivered(t), rel=1e-10, abs=1e-13)
        both = split.amount_in(0, t) + split.amount_in(1, t)
        assert both == pytest.approx(stack.amount_in(0, t), rel=1e-10, abs=1e-13)


def test_amounts_are_the_integral_of_the_profile() -> None:
    stack = random_stack(2, "donor")
    x, w = np.polynomial.legendre.leggauss(24)
    for i, layer in enumerate(stack.layers):
        depths = layer.thickness * (1 + x) / 2
        profile = [stack.concentration(i, float(depth), 3.0) for depth in depths]
        integral = stack.area * layer.thickness / 2 * float(w @ profile)
        assert integral == pytest.approx(stack.amount_in(i, 3.0), rel=1e-8)


def test_more_digits_agree_with_fewer() -> None:
    layers = random_stack(5, "donor").layers
    coarse, fine = (Stack(layers, Donor(0.4, 1.5), digits=n) for n in (8, 20))
    for t in (0.01, 1.0, 100.0):
        assert coarse.delivered(t) == pytest.approx(fine.delivered(t), rel=1e-7, abs=1e-9)
        assert coarse.donor(t) == pytest.approx(fine.donor(t), rel=1e-7, abs=1e-9)


# -- a patch that is taken off ----------------------------------------------------------------------------


@pytest.fixture(scope="module")
def worn() -> Worn:
    patch = Layer(0.5, 0.02, 50.0, initial=4.0)
    skin = [Layer(0.15, 0.002, 12.0), Layer(1.0, 0.5, 1.2), Layer(3.0, 0.5, 1.2, clearance=0.3)]
    stack = Stack([patch, *skin], bottom="sealed", area=1.3, digits=9)
    return Worn(stack, n_patch=1, removed_at=6.0, digits=9)


def test_removal_starts_from_the_state_of_the_worn_patch(worn: Worn) -> None:
    for i in (1, 2, 3):
        assert worn.amount_in(i, 6.0 + 1e-9) == pytest.approx(worn.stack.amount_in(i, 6.0), rel=1e-7)
    assert worn.delivered(6.0 + 1e-9) == pytest.approx(worn.stack.delivered(6.0), rel=1e-7)


def test_removal_keeps_the_balance(worn: Worn) -> None:
    for t in (6.5, 60.0):
        skin = sum(worn.amount_in(i, t) for i in (1, 2, 3))
        assert worn.residual() + skin + worn.delivered(t) == pytest.approx(1.3 * 0.5 * 4.0, rel=1e-8)
    assert worn.residual() + worn.delivered(400.0) == pytest.approx(1.3 * 0.5 * 4.0, rel=1e-8)


def test_plasma_after_removal(worn: Worn) -> None:
    """Continuous at the removal; with fast elimination, delivery rate over clearance long after it."""
    fast = Plasma((0.02,), 40.0)
    at_removal = worn.plasma_concentration(fast, 6.0 + 1e-9)
    assert at_removal == pytest.approx(worn.stack.plasma_concentration(fast, 6.0), rel=1e-6)
    rate = 0.3 * worn.amount_in(3, 20.0)
    assert worn.plasma_concentration(fast, 20.0) == pytest.approx(rate / 40.0, rel=1e-3)
