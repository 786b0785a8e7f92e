"""What permeation experiments are known to give, asked of the engine through scenarios.

One layer of thickness h over a sink, tau = D t / h^2. At default settings within 0.1 % of the dose, or of
the final amount where there is none; on a fine grid with tight tolerances within 1e-6. Sources are those of
closed_forms; the dose that also evaporates is in H. S. Carslaw and J. C. Jaeger, Conduction of Heat in
Solids, 2nd ed., Oxford 1959.
"""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest

import closed_forms as cf
import poultice as pt

H, D, K, AREA, DOSE = 5e-5, 2e-14, 4.0, 1e-4, 1e-8  # m, m^2/s, 1, m^2, kg
SCALE = H**2 / D  # s
SETTINGS = {"default": (0, 1e-3), "fine": (1600, 1e-6)}


def run(
    donor: dict[str, Any], taus: float, cells: int, every: float = 0.0, **layer: str | float
) -> tuple[pt.Result, np.ndarray]:
    """A study of `taus` in units of h^2 / D, and its times in that unit."""
    resolved: dict[str, Any] = {"cells": cells} if cells else {}
    result = pt.run(
        {
            "duration": f"{taus * SCALE!r} s",
            "drug": {"molar_mass": "200 g/mol"},
            "donor": {"on": "laminate", "area": f"{AREA} m^2", **donor},
            "laminate": {
                "layer": [
                    {
                        "name": "slab",
                        "thickness": f"{H} m",
                        "diffusivity": f"{D} m^2/s",
                        "partition_coefficient": K,
                        **layer,
                        **resolved,
                    }
                ]
            },
            "receptor": {"under": "laminate"},
            "schedule": [{"at": "0 h", "apply": "donor"}],
            "output": {"every": f"{(every or taus) * SCALE!r} s", "profiles_every": f"{taus * SCALE!r} s"},
            **({"solver": {"relative_tolerance": 1e-10, "absolute_tolerance": 1e-13}} if cells else {}),
        }
    )
    return result, result.time / SCALE


def thin(chi: float = 0.0, depth: float = 0.0) -> dict[str, Any]:
    """A dose on the surface or down to a part of h, that evaporates with chi = kappa K h / D of what is
    absorbed: potentials are c / K, and the velocity is meant of them."""
    donor = {"kind": "thin", "dose": f"{DOSE / AREA!r} kg/m^2", "evaporation": f"{chi * D * K / H!r} m/s"}
    return donor | ({"depth": f"{depth * H!r} m"} if depth else {})


def values(result: pt.Result, name: str) -> np.ndarray:
    return np.asarray(result[name].values)


@pytest.mark.parametrize("setting", SETTINGS)
def test_plane_dose(setting: str) -> None:
    cells, within = SETTINGS[setting]
    result, tau = run(thin(), 1.0, cells, every=0.05)
    through = values(result, "delivered") / DOSE
    known = {0.1: 0.05069464, 0.25: 0.31455423, 0.5: 0.62922257, 1.0: 0.89202296}
    for at, expected in known.items():
        found = float(through[np.argmin(np.abs(tau - at))])
        assert found == pytest.approx(expected, abs=within)
    np.testing.assert_allclose(through[1:], cf.slab_plane_dose(tau[1:]), atol=within)


@pytest.mark.parametrize("setting", SETTINGS)
def test_flux_of_a_plane_dose_peaks_at_a_sixth(setting: str) -> None:
    cells, within = SETTINGS[setting]
    result, tau = run(thin(), 0.4, cells, every=1 / 600)
    flux = values(result, "flux") * H**2 / (D * DOSE / AREA)
    assert flux.max() == pytest.approx(1.85013, rel=within, abs=6e-6)  # digits of the published number
    assert tau[flux.argmax()] == pytest.approx(1 / 6, abs=1.01 / 600)


@pytest.mark.parametrize("setting", SETTINGS)
@pytest.mark.parametrize("alpha", [0.1, 1.0, 10.0])
def test_finite_donor(alpha: float, setting: str) -> None:
    """Donor of depth l over a slab: alpha = K h / l."""
    cells, within = SETTINGS[setting]
    volume = K * H * AREA / alpha
    donor = {"kind": "finite", "volume": f"{volume!r} m^3", "concentration": f"{DOSE / volume!r} kg/m^3"}
    result, tau = run(donor, 5.0, cells, every=0.5)
    through, left = cf.finite_donor(alpha, tau[1:])
    np.testing.assert_allclose(values(result, "delivered")[1:] / DOSE, through, atol=within)
    np.testing.assert_allclose(values(result, "in_donor")[1:] / DOSE, left, atol=within)
    table = {0.1: (0.07761143, 0.87812649), 1.0: (0.46614060, 0.34817685), 10.0: (0.83618236, 0.02317206)}
    assert values(result, "delivered")[2] / DOSE == pytest.approx(table[alpha][0], abs=within)
    assert values(result, "in_donor")[2] / DOSE == pytest.approx(table[alpha][1], abs=within)


@pytest.mark.parametrize("chi", [0.1, 1.0, 10.0])
def test_plane_dose_that_evaporates(chi: float) -> None:
    """Absorbed in the end: 1 / (1 + chi), once the cell that stands for the plane is thin.

    A cell of width w takes the part of a dose spread to the depth w, (1 + chi w / 2 h) / (1 + chi): exactly,
    on any grid. The distance from the plane is of the first order in w, and 0.33 % of the dose at most here.
    """
    for cells, within in SETTINGS.values():
        result, _ = run(thin(chi), 40.0, cells)
        absorbed, lost = (float(values(result, name)[-1]) / DOSE for name in ("delivered", "evaporated"))
        width = first_width(cells or 40)
        assert absorbed == pytest.approx(cf.evaporating_uniform_dose(chi, width), abs=within / 100)
        assert absorbed - cf.evaporating_plane_dose(chi) < 0.5 * width
        assert absorbed + lost == pytest.approx(1.0, abs=1e-6)


def first_width(cells: int) -> float:
    """Width of the outermost cell over h, on the grid that docs/concepts.md describes: found from a run."""
    result, _ = run(thin(), 1.0, cells)
    return float(2 * result.to_xarray().depth[0] / H)


@pytest.mark.parametrize("setting", SETTINGS)
@pytest.mark.parametrize(("chi", "depth"), [(1.0, 0.1), (10.0, 0.5), (0.2, 1.0)])
def test_spread_dose_that_evaporates(chi: float, depth: float, setting: str) -> None:
    """Absorbed in the end: (1 + chi delta / 2 h) / (1 + chi); 0.525 for chi = 1 and delta = h / 10."""
    cells, within = SETTINGS[setting]
    result, _ = run(thin(chi, depth), 40.0, cells)
    absorbed = float(values(result, "delivered")[-1]) / DOSE
    assert absorbed == pytest.approx(cf.evaporating_uniform_dose(chi, depth), abs=within)
    if depth == 0.1:
        assert absorbed == pytest.approx(0.525, abs=within)


@pytest.mark.parametrize("chi", [0.5, 3.0])
def test_late_decay_is_that_of_the_first_eigenvalue(chi: float) -> None:
    """beta cot(beta) = -chi."""
    result, tau = run(thin(chi, 0.5), 2.0, 1600, every=0.5)
    held = values(result, "in_slab")
    found = np.log(held[2] / held[4]) / (tau[4] - tau[2])
    low, high = np.pi / 2, np.pi
    for _ in range(60):
        middle = (low + high) / 2
        low, high = (middle, high) if middle / np.tan(middle) + chi > 0 else (low, middle)
    # The second mode is smaller by exp(-(beta2^2 - beta1^2) tau), a millionth at tau = 1.
    assert found == pytest.approx(low**2, rel=1e-5)


def binding(ratio: float, rate: float = 1.0) -> dict[str, str]:
    """Forward over backward rate, the latter in units of D / h^2."""
    return {
        "association_rate": f"{ratio * rate / SCALE!r} 1/s",
        "dissociation_rate": f"{rate / SCALE!r} 1/s",
    }


@pytest.mark.parametrize("setting", SETTINGS)
@pytest.mark.parametrize("ratio", [0.5, 4.0])
def test_binding_delays_and_does_not_weaken(ratio: float, setting: str) -> None:
    """Steady flux D K u / h whatever is bound, and a lag of (1 + k_f / k_r) h^2 / 6 D."""
    cells, within = SETTINGS[setting]
    taus = 20 * (1 + ratio)
    donor = {"concentration": "1 mg/mL"}
    steady = D * K / H  # of a concentration of 1 kg/m^3
    for layer in (binding(ratio), {"binding_ratio": ratio}, {}):
        result, _ = run(donor, taus, cells, **layer)
        lag = SCALE / 6 * (1 + ratio if layer else 1.0)
        assert values(result, "flux")[-1] == pytest.approx(steady, rel=within)
        expected = steady * AREA * (taus * SCALE - lag)
        assert values(result, "delivered")[-1] == pytest.approx(expected, rel=within)


def test_fast_binding_is_binding_in_equilibrium() -> None:
    """The distance falls as one over the rate."""
    ratio, every = 3.0, 0.25
    equal = values(run(thin(), 4.0, 0, every=every, binding_ratio=ratio)[0], "delivered") / DOSE
    distance = [
        float(
            np.abs(
                values(run(thin(), 4.0, 0, every=every, **binding(ratio, rate))[0], "delivered") / DOSE
                - equal
            ).max()
        )
        for rate in (1e2, 1e3, 1e6)
    ]
    assert distance[0] > 1e-3
    assert distance[0] / distance[1] == pytest.approx(10.0, rel=0.1)
    assert distance[2] < 1e-5
