"""Who holds a post, by the posts and the holders that a clause names beside one another.

「CIOは副市長、CISOは総務部長とします」, 「副市長をCIOとし、CISOを兼ねる」, a row 「CIO:副市長」:
between a post and its holder stand only such words as join them. A clause that tells of what is
to come, was, or is not, tells nothing.
"""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterator, Sequence
from typing import Final

from dxrules.draft.candidates import Candidate, part, quoted
from dxrules.draft.lexicon import Lexicon
from dxrules.draft.outline import Sentence
from dxrules.draft.phrases import DAY
from dxrules.frozen import frozen

_RULE: Final = "post-holder"
_WHEN: Final = r"(?:(?:令和|平成|20|R)[0-9元年月日]{2,10}(?:から|より|以降|に)?、?)?"
_ADDED: Final = "(?:(?!本部長|委員長|座長|補佐)[^、。:()#]){0,14}(?:する|の|である|から|した|担当)"
_TO_HOLDER: Final = re.compile(
    rf"[)」』]?(?:を置き、)?(?:には|は|に|を|:|=|→|\.{{3,}}|-+|として)?、?{_WHEN}(?:引き続き|引続き)?"
    rf"(?:{_ADDED})?(?:を置き、)?"
)
"""From a post to its holder: CIOは、総務を担当する副市長."""
_TO_POST: Final = re.compile(
    r"(?:[0-9一二]名|1人|一人)?(?:\([^():#]{1,14}\))?(?:を|が|は、?|である|:|=|→|\(|\.{3,})?(?:本[市町村区]の)?[「『(]?"
    r"(?:[^、。:()]{1,8}の責任者\()?"
)
_OFFICE: Final = re.compile("[一-龥々ァ-ヶーA-Z・]{0,14}$")
"""Before a rank: 総務部長, デジタル政策局長."""
_CLAIMED: Final = frozenset({"", "、"})
"""Between a post and a holder, or a holder and a post, that these alone do not join."""
_THEN: Final = re.compile("[0-9元][年月日]に、?")
_PAST: Final = re.compile("た(?:[。、)]|$)|まし|て(?:い|お)|済")
"""What is done on a day is yet to come, unless it is told as past: 令和9年4月に副町長を充てる."""
_BOTH: Final = re.compile(r"[)」』]?(?:・|及び|並びに|兼|/|と|、|兼ねて)+[(「『]?")
_ALSO: Final = re.compile(
    r"[)」』]?(?:と(?:し|する|します|して)|を(?:務め|担い)|に(?:充て|任命し)|として[^、。()]{2,16})?、?(?:併せて|あわせて|同時に)?[「『(]?"
)
_IS_ALSO: Final = re.compile(r"[)」』]?(?:も|を)?(?:兼ね|兼務|務め)")
_NOT: Final = re.compile("(?<!少)な[いか]")
_FROM: Final = ("から", "より", "以降", "付")
_BESIDE: Final = 2
"""Signs after a holder within which a day is of that, and not of whoever is named next."""
_SINCE: Final = "から|より|以降|付|[にの]?<appointing>|に(?:置い|設け|迎え)|~"
_TAKES: Final = re.compile(
    r"(?:[0-9一二]名|[1一二]人)?(?:\([^()]{0,24}\))?(?:に?が|を|と|で|に|へ|の|が|は)|[、。:)/|│┃├=→\-]|\.{3}|$|\("
)
"""After a holder: 副市長が, 副市長とする, or nothing more; but no 副市長室."""
_LEFT_OUT: Final = re.compile(
    "を?(?:除|含まな)|以外|[にへ](?:対し|助言|報告|提言|進言)|を(?:補佐|支援|助け)"
)
"""After a rank that is none of those meant: 教育長を除く特別職."""


@frozen
class _Mention:
    """A post, by its id, or a holder, by the rank; where it stands."""

    kind: str
    value: str
    start: int
    end: int


def post_holders(sentences: Sequence[Sentence], reading: Lexicon) -> Iterator[Candidate]:
    """Yield the rank of who holds a post, and since when if that stands beside."""
    posts = [(id_, re.compile(p)) for id_, (kind, p) in reading.things.items() if kind == "post"]
    ranks = re.compile(reading.lists["rank"].pattern)
    outside = re.compile(reading.lists["outsider"].pattern)
    for entry, sentence in enumerate(sentences):
        if not sentence.is_of_provisions or sentence.block.kind == "table" or sentence.is_heading:
            continue
        found = [*_posts(sentence.said, posts)]
        if not found:
            continue
        found += _holders(sentence.said, ranks, outside, reading, found)
        found.sort(key=lambda each: each.start)
        yield from _pairs(sentence, found, entry, reading)


def _posts(said: str, posts: Sequence[tuple[str, re.Pattern[str]]]) -> Iterator[_Mention]:
    """Yield the posts that a sentence names; one with its other name in brackets is one."""
    spans = [(each.start(), each.end(), id_) for id_, p in posts for each in p.finditer(said)]
    last: _Mention | None = None
    for start, end, id_ in sorted(spans):
        if last is not None and id_ == last.value and start - last.end <= 1:
            last = _Mention("post", id_, last.start, end)
            continue
        if last is not None:
            yield last
        last = _Mention("post", id_, start, end)
    if last is not None:
        yield last


def _holders(
    said: str,
    ranks: re.Pattern[str],
    outside: re.Pattern[str],
    reading: Lexicon,
    posts: Sequence[_Mention],
) -> Iterator[_Mention]:
    """Yield the holders that a sentence names, outside of the names of posts."""
    taken = [(each.start, each.end) for each in posts]
    found = [(each.start(), each.end(), reading.code_of("rank", each[0])) for each in
             ranks.finditer(said)]  # fmt: skip
    known = [(start, end) for start, end, _ in found]
    found += [
        (each.start(), each.end(), "external")
        for each in outside.finditer(said)
        if not any(start < each.end() and each.start() < end for start, end in known)
    ]
    for start, end, code in sorted(found):
        within = any(s <= start < e for s, e in taken)
        is_meant = _TAKES.match(said, end) and not _LEFT_OUT.match(said, end)
        if code and not within and is_meant:
            first = max((e for _, e in taken if e <= start), default=0)
            office = _OFFICE.search(said[first:start])
            yield _Mention("rank", code, start - len(office[0] if office else ""), end)


def _pairs(
    sentence: Sentence, found: Sequence[_Mention], entry: int, reading: Lexicon
) -> Iterator[Candidate]:
    """Yield each post with its holder, where one stands beside it and no other does."""
    held: dict[int, set[str]] = {}
    shown: dict[int, tuple[int, int]] = {}
    for place, (one, other) in enumerate(itertools.pairwise(found)):
        post = place if one.kind == "post" else place + 1
        if one.kind != other.kind and _are_joined(sentence, found, place, reading):
            held.setdefault(post, set()).add(other.value if post == place else one.value)
            shown[post] = (one.start, other.end)
    for place, near in [(n, n + step) for n in list(held) for step in (-1, 1)]:
        if near not in held and _is_shared(sentence.said, found, place, near):
            held[near] = held[place]
            start, end = shown[place]
            shown[near] = (min(start, found[near].start), max(end, found[near].end))
    for place, ranks in held.items():
        if len(ranks) == 1:
            yield from _given(
                sentence, found, place, next(iter(ranks)), shown[place], entry, reading
            )


def _are_joined(
    sentence: Sentence, found: Sequence[_Mention], place: int, reading: Lexicon
) -> bool:
    """Tell whether a post and a holder, in either order, are told to be one."""
    one, other = found[place : place + 2]
    between = sentence.said[one.end : other.start]
    joined = (_TO_HOLDER if one.kind == "post" else _TO_POST).fullmatch(between)
    next_ = next((e.start for e in found[place + 2 :] if e.kind == "post"), len(sentence.said))
    is_apart = not between and _are_apart(sentence, one.end, other.start)
    is_joined = joined is not None and (between not in _CLAIMED or is_apart)
    if _THEN.search(between) and not _PAST.search(sentence.said, other.end):
        return False
    return is_joined and not _is_open(sentence.said, one.start, other.end, next_, reading)


def _is_shared(said: str, found: Sequence[_Mention], place: int, near: int) -> bool:
    """Tell whether a post has the same holder as the one before or after it."""
    if not 0 <= near < len(found) or found[near].kind != "post":
        return False
    first, last = sorted((place, near))
    between = said[found[first].end : found[last].start]
    also = near > place and _ALSO.fullmatch(between) and _IS_ALSO.match(said, found[last].end)
    return bool(also) or (between != "、" and _BOTH.fullmatch(between) is not None)


def _is_open(said: str, start: int, end: int, next_: int, reading: Lexicon) -> bool:
    """Tell whether the words around a post and its holder tell of no state of today."""
    stop = said.find("。", end)
    last = min(len(said) if stop < 0 else stop, next_, end + _AROUND)
    words = reading.any_of("holder-open")
    return any(each.search(said, start, last) is not None for each in (words, _NOT))


def _are_apart(sentence: Sentence, start: int, end: int) -> bool:
    """Tell whether blanks alone stand between two words, as between the columns of a chart."""
    between = sentence.text[sentence.starts[start - 1] + 1 : sentence.starts[end]]
    return not between.strip() and ("\u3000" in between or len(between) > 1)


_AROUND: Final = 40
"""Signs after a post and its holder in which it may be said that it is yet to come."""


def _given(
    sentence: Sentence,
    found: Sequence[_Mention],
    place: int,
    rank: str,
    shown: tuple[int, int],
    entry: int,
    reading: Lexicon,
) -> Iterator[Candidate]:
    of = f"provisions.{found[place].value}"
    quote = quoted(sentence, part(sentence, *shown))
    yield Candidate(of, "status", "in-place", "sure", _RULE, quote, entry)
    yield Candidate(of, "rank", rank, "sure", _RULE, quote, entry)
    later = next((each.start for each in found if each.start >= shown[1]), None)
    until = len(sentence.said) if later is None else later
    days = [
        each["date"]
        for each in DAY.matches(sentence.said)
        if shown[0] <= each["date"].start < until
        and (later is None or each["date"].start <= shown[1] + _BESIDE)
        and (
            each["date"].text.endswith(_FROM)
            or reading.pattern(_SINCE).match(sentence.said, each["date"].end) is not None
        )
    ]
    if len(days) == 1:
        words = "".join(sentence.original(days[0].start, days[0].end).split())
        value = re.sub("(?:から|より|以降|付|~)$", "", words)
        whole = part(sentence, shown[0], max(shown[1], days[0].end))
        yield Candidate(of, "since", value, "sure", _RULE, quoted(sentence, whole), entry)
