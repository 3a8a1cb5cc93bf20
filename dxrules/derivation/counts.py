"""Counts of tasks: whether they fit each other, and what is said of each task."""

from __future__ import annotations

from collections.abc import Iterable

from dxrules.dates import PartialDate, Range
from dxrules.derivation.context import Context
from dxrules.derivation.stated_days import dated
from dxrules.derivation.there_by_then import was_there
from dxrules.plan.sections.standardization import Standardization, System
from dxrules.texts import Text

_OF_A_MOVE = ("status", "migrated", "migrated_on")
_LEFT = frozenset({"not-migrated", "in-progress", "planned"})


def clash_of(context: Context) -> Text | None:
    """Return how the counts of tasks contradict each other or the tasks listed; None if not.

    A part that was not read may list more tasks, and leave more of them out. It is the same for
    all tasks: made once for a context, by `Context.once`.
    """
    said = context.plan.standardization
    if said is None:
        return None
    tasks, whole = len(context.reference.tasks), context.missing("standardization").silent
    most = tasks - len(said.excluded or ())
    scope = said.in_scope
    if scope is not None and scope > most:
        return Text(
            f"対象業務の数は{scope}だが、対象外を除くと多くとも{most}",
            f"{scope} in scope, but at most {most} but for those left out",
        )
    if scope is not None and said.scope == "all" and scope < most and whole:
        return Text(
            f"対象は{most}業務すべてだが、対象業務の数は{scope}",
            f"all {most} tasks in scope, but their number is given as {scope}",
        )
    if scope is not None and len(said.systems) > scope:
        return Text(
            f"対象業務の数は{scope}だが、挙げた業務は{len(said.systems)}",
            f"{scope} in scope, but {len(said.systems)} listed",
        )
    number = scope if scope is not None else _listed(said, most, whole=whole)
    return _clash_of_migrated(context, said, number, whole=whole)


def _listed(said: Standardization, most: int, *, whole: bool) -> int | None:
    """Return how many are in scope where they are listed, and read whole, and not counted."""
    if said.scope == "all":
        return most
    return len(said.systems) if said.scope == "list" and said.systems and whole else None


def _clash_of_migrated(
    context: Context, said: Standardization, scope: int | None, *, whole: bool
) -> Text | None:
    """Tell so of those migrated; what is said of all holds for the rest if no more are listed."""
    if said.migrated is None:
        return None
    done = sum(_is_migrated(context, each) for each in said.systems.values())
    left = sum(_is_left(context, each) for each in said.systems.values())
    rest = 0 if scope is None else max(0, scope - len(said.systems))
    is_of_those_listed = said.status == "in-progress" and left > 0
    if whole and said.status in _LEFT and (rest or scope is None) and not is_of_those_listed:
        left += 1  # it may be said of all, of whom some have migrated
    elif whole and said.status == "migrated" and _is_past(context, said):
        done += rest
    if said.migrated == "all":
        return _all_but(left) if left else None
    if said.migrated < done:
        return Text(
            f"移行済みの数は{said.migrated}だが、移行済みと読める業務は{done}",
            f"{said.migrated} migrated, but {done} told to be",
        )
    if scope is not None and said.migrated > scope - left:
        return Text(
            f"対象{scope}業務のうち移行済みは{said.migrated}だが、未移行と読める業務は{left}",
            f"{said.migrated} of {scope} migrated, but {left} told not to be",
        )
    return None


def _all_but(left: int) -> Text:
    return Text(
        f"すべて移行済みとあるが、未移行と読める業務が{left}",
        f"all migrated, but {left} told not to be",
    )


def _is_migrated(context: Context, system: System) -> bool:
    """Tell whether one is said to be migrated, on a day that was not to come."""
    if system.status not in (None, "migrated"):
        return False
    if system.migrated:
        return context.recorded_by(system.migrated, context.known(system, "status", "migrated"))
    ahead = still_ahead(system.target, context.known(system, "status", "target"))
    return system.status == "migrated" and ahead is None


def _is_left(context: Context, system: System) -> bool:
    """Tell whether one is said not to be migrated, or is to migrate after the day recorded."""
    if system.migrated:
        known = context.known(system, "status", "migrated")
        return not context.recorded_by(system.migrated, known)
    known = context.known(system, "status", "target")
    if system.status == "migrated":
        return still_ahead(system.target, known) is not None
    if system.status is not None:
        return system.status in _LEFT
    target = dated(system.target)
    return target is not None and not context.recorded_by(target, known)


def _is_past(context: Context, said: Standardization) -> bool:
    """Tell whether the day on which all moved, if any is given, was not to come."""
    known = known_to(context, said)
    return all(context.recorded_by(day, known) for day in said.migrated_on or ())


def known_to(context: Context, whole: Standardization, system: System | None = None) -> PartialDate:
    """Return the day up to which it is known of a system, or of all, what has migrated."""
    return context.known(told_of(whole, system), *_OF_A_MOVE)


def told_of(whole: Standardization, system: System | None = None) -> Standardization | System:
    """Return which entry tells of a system whether it has migrated: its own, or that of all."""
    return system if system is not None and (system.status or system.migrated) else whole


def moved_by_today(
    context: Context, said: Standardization | System, moved: Iterable[PartialDate]
) -> bool:
    """Tell whether what is told to be migrated, on some days or without one, surely was today."""
    return was_there(context, said, _OF_A_MOVE, *moved) is True


def still_ahead(target: PartialDate | None, known: PartialDate) -> Range | None:
    """Return a target that lies after the day up to which something is known, for sure.

    What is called migrated, without a day of that, and aims at such a day contradicts itself: it
    may be to migrate only then. A limit (令和7年度末まで) may be met long before it.
    """
    if target is None or target.range.minus(known.range).at_least(1) is not True:
        return None
    return target.range


def recorded_any(context: Context, days: Iterable[PartialDate], known: PartialDate) -> bool:
    """Tell whether any of several days may have been past when it was known."""
    return any(context.recorded_by(day, known) for day in days)


def all_later(context: Context, days: Iterable[PartialDate]) -> bool:
    """Tell whether each of several days surely comes after the day judged."""
    return all(day.range.at_most(context.today) is False for day in days)


def status_of_all(context: Context, whole: Standardization) -> str | None:
    """Return the status that tasks share where nothing else is said of them.

    That they are migrated is in doubt where the counts or other tasks say otherwise.
    """
    shared = whole.status or ("migrated" if whole.migrated == "all" else None)
    return None if shared == "migrated" and context.once(clash_of) else shared
