"""An inquiry that came back: the answers in its workbook, each checked where it stands.

What the sheet says that a row is about is believed as little as the answer: both have to be an
entry of a plan file and a value that it takes.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any

from dxrules.dates import parse_date
from dxrules.errors import DateError, InputError, Place
from dxrules.frozen import frozen
from dxrules.inquiry.asks import (
    CHOICES,
    DAY_IN_VAIN,
    NO_CHOICE,
    counted,
    counting,
    day_keys,
    offered_words,
    read_answer,
    words_of,
)
from dxrules.inquiry.returned_tables import NO_TOWN, code_in, opened
from dxrules.inquiry.sheet_columns import (
    ANSWER,
    BY,
    CODE,
    DAY,
    DOCUMENT,
    FOR_PEOPLE,
    HEADS,
    KEY,
    PAGE,
    TOLD,
)
from dxrules.plan.answers import AnswerTarget, target_of
from dxrules.plan.blank_marks import is_not_known, says_nothing
from dxrules.plan.models import Answer
from dxrules.plan.workbook.cell_words import folded
from dxrules.plan.workbook.cells import CellValue, Mark, Read, SheetCells, SheetRow, quoted
from dxrules.source import Document, validate
from dxrules.source.sheets import SheetPage
from dxrules.texts import LANGS, Text, join, same, shorten

_BESIDE = (BY, DOCUMENT, PAGE)
_MOST_ENTRIES = 200
_ONE_PAGE = re.compile(r"(?:pp?\.?|page)?\s*(\d+)\s*(?:頁|ページ)?(?:目)?")

_NO_ANSWER = (
    Text("答えがありません。", "There is no answer."),
    Text("答えを選ぶか、行の記入を消してください。", "Choose one, or empty the row."),
)
_TAKEN_AS_OPEN = Text(
    "「{said}」は、分からない(空欄)ものとして扱いました。無いのであれば「なし」「いいえ」などを選んで"
    "ください。",
    '"{said}" is taken as not known (an empty cell). If there is none, choose "none" or "no".',
)
_NO_DAY = (
    Text("回答日がありません。", "There is no day of the answer."),
    Text(
        "この行に書くか、--told 2026-11-10 のように指定してください。",
        "Write it into this row, or give --told 2026-11-10, for example.",
    ),
)
_FUTURE = (
    Text("回答日が先の日です。", "The day of the answer lies ahead."),
    Text("日付を確かめてください。", "Check the date."),
)
_TOUCHED = Text(
    "項目の欄は、dxrules ask が書いたままにしてください。",
    "Leave the column of entries as dxrules ask wrote it.",
)
_NO_KEY = Text("この行が何についてのものか分かりません。", "What this row is about is not said.")
_NOT_ALIKE = Text(
    "この行は別々の種類の項目についてのものです。", "This row is about entries of several kinds."
)
_EMPTY_DAY = Text("日付の欄を空にしてください。", "Empty its date.")
_DAY_WITH = Text("日を書くのは次の答えのとき: {words}。", " A day goes with: {words}.")
_TWICE = Text(
    "「{about}」への答えが二つあり、食い違っています(もう一つは{first})。",
    'There are two answers about "{about}" that differ (the other at {first}).',
)
_WORDS = {
    folded(head.in_(lang)) for head in (*HEADS.values(), *FOR_PEOPLE.values()) for lang in LANGS
}
_UNREAD_SHEET = Text("「{title}」というシートは読まれません。", 'The sheet "{title}" is not read.')
_UNREAD_COLUMN = Text(
    "「{said}」は、見出しのない欄や足された欄にあるため読まれません。",
    '"{said}" is not read, as it stands in a column that was added.',
)


@frozen
class AnswerGiven:
    """An answer that was given, and the cell in which it stands."""

    answer: Answer
    data: Mapping[str, str]
    place: Place


@frozen
class Returned:
    """What a workbook of an inquiry holds for one municipality; `others` are rows of others.

    `remarks` tell what else stands in it, which nobody reads.
    """

    given: tuple[AnswerGiven, ...]
    open: int
    others: int
    remarks: tuple[Text, ...] = ()


def returned(
    raw: bytes,
    name: str,
    code: str,
    known: Mapping[str, list[str]],
    today: date,
    told: str | None = None,
) -> Returned:
    """Return the answers for a municipality; raise InputError with every fault, by its cell.

    `told` is the day of the answers that say none.
    """
    book, tables = opened(raw, name)
    taker = _Taker(SheetCells(name), name, code, known, today, told)
    taker.tell_other_sheets(book.pages, tables)
    taker.cells.tell_names(book.named)
    for page, read in tables:
        for row in taker.cells.rows(page, read):
            taker.take(row)
    for mark in taker.of_anybody if taker.others else ():
        taker.cells.complain(mark, *NO_TOWN)
    taker.settle()
    taker.contradict()
    if taker.cells.problems:
        raise InputError([*dict.fromkeys(taker.cells.problems)])  # one cell may tell of several
    return Returned(tuple(taker.given), taker.open, taker.others, taker.cells.remarked)


class _Taker:
    """Takes the rows of an inquiry one by one."""

    def __init__(
        self,
        cells: SheetCells,
        name: str,
        code: str,
        known: Mapping[str, list[str]],
        today: date,
        told: str | None,
    ) -> None:
        self.cells, self.name, self.code, self.known = cells, name, code, known
        self.today, self.told = today, told
        self.given: list[AnswerGiven] = []
        self.others = 0
        self.of_anybody: list[Mark] = []
        self._empty: list[frozenset[str]] = []
        self._shared: dict[int, tuple[str, int]] = {}

    def tell_other_sheets(
        self, pages: Iterable[SheetPage], tables: Iterable[tuple[SheetPage, Read]]
    ) -> None:
        """Tell of sheets, and of columns that somebody added, which are not read."""
        read = {page.title for page, _ in tables}
        for page in pages:
            if page.title not in read and (not page.empty or page.has_more):
                self.cells.tell(Mark(0, 0, page.title), _UNREAD_SHEET.format(title=page.title))
        for page, table in tables:
            heads = page.cells[table.first - 1]
            known = table.heads.keys() | {
                place for place, cell in heads.items() if folded(str(cell.value)) in _WORDS
            }
            told: set[int] = set()
            for line in sorted(page.cells):
                for place in sorted(page.cells[line].keys() - known - told):
                    if line >= table.first:
                        told.add(place)
                        said = quoted(str(page.cells[line][place].value))
                        mark = Mark(line - 1, place - 1, page.title)
                        self.cells.tell(mark, _UNREAD_COLUMN.format(said=said))

    def take(self, row: SheetRow) -> None:
        """Take the answers of a row; one that has none is left for later."""
        if not all(value.text for value in row.values()):
            return  # a cell that cannot be read is complained of already
        row = self._in_full(row)
        beside = (ANSWER, DAY, DOCUMENT, PAGE, BY)
        filled = [head for head in beside if head in row and not row[head].from_above]
        if KEY not in row and CODE not in row and not filled:
            return
        if CODE in row and code_in(row) != self.code:
            self.others += 1
            return
        if not filled:
            names = row[KEY].text.split(";") if KEY in row else []
            self._empty.append(frozenset(name.strip() for name in names))
            return
        mark = row[filled[0]].mark
        if CODE not in row:
            self.of_anybody.append(mark)
        if KEY not in row:
            self.cells.complain(mark, _NO_KEY, _TOUCHED)
            return
        if ANSWER not in row:
            self.cells.complain(mark, *_NO_ANSWER)
            return
        targets = self._targets(row[KEY])
        if targets:
            self._answers(row, targets)

    def _in_full(self, row: SheetRow) -> SheetRow:
        """Return a row without cells that only say that nothing is known.

        Of an answer that is told, as it may have been meant as one.
        """
        said = row.get(ANSWER)
        if said is not None and is_not_known(said.text):
            self.cells.tell(said.mark, _TAKEN_AS_OPEN.format(said=quoted(said.text)))
            return {head: row[head] for head in (CODE, KEY) if head in row}
        return {
            head: value
            for head, value in row.items()
            if head not in {DAY, DOCUMENT, PAGE, BY} or not says_nothing(value.text)
        }

    def _targets(self, key: CellValue) -> list[AnswerTarget]:
        """Return the entries that a row is about; none, which is complained of, if it is wrong."""
        names = key.text.split(";")
        if len(names) > _MOST_ENTRIES:
            self.cells.complain(key.mark, _NO_KEY, _TOUCHED)
            return []
        found = []
        for each in names:
            target = target_of(each.strip(), self.known)
            if not isinstance(target, AnswerTarget):
                self.cells.complain(key.mark, target[0], _TOUCHED)
                return []
            found.append(target)
        if len({(target.model, target.key) for target in found}) > 1:
            self.cells.complain(key.mark, _NOT_ALIKE, _TOUCHED)
            return []
        return found

    def _answers(self, row: SheetRow, targets: list[AnswerTarget]) -> None:
        told = self._told(row)
        values = self._values(row, targets[0])
        if told is None or values is None:
            return
        said = {head: _on_one_line(row[head].text) for head in _BESIDE if head in row}
        beside = {head: text for head, text in said.items() if text}
        if PAGE in beside:
            plain = unicodedata.normalize("NFKC", beside[PAGE]).strip().lower()
            beside[PAGE] = found[1] if (found := _ONE_PAGE.fullmatch(plain)) else plain
        for target in targets:
            for key, value, mark in values:
                about = f"{target.name.rpartition('.')[0]}.{key}"
                data = {"about": about, "answer": value, "told": told, **beside}
                self._add(data, row, mark, (target.name, len(targets)))

    def settle(self) -> None:
        """Let what is told of an entry alone hold against what is told of several at once."""
        fewest: dict[str, int] = {}
        for name, number in self._shared.values():
            fewest[name] = min(number, fewest.get(name, number))
        self.given = [each for each in self.given if self._holds(each, fewest)]

    def _holds(self, given: AnswerGiven, fewest: Mapping[str, int]) -> bool:
        name, number = self._shared[id(given.answer)]
        return number == fewest[name]

    @property
    def open(self) -> int:
        """How many rows are empty; not those that another row speaks for."""
        told = {each.answer.about for each in self.given}
        rows = [names for names in self._empty if not names or not names <= told]
        return sum(not names or not any(names < other for other in rows) for names in rows)

    def _add(
        self, data: dict[str, str], row: SheetRow, mark: Mark, shared: tuple[str, int]
    ) -> None:
        """Check one answer as the plan file will; note what is wrong with its cells.

        `shared` is the entry that the row is about, and how many entries it is about.
        """
        marks: dict[Any, Any] = {(): mark, ("answer",): mark}
        marks |= {(head,): row[head].mark for head in (BY, DOCUMENT, PAGE, TOLD) if head in row}
        document = Document(self.name, data, values=marks, keys=marks)
        answer, problems = validate(document, Answer, {"known": self.known, "near": self.today})
        for each in problems:
            self.cells.complain(_mark_of(each.place), each.message, each.hint)
        if answer is not None:
            place = Place(self.name, mark.line + 1, mark.column + 1, mark.sheet)
            self.given.append(AnswerGiven(answer, data, place))
            self._shared[id(answer)] = shared

    def _told(self, row: SheetRow) -> str | None:
        """Return the day of an answer as it was written; None where it is wrong."""
        at = row.get(TOLD) or row[ANSWER]
        said = row[TOLD].text if TOLD in row else self.told
        if said is None:
            self.cells.complain(at.mark, *_NO_DAY)
            return None
        try:
            day = parse_date(said, self.today)
        except DateError as error:
            self.cells.complain(at.mark, error.text)
            return None
        if day.earliest is not None and day.earliest > self.today:
            self.cells.complain(at.mark, *_FUTURE)
            return None
        return said

    def _values(self, row: SheetRow, target: AnswerTarget) -> list[tuple[str, str, Mark]] | None:
        """Return the keys and values that a row gives; None where something is wrong."""
        said = row[ANSWER]
        answer = read_answer(target, _on_one_line(said.text))
        count_key = counting(target)
        if answer is None and count_key and (number := counted(said.text)) and DAY not in row:
            return [(count_key, number, said.mark)]
        if answer is None:
            listed = join(offered_words(target))
            message = NO_CHOICE.format(said=shorten(said.text))
            self.cells.complain(said.mark, message, CHOICES.format(words=listed))
            return None
        found = [(target.key, answer, said.mark)]
        if DAY in row:
            day_key = day_keys(target).get(answer)
            if day_key is None:
                self.cells.complain(row[DAY].mark, DAY_IN_VAIN, _days_for(target))
                return None
            found.append((day_key, _on_one_line(row[DAY].text), row[DAY].mark))
        return found

    def contradict(self) -> None:
        """Complain of two answers about one entry that differ."""
        seen: dict[str, AnswerGiven] = {}
        for each in self.given:
            about = each.answer.about
            first = seen.setdefault(about, each)
            if first is not each and first.data["answer"] != each.data["answer"]:
                message = _TWICE.format(about=about, first=first.place.within)
                self.cells.complain(_mark_of(each.place), message)


def _days_for(target: AnswerTarget) -> Text:
    """Say what to do about a day that an answer does not take, and which answers take one."""
    words = words_of(target)
    dated = [words[code] for code in day_keys(target)]
    return _EMPTY_DAY + (_DAY_WITH.format(words=join(dated)) if dated else same(""))


def _on_one_line(text: str) -> str:
    """Return what a cell says as a plan file takes it: people break lines to fit into cells."""
    return " ".join(text.split())


def _mark_of(place: Place) -> Mark:
    return Mark(place.line - 1, place.column - 1, place.sheet)
