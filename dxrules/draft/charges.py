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

from dxrules.document.normal import squeezed
from dxrules.draft.candidates import Candidate, part, quoted
from dxrules.draft.charge_tables import (
    DATED,
    OF_BODY,
    PREMIUMS,
    ChargeTables,
    charge_of,
    charges_listed,
    charges_of,
)
from dxrules.draft.lexicon import Lexicon
from dxrules.draft.lexicon_files import Grade
from dxrules.draft.mentioned import mentioned_charges
from dxrules.draft.outline import Sentence, bare
from dxrules.draft.phrases import DAY, Found

_CODE: Final = "charge-state"
_RULE: Final = "charge-read"
_LIST: Final = "of-collection"
_NOT_OF_IT: Final = (
    "<run-by-joint-body|paid-otherwise>|QR[^。、]{0,8}を除|(?<!税)以外|口座振替(?!の割合|率)"
)
_JOINED: Final = re.compile(
    "(?:[、,・/]|及び|並びに|と|や|(?:の各)?料金?|(?:などの?|等の?|をはじめとする|を含む)|\\([^()]{1,12}\\))*"
)
_TOLD_BEFORE: Final = re.compile("(?:てお|でお|てい)り、|ましたが?、|(?<=[でて])いますが、")
"""The end of what is told of the charges before it, in words that are no known state."""
_FROM: Final = re.compile("(?:から|より|以降|に)$")
_BEGINS: Final = re.compile(
    "(?:から)?の?(?:運用|利用|取扱い?|収納)?(?:の?開始|の?導入)(?:に向け|を目|を予定)"
)
"""Behind the day of the start, where another tells when something is done for it."""
_LAST: Final = re.compile("末まで|まで(?!に)|現在|時点")


def charges(
    sentences: Sequence[Sentence],
    reading: Lexicon,
    rows: Sequence[Sentence] | None = None,
    whose: str = "",
) -> Iterator[Candidate]:
    """Yield what is said of single charges, in sentences, tables and rows that are about eL-QR.

    `rows` are the sentences with the rows of tables and lists, each as one, `whose` is the
    municipality that the document is of.
    """
    named = {id_: pattern for id_, (kind, pattern) in reading.things.items() if kind == "charge"}
    if not named:
        return
    short = _short(reading)
    names = re.compile(
        "|".join(
            f"(?P<{id_.replace('-', '_')}>{p}{short.get(id_, '')})" for id_, p in named.items()
        )
        + f"|(?P<{PREMIUMS}>(?:[3３三](?:つの|種類?の)|各(?:種)?)保険料)"
    )
    listed = [*charges_listed(sentences, names, reading, whose)]
    yield from listed
    known = {(each.of, each.quote.place) for each in listed}
    own = sentences if rows is None else rows
    told = [e for e in _told(own, names, reading) if (e.of, e.quote.place) not in known]
    yield from told
    found = {(each.of, each.key) for each in (*listed, *told)}
    yield from (e for e in mentioned_charges(own, names, reading) if (e.of, e.key) not in found)


_ALONE: Final = "(?=[はもをにが、・とや]|及び|並びに|から|の(?:eL|統一|納付|収納))"
"""Behind a short name that stands alone, and begins no longer word."""


def _short(reading: Lexicon) -> dict[str, str]:
    """Return patterns of the short names of charges, each to go on with."""
    names: dict[str, list[str]] = {}
    for name, code in reading.codes.get("charge-short", {}).items():
        names.setdefault(code, []).append(re.escape(name))
    return {
        code: f"|(?<![一-龥々ァ-ヶー])(?:{'|'.join(sorted(own, key=len, reverse=True))}){_ALONE}"
        for code, own in names.items()
    }


def _told(
    sentences: Sequence[Sentence], names: re.Pattern[str], reading: Lexicon
) -> Iterator[Candidate]:
    words = sorted(reading.codes[_CODE], key=len, reverse=True)
    state = re.compile("|".join(map(re.escape, words)))
    place, told, aside = -1, False, False
    titled = -_NEAR
    before = None
    for entry, sentence in enumerate(sentences):
        if sentence.is_heading:
            titled = -_NEAR
        if len(sentence.said) <= _SHORT and any(w in sentence.said for w in reading.ends(_LIST)):
            titled = sentence.place  # a name above, as of a measure that is for it
        if sentence.block.kind == "table":
            continue
        if _is_of_tasks(sentence, reading) and not _names_charges(sentence, reading):
            continue
        of_it = _is_of_it(sentence, reading) or (told and sentence.place == place)
        of_it = of_it or (sentence.place - titled <= _NEAR and _names_several(sentence, names))
        is_named = any(word in sentence.said for word in reading.ends(_LIST))
        aside = aside and sentence.place == place and not is_named
        place, told = sentence.place, of_it
        if sentence.is_of_town and not sentence.is_heading and of_it:
            found = [*_said(sentence, names, state, reading, entry)]
            found = found or [*_over_two(sentence, before, names, state, reading, entry)]
            for each in found or _of_heading(sentence, names, state, reading, entry):
                yield replace(each, grade="doubtful") if aside else each
        before = sentence
        aside = reading.pattern(_NOT_OF_IT).search(sentence.said) is not None and not is_named


def _is_of_tasks(sentence: Sentence, reading: Lexicon) -> bool:
    """Tell whether a sentence, or the list that a row is of, is on tasks of standardization."""
    whole = squeezed(sentence.block.text[:_LONGEST_LIST])
    is_list = len({*_TASKS.findall(whole)}) > 1 and "料" not in whole
    of_it = any(word in whole for word in reading.ends(_LIST))
    return _OF_TASKS.search(sentence.said) is not None or (is_list and not of_it)


_TASKS: Final = re.compile("住民基本台帳|印鑑登録|戸籍|国民年金|児童手当|生活保護|就学")
_LONGEST_LIST: Final = 2_000


def _names_charges(sentence: Sentence, reading: Lexicon) -> bool:
    """Tell whether a sentence on tasks names what is paid for them, as well."""
    return "料" in sentence.said or any(word in sentence.said for word in reading.ends(_LIST))


_NEAR: Final = 9
"""Blocks below a name that tells of payment by eL-QR, within which charges are those of it."""
_SHORT: Final = 60
"""Signs of such a name, or of a row that it stands in."""
_LEAST_CHARGES: Final = 2


def _names_several(sentence: Sentence, names: re.Pattern[str]) -> bool:
    """Tell whether a sentence names several charges."""
    found = {charge_of(each) for each in names.finditer(sentence.said)}
    return len(found) >= _LEAST_CHARGES


def _is_of_it(sentence: Sentence, reading: Lexicon) -> bool:
    """Tell whether a sentence, or the one before it in its block, is about payment by eL-QR."""
    about = any(word in sentence.said for word in reading.ends(_LIST))
    return about or "el-qr" in sentence.near or "el-qr" in sentence.about


def _said(
    sentence: Sentence,
    names: re.Pattern[str],
    state: re.Pattern[str],
    reading: Lexicon,
    entry: int,
) -> Iterator[Candidate]:
    said, start = sentence.said, 0
    states = [each for each in state.finditer(said) if not _OF_TEAM.match(said, each.end())]
    states = [e for e in states[:-1] if not _REASON.match(said, e.end())] + states[-1:]
    for found, after in zip(states, [*states[1:], None], strict=False):
        text = said[start : found.start()]
        own = [*names.finditer(text)]
        told = max((each.end() for each in _TOLD_BEFORE.finditer(text)), default=0)
        told = max(told, text.rfind("。") + 1)
        own = [e for e in own if e.start() >= told and not text.startswith(_ASIDE, e.end())]
        own = [e for e in own if not OF_BODY.match(text, e.end())]
        other = [e for e in own if not _OF_CODE.match(text, e.end())]
        own = other or own
        if len({charge_of(each) for each in own}) == 1:
            own = own[:1]  # 市税は…地方税統一QRコードにより
        code = reading.codes[_CODE][found[0]]
        first, start = start, found.end()
        if noted := _NOTED.match(said, start):
            text = f"{text}{found[0]}{noted[0]}"
        if not own or _is_not_of_it(said[first : found.end()], code, reading):
            continue
        runs = 1 + sum(
            _JOINED.fullmatch(text[one.end() : other.start()]) is None
            for one, other in itertools.pairwise(own)
        )
        days = [
            each["date"] for each in DAY.matches(text) if not _LAST.match(text, each["date"].end)
        ]
        begun = [day for day in days if _BEGINS.match(text, day.end)]
        days = begun if len(begun) == runs < len(days) else days
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
            for charge in charges_of(each):
                of = f"collection.charges.{charge}"
                yield Candidate(of, "status", code, grade, _RULE, quote, entry)
                if days and code in DATED:
                    words = sentence.original(first + days[0].start, first + days[0].end)
                    day = _FROM.sub("", "".join(words.split()).strip("()（）"))
                    yield Candidate(of, "start", day, grade, _RULE, quote, entry)


def _over_two(
    sentence: Sentence,
    before: Sentence | None,
    names: re.Pattern[str],
    state: re.Pattern[str],
    reading: Lexicon,
    entry: int,
) -> Iterator[Candidate]:
    """Yield what two sentences tell together: one names the charges, the other the state and day.

    令和8年9月の開始に向けて準備を進めている。対象は、介護保険料とする。
    """
    if before is None or before.place != sentence.place or not before.is_of_town:
        return
    goes_on = _OF_CHARGES.match(sentence.said), _OF_STATE.match(sentence.said)
    if not any(goes_on):
        return
    named, told = (sentence, before) if goes_on[0] else (before, sentence)
    own = [*names.finditer(named.said)]
    states = (e for e in state.finditer(told.said) if not _OF_TEAM.match(told.said, e.end()))
    codes = [reading.codes[_CODE][each[0]] for each in states]
    codes = codes[-1:] if codes[-2:] == ["planned", "preparing"] else codes
    others = {reading.codes[_CODE][each[0]] for each in state.finditer(named.said)}
    others = others - {*codes} if named is before else set()
    days = [each["date"] for each in DAY.matches(told.said)]
    days = [day for day in days if not _LAST.match(told.said, day.end)]
    begun = [day for day in days if _BEGINS.match(told.said, day.end)]
    days = begun or days
    is_whole = bool(own) and not others and len({*codes}) == 1 and len(days) <= 1
    if not is_whole or names.search(told.said) or _is_not_of_it(told.said, codes[0], reading):
        return
    code = codes[0]
    quote = quoted(named, part(named, own[0].start(), own[-1].end()))
    for charge in dict.fromkeys(each for found in own for each in charges_of(found)):
        of = f"collection.charges.{charge}"
        yield Candidate(of, "status", code, "sure", _RULE, quote, entry)
        if days and code in DATED:
            since = _FROM.sub("", "".join(told.original(days[0].start, days[0].end).split()))
            yield Candidate(of, "start", since, "sure", _RULE, quote, entry)


_OF_TEAM: Final = re.compile("チーム|グループ|(?:委員|部|協議)?会|班|組織")
"""Behind 検討 that is but part of the name of a body."""
_OF_CHARGES: Final = re.compile("対象(?:となるの|とするの|の公金|公金)?は、?")
_OF_STATE: Final = re.compile("(?:いずれも|これらは|始めるのは|開始(?:時期)?は|時期は|どちらも)")
"""The beginnings of sentences that go on about what the one before it has told."""
_ASIDE: Final = (
    "以外",
    "を除",
    "は除",
    "のほか",
    "と同",
    "に続",
    "に加え",
    "に次",
    "だけで",
    "は保険税",
    "は税",
)
"""Behind a charge beside which another one is told of: 税に続き、介護保険料を…."""
_OF_TASKS: Final = re.compile("[0-9]業務|標準準拠|特定移行支援")


def _of_heading(
    sentence: Sentence,
    names: re.Pattern[str],
    state: re.Pattern[str],
    reading: Lexicon,
    entry: int,
) -> Iterator[Candidate]:
    """Yield what a sentence that names no charge says of the one that the heading names."""
    title = bare(sentence.titles[-1]) if sentence.titles else ""
    things = ChargeTables(reading, names).things_of(title)
    is_named = any(word in sentence.said for word in reading.ends(_LIST))
    if len(things) != 1 or not is_named or names.search(sentence.said):
        return
    known = [*state.finditer(sentence.said)]
    codes = {reading.codes[_CODE][each[0]] for each in known}
    days = [each["date"] for each in DAY.matches(sentence.said)]
    if len(codes) != 1 or len(days) > 1 or _is_not_of_it(sentence.said, min(codes), reading):
        return
    (code,) = codes
    quote = quoted(sentence, part(sentence, 0, known[-1].end()))
    of = f"collection.charges.{things[0]}"
    yield Candidate(of, "status", code, "sure", _RULE, quote, entry)
    if days and code in DATED:
        words = sentence.original(days[0].start, days[0].end)
        since = _FROM.sub("", "".join(words.split()))
        yield Candidate(of, "start", since, "sure", _RULE, quote, entry)


_OF_CODE: Final = re.compile("統一|QR|お支払|共通納税|の?納付書により")
"""Behind 地方税 that is but part of the name of the code."""
_REASON: Final = re.compile("(?:いる|い|る|た)?(?:ため|ので|ことから)(?!に)")
"""Behind what is but the reason of what follows: アプリ決済に対応しているため、対象としません."""
_NOTED: Final = re.compile(r"\((?:令和|R|20)[0-9元年.月]{2,8}(?:から|~)?\)")
"""A day in brackets behind what is told: 納められます(令和5年4月から)."""
_OWN: Final = re.compile("(?:本|当)?(?:市|町|村|区)では")


def _is_not_of_it(said: str, code: str, reading: Lexicon) -> bool:
    """Tell whether a clause is of another way of paying, or of another body.

    It is of eL-QR if that is what it names last: 口座振替が多いことから、eL-QRには対応しない.
    """
    found = [*reading.pattern(_NOT_OF_IT).finditer(said)]
    if not found or (code == "none" and _OWN.search(said, found[-1].end())):
        return False
    last = max((said.rfind(word) for word in reading.ends(_LIST)), default=-1)
    is_excepted = any("除" in each[0] or "以外" in each[0] for each in found)
    return is_excepted or last < found[-1].start()


def _is_prepared(said: str, found: re.Match[str], after: re.Match[str], reading: Lexicon) -> bool:
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
            for charge in charges_of(each):
                of = f"collection.charges.{charge}"
                quote = quoted(sentence, whole)
                yield Candidate(of, "status", code, "sure", _RULE, quote, entry)
                yield Candidate(of, "start", since, "sure", _RULE, quote, entry)
