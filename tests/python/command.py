"""The poultice program as the tests run it: the one that POULTICE_PROGRAM names, or else the one on PATH or
beside this Python."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

EXAMPLE = Path(__file__).parents[2] / "examples" / "fentanyl_patch.toml"
DONE, RUN_FAILED, BAD_INPUT, INTERRUPTED = 0, 1, 2, 130

SMALL = """
title = "A small patch"
duration = "10 h"
[drug]
molar_mass = "336.5 g/mol"
[patch]
on = "laminate"
area = "10 cm^2"
content = "4 mg"
thickness = "50 um"
diffusivity = "1e-9 cm^2/s"
partition_coefficient = 300.0
[laminate]
[[laminate.layer]]
name = "upper"
thickness = "50 um"
diffusivity = "1e-8 cm^2/s"
partition_coefficient = 3.0
[[schedule]]
at = "0 h"
apply = "patch"
"""


def find_program() -> str:
    beside = Path(sys.executable).parent / "poultice"
    installed = str(beside) if beside.exists() else shutil.which("poultice")
    found = os.environ.get("POULTICE_PROGRAM") or installed
    if not found:
        pytest.fail("there is no poultice program here: build it, or name it in POULTICE_PROGRAM")
    return str(Path(found).resolve())


class Command:
    """Runs the program in a folder of its own."""

    def __init__(self, folder: Path) -> None:
        self.program = find_program()
        self.folder = folder
        self.environment = os.environ | {"PATH": f"{folder}{os.pathsep}/usr/bin:/bin"}

    def __call__(self, *words: str | Path) -> subprocess.CompletedProcess[str]:
        return subprocess.run(
            [self.program, *map(str, words)],
            cwd=self.folder,
            env=self.environment,
            stdin=subprocess.DEVNULL,
            capture_output=True,
            text=True,
            encoding="utf-8",
            timeout=120,
            check=False,
        )

    def files(self) -> set[str]:
        return {path.name for path in self.folder.iterdir()}
