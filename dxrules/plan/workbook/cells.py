"""Cells as text, each with its place, and what is wrong with them."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Collection, Iterable, Iterator, Mapping

from dxrules.errors import Place, Problem
from dxrules.frozen import frozen
from dxrules.plan.workbook.hidden_places import HiddenPlaces
from dxrules.source import Refusal
from dxrules.source.build import not_allowed
from dxrules.source.sheets import Merged, NamedValue, Note, SheetCell, SheetPage
from dxrules.source.sheets.cell_display import shown
from dxrules.source.sheets.sheet import letters
from dxrules.texts import NOT_IN_LINES, Text, same, shorten, visible

CellPosition = tuple[int, int]
"""A row and a column, counted from 1."""


@frozen
class Spread:
    """What the merged ranges of a sheet mean for the cells that are read.

    `above` leads from a cell to the row in which its value stands; the cells of `unclear` cannot
    be read, as the ranges of `refused` hold them; `below` are those of them under its first row.
    """

    above: Mapping[CellPosition, int]
    unclear: Collection[CellPosition]
    below: Collection[CellPosition]
    refused: tuple[Merged, ...]


def spread(
    page: SheetPage, heads: Mapping[int, str], first: int, spreading: Collection[str]
) -> Spread:
    """Return what merged ranges mean below the heads of a sheet.

    A person sees a value in every row of a range that is one column wide, so it holds for each
    if the column is one of `spreading`. A range over several columns that are read, one that
    hides a value, and one of a column that names entries could be read in two ways.
    """
    lines = sorted(page.cells)
    above: dict[CellPosition, int] = {}
    unclear: set[CellPosition] = set()
    below: set[CellPosition] = set()
    taken: set[CellPosition] = set()
    refused = []
    for each in page.merged:
        columns = [place for place in heads if each.column <= place <= each.last_column]
        within = lines[bisect_left(lines, each.row) : bisect_right(lines, each.last_row)]
        spots = [(line, place) for line in within if line >= first for place in columns]
        if not taken.isdisjoint(spots):  # no spreadsheet writes ranges that overlap
            refused.append(each)
            break
        taken.update(spots)
        filled = _filled(page, each, within) if spots else []
        if not filled:
            continue
        under = [spot for spot in spots if spot[0] > each.row]
        sure = filled == [(each.row, each.column)] and columns == [each.column]
        if sure and each.row >= first and (not under or heads[each.column] in spreading):
            above.update(dict.fromkeys(under, each.row))
        else:
            refused.append(each)
            unclear.update(spots)
            below.update(under)
    return Spread(above, unclear, below, tuple(refused))


def _filled(page: SheetPage, merged: Merged, lines: list[int]) -> list[CellPosition]:
    """Return the cells of a range that say anything; those but the first are hidden."""
    columns = range(merged.column, merged.last_column + 1)
    return [(line, place) for line in lines for place in page.cells[line] if place in columns]


_MOST = 1_000
_STRUCK = Text("取消線が引かれています({cells})。", "It is struck through ({cells}).")
_NOT_STRUCK = Text(
    "削除したものならセルを空にし、残すものなら取消線を外してください。",
    "If it was deleted, empty the cells; if it still holds, take the line off.",
)
_MERGED = Text("{cells} が結合されています。", "{cells} are merged.")
_NOT_MERGED = Text(
    "結合を解き、それぞれのセルに書いてください。",
    "Unmerge them, and write into each cell what belongs there.",
)
_SHAPE = Text("図形の中の「{said}」は読まれません。", 'The text "{said}" in a shape is not read.')
_PICTURE = Text(
    "図、グラフ、ボタンなどは読まれません。", "A picture, a chart or a button is not read."
)
_UNREAD = Text("「{said}」は読まれません。", '"{said}" is not read.')
_NOTE = Text("コメント「{said}」は読まれません。", 'The note "{said}" is not read.')
_MARGIN = Text(
    "ヘッダー・フッターの「{said}」は読まれません。",
    'The header or footer "{said}" is not read.',
)
_OWN = "dxrules"
"""The author of the notes that a workbook is made with."""
_NAMED = Text(
    "名前の定義「{name}」の「{said}」は読まれません。",
    'The name "{name}", which stands for "{said}", is not read.',
)
_ONLY_A_DAY = re.compile(r"\d{4}-\d\d-\d\d")
"""What stands above the printed pages of an inquiry."""
_INTO_A_CELL = Text(
    "計画に書いてあることなら、{first}行目から下のセルに書いてください。",
    "If the plan says it, write it into a cell from row {first} on.",
)
_MOST_REMARKS = 20
_MORE = Text(
    "{file}: 読まれないものが、ほかに{count}件あります。", "{file}: {count} more are not read."
)
_NO_SHAPE = Text(
    "セルに書くか、図形を消してください。", "Write it into a cell, or delete the shape."
)


@frozen
class Mark:
    """A cell; both count from 0, as YAML's marks do."""

    line: int
    column: int
    sheet: str

    def seen_from(self, sheet: str) -> str:
        """Return the name of the cell, with its sheet where that is another."""
        name = f"{letters(self.column + 1)}{self.line + 1}"
        return name if self.sheet == sheet else f"{self.sheet}!{name}"


@frozen
class CellValue:
    """What a cell says, and where it is; no text where it could not be read.

    It is `from_above` if it stands in a row above, in a merged cell that holds this row too.
    """

    text: str
    mark: Mark
    from_above: bool = False


SheetRow = dict[str, CellValue]
"""What the cells of a row say, by the keys of their columns; none of an empty cell."""


@frozen
class Read:
    """Which columns of a sheet are read: their keys by number, counted from 1, and from which row.

    `spreading` are the keys whose value holds for every row of a merged range; `stray` are the
    cells above, by row and column, that are neither titles nor labels nor keys.
    """

    heads: Mapping[int, str]
    first: int
    spreading: Collection[str] = frozenset()
    stray: Collection[tuple[int, int]] = ()


class SheetCells:
    """Reads the sheets of a workbook that messages call `name`, and collects its faults.

    `titles` stand above printed pages, as the title of a sheet itself does, and are not told.
    """

    def __init__(self, name: str, titles: Collection[str] = ()) -> None:
        self.name = name
        self._titles = titles
        self.problems: list[Problem] = []
        self._remarks: list[Text] = []
        self._margins: set[str] = set()
        self._hidden = HiddenPlaces()

    @property
    def remarked(self) -> tuple[Text, ...]:
        """What is said of what nobody reads; of what is beyond the first few, their number."""
        more = len(self._remarks) - _MOST_REMARKS
        told = self._remarks[:_MOST_REMARKS]
        if more > 0:
            told.append(_MORE.format(file=self.name, count=more))
        return (*told, *(same(f"{self.name}: ") + said for said in self._hidden.told()))

    def remark(self, mark: Mark, message: Text, first: int) -> None:
        """Say that something is not read where it stands: values stand from row `first` on."""
        place = Place(self.name, mark.line + 1, mark.column + 1, mark.sheet)
        into = _INTO_A_CELL.format(first=first)
        self._remarks.append(same(f"{place}: ") + message + Text("", " ") + into)

    def tell_unread_sheet(self, page: SheetPage, stray: Iterable[tuple[int, int]]) -> None:
        """Tell of what stands on a sheet of which nothing is read."""
        said = [(each.row, each.column, _PICTURE) for each in page.drawn if not each.text]
        said += [
            (each.row, each.column, _SHAPE.format(said=quoted(each.text)))
            for each in page.drawn
            if each.text
        ]
        said += [
            (each.row, each.column, _NOTE.format(said=quoted(each.text))) for each in page.notes
        ]
        said += [
            (line, place, _UNREAD.format(said=quoted(str(page.cells[line][place].value))))
            for line, place in stray
        ]
        for line, place, message in said:
            self.tell(Mark(line - 1, place - 1, page.title), message)

    def tell_names(self, named: Iterable[NamedValue]) -> None:
        """Tell of names that stand for values of their own."""
        for each in named:
            said = _NAMED.format(name=quoted(each.name), said=quoted(each.value))
            self._remarks.append(same(f"{self.name}: ") + said)

    def tell(self, mark: Mark, message: Text) -> None:
        """Say how a cell was taken, or that it was not, which is no fault."""
        place = Place(self.name, mark.line + 1, mark.column + 1, mark.sheet)
        self._remarks.append(same(f"{place}: ") + message)

    def complain(
        self, mark: Mark, message: Text, hint: Text | None = None, *, key: str = ""
    ) -> None:
        """Note what is wrong with a cell, and with which key of the plan if it has one."""
        if len(self.problems) >= _MOST:  # far more than are ever shown
            return
        place = Place(self.name, mark.line + 1, mark.column + 1, mark.sheet)
        self.problems.append(Problem(place, key, message, hint))

    def rows(self, page: SheetPage, read: Read) -> Iterator[SheetRow]:
        """Yield the rows that say anything, with what merged cells say of them."""
        self._shapes(page, read.first)
        self._above(page, read)
        merged = spread(page, read.heads, read.first, read.spreading)
        for each in merged.refused:
            mark = Mark(each.row - 1, each.column - 1, page.title)
            self.complain(mark, _MERGED.format(cells=str(each)), _NOT_MERGED)
        taken = []
        for line in sorted(page.cells):
            if line >= read.first and (row := self._row(page, line, read, merged)):
                taken.append(line)
                yield row
        self._hidden.note(page, read.heads, taken)

    def _row(self, page: SheetPage, line: int, read: Read, merged: Spread) -> SheetRow:
        """Return what the read cells of a row say; a merged cell adds to a row, and makes none."""
        cells = page.cells[line]
        struck = [place for place in read.heads if place in cells and cells[place].struck]
        if struck:
            named = ", ".join(f"{letters(place)}{line}" for place in struck)
            mark = Mark(line - 1, struck[0] - 1, page.title)
            self.complain(mark, _STRUCK.format(cells=named), _NOT_STRUCK)
        row: SheetRow = {}
        for place, head in read.heads.items():
            mark = Mark(line - 1, place - 1, page.title)
            if (line, place) in merged.unclear or place in struck:
                row[head] = CellValue("", mark)
            elif place in cells:
                text = self._text(cells[place], mark)
                if text or text is None:
                    row[head] = CellValue(text or "", mark)
        if all(self._only_unclear(line, value, merged) for value in row.values()):
            return {}
        for place, head in read.heads.items():
            above = merged.above.get((line, place))
            if above is not None and head not in row:
                text = self._said(page.cells[above][place])
                row[head] = CellValue(text, Mark(line - 1, place - 1, page.title), from_above=True)
        return {head: row[head] for head in read.heads.values() if head in row}

    @staticmethod
    def _only_unclear(line: int, value: CellValue, merged: Spread) -> bool:
        """Tell whether a value is nothing but the lower part of a merged range."""
        return (line, value.mark.column + 1) in merged.below

    def _shapes(self, page: SheetPage, first: int) -> None:
        """Complain of texts in shapes, and remark on pictures."""
        for each in page.drawn:
            mark = Mark(each.row - 1, each.column - 1, page.title)
            if each.text:
                self.complain(mark, _SHAPE.format(said=quoted(each.text)), _NO_SHAPE)
            else:
                self.remark(mark, _PICTURE, first)

    def _above(self, page: SheetPage, read: Read) -> None:
        """Remark on notes, and on what stands above the values and is no label of them."""
        for each in page.notes:
            if each.row >= read.first or not _comes_with_the_workbook(page, each):
                mark = Mark(each.row - 1, each.column - 1, page.title)
                self.remark(mark, _NOTE.format(said=quoted(each.text)), read.first)
        for margin in page.margins:
            if margin not in {page.title, *self._titles} and not _ONLY_A_DAY.fullmatch(margin):
                self._margin(page, margin, read.first)
        for line, place in read.stray:
            mark = Mark(line - 1, place - 1, page.title)
            said = quoted(str(page.cells[line][place].value))
            self.remark(mark, _UNREAD.format(said=said), read.first)

    def _margin(self, page: SheetPage, said: str, first: int) -> None:
        """Remark, once, on a header or footer, which may be that of many sheets."""
        if said not in self._margins:
            self._margins.add(said)
            self.remark(Mark(0, 0, page.title), _MARGIN.format(said=quoted(said)), first)

    @staticmethod
    def _said(cell: SheetCell) -> str:
        """Return what a merged cell says in a row below its own, where faults were told."""
        try:
            text = shown(cell)
        except Refusal:
            return ""
        return "" if cell.struck or NOT_IN_LINES.search(text) else text

    def _text(self, cell: SheetCell, mark: Mark) -> str | None:
        """Return what a cell says; None, which is complained of, if it cannot be read.

        Lines are values of a list, if the column holds one.
        """
        try:
            text = shown(cell)
        except Refusal as refusal:
            self.complain(mark, refusal.text, refusal.hint)
            return None
        if found := NOT_IN_LINES.search(text):
            self.complain(mark, *not_allowed(found[0]))
            return None
        return text


def _comes_with_the_workbook(page: SheetPage, note: Note) -> bool:
    """Tell whether a note on a head is that of dxrules: it begins with the head itself.

    Other programs do not keep who wrote a note.
    """
    cell = page.cells.get(note.row, {}).get(note.column)
    head = "" if cell is None else str(cell.value).removesuffix(" (＊)").removesuffix(" ＊")
    return note.author == _OWN or bool(head and note.text.partition("\n")[0].strip() == head)


def quoted(text: str) -> str:
    """Return a text of a file as a message can quote it."""
    return shorten(visible(" ".join(text.split())))
