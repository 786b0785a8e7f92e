"""SIGKILL at any time during a sweep: what was committed stays whole, and nothing of the result is lost."""

from __future__ import annotations

import os
import random
import signal
import subprocess
import time
from pathlib import Path

import h5py

from command import DONE, SMALL, Command

KILLS = int(os.environ.get("POULTICE_KILLS", "12"))  # 50 before a release
SLOW = ("--set", "solver.integrator=cvode", "--width", "4")
STUDY = (
    SMALL
    + f"""
[sweep]
curves = ["released"]
[sweep.axes]
"patch.area" = {{ from = "5 cm^2", to = "40 cm^2", count = {20 * KILLS} }}
"patch.content" = ["2 mg", "4 mg", "6 mg"]
"""
)


def committed(folder: Path) -> dict[str, bytes]:
    """Every committed piece, which must be whole: name and bytes."""
    found = {}
    for path in sorted((folder / "shards").glob("*.h5")):
        with h5py.File(path) as file:
            n = file["run"].shape[0]
            assert n > 0
            assert file["released"][()].shape[0] == n
            assert (file["status"][()] == 0).all()
        found[path.name] = path.read_bytes()
    return found


def test_kills_lose_nothing_that_was_committed(tmp_path: Path) -> None:
    (tmp_path / "study.toml").write_text(STUDY, encoding="utf-8")
    poultice = Command(tmp_path)
    for name in ("whole", "torn"):
        planned = poultice("sweep", "plan", "study.toml", "-o", name, *SLOW, "--shards", "5")
        assert planned.returncode == DONE, planned.stderr
    begun = time.monotonic()
    assert poultice("sweep", "run", "whole", "--commit-every", "0 s").returncode == DONE
    lasts = time.monotonic() - begun

    chance = random.Random(4)
    killed, before = 0, committed(tmp_path / "torn")
    for _ in range(KILLS):
        command = [poultice.program, "sweep", "run", "torn", "--resume", "--commit-every", "0 s", "-q"]
        process = subprocess.Popen(command, cwd=tmp_path)
        time.sleep(lasts / KILLS * chance.uniform(0.3, 1.3))
        process.send_signal(signal.SIGKILL)
        killed += process.wait() == -signal.SIGKILL
        after = committed(tmp_path / "torn")
        assert {name: after.get(name) for name in before} == before
        before = after
    assert killed >= KILLS // 2
    assert before, "no kill came late enough to find anything committed"

    assert poultice("sweep", "run", "torn", "--resume").returncode == DONE
    digests = set()
    for name in ("whole", "torn"):
        assert poultice("sweep", "merge", name).returncode == DONE
        digests.add(poultice("digest", f"{name}.h5").stdout.split()[0])
    assert len(digests) == 1
    assert all(path.suffix == ".h5" for path in (tmp_path / "torn" / "shards").iterdir())
