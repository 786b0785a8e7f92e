"""How does the memory of a sweep grow with its members, and with threads and width?

    python benchmarks/memory.py

Peak resident sizes of `poultice sweep plan`, `run` and `merge`, each a process of its own."""

from __future__ import annotations

import tempfile
from pathlib import Path

from measured import Row, Setting, machine, setting, show, write
from sweeps import Sweep

MB = 1e6


def row(here: Setting, folder: Path, size: int, threads: int, width: int, curves: bool) -> Row:
    kept = {"curves": '"plasma_concentration", "delivered", "in_skin"'} if curves else {}
    sweep = Sweep(here, folder / "sweep", size, width=width, **kept)
    run, merge = sweep.run(threads), sweep.merge()
    row = {
        "members": size,
        "threads": threads,
        "width": width,
        "curves": 3 if curves else 0,
        "plan_bytes": (sweep.folder / "plan.h5").stat().st_size,
        "plan_MB": sweep.planning.peak_bytes / MB,
        "run_MB": run.peak_bytes / MB,
        "merge_MB": merge.peak_bytes / MB,
        "plan_s": sweep.planning.wall,
        "run_s": run.wall,
        "merge_s": merge.wall,
    }
    sweep.remove()
    return row


def main() -> None:
    here = setting(__doc__)
    print(machine())
    most = here.members(1_000_000)
    sizes = [100, 400] if here.is_short else [n for n in (1_000, 10_000, 100_000, 1_000_000) if n <= most]
    shapes = [(2, 32)] if here.is_short else [(1, 8), (1, 32), (1, 64), (2, 8), (2, 32), (2, 64)]
    rows = []
    with tempfile.TemporaryDirectory() as scratch:
        folder = Path(scratch)
        for size in sizes:
            rows.append(row(here, folder, size, 1, 32, False))
        for size in sizes[:-1]:  # 6 kB for each member, on the disk
            rows.append(row(here, folder, size, 1, 32, True))
        for threads, width in shapes:
            rows.append(row(here, folder, sizes[min(1, len(sizes) - 1)], threads, width, False))
    show(rows)
    first, last = rows[len(sizes) - 2], rows[len(sizes) - 1]
    for what in ("plan", "run", "merge"):
        grown = (last[f"{what}_MB"] - first[f"{what}_MB"]) * MB / (last["members"] - first["members"])
        print(f"{what}: {grown:.0f} bytes for each member more, from {first['members']} to {last['members']}")
    write(here, "memory", rows)


if __name__ == "__main__":
    main()
