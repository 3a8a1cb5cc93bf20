"""A filled-in workbook as the data of a plan file, with the cell of every key and value.

What cells hold counts, not how it looks: a date cell, a number and a text are all read as the
text that a plan file would have. The plan's models then judge it as they judge YAML.
"""

from __future__ import annotations

import io
import zipfile
from typing import TYPE_CHECKING, Any

from openpyxl import load_workbook
from openpyxl.utils.exceptions import InvalidFileException

from dxrules.errors import Place, Problem
from dxrules.plan.workbook.cells import Cells, Mark, Row, Value
from dxrules.plan.workbook.layout import (
    CODES,
    EACH,
    EVIDENCE_SHEET,
    GUIDE,
    KEY,
    OWNER,
    SECTIONS,
    SECTIONS_SHEET,
    SHEET,
    VALUE_AT,
    YES_OR_NO,
    Column,
    Sheet,
    optional_tables,
    sheets,
)
from dxrules.plan.workbook.offered import Offered
from dxrules.plan.workbook.shown import is_percent, share_in
from dxrules.plan.workbook.tree import Tree
from dxrules.plan.workbook.words import SEPARATORS, folded
from dxrules.source import Document, did_you_mean
from dxrules.source.document import dotted
from dxrules.texts import LANGS, Text, shorten

if TYPE_CHECKING:
    from collections.abc import Iterable

    from dxrules.source import Path

MAX_UNPACKED = 100_000_000

_LIST_SIGNS = str.maketrans(dict.fromkeys(SEPARATORS, ","))
_KEYS_HEADS = ("", "value", "", "key")
_SECTIONS_HEADS = ("", "read", "", "key")
_WITHOUT_UNIT = frozenset({"text_measure"})
"""What an indicator says of another measure than its own."""

_NO_UNIT = Text(
    "「{said}」ですが、この指標には単位がありません。",
    'It says "{said}", but the indicator has no unit.',
)
_OTHER_UNIT = Text(
    "「{said}」ですが、この指標の単位は「{unit}」です。",
    'It says "{said}", but the unit of the indicator is "{unit}".',
)
_UNIT_OF_SHARES = Text(
    "割合なら単位を % とし、割合でなければ値を文字で書いてください。",
    "If it is a percentage, give % as the unit; if not, write the value as text.",
)

_NOTHING_CHOSEN = Text("この行の項目が選ばれていません。", "No entry is chosen for this row.")
_CHOOSE = Text(
    "1列目で選ぶか、行を空にしてください。", "Choose one in the first column, or empty the row."
)


def document_of(raw: bytes, name: str) -> Document:
    """Return the document that a workbook holds; whatever is wrong with it is in `problems`."""
    try:
        with zipfile.ZipFile(io.BytesIO(raw)) as archive:
            size = sum(entry.file_size for entry in archive.infolist())
        if size > MAX_UNPACKED:
            return _refused(name, Text("100 MBを超えています。", "Larger than 100 MB."))
        book = load_workbook(io.BytesIO(raw), read_only=True)
    except (zipfile.BadZipFile, InvalidFileException, KeyError, ValueError, EOFError, OSError):
        return _refused(
            name,
            Text("Excelブック(.xlsx)として読めません。", "Cannot be read as a workbook (.xlsx)."),
            Text(
                "パスワードを外し、.xlsx 形式で保存し直してください。",
                "Take off any password, and save it as .xlsx again.",
            ),
        )
    taker = _Taker(Cells(name))
    taker.take(book.worksheets)
    data, values = _in_order(taker.tree.data), taker.tree.values
    return Document(
        name,
        data,
        values,
        values,
        tuple(taker.cells.problems),
        raw=raw,
        sheets=tuple(page.title for page in book.worksheets),
        strays=tuple((path, tree.document(name)) for path, tree in taker.strays),
    )


def _refused(name: str, message: Text, hint: Text | None = None) -> Document:
    return Document(name, problems=(Problem(Place(name, 1, 1), "", message, hint),))


def _in_order(data: dict[str, Any]) -> dict[str, Any]:
    """Return the data with its sections in the order of the plan file."""
    order = ["format", "municipality", "recorded", *(sheet.name for sheet in sheets())]
    return dict(sorted(data.items(), key=lambda item: order.index(item[0])))


class _Taker:
    """Makes data of sheets, in the order of the plan file, whatever theirs is."""

    def __init__(self, cells: Cells) -> None:
        self.cells = cells
        self.tree = Tree(Mark(0, 0, sheets()[0].name))
        self.offered = Offered({})
        self.ids: dict[tuple[str, ...], dict[str, Path]] = {}
        self.shares: list[tuple[Path, Value]] = []
        self.strays: list[tuple[Path, Tree]] = []

    def take(self, pages: Iterable[Any]) -> None:
        """Read all sheets that say anything."""
        layout = {sheet.name: sheet for sheet in sheets()}
        found = self._named(pages, layout)
        if CODES in found:
            self.offered = Offered.read(found[CODES])
        if SECTIONS_SHEET in found:
            self._sections(found[SECTIONS_SHEET])
        for name, sheet in layout.items():
            if name not in found:
                continue
            if sheet.shape == "keys":
                self._keys(sheet, found[name])
            else:
                self._entries(sheet, found[name])
        self._units_of_shares()

    def _named(self, pages: Iterable[Any], layout: dict[str, Sheet]) -> dict[str, Any]:
        """Return the sheets by name; one that nobody reads is a fault, unless it is empty."""
        known = {
            folded(word): name
            for name, label in (
                *((sheet.name, sheet.label) for sheet in layout.values()),
                (SECTIONS_SHEET, SECTIONS),
                ("", GUIDE),
            )
            for word in (name, *map(label.in_, LANGS))
            if word
        } | {CODES: CODES}
        found: dict[str, Any] = {}
        for page in pages:
            name = known.get(folded(page.title))
            if name is None and not self.cells.says_nothing(page):
                message = Text(
                    f"「{shorten(page.title)}」というシートは読まれません。",
                    f'No sheet is called "{shorten(page.title)}".',
                )
                hint = did_you_mean(folded(page.title), known)
                self.cells.complain(Mark(0, 0, page.title), message, hint)
            elif name:
                found[name] = page
        return found

    def _sections(self, page: Any) -> None:
        """Make empty what was read and holds nothing; later rows fill it."""
        tables = optional_tables()
        for row in self.cells.rows(page, _SECTIONS_HEADS):
            key, read = self._key_of(row), row.get("read")
            if key is None:
                continue
            if key.text not in tables:
                message = Text("知らない節です。", "Unknown section.")
                self.cells.complain(key.mark, message, did_you_mean(key.text, tables))
            elif read is not None and self._chosen(YES_OR_NO, read, read.text) == "yes":
                empty: Any = [] if tables[key.text][1] == "list" else {}
                self.tree.put(tuple(key.text.split(".")), empty, read.mark)

    def _key_of(self, row: Row) -> Value | None:
        """Return the key of a row; a value without one is a fault."""
        if "key" in row:
            return row["key"] if row["key"].text else None
        message = Text(
            "この行にはキーがなく、読まれません。", "This row has no key, and is not read."
        )
        hint = Text("項目のある行に書いてください。", "Write it where the key stands.")
        self.cells.complain(next(iter(row.values())).mark, message, hint)
        return None

    def _keys(self, sheet: Sheet, page: Any) -> None:
        columns = {column.name: column for column in sheet.columns}
        for row in self.cells.rows(page, _KEYS_HEADS):
            key, value = self._key_of(row), row.get("value")
            if key is None:
                continue
            if key.text not in columns:
                message = Text("知らないキーです。", "Unknown key.")
                self.cells.complain(key.mark, message, did_you_mean(key.text, columns))
            elif value is not None:
                self._scalar(self.tree, columns[key.text].key, columns[key.text], value)
            else:
                mark = Mark(key.mark.line, VALUE_AT, key.mark.sheet)
                self.tree.miss(columns[key.text].key, mark)

    def _entries(self, sheet: Sheet, page: Any) -> None:
        columns = {column.name: column for column in sheet.columns}
        heads = self.cells.heads(page, columns)
        for row in self.cells.rows(page, heads):
            path, tree = self._entry(sheet, columns, row), self.tree
            if path is None:
                path, tree = (), self._stray(sheet, row)
            for name, value in row.items():
                if name not in {SHEET, OWNER, KEY}:
                    self._scalar(tree, (*path, *columns[name].key), columns[name], value)
            if "id" in row and path:
                self.ids.setdefault(sheet.path, {}).setdefault(row["id"].text, path)

    def _entry(self, sheet: Sheet, columns: dict[str, Column], row: Row) -> Path | None:
        """Make the entry of a row; return its path, or None if its owner or key is missing."""
        first = next(iter(row.values())).mark
        if sheet.name == EVIDENCE_SHEET:
            table = self._evident(columns, row, first)
        elif sheet.owned:
            table = self._owner(sheet, row, first)
        else:
            table = sheet.path
        if table is None:
            return None
        if sheet.shape == "mapping":
            return self._key(table, columns[KEY], row, first)
        return self.tree.append(table, first)

    def _stray(self, sheet: Sheet, row: Row) -> Tree:
        """Return where an entry goes that belongs to nothing known: it is looked at all the same.

        Evidence is of one kind wherever it belongs.
        """
        tree = Tree(next(iter(row.values())).mark)
        each: Path = ("plan", EVIDENCE_SHEET) if sheet.name == EVIDENCE_SHEET else sheet.path
        self.strays.append((tuple(0 if part == EACH else part for part in (*each, EACH)), tree))
        return tree

    def _key(self, table: Path, column: Column, row: Row, first: Mark) -> Path | None:
        key = row.get(KEY)
        if key is None:
            self.cells.complain(first, _NOTHING_CHOSEN, _CHOOSE)
        if key is None or not key.text:
            return None
        path = (*table, self._chosen(column, key, key.text, (*table, key.text)))
        if self.tree.at(path) is not None:
            message = Text(
                f"「{shorten(key.text)}」は2回あります。", f'"{shorten(key.text)}" stands twice.'
            )
            self.cells.complain(key.mark, message)
            return None
        self.tree.put(path, {}, key.mark)
        return path

    def _owner(self, sheet: Sheet, row: Row, first: Mark) -> Path | None:
        """Return the table that a row belongs into, by the owner that it names."""
        owner = row.get(OWNER)
        if owner is None:
            message = Text("どの項目のものかがありません。", "It does not say what it belongs to.")
            self.cells.complain(first, message)
        if owner is None or not owner.text:
            return None
        known = self.ids.get(sheet.path[: sheet.path.index(EACH)], {})
        if owner.text not in known:
            self._no_entry(owner, known)
            return None
        return (*known[owner.text], sheet.path[-1])

    def _evident(self, columns: dict[str, Column], row: Row, first: Mark) -> Path | None:
        """Return the evidence of what a row names by its sheet, and by its entry if it has such."""
        said, owner = row.get(SHEET), row.get(OWNER)
        if said is None:
            message = Text(
                "どのシートについての根拠かがありません。",
                "It does not say what it is evidence for.",
            )
            self.cells.complain(first, message)
        if said is None or not said.text:
            return None
        name = self._chosen(columns[SHEET], said, said.text)
        sheet = next((each for each in sheets() if each.name == name and each.evident), None)
        if sheet is None:
            return None  # the choice was complained of
        path: Path = tuple(name.split("."))
        if sheet.shape != "keys":
            if owner is None:
                message = Text("どの項目の根拠かがありません。", "It does not say which entry.")
                self.cells.complain(said.mark, message)
                return None
            entry = self._entry_of(sheet, path, owner)
            return None if entry is None else (*entry, EVIDENCE_SHEET)
        if owner is not None:
            self.cells.complain(
                owner.mark,
                Text("このシートには項目が並びません。", "That sheet has no entries."),
                Text("空にしてください。", "Leave it empty."),
            )
            return None
        if self.tree.at(path) is None:
            self.tree.put(path, {}, said.mark)
        return (*path, EVIDENCE_SHEET)

    def _entry_of(self, sheet: Sheet, path: Path, owner: Value) -> Path | None:
        """Return the entry of a sheet that evidence names as the sheet's first column does."""
        if sheet.shape == "list":
            known = self.ids.get(sheet.path, {})
        else:
            entries = self.tree.at(path) or {}
            known = {key: (*path, key) for key in entries}
        if not owner.text:
            return None
        first = sheet.columns[0]
        key = self.offered.meant(first, owner.text) or owner.text
        if key not in known:
            self._no_entry(owner, [self.offered.shown(first, each) for each in known])
            return None
        return known[key]

    def _no_entry(self, owner: Value, known: Iterable[str]) -> None:
        message = Text(
            f"「{shorten(owner.text)}」という項目はありません。",
            f'There is no entry "{shorten(owner.text)}".',
        )
        self.cells.complain(owner.mark, message, did_you_mean(owner.text, known))

    def _scalar(self, tree: Tree, path: Path, column: Column, value: Value) -> None:
        if not value.text:
            tree.miss(path, value.mark)
            return
        if column.figure and (share := share_in(value.text)):
            tree.put(path, share, value.mark)
            if tree is self.tree:
                self.shares.append((path, value))
            return
        if not column.several:
            tree.put(path, self._chosen(column, value, value.text, path), value.mark)
            return
        parts = [part.strip() for part in value.text.translate(_LIST_SIGNS).split(",")]
        items = [] if value.text == "[]" else [part for part in parts if part]
        tree.put(path, [], value.mark)
        for place, item in enumerate(items):
            inner = (*path, place)
            tree.at(path).append(self._chosen(column, value, item, inner))
            tree.values[inner] = value.mark

    def _units_of_shares(self) -> None:
        """Find fault with percentages of indicators that are not measured in such."""
        for path, value in self.shares:
            at_unit = (*path[:2], "unit")
            unit = self.tree.at(at_unit)
            unread = unit is None and at_unit in self.tree.values
            if not unread and path[2] not in _WITHOUT_UNIT and not is_percent(unit or ""):
                message = _OTHER_UNIT if unit else _NO_UNIT
                self.cells.complain(
                    value.mark,
                    message.format(said=shorten(value.text), unit=shorten(unit or "")),
                    _UNIT_OF_SHARES,
                    key=dotted(path),
                )

    def _chosen(self, column: Column, value: Value, text: str, path: Path = ()) -> str:
        """Return the value that is meant by its words or its id; another text is a fault."""
        meant = self.offered.meant(column, text)
        if meant is not None:
            return meant
        message = Text(
            f"「{shorten(text)}」は使えません。", f'"{shorten(text)}" is not one of the values.'
        )
        hint = did_you_mean(text, self.offered.words(column)) or Text(
            "一覧から選んでください。", "Choose from the list."
        )
        self.cells.complain(value.mark, message, hint, key=dotted(path))
        return text
