"""A Slurm of one node, on this machine, that lives as long as the tests: daemons in the foreground, and
everything that they read and write in one folder."""

from __future__ import annotations

import getpass
import os
import secrets
import shutil
import socket
import subprocess
import time
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from functools import partial
from pathlib import Path

import pytest

from processes import wait_for

# proctrack/linuxproc and task/none leave cgroups alone. More processors are named than there may be, so that
# all tasks of an array of eight run at a time. A requeued task waits until its old credential has run out: by
# default two minutes, at the least five seconds.
CONFIGURATION = """
ClusterName=poultice
SlurmctldHost=localhost(127.0.0.1)
SlurmctldPort={controller_port}
SlurmdPort={node_port}
SlurmUser={user}
SlurmdUser={user}
AuthType=auth/munge
AuthInfo=socket={folder}/munge.socket,cred_expire=5
StateSaveLocation={folder}/state
SlurmdSpoolDir={folder}/spool
SlurmctldPidFile={folder}/slurmctld.pid
SlurmdPidFile={folder}/slurmd.pid
ProctrackType=proctrack/linuxproc
TaskPlugin=task/none
MpiDefault=none
SelectType=select/cons_tres
SelectTypeParameters=CR_Core
SchedulerParameters=sched_min_interval=0,sched_interval=1,bf_interval=1
SlurmdParameters=config_overrides
ReturnToService=2
NodeName=localhost NodeAddr=127.0.0.1 CPUs=8 State=UNKNOWN
PartitionName=test Nodes=localhost Default=YES MaxTime=INFINITE State=UP
"""
# Debian's slurmd wants to know a kind of cgroups, though nothing here uses any. This one asks for no systemd.
CGROUPS = "CgroupPlugin=cgroup/v1\n"


class Slurm:
    def __init__(self, folder: Path) -> None:
        self.environment = {"SLURM_CONF": str(folder / "slurm.conf")}

    def answer(self, *words: str) -> str:
        """What a command of Slurm says."""
        environment = os.environ | self.environment
        asked = subprocess.run(
            words, env=environment, capture_output=True, text=True, timeout=20, check=False
        )
        return asked.stdout + asked.stderr


@contextmanager
def start_slurm(folder: Path) -> Iterator[Slurm]:
    path = os.pathsep.join([os.environ["PATH"], "/usr/sbin", "/sbin"])
    programs = {name: shutil.which(name, path=path) for name in ("munged", "slurmctld", "slurmd", "sbatch")}
    absent = [name for name, found in programs.items() if not found]
    if absent:
        pytest.fail(f"no {', '.join(absent)} here (Debian: apt install munge slurmctld slurmd slurm-client)")
    _configure(folder)
    commands = {
        "munged": [
            *("--foreground", "--force", "--num-threads=10"),
            *(f"--{name}-file={folder}/munge.{name}" for name in ("key", "pid", "seed", "log")),
            f"--socket={folder}/munge.socket",
        ],
        "slurmctld": ["-D", "-f", f"{folder}/slurm.conf"],
        "slurmd": ["-D", "-f", f"{folder}/slurm.conf", "-N", "localhost"],
    }
    slurm = Slurm(folder)
    with ExitStack() as running:
        for name, words in commands.items():
            command = [str(programs[name]), *words]
            daemon = running.enter_context(_daemon(command, folder / f"{name}.out", slurm.environment))
            if name == "munged":
                wait_for("munged", partial(_has_begun, daemon, folder / "munge.socket"))
        _wait_until_idle(slurm, folder)
        yield slurm
        slurm.answer("scancel", "--signal=KILL", "--full", "--partition=test")  # what a failed test left


def _has_begun(munged: subprocess.Popen[bytes], answers_at: Path) -> bool:
    """Or has ended, which shows when Slurm misses it."""
    return answers_at.exists() or munged.poll() is not None


def _configure(folder: Path) -> None:
    for name in ("state", "spool"):
        (folder / name).mkdir()
    with socket.socket() as one, socket.socket() as other:
        one.bind(("127.0.0.1", 0))
        other.bind(("127.0.0.1", 0))
        ports = {"controller_port": one.getsockname()[1], "node_port": other.getsockname()[1]}
    text = CONFIGURATION.format(folder=folder, user=getpass.getuser(), **ports)
    (folder / "slurm.conf").write_text(text, encoding="utf-8")
    (folder / "cgroup.conf").write_text(CGROUPS, encoding="utf-8")
    key = folder / "munge.key"
    key.write_bytes(secrets.token_bytes(128))
    key.chmod(0o400)


@contextmanager
def _daemon(command: list[str], log: Path, environment: dict[str, str]) -> Iterator[subprocess.Popen[bytes]]:
    """Ends with the block, and with these tests even where they are killed."""
    with log.open("wb") as out:
        process = subprocess.Popen(
            ["setpriv", "--pdeathsig", "TERM", *command],
            env=os.environ | environment,
            stdin=subprocess.DEVNULL,
            stdout=out,
            stderr=subprocess.STDOUT,
        )
    try:
        yield process
    finally:
        process.terminate()
        try:
            process.wait(timeout=20)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()


def _wait_until_idle(slurm: Slurm, folder: Path) -> None:
    until = time.monotonic() + 20
    said = ""
    while time.monotonic() < until:
        said = slurm.answer("sinfo", "--noheader", "--format=%t")
        if said.strip() == "idle":
            return
        time.sleep(0.2)
    logs = [f"{path.name}:\n{path.read_text(errors='replace')[-2000:]}" for path in folder.glob("*.out")]
    pytest.fail("\n".join(["Slurm cannot be started here. sinfo says:", said, *logs]))
