"""A sweep on Dask: two workers on this machine, in whose place a cluster may stand, such as `SLURMCluster` of
dask-jobqueue, or the address of a scheduler that runs: `Client("tcp://node7:8786")`.

python on_dask.py people.toml people.h5

A worker may be lost on the way: Dask runs its shard again elsewhere, and what it had committed counts."""

import sys

from dask.distributed import Client, LocalCluster

import poultice as pt


def main(study: str, out: str) -> None:
    plan = pt.plan(study, shards=8)
    with LocalCluster(n_workers=2, threads_per_worker=1) as cluster, Client(cluster) as client:
        print(pt.sweep(plan, out, executor=client.get_executor(), resume=True))


if __name__ == "__main__":
    main(*sys.argv[1:])
