"""Systems: the tasks to be standardized, one by one where the plan lists them."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from dxrules.dates import PartialDate, Range, Truth, either
from dxrules.derivation.absence import UNCONFIRMED
from dxrules.derivation.aggregates import some
from dxrules.derivation.context import A_YEAR, Context
from dxrules.derivation.counts import (
    all_later,
    clash_of,
    known_to,
    moved_by_today,
    recorded_any,
    status_of_all,
    still_ahead,
    told_of,
)
from dxrules.derivation.declaration import (
    Kind,
    a_code,
    a_date,
    a_truth,
    between,
    decide,
    falls_due,
    reads,
    rests_on,
    state,
    unsaid,
)
from dxrules.derivation.period import may_be_missed
from dxrules.derivation.stated_days import dated, when
from dxrules.derivation.subject import AllOfAKind, of_kind
from dxrules.derivation.there_by_then import TOLD_AFTER
from dxrules.derivation.third_party import is_heard, is_system_heard
from dxrules.derivation.values import Absent, Code, Value, unknown
from dxrules.plan.code_labels import EXCEPTION, EXCLUSION, SYSTEM_STATUS
from dxrules.plan.sections.evident import Evident
from dxrules.plan.sections.standardization import Standardization, System
from dxrules.reference import Reference
from dxrules.source import Path
from dxrules.texts import Text

STANDARDIZATION = "standardization"
"""The area that all of them belong to, and the section of the plan file about them."""

_DECIDE_WHEN = decide(
    "移行の時期を決めて書く",
    "decide when it is migrated and state it",
    within=("移行を{value}に終える", "finish the migration {value}"),
)
MOVE_UNSAID = unsaid(
    "移行した日も、移行の予定も書かれていない",
    "neither the day of the migration nor a day planned for it is stated",
)

STATED_UNDONE = frozenset({"not-migrated", "in-progress"})
_MOVING = frozenset({"migrated", "in-progress", "planned"})
_IN_THE_CLOUD = frozenset({"used", "planned"})

_BY_PREFECTURE = "run-by-prefecture"
_DOUBTFUL_REASON = unknown(
    "都道府県がこの業務を行うことは確かめられていない",
    "that a prefecture runs this task was not verified",
)
IN_DOUBT = unknown(
    "業務の数と業務ごとの状況が食い違っている",
    "the counts and what is said of each task contradict each other",
)
AIMED_AT_LATER = unknown(
    "移行済みとあるが、移行の目標は記載の時点より後の日である",
    "it is said to be migrated, but its target is a day after the facts were recorded",
)
NO_EVIDENCE = unknown(
    "例外に当たるとする根拠(章・節、ページ、断片)が示されていない",
    "no evidence (section, page or text) is given for the exception",
)


def systems(context: Context) -> list[SystemSubject]:
    """Return the system of each task that the plan lists; made once, by `Context.once`."""
    return [SystemSubject(context, task) for task in listed_tasks(context)]


def listed_tasks(context: Context) -> list[str]:
    """Return the tasks that the plan lists, in scope or left out, in the order of the reference."""
    said = context.plan.standardization
    if said is None:
        return []
    if said.scope == "all" and not by_counts(said):
        return list(context.reference.tasks)
    named = set(said.systems) | {e.task for e in said.excluded or ()}
    return [task for task in context.reference.tasks if task in named]


def is_run_by_union(context: Context, task: str | None) -> bool:
    """Tell whether the plan says that a union of municipalities runs a task."""
    said = context.plan.standardization
    left_out = said.excluded or () if said else ()
    return task in {each.task for each in left_out if each.reason == "run-by-union"}


def by_counts(said: Standardization) -> bool:
    """Tell whether it is said of all tasks how many have moved, and not which."""
    return said.scope == "all" and said.status is None and said.migrated not in (None, 0, "all")


def systems_move(context: Context) -> Truth:
    """Tell whether any system has moved, or is to; None where only others than the plan say so."""
    said = context.plan.standardization
    if said is None:
        return False
    parts: tuple[Standardization | System, ...] = (said, *said.systems.values())
    keys = ("status", "migrated", "target")
    cloud = [is_heard(said, "government_cloud")] if said.government_cloud in _IN_THE_CLOUD else []
    moves = (
        is_system_heard(said, part, *keys)
        for part in parts
        if part.status in _MOVING or part.migrated not in (None, 0) or dated(part.target)
    )
    return either(None if heard else True for heard in (*cloud, *moves))


@of_kind(
    Kind(
        "system",
        Text("標準化対象業務のシステム", "system"),
        Text("計画が示す業務", "task that the plan lists"),
        own_list="tasks",
        drawn_from=("standardization", ()),
    )
)
class SystemSubject(AllOfAKind):
    """The system of a task that the plan lists."""

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

    @classmethod
    def all_of(cls, context: Context) -> Iterator[SystemSubject]:
        """Yield each task that the plan lists."""
        return iter(context.once(systems))

    @classmethod
    def listed_areas(cls, reference: Reference) -> Iterator[tuple[str, str]]:
        """Yield every task."""
        return ((task, STANDARDIZATION) for task in reference.tasks)

    @a_code("状況", "status", SYSTEM_STATUS)
    @reads("status", "migrated", "excluded")
    @rests_on("tasks")
    @decide("移行の時期を決めて書く", "decide when it is migrated and state it", "planned")
    @state("移行中であれば、そう書く", "if its migration is under way, say so", "in-progress")
    @state("既に移行していれば、その日を書く", "if it is migrated, state the day", "migrated")
    @unsaid("移行したかどうかが書かれていない", "whether it is migrated is not stated")
    def status(self) -> Value:
        """The status; tasks that are not described one by one share that of the whole.

        What is dated after the facts were recorded, or the day judged, was planned then.
        """
        if self.exclusion:
            return Code("excluded")
        status, moved = self._status(), self._moved()
        if status is None and self._in_doubt:
            return IN_DOUBT
        known = known_to(self.context, self.whole, self.said)
        came = recorded_any(self.context, moved, known) and not all_later(self.context, moved)
        if status == "migrated" and moved and not came:
            return Code("planned")
        if left_open := self._open_by_target():
            return left_open
        if status == "migrated" and not moved_by_today(
            self.context, told_of(self.whole, self.said), moved
        ):
            return TOLD_AFTER
        return Code(status) if status else self._missing

    @property
    def _missing(self) -> Absent:
        return self.context.missing("standardization")

    def _open_by_target(self) -> Absent | None:
        """Return why the target of what is called migrated, without a day, leaves that open."""
        if self._still_ahead():
            return AIMED_AT_LATER
        is_dated = self._status() != "migrated" or self._moved()
        is_in_doubt = "target" in (self.said or self.whole).keys_in_doubt
        return UNCONFIRMED if is_in_doubt and not is_dated else None

    @property
    def _in_doubt(self) -> bool:
        """Whether the counts contradict what it would share with all."""
        shared = self.whole.status or self.whole.migrated
        return shared in ("migrated", "all") and self.context.once(clash_of) is not None

    def _status(self) -> str | None:
        """Return its own status, else that of the whole; a task with a target is planned.

        Of a task that the plan singles out, it does not say that it moved with the others.
        """
        said, shared = self.said, status_of_all(self.context, self.whole)
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

    @a_date("移行が済む日", "day of the migration")
    @reads("status", "migrated", "migrated_on", "target")
    @rests_on("tasks")
    @_DECIDE_WHEN
    @MOVE_UNSAID
    @between(
        "移行した日が書かれていない(あり得るのは{value})",
        "the day of the migration is not stated (it may be {value})",
    )
    def done_on(self) -> Value:
        """The day of the migration, which one aimed at may miss by a year."""
        aimed_at = self._target() if self._status() != "migrated" else None
        return may_be_missed(self._done(), aimed_at)

    def _still_ahead(self) -> Range | None:
        """Return the target of what is called migrated, without a day, if that was to come."""
        if self._status() != "migrated" or self._moved():
            return None
        known = known_to(self.context, self.whole, self.said)
        return still_ahead(self._target(), known)

    def _done(self) -> Value:
        """Return the day of the migration; of several, which of them is not said.

        One that is called migrated and aims at a day to come is migrated by then.
        """
        status, fulfilment = self._status(), self.context.fulfilment
        if status is None and self._in_doubt:
            return IN_DOUBT
        known = known_to(self.context, self.whole, self.said)
        if status == "migrated" and (moved := self._moved()):
            days = [fulfilment(done=True, completed=day, due=None, known=known) for day in moved]
            return _any_of(days)
        done = fulfilment(
            done=True if status == "migrated" else False if status in STATED_UNDONE else None,
            completed=None,
            due=self._target(),
            known=known,
        )
        return _any_of([done, ahead]) if (ahead := self._still_ahead()) else done

    @a_date(
        "移行が済む頃(書かれた日の1年前から)",
        "about when it is migrated (from a year before the day stated)",
    )
    @reads("status", "migrated", "migrated_on", "target")
    @rests_on("tasks")
    @_DECIDE_WHEN
    @MOVE_UNSAID
    @between(
        "移行の時期が、書かれていないか、概ねの日か、目安の頃にかかる(1年の幅を見て、あり得るのは{value})",
        "when it is migrated is not stated, or only about (give or take a year it may be {value})",
    )
    def done_about(self) -> Value:
        """The same day, for a limit that is itself approximate: it may be a year earlier."""
        done = self._done()
        if not isinstance(done, Range) or done.lo is None:
            return done
        return Range(max(1, done.lo - A_YEAR), done.hi, done.approximate)

    def _target(self) -> PartialDate | None:
        """Return its own target; a designated exception does not share that of the whole."""
        if self.said and (self.said.target or self.said.exception):
            return self.said.target
        return self.whole.target_of_all

    @a_code("例外の種別", "exception", EXCEPTION)
    @reads("exception", "rest_exception")
    @rests_on("tasks")
    @state(
        "例外({value})に当たるなら、それを根拠とともに書く",
        "if it is an exception ({value}), state it with the evidence",
        "transition-support",
        "migration-difficult",
    )
    @unsaid(
        "特定移行支援システムなどの例外に当たるかどうかが書かれていない",
        "whether it is an exception, such as a designated system, is not stated",
    )
    def exception(self) -> Value:
        """The designated exception, be it that of all that is left; silence leaves it open."""
        exception = (self.said.exception if self.said else None) or self._rest
        return Code(exception) if exception else self._missing

    @property
    def _rest(self) -> str | None:
        """What all tasks left are said to be, if this is surely one of them."""
        own = self.said.status if self.said else None
        left = self._status() == "not-migrated" or own in ("in-progress", "planned")
        return self.whole.rest_exception if left else None

    @a_truth("例外とするなら根拠がある", "no exception is claimed without evidence")
    @reads("exception", "rest_exception")
    @rests_on("tasks")
    @state(
        "例外に当たる根拠があるなら、それを書く",
        "if there is evidence for the exception, state it",
        "yes",
    )
    def exception_shown(self) -> Value:
        """Whether no exception is claimed without evidence, of its own or of the whole.

        A town does not designate its own systems: a claim that rests on nothing leaves it open.
        """
        own = self.said.exception if self.said else None
        if (own or self._rest) in (None, "none"):
            return True
        parts: tuple[tuple[Evident, str], ...] = ((self.whole, "rest_exception"),)
        if self.said is not None and own is not None:
            parts = ((self.said, "exception"), (self.whole, "systems"))
        return True if any(part.shows(key) for part, key in parts) else NO_EVIDENCE

    @a_date("移行の目標", "target")
    @reads("target")
    @falls_due("移行の目標", "migration due")
    @decide(
        "移行の目標とする日を決めて書く",
        "decide on a target for the migration and state it",
        within=("移行の目標を{value}とする", "aim to migrate {value}"),
    )
    def target(self) -> Value:
        """By when it is to be migrated."""
        return when(self._target(), self._missing)

    @a_truth("対象外とされている", "left out")
    @reads("excluded")
    @rests_on("tasks")
    @decide("対象業務に加える", "add it to the tasks in scope", "no")
    def left_out(self) -> Value:
        """Whether it is left out; what is described, alone or with all others, is in scope."""
        if self.exclusion is not None:
            return True
        told = self.said is not None or isinstance(self.status(), Code)
        return False if told else some((), self._missing)

    @a_code("対象外の理由", "reason for leaving it out", EXCLUSION)
    @reads("excluded")
    @state(
        "対象外とする理由が{value}なら、それを書く",
        "if it is left out as {value}, state this reason",
        "run-by-prefecture",
        "run-by-union",
        "no-system",
        "no-such-task",
    )
    def excluded_reason(self) -> Value:
        """Why it is left out; that the prefecture runs it is taken for tasks that it can run.

        Which those are depends on what the municipality is.
        """
        reason = self.exclusion.reason if self.exclusion else None
        kind = self.context.plan.municipality.town.en
        if (
            reason == _BY_PREFECTURE
            and kind not in self.context.reference.tasks[self.key].by_prefecture
        ):
            return _DOUBTFUL_REASON
        return Code(reason) if reason else self._missing


def _any_of(days: Sequence[Value]) -> Value:
    """Return the range that holds all of several days; unknown if one of them is."""
    ranges = [day for day in days if isinstance(day, Range)]
    if len(ranges) < len(days):
        return next(day for day in days if not isinstance(day, Range))
    return Range.hull(*ranges)
