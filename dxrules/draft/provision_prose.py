"""The state of posts, bodies and policies that prose tells, where no phrase takes it as it stands.

A sentence is cut at the things that it names; what stands between two of them is of the first.
What is done is told by a verb in the past or of a lasting state, 置いています; a day before a verb
of what is yet to be done makes it planned; a word such as 検討 makes it considered. No state is
told where the words tell of doubt, of others, or of what was.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import Any, Final
from unicodedata import normalize

from dxrules.document.normal import squeezed
from dxrules.draft.candidates import Candidate, Quote, part, quoted
from dxrules.draft.lexicon import Lexicon
from dxrules.draft.outline import Sentence
from dxrules.draft.phrases import DAY, Found
from dxrules.draft.provision_rows import OF_ERA, goes_on
from dxrules.frozen import frozen

_RULE: Final = "provision-prose"
_KINDS: Final = frozenset({"post", "setup", "policy", "practice", "service"})
_VERB: Final = (
    "(?:<appointing>|<made>|指名|選任|起用|採用|派遣|勤務|お願い|依頼|運用|編成|構築|新設|選出|"
    "兼務|統括|公表|施行"
    "|公開|参加|接続|加入|利用|稼働|導入|実施|採用|移行|提供|開始|掲載|開設|集約|構成|分離)"
    "(?:し|を行|を受け|され)|(?:置|設け|定め|迎え|招|充て|務め|就|担|当た|兼ね|作|つく|"
    "まと|行|開|続け)[いきりっめけえて]{0,2}"
)
_IS_SO: Final = (
    rf"(?:{_VERB})(?:て(?:い|お)(?:ます|る|り)|ており|てあり|ました|まし|た(?=[。、)]|$)|"
    rf"ている|てきました)|(?:<appointing>|<made>|運用|公表|導入)済み?(?:で|。|$|の)"
)
_TO_BE: Final = (
    rf"(?:に|中に|までに|末に|から|以降|より|を目途に|を目標に|"
    rf"頃に)[、]?[^。、]{{0,24}}?(?:(?:{_VERB})(?:ます|る|こと)"
    "|(?:<appointing>|<made>|指名|選任|起用|採用|編成|構築|公開|参加|接続|加入|稼働|導入|実施|"
    "移行|提供|開始)(?:する|します|予定|を予定)|[^。]{0,12}予定)"
)
_OPEN: Final = (
    "予定|検討|今後|目指|必要|望まし|求め|ませ?ん|ない|ず、|将来|課題|調整|協議|話し合|廃止|"
    "終了|退任|満了|欠員|空席|見送"
    "|従来|これまで|以前|かつて|前計画|国[はが]|国の|総務省|他の|募集|公募|努め|たい|だった|"
    "でした|予算|考え|努力"
)
_WAS: Final = "従来|これまで|以前|かつて|前計画|国[はが]|国の|総務省|他の|努め"
_NOT_THERE: Final = (
    "^[^。、]{0,16}?(?:(?:置い|設け|定め|作っ|つくっ|設置し|策定し|配置し|任命し|任用し|"
    "選任し)て(?:おら(?:ず|ない)|い(?:ない|ません))"
    "|未(?:設置|策定|整備|制定|作成)|(?:置か|設け|設置し|任用し)(?:ない|ません)|(?:設置|"
    "任用|策定|配置)?[はを]?見送)"
)
_TALKED: Final = (
    "検討(?:し|中|を|す)|考えている(?:途中|ところ)|考えています|考え中|かどうか|話し合|"
    "協議(?:し|中)|要否|是非"
)
_PREPARED: Final = (
    "[^。、]{0,16}?(?:<appointing>|<made>|導入|選任|指名)(?:に向け(?:て|た)|[をの]準備)"
    "[^。、]{0,24}(?:準備|進め|調整)(?![^。]*検討)"
)
"""What is prepared is yet to come: CAIOは令和9年度の設置に向けて準備を進めています."""
_TOPIC: Final = (
    "[」』)]*(?:は|について|の(?:<appointing>|<made>|導入|指名|選任|あり方|在り方)|を(?:置|"
    "設け|<appointing>|<made>)|として)"
)
_OF_IT: Final = re.compile("[」』)]*(?:は|を|も|については|の設置)")
_ONWARD: Final = re.compile("(?:に|から|より|付け?で?|以降)(?:は)?[、]?")
_OF_OTHER_DAY: Final = re.compile("現在|時点|計画|条例|戦略|した(?![。、])|された")
_PASSING: Final = re.compile(
    "を補佐|の命|の下|に報告|に助言|を助け|を支え|へ|とともに|、|を本部長|が本部長|本部長"
)
_EVERYWHERE: Final = (
    "(?:各|全ての|すべての|全)(?:課|部|所属|部署|部局|室|職場|係|課等|課・所属|課室|局)|"
    "課ごと|所属ごと|部署ごと"
)
_KEEPS: Final = rf"(?:{_IS_SO}|担[うい]|担って|活動し|選ばれ)"
_DECIDED: Final = (
    "(?:指名|選任|任命|配置|選出|置|設)(?:し|き|け)て?、?[^。]{0,30}(?:とする|とします|とし、)"
)
"""Who is named, and as what, as posts are given: 各課から1名を指名し、DXリーダーとする."""
_DRIVING: Final = "provisions.driving-body"
_AT_WORK: Final = (
    "(?:本部|会議|委員会|協議会|チーム|部会)[」』]?(?:\\([^()]*\\))?(?:[がはでを]|において|"
    "にて)[^。]{0,40}"
    "(?:確認|点検|評価|検証|調整|推進|決定|管理|審議|共有|開催|開き|開い|取り組|議論|把握|報告)"
    "(?:し(?:ます|て|、)|する|を行|。|$|ま|い)"
)


_AUDIT: Final = "provisions.security-audit"
_JOINED: Final = re.compile("[」』)]*(?:、|及び|並びに|と|・|や|/)+[「『(]*")


_NEAR: Final = 30
_TWO: Final = 2
"""Models of a network in a sentence: that it moves to another does not make it planned."""


@frozen
class _Named:
    of: str
    kind: str
    start: int
    end: int


def provision_prose(
    sentences: Sequence[Sentence], reading: Lexicon, found: Sequence[Candidate]
) -> list[Candidate]:
    """Return what prose tells of what is not told for sure by what is `found`."""
    known: dict[tuple[str, str], set[str]] = {}
    for each in found:
        if each.grade == "sure":
            known.setdefault((each.of, each.key), set()).add(each.value)
    made = [*_told(sentences, reading)]
    return [
        each
        for each in made
        if (each.of, each.key) not in known
        and known.get((each.of, "status"), {_state_of(each, made)}) == {_state_of(each, made)}
    ]


def _state_of(one: Candidate, made: Sequence[Candidate]) -> str:
    own = (e for e in made if (e.of, e.entry, e.key) == (one.of, one.entry, "status"))
    return next((each.value for each in own), "")


def _told(sentences: Sequence[Sentence], reading: Lexicon) -> Iterator[Candidate]:
    named = [
        (f"provisions.{id_}", kind, re.compile(pattern))
        for id_, (kind, pattern) in reading.things.items()
        if kind in _KINDS
    ]
    for entry, sentence in enumerate(sentences):
        is_told = sentence.is_of_provisions and not sentence.is_heading
        if not is_told or sentence.block.kind == "table":
            continue
        said = sentence.said
        places = sorted(
            (
                _Named(of, kind, each.start(), each.end())
                for of, kind, p in named
                for each in p.finditer(said)
            ),
            key=lambda each: each.start,
        )
        for place, named_one in enumerate(places):
            one = named_one
            if one.kind == "service" and "measures" in sentence.about:
                continue
            if any(e.of == one.of for e in places[:place]):
                continue
            others = [e for e in places if e.of != one.of]
            start = max((e.end for e in others if e.end <= one.start), default=0)
            later = [e for e in places if e.start >= one.end]
            while later and _JOINED.fullmatch(said, one.end, later[0].start):
                one = _Named(one.of, one.kind, one.start, later.pop(0).end)  # AとBを定めています
            until = min((e.start for e in later if e.of != one.of), default=len(said))
            told = _state(sentence, one, start, until, reading)
            quote = quoted(
                sentence, part(sentence, 0, len(said)), part(sentence, one.start, one.end)
            )
            for key, value in told.items():
                yield Candidate(one.of, key, value, "sure", _RULE, quote, entry)
        yield from _bodies(sentence, entry, reading)


def _state(
    sentence: Sentence, one: _Named, start: int, until: int, reading: Lexicon
) -> dict[str, str]:
    """Return what the words around a thing tell of it: its state, the holder, and since when."""
    said = sentence.said
    head, tail = said[start : one.start], said[one.end : until]
    days = [e["date"] for e in DAY.matches(said) if start <= e["date"].start < until]
    days = [day for day in days if OF_ERA.search(day.text)]
    if re.search(_WAS, head + tail) or not re.match(
        r"[」』)]*[をはがにのでともと、(]|[」』)]*について", tail
    ):
        return {}
    to_be = reading.pattern(f"(?:{_TO_BE})(?!.*(?:検討|話し合|協議|調整))")
    later = [d for d in days if d.start >= one.end and to_be.match(said[:until], d.end)]
    is_so = reading.pattern(_IS_SO).search(tail)
    bare = re.sub(r"^[」』)]*(?:は|を|については|の設置は)?、?", "", tail)
    is_whole = not later and not goes_on(sentence, tail)
    if is_whole and re.search(_NOT_THERE, bare) and _OF_IT.match(tail):
        return {"status": "none"}
    is_revised = reading.any_of("revised", "revised-verb").search(tail) is not None
    is_asked = one.kind != "service" and not is_revised
    models = reading.any_of("network-model").findall(normalize("NFC", said))
    is_asked = is_asked and len(models) < _TWO
    prepared = len(days) <= 1 and reading.pattern(_PREPARED).match(bare) is not None
    if is_asked and (prepared or (len(later) == 1 and not is_so)):
        since = next((_value(sentence, each) for each in later or days), "")
        return {"status": "planned"} | ({"since": since} if since else {})
    is_topic = one.kind != "service" and reading.pattern(_TOPIC).match(tail)
    if (
        is_topic
        and re.search(_TALKED, tail)
        and not is_so
        and not re.search("予定|ました|ません", tail)
    ):
        return {"status": "considered"}
    if not is_so or re.search(_OPEN, tail[: is_so.end()]):
        return {}
    told = {"status": "in-place"}
    cycles = {*reading.coded("cycle", said[start:until])}
    if one.of == _AUDIT and len(cycles) == 1:
        told["cycle"] = cycles.pop()
    if one.kind == "post" and (rank := _rank(said[start:until], reading)):
        told["rank"] = rank
    began = [day for day in days if _begins(said, day, one, until)]
    is_dated = one.kind not in {"policy", "practice"} or re.match("運用|施行|適用", is_so[0])
    if len(began) == 1 and len(days) == 1 and is_dated:
        told["since"] = _value(sentence, began[0])
    return told


def _begins(said: str, day: Found, one: _Named, until: int) -> bool:
    if not (day.text.endswith(("から", "より", "以降")) or _ONWARD.match(said, day.end)):
        return False
    between = said[day.end : one.start] if day.end <= one.start else said[one.end : day.start]
    return _OF_OTHER_DAY.search(between + said[day.end : min(day.end + 3, until)]) is None


def _value(sentence: Sentence, day: Found) -> str:
    words = "".join(sentence.original(day.start, day.end).split())
    return re.sub("^[(（、,]+|(?:から|より|以降|付け?|まで|[~～〜])?[)）、]*$", "", words)


def _rank(said: str, reading: Lexicon) -> str:
    ranks = {
        code
        for _, end, code in reading.named("rank", said)
        if not _PASSING.match(said, end) and not re.match("補佐|室|会議|以外|を除", said[end:])
    }
    if not ranks and re.search(reading.lists["outsider"].pattern, said):
        ranks = {"external"}
    return ranks.pop() if len(ranks) == 1 else ""


def services_of_measures(
    measures: Sequence[tuple[dict[str, Any], tuple[Quote, ...]]], reading: Lexicon
) -> Iterator[Candidate]:
    """Yield in what state services may be that measures provide, by the states of these."""
    for id_, (kind, pattern) in reading.things.items():
        for entry, (measure, quotes) in enumerate(measures if kind == "service" else ()):
            if not quotes or re.search(pattern, squeezed(measure["title"])) is None:
                continue
            state = _STATES.get(str(measure.get("status")))
            for each in (state,) if state else ("in-place", "planned"):
                of = f"provisions.{id_}"
                yield Candidate(of, "status", each, "doubtful", "measure", quotes[0], entry)


_STATES: Final = {
    "done": "in-place",
    "ongoing": "in-place",
    "planned": "planned",
    "considered": "considered",
}


def _bodies(sentence: Sentence, entry: int, reading: Lexicon) -> Iterator[Candidate]:
    """Yield that there are promoters in the departments, or a body that drives the plan."""
    said = sentence.said
    quote = quoted(sentence, part(sentence, 0, len(said)))
    if re.search(_OPEN, said):
        return
    keeper = re.search(
        f"(?:{reading.lists['keeper'].pattern}|{reading.lists['promoter'].pattern})", said
    )
    everywhere = re.search(_EVERYWHERE, said)
    is_near = keeper and everywhere and abs(keeper.start() - everywhere.end()) < _NEAR
    if is_near and reading.pattern(f"{_KEEPS}|{_DECIDED}").search(said):
        yield Candidate("provisions.promoters", "status", "in-place", "sure", _RULE, quote, entry)
    body = re.search(reading.lists["body"].pattern, said)
    if body and re.search(_AT_WORK, said[body.end() - 3 :]):
        yield Candidate(_DRIVING, "status", "in-place", "sure", _RULE, quote, entry)
