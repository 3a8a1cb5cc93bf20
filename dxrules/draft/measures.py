"""Measures of a document: those of its tables, then those of its headings, lists and prose."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from typing import Any, Final

from dxrules.document.normal import squeezed
from dxrules.draft.candidates import find
from dxrules.draft.key_to_signs import key_to_signs
from dxrules.draft.label_lines import labels_in
from dxrules.draft.lexicon import Lexicon
from dxrules.draft.measure_groups import entry_in, is_aim
from dxrules.draft.measure_lists import of_lists
from dxrules.draft.measure_sections import is_counted
from dxrules.draft.measure_series import with_series
from dxrules.draft.measure_states import key_to_states
from dxrules.draft.measure_tables import of_tables
from dxrules.draft.measure_titles import is_doing, is_sentence_of_doing, short_title
from dxrules.draft.measure_words import Made, in_doubt
from dxrules.draft.measures_beside import beside
from dxrules.draft.outline import Sentence
from dxrules.draft.schedules import day_within
from dxrules.draft.settle import RIVALS
from dxrules.texts import Text


def measures(sentences: Sequence[Sentence], reading: Lexicon, period: str = "") -> Iterator[Made]:
    """Yield the measures in the order of the document, each title once.

    Where the same is told twice, what is sure counts. What others are gathered under in a table is
    none of its own: they are what is done. Years alone are fiscal years in a plan whose `period`
    is told by such, or that names one of them so.
    """
    sentences = with_series(_from_body(sentences, reading), reading)
    signs = key_to_signs(sentences, lambda word: reading.code_of("measure-status", word))
    states = key_to_states(sentences, reading)
    begun = {sign: word for sign, word in signs.items() if word not in _NOT_BEGUN}
    signs = signs | states | begun
    reading = replace(reading, signs=tuple(signs.items()))
    groups: set[str] = set()
    tabled = [*of_tables(sentences, reading, groups)]
    found = [*tabled, *_beside_tables(tabled, of_lists(sentences, reading))]
    gathering = _gathering(sentences, found, reading)
    aims = _aims(sentences, reading)
    found += beside(sentences, reading)
    found.sort(key=lambda each: _is_doubtful(each[0]))
    parts = {each.place: each.titles[0] for each in sentences if each.titles}
    reports = {each.place for each in sentences if _OF_REPORTS & {*each.about}}
    seen: dict[str, Made] = {}
    for made, quotes in found:
        if _ANSWERED.search(squeezed(made["title"])) or (quotes and _SHARES.search(quotes[0].text)):
            continue
        if _is_plan(squeezed(made["title"]), reading):
            made = in_doubt(made, _OF_PLAN)  # noqa: PLW2901  (the first that is known is seen)
        told = _known_as(squeezed(made["title"]), seen)
        if told in seen and not _is_doubtful(made):
            first, shown = seen[told]
            places = {quotes[0].place, shown[0].place}
            is_near = len({parts.get(place) for place in places}) == 1 or not places & reports
            seen[told] = _with_more(first, made, is_near=is_near), shown
        elif told not in groups and (
            (told not in gathering or made.keys() & _TOLD)
            and (told not in aims or made.keys() & _TOLD - {"status"})
        ):
            seen.setdefault(told, (made, quotes))
    for told, (made, quotes) in seen.items():
        others = [other for other in seen if told in other and told != other]
        is_short = not _is_sure_of("owner", made) and any(
            _is_whole(told, other, reading) for other in others
        )
        if others and (is_short or not made.keys() & _TOLD):
            doubts = [*made.get("doubts", ()), {"because": _IN_OTHER}]
            seen[told] = made | {"doubts": doubts}, quotes
    _take_of_all(sentences, seen, parts, reading)
    ordered = sorted(seen.values(), key=lambda each: each[1][0].place)
    fiscal = {year for each in sentences for year in _FISCAL.findall(each.said)}
    is_fiscal = "年度" in period or any(
        made.get(key) in fiscal for made, _ in ordered for key in ("start", "due")
    )
    for number, (made, quotes) in enumerate(ordered, 1):
        alone = {key: _YEAR_ALONE.fullmatch(made.get(key, "")) for key in ("start", "due")}
        days = {key: f"{year[1]}年度" for key, year in alone.items() if year and is_fiscal}
        yield {"id": f"measure-{number}", **made, **days}, quotes


_OF_REPORTS: Final = frozenset({"past", "done-so-far", "state-of-measures", "progress", "issues"})
"""Headings below which a state is one of a report, and days elsewhere may be of a new plan."""
_ANSWERED: Final = re.compile("[0-9]%$")
"""A share of those who were asked, and nothing that is done: 手続で困ったことがある63%."""


_SHARES: Final = re.compile("[0-9０-９][%％][、,].*[0-9０-９][%％]")
"""Shares of several answers: 困ったこと：待ち時間48％、書き方31％."""
_OF_PLAN: Final = Text("計画の名称かもしれない", "it may be the name of a plan")


def _is_plan(title: str, reading: Lexicon) -> bool:
    """Tell whether a title is one of a plan for digitization: 見本町DX推進計画."""
    is_digital = any(word in title for word in reading.ends("digital-word"))
    return is_digital and title.endswith(reading.ends("plan-end"))


def _take_of_all(
    sentences: Sequence[Sentence], seen: dict[str, Made], parts: dict[int, str], reading: Lexicon
) -> None:
    """Ask of the measures above a sentence what it tells of all: 所管はいずれも会計課."""
    for each in sentences:
        if each.voice != "town" or each.block.kind == "table" or not _OF_ALL.search(each.said):
            continue
        told = find([each], reading, reading.measure_rules)
        found = {one.key: one.value for one in told if one.key in {"owner", "start", "due"}}
        for title, (made, quotes) in seen.items():
            place = quotes[0].place
            is_above = place < each.place and parts.get(place) == parts.get(each.place)
            asked = {key for doubt in made.get("doubts", ()) for key in doubt.get("of", ())}
            more = [
                {"of": [key], "candidates": [value], "because": _TOLD_OF_ALL}
                for key, value in found.items()
                if is_above and key not in asked | made.keys()
            ]
            if more:
                seen[title] = made | {"doubts": [*made.get("doubts", ()), *more]}, quotes


_OF_ALL: Final = re.compile("いずれも|(?:すべて|全て|各|[0-9]つ)の?(?:取組|施策|事業)(?:は|を|に)")
_TOLD_OF_ALL: Final = Text("取組の全体について述べている", "it is told of all measures together")


def _from_body(sentences: Sequence[Sentence], reading: Lexicon) -> Sequence[Sentence]:
    """Return the sentences; no cover goes on where one names what is done, and prose is on none.

    A short document tells of its measures in lines that a cover could have.
    """
    made = [*sentences]
    is_over = False
    for number, each in enumerate(sentences):
        if not each.cover:
            break
        is_over = is_over or _is_of_body(each, reading)
        is_prose = each.said.endswith("。") and is_sentence_of_doing(each.said, reading)
        made[number] = replace(each, cover=not (is_over or is_prose))
    return made


def _is_of_body(sentence: Sentence, reading: Lexicon) -> bool:
    """Tell whether a sentence names a measure by a label or a number, or tells who does one."""
    if any(role == "measure" for role, _ in labels_in(sentence, reading)):
        return True
    if is_counted(sentence, reading) or _LEADS.search(sentence.said):
        return True
    entry = entry_in(sentence, reading)
    return entry is not None and (
        sentence.block.kind == "item" or len(entry.facts) > 1 or is_doing(entry.title, reading)
    )


_LEADS: Final = re.compile("(?:取り?組み?|施策|事業|取り組むこと)は、?(?:次|以下|下記)の")
"""A sentence that leads to measures, and stands on no cover."""
_FISCAL: Final = re.compile("(20[0-9]{2})年度")
_YEAR_ALONE: Final = re.compile(r"(20[0-9]{2})(?:\((?:R|令和)[0-9]{1,2}\))?")
"""A year without 年度, as it stands over columns: 2026, 2026(R8)."""


def _gathering(sentences: Sequence[Sentence], found: Sequence[Made], reading: Lexicon) -> set[str]:
    """Return the headings below whose own headings several measures stand: they gather those.

    A table of the plan's structure lists such headings, too.
    """
    sections = {each.place: each.block.section for each in sentences if each.is_heading}
    own = {
        sections[q.place] for made, (q, *_) in found if q.place in sections and made.keys() & _TOLD
    }
    counts = Counter(section[:depth] for section in own for depth in range(1, len(section)))
    return {
        squeezed(short_title(each.text, reading))
        for each in sentences
        if each.is_heading and counts[each.block.section] > 1
    }


def _aims(sentences: Sequence[Sentence], reading: Lexicon) -> set[str]:
    """Return what headings call an aim of the plan: a list that names it has no measure."""
    return {
        squeezed(short_title(each.text, reading))
        for each in sentences
        if each.is_heading and is_aim(each, reading)
    }


def _beside_tables(tabled: Sequence[Made], listed: Iterable[Made]) -> Iterator[Made]:
    """Yield the measures of headings and lists; those without an office are in doubt.

    Where a table tells who does each measure, or until when, a list that does not may but explain
    its rows; beside days alone, as sentences do.
    """
    sure = [made for made, _ in tabled if not _is_doubtful(made)]
    known = {squeezed(made["title"]) for made in sure}
    counts = {key: sum(key in made for made in sure) for key in ("owner", "due")}
    sought = next((key for key, count in counts.items() if count >= _LEAST_TABLED), "title")
    for made, quotes in listed:
        is_known = sought in made or squeezed(made["title"]) in known
        is_known = is_known or (sought == "due" and not made["title"].endswith(_SAID))
        if not is_known and not _is_doubtful(made):
            yield made | {"doubts": [*made.get("doubts", ()), {"because": _EXPLAINS}]}, quotes
        else:
            yield made, quotes


_LEAST_TABLED: Final = 4
_SAID: Final = ("ます", "ました", "ません", "です", "でした")
"""The end of what is a sentence, and no name."""
_EXPLAINS: Final = Text(
    "表にある取組の説明かもしれない", "it may but explain a measure that a table lists"
)


def _is_whole(told: str, other: str, reading: Lexicon) -> bool:
    """Tell whether a title is another with what is done: 電子決裁の導入 is that of 電子決裁."""
    rest = other.removeprefix(told)
    return rest.startswith("の") and rest[1:] in reading.ends("doing-noun")


_TOLD: Final = frozenset({"owner", "status", "start", "due", "completed", "recurrence"})
_IN_OTHER: Final = Text(
    "別の取組の名称の一部で、同じ取組かもしれない",
    "a part of the name of another measure, and perhaps the same",
)


def _known_as(told: str, known: Mapping[str, object]) -> str:
    """Return the title by which a measure is known: of シート3書かない窓口の導入 its end."""
    for cut in range(1, _LEAST_KNOWN + 1):
        for title, rest in ((told[cut:], told[:cut]), (told[:-cut], told[-cut:])):
            if title in known and len(title) >= _LEAST_KNOWN and _OF_A_NUMBER.search(rest):
                return title
    return told


_LEAST_KNOWN: Final = 6
_OF_A_NUMBER: Final = re.compile(r"[0-9①-⑳]|^[(【〔].*[)】〕]$")


def _with_more(made: dict[str, Any], other: dict[str, Any], *, is_near: bool) -> dict[str, Any]:
    """Return a measure with what only another place tells of it for certain.

    Beside a state, as of a report, days that another table tells may be those of a new plan, but
    where that is near, in one chapter.
    """
    asked = {key for doubt in other.get("doubts", ()) for key in doubt["of"]}
    dated = {"start", "due", "completed"} if "status" in made and not is_near else set()
    dated |= {"completed"} if made.get("status", "done") != "done" else set()
    more = {k: v for k, v in other.items() if k not in {"doubts", *made, *asked, *dated}}
    if is_near and not _is_doubtful(made):
        made = _with_days_within(made, other)
    if not more or _is_doubtful(made):
        return made
    doubts = [
        doubt | {"of": of}
        for doubt in made.get("doubts", ())
        if (of := [key for key in doubt["of"] if key not in more])
    ]
    kept = {key: value for key, value in (made | more).items() if key != "doubts"}
    return kept | ({"doubts": doubts} if doubts else {})


def _with_days_within(made: dict[str, Any], other: dict[str, Any]) -> dict[str, Any]:
    """Return a measure with doubts about years within which another place tells a day."""
    doubts = [
        {"of": [key], "candidates": [day, made[key]], "because": RIVALS}
        for key in ("start", "due")
        if _is_sure_of(key, made) and (day := day_within(made[key], {other.get(key, made[key])}))
    ]
    return made | ({"doubts": [*made.get("doubts", ()), *doubts]} if doubts else {})


_NOT_BEGUN: Final = frozenset({"未着手", "未実施"})
"""Words that tell less of a sign than others beside them: ●=実施を決定(未着手)."""


def _is_sure_of(key: str, made: dict[str, Any]) -> bool:
    return key in made and not any(key in doubt.get("of", ()) for doubt in made.get("doubts", ()))


def _is_doubtful(made: dict[str, Any]) -> bool:
    return any("of" not in doubt for doubt in made.get("doubts", ()))
