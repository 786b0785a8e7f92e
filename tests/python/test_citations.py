"""Whom a study cites, and what notebooks show of scenarios, models and recoveries."""

from __future__ import annotations

import re
from collections.abc import Callable
from html.parser import HTMLParser
from pathlib import Path

import pytest

import poultice as pt

ROOT = Path(__file__).parents[2]


@pytest.fixture(scope="module")
def cell() -> pt.Result:
    """Skin over a receptor."""
    return pt.run(ROOT / "examples" / "caffeine_cell.toml")


class Balanced(HTMLParser):
    """Fails where a tag is not closed; collects the words."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.open: list[str] = []
        self.words = ""
        self.feed(text)
        assert self.open == []

    def handle_starttag(self, tag: str, attrs: object) -> None:
        self.open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag

    def handle_data(self, data: str) -> None:
        self.words += data + "\n"


class TestCitations:
    def test_name_each_source_once_with_what_it_is_for(self, result: pt.Result) -> None:
        cited = pt.citations(result)
        texts = [it.text for it in (*cited.sources, *cited.defaults)]
        assert len({it.text for it in cited.sources}) == len(cited.sources)
        assert all(texts)
        by_path = {path: it.text for it in cited.sources for path in it.paths}
        for path, parameter in result.scenario.parameters.items():
            if parameter.source and parameter.set_by != "default" and parameter.value is not None:
                assert by_path[path] == parameter.source
        assert "solver.relative_tolerance" not in by_path
        assert "solver.relative_tolerance" in [path for it in cited.defaults for path in it.paths]

    def test_are_the_same_of_scenario_result_and_file(self, result: pt.Result, tmp_path: Path) -> None:
        result.save(tmp_path / "r.h5")
        cited = pt.citations(result)
        assert pt.citations(result.scenario) == cited
        assert pt.citations(pt.read(tmp_path / "r.h5")) == cited
        assert pt.citations(ROOT / "examples" / "fentanyl_patch.toml") == cited

    def test_follow_what_is_changed(self, example: Path) -> None:
        toml = example.read_text(encoding="utf-8")
        own = 'drug.pka = { value = 8.0, source = "my own flask", trust = "measured" }\n'
        cited = pt.citations(own + re.sub(r"\[drug\]\nuse = (.*)\n", r"drug.use = \1\n", toml))
        mine = next(it for it in cited.sources if it.text == "my own flask")
        assert (mine.paths, mine.trust) == (("drug.pka",), ("measured",))

    def test_the_software_is_cited_as_CITATION_cff_says(self, result: pt.Result) -> None:  # noqa: N802
        facts = (ROOT / "CITATION.cff").read_text(encoding="utf-8")
        poultice, sundials = pt.citations(result).software
        titles = [it.strip('"') for it in re.findall(r"title: (.*)", facts)]
        assert titles[0] in poultice
        assert titles[1] in sundials
        assert re.findall(r"^version: (.*)", facts, re.M) == [pt.__version__]
        assert pt.__version__ in poultice
        for field in ("doi", "year", "volume", "license"):
            value = re.findall(rf"{field}: (.*)", facts)[0]
            assert value in poultice + sundials, field
        for family in re.findall(r"family-names: (.*)", facts):
            assert family in sundials

    def test_show_themselves(self, result: pt.Result) -> None:
        cited = pt.citations(result)
        for text in (str(cited), Balanced(cited._repr_html_()).words):
            assert "SUNDIALS" in text
            assert "Scott JC, Stanski DR" in text
            assert "plasma.volume_central" in text


class TestRecovery:
    def test_adds_up(self, cell: pt.Result) -> None:
        table = cell.recovery()
        *parts, total = table.rows
        assert total.name == "total"
        assert sum(row.amount for row in parts) == pytest.approx(total.amount, rel=1e-9)
        assert total.percent == pytest.approx(100.0)
        assert [row.name for row in parts] == [
            name.removeprefix("recovered_") for name in cell.headlines if name.startswith("recovered_")
        ]

    def test_is_per_area_and_percent(self, cell: pt.Result) -> None:
        row = cell.recovery()["in_receptor"]
        assert row.amount == cell.recovered_in_receptor.to("ug").value
        assert row.per_area == pytest.approx(cell.value("recovered_in_receptor", unit="ug/cm^2").value)
        dose = cell.applied.to("ug").values[-1]
        assert row.percent == pytest.approx(100.0 * row.amount / dose)

    def test_shows_itself(self, cell: pt.Result) -> None:
        table = cell.recovery()
        for text in (repr(table), Balanced(table._repr_html_()).words):
            assert "in receptor" in text
            assert "100.0 %" in text
            assert "µg/cm²" in text
        frame = table.to_dataframe()
        assert list(frame.columns) == ["name", "amount", "per_area", "percent"]
        assert frame.attrs["units"]["per_area"] == "ug/cm^2"

    def test_is_of_receptors_only(self, result: pt.Result, cell: pt.Result) -> None:
        with pytest.raises(pt.ParameterError, match="no receptor") as caught:
            result.recovery()
        assert "invitro" in caught.value.hint
        with pytest.raises(pt.ParameterError, match="in_receptor"):
            cell.recovery()["in_pocket"]


SHOWN: dict[str, Callable[[pt.Result], object]] = {
    "result": lambda result: result,
    "scenario": lambda result: result.scenario,
    "models": lambda _: pt.models(),
    "model": lambda _: pt.describe("patch"),
}
WORDS = {
    "result": ["Cmax", "2 events", "apply patch", "sources", "and 14 more", "mass balance error", "ok"],
    "scenario": ["patch: ", "10.5 cm^2", "patches/fentanyl_matrix_25", "120 h"],
    "models": ["patch", "plasma"],
    "model": ["area", "apply", "cm²"],
}


@pytest.mark.parametrize("kind", SHOWN)
def test_notebooks_show(result: pt.Result, kind: str) -> None:
    text: str = SHOWN[kind](result)._repr_html_()  # type: ignore[attr-defined]
    words = Balanced(text).words
    for word in WORDS[kind]:
        assert re.sub(r"\d+ more", "", word) in re.sub(r"\d+ more", "", words), word
    # Fixed colours of text or paper would be unreadable on one of the two themes.
    assert not re.search(r"[^-]color:(?!#B45309)|background:(?!none)", text)


def test_foreign_text_cannot_become_html(example: Path) -> None:
    scenario = pt.load(example, {"title": "<script>alert(1)</script>"})
    assert "<script>" not in scenario._repr_html_()
    assert "<script>" not in scenario.run()._repr_html_()
