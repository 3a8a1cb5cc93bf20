"""Sentences, and items below another, that are but a fact of what stands above them.

    書かない窓口
      住民課。いま実施中。毎月
      令和8年度～令和9年度

Each piece between full stops is an office, a time, a state or how often something is done.
"""

from __future__ import annotations

import re
from typing import Final

from dxrules.draft.lexicon import Lexicon
from dxrules.draft.measure_states import status_of
from dxrules.draft.outline import Sentence
from dxrules.draft.schedules import scheduled

_IN_BRACKETS: Final = re.compile("[〔【(\\[]([^〔【(\\[〕】)\\]]{1,40}(?:\\([^()]*\\))?)[〕】)\\]]")
_NAME: Final = "[一-龥々ァ-ヶー・DXICT]{1,14}"
_PART: Final = "[一-龥々ァ-ヶー・DXICT]"
_OF_DEPARTMENT: Final = rf"{_PART}{{1,13}}[^内外全一本幹上下中各]部(?:\s?{_PART}{{1,14}}[課室係])?"
"""総務部, but not 一部 or 内部."""
_NOW: Final = re.compile("^(?:いま|今|現在)[、は]?")
_LONGEST: Final = 24
"""Signs of a time, or a state with its note."""
_LONGEST_STATE: Final = 40


def bare_fact(sentence: Sentence, reading: Lexicon) -> tuple[str, str] | None:
    """Return the role of what a sentence says, and that, if it says but one such fact."""
    bare = sentence.said.rstrip("。")
    if inner := _IN_BRACKETS.fullmatch(bare):
        if status_of(inner[1], reading):
            return "status", inner[1]
        return ("owner", inner[1]) if is_named_office(inner[1], reading) else None
    if is_named_office(bare, reading):
        return "owner", " ".join(sentence.text.split()).rstrip("。")
    bare = _NOW.sub("", bare)
    if len(bare) <= _LONGEST_STATE and status_of(bare, reading):
        return "status", bare
    when = scheduled(bare, reading) if len(bare) <= _LONGEST else {}
    return ("schedule", bare) if when else None


def is_named_office(said: str, reading: Lexicon) -> bool:
    """Tell whether squeezed words are the name of an office, or of several."""
    pattern = reading.once(("offices",), lambda: _offices(reading))
    return pattern.fullmatch(said) is not None


def _offices(reading: Lexicon) -> re.Pattern[str]:
    """Return a pattern of an office, or of several."""
    ends, itself = (reading.any_of(f"office-{each}").pattern for each in ("alone", "itself"))
    one = f"(?:{_NAME}{ends}|{_OF_DEPARTMENT}|[全各](?:庁|課|部署)|{itself})"
    return re.compile(f"{one}(?:(?:[、,/・と]|及び){one}){{0,4}}")
