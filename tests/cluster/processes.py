"""Processes of this machine, as /proc shows them."""

from __future__ import annotations

import os
import signal
import time
from collections.abc import Callable
from pathlib import Path
from typing import TypeVar

from example import PATIENCE

T = TypeVar("T")
PROC = Path("/proc")


def wait_for(what: str, look: Callable[[], T | None]) -> T:
    """What `look` finds at last."""
    until = time.monotonic() + PATIENCE
    while time.monotonic() < until:
        found = look()
        if found:
            return found
        time.sleep(0.005)
    raise TimeoutError(f"waited in vain for {what}")


def read(process: int, name: str) -> str:
    """A file of /proc, or nothing where the process is gone."""
    try:
        return (PROC / str(process) / name).read_text(encoding="utf-8", errors="replace")
    except OSError:
        return ""


def processes() -> list[int]:
    return [int(path.name) for path in PROC.iterdir() if path.name.isdigit()]


def descendants(of: int) -> list[int]:
    children: dict[int, list[int]] = {}
    for process in processes():
        words = read(process, "stat").rpartition(")")[2].split()
        if words:
            children.setdefault(int(words[1]), []).append(process)
    found = [of]
    for process in found:
        found += children.get(process, [])
    return found[1:]


def cpu_seconds(process: int) -> float:
    words = read(process, "stat").rpartition(")")[2].split()
    return (int(words[11]) + int(words[12])) / os.sysconf("SC_CLK_TCK") if words else 0.0


def has_signal(process: int, mask: str, number: signal.Signals) -> bool:
    """Whether a mask of signals, such as those caught (SigCgt) or pending (ShdPnd), holds this one."""
    for line in read(process, "status").splitlines():
        if line.startswith(f"{mask}:"):
            return bool(int(line.split()[1], 16) >> (number - 1) & 1)
    return False
