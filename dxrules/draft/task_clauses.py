"""What sentences say of tasks of standardization, clause by clause.

A sentence is cut where it says where something stands. In 「戸籍は令和8年1月に移行し、国民年金と
介護保険は令和9年3月に移行する予定です」 each part tells of the tasks and the day in it.
"""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from typing import Final

from dxrules.draft.candidates import Quote, part, quoted
from dxrules.draft.days_known import DaysKnown
from dxrules.draft.lexicon import Lexicon
from dxrules.draft.outline import Sentence
from dxrules.draft.phrases import DAY, Found
from dxrules.frozen import frozen

_DONE: Final = (
    "<move-verb>(?:が|を|は|作業が|作業を)?(?:完了し(?:た|まし|て)|終え(?:た|まし|て)|終わ(?:った|りまし|って)"
    "|済み?(?!の)|済ませ(?:た|まし)|し(?:た(?!場合)|まし)|った|りまし|(?<=え)(?:た(?!場合)|まし)"
    "|(?:して|って|えて)(?:い(?:る|ます|た|まし)|お))"
    "|標準準拠システム(?:で|を|に|へ)、?[^。、]{0,14}(?:運用|利用|稼働|使用|処理)(?:を(?:開始し|始め)|し)(?:た|まし|て(?:い|お))"
    "|稼働し(?:た|まし|てい|てお)|稼働を開始し|利用を(?:開始|始め)(?:し?た|し?まし)|(?:動|動か|動き始)(?:いて|して|め)(?:い|お|まし|た)"
)
_GOES_ON: Final = "<move-verb>(?:が|を)?(?:完了し|終え|し|させ|り)?、|稼働(?:を開始)?し、"
"""The end of a clause that tells no time: whether it is past, the day and what follows tell."""
_TO_COME: Final = (
    "<move-verb>(?:が|を|は|作業が|作業を)?(?:完了)?(?:する|します|せる|せます|る(?:予定|計画|こと)|ます|す(?:予定|計画|こと|。|$)"
    "|を?(?:予定|計画|目指|めざ|見込|目標)|の?(?:予定|見込み|完了を(?:予定|目指|見込)))"
    "|稼働(?:する|します|を?予定|開始(?:を)?予定)"
)
_UNDER_WAY: Final = (
    "(?:<work-of-moving>(?:など)?|移行作業)を?(?:進めて|行って|して|実施して)(?:い|お)|移行作業中"
)
_LATER: Final = (
    "(?:特定移行支援(?:システム)?|(?P<difficult>移行困難システム))"
    "(?!システムではな|システムに(?:は)?(?:該当し(?:ない|ません|な)|当た(?:らな|りませ)))"
)
_NOT_SO: Final = "検討|場合|仮に|困難(?:な場合)|自治体[がはの]|団体[がはの]|市町村[がはの]"
_HINDERED: Final = re.compile("[^。、]{0,16}(?:困難|間に合わ|難し|でき(?:ない|ませ)|遅れ|延期)")
_ALSO: Final = (
    "(?:(?:など|等|ほか|をはじめ(?:とする|、)?)?の?(?:計|合計|各|全)?(?:[0-9一二三四五六七八九十]{1,3}(?:つの)?)?"
    "(?:<tasks-word>|システム|つ)?(?:システム|等)?)?"
)
_FOLLOWS: Final = rf"{_ALSO}\)?(?:\([^()]{{1,60}}\))?(?:は|が|を|も|の移行|について|、)"
"""What stands behind tasks of which something is told."""
_JOINED: Final = rf"(?:\([^()]{{1,16}}\)|[、,・/()]|及び|並びに|と|や|{_ALSO})*"
_EXCEPTED: Final = rf"{_ALSO}\)?(?:\([^()]{{1,60}}\))?(?:を|は)?(?:除|以外|ほか、)"
_ON: Final = re.compile(r"(?:末|中)?(?:に|までに|までの|の|を|から|より|、|\)|までを)")
_TO_TASKS: Final = re.compile(
    "(?:末|中)?(?:に|までに|からは?|は|には)?、?(?:まず|さらに|次に|続いて|残る|残りの|これらの)?、?"
)
_TO_STATE: Final = re.compile("(?:末|中)?(?:に|までに|まで|から)?、?[^、。]{0,30}")
_BY: Final = re.compile("[^、。]{0,4}まで")

_ALL_ON: Final = re.compile(r"\((?:いずれも|ともに)")
"""Behind what is done, before the day on which all of it was: 移りました(いずれも令和8年1月5日)."""

ToldTask = tuple[str, dict[str, str], Quote]


@frozen
class _Run:
    """Tasks that stand beside each other: which, and from where to where."""

    tasks: tuple[tuple[str, str], ...]
    """Each task with the day in brackets behind it, if there is one."""
    start: int
    end: int


class TaskClauses:
    """Reads what sentences say of tasks."""

    def __init__(
        self,
        tasks: re.Pattern[str],
        ids: Mapping[str, str],
        reading: Lexicon,
        known: DaysKnown | None,
    ) -> None:
        self.tasks = tasks
        self.ids = ids
        self.known = known
        self.reading = reading
        self.taxes = reading.pattern("税(?:関係|務|関連|系)?(?:の)?[4四](?:つの)?<tasks-word>")
        kinds = (
            ("done", _DONE),
            ("on", _GOES_ON),
            ("to-come", _TO_COME),
            ("under-way", _UNDER_WAY),
        )
        self.states = [(kind, reading.pattern(pattern)) for kind, pattern in kinds]

    def of(self, sentences: Sequence[Sentence]) -> Iterator[ToldTask]:
        """Yield what sentences say of each of the tasks that they name."""
        for sentence in sentences:
            if sentence.block.kind != "table" and not sentence.is_heading:
                yield from self.told(sentence)

    def told(self, sentence: Sentence) -> Iterator[ToldTask]:
        """Yield what a sentence says of each of the tasks that it names."""
        said = sentence.said
        if self.reading.pattern(_NOT_SO).search(said):
            return
        runs = self._runs(said)
        if not runs:
            return
        start = 0
        states = self._states(said)
        later = [*self.reading.pattern(_LATER).finditer(said)]
        for number, (begin, end, kind) in enumerate(states):
            until = states[number + 1][0] if number + 1 < len(states) else len(said)
            own = [run for run in runs if start <= run.start and run.end <= begin]
            last = until if number + 1 == len(states) else end
            named = next((each for each in later if start <= each.start() < last), None)
            days = [
                day
                for day in self._days(said, start, begin)
                if not any(run.start <= day.start < run.end for run in runs)
                and self._is_of_move(said, day, own, begin)
            ]
            if kind == "done" and (of_all := _ALL_ON.match(said, end)):
                days = [e["date"] for e in DAY.matches(said) if e["date"].start == of_all.end()]
            for run, day in self._pairs(own, days):
                known = self._known(kind, day, said, is_last=number + 1 == len(states))
                if named is not None and known.get("status") != "migrated" and known:
                    kind_of_it = (
                        "migration-difficult" if named["difficult"] else "transition-support"
                    )
                    known |= {"status": "not-migrated", "exception": kind_of_it}
                shown = part(sentence, run.start, run.end)
                for task, noted in run.tasks if known else ():
                    key = "migrated" if known["status"] == "migrated" else "target"
                    held = {key: noted} if noted else {}
                    yield task, known | held, quoted(sentence, shown)
            start = end

    def _states(self, said: str) -> list[tuple[int, int, str]]:
        """Return where a sentence says where something stands, each place once, in order."""
        found: dict[int, tuple[int, int, str]] = {}
        for kind, pattern in self.states:
            for each in pattern.finditer(said):
                taken = any(s < each.end() and each.start() < e for s, e, _ in found.values())
                if not taken:
                    found[each.start()] = (each.start(), each.end(), kind)
        return sorted(found.values())

    def _runs(self, said: str) -> list[_Run]:
        """Return the tasks that a sentence tells of, those that stand beside each other as one."""
        found: list[tuple[int, int, tuple[tuple[str, str], ...]]] = [
            (each.start(), each.end(), ((self.ids[each["task"]], _noted(said, each.end())),))
            for each in self.tasks.finditer(said)
            if each["task"]
        ]
        taxes = [(each.start(), each.end(), _TAXES) for each in self.taxes.finditer(said)]
        joined = self.reading.pattern(_JOINED)
        runs: list[_Run] = []
        for start, end, tasks in sorted([*found, *taxes]):
            if runs and joined.fullmatch(said, runs[-1].end, start):
                runs[-1] = _Run((*runs[-1].tasks, *tasks), runs[-1].start, end)
            else:
                runs.append(_Run(tasks, start, end))
        runs = [replace(run, end=_behind(said, run)) for run in runs]
        follows, excepted = self.reading.pattern(_FOLLOWS), self.reading.pattern(_EXCEPTED)
        if any(excepted.match(said, run.end) for run in runs):
            return []
        return [run for run in runs if follows.match(said, run.end)]

    @staticmethod
    def _days(said: str, start: int, end: int) -> list[Found]:
        """Return the days of a clause on which something comes to be."""
        return [
            day
            for each in DAY.matches(said)
            if start <= (day := each["date"]).start < end
            and (_ON.match(said, day.end) or day.text.endswith(("に", "まで", "から")))
            and not _HINDERED.match(said, day.end)
        ]

    @staticmethod
    def _is_of_move(said: str, day: Found, runs: Sequence[_Run], state: int) -> bool:
        """Tell whether a day is that of the clause, and not of 令和5年3月に定めた方針により."""
        after = min((run.start for run in runs if run.start >= day.end), default=-1)
        if after >= 0:
            return _TO_TASKS.fullmatch(said, day.end, after) is not None
        return _TO_STATE.fullmatch(said, day.end, state) is not None

    @staticmethod
    def _pairs(runs: Sequence[_Run], days: Sequence[Found]) -> Iterator[tuple[_Run, Found | None]]:
        """Yield the tasks of a clause, each run with its day; nothing if they do not pair."""
        if len(runs) <= 1 and len(days) <= 1:
            yield from ((run, days[0] if days else None) for run in runs)
        elif len(runs) == 1 and days[-1].start > runs[0].end:
            yield runs[0], days[-1]
        elif len(runs) == len(days):
            order = sorted([*((r.start, 0) for r in runs), *((d.start, 1) for d in days)])
            if all(a[1] != b[1] for a, b in itertools.pairwise(order)):
                yield from zip(runs, days, strict=True)

    def _known(self, kind: str, day: Found | None, said: str, *, is_last: bool) -> dict[str, str]:
        """Return what a clause says of its tasks."""
        words = _words(day) if day is not None else ""
        by = day is not None and (_BY.match(said, day.end) or day.text.endswith("まで"))
        if kind == "on":
            past = self.known is not None and bool(words) and self.known.is_past(words)
            to_come = self.known is not None and bool(words) and self.known.is_to_come(words)
            kind = "done" if past else "to-come" if to_come and not is_last else ""
        if kind == "done":
            return {"status": "migrated"} | ({"migrated": words} if words and not by else {})
        if kind == "to-come":
            return {"status": "planned"} | ({"target": words} if words else {})
        if kind == "under-way":
            return {"status": "in-progress"} | ({"target": words} if words else {})
        return {}


_TAXES: Final = (
    ("fixed-asset-tax", ""), ("individual-resident-tax", ""), ("corporate-resident-tax", ""),
    ("light-vehicle-tax", ""),
)  # fmt: skip
"""The tasks that are taxes; there are four."""


_IN_BRACKETS: Final = re.compile(r"\(([^()]{3,24})\)")


def _noted(said: str, end: int) -> str:
    """Return the day in brackets behind a task; nothing if there is none."""
    found = _IN_BRACKETS.match(said, end)
    days = [*DAY.matches(found[1])] if found is not None else []
    return days[0]["date"].text if found and len(days) == 1 and days[0]["date"].start == 0 else ""


def _behind(said: str, run: _Run) -> int:
    """Return where tasks end, with the day in brackets behind the last of them."""
    found = _IN_BRACKETS.match(said, run.end) if run.tasks[-1][1] else None
    return found.end() if found is not None else run.end


def _words(day: Found) -> str:
    return re.sub("(?:までに|まで|に|から|、)$", "", day.text)
