"""The models there are, and what they say of themselves."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from poultice import _core, _html
from poultice.errors import ParameterError
from poultice.units import shown_unit


class Model:
    """One model of the catalogue: its parameters, and what a schedule may do to it. Shows itself as a
    table."""

    def __init__(self, raw: _core.Model) -> None:
        self._raw = raw

    @property
    def name(self) -> str:
        return self._raw.name

    @property
    def meaning(self) -> str:
        return self._raw.meaning

    @property
    def parameters(self) -> dict[str, _core.ParameterSpec]:
        """Key, unit, default, range, meaning and source of each, by key."""
        return {it.key: it for it in self._raw.parameters}

    @property
    def actions(self) -> dict[str, str]:
        """What a schedule may do to it, by verb."""
        return {it.verb: it.meaning for it in self._raw.actions}

    def __repr__(self) -> str:
        rows = [[it.key, _given(it), _range(it), it.meaning] for it in self._raw.parameters]
        text = f"{self.name}: {self.meaning}\n\n{_core.in_columns(rows, [], '  ')}"
        if self.actions:
            text += "\nin a schedule\n" + _core.in_columns([[*it] for it in self.actions.items()], [], "  ")
        return text

    def _repr_html_(self) -> str:
        rows = [[it.key, _given(it), _range(it), it.meaning, it.source] for it in self._raw.parameters]
        styles = [*[_html.LEFT] * 4, f"{_html.LEFT};{_html.FAINT}"]
        head = ("key", "value", "range", "meaning", "source of the default")
        title = f"{_html.span(self.name, 'font-weight:bold')} {_html.span(self.meaning, '')}"
        parts = [_html.block(title), _html.table(rows, styles, head)]
        if self.actions:
            parts += [
                _html.block("in a schedule"),
                _html.table([[*it] for it in self.actions.items()], styles),
            ]
        return _html.box(*parts)


class Models(Mapping[str, Model]):
    """All models by name. Shows itself as a table."""

    def __init__(self) -> None:
        self._models = {it.name: Model(it) for it in _core.models()}

    def __getitem__(self, name: str) -> Model:
        if name in self._models:
            return self._models[name]
        nearest = _core.nearest(name, list(self._models))
        hint = f"did you mean {nearest}?" if nearest else f"there are {', '.join(self._models)}"
        raise ParameterError(f"{name}: there is no such model; {hint}", name, hint)

    def __iter__(self) -> Iterator[str]:
        return iter(self._models)

    def __len__(self) -> int:
        return len(self._models)

    def __repr__(self) -> str:
        return _core.in_columns(self._rows(), [], "")

    def _repr_html_(self) -> str:
        return _html.box(_html.table(self._rows(), ["text-align:left;font-weight:bold", _html.LEFT]))

    def _rows(self) -> list[list[str]]:
        return [[it.name, it.meaning] for it in self._models.values()]


def models() -> Models:
    """All models there are."""
    return Models()


def describe(name: str) -> Model:
    """What a model is, its parameters and its actions. Raises ParameterError, naming the nearest."""
    return Models()[name]


def _given(spec: _core.ParameterSpec) -> str:
    if spec.default:
        return f"= {spec.default}"
    unit = shown_unit(spec.unit) if spec.type == "quantity" else spec.type
    return f"{unit or 'number'}, {'required' if spec.is_required else 'optional'}"


def _range(spec: _core.ParameterSpec) -> str:
    if spec.type == "choice":
        return " | ".join(spec.choices)
    if spec.type == "set":
        return f"data/{spec.folder}"
    if spec.type in ("quantity", "count") and spec.minimum > float("-inf"):
        unit = shown_unit(spec.unit) if spec.type == "quantity" else ""
        return f"{spec.minimum:g} … {spec.maximum:g} {unit}".strip()
    return ""
