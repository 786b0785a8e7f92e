"""Drug delivery and healing of skin, simulated for one case or a million.

>>> import poultice as pt
>>> result = pt.run("examples/fentanyl_patch.toml", {"patch.area": "20 cm^2"})
>>> result.plasma_concentration.to("ng/mL").values.max()

Numbers are SI unless they carry a unit of their own: a Series and a Quantity say theirs.
Heavy modules (matplotlib, xarray) are imported when something needs them, not before.
"""

from poultice._core import version as __version__
from poultice.catalogue import describe, models
from poultice.citations import citations
from poultice.errors import (
    Error,
    FileError,
    IntegrationError,
    ModelError,
    ParameterError,
    Problem,
    ScenarioError,
    ScenarioWarning,
    UnitError,
)
from poultice.result import Result, read, run
from poultice.scenario import Scenario, load
from poultice.sensitivity import Sensitivity, sensitivity
from poultice.series import Profile, Series
from poultice.sweep import Plan, SweepResult, plan, sweep
from poultice.units import Quantity, convert

__all__ = [
    "Error",
    "FileError",
    "IntegrationError",
    "ModelError",
    "ParameterError",
    "Plan",
    "Problem",
    "Profile",
    "Quantity",
    "Result",
    "Scenario",
    "ScenarioError",
    "ScenarioWarning",
    "Sensitivity",
    "Series",
    "SweepResult",
    "UnitError",
    "__version__",
    "citations",
    "convert",
    "describe",
    "load",
    "models",
    "plan",
    "read",
    "run",
    "sensitivity",
    "sweep",
]
