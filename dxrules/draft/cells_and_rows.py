"""What single cells and rows of tables are, by their words: states, offices, titles."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Final

from dxrules.document.normal import squeezed
from dxrules.draft.lexicon import Lexicon
from dxrules.draft.table_years import year_of

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


def is_state(cell: str, reading: Lexicon) -> bool:
    """Tell whether a cell is a word, or a sign, of where something stands."""
    bare = re.sub(r"\([^()]*\)", "", cell)
    return bool(reading.code_of("measure-status", reading.word_of(bare)))


def is_office(cell: str, reading: Lexicon) -> bool:
    """Tell whether a cell names but offices."""
    return reading.pattern(_OFFICES).fullmatch(cell) is not None


def spread(heads: Sequence[Sequence[str]]) -> Sequence[Sequence[str]]:
    """Return heads in which one over several years stands above each: 実績 over R5 and R6."""
    if len(heads) < 2:  # noqa: PLR2004  (one row)
        return heads
    above, below = [*heads[0]], heads[1]
    for place in range(1, min(len(above), len(below))):
        years = [year_of(squeezed(below[n])) for n in (place - 1, place)]
        if not above[place] and all(years):
            above[place] = above[place - 1]
    return (above, *heads[1:])
