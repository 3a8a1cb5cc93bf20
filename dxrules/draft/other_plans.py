"""The plans above a plan, and the one it replaces, by what it says of itself and of them.

A plan is known by its name: it is numbered, named after the town, or quoted. 「…を上位計画とし」,
「…のもとに置く分野別計画」 tell of one above; 「…は本計画の策定をもって終了」, 「…の後を継ぐ」 of a
former one.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import Final

from dxrules.document.normal import unwrapped
from dxrules.draft.candidates import Candidate, part, quoted
from dxrules.draft.outline import Sentence
from dxrules.draft.phrases import compile_phrase
from dxrules.draft.reading import Reading

_KINDS: Final = (
    "(?:総合計画|総合振興計画|振興計画|長期計画|基本構想|基本計画|まちづくり計画|むらづくり計画"
    "|総合戦略|総合ビジョン|創造計画|発展計画|実施計画"
    "|行財政?改革[^、。「」()]{0,8}|行財政経営[^、。「」()]{0,6})"
)
_DIGITAL: Final = "(?:DX|デジタル|ICT|情報化|電算|電子|スマート|IT)"
_ENDS: Final = "(?:計画|プラン|方針|ビジョン|構想|戦略|プログラム|大綱|アクション|指針)"
_NOTE: Final = r"(?:\((?!第)[^()]{4,40}\))?"
_ORDER: Final = r"(?:\((?:第[0-9一二三四五六七八九十]{1,3}[次期]|[前中後]期(?:計画)?)\))?"
_STAGE: Final = "(?:(?:前期|中期|後期)(?:基本計画|実施計画))?"
_ABOVE: Final = re.compile(
    r"(?:を|が)?(?:町|市|村|区)?(?:の)?(?:最)?上位(?:の)?(?:計画)?(?:とし|とする|に|である)"
    "|[^。]{0,40}?(?:のもとに|の下に|のもとで|の下で)[^。]{0,12}(?:置|位置|定め|策定|分野|個別)"
    "|[^。]{0,50}?(?:(?<!その他)の分野別計画|(?<!その他)の個別計画|の部門別計画|の下位計画|支える|を具体化|を具体に|形にする|を果たす|の柱の|を実現する|を進めるため"
    "|を補完|の実現に向け|を実現するため|の実現を)"
    "|に基づ(?:き|く)[^。]{0,16}(?:実施計画|個別計画|分野別計画|計画です|計画である|毎年度)"
    "|に掲げ[^。]{0,30}(?:を実現|の実現|を進める|手段|を具体)"
    "|[^。]{0,24}?に連なる|[^。]{0,24}?に合わせ|のうち[^。]{0,30}(?:分野|部分|部門)"
)
_FORMER: Final = re.compile(
    r"[^。]{0,24}?(?:廃止|をもって終了|の(?:後継|次期)|の後を(?:継|受)|を引き継|に代わる|に替わる|に代え|を継承|に続く"
    r"|は、?[^。]{0,20}に統合|を全面的に改|を改め|の期間(?:は|が)|では、?[0-9]{1,3}(?:の)?(?:施策|取組|事業)"
    r"|でした|を終え|で終え|で終わ|の計画期間が(?:満了|終了)|は、その期間を)"
)
_LABEL: Final = re.compile("^(?:前の計画|前計画|前身の計画|旧計画|改定前の計画):")
_LABEL_ABOVE: Final = re.compile(
    "^(?:上位計画|根拠となる(?:方針|計画)|基となる(?:方針|計画)|最上位計画):"
)
_OF_PREFECTURE: Final = re.compile("[都道府県][のが]")
_OF_NATION: Final = re.compile("国家")
"""In the name of what is no town's, as デジタル田園都市国家構想."""
_PART_OF_IT: Final = re.compile("同計画[^「」、]{0,20}$")
_TOPMOST: Final = re.compile("(?:最上位|いちばん上|一番上)[^。、]{0,8}計画は、?$")
_BEFORE: Final = re.compile(
    "^$|^本?[市町村区](?:の|では、?|は、?)|[市町村区]は、|^(?:そこで)?(?:本|この|当)[^、。]{1,10}(?:は|では)"
    "|(?:計画|大綱|プラン|方針|戦略|ビジョン)(?:では|は)、?$"
)
"""Before a plan above, where the plan itself or the town is who speaks."""


def other_plans(
    sentences: Sequence[Sentence], reading: Reading, whose: str, title: str
) -> Iterator[Candidate]:
    """Yield the titles of plans above, and of the one that is replaced.

    `title` is that of the plan itself, squeezed, which is neither.
    """
    town = re.escape(whose)
    quoted_ = f"「(?P<quoted>[^「」()]{{4,40}}{_ORDER}){_NOTE}」{_NOTE}"
    bare = (
        rf"(?P<bare>(?:第[0-9一二三四五六七八九十]{{1,3}}[次期])?{town}(?:第[0-9一二三四五六七八九十]{{1,3}}[次期])?"
        rf"[^、。「」()はがをにもとの]{{0,14}}(?:づくり[^、。「」()はがをにも]{{0,8}})?{_ENDS}(?:20[0-9]{{2}})?{_STAGE}{_ORDER})(?![「(]第|「)"
        + _NOTE
    )
    named = re.compile(f"{quoted_}|{bare}")
    own = compile_phrase("<own>", reading.lists).pattern
    for entry, sentence in enumerate(sentences):
        said = sentence.said
        if sentence.voice not in {"town", "past"} or sentence.is_heading:
            continue
        if sentence.block.kind == "table":
            continue
        for found in named.finditer(said):
            name = found["quoted"] or found["bare"]
            if name == title or not re.search(_ENDS, name) or _OF_NATION.search(name):
                continue
            before, after = said[: found.start()], said[found.end() :]
            if _is_of_others(before[-12:], reading) or _PART_OF_IT.search(before):
                continue
            of = _of(name, before, after, whose, is_own=own.search(said) is not None)
            if of:
                start, end = found.span("quoted" if found["quoted"] else "bare")
                words = unwrapped(sentence.original(start, end))
                quote = quoted(sentence, part(sentence, start, end))
                yield Candidate(of, "title", words, "sure", "other-plan", quote, entry)


def _is_of_others(before: str, reading: Reading) -> bool:
    patterns = (_OF_PREFECTURE, reading.any_of("of-nation"))
    return any(each.search(before) is not None for each in patterns)


def _of(name: str, before: str, after: str, whose: str, *, is_own: bool) -> str:
    """Return whether a plan is above or replaced, or nothing."""
    if before.count(":") < 2:  # noqa: PLR2004  (of one label alone)
        if _LABEL_ABOVE.match(before) or _TOPMOST.search(before):
            return "plan.parents"
        if _LABEL.match(before):
            return "plan.replaces"
    is_digital = re.search(_DIGITAL, name) is not None
    is_general = re.search(_KINDS, name) is not None
    after = re.sub(
        "^(?:(?:及び|並びに|、|と)+(?:同計画[^「」]{0,20})?「[^「」]{3,40}」(?:\\([^()]{4,40}\\))?)+",
        "",
        after,
    )
    if is_digital and _FORMER.match(after):
        return "plan.replaces"
    is_of_town = whose in name or is_general
    is_said = is_own or _BEFORE.search(before) is not None
    if is_of_town and is_said and _ABOVE.match(after) and not _FORMER.match(after):
        return "plan.parents"
    return ""
