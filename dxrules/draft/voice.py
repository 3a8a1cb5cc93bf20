"""Who speaks: the town of what is, nation and others, a glossary, or the town of what was."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from typing import Final

from dxrules.document.normal import squeezed
from dxrules.document.original import Block
from dxrules.draft.lexicon import Lexicon
from dxrules.draft.lexicon_files import Voice


def voice_of(said: str, told: Voice | None, reading: Lexicon) -> Voice:
    """Return who speaks in a squeezed sentence; `told` is what the nearest heading tells.

    The sentence itself comes first: 「国は…」 is quoted wherever it stands, and 「本町では…」 is
    the town even below a heading on the nation. A glossary is a glossary whatever it says.
    """
    if told == "glossary":
        return told
    return cue_of(said, reading) or told or "town"


def cue_of(said: str, reading: Lexicon) -> Voice | None:
    """Return who speaks in a squeezed sentence by its own words; None if they do not tell."""
    for voice, phrase in reading.voices.within(said):
        if next(phrase.matches(said), None) is not None:
            return voice
    return None


def voice_of_rows(block: Block, told: Voice | None, reading: Lexicon) -> Voice:
    """Return who speaks in a table: whoever speaks in more than half of its rows, or above it.

    One row that quotes the nation does not make all of them the nation's.
    """
    if told == "glossary":
        return told
    rows = [squeezed("".join(cell.text for cell in row)) for row in block.rows()]
    counts = Counter(voice_of(row, told, reading) for row in rows)
    voice, number = counts.most_common(1)[0] if counts else (told or "town", 0)
    return voice if number * 2 > len(rows) else told or "town"


_LONGEST: Final = 1_000
"""Signs of a sentence; what is longer is no prose, and is read in pieces."""
_OF_NATION: Final = re.compile(
    r"\s*(?:なお、|また、)?(?:国|政府|総務省|デジタル庁|[都道府]?県|都|道|府)(?:は|では|が|も)"
)
_ON_TO_TOWN: Final = re.compile("(?<=が、)(?=(?:本|当)?[市町村区](?:では|は|としては|においては))")


def _by_speaker(text: str) -> Sequence[str]:
    """Return a sentence, or both halves of one that goes on to the town: 国は…が、本町では…."""
    return _ON_TO_TOWN.split(text, maxsplit=1) if _OF_NATION.match(text) else [text]


def in_sentences(text: str, *, by_line: bool = False) -> Sequence[str]:
    """Return the sentences of a block, and of a cover its lines.

    A full stop within brackets ends none.
    """
    parts, depth, start = [], 0, 0
    for place, sign in enumerate(text):
        depth += (sign in "「『（(") - (sign in "」』）)")
        if (sign == "。" and depth <= 0) or (by_line and sign == "\n"):
            parts.append(text[start : place + 1])
            start = place + 1
    parts.append(text[start:])
    return [
        part[cut : cut + _LONGEST]
        for whole in parts
        for part in _by_speaker(whole)
        for cut in range(0, len(part), _LONGEST)
        if part.strip()
    ]
