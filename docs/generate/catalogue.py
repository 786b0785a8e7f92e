"""What the `poultice` program says of its models and sets."""

from __future__ import annotations

import json
import subprocess
import sys
from functools import cache
from pathlib import Path
from typing import Any

#: That of the environment this runs in, whatever PATH says.
PROGRAM = Path(sys.executable).parent / "poultice"


@cache
def _answer(*words: str) -> Any:
    return json.loads(subprocess.run([PROGRAM, *words, "--json"], check=True, capture_output=True).stdout)


def overview() -> dict[str, Any]:
    """`models`: name and meaning of each; `sets`: those of each folder, name and title."""
    it: dict[str, Any] = _answer("models")
    return it


def model(name: str) -> dict[str, Any]:
    """Parameters and actions of one."""
    it: dict[str, Any] = _answer("describe", name)
    return it
