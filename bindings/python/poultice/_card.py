"""What a notebook shows of a result."""

from __future__ import annotations

from poultice import _html
from poultice._content import Content
from poultice._summary import closing_rows, rows_of
from poultice.citations import citations_of

MOST_SOURCES = 3
MOST_EVENTS = 6


def html_of(content: Content) -> str:
    """Status, headline numbers, warnings, events, sources and how well it balanced."""
    return _html.box(_title(content), *(_body(content) if content.is_ok else ()), _closing(content))


def _title(content: Content) -> str:
    status = content.status_text if content.is_ok else f"failed: {content.status_text}"
    bold = "font-weight:bold"
    return _html.block(f"{_html.span(content.title or 'Result', bold)} {_html.span(status, _html.FAINT)}")


def _body(content: Content) -> list[str]:
    columns = [f"{_html.LEFT};{_html.FAINT}", _html.RIGHT, _html.LEFT, f"{_html.LEFT};{_html.FAINT}"]
    parts = [_html.block(_html.span(f"Warning: {it}", "color:#B45309")) for it in content.warnings]
    parts.append(_html.table(rows_of(content), columns))
    if "event_time" in content.variables:
        times, texts = (content.variables[name].values for name in ("event_time", "event_text"))
        rows = [[f"{time / 3600.0:.6g} h", str(text)] for time, text in zip(times, texts, strict=True)]
        more = len(rows) - MOST_EVENTS
        rows = [*rows[:MOST_EVENTS], ["", f"and {more} more"]] if more > 0 else rows
        parts.append(_html.details(_counted(len(times), "event"), _html.table(rows, columns[1:3])))
    sources = citations_of(content.origins()).sources
    if sources:
        # What most values were taken from first.
        top = sorted(sources, key=lambda it: -len(it.paths))[:MOST_SOURCES]
        rows = [[it.text, _counted(len(it.paths), "value")] for it in top]
        if len(sources) > len(top):
            rows.append([f"and {len(sources) - len(top)} more: poultice.citations(result)", ""])
        styles = [_html.LEFT, f"{_html.RIGHT};{_html.FAINT};white-space:nowrap"]
        parts.append(_html.details(_counted(len(sources), "source"), _html.table(rows, styles)))
    return parts


def _closing(content: Content) -> str:
    rows = closing_rows(content) if content.is_ok else []
    texts = [" ".join(row) for row in rows]
    return _html.block(_html.span(" · ".join([*texts, str(content.attributes["software"])]), _html.SMALL))


def _counted(count: int, what: str) -> str:
    return f"{count} {what}{'' if count == 1 else 's'}"
