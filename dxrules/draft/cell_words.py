"""What single cells and rows of tables are, by their words: states, offices, titles."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Final

from dxrules.draft.reading import Reading

_MOST_TITLES: Final = 3
_LEAST_BELOW: Final = 3
_KEY: Final = "凡例"
_OFFICES: Final = (
    r"(?:[^\s、,・/()0-9]{0,16}<office-end|office-in-cell>(?:\([^()]{1,20}\))?[、,・/及び]*)+"
)


def rows_of_title(rows: Sequence[Sequence[str]]) -> int:
    """Return how many rows at the top hold one text alone, as the title of a table does.

    What stands beside 凡例 is no heading either.
    """
    number = 0
    while number < min(_MOST_TITLES, len(rows) - 2):
        told = dict.fromkeys(cell for cell in rows[number] if cell)
        below = {cell for cell in rows[number + 1] if cell}
        is_key = next(iter(told), "").startswith(_KEY)
        if (len(told) > 1 and not is_key) or (told and len(below) < _LEAST_BELOW):
            break
        number += 1
    return number


def is_state(cell: str, reading: Reading) -> bool:
    """Tell whether a cell is a word, or a sign, of where something stands."""
    bare = re.sub(r"\([^()]*\)", "", cell)
    return bool(reading.code_of("measure-status", reading.word_of(bare)))


def is_office(cell: str, reading: Reading) -> bool:
    """Tell whether a cell names but offices."""
    return reading.pattern(_OFFICES).fullmatch(cell) is not None
