"""Reads Word documents: what the author would see if every tracked change were accepted.

A document of Word has no pages until it is printed, so a place is a section and a paragraph.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Mapping
from typing import Any, Final
from xml.etree.ElementTree import Element

from dxrules.document.faults import DocumentFault
from dxrules.document.original import Block, BlockKind, LostContent, LostKind, Original
from dxrules.document.sections import is_heading, sectioned
from dxrules.document.signs import bullet_of, is_note, sign_of
from dxrules.document.span_grid import SpanGrid
from dxrules.document.text import superscript
from dxrules.document.word_numbers import Numbers, W
from dxrules.document.word_package import Part, WordPackage
from dxrules.document.word_styles import NO_LEVELS, STRIKES, WordStyles, is_on, value
from dxrules.source.bounds import DOCUMENT_DEPTH

_A: Final = "{http://schemas.openxmlformats.org/drawingml/2006/main}"
_C: Final = "{http://schemas.openxmlformats.org/drawingml/2006/chart}"
_D: Final = "{http://schemas.openxmlformats.org/drawingml/2006/diagram}"
_V: Final = "{urn:schemas-microsoft-com:vml}"
_MC: Final = "{http://schemas.openxmlformats.org/markup-compatibility/2006}"
_O: Final = "{urn:schemas-microsoft-com:office:office}"
_M: Final = "{http://schemas.openxmlformats.org/officeDocument/2006/math}"
_WP: Final = "{http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing}"
_WPS: Final = "{http://schemas.microsoft.com/office/word/2010/wordprocessingShape}"
_SKIPPED: Final = frozenset(
    {f"{W}del", f"{W}moveFrom", f"{W}rt", f"{W}instrText", f"{W}delText", f"{W}fldData"}
    | {f"{W}pPr", f"{W}rPr", f"{W}tblPr", f"{W}sectPr", f"{W}delInstrText"}
)
_DELETED: Final = frozenset({f"{W}del", f"{W}moveFrom"})
_RUNS: Final = frozenset({f"{W}r", f"{_M}r"})
_READ: Final = frozenset({"wps", "wpg", "wpc", "w14", "wp14", "w15", "a14"})
"""Extensions of Word whose text is read here; of any other one its fallback is."""
_SHAPES: Final = frozenset(
    {f"{W}drawing", f"{W}pict", f"{W}object", f"{_WPS}wsp"}
    | {f"{_V}{name}" for name in ("shape", "line", "rect", "roundrect", "oval", "polyline")}
    | {f"{_V}{name}" for name in ("arc", "curve")}
)
_LOST: Final[dict[str, LostKind]] = {
    f"{_A}blip": "picture",
    f"{_V}imagedata": "picture",
    f"{_C}chart": "chart",
    f"{_D}relIds": "drawing",
    f"{_O}OLEObject": "embedded",
    f"{W}altChunk": "embedded",
    f"{W}subDoc": "embedded",
    f"{W}control": "embedded",
    f"{W}checkBox": "embedded",
    f"{W}ddList": "embedded",
}
_TEXTS: Final = frozenset({f"{W}t", f"{_M}t"})
_NO_FILL: Final = frozenset({"auto", "", "FFFFFF"})
_SUPERSCRIPTS: Final = str.maketrans("0123456789", "⁰¹²³⁴⁵⁶⁷⁸⁹")


def read(raw: bytes, name: str) -> Original:
    """Return what stands in a document; raise DocumentFault if it is damaged or too large."""
    package = WordPackage(raw)
    body = package.main.root.find(f"{W}body")
    if body is None:
        raise DocumentFault("broken")
    numbers = Numbers(_root(package, "numbering"))
    on_white = package.main.root.find(f"{W}background") is None
    styles = WordStyles(_root(package, "styles"), on_white=on_white)
    walk = _Walk(styles, numbers, package.main.around)
    walk.blocks_of(body, 0)
    walk.notes(package.first("footnotes"), package.first("endnotes"))
    walk.furniture(package.every("header", "footer"))
    lost = tuple(LostContent(kind, None, count) for kind, count in walk.lost.items() if count)
    return Original(name, "docx", sectioned(walk.blocks), (), lost)


def _root(package: WordPackage, kind: str) -> Element | None:
    """Return the root element of a part that the document refers to; None if it has none."""
    part = package.first(kind)
    return None if part is None else part.root


class _Walk:
    """Goes through the elements of a document and gathers blocks."""

    def __init__(
        self, styles: WordStyles, numbers: Numbers, around: Mapping[Element, Element]
    ) -> None:
        self.blocks: list[Block] = []
        self.lost: Counter[LostKind] = Counter()
        self._styles = styles
        self._numbers = numbers
        self._around = around
        self._boxes: list[Any] = []
        self._order: dict[str, int] = {}

    def blocks_of(self, parent: Any, depth: int) -> None:
        """Take the paragraphs and tables of an element."""
        if depth > DOCUMENT_DEPTH:
            raise DocumentFault("deep")
        for child in parent:
            if child.tag == f"{W}p":
                self._paragraph(child, depth)
            elif child.tag == f"{W}tbl":
                self._table(child, depth)
            elif child.tag in _LOST:
                self.lost[_LOST[child.tag]] += 1
            elif child.tag == f"{_MC}AlternateContent":
                self.blocks_of(self._chosen(child), depth + 1)
            elif isinstance(child.tag, str) and child.tag not in _SKIPPED:
                self.blocks_of(child, depth + 1)

    def _paragraph(self, element: Any, depth: int) -> None:
        text = self.text_of(element, depth).strip()
        boxes, self._boxes = self._boxes, []
        if text:
            self.blocks.append(self._block(element, text))
        for box in boxes:
            self.blocks_of(box, depth + 1)

    def _block(self, element: Any, text: str) -> Block:
        style = value(element.find(f"{W}pPr/{W}pStyle"))
        outline = value(element.find(f"{W}pPr/{W}outlineLvl"))
        level = int(outline) + 1 if outline.isdecimal() and len(outline) == 1 else 0
        level = level if 0 < level < len(NO_LEVELS) else self._styles.level(style)
        sign, is_bullet = self._number(element, style)
        if sign and not (is_bullet and text.startswith(sign)):
            text = f"{sign}{'' if is_bullet else ' '}{text}"
        kind: BlockKind = "paragraph"
        if level or (not is_bullet and is_heading(text)):
            kind = "heading"
        elif sign or bullet_of(text):
            kind = "item"
        elif is_note(text):
            kind = "footnote"
        own = sign_of(text)
        return Block(kind, text, sign=own.text if own else bullet_of(text), level=level)

    def _number(self, element: Any, style: str) -> tuple[str, bool]:
        said = element.find(f"{W}pPr/{W}numPr")
        said = self._styles.numbered(style) if said is None else said
        if said is None:
            return "", False
        level = value(said.find(f"{W}ilvl")) or "0"
        number = value(said.find(f"{W}numId"))
        found = self._numbers.next(number, int(level) if level.isdecimal() else 0)
        return found or ("", False)

    def text_of(self, element: Any, depth: int) -> str:
        """Return the text of an element, with what is in its shapes kept for after it."""
        if depth > DOCUMENT_DEPTH:
            raise DocumentFault("deep")
        return "".join(self._said(child, depth) for child in element)

    def _said(self, child: Any, depth: int) -> str:
        """Return the text of an element within another; what is no text is lost, or none."""
        tag = child.tag
        if not isinstance(tag, str) or tag in _SKIPPED:
            self.lost["struck"] += tag in _DELETED and _says(child)
        elif tag in _TEXTS:
            return child.text or ""
        elif tag == f"{W}txbxContent":
            self._boxes.append(child)
        elif tag in _LOST:
            self.lost[_LOST[tag]] += 1
        elif tag in _RUNS:
            return self._run(child, depth)
        elif tag in _SHAPES:
            return self._shape(child, depth)
        elif (sign := self._sign(child)) is not None:
            return sign
        else:
            chosen = self._chosen(child) if tag == f"{_MC}AlternateContent" else child
            return self.text_of(chosen, depth + 1)
        return ""

    def _sign(self, element: Any) -> str | None:
        """Return the text that an element without text of its own stands for; None for others."""
        name = element.tag.removeprefix(W)
        if name in {"tab", "ptab"}:
            return "\t" if self._around[element].tag == f"{W}r" else ""
        if name in {"br", "cr"}:
            return "\n"
        if name in {"noBreakHyphen", "softHyphen"}:
            return "-" if name == "noBreakHyphen" else ""
        if name == "sym":
            self.lost["text"] += 1
            return ""
        if name in {"footnoteReference", "endnoteReference"}:
            key = f"{name}{element.get(f'{W}id')}"
            number = self._order.setdefault(key, len(self._order) + 1)
            return str(number).translate(_SUPERSCRIPTS)
        return None

    def _run(self, run: Any, depth: int) -> str:
        """Return the text of a run: superscript digits as such, nothing of what is hidden.

        What is struck through was taken out of the text, as readers of such a version know.
        """
        boxes = len(self._boxes)
        text = self.text_of(run, depth + 1)
        if self._styles.is_so("vanish", run, self._around) or (
            text.strip() and self._styles.is_unseen(run, self._around)
        ):
            self.lost["hidden"] += bool(text.strip() or self._boxes[boxes:])
            del self._boxes[boxes:]
            return ""
        if text.strip() and any(self._styles.is_so(name, run, self._around) for name in STRIKES):
            self.lost["struck"] += 1
            return ""
        raised = value(run.find(f"{W}rPr/{W}vertAlign")) == "superscript"
        return superscript(text) if raised else text

    def _shape(self, shape: Any, depth: int) -> str:
        """Return the text within a shape; one that says nothing may be an arrow of a schedule."""
        said = shape.find(f".//{_WP}docPr")
        if (said is not None and said.get("hidden") in {"1", "true"}) or _HIDES.search(
            shape.get("style") or ""
        ):
            self.lost["hidden"] += 1
            return ""
        before = self.lost.total() + len(self._boxes)
        text = self.text_of(shape, depth + 1)
        if not text.strip() and self.lost.total() + len(self._boxes) == before:
            is_rule = any(each.get(f"{_O}hr") for each in shape.iter())
            self.lost["drawing"] += not is_rule
        return text

    def _chosen(self, element: Any) -> Any:
        """Return the one of several ways of saying the same that can be read; nothing of none."""
        for way in element:
            if way.tag == f"{_MC}Choice" and _READ.issuperset((way.get("Requires") or "").split()):
                return way
        fallback = element.find(f"{_MC}Fallback")
        self.lost["drawing"] += fallback is None
        return () if fallback is None else fallback

    def _table(self, table: Any, depth: int) -> None:
        """Take a table; cells that are merged downwards go on in those below them."""
        rows = [
            row
            for row in table.iter(f"{W}tr")
            if self._owner(row, f"{W}tbl") is table
            and not self._is_left_out(row, f"{W}trPr/{W}del", "struck")
            and not self._is_left_out(row, f"{W}trPr/{W}hidden", "hidden")
        ]
        placed: dict[int, dict[int, tuple[str, str, int]]] = {}
        spans: dict[tuple[int, int], int] = {}
        above: dict[int, tuple[int, int]] = {}
        for number, row in enumerate(rows):
            column = _count(row.find(f"{W}trPr/{W}gridBefore"), 0)
            for cell in (each for each in row.iter(f"{W}tc") if self._owner(each, f"{W}tr") is row):
                columns = _count(cell.find(f"{W}tcPr/{W}gridSpan"), 1)
                merged = cell.find(f"{W}tcPr/{W}vMerge")
                goes_on = merged is not None and value(merged) in {"", "continue"}
                if goes_on and column in above:
                    spans[above[column]] = number - above[column][0] + 1
                    self._is_left_out(cell, f"{W}tcPr/{W}vMerge", "hidden")
                elif self._is_left_out(cell, f"{W}tcPr/{W}cellDel", "struck"):
                    above[column] = number, column
                else:
                    own = (self._cell(cell, depth), _fill(cell), columns)
                    placed.setdefault(number, {})[column] = own
                    above[column] = (number, column)
                column += columns
        self._place(placed, spans, len(rows))

    def _is_left_out(self, element: Any, mark: str, kind: LostKind) -> bool:
        """Tell whether a row or cell has a mark by which it is not seen; it is lost, if it says."""
        if (said := element.find(mark)) is None or not (is_on(said) or kind == "hidden"):
            return False
        self.lost[kind] += _says(element)
        return True

    def _owner(self, element: Element, tag: str) -> Element | None:
        """Return the nearest element around another that has a tag."""
        parent = self._around.get(element)
        while parent is not None and parent.tag != tag:
            parent = self._around.get(parent)
        return parent

    def _place(
        self,
        placed: dict[int, dict[int, tuple[str, str, int]]],
        spans: dict[tuple[int, int], int],
        rows: int,
    ) -> None:
        if sum(map(len, placed.values())) == 1:  # a frame around some text
            text = next(iter(next(iter(placed.values())).values()))[0]
            self.blocks += [Block("paragraph", line) for line in text.split("\n") if line.strip()]
            return
        grid = SpanGrid()
        for row in range(rows):
            grid.next_row()
            for at, (text, fill, columns) in sorted(placed.get(row, {}).items()):
                grid.put(at, text, spans.get((row, at), 1), columns, fill)
        if (block := grid.block()) is not None:
            self.blocks.append(block)

    def _cell(self, cell: Any, depth: int) -> str:
        """Return the text of a cell, with that of tables and shapes within it."""
        inner = _Walk(self._styles, self._numbers, self._around)
        inner.lost, inner._order = self.lost, self._order
        inner.blocks_of(cell, depth + 1)
        return "\n".join(block.text for block in inner.blocks)

    def notes(self, *parts: Part | None) -> None:
        """Take footnotes and endnotes, each with the mark that stands for it in the text."""
        for part, kind in zip(parts, ("footnote", "endnote"), strict=True):
            if part is None:
                continue
            self._around = part.around
            for note in part.root.iter(f"{W}{kind}"):
                if note.get(f"{W}type"):
                    continue
                number = self._order.get(f"{kind}Reference{note.get(f'{W}id')}")
                words = [self.text_of(each, 0).strip() for each in note.iter(f"{W}p")]
                text = "\n".join(each for each in words if each)
                if text:
                    mark = "" if number is None else str(number).translate(_SUPERSCRIPTS)
                    self.blocks.append(Block("footnote", f"{mark}{text}", sign=mark))

    def furniture(self, parts: Iterable[Part]) -> None:
        """Take what runs through the pages."""
        seen: set[str] = set()
        for part in parts:
            self._around = part.around
            for each in part.root.iter(f"{W}p"):
                text = self.text_of(each, 0).strip()
                if text and text not in seen:
                    seen.add(text)
                    self.blocks.append(Block("furniture", text))


def _count(element: Any, default: int) -> int:
    said = value(element)
    return int(said) if said.isascii() and said.isdecimal() and len(said) < _DIGITS else default


_DIGITS: Final = 4
_HIDES: Final = re.compile(r"visibility\s*:\s*hidden|display\s*:\s*none", re.IGNORECASE)


def _says(element: Any) -> bool:
    """Tell whether there is any text in an element."""
    return any(
        each.tag in _TEXTS | {f"{W}delText"} and (each.text or "").strip()
        for each in element.iter()
    )


def _fill(cell: Any) -> str:
    shade = cell.find(f"{W}tcPr/{W}shd")
    colour = "" if shade is None else (shade.get(f"{W}fill") or "")
    return "" if colour in _NO_FILL else colour.upper()
