"""How far a run is: a bar in a terminal or a notebook, or whatever the caller likes."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager

Report = Callable[[float], None]


@contextmanager
def reporter(progress: bool | Report) -> Iterator[Report | None]:
    """What to call with the part that is done, 0 to 1; None where nobody wants to know."""
    if callable(progress):
        yield progress
    elif not progress:
        yield None
    else:
        with _bar() as report:
            yield report


@contextmanager
def _bar() -> Iterator[Report]:
    try:
        from tqdm.auto import tqdm
    except ImportError:  # Debian's python3-tqdm is not among what Poultice asks for
        yield _percent
        sys.stderr.write("\n")
        return
    with tqdm(total=100, desc="simulating", unit="%", bar_format="{l_bar}{bar}| {elapsed}") as bar:
        yield lambda done: bar.update(100 * done - bar.n) and None


def _percent(done: float) -> None:
    sys.stderr.write(f"\rsimulating {100 * done:3.0f} %")
    sys.stderr.flush()
