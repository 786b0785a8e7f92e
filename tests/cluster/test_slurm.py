"""A sweep as an array of a real Slurm, of which one task is killed and one is sent away to make room."""

from __future__ import annotations

import os
import signal
from pathlib import Path

from example import CLUSTER, PATIENCE, Example, digest_of, start
from processes import cpu_seconds, has_signal, processes, read, wait_for
from slurm import Slurm

KILLED, PREEMPTED = 2, 5


def busy_engine(sweep: Path, shard: int) -> int:
    """The process that runs this shard, once it is at its members."""

    def look() -> int | None:
        for process in processes():
            words = read(process, "cmdline").split("\0")
            if f"--shard {shard} " in " ".join(words) and words[1:4] == ["sweep", "run", str(sweep)]:
                return process
        return None

    engine = wait_for(f"shard {shard}", look)
    wait_for("its handlers", lambda: has_signal(engine, "SigCgt", signal.SIGUSR1))
    begun = cpu_seconds(engine)
    wait_for("its first members", lambda: cpu_seconds(engine) > begun + 0.1)
    return engine


def job_of(engine: int) -> str:
    words = read(engine, "environ").split("\0")
    return next(word.partition("=")[2] for word in words if word.startswith("SLURM_JOB_ID="))


def preempt(slurm: Slurm, engine: int) -> None:
    """Signals the script as Slurm does before it takes the machine away. The engine stands still meanwhile,
    so that it cannot be done before it hears of it."""
    os.kill(engine, signal.SIGSTOP)
    # Slurm 22.05 delivers it, but tells scancel to try again while other tasks of the array wait.
    words = ("scancel", "--signal=USR1", "--batch", job_of(engine))
    try:
        with start(*words, folder=Path("/"), environment=slurm.environment):
            wait_for("the signal", lambda: has_signal(engine, "ShdPnd", signal.SIGUSR1))
    finally:
        os.kill(engine, signal.SIGCONT)


def test_an_array_that_is_disturbed_gives_the_same_numbers(
    slurm: Slurm, slow_people: Example, tmp_path: Path
) -> None:
    expected = slow_people.digest
    folder = tmp_path / "90 % of a sweep"  # signs that mean something to Slurm and to shells
    folder.mkdir()
    words = ("bash", CLUSTER / "on_slurm.sh", slow_people.study, "big")
    with start(*words, folder=folder, environment=slurm.environment) as script:
        killed = busy_engine(folder / "big", KILLED)
        killed_job = job_of(killed)
        os.kill(killed, signal.SIGKILL)
        preempted = busy_engine(folder / "big", PREEMPTED)
        preempted_job = job_of(preempted)
        preempt(slurm, preempted)
        assert script.wait(PATIENCE) == 0

    failed = slurm.answer("scontrol", "show", "job", killed_job)
    assert "JobState=FAILED" in failed
    assert "ExitCode=137:0" in failed
    requeued = slurm.answer("scontrol", "show", "job", preempted_job)
    assert "JobState=COMPLETED" in requeued
    assert "Restarts=1" in requeued
    pieces = {
        shard: [path.name for path in sorted((folder / "big/shards").glob(f"{shard:04d}-*.h5"))]
        for shard in range(8)
    }
    assert len(pieces[PREEMPTED]) == 2, pieces
    assert all(len(of_shard) == 1 for shard, of_shard in pieces.items() if shard != PREEMPTED), pieces
    assert digest_of(folder / "big.h5") == expected
