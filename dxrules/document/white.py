"""Which colours are as good as white, so that nobody reads what is written in them on white."""

from __future__ import annotations

import re
from typing import Final

WHITE: Final = 250
"""From here on each part of a colour, of 255, is as good as white."""
_PARTS: Final = re.compile(r"([0-9a-f]{2})" * 3, re.IGNORECASE)


def is_white(colour: str) -> bool:
    """Tell whether a colour in six digits is as good as white.

    >>> [is_white(each) for each in ("FFFFFF", "fefefe", "F2F2F2", "auto", "")]
    [True, True, False, False, False]
    """
    found = _PARTS.fullmatch(colour)
    return found is not None and min(int(each, 16) for each in found.groups()) >= WHITE
