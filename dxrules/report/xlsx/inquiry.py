"""The inquiry as a workbook to send round: a row per question, with fields for its answer.

What stands under the heading of the key says what each row is about; it is read again by
`dxrules answer`, which trusts nothing of it.
"""

from __future__ import annotations

from collections.abc import Iterator

from dxrules.inquiry.fewest_questions import Inquiries
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
    QUESTION,
    SHEET,
    TOLD,
)
from dxrules.report.citations import basis
from dxrules.report.how_to_write import How
from dxrules.report.inquiry import heading
from dxrules.report.inquiry_words import QuestionInWords, asked
from dxrules.report.piecewise import names_of
from dxrules.report.shared_labels import DRAFT
from dxrules.report.table_cell import TableCell
from dxrules.report.undetermined_rules import strength
from dxrules.report.xlsx.book import ASIDE, ASIDE_HEAD, HEAD, OWN, PLAIN, Head, ReportBook
from dxrules.source.workbook import Look
from dxrules.texts import Text, same

_WIDTHS = {
    "town": 11,
    "number": 4.5,
    QUESTION: 36,
    "to answer": 22,
    ANSWER: 12,
    DAY: 11,
    TOLD: 11,
    DOCUMENT: 14,
    PAGE: 5,
    BY: 10,
    "hangs": 9,
    "why": 36,
    CODE: 9,
    KEY: 50,
}
_FILLED_IN = frozenset({ANSWER, DAY, TOLD, DOCUMENT, PAGE, BY})
_STANDS_ASIDE = frozenset({CODE, KEY})
_FIXED = 3
_FEWEST = 1
_BESIDE = Text("日付: {day}", "date: {day}")
_ALL_ALIKE = Text(
    "。違うものは、下の行にそれぞれ書く", "; what differs goes into the rows below, one by one"
)
_DIFFERENT = Text("「{label}」だけが違うとき", "“{label}”, if it differs")
_HOW = (
    Text(
        "色の付いた欄に書いてください。分からない質問は空けておきます。「回答日」は必ず書きます。",
        "Fill in the coloured fields, and leave empty what is not known. The day of the answer is "
        "always needed.",
    ),
    Text(
        "「答え」は一覧から選びます。根拠の資料(要綱、告示、公式サイトなど)があれば、その名称とページも"
        "書いてください。",
        "Choose the answer from its list. Where a document shows it (rules, a notice, your "
        "site), name it, with the page.",
    ),
)

_OTHER_WORDS = Text(
    "一覧にない言葉です。○、策定済み、17業務など、一覧のどれかと同じ意味の言葉なら、そのまま読み取れます。"
    "このまま入力しますか。",
    "This is not in the list. Words that mean one of its answers (yes, in place, 17 tasks) are "
    "read all the same. Keep it?",
)


def write(reported: Inquiries, how: How) -> bytes:
    """Return the workbook: how to fill it in, and a row per question."""
    book, lang = ReportBook(how.style.lang), how.style.lang
    title = SHEET.in_(lang)
    names = names_of([inquiry.plan for inquiry in reported.each])
    first = len(_HOW) + len(reported.each) + 2
    sheet = book.sheet(title, [_head(name) for name in _WIDTHS], first, _FIXED)
    sheet.title(title, reported.day.isoformat())
    for text in (*_HOW, *map(heading, reported.each, names)):
        sheet.row([text], [Look(wrap=False)])
    sheet.row([], [])
    sheet.table()
    at, row = [*_WIDTHS].index(ANSWER), first
    named = zip(reported.each, names, strict=True)
    for each, town in ((each, town) for inquiry, town in named for each in asked(inquiry)):
        words = [word.in_(lang) for word in each.part.ask.words.values()]
        for cells in _rows(each, town):
            sheet.row(cells, [_look(name) for name in _WIDTHS])
            row += 1
            if len(words) > _FEWEST:
                sheet.choose(at, words, row, _OTHER_WORDS)
    sheet.end()
    return book.saved(reported.day)


def _head(name: str) -> Head:
    look = ASIDE_HEAD if name in _STANDS_ASIDE else HEAD
    return Head(HEADS.get(name) or FOR_PEOPLE[name], _WIDTHS[name], look)


def _look(name: str) -> Look:
    return OWN if name in _FILLED_IN else ASIDE if name in _STANDS_ASIDE else PLAIN


def _rows(each: QuestionInWords, town: Text) -> Iterator[list[TableCell]]:
    """Yield the row of a question, and one for each of a few entries that share it."""
    yield _cells(each, town)
    plan = each.inquiry.plan.file.plan
    for label, name in each.apart:
        own: dict[str, TableCell] = {
            "town": town,
            "number": each.numbered,
            QUESTION: _DIFFERENT.format(label=label),
            "to answer": each.choices,
            CODE: plan.municipality.code,
            KEY: name,
        }
        yield [own.get(column) for column in _WIDTHS]


def _cells(each: QuestionInWords, town: Text) -> list[TableCell]:
    rule, municipality = each.first.rule, each.inquiry.plan.file.plan.municipality
    mark = DRAFT if rule.draft else same("")
    day = same("") if each.day is None else same("\n") + _BESIDE.format(day=each.day)
    said: dict[str, TableCell] = {
        "town": town,
        "number": each.numbered,
        QUESTION: strength(each.first) + mark + same(" ") + each.text,
        "to answer": (each.choices + _ALL_ALIKE if each.apart else each.to_answer) + day,
        "hangs": each.hangs,
        "why": each.why + same("\n") + basis(rule),
        CODE: municipality.code,
        KEY: each.part.ask.name,
    }
    return [said.get(name) for name in _WIDTHS]
