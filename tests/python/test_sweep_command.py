"""`poultice sweep` as a user meets it: plan, run, status, merge, signals, exit codes."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import time
from pathlib import Path

import pytest
import xarray as xr

from command import BAD_INPUT, DONE, INTERRUPTED, SMALL, Command

SOME_FAILED, RESUMABLE = 3, 75

SWEEP = """
[sweep]
curves = ["released"]
every = "1 h"
[sweep.axes]
"patch.area" = { from = "5 cm^2", to = "40 cm^2", count = 12 }
"patch.content" = ["2 mg", "4 mg", "6 mg"]
"""


#: Members that take a millisecond or so each, one by one: time enough for a signal to come between.
SLOW = ("--set", "solver.integrator=cvode", "--width", "1")


@pytest.fixture
def poultice(tmp_path: Path) -> Command:
    (tmp_path / "study.toml").write_text(SMALL + SWEEP, encoding="utf-8")
    return Command(tmp_path)


def digest(poultice: Command, name: str) -> str:
    answer = poultice("digest", name)
    assert answer.returncode == DONE, answer.stderr
    return answer.stdout.split()[0]


def plan(poultice: Command, *words: str) -> None:
    answer = poultice("sweep", "plan", "study.toml", "-o", "big", *words)
    assert answer.returncode == DONE, answer.stderr


def pieces(poultice: Command) -> set[str]:
    return {path.name for path in (poultice.folder / "big" / "shards").glob("*.h5")}


def start(poultice: Command, *words: str) -> subprocess.Popen[bytes]:
    """The program at work, with its signal handlers in place."""
    command = [poultice.program, *words]
    process = subprocess.Popen(command, cwd=poultice.folder, env=poultice.environment)
    usr1 = 1 << (signal.SIGUSR1 - 1)
    while process.poll() is None:
        status = Path(f"/proc/{process.pid}/status").read_text(encoding="ascii")
        caught = next(line for line in status.splitlines() if line.startswith("SigCgt"))
        if int(caught.split()[1], 16) & usr1:
            break
        time.sleep(0.005)
    return process


def test_a_study_is_run_in_one_go(poultice: Command) -> None:
    ran = poultice("sweep", "run", "study.toml")
    assert (ran.returncode, ran.stderr) == (DONE, "")
    assert poultice.files() == {"study.toml", "study.h5"}
    for words in ("36 run", "wall time", "study.h5", "next: poultice plot study.h5"):
        assert words in ran.stdout
    data = xr.load_dataset(poultice.folder / "study.h5", engine="h5netcdf")
    assert data.released.dims == ("run", "time")
    assert dict(data.sizes) == {"run": 36, "time": 11}
    assert {"patch.area", "patch.content", "status"} <= set(data.coords)
    assert (data.status == 0).all()
    one = poultice("run", "study.toml", "-o", "one.h5")
    assert "poultice sweep run" in one.stdout + one.stderr


def test_a_member_is_the_run_of_its_scenario(poultice: Command) -> None:
    (poultice.folder / "small.toml").write_text(SMALL, encoding="utf-8")
    poultice("sweep", "run", "study.toml")
    settings = ("--set", "patch.area=40 cm^2", "--set", "patch.content=6 mg")
    poultice("run", "small.toml", *settings, "-o", "one.h5")
    data = xr.load_dataset(poultice.folder / "study.h5", engine="h5netcdf").isel(run=-1)
    one = xr.load_dataset(poultice.folder / "one.h5", engine="h5netcdf")
    assert data["patch.area"] == pytest.approx(4e-3)
    released = one.released.sel(time=data.time)
    assert data.released.values == pytest.approx(released.values, rel=1e-4, abs=1e-5 * float(released.max()))


def test_parts_are_planned_run_looked_at_and_merged(poultice: Command) -> None:
    planned = poultice("sweep", "plan", "study.toml", "-o", "big", "--shards", "3", "--width", "8")
    assert planned.returncode == DONE
    for words in (
        "36",
        "patch.area, patch.content",
        "of one processor",
        "a file of",
        "next: poultice sweep run big",
    ):
        assert words in planned.stdout
    assert (
        poultice("sweep", "plan", "study.toml", "-o", "big").returncode == BAD_INPUT
    )  # plans are never changed

    assert poultice("sweep", "run", "big", "--shard", "1").returncode == DONE
    status = json.loads(poultice("sweep", "status", "big", "--json").stdout)
    assert (status["members"], status["failed"]) == (36, 0)
    assert (status["shards_done"], status["shards_missing"]) == ([1], [0, 2])
    assert status["missing"] == 36 - status["ok"] > 0

    refused = poultice("sweep", "merge", "big", "-o", "big.h5")
    assert refused.returncode == BAD_INPUT
    assert "2 of 3 shards: 0, 2" in refused.stderr
    again = poultice("sweep", "run", "big", "--shard", "1")
    assert again.returncode == BAD_INPUT
    assert "--resume" in again.stderr

    assert poultice("sweep", "run", "big", "--resume").returncode == DONE
    assert "36 of 36 ok" in poultice("sweep", "status", "big").stdout
    assert poultice("sweep", "merge", "big", "-o", "big.h5").returncode == DONE
    poultice("sweep", "run", "study.toml", "--width", "8", "-o", "whole.h5")
    assert digest(poultice, "big.h5") == digest(poultice, "whole.h5")


def test_a_part_of_a_sweep_may_be_merged(poultice: Command) -> None:
    plan(poultice, "--width", "8")
    assert "8 run" in poultice("sweep", "run", "big", "--limit", "5").stdout
    assert poultice("sweep", "merge", "big", "-o", "part.h5", "--partial").returncode == DONE
    data = xr.load_dataset(poultice.folder / "part.h5", engine="h5netcdf")
    assert int((data.status == 0).sum()) == 8
    assert data.released.isnull().any("time").sum() == 28


def test_failed_members_are_told_apart(poultice: Command) -> None:
    study = SMALL + SWEEP.replace(
        '"patch.content" = ["2 mg", "4 mg", "6 mg"]', '"solver.max_steps" = [3, 100000]'
    )
    (poultice.folder / "study.toml").write_text(study, encoding="utf-8")
    plan(poultice, "--set", "solver.integrator=cvode")
    ran = poultice("sweep", "run", "big", "--threads", "2")
    assert ran.returncode == SOME_FAILED
    assert "24 run, 12 of them failed" in ran.stdout
    status = json.loads(poultice("sweep", "status", "big", "--json").stdout)
    assert status["failed"] == 12
    assert sum(cause["members"] for cause in status["causes"]) == 12
    assert poultice("sweep", "merge", "big").returncode == SOME_FAILED
    data = xr.load_dataset(poultice.folder / "big.h5", engine="h5netcdf")
    few = data["solver.max_steps"] == 3
    assert (data.status[few] == 1).all()
    assert (data.status[~few] == 0).all()
    assert data.released[few].isnull().all()
    assert data.released[~few].notnull().all()
    assert list(data.failed.values) == list(data.run[few].values)


def test_usr1_commits_a_shorter_piece_and_resume_completes(poultice: Command) -> None:
    grid = SMALL + SWEEP.replace("count = 12", "count = 400")
    (poultice.folder / "study.toml").write_text(grid, encoding="utf-8")
    plan(poultice, "--shards", "1", *SLOW)
    process = start(poultice, "sweep", "run", "big", "--threads", "1", "-q")
    time.sleep(0.2)
    process.send_signal(signal.SIGUSR1)
    process.send_signal(signal.SIGUSR1)
    assert process.wait(timeout=60) == RESUMABLE
    status = json.loads(poultice("sweep", "status", "big", "--json").stdout)
    assert status["shards_begun"] == [0]
    assert 0 < status["ok"] < 1200
    assert pieces(poultice) == {"0000-00000.h5"}
    assert poultice("sweep", "run", "big", "--shard", "0", "--resume").returncode == DONE
    assert len(pieces(poultice)) == 2
    poultice("sweep", "merge", "big")
    poultice("sweep", "run", "study.toml", "-o", "whole.h5", *SLOW)
    assert digest(poultice, "big.h5") == digest(poultice, "whole.h5")


@pytest.mark.parametrize(("sent", "expected"), [(signal.SIGINT, INTERRUPTED), (signal.SIGTERM, RESUMABLE)])
def test_a_study_that_is_stopped_goes_on(poultice: Command, sent: signal.Signals, expected: int) -> None:
    grid = SMALL + SWEEP.replace("count = 12", "count = 400")
    (poultice.folder / "study.toml").write_text(grid, encoding="utf-8")
    process = start(poultice, "sweep", "run", "study.toml", "-q", *SLOW)
    time.sleep(0.1)
    process.send_signal(sent)
    assert process.wait(timeout=60) == expected
    assert poultice.files() == {"study.toml", "study.sweep"}
    again = poultice("sweep", "run", "study.toml", *SLOW)
    assert again.returncode == BAD_INPUT
    assert "--resume" in again.stderr
    other = poultice("sweep", "run", "study.toml", "--resume", "--set", "patch.thickness=60 um")
    assert other.returncode == BAD_INPUT
    assert "another one" in other.stderr
    assert poultice("sweep", "run", "study.toml", "--resume", *SLOW).returncode == DONE
    assert poultice.files() == {"study.toml", "study.h5"}


def test_pieces_of_another_plan_are_refused(poultice: Command) -> None:
    plan(poultice)
    poultice("sweep", "run", "big")
    poultice("sweep", "plan", "study.toml", "-o", "other", "--set", "patch.thickness=60 um")
    (poultice.folder / "big/shards/0000-00000.h5").rename(poultice.folder / "other/shards/0000-00000.h5")
    for words in (("run", "other", "--resume"), ("status", "other"), ("merge", "other")):
        answer = poultice("sweep", *words)
        assert answer.returncode == BAD_INPUT
        assert "another plan" in answer.stderr


@pytest.mark.parametrize(
    ("words", "complaint"),
    [
        (["sweep"], "a command is missing: plan, run, status, merge, slurm"),
        (["sweep", "pln"], "did you mean plan?"),
        (["sweep", "run"], "FOLDER|STUDY.toml is missing"),
        (["sweep", "run", "study.toml", "--shrd", "1"], "did you mean --shard?"),
        (["sweep", "run", "study.toml", "--max-wall", "5 m"], "--max-wall"),
        (["sweep", "run", "big", "--shard", "9"], "0 to 0"),
        (["sweep", "run", "big", "-o", "x.h5"], "poultice sweep merge big -o x.h5"),
        (["sweep", "run", "big", "--set", "patch.area=1 cm^2"], "a plan is never changed"),
        (["sweep", "run", "big", "--force"], "a plan is never changed"),
        (["sweep", "run", "study.toml", "--shard", "0"], "poultice sweep plan"),
        (["sweep", "status", "nowhere"], "no such file"),
        (["sweep", "slurm", "nowhere"], "no such file"),
    ],
)
def test_mistakes_are_named(poultice: Command, words: list[str], complaint: str) -> None:
    plan(poultice)
    answer = poultice(*words)
    assert answer.returncode == BAD_INPUT
    assert complaint in answer.stderr


def test_what_members_take_need_not_be_drawn_for_a_grid(poultice: Command) -> None:
    """No Python is on the way: the program finds none of it."""
    poultice.environment = {"PATH": str(poultice.folder), "HOME": str(poultice.folder)}
    assert poultice("sweep", "run", "study.toml").returncode == DONE


def run_script(poultice: Command, script: Path, task: int) -> subprocess.Popen[bytes]:
    tools = poultice.folder / "tools"
    tools.mkdir(exist_ok=True)
    (tools / "scontrol").write_text(f'#!/bin/sh\necho "$@" >>{tools}/requeued\n', encoding="ascii")
    (tools / "scontrol").chmod(0o755)
    link = tools / "poultice"
    if not link.exists():
        link.symlink_to(poultice.program)
    environment = {
        "PATH": f"{tools}{os.pathsep}/usr/bin:/bin",
        "SLURM_ARRAY_TASK_ID": str(task),
        "SLURM_ARRAY_JOB_ID": "77",
        "SLURM_CPUS_PER_TASK": "1",
    }
    return subprocess.Popen(["bash", str(script)], cwd="/", env=environment)


def test_the_script_for_slurm_runs_a_shard_and_asks_for_more_time(poultice: Command) -> None:
    grid = SMALL + SWEEP.replace("count = 12", "count = 400")
    (poultice.folder / "study.toml").write_text(grid, encoding="utf-8")
    plan(poultice, "--shards", "2", *SLOW)
    words = ("--time", "00:20:00", "--account", "phys", "--partition", "short", "--at-once", "64")
    named = poultice("sweep", "slurm", "big", *words)
    assert named.stdout == "big/job.sbatch\n"
    script = poultice.folder / "big" / "job.sbatch"
    text = script.read_text(encoding="utf-8")
    for line in (
        "--array=0-1%64",
        "--time=00:20:00",
        "--account=phys",
        "--partition=short",
        "--signal=B:USR1@120",
    ):
        assert f"#SBATCH {line}" in text

    assert run_script(poultice, script, 1).wait(timeout=60) == DONE
    process = run_script(poultice, script, 0)
    time.sleep(0.4)
    process.send_signal(signal.SIGUSR1)
    assert process.wait(timeout=60) == RESUMABLE
    assert (poultice.folder / "tools/requeued").read_text(encoding="ascii") == "requeue 77_0\n"
    missing = poultice("sweep", "slurm", "big", "--missing")
    assert missing.returncode == DONE
    assert "#SBATCH --array=0\n" in script.read_text(encoding="utf-8")
    assert run_script(poultice, script, 0).wait(timeout=60) == DONE
    assert poultice("sweep", "slurm", "big", "--missing").returncode == BAD_INPUT
    assert poultice("sweep", "merge", "big").returncode == DONE
