"""Computes the tables and the sentences with numbers of docs/guides/formulator.md.

    python docs/figures/formulator.py

rewrites what stands between the page's marks.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import cache
from pathlib import Path

from page_tables import markdown, rewritten

import poultice as pt

PAGE = Path(__file__).parents[1] / "guides" / "formulator.md"
FILE = "examples/fentanyl_patch.toml"
EXAMPLE = pt.load(Path(__file__).parents[2] / FILE)
WANTED = 1.0  # ng/mL

TWICE = {
    "adhesive": "patch.diffusivity",
    "horny layer": "skin.stratum_corneum.diffusivity",
    "capillaries": "skin.dermis.capillary_clearance",
}


def of_example(key: str) -> tuple[float, str]:
    """Number and unit."""
    number, unit = str(EXAMPLE[key]).split(" ", 1)
    return float(number), unit


def times(factor: float, key: str) -> str:
    number, unit = of_example(key)
    return f"{factor * number:.4g} {unit}"


@cache
def as_it_is() -> pt.Result:
    return EXAMPLE.run()


def rate(result: pt.Result) -> float:
    return result.value("mean_delivery_rate", unit="ug/h").value


def cmax(result: pt.Result) -> float:
    return result.value("plasma_concentration_max", unit="ng/mL").value


def left(result: pt.Result) -> float:
    """% of what was applied."""
    applied = result.applied.to("mg").values[-1]
    return 100.0 * result.value("residual", unit="mg").value / applied


def options(changes: dict[str, str]) -> str:
    return " ".join(f'--set {key}="{value}"' for key, value in changes.items())


def size() -> str:
    clearance = pt.convert(*of_example("plasma.clearance"), "L/h")
    needed = clearance * WANTED  # ug/h
    (area, _), (content, _) = of_example("patch.area"), of_example("patch.content")  # cm^2, mg
    delivers = rate(as_it_is())
    larger = round(area * needed / delivers)
    changes = {"patch.area": f"{larger} cm^2", "patch.content": f"{larger * content / area:.1f} mg"}
    result = EXAMPLE.with_(changes).run()
    return f"""\
For fentanyl the clearance is {clearance / 60.0:.3f} L/min, or {clearance:.1f} L/h, at 70 kg: for \
{WANTED:.0f} ng/mL one needs about {needed:.0f} µg/h. The patch of the example delivers {delivers:.0f} \
µg/h from {area:.1f} cm², so a patch of the same make needs {larger} cm² and, at the same \
{content / area:.1f} mg/cm², {changes["patch.content"]}:

```bash
poultice run {FILE} -o larger.h5 {options(changes)}
```

The mean rate comes out at {rate(result):.0f} µg/h. Cmax, at {cmax(result):.2f} ng/mL, is above the level \
that was aimed at, because this patch releases fastest in its first day: a rate is an average, and the \
curve shows what it hides."""


def limits() -> str:
    lines = ['echo "as it is"; run']
    cases = {"nothing": as_it_is()}
    for what, key in TWICE.items():
        changes = {key: times(2.0, key)}
        lines.append(f'echo "{what}, twice as fast"; run {options(changes)}')
        cases[what] = EXAMPLE.with_(changes).run()
    commands = "\n".join(lines)
    head = ["twice as fast", "mean rate 24 to 72 h", "Cmax"]
    rows = [[what, f"{rate(it):.1f} µg/h", f"{cmax(it):.2f} ng/mL"] for what, it in cases.items()]
    return f"""\
```bash
run() {{ poultice run {FILE} --force -o try.h5 "$@" | grep -E "Cmax|mean delivery"; }}
{commands}
```

{markdown(head, rows)}"""


def sensitivity() -> str:
    key = "skin.stratum_corneum.thickness"
    thin, thick = ({key: times(factor, key)} for factor in (0.9, 1.1))
    low, high = EXAMPLE.with_(thin).run(), EXAMPLE.with_(thick).run()

    def moves(read: Callable[[pt.Result], float]) -> tuple[str, str]:
        relative = (read(high) - read(low)) / 0.2 / read(as_it_is())
        return f"from {read(low):.3g} to {read(high):.3g}", f"{relative:.2f}"

    (by_rate, of_rate), (by_cmax, of_cmax) = moves(rate), moves(cmax)
    return f"""\
```bash
rate() {{ poultice run {FILE} --json --force -o try.h5 "$@"; }}
rate {options(thin)}
rate {options(thick)}
```

Cmax goes {by_cmax} ng/mL, a sensitivity of {of_cmax}; the mean rate goes {by_rate} µg/h, a sensitivity \
of {of_rate}: what the patch gives off does not depend on the horny layer, and the time at which it comes \
does."""


def residual() -> str:
    return f"""\
The table after each run gives `residual`, what a removed patch still holds, and its share of what was \
applied. For the example it is {left(as_it_is()):.0f} %. It matters for waste, for misuse, and as a check: \
residual drug can be measured on used patches, and hardly depends on what had to be assumed about the \
skin. The depot is what the skin still holds when the patch comes off; it goes on feeding the blood."""


def richer() -> str:
    rich = {"patch.content": times(1.5, "patch.content")}
    before, after = as_it_is(), EXAMPLE.with_(rich).run()
    return f"""\
A thicker patch with the same content is a more dilute one and delivers less. A larger content in the \
same area delivers more and leaves more behind: half as much again makes {rate(after):.1f} instead of \
{rate(before):.1f} µg/h, and {left(after):.0f} % stay in the patch as before, since the model knows no \
saturation.

```bash
poultice run {FILE} -o rich.h5 {options(rich)}
```"""


TABLES = {"size": size, "limits": limits, "sensitivity": sensitivity, "residual": residual, "richer": richer}


if __name__ == "__main__":
    PAGE.write_text(rewritten(PAGE.read_text(encoding="utf-8"), TABLES), encoding="utf-8")
