"""Sweeps of any size, planned and run by the program as a user would."""

from __future__ import annotations

import shutil
from pathlib import Path

from measured import Setting, Used, run

#: Three axes, so that planning needs neither Python nor a table that is read whole.
STUDY = """
title = "benchmark of sweeps"
therapy = "transdermal"
duration = "120 h"
drug.use = "fentanyl"
skin.site = "chest"
patch.use = "fentanyl_matrix_25"
skin.stratum_corneum.cells = 40
skin.viable_epidermis.cells = 20
skin.dermis.cells = 40
patch.cells = 40
output.every = "30 min"
solver.integrator = "{integrator}"
schedule = [{{ at = "0 h", apply = "patch" }}, {{ at = "72 h", remove = "patch" }}]
[sweep]
{curves}
[sweep.axes.skin.stratum_corneum]
diffusivity = {a}
partition_coefficient = {b}
thickness = {c}
"""


def largest_divisor(n: int, most: int) -> int:
    return next(it for it in range(most, 0, -1) if n % it == 0)


def counts(n_members: int) -> tuple[int, int, int]:
    """Three factors, about as even as may be."""
    a = largest_divisor(n_members, max(round(n_members ** (1 / 3)), 1))
    rest = n_members // a
    b = largest_divisor(rest, int(rest**0.5))
    return rest // b, b, a


def axis(first: str, last: str, count: int) -> str:
    """A range is of two values at least."""
    if count == 1:
        return f"[{first}]"
    return f'{{ from = {first}, to = {last}, count = {count}, spacing = "log" }}'


class Sweep:
    """A plan in a folder of its own."""

    def __init__(
        self,
        here: Setting,
        folder: Path,
        n_members: int,
        *,
        integrator: str = "automatic",
        curves: str = "",
        every: str = "",
        width: int = 32,
    ) -> None:
        self._here, self.folder = here, folder
        a, b, c = counts(n_members)
        keys = (f"curves = [{curves}]\n" if curves else "") + (f'every = "{every}"\n' if every else "")
        study = folder.parent / f"{folder.name}.toml"
        axes = {
            "a": axis('"5e-12 cm^2/s"', '"5e-11 cm^2/s"', a),
            "b": axis("20.0", "200.0", b),
            "c": axis('"10 um"', '"20 um"', c),
        }
        study.write_text(STUDY.format(integrator=integrator, curves=keys, **axes), encoding="utf-8")
        words = ["sweep", "plan", study, "-o", folder, "--width", width, "--shards", 1]
        self.planning = run([here.poultice, *words], folder.parent)

    def run(self, threads: int = 1) -> Used:
        """From the beginning; what an earlier run left is removed first."""
        shutil.rmtree(self.folder / "shards", ignore_errors=True)
        words = ["sweep", "run", self.folder, "--threads", threads, "-q"]
        return run([self._here.poultice, *words], self.folder)

    def merge(self) -> Used:
        out = self.folder.parent / f"{self.folder.name}.h5"
        used = run([self._here.poultice, "sweep", "merge", self.folder, "-f", "-o", out], self.folder)
        out.unlink()
        return used

    def remove(self) -> None:
        shutil.rmtree(self.folder)
