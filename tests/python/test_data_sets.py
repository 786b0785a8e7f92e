"""Every set in data/ can be used, and each value says where it comes from and how far it may be trusted."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

import poultice as pt

try:
    import tomllib
except ModuleNotFoundError:  # Python 3.10, where pytest brings the same under its first name
    import tomli as tomllib  # type: ignore[no-redef, import-not-found, unused-ignore]

DATA = Path(__file__).parents[2] / "data"
FILES = sorted(DATA.glob("*/*.toml"))
FOLDERS = {
    "diffusion_cell": "diffusion_cells",
    "drug": "drugs",
    "patch": "patches",
    "skin_site": "skin_sites",
    "therapy": "therapies",
}
TRUST = {"measured", "published", "recalled", "calibrated", "assumed"}


def tables_of(path: Path) -> dict[str, Any]:
    return tomllib.loads(path.read_text(encoding="utf-8"))


def leaves(table: dict[str, Any], path: str = "") -> Iterator[tuple[str, Any]]:
    """Every value below a table, with its path."""
    for key, value in table.items():
        if isinstance(value, list):
            for element in value:
                rest = {name: it for name, it in element.items() if name != "name"}
                yield from leaves(rest, f"{path}{key}.{element['name']}.")
        elif isinstance(value, dict) and "value" not in value:
            yield from leaves(value, f"{path}{key}.")
        else:
            yield f"{path}{key}", value


def study_with(path: Path) -> dict[str, Any]:
    """A study that takes the set over."""
    folder, name = path.parent.name, path.stem
    drug = name.split("_")[0] if folder == "patches" else name if folder == "drugs" else "fentanyl"
    tables = tables_of(path)
    in_vitro = folder == "diffusion_cells" or (folder == "drugs" and "plasma" not in tables)
    study: dict[str, Any] = {
        "therapy": name if folder == "therapies" else "invitro" if in_vitro else "transdermal",
        "duration": "2 h",
        "drug": {"use": drug},
        "skin": {"site": name if folder == "skin_sites" else "chest"},
    }
    if folder == "diffusion_cells":
        study["receptor"] = {"use": name}
    if folder == "patches":
        study["patch"] = {"use": name}
        study["schedule"] = [{"at": "0 h", "apply": "patch"}]
    else:
        study["donor"] = {"area": "10 cm^2", "concentration": "1 mg/mL"}
        study["schedule"] = [{"at": "0 h", "apply": "donor"}]
    return study


def test_there_are_sets_of_each_kind() -> None:
    assert {path.parent.name for path in FILES} == set(FOLDERS.values())
    assert len(list(DATA.glob("drugs/*.toml"))) >= 3


@pytest.mark.parametrize("path", FILES, ids=lambda path: f"{path.parent.name}/{path.stem}")
class TestSet:
    def test_can_be_used(self, path: Path) -> None:
        result = pt.run(study_with(path))
        assert result.status == "ok"
        assert result.delivered.values[-1] >= 0.0

    def test_is_what_the_engine_carries(self, path: Path) -> None:
        from poultice import _core

        assert path.stem in _core.set_names(path.parent.name)

    def test_says_what_it_is(self, path: Path) -> None:
        tables = tables_of(path)
        assert tables["name"] == path.stem
        assert tables["title"]
        assert FOLDERS[tables["kind"]] == path.parent.name

    def test_every_value_says_where_it_comes_from(self, path: Path) -> None:
        if path.parent.name == "therapies":  # a composition holds no values
            return
        values = {
            key: value for table, it in tables_of(path).items() if isinstance(it, dict)
            for key, value in leaves(it, f"{table}.")
        }  # fmt: skip
        assert values
        for key, value in values.items():
            assert isinstance(value, dict), f"{key} is bare"
            assert value.get("source"), f"{key} has no source"
            assert value.get("trust") in TRUST, f"{key}: {value.get('trust')}"
            if value["source"].startswith("No measurement"):
                assert value.get("note"), f"{key} does not say how it was chosen"
