"""Standardization: the town's systems, one by one where they are listed, else by counts."""

from __future__ import annotations

from typing import TYPE_CHECKING

from dxrules.dates import Range, either
from dxrules.derivation.context import dated, newest, when
from dxrules.derivation.counts import clash_of
from dxrules.derivation.declaration import a_code, state, unsaid
from dxrules.derivation.period import may_be_missed
from dxrules.derivation.subject import Subject
from dxrules.derivation.third_party import is_system_heard
from dxrules.derivation.values import SILENT, UNKNOWN, Absent, Code, unknown
from dxrules.plan.code_labels import EXCEPTION, codes
from dxrules.texts import join

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from dxrules.dates import PartialDate, Truth
    from dxrules.derivation.context import Context
    from dxrules.derivation.values import Value
    from dxrules.plan.models import Evident, Standardization, System
    from dxrules.source import Path
    from dxrules.texts import Text

REST_EXCEPTION = {
    **{code: EXCEPTION[code] for code in ("transition-support", "migration-difficult")},
    **codes(
        both=("両方の例外", "exceptions of both kinds"),
        none=("例外でない業務がある", "one is no exception"),
    ),
}
A_REST_EXCEPTION = a_code(
    "未移行の業務がすべて当たる例外", "exception that every task outstanding is", REST_EXCEPTION
)
STATE_EACH_EXCEPTION = state(
    "残る業務がどれも例外(特定移行支援システム等)に当たるなら、業務ごとにそれを書く",
    "if every task outstanding is a designated exception, state so for each",
    "transition-support",
    "migration-difficult",
    "both",
)
EXCEPTIONS_UNSAID = unsaid(
    "残る業務が、認められた例外に当たるかどうかが書かれていない",
    "whether the tasks left are exceptions that are accepted is not stated",
)

_EXCEPTIONS = (Code("transition-support"), Code("migration-difficult"))
_STATED_UNDONE = frozenset({"not-migrated", "in-progress"})
_LEFT = frozenset(map(Code, ("not-migrated", "in-progress", "planned")))
_MOVING = frozenset({"migrated", "in-progress", "planned"})
_A_YEAR = 366
"""Days by which an approximate limit can be passed without being surely missed; our yardstick."""

_BY_PREFECTURE = "run-by-prefecture"
_DOUBTFUL_REASON = unknown(
    "県がこの業務を行うことは確かめられていない",
    "that a prefecture runs this task was not verified",
)
_NO_EVIDENCE = unknown(
    "例外に当たるとする根拠(章・節、ページ、断片)が示されていない",
    "no evidence (section, page or text) is given for the exception",
)
_IN_DOUBT = unknown(
    "業務の数と業務ごとの状況が食い違っている",
    "the counts and what is said of each task contradict each other",
)


def listed_tasks(context: Context) -> list[str]:
    """Return the tasks that the plan lists, in scope or left out, in the order of the reference."""
    said = context.plan.standardization
    if said is None:
        return []
    if said.scope == "all":
        return list(context.reference.tasks)
    named = set(said.systems) | {e.task for e in said.excluded or ()}
    return [task for task in context.reference.tasks if task in named]


def systems_move(context: Context) -> Truth:
    """Tell whether any system has moved, or is to; None where only others than the plan say so."""
    said = context.plan.standardization
    if said is None:
        return False
    parts: tuple[Standardization | System, ...] = (said, *said.systems.values())
    keys = ("status", "migrated", "target")
    return either(
        None if is_system_heard(said, part, *keys) else True
        for part in parts
        if part.status in _MOVING or part.migrated not in (None, 0) or dated(part.target)
    )


class SystemSubject(Subject):
    """The system of a task that the plan lists."""

    kind = "system"

    def __init__(self, context: Context, task: str) -> None:
        name = context.reference.tasks[task].name
        super().__init__(context, task, name, ("standardization", "systems", task))
        if context.plan.standardization is None:
            raise ValueError(task)
        self.whole: Standardization = context.plan.standardization
        self.said: System | None = self.whole.systems.get(task)
        self.exclusion = next((e for e in self.whole.excluded or () if e.task == task), None)

    def sources(self) -> Iterator[tuple[Path, Evident]]:
        """Yield its mapping, and that of the whole."""
        if self.said:
            yield self.path, self.said
        yield ("standardization",), self.whole

    def status(self) -> Value:
        """The status; tasks that are not described one by one share that of the whole.

        What is dated after the facts were recorded was planned then.
        """
        if self.exclusion:
            return Code("excluded")
        status, moved = self._status(), self._moved()
        if status == "migrated" and moved and not any(map(self.context.recorded_by, moved)):
            return Code("planned")
        return Code(status) if status else self._missing

    @property
    def _missing(self) -> Absent:
        return self.context.missing("standardization")

    def _status(self) -> str | None:
        """Return its own status, else that of the whole; a task with a target is planned.

        Of a task that the plan singles out, it does not say that it moved with the others.
        """
        said, shared = self.said, _status_of_all(self.context, self.whole)
        if said is None:
            return shared
        if said.status or said.migrated:
            return said.status or "migrated"
        singled_out = bool(said.exception or said.target or said.evidence)
        if shared and not (singled_out and shared == "migrated"):
            return shared
        return "planned" if dated(said.target) else None

    def _moved(self) -> tuple[PartialDate, ...]:
        """Return the day on which it moved; without one, the days on which all of them did."""
        own = self.said.migrated if self.said else None
        return (own,) if own else self.whole.migrated_on or ()

    def done_on(self) -> Value:
        """The day of the migration, which one aimed at may miss by a year."""
        aimed_at = self._target() if self._status() != "migrated" else None
        return may_be_missed(self._done(), aimed_at)

    def _done(self) -> Value:
        """Return the day of the migration; of several, which of them is not said."""
        status, fulfilment = self._status(), self.context.fulfilment
        if status == "migrated" and (moved := self._moved()):
            return _any_of([fulfilment(done=True, completed=day, due=None) for day in moved])
        return fulfilment(
            done=True if status == "migrated" else False if status in _STATED_UNDONE else None,
            completed=None,
            due=self._target(),
        )

    def done_about(self) -> Value:
        """The same day, for a limit that is itself approximate: it may be a year earlier."""
        done = self._done()
        if not isinstance(done, Range) or done.lo is None:
            return done
        return Range(max(1, done.lo - _A_YEAR), done.hi, done.approximate)

    def _target(self) -> PartialDate | None:
        """Return its own target; a designated exception does not share that of the whole."""
        if self.said and (self.said.target or self.said.exception):
            return self.said.target
        return self.whole.target_of_all

    def exception(self) -> Value:
        """The designated exception; silence leaves it open."""
        exception = self.said.exception if self.said else None
        return Code(exception) if exception else self._missing

    def exception_shown(self) -> Value:
        """Whether no exception is claimed without evidence, of its own or of the whole.

        A town does not designate its own systems: a claim that rests on nothing leaves it open.
        """
        if self.said is None or self.said.exception in (None, "none"):
            return True
        parts = ((self.said, "exception"), (self.whole, "systems"))
        return True if any(part.shows(key) for part, key in parts) else _NO_EVIDENCE

    def target(self) -> Value:
        """By when it is to be migrated."""
        return when(self._target(), self._missing)

    def excluded_reason(self) -> Value:
        """Why it is left out; that the prefecture runs it is taken for tasks that it can run."""
        reason = self.exclusion.reason if self.exclusion else None
        if reason == _BY_PREFECTURE and not self.context.reference.tasks[self.key].by_prefecture:
            return _DOUBTFUL_REASON
        return Code(reason) if reason else self._missing


def _stays_behind(system: SystemSubject) -> bool:
    """Tell whether one is left with the rest and no exception, and no target tells it apart."""
    if system.exception() != Code("none") or isinstance(system.target(), Range):
        return False
    return system.status() in _LEFT


def _status_of_all(context: Context, whole: Standardization) -> str | None:
    """Return the status that tasks share where nothing else is said of them.

    That they are migrated is in doubt where the counts or other tasks say otherwise.
    """
    shared = whole.status or ("migrated" if whole.migrated == "all" else None)
    return None if shared == "migrated" and clash_of(context, whole) else shared


def _any_of(days: Sequence[Value]) -> Value:
    """Return the range that holds all of several days; unknown if one of them is."""
    ranges = [day for day in days if isinstance(day, Range)]
    if len(ranges) < len(days):
        return next(day for day in days if not isinstance(day, Range))
    return Range.hull(*ranges)


class StandardizationSubject(Subject):
    """The whole of standardization, by counts."""

    kind = "standardization"

    def __init__(self, context: Context) -> None:
        name = context.reference.areas[self.kind].name
        super().__init__(context, self.kind, name, ("standardization",))
        self.said: Standardization | None = context.plan.standardization

    def sources(self) -> Iterator[tuple[Path, Evident]]:
        """Yield its mapping."""
        if self.said:
            yield self.path, self.said

    @property
    def _missing(self) -> Absent:
        return self.context.missing("standardization")

    def _systems(self) -> list[SystemSubject]:
        tasks = listed_tasks(self.context)
        return [
            system
            for system in (SystemSubject(self.context, task) for task in tasks)
            if system.exclusion is None
        ]

    def listed(self) -> Value:
        """Whether the tasks in scope are given one by one, and as many of them as there are."""
        if self.said is None:
            return self._missing
        return self._all_listed or (False if self._missing.silent else self._missing)

    @property
    def _all_listed(self) -> bool:
        """A list that names no task in scope is none, unless all tasks are left out."""
        if self.said is None or self.said.scope != "list":
            return self.said is not None and self.said.scope == "all"
        excluded = {each.task for each in self.said.excluded or ()}
        left_out = excluded >= self.context.reference.tasks.keys()
        named = len(self._systems())
        return named >= (self.said.in_scope or 0) and (named > 0 or left_out)

    def in_scope(self) -> Value:
        """How many tasks are in scope."""
        if self.said is None:
            return self._missing
        if self.said.in_scope is not None:
            return Range.point(self.said.in_scope)
        if self._all_listed:
            return Range.point(len(self._systems()))
        return unknown("対象業務の数が書かれていない", "the number of tasks is not stated")

    @property
    def _clash(self) -> Text | None:
        return clash_of(self.context, self.said) if self.said else None

    def counts_agree(self) -> Value:
        """Whether the counts fit each other and what is said of each task."""
        if self.said is None:
            return self._missing
        stated = self.said.in_scope is not None or self.said.migrated is not None
        return self._clash is None if stated else SILENT

    def counts_clash(self) -> Value:
        """Which of the counts do not fit."""
        if self.said is None:
            return self._missing
        return self._clash or SILENT

    def migrated(self) -> Value:
        """How many are migrated; open where the plan contradicts itself."""
        if self.said is None:
            return self._missing
        if self._clash:
            return _IN_DOUBT
        if self.said.migrated == "all":
            return self.in_scope()
        if self.said.migrated is not None:
            return Range.point(self.said.migrated)
        if self._all_listed:
            codes = [system.status() for system in self._systems()]
            done = codes.count(Code("migrated"))
            undone = sum(codes.count(Code(status)) for status in _STATED_UNDONE)
            return Range(done, len(codes) - undone)
        return self._missing

    def outstanding(self) -> Value:
        """How many are not migrated yet; open where the plan contradicts itself."""
        if self._clash:
            return _IN_DOUBT
        if self.said is not None and self.said.migrated == "all":
            return Range.point(0)
        scope, migrated = self.in_scope(), self.migrated()
        if isinstance(scope, Range) and isinstance(migrated, Range):
            return scope.minus(migrated).clip(lo=0)
        return self._missing if self.said is None else UNKNOWN

    def _unaccounted(self) -> list[str] | None:
        if self.said is None or not self._all_listed:
            return None
        listed = set(listed_tasks(self.context))
        return [task for task in self.context.reference.tasks if task not in listed]

    def unaccounted(self) -> Value:
        """How many of the 20 tasks are neither in scope nor left out, where those in it are listed.

        A document that names none as left out leaves none out; one that was not read whole may
        name more.
        """
        rest = self._unaccounted()
        if rest is not None:
            return Range(len(rest) if self._missing.silent else 0, len(rest))
        if self.said is None:
            return self._missing
        if self.said.scope == "list":
            return unknown(
                "対象業務の一覧に、対象業務の数だけの業務がない",
                "the list does not hold as many tasks as are said to be in scope",
            )
        return unknown("対象・対象外の一覧がない", "no lists of what is in scope and what is not")

    def unaccounted_names(self) -> Value:
        """Those tasks by name."""
        rest, tasks = self._unaccounted(), self.context.reference.tasks
        if rest is None:
            return self.unaccounted()
        return join([tasks[task].name for task in rest]) if rest else SILENT

    def done_on(self) -> Value:
        """The day on which all are migrated."""
        if self.said is None:
            return self._missing
        outstanding = self.outstanding()
        if isinstance(outstanding, Range) and outstanding.hi == 0:
            last = newest(self.said.migrated_on or ())
            return self.context.fulfilment(done=True, completed=last, due=None)
        some_left = isinstance(outstanding, Range) and outstanding.at_least(1)
        undone = some_left and self.said.migrated is not None
        if self._clash and self.said.migrated is not None:
            return _IN_DOUBT
        done = self.context.fulfilment(
            done=False if undone or self.said.status in _STATED_UNDONE else None,
            completed=None,
            due=self.said.target_of_all,
        )
        return may_be_missed(done, self.said.target_of_all)

    def rest_exception(self) -> Value:
        """Which exception every task outstanding is; open if more may be left than are named.

        A task that is none counts only where it is told that it is left; one with a target of its
        own may be done long before the rest, and is judged by itself.
        """
        if self.said is None:
            return self._missing
        outstanding, systems = self.outstanding(), self._systems()
        if outstanding == Range.point(0):
            return UNKNOWN
        if any(map(_stays_behind, systems)):
            return Code("none")
        left = [system for system in systems if system.status() != Code("migrated")]
        excepted = [system for system in left if system.exception() in _EXCEPTIONS]
        named = [system.exception() for system in excepted]
        if not named or not isinstance(outstanding, Range) or not outstanding.at_most(len(named)):
            return UNKNOWN
        if any(system.exception_shown() is not True for system in excepted):
            return _NO_EVIDENCE
        return named[0] if len(set(named)) == 1 else Code("both")

    def deferred_functions(self) -> Value:
        """Whether some functions are to conform later."""
        if self.said is None or self.said.deferred_functions is None:
            return self._missing
        return self.said.deferred_functions.status == "some"

    def deferred_due(self) -> Value:
        """By when deferred functions conform; past that day, they may or may not."""
        deferred = self.said.deferred_functions if self.said else None
        if deferred is None or deferred.status == "none":
            return self._missing
        last = deferred.due.range.hi if deferred.due else None
        if last is None or self.context.today <= last:
            return when(deferred.due, self._missing)
        return self.context.fulfilment(done=False, completed=None, due=deferred.due)

    def government_cloud(self) -> Value:
        """Whether Government Cloud is used."""
        cloud = self.said.government_cloud if self.said else None
        return Code(cloud) if cloud else self._missing
