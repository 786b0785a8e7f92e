"""What does which error cost? Draws figures/work_precision.png; the defaults follow from it.

    python benchmarks/work_precision.py            measures and draws
    python benchmarks/work_precision.py --draw     draws again

Every method runs at relative tolerances of 1e-3 … 1e-11 on two populations: the linear patch, and the
saturable case with binding, metabolism and two species. Errors are the worst over members, outputs and
amounts, relative to the dose; times are of one processor, per member, medians of rounds in which all take
turns."""

from __future__ import annotations

from drawing import lines, panels, save
from equations import Member, Solve, bdf, follow, lsoda, members
from measured import Row, Setting, machine, median, processor_seconds, read, setting, show, timed, write

PROBLEMS = {
    "linear": ["contour", "pade5", "ros34pw2", "rodas5p", "bdf", "packaged"],
    "saturable": ["ros34pw2", "rodas5p", "bdf", "packaged"],
}
TITLES = {
    "linear": "linear: patch, skin, plasma",
    "saturable": "saturable binding and metabolism, two species",
}
TOLERANCES = [10.0**-exponent for exponent in range(3, 12)]


def engine(here: Setting, problem: str) -> list[Row]:
    size, rounds = (32, 1) if here.is_short else (here.members(256), 3)
    tolerances = TOLERANCES[:2] if here.is_short else TOLERANCES
    asked = {"reference": "rodas5p", "tolerances": tolerances, "members": size, "rounds": rounds}
    return timed(here, problem, PROBLEMS[problem], **asked)


def scipy(here: Setting, problem: str) -> list[Row]:
    count, of, rounds = (1, 32, 1) if here.is_short else (4, here.members(256), 3)
    population = members(here, problem, count, of)
    rows: dict[tuple[str, float], Row] = {}
    seconds: dict[tuple[str, float], list[float]] = {}
    for _ in range(rounds):
        for tolerance in TOLERANCES[:2] if here.is_short else TOLERANCES:
            for method in ("SciPy LSODA, band", "SciPy BDF, sparse"):
                spent, error = solved(population, method, tolerance)
                key = method, tolerance
                seconds.setdefault(key, []).append(spent)
                rows[key] = {
                    "problem": problem,
                    "method": method,
                    "tolerance": tolerance,
                    "members": count,
                    "width": 1,
                    "cells": 140,
                    "species": 1,
                    "seconds_per_member": median(seconds[key]),
                    "worst_error": error,
                }
    return list(rows.values())


def solved(population: list[Member], method: str, tolerance: float) -> tuple[float, float]:
    """Processor seconds per member, and the worst error."""

    def make(member: Member) -> Solve:
        is_lsoda = method.startswith("SciPy LSODA")
        return (lsoda if is_lsoda else bdf)(tolerance, member.scale)

    begun = processor_seconds()
    found = [follow(member, make(member)) for member in population]
    spent = (processor_seconds() - begun) / len(population)
    return spent, max(member.error(one) for member, one in zip(population, found, strict=True))


def measure(here: Setting) -> list[Row]:
    rows = []
    for problem in PROBLEMS:
        rows += engine(here, problem) + scipy(here, problem)
    return rows


def draw(here: Setting, rows: list[Row]) -> None:
    figure, axes = panels(len(PROBLEMS))
    span = sorted(1e3 * row["seconds_per_member"] for row in rows)
    for one, problem in zip(axes, PROBLEMS, strict=True):
        # What is worse than a tenth of the dose is no answer.
        good = [row for row in rows if row["problem"] == problem and row["worst_error"] < 0.1]
        lines(one, good, "worst_error")
        one.set(xlim=(3e-2, 3e-14), ylim=(span[0] / 1.5, span[-1] * 1.5))
        one.set(title=TITLES[problem], xlabel="worst error / dose")
        one.title.set_fontsize(10)
    axes[0].set_ylabel("processor time per member / ms")
    handles = {
        label: handle for one in axes for handle, label in zip(*one.get_legend_handles_labels(), strict=True)
    }
    place = {"loc": "outside right center", "frameon": False, "fontsize": 9}
    figure.legend(list(handles.values()), list(handles), **place)
    save(figure, here.out / "work_precision.png")


def main() -> None:
    here = setting(__doc__)
    if not here.is_drawing:
        print(machine())
        rows = measure(here)
        show(rows)
        write(here, "work_precision", rows)
    if here.is_writing:
        draw(here, read(here, "work_precision"))


if __name__ == "__main__":
    main()
