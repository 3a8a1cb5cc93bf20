"""A filled-in workbook as the data of a plan file, with the cell of every key and value.

What cells hold counts, not how it looks: a date cell, a number and a text are all read as the
text that a plan file would have. The plan's models then judge it as they judge YAML.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator
from typing import Any

from dxrules.errors import Place, Problem
from dxrules.plan.blank_marks import says_nothing
from dxrules.plan.workbook.cell_figures import PERCENT, as_number, is_percent, share_in
from dxrules.plan.workbook.cell_words import SEPARATORS
from dxrules.plan.workbook.cells import CellValue, Mark, SheetCells, SheetRow, quoted
from dxrules.plan.workbook.choices import Choices, Offered
from dxrules.plan.workbook.header_row import (
    NAMING,
    READ_KEY,
    READ_VALUE,
    by_column,
    by_key,
    says_keys,
)
from dxrules.plan.workbook.layout import (
    CODES,
    EACH,
    EVIDENCE_SHEET,
    KEY,
    KEY_HEAD,
    OWNER,
    SECTIONS_SHEET,
    SHEET,
    VALUE_AT,
    YES_OR_NO,
    KeyColumn,
    Sheet,
    optional_tables,
    sheets,
)
from dxrules.plan.workbook.row_owners import SLUG, Belonging
from dxrules.plan.workbook.sheet_names import complain_of_gone, find, titles
from dxrules.plan.workbook.shorthand import Shorthand, to_the_letter
from dxrules.plan.workbook.tree import Tree
from dxrules.source import Document, Path, did_you_mean
from dxrules.source.build import not_allowed
from dxrules.source.file_kind import kind_of
from dxrules.source.placed_data import dotted
from dxrules.source.sheets import BookError, SheetPage, read_book
from dxrules.texts import LANGS, Text

_LIST_SIGNS = str.maketrans(dict.fromkeys(SEPARATORS, ","))
_LEADING = frozenset({SHEET, OWNER, KEY})
"""The columns that say where an entry belongs, and are no keys of it."""
_WITHOUT_UNIT = frozenset({"text_measure"})
"""What an indicator says of another measure than its own."""

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
_ROW_WITHOUT_KEY = Text(
    "この行にはキーがなく、読まれません。", "This row has no key, and is not read."
)
_BESIDE_ITS_KEY = Text("項目のある行に書いてください。", "Write it where the key stands.")
_UNKNOWN_KEY = Text("知らないキーです。", "Unknown key.")
_UNKNOWN_SECTION = Text("知らない節です。", "Unknown section.")
_KEY_TWICE = Text(
    "「{said}」のキーは2回あります(最初は{first}行目)。",
    'The key "{said}" stands twice (first in row {first}).',
)
_TWICE = Text("「{said}」は2回あります。", '"{said}" stands twice.')
_READ_AT: Path = ("document", "read")
_ALWAYS_THERE = frozenset({"format"})
_TAKEN_IN_PART = Text(
    "空なので、ほかの空欄はまだ読んでいないものとして判定します。"
    "計画書を全部読んで記入したら「全部」としてください。",
    "It is empty, so that other empty cells are taken as not yet read. "
    'When all of the document was read and filled in, choose "complete".',
)
_AFTER_ROW = Text(
    "シートを{row}行目までしか読めません。", "The sheet can be read to row {row} only: "
)


def document_of(raw: bytes, name: str) -> Document:
    """Return the document that a workbook holds; whatever is wrong with it is in `problems`."""
    other = kind_of(raw, name)
    if other is not None:
        return Document(name, problems=(Problem(Place(name, 1, 1), "", other.no_plan),))
    try:
        book = read_book(raw)
    except BookError as error:
        return _refused(name, error)
    taker = _Taker(SheetCells(name, titles()), book.pages)
    taker.take()
    taker.cells.tell_names(book.named)
    data, values = _in_order(taker.tree.data), taker.tree.values
    return Document(
        name,
        data,
        values,
        values,
        tuple(taker.cells.problems),
        guessed=frozenset(taker.tree.guessed),
        raw=raw,
        sheets=tuple(page.title for page in book.pages),
        strays=tuple((path, tree.document(name)) for path, tree in taker.strays),
        remarks=taker.cells.remarked,
    )


def _refused(name: str, error: BookError) -> Document:
    """Return what is said of a workbook that cannot be read to its end."""
    message = error.text
    if error.row:
        message = _AFTER_ROW.format(row=error.row) + message
    place = Place(name, max(error.row, 1), 1, error.sheet)
    return Document(name, problems=(Problem(place, "", message, error.hint),))


def _in_order(data: dict[str, Any]) -> dict[str, Any]:
    """Return the data with its sections in the order of the plan file."""
    order = ["format", "municipality", "recorded", *(sheet.name for sheet in sheets())]
    return dict(sorted(data.items(), key=lambda item: order.index(item[0])))


class _Taker:
    """Makes data of sheets, in the order of the plan file, whatever theirs is."""

    def __init__(self, cells: SheetCells, pages: Iterable[SheetPage]) -> None:
        self.cells = cells
        self.found = find(cells, pages)
        codes = self.found.pages.get(CODES)
        self.choices = Choices(cells, Offered({}) if codes is None else Offered.read(codes))
        front = self.found.pages.get(sheets()[0].name)
        self.shorthand = Shorthand(cells)
        self.tree = Tree(Mark(0, 0, "" if front is None else front.title))
        absent = {sheet.name for sheet in sheets()} - self.found.pages.keys()
        self.belonging = Belonging(cells, self.tree, absent)
        self.shares: list[tuple[Path, CellValue]] = []
        self.strays: list[tuple[Path, Tree]] = []
        self.naming: list[tuple[str, Path, CellValue]] = []
        self.sections: dict[str, bool] = {}

    def take(self) -> None:
        """Read all sheets that say anything."""
        if SECTIONS_SHEET in self.found.pages:
            self._sections(self.found.pages[SECTIONS_SHEET])
        for sheet in sheets():
            page = self.found.pages.get(sheet.name)
            if page is not None and sheet.shape == "keys":
                self._keys(sheet, page)
            elif page is not None:
                self._entries(sheet, page)
        self._named_entries()
        self._units_of_shares()
        self.choices.asked.put()
        self.shorthand.tell()
        self._read_in_part()
        complain_of_gone(self.cells, self.found, self.tree, self.belonging.wanted)

    def _sections(self, page: SheetPage) -> None:
        """Make empty what was read and holds nothing; later rows fill it."""
        tables = optional_tables()
        for row, key in self._keyed(page, tables, _UNKNOWN_SECTION):
            read = row.get(READ_VALUE)
            self.sections[key.text] = read is not None
            if read is not None and self.choices.chosen(YES_OR_NO, read, read.text) == "yes":
                empty: Any = [] if tables[key.text][1] == "list" else {}
                self.tree.put(tuple(key.text.split(".")), empty, read.mark)

    def _keyed(
        self, page: SheetPage, known: Collection[str], unknown: Text
    ) -> Iterator[tuple[SheetRow, CellValue]]:
        """Yield the rows of a sheet of keys, each with its key; another row is a fault."""
        lines: dict[str, int] = {}
        for row in self.cells.rows(page, by_key(self.cells, page, known)):
            key = self._key_of(row)
            if key is None:
                continue
            if key.text not in known:
                self.cells.complain(key.mark, unknown, did_you_mean(key.text, known))
            elif key.text in lines:
                message = _KEY_TWICE.format(said=key.text, first=lines[key.text] + 1)
                self.cells.complain(key.mark, message)
            else:
                lines[key.text] = key.mark.line
                yield row, key

    def _key_of(self, row: SheetRow) -> CellValue | None:
        """Return the key of a row; a value without one is a fault, unless it is the labels."""
        if READ_KEY in row:
            key = row[READ_KEY]
            label = key.text in {KEY_HEAD.in_(lang) for lang in LANGS}
            return key if key.text and not label else None
        mark = next(iter(row.values())).mark
        self.cells.complain(mark, _ROW_WITHOUT_KEY, _BESIDE_ITS_KEY)
        return None

    def _keys(self, sheet: Sheet, page: SheetPage) -> None:
        columns = {column.name: column for column in sheet.columns}
        for row, key in self._keyed(page, columns, _UNKNOWN_KEY):
            column, value = columns[key.text], row.get(READ_VALUE)
            value = value and self.shorthand.meant(sheet.name, column, value)
            if value is not None:
                self._scalar(self.tree, column.key, column, value)
            else:
                self.tree.miss(column.key, Mark(key.mark.line, VALUE_AT, key.mark.sheet))

    def _entries(self, sheet: Sheet, page: SheetPage) -> None:
        read = by_column(self.cells, page, sheet)
        if read is None:
            self.belonging.unsure.add(sheet.name)
            return
        columns = {column.name: column for column in sheet.columns}
        needed = {name: each for name, each in columns.items() if each.always}
        has_ids = "id" in columns and not columns["id"].names
        lacking = needed.keys() - read.heads.values()
        if lacking & NAMING:
            self.belonging.unsure.add(sheet.name)
        places = {head: place for place, head in read.heads.items()}
        entries = (row for row in self.cells.rows(page, read) if not says_keys(self.cells, row))
        for row in self.shorthand.all_in_full(sheet.name, entries, columns):
            path = None if lacking & _LEADING else self._entry(sheet, row)
            tree = self.tree
            if path == ():
                continue
            if path is None:
                path, tree = (), self._stray(sheet, row)
            tree.miss_in_row(path, row, needed, places)
            for name, value in row.items():
                if name not in _LEADING:
                    self._scalar(tree, (*path, *columns[name].key), columns[name], value)
            if has_ids:
                self._id(sheet, tree, row, path)

    def _id(self, sheet: Sheet, tree: Tree, row: SheetRow, path: Path) -> None:
        """Give an entry its id; one that cannot be read leaves open what others name."""
        given, title = row.get("id"), row.get("title")
        inner = (*path, "id")
        if (given is not None and not given.text) or (given is None and not (title and title.text)):
            self.belonging.unsure.add(sheet.name)
            tree.miss(inner, next(iter(row.values())).mark)
            tree.guessed.add(inner)
            return
        named = self.belonging.named(sheet.name)
        mark = (given or title or next(iter(row.values()))).mark
        tree.put(inner, named.add(self.cells, given, title, path), mark)

    def _entry(self, sheet: Sheet, row: SheetRow) -> Path | None:
        """Make the entry of a row; return its path, or None if its owner or key is missing."""
        first = next(iter(row.values())).mark
        if sheet.name == EVIDENCE_SHEET:
            table = self.belonging.evident(sheet, row, first, self.choices)
        elif sheet.owned:
            table = self.belonging.owner(sheet, row, first)
        else:
            table = sheet.path
        if table is None:
            return None
        if sheet.shape == "mapping":
            return self._key(sheet, table, row, first)
        return self.tree.append(table, first)

    def _stray(self, sheet: Sheet, row: SheetRow) -> Tree:
        """Return where an entry goes that belongs to nothing known: it is looked at all the same.

        Evidence is of one kind wherever it belongs.
        """
        tree = Tree(next(iter(row.values())).mark)
        each: Path = ("plan", EVIDENCE_SHEET) if sheet.name == EVIDENCE_SHEET else sheet.path
        self.strays.append((tuple(0 if part == EACH else part for part in (*each, EACH)), tree))
        return tree

    def _key(self, sheet: Sheet, table: Path, row: SheetRow, first: Mark) -> Path | None:
        """Make the entry of a key; return its path, none of a row with nothing else."""
        key = row.get(KEY)
        if key is None:
            self.cells.complain(first, _NOTHING_CHOSEN, _CHOOSE)
        if key is None or not key.text:
            self.belonging.unsure.add(sheet.name)
            return None
        column = next(each for each in sheet.columns if each.name == KEY)
        chosen = self.choices.chosen(column, key, key.text, (*table, key.text))
        if chosen is None:
            self.belonging.unsure.add(sheet.name)
            return None
        path = (*table, chosen)
        if row.keys() == {KEY} and self.choices.offered.lists_entry(column, chosen):
            self.belonging.listed.setdefault(sheet.path, {})[chosen] = key.mark
            return ()
        if self.tree.at(path) is not None:
            self.cells.complain(key.mark, _TWICE.format(said=quoted(key.text)))
            return None
        self.tree.put(path, {}, key.mark)
        return path

    def _scalar(self, tree: Tree, path: Path, column: KeyColumn, value: CellValue) -> None:
        if not value.text:
            tree.miss(path, value.mark)
            tree.guessed.add(path)
            return
        if column.figure and (share := share_in(value.text)):
            tree.put(path, share, value.mark)
            if tree is self.tree:
                self.shares.append((path, value))
            return
        if not column.several:
            if "\n" in value.text:
                self.cells.complain(value.mark, *not_allowed("\n"), key=dotted(path))
                tree.miss(path, value.mark)
                return
            said = self.choices.chosen(column, value, as_number(column, value.text), path)
            if said is None:
                tree.miss(path, value.mark)
                tree.guessed.add(path)
                return
            tree.put(path, said, value.mark)
            if column.names and tree is self.tree:
                self.naming.append((column.names, path, value))
            return
        parts = [part.strip() for part in value.text.translate(_LIST_SIGNS).split(",")]
        none = value.text == "[]" or says_nothing(value.text)
        items = [] if none else [part for part in parts if part]
        tree.put(path, [], value.mark)
        for item in items:
            inner = (*path, len(tree.at(path)))
            said = self.choices.chosen(column, value, item, inner)
            if said is not None:
                tree.at(path).append(to_the_letter(said))
                tree.values[inner] = value.mark

    def _named_entries(self) -> None:
        """Put ids in the place of the titles and numbers by which rows name other entries."""
        for sheet, path, value in self.naming:
            if SLUG.fullmatch(value.text) and not self.belonging.named(sheet).knows(value.text):
                continue  # an id that no entry has is for whoever reads the plan
            found = self.belonging.find(sheet, value)
            own = None if found is None else self.tree.at((*found, "id"))
            if own is not None:
                self.tree.put(path, own, value.mark)
            else:
                self.tree.miss(path, value.mark)
                self.tree.at(path[:-1]).pop(path[-1], None)
                self.tree.guessed.add(path)

    def _read_in_part(self) -> None:
        """Take empty cells as not yet read, until it is said that all of the document was read."""
        if _READ_AT in self.tree.values and self.tree.at(_READ_AT) is None:
            mark = self.tree.values[_READ_AT]
            answered = self.tree.at(_READ_AT[:1]) is not None or self.sections.get("document")
            if self.sections and not answered and self.tree.data.keys() - _ALWAYS_THERE:
                self.tree.put(_READ_AT, "unstated", mark)
                self.cells.tell(mark, _TAKEN_IN_PART)

    def _units_of_shares(self) -> None:
        """Measure in percent what is given so; find fault where another unit is."""
        for path, value in self.shares:
            at_unit = (*path[:2], "unit")
            unit = self.tree.at(at_unit)
            unread = unit is None and at_unit in self.tree.values
            if unread or path[2] in _WITHOUT_UNIT:
                continue
            if unit is None:  # as in a plan file, a figure tells the unit
                self.tree.put(at_unit, PERCENT, value.mark)
            elif not is_percent(unit):
                self.cells.complain(
                    value.mark,
                    _OTHER_UNIT.format(said=quoted(value.text), unit=quoted(unit)),
                    _UNIT_OF_SHARES,
                    key=dotted(path),
                )
