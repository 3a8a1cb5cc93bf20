"""What is wrong with a workbook in the words of its sheets: labels of columns and not keys."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

from dxrules.errors import Problem
from dxrules.plan.key_names import short_label
from dxrules.plan.workbook.cell_words import folded
from dxrules.plan.workbook.layout import KEY, sheets
from dxrules.plan.workbook.sheet_names import names
from dxrules.source import Document
from dxrules.source.validate import MISSING_KEY
from dxrules.texts import LANGS, Text, same, shorten

if TYPE_CHECKING:
    from dxrules.plan.workbook.layout import KeyColumn, Sheet

_PLACE = re.compile(r"\[[0-9]+\]")
_CALLED = Text("「{label}」: ", '"{label}": ')
_LONGEST_LABEL = 40
_EMPTY = Text("空欄です。必ず記入してください。", "It is empty, and has to be filled in.")
_EITHER = Text("「{ja}」のどちらかに記入してください。", 'Fill in "{en}".')


def in_words_of_sheets(document: Document, problems: Iterable[Problem]) -> list[Problem]:
    """Return the problems of a workbook with labels in the place of keys.

    Where several cells are empty that belong together, each is named.
    """
    return [said for problem in problems for said in _in_words(document, problem)]


def section_called(document: Document, section: str) -> Text:
    """Return how a section is called in a workbook: the title of its sheet, else its label."""
    known = names()
    titles = (title for title in document.sheets if known.get(folded(title)) == section)
    labels = (sheet.label for sheet in sheets() if sheet.name == section)
    return next((same(title) for title in titles), next(labels, same(section)))


def _in_words(document: Document, problem: Problem) -> Iterator[Problem]:
    name = names().get(folded(problem.place.sheet))
    section = problem.key.partition(".")[0].partition("[")[0]  # which may be said to be read
    known = {each.name: each for each in sheets()}
    sheet = known.get(name or "") or known.get(section)
    if sheet is None or not problem.key:
        yield problem
        return
    key = _PLACE.sub("", problem.key)
    if problem.message == MISSING_KEY and (within := _needed_within(sheet, key)):
        either = [each for each in within if each.follows is not None]
        for each in within:
            if each not in either:
                yield Problem(document.place(each.key), "", _called(each) + _EMPTY)
        if either:
            named = [short_label(each.label) for each in either]
            message = _EITHER.format(
                ja="」か「".join(n.ja for n in named), en='" or "'.join(n.en for n in named)
            )
            yield Problem(document.place(either[0].key), "", message)
        return
    column = _column(sheet, key)
    message = _EMPTY if problem.message == MISSING_KEY else problem.message
    called = same("") if column is None else _called(column)
    hint = None if problem.hint is None else _keys_named(problem.hint, sheet)
    yield replace(problem, key="", message=called + _keys_named(message, sheet), hint=hint)


def _needed_within(sheet: Sheet, key: str) -> Sequence[KeyColumn]:
    """Return the columns that a mapping of a sheet of keys cannot be without."""
    return [
        each
        for each in sheet.columns
        if each.required and not each.within and each.name.startswith(f"{key}.")
    ]


def _column(sheet: Sheet, key: str) -> KeyColumn | None:
    """Return the column of a key: of those that its end names, the one with the longest name."""
    named = [each for each in sheet.columns if f".{key}".endswith(f".{each.name}")]
    of_entry = [each for each in sheet.columns if each.name == KEY]
    return max(named, key=lambda each: len(each.name), default=next(iter(of_entry), None))


def _called(column: KeyColumn) -> Text:
    label = short_label(column.label)
    ja, en = (shorten(label.in_(lang), _LONGEST_LABEL) for lang in LANGS)
    return _CALLED.format(label=Text(ja, en))


def _keys_named(text: Text, sheet: Sheet) -> Text:
    """Return a text in which keys and codes are called as the sheets call them.

    What stands in 「」 is a quotation, and stays. In English the words of a sentence may be keys,
    so that only what is called a key is one.
    """
    labels = _labels_of(sheet)
    keys = "|".join(map(re.escape, sorted(labels, key=len, reverse=True)))
    key = re.compile(rf"「[^」]*」|(?<![\w./-])(?:{keys})(?![\w/-]|\.\w)", re.ASCII)
    ja = key.sub(
        lambda found: found[0] if found[0][0] == "「" else f"「{labels[found[0]]}」", text.ja
    )
    en = text.en
    for column in sheet.columns:
        en = re.sub(rf"\bthe key {re.escape(column.name)}\b", _verbatim(f'"{column.label.en}"'), en)
    return Text(ja, en)


def _labels_of(sheet: Sheet) -> dict[str, str]:
    """Return, in Japanese, what keys, sheets and codes are called; those of a sheet come first."""
    found: dict[str, str] = {}
    for each in (sheet, *sheets()):
        beneath = (each.name.rpartition(".")[2], each.label.ja)
        named = [(word, c.label.ja) for c in each.columns for word in (c.name, c.key[-1])]
        codes = [(code, text.ja) for c in each.columns for code, text in c.choices.items()]
        for word, label in (*named, beneath, *codes):
            found.setdefault(word, label)
    return found


def _verbatim(text: str) -> str:
    """Return a text as `re.sub` puts it in unchanged."""
    return text.replace("\\", r"\\")
