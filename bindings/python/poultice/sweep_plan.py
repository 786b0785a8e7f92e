"""What a sweep is before it is run."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING, TypeAlias

from poultice import _core

if TYPE_CHECKING:
    import pandas as pd

File: TypeAlias = "str | os.PathLike[str]"


class Plan:
    """A sweep, decided down to which member runs beside which: the same plan gives the same numbers, wherever
    and in whatever parts it is run."""

    def __init__(self, raw: _core.Plan, study: _core.Study) -> None:
        self._raw = raw
        self._study = study

    @property
    def title(self) -> str:
        return self._raw.title

    @property
    def n_members(self) -> int:
        return self._raw.n_members

    @property
    def n_blocks(self) -> int:
        """Members of a block are simulated side by side."""
        return self._raw.n_blocks

    @property
    def n_shards(self) -> int:
        """Parts that may be run by themselves."""
        return self._raw.n_shards

    @property
    def hash(self) -> str:
        """SHA-256 of all that decides a number."""
        return self._raw.hash

    def expected(self) -> tuple[float, float]:
        """Seconds of one processor, and bytes of the file, by one block that is run now."""
        return self._raw.try_out()

    def to_dataframe(self) -> pd.DataFrame:
        """The members: a row for each, a column for each parameter that varies, in SI."""
        from poultice._to_pandas import import_pandas

        design = self._raw.design
        frame: pd.DataFrame = import_pandas().DataFrame({**design.columns, **design.indices})
        frame.index.name = "run"
        frame.attrs["units"] = dict(design.units)
        return frame

    def write(self, folder: File) -> None:
        """Puts the plan into a folder, from which `poultice sweep run` and Slurm jobs can take it. Raises
        FileError where there is a plan already."""
        self._raw.write(self._study, os.fspath(folder))

    def with_shards(self, shards: int) -> Plan:
        """The same plan in another number of parts."""
        return Plan(self._raw.with_shards(shards), self._study)

    def __repr__(self) -> str:
        return (
            f"<Plan {self.title!r}: {self.n_members} members, {self.n_blocks} blocks, {self.n_shards} shards>"
        )
