"""Pieces of MyST Markdown: tables, badges, figures in two themes, links between pages."""

from __future__ import annotations

import html
import os
import re
from collections.abc import Callable, Iterable, Sequence
from pathlib import Path

from poultice.units import shown_unit

LINK = re.compile(r"(?P<image>!?)\[(?P<text>[^\]\n]*)\]\((?P<target>[^)\s]+)\)")
FENCE = re.compile(r"^(```|~~~).*?^\1`*\s*$", re.MULTILINE | re.DOTALL)
POWER = re.compile(r"(?<=\d)e([+-]?)0*(\d+)\b")
SUPERSCRIPTS = str.maketrans("-0123456789", "⁻⁰¹²³⁴⁵⁶⁷⁸⁹")
BADGES = {
    "measured": "success",
    "published": "primary",
    "calibrated": "info",
    "recalled": "warning",
    "assumed": "secondary",
}


def write(path: Path, text: str) -> None:
    """Leaves a file alone that says this already, so that Sphinx reads only what changed."""
    path.parent.mkdir(parents=True, exist_ok=True)
    if not path.exists() or path.read_text(encoding="utf-8") != text:
        path.write_text(text, encoding="utf-8")


def plain(text: str) -> str:
    """A text of a model or set, safe in a Markdown table."""
    escaped = html.escape(" ".join(text.split()), quote=False)
    return re.sub(r"([\\`*_\[\]|$#{}~^])", r"\\\1", escaped)


def code(text: str) -> str:
    return f"`{text}`" if text else ""


def quantity(text: str) -> str:
    """ "2.54e-15 m^2/s" as a reader writes it: 2.54·10⁻¹⁵ m²/s; anything else as it is."""
    number, _, unit = text.partition(" ")
    try:
        float(number)
    except ValueError:
        return plain(text)
    mantissa = POWER.sub(lambda m: f"·10{(m[1].replace('+', '') + m[2]).translate(SUPERSCRIPTS)}", number)
    if mantissa.startswith("1·"):
        mantissa = mantissa[2:]
    return plain(
        " ".join(filter(None, (mantissa.replace("-", "\N{MINUS SIGN}", 1), shown_unit(unit) if unit else "")))
    )


def table(head: Sequence[str], rows: Iterable[Sequence[str]], css: str = "") -> str:
    lines = [head, ["---"] * len(head), *rows]
    text = "\n".join("| " + " | ".join(line) + " |" for line in lines)
    return f":::{{table}}\n:class: {css}\n\n{text}\n\n:::\n" if css else f"{text}\n"


def badge(trust: str) -> str:
    """How far a value may be trusted, as a coloured word."""
    return f"{{bdg-{BADGES[trust]}-line}}`{trust}`" if trust in BADGES else plain(trust)


def two_themes(name: str, alt: str, caption: str = "") -> str:
    """NAME-light.png and NAME-dark.png beside the page, whichever fits the reader's theme."""
    light_and_dark = "\n".join(
        f"```{{image}} {name}-{theme}.png\n:class: only-{theme}\n:alt: {alt}\n```"
        for theme in ("light", "dark")
    )
    return f"{light_and_dark}\n" + (f"\n```{{rst-class}} figure-caption\n```\n{caption}\n" if caption else "")


def toctree(entries: Iterable[str], *, caption: str = "", depth: int = 1, hidden: bool = True) -> str:
    options = [f":maxdepth: {depth}"]
    options += [f":caption: {caption}"] if caption else []
    options += [":hidden:"] if hidden else []
    return "```{toctree}\n" + "\n".join([*options, "", *entries]) + "\n```\n"


def outside_fences(text: str, change: Callable[[str], str]) -> str:
    """Applies `change` to what is not a fenced block."""
    parts, at = [], 0
    for block in FENCE.finditer(text):
        parts += [change(text[at : block.start()]), block[0]]
        at = block.end()
    return "".join([*parts, change(text[at:])])


def relative(target: str, page: str) -> str:
    """From one page of the site to another file of it; both are paths from its root."""
    return os.path.relpath(target, os.path.dirname(page) or ".")
