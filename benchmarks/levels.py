#!/usr/bin/env python3
"""Processor time per member of a sweep on each level of processors that this machine has, by each integrator.

benchmarks/levels.py [PROGRAM]    (default: build/release/bindings/poultice)
"""

from __future__ import annotations

import os
import resource
import statistics
import subprocess
import sys
import tempfile
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
MASKS = {"baseline": "-AVX2,-AVX512F", "x86-64-v3": "-AVX512F", "best": ""}
MEMBERS, ROUNDS = 2048, 5
STUDY = f"""
[sweep]
scenario = "{ROOT}/examples/fentanyl_patch.toml"
[sweep.axes]
"plasma.clearance" = {{ from = "10 L/h", to = "100 L/h", count = {MEMBERS // 32}, spacing = "log" }}
"skin.stratum_corneum.thickness" = {{ from = "10 um", to = "25 um", count = 32 }}
"""


def seconds(command: list[str], mask: str, folder: Path) -> float:
    environment = os.environ | ({"GLIBC_TUNABLES": f"glibc.cpu.hwcaps={mask}"} if mask else {})
    before = resource.getrusage(resource.RUSAGE_CHILDREN).ru_utime
    subprocess.run(command, cwd=folder, env=environment, check=True)
    return resource.getrusage(resource.RUSAGE_CHILDREN).ru_utime - before


def main() -> None:
    program = sys.argv[1] if len(sys.argv) > 1 else str(ROOT / "build/release/bindings/poultice")
    with tempfile.TemporaryDirectory() as temporary:
        folder = Path(temporary)
        (folder / "study.toml").write_text(STUDY, encoding="utf-8")
        for integrator in ("contour", "rosenbrock", "cvode"):
            command = [
                program,
                "sweep",
                "run",
                "study.toml",
                "-o",
                "r.h5",
                "--force",
                "--quiet",
                "--threads",
                "1",
            ]
            command += ["--set", f"solver.integrator={integrator}"]
            taken: dict[str, list[float]] = {level: [] for level in MASKS}
            for _ in range(ROUNDS):  # in turns, so that other load on the machine meets all of them
                for level, mask in MASKS.items():
                    taken[level].append(seconds(command, mask, folder))
            medians = {level: statistics.median(times) for level, times in taken.items()}
            shown = (
                f"{level} {1e6 * time / MEMBERS:.0f} us, {medians['baseline'] / time:.2f}"
                for level, time in medians.items()
            )
            print(f"{integrator}: {'; '.join(shown)}")


if __name__ == "__main__":
    main()
