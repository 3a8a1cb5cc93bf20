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
from dxrules.draft.lexicon_files import Grade
from dxrules.draft.outline import Sentence, bare
from dxrules.draft.phrases import compile_phrase
from dxrules.draft.plan_periods import is_followed, periods_beside
from dxrules.frozen import frozen

_NOTE: Final = r"(?:\((?!第)(?:[^()]|\([^()]{1,12}\)){4,60}\))?"
_NTH: Final = "第[0-9一二三四五六七八九十]{1,3}[次期]"
_ORDER: Final = rf"(?:\((?:{_NTH}|[前中後]期(?:計画)?)\))?"
_STAGE: Final = "(?:(?:前期|中期|後期)(?:基本計画|実施計画))?"
_ABOVE: Final = (
    "[^。]{0,40}?の(?:もと|下)[にで][^。]{0,12}<placed-under>"
    "|[^。]{0,50}?(?<!その他)<plan-serves>"
    "|に基づ[きく][^。]{0,16}<plan-below>"
    "|に掲げ[^。]{0,30}<plan-realizes>"
    "|[^。]{0,24}?に(?:連なる|合わせ)|のうち[^。]{0,30}(?:分野|部分|部門)"
)
_SURELY_ABOVE: Final = (
    r"(?:\.{3,}|:|、|=|→|-+|\()*(?:最)?上位(?:の)?計画[)】]?(?:$|[。、])"
    r"|:[^:。]{0,40}?(?:最)?上位(?:の)?(?:計画|に位置)"
    r"|(?:を|が)?(?:町|市|村|区)?(?:の)?(?:最)?上位(?:の)?(?:計画)?(?:とし|とする|に|である)"
)
"""After a plan of whatever name."""
_RELATED: Final = (
    "[^。「」]{0,16}?(?:実現|推進|具体|支え|達成|反映|踏まえ|基づ|従|即|沿|担|のうち|の下|のもと|に連なる"
    "|(?:面|側面|観点|分野|部分|領域)(?:から|の|に|で|を)|(?:分野別|部門別|個別|下位|実施|行動|実行)の?(?:計画|方針)"
    "|に掲げ|に定め|に示|を受け|を補)"
)
"""After the plan of all of the town: what this one is for it."""
_BESIDE_IT: Final = (
    "[^。「」]{0,12}?(?:と|とも)(?:の)?(?:整合|連携|調和|一体|歩調|足並み|あわせ|合わせ|相互)"
)
"""After a plan that stands beside this one, and not above it."""
_FORMER: Final = (
    r":[^:。]{0,40}?<label-former>(?:$|[。、])|"
    "[^。]{0,24}?(?:<plan-ended>|は、?[^。]{0,20}に統合|では、?[0-9]{1,3}(?:の)?(?:施策|取組|事業))"
)
_OF_PREFECTURE: Final = re.compile("[都道府県][のが]")
_OF_NATION: Final = "国家"
"""In the name of what is no town's, as デジタル田園都市国家構想."""
_PART_OF_IT: Final = re.compile("同計画[^「」、]{0,20}$")
_BEFORE: Final = (
    r"^[・○●(0-9一二三四五).、]*$|^【[市町村区]】$|^本?[市町村区](?:の|では、?|は、?)|[市町村区]は、|^(?:そこで)?(?:本|この|当)[^、。]{1,10}(?:は|では)"
    "|<plan-end>(?:では|は)、?$"
)
"""Before a plan above, where the plan itself or the town is who speaks."""
_AND_OTHERS: Final = re.compile(
    r"^(?:(?:及び|並びに|、|と|や)+(?:同計画[^「」]{0,20})?「[^「」]{3,40}」(?:\((?:[^()]|\([^()]*\)){4,60}\))?)+"
)
_OTHERS_BEFORE: Final = re.compile(
    r"(?:「[^「」]{3,40}」(?:\((?:[^()]|\([^()]*\)){4,60}\))?(?:及び|並びに|、|と|や)+)+$"
)
_LABEL_ABOVE: Final = (
    "<label-above>|(?:最)?上位(?:の|にある|に位置する|に当たる)?(?:計画|方針|ビジョン|構想)等?"
)
_LABEL_FORMER: Final = (
    "<label-former>|(?:前|旧|現行|従前の|前身の|前の|これまでの|引き?継ぐ|置き換える|廃止する|改[定訂]前の)"
    "(?:計画|方針|プラン|ビジョン|戦略|構想)"
)
_LABELLED_ABOVE: Final = f"[・○●-]?(?:{_LABEL_ABOVE}):(?!なし)"
_LABELLED_FORMER: Final = f"[・○●-]?(?:{_LABEL_FORMER}):(?!なし)"
_ABOVE_BEFORE: Final = (
    "<topmost>[^。、]{0,8}計画は、?$"
    "|(?:最)?上位(?:の)?(?:計画|方針)?(?:である|となる|に当たる|として(?:の)?|は、?|の|にあるのは、?)$"
    "|(?:最上位に(?:当たる|ある|位置する))$"
    "|(?:最も|もっとも|一番|いちばん|根本|根幹|土台|基本)[^、。]{0,12}(?:である|をなす|となる|を成す)$"
)
"""Before a plan above: 市の最も大切な計画である「…」."""
_STRATEGY: Final = "総合戦略"
_IS_TOPMOST: Final = f"(?:<plan-topmost>|{_STRATEGY})(?:20[0-9]{2})?(?:[(].*|「.*)?$"
_OF_TOWN: Final = re.compile("[・○●-]?(?:[(0-9).]|【?(?:本|当)?[市町村区](?:の計画)?】?[:、]?)*「?")


def other_plans(
    sentences: Sequence[Sentence], reading: Lexicon, whose: str, title: str, period: str
) -> Iterator[Candidate]:
    """Yield the titles of plans above, and of the one that is replaced.

    `title` is that of the plan itself, squeezed, which is neither; `period` its own, if told.
    """
    town = re.escape(whose)
    quoted_ = f"[「『](?P<quoted>[^「」『』()]{{4,40}}{_ORDER}){_NOTE}[」』]{_NOTE}"
    bare = (
        rf"(?P<bare>(?:{_NTH})?{town}(?:{_NTH})?(?:まち・?ひと・?しごと創生)?"
        r"[^、。「」()はがをにもとの]{0,14}(?:づくり[^、。「」()はがをにも]{0,8})?<plan-end>(?:20[0-9]{2})?"
        rf"(?:「[^「」]{{0,14}}<plan-end>(?:20[0-9]{{2}})?」)?{_STAGE}{_ORDER}|{_NTH}(?:長期)?(?:総合(?:計画|振興計画|戦略)|振興計画|長期計画|基本構想){_STAGE})"
        r"(?!「|\(第[^()、]{1,8}\)|審議会|策定|推進)"
        rf"{_NOTE}"
    )
    named = reading.pattern(f"{quoted_}|{bare}")
    own, ends = compile_phrase("<own>", reading.lists).pattern, reading.any_of("plan-end")
    begins = re.compile(
        f"(?:なお、|また、)?(?:[本当]?[市町村区]|{town})(?:[(][^()]*[)])?(?:は|では)"
    )
    labels = _labels_above(sentences, reading)
    is_replaced = False
    for entry, (sentence, label) in enumerate(zip(sentences, labels, strict=True)):
        said = sentence.said
        is_told = sentence.voice in {"town", "past"}
        if not (is_told or begins.match(said)) or sentence.is_heading:
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
            start, end = found.span("quoted" if found["quoted"] else "bare")
            is_known = is_told and any(each.search(name) for each in _documents(reading))
            relation = _Relation(
                name, f"{label}{before}", after, is_own, whose in name, "position" in sentence.about
            )
            of = relation.of(reading) if is_told and not is_known else ""
            if not of and _is_ended(sentence, start, end, period):
                of = "plan.replaces" if relation.is_former(reading) else ""
            perhaps = relation.is_above_perhaps(reading) and is_told and not of
            is_replaced = is_replaced or of == "plan.replaces"
            if of or perhaps:
                words = unwrapped(sentence.original(start, end))
                quote = quoted(sentence, part(sentence, start, end))
                grade: Grade = "sure" if of else "doubtful"
                yield Candidate(of or "plan.parents", "title", words, grade, _RULE, quote, entry)
    if not is_replaced and period:
        yield from _stages(sentences, period)
    yield from _drawn(sentences, named, own, title, reading)


def _stages(sentences: Sequence[Sentence], period: str) -> Iterator[Candidate]:
    """Yield the stage that ended where the plan begins, where the one before has no other name."""
    for entry, sentence in enumerate(sentences):
        for found in _STAGE_BEFORE.finditer(sentence.said):
            is_told = sentence.voice in {"town", "past"} and not sentence.is_heading
            if is_told and _is_ended(sentence, *found.span(1), period):
                quote = quoted(sentence, part(sentence, *found.span()))
                yield Candidate("plan.replaces", "title", found[1], "sure", _RULE, quote, entry)
                return


_STAGE_BEFORE: Final = re.compile(
    r"(?<![一-龥々])((?:前期|中期|第[0-9一二三四五六七八九]+[期次])(?:実施計画|行動計画|基本計画|アクションプラン"
    r"|計画|方針|プラン|ビジョン|戦略))\((?:[^()]*期間:?)?(?:令和|平成|R|H|20)"
)
"""第1期計画(令和3~7年度): a stage of the plan that is not called by its whole name."""
_RULE: Final = "other-plan"
_SIDES: Final = ("│", "┃", "|")
"""The sides of a box in a figure that is drawn with signs."""


def _labels_above(sentences: Sequence[Sentence], reading: Lexicon) -> Iterator[str]:
    """Yield for each sentence the label that it stands below, as 上位計画: of a list or table."""
    labels = reading.pattern(f"(?P<above>{_LABEL_ABOVE})|(?P<former>{_LABEL_FORMER})")
    place, head = -1, ""
    for sentence in sentences:
        if sentence.place != place:
            place, head = sentence.place, bare("".join(sentence.titles[-1:]))
            is_row = _ROW.match(sentence.said)
            if is_row and labels.fullmatch(is_row[1]) and sentence.said.count(":") == 1:
                head = is_row[1] if _HEADS.search(sentence.said) else head
        told = labels.fullmatch(head)
        yield "" if told is None else f"{head}:"


_ROW: Final = re.compile("([^:]{2,12})(?:の?名称|名)?:")
_HEADS: Final = re.compile("期間|年度$|備考|内容|策定")


def _documents(reading: Lexicon) -> tuple[re.Pattern[str], ...]:
    """Return patterns of the names of documents of the nation, of which none is a town's."""
    names = (pattern for kind, pattern in reading.things.values() if kind == "document")
    return reading.once(("documents",), lambda: tuple(map(re.compile, names)))


def _is_ended(sentence: Sentence, start: int, end: int, period: str) -> bool:
    """Tell whether the period beside a name ends where that of the plan itself begins."""
    return bool(period) and any(
        is_followed(told, period) for told, _ in periods_beside(sentence, start, end)
    )


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


@frozen
class _Relation:
    """What stands before and after the name of another plan, by which it is above or before."""

    name: str
    before: str
    after: str
    is_own: bool
    is_of_town: bool
    is_placed: bool
    """Whether the section is that on the position of the plan."""

    def of(self, reading: Lexicon) -> str:
        """Return whether a plan is above or replaced, or nothing."""
        after = _AND_OTHERS.sub("", self.after)
        before = _OTHERS_BEFORE.sub("", self.before)
        labels = self.before.count(":")
        if labels < 2 and reading.pattern(_LABELLED_ABOVE).match(before):  # noqa: PLR2004
            return "plan.parents"
        was = reading.pattern(_FORMER).match(after) is not None
        is_before = labels < 2 and reading.pattern(_LABELLED_FORMER).match(before)  # noqa: PLR2004
        if is_before or (was and self.is_digital(reading)):
            return "plan.replaces"
        is_above = reading.pattern(_ABOVE_BEFORE).search(before) is not None
        is_above = is_above or (not was and self.is_above(after, reading))
        return "plan.parents" if is_above else ""

    def is_above(self, after: str, reading: Lexicon) -> bool:
        """Tell whether it is above by what is said after it, and where."""
        if reading.pattern(_SURELY_ABOVE).match(after):
            return True
        is_general = reading.any_of("plan-general").search(self.name) is not None
        is_said = self.is_own or reading.pattern(_BEFORE).search(self.before) is not None
        is_told = is_said and reading.pattern(_ABOVE).match(after) is not None
        if is_told and (self.is_of_town or is_general):
            return True
        is_related = reading.pattern(_RELATED).match(after) is not None
        is_related = is_related and reading.pattern(_BESIDE_IT).match(after) is None
        is_begun = self.is_placed and _OF_TOWN.fullmatch(self.before) is not None
        is_drawn = self.before.endswith(_SIDES) and self.after.startswith(_SIDES)
        is_begun = is_drawn or (is_begun and not self.name.endswith(_STRATEGY))
        is_said = is_said or self.is_placed
        return self.is_topmost(reading) and ((is_said and is_related) or is_begun)

    def is_digital(self, reading: Lexicon) -> bool:
        """Tell whether it is a plan for the same as this one, by its name."""
        return any(word in self.name for word in reading.lists["former"].holds)

    def is_former(self, reading: Lexicon) -> bool:
        """Tell whether a plan that has ended may be the one before this."""
        return self.is_digital(reading) or not self.is_topmost(reading)

    def is_topmost(self, reading: Lexicon) -> bool:
        """Tell whether it is a plan of all of the town."""
        return reading.pattern(_IS_TOPMOST).search(self.name) is not None

    def is_above_perhaps(self, reading: Lexicon) -> bool:
        """Tell whether it may be above: one of all of the town, of which little is told."""
        is_beside = reading.pattern(_BESIDE_IT).match(_AND_OTHERS.sub("", self.after)) is not None
        is_named = self.is_of_town or self.name.startswith("第")
        was = reading.pattern(_FORMER).match(self.after)
        return self.is_topmost(reading) and is_named and not is_beside and was is None
