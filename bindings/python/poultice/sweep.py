"""Many variants of a scenario: planned, and run here or on any executor."""

from __future__ import annotations

import os
import shutil
import tempfile
import warnings as python_warnings
import weakref
from collections.abc import Callable, Mapping, Sequence
from concurrent.futures import Executor, as_completed
from pathlib import Path
from typing import Any

from poultice import _core
from poultice._progress import Report, reporter
from poultice._run_shard import run_shard
from poultice._sweep_study import study_of
from poultice.errors import FileError, ScenarioWarning
from poultice.scenario import Overrides, Study
from poultice.sweep_plan import File, Plan
from poultice.sweep_result import SweepResult

__all__ = ["Plan", "SweepResult", "plan", "sweep"]

#: Parts that an executor gets where the plan names none: enough to keep some dozens of workers busy.
SHARDS_OF_EXECUTOR = 64


def plan(
    study: Study,
    overrides: Overrides | None = None,
    *,
    axes: Mapping[str, Any] | None = None,
    distributions: Mapping[str, Mapping[str, Any]] | None = None,
    correlations: Sequence[Mapping[str, Any]] | None = None,
    table: File | None = None,
    method: str | None = None,
    n: int | None = None,
    seed: int | None = None,
    replicates: int | None = None,
    curves: Sequence[str] | None = None,
    every: str | None = None,
    profiles: Sequence[str] | None = None,
    profiles_every: str | None = None,
    shards: int = 1,
    width: int = 32,
) -> Plan:
    """Draws the members of a sweep and decides how they are run; runs nothing.

    `study` is a file with a table [sweep], or a scenario (a path, a dictionary, TOML text, a Scenario) and
    then the other arguments say what that table would: `axes={"patch.area": ["5 cm^2", "10 cm^2"]}, n=64,
    distributions={"plasma.clearance": {"distribution": "lognormal", "median": "50 L/h", "cv": 0.3}}`.
    Arguments of a study that has the table go before what stands there.

    Raises ScenarioError with everything that is wrong, FileError, ModelError; ImportError where there are
    distributions to draw and SciPy is not installed."""
    told = {
        "axes": axes,
        "distributions": distributions,
        "correlations": correlations,
        "table": table,
        "method": method,
        "n": n,
        "seed": seed,
        "replicates": replicates,
        "curves": curves,
        "every": every,
        "profiles": profiles,
        "profiles_every": profiles_every,
    }
    raw = study_of(study, overrides, told)
    for warning in raw.warnings:
        python_warnings.warn(warning, ScenarioWarning, stacklevel=2)
    if raw.needs_drawing:
        from poultice._design import draw

        design = raw.design_with(draw(raw))
    else:
        design = raw.design()
    return Plan(_core.make_plan(raw, design, width, shards), raw)


def sweep(
    plan: Plan | Study,
    out: File | None = None,
    *,
    executor: Executor | None = None,
    progress: bool | Callable[[float], None] = True,
    threads: int | None = None,
    resume: bool = False,
    overwrite: bool = False,
) -> SweepResult:
    """Runs a sweep: a Plan, a study, or a folder that holds a plan.

    `out` names the result file (.h5); without, it is kept for as long as the SweepResult lives. Where `out`
    has another ending, it is a folder that keeps plan and parts beside the result, as `poultice sweep` does.
    `resume=True` goes on with what such a folder, or one that was left behind, holds already.

    `executor` is any `concurrent.futures.Executor` (processes here, or Dask's, or mpi4py's): each of its
    tasks is one shard, run with one thread, and must see the same files. Without, this process uses
    `threads`, by default all processors.

    Members that fail do not stop the sweep: see `SweepResult.failures`. Raises FileError, and what an
    executor raises when it loses its workers; then `resume` goes on."""
    if isinstance(plan, str | os.PathLike) and _is_folder(os.fspath(plan)):
        return _run_in(Path(plan), out, executor, progress, threads, overwrite)
    planned = plan if isinstance(plan, Plan) else _plan(plan)
    if executor is not None and planned.n_shards == 1:
        planned = planned.with_shards(SHARDS_OF_EXECUTOR)
    if out is None:
        return _run_for_a_while(planned, executor, progress, threads)
    target = Path(out)
    is_file = target.suffix == ".h5"
    if is_file and target.exists() and not overwrite:
        hint = "choose another, or say overwrite=True"
        raise FileError.of(str(target), "there is a file of that name", hint)
    folder = target.with_suffix(".sweep") if is_file else target
    _put(planned, folder, resume)
    result = _run_in(folder, target if is_file else None, executor, progress, threads, overwrite)
    if is_file:
        shutil.rmtree(folder)
    return result


_plan = plan  # the argument of `sweep` bears the same name


def _run_for_a_while(
    plan: Plan, executor: Executor | None, progress: bool | Callable[[float], None], threads: int | None
) -> SweepResult:
    """The result's file lives as long as the result."""
    folder = Path(tempfile.mkdtemp(prefix="poultice-"))
    try:
        _put(plan, folder, False)
        result = _run_in(folder, None, executor, progress, threads, False)
    except BaseException:
        shutil.rmtree(folder, ignore_errors=True)
        raise
    weakref.finalize(result, shutil.rmtree, folder, ignore_errors=True)
    return result


def _is_folder(plan: str) -> bool:
    return "\n" not in plan and os.path.isdir(plan)


def _put(plan: Plan, folder: Path, resume: bool) -> None:
    """The plan in its folder; or the same one that is there already."""
    there = folder / "plan.h5"
    if not (resume and there.exists()):
        plan.write(folder)
    elif _core.read_plan(str(folder)).hash != plan.hash:
        hint = "the study has changed; choose another place, or remove the folder"
        raise FileError.of(str(folder), "the sweep that lies here is another one", hint)


def _run_in(
    folder: Path,
    out: File | None,
    executor: Executor | None,
    progress: bool | Callable[[float], None],
    threads: int | None,
    overwrite: bool,
) -> SweepResult:
    with reporter(progress) as report:
        if executor is None:
            _, _, odd = _core.run_shard(str(folder), None, threads or 0, report)
        else:
            odd = _run_on(executor, folder, report)
    for warning in odd:
        python_warnings.warn(warning, ScenarioWarning, stacklevel=3)
    merged = Path(os.fspath(out)) if out is not None else folder / "sweep.h5"
    _core.merge_sweep(str(folder), str(merged), False, 0, overwrite or out is None)
    return SweepResult(merged)


def _run_on(executor: Executor, folder: Path, report: Report | None) -> list[str]:
    """Every shard that is not done is a task. Gives what looked odd."""
    done, begun, missing = _core.shards_of(str(folder))
    n_shards = len(done) + len(begun) + len(missing)
    path = str(folder.absolute())
    tasks = [executor.submit(run_shard, path, shard) for shard in sorted(begun + missing)]
    odd: dict[str, None] = {}
    n_done = len(done)
    try:
        for task in as_completed(tasks):
            odd |= dict.fromkeys(task.result()[2])
            n_done += 1
            if report is not None:
                report(n_done / n_shards)
    except BaseException:
        for task in tasks:
            task.cancel()
        raise
    return list(odd)
