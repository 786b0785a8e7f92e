"""The loader takes the library of the best level of processors that the machine has.

Machines without a level cannot show that it is chosen; the tests of that level say so and are skipped.
"""

from __future__ import annotations

import re
import subprocess
from pathlib import Path

import pytest

from command import Command

V4 = {"avx512f", "avx512bw", "avx512cd", "avx512dq", "avx512vl"}
V3 = {"avx", "avx2", "bmi1", "bmi2", "f16c", "fma", "abm", "movbe"}
NAMES = {1: "x86-64 (baseline)", 3: "x86-64-v3 (AVX2)", 4: "x86-64-v4 (AVX-512)"}


@pytest.fixture
def poultice(tmp_path: Path) -> Command:
    return Command(tmp_path)


def level_of_machine() -> int:
    flags = set(re.findall(r"^flags\s*:(.*)$", Path("/proc/cpuinfo").read_text(), re.MULTILINE)[0].split())
    if not flags >= V3:
        return 1
    return 4 if flags >= V4 else 3


def library_of(program: str) -> Path:
    """The library that the program loads, as the loader itself says."""
    listed = subprocess.run(["ldd", program], capture_output=True, text=True, check=True).stdout
    return Path(re.findall(r"libpoultice\.so\S* => (\S+)", listed)[0])


def levels_beside(program: str) -> list[int]:
    """The levels that this Poultice was built for, beyond the baseline."""
    library = library_of(program)
    folder = (
        library.parent.parent if library.parent.name.startswith("x86-64") else library.parent / "glibc-hwcaps"
    )
    return sorted(int(path.name[-1]) for path in folder.glob("x86-64-v*"))


def lane_loops(poultice: Command) -> str:
    done = poultice("version")
    assert done.returncode == 0, done.stderr
    return re.findall(r"^ *lane loops\s+(.*\S)", done.stdout, re.MULTILINE)[0]


@pytest.mark.parametrize(
    ("mask", "highest"),
    [("", 4), ("-AVX512F", 3), ("-AVX2,-AVX512F", 1)],
    ids=["best", "without 512", "baseline"],
)
def test_the_loader_takes_the_best_level(poultice: Command, mask: str, highest: int) -> None:
    built = levels_beside(poultice.program)
    if not built:
        pytest.skip("this Poultice was built for one level of processors only")
    machine = level_of_machine()
    if highest > machine:
        pytest.skip(f"this machine has no x86-64-v{highest}")
    if mask:
        poultice.environment["GLIBC_TUNABLES"] = f"glibc.cpu.hwcaps={mask}"
    expected = max([level for level in built if level <= highest], default=1)
    assert lane_loops(poultice) == NAMES[expected]
