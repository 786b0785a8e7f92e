"""`poultice schema`: right scenarios pass, wrong ones do not."""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from pathlib import Path

import h5py
import pytest
from jsonschema import Draft202012Validator

from command import BAD_INPUT, DONE, SMALL, Command

try:
    import tomllib
except ModuleNotFoundError:  # Python 3.10, where pytest brings the same under its first name
    import tomli as tomllib  # type: ignore[no-redef, import-not-found, unused-ignore]

ROOT = Path(__file__).parents[2]
SCENARIOS = [
    *sorted(ROOT.glob("examples/*.toml")),
    *sorted(ROOT.glob("models/*/reference.toml")),
    *sorted(ROOT.glob("data/help/templates/*.toml")),
]
Mistakes = Callable[[str], list[str]]


@pytest.fixture(scope="module")
def mistakes(tmp_path_factory: pytest.TempPathFactory) -> Mistakes:
    """What the schema finds wrong in a TOML text."""
    schema = json.loads(Command(tmp_path_factory.mktemp("schema"))("schema").stdout)
    Draft202012Validator.check_schema(schema)
    validator = Draft202012Validator(schema)
    return lambda text: [error.message for error in validator.iter_errors(tomllib.loads(text))]


@pytest.mark.parametrize("path", SCENARIOS, ids=lambda path: f"{path.parent.name}/{path.stem}")
def test_scenarios_of_this_repository_pass(mistakes: Mistakes, path: Path) -> None:
    assert mistakes(path.read_text(encoding="utf-8")) == []


def test_scenarios_in_the_documentation_pass(mistakes: Mistakes) -> None:
    page = (ROOT / "docs" / "scenario.md").read_text(encoding="utf-8")
    texts = re.findall(r"^cat > \S+\.toml <<'END'\n(.*?)^END$", page, re.M | re.S)
    scenarios = [text for text in texts if not text.startswith("kind")]
    assert len(scenarios) >= 4
    for text in scenarios:
        assert mistakes(text) == []


START = 'therapy = "transdermal"\nduration = "24 h"\n'

RIGHT = {
    "dotted keys": 'skin.dermis.thickness = "1 mm"\nskin.stratum_corneum.cells = 30\n',
    "nested tables": '[skin]\nsite = "chest"\n[skin.dermis]\nthickness = "1 mm"\n',
    "a source": 'patch.area = { value = "9 cm^2", source = "own", trust = "measured", note = "n = 5" }\n',
    "a bare number": "patch.partition_coefficient = 3\n",
    "a number in quotes": 'patch.partition_coefficient = "3"\n',
    "a per cent": 'drug.unbound_fraction = "20 %"\n',
    "a unit that starts with one over": 'skin.dermis.capillary_clearance = "5e-4 1/s"\n',
    "a file as a set": 'drug.use = "sets/mine.toml"\n',
    "another name": '[arm]\nmodel = "skin"\nsite = "upper_arm"\n',
    "a list": '[m]\nmodel = "laminate"\n[[m.layer]]\nname = "a"\nthickness = "1 um"\n',
    "an element by name": '[m]\nmodel = "laminate"\nlayer.a.thickness = "1 um"\n',
    "a repeat": '[[schedule]]\nat = "0 h"\nevery = "2 h"\ntimes = 3\ndose = "plasma"\namount = "1 ug"\n',
    "another place": '[[schedule]]\nat = "0 h"\napply = "patch"\nto = "arm"\n',
    "Unicode": 'skin.dermis.thickness = "900 µm"\n',
}
WRONG = {
    "unknown key": 'patch.aera = "1 cm^2"\n',
    "unknown key in a layer": 'skin.dermis.thicknes = "1 mm"\n',
    "unknown table": '[ptach]\narea = "1 cm^2"\n',
    "unknown model": '[arm]\nmodel = "skn"\n',
    "key of another model": '[arm]\nmodel = "skin"\ncontent = "4 mg"\n',
    "number without unit": "patch.area = 10\n",
    "unit missing in quotes": 'patch.area = "10"\n',
    "number missing": 'patch.area = "cm^2"\n',
    "comma": 'patch.area = "1,5 cm^2"\n',
    "unknown choice": 'patch.kind = "gel"\n',
    "unknown set": 'drug.use = "unobtainium"\n',
    "count in quotes": 'patch.cells = "40"\n',
    "count too small": "patch.cells = 1\n",
    "number too large": "drug.unbound_fraction = 1.5\n",
    "flag in quotes": 'skin.has_subcutis = "true"\n',
    "unknown key beside a value": 'patch.area = { value = "9 cm^2", sauce = "own" }\n',
    "no value": 'patch.area = { source = "own" }\n',
    "unknown action": '[[schedule]]\nat = "0 h"\nglue = "patch"\n',
    "no action": '[[schedule]]\nat = "0 h"\n',
    "two actions": '[[schedule]]\nat = "0 h"\napply = "patch"\nremove = "patch"\n',
    "no time": '[[schedule]]\napply = "patch"\n',
    "option of another action": '[[schedule]]\nat = "0 h"\napply = "patch"\namount = "1 ug"\n',
    "option missing": '[[schedule]]\nat = "0 h"\ndose = "plasma"\n',
    "repeat without end": '[[schedule]]\nat = "0 h"\nevery = "1 h"\napply = "patch"\n',
    "end without repeat": '[[schedule]]\nat = "0 h"\ntimes = 3\napply = "patch"\n',
    "schedule is no list": '[schedule]\nat = "0 h"\napply = "patch"\n',
    "element without name": '[m]\nmodel = "laminate"\n[[m.layer]]\nthickness = "1 um"\n',
    "tolerance too large": "solver.relative_tolerance = 0.5\n",
    "unknown key of the engine": 'output.evry = "1 h"\n',
}


@pytest.mark.parametrize("text", RIGHT.values(), ids=RIGHT.keys())
def test_what_is_right_passes(mistakes: Mistakes, text: str) -> None:
    assert mistakes(START + text) == []


@pytest.mark.parametrize("text", WRONG.values(), ids=WRONG.keys())
def test_what_is_wrong_is_seen(mistakes: Mistakes, text: str) -> None:
    assert mistakes(START + text) != []


def test_the_duration_is_required(mistakes: Mistakes) -> None:
    assert mistakes('therapy = "transdermal"\n') != []


def test_tables_of_a_therapy_of_ones_own_need_no_model(mistakes: Mistakes) -> None:
    text = 'duration = "1 h"\ntherapy = "{}"\n[arm]\nsite = "chest"\n'
    assert mistakes(text.format("two_sites.toml")) == []
    assert mistakes(text.format("transdermal")) != []


def test_a_resolved_scenario_passes(mistakes: Mistakes, tmp_path: Path) -> None:
    (tmp_path / "small.toml").write_text(SMALL, encoding="utf-8")
    assert Command(tmp_path)("run", "small.toml").returncode == DONE
    with h5py.File(tmp_path / "small.h5") as file:
        resolved = file["provenance/resolved_toml"][()].decode()
    assert "[laminate]" in resolved
    assert mistakes(resolved) == []


def test_it_says_what_a_reader_wants_to_know(tmp_path: Path) -> None:
    command = Command(tmp_path)
    assert command("schema", "-o", "poultice.schema.json").returncode == DONE
    schema = json.loads((tmp_path / "poultice.schema.json").read_text(encoding="utf-8"))
    thickness = schema["$defs"]["skin"]["properties"]["dermis"]["properties"]["thickness"]
    assert thickness["default"] == "1000 um"
    assert "Thickness of the dermis." in thickness["description"]
    assert "between 0.1 and 100000 um" in thickness["description"]
    again = command("schema", "-o", "poultice.schema.json")
    assert again.returncode == BAD_INPUT
    assert "this file exists already" in again.stderr
