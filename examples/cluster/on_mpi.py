"""A sweep as one job of MPI. The first process plans and merges, the others run shards:

mpiexec -n 3 python -m mpi4py.futures on_mpi.py people.toml people.h5

MPI ends all processes when one is lost. What they had committed stays, and the same command goes on."""

import sys

from mpi4py.futures import MPIPoolExecutor

import poultice as pt


def main(study: str, out: str) -> None:
    plan = pt.plan(study, shards=8)
    with MPIPoolExecutor() as executor:
        print(pt.sweep(plan, out, executor=executor, resume=True))


if __name__ == "__main__":
    main(*sys.argv[1:])
