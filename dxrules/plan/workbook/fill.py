"""A plan's data as a workbook, or an empty one to fill in."""

from __future__ import annotations

import io
from typing import TYPE_CHECKING, Any

from openpyxl import Workbook
from openpyxl.comments import Comment
from openpyxl.styles import Alignment, Font, PatternFill
from openpyxl.utils import get_column_letter, quote_sheetname
from openpyxl.worksheet.datavalidation import DataValidation
from openpyxl.worksheet.header_footer import HeaderFooterItem
from openpyxl.worksheet.properties import PageSetupProperties

from dxrules.plan.schema import id_names
from dxrules.plan.workbook.layout import (
    EACH,
    EVIDENCE_SHEET,
    FIRST_ROW,
    KEY,
    OWNER,
    SECTIONS_SHEET,
    Column,
    Sheet,
    optional_tables,
    sheets,
)
from dxrules.source.archive import without_times
from dxrules.texts import Text

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from openpyxl.worksheet.worksheet import Worksheet

    from dxrules.reference import Reference
    from dxrules.texts import Lang

    Data = Mapping[str, Any]

_CODES = "codes"
_ROOM = 300
"""Rows that have a drop-down, below those that are filled."""
_WIDEST, _NARROWEST = 44, 14
_HEAD = PatternFill("solid", fgColor="FFE8EDF3")
_REQUIRED = PatternFill("solid", fgColor="FFFFF3D6")
_WRAP = Alignment(wrap_text=True, vertical="top")
_SMALL = Font(size=8, color="FF57606A")
_TEXT = "@"
_FORMAT = "dxrules/plan/1"

_KEYS_HEAD = (Text("キー", "key"), Text("説明", "what it is"), Text("値", "value"))
_READ_HEAD = (
    Text("節", "section"),
    Text("説明", "what it is"),
    Text("読んだか(何もなくても yes)", "read (yes, even if it holds nothing)"),
)
_READ = Text("読んだ節", "sections read")
_ONE_OF = Text("値: ", "values: ")
_SEVERAL = Text("(複数はカンマ区切り)", " (several: with commas between)")
_NEEDED = Text("必須。", "Required. ")


def empty_workbook(lang: Lang, reference: Reference) -> bytes:
    """Return a workbook to fill in: every key explained, with drop-downs."""
    return workbook_of({"format": _FORMAT}, lang, reference)


def workbook_of(data: Data, lang: Lang, reference: Reference) -> bytes:
    """Return a workbook that holds all of a plan's data.

    `data` is that of a plan file which was read without a problem.
    """
    book = Workbook()
    book.remove(book.worksheets[0])
    writer = _Writer(book, lang, reference)
    for sheet in sheets():
        if sheet.shape == "keys":
            writer.keys(sheet, data)
        else:
            writer.entries(sheet, [*_rows(data, sheet)])
    writer.sections(data)
    writer.codes()
    stream = io.BytesIO()
    book.save(stream)
    return without_times(stream.getvalue())


def _rows(data: Data, sheet: Sheet) -> Iterator[dict[str, Any]]:
    """Yield the entries of a sheet, each with its owner and key where it has such."""
    if sheet.name == EVIDENCE_SHEET:
        for owner, proof in _evidence(data, ()):
            yield {OWNER: owner, **proof}
        return
    for owner, table in _tables(data, sheet.path):
        named = {OWNER: owner} if owner else {}
        if isinstance(table, dict):
            yield from ({**named, KEY: key, **entry} for key, entry in table.items())
        else:
            yield from ({**named, **entry} for entry in table)


def _tables(data: Data, path: tuple[str, ...]) -> Iterator[tuple[str, Any]]:
    """Yield each table at a path, with the id or key of the entry that holds it."""
    if EACH not in path:
        found: Any = data
        for part in path:
            found = found.get(part, {}) if isinstance(found, dict) else {}
        yield "", found
        return
    at = path.index(EACH)
    for _, table in _tables(data, path[:at]):
        for owner, entry in _named(table):
            yield owner, entry.get(path[at + 1], [])


def _named(table: Any) -> Iterator[tuple[str, Any]]:
    """Yield the entries of a table by id or key; those of a list without ids by number."""
    if isinstance(table, dict):
        yield from table.items()
    else:
        for number, entry in enumerate(table, 1):
            yield str(entry.get("id", number)), entry


def _evidence(node: Any, path: tuple[str, ...]) -> Iterator[tuple[str, Any]]:
    """Yield all evidence with the path of what carries it."""
    if isinstance(node, list):
        for owner, entry in _named(node) if all(isinstance(e, dict) for e in node) else ():
            yield from _evidence(entry, (*path, owner))
    if isinstance(node, dict):
        for proof in node.get("evidence", ()):
            yield ".".join(path), proof
        for key, value in node.items():
            if key != "evidence":
                yield from _evidence(value, (*path, key))


class _Writer:
    def __init__(self, book: Workbook, lang: Lang, reference: Reference) -> None:
        self.book = book
        self.lang = lang
        self.names = id_names(reference)
        self.lists: dict[tuple[str, ...], str] = {}

    def keys(self, sheet: Sheet, data: Data) -> None:
        """Write a section that is one thing: a row per key."""
        page = self._page(sheet.name, sheet.label, [(text, "") for text in _KEYS_HEAD])
        for width, letter in ((30, "A"), (50, "B"), (50, "C")):
            page.column_dimensions[letter].width = width
        for row, column in enumerate(sheet.columns, FIRST_ROW):
            values = (column.name, column.label.in_(self.lang), _cell(_at(data, column.key)))
            for place, value in enumerate(values, 1):
                self._write(page, row, place, value)
            if column.required:
                page.cell(row, 3).fill = _REQUIRED
            self._note(page, row, 1, column)
            self._offer(page, column, f"C{row}")

    def entries(self, sheet: Sheet, rows: list[dict[str, Any]]) -> None:
        """Write a list or mapping: a row per entry."""
        heads = [(column.label, column.name) for column in sheet.columns]
        page = self._page(sheet.name, sheet.label, heads)
        for place, column in enumerate(sheet.columns, 1):
            letter = get_column_letter(place)
            widest = max((len(_cell(_at(row, column.key))) for row in rows), default=0)
            page.column_dimensions[letter].width = min(max(widest + 4, _NARROWEST), _WIDEST)
            if column.required:
                page.cell(1, place).fill = _REQUIRED
            self._note(page, 1, place, column)
            self._offer(
                page, column, f"{letter}{FIRST_ROW}:{letter}{FIRST_ROW + len(rows) + _ROOM}"
            )
        for number, row in enumerate(rows, FIRST_ROW):
            for place, column in enumerate(sheet.columns, 1):
                self._write(page, number, place, _cell(_at(row, column.key)))

    def sections(self, data: Data) -> None:
        """Write which sections were read; one that holds something was."""
        page = self._page(SECTIONS_SHEET, _READ, [(text, "") for text in _READ_HEAD])
        for width, letter in ((30, "A"), (40, "B"), (30, "C")):
            page.column_dimensions[letter].width = width
        for row, (path, (label, _)) in enumerate(optional_tables().items(), FIRST_ROW):
            there = _at(data, tuple(path.split("."))) is not None
            read = "yes" if there else "no" if len(data) > 1 else ""
            for place, value in enumerate((path, label.in_(self.lang), read), 1):
                self._write(page, row, place, value)
            self._offer(page, Column((path,), label, ("yes", "no")), f"C{row}")

    def codes(self) -> None:
        """Write the lists that the drop-downs draw from, on a sheet of its own."""
        page = self.book.create_sheet(_CODES)
        page.sheet_state = "hidden"
        for place, values in enumerate(self.lists, 1):
            for row, value in enumerate(values, 1):
                self._write(page, row, place, value)

    def _page(self, name: str, label: Text, heads: Iterable[tuple[Text, str]]) -> Worksheet:
        """Add a sheet; labels in the first row, keys in the second, both always in sight."""
        page: Worksheet = self.book.create_sheet(name)
        page.freeze_panes = f"A{FIRST_ROW}"
        page.page_setup.orientation, page.page_setup.paperSize = "landscape", 9  # A4
        page.page_setup.fitToWidth, page.page_setup.fitToHeight = 1, 0
        page.sheet_properties.pageSetUpPr = PageSetupProperties(fitToPage=True)
        page.print_title_rows = "1:2"
        header = HeaderFooterItem()
        header.center.text = f"{label.in_(self.lang)} ({name})".replace("&", "&&")
        page.oddHeader = header
        for place, (text, key) in enumerate(heads, 1):
            self._write(page, 1, place, text.in_(self.lang))
            self._write(page, 2, place, key)
            page.cell(1, place).font, page.cell(1, place).fill = Font(bold=True), _HEAD
            page.cell(2, place).font = _SMALL
        return page

    def _write(self, page: Worksheet, row: int, place: int, value: str) -> None:
        cell = page.cell(row, place)
        cell.number_format, cell.alignment = _TEXT, _WRAP
        if value:
            cell.value = value
            cell.data_type = "s"  # never a formula

    def _note(self, page: Worksheet, row: int, place: int, column: Column) -> None:
        """Say in a note what may be written; ids with their names."""
        said = (_NEEDED.in_(self.lang) if column.required else "") + column.label.in_(self.lang)
        said += _SEVERAL.in_(self.lang) if column.several else ""
        if column.reference:
            names = self.names[column.reference].items()
            listed = [f"{key} = {name.in_(self.lang)}" for key, name in names]
            said += "\n" + _ONE_OF.in_(self.lang) + "\n" + "\n".join(listed)
        elif column.choices:
            said += "\n" + _ONE_OF.in_(self.lang) + ", ".join(column.choices)
        lines = said.count("\n") + len(said) // 40 + 2
        note = Comment(said, "dxrules", width=360, height=min(20 * lines, 500))
        page.cell(row, place).comment = note

    def _offer(self, page: Worksheet, column: Column, cells: str) -> None:
        """Offer what a cell may hold as a drop-down; a cell of several values has none."""
        values = tuple(self.names[column.reference]) if column.reference else column.choices
        if not values or column.several:
            return
        letter = get_column_letter(len(self.lists) + 1)
        where = f"{quote_sheetname(_CODES)}!${{}}$1:${{}}${len(values)}"
        source = self.lists.setdefault(values, where.format(letter, letter))
        validation = DataValidation("list", formula1=source, allow_blank=True)
        validation.add(cells)
        page.add_data_validation(validation)


def _at(data: Any, key: tuple[str, ...]) -> Any:
    for part in key:
        data = data.get(part) if isinstance(data, dict) else None
    return data


def _cell(value: Any) -> str:
    """Return a scalar, or a list of scalars, as a cell shows it."""
    if value is None or isinstance(value, dict):
        return ""
    if isinstance(value, list):
        return ", ".join(value) or "[]"
    return str(value)
