"""What spreadsheets ask of texts: signs that a cell takes, names of sheets, heights of rows.

Nothing here loads a library of spreadsheets.
"""

from __future__ import annotations

import math
import re
from collections.abc import Iterable

from dxrules.texts import NOT_IN_LINES, code_of, shorten, width

LONGEST = 32_767
"""UTF-16 units that a cell can hold."""

_ESCAPE = re.compile("_(?=x[0-9A-Fa-f]{4}_)")
"""What a spreadsheet would read as the code of one sign, as in _x000D_."""

_NEVER_IN_NAMES = re.compile("[\\[\\]:*?/\\\\\x00-\x1f\x7f\ud800-\udfff\ufffe\uffff]")
_LONGEST_NAME = 31
_RESERVED = "history"  # of Excel
_TALLEST = 409  # points
_IN_HEADERS = 80


def cell_text(text: str) -> str:
    r"""Return a text as the XML of a sheet takes it, with an ellipsis where it is too long.

    Lines stay; every other character that acts is shown as its code.

    >>> cell_text("a\x07b"), cell_text("_x000D_"), len(cell_text("a" * 40_000))
    ('a<U+0007>b', '_x005F_x000D_', 32767)
    """
    clean = NOT_IN_LINES.sub(lambda found: code_of(found[0]), text)
    if len(clean) * 2 > LONGEST and len(_units(clean)) > LONGEST * 2:
        clean = _first(clean, LONGEST - 1) + "…"
    # A parser of XML makes a bare carriage return a line feed.
    return _ESCAPE.sub("_x005F_", clean).replace("\r", "_x000D_")


def _units(text: str) -> bytes:
    return text.encode("utf-16-le")


def _first(text: str, units: int) -> str:
    """Cut a text to so many UTF-16 units; half a sign is dropped."""
    return _units(text)[: units * 2].decode("utf-16-le", "ignore")


def sheet_names(wanted: Iterable[str], taken: Iterable[str] = ()) -> list[str]:
    """Return names of sheets: allowed, not too long, and each once whatever its case.

    >>> sheet_names(["川/西町", "川西町", "History", "''"], ["川西町"])
    ['川西町 (2)', '川西町 (3)', 'History_', '-']
    """
    used = {name.casefold() for name in taken}
    names = []
    for each in wanted:
        plain = " ".join(_NEVER_IN_NAMES.sub("", each).split()).strip("' ") or "-"
        plain = f"{plain}_" if plain.casefold() == _RESERVED else plain
        name, number = _named(plain, ""), 1
        while name.casefold() in used:
            number += 1
            name = _named(plain, f" ({number})")
        used.add(name.casefold())
        names.append(name)
    return names


def _named(name: str, tail: str) -> str:
    return _first(name, _LONGEST_NAME - len(tail)).rstrip("' ") + tail


def header_text(text: str) -> str:
    """Return a text for the header of a printed page, where & begins a code.

    >>> header_text("A&B")
    'A&&B'
    """
    return shorten(text, _IN_HEADERS).replace("&", "&&")


def lines_of(text: str, columns: float) -> int:
    """Return how many lines a text takes in a cell in which so many half-width signs fit.

    >>> lines_of("町の計画", 8), lines_of("町の計画", 7), lines_of("a", 7)
    (1, 2, 1)
    """
    widths = [width(line) for line in text.split("\n")]
    if len(widths) == 1 and widths[0] <= columns:
        return 1
    room = max(columns, 2)
    return sum(max(math.ceil(each / room), 1) for each in widths)


def height_of(lines: int, size: float) -> float:
    """Return the height of a row in points; `size` is that of its signs.

    >>> height_of(1, 9), height_of(100, 9)
    (14.5, 409)
    """
    return min(lines * size * 1.3 + 2.8, _TALLEST) if lines > 1 else size * 1.3 + 2.8
