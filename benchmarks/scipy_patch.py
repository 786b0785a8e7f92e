"""What does the patch cost with SciPy's solvers, at the same error or a smaller one?

    python benchmarks/scipy_patch.py

LSODA with a banded and BDF with a sparse Jacobian integrate some members of the population, with the engine's
own coefficients, events and outputs; the engine integrates all of it. All take turns. Errors are of four
amounts over all outputs and members, relative to the dose, against the engine's contours, which LSODA at the
tightest tolerance is to confirm."""

from __future__ import annotations

from collections.abc import Callable

from equations import Member, Solve, bdf, follow, lsoda, members
from measured import Row, Setting, machine, median, processor_seconds, setting, show, timed, write

RIVALS: dict[str, Callable[[float, float], Solve]] = {
    "LSODA, banded": lsoda,
    "BDF, sparse": bdf,
}
#: Largest errors asked for: of the linear row, and of time stepping.
CONTOUR_ERRORS = (1e-8, 1e-10)
STEPPED_ERRORS = (2e-4, 2e-5, 2e-6)
TOLERANCES = [10.0 ** (-quarter / 4) for quarter in range(12, 49)]


class Rival:
    """One of SciPy's solvers, at the tolerances that reach certain errors."""

    def __init__(self, make: Callable[[float, float], Solve], population: list[Member]):
        self._make, self._population = make, population
        self._errors: dict[float, float] = {}

    def run(self, tolerance: float) -> float:
        """Processor seconds per member; keeps the worst error."""
        begun = processor_seconds()
        found = [follow(member, self._make(tolerance, member.scale)) for member in self._population]
        seconds = (processor_seconds() - begun) / len(found)
        errors = (member.error(one) for member, one in zip(self._population, found, strict=True))
        self._errors[tolerance] = max(errors)
        return seconds

    def error(self, tolerance: float) -> float:
        if tolerance not in self._errors:
            self.run(tolerance)
        return self._errors[tolerance]

    def tolerance_for(self, error: float) -> float | None:
        """The largest that is good enough."""
        return next((it for it in TOLERANCES if self.error(it) <= error), None)


def ours(here: Setting, size: int) -> list[Row]:
    return timed(
        here, "linear", ["contour", "rosenbrock"],
        tolerances=[1e-3, 1e-4, 1e-5, 1e-6], members=size, rounds=1,
    )  # fmt: skip


def row(error: float, kind: str, name: str, tolerance: float, reached: float, theirs: float, it: Row) -> Row:
    return {
        "largest_error": error,
        "ours": kind,
        "our_error": it["worst_error"],
        "our_ms": 1e3 * it["seconds_per_member"],
        "rival": name,
        "rtol": tolerance,
        "rival_error": reached,
        "rival_ms": 1e3 * theirs,
        "ratio": theirs / it["seconds_per_member"],
    }


def main() -> None:
    here = setting(__doc__)
    print(machine())
    size, count, rounds = (64, 2, 1) if here.is_short else (here.members(4096), 8, 5)
    population = members(here, "linear", count, size)
    rivals = {name: Rival(make, population) for name, make in RIVALS.items()}
    contour_error = rivals["LSODA, banded"].error(TOLERANCES[-1])
    print(f"contours and LSODA at {TOLERANCES[-1]:.0e} differ by {contour_error:.1e}")

    wanted = CONTOUR_ERRORS[:1] + STEPPED_ERRORS[1:2] if here.is_short else CONTOUR_ERRORS + STEPPED_ERRORS
    chosen = {
        (name, error): tolerance
        for name, rival in rivals.items()
        for error in wanted
        if (tolerance := rival.tolerance_for(error)) is not None
    }
    theirs: dict[tuple[str, float], list[float]] = {key: [] for key in chosen}
    mine: list[list[Row]] = []
    for _ in range(rounds):
        mine.append(ours(here, size))
        for (name, error), tolerance in chosen.items():
            theirs[name, error].append(rivals[name].run(tolerance))
    medians = [
        {**same[0], "seconds_per_member": median(one["seconds_per_member"] for one in same)}
        for same in zip(*mine, strict=True)
    ]

    table = []
    for (name, error), tolerance in chosen.items():
        kind = "contour" if error in CONTOUR_ERRORS else "rosenbrock"
        reached = rivals[name].error(tolerance)
        # The engine's largest tolerance that is no worse than what was asked of the rival.
        best = [it for it in medians if it["method"] == kind and it["worst_error"] <= error]
        fastest = min(best, key=lambda it: float(it["seconds_per_member"]))
        if kind == "contour":
            fastest = {**fastest, "worst_error": contour_error}
        table.append(row(error, kind, name, tolerance, reached, median(theirs[name, error]), fastest))
    table.sort(key=lambda it: float(it["largest_error"]))
    show(table)
    write(here, "scipy_patch", table)


if __name__ == "__main__":
    main()
