"""What stands on a page of a PDF: letters, straight lines, filled areas and pictures.

Points are counted from the top left corner of the page as people see it.
"""

from __future__ import annotations

import ctypes
from itertools import pairwise
from typing import TYPE_CHECKING, Any, Final

import pypdfium2.raw as pdfium

from dxrules.document.faults import DocumentFault
from dxrules.document.original import Box
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
_WHITE: Final = 250
_NO_SIGN: Final = frozenset({0, 0xFFFE, 0xFFFF, 0xFFFD, 0x02})
_FIRST_SIGN: Final = 0x21
_PRIVATE: Final = range(0xE000, 0xF900)
_IDENTITY: Final = (1.0, 0.0, 0.0, 1.0, 0.0, 0.0)


@frozen
class Glyph:
    """A letter and its box, which is as high as its font."""

    text: str
    left: float
    top: float
    right: float
    bottom: float

    @property
    def size(self) -> float:
        """The size of its font: what a file says of that does not tell how it was scaled."""
        return self.bottom - self.top


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
        self._turn, self.width, self.height = _turned(page)
        self._letters(page)
        self._objects(page.raw, _IDENTITY, 0)

    def _spend(self, count: int) -> None:
        self._room[0] -= count
        if self._room[0] < 0:
            raise DocumentFault("signs")

    def _letters(self, page: Any) -> None:
        """Take the letters in the order in which they are drawn; blanks show as gaps."""
        text = page.get_textpage()
        raw, rect = text.raw, pdfium.FS_RECTF()
        count = text.count_chars()
        self._spend(count)
        there = ctypes.byref(rect)
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
            self.glyphs.append(_glyph(code, one, two))
        text.close()

    def _objects(self, raw: Any, matrix: Matrix, depth: int) -> None:
        """Take lines, areas and pictures, also of forms that are drawn on the page."""
        in_form = depth > 0
        count = (pdfium.FPDFFormObj_CountObjects if in_form else pdfium.FPDFPage_CountObjects)(raw)
        self._spend(max(count, 0))
        get = pdfium.FPDFFormObj_GetObject if in_form else pdfium.FPDFPage_GetObject
        for number in range(count):
            each = get(raw, number)
            kind = pdfium.FPDFPageObj_GetType(each)
            if kind == pdfium.FPDF_PAGEOBJ_PATH:
                self._path(each, _times(_matrix(each), matrix))
            elif kind == pdfium.FPDF_PAGEOBJ_IMAGE:
                self._picture(_times(_matrix(each), matrix))
            elif kind == pdfium.FPDF_PAGEOBJ_FORM and depth < _DEEPEST:
                self._objects(each, _times(_matrix(each), matrix), depth + 1)
            elif kind == pdfium.FPDF_PAGEOBJ_SHADING:
                self.curves += 1

    def _picture(self, matrix: Matrix) -> None:
        """Count a picture, unless it is a mere ornament."""
        corners = [_moved(matrix, point) for point in ((0, 0), (1, 0), (0, 1), (1, 1))]
        wide, tall = (max(each) - min(each) for each in zip(*corners, strict=True))
        self.pictures += wide > _SMALL_PICTURE and tall > _SMALL_PICTURE

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
        xs, ys = zip(*points, strict=True)
        box = Box(min(xs), min(ys), max(xs), max(ys))
        wide, tall = box.right - box.left, box.bottom - box.top
        if tall <= _THIN < wide and not curved:
            self.rules.append(RuledLine(True, (box.top + box.bottom) / 2, box.left, box.right))  # noqa: FBT003
        elif wide <= _THIN < tall and not curved:
            self.rules.append(RuledLine(False, (box.left + box.right) / 2, box.top, box.bottom))  # noqa: FBT003
        elif wide > _THIN < tall and (colour := _colour(raw)):
            straight = len({round(x) for x in xs}) <= 2 and len({round(y) for y in ys}) <= 2  # noqa: PLR2004
            self.areas.append(FilledArea(box, colour, curved or not straight))


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


def _colour(raw: Any) -> str:
    """Return the colour of an area; empty if it is white or not seen."""
    parts = [ctypes.c_uint() for _ in range(4)]
    if not pdfium.FPDFPageObj_GetFillColor(raw, *map(ctypes.byref, parts)):
        return ""
    red, green, blue, opaque = (each.value for each in parts)
    if min(red, green, blue) >= _WHITE or not opaque:
        return ""
    return f"{red:02X}{green:02X}{blue:02X}"
