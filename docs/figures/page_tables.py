"""What a page of the documentation holds between marks and is computed: tables, sentences with numbers."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping


def markdown(head: Iterable[str], rows: Iterable[Iterable[str]]) -> str:
    """A table."""
    lines = [list(head), *(list(row) for row in rows)]
    lines.insert(1, ["---"] * len(lines[0]))
    return "\n".join("| " + " | ".join(line) + " |" for line in lines)


def blocks(page: str) -> dict[str, str]:
    """What stands between the marks of a page."""
    return dict(re.findall(r"<!-- table: (\w+) -->\n(.*?)\n<!-- end -->", page, re.DOTALL))


def rewritten(page: str, tables: Mapping[str, Callable[[], str]]) -> str:
    """The page with its tables computed anew."""
    for name, old in blocks(page).items():
        mark = f"<!-- table: {name} -->\n"
        page = page.replace(f"{mark}{old}\n", f"{mark}{tables[name]()}\n")
    return page
