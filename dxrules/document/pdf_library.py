"""pdfium, with a font of its own in place of those of the machine."""

from __future__ import annotations

import ctypes
import os
from functools import cache
from pathlib import Path
from typing import Final

import pypdfium2.raw as pdfium

_VERSION: Final = 2
"""Of the settings; what later ones add is not needed."""
_FONT: Final = os.fsencode(Path(__file__).with_name("font"))
# pdfium keeps the address and not the words.
_FOLDERS: Final = ctypes.cast(
    (ctypes.c_char_p * 2)(_FONT, None), ctypes.POINTER(ctypes.POINTER(ctypes.c_char))
)


@cache
def begin_with_own_font() -> None:
    """Begin pdfium anew; nothing of it may be open yet.

    Letters whose font is not in the PDF are measured by a font of the machine. Where that has no
    Japanese one they have no height, and pdfium drops a line that says what the one above it says.
    So that a PDF reads alike everywhere it is always this font, in which each sign is a box.
    """
    pdfium.FPDF_DestroyLibrary()
    pdfium.FPDF_InitLibraryWithConfig(
        pdfium.FPDF_LIBRARY_CONFIG(version=_VERSION, m_pUserFontPaths=_FOLDERS)
    )
