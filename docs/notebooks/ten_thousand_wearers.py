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
# # Ten thousand wearers
#
# Nobody wears the average skin. Here one patch is worn by ten thousand people, who
# clear the drug at different rates and whose stratum corneum differs in thickness and
# in how fast the drug passes through it. A patch that is right for the median is asked
# what it does to everybody else.

# %%
import numpy as np

import poultice as pt

wearers = pt.plan(
    {
        "title": "A fentanyl patch on ten thousand wearers",
        "therapy": "transdermal",
        "duration": "120 h",
        "drug": {"use": "fentanyl"},
        "skin": {"site": "chest"},
        "patch": {"use": "fentanyl_matrix_25"},
        "schedule": [
            {"at": "0 h", "apply": "patch"},
            {"at": "72 h", "remove": "patch"},
        ],
    },
    method="latin_hypercube",
    n=10_000,
    curves=["plasma_concentration", "flux"],
    every="2 h",
    distributions={
        "plasma.clearance": {
            "distribution": "lognormal",
            "median": "45 L/h",
            "cv": "40 %",
        },
        "skin.stratum_corneum.thickness": {
            "distribution": "lognormal",
            "median": "15 um",
            "cv": "30 %",
        },
        "skin.stratum_corneum.diffusivity": {
            "distribution": "lognormal",
            "median": "2.54e-11 cm^2/s",
            "cv": "50 %",
        },
    },
)
seconds, size = wearers.expected()
print(f"{wearers.n_members} members: {seconds:.1f} s, {size / 1e6:.1f} MB")

# %%
sweep = pt.sweep(wearers, progress=False)
sweep.plot()

# %% [markdown]
# Half of all wearers have a level within the darker band, nine in ten within the
# lighter one: at the peak, the fifth and the ninety-fifth percentile are about
# fivefold apart. From the second day on the rate of delivery differs far less, since
# the patch itself holds the drug back; what spreads the levels most is clearance. Rank
# correlations say so in numbers:

# %%
frame = sweep.to_dataframe()
varied = list(wearers.to_dataframe().columns[:3])
frame[[*varied, "plasma_concentration_max", "delivered_total"]].corr("spearman").loc[
    varied, ["plasma_concentration_max", "delivered_total"]
].round(2)

# %% [markdown]
# How many exceed a level? One line, since a sweep is a table:

# %%
cmax = sweep.to_dataframe(units="display")["plasma_concentration_max [ng/mL]"]
print(f"{np.mean(cmax > 1.5):.1%} exceed 1.5 ng/mL; the median is {cmax.median():.2f}")
