"""Tasks of standardization that are yet to be moved, group by group, and what is said of them all.

「令和8年12月に国民健康保険と介護保険の2業務を、令和9年8月に戸籍を移行します。いずれの3業務も
特定移行支援システムとして認められています」: each day is of the tasks after it, and the next
sentence is of all of them.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from typing import Final

from dxrules.document.signs import number_in
from dxrules.draft.candidates import part, quoted
from dxrules.draft.lexicon import Lexicon
from dxrules.draft.outline import Sentence
from dxrules.draft.phrases import DAY, Found
from dxrules.draft.task_clauses import ToldTask

MOVES: Final = (
    "、?(?:いずれも|ともに)?[^、。は]{3,24}に、?(?:標準準拠システム[へに])?"
    "<move-verb>(?:する予定|し?た|し?ました|します|[する]予定)(?:です|である)?。?"
)
"""What is told of the tasks that a sentence begins with, and of nothing else."""
_TO_MOVE: Final = (
    "<move-verb>(?:[しり]?ます|する(?:予定|計画|こと)?|[すを]予定|る予定|ることに)[^、。]{0,12}。?$"
)
_DONE: Final = "<move-verb>(?:し|り|え)?(?:ました|た。|済|終え)|完了し"
_ON: Final = re.compile("に、?")
_NUMBER: Final = "([0-9]{1,2}|[一二三四五六七八九十]{1,3})(?:つの)?(?:<tasks-word>|つ)"
_COUNT: Final = f"の?{_NUMBER}"
_GOES_ON: Final = (
    f"(?:この|これらの?|いずれの|残る|残りの|当該|同)、?{_NUMBER}|(?:この|これらの?)<tasks-word>"
)
_LATER: Final = re.compile(
    "特定移行支援システム」?(?:として|に該当(?!し(?:ない|ません))|と認め|に位置)"
)
_DENIED: Final = re.compile("ません|(?<!少)ない|検討|予定は")


def in_turn(
    sentences: Sequence[Sentence],
    tasks: re.Pattern[str],
    ids: Mapping[str, str],
    reading: Lexicon,
) -> Iterator[ToldTask]:
    """Yield what is said of tasks one after another, and of those under the exception, by id."""
    yield from _one_by_one(sentences, tasks, ids, reading)
    place, last = -1, list[ToldTask]()
    for sentence in sentences:
        said = sentence.said
        if sentence.block.kind == "table" or sentence.is_heading:
            continue
        found = [each for each in tasks.finditer(said) if each["task"]]
        if found:
            place, last = sentence.place, []
            for each, day in _dated(said, found, reading):
                shown = quoted(sentence, part(sentence, each.start(), each.end()))
                known = {"status": "not-migrated", "target": _words(sentence, day)}
                last.append((ids[each["task"]], known, shown))
        elif sentence.place == place and _is_of_all(
            said, len({task for task, *_ in last}), reading
        ):
            later = _LATER.search(said)
            if later is not None and not _DENIED.search(said):
                yield from last
                quote = quoted(sentence, part(sentence, later.start(), later.end()))
                for task, *_ in last:
                    yield task, {"exception": "transition-support"}, quote


def _one_by_one(
    sentences: Sequence[Sentence],
    tasks: re.Pattern[str],
    ids: Mapping[str, str],
    reading: Lexicon,
) -> Iterator[ToldTask]:
    """Yield the days by which a sentence says, task by task or group by group, that they move.

    「児童扶養手当は令和8年10月、健康管理は令和9年3月の移行を予定」;
    「令和8年1月に16業務、令和8年3月に戸籍及び戸籍の附票を移行する予定」.
    """
    for sentence in sentences:
        said = sentence.said
        if sentence.voice != "town" or sentence.block.kind == "table" or sentence.is_heading:
            continue
        found = [each for each in tasks.finditer(said) if each["task"]]
        if moved := reading.pattern(_AMONG).search(said):
            for each in found:
                if moved.start("tasks") <= each.start() < moved.end("tasks"):
                    shown = quoted(sentence, part(sentence, moved.start(), moved.end()))
                    start, end = moved.span("day")
                    on = "".join(sentence.original(start, end).split())
                    yield ids[each["task"]], {"status": "migrated", "migrated": on}, shown
        if not found or not _is_to_move(said, reading):
            continue
        days = [each["date"] for each in DAY.matches(said)]
        pairs = _each_with_day(said, found, days) or _after_counted(said, found, days, reading)
        for each, day in pairs:
            shown = quoted(sentence, part(sentence, each.start(), each.end()))
            known = {"status": "not-migrated", "target": _words(sentence, day)}
            yield ids[each["task"]], known, shown


def _is_to_move(said: str, reading: Lexicon) -> bool:
    """Tell whether a sentence says of what is yet to be moved, and of that alone."""
    is_other = reading.pattern(_DONE).search(said) or _DENIED.search(said)
    return not is_other and reading.pattern(_TO_MOVE).search(said) is not None


def _each_with_day(
    said: str, found: Sequence[re.Match[str]], days: Sequence[Found]
) -> list[tuple[re.Match[str], Found]]:
    """Return tasks each with the day right after it, if all of them have one."""
    starts = {day.start: day for day in days}
    pairs = []
    for each in found:
        topic = _TOPIC.match(said, each.end())
        day = starts.get(topic.end()) if topic is not None else None
        if day is None or not _AND_MOVE.match(said, day.end):
            return []
        pairs.append((each, day))
    return pairs


def _after_counted(
    said: str, found: Sequence[re.Match[str]], days: Sequence[Found], reading: Lexicon
) -> list[tuple[re.Match[str], Found]]:
    """Return the tasks after the last of several days, before which others are but counted."""
    named = [day for day in days if day.end <= found[0].start()]
    on = [re.match("に?、?", said[day.end :]) for day in named]
    if len(named) < len(days) or len(days) < 2 or _BUT.search(said, found[0].start()):  # noqa: PLR2004
        return []
    others = all(
        reading.pattern(f"{_NUMBER}、").match(said, day.end + at.end())
        for day, at in zip(named[:-1], on, strict=False)
        if at is not None
    )
    last = on[-1]
    is_next = last is not None and named[-1].end + last.end() == found[0].start()
    return [(each, named[-1]) for each in found] if others and is_next else []


_AMONG: Final = (
    r"(?P<day>(?:令和|20)[0-9元]{1,2}年[0-9]{1,2}月(?:[0-9]{1,2}日)?)に、?(?P<tasks>[^。]{2,60}?)(?:など|等)の?"
    r"[0-9]{1,2}<tasks-word>(?:が|を|について)[^。、]{0,24}移行(?:しました|し、[^。]{0,40}ました。?$)"
)
"""Some of the tasks that were moved on a day, by their names: 令和8年2月に住民記録など17事務が…."""
_TOPIC: Final = re.compile("(?:システム|業務)?(?:は|については)、?")
_AND_MOVE: Final = re.compile("(?:まで)?(?:に|の)?(?:、|標準準拠システムへの)?(?:移|切|(?<=、))")
_BUT: Final = re.compile("除[きくい]|以外|ほか")


def _dated(
    said: str, found: Sequence[re.Match[str]], reading: Lexicon
) -> list[tuple[re.Match[str], Found]]:
    """Return tasks each with its day, if all that a sentence names are to be moved on one."""
    if not _is_to_move(said, reading):
        return []
    days = [
        each["date"] for each in DAY.matches(said) if _ON.match(said, each["date"].end)
        or each["date"].text.endswith("に")
    ]  # fmt: skip
    if len(days) == 1 and found[-1].end() <= days[0].start:
        groups = [list(found)]
    else:
        ends = [each.start for each in days[1:]] + [len(said)]
        groups = [
            [each for each in found if day.end <= each.start() < end]
            for day, end in zip(days, ends, strict=True)
        ] if days else []  # fmt: skip
    whole = sum(map(len, groups)) == len(found) and all(groups)
    return [
        (each, day)
        for group, day in zip(groups, days, strict=True)
        for each in group
    ] if whole and all(_are_counted(said, group, reading) for group in groups) else []  # fmt: skip


def _are_counted(said: str, group: Sequence[re.Match[str]], reading: Lexicon) -> bool:
    """Tell whether tasks are as many as the number after them says, if one does."""
    count = reading.pattern(_COUNT).match(said, group[-1].end())
    return count is None or number_in(count[1]) == len({each["task"] for each in group})


def _is_of_all(said: str, number: int, reading: Lexicon) -> bool:
    """Tell whether a sentence goes on of as many tasks as were named."""
    found = reading.pattern(_GOES_ON).match(said)
    return found is not None and (found[1] is None or number_in(found[1]) == number)


def _words(sentence: Sentence, day: Found) -> str:
    return re.sub("に$", "", "".join(sentence.original(day.start, day.end).split()))
