"""Standardization as a whole: by counts, and by the tasks where they are listed."""

from __future__ import annotations

from collections.abc import Iterator

from dxrules.dates import PartialDate, Range
from dxrules.derivation.aggregates import greatest, newest
from dxrules.derivation.context import Context
from dxrules.derivation.counts import known_to
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
from dxrules.derivation.rest_exception import (
    A_REST_EXCEPTION,
    EXCEPTIONS,
    EXCEPTIONS_UNSAID,
    REST_EXCEPTION,
    STATE_EACH_EXCEPTION,
    one_of,
    stays_behind,
)
from dxrules.derivation.stated_days import when
from dxrules.derivation.subject import AllOfAKind, of_kind
from dxrules.derivation.system import (
    IN_DOUBT,
    MOVE_UNSAID,
    NO_EVIDENCE,
    STANDARDIZATION,
    STATED_UNDONE,
)
from dxrules.derivation.task_counts import TaskCounts
from dxrules.derivation.values import UNKNOWN, Code, Value, unknown
from dxrules.plan.code_labels import CLOUD
from dxrules.reference import Reference
from dxrules.texts import Text

_OF_MANY = unknown(
    "移行の目標は多くの業務のもので、残る業務の時期は書かれていない",
    "the target is that of many tasks; when the others are migrated is not stated",
)


@of_kind(
    Kind(
        "standardization",
        Text("標準化の全体", "standardization"),
        Text("計画", "plan"),
        single=True,
    )
)
class StandardizationSubject(TaskCounts, AllOfAKind):
    """The whole of standardization, by counts; its attributes begin in the class it builds on."""

    @classmethod
    def all_of(cls, context: Context) -> Iterator[StandardizationSubject]:
        """Yield it."""
        yield context.once(cls)

    @classmethod
    def listed_areas(cls, reference: Reference) -> Iterator[tuple[str, str]]:  # noqa: ARG003
        """Yield its area."""
        yield cls.kind, STANDARDIZATION

    @A_REST_EXCEPTION
    @reads("systems", "rest_exception")
    @rests_on("tasks")
    @STATE_EACH_EXCEPTION
    @EXCEPTIONS_UNSAID
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
        if any(map(stays_behind, systems)) or self.said.rest_exception == "none":
            return Code("none")
        left = [system for system in systems if system.status() != Code("migrated")]
        excepted = [system for system in left if system.exception() in EXCEPTIONS]
        named = [system.exception() for system in excepted]
        if (rest := self.said.rest_exception) is not None:
            named.append(Code(rest))
        elif not isinstance(outstanding, Range) or not outstanding.at_most(len(named)):
            return UNKNOWN
        shown = [rest is None or self.said.shows("rest_exception")]
        shown += [system.exception_shown() is True for system in excepted]
        if not all(shown):
            return NO_EVIDENCE
        return one_of({*named}) if named else UNKNOWN

    @a_date("全業務の移行が済む日", "day on which all are migrated")
    @reads("migrated", "migrated_on", "status", "target")
    @rests_on("tasks")
    @decide(
        "全業務の移行が済む日を決めて書く",
        "decide when all tasks are migrated and state it",
        within=("全業務の移行を{value}に終える", "finish the migration of all tasks {value}"),
    )
    @MOVE_UNSAID
    def done_on(self) -> Value:
        """The day on which all are migrated."""
        if self.said is None:
            return self._missing
        outstanding, known = self._outstanding(), known_to(self.context, self.said)
        if ahead := self._still_ahead():
            return Range.hull(Range(None, known.range.hi), ahead)
        if isinstance(outstanding, Range) and outstanding.hi == 0:
            return self._moved(known)
        some_left = isinstance(outstanding, Range) and outstanding.at_least(1)
        undone = some_left and self.said.migrated is not None
        if self._clash and self.said.migrated is not None:
            return IN_DOUBT
        done = self.context.fulfilment(
            done=False if undone or self.said.status in STATED_UNDONE else None,
            completed=None,
            due=self.said.target_of_all,
            known=known,
        )
        if done == UNKNOWN and self.said.target is not None:
            return _OF_MANY
        return may_be_missed(done, self.said.target_of_all)

    @a_date("移行済みの業務の移行が済んだ日", "day by which those migrated had moved")
    @reads("migrated", "migrated_on", "status")
    @rests_on("tasks")
    @state(
        "移行済みの業務がいつ移行したかを書く",
        "state when those that are migrated moved",
        within=(
            "移行済みの業務が{value}に移行していたなら、その日を書く",
            "if those that are migrated moved {value}, state the day",
        ),
    )
    @between(
        "移行済みの業務がいつ移行したかが書かれていない(あり得るのは{value})",
        "when those that are migrated moved is not stated (it may be {value})",
    )
    def moved_on(self) -> Value:
        """The day by which those that are migrated had moved; by when it was known, without one."""
        if self.said is None:
            return self._missing
        if self._clash:
            return IN_DOUBT
        return self._moved(known_to(self.context, self.said))

    def _moved(self, known: PartialDate) -> Value:
        """Return the day by which all had moved that are said to have; none before one of them."""
        whole = newest(self.said.migrated_on or ()) if self.said else None
        single = [day for each in self._systems() if each.said and (day := each.said.migrated)]
        last = newest([*([whole] if whole else []), *single])
        fulfilment = self.context.fulfilment
        done = fulfilment(done=True, completed=whole, due=None, known=known)
        if last is None or last == whole or not isinstance(done, Range):
            return done
        other = fulfilment(done=True, completed=last, due=None, known=known)
        return greatest([done, other]) if isinstance(other, Range) else other

    @a_code(
        "移行済みの業務がすべて当たる例外", "exception that every task migrated is", REST_EXCEPTION
    )
    @reads("systems", "migrated")
    @rests_on("tasks")
    @unsaid(
        "移行済みの業務が、認められた例外に当たるかどうかが書かれていない",
        "whether the tasks migrated are exceptions that are accepted is not stated",
    )
    def moved_exception(self) -> Value:
        """Which exception every task migrated is, where each of them is named as one."""
        if self.said is None:
            return self._missing
        migrated = self.migrated()
        moved = [each for each in self._systems() if each.status() == Code("migrated")]
        named = {each.exception() for each in moved if each.exception_shown() is True}
        counted = isinstance(migrated, Range) and migrated.at_most(len(moved))
        return one_of(named) if counted and named and named <= {*EXCEPTIONS} else UNKNOWN

    @a_truth("経過措置の機能がある", "some functions are deferred")
    @reads("deferred_functions")
    @state("経過措置の機能が無いのであれば、そう書く", "if no functions are deferred, say so", "no")
    @unsaid(
        "経過措置の機能があるかどうかが書かれていない",
        "whether some functions are deferred is not stated",
    )
    def deferred_functions(self) -> Value:
        """Whether some functions are to conform later."""
        if self.said is None or self.said.deferred_functions is None:
            return self._missing
        return self.said.deferred_functions.status == "some"

    @a_date("経過措置の機能の適合期限", "day by which deferred functions conform")
    @reads("deferred_functions")
    @falls_due("経過措置の期限", "deferred functions due")
    @decide(
        "経過措置の機能が適合する期限を決めて書く",
        "decide when deferred functions conform and state it",
        within=(
            "経過措置の機能が適合する期限を{value}とする",
            "let deferred functions conform {value}",
        ),
    )
    @between(
        "経過措置の機能が適合する日がはっきりしない(あり得るのは{value})",
        "when deferred functions conform is not clear (it may be {value})",
    )
    def deferred_due(self) -> Value:
        """By when deferred functions conform; past that day, or aimed at, they may or may not."""
        deferred = self.said.deferred_functions if self.said else None
        if deferred is None or deferred.status == "none":
            return self._missing
        last = deferred.due.range.hi if deferred.due else None
        if last is None or self.context.today <= last:
            return may_be_missed(when(deferred.due, self._missing), deferred.due)
        return self.context.fulfilment(done=False, completed=None, due=deferred.due)

    @a_code("ガバメントクラウド", "Government Cloud", CLOUD)
    @reads("government_cloud")
    @decide("利用すると決めて書く", "decide to use it and say so", "planned")
    @decide("利用を検討すると決めて書く", "decide to consider it and say so", "considered")
    @state("既に利用していれば、そう書く", "if it is used already, say so", "used")
    @unsaid(
        "ガバメントクラウドを利用するかどうかが書かれていない",
        "whether Government Cloud is used is not stated",
    )
    def government_cloud(self) -> Value:
        """Whether Government Cloud is used."""
        cloud = self.said.government_cloud if self.said else None
        return Code(cloud) if cloud else self._missing
