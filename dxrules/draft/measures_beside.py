"""Measures whose cards stand side by side: their names in one line, their offices in the next.

書かない窓口の導入 | 電子契約の拡大
担当：市民課       | 担当：契約課
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import pairwise
from typing import Final

from dxrules.document.normal import squeezed
from dxrules.draft.candidates import part, quoted
from dxrules.draft.cells_and_rows import is_office
from dxrules.draft.column_heads import role_of
from dxrules.draft.lexicon import Lexicon
from dxrules.draft.measure_cells import take_cells
from dxrules.draft.measure_titles import is_title, short_title
from dxrules.draft.measure_words import Made, Said, headings_above
from dxrules.draft.outline import Sentence

_OWNER: Final = re.compile(r"[【\[〔(（]?([^:：】\]〕)）\s]{2,6})[:：】\]〕)）]\s*(\S.*)")
_ELSEWHERE: Final = frozenset(
    {"organization", "position", "period", "progress", "past", "nation", "indicators"}
)
_LEAST: Final = 2
_LEAST_TITLE: Final = 6
"""Signs of a name that is none of a post or of a field alone."""


def beside(sentences: Sequence[Sentence], reading: Lexicon) -> Iterator[Made]:
    """Yield the measures of cards side by side, each with the office below its name."""
    lines = [
        (sentence, line.split("\t"))
        for sentence in sentences
        if sentence.block.kind != "table"
        for line in sentence.text.split("\n")
    ]
    for (above, names), (_, cells) in pairwise(lines):
        owners = [_owner(cell, reading) for cell in cells]
        is_row = len(names) == len(owners) >= _LEAST and all(owners)
        if is_row and above.voice == "town" and not _ELSEWHERE & {*above.near, *above.about}:
            for name, owner in zip(names, owners, strict=True):
                yield from _made(above, name, owner, reading)


def _owner(cell: str, reading: Lexicon) -> str:
    """Return the office that a cell names beside a label of it; nothing of another cell."""
    found = _OWNER.fullmatch(cell.strip())
    if found is None or role_of(squeezed(found[1]), reading) != "owner":
        return ""
    office = re.split("[・･]", squeezed(found[2]))[-1]  # DX・情報課 is one
    return found[2].strip() if is_office(office, reading) else ""


def _made(sentence: Sentence, name: str, owner: str, reading: Lexicon) -> Iterator[Made]:
    title = short_title(name.strip(), reading)
    start = sentence.said.find(squeezed(title))
    if not is_title(title) or len(squeezed(title)) < _LEAST_TITLE or start < 0:
        return
    said = Said()
    take_cells(said, {"owner": owner}, reading)
    said.areas(title, headings_above(sentence, reading), "", reading)
    shown = part(sentence, start, start + len(squeezed(title)))
    yield said.mapping(title), (quoted(sentence, shown),)
