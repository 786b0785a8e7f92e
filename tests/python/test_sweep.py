"""`pt.plan` and `pt.sweep`: the same numbers on threads, on an executor, after an interruption."""

from __future__ import annotations

from concurrent.futures import ProcessPoolExecutor, ThreadPoolExecutor
from multiprocessing import get_context
from pathlib import Path

import numpy as np
import pytest

import poultice as pt
from command import SMALL
from poultice import _core

AXES = {"patch.area": ["5 cm^2", "10 cm^2", "20 cm^2"], "patch.content": ["2 mg", "4 mg"]}


@pytest.fixture(scope="module")
def plan() -> pt.Plan:
    return pt.plan(SMALL, axes=AXES, curves=["released"], every="2 h", width=2)


@pytest.fixture(scope="module")
def result(plan: pt.Plan) -> pt.SweepResult:
    return pt.sweep(plan, progress=False)


def test_a_plan_says_what_it_is(plan: pt.Plan) -> None:
    assert (plan.title, plan.n_members, plan.n_blocks, plan.n_shards) == ("A small patch", 6, 3, 1)
    frame = plan.to_dataframe()
    assert frame["patch.area"].tolist() == pytest.approx([5e-4, 5e-4, 1e-3, 1e-3, 2e-3, 2e-3])
    assert frame.attrs["units"] == {"patch.area": "m^2", "patch.content": "kg"}
    assert plan.with_shards(3).hash == plan.hash
    seconds, size = plan.expected()
    assert 0 < seconds < 60
    assert 0 < size < 1e6


def test_members_are_the_runs_of_their_scenarios(result: pt.SweepResult) -> None:
    data = result.to_xarray()
    assert dict(data.sizes) == {"run": 6, "time": 6}
    for member, area in ((0, "5 cm^2"), (4, "20 cm^2")):
        one = pt.run(SMALL, {"patch.area": area, "patch.content": "2 mg"})
        released = np.interp(data.time, one.time, one.released.values)
        assert data.released[member].values == pytest.approx(released, rel=1e-4, abs=1e-13)
        assert float(data.residual[member]) == pytest.approx(one["residual"].to("kg").value, rel=1e-4)


def test_the_result_is_a_table(result: pt.SweepResult) -> None:
    assert result.status == {"ok": 6}
    frame = result.to_dataframe()
    assert len(frame) == 6
    assert frame.attrs["units"]["delivered_total"] == "kg"
    shown = result.to_dataframe(units="display")
    assert shown["patch.area [cm^2]"].tolist() == pytest.approx([5, 5, 10, 10, 20, 20])
    assert (frame["delivered_total"] > 0).all()
    assert result.failures().empty
    assert "6 ok" in repr(result)


def test_failures_say_what_was_given_and_why() -> None:
    steps = [5, 100000]
    plan = pt.plan(SMALL, {"solver.integrator": "cvode"}, axes=AXES | {"solver.max_steps": steps})
    result = pt.sweep(plan, progress=False)
    assert result.status == {"ok": 6, "integration_failed": 6}
    failures = result.failures()
    assert (failures["solver.max_steps"] == 5).all()
    assert failures["why"].str.contains("max_steps|steps").all()
    assert failures.index.tolist() == [0, 2, 4, 6, 8, 10]
    assert result.to_dataframe().loc[failures.index, "delivered_total"].isna().all()


def test_members_whose_models_do_not_fit_are_refused_and_say_why() -> None:
    axes = {"patch.on": ["drug", "laminate"], "patch.area": ["5 cm^2", "10 cm^2"]}
    result = pt.sweep(pt.plan(SMALL, axes=axes), progress=False)
    assert result.status == {"ok": 2, "refused": 2}
    failures = result.failures()
    assert failures["patch.on"].tolist() == ["drug", "drug"]
    assert failures["why"].str.contains("no surface").all()
    with pytest.raises(pt.ModelError, match="no surface"):
        pt.plan(SMALL, axes=axes | {"patch.on": ["drug"]})


def test_every_way_gives_the_same_numbers(plan: pt.Plan, result: pt.SweepResult, tmp_path: Path) -> None:
    expected = result.to_xarray()
    ways = {
        "threads": lambda out: pt.sweep(plan, out, progress=False, threads=3),
        "shards": lambda out: pt.sweep(plan.with_shards(3), out, progress=False, threads=1),
    }
    for name, way in ways.items():
        assert way(tmp_path / f"{name}.h5").to_xarray().equals(expected), name
    for method in ("fork", "spawn"):
        with ProcessPoolExecutor(2, mp_context=get_context(method)) as executor:
            got = pt.sweep(plan, tmp_path / f"{method}.h5", executor=executor, progress=False)
        assert got.to_xarray().equals(expected), method
    assert {path.name for path in tmp_path.iterdir()} == {f"{it}.h5" for it in (*ways, "fork", "spawn")}


def test_progress_rises_to_one(plan: pt.Plan) -> None:
    for executor in (None, ThreadPoolExecutor(2)):
        seen: list[float] = []
        pt.sweep(plan, executor=executor, progress=seen.append)
        assert seen == sorted(seen)
        assert seen[-1] == 1.0


def test_a_folder_keeps_the_parts_and_goes_on(plan: pt.Plan, result: pt.SweepResult, tmp_path: Path) -> None:
    folder = tmp_path / "big"
    plan.with_shards(3).write(folder)
    _core.run_shard(str(folder), 1, 1, None)
    with pytest.raises(pt.FileError, match="exists already"):
        pt.sweep(plan, folder, progress=False)
    with pytest.raises(pt.FileError, match="another one"):
        pt.sweep(pt.plan(SMALL, axes=AXES), folder, resume=True, progress=False)
    with pytest.raises(pt.FileError, match="2 of 3 shards: 0, 2"):
        _core.merge_sweep(str(folder), str(tmp_path / "hole.h5"), False, 0, False)
    again = pt.sweep(plan, folder, resume=True, progress=False)
    assert again.path == folder / "sweep.h5"
    assert again.to_xarray().equals(result.to_xarray())
    assert pt.sweep(folder, progress=False).to_xarray().equals(result.to_xarray())


def test_a_file_is_not_overwritten_unasked(plan: pt.Plan, tmp_path: Path) -> None:
    out = tmp_path / "r.h5"
    out.write_text("mine")
    with pytest.raises(pt.FileError, match="of that name"):
        pt.sweep(plan, out, progress=False)
    assert out.read_text() == "mine"
    assert pt.sweep(plan, out, overwrite=True, progress=False).status == {"ok": 6}


def test_a_file_without_a_name_goes_with_its_result(plan: pt.Plan) -> None:
    result = pt.sweep(plan, progress=False)
    path = result.path
    assert path.exists()
    del result
    assert not path.parent.exists()


def test_distributions_are_drawn() -> None:
    drawn = {"patch.diffusivity": {"distribution": "lognormal", "median": "1e-9 cm^2/s", "cv": 0.5}}
    plan = pt.plan(SMALL, distributions=drawn, n=64, seed=3)
    again = pt.plan(SMALL, distributions=drawn, n=64, seed=3)
    assert plan.hash == again.hash
    assert plan.hash != pt.plan(SMALL, distributions=drawn, n=64, seed=4).hash
    frame = pt.sweep(plan, progress=False).to_dataframe()
    assert np.exp(np.log(frame["patch.diffusivity"]).mean()) == pytest.approx(1e-13, rel=0.05)
    assert frame["patch.diffusivity"].corr(frame["delivered_total"], method="spearman") > 0.9


def test_a_study_of_its_own_may_be_changed_in_single_values(tmp_path: Path) -> None:
    study = SMALL + '\n[sweep]\ncurves = ["released"]\n[sweep.axes]\n"patch.area" = ["5 cm^2", "10 cm^2"]\n'
    (tmp_path / "study.toml").write_text(study, encoding="utf-8")
    plan = pt.plan(tmp_path / "study.toml", {"patch.content": "3 mg"}, every="5 h")
    assert plan.n_members == 2
    data = pt.sweep(plan, progress=False).to_xarray()
    assert data.time.values.tolist() == [0.0, 18000.0, 36000.0]
    with pytest.raises(pt.ParameterError, match="of its own"):
        pt.plan(tmp_path / "study.toml", axes=AXES)


def test_what_is_wrong_is_said_before_anything_is_run() -> None:
    with pytest.raises(pt.ScenarioError, match=r"patch\.aera"):
        pt.plan(SMALL, axes={"patch.aera": ["5 cm^2"]})
    with pytest.raises(pt.ScenarioError, match="releasd"):
        pt.plan(SMALL, axes=AXES, curves=["releasd"])
    with pytest.raises(pt.ScenarioError, match=r"a multiple of output\.every"):
        pt.plan(SMALL, axes=AXES, curves=["released"], every="7 min")
    with pytest.raises(pt.FileError, match="no-such-study"):
        pt.plan("no-such-study.toml", axes=AXES)
