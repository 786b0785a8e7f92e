"""Two hundred random linear studies (random_studies): the engine against the oracle that replays them.

With default cells and tolerances every curve is within 0.1 % of its scale. That is what was applied; for the
concentration in a fluid that holds a tenth of it at least at some time, the largest concentration that there
was, and in one that holds less, the one that all that was applied would make. On a fine grid, ten of the
studies are within 1e-6.
"""

from __future__ import annotations

import numpy as np
import pytest

import poultice as pt
from random_studies import Case, random_study

N_STUDIES = 200


def volume(case: Case, name: str) -> float:
    """That of the fluid whose concentration this is."""
    if "receptor" in name:
        assert case.volume is not None
        return case.volume
    blood = case.study.bloods[name.startswith("metabolite")]
    assert blood is not None
    return blood.volumes[0]


def distances(case: Case) -> dict[str, float]:
    """The largest distance of each curve from the exact one, in parts of its scale."""
    exact = case.replay()
    result = pt.run(case.tables)
    at = [int(np.argmin(np.abs(result.time - t))) for t in case.times]
    applied = float(exact["applied"][-1])
    worst = {}
    for name, curve in exact.items():
        if name not in result.names:
            assert np.max(np.abs(curve)) <= 1e-9 * applied, f"the engine does not tell {name}"
            continue
        scale = applied
        if name.endswith("concentration"):
            largest, full = float(np.max(curve)), applied / volume(case, name)
            scale = largest if largest > 0.1 * full else full
        worst[name] = float(np.max(np.abs(result[name].values[at] - curve))) / scale
    return worst


@pytest.mark.parametrize("seed", range(N_STUDIES))
def test_study_at_default_settings(seed: int) -> None:
    worst = distances(random_study(seed))
    assert max(worst.values()) < 1e-3, worst


@pytest.mark.parametrize("seed", range(10))
def test_study_on_a_fine_grid(seed: int) -> None:
    worst = distances(random_study(seed, cells=1600))
    assert max(worst.values()) < 1e-6, worst


def test_studies_are_of_every_kind() -> None:
    """What the two hundred cover, so that a change of the sampler cannot quietly leave something out."""
    seen: set[str] = set()
    for case in (random_study(seed) for seed in range(N_STUDIES)):
        tables = case.tables
        donor = tables.get("donor") or tables["patch"]
        seen |= {next(key for key in entry if key not in ("at",)) for entry in tables["schedule"]}
        seen |= {f"{case.top} {donor.get('kind', 'matrix')}", f"{len(case.names)} layers"}
        seen |= {f"receptor {tables['receptor']['kind']}"} if "receptor" in tables else set()
        seen |= {f"plasma {tables['plasma']['compartments']}"} if "plasma" in tables else set()
        seen |= set(tables) & {"skin", "laminate", "metabolite"}
        seen |= {key for key in ("membrane_permeability", "depth") if key in donor}
        seen |= {"evaporation"} if not str(donor.get("evaporation", "0.0")).startswith("0.0 ") else set()
        seen |= {"binding"} if any(slab.drug.association for slab in case.study.slabs) else set()
        seen |= {"returns"} if tables.get("skin", {}).get("returns_from_blood") else set()
    expected = {"apply", "remove", "sample", "wash", "heat", "skin", "laminate", "metabolite", "binding"}
    expected |= {"donor infinite", "donor finite", "donor thin", "patch matrix", "patch reservoir", "depth"}
    expected |= {"receptor sink", "receptor static", "receptor flow", "membrane_permeability", "evaporation"}
    expected |= {f"plasma {n}" for n in (1, 2, 3)} | {f"{n} layers" for n in range(1, 7)} | {"returns"}
    assert not expected - seen
