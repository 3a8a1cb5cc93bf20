"""Who speaks: the town of what is, nation and others, a glossary, or the town of what was."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from dxrules.draft.models import Voice
    from dxrules.draft.reading import Reading


def voice_of(said: str, told: Voice | None, reading: Reading) -> Voice:
    """Return who speaks in a squeezed sentence; `told` is what the nearest heading tells.

    The sentence itself comes first: 「国は…」 is quoted wherever it stands, and 「本町では…」 is
    the town even below a heading on the nation. A glossary is a glossary whatever it says.
    """
    if told == "glossary":
        return told
    for voice, phrase in reading.voices:
        if next(phrase.matches(said), None) is not None:
            return voice
    return told or "town"
