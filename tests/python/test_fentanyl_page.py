"""The sets of fentanyl hold what the calibration finds, as docs/fentanyl_patch.md says."""

from __future__ import annotations

import sys
from itertools import pairwise
from pathlib import Path
from types import ModuleType

import numpy as np
import pytest

ROOT = Path(__file__).parents[2]


@pytest.fixture
def figures(monkeypatch: pytest.MonkeyPatch) -> ModuleType:
    monkeypatch.syspath_prepend(ROOT / "docs" / "figures")
    for name in ("calibrate_fentanyl", "fentanyl_patch"):
        monkeypatch.delitem(sys.modules, name, raising=False)
    import fentanyl_patch

    return fentanyl_patch


def test_sets_hold_what_the_calibration_finds(figures: ModuleType) -> None:
    import calibrate_fentanyl

    found = calibrate_fentanyl.calibrate((1e-15, 1e-14))
    in_sets = calibrate_fentanyl.in_sets()
    assert (found.stratum_corneum, found.adhesive) == pytest.approx(in_sets, rel=2e-3)


def test_all_strengths_share_one_make_up(figures: ModuleType) -> None:
    """Only area and content differ, and the content is the same for each area."""
    sets = [figures.EXAMPLE.with_({"patch.use": label.set}) for label in figures.LABELS.values()]
    for key in ("kind", "thickness", "diffusivity", "partition_coefficient"):
        assert len({it[f"patch.{key}"] for it in sets}) == 1, key
    per_area = [
        figures.strength(rate).content / float(str(it["patch.area"]).split()[0])
        for rate, it in zip(figures.LABELS, sets, strict=True)
    ]
    assert per_area == pytest.approx([0.4] * len(per_area))


def test_a_well_mixed_patch_meets_rate_and_cmax_nowhere(figures: ModuleType) -> None:
    """Either the skin is slow and Cmax low, or it is fast, Cmax high and the patch soon spent."""

    def at(diffusivity: float) -> tuple[float, float]:
        changes = {
            "patch.diffusivity": "1e-13 m^2/s",
            "skin.stratum_corneum.diffusivity": f"{diffusivity} m^2/s",
        }
        it = figures.read(figures.EXAMPLE.with_(changes).run())
        return it.rate, it.cmax

    sweep = [at(1e-15 * 10**exponent) for exponent in np.linspace(-0.5, 1.2, 18)]
    rates = [rate for rate, _ in sweep]
    assert rates[0] < 25.0 > rates[-1]
    for (rate, cmax), (next_rate, next_cmax) in pairwise(sweep):
        if (rate - 25.0) * (next_rate - 25.0) <= 0.0:
            assert next_cmax < 0.82 or cmax > 2.5
