"""The days that cells and lines tell, and what they are of."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Final

from dxrules.draft.days_known import DaysKnown
from dxrules.draft.lexicon import Lexicon
from dxrules.draft.phrases import DAY
from dxrules.draft.table_years import YEAR, fiscal

BY: Final = re.compile("予定|目標|計画|見込|まで|目途|目処")
EITHER: Final = re.compile(
    r"\([^()]{0,4}(?:予定|見込み?|計画)[^()]{0,4}\)|(?:予定|見込み?)日?[/・]"
    r"|(?:[/・]|又は|または|及び)[^/・()]{0,4}(?:予定|見込み?)|予定を含む"
)
"""Above days past and to come, as 移行(予定)時期: what is beside tells which."""
_SINCE: Final = re.compile("以[降後]|の?(?:現在|時点)|月?末(?:現在|時点)")
"""After a day that begins a time that has no end, or as of which something is told."""
OF_TIME: Final = "時期|年月|日程|スケジュール|期日|年度|いつ"
"""Heads of days of whatever the table is about, as a pattern."""
MARKS: Final = frozenset("○〇◯●◎✓✔済レ")
"""What a cell holds of which but a mark tells."""
_PART: Final = re.compile(r"[・\s]?\(?([上下前後])(?:半)?期?\)?$")
"""The half of a year that a column is: R7上期."""
_HALVES: Final = {"上": "上半期", "前": "上半期", "下": "下半期", "後": "下半期"}
Cells = Sequence[tuple[str, str]]
"""What stands beside a thing, each with the head above it."""


class DaysTold:
    """Reads the days by which something comes to be; `known` is of which a document can tell."""

    moves = "move-heads"
    """The list of words above a column of days by which something comes to be."""
    steps = "of-another-step"
    """The list of words above a column of days of something else, as the design."""

    def __init__(self, reading: Lexicon, known: DaysKnown | None) -> None:
        self.reading = reading
        self.known = known

    def by_day(self, day: str, heads: str) -> str:
        """Return the state that a day has by when the document was made; nothing if none tells.

        What is told to be to come, and has passed by then, may have been done or not.
        """
        if self.known is None:
            return ""
        if self.known.is_to_come(day):
            return "planned"
        return self.done if self.known.is_past(day) and not BY.search(EITHER.sub("", heads)) else ""

    done = "migrated"
    """The state of what came to be."""

    def days_of(self, cells: Cells) -> list[tuple[bool, str]]:
        """Return each day that cells tell, and whether it is one by which something is planned.

        Days of other steps, as that of the design, count for nothing; those below a head that
        names the step itself count before others.
        """
        moves, steps = self.reading.any_of(self.moves), self.reading.any_of(self.steps)
        found: dict[str, tuple[int, bool]] = {}
        for head, cell in cells:
            if self.reading.any_of("of-another-system").search(head) or steps.search(head):
                continue
            for each in DAY.matches(cell):
                day = each["date"]
                after = re.split("[、。,]", cell[day.end :])[0]
                if self.is_of_step(after) or _SINCE.match(after) or _SINCE.search(day.text):
                    continue
                words = re.sub("(?:まで|から|[~～-])$", "", day.text.strip("()"))
                by_head = BY.search(EITHER.sub("", head))
                planned = bool(BY.search(cell, day.start) or by_head)
                rank = 0 if moves.search(head) or moves.search(after) else 1
                found.setdefault(words, (rank, planned))
        found = found or self._years_of(cells)
        first = min((rank for rank, _ in found.values()), default=0)
        return [(planned, day) for day, (rank, planned) in found.items() if rank == first]

    def is_of_step(self, after: str) -> bool:
        """Tell whether what stands right after a day says that it is of another step."""
        found = self.reading.any_of(self.steps).search(after)
        return found is not None and "(" not in after[: found.start()]

    def _years_of(self, cells: Cells) -> dict[str, tuple[int, bool]]:
        """Return the years above cells that say that something comes to be in them: 移行."""
        comes = self.reading.pattern(f"<{self.moves}>(?:完了|予定|済み?)?")
        own = [
            (head, cell)
            for head, cell in cells
            if _PART.sub("", head)
            and YEAR.fullmatch(_PART.sub("", head))
            and re.search("年|R", head)
        ]
        years = [_with_part(head) for head, cell in own if comes.fullmatch(cell)]
        marked = [_with_part(head) for head, cell in own if cell in MARKS]
        years = years or (marked if len(own) == len(marked) else [])
        return dict.fromkeys(years, (0, False)) if len(years) == 1 else {}


def _with_part(head: str) -> str:
    """Return the year above a column, or the half of it: R7上期."""
    part = _PART.search(head)
    year = fiscal(_PART.sub("", head))
    return f"{year}{_HALVES[part[1]]}" if part is not None else year
