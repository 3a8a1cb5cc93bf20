"""Until when a document speaks: the day of its cover, or the last one as of which it tells."""

from __future__ import annotations

import re
from collections.abc import Iterable
from contextlib import suppress
from typing import Final

from dxrules.dates import Range, parse_date
from dxrules.draft.outline import Sentence
from dxrules.errors import DateError
from dxrules.frozen import frozen

_DAY: Final = re.compile(
    r"(?:(?:令和|R)[0-9元]{1,2}(?:\(20[0-9]{2}年?\))?|20[0-9]{2})[年.][0-9]{1,2}"
    r"(?:月(?:[0-9]{1,2}日)?末?|\.[0-9]{1,2})?"
)
_AS_OF: Final = re.compile("(?:現在|時点)")
_OF_SPAN: Final = re.compile("[~～〜-]|から|より|以降")
_NOT_OF_IT: Final = re.compile("期間|予定|目標")
_FRONT: Final = 6
"""Blocks at the beginning among which the day of a document stands."""


@frozen
class DaysKnown:
    """The last day of which a document can tell what was done, and one after all that it can."""

    done_by: int
    after: int

    def is_past(self, text: str) -> bool:
        """Tell whether all of a day is one of which the document can tell."""
        last = _range(text).hi
        return last is not None and last <= self.done_by

    def is_to_come(self, text: str) -> bool:
        """Tell whether all of a day is after the document."""
        first = _range(text).lo
        return first is not None and first > self.after


def days_known(sentences: Iterable[Sentence]) -> DaysKnown | None:
    """Return of which days a document can tell; None if it names neither its own nor another."""
    of_cover: list[int] = []
    as_of: list[int] = []
    for sentence in sentences:
        said = sentence.said
        is_front = sentence.cover and sentence.place < _FRONT and not _NOT_OF_IT.search(said)
        for each in _DAY.finditer(said):
            around = said[max(each.start() - 1, 0) : each.start()] + said[each.end() :][:2]
            last = _range(each[0]).hi
            if last is not None and is_front and not _OF_SPAN.search(around):
                of_cover.append(last)
            elif last is not None and _AS_OF.match(said, each.end()):
                as_of.append(last)
    if of_cover:
        return DaysKnown(max(of_cover), max(of_cover))
    return DaysKnown(min(as_of), max(as_of) + _A_YEAR) if as_of else None


_A_YEAR: Final = 366
"""Days after the last as of which something is told, by which a document was surely issued."""


def _range(text: str) -> Range:
    with suppress(DateError):
        return parse_date(text).range
    return Range(None, None)
