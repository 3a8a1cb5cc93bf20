"""The font with which PDFs are read: every sign is a box as high as its size."""

import io

from fontTools.fontBuilder import FontBuilder
from fontTools.pens.ttGlyphPen import TTGlyphPen
from fontTools.ttLib.tables._c_m_a_p import CmapSubtable

UNITS, ASCENT, DESCENT = 1000, 880, -120
NARROW = 100
"""So wide is a box: less than any letter, since a PDF says itself how wide its letters are."""
SIGNS = (range(0x21, 0xD800), range(0xE000, 0x2FA20))
EAST_ASIAN = 0b11111 << 17
"""Bits of `ulCodePageRange1`: a font for Japanese, Chinese and Korean, and for no Latin text."""


def made():
    """Return the font as TrueType."""
    build = FontBuilder(UNITS, isTTF=True)
    build.font.recalcTimestamp = False
    build.font["head"].created = build.font["head"].modified = 0
    build.setupGlyphOrder([".notdef", "box"])
    build.setupGlyf({".notdef": _box(), "box": _box()})
    build.setupHorizontalMetrics({".notdef": (UNITS, 0), "box": (UNITS, 0)})
    build.setupHorizontalHeader(ascent=ASCENT, descent=DESCENT)
    build.setupNameTable({"familyName": "dxrules box", "styleName": "Regular"})
    # The font's tables are filled from one sign; the map of all replaces it below.
    build.setupCharacterMap({0x4E00: "box"})
    build.setupOS2(
        sTypoAscender=ASCENT,
        sTypoDescender=DESCENT,
        usWinAscent=ASCENT,
        usWinDescent=-DESCENT,
        ulCodePageRange1=EAST_ASIAN,
    )
    build.setupPost()
    build.font["cmap"].tables = [_all_signs()]
    stream = io.BytesIO()
    build.save(stream)
    return stream.getvalue()


def _box():
    pen = TTGlyphPen(None)
    pen.moveTo((0, DESCENT))
    for corner in ((0, ASCENT), (NARROW, ASCENT), (NARROW, DESCENT)):
        pen.lineTo(corner)
    pen.closePath()
    return pen.glyph()


def _all_signs():
    """Return a map of all signs to one glyph (format 13)."""
    signs = CmapSubtable.newSubtable(13)
    signs.platformID, signs.platEncID, signs.language = 3, 10, 0
    signs.format, signs.reserved, signs.length, signs.nGroups = 13, 0, 0, 0
    signs.cmap = {sign: "box" for each in SIGNS for sign in each}
    return signs
