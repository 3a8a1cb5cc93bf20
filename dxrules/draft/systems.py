"""The target tasks of standardization that a document names: in scope, left out, one by one.

Tasks are known by the names of the reference list. What is said of them stands after them, as
「児童扶養手当、生活保護は県が実施」, or above a list of them, as 「以下の事務は…除外」; or beside
them in a table that has a column of tasks.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import Final

from dxrules.document.normal import squeezed
from dxrules.draft.candidates import Quote, is_of_standardization, part, quoted
from dxrules.draft.captions import Caption
from dxrules.draft.days_known import DaysKnown, days_known
from dxrules.draft.key_to_signs import key_to_signs
from dxrules.draft.lexicon import Lexicon
from dxrules.draft.mentioned import mentioned_tasks
from dxrules.draft.outline import Sentence
from dxrules.draft.phrases import DAY, Words
from dxrules.draft.rows import lines_of, rows_of
from dxrules.draft.state_cards import state_cards
from dxrules.draft.state_tables import LEFT_OUT, StateRow, is_list_behind_label
from dxrules.draft.systems_told import LEAST_LISTED, Systems
from dxrules.draft.task_clauses import TaskClauses
from dxrules.draft.task_tables import TaskTables
from dxrules.draft.tasks_in_turn import in_turn
from dxrules.reference import Reference

_NO_TASK: Final = "(?!(?:保険)?(?:料|証|税|費))"
"""After a name that is then none of a task: 後期高齢者医療保険料 is what is paid."""
_ABOVE: Final = re.compile("以下の|次の|下記の")
_LISTED: Final = re.compile("対象(?:と(?:する|なる))?(?:の)?(?:[0-9]{1,2})?(?:業務|事務)")
_EXCEPT: Final = re.compile("除[きく]")
_OUT_OF_TASKS: Final = re.compile(
    "(?:20|二十)業務(?:から|のうち)、?([^。]{0,40}?)を?(?:外れ|外し|除[いくき])"
)
_OF_A_PLAN: Final = "<plan-end>の?$"
"""Before 対象としない: what the plan leaves to others."""
_JOINED: Final = re.compile("(?:及び|並びに|と|や|、|・)?")
_OF_OTHERS: Final = re.compile("(?:町村|市町村|団体|自治体)(?:で|に)?は[^。]{0,60}が、")
"""What is so elsewhere, and then told to be otherwise here."""
_AFTER_REASON: Final = re.compile("(?:して)?(?:いる|いない|する|しない)?(?:ため、?|ことから、?)?")
"""Between a reason and the task that it is of: 県が行っている生活保護を除く."""
_OF_REST: Final = re.compile("除く(?:[0-9一二三四五六七八九十]{1,3})(?:業務|事務)のうち")
_LATER: Final = "特定移行支援システム"
_OF_LATER: Final = (
    "特定移行支援システム(?:に該当する|となる|とした|の)?(?:<tasks-word>|もの|システム)?"
    "(?:について)?(?:は|も)、?(?![^。]*(?:国|原則))"
)
"""The beginning of a sentence on all tasks of the exception."""
_LEFT_OUT: Final = re.compile("[をは]?除[くき](?:。|\\)|[0-9])")
"""After a task within brackets: 19業務(児童扶養手当を除く。)."""
_OF_SCOPE: Final = re.compile("(?:対象|該当)[^、。()]{0,12}(?:業務|事務)$")
"""Before a bracket that excepts tasks from the scope; of those moved, it tells less."""
_NOT_BY: Final = re.compile(
    "(?:から|現在|時点|に(?:届|申|国)|[^。、]{0,16}(?:困難|間に合わ|難し|でき(?:ない|ませ)))"
)
"""After a day that is not the one by which it is done."""
_LABEL: Final = re.compile(
    "^(?!.*以[降後]).*(?:日|月|末|年度)(?:中|まで)?に(?:移行(?:した|する|を予定する)|移した|移す|切り替え(?:た|る))(?:業務|事務)$"
)
"""Above the tasks that were moved on a day: ア 令和7年8月18日に移行した業務."""
_LONGEST_CARD: Final = 600
"""Signs of a card or a paragraph, all of which is about what one of its sentences names."""
_BETWEEN: Final = re.compile("[、,・/()と及びや並に0-9]|業務|事務|システム|など|ほか|の")
_LONGEST_REST: Final = 4
_OF_PAYMENT: Final = re.compile("QR|公金|納付")
_REST: Final = re.compile("^(?:この|これら|残る|残り|移行は|同業務|いずれも|当該)")
"""A sentence that goes on about the tasks that were just named."""


def systems(
    sentences: Sequence[Sentence], reading: Lexicon, reference: Reference, whose: str = ""
) -> Systems:
    """Return what a document says of single tasks; `whose` is the municipality that it is of."""
    found = _Walk(reading, reference, days_known(sentences))
    found.tables.whose = whose
    found.know_signs(sentences)
    for sentence in sentences:
        if not sentence.is_of_town:
            continue
        is_table = sentence.block.kind == "table"
        if is_table and (found.is_of_charges(sentence) or found.table(sentence)):
            continue
        if is_table and found.listing:
            found.take(sentence)
        elif is_table:
            for row in rows_of(sentence, reading):
                if row.voice == "town":
                    found.take(row)
        else:
            for line in lines_of(sentence):
                found.take(line)
    own = [e for e in sentences if e.is_of_town and found.is_of_standardization(e)]
    told = TaskClauses(found.parts, found.ids, reading, days_known(sentences)).of(own)
    for task, said, quote in (*told, *in_turn(own, found.parts, found.ids, reading)):
        found.made.take(task, said, quote)
    found.made.take_target_of_later()
    past = [e for e in sentences if e.voice == "past" and found.is_of_standardization(e)]
    found.made.wonder_all(mentioned_tasks([*own, *past], found.parts, found.ids))
    return found.made


class _Walk:
    """Goes over the sentences and keeps what stood above: a list, or a reason to leave out."""

    def __init__(
        self, reading: Lexicon, reference: Reference, known: DaysKnown | None = None
    ) -> None:
        self.reading = reading
        self.made = Systems()
        names = {
            squeezed(name): id_
            for id_, task in reference.tasks.items()
            for name in (task.name.ja, *task.aliases)
        }
        self.ids = names
        tasks = Words(tuple(names)).pattern
        reasons = Words(tuple(reading.codes["exclusion"])).pattern
        self.parts = re.compile(f"(?P<task>{tasks}){_NO_TASK}|(?P<reason>{reasons})")
        self.tables = TaskTables(reading, self._tasks_of, self._reason_of, known)
        self.tables.names = re.compile(tasks)
        self.caption = Caption()
        self.short = {**names, **reading.codes.get("task-short", {})}
        self.done = reading.any_of("task-moved")
        self.to_come = reading.any_of("task-to-move")
        self.to_be = reading.any_of("move-to-be")
        self.pending: str | None = None
        self.above: dict[str, str] = {}
        """What a sentence says of the tasks that are listed below it."""
        self.listing = False
        self.left: tuple[int, tuple[str, ...]] = (-1, ())
        """The block in which tasks were last told that are not migrated yet, and those tasks."""

    def know_signs(self, sentences: Sequence[Sentence]) -> None:
        """Keep what signs mean beside tasks: ○:移行済み △:移行作業中."""
        own = filter(self.is_of_standardization, sentences)
        told = self.tables.state_told  # of 未定・対象外 either may be meant
        self.tables.signs = key_to_signs(own, lambda e: "" if self._reason_of(e) else told(e))

    def take(self, sentence: Sentence) -> None:
        """Take a sentence, or a row of a table."""
        if sentence.is_heading:
            self.pending = None
            self.above = {}
            self.listing = _LISTED.search(sentence.said) is not None
        is_line = self._takes_line(sentence)
        of_it = self.reading.any_of("of-standardization").search(sentence.said) is not None
        names = any(each["task"] for each in self.parts.finditer(sentence.said))
        self.caption.see(sentence, is_of_topic=of_it, is_list=is_line, names_things=names)
        if not is_line:
            self._take_words(sentence)

    def _takes_line(self, sentence: Sentence) -> bool:
        """Take a line that tells of the tasks at one side of its colon; tell whether it is one."""
        is_label = sentence.is_heading and not is_list_behind_label(sentence.said)
        if is_label or not self.is_of_standardization(sentence):
            return False
        if self.is_of_charges(sentence):
            return False
        text = sentence.original(0, len(sentence.said))
        found = self.tables.line(sentence.said, text, self.caption.above)
        if not any(row.said or row.reason or row.days for row in found):
            return False
        self._take_rows(sentence, found)
        return True

    def is_of_charges(self, sentence: Sentence) -> bool:
        """Tell whether a table or a line tells of payment, by its words or those above it."""
        around = f"{self.caption.above}{squeezed(sentence.block.text[:_LONGEST_CARD])}"
        of_it = self.reading.any_of("of-standardization", "move-heads")
        return _OF_PAYMENT.search(around) is not None and not of_it.search(around)

    def _take_words(self, sentence: Sentence) -> None:
        named = [*self.parts.finditer(sentence.said)]
        if not named:
            self._go_on(sentence)
            self._introduce(sentence)
            return
        if self.above and not self._tasks_of(sentence.said):
            self.above = {}
        if self.is_of_standardization(sentence):
            self._take_named(sentence, named)

    def _take_named(self, sentence: Sentence, named: Sequence[re.Match[str]]) -> None:
        """Take the tasks and the reasons that a sentence names."""
        tasks = [each for each in named if each["task"]]
        reasons = [each for each in named if each["reason"]]
        if reasons and not tasks:
            if _ABOVE.search(sentence.said):
                self.pending = self.reading.codes["exclusion"][reasons[0]["reason"]]
        elif reasons:
            self._left_out(sentence, named)
        elif self.pending is not None and not sentence.said.endswith("。"):
            for each in tasks:
                self._leave_out(sentence, each, self.pending)
        elif self.above and tasks:
            for each in tasks:
                self.made.take(self.ids[each["task"]], self.above, self._quote(sentence, each))
        else:
            self._in_scope(sentence, tasks)

    def _introduce(self, sentence: Sentence) -> None:
        """Keep what a sentence says of the tasks listed below it: 次の業務を…移行しました."""
        said = sentence.said
        is_label = _LABEL.search(said) is not None
        is_above = _ABOVE.search(said) is not None and "業務" in said
        if not (is_label or is_above) or _LATER in said:
            self.above = self.above if not said.endswith("。") else {}
            return
        done = self.done.search(said)
        days = self._days(said)
        status = "migrated" if done else "planned" if self.to_come.search(said) else ""
        key = "migrated" if done else "target"
        self.above = {"status": status} if status else {}
        if status and len(days) == 1:
            self.above[key] = days[0][1]

    def _go_on(self, sentence: Sentence) -> None:
        """Take the day by which tasks will be moved that the sentence before it has named."""
        place, tasks = self.left
        said = sentence.said
        days = self._days(said)
        of_later = self.reading.pattern(_OF_LATER).match(said)
        if of_later and len(days) == 1 and self.to_be.search(said, days[0][0]):
            quote = quoted(sentence, part(sentence, 0, len(said)))
            self.made.of_later.append((days[0][1], quote))
        if place != sentence.place or len(days) != 1 or not self.to_be.search(said, days[0][0]):
            return
        if _REST.match(said) and not self.done.search(said):
            start, day = days[0]
            quote = quoted(sentence, part(sentence, 0, len(said)), part(sentence, start, start + 1))
            for task in tasks:
                self.made.take(task, {"target": day}, quote)

    def table(self, sentence: Sentence) -> bool:
        """Take a table with a column of tasks; tell whether it is one."""
        if not self.is_of_standardization(sentence):
            return False
        above = self.caption.above
        found = state_cards(self.tables, sentence.block, above)
        found = found or self.tables.rows(sentence.block, above)
        if self.listing and not any(row.said or row.reason for row in found):
            return False
        self._take_rows(sentence, found)
        return bool(found)

    def _take_rows(self, sentence: Sentence, found: Sequence[StateRow]) -> None:
        for row in found:
            start = sentence.said.find(row.name)
            if start >= 0:
                quote = quoted(sentence, part(sentence, start, start + len(row.name)))
                if row.reason:
                    told = "" if row.reason == LEFT_OUT else row.reason
                    self.made.leave_out(row.thing, told, quote)
                elif row.is_told:
                    self.made.take(row.thing, row.said, quote)
                else:
                    self.made.untold.add(row.thing)
                if row.days and not row.said:
                    self.made.wonder(row.thing, ("migrated", "planned"), row.days, quote)

    def _in_scope(self, sentence: Sentence, tasks: Sequence[re.Match[str]]) -> None:
        """Take tasks of which nothing says that they are left out."""
        said = sentence.said
        out = _OUT_OF_TASKS.search(said)
        if out is not None and (
            named := [e for e in tasks if out.start(1) <= e.start() < out.end(1)]
        ):
            for each in named:
                self._leave_out(sentence, each, LEFT_OUT)
            return
        bracketed = [each for each in tasks if _LEFT_OUT.match(said, each.end())]
        for each in bracketed:
            if _OF_SCOPE.search(said[: said.rfind("(", 0, each.start())]):
                self._leave_out(sentence, each, LEFT_OUT)
        if not _OF_REST.search(said):  # of those before it, some may have been moved before
            self._as_moved(sentence, tasks, are_bracketed=bool(bracketed))

    def _as_moved(
        self, sentence: Sentence, tasks: Sequence[re.Match[str]], *, are_bracketed: bool
    ) -> None:
        """Take tasks that were moved, or that are yet to be, all of them or those excepted."""
        said = sentence.said
        excepted = _EXCEPT.search(said) if self.done.search(said) and not are_bracketed else None
        is_later = _LATER in said
        is_of_lines = "\n" in sentence.text.strip() and not said.endswith("。")
        if excepted is not None:
            self._not_yet(sentence, tasks, excepted.start())
        elif is_later and is_of_lines:
            return  # lines of a list, of which each tells of its own tasks
        elif is_later:
            self._not_yet(sentence, tasks, len(said))
        elif self.listing and len(tasks) >= LEAST_LISTED:
            for each in tasks:
                self.made.take(self.ids[each["task"]], {}, self._quote(sentence, each))

    def is_of_standardization(self, sentence: Sentence) -> bool:
        """Tell whether a sentence is about standardization, by its words or those around it."""
        if self.listing or self.pending is not None or self.caption.is_near(sentence):
            return True
        beside = squeezed(sentence.block.text[:_LONGEST_CARD])
        return (
            is_of_standardization(sentence, self.reading)
            or _OUT_OF_TASKS.search(beside) is not None
            or self.tables.lists_moves(sentence.block)
        )

    def _left_out(self, sentence: Sentence, named: Sequence[re.Match[str]]) -> None:
        """Take the tasks before each reason as left out for it."""
        if _OF_OTHERS.search(sentence.said):
            return
        held: list[re.Match[str]] = []
        for each in named:
            if each["task"]:
                held.append(each)
                continue
            reason = self.reading.codes["exclusion"][each["reason"]]
            if reason == LEFT_OUT and self.reading.pattern(_OF_A_PLAN).search(
                sentence.said[: each.start()]
            ):
                held = []  # 本方針の対象としない: it is no part of the plan, and may be in scope
            reason = LEFT_OUT if "それぞれ" in sentence.said[: each.start()] else reason
            after = [*self._following(sentence.said, each, named)]
            is_of_next = bool(after) and after[0].start() == each.end()  # 県が行う生活保護も対象外
            for task in (*(() if is_of_next else held), *after):
                self._leave_out(sentence, task, reason)
            held = held if is_of_next else []

    @staticmethod
    def _following(
        said: str, reason: re.Match[str], named: Sequence[re.Match[str]]
    ) -> Iterator[re.Match[str]]:
        """Yield the tasks that a reason stands before, as in 事務を行わない生活保護を除く."""
        end = reason.end()
        for each in named:
            if each.start() >= end and each["task"]:
                between = said[end : each.start()]
                joined = _AFTER_REASON if end == reason.end() else _JOINED
                if not joined.fullmatch(between):
                    return
                yield each
                end = each.end()

    def _leave_out(self, sentence: Sentence, found: re.Match[str], reason: str) -> None:
        told = "" if reason == LEFT_OUT else reason
        self.made.leave_out(self.ids[found["task"]], told, self._quote(sentence, found))

    def _not_yet(self, sentence: Sentence, tasks: Sequence[re.Match[str]], before: int) -> None:
        """Take the tasks before a word that excepts them as not migrated, and when they will be."""
        start = sentence.said.find(_LATER)
        designated, end = start >= 0, start + len(_LATER)
        said = {"status": "not-migrated"}
        if designated:
            said["exception"] = "transition-support"
        days = self._days(sentence.said) if designated else []
        last = max((each.end() for each in tasks), default=0)
        for each in reversed(tasks):  # the day stands after the last mention of a task
            if each.end() <= before:
                own = [day for start, day in days if start > each.end()]
                held = {"target": own[0]} if own and last < days[-1][0] else {}
                shown = part(sentence, each.start(), max(each.end(), end if designated else 0))
                quote = quoted(sentence, shown, part(sentence, each.start(), each.end()))
                self.made.take(self.ids[each["task"]], said | held, quote)
        if designated:
            self.left = sentence.place, tuple(self.ids[each["task"]] for each in tasks)

    @staticmethod
    def _days(said: str) -> list[tuple[int, str]]:
        """Return the days by which something is to be moved, with where they stand."""
        found = []
        for each in DAY.matches(said):
            day = each["date"]
            if _NOT_BY.match(said, day.end) is None:
                found.append((day.start, re.sub("まで$", "", day.text)))
        return found

    def _tasks_of(self, cell: str) -> list[str]:
        """Return the task that a cell names, or all of those that it lists."""
        bare = re.sub("^[①-⑳0-9.、()]+|(?:業務|事務|システム)$", "", cell)
        if task := self.short.get(cell) or self.short.get(bare):
            return [task]
        rest = _BETWEEN.sub("", self.parts.sub("", cell))
        named = [each["task"] for each in self.parts.finditer(cell) if each["task"]]
        return [self.ids[each] for each in named] if len(rest) <= _LONGEST_REST else []

    def _reason_of(self, cell: str) -> str:
        """Return why a cell says that its task is left out; nothing if it does not."""
        found = [each["reason"] for each in self.parts.finditer(cell) if each["reason"]]
        reasons = [self.reading.codes["exclusion"][each] for each in found]
        return next((each for each in reasons if each != LEFT_OUT), reasons[0] if reasons else "")

    @staticmethod
    def _quote(sentence: Sentence, found: re.Match[str]) -> Quote:
        return quoted(sentence, part(sentence, found.start(), found.end()))
