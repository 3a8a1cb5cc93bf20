"""Answers of a municipality, as told at the desk, as rows of the plan file."""

from __future__ import annotations

from datetime import date

from dxrules.desk.interface import OfTold
from dxrules.errors import UsageError
from dxrules.inquiry.asks import (
    CHOICES,
    DAY_IN_VAIN,
    NO_CHOICE,
    day_keys,
    offered_words,
    read_answer,
)
from dxrules.plan.answers import AnswerTarget, target_of
from dxrules.reference import Reference
from dxrules.texts import join


def rows(given: OfTold, reference: Reference, today: date) -> list[dict[str, str]]:
    """Return a row for each entry that was told of, and one for its day where that was told.

    Raises UsageError for what is no entry, and for an answer that it cannot have.
    """
    known = reference.known()
    found: list[dict[str, str]] = []
    for about in given.about:
        target = target_of(about, known)
        if not isinstance(target, AnswerTarget):
            message, hint = target
            raise UsageError(message.then(hint))
        found += _of_entry(target, given, today)
    return found


def _of_entry(target: AnswerTarget, given: OfTold, today: date) -> list[dict[str, str]]:
    answer = read_answer(target, given.answer.strip())
    if answer is None:
        said = NO_CHOICE.format(said=given.answer.strip())
        raise UsageError(said.then(CHOICES.format(words=join(offered_words(target)))))
    shown = {"by": given.by, "document": given.document, "page": given.page}
    beside = {key: value for key, value in shown.items() if value}
    told = given.told or today.isoformat()
    row = {"about": target.name, "answer": answer, "told": told} | beside
    if not given.day:
        return [row]
    days = day_keys(target)
    if answer not in days:
        raise UsageError(DAY_IN_VAIN)
    carrier = target.name.rpartition(".")[0]
    return [row, row | {"about": f"{carrier}.{days[answer]}", "answer": given.day.strip()}]
