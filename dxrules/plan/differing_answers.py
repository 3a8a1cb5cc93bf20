"""Where an answer of the town does not say what the plan says: what people have to look at.

That something has come along since is no contradiction; that it is less than the plan said is one.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator
from typing import Any

from dxrules.dates import PartialDate, parse_date
from dxrules.errors import DateError
from dxrules.frozen import frozen
from dxrules.plan.answers import is_before, listed
from dxrules.plan.models import Answer
from dxrules.plan.read import PlanFile
from dxrules.source.placed_data import value_at

_FURTHER = (
    frozenset({"none", "no", "declined", "dropped"}),
    frozenset({"considered", "postponed"}),
    frozenset({"not-migrated"}),
    frozenset({"planned", "draft", "outline", "public-comment", "provisional"}),
    frozenset({"preparing", "in-progress", "ongoing"}),
    frozenset({"in-place", "started", "migrated", "done", "used", "yes", "all", "established"}),
)
"""States, the later the further."""

_LEFT_OPEN = {"scope": frozenset({"count", "unstated"})}
"""By key, what a plan says that leaves open what an answer tells, and so contradicts none."""

_ENTRIES = {("standardization", "excluded"), ("standardization", "deferred_functions")}
"""What holds entries, which an answer tells in one text."""

_DAYS = frozenset({"since", "start", "migrated", "target"})
"""Keys of one day."""

_GROWS = frozenset({"reviewed", "cites", "serves_as"})
"""Keys of which a later answer adds to what the plan says."""


@frozen
class Differing:
    """An answer that says otherwise than the plan, and both values; `number` is its place."""

    number: int
    answer: Answer
    said: str
    told: str

    @property
    def entry(self) -> str:
        """The id of the entry that both are about, or its section."""
        return self.answer.about.split(".")[-2]


def differing(file: PlanFile) -> Iterator[Differing]:
    """Yield the answers of a plan file that contradict what the plan says."""
    for number, answer in enumerate(file.plan.answers):
        path = tuple(answer.about.split("."))
        said = value_at(file.document.data, path)
        if said is None or is_before(answer.told, file.plan.recorded):
            continue
        told: Any = listed(answer.answer) if isinstance(said, list) else answer.answer
        if path in _ENTRIES:
            if not _tell_the_same(file, path[-1]):
                yield Differing(number, answer, _in_a_line(said), answer.answer)
            continue
        if said == told or path[-1] in _GROWS or _adds(path[-1], said, told):
            continue
        if path[-1] in _DAYS and _is_within(told, said, answer.told):
            continue
        yield Differing(number, answer, _shown(said), _shown(told))


def _tell_the_same(file: PlanFile, key: str) -> bool:
    """Tell whether entries that an answer puts in the place of the plan's say the same."""
    view = file.as_told or file
    said, told = (getattr(each.standardization, key, None) for each in (file.said, view.plan))
    if key == "excluded":
        return {each.task for each in said or ()} == {each.task for each in told or ()}
    return bool(said == told)


def _in_a_line(said: Any) -> str:
    """Return entries by the first thing that each says."""
    entries = said if isinstance(said, list) else [said]
    return "、".join(str(next(iter(each.values()))) for each in entries)


def _adds(key: str, said: Any, told: Any) -> bool:
    """Tell whether an answer takes up where the plan leaves off."""
    if isinstance(said, str) and said in _LEFT_OPEN.get(key, ()):
        return True
    return _is_further(said, told) or (key == "migrated" and _is_more(said, told))


def _is_more(said: Any, told: Any) -> bool:
    """Tell whether a number that was told is no smaller than that of the plan, or all."""
    numbers = [unicodedata.normalize("NFKC", str(each)) for each in (said, told)]
    if not numbers[0].isdecimal():
        return False
    return told == "all" or (numbers[1].isdecimal() and int(numbers[1]) >= int(numbers[0]))


def _is_within(told: Any, said: Any, near: PartialDate) -> bool:
    """Tell whether a day that was told is the plan's, however it is written, or more exact."""
    try:
        day, plans = (parse_date(str(each), near.latest) for each in (told, said))
    except DateError:
        return False
    first, last = plans.earliest, plans.latest
    if first is None or last is None or day.earliest is None or day.latest is None:
        return False
    return first <= day.earliest and day.latest <= last


def _is_further(said: Any, told: Any) -> bool:
    both = [each for each in (said, told) if isinstance(each, str)]
    ranks = [n for each in both for n, states in enumerate(_FURTHER) if each in states]
    return len(ranks) == 2 and ranks[0] <= ranks[1]  # noqa: PLR2004  (both are states)


def _shown(value: Any) -> str:
    return "、".join(map(str, value)) if isinstance(value, list) else str(value)
