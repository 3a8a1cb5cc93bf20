"""How what stands on a page of a PDF is drawn: in which colour, and whether with any."""

from __future__ import annotations

import ctypes
from typing import Any, Final

import pypdfium2.raw as pdfium

from dxrules.frozen import frozen

_NO_INK: Final = frozenset({pdfium.FPDF_TEXTRENDERMODE_INVISIBLE, pdfium.FPDF_TEXTRENDERMODE_CLIP})
WHITE: Final = 250
"""From here on each part of a colour is as good as white."""


@frozen
class LetterInk:
    """How letters are drawn: with `none` at all, or in `white`."""

    none: bool = False
    white: bool = False

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
        )


def parts_of_colour(raw: Any) -> tuple[int, ...] | None:
    """Return red, green, blue and how opaque it is, of 255 each; None where it is not known."""
    parts = [ctypes.c_uint() for _ in range(4)]
    if not pdfium.FPDFPageObj_GetFillColor(raw, *map(ctypes.byref, parts)):
        return None
    return tuple(each.value for each in parts)


def address(raw: Any) -> int | None:
    """Return what tells one object that is drawn from another; None of none."""
    return ctypes.cast(raw, ctypes.c_void_p).value if raw else None
