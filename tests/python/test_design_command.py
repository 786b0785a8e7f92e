"""`poultice` and studies: check, run, schema, explain."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest
from jsonschema import Draft202012Validator

from command import BAD_INPUT, DONE, SMALL, Command

try:
    import tomllib
except ModuleNotFoundError:  # Python 3.10, where pytest brings the same under its first name
    import tomli as tomllib  # type: ignore[no-redef, import-not-found, unused-ignore]

PAGE = Path(__file__).parents[2] / "docs" / "sweep_study.md"
STUDY = (
    SMALL
    + """
[sweep]
n = 100
curves = "flux"
every = "1 h"
[sweep.axes]
"patch.kind" = ["matrix", "reservoir"]
[sweep.distributions]
"patch.area" = { distribution = "lognormal", median = "10 cm^2", cv = "30 %", maximum = "20 cm^2" }
"""
)


@pytest.fixture
def command(tmp_path: Path) -> Command:
    (tmp_path / "study.toml").write_text(STUDY, encoding="utf-8")
    return Command(tmp_path)


def test_check_says_how_many_members_and_why(command: Command) -> None:
    done = command("check", "study.toml")
    assert done.returncode == DONE, done.stderr
    assert "200 = 2 of patch.kind x 100 drawn (sobol, seed 0)" in done.stdout
    assert "lognormal, median 10 cm², cv 30 %, not above 20 cm²" in done.stdout
    assert "curves, every 1 h: flux" in done.stdout
    assert "next: poultice sweep run study.toml" in done.stdout
    assert "warning: a Sobol sequence is balanced for powers of two only" in done.stderr


def test_check_speaks_json_and_takes_settings(command: Command) -> None:
    done = command("check", "study.toml", "--json", "--set", "sweep.n=64", "--set", 'patch.content="3 mg"')
    assert done.returncode == DONE
    assert done.stderr == ""
    said = json.loads(done.stdout)
    assert (said["members"], said["samples"], said["method"]) == (128, 64, "sobol")
    assert said["axes"] == [{"path": "patch.kind", "n_values": 2}]
    assert said["curves"] == ["flux"]


def test_check_finds_members_that_cannot_be_and_probes_that_are_not_there(command: Command) -> None:
    late = '"schedule.0.at" = ["0 h", "11 h"]\n"patch.kind"'
    for old, new, says in (
        ('"patch.kind"', late, "is past the end"),
        ('curves = "flux"', 'curves = "fluxx"', "did you mean flux?"),
        ('"reservoir"]', '"paste"]', "is none of the choices"),
    ):
        (command.folder / "bad.toml").write_text(STUDY.replace(old, new), encoding="utf-8")
        done = command("check", "bad.toml")
        assert done.returncode == BAD_INPUT
        assert re.search(r"bad\.toml:\d+:\d+: ", done.stderr)
        assert says in done.stderr


def test_run_takes_no_study_and_says_which_command_does(command: Command) -> None:
    done = command("run", "study.toml")
    assert done.returncode == BAD_INPUT
    assert "this is a study of many members" in done.stderr
    assert "poultice sweep run study.toml" in done.stderr
    assert not list(command.folder.glob("*.h5"))


def test_the_schema_knows_studies(command: Command) -> None:
    validator = Draft202012Validator(json.loads(command("schema").stdout))
    page = PAGE.read_text(encoding="utf-8")
    written = re.findall(r"^cat > \S+\.toml <<'END'\n(.*?)^END$", page, re.M | re.S)
    parts = re.findall(r"^```toml\n(.*?)^```$", page, re.M | re.S)
    assert len(written) == len(parts) == 2
    for text in [STUDY, *written, *(SMALL + part for part in parts)]:
        assert [error.message for error in validator.iter_errors(tomllib.loads(text))] == []
    for wrong in ('n = "many"', 'method = "sobl"', "mehtod = 3", "axes.duration = 3", "correlations = [{}]"):
        assert not validator.is_valid(tomllib.loads(f"{SMALL}[sweep]\n{wrong}\n")), wrong


def test_keys_of_the_page_are_those_of_the_program(command: Command) -> None:
    keys = set(re.findall(r"^  sweep\.(\w+) ", command("explain", "sweep").stdout, re.M))
    section = PAGE.read_text(encoding="utf-8").partition("## Keys of `[sweep]`")[2].partition("\n## ")[0]
    assert keys == set(re.findall(r"^\| `(\w+)`", section, re.M))
