"""What stands on a page of a PDF: letters, straight lines, filled areas and pictures.

Points are counted from the top left corner of the page as people see it.
"""

from __future__ import annotations

import ctypes
from bisect import bisect
from itertools import pairwise
from typing import TYPE_CHECKING, Any, Final

import pypdfium2.raw as pdfium

from dxrules.document.faults import DocumentFault
from dxrules.document.original import Box
from dxrules.document.pdf_ink import LetterInk, address, is_dot, parts_of_colour
from dxrules.document.pdf_letters import Glyph
from dxrules.document.pdf_seen import SeenLetters, holds
from dxrules.document.white import WHITE
from dxrules.frozen import frozen

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    Matrix = tuple[float, float, float, float, float, float]
    Point = tuple[float, float]

_STRAIGHT: Final = 0.8
"""How far, in points, a line may lean that is drawn straight."""
_THIN: Final = 2.5
"""An area thinner than this is drawn as a line."""
_DEEPEST: Final = 8
_SMALL_PICTURE: Final = 15.0
_NO_SIGN: Final = frozenset({0, 0xFFFE, 0xFFFF, 0xFFFD, 0x02})
_FIRST_SIGN: Final = 0x21
_PRIVATE: Final = range(0xE000, 0xF900)
_LAID_OVER: Final = frozenset(
    {pdfium.FPDF_ANNOT_FREETEXT, pdfium.FPDF_ANNOT_STAMP, pdfium.FPDF_ANNOT_WIDGET}
    | {pdfium.FPDF_ANNOT_FILEATTACHMENT, pdfium.FPDF_ANNOT_INK}
)
_COVERING: Final = frozenset(
    {pdfium.FPDF_ANNOT_SQUARE, pdfium.FPDF_ANNOT_CIRCLE, pdfium.FPDF_ANNOT_POLYGON}
    | {pdfium.FPDF_ANNOT_FREETEXT, pdfium.FPDF_ANNOT_STAMP, pdfium.FPDF_ANNOT_REDACT}
)
_STRIPS: Final = 0.05
"""The share of a page that small pictures take together which are one that was cut into strips."""
_BLACK: Final = 48
_OPAQUE: Final = 255
_LARGEST: Final = 100.0
"""Points of letters that a line can strike through."""
_MIDDLE: Final = 0.2
_LOOSE: Final = 0.6
"""How far from the middle of letters, and from their ends, a line strikes them through: sizes."""
_IDENTITY: Final = (1.0, 0.0, 0.0, 1.0, 0.0, 0.0)


@frozen
class RuledLine:
    """A straight line, across or down: `at` is its height or side, and it goes from `first`."""

    across: bool
    at: float
    first: float
    last: float


@frozen
class FilledArea:
    """A filled area that is not white, by its outline; `curved` is one that is no rectangle."""

    box: Box
    colour: str
    curved: bool = False


class Objects:
    """All that is on one page."""

    def __init__(self, page: Any, room: list[int]) -> None:
        self.glyphs: list[Glyph] = []
        self.rules: list[RuledLine] = []
        self.areas: list[FilledArea] = []
        self.pictures = 0
        self.curves = 0
        self.unknown = 0
        self._room = room
        self.hidden = 0
        self.struck = 0
        self.embedded = 0
        self._turn, self.width, self.height = _turned(page)
        self._seen = SeenLetters(page, self.width, self.height)
        self._strips = 0.0
        self._objects(page.raw, _IDENTITY, 0)
        self.pictures += self._strips > self.width * self.height * _STRIPS
        self._laid_over(page.raw)
        self._letters(page)
        self._annotations(page.raw)
        self._struck_by_lines()

    @property
    def is_blank(self) -> bool:
        """Whether nothing stands on it, or what does could not be read: nobody can tell which."""
        drawn = self.glyphs or self.rules or self.areas or self.pictures or self.curves
        return not (drawn or self.unknown or self.embedded or self.hidden or self.struck)

    def _spend(self, count: int) -> None:
        self._room[0] -= count
        if self._room[0] < 0:
            raise DocumentFault("signs")

    def _laid_over(self, raw: Any) -> None:
        """Take what reviewers and programs lay over a page, below which letters may stand."""
        rect = pdfium.FS_RECTF()
        for number in range(pdfium.FPDFPage_GetAnnotCount(raw)):
            self._spend(1)
            each = pdfium.FPDFPage_GetAnnot(raw, number)
            covers = pdfium.FPDFAnnot_GetSubtype(each) in _COVERING
            if covers and pdfium.FPDFAnnot_GetRect(each, ctypes.byref(rect)):
                corners = self._turn((rect.left, rect.top)), self._turn((rect.right, rect.bottom))
                self._seen.lay_over(_around([*corners]))
            pdfium.FPDFPage_CloseAnnot(each)

    def _letters(self, page: Any) -> None:
        """Take the letters in the order in which they are drawn; blanks show as gaps."""
        text = page.get_textpage()
        raw, rect = text.raw, pdfium.FS_RECTF()
        count = text.count_chars()
        self._spend(count)
        there = ctypes.byref(rect)
        last, ink = None, LetterInk()
        areas: dict[str, list[Box]] = {}
        for area in self.areas:
            areas.setdefault(area.colour, []).append(area.box)
        seen: list[tuple[Glyph, int | None]] = []
        for number in range(count):
            code = pdfium.FPDFText_GetUnicode(raw, number)
            if code in _NO_SIGN or code in _PRIVATE:
                self.unknown += 1
                continue
            if chr(code).isspace() or code < _FIRST_SIGN:
                continue
            if not pdfium.FPDFText_GetLooseCharBox(raw, number, there):
                continue
            one = self._turn((rect.left, rect.top))
            two = self._turn((rect.right, rect.bottom))
            glyph = _glyph(code, one, two)
            drawn = address(pdfium.FPDFText_GetTextObject(raw, number))
            if drawn != last:
                last, ink = drawn, LetterInk.of(pdfium.FPDFText_GetTextObject(raw, number))
            is_seen = not is_dot(raw, number)
            if is_seen and self._seen.is_seen(glyph, ink, drawn, areas):
                seen.append((glyph, drawn))
            else:
                self.hidden += 1
        text.close()
        self.glyphs = self._seen.without_doubted(seen)
        self.hidden += len(seen) - len(self.glyphs)

    def _annotations(self, raw: Any) -> None:
        """Take what is laid over the page: fields and notes are lost, and lines strike through."""
        count = pdfium.FPDFPage_GetAnnotCount(raw)
        self._spend(max(count, 0))
        for number in range(count):
            each = pdfium.FPDFPage_GetAnnot(raw, number)
            kind = pdfium.FPDFAnnot_GetSubtype(each)
            self.embedded += kind in _LAID_OVER
            if kind == pdfium.FPDF_ANNOT_STRIKEOUT:
                for at in range(pdfium.FPDFAnnot_CountAttachmentPoints(each)):
                    self._strike(self._quad(each, at))
            pdfium.FPDFPage_CloseAnnot(each)

    def _quad(self, annotation: Any, number: int) -> Box:
        quad = pdfium.FS_QUADPOINTSF()
        pdfium.FPDFAnnot_GetAttachmentPoints(annotation, number, ctypes.byref(quad))
        pairs = ((quad.x1, quad.y1), (quad.x2, quad.y2), (quad.x3, quad.y3), (quad.x4, quad.y4))
        return _around([self._turn(point) for point in pairs])

    def _strike(self, box: Box) -> None:
        """Leave out the letters in a box, in which they are struck through."""
        kept = [
            each
            for each in self.glyphs
            if not holds(box, (each.left + each.right) / 2, (each.top + each.bottom) / 2)
        ]
        self.struck += len(kept) < len(self.glyphs)
        self.glyphs = kept

    def _struck_by_lines(self) -> None:
        """Leave out letters through whose middle a line goes that is just as long as they are.

        A bar of a schedule is longer than what is written on it.
        """
        glyphs = sorted(self.glyphs, key=_middle)
        struck: set[int] = set()
        for rule in self.rules:
            if not rule.across:
                continue
            first, last = (bisect(glyphs, rule.at + way * _LARGEST, key=_middle) for way in (-1, 1))
            through = [
                each
                for each in glyphs[first:last]
                if abs(_middle(each) - rule.at) < each.size * _MIDDLE
                and rule.first <= (each.left + each.right) / 2 <= rule.last
            ]
            if len(through) > 1:
                size = through[0].size * _LOOSE
                ends = min(each.left for each in through), max(each.right for each in through)
                if abs(ends[0] - rule.first) < size and abs(ends[1] - rule.last) < size:
                    struck.update(map(id, through))
                    self.struck += 1
        if struck:
            self.glyphs = [each for each in self.glyphs if id(each) not in struck]

    def _objects(self, raw: Any, matrix: Matrix, depth: int) -> None:
        """Take lines, areas and pictures, also of forms that are drawn on the page."""
        in_form = depth > 0
        count = (pdfium.FPDFFormObj_CountObjects if in_form else pdfium.FPDFPage_CountObjects)(raw)
        self._spend(max(count, 0))
        get = pdfium.FPDFFormObj_GetObject if in_form else pdfium.FPDFPage_GetObject
        for number in range(count):
            each = get(raw, number)
            self._seen.take(each, in_form=in_form)
            kind = pdfium.FPDFPageObj_GetType(each)
            if kind == pdfium.FPDF_PAGEOBJ_PATH:
                self._path(each, _times(_matrix(each), matrix))
            elif kind == pdfium.FPDF_PAGEOBJ_IMAGE:
                self._picture(_times(_matrix(each), matrix))
            elif kind == pdfium.FPDF_PAGEOBJ_FORM and depth < _DEEPEST:
                self._objects(each, _times(_matrix(each), matrix), depth + 1)
            elif kind == pdfium.FPDF_PAGEOBJ_SHADING:
                self.curves += 1
                self._seen.grounds.append(Box(0, 0, self.width, self.height))

    def _picture(self, matrix: Matrix) -> None:
        """Count a picture, unless it is a mere ornament."""
        corners = [_moved(matrix, point) for point in ((0, 0), (1, 0), (0, 1), (1, 1))]
        box = _around([self._turn(corner) for corner in corners])
        wide, tall = box.right - box.left, box.bottom - box.top
        self._seen.pictured.append(box)
        is_large = wide > _SMALL_PICTURE and tall > _SMALL_PICTURE
        self.pictures += is_large
        self._strips += 0 if is_large else wide * tall

    def _path(self, raw: Any, matrix: Matrix) -> None:
        mode, stroked = ctypes.c_int(), ctypes.c_int()
        if not pdfium.FPDFPath_GetDrawMode(raw, ctypes.byref(mode), ctypes.byref(stroked)):
            return
        count = pdfium.FPDFPath_CountSegments(raw)
        self._spend(max(count, 0))
        for points, curved in _outlines(raw, count):
            turned = [self._turn(_moved(matrix, point)) for point in points]
            self.curves += curved
            if stroked.value and not curved:
                self._straight(turned)
                self._seen.grounds += _band(raw, turned)
            if mode.value:
                self._filled(raw, turned, curved=curved)

    def _straight(self, points: list[Point]) -> None:
        """Take the sides of an outline that go straight across or down."""
        for (x0, y0), (x1, y1) in pairwise(points):
            if abs(y0 - y1) <= _STRAIGHT < abs(x0 - x1):
                self.rules.append(RuledLine(True, (y0 + y1) / 2, min(x0, x1), max(x0, x1)))  # noqa: FBT003
            elif abs(x0 - x1) <= _STRAIGHT < abs(y0 - y1):
                self.rules.append(RuledLine(False, (x0 + x1) / 2, min(y0, y1), max(y0, y1)))  # noqa: FBT003

    def _filled(self, raw: Any, points: list[Point], *, curved: bool) -> None:
        box = _around(points)
        wide, tall = box.right - box.left, box.bottom - box.top
        if wide > _THIN < tall and not curved and (parts := parts_of_colour(raw)):
            if parts[3] and max(parts[:3]) < _BLACK:
                self._seen.cover(raw, box, black=True)
            elif parts[3] == _OPAQUE and _is_straight(points):
                self._seen.cover(raw, box, black=False)
        if tall <= _THIN < wide and not curved:
            self.rules.append(RuledLine(True, (box.top + box.bottom) / 2, box.left, box.right))  # noqa: FBT003
        elif wide <= _THIN < tall and not curved:
            self.rules.append(RuledLine(False, (box.left + box.right) / 2, box.top, box.bottom))  # noqa: FBT003
        elif wide > _THIN < tall and (colour := _colour(raw)) is None:
            self._seen.grounds.append(box)
        elif wide > _THIN < tall and colour:
            self.areas.append(FilledArea(box, colour, curved or not _is_straight(points)))


def _is_straight(points: list[Point]) -> bool:
    """Tell whether an outline is a rectangle that stands upright."""
    xs, ys = zip(*points, strict=True)
    return len({round(x) for x in xs}) <= 2 and len({round(y) for y in ys}) <= 2  # noqa: PLR2004


def _glyph(code: int, one: Point, two: Point) -> Glyph:
    left, right = sorted((one[0], two[0]))
    top, bottom = sorted((one[1], two[1]))
    return Glyph(chr(code), left, top, right, bottom)


def _turned(page: Any) -> tuple[Callable[[Point], Point], float, float]:
    """Return how points of a page are turned to those that people see, and the size they see."""
    left, bottom, right, top = page.get_cropbox()
    wide, tall = right - left, top - bottom
    turns: dict[int, Callable[[Point], Point]] = {
        0: lambda p: (p[0] - left, top - p[1]),
        90: lambda p: (p[1] - bottom, p[0] - left),
        180: lambda p: (right - p[0], p[1] - bottom),
        270: lambda p: (top - p[1], right - p[0]),
    }
    rotation = page.get_rotation()
    size = (tall, wide) if rotation in {90, 270} else (wide, tall)
    return turns.get(rotation, turns[0]), *size


def _matrix(raw: Any) -> Matrix:
    found = pdfium.FS_MATRIX()
    if not pdfium.FPDFPageObj_GetMatrix(raw, ctypes.byref(found)):
        return _IDENTITY
    return found.a, found.b, found.c, found.d, found.e, found.f


def _times(one: Matrix, two: Matrix) -> Matrix:
    """Return the matrix that does what one does, and then what the other does."""
    a, b, c, d, e, f = one
    g, h, i, j, k, m = two
    return (
        a * g + b * i,
        a * h + b * j,
        c * g + d * i,
        c * h + d * j,
        e * g + f * i + k,
        e * h + f * j + m,
    )


def _moved(matrix: Matrix, point: Point) -> Point:
    a, b, c, d, e, f = matrix
    x, y = point
    return a * x + c * y + e, b * x + d * y + f


def _outlines(raw: Any, count: int) -> Iterator[tuple[list[Point], bool]]:
    """Yield the outlines of a path, each with whether it is curved."""
    points: list[Point] = []
    curved = False
    x, y = ctypes.c_float(), ctypes.c_float()
    for number in range(count):
        segment = pdfium.FPDFPath_GetPathSegment(raw, number)
        kind = pdfium.FPDFPathSegment_GetType(segment)
        pdfium.FPDFPathSegment_GetPoint(segment, ctypes.byref(x), ctypes.byref(y))
        if kind == pdfium.FPDF_SEGMENT_MOVETO:
            if len(points) > 1:
                yield points, curved
            points, curved = [], False
        curved = curved or kind == pdfium.FPDF_SEGMENT_BEZIERTO
        points.append((x.value, y.value))
        if pdfium.FPDFPathSegment_GetClose(segment):
            points.append(points[0])
    if len(points) > 1:
        yield points, curved


def _colour(raw: Any) -> str | None:
    """Return the colour of an area; empty if it is white or not seen, None if it is not known."""
    parts = parts_of_colour(raw)
    if parts is None:
        return None
    red, green, blue, opaque = parts
    if min(red, green, blue) >= WHITE or not opaque:
        return ""
    return f"{red:02X}{green:02X}{blue:02X}"


def _band(raw: Any, points: list[Point]) -> Iterator[Box]:
    """Yield the ground that a thick line makes."""
    width = ctypes.c_float()
    if pdfium.FPDFPageObj_GetStrokeWidth(raw, ctypes.byref(width)) and width.value > _THIN:
        box, more = _around(points), width.value / 2
        yield Box(box.left - more, box.top - more, box.right + more, box.bottom + more)


def _around(points: list[Point]) -> Box:
    xs, ys = zip(*points, strict=True)
    return Box(min(xs), min(ys), max(xs), max(ys))


def _middle(glyph: Glyph) -> float:
    return (glyph.top + glyph.bottom) / 2
