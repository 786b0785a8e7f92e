"""The poultice program as a user meets it: exit codes, messages, what is written and what is left behind."""

from __future__ import annotations

import json
import os
import pty
import select
import shutil
import signal
import subprocess
from pathlib import Path

import pytest

from command import BAD_INPUT, DONE, EXAMPLE, INTERRUPTED, RUN_FAILED, SMALL, Command


@pytest.fixture
def poultice(tmp_path: Path) -> Command:
    (tmp_path / "small.toml").write_text(SMALL, encoding="utf-8")
    return Command(tmp_path)


def test_run_writes_the_result_and_prints_the_headlines(poultice: Command) -> None:
    ran = poultice("run", EXAMPLE)
    assert ran.returncode == DONE
    assert ran.stderr == ""
    assert poultice.files() == {"small.toml", "fentanyl_patch.h5"}
    for words in (
        "Cmax",
        "Tmax",
        "AUC",
        "mean delivery rate 24\N{EN DASH}72 h",
        "delivered",
        "residual",
        "depot in skin at 72 h",
        "ng/mL",
        "µg/h",
        "% of applied",
        "mass balance error",
        "wall time",
        "linear solves",
        "fentanyl_patch.h5",
        "next: poultice plot fentanyl_patch.h5",
        "xarray.open_dataset",
    ):
        assert words in ran.stdout


def test_a_pipe_gets_text_without_control_characters(poultice: Command) -> None:
    ran = poultice("run", "small.toml")
    assert all(c.isprintable() or c == "\n" for c in ran.stdout)
    assert ran.stderr == ""


def test_quiet_prints_nothing(poultice: Command) -> None:
    ran = poultice("run", "small.toml", "--quiet", "-o", "r.h5")
    assert (ran.returncode, ran.stdout, ran.stderr) == (DONE, "", "")
    assert "r.h5" in poultice.files()


def test_json_holds_the_headlines_in_si(poultice: Command) -> None:
    answer = json.loads(poultice("run", "small.toml", "--json").stdout)
    assert answer["status"] == "ok"
    assert answer["file"] == "small.h5"
    assert answer["title"] == "A small patch"
    assert 0 <= answer["mass_balance_relative_error"] < 1e-10
    delivered, residual = answer["headlines"]["delivered_total"], answer["headlines"]["residual"]
    assert delivered["unit"] == "kg"
    assert delivered["relative_to"] == "applied"
    assert 0 < delivered["value"] < 4e-6
    assert delivered["share"] == pytest.approx(delivered["value"] / 4e-6)
    assert residual["value"] + delivered["value"] < 4e-6


def test_set_changes_one_parameter(poultice: Command) -> None:
    def delivered(*settings: str) -> float:
        words = [word for setting in settings for word in ("--set", setting)]
        answer = poultice("run", *words, "small.toml", "--json", "--force")
        return float(json.loads(answer.stdout)["headlines"]["delivered_total"]["value"])

    once = delivered()
    assert delivered("patch.content=8 mg") == pytest.approx(2 * once, rel=1e-4)
    assert delivered('patch.content="8 mg"', 'patch.area="20 cm^2"') > 1.5 * once


def test_an_existing_file_is_refused_before_anything_is_run(poultice: Command) -> None:
    (poultice.folder / "small.h5").write_text("precious", encoding="utf-8")
    refused = poultice("run", "small.toml", "--set", "solver.integrator=cvode", "--set", "solver.max_steps=3")
    assert refused.returncode == BAD_INPUT  # the run itself would have failed
    assert refused.stderr.startswith("poultice: small.h5: this file exists already")
    assert "--force" in refused.stderr
    assert (poultice.folder / "small.h5").read_text(encoding="utf-8") == "precious"
    assert poultice("run", "small.toml", "--force").returncode == DONE
    assert (poultice.folder / "small.h5").read_bytes().startswith(b"\x89HDF")


def test_an_output_that_cannot_be_written_is_refused(poultice: Command) -> None:
    for output in ("no/such/folder/r.h5", "small.toml/r.h5", "."):
        refused = poultice("run", "small.toml", "-o", output, "--force")
        assert refused.returncode == BAD_INPUT, output
        assert refused.stderr.startswith("poultice: "), output
    assert poultice.files() == {"small.toml"}


def test_a_failed_run_leaves_nothing_behind(poultice: Command) -> None:
    failed = poultice("run", "small.toml", "--set", "solver.integrator=cvode", "--set", "solver.max_steps=3")
    assert failed.returncode == RUN_FAILED
    assert failed.stderr.startswith("poultice: stopped at ")
    assert failed.stderr.endswith("see:      poultice explain too_many_steps\n")
    assert failed.stdout == ""
    assert poultice.files() == {"small.toml"}


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        ([], "a command is missing: run, check, new"),
        (["rn"], 'there is no command "rn"; did you mean run?'),
        (["run"], "S.toml is missing"),
        (["run", "small.toml", "--forse"], "there is no option --forse; did you mean --force?"),
        (["run", "small.toml", "more.toml"], '"more.toml" is one argument too many'),
        (["run", "smal.toml"], "did you mean small.toml?"),
        (["run", "small.toml", "--set", "patch.area"], "KEY=VALUE"),
        (["run", "small.toml", "--set", "patch.aera=2 cm^2"], "did you mean patch.area?"),
        (["run", "small.toml", "--set", "patch.area=2 cm"], "cm^2"),
        (["run", "small.toml", "--set", "patch.area=-1 cm^2"], "patch.area"),
        (["check", "small.toml", "--set", "patch.on=skin"], "skin"),
        (["run", "small.toml", "--set", "patch.area=2 cm"], "see:      poultice explain patch.area"),
        (["describe", "fentnyl"], "did you mean fentanyl?"),
        (["describe", "fentnyl"], "see:      poultice explain ParameterError"),
        (["explain", "patch.aera"], "did you mean patch.area?"),
        (["explain", "xyzzyx"], "see:      poultice explain, which lists them"),
        (["new", "--template", "pach"], "did you mean patch?"),
        (["new", "patch.toml"], "--template"),
        (["describe"], "NAME is missing"),
        (["digest"], "R.h5 is missing"),
        (["digest", "nothing.h5"], "nothing.h5: there is no such file"),
        (["digest", "small.toml"], "this is not an HDF5 file"),
        (["digest", "small.toml"], "see:      poultice explain FileError"),
    ],
)
def test_bad_input_is_named_and_nothing_is_left(poultice: Command, words: list[str], expected: str) -> None:
    refused = poultice(*words)
    assert refused.returncode == BAD_INPUT
    assert refused.stderr.startswith("poultice: ")
    assert expected in refused.stderr
    assert refused.stdout == ""
    assert poultice.files() == {"small.toml"}


def test_the_digest_depends_on_the_numbers_alone(poultice: Command) -> None:
    def digest(name: str, *words: str) -> str:
        assert poultice("run", "small.toml", "-o", name, *words).returncode == DONE
        answer = poultice("digest", name)
        assert answer.returncode == DONE
        hexadecimal, named = answer.stdout.split()
        assert named == name
        return hexadecimal

    first = digest("a.h5")
    assert len(first) == 64
    assert digest("b.h5") == first
    assert digest("c.h5", "--set", "patch.area=10.001 cm^2") != first
    both = poultice("digest", "a.h5", "c.h5").stdout.splitlines()
    assert [line.split()[1] for line in both] == ["a.h5", "c.h5"]


def test_check_shows_parameters_with_origin_and_trust_and_runs_nothing(poultice: Command) -> None:
    checked = poultice("check", EXAMPLE, "--set", "patch.area=20 cm^2")
    assert checked.returncode == DONE
    area = next(line for line in checked.stdout.splitlines() if line.strip().startswith("area "))
    assert "20 cm²" in area
    assert "override" in area
    for words in (
        "calibrated",
        "assumed",
        "drugs/fentanyl",
        "72 h  remove patch",
        "cells",
        "plasma_concentration",
        "nothing was run",
    ):
        assert words in checked.stdout
    assert poultice.files() == {"small.toml"}


def test_check_in_json(poultice: Command) -> None:
    answer = json.loads(poultice("check", EXAMPLE, "--json").stdout)
    area = next(p for p in answer["parameters"] if p["key"] == "patch.area")
    assert area["value"] == pytest.approx(10.5e-4)
    assert area["unit"] == "m^2"
    assert area["trust"] == "published"
    assert [event["text"] for event in answer["schedule"]] == ["apply patch", "remove patch"]
    assert "concentration" in answer["profiles"]


def test_models_and_describe_tell_what_there_is(poultice: Command) -> None:
    listed = poultice("models")
    assert listed.returncode == DONE
    for word in ("skin", "patch", "plasma", "transdermal", "fentanyl", "chest"):
        assert word in listed.stdout
    answer = json.loads(poultice("models", "--json").stdout)
    for model in answer["models"]:
        page = json.loads(poultice("describe", model["name"], "--json").stdout)
        assert page["kind"] == "model"
        assert page["parameters"], model
        assert model["meaning"] in poultice("describe", model["name"]).stdout
    for folder, sets in answer["sets"].items():
        for one in sets:
            page = json.loads(poultice("describe", f"{folder}/{one['name']}", "--json").stdout)
            assert page["title"] == one["title"]
    fentanyl = poultice("describe", "fentanyl").stdout
    for words in ("molar_mass = 336.5 g/mol", "(calibrated)", "source: "):
        assert words in fentanyl


def test_version_names_itself_and_its_libraries(poultice: Command) -> None:
    for words in (["version"], ["--version"]):
        assert poultice(*words).stdout.startswith("poultice ")
    for word in ("commit", "SUNDIALS", "HDF5", "lane loops", "result format"):
        assert word in poultice("version").stdout


def test_help_is_no_error(poultice: Command) -> None:
    assert "run" in poultice("--help").stdout
    for command in ("run", "check", "new", "models", "describe", "explain", "schema", "digest", "version"):
        helped = poultice(command, "--help")
        assert helped.returncode == DONE
        assert "Usage: poultice " + command in helped.stdout


def put_drawing_program(poultice: Command, code: int) -> None:
    """A stand-in on PATH; the program is run through a link, so that nothing lies beside it."""
    stand_in = poultice.folder / "poultice-plot"
    stand_in.write_text(f'#!/bin/sh\necho "$@"\nexit {code}\n', encoding="utf-8")
    stand_in.chmod(0o755)


@pytest.fixture
def lonely(poultice: Command, tmp_path_factory: pytest.TempPathFactory) -> Command:
    """The program in a folder without a drawing program, if it can be moved there."""
    folder = tmp_path_factory.mktemp("bin")
    copy = folder / "poultice"
    shutil.copy(poultice.program, copy)
    library = subprocess.run(["ldd", poultice.program], capture_output=True, text=True, check=True).stdout
    paths = [line.split("=>")[1].split()[0] for line in library.splitlines() if "libpoultice" in line]
    poultice.environment["LD_LIBRARY_PATH"] = str(Path(paths[0]).parent) if paths else ""
    poultice.program = str(copy)
    return poultice


def test_plot_hands_over_and_passes_the_exit_code_through(lonely: Command) -> None:
    put_drawing_program(lonely, 7)
    handed = lonely("plot", "r.h5", "-o", "p.png", "--force", "--help")
    assert handed.stdout == "r.h5 -o p.png --force --help\n"
    assert handed.returncode == 7


def test_plot_without_the_python_package_says_how_to_get_it(lonely: Command) -> None:
    refused = lonely("plot", "r.h5")
    assert refused.returncode == BAD_INPUT
    assert "pip install poultice" in refused.stderr


def test_a_full_disk_under_stdout_is_an_error(poultice: Command) -> None:
    if not Path("/dev/full").exists():
        pytest.skip("there is no /dev/full here")
    with Path("/dev/full").open("w") as full:
        ended = subprocess.run(
            [poultice.program, "models"], stdout=full, stderr=subprocess.PIPE, text=True, check=False
        )
    assert ended.returncode == RUN_FAILED
    assert "could not be written" in ended.stderr


@pytest.mark.parametrize("ask", [signal.SIGINT, signal.SIGTERM])
def test_an_interrupted_run_ends_at_once_and_leaves_nothing(poultice: Command, ask: signal.Signals) -> None:
    """stderr is a terminal here, so that the progress bar tells when the run is under way."""
    terminal, program_side = pty.openpty()
    long = ["laminate.layer.upper.cells=60000", "solver.relative_tolerance=1e-11", "output.every=1 min"]
    long.append("solver.integrator=cvode")
    words = [word for setting in long for word in ("--set", setting)]
    running = subprocess.Popen(
        [poultice.program, "run", "small.toml", *words],
        cwd=poultice.folder,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=program_side,
        env=poultice.environment,
    )
    os.close(program_side)
    shown = b""
    try:
        while b"%" not in shown:
            assert select.select([terminal], [], [], 100)[0], "no progress was shown"
            shown += os.read(terminal, 1000)
        running.send_signal(ask)
        assert running.wait(timeout=60) == INTERRUPTED
        while select.select([terminal], [], [], 0.2)[0]:
            try:
                shown += os.read(terminal, 1000)
            except OSError:  # Linux says so when the other side of a terminal is closed
                break
    finally:
        running.kill()
        running.wait()
        os.close(terminal)
        assert running.stdout is not None
        assert running.stdout.read() == b""
        running.stdout.close()
    assert b"poultice: interrupted at " in shown
    assert poultice.files() == {"small.toml"}
