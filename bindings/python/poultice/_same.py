"""Whether two results are the same, and how one travels to another process."""

from __future__ import annotations

import os
import tempfile
from dataclasses import replace
from functools import partial
from pathlib import Path

import numpy as np

from poultice import _from_file
from poultice._content import Content, Variable
from poultice.scenario import Scenario


def is_same(one: Content, other: Content) -> bool:
    """Whether they are of one study, ended alike, and hold the same numbers bit by bit."""
    about = ("scenario_sha256", "status")
    return (
        all(one.attributes[name] == other.attributes[name] for name in about)
        and one.arrays.keys() == other.arrays.keys()
        and all(_is_same(it, other.arrays[name]) for name, it in one.arrays.items())
    )


def image_of(content: Content) -> bytes:
    """The bytes of its file."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "result.h5"
        content.save(os.fspath(path), False)
        return path.read_bytes()


def content_of(image: bytes, scenario: Scenario) -> Content:
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "result.h5"
        path.write_bytes(image)
        content = _from_file.content_of(os.fspath(path))
    return replace(content, make_scenario=lambda: scenario, save=partial(_write, image))


def _is_same(one: Variable, other: Variable) -> bool:
    first, second = np.asarray(one.values), np.asarray(other.values)
    if one.dims != other.dims or first.shape != second.shape or first.dtype != second.dtype:
        return False
    if first.dtype == object:
        return list(first) == list(second)
    return first.tobytes() == second.tobytes()


def _write(image: bytes, target: str, overwrite: bool) -> None:
    with tempfile.TemporaryDirectory() as folder:
        source = Path(folder) / "result.h5"
        source.write_bytes(image)
        _from_file.copy(os.fspath(source), target, overwrite)
