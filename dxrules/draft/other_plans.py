"""The plans above a plan, and the one it replaces, by what it says of itself and of them.

A plan is known by its name: it is numbered, named after the town, or quoted. 「…を上位計画とし」,
「…のもとに置く分野別計画」 tell of one above; 「…は本計画の策定をもって終了」, 「…の後を継ぐ」 of a
former one.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import Final

from dxrules.document.normal import squeezed, unwrapped
from dxrules.draft.candidates import Candidate, part, quoted
from dxrules.draft.lexicon import Lexicon
from dxrules.draft.outline import Sentence
from dxrules.draft.phrases import compile_phrase

_NOTE: Final = r"(?:\((?!第)[^()]{4,40}\))?"
_NTH: Final = "第[0-9一二三四五六七八九十]{1,3}[次期]"
_ORDER: Final = rf"(?:\((?:{_NTH}|[前中後]期(?:計画)?)\))?"
_STAGE: Final = "(?:(?:前期|中期|後期)(?:基本計画|実施計画))?"
_ABOVE: Final = (
    r"(?:\.{3,}|:|、|=|→|-+|\()*(?:最)?上位(?:の)?計画[)】]?(?:$|[。、])"
    r"|:[^:。]{0,40}?(?:最)?上位(?:の)?(?:計画|に位置)|"
    r"(?:を|が)?(?:町|市|村|区)?(?:の)?(?:最)?上位(?:の)?(?:計画)?(?:とし|とする|に|である)"
    "|[^。]{0,40}?の(?:もと|下)[にで][^。]{0,12}<placed-under>"
    "|[^。]{0,50}?(?<!その他)<plan-serves>"
    "|に基づ[きく][^。]{0,16}<plan-below>"
    "|に掲げ[^。]{0,30}<plan-realizes>"
    "|[^。]{0,24}?に(?:連なる|合わせ)|のうち[^。]{0,30}(?:分野|部分|部門)"
)
_FORMER: Final = (
    r":[^:。]{0,40}?<label-former>(?:$|[。、])|"
    "[^。]{0,24}?(?:<plan-ended>|は、?[^。]{0,20}に統合|では、?[0-9]{1,3}(?:の)?(?:施策|取組|事業))"
)
_OF_PREFECTURE: Final = re.compile("[都道府県][のが]")
_OF_NATION: Final = "国家"
"""In the name of what is no town's, as デジタル田園都市国家構想."""
_PART_OF_IT: Final = re.compile("同計画[^「」、]{0,20}$")
_TOPMOST: Final = "<topmost>[^。、]{0,8}計画は、?$"
_BEFORE: Final = (
    r"^[・○●(0-9一二三四五).、]*$|^【[市町村区]】$|^本?[市町村区](?:の|では、?|は、?)|[市町村区]は、|^(?:そこで)?(?:本|この|当)[^、。]{1,10}(?:は|では)"
    "|<plan-end>(?:では|は)、?$"
)
"""Before a plan above, where the plan itself or the town is who speaks."""
_AND_OTHERS: Final = re.compile(
    r"^(?:(?:及び|並びに|、|と)+(?:同計画[^「」]{0,20})?「[^「」]{3,40}」(?:\([^()]{4,40}\))?)+"
)


def other_plans(
    sentences: Sequence[Sentence], reading: Lexicon, whose: str, title: str
) -> Iterator[Candidate]:
    """Yield the titles of plans above, and of the one that is replaced.

    `title` is that of the plan itself, squeezed, which is neither.
    """
    town = re.escape(whose)
    quoted_ = f"「(?P<quoted>[^「」()]{{4,40}}{_ORDER}){_NOTE}」{_NOTE}"
    bare = (
        rf"(?P<bare>(?:{_NTH})?{town}(?:{_NTH})?"
        r"[^、。「」()はがをにもとの]{0,14}(?:づくり[^、。「」()はがをにも]{0,8})?<plan-end>(?:20[0-9]{2})?"
        rf"{_STAGE}{_ORDER}|{_NTH}(?:長期)?(?:総合(?:計画|振興計画|戦略)|振興計画|長期計画|基本構想){_STAGE})"
        r"(?!「|\(第[^()、]{1,8}\))"
        rf"{_NOTE}"
    )
    named = reading.pattern(f"{quoted_}|{bare}")
    own, ends = compile_phrase("<own>", reading.lists).pattern, reading.any_of("plan-end")
    for entry, sentence in enumerate(sentences):
        said = sentence.said
        if sentence.voice not in {"town", "past"} or sentence.is_heading:
            continue
        if sentence.block.kind == "table":
            continue
        for found in named.finditer(said):
            name = found["quoted"] or found["bare"]
            if name == title or not ends.search(name) or _OF_NATION in name:
                continue
            before, after = said[: found.start()], said[found.end() :]
            begun = sentence.text[: sentence.starts[found.start()]].rpartition("\n")
            before = squeezed(begun[2]) if begun[1] else before
            if _is_of_others(before[-12:], reading) or _PART_OF_IT.search(before):
                continue
            is_own = own.search(said) is not None
            of = _of(name, before, after, reading, is_own=is_own, is_of_town=whose in name)
            if not of and _is_above_by_place(sentence, name, before, reading):
                of = "" if reading.pattern(_FORMER).match(after) else "plan.parents"
            if of:
                start, end = found.span("quoted" if found["quoted"] else "bare")
                words = unwrapped(sentence.original(start, end))
                quote = quoted(sentence, part(sentence, start, end))
                yield Candidate(of, "title", words, "sure", "other-plan", quote, entry)
    yield from _drawn(sentences, named, own, title, reading)


def _is_above_by_place(sentence: Sentence, name: str, before: str, reading: Lexicon) -> bool:
    """Tell whether a plan of all of the town stands in a list of what the plan rests on.

    市:第2次見本市総合計画, or an item below 計画の位置付け that begins with its name.
    """
    is_top = reading.pattern("<plan-topmost>(?:20[0-9]{2})?$").search(name) is not None
    is_begun = _OF_TOWN.fullmatch(before) is not None
    return is_top and is_begun and "position" in sentence.about


_OF_TOWN: Final = re.compile("[・○●-]?(?:[(0-9).]|【?(?:本|当)?[市町村区](?:の計画)?】?[:、]?)*「?")


def _drawn(
    sentences: Sequence[Sentence],
    named: re.Pattern[str],
    own: re.Pattern[str],
    title: str,
    reading: Lexicon,
) -> Iterator[Candidate]:
    """Yield plans that a figure, written in lines, draws above the plan itself by an arrow."""
    general = reading.any_of("plan-general")
    for entry, (above, *below) in enumerate(zip(*(sentences[n:] for n in range(3)), strict=False)):
        arrow, after = below[0].said, below[1].said
        for plan, other, way in ((above, after, _DOWN), (below[1], above.said, _UP)):
            found = named.search(plan.said)
            is_own = own.search(other) is not None or bool(title and title in other)
            if found is None or not is_own or not way.match(arrow) or "。" in plan.said + arrow:
                continue
            name = found["quoted"] or found["bare"]
            if plan.voice != "town" or name == title or not general.search(name):
                continue
            start, end = found.span("quoted" if found["quoted"] else "bare")
            words = unwrapped(plan.original(start, end))
            quote = quoted(plan, part(plan, start, end))
            yield Candidate("plan.parents", "title", words, "sure", "plan-drawn", quote, entry)


_DOWN: Final = re.compile("[↓⇓▼⬇│┃|]+[^↑。]{0,16}$")
_UP: Final = re.compile("[↑⇑▲⬆]+[^↓。]{0,16}$")


def _is_of_others(before: str, reading: Lexicon) -> bool:
    patterns = (_OF_PREFECTURE, reading.any_of("of-nation"))
    return any(each.search(before) is not None for each in patterns)


def _of(
    name: str, before: str, after: str, reading: Lexicon, *, is_own: bool, is_of_town: bool
) -> str:
    """Return whether a plan is above or replaced, or nothing."""
    if before.count(":") < 2:  # noqa: PLR2004  (of one label alone)
        if reading.pattern("^[・○●-]?<label-above>:").match(before) or reading.pattern(
            _TOPMOST
        ).search(before):
            return "plan.parents"
        if reading.pattern("^[・○●-]?<label-former>:").match(before):
            return "plan.replaces"
    is_digital = any(word in name for word in reading.lists["former"].holds)
    after = _AND_OTHERS.sub("", after)
    was = reading.pattern(_FORMER).match(after)
    if is_digital and was:
        return "plan.replaces"
    is_of_town = is_of_town or reading.any_of("plan-general").search(name) is not None
    is_said = is_own or reading.pattern(_BEFORE).search(before) is not None
    if is_of_town and is_said and not was and reading.pattern(_ABOVE).match(after):
        return "plan.parents"
    return ""
