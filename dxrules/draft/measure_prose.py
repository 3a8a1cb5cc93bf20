"""What prose calls something that is done: スマートフォン教室 in 公民館で…教室を開きます."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import Final

from dxrules.document.normal import squeezed
from dxrules.document.signs import sign_of
from dxrules.draft.candidates import find
from dxrules.draft.lexicon import Lexicon
from dxrules.draft.measure_groups import COUNTING, Group
from dxrules.draft.measure_titles import (
    is_doing,
    is_sentence_of_doing,
    is_title,
    short_title,
    title_of,
    without_bracket,
)
from dxrules.draft.measure_words import bracketed
from dxrules.draft.outline import Sentence
from dxrules.draft.phrases import DAY

_BEFORE: Final = re.compile(
    ".*(?:[、。」をはが]|に(?!よ|つ|お|関|向|対|代)|で(?![きの])|[るた](?=[一-龥ァ-ヶA-Za-z]|$)|より(?!の)|ても|とともに|により|から(?!の)|まで(?!の)|して|など?の|とする)"
)
"""The words of a sentence before those that name what is done, up to the last that ends a part."""
_AFTER: Final = re.compile(
    "(?!への|との|での|からの|までの|による|に関する)[をはがにへで、。(]|と(?=[、し])"
)
_OF_A_TOPIC: Final = re.compile("[をはが]|について")
_AS_TOPIC: Final = re.compile("(?:については|は)、")
_DONE_TO: Final = re.compile(
    "を(?:[^、。をはが]{0,20}?[にでへ])?([ァ-ヶ一-龥]{2,4})(?:する|します|した|しました|し、)"
)
"""What is done to that: 電子契約を令和8年度に導入する。"""
_NAMED_AT_LENGTH: Final = 6
"""Signs of a name that is one without what is done."""
_IN_TURN: Final = re.compile(
    "(?:第[一二三四五六七八九1-9]に|[一二三四五六1-6]つ目?[はが]|[一二三四五六1-6]点目は|もう[一1]つは|最後[に、は])"
)
"""How prose counts what it leads to: 第一に、電子契約の導入である。"""
_CALLED: Final = re.compile(
    "「([^「」。、]{3,25})」(?=[をはが]|と(?:呼|し|名)|の(?:運行|開催|開設|設置|導入|開始|整備|実施|運用|提供))"
)
"""What is done by a name of its own: 「出前役場」を始める."""
_OF_RULES: Final = re.compile(
    "(?:計画|方針|ポリシー|ガイドライン|指針|基準|条例|規程|要綱|会議|委員会|本部|戦略|構想|心得|手引き?|マニュアル|法)$"
)
"""The ends of names of rules, plans and bodies, which are no measures."""
_PLAIN: Final = re.compile(
    "(?:[うくすつぬぶむる]|[しいっんえけせてねべめれげ][ただ]|(?:計画|予定|方針|考え)である)(?:\\([^()]*\\))?。?$"
)
"""The end of a sentence in the plain style, by which something is or was done, or will be."""
_STATE: Final = re.compile(
    "(?:あ|な|い|[られ]れ|さ|でき|とい|思|だろ|かか|分か|見え|要す)[るうた]。?$|[でだ](?:ある|った)。?$"
)
"""The end of one that tells of a state, or of what is so or can be."""
_SHORT: Final = 4
_LONGEST: Final = 30


def titles_in_prose(sentence: Sentence, reading: Lexicon) -> Sequence[str]:
    """Return what a sentence of prose calls what is done, by the words of its areas.

    Where none of its words tells of an area, it is the last clause, as of all that is too long.
    """
    called, topics, names = _names_in(sentence, reading)
    first = called or topics or [*names][:1]
    known = {code for name in first for *_, code in reading.named("area", name)}
    known |= {names[name] for name in first if name in names}
    others = [name for name, code in names.items() if name not in first and code not in known]
    return [*first, *others[:1]] or [short_title(_without_sign(sentence), reading)]


def titles_of_owned(told: Sequence[Sentence], reading: Lexicon) -> Sequence[str]:
    """Return what sentences that end with who does it call that, by the words of its areas.

    The last one tells first, then the first, and of the names of other areas the longest; if there
    are none, it is what the sentences are about, or what that is done to.
    """
    called, _, names = _names_in(told[-1], reading)
    found = [*called, *names]
    codes = {*names.values()}
    for sentence in told[:-1]:
        called, _, names = _names_in(sentence, reading)
        new = sorted(((c, n) for n, c in names.items() if c not in codes), key=lambda e: len(e[1]))
        codes |= {code for code, _ in new}
        found += [*called, *(dict(new).values() or [*names][: sentence is told[0]])]
    topics = (_TOPIC.match(squeezed(_without_sign(each))) for each in told)
    about = [_without_lead(topic[1], reading) for topic in topics if topic is not None]
    return found[:_MOST_OWNED] or about[:1]


_MOST_OWNED: Final = 3
_TOPIC: Final = re.compile(
    "(?:[^、。]{1,20}、|[^、。はがを]{1,12}に)*([^、。はがをに「」]{4,24}?)(?:については|は|を)"
)
"""What a sentence tells of, where no word tells the area: 受付台の更新については、…."""


def _names_in(sentence: Sentence, reading: Lexicon) -> tuple[list[str], list[str], dict[str, str]]:
    """Return what a sentence calls by a name of its own, its topics, and all names with areas."""
    said = without_bracket(squeezed(" ".join(_without_sign(sentence).split())))
    names: dict[str, str] = {}
    topics: list[str] = []
    called = [each[1] for each in _CALLED.finditer(said) if not _OF_RULES.search(each[1])]
    for start, end, code in sorted([*reading.named("area", said), *reading.told("area", said)]):
        before = _BEFORE.match(said[:start])
        after = _AFTER.search(said, end)
        stop = after.start() if after else len(said)
        name = _without_lead(said[before.end() if before else 0 : stop], reading)
        if (done := _DONE_TO.match(said, stop)) and len(name) < _NAMED_AT_LENGTH:
            name = f"{name}の{done[1]}" if done[1] in reading.ends("doing-noun") else name
        is_name = not _NO_NAME.search(name)
        if is_name and name not in names and _SHORT <= len(name) <= _LONGEST and is_title(name):
            names[name] = code
            topics += [name] if _OF_A_TOPIC.match(said, stop) else []
    return called, topics, names


_NO_NAME: Final = re.compile("[「」()]|(?:計画|方針|ポリシー|ガイドライン|指針|基準|要綱|手引き?)$")
"""What stands in words that are a part of something, or at the end of names of rules."""


def _without_sign(sentence: Sentence) -> str:
    """Return a sentence without the sign by which a list counts it: ア, (1)."""
    sign = sign_of(sentence.text) if sentence.block.text.startswith(sentence.text) else None
    return sign.rest if sign is not None and sign.kind in COUNTING else sentence.text


_LEAST_LEAD: Final = 2


def _without_lead(words: str, reading: Lexicon) -> str:
    """Return words without the one that leads to them, as また、."""
    lead = reading.any_of("before-name").match(words)
    is_part = lead is None or len(lead[0]) < _LEAST_LEAD  # 市 of 市民
    return words if lead is None or is_part else words[lead.end() :].removeprefix("、")


def _calls_by_name(sentence: Sentence) -> bool:
    """Tell whether a sentence calls what is done by a name of its own: 「出前役場」を始める."""
    return any(not _OF_RULES.search(each[1]) for each in _CALLED.finditer(sentence.said))


def _is_plain(sentence: Sentence, reading: Lexicon) -> bool:
    """Tell whether a plain sentence says that something of an area, or by a day, is done."""
    said = sentence.said
    is_told = next(DAY.matches(said), None) or any(reading.named("area", said))
    is_plan = said.endswith(("計画である。", "予定である。", "方針である。", "考えである。"))
    is_state = _STATE.search(said) is not None and not is_plan
    return bool(is_told) and _PLAIN.search(said) is not None and not is_state


def tells_of_doing(sentence: Sentence, reading: Lexicon) -> bool:
    """Tell whether a sentence says that something is done, or not, put off or thought about.

    A sentence that only leads to what is done tells of nothing itself.
    """
    if any(word in sentence.said for word in reading.ends("leading")):
        return False
    if is_sentence_of_doing(sentence.said, reading) or _IN_TURN.match(sentence.said):
        return True
    if "owner" in bracketed(sentence.said, reading):
        return True
    is_below = bool({"measures", "own-measures"} & set(sentence.near))
    if is_below and (_CALLED.search(sentence.said) or _is_plain(sentence, reading)):
        return True
    ends = [end for _, end, _ in reading.named("area", sentence.said)]
    if is_below and any(_AS_TOPIC.match(sentence.said, end) for end in ends):
        return True
    told = find([sentence], reading, reading.measure_rules) if ends else ()
    return any(each.key == "status" for each in told)


def owned_parts(group: Group, reading: Lexicon) -> int:
    """Return how many paragraphs end with who does what they tell: …を始めます(担当:市民課)."""
    items = (one for item in group.items for one in (item.first, *item.more))
    prose = (each for each in (*group.prose, *items) if each.said.endswith("。"))
    return len({each.place for each in prose if "owner" in bracketed(each.said, reading)})


def parent_of(group: Group) -> tuple[str, ...]:
    """Return the section that the heading of a group stands in."""
    return group.heading.block.section[:-1] if group.heading is not None else ()


def gathering(groups: Sequence[Group], reading: Lexicon) -> set[tuple[str, ...]]:
    """Return the sections of which most headings gather what several sentences tell of.

    The others among them are sections, too: (1)役場の窓口, (2)支払い, (3)基幹の仕組みの標準化.
    """
    of_one: dict[tuple[str, ...], list[bool]] = {}
    for group in groups:
        if group.heading is None or group.is_parent or group.items or not group.prose:
            continue
        told = [each for each in group.prose if tells_of_doing(each, reading)]
        title = title_of(group.heading.text)
        is_one = is_doing(title, reading) or is_of_one(told, title, reading)
        of_one.setdefault(parent_of(group), []).append(is_one)
    return {
        parent
        for parent, found in of_one.items()
        if len(found) >= _LEAST_SECTIONS and sum(found) * 2 < len(found)
    }


_LEAST_SECTIONS: Final = 3


def is_of_one(told: Sequence[Sentence], title: str, reading: Lexicon) -> bool:
    """Tell whether a heading without what is done names a thing, and prose below it no others.

    費用と財源 names none.
    """
    known = squeezed(title)
    if not any(reading.named("area", known)):
        return False
    names = {
        name
        for each in told
        for name in titles_in_prose(each, reading)
        if reading.named("area", name) and name not in known and known not in name
    }
    return len(names) <= 1


def in_parts(prose: Sequence[Sentence], reading: Lexicon) -> Iterator[list[Sentence]]:
    """Yield sentences of prose, each with those after it that go on about it, or say by whom.

    All that stands in a paragraph before a bracket that says so is of that, up to what is called
    by a name of its own.
    """
    owned = [n for n, each in enumerate(prose) if "owner" in bracketed(each.said, reading)]
    ends = {prose[n].place: n for n in owned}
    part_of: list[Sentence] = []
    for number, each in enumerate(prose):
        is_more = _GOES_ON.match(each.said) is not None or names_owner(each, reading)
        is_more = is_more and not reading.coded("area", each.said)
        is_more = is_more or (number <= ends.get(each.place, -1) and number - 1 not in owned)
        is_more = is_more and not _calls_by_name(each)
        if part_of and (not is_more or each.place != part_of[0].place):
            yield part_of
            part_of = []
        part_of.append(each)
    if part_of:
        yield part_of


_GOES_ON: Final = re.compile("(?:これ|それ)[をはにが]|[こそ]の(?!ため|ほか|他|よう|中|うち)")


def names_owner(sentence: Sentence, reading: Lexicon) -> bool:
    """Tell whether a sentence says who is in charge: 担当は市民課です, …を始めます(担当:市民課)."""
    if "owner" in bracketed(sentence.said, reading):
        return True
    found = find([sentence], reading, reading.measure_rules)
    return any(each.key == "owner" and each.rule == _IN_CHARGE for each in found)


_IN_CHARGE: Final = "measure-owner"
"""The rule of who is in charge; another finds who does what a sentence tells of."""
