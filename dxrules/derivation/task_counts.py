"""Counts of the tasks of standardization: in scope, migrated, outstanding, and left unnamed."""

from __future__ import annotations

from dxrules.dates import Range
from dxrules.derivation.absence import UNCONFIRMED
from dxrules.derivation.context import Context
from dxrules.derivation.counts import all_later, clash_of, known_to, moved_by_today, still_ahead
from dxrules.derivation.declaration import (
    a_count,
    a_text,
    a_truth,
    between,
    decide,
    reads,
    rests_on,
    state,
    unsaid,
)
from dxrules.derivation.subject import OfOneEntry
from dxrules.derivation.system import (
    AIMED_AT_LATER,
    IN_DOUBT,
    STATED_UNDONE,
    SystemSubject,
    by_counts,
    listed_tasks,
    systems,
)
from dxrules.derivation.there_by_then import TOLD_AFTER
from dxrules.derivation.values import SILENT, UNKNOWN, Absent, Code, Value, unknown
from dxrules.plan.sections.standardization import Standardization
from dxrules.texts import Text, join

_NOT_TOLD_SINCE = unknown(
    "記載の時点より後の移行日が過ぎたが、移行したかどうかが書かれていない",
    "the day of the migration came after the facts were recorded; whether it came is not stated",
)


class TaskCounts(OfOneEntry):
    """The whole of standardization as counts of tasks: the first of what is derived of it."""

    def __init__(self, context: Context) -> None:
        name = context.reference.areas[self.kind].name
        super().__init__(context, self.kind, name, ("standardization",))
        self.said: Standardization | None = context.plan.standardization

    @property
    def _missing(self) -> Absent:
        return self.context.missing("standardization")

    def _systems(self) -> list[SystemSubject]:
        return [each for each in self.context.once(systems) if each.exclusion is None]

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
            codes = [system.confirmed("status") for system in self._systems()]
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
        days = self.said.migrated_on or () if self.said else ()
        if days and all_later(self.context, days):
            return UNKNOWN
        left = self._outstanding()
        none_left = isinstance(left, Range) and left.hi == 0
        if self.said is None or not none_left:
            return left
        known = known_to(self.context, self.said)
        if not all(self.context.recorded_by(day, known) for day in days):
            return _NOT_TOLD_SINCE
        return left if moved_by_today(self.context, self.said, days) else TOLD_AFTER

    def _outstanding(self) -> Value:
        """Return how many are not migrated when all have moved that are said to have."""
        if self._clash:
            return IN_DOUBT
        if self._still_ahead():
            return AIMED_AT_LATER
        if self.said and self.said.keys_in_doubt & {"target", "migrated_on"}:
            return UNCONFIRMED
        return self._left()

    def _still_ahead(self) -> Range | None:
        """Return the target where all are told to be migrated, without a day, if it was to come."""
        left = self._left()
        if self.said is None or self.said.migrated_on or left != Range.point(0):
            return None
        return still_ahead(self.said.target_of_all, known_to(self.context, self.said))

    def _left(self) -> Value:
        if self.said is not None and self.said.migrated == "all":
            return Range.point(0)
        scope, migrated = self.in_scope(), self.migrated()
        if isinstance(scope, Range) and isinstance(migrated, Range):
            return scope.beyond(migrated)
        return self._missing if self.said is None else UNKNOWN

    def _unaccounted(self) -> list[str] | None:
        if self.said is None:
            return None
        tasks, excluded = self.context.reference.tasks, self.said.excluded or ()
        given = self.said.scope == "list" or self.said.in_scope == 0
        of_a_union = self.context.plan.municipality.is_union and given
        adds_up = (self.said.in_scope or 0) + len(excluded) == len(tasks)
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
        if self.said.scope == "list" and self.said.in_scope is None:
            return unknown("対象業務の一覧に、業務がない", "the list of tasks in scope names none")
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
        return join(tasks[task].name for task in rest) if rest else SILENT

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
        if self._clash is None and any(each.said and each.said.doubts for each in self._systems()):
            return UNCONFIRMED
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
        """A list that names no task in scope is none, unless there is none to name."""
        if self.said is not None and self.said.in_scope == 0:
            return True
        if self.said is None or self.said.scope != "list":
            return self.said is not None and self.said.scope == "all" and not by_counts(self.said)
        excluded = {each.task for each in self.said.excluded or ()}
        left_out = excluded >= self.context.reference.tasks.keys()
        named = len(self._systems())
        return named >= (self.said.in_scope or 0) and (named > 0 or left_out)
