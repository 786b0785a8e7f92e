"""Pieces of HTML for notebooks. Colours come from the page (currentColor, opacity), light or dark."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from html import escape

BOX = (
    "border:1px solid rgba(128,128,128,.4);border-radius:6px;padding:.8em 1em;"
    "display:inline-block;max-width:64em"
)
FAINT = "opacity:.65"
SMALL = "opacity:.65;font-size:85%"
LEFT, RIGHT = "text-align:left", "text-align:right;font-variant-numeric:tabular-nums"


def box(*inside: str) -> str:
    return f'<div style="{BOX}">{"".join(inside)}</div>'


def block(inside: str, style: str = "") -> str:
    return f'<div style="{style}">{inside}</div>'


def span(text: str, style: str) -> str:
    return f'<span style="{style}">{escape(text)}</span>'


def table(rows: Iterable[Sequence[str]], styles: Sequence[str], head: Sequence[str] = ()) -> str:
    """Rows of texts, one style per column; rows may be shorter than the styles."""
    lines = [_row("th", head, [f"{style};{SMALL}" for style in styles])] if head else []
    lines += [_row("td", row, styles) for row in rows]
    return f'<table style="margin:.4em 0;border:none;border-collapse:collapse">{"".join(lines)}</table>'


def details(summary: str, inside: str, is_open: bool = False) -> str:
    """What is folded away until somebody wants it."""
    return (
        f'<details style="margin:.2em 0"{" open" if is_open else ""}>'
        f'<summary style="cursor:pointer">{escape(summary)}</summary>{inside}</details>'
    )


def _row(tag: str, cells: Sequence[str], styles: Sequence[str]) -> str:
    common = "border:none;padding:.1em .8em .1em 0;vertical-align:top"
    inside = "".join(
        f'<{tag} style="{style};{common}">{escape(cell)}</{tag}>'
        for cell, style in zip(cells, styles, strict=False)
    )
    return f'<tr style="background:none">{inside}</tr>'
