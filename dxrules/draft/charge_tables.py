"""What tables and lines say of payment by eL-QR: of each charge where it stands, and from when."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import Final

from dxrules.document.normal import squeezed
from dxrules.draft.candidates import Candidate, part, quoted
from dxrules.draft.captions import Caption
from dxrules.draft.days_known import DaysKnown, days_known
from dxrules.draft.days_told import BY, OF_TIME, Cells
from dxrules.draft.key_to_signs import key_to_signs
from dxrules.draft.lexicon import Lexicon
from dxrules.draft.outline import Sentence
from dxrules.draft.phrases import DAY
from dxrules.draft.rows import lines_of
from dxrules.draft.state_cards import state_cards, state_years
from dxrules.draft.state_tables import StateRow, StateTables, is_list_behind_label
from dxrules.draft.thing_cards import ThingCards

_CODE: Final = "charge-state"
_RULE: Final = "charge-listed"
_BETWEEN: Final = re.compile(r"[、,・/()及びや並にと等\s]|など|ほか|[0-9①-⑳.]|普通徴収|現年度分")
_LONGEST_REST: Final = 3
DATED: Final = frozenset({"started", "planned", "preparing"})
_ELSEWHERE: Final = "<paid-otherwise|way-of-paying>"


class ChargeTables(StateTables):
    """Reads tables of charges."""

    moves = "start-heads"
    steps = "of-another-charge-step"
    done = "started"

    def __init__(
        self, reading: Lexicon, names: re.Pattern[str], known: DaysKnown | None = None
    ) -> None:
        super().__init__(reading, _CODE, self._charges_of, known)
        self.names = names
        self.short = {
            squeezed(name): code for name, code in reading.codes.get("charge-short", {}).items()
        }

    def _charges_of(self, cell: str) -> list[str]:
        """Return the charges that a cell names, and nothing else."""
        cell = self.reading.pattern("(?:<of-collection>)(?:の|による納付|による収納)?").sub(
            "", cell
        )
        bare = _BEHIND.sub("", _BEFORE.sub("", cell)).strip("()「」")
        if code := self.short.get(cell) or self.short.get(bare):
            return code.split()
        rest = _BETWEEN.sub("", self.names.sub("", cell))
        found = [charge_of(each) for each in self.names.finditer(cell)]
        return list(dict.fromkeys(found)) if len(rest) <= _LONGEST_REST else []

    def marked(self, head: str, cell: str) -> str:  # noqa: ARG002
        """Return the state of a charge that has but a mark below eL-QR."""
        return "started" if self.of_it(head) and not BY.search(head) else ""

    def of_it(self, head: str) -> bool:
        """Tell whether a head or a cell names payment by eL-QR."""
        return any(word in head for word in self.reading.ends("of-collection"))

    def is_about(self, head: str) -> bool:
        """Tell whether what stands below a head, or in a line, tells of payment by eL-QR."""
        return not head or self.of_it(head)

    def is_of_start(self, cells: Cells) -> bool:
        """Tell whether the days of cells are those on which something is to start, by their heads.

        In a line nothing stands above its day.
        """
        heads = self.reading.pattern(f"<{self.moves}|of-collection>|{OF_TIME}")
        dated = (head for head, cell in cells if next(DAY.matches(cell), None))
        return all(not head or heads.search(head) for head in dated)

    def said_of(self, cells: Cells, above: str) -> dict[str, str]:
        """Return where payment of a charge stands, and from when."""
        elsewhere, told = self.reading.pattern(_ELSEWHERE), cells
        cells = [
            (head, cell) for head, cell in cells if not elsewhere.search(head) or self.of_it(head)
        ]
        cells = [e for e in cells if not elsewhere.search(e[1]) or self.of_it(e[1])]
        if any(self.of_it(head) for head, _ in cells):
            cells = [e for e in cells if self.of_it(e[0]) or len(e[1]) > 1]
        state = self.state_of(cells) or ("started" if any(map(_is_marked, cells)) else "")
        days = self.days_of(cells)
        if not state and any(_NONE.fullmatch(cell) for head, cell in told if self.is_about(head)):
            return {"status": "none"}
        if not state:
            heads = "".join([above, *(f"{head}{cell}" for head, cell in cells)])
            own = [day for _, day in days] if self.is_of_start(cells) else []
            by_day = self.by_day(own[0], heads) if len(own) == 1 else ""
            both = {self.state_above(above), by_day} - {""}
            state = max(both) if len(both) == 1 or both == {"planned", "preparing"} else ""
        if not state:
            return {}
        is_told_above = self.state_above(above) or self.reading.any_of(self.moves).search(above)
        days = days or (self.days_of([("", above)]) if is_told_above else [])
        if len(days) > 1:
            days = [day for day in days if day[0] == (state != "started")]
        held = {"start": days[0][1]} if len(days) == 1 and state in DATED else {}
        return {"status": state} | held


def _is_marked(cell: tuple[str, str]) -> bool:
    """Tell whether a cell has a mark and the day since when: ○(令和5年4月~)."""
    return _MARKED.match(cell[1]) is not None and "予定" not in "".join(cell)


_MARKED: Final = re.compile("[○〇◯●◎](?=\\()")
_NONE: Final = re.compile("(?:なし|無し?|対応なし)(?:\\([^()]*\\))?")
_OF_PAYMENT: Final = re.compile("公金|納付|収納")
_OF_TASKS: Final = re.compile("標準準拠|標準化|移行")
_BEFORE: Final = re.compile("^[①-⑳0-9.、()]+")
_BEHIND: Final = re.compile("(?:等|など|の納付|の収納)$")


def charge_of(found: re.Match[str]) -> str:
    """Return the charge whose name was found."""
    return str(found.lastgroup).replace("_", "-")


def charges_of(found: re.Match[str]) -> tuple[str, ...]:
    """Return the charges that words name."""
    return _OF_ALL if found.lastgroup == PREMIUMS else (charge_of(found),)


PREMIUMS: Final = "premiums"
"""The premiums of all three insurances, as one is told of them: 3つの保険料."""
_OF_ALL: Final = ("health-insurance-premium", "long-term-care-premium", "elderly-medical-premium")
OF_BODY: Final = re.compile("共同機構|法|ポータル|務手続|電子化協議会")
"""Behind 地方税 that is but part of the name of a body, or of a law."""


def charges_listed(
    sentences: Sequence[Sentence], names: re.Pattern[str], reading: Lexicon, whose: str = ""
) -> Iterator[Candidate]:
    """Yield what tables and lines about eL-QR say of charges."""
    tables = ChargeTables(reading, names, days_known(sentences))
    tables.whose = whose
    words, above, told = reading.ends("of-collection"), "", False
    titles: tuple[str, ...] = ()
    caption = Caption()
    own = [each for each in sentences if each.is_of_town]
    tables.signs = key_to_signs(own, tables.state_told)
    cards = ThingCards(tables)
    elsewhere = reading.pattern(_ELSEWHERE)
    for entry, sentence in enumerate(sentences):
        told = told and sentence.titles == titles
        titles = sentence.titles
        beside = above + squeezed(sentence.block.text)
        above = sentence.said
        below = (
            sentences[entry + 1].said
            if sentence.block.kind == "table"
            and (entry + 1 < len(sentences) and sentences[entry + 1].said[:1] in tables.signs)
            else ""
        )  # a key to the signs of the table
        beside += below
        told = told or "el-qr" in sentence.about or any(word in beside for word in words)
        is_label = sentence.is_heading and not is_list_behind_label(sentence.said)
        if not sentence.is_of_town or is_label or not told:
            caption.see(sentence, is_of_topic=False, is_list=False)
            for line, row in cards.take(sentence):
                yield from _candidates(line, [row], entry)
            continue
        is_table = sentence.block.kind == "table"
        around = f"{caption.around}{squeezed(sentence.block.text)}"
        is_of_tasks = _OF_TASKS.search(around) and not _OF_PAYMENT.search(around)
        if is_of_tasks and not tables.of_it(around):
            continue
        if elsewhere.search(caption.around) and not tables.of_it(around):
            continue
        for line in [sentence] if is_table else lines_of(sentence):
            found = (
                state_cards(tables, sentence.block, caption.above)
                or state_years(tables, sentence.block)
                or tables.rows(sentence.block, caption.above)
                if is_table
                else tables.line(line.said, line.text, caption.above)
            )
            names_one = names.search(line.said) is not None
            caption.see(line, is_of_topic=told, is_list=bool(found), names_things=names_one)
            for first, row in cards.take(line):
                yield from _candidates(first, [row], entry)
            if cards.line is not line:
                yield from _candidates(line, found, entry)
    for line, row in cards.end():
        yield from _candidates(line, [row], 0)


def _candidates(line: Sentence, rows: Sequence[StateRow], entry: int) -> Iterator[Candidate]:
    """Yield what rows of a line or a table say."""
    for row in rows:
        start = line.said.find(row.name)
        if start < 0:
            continue
        quote = quoted(line, part(line, start, start + len(row.name)))
        for key, value in row.said.items():
            yield Candidate(
                f"collection.charges.{row.thing}", key, value, "sure", _RULE, quote, entry
            )
