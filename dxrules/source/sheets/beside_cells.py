"""What stands on a sheet and in no cell: shapes, notes, headers and footers, form controls.

Nobody reads them, so they are told. Pictures, charts and diagrams have no text here.
"""

from __future__ import annotations

import html
import re
from collections.abc import Iterable, Iterator, Sequence

from dxrules.frozen import frozen
from dxrules.source.sheets.fault import PartError, Room
from dxrules.source.sheets.parts import XmlEvent, whole
from dxrules.source.sheets.shared_strings import Collector
from dxrules.source.sheets.sheet import Note, TextOverCell, place_of

_ANCHORS = 2
_PICTURES = frozenset({"drawing:pic", "drawing:graphicFrame", "drawing:contentPart"})
"""What may say something that is no text of its own part."""
_CORNERS = (["drawing:from", "drawing:row"], ["drawing:from", "drawing:col"])
_FALLBACK = "?Fallback"
"""What older programs draw instead: it says again what stands before it, or nothing at all."""

_TAG = re.compile(r"<(/?)(?:\w+:)?(\w*)([^<>]*)>|([^<>]+)")
_KIND = re.compile(r"""ObjectType\s*=\s*["'](\w*)""")
_ART = re.compile(r"""\bstring\s*=\s*(?:"([^"]*)"|'([^']*)')""")
_OF_A_NOTE = "Note"
_NUMBERS_OF_ANCHOR = 8
_COLUMN, _ROW = 0, 2
"""Where the first column and the first row stand in the anchor of a shape of the old kind."""

_CODES = re.compile(r'&(?:"[^"]*"|\d+|K[0-9A-Fa-f]{6}|K\d\d[+-]\d{3}|[^&0-9])')
"""Codes of headers and footers: a font, a size, a colour, the number of a page and the like."""
_PARTS = re.compile("&[LCR]")
_AMPERSAND = "\ue000"


def drawn(found: Iterable[XmlEvent]) -> list[TextOverCell]:
    """Return the texts in the shapes of a sheet, each with the cell that it begins over."""
    told: list[TextOverCell] = []
    above = [""]
    corner, said, pictured = _top(), "", False
    for kind, name, _ in found:
        if kind == "text":
            if above[-1] == "a:t" and _FALLBACK not in above:
                said += name
            elif above[-2:] in _CORNERS:
                corner[above[-1]] = name.strip()
        elif kind == "start":
            above.append(name)
            pictured = pictured or name in _PICTURES
        else:
            above.pop()
            if len(above) == _ANCHORS:
                row, column = (whole(corner[each]) + 1 for each in corner)
                if said.strip() or pictured:
                    told.append(TextOverCell(row, column, said.strip()))
                corner, said, pictured = _top(), "", False
    return told


def _top() -> dict[str, str]:
    """Return the first cell, over which a shape is taken to begin that does not say where."""
    return {"drawing:row": "0", "drawing:col": "0"}


def notes(found: Iterable[XmlEvent]) -> list[Note]:
    """Return the notes on the cells of a sheet, each with whom the file names as its author."""
    told: list[Note] = []
    authors: list[str] = []
    said, collector, note = "", Collector(), ((1, 1), "")
    for kind, name, attributes in found:
        if kind == "text":
            collector.text(name)
            said += name
        elif kind == "start" and name == "comment":
            number = attributes.get("authorId", "")
            known = number.isdecimal() and len(number) < _LONG and int(number) < len(authors)
            author = authors[int(number)] if known else ""
            collector, note = Collector(), (place_of(attributes.get("ref", "")), author)
        elif kind == "start":
            said = ""
            collector.start(name, attributes)
        else:
            collector.end(name)
            if name == "author":
                authors.append(said.strip())
            elif name == "comment" and (text := collector.words.text.strip()):
                told.append(Note(*note[0], text, note[1]))
    return told


_LONG = 9
"""Digits of a number that is too great for anything to have it."""


def threads(found: Iterable[XmlEvent]) -> list[Note]:
    """Return the notes to which people have answered each other, one for each cell."""
    told: dict[tuple[int, int], list[str]] = {}
    spot, reading = (1, 1), False
    for kind, name, attributes in found:
        if kind == "start" and name == "thread:threadedComment":
            spot = place_of(attributes.get("ref", ""))
        elif kind == "start":
            reading = name == "thread:text"
            if reading:
                told.setdefault(spot, []).append("")
        elif kind == "end":
            reading = False
        elif reading:
            told[spot][-1] += name
    joined = {at: " / ".join(filter(None, map(str.strip, said))) for at, said in told.items()}
    return [Note(*at, text) for at, text in joined.items() if text]


def without_copies(noted: Iterable[Note], threaded: Sequence[Note]) -> tuple[Note, ...]:
    """Return all notes; those of programs that know no threads hold a copy of one and are left out.

    Such a copy begins with what the program's maker says about it.
    """
    cells = {(each.row, each.column) for each in threaded}
    return (*(each for each in noted if (each.row, each.column) not in cells), *threaded)


def old_shapes(raw: bytes, room: Room) -> list[TextOverCell]:
    """Return the texts in shapes and form controls of the old kind (VML); of the others, no text.

    Spreadsheets write it as they wrote HTML once, so it is no XML. Notes have shapes of that
    kind, too, and their texts elsewhere.
    """
    shapes = _OldShapes()
    for closing, name, rest, text in _tags(raw, room):
        if text:
            shapes.text(text)
        elif closing:
            shapes.end(name.lower())
        else:
            shapes.start(name.lower(), rest)
    return shapes.ended()


class _OldShapes:
    """Puts shapes of the old kind together; what they are comes after what they say."""

    def __init__(self) -> None:
        self._told: list[TextOverCell] = []
        self._said: list[str] = []
        self._within = self._spot = self._kind = ""

    def text(self, text: str) -> None:
        """Take a text, which counts where it stands in a box, and in an anchor."""
        if self._within == "textbox":
            self._said.append(text)
        elif self._within == "anchor":
            self._spot += text

    def start(self, tag: str, rest: str) -> None:
        """Take the start of an element, and what stands in it."""
        if tag in {"textbox", "anchor"}:
            self._within = "" if rest.endswith("/") else tag
        elif tag == "clientdata" and (found := _KIND.search(rest)):
            self._kind = found[1]
        elif tag == "textpath" and (found := _ART.search(rest)):
            self._said.append(found[1] or found[2] or "")

    def end(self, tag: str) -> None:
        """Take the end of an element."""
        if tag in {"textbox", "anchor"}:
            self._within = ""
        elif tag == "clientdata":
            if self._kind != _OF_A_NOTE:
                self._told.append(TextOverCell(*_corner(self._spot), self._text))
            self._said, self._spot, self._kind = [], "", ""

    @property
    def _text(self) -> str:
        return " ".join(html.unescape(" ".join(self._said)).split())

    def ended(self) -> list[TextOverCell]:
        """Return all shapes; what does not say what it is stands over the first cell."""
        return [*self._told, *([TextOverCell(1, 1, self._text)] if self._text else [])]


def _tags(raw: bytes, room: Room) -> Iterator[tuple[str, str, str, str]]:
    for found in _TAG.finditer(raw.decode("utf-8", errors="replace")):
        room.element()
        yield found[1] or "", found[2] or "", found[3] or "", found[4] or ""


def _corner(anchor: str) -> tuple[int, int]:
    """Return the row and column over which a shape begins; the first cell if it does not say."""
    said = [each.strip() for each in anchor.split(",")]
    if len(said) != _NUMBERS_OF_ANCHOR:
        return 1, 1
    try:
        return whole(said[_ROW]) + 1, whole(said[_COLUMN]) + 1
    except PartError:
        return 1, 1


def words_in_margins(texts: Iterable[str]) -> tuple[str, ...]:
    """Return what headers and footers say, part by part, without pages, dates and names.

    >>> words_in_margins(['&L&"Arial,Bold"&12計画 &A&C&P / &N&R令和8年'])
    ('計画', '令和8年')
    """
    plain = (text.replace("&&", _AMPERSAND) for text in texts)
    parts = (_CODES.sub(" ", part) for text in plain for part in _PARTS.split(text))
    said = (" ".join(part.replace(_AMPERSAND, "&").split()) for part in parts)
    return tuple(dict.fromkeys(each for each in said if any(map(str.isalnum, each))))


@frozen
class NamedValue:
    """A name of the workbook that stands for a value and no cell."""

    name: str
    value: str


_FIGURE_OR_TEXT = re.compile(r'"[^"]*"|[-+]?[0-9.]+(?:[eE][-+]?[0-9]+)?%?')


def named_value(name: str, formula: str) -> NamedValue | None:
    """Return a name that somebody gave to a value; None of one for cells, or of a program's own.

    >>> named_value("期限", '="令和8年度"'), named_value("a", "Sheet1!$A$1")
    (NamedValue(name='期限', value='令和8年度'), None)
    """
    said = formula.strip().removeprefix("=").strip()
    if name.startswith("_xl") or not _FIGURE_OR_TEXT.fullmatch(said):
        return None
    return NamedValue(name, said.strip('"'))
