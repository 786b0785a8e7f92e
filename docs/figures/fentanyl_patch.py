"""Computes the tables and draws the picture of docs/fentanyl_patch.md.

    python docs/figures/fentanyl_patch.py

rewrites what stands between the page's marks, and docs/figures/fentanyl_patch.png.
"""

from __future__ import annotations

from functools import cache
from pathlib import Path
from typing import NamedTuple

import numpy as np
from calibrate_fentanyl import EXAMPLE, calibrate
from page_tables import markdown, rewritten

import poultice as pt

PAGE = Path(__file__).parents[1] / "fentanyl_patch.md"
PICTURE = Path(__file__).with_suffix(".png")
WORN = 72.0  # h


class Label(NamedTuple):
    """Of one strength: means and SD in the first 72 h, DURAGESIC prescribing information, section 12.3."""

    set: str
    cmax: float  # ng/mL
    cmax_sd: float
    tmax: float  # h
    tmax_sd: float


LABELS = {
    12.5: Label("fentanyl_matrix_12", 0.38, 0.13, 28.8, 13.7),
    25.0: Label("fentanyl_matrix_25", 0.85, 0.26, 31.7, 16.5),
    50.0: Label("fentanyl_matrix_50", 1.72, 0.53, 32.8, 15.6),
    75.0: Label("fentanyl_matrix_75", 2.32, 0.86, 35.8, 14.1),
    100.0: Label("fentanyl_matrix_100", 3.36, 1.28, 29.9, 13.3),
}


class Readings(NamedTuple):
    """What is read off one run, in the units of the literature."""

    hours: np.ndarray
    plasma: np.ndarray  # ng/mL
    rate: float  # ug/h, 24 to 72 h
    cmax: float  # ng/mL
    tmax: float  # h
    half_after_removal: float  # h until the plasma has fallen to half
    late_half_life: float  # h, from the slope 24 to 48 h after removal
    residual: float  # % of content
    skin_at_24_h: float  # mg
    auc_72: float  # ng h/mL
    content: float  # mg


def half_life(result: pt.Result, start: float) -> float:
    """From the fall of the plasma over a day [h]."""
    c1, c2 = np.interp([start, start + 24.0], result.time / 3600.0, result.plasma_concentration.values)
    return float(24.0 * np.log(2.0) / np.log(c1 / c2))


def read(result: pt.Result, removed_at: float = WORN) -> Readings:
    hours, plasma = result.time / 3600.0, result.plasma_concentration.to("ng/mL").values

    def at(series: pt.Series, hour: float) -> float:
        return float(np.interp(hour, hours, series.values))

    after = hours >= removed_at
    falls_to = 0.5 * np.interp(removed_at, hours, plasma)
    half = float(np.interp(-falls_to, -plasma[after], hours[after])) - removed_at
    content = result.applied.to("mg").values[-1]
    return Readings(
        hours,
        plasma,
        result.mean_delivery_rate.to("ug/h").value,
        result.plasma_concentration_max.to("ng/mL").value,
        result.plasma_concentration_max_time.to("h").value,
        half,
        half_life(result, removed_at + 24.0),
        100.0 * result.residual.to("mg").value / content,
        at(result.in_skin.to("mg"), 24.0),
        at(result.plasma_auc.to("ng*h/mL"), WORN),
        content,
    )


@cache
def strength(rate: float) -> Readings:
    return read(EXAMPLE.with_({"patch.use": LABELS[rate].set}).run())


@cache
def worn_for_a_day() -> Readings:
    """The 100 ug/h patch as in reference [3]: off after 24 h."""
    changes = {"patch.use": LABELS[100.0].set, "schedule.1.at": "24 h", "duration": "72 h"}
    return read(EXAMPLE.with_(changes).run(), removed_at=24.0)


@cache
def half_life_after_injection() -> float:
    """From the same slope, 24 to 48 h, after an intravenous dose in the same disposition [h]."""
    result = pt.run(
        {
            "duration": "48 h",
            "drug": {"use": "fentanyl"},
            "plasma": {},
            "schedule": [{"at": "0 h", "dose": "plasma", "amount": "100 ug"}],
        }
    )
    return half_life(result, 24.0)


def away(value: float, mean: float, sd: float) -> str:
    return f"{(value - mean) / sd:+.1f} SD".replace("-0.0", "+0.0")


def calibrated() -> str:
    it, label = strength(25.0), LABELS[25.0]
    rows = [
        ["mean delivery 24 to 72 h", f"{it.rate:.2f} µg/h", "25 µg/h, nominal", "[1]"],
        ["Cmax", f"{it.cmax:.3f} ng/mL", f"{label.cmax} ({label.cmax_sd}) ng/mL", "[1]"],
    ]
    return markdown(["25 µg/h", "model", "published (SD)", ""], rows)


def compared() -> str:
    low, high, label = strength(25.0), strength(100.0), LABELS[25.0]
    day, injected = worn_for_a_day().late_half_life, half_life_after_injection()

    def row(what: str, value: float, form: str, mean: float, sd: float, source: str) -> list[str]:
        unit = form.split("}")[1]
        return [what, form.format(value), f"{mean} ({sd}){unit}", away(value, mean, sd), source]

    rows = [
        row("Tmax", low.tmax, "{:.1f} h", label.tmax, label.tmax_sd, "[1]"),
        ["plasma at half after removal", f"{low.half_after_removal:.1f} h", "about 16 h", "", "[2]"],
        ["", "", "20 to 27 h", "", "[1]"],
        [
            "half-life 24 to 48 h after removal",
            f"{low.late_half_life:.1f} h",
            "17 (range 13 to 22) h",
            "",
            "[5]",
        ],
        row("the same, 100 µg/h worn 24 h", day, "{:.1f} h", 17.0, 2.3, "[3]"),
        row("the same after an injection", injected, "{:.1f} h", 6.1, 2.0, "[3]"),
        row("left in the patch, 100 µg/h", high.residual, "{:.1f} %", 47.7, 12.8, "[4]"),
        row("drug in skin at 24 h, 100 µg/h", high.skin_at_24_h, "{:.2f} mg", 1.07, 0.43, "[3]"),
        ["AUC 0 to 72 h, 100 µg/h", f"{high.auc_72:.0f} ng·h/mL", "117 ng·h/mL", "", "[5]"],
    ]
    return markdown(["", "model", "published (SD)", "distance", ""], rows)


def ladder() -> str:
    rows = []
    for rate, label in LABELS.items():
        it = strength(rate)
        cmax = "calibrated" if rate == 25.0 else away(it.cmax, label.cmax, label.cmax_sd)
        rows.append(
            [
                f"{rate:g} µg/h",
                f"{it.content:.3g} mg",
                f"{it.cmax:.3f}",
                f"{label.cmax} ({label.cmax_sd})",
                cmax,
                f"{it.tmax:.1f}",
                f"{label.tmax} ({label.tmax_sd})",
                away(it.tmax, label.tmax, label.tmax_sd),
            ]
        )
    compared_with = ["label (SD)", "distance"]
    head = ["patch", "content", "Cmax, model, ng/mL", *compared_with, "Tmax, model, h", *compared_with]
    return markdown(head, rows)


def other_partitions() -> str:
    """The calibration over again with other partition coefficients of stratum corneum and adhesive."""
    rows = []
    for in_skin, in_adhesive in [(226, 36), (226, 78), (226, 235), (35, 12), (35, 78)]:
        partitions = {
            "skin.stratum_corneum.partition_coefficient": float(in_skin),
            "patch.partition_coefficient": float(in_adhesive),
        }
        found = calibrate((3e-15, 3e-15), partitions)
        it = read(EXAMPLE.with_({**partitions, **found.overrides}).run())
        rows.append(
            [
                f"{in_skin}",
                f"{in_adhesive}",
                f"{found.stratum_corneum * 1e15:.2f}",
                f"{found.adhesive * 1e15:.2f}",
                f"{it.tmax:.1f} h",
                f"{it.residual:.1f} %",
                f"{it.half_after_removal:.1f} h",
                f"{it.late_half_life:.1f} h",
                f"{4.0 * it.skin_at_24_h:.2f} mg",
            ]
        )
    head = ["K skin", "K adhesive", "D skin", "D adhesive"]
    head += ["Tmax", "left in patch", "to half", "late half-life", "in skin at 24 h, 100 µg/h"]
    return markdown(head, rows)


TABLES = {"calibrated": calibrated, "compared": compared, "ladder": ladder, "partitions": other_partitions}


def draw(path: Path) -> None:
    import matplotlib

    matplotlib.use("agg")
    import matplotlib.pyplot as plt

    figure, axes = plt.subplots(figsize=(7.5, 4.4), layout="constrained")
    axes.axvspan(0.0, WORN, color="0.93", lw=0)
    axes.text(1.0, 4.72, "patch worn", color="0.35", va="top", fontsize=9)
    colors = plt.get_cmap("viridis")(np.linspace(0.85, 0.05, len(LABELS)))
    for (rate, label), color in zip(LABELS.items(), colors, strict=True):
        it = strength(rate)
        axes.plot(it.hours, it.plasma, color=color, lw=1.8)
        below = np.interp(WORN, it.hours, it.plasma) - 0.03
        axes.text(WORN - 0.5, below, f"{rate:g} µg/h", color=color, fontsize=9, ha="right", va="top")
        spread = {"xerr": label.tmax_sd, "yerr": label.cmax_sd}
        axes.errorbar(label.tmax, label.cmax, **spread, fmt="o", color=color, ms=5, lw=0.9, capsize=2)
    axes.set(xlim=(0, 120), ylim=(0, 4.8), xlabel="time / h", ylabel="fentanyl in plasma / ng mL$^{-1}$")
    axes.set_xticks(range(0, 121, 12))
    title = "Matrix patches, worn for 72 h: model (lines), label mean ± SD of Cmax and Tmax (dots)"
    axes.set_title(title, fontsize=10)
    axes.spines[["top", "right"]].set_visible(False)
    figure.savefig(path, dpi=120)
    plt.close(figure)


if __name__ == "__main__":
    PAGE.write_text(rewritten(PAGE.read_text(encoding="utf-8"), TABLES), encoding="utf-8")
    draw(PICTURE)
