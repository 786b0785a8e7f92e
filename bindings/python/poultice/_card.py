"""What a notebook shows of a result."""

from __future__ import annotations

from collections.abc import Iterable
from html import escape

from poultice._content import Content
from poultice._summary import closing_rows, rows_of

# currentColor and opacity follow the notebook's theme, light or dark.
_CARD = "border:1px solid rgba(128,128,128,.4);border-radius:6px;padding:.8em 1em;display:inline-block"
_NUMBER = "text-align:right;font-variant-numeric:tabular-nums"
_FAINT = "opacity:.65;text-align:left"


def html_of(content: Content) -> str:
    title = escape(str(content.attributes["title"]) or "Result")
    status = escape(str(content.attributes["status_text"]))
    headlines = "".join(_row(row, [_FAINT, _NUMBER, "text-align:left", _FAINT]) for row in rows_of(content))
    closing = " · ".join(f"{escape(label)} {escape(text)}" for label, text in closing_rows(content))
    software = escape(str(content.attributes["software"]))
    return (
        f'<div style="{_CARD}"><div><b>{title}</b> <span style="opacity:.65">{status}</span></div>'
        f'<table style="margin:.5em 0;border:none">{headlines}</table>'
        f'<div style="opacity:.65;font-size:85%">{closing} · {software}</div></div>'
    )


def _row(cells: Iterable[str], styles: list[str]) -> str:
    pairs = zip(cells, styles, strict=False)  # the last cell may be missing
    inside = "".join(f'<td style="{style};border:none">{escape(cell)}</td>' for cell, style in pairs)
    return f'<tr style="background:none">{inside}</tr>'
