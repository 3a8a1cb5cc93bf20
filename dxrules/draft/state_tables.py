"""Tables and lines that tell of things, as tasks of standardization, where each stands.

The column of the things is known by what stands in it, whatever is written above: most of its
cells name some. Beside it, up to the next column of things, stand the state and the day of each.
A line with a colon tells the same. What stands above, as これから移行する業務, tells of bare rows.
"""

from __future__ import annotations

import re
from abc import ABC, abstractmethod
from collections.abc import Callable, Iterator, Sequence
from typing import Final

from dxrules.document.normal import squeezed
from dxrules.document.original import Block
from dxrules.document.signs import sign_of
from dxrules.draft.days_known import DaysKnown
from dxrules.draft.days_told import BY, EITHER, MARKS, Cells, DaysTold
from dxrules.draft.lexicon import Lexicon
from dxrules.draft.phrases import DAY
from dxrules.draft.tables import filled, repeated, rows_in_place
from dxrules.frozen import frozen

_LEAST: Final = 2
"""Things that a column of them names at least."""
_LONGEST: Final = 60
"""Signs of a cell that tells a state, and not a story."""
_LONGEST_NAME: Final = 14
"""Signs of a thing that is listed beside known ones, and is not known itself."""
LEFT_OUT: Final = "left-out"
"""Stands for no reason that is told."""
_IN_BRACKETS: Final = re.compile("[【〔\\[<〈]([^】〕\\]>〉]{2,24})[】〕\\]>〉](.+)$")
"""A label in brackets before what it is of: 【対応済】市税."""
_SPACED: Final = re.compile(r"(\S{2,24})[ \u3000\t]+(\S[^\n]*)$")
_COLUMNS: Final = re.compile(r"\u3000{2,}[ \u3000]*| {2,}|\t+")
"""Between the columns of a table that is typed with blanks."""
_APART: Final = re.compile(r":|→|=|\.{3,}|・{3,}|(?<![A-Za-z0-9])-+(?![A-Za-z])")
"""Between a thing and what is said of it in a line; a dash, but not that of eL-QR."""
_SPACES: Final = re.compile(r"[ \u3000\t]+(?:→|⇒|➡)?")
_POINT: Final = "・-○●◆■◇□*※"
_NOTE: Final = re.compile(r"\(([^()]+)\)$")
_COUNTED: Final = re.compile(r"\(?(?:計|全)?[0-9]{1,2}(?:業務|事務|種類?|件)\)?")
_BETWEEN: Final = re.compile(r"(?:[、,/・;及と]|並びに|及び)(?![^()]*\))")
_WITH_OTHERS: Final = ("と", "・", "及び", "や", "又は", "または")
"""Before a word of a state that then stands beside another one."""
_REAL: Final = re.compile("実績|実施日|実際|完了日|済")
"""Above days on which something came to be, beside those on which it was to."""
_OF_ANOTHER: Final = re.compile("[一-龥々ぁ-んァ-ヶノ]{1,8}[市町村区]")
"""A municipality above a column, or beside a row, of a table of several."""
_OF_EACH: Final = re.compile("いずれも|ともに|共に|すべて|全て")
"""The beginning of a note behind the last thing of a list that is of all of them."""
_AND_MORE: Final = re.compile("(?:など|ほか|等)$")


@frozen
class StateRow:
    """What a row says of a thing; `reason` if it is left out; `is_told` unless nobody can tell.

    `name` are the words that name it, squeezed, as they stand in the row.
    """

    thing: str
    said: dict[str, str]
    reason: str = ""
    is_told: bool = True
    name: str = ""
    days: tuple[str, ...] = ()
    """Days beside a thing of which nothing tells whether it was done by then or is to be."""


@frozen
class Thing:
    """A thing that a list names: the words, and what stands in brackets behind them."""

    thing: str
    name: str
    note: str = ""


class StateTables(DaysTold, ABC):
    """Reads tables of things: `things_of` names those of a cell, `kind` the words of states."""

    def __init__(
        self,
        reading: Lexicon,
        kind: str,
        things_of: Callable[[str], Sequence[str]],
        known: DaysKnown | None = None,
    ) -> None:
        super().__init__(reading, known)
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
    def said_of(self, cells: Cells, above: str) -> dict[str, str]:
        """Return the state that cells tell, with the heads above them, and the day of it.

        `above` is what stands above the whole table or list.
        """

    def rows(self, block: Block, above: str = "") -> list[StateRow]:
        """Return what the rows of a table say of things; nothing of a table of other things."""
        grid = repeated([[squeezed(cell) for cell in row] for row in rows_in_place(block)])
        across = [list(column) for column in zip(*grid, strict=True)]
        found = self._rows(grid, above)
        others = self._rows(across, above, across=True) if len(across) > 1 else []
        return others if _told(others) > _told(found) else found

    def _rows(
        self, rows: Sequence[list[str]], above: str, *, across: bool = False
    ) -> list[StateRow]:
        """Return what rows say of things; a row of one text, a band, is of all rows below it."""
        if not rows:
            return []
        named = [[self.named_in(cell) for cell in row] for row in rows]
        width = len(rows[0])
        columns = [n for n in range(width) if self._is_of_things(rows, named, n, across=across)]
        columns = [n for n in columns if n - 1 not in columns]
        if not columns:
            return []
        heads: list[Sequence[str]] = []
        found: list[StateRow] = []
        band, is_body = "", False
        for row, whole, things in zip(rows, filled(rows, columns[0]), named, strict=True):
            is_body = is_body or (
                any(things[column] for column in columns) and not self._is_head(row, things, rows)
            )
            if len({*row} - {""}) == 1 and width > 1 and not any(things):
                band = max(row)
            elif not is_body:
                heads.append(row)
            for column, after in (
                zip(columns, [*columns[1:], width], strict=True) if is_body else ()
            ):
                parts = range(0 if len(columns) == 1 else column, after)
                own = whole[column]
                beside = [
                    (self._head(heads, n), whole[n])
                    for n in parts
                    if n != column and whole[n] and not (across and self.is_aside(whole[n], own))
                ]
                cells = self._own([*beside, *([("", band)] if band else [])])
                if cells is not None:
                    whose = self._head(heads, column)
                    found += self.told(things[column], cells, f"{above}{whose}")
        return found

    def _is_head(
        self, row: Sequence[str], things: Sequence[Sequence[Thing]], rows: Sequence[Sequence[str]]
    ) -> bool:
        """Tell whether the first row, though it names things, is a head: 税・料 | 状況 | 開始."""
        others = [("", cell) for cell, named in zip(row, things, strict=True) if cell and not named]
        is_told = self.state_of(others) or self.days_of(others)
        return row is rows[0] and bool(others) and len(rows) > _LEAST and not is_told

    def _own(self, cells: Cells) -> Cells | None:
        """Return the cells that tell of the town; None if the row is of another municipality."""
        aside = self.reading.ends("aside-heads")
        if any(self.is_of_another(cell) for _, cell in cells):
            return None
        return [e for e in cells if not e[0].startswith(aside) and not self.is_of_another(e[0])]

    @staticmethod
    def _is_of_things(
        rows: Sequence[Sequence[str]],
        named: Sequence[Sequence[Sequence[Thing]]],
        column: int,
        *,
        across: bool,
    ) -> bool:
        """Tell whether most of what stands in a column names things, each once.

        Of a table read across, none may begin with a day: R8.2.16(就学) is no list of them.
        """
        cells = [each[column] for row, each in zip(rows, named, strict=True) if row[column]]
        told = {named.thing for things in cells for named in things}
        is_list = not across or all(
            not _begins_with_day(row[column])
            for row, each in zip(rows, named, strict=True)
            if each[column]
        )
        return len(told) >= _LEAST and is_list and 2 * sum(map(bool, cells)) >= len(cells)

    def is_of_another(self, word: str) -> bool:
        """Tell whether a word is the name of another municipality than the one whose plan it is."""
        is_name = _OF_ANOTHER.fullmatch(word) is not None
        own = word in self.reading.ends("town") or self.whose.endswith(word)
        return bool(self.whose) and is_name and not own

    names = re.compile("(?!)")
    """The names of the things, wherever they stand."""

    def is_aside(self, cell: str, own: str) -> bool:
        """Tell whether a cell of a card names other things than `own`, or counts all of them."""
        others = any(each[0] not in own for each in self.names.finditer(cell))
        return others or (cell.endswith("。") and _COUNTED.search(cell) is not None)

    before = ""
    """What the line before said of its things, which 同上 stands for."""
    whose = ""
    """The municipality whose plan it is; empty if that is not known."""

    def named_in(self, text: str) -> list[Thing]:
        """Return the things that a text lists, each with its own note; none if it is no list.

        町税(R5.4)、介護保険料(R8.9); 個人住民税、法人住民税(2業務).
        """
        if not text or text.endswith("。"):
            return []
        whole = self.things_of(text)
        parts = [each for each in _BETWEEN.split(text) if each.strip("()")]
        found: list[Thing] = []
        for each in parts:
            note = _NOTE.search(each)
            bare = each[: note.start()] if note else each
            things = self.things_of(_AND_MORE.sub("", bare))
            if things and (note is None or not self.things_of(note[1])):
                found += [Thing(thing, bare, note[1] if note else "") for thing in things]
            elif things := self.things_of(each):
                found += [Thing(thing, each) for thing in things]
            elif len(each) > _LONGEST_NAME:
                return [Thing(thing, text) for thing in whole]
        last = found[-1].note if found else ""
        if _OF_EACH.match(last):
            found = [Thing(each.thing, each.name, each.note or last) for each in found]
        if len({each.thing for each in found}) < len(whole):
            return [Thing(thing, text) for thing in whole]
        return found if 2 * len(found) >= len(parts) else []

    def told(self, things: Sequence[Thing], cells: Cells, above: str = "") -> Iterator[StateRow]:
        """Yield what cells, with the heads above them, say of some things."""
        for each in things:
            own = [("", each.note), *cells] if each.note else cells
            own = [(head, self.signs.get(cell, cell)) for head, cell in own]
            reasons = [
                reason
                for head, cell in own
                if (reason := self.reason_of(head if is_mark(cell) else cell))
            ]
            if not reasons and not self.state_of(own) and (reason := self.reason_of(above)):
                reasons = [reason]
            reason = min(reasons, key=lambda each: each == LEFT_OUT, default="")
            said = {} if reasons else self.said_of(own, EITHER.sub("", above))
            is_told = bool(said or reasons) or all(_is_day(cell) for _, cell in own if cell)
            days = () if said or reasons else tuple(day for _, day in self.days_of(own))
            yield StateRow(each.thing, said, reason, is_told, each.name, days)

    def state_above(self, above: str) -> str:
        """Return the state that what stands above tells of all below: これから移行する業務.

        今後の課題と予定 tells of none.
        """
        told = [*self.state.finditer(above)]
        apart = any(above[: each.start()].endswith(_WITH_OTHERS) for each in told)
        return "" if apart else self.state_told(above) or ""

    def state_told(self, word: str) -> str | None:
        """Return the one state that a word of a key to signs tells: 標準準拠システムへ移行済み."""
        states = {self.codes[each[0]] for each in self.state.finditer(word)}
        return next(iter(states)) if len(states) == 1 else None

    @staticmethod
    def _head(heads: Sequence[Sequence[str]], column: int) -> str:
        return "".join(dict.fromkeys(row[column] for row in heads))

    def state_of(self, cells: Cells) -> str:
        """Return the one state that cells tell, by their words or else by what stands above."""
        states = {state for head, cell in cells if (state := self._state(head, cell))}
        if not states and not any(_is_day(cell) and _REAL.search(head) for head, cell in cells):
            states = {state for each in cells if (state := self._by_head(*each))}
        if len(states) > 1:
            states -= {"planned"}  # the day by which what goes on is to be done: 令和9年2月予定
        if len(states) > 1:  # 備考 tells of a part of it: 準備中 | システム改修を実施中
            notes = self.reading.ends("note-heads")
            own = [each for each in cells if each[0] not in notes]
            states = {self._state(*each) for each in own} - {""}
        return next(iter(states)) if len(states) == 1 else ""

    def _state(self, head: str, cell: str) -> str:
        """Return the state that a cell tells, or of a mark the head above it."""
        if len(cell) > _LONGEST:
            return ""
        if is_mark(cell):
            found = self.state.search(head)
            return self.codes[found[0]] if found else self.marked(head, cell)
        return self.state_told(cell) or ""

    def marked(self, head: str, cell: str) -> str:  # noqa: ARG002  (a mark below some heads tells)
        """Return the state that a mark alone tells."""
        return ""

    def _by_head(self, head: str, cell: str) -> str:
        """Return the state that a day has by what stands above it, as 移行予定."""
        told = (
            BY.search(EITHER.sub("", head))
            and self.reading.any_of(self.moves).search(head)
            and next(DAY.matches(cell), None)
        )
        return "planned" if told else ""

    def parts_of(self, said: str, text: str) -> tuple[str, str]:
        """Return both sides of a line: before its colon, or the blank that parts it, and behind.

        One that nothing parts has nothing before.
        """
        bare = said.lstrip(_POINT)
        sign = sign_of(text)
        if sign is not None and sign.rest.strip():
            text = sign.rest
            bare = squeezed(text)
        if labelled := _IN_BRACKETS.match(squeezed(text)):
            return labelled[1], labelled[2]
        parts = _APART.split(bare, maxsplit=1)
        if len(parts) < 2 and len(columns := _COLUMNS.split(text.strip())) > 1:  # noqa: PLR2004
            parts = [squeezed(columns[0]), "、".join(map(squeezed, columns[1:]))]
        elif len(parts) < 2 and (spaced := _SPACED.match(text.strip())):  # noqa: PLR2004
            parts = [squeezed(spaced[1]), squeezed(spaced[2])]
        return (parts[0], parts[1]) if len(parts) > 1 else ("", bare)

    def line(self, said: str, text: str = "", above: str = "") -> list[StateRow]:
        """Return what a line says of the things at one side of its colon: state, then day.

        住民基本台帳:令和8年1月移行済み, and 移行済み(2業務):住民基本台帳、印鑑登録.
        """
        label, rest = self.parts_of(said, text)
        named = _OF_ANOTHER.match(label or rest)
        if not rest or (named is not None and self.is_of_another(named[0])):
            return []
        sign = text.strip()[:1]
        told = self._in_fields(text)
        if told is None and not label and sign in self.signs:
            told = self.named_in(squeezed(text.strip()[1:])), [("", sign)]
        if (told is None or not told[0]) and not label:
            told = self.named_in(rest), []
        if told is not None and told[0]:
            return [*self.told(*told, above)]
        if not label:
            return self._fields(rest, above)
        for side, other in ((label, rest), (rest, label)):
            things = self.named_in(side)
            if things:
                other_said = _COUNTED.sub("", other).replace("同上", self.before)
                self.before = other_said
                cells = [("", other_said)] if other_said else []
                return [*self.told(things, cells, above)]
        return []

    def _in_fields(self, text: str) -> tuple[Sequence[Thing], Cells] | None:
        """Return the things of a line of several fields, and the others: 第1波 R7.7 就学 →完了."""
        fields = [squeezed(each) for each in _SPACES.split(text.strip()) if each]
        named = [(n, things) for n, each in enumerate(fields) if (things := self.named_in(each))]
        if len(fields) <= _LEAST or len(named) != 1 or "。" in text or "\n" in text.strip():
            return None
        place, things = named[0]
        cells = [("", each) for n, each in enumerate(fields) if n != place]
        return (things, cells) if self.state_of(cells) or self.days_of(cells) else None

    def _fields(self, rest: str, above: str) -> list[StateRow]:
        """Return what a line of several fields says of the thing that is the first of them."""
        first, *fields = re.split("[/|、]", rest)
        if not fields or rest.endswith("。") or len(rest) > _LONGEST:
            return []
        cells = [("", field) for field in fields]
        is_told = self.state_of(cells) or self.days_of(cells)
        return [*self.told(self.named_in(first), cells, above)] if is_told else []


def _told(rows: Sequence[StateRow]) -> int:
    """Return of how many things rows say something."""
    return len({row.thing for row in rows if row.said or row.reason})


def _begins_with_day(cell: str) -> bool:
    found = next(DAY.matches(cell), None)
    return found is not None and found["date"].start == 0


def _is_day(cell: str) -> bool:
    """Tell whether a cell holds but a day: it names a thing, and does not tell where it stands."""
    return any(len(found["whole"].text) == len(cell) for found in DAY.matches(cell))


def is_mark(cell: str) -> bool:
    """Tell whether a cell holds but a mark, as ○."""
    return len(cell) == 1 and cell in MARKS


def is_list_behind_label(said: str) -> bool:
    """Tell whether a line, though it begins like a heading, is a list: 【対応済】市税、保険料."""
    return _IN_BRACKETS.match(said) is not None
