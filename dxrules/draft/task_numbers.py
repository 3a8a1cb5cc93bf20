"""How many tasks of standardization are in scope, moved, or left, by the sentences that count them.

A sentence counts in many ways, and tells of each count by the words around it: those of the nation
(国が定めた20業務のうち), of the town (本市が対象とするのは18業務), of what was moved, and what is
left. Each count is replaced by a mark, so that a pattern tells its role wherever the number stands.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import Final

from dxrules.draft.candidates import Candidate, is_of_standardization, part, quoted
from dxrules.draft.counted_tasks import (
    ALL_OF,
    COUNTED_BY,
    MARK,
    MOST_TASKS,
    PAST,
    counts_in,
    is_plain,
    is_whole,
    reduced_by,
)
from dxrules.draft.lexicon import Lexicon
from dxrules.draft.lexicon_files import Grade
from dxrules.draft.outline import Sentence
from dxrules.draft.phrases import DAY
from dxrules.frozen import frozen

_OF: Final = "standardization"
_NOT_IT: Final = r"(?!外|と(?:し|なら)な|としません|から除)"
_TOWN: Final = "(?:[本当](?:市|町|村|区|連合|組合)|(?<![都道府県])[市町村区])"
_IN_SCOPE: Final = (
    # 対象の#、標準化の対象となる#、対象業務は…を除く#である
    rf"対象{_NOT_IT}(?:と(?:する|なる|される|している|なっている)|の|である|業務|事務|数|システム)*"
    r"(?:は|:|が|、)*#"
    rf"|対象{_NOT_IT}[^#。、]{{0,12}}(?:は|が|:)、?[^#。]{{0,40}}(?:除く|除いた|除き、?|除いて)、?#"
    r"|対象(?:とする|となる)の?(?:<tasks-word>|もの)?は、[^#。]{0,40}?#(?=です|である|であり|で、|。|$)"
    # #すべてを対象として、#が移行の対象です、#を移行対象と
    rf"|#の?(?:すべて|全て|全部)?(?:が|を|は|も)、?(?!特定)[^#。、]{{0,12}}(?:対象{_NOT_IT}|該当(?!し))"
    rf"|{_TOWN}[^#。]{{0,12}}#が、?該当"
    # 本市が行うのは#、村で移すのは…を除く#
    rf"|{_TOWN}(?:で|が|に|の|では|において|にて)[^#。、]{{0,10}}<doing-tasks>(?![^#、。]{{0,6}}(?:した|済))"
    r"[^#。、]{0,14}(?:は、?|の)?(?:[^#。]{0,30}除[くきい][、た]?)?#"
    # 20業務のうち…を除く#を移行、県が行う…を除く#
    r"|(?:#のうち|[県都道府][^#。]{0,10}(?:行|担|所管|実施|処理))[^#。]{0,60}除(?:く|いた|き、?|いて)、?#"
    # 20業務から生活保護を除いた19業務、20業務のうち生活保護を除く19業務、…のうち該当する19業務
    r"|(?<=#)のうち、?[^#。]{0,60}除(?:く|いた|き、?|いて)、?#"
    r"|(?<=#)から(?:[^#。]{0,60}|(?:この|これらの?|上記の?)#を?)除(?:く|いた|き、?|いて)、?#"
    r"|#のうち、?(?:該当する|対象となる|対象とする|行う|行っている|処理する)#"
    # 移すべき業務は#である、町の対象業務は、国の#のうち本町に該当する#
    rf"|{_TOWN}[^#。、]{{0,16}}(?:移すべき|移行すべき|移行する)<tasks-word>は、?#"
    r"|対象(?:<tasks-word>)?は、?#のうち、?[^#。、]{0,12}該当する#"
    # 市が使う#のシステムを、町の#を移行する
    rf"|{_TOWN}(?:が使う|が利用する|の)#(?:のシステム)?(?:を|が|は)、?[^#。]{{0,40}}(?:移行|切り?替え|移[しす])"
    # #は本市ではすべて動かして
    rf"|#(?:は|の|を)(?:、|全て|すべて|いずれも)*{_TOWN}(?:では|で|が|に)"
)
_TITLED: Final = "(?:標準化|標準準拠|基幹業務|基幹系)[^#。]{0,20}#|基幹#"
"""A title over a list of as many tasks: 標準化対象20業務の状況."""
_LEAST_LISTED: Final = 5
_ALL_TASKS: Final = "20業務"
"""As many as there are: of nothing else so many are told of."""
_LEAST_IN_SCOPE: Final = 10
"""Tasks of a town; fewer may be some of them, whatever is told of those."""
_OF_A_GROUP: Final = (
    "(?:(?:税|税務|福祉|住民|市民|窓口|保険|子育て|健康|年金|教育)"
    "(?:系|関係|関連|分野)?の?|(?:その)?他の|ほかの|主な)#"
)
"""A count of some of the tasks: 税務の4業務, その他の11業務."""
_NOT_MOVED: Final = frozenset({"left", "excepted"})
"""Roles beside which a count has no other."""
_OTHERS: Final = "(?:その他の|ほかの|他の|その他)#"
"""Tasks beside those that a table lists."""
_OF_WHICH: Final = "#(?:の中|の内)?のうち"
_REST: Final = re.compile("対象[^#。、]{0,8}#のうち、?残[るり]の?#")
"""Tasks in scope of which the last are left: 対象20業務のうち残る2業務."""
_NATION: Final = (
    r"#から(?:[^#。]{0,60}|(?:この|これらの?|上記の?)#を?)(?:除|外)|#のうち、?[^#。]{0,60}"
    r"(?:該当し(?:ない|ません)|(?:行って|行わ|実施し(?:て)?|処理して)い?(?:ない|ません)"
    r"|対象外|対象とし(?:ない|ません)|[都道府県]が)[^#]*$"
    r"|#のうち、?(?:該当する|対象となる|対象とする|行う|行っている|処理する)(?=#)"
    "|(?:国が|国の|法(?!人)|省令|政令|国で|全国)[^#。]{0,16}<set-by-nation>[^#。]{0,14}#"
)
_MOVED: Final = (
    rf"#(?:すべて|全て|全部)?(?![^#。]{{0,60}}(?:予定|目標|目指|見込|する計画|ません|できな|を残))"
    rf"[^#。]{{0,60}}?{PAST}"
    rf"|#(?:を|は)[^#。、]{{2,16}}に、(?=#(?![^#。]{{0,60}}(?:予定|目標|目指|見込))[^#。]{{0,60}}?{PAST})"
    r"|(?:移行済み?|移行(?:した|を終えた|が終わった|が済んだ|を完了した|が完了した)|稼働済み?)"
    r"(?:の|は|業務|数|もの|のもの|、|:|となった|計|合計)*#"
)
_LEFT: Final = (
    "<left-over>(?:の|は|、|業務|:)*#"
    "|#(?:は|が|も|について|については)[^#。]{0,40}特定移行支援"
    "|特定移行支援システム(?:に該当する|となる|である|の)(?:の|は|、|業務)*#"
)
_EXCEPTED: Final = rf"#を除(?:き|いて|く)(?=[^#。]{{0,12}}{PAST})"
"""Tasks without which all were moved: 2業務を除き、移行が完了しています."""
_NONE_YET: Final = (
    "移行(?:が|を|の)?(?:終わった|終えた|済んだ|完了した|した)(?:<tasks-word>|もの)"
    "は、?(?:まだ)?(?:ありません|ない|無い)"
)
_GOES_ON: Final = re.compile("(?:し|て|え|い|り)、?$")
_TO_COME: Final = re.compile(
    "(?:予定|計画|見込み?|目標|目指)[^。]{0,12}。?$|(?:する|ます|とする|としている|行う)。?$"
)
"""The end of a sentence on what is to come, of which what goes on before may be a part."""
_ASKING: Final = re.compile("検討|試算|仮に|場合|によれば|によると")
_ON: Final = re.compile(r"(?:に|までに|末までに|中に)(?![届申国])")


@frozen
class _Told:
    """A count in a sentence, its role, and whether the sentence says that they are all."""

    role: str
    number: int
    place: int
    sentence: Sentence
    entry: int
    are_all: bool = False
    """Of tasks moved: that nothing beside the number makes them all of a part."""
    day: str = ""
    is_sure: bool = True


def task_numbers(
    sentences: Sequence[Sentence], reading: Lexicon, listed: int = 0, excluded: int = 0
) -> Iterator[Candidate]:
    """Yield how many tasks are in scope and how many were moved, and when.

    `listed` are those that a list or a table of the document tells where each stands, `excluded`
    those that it leaves out.
    """
    found: list[_Told] = []
    for entry, sentence in enumerate(sentences):
        is_told = sentence.is_of_town and sentence.block.kind != "table"
        of_it = _ALL_TASKS in sentence.said or is_of_standardization(sentence, reading)
        if is_told and of_it:
            found += _told(sentence, entry, reading)
            yield from _none_yet(sentence, entry, reading)
    scope = _one([each for each in found if each.role == "scope"])
    if scope is None and listed >= _LEAST_LISTED:
        scope = _one([e for e in found if e.role in {"titled", "scope"} and e.number == listed])
    others = _one([each for each in found if each.role == "others"])
    if scope is None and others is not None:
        scope = _one(
            [e for e in found if e.role == "titled" and e.number == listed + others.number]
        )
    yield from _given(scope, "in_scope")
    if scope is None:
        scope = _one([each for each in found if each.role == "all"])
        is_sure = scope is not None and scope.number in {MOST_TASKS, MOST_TASKS - excluded}
        yield from (
            each if is_sure else replace(each, grade="doubtful")
            for each in _given(scope, "in_scope")
        )
    yield from _moved(found, scope)


def _moved(found: Sequence[_Told], scope: _Told | None) -> Iterator[Candidate]:
    """Yield how many were moved: what is told once, or adds up with what is left."""
    moved = [each for each in found if each.role in {"moved", "but-rest"}]
    left = {each.number for each in found if each.role == "left"}
    excepted = _one([each for each in found if each.role == "excepted"])
    if not moved and scope is not None and excepted is not None and not left:
        moved = [replace(excepted, number=scope.number - excepted.number)]
    if scope is not None:
        whole = [each for each in moved if each.are_all and each.number == scope.number]
        fits = whole or [each for each in moved if scope.number - each.number in left]
        moved = fits or [each for each in moved if each.number <= scope.number]
    one = _one(moved)
    if one is None:
        for each in moved:  # some at one time, some at another: which number is meant is a question
            yield from _given(each, "migrated")
            yield from _given(each, "migrated_on", each.day or "?")
        return
    is_all = one.are_all or (scope is not None and scope.number == one.number)
    numbered = _given(one, "migrated")
    yield from (replace(each, grade="doubtful") for each in numbered) if is_all else numbered
    if is_all:
        yield from _given(one, "migrated", "all")
        yield from _given(one, "status", "migrated")
    if one.day:
        yield from _given(one, "migrated_on", one.day)


def _one(told: Sequence[_Told]) -> _Told | None:
    """Return the count that a document tells, if it tells one, with its day if one tells that."""
    numbers = {each.number for each in told}
    if len(numbers) != 1:
        return None
    return next((each for each in told if each.day), told[0])


def _given(told: _Told | None, key: str, value: str = "") -> Iterator[Candidate]:
    if told is not None:
        shown = part(told.sentence, told.place, told.place + 1)
        quote = quoted(told.sentence, part(told.sentence, 0, len(told.sentence.said)), shown)
        value = value or str(told.number)
        is_sure = told.number >= _LEAST_IN_SCOPE if key == "in_scope" else told.is_sure
        grade: Grade = "sure" if is_sure else "doubtful"
        yield Candidate(_OF, key, value, grade, COUNTED_BY, quote, told.entry)


def _none_yet(sentence: Sentence, entry: int, reading: Lexicon) -> Iterator[Candidate]:
    if found := reading.pattern(_NONE_YET).search(sentence.said):
        quote = quoted(sentence, part(sentence, found.start(), found.end()))
        yield Candidate(_OF, "migrated", "0", "sure", COUNTED_BY, quote, entry)


def _told(sentence: Sentence, entry: int, reading: Lexicon) -> Iterator[_Told]:
    """Yield the counts of a sentence whose role its words tell."""
    counts = counts_in(sentence, reading)
    if not counts or _ASKING.search(sentence.said):
        return
    reduced, marks = reduced_by(sentence.said, [each for each, _ in counts])
    roles = _roles(reduced, reading)
    if rest := _REST.search(reduced):
        first = marks.index(rest.start() + rest[0].index(MARK))
        (scope, number), (_, left) = counts[first : first + 2]
        yield _Told("but-rest", number - left, scope.start(), sentence, entry)
    ends = [0, *(each.end() for each, _ in counts)]
    starts = [*(each.start() for each, _ in counts[1:]), len(sentence.said)]
    for mark, (each, number), since, until in zip(marks, counts, ends, starts, strict=False):
        of_whole = is_whole(reduced, mark, reading) and number >= _LEAST_IN_SCOPE
        are_all = "moved" in roles.get(mark, ()) and of_whole
        told = {
            *roles.get(mark, ()),
            *(["all"] if are_all and not reading.pattern(_LEFT).search(reduced) else []),
        }
        is_part = reading.pattern(ALL_OF).match(reduced, mark) is not None and not of_whole
        for role in sorted(told):
            day = _day(sentence, since, until) if role == "moved" else ""
            is_sure = role != "moved" or (not is_part and _is_past(reduced, mark, reading))
            yield _Told(role, number, each.start(), sentence, entry, are_all, day, is_sure)


def _is_past(reduced: str, mark: int, reading: Lexicon) -> bool:
    """Tell whether tasks were moved for sure: 「…を移行し、…を移行する計画」 may be yet to come."""
    found = reading.pattern(_MOVED).search(reduced, mark)
    words = found[0][1:] if found is not None and found.start() == mark else ""
    past = re.search(PAST, words)
    is_of_move = past is None or re.search("移|切り?替", past[0]) is not None
    is_of_move = is_of_move or re.search("移行し、|移し、|替え、", words) is not None
    is_of_move = is_of_move or re.search("移行[^#。、]{0,6}$", reduced[:mark]) is not None
    if past is not None and not is_of_move and not is_plain(words[: past.start()], reading):
        return False  # 20業務について、職員研修を完了した
    goes_on = found is not None and (found.start() == mark and _GOES_ON.search(found[0]))
    return not goes_on or _TO_COME.search(reduced) is None


def _roles(reduced: str, reading: Lexicon) -> dict[int, set[str]]:
    """Return the roles of each mark of a reduced sentence; those of the nation have none."""
    made: dict[int, set[str]] = {}
    patterns = (
        ("excepted", _EXCEPTED),
        ("left", _LEFT),
        ("moved", _MOVED),
        ("scope", _IN_SCOPE),
        ("scope", _OF_WHICH),
        ("titled", _TITLED),
        ("others", _OTHERS),
    )
    for role, pattern in patterns:
        for found in reading.pattern(pattern).finditer(reduced):
            words = found[0]
            place = len(words) - 1 if words.endswith(MARK) else words.index(MARK)
            made.setdefault(found.start() + place, set()).add(role)
    of_nation = {
        found.start() + found[0].index(MARK) if found[0][0] == MARK else found.end() - 1
        for found in reading.pattern(_NATION).finditer(reduced)
    }
    of_group = {found.end() - 1 for found in reading.pattern(_OF_A_GROUP).finditer(reduced)}
    made = {mark: roles & {"others"} if mark in of_group else roles for mark, roles in made.items()}
    made = {mark: roles & _NOT_MOVED or roles for mark, roles in made.items()}
    own = sorted(mark for mark, roles in made.items() if "scope" in roles)
    of_nation |= {*own[:-1]}  # 対象は20業務だが、本市に該当するのは18業務
    return {mark: roles for mark, roles in made.items() if mark not in of_nation}


def _day(sentence: Sentence, since: int, until: int) -> str:
    """Return the day beside a count on which so many were moved; the day of a report is none."""
    for each in DAY.matches(sentence.said):
        day = each["date"]
        after = sentence.said[day.end :]
        if since <= day.start < until and _ON.match(after) and not day.text.endswith("現在"):
            return "".join(sentence.original(day.start, day.end).split())
    return ""
