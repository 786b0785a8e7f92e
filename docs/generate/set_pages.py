"""One page for each set of data/: its values with unit, source and trust."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import tomllib
from pages import ROOT, Site
from text import badge, code, plain, quantity, table, toctree

Table = dict[str, Any]
FOLDER_TITLES = {
    "drugs": "Drugs",
    "patches": "Patches",
    "skin_sites": "Skin sites",
    "diffusion_cells": "Diffusion cells",
    "therapies": "Therapies",
}


def write_pages(site: Site) -> None:
    folders = sorted({file.parent.name for file in (ROOT / "data").glob("*/*.toml")}, key=_place)
    for folder in folders:
        _write_folder(site, folder)
    trees = toctree([f"{folder}/index" for folder in folders], depth=2)
    site.page_of("data/README.md", "data/index.md", tail="\n" + trees)


def _place(folder: str) -> tuple[int, str]:
    known = list(FOLDER_TITLES)
    return (known.index(folder) if folder in known else len(known), folder)


def _write_folder(site: Site, folder: str) -> None:
    rows = []
    files = sorted((ROOT / "data" / folder).glob("*.toml"))
    for file in files:
        text = file.read_text(encoding="utf-8")
        content = tomllib.loads(text)
        site.put(f"data/{folder}/{file.stem}.md", _page(folder, file.stem, content, text))
        rows.append([f"[{file.stem}]({file.stem}.md)", plain(content.get("title", ""))])
    title = FOLDER_TITLES.get(folder, folder.replace("_", " ").capitalize())
    head = f"# {title}\n\nThe sets in `data/{folder}/`. "
    head += "[Trust](../index.md#trust) says what the words beside the values mean.\n\n"
    site.put(
        f"data/{folder}/index.md", head + table(["set", ""], rows) + "\n" + toctree(it.stem for it in files)
    )


def _page(folder: str, name: str, content: Table, text: str) -> str:
    page = f"# {plain(content.get('title', name))}\n\n`data/{folder}/{name}.toml`\n"
    comment = " ".join(line.lstrip("# ") for line in _leading_comment(text))
    page += f"\n{plain(comment)}\n" if comment else ""
    for where, values in _tables(content, ""):
        page += f"\n## `[{where}]`\n\n" + table(
            ["key", "value", "source"], map(_row, values.items()), "values"
        )
    return page if folder != "therapies" else f"{page}\n```toml\n{text.rstrip()}\n```\n"


def _leading_comment(text: str) -> Iterator[str]:
    for line in text.splitlines():
        if not line.startswith("#"):
            return
        yield line


def _tables(content: Table, prefix: str) -> Iterator[tuple[str, Table]]:
    """Each table that has values of its own, with its dotted name."""
    for key, value in content.items():
        if not isinstance(value, dict) or "value" in value:
            continue
        values = {k: v for k, v in value.items() if not isinstance(v, dict) or "value" in v}
        if values:
            yield prefix + key, values
        yield from _tables(value, f"{prefix}{key}.")


def _row(item: tuple[str, Any]) -> list[str]:
    key, it = item
    if not isinstance(it, dict):
        return [code(key), quantity(str(it)), ""]
    where_from = plain(str(it.get("source", "")))
    if it.get("note"):
        where_from += f'<br><span class="source">{plain(str(it["note"]))}</span>'
    return [code(key), f"{quantity(str(it['value']))}<br>{badge(str(it.get('trust', '')))}", where_from]
