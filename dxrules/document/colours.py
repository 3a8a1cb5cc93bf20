"""Colours as pages and documents write them, as RRGGBB."""

from __future__ import annotations

import re
from typing import Final

_HEX: Final = re.compile(r"#?([0-9a-f]{6}|[0-9a-f]{3})(?![0-9a-z])", re.IGNORECASE)
_RGB: Final = re.compile(r"rgba?\(\s*([0-9]{1,3})[\s,]+([0-9]{1,3})[\s,]+([0-9]{1,3})")
_NAMES: Final = {
    "white": "FFFFFF", "black": "000000", "red": "FF0000", "blue": "0000FF", "green": "008000",
    "yellow": "FFFF00", "orange": "FFA500", "gray": "808080", "grey": "808080", "pink": "FFC0CB",
    "lightblue": "ADD8E6", "skyblue": "87CEEB", "lightgreen": "90EE90", "cyan": "00FFFF",
    "lightgray": "D3D3D3", "lightgrey": "D3D3D3", "navy": "000080", "silver": "C0C0C0",
    "purple": "800080", "lime": "00FF00", "aqua": "00FFFF", "gold": "FFD700", "salmon": "FA8072",
}  # fmt: skip


def colour_of(text: str) -> str:
    """Return a colour; empty for none, for a transparent one and for what is not known.

    >>> colour_of("#1f4e9e"), colour_of("rgb(255, 0, 0)"), colour_of("Yellow"), colour_of("none")
    ('1F4E9E', 'FF0000', 'FFFF00', '')
    """
    bare = text.strip().lower()
    if found := _RGB.match(bare):
        parts = [int(each) for each in found.groups()]
        return "".join(f"{each:02X}" for each in parts) if max(parts) <= _MOST else ""
    if bare in _NAMES:
        return _NAMES[bare]
    if found := _HEX.match(bare):
        digits = found[1] if len(found[1]) > len("abc") else "".join(each * 2 for each in found[1])
        return digits.upper()
    return ""


_MOST: Final = 255
