"""Editions of the national plan: which a plan may rest on, and how many changes it has missed."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from itertools import pairwise

from dxrules.dates import PartialDate, Range
from dxrules.derivation.context import Context
from dxrules.derivation.plan_days import makings, when_written, written_after
from dxrules.derivation.values import SILENT, Value, unknown
from dxrules.plan.sections.about import Citation
from dxrules.reference import NATIONAL_PLAN, Edition

NONE_YET = Edition.model_construct(
    id="", on=PartialDate(date.min, date.min), source="", items=(), items_verified="primary"
)
"""What held before the first edition: a list without items."""


def edition_of(context: Context, citation: Citation) -> Edition | None:
    """Return the edition of the national plan that a plan cites."""
    if citation.document != NATIONAL_PLAN or citation.edition is None:
        return None
    return context.reference.editions.get(citation.edition)


def editions_on(context: Context, day: date) -> list[Edition | None]:
    """Return the editions that may be the newest on a day; None is one that is not known.

    One whose list was not verified leaves open whether the list before it still held.
    """
    newest = context.reference.edition_on(day)
    doubtful = [
        edition
        for edition in context.reference.editions.values()
        if edition.items_verified == "unverified"
        and edition.holds_from <= day
        and (newest is None or edition.holds_from > newest.holds_from)
        and (newest is None or set(edition.items) != set(newest.items))
    ]
    return [newest or (None if doubtful else NONE_YET), *doubtful]


def editions_when(context: Context, when: PartialDate) -> list[Edition | None]:
    """Return the editions that may have been the newest on a day known within a range.

    None stands for a list that is not known, as after the last day up to which they are. What
    came after the day judged is not known on it.
    """
    first, last = when.earliest or date.min, when.latest
    if last is None or when.approximate:
        return [None]
    starts = [each.holds_from for each in context.reference.editions.values()]
    days = {first, *(start for start in starts if first < start <= last)}
    found = [e for day in sorted(days) for e in editions_on(context, min(day, context.day))]
    unknown_yet = min(last, context.day) > context.reference.known_until
    return [*found, None] if unknown_yet else found


def newest_alongside(context: Context) -> tuple[str, ...] | None:
    """Return the newest list known of things to take up alongside; a union is asked for none."""
    if context.plan.municipality.is_union:
        return ()
    known = context.reference.editions.values()
    lists = [
        each for each in known if each.alongside is not None and each.holds_from <= context.day
    ]
    newest = max(lists, key=lambda edition: edition.holds_from, default=None)
    return newest.alongside if newest else None


def _first(context: Context) -> list[Edition]:
    """Return the first edition, if any is known: what cites the national plan came after it."""
    return sorted(context.reference.editions.values(), key=lambda each: each.holds_from)[:1]


def is_listed(context: Context, area: str) -> bool:
    """Tell whether any edition lists an area; what none lists is no item, whichever held."""
    return area in context.once(_listed)


def _listed(context: Context) -> set[str]:
    return {item for edition in context.reference.editions.values() for item in edition.items}


def editions_when_made(context: Context) -> list[Edition | None]:
    """Return the editions that may have been the newest when the plan was made."""
    return context.once(_editions_when_made)


def _editions_when_made(context: Context) -> list[Edition | None]:
    cites = context.plan.plan.cites
    cited = [edition for each in cites if (edition := edition_of(context, each))]
    if any(each.document == NATIONAL_PLAN for each in cites):
        cited += _first(context)
    days = [edition.holds_from for edition in cited if edition.holds_from <= context.day]
    made = makings(context, days) or (written_after(context, days),)
    return [edition for day in made for edition in editions_when(context, day)]


def is_priority(context: Context, area: str) -> Value:
    """Tell whether an area was a priority item of municipalities when the plan was made."""
    return False if context.plan.municipality.is_union else was_listed(context, area)


def was_listed(context: Context, area: str) -> Value:
    """Tell whether the nation's list named an area when the plan was made, whoever made it."""
    if not is_listed(context, area):
        return False
    answers = {None if each is None else area in each.items for each in editions_when_made(context)}
    answer = answers.pop() if len(answers) == 1 else None
    if answer is None:
        return unknown(
            "策定時にどの版の項目一覧があったか分からない",
            "which list of items held when the plan was made is not known",
        )
    return answer


def followed(context: Context) -> list[Edition]:
    """Return the editions that the plan may follow by its own words; background is none."""
    cites = [each for each in context.plan.plan.cites if each.followed]
    return [edition for each in cites for edition in _meant(context, each)]


def _meant(context: Context, citation: Citation) -> list[Edition]:
    """Return the edition that a citation names, or by its date alone may mean.

    That is the edition of that day; of a day on which none came out, the newest then.
    """
    named, day = edition_of(context, citation), citation.date
    if citation.document != NATIONAL_PLAN or named is not None:
        return [] if named is None else [named]
    if day is None or not day.range.is_known or day.approximate:
        return []
    editions = context.reference.editions.values()
    near = [each for each in editions if each.on.range.meet(day.range) is not None]
    exact = [each for each in near if each.on.range.meet(day.range) == each.on.range]
    then = [each for each in editions_when(context, day) if each and each is not NONE_YET]
    return exact or near or then


def _possible(context: Context) -> list[Edition]:
    """Return the editions that a plan which names none can rest on: those there were."""
    last = min(when_written(context).latest or context.day, context.day)
    editions = context.reference.editions.values()
    cites = any(each.document == NATIONAL_PLAN for each in context.plan.plan.cites)
    return [*(() if cites else (NONE_YET,)), *(e for e in editions if e.holds_from <= last)]


def lists_behind(context: Context, newest: Iterable[Edition | None]) -> Value:
    """Count from each edition that the plan may rest on to each that may be the newest.

    The end is open for one that is not known. It is silent if there was none to rest on, and of a
    union that cites none, as the lists are those of municipalities. A part that was not read may
    cite a newer edition, or tell of a revision.
    """
    cited, newest = followed(context), [*newest]
    if not cited and context.plan.municipality.is_union:
        return SILENT
    if not cited and all(edition is NONE_YET for edition in editions_when_made(context)):
        return SILENT
    pairs = [(old, new) for old in cited or _possible(context) for new in newest if new]
    if cited:
        pairs = [(old, new) for old, new in pairs if new is not NONE_YET]
    else:  # none rests on one that came after it
        pairs = [(old, new) for old, new in pairs if old.holds_from <= new.holds_from]
    behind = [_between(context, old, new) for old, new in pairs]
    if not behind:
        return unknown("その日の項目一覧が分からない", "the list of that day is not known")
    least = min(behind) if context.missing("plan").silent else 0
    return Range(least, None if None in newest else max(behind))


def _between(context: Context, cited: Edition, newest: Edition) -> int:
    first, last = cited.holds_from, newest.holds_from
    ends = cited.id, newest.id
    lists = [
        items
        for day, edition, items in context.once(_in_order)
        if first <= day <= last and (edition.items_verified != "unverified" or edition.id in ends)
    ]
    return sum(later != earlier for earlier, later in pairwise(lists))


def _in_order(context: Context) -> list[tuple[date, Edition, frozenset[str]]]:
    """Return the days from which editions hold, in order, with each and its items."""
    known = (NONE_YET, *context.reference.editions.values())
    found = [(each.holds_from, each, frozenset(each.items)) for each in known]
    return sorted(found, key=lambda each: each[0])
