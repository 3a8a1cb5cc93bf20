"""How cells look, as far as it says what they mean: the format of a number, a strike-through."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Final

from openpyxl.styles.numbers import BUILTIN_FORMATS

from dxrules.frozen import frozen
from dxrules.source.sheets.fault import PartError
from dxrules.source.sheets.parts import BROKEN, XmlEvent, is_true, whole
from dxrules.source.sheets.shared_strings import decoded

GENERAL: Final = "General"
_FIRST_OF_ITS_OWN = 164
"""From this number on a workbook has to say what a format is."""

JAPANESE: Mapping[int, str] = {
    **dict.fromkeys((27, 28, 29, 31, 36, 50, 51, 54, 57, 58), "ymd"),
    **dict.fromkeys((34, 52, 55), "ym"),
    **dict.fromkeys((35, 53, 56), "md"),
    30: "mdy",
}
"""Formats that a Japanese Excel names by number only; those of hours (32, 33) are no days."""


@frozen
class CellFormat:
    """The format of a cell's number, None if the workbook does not say it; whether it is struck."""

    form: str | None = GENERAL
    struck: bool = False


def looks(events: Iterable[XmlEvent]) -> list[CellFormat]:
    """Return the looks that cells refer to by number."""
    formats: dict[int, str] = {}
    fonts: list[bool] = []
    used: list[tuple[int, int]] = []
    above: list[str] = []
    for kind, name, attributes in events:
        if kind == "end":
            above.pop()
        elif kind == "start":
            within = above[-1] if above else ""
            if (within, name) == ("numFmts", "numFmt"):
                number = whole(attributes.get("numFmtId"))
                formats[number] = decoded(attributes.get("formatCode", GENERAL))
            elif (within, name) == ("fonts", "font"):
                fonts.append(False)
            elif (within, name) == ("font", "strike") and above[-2:-1] == ["fonts"]:
                fonts[-1] = is_true(attributes.get("val", "1"))
            elif (within, name) == ("cellXfs", "xf"):
                numbers = (attributes.get(key, "0") for key in ("numFmtId", "fontId"))
                form, font = map(whole, numbers)
                used.append((form, font))
            above.append(name)
    if any(font >= len(fonts) for _, font in used if font):
        raise PartError(BROKEN)
    return [CellFormat(_form(form, formats), bool(fonts) and fonts[font]) for form, font in used]


def _form(number: int, own: Mapping[int, str]) -> str | None:
    if number in own:
        return own[number]
    known = BUILTIN_FORMATS.get(number) or JAPANESE.get(number)
    return known or (GENERAL if number < _FIRST_OF_ITS_OWN else None)
