"""Phrases of documents: literal words, with places for dates, numbers and names between them.

A phrase is read over squeezed text (see `document.normal`), so blanks and widths do not matter:

    本計画の期間は{period}        a place; its kind tells what may stand there and who reads it
    [本計画|この計画]の期間        one of several
    [本|]計画                      one that may be missing
    <own>の期間                    one of a list of words
    {rank}を<it>とする             `it` is the name of whatever the phrase is tried for
    推進本部…設置                  anything within a sentence, up to 40 signs; …… up to 120
    CIO‥副市長                     up to 12 signs without a comma or a bracket
    ^計画期間:{period}$            the beginning and the end of a sentence or a line

Nothing else has a meaning, so a phrase of a file cannot act. Each place that may be longer or
shorter multiplies what is tried, so that a phrase has few of them.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import timedelta
from functools import lru_cache
from typing import Final

from dxrules.dates import parse_date, parse_dates, parse_period
from dxrules.document.normal import squeezed
from dxrules.errors import DateError
from dxrules.frozen import frozen
from dxrules.texts import Text, shorten

LONGEST: Final = 200
"""Signs of a phrase."""
MOST_PLACES: Final = 6
"""Places and gaps of a phrase, of any one of its alternatives; those that travel along have 5."""

_DIGITS: Final = "0-9一二三四五六七八九十元"
_FIGURES: Final = "0123456789一二三四五六七八九十元"
_WHEN_PART: Final = (
    rf"(?:[{_DIGITS}~\-.()/年月日度末初間頃]|令和|平成|昭和|西暦|[RHS](?=[0-9元])|から|より|まで|以内|以降"
    r"|第?[1-4一二三四]四半期|[上下]半?期|[上中下]旬|[春夏秋冬](?![一-龥])"
    r"|[かカヶケ箇](?=[年所])|、(?=令和|平成|[0-9])|を(?:初年度|開始年度|始期|目標年度|最終年度|終期)と(?:する|し)"
    r"|概ね|おおむね|遅くとも|の(?=[0-9一二三四五六七八九]))"
)
_WHEN: Final = f"{_WHEN_PART}{{2,60}}"
_SPAN: Final = f"(?:{_WHEN_PART}|[→▶►▷]){{2,60}}"
"""Between two years an arrow goes from one to the other; beside a day it may tell what changed."""
_WHENS: Final = f"(?:{_WHEN_PART}|[、,・]|及び){{2,60}}"
_GAP: Final = "[^。\n]{0,40}?"
_WIDE_GAP: Final = "[^。\n]{0,120}?"
_GAPS: Final = {"…": _GAP, "……": _WIDE_GAP, "‥": "[^。、,()「」\n]{0,12}?"}
_BREAK: Final = "。、「」『』()[\\]【】:;\n"
"""Signs that stand in no name."""

_NAMED: Final = re.compile(r"\(\?P<(\w+)>")
_PLACE = re.compile(r"\{([\w-]+)\}|<([\w-]+)>|\[([^\[\]]*)\]|(……?|‥)")
_ONE_YEAR: Final = timedelta(days=366)
"""A plan is for longer; what is shorter is a day or a year that something happened in."""
_TWELVE_MONTHS: Final = timedelta(days=363)
_BY_MONTH: Final = re.compile("月(?:1日)?(?:から|~).+月")
"""A year that is told by its first and its last month is a period: 令和8年4月から令和9年3月まで."""
_BETWEEN: Final = re.compile("から|より|[~→▶►▷-]|を初年度|(?:令和|平成|20)[^()]{1,14}年間")
_CUTS: Final = 24
_LEADS: Final = 4


_GIVEN: Final = re.compile(r"\{([\w|-]+)\}")


def given_places(value: str) -> tuple[str, ...]:
    """Return the places of a phrase from which a value is taken, the first that is there.

    >>> given_places("{date|since-when}"), given_places("done")
    (('date', 'since_when'), ())
    """
    asked = _GIVEN.fullmatch(value)
    return tuple(asked[1].replace("-", "_").split("|")) if asked else ()


class PhraseError(ValueError):
    """A phrase that cannot be read."""

    def __init__(self, text: Text) -> None:
        super().__init__(text.en)
        self.text = text


@frozen
class Found:
    """What stands at a place of a phrase: its words, and where in the squeezed text."""

    text: str
    start: int
    end: int


def _is_period(text: str) -> bool:
    found = parse_period(text)
    if found.start is None or found.end is None or not _BETWEEN.search(text):
        return False
    length = found.end - found.start
    return length > _ONE_YEAR or (length >= _TWELVE_MONTHS and _BY_MONTH.search(text) is not None)


_TWO_DAYS: Final = re.compile(r"月[^()]*\((?:令和|平成|20[0-9]{2}年)[^()]*月")
"""令和7年2月(令和8年2月 is no day, but that of one thing and, in brackets, that of another."""


def _is_date(text: str) -> bool:
    return parse_date(text).range.is_known


def _are_dates(text: str) -> bool:
    return all(each.range.is_known for each in parse_dates(text))


_READERS: Final[Mapping[str, tuple[str, Callable[[str], bool]]]] = {
    "period": (_SPAN, _is_period),
    "date": (_WHEN, _is_date),
    "dates": (_WHENS, _are_dates),
}
"""What may stand at the place of a date, and the reader that must take it as it stands."""
_WORDS: Final = {
    "count": "[0-9]{1,5}|[一二三四五六七八九十]{1,3}",
    "edition": "(?:改[訂定])?第(?:[0-9]{1,2}(?:[.][0-9]{1,2})?|[一二三四五六七八九十]{1,3})版"
    "|[0-9元年度月令和]{2,10}(?:改[訂定]|当初|ローリング|更新|見直し)?版",
    "quoted": "(?<=[「『])[^「」『』]{2,50}(?=[」』])",
}
RESERVED: Final = frozenset({*_READERS, *_WORDS, "whole", "it"})
"""What no list of words can be called: places of phrases have these names."""


@frozen
class Words:
    """What may stand at a place: words, or names that end in one of them and hold another."""

    words: tuple[str, ...]
    holds: tuple[str, ...] = ()
    is_name: bool = False

    @property
    def pattern(self) -> str:
        """A pattern of them; the longest word first, and none that is the end of another."""
        ordered = sorted({squeezed(word) for word in self.words}, key=len, reverse=True)
        ends = "|".join(map(re.escape, ordered)) or "(?!)"
        if not self.is_name:
            return f"(?<![副本])(?!{_OF_HEAD})(?:{ends})(?!(?<=長)公?室)"
        held = "|".join(map(re.escape, map(squeezed, self.holds)))
        ahead = f"(?=[^{_BREAK}]{{0,30}}?(?:{held}))" if held else ""
        return f"{ahead}[^{_BREAK}]{{0,30}}?(?:{ends})"


_OF_HEAD: Final = "(?<=長)室|(?<=長公)室"
"""市長室長 and 市長公室長 are neither the mayor nor a head of a room."""

Needs = frozenset[str]
"""Words, one of which stands in whatever a phrase matches."""


@frozen
class Phrase:
    """A phrase, as it is written and as a pattern; what it matches has a word of each need."""

    text: str
    expression: str
    needs: tuple[Needs, ...] = ()

    @property
    def places(self) -> frozenset[str]:
        """What its places are called; `whole` is all of it."""
        return frozenset({"whole", *_NAMED.findall(self.expression)})

    @property
    def pattern(self) -> re.Pattern[str]:
        """Its pattern, compiled when it is first tried: a document has the words of few phrases."""
        return _compiled(self.expression)

    def matches(self, said: str) -> Iterator[Mapping[str, Found]]:
        """Yield, for each match, what stands at its places; `whole` is all of it."""
        for need in self.needs:
            if not any(word in said for word in need):
                return
        for found in self.pattern.finditer(said):
            places = {"whole": Found(found[0], found.start(), found.end())}
            for name, text in found.groupdict().items():
                if text is None:
                    continue
                part = read_part(name.split("__")[0], text)
                if part is None:
                    break
                start = found.start(name)
                places[name] = Found(text[part[0] : part[1]], start + part[0], start + part[1])
            else:
                yield places


@lru_cache(maxsize=4_096)
def _compiled(expression: str) -> re.Pattern[str]:
    return re.compile(expression)


@lru_cache(maxsize=4_096)
def read_part(kind: str, text: str) -> tuple[int, int] | None:
    """Return which part of a text its reader takes, the longest; None if it takes none.

    What was found around a date may belong to the sentence, as 「の」 or 「)」; but a date is
    never read from a part of one.
    """
    if kind not in _READERS:
        return 0, len(text)
    if kind == "date" and _TWO_DAYS.search(text):
        return None
    takes = _READERS[kind][1]
    for start in range(min(len(text), _LEADS)):
        if _BEGAN.search(text[:start]) and not _ITEM.match(text[: start + 2]):
            continue
        for end in range(len(text), max(len(text) - _CUTS, start), -1):
            if not _GOES_ON.match(text, end) and _takes(takes, text[start:end]):
                return start, end
    return None


_GOES_ON: Final = re.compile(f"[{_DIGITS}年月日度]|第?[1-4一二三四]四半期")
_FIGURE: Final = re.compile(f"[{_DIGITS}]")
_ITEM: Final = re.compile("-[0-9]{1,2}(?:令和|平成|昭和)$")
"""The number of an item before a date: B-1 令和8年4月に始めます."""
_BEGAN: Final = re.compile(f"[{_DIGITS}令和平成昭RHS]$")


def _takes(reader: Callable[[str], bool], text: str) -> bool:
    if not _FIGURE.search(text):
        return False
    try:
        return reader(text)
    except DateError:
        return False


def compile_phrase(
    text: str, lists: Mapping[str, Words], it: str = "", it_needs: Sequence[str] = ()
) -> Phrase:
    """Compile a phrase; `it` is the pattern of what it is tried for, which has one of some words.

    Raises PhraseError if it is too long, has too many places, or names one that is not known.
    """
    if len(text) > LONGEST:
        raise PhraseError(
            Text(f"{LONGEST}字を超えています。", f"It has more than {LONGEST} signs.")
        )
    if _places(text) > MOST_PLACES:
        raise PhraseError(
            Text(
                f"{{…}} と … は合わせて{MOST_PLACES}つまでです。",
                f"It has more than {MOST_PLACES} places and gaps.",
            )
        )
    phrase = Phrase(text, _pattern(text, lists, it, {}), tuple(_needs(text, lists, it_needs)))
    if not phrase.needs and not set("^$") & set(text) and phrase.pattern.match(""):
        raise PhraseError(Text("どの文にも当たります。", "Any sentence has it."))
    return phrase


def _places(text: str) -> int:
    """Return how many places and gaps follow each other in a phrase at most."""
    found = [*_PLACE.finditer(text)]
    choices = (max(map(_places, each[3].split("|"))) for each in found if each[3] is not None)
    return sum(1 for each in found if each[1] or each[4]) + sum(choices)


def _needs(text: str, lists: Mapping[str, Words], it: Sequence[str]) -> Iterator[Needs]:
    """Yield, for each part of a phrase that can not be missing, words of which it has one."""
    last = 0
    for found in [*_PLACE.finditer(text), None]:
        literal = text[last : found.start() if found else None]
        words = (squeezed(part) for part in re.split("[、^$]", literal))
        yield from (frozenset([word]) for word in words if word)
        if found is None:
            return
        place, named, choice, _ = found.groups()
        if choice is not None:
            yield from _needs_of_one(choice.split("|"), lists, it)
        elif place in _READERS or place == "count":
            yield frozenset(_FIGURES)
        elif (name := place or named) in lists or name == "it":
            own = it if name == "it" else lists[name].words
            needed = frozenset(map(squeezed, own))
            yield from [needed] if needed and "" not in needed else []
        last = found.end()


def _needs_of_one(
    choice: Sequence[str], lists: Mapping[str, Words], it: Sequence[str]
) -> Iterator[Needs]:
    """Yield words of which a phrase has one if it has one of several parts."""
    each = [tuple(_needs(one, lists, it)) for one in choice]
    if all(each):
        yield frozenset().union(*(max(needs, key=rarity) for needs in each))


def rarity(need: Needs) -> tuple[int, int]:
    """Return how few sentences have one of some words: those that are long, and few of them."""
    return min(map(len, need)), -len(need)


def _pattern(text: str, lists: Mapping[str, Words], it: str, used: dict[str, int]) -> str:
    parts, last = [], 0
    for found in _PLACE.finditer(text):
        parts.append(_literal(text[last : found.start()]))
        place, words, choice, gap = found.groups()
        if place is not None:
            parts.append(_group(place, lists, used))
        elif words is not None:
            parts.append(f"(?:{it if words == 'it' and it else _listed(words, lists).pattern})")
        elif choice is not None:
            each = (_pattern(one, lists, it, used) for one in choice.split("|"))
            parts.append(f"(?:{'|'.join(each)})")
        else:
            parts.append(_GAPS[gap])
        last = found.end()
    return "".join([*parts, _literal(text[last:])])


def _literal(text: str) -> str:
    """Return a pattern of words as they stand; ^ and $ are the ends of a sentence."""
    return "".join(_SIGNS.get(each) or re.escape(squeezed(each)) for each in text)


_SIGNS: Final = {"^": "^", "$": "$", "、": "[、,]"}
"""Signs of a phrase that are more than themselves: many write a comma for 、."""


def _group(name: str, lists: Mapping[str, Words], used: dict[str, int]) -> str:
    """Return the pattern of a place; the second of one kind is called `date__2`."""
    pattern = _READERS[name][0] if name in _READERS else _WORDS.get(name)
    pattern = pattern or _listed(name, lists).pattern
    used[name] = used.get(name, 0) + 1
    called = name.replace("-", "_") + (f"__{used[name]}" if used[name] > 1 else "")
    return f"(?P<{called}>{pattern})"


def _listed(name: str, lists: Mapping[str, Words]) -> Words:
    if name not in lists:
        raise PhraseError(
            Text(
                f"「{shorten(name)}」という語の一覧はありません。",
                f'There is no list of words "{shorten(name)}".',
            )
        )
    return lists[name]


DAY: Final = compile_phrase("{date}", {})
"""A day, month or year, wherever a sentence has one."""
PERIOD: Final = compile_phrase("{period}", {})
