"""Sweeps on real engines, by the files of examples/cluster. Not among the tests that scripts/test runs, since
they need daemons and packages that nobody gets unasked: .ci/run installs them."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

HERE = Path(__file__).parent
# The modules that lie beside the tests, here and in tests/python.
sys.path[:0] = [str(HERE), str(HERE.parent / "python")]

from command import EXAMPLE  # noqa: E402
from example import CLUSTER, Example  # noqa: E402
from slurm import Slurm, start_slurm  # noqa: E402

#: Makes a shard last a second or two, so that a signal comes before its end.
SLOW = """
[solver]
integrator = "cvode"
relative_tolerance = 1e-8
[skin.stratum_corneum]
cells = 120
[skin.dermis]
cells = 120
"""


@pytest.fixture(scope="session")
def people(tmp_path_factory: pytest.TempPathFactory) -> Example:
    """The study of the examples."""
    return Example(CLUSTER / "people.toml", tmp_path_factory.mktemp("people"))


@pytest.fixture(scope="session")
def slow_people(tmp_path_factory: pytest.TempPathFactory) -> Example:
    """The same members, for which the engine needs long enough to be disturbed."""
    folder = tmp_path_factory.mktemp("slow")
    sweep = (CLUSTER / "people.toml").read_text(encoding="utf-8")
    elsewhere = 'scenario = "../fentanyl_patch.toml"\n'
    assert elsewhere in sweep
    study = folder / "people.toml"
    scenario = EXAMPLE.read_text(encoding="utf-8")
    study.write_text(scenario + SLOW + sweep.replace(elsewhere, ""), encoding="utf-8")
    return Example(study, folder)


@pytest.fixture(scope="session")
def slurm(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Slurm]:
    with start_slurm(tmp_path_factory.mktemp("slurm")) as started:
        yield started
