"""The content of a result file. Read by the engine, which refuses what is no result of ours or too new."""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator
from functools import partial
from pathlib import Path
from typing import Any

from poultice import _core
from poultice._content import Content, Origin, Variable
from poultice.errors import FileError
from poultice.scenario import Scenario


def content_of(path: str) -> Content:
    file = _core.ResultFile(path)
    arrays = {it[1:]: _variable(file, it) for it in file.paths if it.rfind("/") == 0}
    solver = {it.rpartition("/")[2]: file.values(it) for it in file.paths if it.startswith("/solver/")}
    balance = zip(solver.get("moiety", ()), map(float, solver.get("balance_error", ())), strict=True)
    # Nothing is left to look up in the resolved scenario: it can be read where the sets of the user are not.
    resolved = partial(Scenario.from_toml, file.values("/provenance/resolved_toml"), name=Path(path).name)
    origins = _origins(file)
    return Content(
        attributes=_attributes(file, "/"),
        arrays=arrays,
        work={name: it for name, it in solver.items() if isinstance(it, int)},
        balance=dict(balance),
        make_scenario=resolved,
        origins=lambda: origins,
        save=partial(copy, path),
    )


def _attributes(file: _core.ResultFile, path: str) -> dict[str, Any]:
    # A list of one comes back as a number from every netCDF tool; so it does here.
    found = file.attributes(path)
    return {name: it[0] if isinstance(it, list) and len(it) == 1 else it for name, it in found.items()}


def _origins(file: _core.ResultFile) -> list[Origin]:
    columns = [
        file.values(f"/provenance/{name}") for name in ("key", "text", "value", "source", "trust", "set_by")
    ]
    rows: Iterator[tuple[str, str, float, str, str, str]] = zip(*columns, strict=True)
    return [
        Origin(path, source, trust, set_by)
        for path, text, number, source, trust, set_by in rows
        if text or number == number
    ]


def _variable(file: _core.ResultFile, path: str) -> Variable:
    import numpy as np

    values = file.values(path)
    attributes = _attributes(file, path)
    if isinstance(values, list):
        values = np.array(values, dtype=object)
    elif "flag_values" in attributes:
        values = values.astype(np.int8)
    # A scale has no axis but itself.
    dims = tuple(axis.rpartition("/")[2] or path[1:] for axis in file.axes(path))
    return Variable(dims, values, attributes)


def copy(source: str, target: str, overwrite: bool) -> None:
    """Under its name the copy appears whole or not at all. Raises FileError."""
    if os.path.exists(target) and not overwrite:
        raise FileError.of(target, "there is a file of that name", "choose another, or say overwrite=True")
    temporary = f"{target}.{os.getpid()}.part"
    try:
        shutil.copyfile(source, temporary)
        os.replace(temporary, target)
    except OSError as error:
        Path(temporary).unlink(missing_ok=True)
        raise FileError.of(target, error.strerror or str(error)) from error
