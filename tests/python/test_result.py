"""A result as a value: it travels, compares, warns, and does not speak for a run that failed."""

from __future__ import annotations

import pickle
import warnings
from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np
import pytest

import poultice as pt
from poultice import _core
from poultice.result import Result

ROOT = Path(__file__).parents[2]


@pytest.fixture
def failed(result: pt.Result) -> pt.Result:
    """As a sweep writes one that was given up, with whatever numbers it had."""
    attributes = dict(result._content.attributes) | {"status": 4, "status_text": "too many steps"}
    return Result(replace(result._content, attributes=attributes))


class TestFailedRun:
    def test_has_no_numbers(self, failed: pt.Result) -> None:
        reads: list[Any] = [
            lambda: failed.flux,
            lambda: failed["concentration"],
            lambda: failed.headlines,
            lambda: failed.events,
            lambda: failed.value("delivered", at="1 h"),
            lambda: failed.recovery(),
            lambda: failed.summary(),
            lambda: failed.plot(),
            lambda: failed.to_xarray(),
            lambda: failed.to_dataframe(),
        ]
        for read in reads:
            with pytest.raises(pt.IntegrationError, match="too many steps") as caught:
                read()
            assert "run it again" in caught.value.hint

    def test_says_what_happened(self, failed: pt.Result, result: pt.Result) -> None:
        assert failed.status == "too many steps"
        assert failed.attributes["status"] == 4
        assert failed.scenario == result.scenario
        assert "flux" in failed.names
        assert repr(failed) == f"<Result {result.title!r}: too many steps>"
        card = failed._repr_html_()
        assert "failed: too many steps" in card
        assert "Cmax" not in card
        assert failed != result


class TestValueSemantics:
    def test_equal_numbers_are_equal(self, result: pt.Result, example: Path, tmp_path: Path) -> None:
        again = pt.run(example)
        assert again == result
        assert hash(again) == hash(result)
        result.save(tmp_path / "r.h5")
        assert pt.read(tmp_path / "r.h5") == result
        assert pt.run(example, {"patch.area": "11 cm^2"}) != result
        assert result != "a result"

    def test_one_changed_bit_is_seen(self, result: pt.Result) -> None:
        content = result._content
        for name in ("flux", "residual", "event_text"):
            it = content.arrays[name]
            values: Any
            if name == "event_text":
                values = np.array(["apply patch", "remove pitch"], dtype=object)
            elif name == "residual":
                values = np.nextafter(it.values, 1.0)
            else:
                values = it.values.copy()
                values[7] = np.nextafter(values[7], 1.0)
            arrays = dict(content.arrays) | {name: replace(it, values=values)}
            assert Result(replace(content, arrays=arrays)) != result, name

    def test_it_pickles_with_all_it_holds(self, result: pt.Result, tmp_path: Path) -> None:
        again = pickle.loads(pickle.dumps(result))
        assert again == result
        assert again.summary() == result.summary()
        assert again.scenario == result.scenario
        assert again.scenario.toml == result.scenario.toml
        assert pt.citations(again) == pt.citations(result)
        again.save(tmp_path / "again.h5")
        assert pt.read(tmp_path / "again.h5") == result
        with pytest.raises(pt.FileError):
            again.save(tmp_path / "again.h5")
        once_more = pickle.loads(pickle.dumps(again))
        assert once_more == result


class TestArrays:
    def test_belong_to_the_engine(self, example: Path) -> None:
        result = pt.run(example)
        raw = result.flux.values
        assert isinstance(raw.base, _core.Result)
        assert np.shares_memory(raw, result.to_xarray().flux.values)
        assert np.shares_memory(raw, np.asarray(result.flux))
        assert not raw.flags.writeable
        assert np.shares_memory(result.time, result.flux.times)


STUDIES = [*sorted(ROOT.glob("models/*/reference.toml")), *sorted(ROOT.glob("examples/*.toml"))]


class TestNames:
    @pytest.mark.parametrize("study", STUDIES, ids=lambda path: "/".join(path.parts[-2:]))
    def test_are_none_of_the_methods(self, study: Path) -> None:
        """`result.NAME` would be the method then, and not the number."""
        result = pt.run(study)
        names = {*result.names, *result.headlines}
        assert len(names) > 5
        assert {name for name in names if hasattr(pt.Result, name)} == set()

    def test_of_every_model_are_among_them(self) -> None:
        assert {path.parent.name for path in STUDIES} - {"examples"} == set(pt.models())


class Raw:
    """A run of the engine that found something odd."""

    warnings = ("the dose rate contradicts the level", "a second thing")

    def __init__(self, raw: _core.Result) -> None:
        self._raw = raw

    def __getattr__(self, name: str) -> Any:
        return getattr(self._raw, name)


class TestWarnings:
    def test_are_none_where_nothing_is_odd(self, result: pt.Result) -> None:
        assert result.warnings == ()
        assert "warnings" not in result.attributes

    @pytest.mark.parametrize("by_method", [False, True])
    def test_reach_the_caller(self, example: Path, monkeypatch: pytest.MonkeyPatch, by_method: bool) -> None:
        run = _core.run
        monkeypatch.setattr(_core, "run", lambda *arguments: Raw(run(*arguments)))
        with warnings.catch_warnings(record=True) as caught:
            warnings.simplefilter("always")
            result = pt.load(example).run() if by_method else pt.run(example)
        assert result.warnings == Raw.warnings
        assert [str(it.message) for it in caught] == list(Raw.warnings)
        assert all(issubclass(it.category, pt.ScenarioWarning) for it in caught)
        assert all(it.filename == __file__ for it in caught)
        assert "the dose rate contradicts" in result._repr_html_()

    def test_are_in_the_file(self, result: pt.Result) -> None:
        attributes = dict(result._content.attributes) | {"warnings": "one\ntwo"}
        assert Result(replace(result._content, attributes=attributes)).warnings == ("one", "two")


def test_every_error_has_the_three_fields() -> None:
    def classes(of: type[pt.Error]) -> list[type[pt.Error]]:
        return [of, *(it for below in of.__subclasses__() for it in classes(below))]

    found = classes(pt.Error)
    assert len(found) >= 7
    for it in found:
        error = it("something")
        assert (error.key or "", error.line, error.hint) == ("", 0, ""), it
