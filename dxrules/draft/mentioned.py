"""What sentences may tell of things that they name, where nothing else tells it: all in doubt.

A town tells of its posts and policies in more ways than any list of phrases has. So each value that
a sentence holds beside a name is a candidate, and which one is meant is a question.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from typing import Final

from dxrules.dates import parse_date
from dxrules.draft.candidates import UNTOLD, Candidate, Quote, part, quoted
from dxrules.draft.charge_tables import OF_BODY, charges_of
from dxrules.draft.lexicon import Lexicon
from dxrules.draft.outline import Sentence
from dxrules.draft.phrases import DAY, Found
from dxrules.errors import DateError

BESIDE: Final = "beside-a-name"
"""The reading rule of values that but stand beside a name."""
_STATES: Final = (
    (
        "none",
        "ありません|ません|ない(?:。|$|ため|ので|が|こと[とに]|方針)|せず|おらず|かず、|いない|未[設策整実]|なし$|見送|(?:今|現状|現行)の(?:まま|とおり)",
    ),
    ("considered", "検討|検証|協議|話し合|考え|調整|研究"),
    ("planned", "予定|今後|目指|計画し|見込|準備|に向け|こととし"),
    (
        "in-place",
        "て(?:い|お)|ました|した|[っいえ]た(?:。|$|の)|済|充て|務め|兼ね|とし|である|です|から",
    ),
)
_TO_BE: Final = re.compile("(?:[すくるうむ]|ます)(?:。|$|もの)")
"""The end of what is done each time, or is yet to be: 監査を行います."""
_OWN: Final = re.compile("(?:[本当]?[市町村区]|連合|組合)(?:では|には|は|に)")
"""In a note on a word, what is so in the town: CDOとは…のことで、村にはいない."""
_NOT_RANK: Final = re.compile("補佐|室|会議|以外|を除|の命|の下|に報告|を本部長|公室")
_POSTS: Final = frozenset({"cio", "cdo", "ciso", "caio", "cio-aide", "cdo-aide"})
_CYCLED: Final = frozenset({"progress-review", "security-audit", "security-policy"})
_TRAINING: Final = "security-training"
_TWO_MONTHS: Final = re.compile("[0-9]{1,2}月(?:と|及び|・|、)[0-9]{1,2}月(?![0-9日])")
_MOST: Final = 3
"""Days of a sentence that may be meant."""
_ERA: Final = re.compile("令和|平成|[RH][0-9元]|20[0-9]{2}(?=[年./-])")
_OF_LAW: Final = re.compile("、?(?:法律|条例|規則|告示|訓令|政令)")
_DAY: Final = re.compile("(?:令和|平成|[RHＲＨ]|20).*[0-9０-９元年月日度期旬頃]")


def mentioned(
    sentences: Sequence[Sentence], reading: Lexicon, found: Sequence[Candidate]
) -> Iterator[Candidate]:
    """Yield, in doubt, what sentences may tell of posts, bodies and policies beside what is found.

    These are the sentences that name one of them, or of which a rule has told that they are on it.
    """
    known = {(each.of, each.key) for each in found if each.value != UNTOLD}
    sure = {(e.of, e.key): e.value for e in found if e.grade == "sure"}
    of_it = {(e.entry, e.of): (0, 0) for e in found if e.of.startswith("provisions.")}
    names = _names(reading)
    for entry, sentence in enumerate(sentences):
        for id_, pattern in names.items() if _is_told(sentence) else ():
            if place := pattern.search(sentence.said):
                of_it[entry, f"provisions.{id_}"] = place.span()
    of_it |= dict.fromkeys(_carried(sentences, [*of_it]), (0, 0))
    for (entry, of), (start, end) in sorted(of_it.items()):
        sentence = sentences[entry]
        is_told = sentence.block.kind != "table" and not sentence.is_heading
        if not is_told or sure.get((of, "status")) in {"none", "considered"}:
            continue
        shown = part(sentence, start, end)
        quote = quoted(sentence, part(sentence, 0, len(sentence.said)), shown)
        for key, value in _values(of.removeprefix("provisions."), end, sentence, reading, sure):
            if (of, key) not in known:
                yield Candidate(of, key, value, "doubtful", BESIDE, quote, entry)


def _carried(
    sentences: Sequence[Sentence], named: Sequence[tuple[int, str]]
) -> Iterator[tuple[int, str]]:
    """Yield sentences that go on about what the one before names, without naming any: いずれも."""
    here = {entry for entry, _ in named}
    for before, of in named:
        entry = before + 1
        if entry in here or entry >= len(sentences):
            continue
        one, next_ = sentences[before], sentences[entry]
        called = any(each in next_.said for each in _CALLED.findall(one.said))
        if one.place == next_.place and (called or _GOES_ON.match(next_.said)):
            yield entry, of


_CALLED: Final = re.compile("「([^「」]{2,20})」")
_GOES_ON: Final = re.compile(
    "(?:なお|また)?、?(?:いずれも|どちらも|ともに|両者|両職|これら?[はも]|この(?:職|役|体制|会議|本部|方針|基準)|同(?:本部|会議|委員会|チーム)"
    "|(?:本部|会議|委員会|協議会)は)"
)


def _is_told(sentence: Sentence) -> bool:
    return sentence.is_of_provisions or (
        sentence.voice == "glossary" and _OWN.search(sentence.said) is not None
    )


def _names(reading: Lexicon) -> Mapping[str, re.Pattern[str]]:
    return {
        id_: re.compile(pattern)
        for id_, (kind, pattern) in reading.things.items()
        if kind not in {"charge", "organ", "service"}
    }


def _values(
    id_: str, end: int, sentence: Sentence, reading: Lexicon, sure: Mapping[tuple[str, str], str]
) -> Iterator[tuple[str, str]]:
    """Yield the values that stand beside a name: what is told after it, first."""
    said = sentence.said
    tail = said[end:]
    yield from (("status", state) for state in states_beside(tail))
    if id_ in _POSTS:
        found = [c for _, e, c in reading.named("rank", said) if not _NOT_RANK.match(said, e)]
        if re.search(reading.lists["outsider"].pattern, said):
            found.append("external")
        ranks = ((of, rank) for (of, key), rank in sure.items() if key == "rank")
        is_shared = "兼" in said or "同じ" in said
        found += [rank for of, rank in ranks if is_shared and _is_named(of, said, reading)]
        yield from (("rank", each) for each in dict.fromkeys(found))
    if id_ in {*_CYCLED, _TRAINING}:
        yield from (("cycle", each) for each in reading.coded("cycle", said))
        if _TWO_MONTHS.search(said):
            yield "cycle", "half-yearly"
    if id_ == _TRAINING:
        yield from (("scope", each) for each in reading.coded("scope", said))
    is_revised = reading.any_of("revised", "revised-verb").search(tail) is not None
    key = "reviewed" if is_revised and id_ == "security-policy" else "since"
    if id_ != "progress-review":
        yield from ((key, day) for day in days_beside(sentence, end))


def states_beside(words: str) -> list[str]:
    """Return the states that words behind a name may tell, all that are possible."""
    told = [state for state, telling in _STATES if re.search(telling, words)]
    is_open = not told or _TO_BE.search(words) is not None
    return list(dict.fromkeys([*told, *(["in-place", "planned"] if is_open else [])]))


def days_beside(sentence: Sentence, end: int) -> Iterator[str]:
    """Yield the days in a sentence that may be of what is named before a place, the nearest first.

    The day of a law is none.
    """
    said = sentence.said
    days = [each["date"] for each in DAY.matches(said) if _is_of_act(said, each["date"])]
    for day in sorted(days, key=lambda each: abs(each.start - end))[:_MOST]:
        words = _DAY.search("".join(sentence.original(day.start, day.end).split()))
        if words and _is_date(words[0]):
            yield words[0]


def mentioned_charges(
    sentences: Sequence[Sentence], names: re.Pattern[str], reading: Lexicon
) -> Iterator[Candidate]:
    """Yield, in doubt, what sentences near the name of eL-QR may tell of charges that they name."""
    otherwise = reading.pattern("<paid-otherwise|run-by-joint-body>")
    place, titles = -_FAR, tuple[str, ...]()
    for entry, sentence in enumerate(sentences):
        if any(word in sentence.said for word in reading.ends("of-collection")):
            place, titles = sentence.place, sentence.titles
        is_near = sentence.place - place <= _FAR and sentence.titles == titles
        is_told = sentence.is_of_town or sentence.voice == "past"
        if not is_told or sentence.block.kind == "table" or sentence.is_heading:
            continue
        is_other = otherwise.search(sentence.said) and place != sentence.place
        is_near = is_near and not is_other and _OF_OTHERS.search(sentence.said) is None
        for each in names.finditer(sentence.said) if is_near else ():
            whole = part(sentence, 0, len(sentence.said))
            quote = quoted(sentence, whole, part(sentence, each.start(), each.end()))
            states = states_beside(sentence.said[each.end() :])
            told = [("status", {"in-place": "started"}.get(state, state)) for state in states]
            told += [("start", day) for day in days_beside(sentence, each.end())]
            aside = OF_BODY.match(sentence.said, each.end())
            aside = aside or _EXCEPTED.match(sentence.said, each.end())
            aside = aside or _BEFORE.search(sentence.said[: each.start()])
            for charge in charges_of(each) if aside is None else ():
                of = f"collection.charges.{charge}"
                for key, value in told:
                    yield Candidate(of, key, value, "doubtful", BESIDE, quote, entry)


_OF_OTHERS: Final = re.compile("(?:^|[:、])[一-龥々ァ-ヶ]{1,6}[市町村区][:、]")
"""The name of a municipality in a row of a table of several."""
_BEFORE: Final = re.compile("(?:以外の|を除く)[^、。]{0,6}$")
_FAR: Final = 12
"""Blocks below a sentence that names eL-QR, within which others may be on it."""


def mentioned_tasks(
    sentences: Sequence[Sentence], tasks: re.Pattern[str], ids: Mapping[str, str]
) -> Iterator[tuple[str, tuple[str, ...], tuple[str, ...], Quote]]:
    """Yield the states and days that may be those of tasks that sentences on moving them name."""
    for sentence in sentences:
        said = sentence.said
        is_told = sentence.block.kind != "table" and not sentence.is_heading
        for each in tasks.finditer(said) if is_told and _MOVES.search(said) else ():
            days = tuple(days_beside(sentence, each.end()))
            if each["task"] and days and not _EXCEPTED.match(said, each.end()):
                states = map(_OF_TASKS.get, states_beside(said[each.end() :]))
                quote = quoted(sentence, part(sentence, each.start(), each.end()))
                yield ids[each["task"]], tuple(filter(None, states)), days, quote


_EXCEPTED: Final = re.compile(
    "(?:など|等)?の?(?:[0-9一二三]{1,2}(?:つの)?業務)?(?:以外|[をは]?除|のほか)"
)
"""Behind what is left out of that of which a sentence tells."""
_MOVES: Final = re.compile("移行|移[すしりるっ]|切り?替|稼働|見込")
_OF_TASKS: Final = {"in-place": "migrated", "planned": "planned", "none": "not-migrated"}


def _is_of_act(said: str, day: Found) -> bool:
    return _ERA.search(day.text) is not None and _OF_LAW.match(said, day.end) is None


def _is_date(words: str) -> bool:
    try:
        return parse_date(words).range.is_known
    except DateError:
        return False


def _is_named(of: str, said: str, reading: Lexicon) -> bool:
    id_ = of.removeprefix("provisions.")
    return id_ in reading.things and re.search(reading.things[id_][1], said) is not None
