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
diffusivity = {{ from = "5e-12 cm^2/s", to = "5e-11 cm^2/s", count = {a}, spacing = "log" }}
partition_coefficient = {{ from = 20.0, to = 200.0, count = {b}, spacing = "log" }}
thickness = {{ from = "10 um", to = "20 um", count = {c}, spacing = "log" }}
"""


def largest_divisor(n: int, most: int) -> int:
    return next(it for it in range(most, 0, -1) if n % it == 0)


def counts(n_members: int) -> tuple[int, int, int]:
    """Three factors, about as even as may be."""
    a = largest_divisor(n_members, max(round(n_members ** (1 / 3)), 1))
    rest = n_members // a
    b = largest_divisor(rest, int(rest**0.5))
    return rest // b, b, a


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
        study.write_text(STUDY.format(integrator=integrator, curves=keys, a=a, b=b, c=c), encoding="utf-8")
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
