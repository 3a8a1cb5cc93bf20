"""Standardization as a whole: by counts, and by the tasks where they are listed."""

from __future__ import annotations

from typing import TYPE_CHECKING

from dxrules.dates import Range
from dxrules.derivation.context import newest, when
from dxrules.derivation.counts import clash_of, known_to
from dxrules.derivation.declaration import (
    Kind,
    a_code,
    a_count,
    a_date,
    a_text,
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
from dxrules.derivation.subject import AllOfAKind, of_kind
from dxrules.derivation.system import (
    IN_DOUBT,
    MOVE_UNSAID,
    NO_EVIDENCE,
    STANDARDIZATION,
    STATED_UNDONE,
    SystemSubject,
    by_counts,
    listed_tasks,
    systems,
)
from dxrules.derivation.values import SILENT, UNKNOWN, Absent, Code, unknown
from dxrules.plan.code_labels import CLOUD, EXCEPTION, codes
from dxrules.texts import Text, join

if TYPE_CHECKING:
    from collections.abc import Iterator

    from dxrules.derivation.context import Context
    from dxrules.derivation.values import Value
    from dxrules.plan.models import Evident, Standardization
    from dxrules.reference import Reference
    from dxrules.source import Path

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

_OF_MANY = unknown(
    "移行の目標は多くの業務のもので、残る業務の時期は書かれていない",
    "the target is that of many tasks; when the others are migrated is not stated",
)
_EXCEPTIONS = (Code("transition-support"), Code("migration-difficult"))
_LEFT = frozenset(map(Code, ("not-migrated", "in-progress", "planned")))


def _one_of(exceptions: set[Value]) -> Value:
    return exceptions.pop() if len(exceptions) == 1 else Code("both")


def _stays_behind(system: SystemSubject) -> bool:
    """Tell whether one is left with the rest and no exception, and no target tells it apart."""
    apart = system.exception() != Code("none") or isinstance(system.target(), Range)
    return not apart and system.status() in _LEFT


@of_kind(
    Kind(
        "standardization",
        Text("標準化の全体", "standardization"),
        Text("計画", "plan"),
        single=True,
    )
)
class StandardizationSubject(AllOfAKind):
    """The whole of standardization, by counts."""

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
        return [each for each in self.context.once(systems) if each.exclusion is None]

    @classmethod
    def all_of(cls, context: Context) -> Iterator[StandardizationSubject]:
        """Yield it."""
        yield context.once(cls)

    @classmethod
    def listed_areas(cls, reference: Reference) -> Iterator[tuple[str, str]]:  # noqa: ARG003
        """Yield its area."""
        yield cls.kind, STANDARDIZATION

    @a_count("対象業務の数", "tasks in scope")
    @reads("in_scope", "scope")
    @rests_on("tasks")
    @state("対象業務の数を書く", "state how many tasks are in scope")
    def in_scope(self) -> Value:
        """How many tasks are in scope."""
        if self.said is None:
            return self._missing
        if self.said.in_scope is not None:
            return Range.point(self.said.in_scope)
        if self.said.scope == "all":
            return Range.point(len(self.context.reference.tasks) - len(self.said.excluded or ()))
        if self._all_listed:
            return Range.point(len(self._systems()))
        return unknown("対象業務の数が書かれていない", "the number of tasks is not stated")

    @property
    def _clash(self) -> Text | None:
        return self.context.once(clash_of)

    @a_count("移行済みの数", "tasks migrated")
    @reads("migrated", "systems")
    @rests_on("tasks")
    @state("移行済みの業務の数を書く", "state how many tasks are migrated")
    def migrated(self) -> Value:
        """How many are migrated; open where the plan contradicts itself."""
        if self.said is None:
            return self._missing
        if self._clash:
            return IN_DOUBT
        if self.said.migrated == "all":
            return self.in_scope()
        if self.said.migrated is not None:
            return Range.point(self.said.migrated)
        if self._all_listed:
            codes = [system.status() for system in self._systems()]
            done = codes.count(Code("migrated"))
            undone = sum(codes.count(Code(status)) for status in STATED_UNDONE)
            return Range(done, len(codes) - undone)
        return self._missing

    @a_count("未移行の数", "tasks outstanding")
    @reads("migrated", "in_scope", "systems")
    @rests_on("tasks")
    @decide("残る業務を移行する", "migrate the tasks outstanding")
    @unsaid(
        "対象業務の数と移行済みの業務の数がそろって書かれていない",
        "the numbers of tasks in scope and migrated are not both stated",
    )
    @between(
        "移行していない業務がいくつあるかがはっきりしない",
        "how many tasks are not migrated is not clear",
    )
    def outstanding(self) -> Value:
        """How many are not migrated yet; open where the plan contradicts itself."""
        if self._clash:
            return IN_DOUBT
        if self.said is not None and self.said.migrated == "all":
            return Range.point(0)
        scope, migrated = self.in_scope(), self.migrated()
        if isinstance(scope, Range) and isinstance(migrated, Range):
            return scope.minus(migrated).clip(lo=0)
        return self._missing if self.said is None else UNKNOWN

    def _unaccounted(self) -> list[str] | None:
        if self.said is None:
            return None
        tasks, excluded = self.context.reference.tasks, self.said.excluded or ()
        of_a_union = self.context.plan.municipality.is_union and self.said.scope == "list"
        adds_up = excluded and (self.said.in_scope or 0) + len(excluded) == len(tasks)
        if self.said.scope == "all" or adds_up or of_a_union:  # a union runs those given to it
            return []
        if not self._all_listed:
            return None
        listed = set(listed_tasks(self.context))
        return [task for task in tasks if task not in listed]

    @a_count("対象にも対象外にもない業務の数", "tasks neither in scope nor excluded")
    @reads("scope", "systems", "excluded")
    @rests_on("tasks")
    @decide(
        "それぞれの業務を対象に加えるか、対象外とする理由を書く",
        "add each of these tasks, or state why it is left out",
    )
    def unaccounted(self) -> Value:
        """How many of the 20 tasks are neither in scope nor left out, where those in it are listed.

        What is not named as left out is not; a document not read whole may name more.
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

    @a_text("その業務", "those tasks")
    @reads("scope", "excluded")
    @rests_on("tasks")
    def unaccounted_names(self) -> Value:
        """Those tasks by name."""
        rest, tasks = self._unaccounted(), self.context.reference.tasks
        if rest is None:
            return self.unaccounted()
        return join([tasks[task].name for task in rest]) if rest else SILENT

    @a_truth("業務の数と業務ごとの状況が合う", "counts agree with each other and with the tasks")
    @reads("in_scope", "migrated", "excluded", "systems")
    @rests_on("tasks")
    @decide(
        "対象・移行済みの業務の数と、業務ごとの状況を合わせる",
        "let the counts of tasks and what is said of each agree",
        "yes",
    )
    def counts_agree(self) -> Value:
        """Whether the counts fit each other and what is said of each task."""
        if self.said is None:
            return self._missing
        stated = (self.said.in_scope, self.said.migrated)
        if stated == (None, None):
            return SILENT
        if self._clash is None and None in stated and not self._missing.silent:
            return self._missing  # what has not been read yet may not fit
        return self._clash is None

    @a_text("合わない数", "the counts that do not agree")
    @reads("in_scope", "migrated")
    @rests_on("tasks")
    def counts_clash(self) -> Value:
        """Which of the counts do not fit."""
        if self.said is None:
            return self._missing
        return self._clash or SILENT

    @a_truth("対象業務をすべて一覧で示す", "all tasks in scope are listed")
    @reads("scope")
    @rests_on("tasks")
    @decide("対象業務を一覧で書く", "list the tasks in scope", "yes")
    def listed(self) -> Value:
        """Whether the tasks in scope are given one by one, and all of them."""
        if self.said is None:
            return self._missing
        return self._all_listed or (False if self._missing.silent else self._missing)

    @property
    def _all_listed(self) -> bool:
        """A list that names no task in scope is none, unless all tasks are left out."""
        if self.said is None or self.said.scope != "list":
            return self.said is not None and self.said.scope == "all" and not by_counts(self.said)
        excluded = {each.task for each in self.said.excluded or ()}
        left_out = excluded >= self.context.reference.tasks.keys()
        named = len(self._systems())
        return named >= (self.said.in_scope or 0) and (named > 0 or left_out)

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
        if any(map(_stays_behind, systems)) or self.said.rest_exception == "none":
            return Code("none")
        left = [system for system in systems if system.status() != Code("migrated")]
        excepted = [system for system in left if system.exception() in _EXCEPTIONS]
        named = [system.exception() for system in excepted]
        if (rest := self.said.rest_exception) is not None:
            named.append(Code(rest))
        elif not isinstance(outstanding, Range) or not outstanding.at_most(len(named)):
            return UNKNOWN
        shown = [rest is None or self.said.shows("rest_exception")]
        shown += [system.exception_shown() is True for system in excepted]
        if not all(shown):
            return NO_EVIDENCE
        return _one_of({*named}) if named else UNKNOWN

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
        outstanding, known = self.outstanding(), known_to(self.context, self.said)
        if isinstance(outstanding, Range) and outstanding.hi == 0:
            last = newest(self.said.migrated_on or ())
            return self.context.fulfilment(done=True, completed=last, due=None, known=known)
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
