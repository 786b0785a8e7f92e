"""Single numbers and tables: what is asked for comes with its unit, and what cannot be is refused."""

from __future__ import annotations

import sys
from pathlib import Path

import numpy as np
import pandas as pd
import pytest

import poultice as pt


@pytest.fixture(scope="module")
def rotation(example: Path) -> pt.Result:
    """Patches on two sites."""
    return pt.run(example.with_name("fentanyl_rotation.toml"))


class TestValue:
    def test_takes_a_curve_at_a_time(self, result: pt.Result) -> None:
        at = int(np.searchsorted(result.time, 24 * 3600.0))
        value, unit = result.value("delivered", at="24 h", unit="mg")
        assert unit == "mg"
        assert value == pytest.approx(result.delivered.values[at] * 1e6, rel=1e-12)
        assert result.value("delivered", at=86400.0, unit="mg").value == value
        assert result.value("delivered", at=pt.Quantity(1.0, "d"), unit="mg").value == value
        assert result.value("plasma_concentration", at="24 h").unit == "ng/mL"

    def test_goes_straight_between_samples(self, result: pt.Result) -> None:
        before, after = (result.value("delivered", at=at).value for at in ("24 h", "24.5 h"))
        between = result.value("delivered", at="24.125 h").value
        assert before < after
        assert between == pytest.approx(0.75 * before + 0.25 * after, rel=1e-9)

    def test_per_area_is_the_flux_added_up(self, result: pt.Result) -> None:
        per_area = result.value("delivered", at="24 h", unit="ug/cm^2").value
        assert per_area == pytest.approx(result.value("delivered", at="24 h", unit="ug").value / 10.5)
        rate = result.value("delivery_rate", at="24 h", unit="ug/cm^2/h").value
        assert rate == pytest.approx(result.value("flux", at="24 h").value, rel=1e-9)
        assert result.value("residual", unit="ug/cm^2").value == pytest.approx(
            result.residual.to("ug").value / 10.5
        )
        halved = result.value("delivered", at="24 h", unit="ug/cm^2", area="21 cm^2").value
        assert halved == pytest.approx(per_area / 2.0)

    def test_the_area_of_the_tissue_goes_before_that_of_the_patch(self, example: Path) -> None:
        study = pt.load(example, {"skin.area": "30 cm^2", "duration": "6 h", "schedule.1.at": "5 h"})
        value = study.run().value
        assert value("delivery_rate", at="4 h", unit="ug/cm^2/h").value == pytest.approx(
            value("flux", at="4 h").value, rel=1e-9
        )

    def test_of_several_tissues_one_must_be_chosen(self, rotation: pt.Result) -> None:
        with pytest.raises(pt.ParameterError, match="upper_arm") as caught:
            rotation.value("delivered", at="24 h", unit="ug/cm^2")
        assert "area=" in caught.value.hint
        total = rotation.value("delivered", at="24 h", unit="ug").value
        chosen = rotation.value("delivered", at="24 h", unit="ug/cm^2", area="10 cm^2")
        assert chosen.value == pytest.approx(total / 10.0)

    def test_headlines_need_no_time(self, result: pt.Result) -> None:
        assert result.value("plasma_concentration_max") == result.plasma_concentration_max
        assert (
            result.value("plasma_concentration_max_time", unit="s").value
            == result.time[int(result.plasma_concentration.values.argmax())]
        )
        with pytest.raises(pt.ParameterError, match="ask for plasma_concentration"):
            result.value("plasma_concentration_max", at="24 h")

    def test_refuses_what_there_is_not(self, result: pt.Result) -> None:
        for at in ("121 h", -1.0):
            with pytest.raises(pt.ParameterError, match="outside the run") as caught:
                result.value("delivered", at=at)
            assert "120 h" in caught.value.hint
        assert result.value("delivered", at="5 d") == result.delivered_total.to("ug")
        with pytest.raises(pt.ParameterError, match='at="120 h"'):
            result.value("delivered")
        with pytest.raises(pt.ParameterError, match="did you mean delivered"):
            result.value("deliverd", at="1 h")
        with pytest.raises(pt.ParameterError, match=r"result\.concentration"):
            result.value("concentration", at="1 h")
        with pytest.raises(pt.UnitError, match="concentration") as wrong:
            result.value("plasma_concentration", at="1 h", unit="mg")
        assert "ng/mL" in wrong.value.hint
        assert wrong.value.given == "mg"
        with pytest.raises(pt.UnitError):
            result.value("delivered", at="24 cm")

    def test_a_quantity_reads_as_number_and_unit(self, result: pt.Result) -> None:
        value = result.value("delivered", at="24 h", unit="mg")
        assert float(value) == value.value
        assert f"{value:.3f}" == f"{value.value:.3f} mg"
        assert f"{value}" == str(value)
        assert pt.Quantity(2.0, "ug/cm^2")._repr_html_() == "<span>2 µg/cm²</span>"


class TestDataframe:
    def test_has_a_row_for_each_time(self, result: pt.Result) -> None:
        frame = result.to_dataframe()
        assert list(frame["time"]) == list(result.time)
        assert "concentration" not in frame
        np.testing.assert_array_equal(frame["flux"], result.flux.values)
        assert frame.attrs["units"]["flux"] == "kg/m^2/s"
        frame.loc[0, "flux"] = 1.0
        assert result.flux.values[0] != 1.0

    def test_has_customary_units_where_asked(self, result: pt.Result) -> None:
        frame = result.to_dataframe(units="display")
        assert frame["time [h]"].iloc[-1] == 120.0
        np.testing.assert_allclose(
            frame["plasma_concentration [ng/mL]"], result.plasma_concentration.to("ng/mL").values
        )
        assert frame.attrs["units"]["plasma_concentration [ng/mL]"] == "ng/mL"
        with pytest.raises(pt.ParameterError, match="display"):
            result.to_dataframe(units="imperial")  # type: ignore[arg-type]

    def test_a_profile_is_long(self, result: pt.Result) -> None:
        frame = result.to_dataframe("concentration")
        assert list(frame.columns) == ["time", "depth", "layer", "value"]
        assert len(frame) == result.concentration.values.size
        dermis = frame[(frame.layer == "dermis") & (frame.time == 72 * 3600.0)]
        profile = result.concentration
        row = int(np.flatnonzero(profile.times == 72 * 3600.0)[0])
        inside = [layer == "dermis" for layer in profile.layers]
        np.testing.assert_array_equal(dermis["value"], profile.values[row, inside])
        np.testing.assert_array_equal(dermis["depth"], profile.positions[inside])
        shown = result.to_dataframe("concentration", units="display")
        assert shown["depth [um]"].max() == pytest.approx(1e6 * frame.depth.max())

    def test_one_curve_alone(self, result: pt.Result) -> None:
        assert list(result.to_dataframe("flux").columns) == ["time", "flux"]
        with pytest.raises(pt.ParameterError, match="residual"):
            result.to_dataframe("residual")

    def test_says_what_to_install(self, result: pt.Result, monkeypatch: pytest.MonkeyPatch) -> None:
        assert isinstance(result.to_dataframe(), pd.DataFrame)
        monkeypatch.setitem(sys.modules, "pandas", None)
        with pytest.raises(ImportError, match="pip install pandas"):
            result.to_dataframe()
