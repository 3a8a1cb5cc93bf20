"""What a document says of payment by eL-QR, charge by charge: where it stands, and from when.

A sentence is cut where it says where something stands. In 「町税は令和5年4月に始め、水道料金は
令和8年9月から始める予定である」 each part counts for the charges and the day in it. Of two days in
one part each is of the charges before it; where charges and days do not pair, they tell nothing.
"""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import Final

from dxrules.draft.candidates import Candidate, part, quoted
from dxrules.draft.charge_tables import DATED, charge_of, charges_listed
from dxrules.draft.models import Grade
from dxrules.draft.outline import Sentence
from dxrules.draft.phrases import DAY, Found
from dxrules.draft.reading import Reading

_CODE: Final = "charge-state"
_RULE: Final = "charge-read"
_LIST: Final = "of-collection"
_NOT_OF_IT: Final = "<run-by-joint-body|paid-otherwise>|を除|(?<!税)以外|除く|口座振替(?!の割合|率)"
_JOINED: Final = re.compile(
    "(?:[、,・/]|及び|並びに|と|や|(?:の各)?料金?|(?:などの?|等の?|をはじめとする|を含む)|\\([^()]{1,12}\\))*"
)
_TOLD_BEFORE: Final = re.compile("(?:てお|でお|てい)り、|ましたが?、|(?<=[でて])いますが、")
"""The end of what is told of the charges before it, in words that are no known state."""
_FROM: Final = re.compile("(?:から|より|以降|に)$")
_LAST: Final = re.compile("末まで|まで(?!に)|現在|時点")


def charges(
    sentences: Sequence[Sentence], reading: Reading, rows: Sequence[Sentence] | None = None
) -> Iterator[Candidate]:
    """Yield what is said of single charges, in sentences, tables and rows that are about eL-QR.

    `rows` are the sentences with the rows of tables and lists, each as one.
    """
    named = {id_: pattern for id_, (kind, pattern) in reading.things.items() if kind == "charge"}
    if not named:
        return
    names = re.compile("|".join(f"(?P<{id_.replace('-', '_')}>{p})" for id_, p in named.items()))
    listed = [*charges_listed(sentences, names, reading)]
    yield from listed
    known = {(each.of, each.quote.place) for each in listed}
    for each in _told(sentences if rows is None else rows, names, reading):
        if (each.of, each.quote.place) not in known:
            yield each


def _told(
    sentences: Sequence[Sentence], names: re.Pattern[str], reading: Reading
) -> Iterator[Candidate]:
    words = sorted(reading.codes[_CODE], key=len, reverse=True)
    state = re.compile("|".join(map(re.escape, words)))
    place, told, aside = -1, False, False
    titled = -_NEAR
    for entry, sentence in enumerate(sentences):
        if sentence.is_heading:
            titled = -_NEAR
        if len(sentence.said) <= _SHORT and any(w in sentence.said for w in reading.ends(_LIST)):
            titled = sentence.place  # a name above, as of a measure that is for it
        if sentence.block.kind == "table":
            continue
        of_it = _is_of_it(sentence, reading) or (told and sentence.place == place)
        of_it = of_it or (sentence.place - titled <= _NEAR and _names_several(sentence, names))
        is_named = any(word in sentence.said for word in reading.ends(_LIST))
        aside = aside and sentence.place == place and not is_named
        place, told = sentence.place, of_it
        if sentence.voice == "town" and not sentence.is_heading and of_it:
            for each in _said(sentence, names, state, reading, entry):
                yield replace(each, grade="doubtful") if aside else each
        aside = reading.pattern(_NOT_OF_IT).search(sentence.said) is not None and not is_named


_NEAR: Final = 6
"""Blocks below a name that tells of payment by eL-QR, within which charges are those of it."""
_SHORT: Final = 60
"""Signs of such a name, or of a row that it stands in."""
_LEAST_CHARGES: Final = 2


def _names_several(sentence: Sentence, names: re.Pattern[str]) -> bool:
    """Tell whether a sentence names several charges."""
    found = {charge_of(each) for each in names.finditer(sentence.said)}
    return len(found) >= _LEAST_CHARGES


def _is_of_it(sentence: Sentence, reading: Reading) -> bool:
    """Tell whether a sentence, or the one before it in its block, is about payment by eL-QR."""
    about = any(word in sentence.said for word in reading.ends(_LIST))
    return about or "el-qr" in sentence.near or "el-qr" in sentence.about


def _said(
    sentence: Sentence,
    names: re.Pattern[str],
    state: re.Pattern[str],
    reading: Reading,
    entry: int,
) -> Iterator[Candidate]:
    said, start = sentence.said, 0
    states = [*state.finditer(said)]
    for found, after in zip(states, [*states[1:], None], strict=False):
        text = said[start : found.start()]
        own = [*names.finditer(text)]
        told = max((each.end() for each in _TOLD_BEFORE.finditer(text)), default=0)
        told = max(told, text.rfind("。") + 1)
        own = [e for e in own if e.start() >= told and not text.startswith("以外", e.end())]
        if len({charge_of(each) for each in own}) == 1:
            own = own[:1]  # 市税は…地方税統一QRコードにより
        code = reading.codes[_CODE][found[0]]
        first, start = start, found.end()
        if not own or reading.pattern(_NOT_OF_IT).search(said[first : found.end()]):
            continue
        runs = 1 + sum(
            _JOINED.fullmatch(text[one.end() : other.start()]) is None
            for one, other in itertools.pairwise(own)
        )
        days = [
            each["date"] for each in DAY.matches(text) if not _LAST.match(text, each["date"].end)
        ]
        prepared = code == "planned" and after and _is_prepared(said, found, after, reading)
        code = "preparing" if prepared else code
        if runs > 1 and len(days) == runs:
            yield from _each_with_its_day(sentence, first, own, days, code, entry)
            continue
        if runs > 1 or len(days) > 1:
            continue
        whole = part(sentence, first, found.end())
        quote = quoted(sentence, whole, part(sentence, first + own[0].start(), found.end()))
        is_one = after is not None and after.start() == found.end()  # 使えるようにする予定
        goes_on = (
            not (is_one or prepared)
            and after is not None
            and names.search(said, found.end(), after.start()) is None
        )
        is_known = not goes_on and not (days and code == "considered")
        grade: Grade = "sure" if is_known else "doubtful"
        for each in own:
            of = f"collection.charges.{charge_of(each)}"
            yield Candidate(of, "status", code, grade, _RULE, quote, entry)
            if days and code in DATED:
                words = sentence.original(first + days[0].start, first + days[0].end)
                day = _FROM.sub("", "".join(words.split()))
                yield Candidate(of, "start", day, grade, _RULE, quote, entry)


def _is_prepared(said: str, found: re.Match[str], after: re.Match[str], reading: Reading) -> bool:
    """Tell whether what is planned goes on to be prepared: …を予定し、準備を進めています."""
    goes_on = said[found.end() - 1 : after.start()]
    return reading.codes[_CODE][after[0]] == "preparing" and "。" not in goes_on


def _each_with_its_day(
    sentence: Sentence,
    first: int,
    own: Sequence[re.Match[str]],
    days: Sequence[Found],
    code: str,
    entry: int,
) -> Iterator[Candidate]:
    """Yield charges each followed by a day, of all of which one state is told at the end.

    町税が令和5年4月から、国民健康保険税が令和6年4月から始まっています.
    """
    if code not in DATED:
        return
    start = -1
    groups = []
    for day in days:
        group = [each for each in own if start < each.start() < day.start]
        groups.append((group, day))
        start = day.start
    if not all(group for group, _ in groups) or own[-1].start() > days[-1].start:
        return
    for group, day in groups:
        whole = part(sentence, first + group[0].start(), first + day.end)
        words = sentence.original(first + day.start, first + day.end)
        since = _FROM.sub("", "".join(words.split()))
        for each in group:
            of = f"collection.charges.{charge_of(each)}"
            quote = quoted(sentence, whole)
            yield Candidate(of, "status", code, "sure", _RULE, quote, entry)
            yield Candidate(of, "start", since, "sure", _RULE, quote, entry)
