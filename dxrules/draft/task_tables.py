"""Tables and lines of the target tasks of standardization."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from typing import Final

from dxrules.document.normal import squeezed
from dxrules.document.original import Block
from dxrules.draft.days_known import DaysKnown
from dxrules.draft.days_told import BY, OF_TIME, Cells
from dxrules.draft.lexicon import Lexicon
from dxrules.draft.phrases import DAY
from dxrules.draft.state_tables import StateRow, StateTables, is_mark

_CODE: Final = "system-status"
_OF_TIME: Final = re.compile(OF_TIME)
_PHASE: Final = re.compile(
    "(?:第?[0-9一二三四五①-⑨A-EI-V]*(?:次)?(?:波|期|グループ|群|次|段階|ステップ|陣|弾|班|フェーズ)|先行|後続)?(?:分|移行)?"
)
"""A group of tasks that are moved together."""
_MANY: Final = 5
"""Tasks that nothing names together but a table on their systems."""
_LATER: Final = re.compile("特定移行支援(?!システムに(?:は)?該当しない|システムではな|の対象外)")


class TaskTables(StateTables):
    """Reads tables of the target tasks of standardization."""

    def __init__(
        self,
        reading: Lexicon,
        tasks_of: Callable[[str], Sequence[str]],
        reason_of: Callable[[str], str],
        known: DaysKnown | None = None,
    ) -> None:
        super().__init__(reading, _CODE, tasks_of, known)
        self._reason_of = reason_of

    def reason_of(self, cell: str) -> str:
        """Return why a task is left out, by the words of the reading."""
        return self._reason_of(cell)

    def marked(self, head: str, cell: str) -> str:
        """Return the state of a task that has but a mark below 移行."""
        moves = self.reading.any_of(self.moves).search(head) and not BY.search(head)
        return self.done if cell == "済" or moves else ""

    def rows(self, block: Block, above: str = "") -> list[StateRow]:
        """Return what rows say of tasks; the exception of all, only where no row has its own."""
        own = _LATER.search(squeezed(block.text)) is not None
        return super().rows(block, _LATER.sub("", above) if own else above)

    def lists_moves(self, block: Block) -> bool:
        """Tell whether a table names many tasks below a head that tells when they move."""
        heads = squeezed("".join(cell.text for cell in block.cells if not cell.row))
        is_many = len({*self.names.findall(squeezed(block.text))}) >= _MANY
        return is_many and self.reading.any_of(self.moves).search(heads) is not None

    def is_later(self, cells: Cells, above: str) -> bool:
        """Tell whether cells say that a task has the exception for a later migration."""
        yes = self.reading.ends("yes-word")
        is_done = self.state_of(cells) == self.done
        return (_LATER.search(above) is not None and not is_done) or any(
            _LATER.search(cell) or (_LATER.search(head) and (is_mark(cell) or cell in yes))
            for head, cell in cells
        )

    def is_of_move(self, cells: Cells, heads: str) -> bool:
        """Tell whether a day is that of a move: by the words around it, or as nothing else is said.

        令和8年1月:住民基本台帳、戸籍; 第1期(令和8年1月):住民基本台帳、戸籍.
        """
        moves = self.reading.any_of(self.moves)
        dated = [(head, cell) for head, cell in cells if next(DAY.matches(cell), None)]
        return moves.search(heads) is not None or any(
            _OF_TIME.search(head) or (not head and _PHASE.fullmatch(_without_days(cell)))
            for head, cell in dated
        )

    def said_of(self, cells: Cells, above: str) -> dict[str, str]:
        """Return the state of a task, and the day of its migration, done or aimed at."""
        days = self.days_of(cells)
        if self.is_later(cells, above):
            beside = self.state_of([(head, _LATER.sub("", cell)) for head, cell in cells])
            status = beside if beside == "in-progress" else "not-migrated"
            said = {"status": status, "exception": "transition-support"}
        else:
            status = self.state_of(cells)
            if not status and not (days and self.is_past(days)):
                status = self.state_above(above)
            heads = "".join([above, *(f"{head}{cell}" for head, cell in cells)])
            real = [day for day in days if not day[0]]
            days = real if not status and real else days
            if not status and len(days) == 1 and self.is_of_move(cells, heads):
                status = self.by_day(days[0][1], "" if real else heads)
            if not status:
                return {}
            said = {"status": status}
        is_told_above = self.state_above(above) or self.reading.any_of(self.moves).search(above)
        days = days or (self.days_of([("", above)]) if is_told_above else [])
        if said["status"] == "migrated":
            days = [day for day in days if not day[0]]
        elif len(days) > 1:
            days = [day for day in days if day[0]]
        if len(days) == 1:
            said["migrated" if said["status"] == "migrated" else "target"] = days[0][1]
        return said

    def is_past(self, days: Sequence[tuple[bool, str]]) -> bool:
        """Tell whether any of some days has passed, so that what was planned may be done."""
        return self.known is not None and any(self.known.is_past(day) for _, day in days)


def _without_days(cell: str) -> str:
    for found in DAY.matches(cell):
        cell = cell.replace(found["date"].text, "")
    return re.sub("[()、,:~〜]|から|まで|に", "", cell)
