"""Where each file of the repository stands on the site, and the links between them."""

from __future__ import annotations

import os
import shutil
from pathlib import Path
from re import Match

from text import LINK, outside_fences, relative, write

ROOT = Path(__file__).resolve().parents[2]
#: Pages that lie outside of docs/, and the folders that a link may name.
ELSEWHERE = {
    "README.md": "index.md",
    "docs/README.md": "index.md",
    "docs/adr": "adr/README.md",
    "docs/guides": "index.md",
    "docs/notebooks": "notebooks/first_patch.ipynb",
    "CHANGELOG.md": "development/changelog.md",
    "CONTRIBUTING.md": "development/contributing.md",
    "SECURITY.md": "development/security.md",
    "CITATION.cff": "citing.md",
    "benchmarks/README.md": "development/benchmarks.md",
    "data/README.md": "data/index.md",
    "data": "data/index.md",
    "models": "models/index.md",
    "examples": "examples/index.md",
}


class Site:
    """The source tree that Sphinx reads, made anew from the repository."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.written: set[Path] = set()
        self._places = dict(ELSEWHERE)
        for page in sorted((ROOT / "docs").rglob("*.md")):
            path = page.relative_to(ROOT).as_posix()
            self._places.setdefault(path, page.relative_to(ROOT / "docs").as_posix())
        for file in ROOT.glob("docs/notebooks/*.py"):
            self._places[f"docs/notebooks/{file.name}"] = f"notebooks/{file.stem}.ipynb"
        for readme in ROOT.glob("models/*/README.md"):
            name = readme.parent.name
            self._places |= {
                f"models/{name}/README.md": f"models/{name}.md",
                f"models/{name}": f"models/{name}.md",
            }
        for folder_of_sets in (
            it for it in (ROOT / "data").iterdir() if it.is_dir() and any(it.glob("*.toml"))
        ):
            self._places[f"data/{folder_of_sets.name}"] = f"data/{folder_of_sets.name}/index.md"
            for file in folder_of_sets.glob("*.toml"):
                place = f"data/{folder_of_sets.name}/{file.stem}.md"
                self._places[f"data/{folder_of_sets.name}/{file.name}"] = place
        for file in ROOT.glob("examples/*.toml"):
            self._places[f"examples/{file.name}"] = f"examples/{file.stem}.md"

    def put(self, page: str, text: str) -> None:
        """Writes a page of the site."""
        write(self.folder / page, text)
        self.written.add(self.folder / page)

    def path(self, name: str) -> Path:
        """Of a file that the caller writes itself, such as a picture."""
        path = self.folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        self.written.add(path)
        return path

    def picture(self, name: str, theme: str) -> Path:
        """Of one of the two drawings of a picture: see `text.two_themes`."""
        return self.path(f"{name}-{theme}.png")

    def page_of(self, file: str, page: str = "", tail: str = "") -> None:
        """Puts a Markdown file of the repository on the site, its links turned to the site's pages."""
        page = page or self._places[file]
        text = (ROOT / file).read_text(encoding="utf-8")
        self.put(page, self.linked(text, file, page) + tail)

    def linked(self, text: str, file: str, page: str) -> str:
        """The text of a file of the repository with its links as they must be on a page of the site."""
        return outside_fences(text, lambda part: LINK.sub(lambda link: self._link(link, file, page), part))

    def _link(self, link: Match[str], file: str, page: str) -> str:
        target, _, anchor = link["target"].partition("#")
        if not target or "://" in target or target.startswith("mailto:"):
            return link[0]
        path = os.path.normpath(os.path.join(os.path.dirname(file), target))
        place = self._places.get(path)
        if place is None:
            if not (ROOT / path).is_file():
                # A folder, or nothing: Sphinx complains of a link to nothing.
                return link["text"] if (ROOT / path).is_dir() else link[0]
            place = f"files/{path}"
            shutil.copyfile(ROOT / path, self.path(place))
        to = relative(place, page)
        return f"{link['image']}[{link['text']}]({to}{'#' + anchor if anchor else ''})"

    def sweep(self) -> None:
        """Removes what an earlier build left behind and this one did not write."""
        for path in sorted(self.folder.rglob("*"), reverse=True):
            if path.is_dir():
                if not any(path.iterdir()):
                    path.rmdir()
            elif path not in self.written:
                path.unlink()
