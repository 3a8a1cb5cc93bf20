"""How what stands on a page of a PDF is drawn: in which colour, and whether with any."""

from __future__ import annotations

import ctypes
from math import hypot
from typing import Any, Final

import pypdfium2.raw as pdfium

from dxrules.document.original import Box
from dxrules.document.white import WHITE
from dxrules.frozen import frozen

_NO_INK: Final = frozenset({pdfium.FPDF_TEXTRENDERMODE_INVISIBLE, pdfium.FPDF_TEXTRENDERMODE_CLIP})


@frozen
class LetterInk:
    """How letters are drawn: with `none` at all, or in `white`; their `colour`, if it is known."""

    none: bool = False
    white: bool = False
    colour: str = ""

    @staticmethod
    def of(raw: Any) -> LetterInk:
        """Return how a piece of text is drawn; with ink, where that is not known."""
        if not raw:
            return LetterInk()
        mode = pdfium.FPDFTextObj_GetTextRenderMode(raw)
        colour = parts_of_colour(raw) if mode == pdfium.FPDF_TEXTRENDERMODE_FILL else None
        return LetterInk(
            none=mode in _NO_INK or (colour is not None and not colour[3]),
            white=colour is not None and min(colour[:3]) >= WHITE,
            colour="" if colour is None else "{:02X}{:02X}{:02X}".format(*colour),
        )


class PageImage:
    """A page as people see it, which is drawn when it is first asked for."""

    def __init__(self, page: Any, width: float, height: float) -> None:
        self._page = page
        self._size = width, height
        self._rows: list[bytes] = []
        self._scale = 1.0

    def is_white(self, box: Box) -> bool:
        """Tell whether nothing but white is seen in a box."""
        left, top, right, bottom = self._place(box)
        rows = self._rows[top : bottom + 1]
        return all(min(row[left : right + 1], default=WHITE) >= WHITE for row in rows)

    def is_even(self, box: Box) -> bool:
        """Tell whether a letter's box is of one shade, so that no letter is seen in it.

        A line above or below, and most of the letter that follows, are not in it.
        """
        edge = (box.bottom - box.top) * _EDGE
        left, top, right, bottom = self._place(
            Box(box.left - 1, box.top + edge, box.right, box.bottom - edge)
        )
        dots = b"".join([row[left:right] for row in self._rows[top : bottom + 1]])
        return not dots or max(dots) - min(dots) < _CONTRAST

    def _place(self, box: Box) -> tuple[int, int, int, int]:
        """Return a box in dots of the page as it is drawn."""
        if not self._rows:
            self._draw()
        left, top, right, bottom = (
            max(int(each * self._scale), 0) for each in (box.left, box.top, box.right, box.bottom)
        )
        return left, top, right, bottom

    def _draw(self) -> None:
        width, height = self._size
        self._scale = min(1.0, (_DOTS / max(width * height, 1)) ** 0.5)
        image = self._page.render(scale=self._scale, grayscale=True)
        held, wide = bytes(image.buffer), image.stride
        self._rows = [held[at : at + wide] for at in range(0, wide * image.height, wide)] or [b""]


_EDGE: Final = 0.15
_CONTRAST: Final = 16
"""How far the shades of a letter and its ground differ, of 255, where people can tell them."""
_DOTS: Final = 4_000_000
"""The most of a page that is drawn: those of an A4 page at its own size are half a million."""


def parts_of_colour(raw: Any) -> tuple[int, ...] | None:
    """Return red, green, blue and how opaque it is, of 255 each; None where it is not known."""
    parts = [ctypes.c_uint() for _ in range(4)]
    if not pdfium.FPDFPageObj_GetFillColor(raw, *map(ctypes.byref, parts)):
        return None
    return tuple(each.value for each in parts)


def is_dot(text: Any, number: int) -> bool:
    """Tell whether a letter is of a size that nobody can read; 一 is low, and is not."""
    matrix = pdfium.FS_MATRIX()
    size = pdfium.FPDFText_GetFontSize(text, number)
    is_known = size > 0 and pdfium.FPDFText_GetMatrix(text, number, ctypes.byref(matrix))
    return bool(is_known) and size * hypot(matrix.c, matrix.d) < _DOT


_DOT: Final = 1.0
"""Points of letters that nobody can read."""


def address(raw: Any) -> int | None:
    """Return what tells one object that is drawn from another; None of none."""
    return ctypes.cast(raw, ctypes.c_void_p).value if raw else None
