# ---
# jupyter:
#   jupytext:
#     text_representation:
#       extension: .py
#       format_name: percent
#   kernelspec:
#     display_name: Python 3
#     language: python
#     name: python3
# ---

# %% [markdown]
# # The first patch
#
# From the description of a patch to the comparison of two designs. Nothing but the
# installed package is needed: the drug, the skin and the patch come with it.
#
# ## A study is a text
#
# It reads like the experiment. `use` and `site` take values over from
# [sets](../../data/README.md), which bring a unit, a source and a word for how far to
# trust each.

# %%
import warnings
from pathlib import Path
from tempfile import TemporaryDirectory

import matplotlib.pyplot as plt
import pandas as pd

import poultice as pt

STUDY = """
title    = "Fentanyl matrix patch, worn for three days"
therapy  = "transdermal"
duration = "120 h"

[drug]
use = "fentanyl"

[skin]
site = "chest"

[patch]
use = "fentanyl_matrix_25"

[[schedule]]
at    = "0 h"
apply = "patch"

[[schedule]]
at     = "72 h"
remove = "patch"

[output]
every          = "30 min"
profiles_every = "6 h"
"""
scenario = pt.Scenario.from_toml(STUDY)
scenario

# %% [markdown]
# The card unfolds: every value, who set it, and its source. From a file of its own the
# same text is read with `pt.load("patch.toml")`;
# [examples/fentanyl_patch.toml](../../examples/fentanyl_patch.toml) is this study.
# [Scenarios](../scenario.md) says all that a text may hold.
#
# ## Run it

# %%
result = scenario.run()
result

# %% [markdown]
# The headline numbers sum up the run; events and sources are folded below them. The
# mass balance says that no drug was lost, and it is no measure of accuracy.
#
# Each number is there under its name, with a unit, and turns into another unit:

# %%
for name, number in result.headlines.items():
    print(f"{name:30} {number}")

# %%
cmax = result.plasma_concentration_max
print(f"Cmax is {cmax:.2f}, or {cmax.to('pg/mL'):.0f}")
print("delivered in the first day:", result.value("delivered", at="24 h"))
print(
    "the same per area of skin:", result.value("delivered", at="24 h", unit="ug/cm^2")
)

# %% [markdown]
# ## Look at it

# %%
result.plot()

# %% [markdown]
# `figure=` draws one thing alone: `"plasma"`, `"flux"`, `"depth"` or `"amounts"`. With
# a path, `result.plot("patch.svg")`, it goes to a file; `dark=True` suits a dark
# notebook.

# %%
result.plot(figure="depth")

# %% [markdown]
# ## Change a value
#
# A scenario is a value. Values are read and set by their path, always with a unit; `|`
# leaves the scenario alone and makes another.

# %%
print(scenario["patch.area"], "holding", scenario["patch.content"])

larger = scenario | {"patch.area": "16 cm^2", "patch.content": "6.4 mg"}
print(larger["patch.area"], "holding", larger["patch.content"])

# %% [markdown]
# A wrong unit, or a name that does not exist, is refused at once:

# %%
try:
    scenario | {"patch.area": "16 cm"}
except pt.ScenarioError as error:
    print(error)

# %%
try:
    scenario | {"patch.thikness": "60 um"}
except pt.ScenarioError as error:
    print(error.hint)

# %% [markdown]
# A value may have the right unit and still make no sense. The run then goes on and
# warns. Here a rate per day was written as one per hour:

# %%
with warnings.catch_warnings():
    warnings.simplefilter("ignore", pt.ScenarioWarning)  # shown below, from the result
    odd = pt.run(scenario, {"patch.nominal_rate": "600 ug/h"})
for warning in odd.warnings:
    print(warning)

# %% [markdown]
# ## Compare two designs
#
# More drug is wanted in the blood. Two ways: a larger patch of the same make, or the
# same amount of drug added to a patch of the old size.

# %%
designs = {
    "as it is": scenario,
    "larger": larger,
    "richer": scenario | {"patch.content": "6.4 mg"},
}
results = {name: it.run() for name, it in designs.items()}

table = pd.DataFrame(
    {
        name: {
            "Cmax [ng/mL]": it.plasma_concentration_max.to("ng/mL").value,
            "mean rate [µg/h]": it.mean_delivery_rate.to("ug/h").value,
            "load [mg/cm²]": it.value("applied", "0 h", "mg/cm^2").value,
            "left in the patch [mg]": it.residual.to("mg").value,
        }
        for name, it in results.items()
    }
).T
table.round(2)

# %%
figure, axes = plt.subplots(figsize=(7.0, 3.8), layout="constrained")
lines = {"larger": ("C0", "-"), "richer": ("C1", "--"), "as it is": ("C7", "-")}
for name, (color, style) in lines.items():
    curve = results[name].plasma_concentration
    curve.plot(axes, label=name, color=color, linestyle=style)
axes.legend()
plt.show()

# %% [markdown]
# Two of the curves lie on each other. With all drug dissolved, what a patch delivers is
# proportional to its content, and its area alone changes nothing: twice the area at the
# same content and thickness is a patch half as strong. What differs is the load per
# area, and how much of it the adhesive can dissolve is a limit that
# [the model of a patch](../../models/patch/README.md) leaves out.
# [What limits delivery](what_limits_delivery.py) goes on from here.
#
# ## Arrays and tables
#
# A curve knows its unit; its values are a NumPy array.

# %%
plasma = result.plasma_concentration.to("ng/mL")
hours = result.time / 3600
print(plasma)
above_half = hours[plasma.values > plasma.values.max() / 2]
print(f"above half of Cmax from {above_half[0]:.1f} to {above_half[-1]:.1f} h")

# %% [markdown]
# With pandas, all curves are a table of one row per time; with xarray, curves and
# profiles have labelled axes in SI units.

# %%
curves = result.to_dataframe(units="display").set_index("time [h]")
some = ["plasma_concentration [ng/mL]", "delivery_rate [ug/h]", "in_patch [ug]"]
curves.loc[[6, 24, 48, 96], some].round(2)

# %%
data = result.to_xarray()
data.concentration.sel(time_profile=24 * 3600).isel(depth=slice(0, 60, 10))

# %% [markdown]
# ## Keep it
#
# One file holds the curves, the scenario, and every value with its source.

# %%
with TemporaryDirectory() as folder:
    path = Path(folder) / "patch.h5"
    result.save(path)
    again = pt.read(path)
print(again.title)
print(
    "the same numbers:",
    again.plasma_concentration_max == result.plasma_concentration_max,
)

# %% [markdown]
# Whom to cite for the numbers that went in:

# %%
pt.citations(result)

# %% [markdown]
# Next: [a diffusion cell against six laboratories](in_vitro_cell.py),
# [what limits delivery](what_limits_delivery.py), and
# [the guide for the notebook](../guides/notebook.md).
