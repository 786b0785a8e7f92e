"""Writes the pages that Sphinx reads: those of docs/ and elsewhere in the repository, with their links
turned to the site's, and those made from models, sets, examples, notebooks and the Python package.

    python docs/generate FOLDER
"""

from __future__ import annotations

import re
import shutil
import sys
from pathlib import Path

import api_page
import example_pages
import model_pages
import notebook_pages
import set_pages
from pages import ROOT, Site
from text import toctree

FURTHER = re.compile(r"^<!-- further pages of (\S+) -->$", re.MULTILINE)


def put_pages_of_docs(site: Site) -> None:
    """All of docs/ but its index for readers of the repository, and the model of an example."""
    for page in sorted((ROOT / "docs").rglob("*.md")):
        path = page.relative_to(ROOT).as_posix()
        if (
            path not in ("docs/README.md", "docs/index.md", "docs/adr/README.md")
            and "example_model" not in path
        ):
            site.page_of(path)
    records = sorted(it.stem for it in (ROOT / "docs/adr").glob("0*.md"))
    site.page_of("docs/adr/README.md", tail="\n" + toctree(records))
    for picture in [*ROOT.glob("docs/**/*.png"), *ROOT.glob("docs/**/*.svg")]:
        shutil.copyfile(picture, site.path(picture.relative_to(ROOT / "docs").as_posix()))


def put_help(site: Site) -> None:
    """What to do about each error and status: the texts of `poultice explain`."""
    files = sorted((ROOT / "data/help").rglob("*.md"))
    names = []
    for file in files:
        name = file.relative_to(ROOT / "data/help").with_suffix("").as_posix()
        text = file.read_text(encoding="utf-8")
        if not text.lstrip().startswith("# "):
            text = f"# {file.stem.replace('_', ' ')}\n\n{text}"
        site.put(f"help/{name}.md", site.linked(text, file.relative_to(ROOT).as_posix(), f"help/{name}.md"))
        names.append(name)
    head = "# When something goes wrong\n\n"
    if names:
        head += "What each error and each status of a run means, and what to do next. "
        head += "`poultice explain NAME` prints the same.\n\n"
    head += HELP_ALWAYS
    site.put("help/index.md", head + (toctree(names, hidden=False) if names else ""))


HELP_ALWAYS = """Every message of `poultice` names the file, the line, the key, what was expected and what
to do. In Python each kind of error is [an exception](../api/python.md#errors) with the same facts as
attributes.

"""


def put_citation(site: Site) -> None:
    text = (ROOT / "CITATION.cff").read_text(encoding="utf-8")
    facts = dict(re.findall(r"^(\w+): (.*)$", text, re.MULTILINE))
    version, title = facts["version"], facts["title"].strip('"')
    site.put("citing.md", CITING.format(title=title, version=version, year=_year(facts), text=text.rstrip()))


def _year(facts: dict[str, str]) -> str:
    return facts.get("date-released", "").strip('"')[:4] or "YEAR"


CITING = """# How to cite

Cite the version you used:

> The Poultice developers. *{title}*, version {version}.

A result file names its version and commit (attributes `software` and `git_hash` of its root), and so does
`poultice version`. Cite also the sources of the values that your study took over; the result file holds each
beside its value ([results](results.md#provenance)). The machine-readable record, `CITATION.cff`:

```yaml
{text}
```
"""


def put_landing(site: Site) -> None:
    """docs/index.md; where it says so, pages are entered that it does not name itself."""
    text = (ROOT / "docs/index.md").read_text(encoding="utf-8")

    def further(mark: re.Match[str]) -> str:
        folder = site.folder / mark[1]
        pages = sorted(
            it.relative_to(site.folder).with_suffix("").as_posix()
            for it in site.written
            if it.parent == folder and it.suffix == ".md" and it.name != "index.md"
        )
        return "\n".join(it for it in pages if f"\n{it}\n" not in text)

    site.put("index.md", FURTHER.sub(further, text))


def main() -> int:
    if len(sys.argv) != 2:
        print("usage: python docs/generate FOLDER", file=sys.stderr)
        return 2
    site = Site(Path(sys.argv[1]).resolve())
    put_pages_of_docs(site)
    for file in ("CHANGELOG.md", "CONTRIBUTING.md", "SECURITY.md", "benchmarks/README.md"):
        site.page_of(file)
    model_pages.write_pages(site)
    set_pages.write_pages(site)
    example_pages.write_pages(site)
    notebook_pages.write_pages(site)
    api_page.write_page(site)
    put_help(site)
    put_citation(site)
    put_landing(site)
    site.sweep()
    return 0


if __name__ == "__main__":
    sys.exit(main())
