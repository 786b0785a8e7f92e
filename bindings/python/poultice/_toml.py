"""Scenarios written as Python dictionaries become TOML, so that they take the same road as every other."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping
from typing import Any


def toml_of(table: Mapping[str, Any]) -> str:
    """The text of a table with its subtables. Raises TypeError for what TOML cannot hold."""
    return "\n".join(_lines(table, ())) + "\n"


def value_text(value: Any) -> str:
    """One value as it stands to the right of "="."""
    if hasattr(value, "item"):  # a number of NumPy's
        value = value.item()
    if isinstance(value, bool):
        return str(value).lower()
    if isinstance(value, int | float):
        return repr(value)
    if isinstance(value, str):
        return json.dumps(value, ensure_ascii=False).replace("\x7f", "\\u007F")
    if isinstance(value, list | tuple):
        return f"[{', '.join(map(value_text, value))}]"
    if isinstance(value, Mapping):
        return "{ " + ", ".join(f"{_key(key)} = {value_text(it)}" for key, it in value.items()) + " }"
    raise TypeError(
        f"a scenario holds texts, numbers, true and false, lists and tables, not {type(value).__name__}"
    )


def _lines(table: Mapping[str, Any], path: tuple[str, ...]) -> Iterator[str]:
    # Plain values come first: after a header they would belong to the subtable.
    for key, value in table.items():
        if not _is_table(value) and not _is_list_of_tables(value):
            yield f"{_key(key)} = {value_text(value)}"
    for key, value in table.items():
        below = (*path, _key(key))
        if _is_table(value):
            yield f"\n[{'.'.join(below)}]"
            yield from _lines(value, below)
        elif _is_list_of_tables(value):
            for element in value:
                yield f"\n[[{'.'.join(below)}]]"
                yield from _lines(element, below)


def _is_table(value: Any) -> bool:
    # { value = "4 mg", source = "..." } is one value with its provenance, and is best read on one line.
    return isinstance(value, Mapping) and "value" not in value


def _is_list_of_tables(value: Any) -> bool:
    return isinstance(value, list | tuple) and bool(value) and all(isinstance(it, Mapping) for it in value)


def _key(key: str) -> str:
    return key if re.fullmatch(r"[A-Za-z0-9_-]+", key) else value_text(str(key))
