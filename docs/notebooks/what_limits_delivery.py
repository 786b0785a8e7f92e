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
# # What limits delivery
#
# Between drug and blood stand the patch, the stratum corneum, and the viable tissue
# with its capillaries. Which of them holds the drug back decides what a formulator can
# change, and how much the skin of the wearer matters. Three patches are asked three
# times: by their resistances, by how they run down, and by what follows when one value
# is changed.

# %%
import matplotlib.pyplot as plt
import numpy as np
import pandas as pd

import poultice as pt


def patch_study(drug: str, patch: str, worn: int, duration: int) -> pt.Scenario:
    """A patch on the chest; times in hours."""
    return pt.Scenario.from_dict(
        {
            "title": f"{drug.capitalize()}, worn for {worn} h",
            "therapy": "transdermal",
            "duration": f"{duration} h",
            "drug": {"use": drug},
            "skin": {"site": "chest"},
            "patch": {"use": patch},
            "schedule": [
                {"at": "0 h", "apply": "patch"},
                {"at": f"{worn} h", "remove": "patch"},
            ],
        }
    )


studies = {
    "fentanyl": patch_study("fentanyl", "fentanyl_matrix_25", 72, 120),
    "nicotine": patch_study("nicotine", "nicotine_matrix_21", 24, 48),
    "buprenorphine": patch_study("buprenorphine", "buprenorphine_matrix_10", 168, 240),
}
results = {drug: study.run() for drug, study in studies.items()}
COLORS = {"fentanyl": "#0072B2", "nicotine": "#E69F00", "buprenorphine": "#009E73"}

# %% [markdown]
# ## Resistances
#
# A layer of thickness $h$, diffusivity $D$ and partition coefficient $K$ against water
# has the resistance $h/(K D)$: the difference in concentration, as it would be in
# water, that drives one unit of flux. Resistances in series add up, and the largest
# limits. In the dermis capillaries take the drug on its way, and its resistance is
# $1/(K\sqrt{kD}\,\tanh(h\sqrt{k/D}))$ with the capillary clearance $k$
# ([skin](../../models/skin/README.md)). A matrix has a closed back; once it runs down
# evenly, its profile is a parabola, and a third of $h/(K D)$ lies between its mean
# concentration and its face.


# %%
def number(study: pt.Scenario, key: str, unit: str) -> float:
    """A value of a study in a unit."""
    value, _, given = str(study[key]).partition(" ")
    return pt.convert(float(value), given or "1", unit)


def resistances(study: pt.Scenario) -> dict[str, float]:
    """From the patch inward [h/cm]."""

    def values(layer: str) -> tuple[float, float, float]:
        return (
            number(study, f"{layer}.thickness", "cm"),
            number(study, f"{layer}.diffusivity", "cm^2/h"),
            number(study, f"{layer}.partition_coefficient", "1"),
        )

    def sheet(layer: str) -> float:
        h, d, partition = values(layer)
        return h / (partition * d)

    h, d, partition = values("skin.dermis")
    clearance = number(study, "skin.dermis.capillary_clearance", "1/h")
    decay = np.sqrt(clearance / d)
    return {
        "patch": sheet("patch") / 3,
        "stratum corneum": sheet("skin.stratum_corneum"),
        "viable epidermis": sheet("skin.viable_epidermis"),
        "dermis": 1 / (partition * d * decay * np.tanh(h * decay)),
    }


table = pd.DataFrame({drug: resistances(study) for drug, study in studies.items()})
table.round(1).rename_axis(columns="h/cm")

# %%
shares = 100 * table / table.sum()
figure, axes = plt.subplots(figsize=(7.0, 2.6), layout="constrained")
start = np.zeros(len(studies))
layer_colors = ("#E69F00", "#8FCBEE", "#3E97D1", "#0A3A5E")
for (layer, row), color in zip(shares.iterrows(), layer_colors, strict=True):
    axes.barh(list(shares.columns), row, left=start, color=color, label=layer)
    start += row.to_numpy()
axes.invert_yaxis()
axes.set(xlim=(0, 100), xlabel="share of the resistance / %")
axes.spines[["top", "right"]].set_visible(False)
axes.legend(ncols=4, frameon=False, loc="lower left", bbox_to_anchor=(0, 1))
plt.show()

# %% [markdown]
# The viable tissue is a small part of each. The fentanyl patch holds its own drug back;
# from the two others the skin has to draw it.
#
# ## How they run down
#
# Resistances are a snapshot, and a patch is no constant source. What is left in it, and
# the rate into the blood, while it is worn:

# %%
figure, (left, right) = plt.subplots(1, 2, figsize=(8.4, 3.4), layout="constrained")
for drug, result in results.items():
    removal = result.events[-1].time
    worn = result.time < removal
    part = result.time[worn] / removal
    content, rate = result.in_patch.values[worn], result.delivery_rate.values[worn]
    left.plot(part, 100 * content / content[0], color=COLORS[drug], label=drug)
    right.plot(part, rate / rate.max(), color=COLORS[drug])
left.set(ylim=(0, 103), ylabel="left in the patch / % of content")
right.set(ylim=(0, 1.03), ylabel="delivery rate / its largest")
for axes in (left, right):
    axes.set(xlim=(0, 1), xlabel="part of the time it is worn")
    axes.spines[["top", "right"]].set_visible(False)
left.legend(frameon=False)
plt.show()

# %% [markdown]
# The fentanyl patch runs down first where it touches the skin. What would it do if it
# were well mixed? A factor of a thousand in diffusivity makes it so:

# %%
mixed = studies["fentanyl"] | {"patch.diffusivity": "3e-12 m^2/s"}
for name, result in {
    "as it is": results["fentanyl"],
    "well mixed": mixed.run(),
}.items():
    rate, cmax = result.mean_delivery_rate, result.plasma_concentration_max
    tmax = result.plasma_concentration_max_time
    left_over = result.residual.to("mg").value / result.applied.to("mg").values[-1]
    print(f"{name:11} {rate:.1f}, Cmax {cmax:.2f} at {tmax:.0f}, {left_over:.0%} left")

# %% [markdown]
# Well mixed, the same patch gives most of its content away while it is worn, and the
# plasma rises higher and sooner. What a used patch still holds is the doing of its
# adhesive; the skin alone would not keep it there.
#
# ## One value at a time
#
# Each value is doubled and halved, all others kept. From the two results comes the
# sensitivity $S = \ln(y_2/y_{1/2}) / \ln 4$: 1 is proportional, 0 no effect, -1
# inversely proportional.

# %%
KEYS = {
    "patch: diffusivity": ("patch.diffusivity",),
    "patch: content, area the same": ("patch.content",),
    "patch: area, content the same": ("patch.area",),
    "patch: both, load the same": ("patch.content", "patch.area"),
    "patch: thickness, content the same": ("patch.thickness",),
    "stratum corneum: diffusivity": ("skin.stratum_corneum.diffusivity",),
    "stratum corneum: thickness": ("skin.stratum_corneum.thickness",),
    "viable epidermis: diffusivity": ("skin.viable_epidermis.diffusivity",),
    "dermis: capillary clearance": ("skin.dermis.capillary_clearance",),
}


def times(study: pt.Scenario, keys: tuple[str, ...], factor: float) -> pt.Scenario:
    """The study with these values multiplied."""
    changed = {}
    for key in keys:
        value, _, unit = str(study[key]).partition(" ")
        changed[key] = f"{factor * float(value)!r} {unit}".strip()
    return study | changed


def sensitivities(study: pt.Scenario, keys: tuple[str, ...]) -> tuple[float, float]:
    """Of the amount delivered in all, and of Cmax."""
    double, half = (times(study, keys, factor).run() for factor in (2.0, 0.5))

    def of(headline: str) -> float:
        return float(
            np.log(double[headline].value / half[headline].value) / np.log(4.0)
        )

    return of("delivered_total"), of("plasma_concentration_max")


found = pd.DataFrame(
    {
        drug: {what: sensitivities(study, keys) for what, keys in KEYS.items()}
        for drug, study in studies.items()
    }
)
delivered, cmax = (found.map(lambda pair, it=it: pair[it]) for it in (0, 1))
delivered.round(2).rename_axis(columns="delivered in all")

# %%
figure, panels = plt.subplots(
    1, 2, figsize=(8.8, 4.6), layout="constrained", sharey=True
)
rows = np.arange(len(KEYS))
frames = {"delivered in all": delivered, "Cmax": cmax}
for axes, (title, frame) in zip(panels, frames.items(), strict=True):
    for shift, drug in zip((-0.27, 0.0, 0.27), studies, strict=True):
        axes.barh(
            rows + shift, frame[drug], height=0.25, color=COLORS[drug], label=drug
        )
    axes.axvline(0, color="0.5", lw=0.8)
    axes.set(xlim=(-1.05, 1.05), xlabel="sensitivity", title=title)
    axes.spines[["top", "right"]].set_visible(False)
panels[0].set_yticks(rows, list(KEYS))
panels[0].invert_yaxis()
figure.legend(
    *panels[0].get_legend_handles_labels(), ncols=3, loc="outside upper right"
)
plt.show()

# %% [markdown]
# For small changes no second run is needed: `pt.sensitivity` has the derivative by
# every value from one run ([more](../sensitivity.md)). Of fentanyl's Cmax, the ten
# values that matter most:

# %%
figure, axes = plt.subplots(figsize=(7.0, 3.4), layout="constrained")
pt.sensitivity(studies["fentanyl"]).plot(
    "plasma_concentration_max", largest=10, ax=axes
)
plt.show()

# %% [markdown]
# ## What a formulator can use
#
# - **Two kinds.** Where the diffusivity in the adhesive moves delivery, the patch
#   doses. Where that in the stratum corneum does, the skin doses, and people differ in
#   skin more than patches of one make do. Nicotine and buprenorphine are of the second
#   kind. Fentanyl is of the first in what it delivers in all; its Cmax follows both
#   about alike, because skin decides how fast the first day is.
# - **Content, not area.** With all drug dissolved, delivery is proportional to content
#   in each of the three, and area at the same content and thickness does nothing.
#   Strengths of one make are sizes at one load.
# - **A thinner matrix.** The same content in a thinner matrix is more concentrated and
#   delivers more, in all three nearly as much as added drug would, and leaves less
#   behind. How far that goes is a matter of solubility, which the model does not know.
# - **Viable tissue can be forgotten** for these three: neither its diffusivity nor the
#   capillaries move either number by much. A more lipophilic drug, or damaged stratum
#   corneum, may be another matter.
#
# What these conclusions lean on: the diffusivity in the fentanyl adhesive was
# calibrated, together with that in the stratum corneum, on a rate and a Cmax, which
# [cannot tell everything](../fentanyl_patch.md#what-the-two-numbers-cannot-tell); the
# one in the buprenorphine adhesive is assumed, chosen because the label calls the skin
# the limiting barrier, so that what was found above is partly what was put in; and no
# partition coefficient of an adhesive was measured. The words for trust say so:

# %%
pd.DataFrame(
    {
        drug: {
            key: study.parameters[key].trust
            for key in (
                "patch.diffusivity",
                "patch.partition_coefficient",
                "skin.stratum_corneum.diffusivity",
                "skin.stratum_corneum.partition_coefficient",
                "skin.dermis.capillary_clearance",
            )
        }
        for drug, study in studies.items()
    }
)
