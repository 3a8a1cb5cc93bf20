r"""What was read of a published document: pages, blocks in the order of reading, cells, bars.

An `Original` is the same whatever format it was read from, and plain enough to be carried
between processes:

    Original(file="plan.pdf", form="pdf", pages=(Page(1), Page(2, printed="1")), blocks=(
        Block("heading", "1 計画の期間", page=2, section=("1",), sign="1"),
        Block("paragraph", "本計画の期間は、令和8年度から…", page=2, section=("1",)),
        Block("item", "(1) 窓口の改革", page=2, section=("1",), sign="(1)"),
        Block("table", "取組\t令和8年度\n窓口\t→", page=2, section=("1",), cells=(
            Cell(0, 0, "取組"), Cell(0, 1, "令和8年度"), Cell(1, 0, "窓口"), Cell(1, 1, "→")),
            bars=(Bar(row=1, first=1, last=1, by="sign"),)),
    ), lost=(Lost("picture", page=2),))

The place of a block is its index in `blocks`, its page and its section; that of a cell its row
and column besides. Pages count from 1 in the file; formats without pages (text, HTML, Word) have
none, and `page` is None. Rows and columns count from 0.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Final, Literal

from dxrules.frozen import frozen
from dxrules.texts import Text

Form = Literal["pdf", "docx", "xlsx", "html", "markdown", "text"]
BlockKind = Literal["heading", "paragraph", "item", "table", "footnote", "contents", "furniture"]
"""What a block is.

`contents` is a line of the table of contents, `furniture` a header or footer that runs through
the pages; whoever looks for what a town says looks at neither.
"""
LostKind = Literal[
    "picture",
    "chart",
    "drawing",
    "text",
    "embedded",
    "struck",
    "hidden",
    "sheet",
    "formula",
    "page",
]
"""What may hold something that could not be read: `text` are signs without a code.

`hidden` is what nobody sees: cells of rows and columns of a workbook that are not shown, text
that is hidden, white on white, below an area or in a layer that is off. `sheet` are such sheets.
"""
WHAT_IS_LOST: Final[Mapping[LostKind, Text]] = {
    "picture": Text("図・写真", "pictures"),
    "chart": Text("グラフ", "charts"),
    "drawing": Text("図形", "drawings"),
    "text": Text("文字コードのない文字", "characters without a code"),
    "embedded": Text("埋め込まれたもの", "embedded objects"),
    "struck": Text("取消線の引かれた箇所", "passages that are struck through"),
    "hidden": Text("非表示のセルや文字", "hidden cells and text"),
    "sheet": Text("非表示のシート", "hidden sheets"),
    "page": Text("白紙か、読めないページ", "pages that are blank or cannot be read"),
    "formula": Text("計算結果が保存されていない数式", "formulas without a saved result"),
}
"""How each kind is called, in reports, on the desk and in plan files that are drafted."""
BarSource = Literal["fill", "drawing", "sign"]
"""What a bar was read from: the colour of cells, a shape that is drawn, arrows in text."""


@frozen
class Box:
    """A rectangle on a page, in points from its top left corner."""

    left: float
    top: float
    right: float
    bottom: float


@frozen
class Page:
    """A page: which one of the file, the number printed on it if any, its size in points."""

    number: int
    printed: str = ""
    width: float = 0
    height: float = 0


@frozen
class Cell:
    """A cell of a table; one that was merged stands once, at its top left, and spans the rest.

    `fill` is the colour of its ground as RRGGBB, empty if it has none. `page` and `box` are known
    only where the format has pages.
    """

    row: int
    column: int
    text: str
    rows: int = 1
    columns: int = 1
    fill: str = ""
    page: int | None = None
    box: Box | None = None


@frozen
class Bar:
    """A bar of a schedule: in a row of its table, from the first to the last column it covers."""

    row: int
    first: int
    last: int
    by: BarSource


@frozen
class Block:
    """A heading, paragraph, item of a list, table or footnote.

    `text` is all that stands in it: of a table its rows as lines, with tabs between cells.
    `section` are the signs of the headings around it, outermost first, as `("第2章", "1", "(3)")`;
    of a heading its own, too. `sign` is what a heading or item begins with, as `(3)` or `・`;
    `level` what the format says of a heading, 0 if nothing. `name` is the sheet of a workbook.
    A footnote mark in the text is a superscript digit, as in `DX¹`.
    """

    kind: BlockKind
    text: str
    page: int | None = None
    section: tuple[str, ...] = ()
    sign: str = ""
    level: int = 0
    box: Box | None = None
    cells: tuple[Cell, ...] = ()
    bars: tuple[Bar, ...] = ()
    name: str = ""

    def rows(self) -> Iterator[tuple[Cell, ...]]:
        """Yield the rows of a table, each with the cells that begin in it, by column."""
        rows: dict[int, list[Cell]] = {}
        for cell in self.cells:
            rows.setdefault(cell.row, []).append(cell)
        for row in sorted(rows):
            yield tuple(sorted(rows[row], key=lambda cell: cell.column))

    def at(self, row: int, column: int) -> Cell | None:
        """Return the cell that covers a place of the table; None where there is none."""
        return next(
            (
                cell
                for cell in self.cells
                if cell.row <= row < cell.row + cell.rows
                and cell.column <= column < cell.column + cell.columns
            ),
            None,
        )


@frozen
class LostContent:
    """Something that stands in the document and could not be read; `count` of its kind there."""

    kind: LostKind
    page: int | None = None
    count: int = 1


@frozen
class Original:
    """A document as it was read; `encoding` is that of a text, else empty."""

    file: str
    form: Form
    blocks: tuple[Block, ...]
    pages: tuple[Page, ...] = ()
    lost: tuple[LostContent, ...] = ()
    encoding: str = ""

    def body(self) -> Iterator[tuple[int, Block]]:
        """Yield what the document itself says, with its place: neither contents nor furniture."""
        for place, block in enumerate(self.blocks):
            if block.kind not in {"contents", "furniture"}:
                yield place, block

    def printed(self, page: int | None) -> str:
        """Return the number that is printed on a page, or else its place in the file; or nothing.

        Plan files name the former: it is what people turn to.
        """
        found = next((each for each in self.pages if each.number == page), None)
        return "" if found is None else found.printed or str(found.number)


def table_text(cells: tuple[Cell, ...]) -> str:
    r"""Return the text of a table: rows as lines, with tabs between cells.

    >>> table_text((Cell(0, 0, "a"), Cell(0, 1, "b"), Cell(1, 0, "c")))
    'a\tb\nc'
    """
    rows = Block("table", "", cells=cells).rows()
    return "\n".join("\t".join(cell.text.translate(_IN_A_CELL) for cell in row) for row in rows)


_IN_A_CELL = str.maketrans("\t\n", "  ")
