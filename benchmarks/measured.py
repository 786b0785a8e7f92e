"""What the scripts beside this one share: where the programs are, how to run them, where results go."""

from __future__ import annotations

import argparse
import csv
import io
import os
import platform
import resource
import subprocess
import time
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from statistics import median
from typing import Any

HERE = Path(__file__).parent
FIGURES = HERE / "figures"
#: What some machines set to keep OpenBLAS from using what it has; rivals get all of it.
HELD_BACK = ("OPENBLAS_CORETYPE", "OPENBLAS_L2_SIZE")

Row = dict[str, Any]


@dataclass(frozen=True)
class Setting:
    """What the command line says."""

    build: Path
    out: Path
    is_short: bool
    is_drawing: bool  # again, from results that are there

    @property
    def is_writing(self) -> bool:
        return self.out != Path(os.devnull)

    @staticmethod
    def members(usual: int) -> int:
        """Fewer where POULTICE_BENCHMARK_MEMBERS says so, for a machine that is slow or busy."""
        return min(int(os.environ.get("POULTICE_BENCHMARK_MEMBERS", usual)), usual)

    @property
    def cases(self) -> Path:
        return self.build / "benchmarks" / "benchmark_cases"

    @property
    def poultice(self) -> Path:
        return self.build / "bindings" / "poultice"


def setting(what: str | None) -> Setting:
    """Reads --build, --out and --short. A short run writes nothing unless it is told where."""
    words = argparse.ArgumentParser(description=what)
    words.add_argument("--build", type=Path, default=HERE.parent / "build" / "bench", help="CMake's folder")
    words.add_argument("--out", type=Path, help="where results and pictures go (default: benchmarks/figures)")
    words.add_argument("--short", action="store_true", help="a few members: whether it works, not how fast")
    words.add_argument("--draw", action="store_true", help="draw again from the results that are there")
    given = words.parse_args()
    for name in HELD_BACK:
        os.environ.pop(name, None)
    out = given.out or (Path(os.devnull) if given.short else FIGURES)
    here = Setting(given.build.absolute(), out, given.short, given.draw)
    if here.is_writing:
        out.mkdir(parents=True, exist_ok=True)
    return here


def typed(text: str) -> Any:
    for kind in (int, float):
        try:
            return kind(text)
        except ValueError:
            pass
    return text


def rows_of(text: str) -> list[Row]:
    return [{key: typed(value) for key, value in row.items()} for row in csv.DictReader(io.StringIO(text))]


def cases(here: Setting, *words: object) -> str:
    """What benchmark_cases prints."""
    done = subprocess.run(
        [here.cases, *map(str, words)], stdout=subprocess.PIPE, text=True, check=True, cwd=here.build
    )
    return done.stdout


def timed(here: Setting, problem: str, methods: Iterable[str], **options: object) -> list[Row]:
    """Rows of `benchmark_cases time`; options are its own, `most_seconds=5` for --most-seconds 5."""
    words: list[object] = ["time", problem, "--methods", ",".join(methods)]
    for name, value in options.items():
        text = ",".join(map(str, value)) if isinstance(value, list | tuple) else value
        words += [f"--{name.replace('_', '-')}", text]
    return rows_of(cases(here, *words))


@dataclass(frozen=True)
class Used:
    """By one process."""

    wall: float  # s
    processor: float  # s
    peak_bytes: int


def run(command: Sequence[object], cwd: Path) -> Used:
    """Runs a program to its end, which must be a good one."""
    begun = time.perf_counter()
    process = subprocess.Popen([str(word) for word in command], cwd=cwd, stdout=subprocess.DEVNULL)
    _, status, usage = os.wait4(process.pid, 0)
    wall = time.perf_counter() - begun
    process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode != 0:
        raise subprocess.CalledProcessError(process.returncode, command)
    return Used(wall, usage.ru_utime + usage.ru_stime, usage.ru_maxrss * 1024)


def processor_seconds() -> float:
    usage = resource.getrusage(resource.RUSAGE_SELF)
    return usage.ru_utime + usage.ru_stime


def write(here: Setting, name: str, rows: Sequence[Mapping[str, Any]]) -> None:
    """name.csv, each row with the same keys."""
    if not here.is_writing:
        return
    with (here.out / f"{name}.csv").open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, list(rows[0]), lineterminator="\n")
        writer.writeheader()
        for row in rows:
            writer.writerow({key: f"{it:.4g}" if isinstance(it, float) else it for key, it in row.items()})


def read(here: Setting, name: str) -> list[Row]:
    return rows_of((here.out / f"{name}.csv").read_text(encoding="utf-8"))


def show(rows: Sequence[Mapping[str, Any]]) -> None:
    """A table on the terminal."""
    cells = [list(rows[0])] + [
        [f"{v:.4g}" if isinstance(v, float) else str(v) for v in row.values()] for row in rows
    ]
    widths = [max(map(len, column)) for column in zip(*cells, strict=True)]
    for line in cells:
        print("  ".join(cell.rjust(width) for cell, width in zip(line, widths, strict=True)))


def machine() -> str:
    """A line for the README."""
    model = platform.processor()
    for line in Path("/proc/cpuinfo").read_text(encoding="utf-8").splitlines():
        if line.startswith("model name"):
            model = line.split(":")[1].strip()
            break
    load = os.getloadavg()[0]
    return f"{model}, {os.cpu_count()} processors, load {load:.1f} at the start"


__all__ = [
    "FIGURES",
    "Row",
    "Setting",
    "Used",
    "cases",
    "machine",
    "median",
    "processor_seconds",
    "read",
    "run",
    "setting",
    "show",
    "timed",
    "write",
]
