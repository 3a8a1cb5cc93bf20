"""The state of posts, bodies and policies that a row or a labelled line tells: 「名称:状況、時期」.

The label names one or several of them, as 「CIO・CISO」 or 「DXリーダーの任命」; what stands behind
it tells one state, in words or by a sign that a key explains, with the day of an act and the rank
of a holder. Where it tells two states that exclude each other, it tells none.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from typing import Final

from dxrules.document.normal import squeezed
from dxrules.draft.candidates import Candidate, part, quoted
from dxrules.draft.key_to_signs import key_to_signs
from dxrules.draft.lexicon import Lexicon
from dxrules.draft.lexicon_files import Grade
from dxrules.draft.outline import Sentence
from dxrules.draft.phrases import DAY, Found
from dxrules.frozen import frozen

_RULE: Final = "provision-row"
_LABEL: Final = re.compile(
    r"[・○●■◆-]?(?:[(]?[0-9]{1,2}[).、])?([^:。=→]{2,60}?)(?::|=|→|\.{3,}|-{2,})(?=.)"
)
_POST: Final = "post"
_NAMED: Final = frozenset({_POST, "setup", "policy", "practice", "service"})
_ABOUT: Final = (
    r"(?:の(?:<appointing>|<made>|<revised>|公開|利用|運用|開催|選任|指名|有無|状況|名称|"
    r"職)(?:状況)?)?"
    r"(?:の状況|について|等)?(?:\([^()]{1,40}\))?$"
)
_JOINED: Final = re.compile("[・/、兼]|及び|並びに|と")
_CONSIDERED: Final = "検討|考える|考えて|研究中|協議中|調整中|考え中|未定"
_PLANNED: Final = (
    "予定(?!は?(?:なし|な[いく]|無))|(?:年度?|月)(?:中に?|末?までに?|頃)、?(?:に)?(?:策定|"
    "作成|設置|任用|整備|制定|配置|登用)?(?:$|[、)])|準備中|準備を|準備(?=$|[、)])|(?:策定|作成|整備|改定|"
    "設置|構築|移行|導入|調達)中|策定作業|目途|目処|新設する"
)
_NONE: Final = (
    "予定は?(?:なし|な[いく]|無し?|ありません)|未(?:策定|設置|整備|制定|作成|実施|任用|導入|"
    "公開|配置|選任|任命)|(?:置|設け)(?:か|い)?(?:ない|ず|ていない|ていません|ません)"
    "|(?:設置|策定|任用|任命|委嘱|登用|配置|実施|作成|導入|公開|整備|制定|選任)(?:し|"
    "せ)(?:ない|ず|ていない|"
    "ていません|ません)"
    "|(?:^|、)(?:なし|無し?|設置なし|該当なし|不要)(?=$|[、(])|廃止(?!し、)|終了し|見送"
)
_VACANT: Final = "欠員|空席|不在|空位|後任|廃止|統合|欠けて"
_IN_PLACE: Final = (
    "(?:^|、)(?:有り?|あり)(?=$|[、(])|済|(?:実施|運用|稼働|公開|利用|開催|施行|参加|加入|配置|"
    "設置|任用|接続|継続|提供)中"
    "|(?:策定|制定|作成|整備|施行|開設|導入)し(?:た|て|ました)"
    "|(?<!未)(?:設置|配置|任命|任用|委嘱|登用|指名|選任|実施|運用|公開|利用|開催|稼働|参加|加入)"
    "(?:し(?:た|て(?!い(?:ない|ませ)|おら)|ました)|$|(?=[、()]))|継続|兼務|兼任|兼ね|充て|就任|"
    "着任|派遣"
)
_OF_ACT: Final = (
    "(?:に|から|より|付け?(?:で)?)?[、]?(?:新たに|外部から|初めて)?"
    "(?:<appointing>|<made>|<made-label>|公開|開始|稼働|導入|運用|利用|実施|開設|参加|加入|"
    "接続|発足|設立|策定|移行|選任|指名|提供)"
)
_TO_COME: Final = "(?:す|し?ます|る|を?予定|見込)"
"""After the stem of an act that is yet to be done."""
_IS_SET: Final = re.compile(
    "(?:に|から|より)?、?(?:新たに)?(?:置く|設ける|充てる|迎える|招く)(?=$|[。、)])"
)
"""After a day: 令和7年4月から置く may be in force, or yet to come."""
_ONWARD: Final = re.compile("から|より|以降|~|付")
_OF_REVISION: Final = "(?:に)?(?:一部|全部|全面|最終)?<revised>"
_SIGN: Final = re.compile("[◎○〇△▲×✕●□■☆★](?=$|[、(])")
_PLAIN: Final = {"○": "済", "〇": "済", "◎": "済", "●": "済", "×": "なし", "✕": "なし"}
_BODY_LABEL: Final = (
    "(?:全庁(?:的な)?)?(?:推進(?:組織|体制|本部|会議|機関|母体)|会議体|庁内(?:組織|会議)|"
    "本部|推進会議)"
)
_KEEPER_LABEL: Final = (
    "(?:各(?:課|部|所属|部署|課等|部局)の|現場の|庁内の|部局の|所属の)?"
    "(?:推進(?:役|員|担当者?|リーダー|責任者)|リーダー|キーパーソン|担い手)"
)
_LEVEL: Final = re.compile(r"長\((部長級|課長級)\)")
_NAME: Final = re.compile(r"[「『]?([^、。:()「」『』\s0-9]{3,30})[」』]?")


OF_ERA: Final = re.compile("令和|平成|昭和|[RHS][0-9元]|20[0-9]{2}|19[0-9]{2}")
"""In a day; 3年に1回 is none."""
_BEGINNING: Final = re.compile("^[(（、,]+|(?:から|より|以降|付け?|[~～〜])?[)）、]*$")


@frozen
class _Row:
    """A row: what it is of, by paths, and the words behind its label."""

    of: tuple[str, ...]
    kinds: frozenset[str]
    label: str
    rest: str
    marked: str
    """The state that a sign or a word in brackets before the label tells."""
    shift: int
    sentence: Sentence
    entry: int


def provision_rows(sentences: Sequence[Sentence], reading: Lexicon) -> Iterator[Candidate]:
    """Yield what rows and labelled lines tell of what their labels name."""
    signs = key_to_signs(sentences, lambda word: reading.code_of("measure-status", word))
    named = [
        (id_, kind, re.compile(pattern))
        for id_, (kind, pattern) in reading.things.items()
        if kind in _NAMED
    ]
    about = reading.pattern(_ABOUT)
    for entry, sentence in enumerate(sentences):
        cut = _cut(sentence.said) if sentence.is_of_provisions else None
        if cut is None or (sentence.is_heading and not cut[3]) or sentence.block.kind == "table":
            continue
        label, shift, end, state = cut
        rest = sentence.said[shift:end]
        yield from _by_words(label, rest, sentence, entry, reading)
        of = [*_of(about.sub("", label, count=1), named)]
        if of:
            ids = tuple(f"provisions.{id_}" for id_, _ in of)
            kinds = frozenset(kind for _, kind in of)
            row = _Row(ids, kinds, label, rest, state, shift, sentence, entry)
            yield from _told(row, signs, reading)


def _cut(said: str) -> tuple[str, int, int, str] | None:
    """Return the label of a row, where what stands behind it begins and ends, and a state before.

    名称:状況; 【検討中】名称(備考); ☑名称(備考).
    """
    if chip := _CHIP.fullmatch(said):
        state = chip["state"] or _CHECKED.get(chip["check"] or "", "")
        start, end = chip.span("note") if chip["note"] else (chip.end("name"), chip.end("name"))
        return chip["name"], start, end, state
    found = _LABEL.match(said)
    return (found[1], found.end(), len(said), "") if found else None


_CHIP: Final = re.compile(
    r"[・○-]?(?:[【\[〔<(](?P<state>[^】\]〕>)]{1,10})[】\]〕>)]|(?P<check>[☑☐✓✔□■]))?"
    r"(?P<name>[^:。、()【】]{3,40}(?:\([A-Za-z]{2,6}\))?)(?:\((?P<note>[^()]{2,40})\))?"
)
_CHECKED: Final = {"☑": "済", "✓": "済", "✔": "済", "☐": "未実施", "□": ""}


def _by_words(
    label: str, rest: str, sentence: Sentence, entry: int, reading: Lexicon
) -> Iterator[Candidate]:
    """Yield what a row tells whose label is no name: 推進組織, 推進役, 研修, 進捗の確認."""
    label, at = re.sub(r"\([^()]*\)$", "", label), sentence.said.find(rest)
    scope = {*reading.coded("scope", sentence.said)}
    cycle = {*reading.coded("cycle", rest)}
    told: dict[str, str] = {}
    of = ""
    if re.search(f"{_CONSIDERED}|{_PLANNED}|{_NONE}|{_VACANT}", rest):
        return
    if _OF_TRAINING.fullmatch(label) and (scope or cycle):
        of = "security-training"
        if scope:
            told["scope"] = "all-staff" if "all-staff" in scope else min(scope)
        told |= {"cycle": cycle.pop()} if len(cycle) == 1 else {}
    elif _OF_REVIEW.fullmatch(label) and len(cycle) == 1:
        of, told = "progress-review", {"cycle": cycle.pop()}
    elif re.fullmatch(_BODY_LABEL, label) and (_BODY.search(rest) or _HEADED.search(rest)):
        of = "driving-body"
    elif _are_keepers(label, rest, reading):
        of = "promoters"
    if of:
        days = [e["date"] for e in DAY.matches(rest) if OF_ERA.search(e["date"].text)]
        named = _BODY.search(rest) if of == "driving-body" else _NAME.match(rest)
        if (
            of in {"driving-body", "promoters"}
            and named is not None
            and len(days) == 1
            and 0 <= days[0].start - named.end() <= _BESIDE
        ):
            words = sentence.original(at + days[0].start, at + days[0].end)
            told["since"] = _BEGINNING.sub("", "".join(words.split()))
        quote = quoted(sentence, part(sentence, 0, len(sentence.said)))
        for key, value in {"status": "in-place", **told}.items():
            yield Candidate(f"provisions.{of}", key, value, "sure", _RULE, quote, entry)


def _are_keepers(label: str, rest: str, reading: Lexicon) -> bool:
    """Tell whether a row is of those who drive the plan in their departments."""
    if re.fullmatch(_KEEPER_LABEL, label):
        return _NAME.match(rest) is not None
    if re.search("する|します|きます|予定", rest):
        return False
    named = f"(?:{reading.lists['keeper'].pattern}|[^の]{{0,8}}(?:担当者?|主任))(?:の任命|の配置)?"
    return bool(reading.any_of("every-office").match(rest) and re.fullmatch(named, label))


_OF_TRAINING: Final = re.compile(
    "(?:情報)?セキュリティ(?:の|に関する)?研修(?:の実施|の開催|・訓練|、訓練)?"
)
_OF_REVIEW: Final = re.compile(
    "(?:計画の)?(?:進捗|進行)(?:の?(?:確認|管理|点検|評価|把握|報告|状況の確認)|管理の方法)"
    "|(?:点検・?評価|評価・?点検|検証・?評価|計画の(?:評価|点検))(?:の(?:時期|頻度|周期))?"
)
_HEADED: Final = re.compile("本部長|委員長|議長|座長|会長|事務局")
_BESIDE: Final = 3
_BODY: Final = re.compile("(?:本部|会議|委員会|協議会|チーム|部会|懇談会)")


def _of(label: str, named: Sequence[tuple[str, str, re.Pattern[str]]]) -> Iterator[tuple[str, str]]:
    """Yield each thing that a label names, if it names nothing else."""
    left = label
    spans: list[tuple[int, str, str]] = []
    for id_, kind, pattern in named:
        for found in pattern.finditer(label):
            spans.append((found.start(), id_, kind))
            left = left[: found.start()] + "\0" * len(found[0]) + left[found.end() :]
    rest = _JOINED.sub("", left.replace("\0", ""))
    if spans and not re.sub(r"[()「」『』]", "", rest):
        yield from dict.fromkeys((id_, kind) for _, id_, kind in sorted(spans))


def _told(row: _Row, signs: Mapping[str, str], reading: Lexicon) -> Iterator[Candidate]:
    rest = _SIGN.sub(lambda sign: signs.get(sign[0], _PLAIN.get(sign[0], sign[0])), row.rest)
    rest = f"{row.marked}、{rest}" if row.marked else rest
    days = [e["date"] for e in DAY.matches(row.rest) if OF_ERA.search(e["date"].text)]
    ranks = _ranks(row, reading) if row.kinds == {_POST} else set()
    is_held = bool(ranks) or (
        row.of == ("provisions.security-audit",) and bool(reading.named("cycle", row.rest))
    )
    state = _state(rest, row.rest, days, reading, is_held=is_held)
    if not state or (state == "none" and row.sentence.block.kind != "table" and "。" in row.rest):
        return
    is_to_be = any(_IS_SET.match(row.rest, day.end) for day in days)
    grade: Grade = "doubtful" if is_to_be and state != "planned" else "sure"
    told = {"status": state}
    if len(ranks) == 1 and state in {"in-place", "planned"}:
        told["rank"] = ranks.pop()
    told |= _days(row, days, state, reading)
    if row.of == ("provisions.security-audit",):
        cycles = [code for *_, code in reading.named("cycle", row.rest)]
        told |= {"cycle": cycles[0]} if cycles else {}
    shown = part(row.sentence, 0, len(row.sentence.said))
    for of in row.of:
        for key, value in told.items():
            quote = quoted(row.sentence, shown)
            yield Candidate(of, key, value, grade, _RULE, quote, row.entry)
        if grade == "doubtful":
            yield Candidate(of, "status", "planned", grade, _RULE, quote, row.entry)


def _state(rest: str, said: str, days: Sequence[Found], reading: Lexicon, *, is_held: bool) -> str:
    """Return the one state that words tell, or nothing."""
    plain = re.sub(
        r"任期は?[^、。)]*|\([^()]*(?:改[定訂正]|見直し)[^()]*\)|、?[^、]*(?:改[定訂正]|見直し)(?:を?予定|中)",
        "",
        rest,
    )
    told = {
        state
        for state, words in (
            ("considered", _CONSIDERED), ("planned", _PLANNED), ("none", _NONE),
            ("in-place", _IN_PLACE),
        )
        if re.search(words, plain)
    }  # fmt: skip
    if re.search(_VACANT, plain) or re.search("除く|以外", rest):
        return ""
    if is_held and not re.search(_NONE, plain.split("、")[0]):  # a remark on another post
        told.discard("none")
    if any(reading.pattern(_OF_ACT + _TO_COME).match(said, day.end) for day in days):
        told.add("planned")
    if any(_is_of_act(said, day, reading) for day in days) and not told & {"planned", "considered"}:
        told.add("in-place")
    if told in ({"none", "planned"}, {"in-place", "planned"}):
        is_later = "none" in told or re.search(f"(?:{_PLANNED})(?=[、)]|$)", plain)
        return "planned" if is_later and not re.search("済|現在", plain) else ""
    if told == {"none", "considered"}:
        return "considered"
    if not told and is_held:
        return "in-place"
    return told.pop() if len(told) == 1 else ""


def goes_on(sentence: Sentence, words: str) -> bool:
    """Tell whether words, or what its block tells after a sentence, say what is to come of it.

    「置いていません。令和9年度に任用します。」 is no post that the town does without.
    """
    text = squeezed(sentence.block.text)
    after = text[text.find(sentence.said) + len(sentence.said) :] if sentence.said in text else text
    return re.search("予定|検討|に向け|調整|が、|[0-9]年", words + after[:_NEXT]) is not None


_NEXT: Final = 80


def _is_of_act(said: str, day: Found, reading: Lexicon) -> bool:
    return (
        reading.pattern(_OF_ACT + f"(?!{_TO_COME})").match(said, day.end) is not None
        or day.text.endswith(("から", "より", "以降"))
        or _ONWARD.match(said, day.end) is not None
    )


def _days(row: _Row, days: Sequence[Found], state: str, reading: Lexicon) -> dict[str, str]:
    """Return since when, or from when, and when it was last revised."""
    told: dict[str, str] = {}
    if state not in {"in-place", "planned"}:
        return told
    for day in days:
        words = row.sentence.original(row.shift + day.start, row.shift + day.end)
        value = _BEGINNING.sub("", "".join(words.split()))
        value = re.sub("[~～〜].+$", "", value)  # a term, of which the beginning counts
        if reading.pattern(_OF_REVISION).match(row.rest, day.end):
            told["reviewed"] = value
        elif _is_of_act(row.rest, day, reading) or len(days) == 1 or state == "planned":
            told.setdefault("since", value)
    return told if state == "in-place" or len(days) == 1 else {}


def _ranks(row: _Row, reading: Lexicon) -> set[str]:
    """Return the ranks of holders that the words name outside of brackets, else within."""
    plain = re.sub(r"\([^()]*\)", "", row.rest)
    level = _LEVEL.search(row.rest)
    if level is not None:  # 区長室長(部長級)
        return {str(reading.code_of("rank", level[1]))}
    for words in (plain, row.rest):
        head = words.split("。")[0]
        found = {
            code
            for start, end, code in reading.named("rank", head)
            if not re.match("補佐|室|会議|以外|を除", head[end:])
            and head[start - 1 : start] != "副"
        }
        outside = re.search(reading.lists["outsider"].pattern, head)
        if found or outside:
            return found or {"external"}
    return set()
