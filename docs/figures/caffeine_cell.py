"""Computes the tables and draws the picture of docs/caffeine_cell.md.

    python docs/figures/caffeine_cell.py

rewrites what stands between the page's marks, and docs/figures/caffeine_cell.png.
"""

from __future__ import annotations

from functools import cache
from pathlib import Path
from typing import NamedTuple

import numpy as np
from page_tables import markdown, rewritten

import poultice as pt

PAGE = Path(__file__).parents[1] / "caffeine_cell.md"
PICTURE = Path(__file__).with_suffix(".png")
EXAMPLE = pt.load(Path(__file__).parents[2] / "examples" / "caffeine_cell.toml")

AREA = 0.64  # cm^2, of the cell
CONCENTRATION, SOLUBILITY = 4.0, 17.5  # mg/mL
DOSE = 40.0  # ug/cm^2
WATER_EVAPORATES = 7.72e-8  # m/s, Gajjar et al., Ann Occup Hyg 2013;57:853-865, bench
DRY_AFTER = DOSE / CONCENTRATION * 1e-5 / WATER_EVAPORATES / 60.0  # min, of a film of 100 um

# Seven permeabilities of human skin, log10 of cm/s (huskinDB); the set holds for their median.
LOG_KP = {"lowest": -7.556, "median": -6.915, "highest": -6.352}


class Found(NamedTuple):
    """Mean over laboratories, % of dose: Kluxen et al., Regul Toxicol Pharmacol 2022, 105184, abstract."""

    name: str
    receptor: float
    potential: float  # in receptor and skin, tape strips 1 and 2 left out
    recovery: float


FIVE = Found("five laboratories", 3.87, 3.96, 99.00)
SIX = Found("all six", 6.99, 7.14, 99.13)
SIXTH = 6.0 * SIX.receptor - 5.0 * FIVE.receptor  # if the laboratories weigh the same

APPLY = {"at": "0 h", "apply": "donor"}
DRIES = {"at": f"{DRY_AFTER:.3f} min", "remove": "donor"}


def solution(concentration: float, dose: float = DOSE) -> dict[str, str]:
    """A drop of a concentration [mg/mL] that holds a dose [ug/cm^2]."""
    volume = dose * AREA / concentration
    return {"kind": "finite", "concentration": f"{concentration} mg/mL", "volume": f"{volume} uL"}


class Case(NamedTuple):
    donor: dict[str, str]
    schedule: list[dict[str, str]]


CASES = {
    "laid down dry": Case({"kind": "thin", "dose": f"{DOSE} ug/cm^2"}, [APPLY]),
    "wet for 24 h": Case(solution(CONCENTRATION), [APPLY]),
    "wet until dry, saturated": Case(solution(SOLUBILITY), [APPLY, DRIES]),
    "wet until dry": Case(solution(CONCENTRATION), [APPLY, DRIES]),
}
OCCLUDED = Case(solution(CONCENTRATION, dose=100.0), [APPLY])  # 25 uL/cm^2 under a cover
SKIN = [f"skin.{layer}.thickness" for layer in ("stratum_corneum", "viable_epidermis", "dermis")]


class Readings(NamedTuple):
    """What is read off one run, % of dose at the end unless said otherwise."""

    hours: np.ndarray
    course: np.ndarray  # in the receptor
    surface: float  # in the donor, or taken off with it
    stratum_corneum: float
    viable: float
    receptor: float
    recovery: float
    flux_max: float  # ug/cm^2/h
    lag: float  # h


def read(result: pt.Result) -> Readings:
    applied = float(result.applied.to("ug").values[-1])

    def percent(*places: str) -> float:
        found = [it for it in places if it in result.headlines]  # a thin dose has no donor to be left in
        return sum(100.0 * result.headlines[it].to("ug").value / applied for it in found)

    return Readings(
        result.time / 3600.0,
        100.0 * result.delivered.to("ug").values / applied,
        percent("recovered_in_donor", "recovered_removed"),
        percent("recovered_in_stratum_corneum"),
        percent("recovered_in_viable_epidermis", "recovered_in_dermis"),
        percent("recovered_in_receptor"),
        percent("recovery_total"),
        result.flux_max.to("ug/cm^2/h").value,
        result.lag_time.to("h").value,
    )


def at_permeability(log_kp: float) -> dict[str, str]:
    """The diffusivity that goes with a permeability, at the partition and thickness of the set."""
    number, unit = str(EXAMPLE["skin.stratum_corneum.diffusivity"]).split(" ", 1)
    diffusivity = float(number) * 10.0 ** (log_kp - LOG_KP["median"])
    return {"skin.stratum_corneum.diffusivity": f"{diffusivity!r} {unit}"}


def study(case: Case, kp: str) -> pt.Scenario:
    """The example with another donor."""
    tables = {
        "therapy": "invitro",
        "duration": "24 h",
        "drug": {"use": "caffeine"},
        "receptor": {"use": "flow_through_9mm"},
        "skin": {},
        **case._asdict(),
    }
    same_skin = {key: str(EXAMPLE[key]) for key in SKIN}
    return pt.Scenario.from_dict(tables).with_({**same_skin, **at_permeability(LOG_KP[kp])})


@cache
def run(case: str, kp: str = "median") -> Readings:
    return read(study(CASES[case], kp).run())


@cache
def occluded(kp: str = "median") -> Readings:
    """The ten-laboratory study: 25 uL/cm^2 of 4 mg/mL under a cover, 24 h."""
    return read(study(OCCLUDED, kp).run())


def compared() -> str:
    head = ["24 h, % of dose", "receptor", "receptor and skin", "on the skin or taken off it", "recovery"]
    rows = []
    for found in (FIVE, SIX):
        left = f"{found.recovery - found.potential:.1f}"
        rows.append(
            [f"found, {found.name}", f"{found.receptor}", f"{found.potential}", left, f"{found.recovery:.2f}"]
        )
    for case in CASES:
        it = run(case)
        in_skin = it.receptor + it.stratum_corneum + it.viable
        rows.append([case, f"{it.receptor:.1f}", f"{in_skin:.1f}", f"{it.surface:.1f}", f"{it.recovery:.2f}"])
    return markdown(head, rows)


def permeabilities() -> str:
    head = ["receptor at 24 h, % of dose", *(f"{kp} permeability" for kp in LOG_KP)]
    rows = [["log10 of kp in cm/s", *(f"{value:.2f}" for value in LOG_KP.values())]]
    rows += [[case, *(f"{run(case, kp).receptor:.1f}" for kp in LOG_KP)] for case in CASES]
    return markdown(head, rows)


def ten_laboratories() -> str:
    it = occluded()
    spread = [occluded(kp) for kp in ("lowest", "highest")]
    rows = [
        [
            "largest flux",
            f"{it.flux_max:.2f} µg/cm²/h",
            " to ".join(f"{other.flux_max:.2f}" for other in spread),
            "2.24 (1.43) µg/cm²/h",
            f"{(it.flux_max - 2.24) / 1.43:+.1f} SD",
        ],
        [
            "receptor at 24 h",
            f"{it.receptor:.1f} %",
            " to ".join(f"{other.receptor:.1f}" for other in spread),
            "24.5 (11.6) %",
            f"{(it.receptor - 24.5) / 11.6:+.1f} SD",
        ],
    ]
    return markdown(["", "model", "lowest to highest permeability", "found (SD)", "distance"], rows)


TABLES = {"compared": compared, "permeabilities": permeabilities, "ten": ten_laboratories}


def draw(path: Path) -> None:
    import matplotlib

    matplotlib.use("agg")
    import matplotlib.pyplot as plt

    figure, (left, right) = plt.subplots(
        1, 2, figsize=(9.6, 4.2), layout="constrained", width_ratios=(1.1, 1.0)
    )
    colors = dict(zip(CASES, plt.get_cmap("viridis")((0.02, 0.3, 0.55, 0.8)), strict=True))
    for case, color in colors.items():
        it = run(case)
        left.plot(it.hours, it.course, color=color, lw=1.8)
    found = [(FIVE.receptor, FIVE.name, "o"), (SIX.receptor, SIX.name, "s"), (SIXTH, "the sixth", "^")]
    for value, name, marker in found:
        left.plot(24.0, value, marker, color="C3", ms=6, clip_on=False, label=f"found: {name}")
    left.set(xlim=(0, 24), ylim=(0.1, 130), yscale="log", xlabel="time / h")
    left.set_ylabel("caffeine in the receptor / % of dose")
    left.set_xticks(range(0, 25, 4))
    left.set_yticks([0.1, 1, 10, 100], ["0.1", "1", "10", "100"])
    left.legend(frameon=False, fontsize=8.5, loc="lower right")

    names = [*CASES, *(f"found: {name}" for _, name, _ in found)]
    for row, (case, color) in enumerate(colors.items()):
        low, mid, high = (run(case, kp).receptor for kp in LOG_KP)
        right.plot([low, high], [row, row], color=color, lw=3, alpha=0.45, solid_capstyle="butt")
        right.plot(mid, row, "o", color=color, ms=7)
    for row, (value, _, marker) in enumerate(found, start=len(CASES)):
        right.plot(value, row, marker, color="C3", ms=7)
        right.axvline(value, color="C3", lw=0.6, alpha=0.5, zorder=0)
    right.set(xlim=(1, 130), xscale="log", ylim=(len(names) - 0.5, -0.5))
    right.set_xlabel("in the receptor at 24 h / % of dose")
    right.set_xticks([1, 10, 100], ["1", "10", "100"])
    right.set_yticks(range(len(names)), names)
    for label, color in zip(right.get_yticklabels(), [*colors.values(), *3 * ["C3"]], strict=True):
        label.set_color(color)
    for axes in (left, right):
        axes.spines[["top", "right"]].set_visible(False)
    left.set_title("Median permeability", fontsize=10)
    right.set_title("Dots: median; bars: lowest to highest of seven", fontsize=10)
    figure.savefig(path, dpi=120)
    plt.close(figure)


if __name__ == "__main__":
    PAGE.write_text(rewritten(PAGE.read_text(encoding="utf-8"), TABLES), encoding="utf-8")
    draw(PICTURE)
