"""The periods of plans above, and of a former one: what stands in brackets behind their names."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from typing import Final

from dxrules.document.normal import squeezed, unwrapped
from dxrules.draft.candidates import Quote, part, quoted
from dxrules.draft.outline import Sentence
from dxrules.draft.phrases import read_part
from dxrules.draft.sameness import same

_BRACKETED: Final = r"[」』]?\((?:計画期間:?)?([^()]{4,40})\)"


def period_of(entry: Mapping[str, str], sentences: Sequence[Sentence]) -> tuple[str, Quote] | None:
    """Return the period of a plan and where it stands; None where none or several are told.

    Of a stage that is named with a plan it is the period of the stage.
    """
    found = [*_told(squeezed(entry["title"] + entry.get("stage", "")), sentences)]
    meant = {same("period", period) for period, _ in found}
    return found[0] if len(meant) == 1 else None


def _told(name: str, sentences: Sequence[Sentence]) -> Iterator[tuple[str, Quote]]:
    pattern = re.compile(re.escape(name) + _BRACKETED)
    for sentence in sentences:
        if sentence.voice not in {"town", "past"}:
            continue
        for found in pattern.finditer(sentence.said):
            inside = read_part("period", found[1])
            if inside is None:
                continue
            start, end = (found.start(1) + each for each in inside)
            quote = quoted(sentence, part(sentence, start, end))
            yield unwrapped(sentence.original(start, end)), quote
