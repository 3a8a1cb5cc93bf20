"""Tables that tell of things, as tasks of standardization, where each stands, and its day.

The column of the things is known by what stands in it, whatever is written above: most of its
cells name some. Beside it, up to the next column of things, stand the state and the day of each.
A line with a colon tells the same.
"""

from __future__ import annotations

import re
from abc import ABC, abstractmethod
from collections.abc import Callable, Iterator, Sequence
from typing import Final

from dxrules.document.model import Block
from dxrules.document.normal import squeezed
from dxrules.draft.phrases import DAY
from dxrules.draft.reading import Reading
from dxrules.draft.tables import rows_in_place
from dxrules.frozen import frozen

_LEAST: Final = 2
"""Tasks that a column of them names at least."""
_LONGEST: Final = 60
"""Signs of a cell that tells a state, and not a story."""
_CODE: Final = "system-status"
LEFT_OUT: Final = "left-out"
"""Stands for no reason that is told."""
_LATER: Final = re.compile("特定移行支援(?!システムに(?:は)?該当しない)")
_MARK: Final = frozenset("○〇◯●◎✓✔済レ")
_BY: Final = re.compile("予定|目標|計画|見込|まで")
_EITHER: Final = re.compile(
    r"\((?:完了)?(?:予定|見込み?|計画)[^()]{0,4}\)|(?:予定|見込み?)[/・]"
    r"|(?:[/・]|又は|または|及び)(?:予定|見込み?)|予定を含む"
)
"""Above days past and to come, as 移行(予定)時期: what is beside tells which."""
_SPACED: Final = re.compile(
    r"(?:[・\-○●◆■*]|[0-9]{1,2}[.)]|[(（][0-9]{1,2}[)）])?\s*(\S{2,24})[ \u3000\t]+(\S[^\n]*)$"
)
_COLUMNS: Final = re.compile(r"\u3000{2,}[ \u3000]*| {2,}|\t+")
"""Between the columns of a table that is typed with blanks."""
_APART: Final = re.compile(r":|→|=|\.{3,}|・{3,}|(?<![A-Za-z0-9])-+(?![A-Za-z])")
"""Between a thing and what is said of it in a line; a dash, but not that of eL-QR."""
_POINT: Final = "・-○●◆■◇□*"
_NOTE: Final = re.compile(r"\(([^()]+)\)$")
_COUNTED: Final = re.compile(r"\(?[0-9]{1,2}(?:業務|事務)\)?")


@frozen
class StateRow:
    """What a row says of a thing; `reason` if it is left out; `is_told` unless nobody can tell."""

    thing: str
    said: dict[str, str]
    reason: str = ""
    is_told: bool = True


class StateTables(ABC):
    """Reads tables of things: `things_of` names those of a cell, `kind` the words of states."""

    moves = "move-heads"
    """The list of words above a column of days by which something comes to be."""

    def __init__(
        self, reading: Reading, kind: str, things_of: Callable[[str], Sequence[str]]
    ) -> None:
        self.reading = reading
        self.things_of = things_of
        self.signs: dict[str, str] = {}
        """The words that stand for signs, by the key to them."""
        codes = reading.codes.get(kind, {})
        words = sorted(codes, key=len, reverse=True)
        self.codes = codes
        self.state = re.compile("|".join(map(re.escape, words)) or "(?!)")

    def reason_of(self, cell: str) -> str:  # noqa: ARG002  (some kinds of things are left out)
        """Return why a cell says that its thing is left out; nothing if it does not."""
        return ""

    @abstractmethod
    def said_of(self, cells: Sequence[tuple[str, str]]) -> dict[str, str]:
        """Return the state that cells tell, with the heads above them, and the day of it."""

    def rows(self, block: Block) -> list[StateRow]:
        """Return what the rows of a table say of tasks; nothing of a table of other things."""
        rows = [[squeezed(cell) for cell in row] for row in rows_in_place(block)]
        if not rows:
            return []
        named = [[self.things_of(cell) for cell in row] for row in rows]
        width = len(rows[0])
        columns = [n for n in range(width) if self._is_of_tasks(rows, named, n)]
        columns = [n for n in columns if n - 1 not in columns]
        if not columns:
            return []
        first = next((n for n, row in enumerate(named) if any(row[c] for c in columns)), 0)
        heads = rows[:first]
        found: list[StateRow] = []
        for column, after in zip(columns, [*columns[1:], width], strict=True):
            parts = range(0 if len(columns) == 1 else column, after)
            for row, tasks in zip(rows[first:], named[first:], strict=True):
                found += self._row(row, tasks[column], [n for n in parts if n != column], heads)
        return found

    @staticmethod
    def _is_of_tasks(
        rows: Sequence[Sequence[str]], named: Sequence[Sequence[Sequence[str]]], column: int
    ) -> bool:
        """Tell whether most of what stands in a column names tasks, each once."""
        cells = [tasks[column] for row, tasks in zip(rows, named, strict=True) if row[column]]
        told = {task for tasks in cells for task in tasks}
        return len(told) >= _LEAST and 2 * sum(map(bool, cells)) >= len(cells)

    def _row(
        self,
        row: Sequence[str],
        tasks: Sequence[str],
        beside: Sequence[int],
        heads: Sequence[Sequence[str]],
    ) -> Iterator[StateRow]:
        cells = [(self._head(heads, n), row[n]) for n in beside if row[n]]
        aside = self.reading.ends("aside-heads")
        yield from self._told(tasks, [each for each in cells if not each[0].startswith(aside)])

    def _told(self, tasks: Sequence[str], cells: Sequence[tuple[str, str]]) -> Iterator[StateRow]:
        """Yield what cells, with the heads above them, say of some tasks."""
        cells = [(head, self.signs.get(cell, cell)) for head, cell in cells]
        reasons = [
            reason
            for head, cell in cells
            if (reason := self.reason_of(head if is_mark(cell) else cell))
        ]
        reasons.sort(key=lambda each: each == LEFT_OUT)
        said = {} if reasons else self.said_of(cells)
        is_told = bool(said) or all(_is_day(cell) for _, cell in cells if cell)
        for task in tasks:
            yield StateRow(task, said, reasons[0] if reasons else "", is_told or bool(reasons))

    def state_told(self, word: str) -> str | None:
        """Return the one state that a word of a key to signs tells: 標準準拠システムへ移行済み."""
        states = {self.codes[each[0]] for each in self.state.finditer(word)}
        return next(iter(states)) if len(states) == 1 else None

    @staticmethod
    def _head(heads: Sequence[Sequence[str]], column: int) -> str:
        return "".join(dict.fromkeys(row[column] for row in heads))

    def state_of(self, cells: Sequence[tuple[str, str]]) -> str:
        """Return the one state that cells tell, by their words or else by what stands above."""
        states = {state for head, cell in cells if (state := self._state(head, cell))}
        states = states or {state for each in cells if (state := self._by_head(*each))}
        if len(states) > 1:
            states -= {"planned"}  # the day by which what goes on is to be done: 令和9年2月予定
        return next(iter(states)) if len(states) == 1 else ""

    def _state(self, head: str, cell: str) -> str:
        """Return the state that a cell tells, or of a mark the head above it."""
        if len(cell) > _LONGEST:
            return ""
        if is_mark(cell):
            found = self.state.search(head)
            return self.codes[found[0]] if found else ("migrated" if cell == "済" else "")
        return self.state_told(cell) or ""

    def _by_head(self, head: str, cell: str) -> str:
        """Return the state that a day has by what stands above it, as 移行予定."""
        told = (
            _BY.search(_EITHER.sub("", head))
            and self.reading.any_of(self.moves).search(head)
            and next(DAY.matches(cell), None)
        )
        return "planned" if told else ""

    def line(self, said: str, text: str = "") -> list[StateRow]:
        """Return what a line says of the tasks at one side of its colon: state, then day.

        住民基本台帳:令和8年1月移行済み, and 移行済み(2業務):住民基本台帳、印鑑登録.
        """
        parts = _APART.split(said.lstrip(_POINT), maxsplit=1)
        if len(parts) < 2 and len(columns := _COLUMNS.split(text.strip())) > 1:  # noqa: PLR2004
            parts = [squeezed(columns[0]), "、".join(map(squeezed, columns[1:]))]
        elif len(parts) < 2 and (spaced := _SPACED.match(text.strip())):  # noqa: PLR2004
            parts = [squeezed(spaced[1]), squeezed(spaced[2])]
        if len(parts) < 2 or not parts[1]:  # noqa: PLR2004
            return []
        label, rest = parts
        for side, other in ((label, rest), (rest, label)):
            note = _NOTE.search(side)
            bare = side[: note.start()] if note else side
            tasks = self.things_of(bare)
            if tasks:
                cells = [("", _COUNTED.sub("", other)), ("", note[1] if note else "")]
                cells = [each for each in cells if each[1]]
                return [*self._told(tasks, cells)]
        return []

    def days_of(self, cells: Sequence[tuple[str, str]]) -> list[tuple[bool, str]]:
        """Return each day that cells tell, and whether it is one by which something is planned."""
        found: dict[str, bool] = {}
        for head, cell in cells:
            if self.reading.any_of("of-another-system").search(head):
                continue
            for each in DAY.matches(cell):
                day = each["date"]
                words = re.sub("(?:まで|から|[~～-])$", "", day.text.strip("()"))
                by_head = _BY.search(_EITHER.sub("", head))
                planned = bool(_BY.search(cell, day.start) or by_head)
                found.setdefault(words, planned)
        return [(planned, day) for day, planned in found.items()]


def _is_day(cell: str) -> bool:
    """Tell whether a cell holds but a day: it names a task, and does not tell where it stands."""
    return any(len(found["whole"].text) == len(cell) for found in DAY.matches(cell))


def is_mark(cell: str) -> bool:
    """Tell whether a cell holds but a mark, as ○."""
    return len(cell) == 1 and cell in _MARK


class TaskTables(StateTables):
    """Reads tables of the target tasks of standardization."""

    def __init__(
        self,
        reading: Reading,
        tasks_of: Callable[[str], Sequence[str]],
        reason_of: Callable[[str], str],
    ) -> None:
        super().__init__(reading, _CODE, tasks_of)
        self._reason_of = reason_of

    def reason_of(self, cell: str) -> str:
        """Return why a task is left out, by the words of the reading."""
        return self._reason_of(cell)

    def said_of(self, cells: Sequence[tuple[str, str]]) -> dict[str, str]:
        """Return the state of a task, and the day of its migration, done or aimed at."""
        yes = self.reading.ends("yes-word")
        if any(_LATER.search(cell) or (_LATER.search(head) and (is_mark(cell) or cell in yes))
               for head, cell in cells):  # fmt: skip
            beside = self.state_of([(head, _LATER.sub("", cell)) for head, cell in cells])
            status = beside if beside == "in-progress" else "not-migrated"
            said = {"status": status, "exception": "transition-support"}
        elif state := self.state_of(cells):
            said = {"status": state}
        else:
            return {}
        days = self.days_of(cells)
        if said["status"] == "migrated":
            days = [day for day in days if not day[0]]
        elif len(days) > 1:
            days = [day for day in days if day[0]]
        if len(days) == 1:
            said["migrated" if said["status"] == "migrated" else "target"] = days[0][1]
        return said
