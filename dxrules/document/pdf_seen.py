"""Which letters of a page of a PDF people see: by what they lie on, and what is drawn over them.

A layer can be switched off, and a form can belong to one that is: no function of pdfium tells. So
the page is drawn where letters stand in either, below an area, on one of their own colour, or
beyond what cuts them off, and looked at.
"""

from __future__ import annotations

import ctypes
import sys
from collections import defaultdict
from dataclasses import dataclass, field
from itertools import chain
from typing import TYPE_CHECKING, Any, Final

import pypdfium2.raw as pdfium

from dxrules.document.original import Box
from dxrules.document.pdf_ink import LetterInk, PageImage, address
from dxrules.frozen import frozen

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence

    from dxrules.document.pdf_letters import Glyph

_BAND: Final = 20.0
"""Points of the height of a page that are looked through for what covers a letter."""
_LOOKED_AT: Final = 10
"""How many letters of a text are looked at, if it has more; they are all seen, or none."""
_CUTS: Final = 4
"""A text that more paths cut off is looked at, whatever they are."""
_SEGMENTS: Final = 100
_LOOSE: Final = 2.0
"""Points that letters may stand beyond what cuts them off, as their boxes are larger than they."""
_LAYER: Final = "OC"
_LONGEST_MARK: Final = 16


@frozen
class _Cover:
    """An area that nothing shines through, and its place in the order of what is drawn."""

    order: int
    box: Box
    black: bool


@dataclass
class _Doubted:
    """Letters of one text of which it is looked whether anything is seen.

    What is seen where they are may be an `other` letter, if one stands there.
    """

    other: Callable[[int | None], bool] | None
    letters: list[Glyph] = field(default_factory=list)


class SeenLetters:
    """Tells of the letters of a page whether they are seen."""

    def __init__(self, page: Any, width: float, height: float) -> None:
        self.grounds: list[Box] = []
        self.pictured: list[Box] = []
        self._size = width, height
        self._image = PageImage(page, width, height)
        self._order: dict[int | None, int] = {}
        self._in_layers: set[int | None] = set()
        self._to_look_at: set[int | None] = set()
        self._covers: dict[int, list[_Cover]] = defaultdict(list)
        self._doubted: dict[tuple[int | None, int], _Doubted] = {}

    def take(self, raw: Any, *, in_form: bool) -> None:
        """Take what is drawn next."""
        own = address(raw)
        self._order[own] = len(self._order)
        if pdfium.FPDFPageObj_GetType(raw) == pdfium.FPDF_PAGEOBJ_TEXT:
            if in_form or _is_cut_off(raw):
                self._to_look_at.add(own)
            if _is_in_layer(raw):
                self._in_layers.add(own)

    def cover(self, raw: Any, box: Box, *, black: bool) -> None:
        """Take an area that covers what was drawn before."""
        if not black and pdfium.FPDFPageObj_HasTransparency(raw):
            return
        self._cover(_Cover(len(self._order) - 1, box, black))

    def lay_over(self, box: Box) -> None:
        """Take what is laid over the page, which may cover all that was drawn."""
        self._cover(_Cover(sys.maxsize, box, black=False))

    def _cover(self, cover: _Cover) -> None:
        box = cover.box
        top, bottom = max(box.top, 0.0), min(box.bottom, self._size[1])
        for band in range(int(top // _BAND), int(bottom // _BAND) + 1):
            self._covers[band].append(cover)

    def is_seen(
        self,
        glyph: Glyph,
        ink: LetterInk,
        drawn: int | None,
        areas: Mapping[str, Sequence[Box]],
    ) -> bool:
        """Tell whether a letter is on the page, and shows on what it is drawn on.

        `areas` are those of each colour. Letters without ink are what a program has read of the
        picture that they lie on.
        """
        x, y = (glyph.left + glyph.right) / 2, (glyph.top + glyph.bottom) / 2
        if not (0 <= x <= self._size[0] and 0 <= y <= self._size[1]):
            return False
        order = self._order.get(drawn, 0)
        covers = [
            each
            for each in self._covers.get(int(y // _BAND), ())
            if each.order > order and holds(each.box, x, y)
        ]
        if any(each.black for each in covers):
            return False
        if ink.none:
            is_read = any(holds(each, x, y) for each in self.pictured)
            return is_read and not (covers and self._image.is_even(_box(glyph)))
        if ink.white:
            grounds = chain(self.grounds, self.pictured, *areas.values())
            on_ground = any(holds(each, x, y) for each in grounds)
            if not on_ground and self._image.is_white(_box(glyph)):
                return False
        alike = any(holds(each, x, y) for each in areas.get(ink.colour, ()))
        if covers or alike or drawn in self._in_layers or drawn in self._to_look_at:
            last = max((each.order for each in covers), default=-1)
            if (drawn, last) not in self._doubted:
                self._doubted[drawn, last] = _Doubted(self._other(drawn, last))
            self._doubted[drawn, last].letters.append(glyph)
        return True

    def _other(self, drawn: int | None, last: int) -> Callable[[int | None], bool] | None:
        """Return what tells which letters are seen in the place of a text; None if none are.

        They were drawn after the last area that covers it; where none does, they are in no layer.
        """
        if last >= 0:
            return lambda other: self._order.get(other, 0) > last
        return (lambda other: other not in self._in_layers) if drawn in self._in_layers else None

    def without_doubted(self, letters: Iterable[tuple[Glyph, int | None]]) -> list[Glyph]:
        """Return letters, each with what it is drawn by, but for texts of which nothing is seen.

        Where that is so of most of a text, what shows at the others is something else.
        """
        kept = [*letters]
        if not self._doubted:
            return [glyph for glyph, _ in kept]
        bands: dict[int, list[tuple[Glyph, int | None]]] = defaultdict(list)
        for glyph, drawn in kept:
            bands[int((glyph.top + glyph.bottom) / 2 // _BAND)].append((glyph, drawn))
        gone: set[int] = set()
        for doubted in self._doubted.values():
            some = doubted.letters[:: max(len(doubted.letters) // _LOOKED_AT, 1)]
            unseen = sum(
                self._image.is_even(_box(each)) or _stands_for(each, doubted.other, bands)
                for each in some
            )
            if 2 * unseen >= len(some):
                gone.update(map(id, doubted.letters))
        return [glyph for glyph, _ in kept if id(glyph) not in gone]


def _box(glyph: Glyph) -> Box:
    return Box(glyph.left, glyph.top, glyph.right, glyph.bottom)


def _stands_for(
    glyph: Glyph,
    is_other: Callable[[int | None], bool] | None,
    bands: Mapping[int, Sequence[tuple[Glyph, int | None]]],
) -> bool:
    """Tell whether another letter stands in the place of one."""
    if is_other is None:
        return False
    x, y = (glyph.left + glyph.right) / 2, (glyph.top + glyph.bottom) / 2
    band = int(y // _BAND)
    return any(
        other.left <= x <= other.right and other.top <= y <= other.bottom and is_other(drawn)
        for at in (band - 1, band, band + 1)
        for other, drawn in bands.get(at, ())
    )


def holds(box: Box, x: float, y: float) -> bool:
    """Tell whether a point is in a box."""
    return box.left <= x <= box.right and box.top <= y <= box.bottom


def _is_cut_off(raw: Any) -> bool:
    """Tell whether some of a text lies beyond what it is cut off by, as far as that is told."""
    clip = pdfium.FPDFPageObj_GetClipPath(raw)
    count = pdfium.FPDFClipPath_CountPaths(clip) if clip else 0
    if count <= 0:
        return False
    sides = [ctypes.c_float() for _ in range(4)]
    if count > _CUTS or not pdfium.FPDFPageObj_GetBounds(raw, *map(ctypes.byref, sides)):
        return True
    left, bottom, right, top = (each.value for each in sides)
    for number in range(count):
        points = [*_corners(clip, number)]
        if points:
            xs, ys = zip(*points, strict=True)
            across = min(xs) - _LOOSE <= left and right <= max(xs) + _LOOSE
            if not (across and min(ys) - _LOOSE <= bottom and top <= max(ys) + _LOOSE):
                return True
    return False


def _corners(clip: Any, path: int) -> Iterator[tuple[float, float]]:
    x, y = ctypes.c_float(), ctypes.c_float()
    for number in range(min(pdfium.FPDFClipPath_CountPathSegments(clip, path), _SEGMENTS)):
        segment = pdfium.FPDFClipPath_GetPathSegment(clip, path, number)
        if pdfium.FPDFPathSegment_GetPoint(segment, ctypes.byref(x), ctypes.byref(y)):
            yield x.value, y.value


def _is_in_layer(raw: Any) -> bool:
    """Tell whether an object belongs to a layer, which may be switched off."""
    name = (ctypes.c_ushort * _LONGEST_MARK)()
    size = ctypes.c_ulong()
    for number in range(max(pdfium.FPDFPageObj_CountMarks(raw), 0)):
        mark = pdfium.FPDFPageObj_GetMark(raw, number)
        there = pdfium.FPDFPageObjMark_GetName(mark, name, ctypes.sizeof(name), ctypes.byref(size))
        if there and bytes(name)[: size.value].decode("utf-16-le", "replace") == f"{_LAYER}\0":
            return True
    return False
