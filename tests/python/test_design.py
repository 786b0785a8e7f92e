"""Members drawn from the distributions of a study, against SciPy's own distributions and closed forms."""

from __future__ import annotations

import csv
import io
import sys
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy import stats

import poultice as pt
from poultice import _core, _draw_command
from poultice._design import Drawn, draw

CLEARANCE = "plasma.clearance"
THICKNESS = "skin.stratum_corneum.thickness"
AREA = "patch.area"

WEAR = """\
duration = "72 h"
therapy = "transdermal"
[drug]
use = "fentanyl"
[patch]
use = "fentanyl_matrix_25"
[[schedule]]
at = "0 h"
apply = "patch"
"""

UNIFORM = '{ distribution = "uniform", from = "10 L/h", to = "100 L/h" }'
LOGNORMAL = '{ distribution = "lognormal", median = "15 um", cv = "30 %" }'
PER_HOUR = 1e-3 / 3600.0  #: L/h in SI


def study(distributions: dict[str, str], head: str = "n = 1024", tail: str = "") -> _core.Study:
    lines = [f'"{path}" = {text}' for path, text in distributions.items()]
    text = "\n".join([WEAR, "[sweep]", head, "[sweep.distributions]", *lines, tail])
    return _core.parse_study(text, "study.toml", "", [])


def correlated(first: str, second: str, rank: float) -> str:
    return f'[[sweep.correlations]]\nbetween = ["{first}", "{second}"]\nrank = {rank}\n'


def numbers(drawn: Drawn, path: str) -> np.ndarray:
    column = drawn[path]
    assert isinstance(column, np.ndarray)
    return column


def distance(values: np.ndarray, expected: stats.rv_continuous) -> float:
    """The largest difference between what is drawn and what is meant, as shares."""
    return float(stats.kstest(values, expected.cdf).statistic)


def truth(kind: str) -> tuple[str, str, stats.rv_continuous]:
    """A path, its distribution as a study says it, and as SciPy has it."""
    sigma = np.sqrt(np.log1p(0.3**2))
    cut = stats.truncnorm(-1.0, 2.0, loc=50 * PER_HOUR, scale=10 * PER_HOUR)
    return {
        "normal": (
            CLEARANCE,
            '{ distribution = "normal", mean = "50 L/h", sd = "5 L/h" }',
            stats.norm(50 * PER_HOUR, 5 * PER_HOUR),
        ),
        "cut": (
            CLEARANCE,
            '{ distribution = "normal", mean = "50 L/h", sd = "10 L/h", '
            'minimum = "40 L/h", maximum = "70 L/h" }',
            cut,
        ),
        "lognormal": (THICKNESS, LOGNORMAL, stats.lognorm(sigma, scale=15e-6)),
        "uniform": (CLEARANCE, UNIFORM, stats.uniform(10 * PER_HOUR, 90 * PER_HOUR)),
        "loguniform": (
            CLEARANCE,
            '{ distribution = "loguniform", from = "10 L/h", to = "100 L/h" }',
            stats.loguniform(10 * PER_HOUR, 100 * PER_HOUR),
        ),
    }[kind]


@pytest.mark.parametrize("method", ["sobol", "latin_hypercube"])
@pytest.mark.parametrize("kind", ["normal", "cut", "lognormal", "uniform", "loguniform"])
def test_one_point_falls_into_each_of_n_equal_shares(kind: str, method: str) -> None:
    path, text, expected = truth(kind)
    drawn = numbers(draw(study({path: text}, f'n = 1024\nmethod = "{method}"')), path)
    cells = np.floor(expected.cdf(np.sort(drawn)) * 1024 * (1 + 1e-12)).astype(int)
    assert (cells == np.arange(1024)).all()


@pytest.mark.parametrize("kind", ["normal", "cut", "lognormal", "uniform", "loguniform"])
def test_random_draws_follow_the_distribution(kind: str) -> None:
    path, text, expected = truth(kind)
    drawn = numbers(draw(study({path: text}, 'n = 4000\nmethod = "random"')), path)
    assert distance(drawn, expected) < 1.95 / np.sqrt(4000)  # passed by 999 of 1000 seeds, and by this one


def test_cv_is_that_of_the_distribution() -> None:
    drawn = numbers(draw(study({THICKNESS: LOGNORMAL}, "n = 65536")), THICKNESS)
    assert np.median(drawn) == pytest.approx(15e-6, rel=1e-4)
    assert drawn.std() / drawn.mean() == pytest.approx(0.3, rel=1e-3)


def test_a_temperature_spreads_by_its_sd() -> None:
    text = '{ distribution = "normal", mean = "32 degC", sd = "0.5 degC" }'
    drawn = numbers(draw(study({"skin.temperature": text}, "n = 65536")), "skin.temperature")
    assert drawn.mean() == pytest.approx(305.15, abs=1e-4)
    assert drawn.std() == pytest.approx(0.5, rel=1e-3)


@settings(max_examples=40, deadline=None)
@given(
    mean=st.floats(20, 80),
    sd=st.floats(1, 20),
    low=st.floats(-5.5, 5.0),
    width=st.floats(0.05, 5.0),
    lognormal=st.booleans(),
)
def test_what_is_cut_stays_within_and_follows_the_cut_distribution(
    mean: float, sd: float, low: float, width: float, lognormal: bool
) -> None:
    sigma = np.sqrt(np.log1p((sd / mean) ** 2))
    ends = [mean * np.exp(sigma * z) if lognormal else mean + sd * z for z in (low, low + width)]
    bottom, top = np.clip(ends, 1.0, 900.0)
    if top - bottom < 1e-3:
        return
    middle = f'mean = "{mean} L/h", sd = "{sd} L/h"'
    head = f'median = "{mean} L/h", cv = {sd / mean}' if lognormal else middle
    kind = "lognormal" if lognormal else "normal"
    cut = f'minimum = "{bottom} L/h", maximum = "{top} L/h"'
    try:
        made = study({CLEARANCE: f'{{ distribution = "{kind}", {head}, {cut} }}'}, "n = 256")
    except pt.ScenarioError as error:
        assert "nothing is left" in str(error)  # noqa: PT017
        return
    drawn = numbers(draw(made), CLEARANCE) / PER_HOUR
    assert drawn.min() >= bottom * (1 - 1e-12)
    assert drawn.max() <= top * (1 + 1e-12)

    def in_sigmas(values: np.ndarray | float) -> np.ndarray | float:
        return np.log(values / mean) / sigma if lognormal else (values - mean) / sd

    expected = stats.truncnorm(in_sigmas(bottom), in_sigmas(top))
    assert distance(np.asarray(in_sigmas(drawn)), expected) < 1.5 / 256


def test_categories_come_as_often_as_they_weigh() -> None:
    drawn = draw(
        study(
            {
                "patch.kind": (
                    '{ distribution = "categorical", values = ["matrix", "reservoir"], weights = [3, 1] }'
                ),
                "skin.stratum_corneum.cells": (
                    '{ distribution = "categorical", values = [10, 20, 30], weights = [0, 1, 1] }'
                ),
            }
        )
    )
    assert drawn["patch.kind"].count("matrix") == 768
    cells = numbers(drawn, "skin.stratum_corneum.cells")
    assert sorted(set(cells)) == [20.0, 30.0]
    assert (cells == 20.0).sum() == 512


@pytest.mark.parametrize("rank", [-0.9, -0.3, 0.5, 0.95])
def test_ranks_correlate_as_asked(rank: float) -> None:
    made = study(
        {CLEARANCE: UNIFORM, THICKNESS: LOGNORMAL}, "n = 8192", correlated(CLEARANCE, THICKNESS, rank)
    )
    drawn = draw(made)
    assert stats.spearmanr(drawn[CLEARANCE], drawn[THICKNESS]).statistic == pytest.approx(rank, abs=0.005)
    # A copula leaves each parameter's own distribution alone.
    assert distance(numbers(drawn, THICKNESS), truth("lognormal")[2]) < 0.01
    assert distance(numbers(drawn, CLEARANCE), truth("uniform")[2]) < 0.01


def test_correlating_two_leaves_a_third_alone() -> None:
    three = {
        CLEARANCE: UNIFORM,
        AREA: '{ distribution = "uniform", from = "5 cm^2", to = "20 cm^2" }',
        THICKNESS: LOGNORMAL,
    }
    alone, together = draw(study(three)), draw(study(three, tail=correlated(CLEARANCE, THICKNESS, 0.6)))
    assert np.array_equal(numbers(alone, AREA), numbers(together, AREA))
    assert abs(stats.spearmanr(together[AREA], together[THICKNESS]).statistic) < 0.02
    assert not np.array_equal(numbers(alone, THICKNESS), numbers(together, THICKNESS))


def test_the_same_seed_gives_the_same_members_and_another_gives_others() -> None:
    for method in ("sobol", "latin_hypercube", "random"):
        first, again, other = (
            numbers(
                draw(study({CLEARANCE: UNIFORM}, f'n = 64\nmethod = "{method}"\nseed = {seed}')), CLEARANCE
            )
            for seed in (7, 7, 8)
        )
        assert np.array_equal(first, again)
        assert not np.array_equal(first, other)


def test_replicates_are_drawn_anew_and_more_of_them_change_none() -> None:
    two, three = (
        numbers(draw(study({CLEARANCE: UNIFORM}, f"n = 64\nreplicates = {n}")), CLEARANCE).reshape(n, 64)
        for n in (2, 3)
    )
    assert np.array_equal(two, three[:2])
    assert len(np.unique(three)) == three.size


def test_a_number_of_points_that_is_no_power_of_two_is_said_to_be_unbalanced() -> None:
    made = study({CLEARANCE: UNIFORM}, "n = 100")
    assert made.warnings == [
        "a Sobol sequence is balanced for powers of two only: take n = 64 or 128 in place of 100"
    ]
    assert len(numbers(draw(made), CLEARANCE)) == 100
    assert study({CLEARANCE: UNIFORM}, "n = 128").warnings == []


def test_a_design_crosses_what_is_drawn_with_the_axes() -> None:
    axes = '[sweep.axes]\n"patch.area" = ["5 cm^2", "10 cm^2"]\n'
    made = study({CLEARANCE: UNIFORM}, "n = 4\nreplicates = 2", axes)
    drawn = draw(made)
    design = made.design_with(drawn)
    assert design.n_members == made.n_members == 16
    assert list(design.columns) == [AREA, CLEARANCE]
    assert design.units == {AREA: "m^2", CLEARANCE: "m^3/s"}
    expected = numbers(drawn, CLEARANCE).reshape(2, 1, 4).repeat(2, axis=1).ravel()
    assert np.array_equal(design.columns[CLEARANCE], expected)
    assert design.indices["replicate"].tolist() == [0] * 8 + [1] * 8
    assert design.indices["sample"].tolist() == [0, 1, 2, 3] * 4


def test_draws_that_no_parameter_can_have_are_refused() -> None:
    made = study({CLEARANCE: '{ distribution = "normal", mean = "10 L/h", sd = "10 L/h" }'})
    with pytest.raises(pt.ScenarioError, match="out of the parameter's range") as caught:
        made.design_with(draw(made))
    assert "minimum = " in caught.value.hint


def test_without_scipy_it_says_what_to_install(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("scipy.stats.qmc", "scipy.special"):
        monkeypatch.setitem(sys.modules, name, None)
    with pytest.raises(ImportError, match=r"pip install 'poultice\[sweep\]'"):
        draw(study({CLEARANCE: UNIFORM}))


def test_the_program_prints_every_digit(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    kind = '{ distribution = "categorical", values = ["matrix", "reservoir"] }'
    made = study({CLEARANCE: UNIFORM, "patch.kind": kind}, "n = 64")
    file = tmp_path / "study.toml"
    file.write_text(made.text.replace("n = 64", "n = 8"), encoding="utf-8")
    assert _draw_command.main([str(file), "--set", "sweep.n=64"]) == 0
    rows = list(csv.reader(io.StringIO(capsys.readouterr().out)))
    assert rows[0] == [CLEARANCE, "patch.kind"]
    drawn = draw(made)
    assert [float(row[0]) for row in rows[1:]] == numbers(drawn, CLEARANCE).tolist()
    assert [row[1] for row in rows[1:]] == drawn["patch.kind"]


def test_the_program_says_what_is_wrong(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert _draw_command.main([str(tmp_path / "none.toml")]) == 2
    assert "there is no such file" in capsys.readouterr().err
    with pytest.raises(SystemExit):
        _draw_command.main(["study.toml", "--set", "n"])
    assert "a key and a value are needed" in capsys.readouterr().err
