"""The package as its users meet it: scenarios, runs, results, files."""

from __future__ import annotations

import ast
import copy
import gc
import pickle
import subprocess
import sys
from itertools import pairwise
from pathlib import Path
from typing import Any

import numpy as np
import pytest
import xarray as xr

import poultice as pt
from poultice import _core

TABLES: dict[str, Any] = {
    "title": 'A "quoted" title, with µ',
    "therapy": "transdermal",
    "duration": "24 h",
    "drug": {"use": "fentanyl"},
    "skin": {"site": "chest", "dermis": {"cells": 25, "thickness": {"value": "1 mm", "source": "a book"}}},
    "patch": {"use": "fentanyl_matrix_25", "area": "12 cm^2", "cells": np.int64(15)},
    "schedule": [{"at": "0 h", "apply": "patch"}, {"at": "12 h", "remove": "patch"}],
    "solver": {"relative_tolerance": 1e-7},
}


def in_another_python(code: str) -> str:
    done = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, timeout=60, check=True
    )
    return done.stdout.strip()


class TestImport:
    def test_heavy_modules_wait_until_they_are_used(self) -> None:
        heavy = ("numpy", "matplotlib", "xarray", "pandas", "h5py", "h5netcdf", "scipy", "tqdm")
        assert (
            in_another_python(f"import poultice, sys; print([m for m in {heavy} if m in sys.modules])")
            == "[]"
        )

    def test_says_its_version(self) -> None:
        assert pt.__version__ == _core.version
        assert pt.__version__.count(".") == 2

    def test_the_stub_knows_all_that_the_module_has(self) -> None:
        package = Path(pt.__file__).parent
        stub = ast.parse((package / "_core.pyi").read_text(encoding="utf-8"))
        assert (package / "py.typed").exists()
        assert public_names(stub.body) == public(_core)
        for node in stub.body:
            if isinstance(node, ast.ClassDef):
                assert public_names(node.body) == public(getattr(_core, node.name)), node.name


def public(thing: Any) -> set[str]:
    return {name for name in vars(thing) if not name.startswith("_")}


def public_names(body: list[ast.stmt]) -> set[str]:
    defined = {node.name for node in body if isinstance(node, ast.FunctionDef | ast.ClassDef)}
    noted = {
        node.target.id
        for node in body
        if isinstance(node, ast.AnnAssign) and isinstance(node.target, ast.Name)
    }
    return {name for name in defined | noted if not name.startswith("_")}


class TestScenario:
    def test_is_read_from_a_path_a_text_and_a_dictionary(self, example: Path) -> None:
        from_path = pt.load(example)
        from_text = pt.Scenario.from_toml(example.read_text(encoding="utf-8"))
        assert from_path == from_text == pt.Scenario.of(str(example)) == pt.Scenario.of(from_text)
        assert from_path.toml == from_text.toml
        assert from_path.duration == 120 * 3600.0
        assert repr(from_path) == "<Scenario 'Fentanyl matrix patch 25 ug/h, worn 72 h', 120 h>"

    def test_a_dictionary_takes_the_road_of_toml(self) -> None:
        scenario = pt.Scenario.from_dict(TABLES)
        assert scenario.title == TABLES["title"]
        assert scenario["patch.area"] == "12 cm^2"
        assert scenario["patch.cells"] == 15
        assert scenario["skin.dermis.thickness"] == "1000 um"
        assert scenario.parameters["skin.dermis.thickness"].source == "a book"
        assert pt.Scenario.from_toml(scenario.toml) == scenario
        with pytest.raises(TypeError, match="set"):
            pt.Scenario.from_dict({"title": {1, 2}})

    def test_values_have_the_type_of_their_parameter(self, example: Path) -> None:
        scenario = pt.load(example)
        assert scenario["patch.area"] == "10.5 cm^2"
        assert scenario["patch.kind"] == "matrix"
        assert scenario["skin.has_subcutis"] is False
        assert scenario["skin.dermis.cells"] == int(scenario["skin.dermis.cells"] or 0)
        assert scenario["patch.membrane_permeability"] is None
        assert "patch.area" in scenario
        assert "patch.aera" not in scenario
        parameter = scenario.parameters["patch.area"]
        assert (parameter.set_by, parameter.trust) == ("patches/fentanyl_matrix_25", "published")
        assert parameter.source
        assert parameter.meaning

    def test_overrides_go_first_and_the_last_of_them_wins(self, example: Path) -> None:
        scenario = pt.load(example, {"patch.area": "20 cm^2", "patch.cells": 30})
        assert (scenario["patch.area"], scenario["patch.cells"]) == ("20 cm^2", 30)
        other = scenario | {"patch.area": "30 cm^2", "skin.has_subcutis": True}
        assert (other["patch.area"], other["patch.cells"], other["skin.has_subcutis"]) == (
            "30 cm^2",
            30,
            True,
        )
        assert scenario["patch.area"] == "20 cm^2"
        assert other.overrides == {"patch.area": "30 cm^2", "patch.cells": "30", "skin.has_subcutis": "true"}

    def test_is_checked_at_assignment(self, example: Path) -> None:
        scenario = pt.load(example)
        scenario["patch.area"] = "0.002 m^2"
        assert scenario["patch.area"] == "20 cm^2"
        with pytest.raises(pt.ScenarioError) as caught:
            scenario["patch.area"] = "20 cm"
        assert caught.value.key == "patch.area"
        assert scenario["patch.area"] == "20 cm^2"

    def test_is_a_value(self, example: Path) -> None:
        scenario = pt.load(example, {"patch.cells": 30})
        for twin in (copy.copy(scenario), copy.deepcopy(scenario), pickle.loads(pickle.dumps(scenario))):
            assert twin == scenario
            assert hash(twin) == hash(scenario)
            assert twin.hash == scenario.hash
            assert twin.toml == scenario.toml
            twin["patch.cells"] = 31
            assert twin != scenario
        assert scenario != "something else"

    def test_resolved_toml_is_the_same_study(self, example: Path) -> None:
        scenario = pt.load(example)
        assert pt.Scenario.from_toml(scenario.resolved_toml) == scenario


class TestErrors:
    def test_a_scenario_error_carries_every_problem(self) -> None:
        text = 'duration = "1 h"\n[drug]\nmolar_mass = "300 cm"\n[skin]\narae = "1 cm^2"\n'
        with pytest.raises(pt.ScenarioError) as caught:
            pt.Scenario.from_toml(text, name="study.toml")
        error = caught.value
        by_key = {problem.key: problem for problem in error.problems}
        wrong = by_key["drug.molar_mass"]
        assert (wrong.file, wrong.line) == ("study.toml", 3)
        assert wrong.column > 0
        assert "300 cm" in wrong.given
        assert "g/mol" in wrong.expected
        assert "area" in by_key["skin.arae"].hint
        first = error.problems[0]
        assert (error.key, error.line, error.hint) == (first.key, first.line, first.hint)
        assert str(error).startswith("study.toml:3:")
        assert isinstance(error, ValueError)

    def test_each_error_has_its_class_and_its_fields(self, example: Path, endless: pt.Scenario) -> None:
        with pytest.raises(pt.UnitError) as unit:
            pt.convert(1.0, "mg", "cm")
        assert unit.value.given == "mg"
        with pytest.raises(pt.UnitError, match="miligram") as misspelt:
            pt.convert(1.0, "miligram", "kg")
        assert "mg" in misspelt.value.hint
        with pytest.raises(pt.ParameterError, match=r"patch\.area") as parameter:
            _ = pt.load(example)["patch.aera"]
        assert parameter.value.key == "patch.aera"
        assert parameter.value.hint == "did you mean patch.area?"
        assert isinstance(parameter.value, KeyError)
        with pytest.raises(pt.ModelError) as model:
            pt.run('duration = "1 h"\n[drug]\nuse = "fentanyl"\n[skin]\n')
        assert (model.value.key, model.value.instance) == ("skin", "skin")
        assert model.value.hint == "give it an `area`"
        assert str(model.value).endswith(f"; {model.value.hint}")
        with pytest.raises(pt.IntegrationError) as integration:
            pt.run(endless, {"solver.max_wall_time": "50 ms"})
        assert integration.value.time < endless.duration
        assert "max_wall_time" in integration.value.hint
        with pytest.raises(pt.FileError) as file:
            pt.load("no/such/file.toml")
        assert file.value.path == "no/such/file.toml"
        for caught in (unit, misspelt, parameter, model, integration, file):
            again = pickle.loads(pickle.dumps(caught.value))
            assert type(again) is type(caught.value)
            assert (str(again), vars(again)) == (str(caught.value), vars(caught.value))
            assert isinstance(again, pt.Error)


class TestRun:
    def test_takes_overrides(self, example: Path, result: pt.Result) -> None:
        small = pt.run(example, {"patch.area": "5.25 cm^2", "patch.content": "2.1 mg"})
        ratio = small.plasma_concentration.values.max() / result.plasma_concentration.values.max()
        assert ratio == pytest.approx(0.5, rel=1e-3)
        assert small.scenario["patch.area"] == "5.25 cm^2"

    def test_takes_a_dictionary_and_a_scenario(self) -> None:
        scenario = pt.Scenario.from_dict(TABLES)
        first, second = pt.run(TABLES), scenario.run()
        assert first.scenario == scenario
        np.testing.assert_array_equal(first.flux, second.flux)

    def test_reports_progress(self, example: Path) -> None:
        seen: list[float] = []
        pt.run(example, progress=seen.append)
        assert seen[-1] == 1.0
        assert seen == sorted(seen)

    @pytest.mark.parametrize("has_tqdm", [True, False])
    def test_shows_a_bar(
        self,
        example: Path,
        has_tqdm: bool,
        capsys: pytest.CaptureFixture[str],
        monkeypatch: pytest.MonkeyPatch,
    ) -> None:
        if not has_tqdm:
            monkeypatch.setitem(sys.modules, "tqdm.auto", None)
        pt.run(example, progress=True)
        shown = capsys.readouterr()
        assert "simulating" in shown.err
        assert "100" in shown.err
        assert shown.out == ""

    def test_other_threads_work_meanwhile_and_a_callback_may_stop_it(self, endless: pt.Scenario) -> None:
        import threading

        class EnoughError(Exception):
            pass

        count, notes, ended = 0, [], threading.Event()

        def work() -> None:
            nonlocal count
            while not ended.is_set():
                count += 1
                ended.wait(1e-3)

        def note(done: float) -> None:
            notes.append(count)
            if len(notes) == 4:
                raise EnoughError

        worker = threading.Thread(target=work)
        worker.start()
        try:
            with pytest.raises(EnoughError):
                pt.run(endless, progress=note)
        finally:
            ended.set()
            worker.join()
        assert all(before < after for before, after in pairwise(notes))

    def test_ctrl_c_stops_it(self, endless: pt.Scenario, tmp_path: Path) -> None:
        scenario = tmp_path / "endless.pickle"
        scenario.write_bytes(pickle.dumps(endless))
        code = f"""
import os, pathlib, pickle, signal
import poultice as pt
calls = 0
def press(done):
    global calls
    calls += 1
    if calls == 2:
        os.kill(os.getpid(), signal.SIGINT)
try:
    pt.run(pickle.loads(pathlib.Path({str(scenario)!r}).read_bytes()), progress=press)
except KeyboardInterrupt:
    print("stopped")
"""
        assert in_another_python(code) == "stopped"

    def test_threads_may_be_the_first_to_make_arrays(self, example: Path) -> None:
        code = f"""
from concurrent.futures import ThreadPoolExecutor
import poultice as pt
def most(area):
    return float(pt.run({str(example)!r}, {{"patch.area": area}}).flux.values.max())
with ThreadPoolExecutor(5) as pool:
    print(len(list(pool.map(most, [f"{{5 + i}} cm^2" for i in range(10)]))))
"""
        assert in_another_python(code) == "10"


class TestResult:
    def test_attributes_bear_the_names_of_the_file(self, result: pt.Result) -> None:
        assert {"flux", "plasma_concentration", "concentration", "time", "depth", "residual"} <= set(
            result.names
        )
        assert set(result.names) <= set(dir(result))
        assert isinstance(result.flux, pt.Series)
        assert isinstance(result.concentration, pt.Profile)
        assert isinstance(result.residual, pt.Quantity)
        assert result["flux"].values is not None
        assert result.plasma_concentration.unit == "kg/m^3"
        assert result.time[-1] == result.scenario.duration
        profile = result.concentration
        assert (
            profile.values.shape
            == (len(result.time_profile), len(result.depth))
            == (len(profile), len(profile.layers))
        )
        assert profile.layers[0] == "stratum_corneum"
        assert profile.layers[-1] == "dermis"

    def test_an_unknown_name_names_the_nearest(self, result: pt.Result) -> None:
        with pytest.raises(AttributeError, match="did you mean plasma_concentration"):
            _ = result.plasma_concentratoin
        with pytest.raises(pt.ParameterError) as caught:
            _ = result["fluxx"]
        assert (caught.value.key, caught.value.hint) == ("fluxx", "did you mean flux?")
        with pytest.raises(AttributeError):
            _ = result._nothing

    def test_arrays_are_read_only_views(self, example: Path) -> None:
        result = pt.run(example)
        for name in ("flux", "concentration"):
            first, second = result[name].values, result[name].values
            assert np.shares_memory(first, second)
            assert not first.flags.owndata
            assert not first.flags.writeable
            with pytest.raises(ValueError, match="read-only"):
                first[0] = 1.0
        assert np.shares_memory(result.to_xarray().flux.values, result.flux.values)

    def test_an_array_keeps_its_numbers_alive(self, example: Path) -> None:
        result = pt.run(example)
        values = result.plasma_concentration.values
        kept = values.copy()
        del result
        gc.collect()
        pt.run(example, {"patch.area": "99 cm^2"})
        np.testing.assert_array_equal(values, kept)

    def test_series_convert(self, result: pt.Result) -> None:
        plasma = result.plasma_concentration
        shown = plasma.to("ng/mL")
        np.testing.assert_allclose(shown.values, plasma.values * 1e6, rtol=1e-14)
        assert (shown.unit, shown.name) == ("ng/mL", "plasma_concentration")
        assert np.max(shown) == shown.values.max()
        assert np.array(plasma, copy=True) is not plasma.values
        with pytest.raises(pt.UnitError):
            plasma.to("mg")
        assert repr(plasma) == "<Series plasma_concentration [kg/m³], 241: drug concentration in plasma>"

    def test_headlines_are_the_numbers_of_the_command(self, result: pt.Result) -> None:
        value, unit = result.headlines["plasma_concentration_max"]
        assert unit == "ng/mL"
        assert value == pytest.approx(result.plasma_concentration.to(unit).values.max())
        assert str(pt.Quantity(24.98, "ug/h")) == "24.98 µg/h"
        raw = _core.run(result.scenario._raw, None)
        assert raw.headline_table() in result.summary()
        assert list(result.headlines) == [it.name for it in raw.headlines]
        assert "mass balance error" in result.summary()

    def test_says_how_it_went(self, result: pt.Result) -> None:
        assert result.status == "ok"
        assert 0.0 <= result.mass_balance_relative_error < 1e-12
        assert max(result.balance.values()) == result.mass_balance_relative_error
        assert result.work["linear_solves"] > 0
        assert [tuple(event) for event in result.events] == [(0.0, "apply patch"), (259200.0, "remove patch")]
        assert repr(result).endswith(": ok, 17 curves, 1 profiles>")

    def test_shows_a_card(self, example: Path) -> None:
        card = pt.run(example, {"title": "a < b"})._repr_html_()
        assert "a &lt; b" in card
        assert "Cmax" in card
        assert "ng/mL" in card
        assert "mass balance error" in card


class TestFile:
    def test_xarray_sees_the_same_in_the_file(self, result: pt.Result, tmp_path: Path) -> None:
        path = tmp_path / "r.h5"
        result.save(path)
        with xr.open_dataset(path, engine="h5netcdf") as opened:
            of_file = opened.load()
        del of_file.attrs["created"]
        xr.testing.assert_identical(result.to_xarray(), of_file)
        assert set(of_file.coords) == {"time", "time_profile", "depth", "layer_of_cell", "event"}
        assert of_file.flux.attrs["units"] == "kg/m^2/s"

    @pytest.mark.parametrize("model", ["plasma", "laminate"])
    def test_so_it_does_without_skin_and_without_plasma(
        self, example: Path, tmp_path: Path, model: str
    ) -> None:
        result = pt.run(example.parents[1] / "models" / model / "reference.toml")
        result.save(tmp_path / "r.h5")
        with xr.open_dataset(tmp_path / "r.h5", engine="h5netcdf") as opened:
            of_file = opened.load()
        del of_file.attrs["created"]
        xr.testing.assert_identical(result.to_xarray(), of_file)

    def test_a_saved_result_is_read_again(self, result: pt.Result, tmp_path: Path) -> None:
        path = tmp_path / "r.h5"
        result.save(path)
        again = pt.read(path)
        assert again.summary() == result.summary()
        assert again.headlines == result.headlines
        assert again.events == result.events
        assert (again.work, again.balance) == (result.work, result.balance)
        assert again.scenario == result.scenario
        assert again.concentration.layers == result.concentration.layers
        np.testing.assert_array_equal(again.concentration, result.concentration)
        dataset = again.to_xarray()
        del dataset.attrs["created"]
        xr.testing.assert_identical(dataset, result.to_xarray())
        again.save(tmp_path / "copy.h5")
        assert (tmp_path / "copy.h5").read_bytes() == path.read_bytes()

    def test_nothing_is_overwritten_unasked(self, result: pt.Result, tmp_path: Path) -> None:
        path = tmp_path / "r.h5"
        path.write_text("precious")
        with pytest.raises(pt.FileError):
            result.save(path)
        assert path.read_text() == "precious"
        result.save(path, overwrite=True)
        for saver in (pt.read(path), result):
            with pytest.raises(pt.FileError) as caught:
                saver.save(path)
            assert str(path) in str(caught.value)
        assert [it.name for it in tmp_path.iterdir()] == ["r.h5"]

    def test_what_is_no_result_is_refused(self, tmp_path: Path) -> None:
        path = tmp_path / "r.h5"
        path.write_text("this is no HDF5 file")
        with pytest.raises(pt.FileError):
            pt.read(path)
        xr.Dataset({"x": 1.0}).to_netcdf(path, engine="h5netcdf")
        with pytest.raises(pt.FileError, match="not a result of Poultice"):
            pt.read(path)


class TestCatalogue:
    def test_lists_the_models(self) -> None:
        models = pt.models()
        assert {"drug", "skin", "patch", "plasma"} <= set(models)
        assert len(models) == len(list(models))
        assert all(f"{name} " in repr(models) for name in models)

    def test_describes_one(self) -> None:
        patch = pt.describe("patch")
        assert patch.parameters["area"].unit == "cm^2"
        assert patch.parameters["area"].is_required
        assert set(patch.actions) == {"apply", "remove"}
        assert "cm²" in repr(patch)
        with pytest.raises(pt.ParameterError, match="did you mean patch"):
            pt.describe("pacth")

    def test_every_parameter_says_what_it_means(self) -> None:
        for model in pt.models().values():
            for spec in model.parameters.values():
                assert spec.meaning.endswith("."), (model.name, spec.key)
                assert spec.source or not spec.default, (model.name, spec.key)
