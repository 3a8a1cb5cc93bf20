"""Every error that dxrules raises on purpose, and the exit code that each one stands for.

    DxrulesError                      exit code
    ├── UsageError (ValueError)       2   a call is wrong
    │   └── DateError                 2   a text that is no date, or no full day
    ├── InputError (ValueError)       2   files are wrong; carries every problem found
    │   ├── PlanError                 2   a plan file
    │   └── RulesetError              2   a ruleset or reference file
    └── EngineError (RuntimeError)    3   durable_rules cannot be trusted with this run
        └── EnvelopeError             3   a rule or fact lies outside what it can be trusted with

Messages come in both languages; `str()` gives the English one.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import ClassVar, NamedTuple, Self

from dxrules.frozen import frozen
from dxrules.texts import Text, join, shorten, visible

_LONGEST_KEY = 120

OK, FINDINGS, WRONG_INPUT, UNTRUSTED = 0, 1, 2, 3


class Place(NamedTuple):
    """A point in a file; line and column count from 1. In a workbook it is a cell of a sheet.

    `nothing` is whether it is the heading under which something would stand that is not there.
    """

    file: str
    line: int
    column: int
    sheet: str = ""
    nothing: bool = False

    def __str__(self) -> str:
        return self.short if self.sheet else f"{self.short}:{self.column}"

    @property
    def short(self) -> str:
        """The file and the line, or the cell: `facts/a.yaml:12`, `a.xlsx:measures!B7`."""
        return f"{self.file}:{self.cell}" if self.sheet else f"{self.file}:{self.line}"

    @property
    def shown(self) -> Text:
        """The same for people, who are told where nothing stands."""
        if not self.nothing:
            return Text(self.short, self.short)
        if self.sheet:
            sheet = f"{self.file}:{visible(self.sheet)}"
            return Text(f"{sheet}(該当する行なし)", f"{sheet} (no such row)")
        return Text(f"{self.short}(該当する記載なし)", f"{self.short} (nothing of it there)")

    @property
    def within(self) -> Text:
        """Where it is in its file."""
        if self.sheet:
            return Text(self.cell, self.cell)
        return Text(f"{self.line}行{self.column}列", f"{self.line}:{self.column}")

    @property
    def cell(self) -> str:
        """The cell of a workbook: `measures!B7`."""
        letters, rest = "", self.column
        while rest:
            rest, last = divmod(rest - 1, 26)
            letters = chr(ord("A") + last) + letters
        return f"{visible(self.sheet)}!{letters}{self.line}"


@frozen
class Problem:
    """One fault of a file: where, which key, what is wrong and the way out."""

    place: Place
    key: str
    message: Text
    hint: Text | None = None

    @property
    def text(self) -> Text:
        """The whole message, `file:line:column: key: message hint`."""
        head = (
            f"{self.place}: {shorten(self.key, _LONGEST_KEY)}: " if self.key else f"{self.place}: "
        )
        return Text(head, head) + self.message.then(self.hint)


class DxrulesError(Exception):
    """The root of all errors raised on purpose."""

    exit_code: ClassVar[int] = WRONG_INPUT

    def __init__(self, text: Text) -> None:
        super().__init__(text.en)
        self.text = text


class UsageError(DxrulesError, ValueError):
    """A call is wrong: an option, a path, a day."""

    @classmethod
    def of(cls, ja: str, en: str) -> Self:
        """Return the error that is said so in both languages."""
        return cls(Text(ja, en))


class DateError(UsageError):
    """A text is no date, or says less, or more, than what was asked for."""


class InputError(DxrulesError, ValueError):
    """One or more files are wrong; `problems` holds every fault with its place."""

    def __init__(self, problems: Sequence[Problem]) -> None:
        self.problems = tuple(problems)
        lines = [problem.text for problem in self.problems]
        super().__init__(join(lines, "\n", "\n"))

    @classmethod
    def of_file(cls, name: str, message: Text, hint: Text | None = None) -> Self:
        """Return the error of a file with one fault, which is that of the whole file."""
        return cls([Problem(Place(name, 1, 1), "", message, hint)])


class PlanError(InputError):
    """A plan file is wrong."""


class RulesetError(InputError):
    """A ruleset or a reference file is wrong."""


class EngineError(DxrulesError, RuntimeError):
    """durable_rules failed, so nothing it said in this run counts."""

    exit_code = UNTRUSTED


class EnvelopeError(EngineError):
    """A rule or a fact lies outside the limits within which durable_rules was measured."""
