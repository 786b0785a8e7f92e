"""One page for each scenario in examples/: its picture, its headline numbers and its text, run when the
site is built."""

from __future__ import annotations

import warnings
from functools import partial

import drawing
from pages import ROOT, Site
from text import plain, table, toctree, two_themes

import poultice as pt


def write_pages(site: Site) -> None:
    rows, names = [], []
    for file in sorted(ROOT.glob("examples/*.toml")):
        text = file.read_text(encoding="utf-8")
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # of the scenario, which the page shows in full
            result = pt.run(file)
        name = file.stem
        drawing.result(result, partial(site.picture, f"examples/{name}"))
        comment = [it.removeprefix("#") for it in text.split("\n") if it.startswith("#")]
        command = "\n".join(it.strip() for it in comment if it.startswith("   "))
        about = plain(" ".join(it.strip() for it in comment if not it.startswith("   ")))
        page = f"# {plain(result.title)}\n\n{about}\n\n{two_themes(name, plain(result.title))}\n"
        command = command or f"poultice run examples/{file.name}"
        page += f"```console\n$ {command}\n{result.summary().rstrip()}\n```\n"
        page += f"\n## The scenario\n\n`examples/{file.name}`:\n\n```toml\n{_without_comment(text)}\n```\n"
        site.put(f"examples/{name}.md", page)
        names.append(name)
        rows.append([f"[{name}]({name}.md)", plain(result.title)])
        if name == "fentanyl_patch":
            drawing.result(result, partial(site.picture, "overview"))
    head = "# Examples\n\nScenarios that come with Poultice, run when this site was built.\n\n"
    site.put("examples/index.md", head + table(["scenario", ""], rows) + "\n" + toctree(names))


def _without_comment(text: str) -> str:
    lines = text.split("\n")
    while lines and lines[0].startswith("#"):
        lines.pop(0)
    return "\n".join(lines).strip()
