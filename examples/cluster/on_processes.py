"""A sweep on a pool of processes of this machine.

python on_processes.py people.toml people.h5

One machine needs no pool, since `poultice sweep run people.toml` uses all processors; a program that has a
pool already can use it like this."""

import sys
from concurrent.futures import ProcessPoolExecutor

import poultice as pt


def main(study: str, out: str) -> None:
    plan = pt.plan(study, shards=8)
    with ProcessPoolExecutor(2) as executor:
        print(pt.sweep(plan, out, executor=executor, resume=True))


if __name__ == "__main__":
    main(*sys.argv[1:])
