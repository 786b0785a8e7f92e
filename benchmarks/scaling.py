"""How does the cost of a member grow with cells, species and members? Draws figures/scaling.png.

    python benchmarks/scaling.py            measures and draws
    python benchmarks/scaling.py --draw     draws again

Cells: the linear patch on ever finer grids, blocks of 32. Species: a chain of 100 cells in which each species
turns into the next. Members: whole sweeps by `poultice sweep run` with one thread, from reading the plan to
the pieces on the disk. Processor times per member; medians."""

from __future__ import annotations

import tempfile
from pathlib import Path

from drawing import lines, panels, save
from measured import Row, Setting, machine, median, read, setting, show, timed, write
from sweeps import Sweep

INTEGRATORS = ["contour", "rosenbrock", "cvode"]
#: Multiples of seven share out evenly over patch and layers.
CELLS = [49, 98, 203, 504, 1001, 2002, 5005]
SPECIES = range(1, 9)
MEMBERS = [1, 10, 100, 1_000, 10_000, 100_000, 1_000_000]
MOST_SECONDS = 400.0  # for one sweep: what would take longer is left out


def over_cells(here: Setting) -> list[Row]:
    rows = []
    for n in CELLS[:2] if here.is_short else CELLS:
        settings = {"cells": n, "rounds": 1 if here.is_short else 3, "most_seconds": 20}
        rows += timed(here, "linear", INTEGRATORS, members=32, **settings)
        rows += renamed(timed(here, "linear", ["contour"], members=1, width=1, **settings), "contour, alone")
        rows += timed(here, "linear", ["packaged"], members=2, **settings)
    return [{"over": "cells", **row} for row in rows]


def over_species(here: Setting) -> list[Row]:
    rounds = 1 if here.is_short else 5
    rows = []
    for n in list(SPECIES)[:2] if here.is_short else SPECIES:
        rows += timed(here, "chain", INTEGRATORS, members=32, cells=100, species=n, rounds=rounds)
    return [{"over": "species", **row} for row in rows]


def over_members(here: Setting) -> list[Row]:
    rows = []
    with tempfile.TemporaryDirectory() as scratch:
        for integrator in INTEGRATORS:
            spent = 0.0
            for n in MEMBERS[:3] if here.is_short else MEMBERS:
                if spent * 10.0 > MOST_SECONDS or n > here.members(MEMBERS[-1]):
                    break
                sweep = Sweep(here, Path(scratch) / "sweep", n, integrator=integrator)
                rounds = 3 if n <= 10_000 and not here.is_short else 1
                spent = median(sweep.run().processor for _ in range(rounds))
                sweep.remove()
                rows.append({"over": "members", **blank(integrator, n), "seconds_per_member": spent / n})
    return rows


def blank(method: str, members: int) -> Row:
    """A row as `benchmark_cases time` has it, of a sweep."""
    asked = {"problem": "sweep", "method": method, "tolerance": 1e-6, "members": members}
    shape = {"width": 32, "cells": 140, "species": 1}
    return {**asked, **shape, "seconds_per_member": 0.0, "worst_error": ""}


def renamed(rows: list[Row], method: str) -> list[Row]:
    return [{**row, "method": method} for row in rows]


def draw(here: Setting, rows: list[Row]) -> None:
    figure, axes = panels(3)
    words = {
        "cells": "cells of the linear patch",
        "species": "species, chain of 100 cells",
        "members": "members of a sweep, whole run",
    }
    for one, (column, label) in zip(axes, words.items(), strict=True):
        lines(one, [row for row in rows if row["over"] == column], column)
        one.set_xlabel(label)
    axes[1].set_xscale("linear")
    axes[1].set_xticks(list(SPECIES))
    axes[0].set_ylabel("processor time per member / ms")
    handles, names = axes[0].get_legend_handles_labels()
    axes[2].legend(handles, names, loc="upper right", frameon=False, fontsize=9)  # where there is room
    save(figure, here.out / "scaling.png")


def main() -> None:
    here = setting(__doc__)
    if not here.is_drawing:
        print(machine())
        rows = over_cells(here) + over_species(here) + over_members(here)
        show(rows)
        write(here, "scaling", rows)
    if here.is_writing:
        draw(here, read(here, "scaling"))


if __name__ == "__main__":
    main()
