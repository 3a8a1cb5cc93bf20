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

_BEHIND: Final = (
    r"[」』]?(?:\((?:[^()、]{1,8}、)?|[:、]|の(?:計画)?期間(?:は、?|\(|:))(?:(?:計画)?期間[:は]?、?)?"
    r"((?:[^()、。:]|\((?:令和|平成|[0-9])[0-9]*\)){4,40})"
)
_BEFORE: Final = r"([0-9令和平成年度~からまで()-]{6,40}?)(?:を(?:計画)?期間とする|までの|の)「?"
"""The period of a plan behind its name, in brackets, a cell or a clause; and before it."""


def period_of(entry: Mapping[str, str], sentences: Sequence[Sentence]) -> tuple[str, Quote] | None:
    """Return the period of a plan and where it stands; None where none or several are told.

    Of a stage that is named with a plan it is the period of the stage.
    """
    found = [*_told(squeezed(entry["title"] + entry.get("stage", "")), sentences)]
    meant = {same("period", period) for period, _ in found}
    return found[0] if len(meant) == 1 else None


def own_period(title: str, sentences: Sequence[Sentence]) -> Iterator[tuple[str, Quote]]:
    """Yield the period that stands behind the title of the plan itself, as figures have it."""
    yield from _told(squeezed(title), [each for each in sentences if not each.is_heading])


def _told(name: str, sentences: Sequence[Sentence]) -> Iterator[tuple[str, Quote]]:
    pattern = re.compile(f"{re.escape(name)}{_BEHIND}|{_BEFORE}{re.escape(name)}")
    for sentence in sentences:
        if sentence.voice not in {"town", "past"}:
            continue
        for found in pattern.finditer(sentence.said):
            group = 1 if found[1] else 2
            inside = read_part("period", found[group])
            if inside is None:
                continue
            start, end = (found.start(group) + each for each in inside)
            quote = quoted(sentence, part(sentence, start, end))
            yield unwrapped(sentence.original(start, end)), quote
