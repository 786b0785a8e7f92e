"""What do the files of a sweep cost, beside a plain write of the same bytes and beside running it?

    python benchmarks/writing.py

10,000 members, 20 headlines, three curves of 241 points: `benchmark_cases writing`, in one process, by turns;
medians of the clock on the wall, and of the processor for what compressing adds to the run. The files lie
where temporary files do: set TMPDIR to measure another disk."""

from __future__ import annotations

import tempfile

from measured import cases, machine, rows_of, setting, show, write


def main() -> None:
    here = setting(__doc__)
    print(machine())
    size, rounds = (200, 1) if here.is_short else (10_000, 9)
    with tempfile.TemporaryDirectory() as folder:
        told = rows_of(cases(here, "writing", folder, "--members", size, "--rounds", rounds))[0]
    added = told["merge_compressed_processor"] - told["merge_processor"]
    told |= {
        "pieces_over_plain": told["pieces"] / told["plain"],
        "merge_over_plain": told["merge"] / told["plain"],
        "compressing_over_run": added / told["run_processor"],
    }
    show([{"what": key, "value": value} for key, value in told.items()])
    write(here, "writing", [told])


if __name__ == "__main__":
    main()
