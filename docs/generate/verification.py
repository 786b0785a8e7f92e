"""What the engine is compared with on the models' pages. The closed forms are those of the tests."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator
from typing import Any

import numpy as np
from drawing import Comparison, Curve
from pages import ROOT

import poultice as pt

sys.path.insert(0, str(ROOT / "tests" / "python"))
import closed_forms

HOUR = 3600.0
UM, CM2_PER_S = 1e-6, 1e-4

Study = dict[str, Any]
_of_model: dict[str, list[Callable[[], Comparison]]] = {}


def of_model(name: str) -> Iterator[Comparison]:
    """What there is to show for a model; nothing for most."""
    return (make() for make in _of_model.get(name, []))


def _shown(model: str) -> Callable[[Callable[[], Comparison]], Callable[[], Comparison]]:
    def keep(make: Callable[[], Comparison]) -> Callable[[], Comparison]:
        _of_model.setdefault(model, []).append(make)
        return make

    return keep


def _hours(result: pt.Result) -> Any:
    return result.time / HOUR


def _tau(result: pt.Result, thickness: float, diffusivity: float) -> Any:
    """Time over h^2/D; without the sample at time zero, where a series of sines does not converge."""
    return result.time * diffusivity / thickness**2


def _membrane(layers: list[Study], duration: str, donor: Study | None = None, **more: Any) -> Study:
    """A free membrane under a donor, over a sink."""
    return {
        "duration": duration,
        "drug": {"molar_mass": "200 g/mol"},
        "donor": {"on": "membrane", "area": "1 cm^2", "concentration": "10 mg/mL"} | (donor or {}),
        "membrane": {"model": "laminate", "layer": layers},
        "schedule": [{"at": "0 h", "apply": "donor"}],
        "output": {"every": "6 min", "profiles_every": duration},
    } | more


SLAB = {"name": "slab", "thickness": "50 um", "diffusivity": "1e-9 cm^2/s", "partition_coefficient": 3.0}
SLAB_TEXT = "50 µm, $D = 10^{-9}$ cm²/s, $K = 3$"


@_shown("laminate")
def slab() -> Comparison:
    result = pt.run(_membrane([SLAB], "16 h"))
    tau = _tau(result, 50 * UM, 1e-9 * CM2_PER_S)
    loaded = 3.0 * 10e3 * 50e-4  # K c h, ug/cm^2
    closed = np.where(tau > 0, loaded * closed_forms.slab_infinite_donor(tau), 0.0)
    late = tau >= 1 / 6
    line = (
        _hours(result)[late],
        loaded * (tau[late] - 1 / 6),
        "steady flux, meeting zero at the lag $h^2/6D$",
    )
    return Comparison(
        "Lag and steady flux of a membrane",
        f"Amount through one layer ({SLAB_TEXT}) between an endless donor of 10 mg/mL and a sink. H. A. "
        "Daynes, "
        "Proc R Soc A 1920;97:286-307; J. Crank, *The Mathematics of Diffusion*, 2nd ed., 1975, section 4.3.",
        "time (h)",
        "through the membrane (µg/cm²)",
        [Curve(_hours(result), result.delivered.to("ug").values, closed)],
        loaded,
        "what the layer holds in equilibrium with the donor",
        [line],
    )


@_shown("laminate")
def two_layers() -> Comparison:
    h, d, k = (15e-6, 100e-6), (1e-14, 1e-12), (10.0, 1.0)
    layers: list[Study] = [
        {"name": "upper", "thickness": "15 um", "diffusivity": "1e-10 cm^2/s", "partition_coefficient": 10.0},
        {"name": "lower", "thickness": "100 um", "diffusivity": "1e-8 cm^2/s"},
    ]
    result = pt.run(_membrane(layers, "48 h"))
    permeability = closed_forms.laminate_permeability(h, d, k)  # m/s
    lag = closed_forms.laminate_lag(h, d, k)
    late = result.time > 4 * lag
    hours = _hours(result)[late]
    steady = permeability * (result.time[late] - lag) * 10.0 * 1e9 * 1e-4  # kg/m^3, to ug, on 1 cm^2
    return Comparison(
        "Lag and steady flux of two layers",
        "The same through 15 µm of slow, rich and 100 µm of fast, poor material, once the flux is steady: "
        "the "
        "straight line of the permeability $1/\\sum_i h_i/(K_i D_i)$ and the lag of R. Ash, R. M. Barrer "
        "and D. G. "
        "Palmer, Br J Appl Phys 1965;16:873-884.",
        "time (h)",
        "through the membrane (µg/cm²)",
        [Curve(hours, result.delivered.to("ug").values[late], steady)],
        float(steady[-1]),
        "the last value",
    )


@_shown("donor")
def inflow() -> Comparison:
    result = pt.run(_membrane([SLAB], "16 h"))
    tau = _tau(result, 50 * UM, 1e-9 * CM2_PER_S)[1:]
    loaded = 3.0 * 10e3 * 50e-4
    n = np.arange(1, 401)
    transient = (np.exp(-np.multiply.outer(tau, (n * np.pi) ** 2)) / n**2).sum(axis=-1)
    closed = loaded * (tau + 1 / 3 - 2 / np.pi**2 * transient)
    return Comparison(
        "What an endless donor gives",
        f"Amount that has entered a membrane ({SLAB_TEXT}) over a sink from 10 mg/mL: fast while the "
        "membrane fills, "
        "then steady. J. Crank, *The Mathematics of Diffusion*, 2nd ed., 1975, section 4.3.",
        "time (h)",
        "released (µg/cm²)",
        [Curve(_hours(result)[1:], result.released.to("ug").values[1:], closed)],
        loaded,
        "what the membrane holds in equilibrium with the donor",
    )


@_shown("patch")
def matrix_release() -> Comparison:
    sink = {
        "name": "sink",
        "thickness": "1 um",
        "diffusivity": "1e-5 cm^2/s",
        "partition_coefficient": 1000.0,
    }
    study = _membrane([sink], "72 h")
    del study["donor"]
    study |= {
        "patch": {
            "on": "membrane",
            "area": "10 cm^2",
            "content": "4 mg",
            "thickness": "50 um",
            "diffusivity": "1e-10 cm^2/s",
            "partition_coefficient": 1.0,
        },
        "schedule": [{"at": "0 h", "apply": "patch"}],
    }
    result = pt.run(study)
    tau = _tau(result, 50 * UM, 1e-10 * CM2_PER_S)
    early = tau < 0.2
    root = (_hours(result)[early], 8.0 * np.sqrt(tau[early] / np.pi), "early times: $2\\sqrt{Dt/\\pi h^2}$")
    return Comparison(
        "Release from a matrix",
        "A patch of 50 µm with 4 mg evenly dissolved, $D = 10^{-10}$ cm²/s, on a perfect sink. J. Crank, "
        "*The "
        "Mathematics of Diffusion*, 2nd ed., 1975, section 4.3.",
        "time (h)",
        "released (mg)",
        [Curve(_hours(result), result.released.to("mg").values, 4.0 * closed_forms.matrix_release(tau))],
        4.0,
        "the content",
        [root],
    )


@_shown("skin")
def steady_profile() -> Comparison:
    layers = {
        "stratum_corneum": {
            "thickness": "15 um",
            "diffusivity": "5e-10 cm^2/s",
            "partition_coefficient": 10.0,
        },
        "viable_epidermis": {
            "thickness": "80 um",
            "diffusivity": "1e-6 cm^2/s",
            "partition_coefficient": 1.5,
        },
        "dermis": {
            "thickness": "1 mm",
            "diffusivity": "1e-6 cm^2/s",
            "partition_coefficient": 1.5,
            "capillary_clearance": "1e-3 1/s",
        },
    }
    result = pt.run(
        {
            "duration": "48 h",
            "drug": {"molar_mass": "200 g/mol"},
            "donor": {"area": "1 cm^2", "concentration": "10 mg/mL"},
            "skin": layers,
            "schedule": [{"at": "0 h", "apply": "donor"}],
            "output": {"profiles_every": "48 h"},
        }
    )
    profile = result.concentration.to("mg/mL")
    depth = profile.positions
    h, d, k, clearance = (15e-6, 80e-6, 1e-3), (5e-14, 1e-10, 1e-10), (10.0, 1.5, 1.5), 1e-3
    into_dermis = closed_forms.dermis_uptake_permeability(h[2], d[2], k[2], clearance)
    resistance = [h[0] / (d[0] * k[0]), h[1] / (d[1] * k[1]), 1.0 / into_dermis]
    flux = 10.0 / sum(resistance)  # potential of the donor in mg/mL, times m/s
    at = np.asarray(depth)
    u_faces = [10.0, 10.0 - flux * resistance[0], 10.0 - flux * (resistance[0] + resistance[1])]
    first = k[0] * (u_faces[0] - flux * at / (d[0] * k[0]))
    second = k[1] * (u_faces[1] - flux * (at - h[0]) / (d[1] * k[1]))
    third = k[2] * u_faces[2] * closed_forms.dermis_profile(at - h[0] - h[1], h[2], d[2], clearance)
    closed = np.select([at < h[0], at < h[0] + h[1]], [first, second], third)
    below = at > h[0]
    return Comparison(
        "Steady profile with capillary clearance",
        "Concentration below the stratum corneum under an endless donor of 10 mg/mL, after 48 h: a "
        "straight line "
        "through the viable epidermis, then $\\cosh$ in a dermis that capillaries clear at 10⁻³ s⁻¹ (the "
        "permeability "
        "above, with a sealed bottom). K. Kretsos and G. B. Kasting, Math Biosci 2007;208:430-453.",
        "depth (µm)",
        "concentration (mg/mL)",
        [Curve(at[below] / UM, np.asarray(profile.values)[-1][below], closed[below])],
        float(closed[below].max()),
        "the largest value shown",
    )


@_shown("plasma")
def infusion() -> Comparison:
    study = {
        "duration": "24 h",
        "drug": {"molar_mass": "300 g/mol"},
        "plasma": {"volume_central": "50 L", "clearance": "20 L/h"},
        "schedule": [
            {"at": "0 h", "infuse": "plasma", "rate": "25 ug/h"},
            {"at": "12 h", "stop": "plasma"},
        ],
    }
    result = pt.run(study)
    hours = _hours(result)
    closed = closed_forms.one_compartment_infusion(25.0, 20.0, 50.0, hours, stop=12.0)
    return Comparison(
        "One compartment, infused for 12 h",
        "25 µg/h into 50 L with a clearance of 20 L/h: $c = \\frac{R}{CL}\\,(1 - e^{-kt})$ with $k = "
        "CL/V$, and an "
        "exponential fall afterwards.",
        "time (h)",
        "plasma concentration (ng/mL)",
        [Curve(hours, result.plasma_concentration.to("ng/mL").values, closed)],
        25.0 / 20.0,
        "the steady concentration",
    )


@_shown("plasma")
def injection() -> Comparison:
    volumes, clearance, exchange = (12.0, 36.0, 220.0), 38.0, (170.0, 93.0)  # L, L/h
    study = {
        "duration": "24 h",
        "drug": {"molar_mass": "300 g/mol"},
        "plasma": {
            "compartments": "3",
            "volume_central": "12 L",
            "volume_shallow": "36 L",
            "volume_deep": "220 L",
            "clearance": "38 L/h",
            "clearance_shallow": "170 L/h",
            "clearance_deep": "93 L/h",
        },
        "schedule": [{"at": "0 h", "dose": "plasma", "amount": "100 ug"}],
        "output": {"every": "10 min"},
    }
    result = pt.run(study)
    hours = _hours(result)
    away = np.array([clearance + sum(exchange), *exchange])
    matrix = np.diag(-away / np.array(volumes))
    matrix[0, 1:] = np.array(exchange) / np.array(volumes[1:])
    matrix[1:, 0] = np.array(exchange) / volumes[0]
    rates, modes = np.linalg.eig(matrix)
    weights = np.linalg.solve(modes, [100.0, 0.0, 0.0])
    closed = (np.exp(np.multiply.outer(hours, rates)) @ (modes[0] * weights)) / volumes[0]
    return Comparison(
        "Three compartments, injected once",
        "100 µg injected at time zero: a sum of three exponentials, from the eigenvalues of the exchange "
        "matrix.",
        "time (h)",
        "plasma concentration (ng/mL)",
        [Curve(hours, result.plasma_concentration.to("ng/mL").values, closed)],
        100.0 / volumes[0],
        "the concentration at the start",
    )


@_shown("donor")
def finite_donor() -> Comparison:
    donor = {"kind": "finite", "volume": "10 uL", "concentration": "10 mg/mL"}
    result = pt.run(_membrane([SLAB], "48 h", donor))
    tau = _tau(result, 50 * UM, 1e-9 * CM2_PER_S)[1:]
    through, left = closed_forms.finite_donor(3.0 * 50e-4 / 10e-3, tau)
    hours = _hours(result)[1:]
    return Comparison(
        "A finite donor",
        f"10 µL/cm² of 10 mg/mL on a membrane ({SLAB_TEXT}) over a sink: what has come through, and what "
        "is left. The "
        "series runs over the roots of $\\beta\\tan\\beta = Kh/l$, with $l$ the depth of the donor. J. "
        "Crank, *The "
        "Mathematics of Diffusion*, 2nd ed., 1975.",
        "time (h)",
        "amount (µg/cm²)",
        [
            Curve(hours, result.delivered.to("ug").values[1:], 100.0 * through, "through the membrane"),
            Curve(hours, result.in_donor.to("ug").values[1:], 100.0 * left, "in the donor"),
        ],
        100.0,
        "the dose",
    )


@_shown("donor")
def thin_dose() -> Comparison:
    study = _membrane([SLAB | {"cells": 400}], "10 h", {"kind": "thin", "dose": "100 ug/cm^2"})
    del study["donor"]["concentration"]
    result = pt.run(study)
    tau = _tau(result, 50 * UM, 1e-9 * CM2_PER_S)[1:]
    beta = (2 * np.arange(200) + 1) * np.pi / 2
    signs = (-1.0) ** np.arange(200)
    rate = 2.0 * (signs * beta * np.exp(-np.multiply.outer(tau, beta**2))).sum(axis=-1)
    unit = 100.0 * 1e-9 / 50e-4**2 * HOUR  # dose D / h^2, ug/cm^2/h
    hours = _hours(result)[1:]
    peak = 50e-4**2 / 1e-9 / 6.0 / HOUR
    return Comparison(
        "A thin dose",
        f"100 µg/cm² dried on a membrane ({SLAB_TEXT}) over a sink, in 400 cells. The flux peaks at "
        "$h^2/6D$, here "
        "1.16 h, at 1.85013 times dose · $D/h^2$. J. Crank, *The Mathematics of Diffusion*, 2nd ed., 1975. "
        "The "
        "distance is that between a plane and the outermost cell of the grid, in which the dose lies.",
        "time (h)",
        "flux (µg/cm²/h)",
        [Curve(hours, result.delivery_rate.to("ug/h").values[1:], unit * rate)],
        1.85013 * unit,
        "the greatest flux",
        [(np.array([peak, peak]), np.array([0.0, 1.85013 * unit]), "$h^2/6D$")],
    )


@_shown("laminate")
def slow_binding() -> Comparison:
    binding = {"association_rate": "2e-2 1/s", "dissociation_rate": "1e-2 1/s"}
    result = pt.run(_membrane([SLAB | binding], "48 h"))
    late = result.time > 20 * HOUR
    loaded, lag = 3.0 * 10e3 * 50e-4, 3.0 / 6.0  # K c h; (1 + k_a/k_d)/6 in tau
    closed = loaded * (_tau(result, 50 * UM, 1e-9 * CM2_PER_S)[late] - lag)
    return Comparison(
        "Binding that takes time",
        f"The same membrane ({SLAB_TEXT}) with sites that bind at 0.02 s⁻¹ and let go at 0.01 s⁻¹: the "
        "steady flux is "
        "that without binding, and the lag $1 + k_a/k_d = 3$ times as long.",
        "time (h)",
        "through the membrane (µg/cm²)",
        [Curve(_hours(result)[late], result.delivered.to("ug").values[late], closed)],
        loaded,
        "what the layer holds free in equilibrium with the donor",
    )


@_shown("receptor")
def receptor_fills() -> Comparison:
    donor = {"concentration": "1 mg/mL"}
    study = _membrane([{"name": "film", "thickness": "1 um", "diffusivity": "1e-9 cm^2/s"}], "12 h", donor)
    study["receptor"] = {"under": "membrane", "kind": "static", "volume": "0.2 mL"}
    result = pt.run(study)
    hours = _hours(result)
    rate = 1e-9 / 1e-4 / 0.2 * HOUR  # P A / V, 1/h
    return Comparison(
        "A static receptor fills",
        "0.2 mL under a film of 1 µm with a permeability of 10⁻⁵ cm/s on 1 cm², below a constant 1 mg/mL: "
        "$c = c_0\\,(1 - e^{-PAt/V})$. The film's own lag, 2 s, and what it holds, 0.05 % of the fluid's, "
        "are left out of the formula.",
        "time (h)",
        "in the receptor fluid (mg/mL)",
        [Curve(hours, result.receptor_concentration.to("mg/mL").values, 1.0 - np.exp(-rate * hours))],
        1.0,
        "the donor's concentration",
    )


@_shown("metabolite")
def split_by_metabolism() -> Comparison:
    thiele = np.array([0.25, 0.5, 1.0, 1.5, 2.0, 3.0, 4.0, 5.0])
    drug, formed = [], []
    for phi in thiele:
        study = _membrane([{**SLAB, "partition_coefficient": 1.0, "cells": 200}], "40 h")
        k = phi**2 * 1e-9 / 50e-4**2
        layer = {"name": "slab", "diffusivity": "1e-9 cm^2/s", "first_order_rate": f"{k} 1/s"}
        study["metabolite"] = {"molar_mass": "200 g/mol", "layer": [layer]}
        result = pt.run(study)
        drug.append(result.delivery_rate.to("ug/h").values[-1])
        formed.append(result.metabolite_delivery_rate.to("ug/h").values[-1])
    steady = 10e3 * 1e-9 / 50e-4 * HOUR
    out = steady * thiele / np.sinh(thiele)
    return Comparison(
        "Steady metabolism in a membrane",
        "Flux of drug and of metabolite (first order, equal diffusivities, a surface that metabolite "
        "cannot leave "
        "through) out of a membrane below an endless donor, over $\\varphi = h\\sqrt{k/D}$: "
        "$J = J_0\\,\\varphi/\\sinh\\varphi$ for the drug, and $J_0\\,\\varphi\\tanh(\\varphi/2)$ for the "
        "metabolite.",
        "φ",
        "steady flux (µg/cm²/h)",
        [
            Curve(thiele, np.array(drug), out, "drug"),
            Curve(thiele, np.array(formed), steady * thiele * np.tanh(thiele / 2), "metabolite"),
        ],
        steady,
        "the flux without metabolism",
    )
