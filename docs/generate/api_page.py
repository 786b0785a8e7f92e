"""The reference of the Python package, from what `poultice.__all__` names."""

from __future__ import annotations

import importlib
import inspect
import sys
from collections import defaultdict

from pages import Site

import poultice as pt

#: Module of a name, and the heading it stands under.
HEADINGS = {
    "poultice.result": "Running, and what comes out",
    "poultice.scenario": "Scenarios",
    "poultice.sweep": "Sweeps",
    "poultice.sweep_plan": "The plan of a sweep",
    "poultice.sweep_result": "What comes out of a sweep",
    "poultice.recovery": "The laboratory's mass balance",
    "poultice.series": "Curves and profiles",
    "poultice.units": "Units",
    "poultice.catalogue": "Models",
    "poultice.citations": "Sources of a result",
    "poultice.errors": "Errors",
}
HEAD = """# Python

```python
import poultice as pt
```

Everything a user needs is at the top of the package. Modules whose names begin with an underscore are not for
users and may change in any version.

"""


def write_page(site: Site) -> None:
    sections: dict[str, list[str]] = defaultdict(list)
    for name in pt.__all__:
        it = getattr(pt, name)
        module = getattr(it, "__module__", "")
        if inspect.isclass(it):
            kind = "autoexception" if issubclass(it, Exception) else "autoclass"
        elif inspect.isfunction(it):
            kind = "autofunction"
        else:
            continue
        sections[module].append(f".. {kind}:: poultice.{name}\n")
    for module in [*HEADINGS, *(it for it in sections if it not in HEADINGS)]:
        importlib.import_module(module)
        sections[module] += [f".. autoclass:: {module}.{name}\n" for name in _classes_beside(module)]
    text = HEAD
    for module in [*HEADINGS, *sorted(it for it in sections if it not in HEADINGS)]:
        title = HEADINGS.get(module, module.rpartition(".")[2].replace("_", " ").capitalize())
        text += f"## {title}\n\n```{{eval-rst}}\n.. currentmodule:: poultice\n\n"
        text += "\n".join(_functions_first(sections[module])) + "```\n\n"
    site.put("api/python.md", text)


def _classes_beside(module: str) -> list[str]:
    """What functions and results hand out, though nobody makes one himself."""
    members = inspect.getmembers(sys.modules[module], inspect.isclass)
    return [
        name
        for name, it in members
        if it.__module__ == module and not name.startswith("_") and name not in pt.__all__
    ]


def _functions_first(entries: list[str]) -> list[str]:
    return sorted(entries, key=lambda it: "autofunction" not in it)  # stable: classes keep their order
