"""Tables in the words of HTML: on a page, or within a Markdown text that has no other way."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable
from typing import Any, Final

from selectolax.lexbor import LexborHTMLParser

from dxrules.document.html_unseen import SeenOf, Unseen
from dxrules.document.original import LostKind
from dxrules.document.span_grid import SpanGrid

_HEX: Final = re.compile(r"#?([0-9a-f]{6}|[0-9a-f]{3})(?![0-9a-z])", re.IGNORECASE)
_RGB: Final = re.compile(r"rgba?\(\s*([0-9]{1,3})[\s,]+([0-9]{1,3})[\s,]+([0-9]{1,3})")
_NAMES: Final = {
    "white": "FFFFFF", "black": "000000", "red": "FF0000", "blue": "0000FF", "green": "008000",
    "yellow": "FFFF00", "orange": "FFA500", "gray": "808080", "grey": "808080", "pink": "FFC0CB",
    "lightblue": "ADD8E6", "skyblue": "87CEEB", "lightgreen": "90EE90", "cyan": "00FFFF",
    "lightgray": "D3D3D3", "lightgrey": "D3D3D3", "navy": "000080", "silver": "C0C0C0",
    "purple": "800080", "lime": "00FF00", "aqua": "00FFFF", "gold": "FFD700", "salmon": "FA8072",
}  # fmt: skip


def colour_of(text: str) -> str:
    """Return a colour; empty for none, for a transparent one and for what is not known.

    >>> colour_of("#1f4e9e"), colour_of("rgb(255, 0, 0)"), colour_of("Yellow"), colour_of("none")
    ('1F4E9E', 'FF0000', 'FFFF00', '')
    """
    bare = text.strip().lower()
    if found := _RGB.match(bare):
        parts = [int(each) for each in found.groups()]
        return "".join(f"{each:02X}" for each in parts) if max(parts) <= _MOST else ""
    if bare in _NAMES:
        return _NAMES[bare]
    if found := _HEX.match(bare):
        digits = found[1] if len(found[1]) > len("abc") else "".join(each * 2 for each in found[1])
        return digits.upper()
    return ""


_MOST: Final = 255


_GROUND: Final = re.compile(r"background(?:-color)?\s*:\s*([^;]{1,60})", re.IGNORECASE)
_DIGITS: Final = 5


def html_rows(table: Any, why: Callable[[Any], Unseen | None]) -> list[list[Any]]:
    """Return the cells of the rows of a table, without those of tables within it.

    Rows and groups of them are left out for any reason `why` nobody reads them, cells only where
    they are hidden: one that is struck through keeps its place.
    """
    rows: list[list[Any]] = []
    child = table.child
    while child is not None:
        if child.tag == "tr" and why(child) is None:
            cells = (each for each in child.iter() if each.tag in {"td", "th"})
            rows.append([each for each in cells if why(each) != "hidden"])
        elif child.tag in {"thead", "tbody", "tfoot"} and why(child) is None:
            rows += html_rows(child, why)
        child = child.next
    return rows


def html_grid(rows: list[list[Any]], text_of: Callable[[Any], str]) -> SpanGrid:
    """Return rows of cells as a grid; `text_of` tells what a cell says."""
    grid = SpanGrid()
    for row in rows:
        grid.next_row()
        for cell in row:
            grid.add(text_of(cell), _span(cell, "rowspan"), _span(cell, "colspan"), _fill(cell))
    return grid


def grids_within(text: str, clean: Callable[[str], str], lost: Counter[LostKind]) -> list[SpanGrid]:
    """Return the tables of a piece of text that is written in HTML, outermost only.

    What nobody sees of them is counted among what is lost.
    """
    tree: Any = LexborHTMLParser(text)
    seen = SeenOf(tree)

    def why(node: Any) -> Unseen | None:
        unseen = seen.unseen(node)
        if unseen is not None:
            lost[unseen] += 1
        return unseen

    def said(node: Any) -> str:
        if node.tag == "-text":
            return node.text_content or ""
        if node.tag in _SILENT or why(node):
            return ""
        return within(node)

    def within(node: Any) -> str:
        return " ".join(map(said, node.iter(include_text=True)))

    return [
        html_grid(
            html_rows(table, why),
            lambda cell: "" if seen.unseen(cell) else clean(" ".join(within(cell).split())),
        )
        for table in tree.css("table")
        if not _is_within_a_table(table)
    ]


_SILENT: Final = frozenset({"script", "style", "template"})


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
