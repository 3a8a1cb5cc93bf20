"""A draft confirmed question by question: what is asked next, and what an answer makes of it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from typing import Any

from dxrules.frozen import frozen
from dxrules.inquiry.doubt_order import Judge, Unsettled, unsettled
from dxrules.plan import PlanFile, plan_of
from dxrules.plan.answers import listed
from dxrules.plan.code_labels import in_words
from dxrules.plan.open_doubts import (
    OpenDoubt,
    carried_over,
    closed,
    codes_of,
    confirmed,
    is_list,
    left_out,
    offers,
)
from dxrules.reference import Reference
from dxrules.source.rewrite import rewritten

ALL, CLOSE, NONE, OWN = "a", "y", "n", "e"
"""Signs of answers: all of a list; a section was read; nothing is said; a value of one's own."""


@frozen
class Review:
    """How far somebody is: the plan file as answered so far, and what is left to ask, in order.

    `before` is the review before the last answer or skip, to go back to.
    """

    file: PlanFile
    left: tuple[Unsettled, ...]
    answered: int = 0
    skipped: int = 0
    before: Review | None = None

    @property
    def asked(self) -> Unsettled | None:
        """What is asked now; None at the end."""
        return self.left[0] if self.left else None

    @property
    def number(self) -> int:
        """The place of what is asked now among all questions."""
        return self.answered + self.skipped + 1

    @property
    def total(self) -> int:
        """How many questions there are."""
        return self.answered + self.skipped + len(self.left)

    def skip(self) -> Review:
        """Return the review without an answer to what is asked now."""
        return replace(self, left=self.left[1:], skipped=self.skipped + 1, before=self)

    def back(self) -> Review:
        """Return the review as it was before the last answer or skip."""
        return self.before or self

    def answer(self, data: Mapping[str, Any], reference: Reference) -> Review:
        """Return the review after an answer that makes the plan file say some data.

        Raises PlanError where no plan file may say that, and UsageError where the file is
        written so that it cannot be changed.
        """
        document = rewritten(self.file.document, data)
        file = plan_of(document, reference)
        rest: tuple[Unsettled, ...] = self.left[1:]
        about = self.left[0].about
        if isinstance(about, OpenDoubt):
            moved = carried_over(self.file.document, document, about)
            rest = tuple(_moved(rest, moved))
        return Review(file, rest, self.answered + 1, self.skipped, self)


def _moved(left: Sequence[Unsettled], moved: Mapping[OpenDoubt, OpenDoubt]) -> Iterator[Unsettled]:
    """Yield what is left to ask where it stands now; a doubt that went with an entry is gone."""
    for each in left:
        if not isinstance(each.about, OpenDoubt):
            yield each
        elif each.about in moved:
            yield replace(each, about=moved[each.about])


def review(file: PlanFile, judge: Judge, reference: Reference) -> Review:
    """Return the review of a plan file: its doubts and open sections, by what they settle."""
    return Review(file, unsettled(file.document, judge, reference))


def reply(review: Review, said: str) -> dict[str, Any] | None:
    """Return the data that an answer by its sign or number makes; None if it is no answer.

    Of a list of several values the numbers of those that are right make one.
    """
    about, data = review.left[0].about, review.file.document.data
    if not isinstance(about, OpenDoubt):
        return closed(data, about) if said == CLOSE else None
    if said == NONE:
        return left_out(data, about)
    if not about.keys:
        return confirmed(data, about) if said == "1" else None
    offered, key = offers(data, about), about.keys[0]
    several = len(about.keys) == 1 and is_list(about.carrier, key)
    if several and offered and len(offered[0][key]) > 1:
        kept = _picked(offered[0][key], said)
        return confirmed(data, about, {key: kept}) if kept else None
    chosen = _picked(offered, said)
    return confirmed(data, about, chosen[0]) if len(chosen) == 1 and said != ALL else None


def value_of(about: OpenDoubt, key: str, typed: str) -> Any:
    """Return the value of a key that somebody types: a code by its words, a list by its items."""
    labels = in_words(codes_of(about.carrier, key))
    by_words = {word: code for code, text in labels.items() for word in (text.ja, text.en)}
    said = [by_words.get(each, each) for each in listed(typed)]
    return said if is_list(about.carrier, key) else by_words.get(typed.strip(), typed.strip())


def _picked(items: Sequence[Any], said: str) -> list[Any]:
    """Return the items of some numbers, joined by commas; none if any of them is no number."""
    if said == ALL:
        return [*items]
    words = [word.strip() for word in said.replace("、", ",").split(",")]
    known = {str(number): item for number, item in enumerate(items, 1)}
    return [known[word] for word in words] if all(word in known for word in words) else []
