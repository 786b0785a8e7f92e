"""The figures there are, and what is written around their panels."""

from __future__ import annotations

from functools import partial

from matplotlib.figure import Figure

from poultice._content import Content
from poultice._figure_names import NAMES, FigureName
from poultice._figures import amounts, depth_map, plasma, profiles, rates
from poultice._figures.panel import Panel
from poultice._figures.style import Theme, clock_for
from poultice._summary import rows_of
from poultice.errors import ParameterError

LONGEST_LINE = 150  #: letters above the panels of a figure of usual width
WIDTHS = {"overview": 11.5, "plasma": 7.6, "flux": 11.5, "depth": 8.6, "amounts": 8.6}


def panels_of(content: Content, name: FigureName, log: bool | None) -> list[Panel]:
    """Raises ParameterError for a figure that is not known, or that the result has nothing for."""
    if name not in NAMES:
        hint = f"choose one of {', '.join(NAMES)}"
        raise ParameterError(f"{name}: there is no such figure; {hint}", "figure", hint)
    if log is not None and name not in ("plasma", "depth"):
        hint = 'leave it out; "plasma" and "depth" take it'
        raise ParameterError(f"log: {name} has no logarithmic scale; {hint}", "log", hint)
    found = _panels(content, name, log)
    if not found:
        hint = "draw the overview, which leaves out what there is nothing for"
        raise ParameterError(f"{name}: this result has nothing to draw there; {hint}", "figure", hint)
    return found


def draw(content: Content, figure: Figure, panels: list[Panel], theme: Theme) -> Figure:
    """All panels in two columns, with title and headlines above and the origin below."""
    inch, columns = 1.0 / figure.get_figheight(), min(len(panels), 2)
    headlines = _headlines(content, round(LONGEST_LINE * figure.get_figwidth() / WIDTHS["overview"]))
    below, above = 0.30 * inch, (0.70 if headlines else 0.45) * inch
    figure.set_layout_engine(
        "constrained", rect=(0.0, below, 1.0, 1.0 - below - above), w_pad=0.12, h_pad=0.10
    )
    clock = clock_for(float(content.variables["time"].values[-1]))
    grid = figure.add_gridspec((len(panels) + 1) // 2, columns)
    for i, panel in enumerate(panels):
        # The last of an odd number has the row to itself.
        is_alone = i == len(panels) - 1 and i % 2 == 0
        place = grid[i // 2, :] if is_alone else grid[i // 2, i % 2]
        panel(figure.add_subplot(place), content, clock, theme)
    about = content.attributes
    error = float(about["mass_balance_relative_error"])
    left = f"mass balance error {error:.1e} of what was applied"
    right = f"{about['software']} · scenario {str(about['scenario_sha256'])[:10]}"
    text = partial(figure.text, color=theme.faint)
    size = 13 if len(content.title) < 10 * figure.get_figwidth() else 10.5
    text(
        0.012,
        1.0 - 0.13 * inch,
        content.title or "Result",
        fontsize=size,
        fontweight="bold",
        va="top",
        color=theme.ink,
    )
    text(0.012, 1.0 - 0.42 * inch, headlines, fontsize=9, va="top")
    text(0.012, 0.10 * inch, left, fontsize=7.5)
    text(0.988, 0.10 * inch, right, fontsize=7.5, ha="right")
    return figure


def size_of(name: FigureName, panels: list[Panel]) -> tuple[float, float]:
    """Of the whole figure, in inches."""
    return WIDTHS[name], 4.6 if len(panels) <= 2 else 0.9 + 3.6 * ((len(panels) + 1) // 2)


def _panels(content: Content, name: FigureName, log: bool | None) -> list[Panel]:
    has_amounts = bool(amounts.bands_of(content))
    if name == "plasma":
        return [partial(plasma.draw, log=bool(log))] if plasma.curves_of(content) else []
    if name == "flux":
        return [rates.draw_rates, rates.draw_totals] if rates.has_rates(content) else []
    if name == "depth":
        return depth_map.panels(content, log)
    if name == "amounts":
        return [amounts.draw] if has_amounts else []
    # Panels with a legend beside them share the right column.
    left: list[Panel] = [rates.draw_rates] * rates.has_rates(content)
    left += [plasma.draw] * (plasma.curves_of(content) is not None)
    right = profiles.panels(content) + [amounts.draw] * (len(amounts.bands_of(content)) > 1)
    pairs = min(len(left), len(right))
    both = [panel for row in zip(left, right, strict=False) for panel in row]
    return [*both, *left[pairs:], *right[pairs:]]


def _headlines(content: Content, longest: int) -> str:
    """As many of the numbers that sum up the run as fit on a line."""
    line = ""
    for label, number, unit, *share in rows_of(content):
        part = " ".join(filter(None, (label, number, unit, *(f"({it})" for it in share))))
        if len(line) + len(part) > longest:
            break
        line += ("   ·   " if line else "") + part
    return line
