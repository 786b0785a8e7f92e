"""The files of examples/cluster as a user runs them, and what has to come out."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from functools import cached_property
from pathlib import Path

from command import find_program

CLUSTER = Path(__file__).parents[2] / "examples" / "cluster"
PROGRAM = find_program()
#: Seconds: far more than any of them takes.
PATIENCE = 100


class Example:
    """A study, and the digest of its sweep where one process runs it all."""

    def __init__(self, study: Path, folder: Path) -> None:
        self.study = study
        self._folder = folder

    @cached_property
    def digest(self) -> str:
        whole = self._folder / "whole.h5"
        subprocess.run([PROGRAM, "sweep", "run", self.study, "-o", whole, "-q"], check=True)
        return digest_of(whole)


def digest_of(file: Path) -> str:
    answer = subprocess.run([PROGRAM, "digest", file], stdout=subprocess.PIPE, text=True, check=True)
    return answer.stdout.split()[0]


@contextmanager
def start(
    *words: str | Path, folder: Path, environment: dict[str, str] | None = None
) -> Iterator[subprocess.Popen[bytes]]:
    """A command in this folder, that finds the program and the Python that are tested. It ends with the
    block, and so does what it started."""
    path = [str(Path(PROGRAM).parent), str(Path(sys.executable).parent), os.environ["PATH"]]
    process = subprocess.Popen(
        [str(word) for word in words],
        cwd=folder,
        env=os.environ | {"PATH": os.pathsep.join(path)} | (environment or {}),
        stdin=subprocess.DEVNULL,
        start_new_session=True,
    )
    try:
        yield process
    finally:
        if process.poll() is None:
            os.killpg(process.pid, signal.SIGKILL)
            process.wait()
