"""Who speaks: the town of what is, nation and others, a glossary, or the town of what was."""

from __future__ import annotations

from collections import Counter

from dxrules.document.model import Block
from dxrules.document.normal import squeezed
from dxrules.draft.models import Voice
from dxrules.draft.reading import Reading


def voice_of(said: str, told: Voice | None, reading: Reading) -> Voice:
    """Return who speaks in a squeezed sentence; `told` is what the nearest heading tells.

    The sentence itself comes first: 「国は…」 is quoted wherever it stands, and 「本町では…」 is
    the town even below a heading on the nation. A glossary is a glossary whatever it says.
    """
    if told == "glossary":
        return told
    return cue_of(said, reading) or told or "town"


def cue_of(said: str, reading: Reading) -> Voice | None:
    """Return who speaks in a squeezed sentence by its own words; None if they do not tell."""
    for voice, phrase in reading.voices.within(said):
        if next(phrase.matches(said), None) is not None:
            return voice
    return None


def voice_of_rows(block: Block, told: Voice | None, reading: Reading) -> Voice:
    """Return who speaks in a table: whoever speaks in more than half of its rows, or above it.

    One row that quotes the nation does not make all of them the nation's.
    """
    if told == "glossary":
        return told
    rows = [squeezed("".join(cell.text for cell in row)) for row in block.rows()]
    counts = Counter(voice_of(row, told, reading) for row in rows)
    voice, number = counts.most_common(1)[0] if counts else (told or "town", 0)
    return voice if number * 2 > len(rows) else told or "town"
