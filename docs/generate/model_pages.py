"""One page for each model: its README, parameters, actions, its reference, and comparisons with closed
forms."""

from __future__ import annotations

from functools import partial
from itertools import groupby
from typing import Any

import catalogue
import drawing
import verification
from pages import ROOT, Site
from text import code, plain, quantity, table, toctree, two_themes

from poultice.units import shown_unit

Spec = dict[str, Any]
WORTH_GROUPING = 12  #: parameters, above which each layer gets a table of its own


def write_pages(site: Site) -> None:
    models = catalogue.overview()["models"]
    for it in models:
        _write_page(site, catalogue.model(it["name"]))
    rows = [[f"[{it['name']}]({it['name']}.md)", plain(it["meaning"])] for it in models]
    site.put(
        "models/index.md",
        _INDEX + table(["model", "what it is"], rows) + "\n" + toctree(it["name"] for it in models),
    )


_INDEX = """# Models

A table of a scenario is an instance of a model. Each page here is made from the model itself: its equations,
assumptions and limits, every parameter with unit, range, default and source, what a schedule may do to it,
and the engine's answer beside a solution in closed form. `poultice describe NAME` prints the same parameters.

"""


def _write_page(site: Site, model: Spec) -> None:
    name = model["name"]
    readme, page = f"models/{name}/README.md", f"models/{name}.md"
    parts = [site.linked((ROOT / readme).read_text(encoding="utf-8"), readme, page).rstrip() + "\n"]
    parts += [_parameters(model), _actions(model), _comparisons(site, name)]
    reference = (ROOT / f"models/{name}/reference.toml").read_text(encoding="utf-8")
    parts.append(
        "## A scenario that uses all of it\n\nThe laws that every model must obey are tested on this one, "
        f"`models/{name}/reference.toml`:\n\n```toml\n{reference.rstrip()}\n```\n"
    )
    site.put(page, "\n".join(filter(None, parts)))


def _parameters(model: Spec) -> str:
    specs = model["parameters"]
    if not specs:
        return ""
    text = f"## Parameters\n\nKeys of the table `[{model['name']}]`.\n"
    if len(specs) <= WORTH_GROUPING:
        return f"{text}\n{_table_of(specs)}"
    for group, members in groupby(specs, key=_group):
        text += (
            f"\n### {group.replace('.*', ', each')}\n\nWith `{group}.` before each key.\n" if group else ""
        )
        text += f"\n{_table_of(list(members), group)}"
    return text


def _group(spec: Spec) -> str:
    return str(spec["key"]).rpartition(".")[0]


def _table_of(specs: list[Spec], group: str = "") -> str:
    rows = []
    for spec in specs:
        about = plain(spec["meaning"])
        if spec["source"]:
            about += f'<br><span class="source">{plain(spec["source"])}</span>'
        key = str(spec["key"]).removeprefix(f"{group}.")
        rows.append([f"{code(key)}<br>{_default(spec)}", _accepted(spec), about])
    return table(["key", "accepted", "meaning"], rows, "parameters")


def _default(spec: Spec) -> str:
    if spec["default"]:
        return f'<span class="need">default {quantity(spec["default"])}</span>'
    return f'<span class="need">{spec["need"]}</span>'


def _accepted(spec: Spec) -> str:
    kind = spec["type"]
    if kind == "choice":
        return " or ".join(code(it) for it in spec["choices"])
    if kind == "set":
        return f"a set of [{spec['folder']}](../data/{spec['folder']}/index.md)"
    if kind == "quantity":
        unit = plain(shown_unit(spec["unit"])) if spec["unit"] != "1" else ""
        if "minimum" in spec and "maximum" in spec:
            low, high = (quantity(f"{spec[it]:g}") for it in ("minimum", "maximum"))
            return f"{low} … {high} {unit}".strip()
        return unit or "number"
    if kind == "count" and "minimum" in spec:
        return f"{spec['minimum']:g} … {spec['maximum']:g}"
    return {"flag": "`true` or `false`", "instance": "a table's name"}.get(str(kind), str(kind))


def _actions(model: Spec) -> str:
    if not model["actions"]:
        return ""
    rows = []
    for action in model["actions"]:
        options = "<br>".join(_option(it) for it in action["options"])
        rows.append([code(f'{action["verb"]} = "{model["name"]}"'), options, plain(action["meaning"])])
    return "## In a schedule\n\n" + table(["entry", "with", "what happens"], rows, "actions")


def _option(spec: Spec) -> str:
    return f"{code(spec['key'])}: {_accepted(spec)}, {_default(spec)}. {plain(spec['meaning'])}"


def _comparisons(site: Site, name: str) -> str:
    found = list(verification.of_model(name))
    if not found:
        return ""
    text = "## Against closed forms\n\nDrawn when this page was made, by the engine that it documents.\n"
    for i, it in enumerate(found, start=1):
        picture = f"verify_{name}_{i}"
        drawing.comparison(it, partial(site.picture, f"models/{picture}"))
        text += f"\n### {it.title}\n\n{it.about}\n\n{two_themes(picture, it.title)}"
        text += f"\nLargest distance: {it.largest_error()}.\n"
    return text
