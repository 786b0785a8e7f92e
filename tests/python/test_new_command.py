"""`poultice new`: templates that run as they are, and say the same when every comment is brought to life."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest

from command import BAD_INPUT, DONE, Command

ROOT = Path(__file__).parents[2]
TEMPLATES = sorted(path.stem for path in (ROOT / "data" / "help" / "templates").glob("*.toml"))
SLEEPING = re.compile(r"^#(?=[a-z])", re.MULTILINE)


@pytest.fixture
def poultice(tmp_path: Path) -> Command:
    return Command(tmp_path)


def study(poultice: Command, name: str) -> tuple[str, str]:
    """The hashes of what a scenario says and of the numbers that it gives."""
    checked = poultice("check", f"{name}.toml", "--json")
    assert checked.returncode == DONE, checked.stderr
    ran = poultice("run", f"{name}.toml", "--quiet")
    assert ran.returncode == DONE, ran.stderr
    digest = poultice("digest", f"{name}.h5").stdout.split()[0]
    return json.loads(checked.stdout)["scenario_sha256"], digest


def test_alone_it_lists_the_templates(poultice: Command) -> None:
    listed = poultice("new")
    assert listed.returncode == DONE
    assert {line.split()[0] for line in listed.stdout.splitlines()[1:-2]} == set(TEMPLATES)
    assert "patch" in TEMPLATES
    assert poultice.files() == set()


@pytest.mark.parametrize("name", TEMPLATES)
def test_a_template_runs_as_it_is_and_with_every_value_written_out(poultice: Command, name: str) -> None:
    made = poultice("new", "--template", name)
    assert made.returncode == DONE
    assert f"next: poultice run {name}.toml" in made.stdout
    small = (ROOT / "data" / "help" / "templates" / f"{name}.toml").read_text(encoding="utf-8")
    (poultice.folder / "small.toml").write_text(small, encoding="utf-8")
    written = (poultice.folder / f"{name}.toml").read_text(encoding="utf-8")
    full, woken = SLEEPING.subn("", written)
    assert woken > 30
    (poultice.folder / "full.toml").write_text(full, encoding="utf-8")
    assert study(poultice, name) == study(poultice, "small") == study(poultice, "full")


@pytest.mark.parametrize("name", TEMPLATES)
def test_every_value_has_its_meaning_above_and_its_source_at_the_end(poultice: Command, name: str) -> None:
    lines = poultice("new", "--template", name, "-").stdout.splitlines()
    sources = {match[1] for line in lines if (match := re.match(r"# \[(\d+)\] \S", line))}
    values = [i for i, line in enumerate(lines) if re.match(r"#?[a-z_.]+ = ", line)]
    sleeping = [i for i in values if lines[i].startswith("#")]
    assert sources == {str(i + 1) for i in range(len(sources))}
    for i in sleeping:
        assert re.search(r"  # (default|set \S+, [a-z]+|therapy .*) \[\d+\]$", lines[i]), lines[i]
        assert re.findall(r"\[(\d+)\]", lines[i])[-1] in sources, lines[i]
    schedule = lines.index("[[schedule]]")
    for i in values:
        if i < schedule:
            assert lines[i - 1].startswith("# "), lines[i]


def test_patch_shows_what_its_sets_say(poultice: Command) -> None:
    text = poultice("new", "--template", "patch", "-").stdout
    assert re.search(r'^#thickness = "50 um"  # set patches/fentanyl_matrix_25, assumed', text, re.MULTILINE)
    assert re.search(r'^#stratum_corneum.thickness = "13 um"  # set skin_sites/chest', text, re.MULTILINE)
    assert re.search(r'^use = "fentanyl_matrix_25"$', text, re.MULTILINE)
    assert "# Thickness of adhesive or reservoir (between 0.1 and 100000 um)." in text
    assert poultice.files() == set()


def test_invitro_is_split_skin(poultice: Command) -> None:
    assert poultice("new", "--template", "invitro").returncode == DONE
    said = json.loads(poultice("check", "invitro.toml", "--json").stdout)["parameters"]
    layers = [it for it in said if re.fullmatch(r"skin\.\w+\.thickness", it["key"])]
    assert len(layers) >= 3
    assert 0.3e-3 <= sum(it["value"] for it in layers if "subcutis" not in it["key"]) <= 0.5e-3
    assert all(it["source"] for it in layers)
    text = (poultice.folder / "invitro.toml").read_text(encoding="utf-8")
    assert re.search(r'^dermis.thickness = \{ value = "\d+ um", source = ".*428', text, re.MULTILINE)


def test_an_existing_file_is_refused(poultice: Command) -> None:
    (poultice.folder / "mine.toml").write_text("precious", encoding="utf-8")
    refused = poultice("new", "--template", "patch", "mine.toml")
    assert refused.returncode == BAD_INPUT
    assert "this file exists already" in refused.stderr
    assert (poultice.folder / "mine.toml").read_text(encoding="utf-8") == "precious"
    assert poultice("new", "--template", "patch", "mine.toml", "--force").returncode == DONE
    assert poultice("check", "mine.toml").returncode == DONE
    assert poultice.files() == {"mine.toml"}
