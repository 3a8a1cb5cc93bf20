"""Reads HTML: nothing that it names is fetched, and nothing in it runs."""

from __future__ import annotations

import re
from collections import Counter
from typing import Any, Final

from selectolax.lexbor import LexborHTMLParser

from dxrules.document.encoding import decode
from dxrules.document.faults import DocumentFault
from dxrules.document.html_tables import html_grid, html_rows
from dxrules.document.html_unseen import SeenOf, Unseen
from dxrules.document.original import Block, BlockKind, LostContent, LostKind, Original
from dxrules.document.sections import is_heading, sectioned
from dxrules.document.signs import bullet_of, is_note, sign_of
from dxrules.document.text import superscript
from dxrules.source.bounds import DOCUMENT_DEPTH

_SKIPPED: Final = frozenset(
    {"head", "script", "style", "noscript", "template", "rt", "rp", "select", "textarea", "button"}
)
_LOST: Final[dict[str, LostKind]] = {
    "img": "picture",
    "picture": "picture",
    "svg": "drawing",
    "canvas": "chart",
    "object": "embedded",
    "embed": "embedded",
    "iframe": "embedded",
    "video": "embedded",
    "audio": "embedded",
}
_ASIDE: Final = frozenset({"nav", "header", "footer", "aside"})
_BLOCKS: Final = frozenset(
    {"address", "article", "blockquote", "body", "caption", "center", "dd", "details", "div"}
    | {"dl", "dt", "fieldset", "figcaption", "figure", "form", "hr", "html", "legend", "main"}
    | {"ol", "p", "pre", "section", "summary", "ul", "tr", "tbody", "thead", "tfoot", "td", "th"}
)
_HEADINGS: Final = {f"h{level}": level for level in range(1, 7)}
_BLANKS: Final = re.compile(r"[ \t\r\f\n]+")


def read(raw: bytes, name: str) -> Original:
    """Return what stands on a page; raise DocumentFault if it is no text."""
    found = decode(raw)
    if found is None:
        raise DocumentFault("encoding")
    text, encoding = found
    tree: Any = LexborHTMLParser(text)
    walk = _Walk(SeenOf(tree))
    walk.is_titled = all(_is_in_header(each) for each in tree.css("h1"))
    if tree.body is not None:
        walk.within(tree.body, 0)
    walk.end()
    lost = tuple(LostContent(kind, None, count) for kind, count in walk.lost.items() if count)
    return Original(name, "html", sectioned(walk.blocks), (), lost, encoding)


def _is_in_header(node: Any) -> bool:
    """Tell whether an element stands in a header; the title of a page may stand nowhere else."""
    while node is not None and node.tag != "header":
        node = node.parent
    return node is not None


class _Walk:
    """Goes through the elements of a page and gathers blocks."""

    def __init__(self, seen: SeenOf) -> None:
        self._seen = seen
        self.blocks: list[Block] = []
        self.lost: Counter[LostKind] = Counter()
        self._words: list[str] = []
        self._kind: BlockKind | None = None
        self._level = 0
        self._aside = 0
        self.is_titled = False

    def within(self, node: Any, depth: int) -> None:
        """Go through what is in an element."""
        if depth > DOCUMENT_DEPTH:
            raise DocumentFault("deep")
        child = node.child
        while child is not None:
            self._one(child, depth)
            child = child.next

    def _one(self, node: Any, depth: int) -> None:
        tag = node.tag
        if tag == "-text":
            self._words.append(node.text_content or "")
        elif tag in _LOST:
            self.lost[_LOST[tag]] += 1
        elif not tag or tag in _SKIPPED or tag.startswith(("-", "!")):
            return  # an instruction, such as <?title>, has no name at all
        elif self._why(node):
            return
        elif tag == "br":
            self._words.append("\0")
        elif tag == "sup":
            before, self._words = self._words, []
            self.within(node, depth + 1)
            self._words = [*before, superscript("".join(self._words))]
        elif tag in _ASIDE and not (tag == "header" and self.is_titled and node.css_first("h1")):
            self._aside += 1
            self._as(None, node, depth)
            self._aside -= 1
        else:
            self._element(node, depth)

    def _element(self, node: Any, depth: int) -> None:
        tag = node.tag
        if tag == "table":
            self._table(node, depth)
        elif tag in _HEADINGS:
            self._as("heading", node, depth, _HEADINGS[tag])
        elif tag == "li":
            self._as("item", node, depth)
        elif tag in _BLOCKS:
            self._as(None, node, depth)
        else:
            self.within(node, depth + 1)

    def _as(self, kind: BlockKind | None, node: Any, depth: int, level: int = 0) -> None:
        self.end()
        if kind is not None:
            self._kind, self._level = kind, level
        self.within(node, depth + 1)
        self.end()

    def end(self) -> None:
        """End the block that the words so far make."""
        text = _joined(self._words)
        kind, level = self._kind, self._level
        self._words, self._kind, self._level = [], None, 0
        if not text:
            self._kind, self._level = kind, level
            return
        self.blocks.append(self._block(text, kind, level))

    def _block(self, text: str, kind: BlockKind | None, level: int) -> Block:
        if self._aside:
            return Block("furniture", text)
        if kind is None:
            kind = "footnote" if is_note(text) else "paragraph"
            if is_heading(text):
                kind = "heading"
            elif bullet_of(text):
                kind = "item"
        sign = sign_of(text)
        return Block(kind, text, sign=sign.text if sign else bullet_of(text), level=level)

    def _table(self, node: Any, depth: int) -> None:
        """Take a table; one of a single cell is there for its looks."""
        self.end()
        for caption in (each for each in node.iter() if each.tag == "caption"):
            self._one(caption, depth)
        rows = [row for row in html_rows(node, self._why) if row]
        if sum(map(len, rows)) == 1:
            self._one(rows[0][0], depth)
            return
        grid = html_grid(rows, lambda cell: self._cell(cell, depth))
        if (block := grid.block()) is not None:
            self.blocks.append(block)

    def _why(self, node: Any) -> Unseen | None:
        """Return why an element is not read; it is lost if it says anything of the page's own."""
        unseen = self._seen.unseen(node)
        if unseen is not None and not self._aside:
            self.lost[unseen] += bool((node.text(deep=True) or "").strip())
        return unseen

    def _cell(self, cell: Any, depth: int) -> str:
        """Return the text of a cell, with that of tables within it."""
        if self._seen.unseen(cell):
            return ""
        inner = _Walk(self._seen)
        inner.within(cell, depth + 1)
        inner.end()
        self.lost.update(inner.lost)
        return " ".join(block.text for block in inner.blocks)


def _joined(words: list[str]) -> str:
    """Return the text of a block: blanks are one, and lines those that a page breaks itself."""
    text = _BLANKS.sub(" ", "".join(words))
    return "\n".join(line.strip() for line in text.split("\0") if line.strip())
