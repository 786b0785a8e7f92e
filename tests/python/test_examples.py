"""What the comments of the examples say of their outcome."""

from __future__ import annotations

from functools import cache
from pathlib import Path

import numpy as np
import pytest

import poultice as pt

EXAMPLES = Path(__file__).parents[2] / "examples"


@cache
def run(name: str) -> pt.Result:
    return pt.run(EXAMPLES / f"{name}.toml")


def at(series: pt.Series, hour: float, unit: str) -> float:
    return float(np.interp(hour * 3600.0, series.times, series.to(unit).values))


def hours_to_half(series: pt.Series, start: float) -> float:
    hours, values = series.times / 3600.0, series.values
    after = hours >= start
    return float(np.interp(-0.5 * values[after][0], -values[after], hours[after])) - start


def cmax(result: pt.Result, unit: str) -> float:
    return float(result.plasma_concentration_max.to(unit).value)


def test_infusion_of_fentanyl() -> None:
    result = run("fentanyl_infusion")
    assert cmax(result, "ng/mL") == pytest.approx(0.66, abs=0.005)
    assert hours_to_half(result.plasma_concentration, 72.0) == pytest.approx(4.0, abs=0.2)
    assert hours_to_half(run("fentanyl_patch").plasma_concentration, 72.0) == pytest.approx(16.0, abs=0.2)


def test_rotation_of_fentanyl_patches() -> None:
    plasma = run("fentanyl_rotation").plasma_concentration
    hours, values = plasma.times / 3600.0, plasma.to("ng/mL").values
    later = values[(hours > 24.0) & (hours < 216.0)]
    assert (later.min(), later.max()) == pytest.approx((0.5, 1.2), abs=0.05)
    assert values[hours < 72.0].max() < values[(hours > 72.0) & (hours < 144.0)].max()


def test_nicotine_patch() -> None:
    result = run("nicotine_patch")
    assert at(result.delivered, 24.0, "mg") == pytest.approx(21.0, abs=0.3)
    assert cmax(result, "ng/mL") == pytest.approx(12.5, abs=0.1)
    assert result.plasma_concentration_max_time.to("h").value == pytest.approx(12.0, abs=0.5)
    assert at(result.plasma_auc, 24.0, "ng*h/mL") == pytest.approx(260.0, abs=3.0)


def test_buprenorphine_patch() -> None:
    result = run("buprenorphine_patch")
    rate = (at(result.delivered, 168.0, "ug") - at(result.delivered, 72.0, "ug")) / 96.0
    assert rate == pytest.approx(10.0, abs=0.05)
    assert cmax(result, "pg/mL") == pytest.approx(183.0, abs=1.0)
    assert at(result.removed, 240.0, "mg") / at(result.applied, 240.0, "mg") == pytest.approx(0.82, abs=0.005)
    assert hours_to_half(result.plasma_concentration, 168.0) == pytest.approx(31.0, abs=1.0)
    assert result.plasma_auc_last.to("ng*h/mL").value == pytest.approx(1.22 * 27.0, rel=0.02)
