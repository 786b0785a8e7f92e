"""What a user can cause and mend. Each class stands for the C++ error of the same name and carries its
fields."""

from __future__ import annotations

from dataclasses import dataclass


class Error(Exception):
    """The root of them all. `key`, `line` and `hint` say what is wrong, where, and what to do; "" and 0
    where they do not apply."""

    key: str = ""
    line: int = 0
    hint: str = ""

    def __str__(self) -> str:
        return str(self.args[0]) if self.args else ""


class ScenarioWarning(UserWarning):
    """The study can be run, and something about it looks odd: see `Result.warnings`."""


@dataclass(frozen=True)
class Problem:
    """One thing that is wrong in a scenario. Lines and columns count from 1; 0 and "" mean "does not
    apply"."""

    what: str
    file: str = ""
    line: int = 0
    column: int = 0
    key: str = ""
    given: str = ""
    expected: str = ""
    hint: str = ""


class ScenarioError(Error, ValueError):
    """The scenario, or something it names, cannot be used. `problems` holds everything that was found, in
    the order of the file; the other fields are those of the first."""

    def __init__(self, message: str, problems: tuple[Problem, ...] = ()) -> None:
        super().__init__(message, problems)
        self.problems = problems
        first = problems[0] if problems else Problem(message)
        self.key, self.line, self.hint = first.key, first.line, first.hint
        self.file, self.column = first.file, first.column
        self.given, self.expected = first.given, first.expected


class UnitError(Error, ValueError):
    """A quantity has the wrong dimension, or a unit nobody knows."""

    def __init__(self, message: str, given: str = "", expected: str = "", hint: str = "") -> None:
        super().__init__(message, given, expected, hint)
        self.given, self.expected, self.hint = given, expected, hint


class ParameterError(Error, KeyError):
    """There is no parameter, or no result, of this name; or its value is out of range."""

    def __init__(self, message: str, key: str = "", hint: str = "") -> None:
        super().__init__(message, key, hint)
        self.key, self.hint = key, hint


class ModelError(Error):
    """Models cannot be put together: one needs what no other offers."""

    def __init__(self, message: str, instance: str = "", hint: str = "") -> None:
        super().__init__(message, instance, hint)
        self.key = self.instance = instance
        self.hint = hint


class IntegrationError(Error):
    """The equations could not be integrated to the end, or the end did not balance. `time` [s] says how far
    it got."""

    def __init__(self, message: str, time: float = 0.0, hint: str = "") -> None:
        super().__init__(message, time, hint)
        self.time, self.hint = time, hint


class FileError(Error):
    """A file could not be read or written."""

    def __init__(self, message: str, path: str = "", hint: str = "") -> None:
        super().__init__(message, path, hint)
        self.key = self.path = path
        self.hint = hint

    @classmethod
    def of(cls, path: str, what: str, hint: str = "") -> FileError:
        """Worded as the engine words its own."""
        return cls(f"{path}: {what}" + (f"\n   to do:    {hint}" if hint else ""), path, hint)
