"""Finds what nobody measured of the fentanyl matrix patch: the diffusivities in adhesive and stratum corneum.

Two numbers of the 25 ug/h patch decide them and nothing else: its nominal rate, as the mean delivery from
24 to 72 h, and the Cmax of the label. data/drugs/fentanyl.toml and data/patches/fentanyl_matrix_*.toml
hold the result.

    python docs/figures/calibrate_fentanyl.py
"""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import NamedTuple

import numpy as np

import poultice as pt

EXAMPLE = pt.load(Path(__file__).parents[2] / "examples" / "fentanyl_patch.toml")
RATE = pt.Quantity(25.0, "ug/h")  # nominal
CMAX = pt.Quantity(0.85, "ng/mL")  # DURAGESIC prescribing information, section 12.3


def in_sets() -> tuple[float, float]:
    """The diffusivities in stratum corneum and adhesive that the sets hold [m^2/s]."""
    texts = (str(EXAMPLE[f"{it}.diffusivity"]).split(" ", 1) for it in ("skin.stratum_corneum", "patch"))
    skin, adhesive = (pt.convert(float(number), unit, "m^2/s") for number, unit in texts)
    return skin, adhesive


class Calibration(NamedTuple):
    stratum_corneum: float  #: diffusivity [m^2/s]
    adhesive: float  #: diffusivity [m^2/s]
    n_runs: int

    @property
    def overrides(self) -> dict[str, str]:
        return {
            "skin.stratum_corneum.diffusivity": f"{self.stratum_corneum!r} m^2/s",
            "patch.diffusivity": f"{self.adhesive!r} m^2/s",
        }


def calibrate(start: tuple[float, float], also: Mapping[str, float] | None = None) -> Calibration:
    """Newton's method on the logarithms of the two diffusivities [m^2/s] and of the two targets.

    `also` are values that hold meanwhile, partition coefficients for instance. Raises RuntimeError when it
    does not settle.
    """
    n_runs = 0

    def misses(logs: np.ndarray) -> np.ndarray:
        nonlocal n_runs
        n_runs += 1
        at = Calibration(*np.exp(logs).tolist(), n_runs)
        result = EXAMPLE.with_({**at.overrides, **(also or {})}).run()
        reached = result.mean_delivery_rate.to(RATE.unit), result.plasma_concentration_max.to(CMAX.unit)
        return np.log([reached[0].value / RATE.value, reached[1].value / CMAX.value])

    logs, step = np.log(start), 1e-3
    for _ in range(30):
        missed = misses(logs)
        if np.abs(missed).max() < 1e-6:
            return Calibration(*np.exp(logs).tolist(), n_runs)
        slopes = np.column_stack([(misses(logs + step * unit) - missed) / step for unit in np.eye(2)])
        change = np.linalg.solve(slopes, -missed)
        logs = logs + change * min(1.0, 0.5 / np.abs(change).max())
    raise RuntimeError(f"the calibration from {start} does not settle")


if __name__ == "__main__":
    print("in the sets: {:.3g} m^2/s in the stratum corneum, {:.3g} m^2/s in the adhesive".format(*in_sets()))
    for start in [(1e-15, 1e-15), (1e-14, 2e-15), (5e-15, 8e-15)]:
        found = calibrate(start)
        print(f"from {start}: {found.stratum_corneum:.3g} and {found.adhesive:.3g} after {found.n_runs} runs")
