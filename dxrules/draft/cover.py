"""What a plan is called and who made it: by its cover, its colophon and its text."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import Final

from dxrules.document.normal import squeeze, squeezed, unwrapped
from dxrules.draft.candidates import Candidate, part, quoted
from dxrules.draft.lexicon import Lexicon
from dxrules.draft.outline import Sentence, bare
from dxrules.draft.phrases import read_part
from dxrules.draft.plan_periods import without_lesser_periods

_FRONT: Final = 12
"""Blocks, at the beginning, among which a cover is."""
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
_MAKER: Final = re.compile(
    "[(【〔]?(?:策定|作成)(?:主体|者)?(?:[:)】〕]|(?=[^0-9令平昭経年月日:]{2})|$)"
)
_LABELS: Final = "^(?:<label-author>:?|[(【〔]<label-author>[)】〕])(?=[^0-9])"


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
    plain = [squeezed(title) for _, title in titles]
    titles = [
        each
        for each, t in zip(titles, plain, strict=True)
        if not any(_is_below_trail(t, other, whose) for other in plain)
    ]
    for sentence, said in titles[:1]:
        title = said
        told = squeezed(title)
        others = {squeezed(t) for _, t in titles if whose in t} - {told}
        above = next((each for each in reversed(front) if each.place < sentence.place), None)
        if whose not in told and above is not None and above.said == whose:
            joined = f"{whose}{told}"  # 見本町 above デジタル推進計画 may be a part of its name
            if text.count(joined) > 1:  # and elsewhere in the text
                title, told, others = joined, joined, set()
            else:
                others.add(joined)
        known = sentence.place in town and whose in told and told != whose
        repeated = text.count(told) > 1
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
        if on_cover:  # who only issued or edited it did not make it; the town on its cover did
            labelled = [each for each in labelled if _is_of_maker(each)]
        on_cover = [*_authors(labelled, whose, (), reading)] or on_cover
    yield from on_cover


def _is_of_maker(sentence: Sentence) -> bool:
    """Tell whether a line says who made the plan, as 策定主体:, and not who issued it alone."""
    heading = bare("".join(sentence.titles[-1:]))
    return _MAKER.fullmatch(heading) is not None or _MAKER.match(sentence.said) is not None


def _is_below_trail(longer: str, title: str, whose: str) -> bool:
    """Tell whether a line is a title behind where its page stands: ホーム町政情報見本町DX計画."""
    rest = longer.removesuffix(title)
    return rest not in {"", longer} and whose not in rest and not _ORDER.search(rest)


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
    r"(?:改[訂定])?第[0-9一二三四五六七八九十.]{1,4}版|[Vv]er[.]?[0-9.]+"
    "|の?(?:骨子|たたき台|(?:骨子|素|原|中間|最終)?案))$"
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
    said = _IN_ENGLISH.sub("", said)
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
_IN_ENGLISH: Final = re.compile("^[A-Za-z][A-Za-z0-9.,:&'!-]{11,}(?=[一-龥々]{2,8}[市町村区])")
"""A title in English before that in Japanese, in one line."""
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
