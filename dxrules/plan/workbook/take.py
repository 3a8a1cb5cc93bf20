"""A filled-in workbook as the data of a plan file, with the cell of every key and value.

What cells hold counts, not how it looks: a date cell, a number and a text are all read as the
text that a plan file would have. The plan's models then judge it as they judge YAML.
"""

from __future__ import annotations

import io
import zipfile
from dataclasses import dataclass
from datetime import date, datetime
from typing import TYPE_CHECKING, Any

from openpyxl import load_workbook
from openpyxl.utils.exceptions import InvalidFileException

from dxrules.errors import Place, Problem
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
from dxrules.source import Document, did_you_mean
from dxrules.source.build import FORBIDDEN
from dxrules.texts import Text, shorten

if TYPE_CHECKING:
    from collections.abc import Iterator

    from dxrules.source import Path

MAX_UNPACKED = 100_000_000
MAX_ROWS, MAX_COLUMNS = 20_000, 60
_VALUE_COLUMN = 2
"""Where the value stands in a sheet of keys, counted from 0."""

_OWN_SHEETS = frozenset({"codes"})
_LIST_SIGNS = str.maketrans({"、": ",", "，": ",", "\n": ",", ";": ","})


@dataclass(frozen=True, slots=True)
class _Mark:
    """A cell; both count from 0, as YAML's marks do."""

    line: int
    column: int
    sheet: str


@dataclass(frozen=True, slots=True)
class _Value:
    """What a cell says, and where it is."""

    text: str
    mark: _Mark


Row = dict[str, _Value]


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
    taker = _Taker(name)
    taker.take({page.title: page for page in book.worksheets})
    return Document(name, taker.data, taker.values, taker.values, tuple(taker.problems), raw=raw)


def _refused(name: str, message: Text, hint: Text | None = None) -> Document:
    return Document(name, problems=(Problem(Place(name, 1, 1), "", message, hint),))


class _Taker:
    """Builds plain data from sheets and remembers which cell everything came from."""

    def __init__(self, name: str) -> None:
        self.name = name
        self.data: dict[str, Any] = {}
        self.values: dict[Path, Any] = {(): _Mark(0, 0, "plan")}
        self.problems: list[Problem] = []
        self.ids: dict[tuple[str, ...], dict[str, Path]] = {}

    def take(self, pages: dict[str, Any]) -> None:
        layout = {sheet.name: sheet for sheet in sheets()}
        known = {*layout, SECTIONS_SHEET, *_OWN_SHEETS}
        for title in pages.keys() - known:
            mark = _Mark(0, 0, title)
            message = Text(
                f"「{shorten(title)}」というシートは読まれません。",
                f'No sheet is called "{shorten(title)}".',
            )
            self._complain(mark, message, did_you_mean(title, sorted(known - _OWN_SHEETS)))
        if SECTIONS_SHEET in pages:
            self._sections(pages[SECTIONS_SHEET])
        for name, sheet in layout.items():
            if name not in pages:
                continue
            if sheet.shape == "keys":
                self._keys(sheet, pages[name])
            else:
                self._entries(sheet, pages[name])
        self.data = _in_order(self.data)

    def _sections(self, page: Any) -> None:
        """Make empty what was read and holds nothing; later rows fill it."""
        tables = optional_tables()
        for row in self._rows(page, ["path", "", "read"]):
            path, read = row.get("path"), row.get("read")
            if path is None:
                continue
            if path.text not in tables:
                message = Text("知らない節です。", "Unknown section.")
                self._complain(path.mark, message, did_you_mean(path.text, tables))
            elif read is not None and read.text not in {"yes", "no"}:
                message = Text("yes か no を書いてください。", "Write yes or no.")
                self._complain(read.mark, message, None)
            elif read is not None and read.text == "yes":
                empty: Any = [] if tables[path.text][1] == "list" else {}
                self._put(tuple(path.text.split(".")), empty, read.mark)

    def _keys(self, sheet: Sheet, page: Any) -> None:
        columns = {column.name: column for column in sheet.columns}
        for row in self._rows(page, ["key", "", "value"]):
            key, value = row.get("key"), row.get("value")
            if key is None:
                continue
            if key.text not in columns:
                message = Text("知らないキーです。", "Unknown key.")
                self._complain(key.mark, message, did_you_mean(key.text, columns))
            elif value is not None:
                self._scalar(columns[key.text].key, columns[key.text], value)
            else:
                self._leave_empty(columns[key.text].key, key.mark)

    def _leave_empty(self, path: Path, key: _Mark) -> None:
        """Remember the cell of a value that is missing, for whoever complains of it."""
        mark = _Mark(key.line, _VALUE_COLUMN, key.sheet)
        for length in range(1, len(path) + 1):
            self.values.setdefault(path[:length], mark)

    def _entries(self, sheet: Sheet, page: Any) -> None:
        columns = {column.name: column for column in sheet.columns}
        heads = self._heads(page, columns)
        for row in self._rows(page, heads):
            path = self._entry(sheet, row)
            if path is None:
                continue
            for name, value in row.items():
                if name not in {OWNER, KEY}:
                    self._scalar((*path, *columns[name].key), columns[name], value)
            if "id" in row:
                self.ids.setdefault(sheet.path, {}).setdefault(row["id"].text, path)

    def _heads(self, page: Any, columns: dict[str, Column]) -> list[str]:
        """Return the keys in the second row; an unknown one is a fault."""
        found = page.iter_rows(min_row=2, max_row=2, max_col=MAX_COLUMNS)
        heads = []
        for place, cell in enumerate(next(iter(found), ())):
            text = "" if cell.value is None else str(cell.value).strip()
            heads.append(text)
            if text and text not in columns:
                mark = _Mark(1, place, page.title)
                message = Text(
                    f"「{shorten(text)}」という列は読まれません。",
                    f'No column is called "{shorten(text)}".',
                )
                self._complain(mark, message, did_you_mean(text, columns))
                heads[-1] = ""
        return heads

    def _entry(self, sheet: Sheet, row: Row) -> Path | None:
        """Make the entry of a row; return its path, or None if its owner or key is missing."""
        first = next(iter(row.values())).mark
        table: Path | None = sheet.path
        if sheet.owned:
            table = self._owner(sheet, row, first)
        if table is None:
            return None
        if sheet.shape == "mapping":
            return self._key(table, row, first)
        entries = self._at(table)
        if not isinstance(entries, list):
            entries = []
            self._put(table, entries, first)
        entries.append({})
        path = (*table, len(entries) - 1)
        self.values[path] = first
        return path

    def _key(self, table: Path, row: Row, first: _Mark) -> Path | None:
        if KEY not in row:
            message = Text("項目(id)がありません。", "The entry (id) is missing.")
            self._complain(first, message, None)
            return None
        key = row[KEY]
        path = (*table, key.text)
        if self._at(path) is not None:
            message = Text(
                f"「{shorten(key.text)}」は2回あります。", f'"{shorten(key.text)}" stands twice.'
            )
            self._complain(key.mark, message, None)
            return None
        self._put(path, {}, key.mark)
        return path

    def _owner(self, sheet: Sheet, row: Row, first: _Mark) -> Path | None:
        """Return the table that a row belongs into, by the owner that it names."""
        owner = row.get(OWNER)
        if owner is None:
            message = Text("どの項目のものかがありません。", "It does not say what it belongs to.")
            self._complain(first, message, None)
            return None
        if sheet.name == EVIDENCE_SHEET:
            path = self._carrier(owner.text)
        else:
            path = self.ids.get(sheet.path[: sheet.path.index(EACH)], {}).get(owner.text)
        if path is None:
            known = [*self._owners(sheet)]
            message = Text(
                f"「{shorten(owner.text)}」という項目はありません。",
                f'There is no entry "{shorten(owner.text)}".',
            )
            self._complain(owner.mark, message, did_you_mean(owner.text, known))
            return None
        return (*path, sheet.path[-1])

    def _owners(self, sheet: Sheet) -> Iterator[str]:
        if sheet.name != EVIDENCE_SHEET:
            yield from self.ids.get(sheet.path[: sheet.path.index(EACH)], {})
            return
        for path, mapping in _mappings(self.data, ()):
            if path and isinstance(mapping, dict):
                yield ".".join(self._shown(path))

    def _shown(self, path: Path) -> Iterator[str]:
        """Yield the parts of a path, entries of lists by their id."""
        for length, part in enumerate(path, 1):
            entry = self._at(path[:length])
            yield str(entry.get("id", part + 1)) if isinstance(part, int) else part

    def _carrier(self, text: str) -> Path | None:
        """Return the mapping that carries evidence, by its dotted path."""
        path: Path = ()
        for part in text.split("."):
            inside = self._at(path)
            if isinstance(inside, list):
                places = [n for n, e in enumerate(inside, 1) if str(e.get("id", n)) == part]
                if not places:
                    return None
                path = (*path, places[0] - 1)
            elif isinstance(inside, dict) and part in inside:
                path = (*path, part)
            else:
                return None
        return path if isinstance(self._at(path), dict) else None

    def _scalar(self, path: Path, column: Column, value: _Value) -> None:
        if not column.several:
            self._put(path, value.text, value.mark)
            return
        parts = [part.strip() for part in value.text.translate(_LIST_SIGNS).split(",")]
        items = [] if value.text == "[]" else [part for part in parts if part]
        self._put(path, items, value.mark)
        for place in range(len(items)):
            self.values[*path, place] = value.mark

    def _put(self, path: Path, value: Any, mark: _Mark) -> None:
        """Put a value at a path of keys and places; mappings on the way are made."""
        inside: Any = self.data
        for length, part in enumerate(path[:-1], 1):
            if isinstance(inside, dict) and part not in inside:
                inside[part] = {}
                self.values.setdefault(path[:length], mark)
            inside = inside[part]
        inside[path[-1]] = value
        self.values[path] = mark

    def _at(self, path: Path) -> Any:
        inside: Any = self.data
        for part in path:
            if isinstance(inside, dict):
                inside = inside.get(part)
            elif isinstance(inside, list) and isinstance(part, int):
                inside = inside[part]
            else:
                return None
        return inside

    def _rows(self, page: Any, heads: list[str]) -> Iterator[Row]:
        """Yield the rows below the heads that say anything, by the keys of their columns."""
        for line, cells in enumerate(
            page.iter_rows(min_row=FIRST_ROW, max_row=MAX_ROWS, max_col=max(len(heads), 1)),
            FIRST_ROW - 1,
        ):
            row: Row = {}
            for place, (head, cell) in enumerate(zip(heads, cells, strict=False)):
                text = self._text(cell, _Mark(line, place, page.title)) if head else ""
                if text:
                    row[head] = _Value(text, _Mark(line, place, page.title))
            if row:
                yield row

    def _text(self, cell: Any, mark: _Mark) -> str:
        value = cell.value
        if value is None:
            return ""
        if getattr(cell, "data_type", "") in {"f", "e"}:
            self._complain(
                mark,
                Text("数式やエラー値は読めません。", "Formulas and error values are not read."),
                Text("値を文字で書いてください。", "Write the value as text."),
            )
            return ""
        text = _as_text(value)
        if FORBIDDEN.search(text):
            self._complain(
                mark,
                Text("使えない制御文字があります。", "Holds a control character."),
                Text("書き直してください。", "Write it again."),
            )
            return ""
        return text

    def _complain(self, mark: _Mark, message: Text, hint: Text | None) -> None:
        place = Place(self.name, mark.line + 1, mark.column + 1, mark.sheet)
        self.problems.append(Problem(place, "", message, hint))


def _as_text(value: Any) -> str:
    """Return what a cell holds as a plan file would say it."""
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    if isinstance(value, datetime):
        return value.date().isoformat()
    return value.isoformat() if isinstance(value, date) else str(value).strip()


def _mappings(node: Any, path: Path) -> Iterator[tuple[Path, Any]]:
    if isinstance(node, dict):
        yield path, node
        for key, value in node.items():
            yield from _mappings(value, (*path, key))
    elif isinstance(node, list):
        for place, value in enumerate(node):
            yield from _mappings(value, (*path, place))


def _in_order(data: dict[str, Any]) -> dict[str, Any]:
    """Return the data with its sections in the order of the plan file."""
    order = ["format", "municipality", "recorded", *(sheet.name for sheet in sheets())]
    return dict(sorted(data.items(), key=lambda item: order.index(item[0])))
