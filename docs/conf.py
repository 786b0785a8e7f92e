"""Sphinx reads this with `-c docs`; the pages themselves are written by docs/generate. See scripts/docs."""

from __future__ import annotations

import importlib.util
from pathlib import Path
from typing import Any

import poultice

project = "Poultice"
author = "The Poultice developers"
copyright = author  # noqa: A001  Sphinx wants this name
release = version = poultice.__version__

extensions = [
    "myst_nb",
    "sphinx.ext.autodoc",
    "sphinx.ext.mathjax",
    "sphinx_design",
    "sphinx_copybutton",
]
HERE = Path(__file__).parent

myst_enable_extensions = ["dollarmath", "amsmath", "colon_fence", "attrs_inline"]
myst_heading_anchors = 4
myst_dmath_double_inline = True
suppress_warnings = ["myst.strikethrough"]

# Formulas are drawn by the MathJax that a PyPI package carries, in one file without fonts: pages work from a
# disk and where nothing outside can be reached.
_mathjax = importlib.util.find_spec("sphinx-mathjax-offline")
if _mathjax is None or _mathjax.origin is None:
    raise ImportError("pip install -r docs/requirements.txt")
MATHJAX = Path(_mathjax.origin).parent / "static" / "mathjax" / "tex-svg.js"
mathjax_path = "tex-svg.js"
mathjax3_config = {"options": {"enableMenu": False}, "svg": {"fontCache": "global"}}

# Notebooks are run anew at every build, since the package may have changed where they have not. A cell that
# fails is a warning with its traceback, and scripts/docs takes warnings for errors; raising at once would not
# say which cell it was. What readers download is no page.
nb_execution_mode = "force"
nb_execution_show_tb = True
nb_execution_timeout = 120
nb_merge_streams = True
exclude_patterns = ["files"]

html_theme = "furo"
html_title = f"Poultice {release}"
html_static_path = [str(HERE / "static"), str(MATHJAX)]
html_css_files = ["site.css"]
html_copy_source = False
html_show_sphinx = False
html_theme_options: dict[str, Any] = {
    "light_css_variables": {"color-brand-primary": "#0F5E97", "color-brand-content": "#0072B2"},
    "dark_css_variables": {"color-brand-primary": "#8FCBEE", "color-brand-content": "#6DB5E5"},
}
pygments_style = "friendly"
pygments_dark_style = "monokai"

autodoc_typehints = "signature"
autodoc_member_order = "bysource"
autodoc_default_options = {
    "members": True,
    "inherited-members": "Exception,tuple,Mapping",
    "undoc-members": True,
}
autodoc_preserve_defaults = True
python_use_unqualified_type_names = True
python_maximum_signature_line_length = 88
add_module_names = False
default_role = "code"
# Types of other libraries, whose pages are not at hand, and names that are aliases for annotations alone.
nitpick_ignore_regex = [
    ("py:.*", r"(np|numpy|xr|xarray|pd|pandas|mpl|matplotlib|os|pathlib|collections|typing|NDArray)\b.*"),
    (
        "py:.*",
        r"(Any|Callable|Executor|File|Iterator|Mapping|PathLike|Figure|Axes|Dataset|DataFrame|Numbers)",
    ),
    (
        "py:.*",
        r"(Study|Overrides|Value|Units|FigureName|_values\.Time|poultice\.series\.Self|poultice\._core\..*)",
    ),
]

copybutton_prompt_text = "$ "
copybutton_exclude = ".linenos, .go"


def without_private_types(
    app: Any, what: str, name: str, it: Any, options: Any, signature: str | None, returns: str | None
) -> tuple[str, str | None] | None:
    """A class whose constructor takes what only the package makes is shown without it."""
    hidden = what == "class" and signature and ("_core." in signature or "Content" in signature)
    return ("", returns) if hidden else None


def every_notebook(app: Any, env: Any, added: set[str], changed: set[str], removed: set[str]) -> list[str]:
    """What is read again though its text is that of the last build."""
    return [it for it in env.found_docs if it.startswith("notebooks/")]


def setup(app: Any) -> None:
    app.connect("env-get-outdated", every_notebook)
    app.connect("autodoc-process-signature", without_private_types)
