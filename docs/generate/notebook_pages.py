"""The notebooks of docs/notebooks/, kept as text: as the site executes them, and as readers download them."""

from __future__ import annotations

import jupytext
from nbformat import NotebookNode
from pages import ROOT, Site
from text import LINK, outside_fences, relative

HOW_TO_OPEN = """
:::{{admonition}} This page is a notebook
:class: note
Every number and picture on it was computed when the site was built. To try it yourself, download
{{download}}`{name}.ipynb <{download}>`, or open `docs/notebooks/{name}.py` in JupyterLab with
[jupytext](https://jupytext.readthedocs.io).
:::
"""


def write_pages(site: Site) -> None:
    for file in sorted((ROOT / "docs/notebooks").glob("*.py")):
        path, page = file.relative_to(ROOT).as_posix(), f"notebooks/{file.stem}.ipynb"
        download = f"files/notebooks/{file.stem}.ipynb"
        site.put(download, _text(_without_links(_read(path))))

        notebook = _read(path)
        for cell in _prose(notebook):
            cell.source = site.linked(cell.source, path, page)
        about = HOW_TO_OPEN.format(name=file.stem, download=relative(download, page))
        first = notebook.cells[0]
        title, _, rest = first.source.partition("\n")
        first.source = f"{title}\n{about}{rest}"
        site.put(page, _text(notebook))


def _read(path: str) -> NotebookNode:
    notebook = jupytext.read(ROOT / path, fmt="py:percent")
    # Names that stay the same from one build to the next, so that only what changed is written.
    for number, cell in enumerate(notebook.cells):
        cell.id = f"cell-{number}"
    return notebook


def _prose(notebook: NotebookNode) -> list[NotebookNode]:
    return [cell for cell in notebook.cells if cell.cell_type == "markdown"]


def _without_links(notebook: NotebookNode) -> NotebookNode:
    """Pages of the site are not where a downloaded file lies."""
    for cell in _prose(notebook):
        cell.source = outside_fences(
            cell.source,
            lambda part: LINK.sub(lambda it: it[0] if "://" in it["target"] else it["text"], part),
        )
    return notebook


def _text(notebook: NotebookNode) -> str:
    return jupytext.writes(notebook, fmt="ipynb") + "\n"
