"""Names in a result, and what to say of those that are not there."""

from __future__ import annotations

from poultice import _core
from poultice._content import Content, Variable
from poultice.errors import ParameterError


def variable(content: Content, name: str) -> Variable:
    """Raises ParameterError, naming the nearest, where the result has no such name."""
    found = content.variables.get(name)
    if found is None:
        nearest = _core.nearest(name, list(content.variables))
        hint = f"did you mean {nearest}?" if nearest else "dir(result) lists what there is"
        raise ParameterError(f"{name}: this result has no such name; {hint}", name, hint)
    return found
