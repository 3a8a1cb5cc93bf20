"""The sentences of a document, with the headings around them and who speaks in each."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import Final

from dxrules.document.normal import squeeze, squeezed
from dxrules.document.original import Block, Original
from dxrules.document.section_names import label_of
from dxrules.document.signs import Sign, sign_of
from dxrules.draft.lexicon import Lexicon
from dxrules.draft.lexicon_files import Voice
from dxrules.draft.phrases import read_part
from dxrules.draft.voice import cue_of, in_sentences, voice_of, voice_of_rows
from dxrules.frozen import frozen

_AROUND: Final = "■□●○◆◇★☆▶【】〈〉《》<>.・:：()[]#- 　「」"
_TITLE: Final = 24
OTHER_DOCUMENT: Final = "other-document"
_OF_MEASURES: Final = "measures"
_ORDINANCE: Final = "ordinance"
_APART: Final = frozenset({"glossary", OTHER_DOCUMENT, _ORDINANCE})
"""Headings of what is a document of its own."""
_MAY: Final = re.compile("ことができる|ことを妨げない")
"""In an ordinance, what may be and need not be."""
_NUMBER_OF_RULE: Final = re.compile("(?:告示|訓令|規則|条例|規程|要綱|訓)甲?第[0-9]+号")
"""What stands at the beginning of an ordinance, below its name."""
_ISSUED: Final = 2
"""Blocks after a title among which the one who issued the document stands."""
_FRONT: Final = 5
_LONGEST_TITLE: Final = 45
_NOTE: Final = re.compile(r"[(【〔][^()【】〔〕]{0,30}[)】〕]$")
_EDITION: Final = re.compile(
    r"[(【〔](?:(?:令和|平成|20)?[0-9元年月日度]*[^()【】〔〕]{0,6}(?:改[定訂正]|策定|版|案)"
    r"|(?:計画)?期間:?(?:令和|平成|20)[0-9元年月度~令和平成()から]+)[)】〕]"
)
"""A line of the cover in brackets: 【令和8年4月改定】, 【計画期間 令和8年度~令和12年度】."""
_SUBTITLE: Final = re.compile("[-~「『〈<].{2,40}[-~」』〉>]")
"""A line below the title: ~潮風とデータが行き交うまちへ~."""
_COVER: Final = 40
"""Blocks, at most, that a cover has."""


@frozen
class Sentence:
    """A sentence, a line or an item; `said` is squeezed, `text` as it stands in the document.

    `starts` tells where in `text` each sign of `said` stands. `about` are the kinds of the
    headings around it, outermost first, `titles` their words; `near` those of the nearest one
    that tells; `page` is the number printed.
    """

    said: str
    text: str
    starts: tuple[int, ...]
    place: int
    block: Block
    titles: tuple[str, ...]
    about: tuple[str, ...]
    voice: Voice
    cover: bool
    page: int | None = None
    is_heading: bool = False
    near: tuple[str, ...] = ()
    cue: Voice | None = None
    """Who speaks by the words of the sentence itself, whatever the headings above it tell."""
    is_note: bool = False
    """Whether it is a note of the plan below a table, which may say more than what a word means."""
    is_entry: bool = False
    """Whether it names one of several measures that the document counts on through its pages."""

    @property
    def is_of_town(self) -> bool:
        """Whether the town speaks, be it in a note."""
        return self.voice == "town" or (self.voice == "glossary" and self.is_note)

    @property
    def is_of_provisions(self) -> bool:
        """Whether the town tells of its posts, bodies and policies, be it in an ordinance."""
        return self.voice in {"town", "rule"}

    @property
    def section(self) -> str:
        """The place as people write it: the signs of the headings, else the nearest heading."""
        return "表紙" if self.cover else label_of(self.block.section, self.block.kind)

    def original(self, start: int, end: int) -> str:
        """Return the words of the document for a part of the squeezed text."""
        return self.text[self.starts[start] : self.starts[end - 1] + 1]


def sentences(original: Original, reading: Lexicon) -> tuple[Sentence, ...]:
    """Return what the document says, in order; contents and furniture are left aside."""
    return tuple(_Outline(original, reading).walk())


def bare(title: str) -> str:
    """Return a squeezed heading without its number and the signs around it.

    >>> bare("2.計画の期間"), bare("【計画の期間】"), bare("(3)期間")
    ('計画の期間', '計画の期間', '期間')
    """
    sign = sign_of(title)
    rest = squeezed(sign.rest) if sign is not None else title
    return rest.strip(_AROUND)


def kinds_of(title: str, reading: Lexicon) -> tuple[str, ...]:
    """Return what a squeezed heading is about, by its words.

    One that tells of others tells nothing of the town: 国の重点取組事項 are no measures of it. What
    something is based on is not what it is: 国の基本方針に基づく共通化 is of the town.
    """
    words = _BASIS.sub("", bare(title))
    plain = _COUNT.sub("", words)
    own = [each.id for each in reading.headings if each.names(_ANNEXED.sub("", words))]
    if own == [_INDICATORS]:
        return (_INDICATORS,)
    found = [each for each in reading.headings if each.names(words) or each.names(plain)]
    if _OWN_ACT.search(words):
        found = [heading for heading in found if heading.id != _NATION]
    others = [heading for heading in found if heading.voice not in {None, "town"}]
    return tuple(heading.id for heading in others or found)


_INDICATORS: Final = "indicators"
_NATION: Final = "nation"
_OWN_ACT: Final = re.compile(
    "(?:との(?:広域的?な?)?(?:連携|協力|共同利用|共同調達)|への対応)(?:の推進)?$"
)
"""The end of a heading of what the town itself does with others: 県や近隣町村との連携."""
_ANNEXED: Final = re.compile("^(?:資料編|(?:参考|巻末|付属|附属)?資料)[0-9]{0,2}[:・]?(?=.)")
"""The label of an annex, which does not make indicators those of others: 資料編 指標一覧."""
_BASIS: Final = re.compile("^.*(?:に基づく|に即した|に沿った)(?=.)")
_COUNT: Final = re.compile("^[0-9]{1,2}(?=[一-龥ぁ-んァ-ヶ])")
"""The number of a heading that nothing parts from its words once they are squeezed: 3期間."""


class _Outline:
    """Walks over the blocks and keeps the headings that are open."""

    def __init__(self, original: Original, reading: Lexicon) -> None:
        self.original = original
        self.reading = reading
        self.titles: dict[tuple[str, ...], str] = {}
        self.label = ""
        self.counted: list[Sign] = []
        """The sign of a line that is a label, and those of its kind that came after it."""
        self.cover = True
        self.known: dict[str, tuple[str, ...]] = {}
        words = "|".join(map(re.escape, reading.ends("town")))
        self.own = re.compile(f"(?<![一-龥々])(?:{words})")
        self.annexes: set[tuple[str, ...]] = set()
        self.is_plan = not any(self.tells_of_none(block) for _, block in self.front())
        front = [squeezed(block.text) for _, block in self.front()]
        self.is_rule = self.kinds(_NOTE.sub("", front[0])) == (_ORDINANCE,) if front else False
        self.is_rule = self.is_rule or any(map(_NUMBER_OF_RULE.search, front))

    def front(self) -> Sequence[tuple[int, Block]]:
        """Return the blocks among which title and author stand."""
        return [each for each, _ in zip(self.original.body(), range(_FRONT), strict=False)]

    def tells_of_none(self, block: Block) -> bool:
        """Tell whether a line of the front says that this is no plan of a town, but minutes."""
        for line in block.text.split("\n"):
            said = _NOTE.sub("", squeezed(line))
            is_section = sign_of(line) is not None  # 2 前計画の総括 is the name of a part
            is_of_none = said.endswith(self.reading.ends("no-plan"))
            if len(said) <= _LONGEST_TITLE and is_of_none and not is_section:
                return True
            if said in self.reading.ends("no-town"):
                return True
        return False

    def titles_of_annexes(self) -> frozenset[int]:
        """Return the places of headings below which one that is no town says to have issued it."""
        places, heading, after = set(), -1, 0
        for place, block in self.original.body():
            heading, after = (place, 0) if block.kind == "heading" else (heading, after + 1)
            if heading >= 0 and 0 < after <= _ISSUED:
                issuer = _NOTE.sub("", squeezed(block.text[:_LONGEST_TITLE]))
                places |= {heading} if issuer in self.reading.ends("no-town") else set()
        return frozenset(places)

    def is_annexed(self, block: Block) -> bool:
        """Tell whether a block stands in a document of another that the plan holds as it is."""
        depths = range(1, len(block.section) + 1) if self.annexes else ()
        return any(block.section[:depth] in self.annexes for depth in depths)

    def walk(self) -> Iterator[Sentence]:
        """Yield the sentences."""
        of_others = self.titles_of_annexes()
        before = ""
        for place, block in self.original.body():
            said = squeezed(block.text)
            self.end_label(block)
            sign = sign_of(block.text) if block.kind == "item" else None
            listed: str = "item" if block.kind == "item" else ""
            listed += f"{sign.kind}{sign.text[:1] in _KANJI}" if sign is not None else ""
            is_listed = listed != "" and before == listed and len(self.titles) <= 1
            before = listed
            if block.kind == "heading":
                self.annexes.discard(block.section)
                self.annexes |= {block.section} if place in of_others else set()
            if self.is_of_title(block, said, place):
                self.label = ""
                yield self.sentence(place, block, block.text, is_heading=True)
            elif block.kind == "heading":
                self.titles[block.section] = said
                self.label = ""
                self.cover = self.cover and not self.kinds(said) and not block.section[1:]
                self.cover = self.cover and (sign_of(said) is None or place < _LEAST)
                yield self.sentence(place, block, block.text, is_heading=True)
            elif block.kind == "table":
                self.cover = self.cover and _is_of_labels(block)
                yield self.sentence(place, block, block.text)
            elif not is_listed and self.is_label(block, said):
                self.label, self.counted = said, [sign] if (sign := sign_of(block.text)) else []
                self.cover = False
                yield self.sentence(place, block, block.text, is_heading=True)
            else:
                self.cover = self.cover and place < _COVER and not _is_prose(block)
                for part in in_sentences(block.text, by_line=self.cover):
                    yield self.sentence(place, block, part)

    def end_label(self, block: Block) -> None:
        """End measures, or a look back, that 4 is the number of, where a line is counted as 5."""
        kinds = self.kinds(self.label)
        is_open = self.counted and (_OF_MEASURES in kinds or self.told((self.label,)) == "past")
        sign = sign_of(block.text) if is_open else None
        if sign is None or sign.kind != self.counted[0].kind or sign.kind == "mark":
            return
        self.counted.append(sign)
        if sign.last == self.counted[0].last + 1 and len(self.counted) == 2:  # noqa: PLR2004
            self.label, self.counted = "", []

    def is_of_title(self, block: Block, said: str, place: int) -> bool:
        """Tell whether a heading is the title of the document, or a line below it on the cover.

        All of the document stands below it, so it tells of no part: a 実施計画 is no list of
        measures, and a 基本方針 no aim.
        """
        if block.kind != "heading" or not self.cover:
            return False
        years = self.reading.pattern("^[【(]?<period-word>[】):]*").sub("", said)
        if years and read_part("period", years) == (0, len(years)):
            return True
        if sign_of(block.text) is not None and not _EDITION.fullmatch(said):
            return False
        words = _NOTE.sub("", said)
        if place < _BELOW_TITLE and self.reading.pattern(_OF_PAGE).search(said):
            return True
        if not words or _SUBTITLE.fullmatch(said):
            return True
        ends = self.reading.ends("title-end")
        named = words.endswith(ends) and len(words) >= _LEAST_TITLE and block.level <= 1
        is_below = place < _BELOW_TITLE and len(words) >= _LEAST_TITLE and not self.kinds(said)
        below = self.reading.pattern(_OF_COVER).search(words) if is_below else None
        return named or below is not None or read_part("period", words) == (0, len(words))

    def is_label(self, block: Block, said: str) -> bool:
        """Tell whether a line is nothing but the words of a known heading."""
        if block.kind not in {"paragraph", "item"} or len(said) > _TITLE or said.endswith("。"):
            return False
        words = _COUNT.sub("", _NOTE.sub("", bare(said)).removesuffix("一覧"))
        headings = self.reading.headings
        if words.startswith(_COLUMN) and len(words) > len(_COLUMN):
            return True
        if any(words in (*each.words, *each.whole) for each in headings):
            return True
        annex = _ANNEX.match(words)
        rest = _NOTE.sub("", words)[annex.end() :] if annex is not None else ""
        return bool(rest) and any(each.voice == "quoted" and each.names(rest) for each in headings)

    def kinds(self, title: str) -> tuple[str, ...]:
        """Return what a heading is about, by its words; each is looked at once."""
        if title not in self.known:
            self.known[title] = kinds_of(title, self.reading)
        return self.known[title]

    def sentence(
        self, place: int, block: Block, text: str, *, is_heading: bool = False
    ) -> Sentence:
        squeezed_text = squeeze(text)
        around = [
            self.titles.get(block.section[: depth + 1], "") for depth in range(len(block.section))
        ]
        titles = tuple(title for title in (*around, self.label) if title)
        is_annexed = self.is_annexed(block)
        known = [kind for title in titles for kind in self.kinds(title)]
        about = tuple(dict.fromkeys([*known, OTHER_DOCUMENT] if is_annexed else known))
        own = reversed(titles[:-1] if is_heading else titles)
        near = next((kinds for title in own if (kinds := self.kinds(title))), ())
        of_title = self.told(titles)
        told = "glossary" if block.kind == "footnote" else of_title
        cue = None
        if block.kind == "table":
            voice = voice_of_rows(block, told, self.reading)
        else:
            voice = voice_of(squeezed_text.text, told, self.reading)
            cue = cue_of(squeezed_text.text, self.reading)
        is_own = not is_annexed and self.is_plan
        if voice == "town" and not is_own:
            voice = "quoted"
        if is_own and voice != "glossary" and (of_title == "rule" or self.is_rule):
            voice = "quoted" if _MAY.search(squeezed_text.text) else "rule"
        speaks = cue_of(squeezed_text.text, self.reading) or of_title or "town"
        is_note = block.kind == "footnote" and is_own and speaks == "town"
        return Sentence(
            squeezed_text.text,
            text,
            squeezed_text.starts,
            place,
            block,
            titles,
            about,
            voice,
            self.cover,
            self.page(block),
            is_heading,
            near,
            cue,
            is_note,
        )

    def page(self, block: Block) -> int | None:
        """Return the number that is printed on the page of a block; a Roman one is none."""
        printed = self.original.printed(block.page)
        return int(printed) if printed.isascii() and printed.isdecimal() else None

    def told(self, titles: Sequence[str]) -> Voice | None:
        """Return who speaks, by the nearest heading that tells; 本町における… is the town's.

        What is no part of the plan, as minutes among its annexes, is so in all its sections.
        """
        voices = {heading.id: heading.voice for heading in self.reading.headings}
        whole = {kind for title in titles for kind in self.kinds(title)} & _APART
        if whole:
            return voices[min(whole)]
        for title in reversed(titles):
            if self.own.search(title):
                return "town"
            is_mixed = title != titles[-1] and _WITH_ISSUES.search(title) is not None
            for kind in reversed(self.kinds(title)):
                if voices[kind] is not None and not (is_mixed and voices[kind] == "past"):
                    return voices[kind]
        return None


_WITH_ISSUES: Final = re.compile("(?:と|・|及び)(?:現状|課題)")
"""第1期計画の振り返りと課題: some of its sections look back, and others tell of today."""
_COLUMN: Final = "コラム"
"""What begins the title of a column between the paragraphs, often on what others do."""
_ANNEX: Final = re.compile(
    "(?:[附付](?:録|属資料|表)?|参考(?:資料)?|別添|別紙|資料)[0-9]{0,2}[:)]?"
)
"""What the label of an annex begins with: 附 国及び県の動き(抜粋)."""
_OF_PAGE: Final = (
    r"<title-end>(?:[(【][^()【】]{0,8}[)】])?[」』]?"
    "(?:に(?:関する|係る|対する)|の(?:策定|概要|改[定訂])?について|について|を策定|の策定を?)"
)
"""In the headline of a page on a plan."""
_BELOW_TITLE: Final = 3
"""Blocks at the beginning, of which a heading may be a further line of the cover."""
_OF_COVER: Final = "(?:<title-end>(?:20[0-9]{2})?|<office-end>|20[0-9]{2}[~→-]20[0-9]{2})$"
"""The end of such a line: what the plan is called, who made it, or its years."""
_LEAST_TITLE: Final = 8
"""Signs of a title: it names the town; 基本方針 and 実施計画 are headings."""
_LONGEST_ON_COVER: Final = 60
_MOST_LABELS: Final = 12


def _is_prose(block: Block) -> bool:
    """Tell whether a block is prose, which no cover has; a remark on a draft is none."""
    return len(block.text) > _LONGEST_ON_COVER and "。" in block.text and block.kind != "footnote"


def _is_of_labels(block: Block) -> bool:
    """Tell whether a table is a short list of labels and what they name, as covers have it."""
    rows = [*block.rows()]
    return len(rows) <= _MOST_LABELS and all(len(row) <= 2 for row in rows)  # noqa: PLR2004


_KANJI: Final = "一二三四五六七八九十"
_LEAST: Final = 3
"""A number at the very beginning, as of 第2次, is the title's."""
