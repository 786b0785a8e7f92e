"""The figures of a result, by name."""

from __future__ import annotations

from typing import Literal, TypeAlias, get_args

FigureName: TypeAlias = Literal["overview", "plasma", "flux", "depth", "amounts"]
NAMES: tuple[FigureName, ...] = get_args(FigureName)
