"""Whose plan it is, what it is called and who made it: by the gazetteer, the cover and the text."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import Final

from dxrules.document.normal import squeeze, squeezed, unwrapped
from dxrules.document.original import Original
from dxrules.draft.candidates import Candidate, Quote, part, quoted
from dxrules.draft.lexicon import Lexicon
from dxrules.draft.outline import Sentence, bare
from dxrules.draft.phrases import read_part
from dxrules.draft.plan_periods import without_lesser_periods
from dxrules.frozen import frozen
from dxrules.reference.gazetteer import Gazetteer, Government

_NAME: Final = re.compile("[一-龥々〇ぁ-んァ-ヶー]{1,8}?[市町村区]")
_APART: Final = re.compile("[^一-龥々]|[都道府県郡市次期度版]")
"""What a name stands after that is not the end of a longer one, as 坂町 is of 羽根坂町.

第2次坂町DX推進計画 and 令和8年度坂町DX推進計画 begin with its number or its year.
"""
_LONGEST_NAME: Final = 9
_FRONT: Final = 12
"""Blocks, at the beginning, among which a cover is."""
_FRONT_COUNTS: Final = 20
"""How often in the text a name on the cover counts."""
_LONGEST_TITLE: Final = 45
_BRACKETS: Final = re.compile(
    r"[(\[【〔〈<《~～「『]([^()\[\]【】〔〕〈〉<>《》]{1,40})[)\]】〕〉>》~～」』]$"
)
_ORDER: Final = re.compile(
    "第[0-9一二三四五六七八九十]{1,2}[期次]|[前中後]期(?:計画|基本計画|実施計画|プラン|戦略)?"
)
_YEARS: Final = re.compile("(?:20[0-9]{2}[-~])?(?:20)?[0-9]{2,4}$")
"""After a title: DX戦略2026-2028."""
_DAY_AFTER: Final = re.compile(
    r"(?<!\()(?:令和|平成|20[0-9]{2}年)[0-9元年月日()]+(?:策定|発行|作成|制定)?$"
)
_REACHED: Final = re.compile("(?:電話|TEL|Tel|〒|https?:|E-?mail).*$")
"""How to reach an office, after its name."""
_VOLUME: Final = re.compile("(?:[一-龥]{2,4}|アクションプラン)[編篇](?:$|[(・:])")
"""Below a title: a volume of it, as 実行編, which may be a part of what the plan is called."""
_OFFICE: Final = "<office-end|office-on-cover>$"
_TRAIL: Final = re.compile(r"[>＞›»].*[>＞›»]")
"""Where a web page stands among others: ホーム > 町政情報 > 計画."""
_WARD: Final = re.compile("市([^市]{1,8}区)$")
"""The ward of a city: its office is called by the ward alone."""
_LABELS: Final = "^(?:<label-author>:?|[(【〔]<label-author>[)】〕])(?=[^0-9])"


@frozen
class Whose:
    """The municipality of a plan; `rivals` are others that it may be, `said` where it stands."""

    found: Government
    rivals: tuple[Government, ...]
    quote: Quote


def municipality_of(original: Original, gazetteer: Gazetteer) -> Whose | None:
    """Return whose document it is, by the names on its cover and how often they stand in it.

    A name counts if it stands at least once where no longer name can be meant.
    """
    counts: Counter[Government] = Counter()
    apart: set[Government] = set()
    first: dict[Government, Quote] = {}
    prefectures = _prefectures(original, gazetteer)
    for place, block in enumerate(original.blocks):
        weight = _FRONT_COUNTS if place < _FRONT else 1
        said = squeeze(block.text)
        for start, name in _names(said.text, gazetteer):
            before = block.text[: said.starts[start]][-1:]
            for each in gazetteer.named(name):
                prior = (before + name.removesuffix(each.name.ja))[-1:]
                if not prior or _APART.match(prior):
                    apart.add(each)
                named = prefectures[each.prefecture]
                counts[each] += weight * 100 + min(named, 99)
                quote = Quote(name, "".join(block.section) or "表紙", block.page, place)
                first.setdefault(each, quote)
    ranked = [(each, count) for each, count in counts.most_common() if each in apart]
    if not ranked:
        return None
    best, score = ranked[0]
    rivals = tuple(each for each, other in ranked[1:] if _is_close(best, score, each, other))
    return Whose(best, rivals, first[best])


def _is_close(best: Government, score: int, each: Government, other: int) -> bool:
    """Tell whether another one may be meant: of the same name and prefecture unknown, or as often.

    One whose prefecture the document names more often is meant.
    """
    if each.name.ja == best.name.ja:
        return other == score
    return other * 2 > score


def _prefectures(original: Original, gazetteer: Gazetteer) -> Counter[str]:
    text = "".join(squeezed(block.text) for block in original.blocks)
    return Counter(
        {each.prefecture: text.count(each.name.ja) for each in gazetteer.prefectures.values()}
    )


def _names(said: str, gazetteer: Gazetteer) -> Iterator[tuple[int, str]]:
    """Yield where names of municipalities begin in a squeezed text, and the longest there."""
    end = 0
    for found in re.finditer("[市町村区]", said):
        for start in range(max(end, found.start() - _LONGEST_NAME), found.start()):
            name = said[start : found.end()]
            if _NAME.fullmatch(name) and gazetteer.named(name):
                end = found.end()
                yield start, name
                break


def cover(sentences: Sequence[Sentence], whose: str, reading: Lexicon) -> Iterator[Candidate]:
    """Yield candidates for title and author."""
    text = "".join(sentence.said for sentence in sentences)
    front = [sentence for sentence in sentences if sentence.cover]
    town = {sentence.place for sentence in front if sentence.voice == "town"}
    titles = (
        [*_titles(front, whose, reading)]
        or [*_titles(sentences[:_FRONT], whose, reading)]
        or [*_first_heading(sentences, whose, reading)]
    )
    for sentence, title in titles[:1]:
        told = squeezed(title)
        known = sentence.place in town and whose in told and told != whose
        repeated = text.count(told) > 1
        others = {squeezed(t) for _, t in titles if whose in t} - {told}
        sure = known and (repeated or not others) and not others
        after = next((each for each in front if each.place > sentence.place), None)
        sure = sure and not (after and _VOLUME.match(after.said))
        yield _candidate("title", title, sentence, sure=sure, rule="title-on-cover")
        for other in sorted(others):
            yield _candidate("title", other, sentence, sure=False, rule="title-on-cover")
    on_cover = [*_authors([each for each in front if each.place in town], whose, titles, reading)]
    if town and all(each.value == whose for each in on_cover):
        near = [each for each in sentences[:_FRONT] if each.place in town or not each.cover]
        labelled = [*_colophon(near, reading)] or [*_colophon(sentences[-_LAST:], reading)]
        made_by = [*_authors(labelled, whose, (), reading)]
        both = {each.value for each in (*on_cover, *made_by)}
        if len(both) > 1:  # the office that issued it may or may not have made the plan
            made_by = [replace(each, grade="doubtful") for each in (*made_by, *on_cover)]
        on_cover = made_by or on_cover
    yield from on_cover


def _first_heading(
    sentences: Sequence[Sentence], whose: str, reading: Lexicon
) -> Iterator[tuple[Sentence, str]]:
    """Yield the heading that a document begins with, which names the town in words of its own."""
    first = next(iter(sentences), None)
    if first is not None and first.is_heading and first.block.level == 1 and whose in first.said:
        title = " ".join(first.text.split())
        yield first, reading.pattern(_EDITION_AFTER).sub("", title)


_EDITION_AFTER: Final = (
    r"\s*(?:<edition-word>|令和[0-9]{1,2}年度版|"
    r"(?:改[訂定])?第[0-9一二三四五六七八九十.]{1,4}版|[Vv]er[.]?[0-9.]+)$"
)


def _colophon(sentences: Sequence[Sentence], reading: Lexicon) -> Iterator[Sentence]:
    """Yield the lines at the beginning or end that say who made or published the document."""
    for sentence in sentences:
        made_by = bare("".join(sentence.titles[-1:])) in reading.ends("label-author")
        is_labelled = reading.pattern(_LABELS).match(sentence.said) is not None or made_by
        if is_labelled and "\n" not in sentence.text.strip():
            yield sentence
            continue
        start = 0
        for line in sentence.text.split("\n"):
            made = squeeze(line)
            if reading.pattern(_LABELS).match(made.text):
                starts = tuple(start + each for each in made.starts)
                yield replace(sentence, said=made.text, starts=starts)
            start += len(line) + 1


_LAST: Final = 8
"""Sentences at the end among which a colophon stands."""


def days_beside_periods(sentences: Sequence[Sentence]) -> Iterator[Candidate]:
    """Yield the day that stands after the period in a line of the cover."""
    for sentence in sentences:
        period = read_part("period", sentence.said) if sentence.cover else None
        if period is None or period[0] > 1:
            continue
        rest = sentence.said[period[1] :]
        bare = rest.lstrip(")/・、|,〉】")
        day = read_part("date", bare)
        if day is not None and day[0] == 0 and "月" in bare[: day[1]] and not _IS_SPAN.match(bare):
            start = period[1] + len(rest) - len(bare)
            value = "".join(sentence.original(start, start + day[1]).split())
            yield _candidate("established", value, sentence, sure=False, rule="day-beside-period")


_IS_SPAN: Final = re.compile("[~-]|.{0,10}(?:から|~)")


def without_lesser(found: Sequence[Candidate]) -> list[Candidate]:
    """Return candidates less those of which another one tells more: 素案 beside パブリックコメント.

    Years of the period are no day of the plan where the cover tells a month: 令和8年度 / ～ /
    令和12年度 / 令和8年3月.
    """
    found = without_lesser_periods(found)
    if any((e.of, e.key, e.value) == ("plan", "status", "public-comment") for e in found):
        found = [e for e in found if (e.of, e.key, e.value) != ("plan", "status", "draft")]
    days = [e for e in found if (e.of, e.key) == ("plan", "established")]
    if not any("月" in each.value for each in days):
        return [*found]
    return [
        each for each in found if each not in days or "月" in each.value or each.grade == "sure"
    ]


def _titles(
    front: Sequence[Sentence], whose: str, reading: Lexicon
) -> Iterator[tuple[Sentence, str]]:
    """Yield the lines that may be the title, those that name the municipality first."""
    ends = reading.ends("title-end")
    found: list[tuple[bool, int, Sentence, str]] = []
    for place, sentence in enumerate(front):
        title = _bare_title(sentence.said, reading)
        core = _YEARS.sub("", title)
        core = core if _ORDER.search(core[-6:]) is None else re.sub(r"[(〔].{2,8}[)〕]$", "", core)
        if len(title) > _LONGEST_TITLE or "。" in title or not core.endswith(ends):
            continue
        if (
            core in ends
            or re.match("[「・(]", title)
            or is_of_policy(title, reading)
            or reading.pattern(_OF_OTHER).match(title)
            or _TRAIL.search(sentence.text)
        ):
            continue
        title = _above(front, place, whose) + title
        after = front[place + 1].said if place + 1 < len(front) else ""
        if (order := _BRACKETS.fullmatch(after)) and _ORDER.fullmatch(order[1]):
            title += after
        found.append((whose not in title, len(found), sentence, title))
    for *_, sentence, title in sorted(found, key=lambda each: each[:2]):
        yield sentence, title


def _above(front: Sequence[Sentence], place: int, whose: str) -> str:
    """Return what of a title stands in the line above it: 第3期, or of one block 第2次見本市."""
    if not place:
        return ""
    above = front[place - 1]
    rest = above.said.removesuffix(whose)
    if not rest:
        return above.said if above.place == front[place].place else ""
    return above.said if _ORDER.fullmatch(rest) and "第" in rest else ""


def _bare_title(said: str, reading: Lexicon) -> str:
    """Return a line without what stands after a title in brackets, but its order stays.

    Nor is the label of a table on the cover a part of it.
    手本村DX計画(素案), 計画名:仮設町DX推進計画〔第2期〕.
    """
    said = _of_page(_STATE.sub("", reading.pattern(_CALLED).sub("", said)), reading)
    if reading.pattern(_IS_BRACKETED).search(said):
        said = reading.pattern(_EDITION_AFTER).sub("", said)
    while (found := _BRACKETS.search(said)) and not _ORDER.fullmatch(found[1]):
        said = said[: found.start()].rstrip(":")
    named = _NTH_EDITION.sub("", said)
    return named if named.endswith(reading.ends("title-end")) else said


def _of_page(said: str, reading: Lexicon) -> str:
    """Return what a page calls the plan that it tells of: 「見本町DX計画」を策定しました."""
    about = _PAGE.search(said)
    if about is None:
        return said
    named = re.sub("^(?:【[^】]{1,12}】|[(][^()]{1,14}[)])+", "", said[: about.start()])
    named = re.sub(r"[(【](?:[^()【】]{0,4}案|第[0-9.]+版)[)】]$", "", named.strip("「」『』"))
    named = named.strip("「」『』")
    return named if named.endswith(reading.ends("title-end")) else said


_PAGE: Final = re.compile(
    "(?:を|の)?(?:策定|改[定訂]|公表)(?:(?:いた)?しました|について|のお知らせ|します)?$"
    "|(?:の(?:概要|骨子|案|素案))?について$"
    "|(?:に(?:関する|係る|対する|ついての?)|への|の)?(?:ご?意見|パブリック・?コメント).*$"
)
"""The end of the headline of a page on a plan."""


def is_of_policy(title: str, reading: Lexicon) -> bool:
    """Tell whether a title is that of a policy or an address of the mayor, which are no plans."""
    names = (
        pattern
        for id_, (kind, pattern) in reading.things.items()
        if kind == "policy" and id_ not in _MAY_BE_PLANS
    )
    return _ADDRESS.search(title) is not None or any(
        re.search(f"(?:{each})$", title) is not None for each in names
    )


_ADDRESS: Final = re.compile("(?:施政|所信|予算編成|町政運営|市政運営|村政運営)(?:表明|方針)$")
_MAY_BE_PLANS: Final = frozenset({"talent-policy"})
_STATE: Final = re.compile(r"^[(【〔〈\[][^()【】〔〕〈〉\[\]]{0,10}案[)】〕〉\]]")
"""What stands before the title of a draft: 【案】, (素案)."""
_NTH_EDITION: Final = re.compile(
    "(?:(?:改[訂定])?第[0-9一二三四五六七八九十.]{1,4}版|[Vv]er[.]?[0-9.]+)$"
)
_IS_BRACKETED: Final = "[)〕】]<edition-word>$"
"""A title with its period in brackets before its edition: 見本区計画(令和5~9年度)改定版."""
_OF_OTHER: Final = "(?:<label-above|label-former|label-author>|兼ねる計画|関連計画):"
_CALLED: Final = "^<label-title>:"


def _authors(
    front: Sequence[Sentence],
    whose: str,
    titles: Sequence[tuple[Sentence, str]],
    reading: Lexicon,
) -> Iterator[Candidate]:
    """Yield the lines of the cover that name the municipality, or an office of it, alone."""
    found = [*_lines_of_authors(front, whose, titles, reading)]
    for each in found:  # 見本町 above 見本町 総務課 is the same, told in part
        if not any(e.value != each.value and e.value.startswith(each.value) for e in found):
            yield each


def _lines_of_authors(
    front: Sequence[Sentence],
    whose: str,
    titles: Sequence[tuple[Sentence, str]],
    reading: Lexicon,
) -> Iterator[Candidate]:
    known = {id(sentence) for sentence, _ in titles}
    for sentence in front:
        at = sentence.said.find(whose)
        if at < 0 and (ward := _WARD.search(whose)):
            at = sentence.said.find(f"{ward[1]}役所")
        if id(sentence) in known or at < 0:
            continue
        rest = _DAY_AFTER.sub("", _REACHED.sub("", sentence.said[at:]))
        rest = rest.rstrip(")】〕") if sentence.said[0] in "(【〔" else rest
        label = reading.pattern(_LABELS).match(sentence.said)
        before = sentence.said[label.end() if label and label.end() <= at else 0 : at]
        if before and not re.fullmatch(
            r"[0-9元一二三四五六七八九十年月日度版令和平成R.()【〔]+|[A-Za-z\-]+"
            r"|.{1,4}[都道府県](?:.{1,4}郡)?|[・:]",
            before,
        ):
            continue
        is_office = reading.pattern(_OFFICE).search(rest) is not None
        if rest == whose or (is_office and len(rest) < _LONGEST_TITLE):
            words = unwrapped(sentence.original(at, at + len(rest)))
            words = whose if rest == whose else words
            yield _candidate("author", words, sentence, sure=True, rule="author-on-cover")


def _candidate(key: str, value: str, sentence: Sentence, *, sure: bool, rule: str) -> Candidate:
    quote = quoted(sentence, part(sentence, 0, len(sentence.said)))
    return Candidate("plan", key, value, "sure" if sure else "doubtful", rule, quote)


def is_of_other(said: str, whose: str, gazetteer: Gazetteer) -> bool:
    """Tell whether a squeezed sentence is about another municipality: 「…市では、」."""
    for found in re.finditer("[市町村区](?=(?:において|では|は|の[事取])[、,]?)", said):
        for start in range(max(0, found.start() - _LONGEST_NAME), found.start()):
            name = said[start : found.end()]
            if name != whose and _NAME.fullmatch(name) and gazetteer.named(name):
                return whose not in said
    first = _FIRST_NAMED.match(said)
    alike = first is not None and (whose.endswith(first[1]) or first[1].endswith(whose))
    return first is not None and not alike and whose not in said


_FIRST_NAMED: Final = re.compile(
    "[・○●◦]?(?![^市町村]*(?:全|各|構成|関係|県内|国|旧))([一-龥々ぁ-んァ-ヶノ]{2,6}(?<![市町村])[市町村])(?:は|では)"
)
"""A municipality that a sentence begins with: 稲田町は、介護保険料を…."""
