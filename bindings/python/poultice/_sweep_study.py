"""A study put together in Python: a scenario, and what is said of the sweep beside it, as one TOML text."""

from __future__ import annotations

import os
from collections.abc import Mapping
from pathlib import Path
from typing import Any, TypeAlias

from poultice import _core
from poultice._toml import toml_of, value_text
from poultice.errors import FileError, ParameterError
from poultice.scenario import Overrides, Scenario, Study

Sweep: TypeAlias = "Mapping[str, Any]"


def study_of(study: Study, overrides: Overrides | None, sweep: Sweep) -> _core.Study:
    """The study in a file, a text, a dictionary or a Scenario; `sweep` is what goes into its table [sweep].
    Raises ScenarioError, FileError."""
    text, name, folder, settings = _source_of(study)
    settings |= {path: _loose(value) for path, value in (overrides or {}).items()}
    given = {key: _plain(value) for key, value in sweep.items() if value is not None}
    if not _core.is_study(text):
        text += f"\n{toml_of({'sweep': given})}"
    else:
        settings |= {f"sweep.{key}": _loose(_alone(key, value)) for key, value in given.items()}
    return _core.parse_study(text, name, folder, list(settings.items()))


def _source_of(study: Study) -> tuple[str, str, str, dict[str, str]]:
    """Text, name in errors, folder of relative paths, overrides."""
    if isinstance(study, Scenario):
        return study.toml, study.name, study._folder, study.overrides
    if isinstance(study, Mapping):
        return toml_of(study), "dict", "", {}
    if isinstance(study, str) and "\n" in study:
        return study, "text", "", {}
    path = os.fspath(study)
    try:
        return Path(path).read_text(encoding="utf-8"), path, os.path.dirname(path), {}
    except (OSError, UnicodeDecodeError) as error:
        raise FileError.of(path, getattr(error, "strerror", None) or str(error)) from error


def _alone(key: str, value: Any) -> Any:
    """Only single values of a table [sweep] that is there already may be replaced."""
    if isinstance(value, Mapping) or (isinstance(value, list) and value and isinstance(value[0], Mapping)):
        hint = "write it into the study, or give the scenario without its table [sweep]"
        raise ParameterError(f"{key}: the study has a table [sweep] of its own; {hint}", key, hint)
    return value


def _plain(value: Any) -> Any:
    """Arrays and ranges as lists, however deep."""
    if isinstance(value, Mapping):
        return {key: _plain(it) for key, it in value.items()}
    if hasattr(value, "tolist"):
        return value.tolist()
    if isinstance(value, list | tuple | range):
        return [_plain(it) for it in value]
    return os.fspath(value) if isinstance(value, os.PathLike) else value


def _loose(value: Any) -> str:
    return value if isinstance(value, str) else value_text(value)
