"""All that is told of the plan and the town in sentences: by phrases, and by readers of a kind."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace

from dxrules.document.normal import squeezed
from dxrules.draft.candidates import Candidate, find
from dxrules.draft.cloud import cloud
from dxrules.draft.counted_tasks import bound_to_scope
from dxrules.draft.cover import cover
from dxrules.draft.cover_days import days_of_plan
from dxrules.draft.less_sure import less_sure
from dxrules.draft.lexicon import Lexicon
from dxrules.draft.mentioned import mentioned
from dxrules.draft.other_plans import other_plans
from dxrules.draft.outline import Sentence
from dxrules.draft.plan_periods import own_period, without_lesser_periods
from dxrules.draft.policy_days import policy_days, policy_itself
from dxrules.draft.post_holders import post_holders
from dxrules.draft.provision_prose import provision_prose
from dxrules.draft.provision_rows import provision_rows
from dxrules.draft.sameness import same
from dxrules.draft.systems_told import Systems
from dxrules.draft.task_numbers import task_numbers
from dxrules.draft.training_said import training_said


def told(
    sentences: Sequence[Sentence], whose: str, reading: Lexicon, of_tasks: Systems
) -> list[Candidate]:
    """Return the candidates in sentences; `of_tasks` is what is told of single tasks."""
    found = [*cover(sentences, whose, reading), *find(sentences, reading)]
    found += days_of_plan(sentences, whose, reading, found)
    found += [
        replace(each, of=_DATA_PLAN, key="status", value="in-place")
        for each in found
        if each.key == "serves_as" and each.value in _DATA_PLAN and each.grade == "sure"
    ]
    title = next((squeezed(e.value) for e in found if (e.of, e.key) == ("plan", "title")), "")
    if title:
        found += [
            Candidate("plan", "period", period, "sure", "period-of-title", quote)
            for period, quote in own_period(title, sentences)
        ]
        found += _of_own_title(title, sentences, reading, found)
    found += other_plans(sentences, reading, whose, title, _period(found))
    found += [*policy_days(sentences, reading), *policy_itself(sentences, whose, reading)]
    found += post_holders(sentences, reading)
    found = _with_rows([*provision_rows(sentences, reading)], found)
    found += provision_prose(sentences, reading, found)
    found = [*less_sure(found, sentences, reading)]
    found += training_said(sentences, reading)
    found += mentioned(sentences, reading, found)
    excluded = len(of_tasks.excluded)
    found += task_numbers(sentences, reading, len(of_tasks.systems), excluded)
    found = bound_to_scope(found, sentences, reading, excluded)
    found += cloud(sentences, reading, is_moved=of_tasks.some_moved or _are_moved(found))
    return found


def _of_own_title(
    title: str, sentences: Sequence[Sentence], reading: Lexicon, found: Sequence[Candidate]
) -> Iterator[Candidate]:
    """Yield what sentences tell of the plan by its title, and is not told otherwise.

    A page calls it by its title where the plan says 本計画.
    """
    named = re.compile(rf"(?<![次期旧前])[「『]?{re.escape(title)}[」』]?(?=[はをのがで、(])")
    own = [
        replace(
            each,
            said=f"{each.said[: at.start()]}{_OWN}{each.said[at.end() :]}",
            starts=(
                *each.starts[: at.start()],
                *(each.starts[at.start()] for _ in _OWN),
                *each.starts[at.end() :],
            ),
        )
        for each in sentences
        if not each.is_heading and (at := named.search(each.said)) is not None
    ]
    known = {(each.of, each.key) for each in found if each.grade == "sure"}
    is_open = any((each.of, each.key) == ("plan", "status") for each in found)
    for each in find(own, reading):
        is_of_day = each.key in {"status", "established"}
        if each.of == "plan" and (each.of, each.key) not in known and not (is_of_day and is_open):
            yield each


def _period(found: Sequence[Candidate]) -> str:
    """Return the period of the plan where it is told in one way for sure."""
    sure = [e for e in found if (e.of, e.key, e.grade) == ("plan", "period", "sure")]
    told = [each.value for each in without_lesser_periods(sure)]
    return told[0] if len({same("period", each) for each in told}) == 1 else ""


_OWN = "本計画"
_DATA_PLAN = "provisions.public-private-data-plan"


def _with_rows(rows: Sequence[Candidate], found: Sequence[Candidate]) -> list[Candidate]:
    """Return what is found, and what whole rows tell; of their state they are right."""
    known = {(each.of, each.key, each.quote.place, each.entry) for each in rows}
    return [*rows, *(e for e in found if (e.of, e.key, e.quote.place, e.entry) not in known)]


def _are_moved(found: Sequence[Candidate]) -> bool:
    """Tell whether tasks of standardization are said to have been moved, all or some."""
    return any(
        (each.of, each.key, each.grade) == ("standardization", "migrated", "sure")
        and each.value != "0"
        for each in found
    )
