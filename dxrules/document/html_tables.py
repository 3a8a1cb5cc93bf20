"""Tables in the words of HTML: on a page, or within a Markdown text that has no other way."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any, Final

from selectolax.lexbor import LexborHTMLParser

from dxrules.document.colours import colour_of
from dxrules.document.tables import Grid

if TYPE_CHECKING:
    from collections.abc import Callable

_GROUND: Final = re.compile(r"background(?:-color)?\s*:\s*([^;]{1,60})", re.IGNORECASE)
_DIGITS: Final = 5


def html_rows(table: Any) -> list[list[Any]]:
    """Return the cells of the rows of a table, without those of tables within it."""
    rows: list[list[Any]] = []
    child = table.child
    while child is not None:
        if child.tag == "tr":
            rows.append([each for each in child.iter() if each.tag in {"td", "th"}])
        elif child.tag in {"thead", "tbody", "tfoot"}:
            rows += html_rows(child)
        child = child.next
    return rows


def html_grid(rows: list[list[Any]], text_of: Callable[[Any], str]) -> Grid:
    """Return rows of cells as a grid; `text_of` tells what a cell says."""
    grid = Grid()
    for row in rows:
        grid.next_row()
        for cell in row:
            grid.add(text_of(cell), _span(cell, "rowspan"), _span(cell, "colspan"), _fill(cell))
    return grid


def grids_within(text: str, clean: Callable[[str], str]) -> list[Grid]:
    """Return the tables of a piece of text that is written in HTML, outermost only."""
    tree: Any = LexborHTMLParser(text)
    return [
        html_grid(html_rows(table), lambda cell: clean(" ".join(cell.text(separator=" ").split())))
        for table in tree.css("table")
        if not _is_within_a_table(table)
    ]


def _is_within_a_table(node: Any) -> bool:
    above = node.parent
    while above is not None and above.tag != "table":
        above = above.parent
    return above is not None


def _span(cell: Any, name: str) -> int:
    said = (cell.attributes.get(name) or "").strip()
    return int(said) if said.isascii() and said.isdecimal() and len(said) < _DIGITS else 1


def _fill(cell: Any) -> str:
    """Return the colour of a cell's ground: its own, or its row's."""
    for node in (cell, cell.parent):
        said = _GROUND.search(node.attributes.get("style") or "")
        if colour := colour_of(said[1] if said else node.attributes.get("bgcolor") or ""):
            return colour
    return ""
