"""Counts of tasks of standardization in a sentence, and whether "all" of them are all in scope.

「3業務のすべてが移行」 may be all of what a card, a section or a year is about, and
「ガバクラ対象の全業務」 is all of a part.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from typing import Final

from dxrules.document.normal import squeezed
from dxrules.document.signs import number_in
from dxrules.draft.candidates import Candidate
from dxrules.draft.lexicon import Lexicon
from dxrules.draft.outline import Sentence
from dxrules.draft.phrases import DAY

COUNTED_BY: Final = "tasks-counted"
"""The reading rule by which a sentence that counts tasks is read."""
MOST_TASKS: Final = 20
"""Target tasks that there are."""
_COUNT: Final = (
    r"(?<![0-9一二三四五六七八九十.第])(?<!毎年度)(?<!毎年)(?<!年間)([0-9]{1,2}|[一二三四五六七八九十]{1,3})の?"
    r"(?:(?:業務システム|<tasks-word>|システム)(?![0-9一二三四五六七八九十])|(?=であり|である|です|となっ))"
)
_COUNTED: Final = ("業務は", "事務は", "システムは")
"""Before a number that no word follows: 移すべき業務は十九である."""
MARK: Final = "#"
PAST: Final = (
    r"(?:(?<!データ)移行(?:が|を|は|も|作業が|作業を)?(?:済(?!み?(?:の|は|業務|数|、|:)*#)|完了(?:し|させ)|実施し|行い|行った|終え(?!る)|終わ(?!る))"
    r"|移行し(?:た|まし|て|、|終え(?!る)|終わ(?!る))"
    r"|移行[をは]、?[^#。、は]{3,16}(?:に|までに)(?:完了し(?=[たまて])|終え(?=[たまて]))"
    r"|移し(?:た|まし|終え(?!る)|て)|移った|移りました|切り?替え(?:た|まし|を終え(?!る)|を完了し|済)"
    r"|稼働(?:済|し(?:た|まし|て))|標準化(?:が|を)?(?:完了|終え|済)|(?:利用|運用)を(?:開始|始め)"
    r"|動(?:き始め|いて)|完了(?:した|しま|済|し、|しており))"
)
_ALL_WORD: Final = "(?:すべて|全て|全部|いずれも)(?!の(?!<tasks-word>|システム|移行|標準))"
ALL_OF: Final = f"#(?P<beside>[^#。()]{{0,24}}?){_ALL_WORD}"
"""All of so many; what a bracket says of all is of their days: 三業務が移りました(いずれも1月)."""
_EVERY: Final = (
    "(?:全て?(?:の|部の)?|すべての)(?:標準化)?(?:対象)?(?:となる|とする)?の?(?:<tasks-word>|システム)"
    f"(?:の|が|を|は|について|、)[^#。]{{0,30}}?(?={PAST})"
)
"""All tasks, whatever their number: 全業務の移行が完了."""
_ALL_OTHERS: Final = (
    "(?:全(?![部て#国])|(?:すべて|全て|全部)の)(?!<tasks-word>|システム|移行|標準|対象|#)"
)
"""All of something else: 全職員, すべての課."""
_PLAIN: Final = (
    "(?:[本当](?:市|町|村|区|連合|組合)|[市町村区])(?:の|では?|が|は|に|において|における)"
    "|(?:標準化|移行)の?|対象(?:と(?:する|なる|なった|した|している|なっている))?の?|該当する"
    "|(?:移行すべき|移すべき|行う|使う|担う|処理する|利用する|関係の?ある|関係する)|[0-9]{1,2}/"
    "|標準準拠システム|標準仕様|基幹(?:系)?(?:業務|情報)?システム|<cloud-name>(?:上の?)?(?=[へにので])"
    "|(?:への?|に|の|は|が|を|も|について|については|で|まで|までに|末|末までに|から|中に|年度|をもって)"
    "|なお|また|これにより|その結果|既に|すでに|無事に?|[、,:・○■●◆▶►▷➢✓-]|移行(?:が|を|は|も)|計|合計|全|うち"
)
"""Words beside a count that make it no part of the whole: of 税務系の4業務すべて it is one."""
_SUBSET: Final = (
    "(?:税|税務|福祉|住民|市民|窓口|保険|子育て|健康|年金|教育|内部|収納)"
    "(?:系|関係|関連|分野|部門|業務|システム|情報)"
)
"""In a heading, below which all tasks are those of a part."""
_CUT: Final = re.compile("[、,。」』]")


def is_whole(reduced: str, mark: int, reading: Lexicon) -> bool:
    """Tell whether words say "all" of a count, and nothing that makes it all of a part."""
    found = reading.pattern(ALL_OF).match(reduced, mark)
    is_all = found is not None and is_plain(found["beside"], reading)
    head = _CUT.split(reduced[:mark])[-1]
    return (is_all or head.endswith("全")) and is_plain(head, reading)


def is_plain(words: str, reading: Lexicon) -> bool:
    """Tell whether words beside a count make it no part of the whole."""
    for each in DAY.matches(words):
        words = words.replace(each["date"].text, "")
    return reading.pattern(f"(?:{_PLAIN})*").fullmatch(words) is not None


def bound_to_scope(
    found: Sequence[Candidate], sentences: Sequence[Sentence], reading: Lexicon, excluded: int
) -> list[Candidate]:
    """Return candidates; that all tasks were moved is doubtful unless they are all in scope.

    So the number is that of the tasks in scope, or nothing but the time stands before 「全業務」.
    """
    own = [each for each in found if each.of == "standardization"]
    given = {(each.rule, each.entry): each.value for each in own if each.key == "in_scope"}
    alls = {
        (each.rule, each.entry)
        for each in own
        if each.key == "migrated"
        and each.value in {"all", given.get((each.rule, each.entry), "all")}
    }
    told = {
        each.value
        for each in own
        if (each.key, each.grade) == ("in_scope", "sure")
        and (each.rule == COUNTED_BY or (each.rule, each.entry) not in alls)
    }
    scopes = {*(told if len(told) == 1 else ()), str(MOST_TASKS), str(MOST_TASKS - excluded)}
    open_ = {each for each in alls if not _is_of_scope(sentences[each[1]], scopes, reading)}
    few = {each for each in given if len(given[each]) == 1}
    return [
        replace(each, grade="doubtful")
        if each.of == "standardization"
        and (
            ((each.rule, each.entry) in open_ and each.key != "in_scope")
            or (each.key == "in_scope" and (each.rule, each.entry) in {*few, *open_})
        )
        and not (each.rule == COUNTED_BY and each.key == "in_scope")
        else each
        for each in found
    ]


def _is_of_scope(sentence: Sentence, scopes: set[str], reading: Lexicon) -> bool:
    """Tell whether a sentence that tells of all tasks tells of all those in scope."""
    counts = counts_in(sentence, reading)
    reduced, marks = reduced_by(sentence.said, [each for each, _ in counts])
    if reading.pattern(_ALL_OTHERS).search(reduced):
        return False
    every = reading.pattern(_EVERY).search(reduced)
    head = reduced[: every.start()] if every is not None else ""
    if every is not None and is_plain(re.sub("^[0-9.()-]+|業務は#|#", "", head), reading):
        title = sentence.titles[-1] if sentence.titles else ""
        return re.search(_SUBSET, squeezed(title)) is None
    are_all = reading.pattern(ALL_OF)
    for mark, (_, number) in zip(marks, counts, strict=True):
        head = _CUT.split(reduced[:mark])[-1]
        behind = are_all.match(reduced, mark)
        plain = is_plain(head, reading)
        if behind is not None:
            plain = plain and is_plain(behind["beside"], reading)
        if plain and str(number) in scopes:
            return True
    return False


def counts_in(sentence: Sentence, reading: Lexicon) -> list[tuple[re.Match[str], int]]:
    """Return the counts of tasks in a sentence, each with the words and the number."""
    return [
        (each, number)
        for each in reading.pattern(_COUNT).finditer(sentence.said)
        if (number := number_in(each[1])) is not None
        and number <= MOST_TASKS
        and (each[0] != each[1] or sentence.said[: each.start()].endswith(_COUNTED))
    ]


def reduced_by(said: str, counts: Sequence[re.Match[str]]) -> tuple[str, list[int]]:
    """Return a sentence with a mark for each count, and where in it the marks stand."""
    parts, marks, end, length = [], [], 0, 0
    for each in counts:
        before = said[end : each.start()]
        marks.append(length + len(before))
        parts.append(f"{before}{MARK}")
        length += len(before) + 1
        end = each.end()
    return "".join([*parts, said[end:]]), marks
