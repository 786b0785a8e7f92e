"""How much faster is a sweep with two threads than with one?

    python benchmarks/threads.py

A planned sweep with a curve is run from start to end by `poultice sweep run --threads`, in turns: wall time,
with starting the program, reading the plan and writing the pieces."""

from __future__ import annotations

import os
import tempfile
from pathlib import Path

from measured import machine, median, setting, show, write
from sweeps import Sweep


def main() -> None:
    here = setting(__doc__)
    print(machine())
    size, rounds = (256, 1) if here.is_short else (here.members(32_768), 7)
    processors = len(os.sched_getaffinity(0))
    asked = [1] + [n for n in (2, 4, 8, 16) if n <= processors and not (here.is_short and n > 2)]
    rows = []
    with tempfile.TemporaryDirectory() as folder:
        sweep = Sweep(here, Path(folder) / "sweep", size, curves='"plasma_concentration"', every="2 h")
        seconds: dict[int, list[float]] = {n: [] for n in asked}
        for _ in range(rounds):
            for n in asked:
                seconds[n].append(sweep.run(n).wall)
    for n in asked:
        ratios = [one / many for one, many in zip(seconds[1], seconds[n], strict=True)]
        rows.append(
            {
                "members": size,
                "threads": n,
                "wall_s": median(seconds[n]),
                "ratio": median(ratios),
                "least_ratio": min(ratios),
                "most_ratio": max(ratios),
            }
        )
    show(rows)
    write(here, "threads", rows)


if __name__ == "__main__":
    main()
