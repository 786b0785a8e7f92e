"""What the Python tests share. They try the package that is installed, and skip nothing."""

from __future__ import annotations

import sys
from pathlib import Path

import matplotlib
import pytest

import poultice as pt

# The tests' own modules (oracle, closed_forms) lie beside them.
sys.path.insert(0, str(Path(__file__).parent))
matplotlib.use("Agg")

ROOT = Path(__file__).parents[2]


@pytest.fixture(scope="session")
def example() -> Path:
    """A patch that is worn and taken off again."""
    return ROOT / "examples" / "fentanyl_patch.toml"


@pytest.fixture(scope="session")
def result(example: Path) -> pt.Result:
    return pt.run(example)


@pytest.fixture(scope="session")
def endless(example: Path) -> pt.Scenario:
    """A study that goes on until somebody stops it: fine grids, and tolerances at the edge of rounding."""
    fine = {f"skin.{layer}.cells": 3000 for layer in ("stratum_corneum", "viable_epidermis", "dermis")}
    exact = {"solver.relative_tolerance": 1e-12, "solver.absolute_tolerance": 1e-18}
    return pt.load(example, fine | exact | {"solver.integrator": "cvode"})
