"""Pages of the documentation say what the engine computes."""

from __future__ import annotations

import importlib
import re
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
FIGURES = ROOT / "docs" / "figures"
NUMBER = re.compile(r"[-+]?\d+(?:\.\d+)?")


def one_in_the_last_digit(number: str) -> float:
    return 10.0 ** -len(number.partition(".")[2])


@pytest.mark.parametrize("name", ["fentanyl_patch", "caffeine_cell", "formulator"])
def test_tables_of_a_page_are_what_is_computed(name: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.syspath_prepend(FIGURES)
    for it in [path.stem for path in FIGURES.glob("*.py")]:
        monkeypatch.delitem(sys.modules, it, raising=False)
    figures, tables = importlib.import_module(name), importlib.import_module("page_tables")
    page = tables.blocks(figures.PAGE.read_text(encoding="utf-8"))
    assert set(page) == set(figures.TABLES)
    for table, compute in figures.TABLES.items():
        computed = compute()
        assert NUMBER.sub("#", page[table]) == NUMBER.sub("#", computed), f"the words of {table}"
        for printed, now in zip(NUMBER.findall(page[table]), NUMBER.findall(computed), strict=True):
            # Another machine may round the other way.
            assert float(printed) == pytest.approx(float(now), abs=1.01 * one_in_the_last_digit(now)), table
