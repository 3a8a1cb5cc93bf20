"""When a plan was made and revised, by lines that tell nothing but days, acts and who made it.

「令和8年3月 見本町」, 「令和7年12月改定(令和4年3月策定)」, 「発行年月:2026年4月」 stand on the
cover, in a colophon, or above the name of the mayor below a foreword. A month without a word is
that of establishment, unless the document is a draft, or an edition of a plan that was revised.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from contextlib import suppress
from typing import Final

from dxrules.dates import parse_date, parse_period
from dxrules.draft.candidates import Candidate, part, quoted
from dxrules.draft.lexicon import Lexicon
from dxrules.draft.outline import Sentence
from dxrules.draft.phrases import DAY, Found
from dxrules.draft.sameness import is_span, same
from dxrules.errors import DateError
from dxrules.frozen import frozen

_RULE: Final = "day-of-plan"
_FRONT: Final = 8
_LAST: Final = 8
"""Blocks at the beginning and at the end among which such a line may stand."""
_LONGEST: Final = 70
_MONTH: Final = 31
_HERE: Final = "\0"
"""Stands for a day in a line of which the rest is looked at."""
_REVISED: Final = "(?:一部|全部|全面|最終|中間)?(?:改定|改訂|改正|見直し|変更)"
_ISSUED: Final = "発行|公表|公開|作成"
_ACT: Final = (
    "(?:(?:計画|プラン|方針)の?)?"
    f"(?:(?P<revised>{_REVISED})|(?P<made><made>|決定|議決|決裁)|(?P<issued>{_ISSUED}))"
)
_AFTER: Final = rf"(?:に|付け?で?)?[(]?(?:第[0-9一二三四五]+[次回版])?{_ACT}"
_BEFORE: Final = rf"{_ACT}(?:年月日?|日|時期)?[:(]?$"
_REST: Final = (
    rf"(?:(?:[市町村区]長|庁議|議会|本部)(?=決定|決裁|議決)|[()\[\]【】〔〕<>《》|/、,:・~.-]|{_HERE}|年月日?|時期|日|付け?|初版|"
    rf"第[0-9一二三四]+[版次回]"
    rf"|計画|プラン|の|に|{_REVISED}|<made>|決定|議決|{_ISSUED}|<label-author>)*"
)
_OF_DRAFT: Final = frozenset({"draft", "public-comment", "outline", "provisional"})
_EDITION: Final = re.compile(
    "改[訂定]|[Vv]er[.]?[2-9]|第[2-9二三四五六七八九](?:[.][0-9])?版|[0-9]年度版"
)


@frozen
class _Day:
    """A day, and what was done on it: made, revised or issued; nothing if no word tells."""

    found: Found
    act: str
    sentence: Sentence
    entry: int

    @property
    def value(self) -> str:
        words = "".join(self.sentence.original(self.found.start, self.found.end).split())
        return re.sub(r"(?:付け?|[()])+$|^\(", "", words) if words.count("(") != 1 else words

    def is_within(self, other: _Day) -> bool:
        """Tell whether the cover tells the month of the same act, which is enough."""
        own, month = (parse_date(each.value).range for each in (self, other))
        return (
            other.act == self.act
            and None not in (own.lo, month.lo, month.hi)
            and (
                month.lo <= own.lo <= month.hi  # type: ignore[operator]
            )
        )


def days_of_plan(
    sentences: Sequence[Sentence], whose: str, reading: Lexicon, found: Sequence[Candidate]
) -> Iterator[Candidate]:
    """Yield when the plan was made and revised; `found` tells whether it is but a draft."""
    days = [*_days(sentences, whose, reading)]
    days += [day for day in _history(sentences, reading) if not any(map(day.is_within, days))]
    acts = {day.act for day in days}
    for day in days:
        if day.act == "revised":
            yield _candidate("plan.revised", "on", day)
        elif day.act == "made":
            yield _candidate("plan", "established", day)
            yield _candidate("plan", "status", day, "established")
    if not any((each.of, each.key) == ("plan", "title") for each in found):
        return  # a page or a letter has a day, too
    if any(map(is_of_page, sentences[:_HEADLINES])):
        return
    states = {each.value for each in found if (each.of, each.key) == ("plan", "status")}
    if states & _OF_DRAFT or "made" in acts:
        return
    front = "".join(each.said for each in sentences if each.cover)
    revised = [each for each in found if each.of == "plan.revised"]
    bare = [day for day in days if day.act in {"", "issued"}]
    months = {same("established", day.value) for day in bare}
    if bare and _is_late(bare[0], found):
        return
    if len(months) == 1 and not revised and "revised" not in acts and not _EDITION.search(front):
        yield _candidate("plan", "established", bare[0])


def _is_late(day: _Day, found: Sequence[Candidate]) -> bool:
    """Tell whether a month is long after the plan began, as that of a report of its progress."""
    for each in found:
        if (each.of, each.key, each.grade) == ("plan", "period", "sure"):
            start, lo = parse_period(each.value).start, parse_date(day.value).range.lo
            if start is not None and lo is not None and lo - start.toordinal() > _A_YEAR:
                return True
    return False


_A_YEAR: Final = 366


def _days(sentences: Sequence[Sentence], whose: str, reading: Lexicon) -> Iterator[_Day]:
    """Yield the days of lines that tell nothing else."""
    ends = {each.place for each in sentences[:_FRONT]} | {e.place for e in sentences[-_LAST:]}
    of_town = re.compile(rf"(?:[^{_HERE}()|、:]{{1,12}}[都道府県郡])?{re.escape(whose)}")
    named_on_cover = any(whose in each.said for each in sentences if each.cover)
    for entry, sentence in enumerate(sentences):
        if sentence.voice != "town" or len(sentence.said) > _LONGEST:
            continue
        if "月" not in sentence.said and not re.search("[0-9]{4}[./][0-9]", sentence.said):
            continue
        near = [*sentences[max(0, entry - 1) : entry], *sentences[entry + 1 : entry + 2]]
        is_signed = any(re.match(f"{re.escape(whose)}長", each.said) for each in near)
        is_named = any(_is_office(each.said, whose, reading) for each in near)
        if not (sentence.cover or sentence.place in ends or is_signed):
            continue
        told = [*_of_line(sentence, entry, of_town, reading)] if not _OF_PAGE(sentence.said) else []
        with_town = of_town.search(sentence.said) is not None
        for day in told:
            if day.act or with_town or is_signed or is_named or (sentence.cover and named_on_cover):
                yield day


def is_of_page(sentence: Sentence) -> bool:
    """Tell whether a line is the headline of a page on a plan: …を策定しました, …について."""
    return len(sentence.said) <= _LONGEST and _HEADLINE.search(sentence.said) is not None


_HEADLINES: Final = 2
_HEADLINE: Final = re.compile(
    "(?:しました|します|について|のお知らせ|を策定|募集(?:結果)?|公募(?:結果)?)$"
)
_OF_PAGE: Final = re.compile(
    "(?:更新|公開|掲載|登録)日|[0-9]日(?:更新|公開|掲載|登録)|ページ(?:番号|ID)"
).search
"""In a line that tells when a page was published, and not the plan that it is about."""


def _history(sentences: Sequence[Sentence], reading: Lexicon) -> Iterator[_Day]:
    """Yield the days of a list or table of the editions of the plan: 2023.3 改訂(第2版)."""
    for entry, sentence in enumerate(sentences):
        is_listed = _OF_HISTORY.search("".join(sentence.titles[-1:])) is not None
        if sentence.voice not in {"town", "past"} or sentence.is_heading:
            continue
        if not is_listed and _EDITION_ROW.match(sentence.said) is None:
            continue
        days = [each["date"] for each in DAY.matches(sentence.said[:_HEAD])]
        if not days or not _is_month(days[0]):
            continue
        before, after = sentence.said[: days[0].start], sentence.said[days[0].end :]
        act = reading.pattern(_ENTRY).match(f"{before}{_HERE}{after}")
        if act is not None and _NO_ACT.search(after) is None:
            yield _Day(days[0], "revised" if act["revised"] else "made", sentence, entry)


_OF_HISTORY: Final = re.compile(
    "沿革|履歴|改[訂定]の?(?:経[緯過]|記録)|策定(?:と|・|及び)改[訂定]|版について"
)
_EDITION_ROW: Final = re.compile(
    r"[Vv]er\.?[0-9]\.[0-9](?=令和|平成|20)|(?:初版|第[0-9]+版|改[訂定][0-9]+版|第[0-9]+[次回]改[訂定]|新規策定):"
)
_HEAD: Final = 40
_ENTRY: Final = (
    rf"[・○]?(?P<label>[^{_HERE}:]{{0,12}}):?{_HERE}[:、,)に]*(?:[^:。、]{{0,20}}の改[定訂]に伴う)?"
    rf"(?:(?:本|この)?(?:計画|プラン|方針|戦略|構想|ビジョン)[をの]?)?(?:新規|当初)?"
    rf"(?:(?P<revised>(?<!第1版:{_HERE}、)(?:第[0-9一二三]+[次回版])?{_REVISED}|第[2-9二三四五]版)"
    r"|(?P<made><made>|決定|議決|初版))"
)
_NO_ACT: Final = re.compile("検討|予定|せず|案(?!内)|骨子|延期|見送|協議")


def _is_office(said: str, whose: str, reading: Lexicon) -> bool:
    return said == whose or (
        said.startswith(whose) and reading.pattern("<office-end|office-on-cover>$").search(said)
        is not None
    )  # fmt: skip


def _of_line(
    sentence: Sentence, entry: int, of_town: re.Pattern[str], reading: Lexicon
) -> Iterator[_Day]:
    start = 0
    for piece in sentence.said.split("|"):
        days = [each["date"] for each in DAY.matches(piece)]
        rest = piece
        for day in reversed(days):
            rest = rest[: day.start] + _HERE + rest[day.end :]
        rest = _without_offices(rest, of_town, reading)
        if days and all(map(_is_month, days)) and reading.pattern(_REST).fullmatch(rest):
            acts = [_act(piece, day, reading) for day in days]
            if not acts[0] and "revised" in acts:  # 令和5年3月(令和7年3月改訂)
                acts[0] = "made"
            for day, act in zip(days, acts, strict=True):
                at = Found(day.text, start + day.start, start + day.end)
                yield _Day(at, act, sentence, entry)
        start += len(piece) + 1


def _without_offices(rest: str, of_town: re.Pattern[str], reading: Lexicon) -> str:
    """Return what of a line is left without the names of the town and of its offices."""
    found = of_town.search(rest)
    if found is None:
        return rest
    name = re.match(f"[^{_HERE}()|、:。]*", rest[found.end() :])
    words = name[0] if name is not None else ""
    is_office = not words or reading.pattern("<office-end|office-on-cover>$").search(words)
    return rest[: found.start()] + rest[found.end() + len(words) :] if is_office else rest


def _act(piece: str, day: Found, reading: Lexicon) -> str:
    after = reading.pattern(_AFTER).match(piece, day.end)
    told = after or reading.pattern(_BEFORE).search(piece[: day.start])
    return str(told.lastgroup) if told is not None else ""


def _is_month(day: Found) -> bool:
    if is_span(day.text):
        return False
    with suppress(DateError):
        return _length(day.text) <= _MONTH
    return False


def _length(text: str) -> int:
    days = parse_date(text).range
    return days.hi - days.lo + 1 if days.lo is not None and days.hi is not None else _MONTH + 1


def _candidate(of: str, key: str, day: _Day, value: str = "") -> Candidate:
    quote = quoted(day.sentence, part(day.sentence, 0, len(day.sentence.said)))
    return Candidate(of, key, value or day.value, "sure", _RULE, quote, day.entry)
