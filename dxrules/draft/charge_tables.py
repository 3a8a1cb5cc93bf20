"""What tables and lines say of payment by eL-QR: of each charge where it stands, and from when."""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterator, Sequence
from typing import Final

from dxrules.document.normal import squeezed
from dxrules.draft.candidates import Candidate, part, quoted
from dxrules.draft.outline import Sentence
from dxrules.draft.reading import Reading
from dxrules.draft.rows import lines_of
from dxrules.draft.task_tables import StateTables

_CODE: Final = "charge-state"
_RULE: Final = "charge-listed"
_BETWEEN: Final = re.compile(r"[、,・/()及びや並にと等\s]|など|ほか|[0-9①-⑳.]|普通徴収|現年度分")
_LONGEST_REST: Final = 3
DATED: Final = frozenset({"started", "planned", "preparing"})
_ELSEWHERE: Final = "<paid-otherwise>|口座振替"


class ChargeTables(StateTables):
    """Reads tables of charges."""

    moves = "start-heads"

    def __init__(self, reading: Reading, names: re.Pattern[str]) -> None:
        super().__init__(reading, _CODE, self._charges_of)
        self.names = names

    def _charges_of(self, cell: str) -> list[str]:
        """Return the charges that a cell names, and nothing else."""
        rest = _BETWEEN.sub("", self.names.sub("", cell))
        found = [charge_of(each) for each in self.names.finditer(cell)]
        return list(dict.fromkeys(found)) if len(rest) <= _LONGEST_REST else []

    def said_of(self, cells: Sequence[tuple[str, str]]) -> dict[str, str]:
        """Return where payment of a charge stands, and from when."""
        elsewhere = self.reading.pattern(_ELSEWHERE)
        cells = [each for each in cells if not elsewhere.search(each[0])]
        state = self.state_of(cells) or ("started" if any(map(_is_marked, cells)) else "")
        if not state:
            return {}
        days = self.days_of(cells)
        if len(days) > 1:
            days = [day for day in days if day[0] == (state != "started")]
        held = {"start": days[0][1]} if len(days) == 1 and state in DATED else {}
        return {"status": state} | held


def _is_marked(cell: tuple[str, str]) -> bool:
    """Tell whether a cell has a mark and the day since when: ○(令和5年4月~)."""
    return _MARKED.match(cell[1]) is not None and "予定" not in "".join(cell)


_MARKED: Final = re.compile("[○〇◯●◎](?=\\()")


def charge_of(found: re.Match[str]) -> str:
    """Return the charge whose name was found."""
    return str(found.lastgroup).replace("_", "-")


def charges_listed(
    sentences: Sequence[Sentence], names: re.Pattern[str], reading: Reading
) -> Iterator[Candidate]:
    """Yield what tables and lines about eL-QR say of charges."""
    tables = ChargeTables(reading, names)
    words, above, told = reading.ends("of-collection"), "", False
    titles: tuple[str, ...] = ()
    for entry, sentence in enumerate(sentences):
        told = told and sentence.titles == titles
        titles = sentence.titles
        beside = above + squeezed(sentence.block.text)
        above = sentence.said
        told = told or "el-qr" in sentence.about or any(word in beside for word in words)
        if sentence.voice != "town" or sentence.is_heading or not told:
            continue
        is_table = sentence.block.kind == "table"
        for line in [sentence] if is_table else lines_of(sentence):
            found = tables.rows(sentence.block) if is_table else tables.line(line.said, line.text)
            for row in found:
                shown = (e for e in names.finditer(line.said) if charge_of(e) == row.thing)
                for named in itertools.islice(shown, 1):
                    quote = quoted(line, part(line, named.start(), named.end()))
                    of = f"collection.charges.{row.thing}"
                    for key, value in row.said.items():
                        yield Candidate(of, key, value, "sure", _RULE, quote, entry)
