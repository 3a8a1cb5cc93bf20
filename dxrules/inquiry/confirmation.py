"""A draft confirmed question by question: what is asked next, and what an answer makes of it."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from typing import Any, Final

from dxrules.frozen import frozen
from dxrules.inquiry.doubt_order import PlanJudge, Unsettled, unsettled
from dxrules.plan import PlanFile, plan_of
from dxrules.plan.alike_doubts import (
    AS_IT_STANDS,
    NOT_SAID,
    AlikeDoubts,
    Way,
    answered,
    left_after,
    one_question,
    set_to,
    stands,
)
from dxrules.plan.answers import listed
from dxrules.plan.code_labels import in_words
from dxrules.plan.open_doubts import (
    OpenDoubt,
    closed,
    codes_of,
    confirmed,
    is_list,
    offers,
)
from dxrules.reference import Reference
from dxrules.source.rewrite import rewritten

ALL, CLOSE, NONE, OWN, IS = "a", "y", "n", "e", "="
"""Signs of answers: all of a list; a section was read; nothing is said; a value of one's own.

Of several alike doubts the own answer asks one by one, and `=` stands before what some of them are.
"""
_NUMBERS: Final = re.compile("([0-9]{1,4})(?:-([0-9]{1,4}))?")


@frozen
class Reply:
    """An answer: the data that it makes, and where the doubts that are left stand in it."""

    data: Mapping[str, Any]
    moved: Mapping[OpenDoubt, OpenDoubt]


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

    def one_by_one(self) -> Review:
        """Return the review in which each of the alike doubts is asked by itself."""
        asked = self.left[0]
        doubts = asked.about.doubts if isinstance(asked.about, AlikeDoubts) else ()
        each = [replace(asked, about=doubt) for doubt in doubts]
        return replace(self, left=(*(each or [asked]), *self.left[1:]))

    def answer(self, reply: Reply, reference: Reference) -> Review:
        """Return the review after an answer; what is left of alike doubts is asked next.

        Raises PlanError where no plan file may say that, and UsageError where the file is
        written so that it cannot be changed.
        """
        document = rewritten(self.file.document, reply.data)
        file = plan_of(document, reference)
        asked, *rest = self.left
        left = rest if isinstance(asked.about, str) else self.left
        return Review(file, tuple(_moved(left, reply)), self.answered + 1, self.skipped, self)


def _moved(left: Sequence[Unsettled], reply: Reply) -> Iterator[Unsettled]:
    """Yield what is left to ask where it stands now; a doubt that went with an entry is gone."""
    for each in left:
        about = each.about
        if isinstance(about, str):
            yield each
            continue
        doubts = about.doubts if isinstance(about, AlikeDoubts) else (about,)
        question = one_question([reply.moved[doubt] for doubt in doubts if doubt in reply.moved])
        if question is not None:
            yield replace(each, about=question)


def review(file: PlanFile, judge: PlanJudge, reference: Reference) -> Review:
    """Return the review of a plan file: its doubts and open sections, by what they settle."""
    return Review(file, unsettled(file.document, judge, reference))


def settled(data: Mapping[str, Any], doubts: Sequence[OpenDoubt], way: Way) -> Reply:
    """Return the reply that answers doubts in one way."""
    return Reply(answered(data, doubts, way), left_after(data, doubts, way))


def reply(review: Review, said: str) -> Reply | None:
    """Return what an answer by its sign or number makes; None if it is no answer.

    Of a list of several values the numbers of those that are right make one.
    """
    about, data = review.left[0].about, review.file.document.data
    if isinstance(about, str):
        return settled(closed(data, about), (), AS_IT_STANDS) if said == CLOSE else None
    if isinstance(about, AlikeDoubts):
        return _reply_together(data, about, said)
    way = _way(data, about, said)
    return None if way is None else settled(data, (about,), way)


def _way(data: Mapping[str, Any], about: OpenDoubt, said: str) -> Way | None:
    """Return how a sign or number answers a doubt; None if it is no answer."""
    if said == NONE:
        return NOT_SAID
    if not about.keys:
        return AS_IT_STANDS if said == "1" else None
    offered, key = offers(data, about), about.keys[0]
    several = len(about.keys) == 1 and is_list(about.carrier, key)
    if several and offered and len(offered[0][key]) > 1:
        kept = _picked(offered[0][key], said)
        return set_to(kept) if kept else None
    chosen = _picked(offered, said)
    if len(chosen) != 1 or said == ALL:
        return None
    return lambda data, doubt: confirmed(data, doubt, chosen[0])


def _reply_together(data: Mapping[str, Any], about: AlikeDoubts, said: str) -> Reply | None:
    """Return what an answer about several alike doubts makes: of which, and after `=` what."""
    which, sign, what = said.partition(IS)
    if which == NONE and not sign:
        which, what = ALL, NONE
    some = _picked(about.doubts, which or (ALL if what else ""))
    if what:
        values = _picked(about.codes, what) if what != ALL else []
        way = NOT_SAID if what == NONE else set_to(values[0]) if len(values) == 1 else None
    else:
        way = None if sign else AS_IT_STANDS
        standing = [each for each in some if stands(data, each)]
        some = standing if which == ALL or len(standing) == len(some) else []
    return settled(data, some, way) if some and way is not None else None


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
    chosen: set[int] = set()
    for word in said.replace("、", ",").split(","):
        numbers = _NUMBERS.fullmatch(word.strip())
        first, last = (int(n) for n in numbers.groups(numbers[1])) if numbers else (0, 0)
        if not 1 <= first <= last <= len(items):
            return []
        chosen |= {*range(first, last + 1)}
    return [items[number - 1] for number in sorted(chosen)]
