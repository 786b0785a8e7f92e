"""`poultice explain`: each parameter, error and exit code has its page, and none speaks of what is gone."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest

from command import DONE, Command

ROOT = Path(__file__).parents[2]
PAGES = sorted((ROOT / "data" / "help").glob("*.md"))
ERRORS = re.findall(
    r"^class (\w+) : public Error", (ROOT / "core" / "base" / "error.hpp").read_text(encoding="utf-8"), re.M
)


@pytest.fixture
def poultice(tmp_path: Path) -> Command:
    return Command(tmp_path)


def explained(poultice: Command, *topic: str) -> str:
    answer = poultice("explain", *topic)
    assert answer.returncode == DONE, answer.stderr
    return answer.stdout


@pytest.mark.parametrize("path", PAGES, ids=lambda path: path.stem)
def test_every_page_says_what_and_what_next_and_is_found_by_all_its_names(
    poultice: Command, path: Path
) -> None:
    text = path.read_text(encoding="utf-8")
    title = text.splitlines()[0].removeprefix("# ")
    assert re.findall(r"^#+ .*$", text, re.M)[1:] == ["## What it means", "## What to do next"]
    topics = re.search(r"^<!-- topics: (.*) -->$", text, re.M)
    assert topics is not None
    for topic in [path.stem, *topics[1].split("; ")]:
        shown = explained(poultice, *topic.split())
        assert shown.startswith(title), topic
        assert "What to do next" in shown
        assert "<!--" not in shown


def test_messages_on_pages_are_those_of_the_program() -> None:
    sources = "".join(
        path.read_text(encoding="utf-8")
        for folder in ("core", "solvers", "models", "bindings")
        for path in (ROOT / folder).rglob("*.cpp")
    )
    phrases = [
        phrase
        for path in PAGES
        for line in re.findall(r"^<!-- messages: (.*) -->$", path.read_text(encoding="utf-8"), re.M)
        for phrase in line.split("; ")
    ]
    assert len(phrases) >= 6
    for phrase in phrases:
        assert phrase in sources, phrase


def test_topics_that_pages_send_to_are_there(poultice: Command) -> None:
    for path in PAGES:
        for topic in re.findall(r"`poultice explain ([^`]+)`", path.read_text(encoding="utf-8")):
            explained(poultice, *topic.split())


@pytest.mark.parametrize("topic", [*ERRORS, "ScenarioWarning", "0", "1", "2", "3", "75", "130"])
def test_errors_and_exit_codes_have_pages(poultice: Command, topic: str) -> None:
    assert "What it means" in explained(poultice, topic)


def test_every_parameter_there_is_can_be_explained(poultice: Command) -> None:
    topics = json.loads(poultice("explain", "--json").stdout)
    assert {"patch.area", "duration", "solver.max_steps", "schedule.at", "plasma.dose.amount"} <= set(
        topics["parameters"]
    )
    for path in topics["parameters"]:
        answer = json.loads(poultice("explain", path, "--json").stdout)
        parameters = [match for match in answer["matches"] if match["kind"] == "parameter"]
        assert [match["path"] for match in parameters] == [path]
        assert parameters[0]["spec"]["meaning"]


def test_a_parameter_with_all_that_is_known_of_it(poultice: Command) -> None:
    text = explained(poultice, "skin.dermis.thickness")
    for words in (
        "Thickness of the dermis.",
        "any other unit of length",
        "between 0.1 and 100000 µm",
        "1000 um",
        "customary depth",
        '[skin], dermis.thickness = "1000 um"',
        "skin_sites/chest",
        "1.88 mm",
    ):
        assert words in text
    assert "fentanyl" in explained(poultice, "drug.use")


@pytest.mark.parametrize(
    ("topic", "path"),
    [
        ("membrane.layer.upper.thickness", "laminate.layer.*.thickness"),
        ("arm.stratum_corneum.thickness", "skin.stratum_corneum.thickness"),
        ("stratum_corneum.thickness", "skin.stratum_corneum.thickness"),
        ("schedule.1.at", "schedule.at"),
        ("schedule.0.amount", "plasma.dose.amount"),
        ("dose.amount", "plasma.dose.amount"),
        ("relative_tolerance", "solver.relative_tolerance"),
    ],
)
def test_a_key_is_found_however_it_is_written(poultice: Command, topic: str, path: str) -> None:
    answer = json.loads(poultice("explain", topic, "--json").stdout)
    assert [match["path"] for match in answer["matches"]] == [path]


def test_models_sets_and_actions_lead_on(poultice: Command) -> None:
    assert "poultice describe skin" in explained(poultice, "skin")
    assert "poultice describe drugs/fentanyl" in explained(poultice, "fentanyl")
    assert 'dose = "plasma"' in explained(poultice, "dose")
    assert "patch.area" in explained(poultice, "area")


def test_each_wrong_key_is_sent_to_its_page_once(poultice: Command) -> None:
    (poultice.folder / "s.toml").write_text(
        'duration = "-1 h"\nsolver.max_steps = "many"\n[drug]\nmolar_mass = "1 cm"\nuze = "fentanyl"\n',
        encoding="utf-8",
    )
    complaint = poultice("check", "s.toml").stderr
    for key in ("duration", "solver.max_steps", "drug.molar_mass"):
        assert complaint.count(f"see:      poultice explain {key}\n") == 1, complaint
    assert "explain drug.uze" not in complaint
