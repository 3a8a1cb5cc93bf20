"""The pages of a plan's workbook: one per sheet, and the lists to choose from."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING, Any

from openpyxl.comments import Comment
from openpyxl.utils import get_column_letter, quote_sheetname
from openpyxl.worksheet.datavalidation import DataValidation

from dxrules.plan.workbook.cell_words import Aliases, how_to_write, labels_of, required_mark
from dxrules.plan.workbook.guide import purpose
from dxrules.plan.workbook.layout import (
    CODES,
    EVIDENCE_SHEET,
    FIRST_ROW,
    HOW_AT,
    KEY,
    KEY_AT,
    KEY_HEAD,
    KEY_ROW,
    LABEL_AT,
    LABEL_ROW,
    MOST_ROWS,
    OWNER,
    SECTIONS,
    SECTIONS_SHEET,
    SHEET,
    TITLE_ROW,
    VALUE_AT,
    VALUE_HEAD,
    YES_OR_NO,
    KeyColumn,
    Sheet,
    optional_tables,
    sheets,
)
from dxrules.plan.workbook.shorthand import as_cell, is_free
from dxrules.plan.workbook.style import (
    CHOICE,
    ENTRY,
    FIGURE,
    GIVEN,
    HEAD,
    PLAIN,
    REQUIRED,
    REQUIRED_HEAD,
    SMALL,
    TITLE,
    TO_FILL,
    Ink,
)
from dxrules.reference.gazetteer import gazetteer
from dxrules.source.placed_data import value_at
from dxrules.source.schema import Names
from dxrules.source.workbook import Look, print_across
from dxrules.texts import Lang, Text, shorten, width

if TYPE_CHECKING:
    from openpyxl import Workbook
    from openpyxl.worksheet.worksheet import Worksheet

PlanData = Mapping[str, Any]

_RULED = 12
"""Empty rows of a list that are ruled, to be printed and filled in by hand."""

_WIDEST, _NARROWEST, _WIDEST_HEAD = 40, 13, 22
_TEXT_WIDTH, _TITLE_WIDTH, _SEVERAL_WIDTH = 22, 36, 30
_TITLES = frozenset({"title", "what", "text", "because", "reason"})
"""The keys of texts that are sentences, or nearly so."""
_LONGEST_PROMPT, _LONGEST_TITLE = 255, 32
_NOTE_WIDTH, _NOTE_HEIGHT, _NOTE_LINE, _NOTE_SIGNS = 360, 500, 20, 46  # pixels, half-width signs
_TITLE_HEIGHT = 24
_TABS = ("FF1F4E9E", "FF2F7D4F", "FF8A5A00", "FF6B4BA1", "FF9C2F2F", "FF57606A")
_HEADS = {
    LABEL_AT: (Text("項目", "what"), 36),
    VALUE_AT: (VALUE_HEAD, 52),
    HOW_AT: (Text("書き方", "how to write it"), 60),
    KEY_AT: (KEY_HEAD, 30),
}
_READ = Text(
    "読んで何もなければ「はい」。読んでいなければ「いいえ」か空",
    "Yes if it was read, though it holds nothing; no, or empty, if it was not read",
)
_TOWN = ("municipality", "name", "ja")
MUNICIPALITIES = "municipalities"
_STATUS = 3
"""Of a checklist the entry and its status stand first."""
_COLON = Text(": ", ": ")
_NOT_LISTED = Text("一覧にない値です。", "This is not in the list.")
_NONE = Text("なし", "none")
_IDS = Text("(選べる値のid)", "(ids of what may be chosen)")


class Pages:
    """Writes the pages of one workbook, in one language."""

    def __init__(
        self, book: Workbook, lang: Lang, names: Names, aliases: Mapping[str, Aliases]
    ) -> None:
        self.book = book
        self.aliases = aliases
        self.lang = lang
        self.ink = Ink(lang)
        self.names = names
        self.lists: dict[str, dict[str, str]] = {}
        self.tabs: dict[str, str] = {}

    def keys(self, sheet: Sheet, data: PlanData) -> None:
        """Write a section that is one thing: a row per key."""
        page = self._page(sheet.name, sheet.label)
        self._heads(page)
        for row, column in enumerate(sheet.columns, FIRST_ROW):
            label = column.label.in_(self.lang) + required_mark(column)
            how = how_to_write(column, self.names, self.lang)
            value = self._said(column, value_at(data, column.key))
            look = REQUIRED if column.always else TO_FILL
            look = replace(look, number_format="General") if column.whole or column.figure else look
            self._row(page, row, (label, value, how, column.name), look)
            self._offer(page, column, f"{_letter(VALUE_AT)}{row}")

    def sections(self, data: PlanData) -> None:
        """Write which sections were read; one that holds something was."""
        page = self._page(SECTIONS_SHEET, SECTIONS)
        self._heads(page)
        for row, (path, (label, _)) in enumerate(optional_tables().items(), FIRST_ROW):
            there = value_at(data, tuple(path.split("."))) is not None
            read = "yes" if there else "no" if len(data) > 1 else ""
            said = label.in_(self.lang), self._said(YES_OR_NO, read), _READ.in_(self.lang), path
            self._row(page, row, said, TO_FILL)
            self._offer(page, YES_OR_NO, f"{_letter(VALUE_AT)}{row}")

    def entries(self, sheet: Sheet, rows: list[dict[str, Any]]) -> None:
        """Write a list or mapping: a row per entry."""
        page = self._page(sheet.name, sheet.label)
        said = [self._entry(sheet, row) for row in rows]
        fixed = 2 if sheet.columns[0].name in {OWNER, SHEET} else 1
        page.freeze_panes = f"{_letter(fixed)}{FIRST_ROW}"
        widths = [
            self._width(column, [row[place] for row in said])
            for place, column in enumerate(sheet.columns)
        ]
        for place, column in enumerate(sheet.columns):
            label = column.label.in_(self.lang) + required_mark(column)
            self._column(page, place, column, label, len(rows))
            letter = _letter(place)
            page.column_dimensions[letter].width = widths[place]
            self.ink.column(page, letter, _look_of(column))
        self.ink.fit(
            page, LABEL_ROW, [column.label.in_(self.lang) for column in sheet.columns], widths
        )
        for number, row in enumerate(said, FIRST_ROW):
            for place, text in enumerate(row, 1):
                column = sheet.columns[place - 1]
                given = GIVEN if column.name == KEY else CHOICE
                look = given if sheet.shape == "mapping" and place < _STATUS else _look_of(column)
                self.ink.write(page, number, place, text, look)
            self.ink.fit(page, number, row, widths)
        last = max(KEY_ROW, FIRST_ROW + len(rows) - 1)
        if sheet.shape == "list":
            for number in range(last + 1, last + 1 + max(0, _RULED - len(rows))):
                for place, column in enumerate(sheet.columns, 1):
                    self.ink.write(page, number, place, "", _look_of(column))
        page.auto_filter.ref = f"A{KEY_ROW}:{_letter(len(widths) - 1)}{last}"

    def _width(self, column: KeyColumn, shown: Sequence[str]) -> float:
        """Return how wide a column is: for its texts and choices, and for what it will hold."""
        label = width(column.label.in_(self.lang) + required_mark(column))
        least = min(max(label / 3 + 4, _NARROWEST), _WIDEST_HEAD)
        if column.several or column.names:
            least = max(least, _SEVERAL_WIDTH)
        elif not (column.list_name or column.parsed or column.figure or column.whole):
            least = max(least, _TITLE_WIDTH if column.key[-1] in _TITLES else _TEXT_WIDTH)
        if column.name == "id" and not column.names:
            least = _NARROWEST
        labels = () if column.several else self._labels(column).values()
        fullest = max(map(width, (*shown, *labels)), default=0)
        return min(max(fullest + 3, least), _WIDEST)

    def codes(self) -> None:
        """Write the lists to choose from on a sheet of their own: the words, then the ids.

        Below the words that are offered stand those that mean the same.
        """
        page = self.book.create_sheet(CODES)
        page.sheet_state = "hidden"
        for place, (name, listed) in enumerate(self.lists.items()):
            also = self.aliases.get(name.removesuffix("[]"), {})
            words = (name, *listed.values(), *also)
            columns = (words, (_IDS.in_(self.lang), *listed, *also.values()))
            for beside, column in enumerate(columns):
                for row, text in enumerate(column, 1):
                    self.ink.write(page, row, 2 * place + 1 + beside, text, PLAIN)

    def _page(self, name: str, label: Text) -> Worksheet:
        """Add a sheet with its title, what it holds, and the way back."""
        page: Worksheet = self.book.create_sheet(label.in_(self.lang))
        print_across(page, label.in_(self.lang))
        page.print_title_rows = f"{LABEL_ROW}:{KEY_ROW}"
        page.print_options.gridLines = True
        page.sheet_properties.tabColor = self._tab(name)
        self.ink.write(page, TITLE_ROW, 1, label + _COLON + purpose(name), TITLE)
        page.row_dimensions[TITLE_ROW].height = _TITLE_HEIGHT
        return page

    def _tab(self, name: str) -> str:
        """Return the colour of a tab: sheets of one section share it."""
        section = name.split(".", maxsplit=1)[0]
        return self.tabs.setdefault(section, _TABS[len(self.tabs) % len(_TABS)])

    def _heads(self, page: Worksheet) -> None:
        """Write the heads of a sheet that has a row per key."""
        page.freeze_panes = f"{_letter(HOW_AT)}{FIRST_ROW}"
        for place, (label, size) in _HEADS.items():
            self.ink.write(page, LABEL_ROW, place + 1, label, HEAD)
            page.column_dimensions[_letter(place)].width = size

    def _row(self, page: Worksheet, row: int, said: Sequence[str], look: Look) -> None:
        """Write a row of such a sheet; `said` are what it is, the value, how, and the key."""
        looks = PLAIN, look, SMALL, SMALL
        for place, (text, each) in enumerate(zip(said, looks, strict=True), 1):
            self.ink.write(page, row, place, text, each)
        self.ink.fit(page, row, said, [size for _, size in _HEADS.values()])

    def _column(
        self, page: Worksheet, place: int, column: KeyColumn, label: str, filled: int
    ) -> None:
        """Write the head of a column, with a note, and offer its choices below."""
        look = REQUIRED_HEAD if column.always else HEAD
        head = self.ink.write(page, LABEL_ROW, place + 1, label, look)
        said = f"{column.label.in_(self.lang)}\n{how_to_write(column, self.names, self.lang)}"
        lines = said.count("\n") + width(said) // _NOTE_SIGNS + 2
        height = min(_NOTE_LINE * lines, _NOTE_HEIGHT)
        head.comment = Comment(said.strip(), "dxrules", width=_NOTE_WIDTH, height=height)
        self.ink.write(page, KEY_ROW, place + 1, column.name, SMALL)
        letter = _letter(place)
        self._offer(page, column, f"{letter}{FIRST_ROW}:{letter}{FIRST_ROW + filled + MOST_ROWS}")

    def _offer(self, page: Worksheet, column: KeyColumn, cells: str) -> None:
        """Say how to fill in cells when one is selected; offer as a drop-down what it may hold."""
        labels = self._labels(column)
        asked = DataValidation(
            promptTitle=shorten(column.label.in_(self.lang), _LONGEST_TITLE),
            prompt=shorten(how_to_write(column, self.names, self.lang), _LONGEST_PROMPT) or None,
            showInputMessage=True,
        )
        offered, is_whole = None, True
        if labels and not column.several:
            offered = self._listed(column.list_name, len(labels))
        elif column.names:
            title = next(each for each in sheets() if each.name == column.names)
            place = [each.name for each in title.columns].index("title")
            named = f"${_letter(place)}${FIRST_ROW}:${_letter(place)}${FIRST_ROW + MOST_ROWS}"
            offered = f"{quote_sheetname(title.label.in_(self.lang))}!{named}"
        elif column.key == _TOWN:
            offered, is_whole = self._listed(MUNICIPALITIES, len(self._towns())), False
        if offered is not None:
            asked.type, asked.formula1, asked.showErrorMessage = "list", offered, is_whole
        if offered is not None and is_whole:
            asked.errorStyle, asked.error = "warning", _NOT_LISTED.in_(self.lang)
        asked.add(cells)
        page.add_data_validation(asked)

    def _listed(self, name: str, number: int) -> str:
        """Return where a list to choose from stands."""
        letter = _letter(2 * list(self.lists).index(name))
        return f"{quote_sheetname(CODES)}!${letter}$2:${letter}${number + 1}"

    def _towns(self) -> Mapping[str, str]:
        """Return the municipalities by code, each with its prefecture."""
        known = gazetteer()
        return self.lists.setdefault(
            MUNICIPALITIES,
            {code: known.full_name(each).ja for code, each in sorted(known.municipalities.items())},
        )

    def _entry(self, sheet: Sheet, row: Mapping[str, Any]) -> list[str]:
        """Return an entry as its cells show it; evidence names its entry as that one's sheet."""
        said = [self._said(column, value_at(row, column.key)) for column in sheet.columns]
        if sheet.name == EVIDENCE_SHEET and OWNER in row:
            owning = next(each for each in sheets() if each.name == row[SHEET])
            said[1] = self._said(owning.columns[0], row[OWNER])
        return said

    def _said(self, column: KeyColumn, value: Any) -> str:
        """Return a scalar, or a list of scalars, as a cell shows it."""
        if value is None or isinstance(value, dict):
            return ""
        labels = self._labels(column)
        if isinstance(value, list):
            between = "、" if self.lang == "ja" else ", "
            listed = [labels.get(each) or as_cell(str(each)) for each in value]
            return between.join(listed) or _NONE.in_(self.lang)
        text = labels.get(str(value), str(value))
        return as_cell(text) if is_free(column) else text

    def _labels(self, column: KeyColumn) -> Mapping[str, str]:
        """Return how each value that may be chosen is shown; none if anything may be written."""
        if not column.list_name:
            return {}
        if column.list_name not in self.lists:
            self.lists[column.list_name] = labels_of(column, self.names, self.lang)
        return self.lists[column.list_name]


def _look_of(column: KeyColumn) -> Look:
    """Return how the cells of a column look: what is reckoned with stays a number."""
    return FIGURE if column.figure or column.whole else ENTRY


def _letter(place: int) -> str:
    return get_column_letter(place + 1)
