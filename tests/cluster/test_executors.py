"""A sweep on executors that other packages bring, and on a tool that knows commands only."""

from __future__ import annotations

import os
import signal
import sys
from pathlib import Path

from example import CLUSTER, PATIENCE, Example, digest_of, start
from processes import descendants, read, wait_for


def test_dask_loses_a_worker(slow_people: Example, tmp_path: Path) -> None:
    expected = slow_people.digest
    words = (sys.executable, CLUSTER / "on_dask.py", slow_people.study, "people.h5")
    with start(*words, folder=tmp_path) as script:
        shards = tmp_path / "people.sweep" / "shards"
        wait_for("a shard that is done", lambda: any(shards.glob("*.h5")))
        # Only a worker that was given a shard has loaded the engine.
        workers = [it for it in descendants(script.pid) if "libpoultice" in read(it, "maps")]
        assert len(workers) == 2
        os.kill(workers[0], signal.SIGKILL)
        assert len(list(shards.glob("*.h5"))) < 8, "the sweep was done before a worker could be lost"
        assert script.wait(PATIENCE) == 0
    assert digest_of(tmp_path / "people.h5") == expected


def test_mpi(people: Example, tmp_path: Path) -> None:
    mpi = ("mpiexec", "-n", "3", "--oversubscribe", sys.executable, "-m", "mpi4py.futures")
    as_root = {"OMPI_ALLOW_RUN_AS_ROOT": "1", "OMPI_ALLOW_RUN_AS_ROOT_CONFIRM": "1"}
    words = (*mpi, CLUSTER / "on_mpi.py", people.study, "people.h5")
    with start(*words, folder=tmp_path, environment=as_root) as script:
        assert script.wait(PATIENCE) == 0
    assert digest_of(tmp_path / "people.h5") == people.digest


def test_processes(people: Example, tmp_path: Path) -> None:
    words = (sys.executable, CLUSTER / "on_processes.py", people.study, "people.h5")
    with start(*words, folder=tmp_path) as script:
        assert script.wait(PATIENCE) == 0
    assert digest_of(tmp_path / "people.h5") == people.digest


def test_gnu_parallel(people: Example, tmp_path: Path) -> None:
    with start("bash", CLUSTER / "on_gnu_parallel.sh", people.study, "people", folder=tmp_path) as script:
        assert script.wait(PATIENCE) == 0
    assert digest_of(tmp_path / "people.h5") == people.digest
