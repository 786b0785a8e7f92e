"""One part of a sweep, as any executor can run it: a plain function of plain values."""

from __future__ import annotations

from poultice import _core


def run_shard(folder: str, shard: int) -> tuple[int, int, list[str]]:
    """Runs what is missing of a shard with one thread. Gives members run, of these those that failed, and
    what looked odd."""
    return _core.run_shard(folder, shard, 1, None)
