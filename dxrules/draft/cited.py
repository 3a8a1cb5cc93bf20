"""The documents of nation and prefecture that a plan cites, with edition, day, and how."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING, Any, Final

from dxrules.document.normal import squeezed
from dxrules.draft.candidates import Quote, part, quoted
from dxrules.draft.outline import OTHER_DOCUMENT
from dxrules.draft.phrases import compile_phrase, read_part
from dxrules.draft.sameness import same
from dxrules.frozen import frozen
from dxrules.source.types import MAX_FRAGMENT
from dxrules.texts import Text

if TYPE_CHECKING:
    from dxrules.draft.draft_context import DraftContext
    from dxrules.draft.lexicon import Lexicon
    from dxrules.draft.outline import Sentence
    from dxrules.draft.settle import Settled

_EDITION: Final = re.compile(r"第?([0-9]{1,2}(?:\.[0-9]{1,2})?)版")
_BESIDE: Final = 30
"""Signs within which edition and day stand beside a name."""
_DAY: Final = re.compile(
    r"[」』】)]{0,3}(?:第?[0-9.]{1,4}版[」』】)]{0,3})?[はがを]?[(、]{0,2}"
    r"((?:[0-9]{4}|令和|平成|R)[0-9元年月日(),・.]{2,24})"
)
_OF_EDITION: Final = re.compile(r"((?:令和|平成|[0-9]{4}年)[0-9元年月日()]{2,20})に?$")
"""The day of an edition that stands before it: 「…」を…策定し、令和7年12月17日に第5.0版へ改定."""
_NOT_ITS: Final = re.compile("から|より|[~-]|の(?:一部)?改[定訂]")
"""After a day that begins a period, or that of a revision of the plan itself."""
_NOT_YET: Final = re.compile("[^。、]{0,24}(?:ない|ません|せず|見送|反映は|次期)")
"""After an edition that the plan does not go by yet."""
_TOLD: Final = re.compile(r"\([^()]*(?:[版年]|[R0-9][0-9.]+\.[0-9])[^()]*\)」?$")
"""A bracket after a name that tells edition or day, and is no other name of it."""
_ENDS: Final = re.compile("[。「『]")
_WENT_ON: Final = re.compile("その後も?(?:改[定訂]|見直)|改[定訂]を(?:重ね|繰り返)")
"""After a document whose first edition is told, and that was revised since."""


@frozen
class Cited:
    """A document that is cited once."""

    document: str
    edition: str
    date: str
    followed: bool | None
    quote: Quote
    title: str = ""
    """What a document is called that the reference list knows by its kind alone."""
    is_event: bool = False
    """Whether it stands in a row of a table that tells year by year what came about."""
    further: Quote | None = None
    """Where it is said to be followed, if that is another place."""


_PREFECTURE: Final = "prefecture-plan"
_NAME_OF_PLAN: Final = "[^「」『』、。()]{0,20}(?:<plan-end>|条例)(?:20[0-9]{2})?"
_OF_PREFECTURE: Final = (
    rf"[「『]([一-龥々ァ-ヶーぁ-ん]{{1,8}}[県都府道][^「」『』、。()市町村区]{{0,14}}?<digital-word>{_NAME_OF_PLAN})"
    r"(?:\([^()]{1,24}\))?[」』]"
    rf"|[県都府](?:が|の|は)(?:[^「」『』、。]{{0,14}}(?:策定|公表|決定|制定)した|定める|定めた)?[、]?[「『]([^「」『』、。()]{{0,20}}<digital-word>{_NAME_OF_PLAN})"
    r"(?:\([^()]{1,24}\))?[」』]"
    r"|(?<![一-龥々「『])([一-龥々ァ-ヶー]{0,6}[県都府]<digital-word>"
    r"[^「」『』、。()のをにはが]{0,16}?(?:<plan-end>|条例))(?![一-龥々ァ-ヶー」』])"
)
"""A plan of the prefecture: by its name, or as one that the prefecture has made."""
_ALL: Final = "都道府県"
_SET_ASIDE: Final = re.compile(
    "[」』]?(?:も|は)(?:ありますが|あるが|あるものの|(?:現在、?)?改[定訂]作業中)"
    "|[^。]{0,40}(?:廃止され|には?よら[なずれま]|とは別に定め|参考にとどめ|根拠とはし)"
)
"""After a document that is named to say that it is not what the plan goes by."""


def cited(
    sentences: Sequence[Sentence], reading: Lexicon, editions: Sequence[str]
) -> Iterator[Cited]:
    """Yield each mention of a document, in the order of the text."""
    patterns = {
        id_: re.compile(pattern)
        for id_, (kind, pattern) in reading.things.items()
        if kind == "document"
    }
    sentences = _without_former(sentences, patterns)
    follow = compile_phrase("<follow>", reading.lists).pattern
    of_prefecture = reading.pattern(_OF_PREFECTURE)
    for sentence, after in zip(sentences, [*sentences[1:], None], strict=False):
        if sentence.voice in {"glossary", "rule"} or (sentence.is_heading and not sentence.about):
            continue
        if OTHER_DOCUMENT in sentence.about:
            continue
        named = [(d, each) for d, p in patterns.items() for each in p.finditer(sentence.said)]
        ends = sorted(each.end() for _, each in named)
        starts = sorted(each.start() for _, each in named)
        next_one = after.said if after is not None and after.place == sentence.place else ""
        for document, found in named:
            if not _SET_ASIDE.match(sentence.said, found.end()):
                since = max((each for each in ends if each <= found.start()), default=0)
                until = next((e for e in starts if e >= found.end()), len(sentence.said))
                within = (since, until)
                made = _cited(sentence, document, found, editions, follow, within, next_one)
                yield replace(made, is_event=_is_event(sentence, found))
        for found in of_prefecture.finditer(sentence.said):
            title = next(each for each in found.groups() if each)
            known = any(pattern.search(title) for pattern in patterns.values())
            is_aside = _SET_ASIDE.match(sentence.said, found.end()) is not None
            if not (known or is_aside or _ALL in found[0] or _is_told_of(sentence, found)):
                made = _cited(sentence, _PREFECTURE, found, (), follow)
                yield replace(made, title=title)


def _without_former(
    sentences: Sequence[Sentence], patterns: Mapping[str, re.Pattern[str]]
) -> list[Sentence]:
    """Return sentences less lines of the plan's history that name what a later one names, too."""
    left: list[Sentence] = []
    known: set[str] = set()
    for sentence in reversed(sentences):
        if sentence.voice == "past" and _OF_HISTORY.search("".join(sentence.titles[-1:])):
            named = {id_ for id_, pattern in patterns.items() if pattern.search(sentence.said)}
            if named and named <= known:
                continue
            known |= named
        left.append(sentence)
    return left[::-1]


_OF_HISTORY: Final = re.compile("沿革|履歴|改[訂定]の?(?:経[緯過]|記録)")


def _is_told_of(sentence: Sentence, found: re.Match[str]) -> bool:
    """Tell whether a sentence but tells what its prefecture does by a plan: 県:「…」で65%へ.

    So does a row of what came about, as 令和3年3月 | 県 | 県ICTビジョンを策定.
    """
    if _OF_CHRONICLE.match(sentence.said) is not None:
        return True
    if sentence.block.kind == "table" and _CAME_ABOUT.match(sentence.said, found.end()):
        return True
    return _BY_IT.match(sentence.said, found.end()) is not None and (
        _OF_OTHERS.match(sentence.said) is not None or _SPEAKER.match(sentence.said) is not None
    )


def _is_event(sentence: Sentence, found: re.Match[str]) -> bool:
    """Tell whether a row of a table but tells when one was made: 2020年12月 | …を閣議決定."""
    is_row = sentence.block.kind == "table" and sentence.voice != "town"
    return is_row and _MADE.match(sentence.said, found.end()) is not None


_MADE: Final = re.compile("[」』]?(?:(?:を|の|が)?(?:閣議)?(?:策定|公表|改[定訂]|決定|制定))")
_CAME_ABOUT: Final = re.compile("[」』]?(?:を|の)(?:策定|公表|改[定訂]|決定|議決|開始|施行)")
_BY_IT: Final = re.compile(
    "[」』]?(?:(?:で|では|において|に基づき)は?、|は、.{0,60}(?:掲げ|目標とし|目指|としている|求めて))"
)
_OF_CHRONICLE: Final = re.compile(
    "(?:令和|平成)[0-9元]{1,2}年(?:度|[0-9]{1,2}月(?:[0-9]{1,2}日)?)、?[一-龥]{0,4}[県都府道](?:が|は|で)"
)
"""What a line of a chronicle of what the prefecture did begins with: 令和7年4月 県が…."""
_SPEAKER: Final = re.compile("(?:国|[都道府]?県|都|府|道)(?:[:：]|の『|の「|が「|が『)")
"""Before what another government does, in a list of such."""


def _cited(
    sentence: Sentence,
    document: str,
    found: re.Match[str],
    editions: Sequence[str],
    follow: re.Pattern[str],
    within: tuple[int, int] = (0, MAX_FRAGMENT * 10),
    next_one: str = "",
) -> Cited:
    """Return a mention; edition and day stand `within` the neighbours that it has.

    The sentence after it, the `next_one`, may say that the document was revised since.
    """
    told = _TOLD.search(found[0])
    start, end = found.start(), found.end() - (len(told[0]) if told else 0)
    after = sentence.said[end : min(end + _BESIDE, within[1])]
    stop = _ENDS.search(after)
    after = after[: stop.start()] if stop else after
    edition, day, focus = "", "", None
    several = [*_EDITION.finditer(after)]
    if several:  # 第3.0版、令和8年3月の改定では第5.0版: the last is what counts now
        said = several[-1]
        if len(several) > 1 and _NOT_YET.match(sentence.said, end + said.end()):
            said = several[0]
        number = said[1] if "." in said[1] else f"{said[1]}.0"
        edition = number if document != "dx-promotion-plan" or number in editions else ""
        end += said.end()
        beside = _OF_EDITION.search(after[: said.start()])
        day = _day(beside[1]) if beside else ""
    if not day and not edition and _WENT_ON.search(sentence.said[found.end() :] + next_one):
        after = ""  # the day of its first edition is not that of what is cited
        within = (start, within[1])
    day = day or _before(sentence.said[max(within[0], start - _BESIDE) : start]) or _after(after)
    if day and (place := sentence.said.find(day, max(0, start - _BESIDE))) >= 0:
        start, end = min(start, place), max(end, place + len(day))
        focus = part(sentence, place, place + len(day))
    rest = sentence.said[found.end() : _end_of_row(sentence, found.end())]
    is_said = follow.search(rest) is not None and not _ONCE_MADE.search(rest)
    followed = _is_followed(sentence, is_said=is_said)
    return Cited(
        document, edition, day, followed, quoted(sentence, part(sentence, start, end), focus)
    )


def _is_followed(sentence: Sentence, *, is_said: bool) -> bool | None:
    """Tell whether a sentence says that the town follows what it names; None if it may.

    Below a heading on the nation 「本計画は…を踏まえて」 is still the town's; of a sentence that
    names nobody it is a question who speaks.
    """
    if sentence.cue == "town" and is_said:
        return True
    if sentence.voice == "town" and "国の動向" not in "".join(sentence.titles):
        return True if is_said and not sentence.is_heading else None
    is_prose = sentence.block.kind != "table" and not sentence.is_heading
    is_of_others = sentence.cue is not None and _OF_OTHERS.search(sentence.said)
    return None if is_said and is_prose and not is_of_others else False


_ONCE_MADE: Final = re.compile(
    "(?:改[定訂]|策定|見直し|公表)(?:の?後に|された後|を待って|され次第)"
)
"""Where what is named is followed only once it is made, or made anew: 改定後に整合を図る."""
_OF_OTHERS: Final = re.compile(
    "^(?:国|政府|県|都|府|道)(?:は|では|が|において)|(?:省|庁|自治体|公共団体|[都道府]?県|[市町村])(?:は|では)[、,]?"
    "|(?:必要と|求められ|こととされ|とされ|義務付けられ)"
)
"""Others of whom a sentence tells; 総務省が定めた「…」を踏まえ only tells who made the document."""


def _end_of_row(sentence: Sentence, start: int) -> int:
    """Return where the row of a table ends that a place stands in: the next row tells of others."""
    end = 0
    if sentence.block.kind != "table":
        return len(sentence.said)
    for row in sentence.block.rows():
        end += sum(len(squeezed(cell.text)) for cell in row)
        if start < end:
            return end
    return len(sentence.said)


def _after(text: str) -> str:
    """Return the day that stands right after a name or its edition; the end of a period is none."""
    found = _DAY.match(text.lstrip("【(〔"))
    if found is None or _NOT_ITS.match(text.lstrip("【(〔")[found.end() :]):
        return ""
    return _day(found[1])


def _before(text: str) -> str:
    """Return the day that stands before a name, as in 令和8年1月に国が策定した「…」."""
    found = re.search(
        r"((?:令和|平成|[0-9]{4}年)[0-9元年月日()]{2,20})"
        r"(?:に|、)?(?:(?:国|総務省|政府|デジタル庁)が)?(?:(?:策定|公表|決定|閣議決定)(?:した|し、|された))?"
        r"(?:に|、)?[「『(]?$",
        text,
    )
    return _day(found[1]) if found else ""


def _day(words: str) -> str:
    """Return the day or month that words begin with; a year alone is rarely that of a document."""
    part = read_part("date", words)
    day = words[part[0] : part[1]] if part else ""
    return day if "月" in day or _WITH_POINTS.match(day) else ""


_WITH_POINTS: Final = re.compile(r"(?:R|令和|20[0-9]{2}\.)[0-9]{1,2}(?:\.[0-9]{1,2})*$")
"""A month or day in figures alone: R7.6, 2025.6.13."""


def merged(found: Sequence[Cited]) -> list[Cited]:
    """Return each document once for each day and edition; a mention without both adds nothing.

    How often it is followed counts over all of them: once is enough. What is told of an edition
    counts for it with and without a day. Where a sentence follows the document and does not say
    which edition, none of them is left for certain.
    """
    kept: list[Cited] = []
    for name in dict.fromkeys((each.document, each.title) for each in found):
        own = [each for each in found if (each.document, each.title) == name]
        if all(each.is_event for each in own):
            continue  # what came about in the nation is no ground of the plan by that
        told = [each for each in own if each.edition or each.date] or own[:1]
        followed = _followed(own)
        by_value: dict[Any, Cited] = {}
        for each in told:
            by_value.setdefault((each.edition, same("date", each.date) if each.date else ""), each)
        values = _without_history(list(by_value.values()))
        whole = [each for each in values if each.edition and each.date]
        if whole:
            values = [
                each
                for each in values
                if each in whole
                or not any(
                    (each.edition and each.edition == w.edition)
                    or (
                        each.date
                        and not each.edition
                        and same("date", each.date) == same("date", w.date)
                    )
                    for w in whole
                )
            ]
        untold = _followed([each for each in own if not each.edition and not each.date])
        for each in values:
            own_way = followed
            if len(values) > 1:
                own_way = _followed([other for other in own if _is_one(each, other)])
                own_way = None if own_way is False and untold is not False else own_way
            shown = next((o for o in own if o.followed and _is_one(each, o)), each)
            kept.append(replace(each, followed=own_way, further=_other(each.quote, shown.quote)))
    return kept


def _without_history(values: Sequence[Cited]) -> list[Cited]:
    """Return mentions without days that are only told, where another one names its edition.

    国は令和2年12月に「…」を策定し tells how it came about; what is cited is 「…」(第4.0版).
    """
    named = [each for each in values if each.edition]
    return [each for each in values if each.edition or each.followed is not False or not named]


def _is_one(one: Cited, other: Cited) -> bool:
    """Tell whether two mentions are of one edition, by its number or else by its day."""
    if one.edition and other.edition:
        return one.edition == other.edition
    days = [same("date", each.date) for each in (one, other) if each.date]
    return len(days) == 2 and days[0] == days[1]  # noqa: PLR2004  (both have one)


def _other(shown: Quote, quote: Quote) -> Quote | None:
    return quote if quote != shown else None


def _followed(own: Sequence[Cited]) -> bool | None:
    """Return whether any of some mentions follows, or may follow, what is cited."""
    ways = {each.followed for each in own}
    return True if True in ways else None if None in ways else False


def take_citations(about: Settled, said: Sequence[Sentence], source: DraftContext) -> None:
    """Take the documents that are cited; whether each is followed is often a question."""
    known = source.reference.documents
    found = merged(tuple(cited(said, source.reading, tuple(source.reference.editions))))
    found = [each for each in found if each.document in known]
    if not found:
        return
    about.values["cites"] = [_citation(each) for each in found]
    shown = [quote for each in found for quote in (each.quote, each.further) if quote]
    about.evidence["cites"] = list(dict.fromkeys(shown))
    about.rules["cites"] = "cited"


_FOLLOWED = Text("従うと述べているのか、紹介だけなのか", "whether it is followed or only told")


def _citation(each: Cited) -> dict[str, Any]:
    entry: dict[str, Any] = {"document": each.document}
    entry |= {"title": each.title} if each.title else {}
    entry |= {"edition": each.edition} if each.edition else {}
    entry |= {"date": each.date} if each.date else {}
    entry |= {"followed": "no"} if each.followed is False else {}
    if each.followed is None:
        doubt = {"of": ["followed"], "candidates": ["yes", "no"], "because": _FOLLOWED}
        entry["doubts"] = [doubt]
    return entry
