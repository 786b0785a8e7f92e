"""Runs every script here, one after the other, on an otherwise quiet machine.

    cmake --preset bench && cmake --build --preset bench
    python benchmarks/run_all.py

With --short, as CI does: whether they work, not how fast."""

from __future__ import annotations

import subprocess
import sys

from measured import HERE

SCRIPTS = ("scipy_patch", "threads", "writing", "memory", "scaling", "work_precision")


def main() -> None:
    for name in SCRIPTS:
        print(f"== {name}", flush=True)
        subprocess.run([sys.executable, HERE / f"{name}.py", *sys.argv[1:]], check=True)


if __name__ == "__main__":
    main()
