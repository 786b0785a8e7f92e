"""What the schedule did, on an axis of time."""

from __future__ import annotations

from typing import TYPE_CHECKING

from poultice._content import Content
from poultice._figures.style import Clock, Theme

if TYPE_CHECKING:
    from matplotlib.axes import Axes

# A label needs this part of the axis, or more for each of its letters; where events are closer, only the
# first of them is named. What comes again is named once.
ROOM, PER_LETTER = 0.16, 0.0135


def mark_events(axes: Axes, content: Content, clock: Clock, theme: Theme, with_words: bool) -> None:
    """A thin line at each event; in one panel of a figure, what happened."""
    if "event_time" not in content.variables:
        return
    end = float(content.variables["time"].values[-1])
    by_time: dict[float, list[str]] = {}
    for time, text in zip(
        content.variables["event_time"].values, content.variables["event_text"].values, strict=True
    ):
        by_time.setdefault(float(time), []).append(str(text))
    free_from, named = -1.0, set[str]()
    for time, texts in by_time.items():
        if 0.0 < time < end:
            dashes = (0, (3, 3))
            axes.axvline(time / clock.seconds, color=theme.faint, linewidth=0.9, linestyle=dashes, zorder=1)
        words = "\n".join(texts)
        if with_words and time / end >= free_from and words not in named:
            room = max(ROOM, PER_LETTER * max(map(len, texts)))
            is_late = time / end > 1.0 - room
            axes.annotate(
                words,
                (time / clock.seconds, 1.0),
                (-4 if is_late else 4, -2),
                xycoords=("data", "axes fraction"),
                textcoords="offset points",
                va="top",
                ha="right" if is_late else "left",
                fontsize=8,
                color=theme.faint,
                bbox=theme.behind_text(),
            )
            free_from = time / end + room
            named.add(words)
