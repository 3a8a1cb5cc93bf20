"""When a policy of the town was made and last revised, by the acts that a sentence tells of it.

「平成16年2月に定めた情報セキュリティポリシーを令和8年1月に改めた」: each day belongs to the verb
that it stands before, or to the noun that it stands after, 策定 or 最終改定. What is yet to be
done, considered, or was done by others tells nothing.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import Final

from dxrules.document.normal import squeezed
from dxrules.draft.candidates import Candidate, part, quoted
from dxrules.draft.lexicon import Lexicon
from dxrules.draft.outline import Sentence
from dxrules.draft.phrases import DAY
from dxrules.frozen import frozen

_RULE: Final = "policy-acts"
_KIND: Final = "policy"
_MADE_VERB: Final = "<made|made-verb>"
_REVISED_VERB: Final = (
    "(?:(?:一部|全部|全面|最終)?(?:を|的に)?<revised-verb>|第[0-9.]+版(?:とし|に))"
)
_ACT: Final = (
    r"^(?:に|、|付け|付|、直近では|には)*[^。0-9]{0,16}?"
    rf"(?:(?P<revised>{_REVISED_VERB})|(?P<made>{_MADE_VERB}))(?P<rest>[^。]{{0,12}})"
)
_LABEL: Final = (
    r"(?:(?P<revised>(?:最終|直近の?|最新の?|最後に|最後の)?(?:改定|改訂|改正|見直し|改めたの)|見直した?の?)"
    r"|(?P<made><made|made-label>))"
    r"(?:日|年月日|年月|時期)?(?:は、?|:|・|、|\()?(?:直近では)?$"
)
_BY: Final = re.compile("(?:中|中まで|末まで|まで)に|(?<=まで)に")
"""After a day by which something is to be done, unless it is told as past."""
_PAST: Final = ("しまし", "した", "まし", "た", "しており", "ており")
_DONE: Final = re.compile(
    r"^(?:し|り|め|い|っ|て|直)*(?:ました|まし|た(?![いく])|て(?:い|お|、|公表|周知|運用)|ており|済|、|\)|。|$|・|/|」|され)"
)
_NOT_DONE: Final = re.compile(
    "予定|検討|目指|見込|ません|ていない|必要|今後|(?<!てい)(?<!でい)(?<!てお)(?<!ており)ます|する(?=$|[。、)]|こと|予定)"
    "|た(?:うえ|上|後|のち)で?|てから"
)
_BEFORE: Final = rf"(?:に|、)?{_MADE_VERB}(?:し|め)?た、?[「『]?|の[「『]"
_GROUND: Final = re.compile(
    r"[」』]?(?:\([^()]{1,40}\))?(?:等)?(?:に(?:基づ|則|のっと|従|沿|より|よる)|を(?:踏まえ|遵守)|の(?:下|もと))"
)
"""After a policy that is the ground of what is told next: …に基づき、令和6年4月に基準を定めた."""
_AT_ONCE: Final = re.compile("(?:に|、|には)+[「『]?")
_OBJECT: Final = (
    rf"[」』]?(?:を|の|も)(?:(?P<revised>{_REVISED_VERB})|(?P<made>{_MADE_VERB}))(?P<rest>)"
)
"""After a policy, what was done with it on a day that stands before it: 令和5年11月に…を定め."""
_APART: Final = {
    "ai-guideline": (
        "AI(?:の[^。、]{1,10}?|を[^。、]{1,16}?)?"
        "(?:については|に関しては|について|に関する|にあたっては|に当たっては|は|では|:)"
        "[^。]{0,40}?<of-rules>"
    ),
}
"""Policies that are named in two parts: 生成AIの利用については、令和6年4月に指針を定めています."""
_NAMED_APART: Final = re.compile("[0-9一二三四五六七八九十]+月末?(?:現在|時点)")


@frozen
class _Act:
    """A day of a policy, and whether it was made or revised then."""

    key: str
    start: int
    end: int


def policy_days(sentences: Sequence[Sentence], reading: Lexicon) -> Iterator[Candidate]:
    """Yield when policies were made, and when they were last revised."""
    named = [(id_, re.compile(p)) for id_, (kind, p) in reading.things.items() if kind == _KIND]
    of_others = reading.any_of("of-nation", "of-former", "of-others")
    for entry, sentence in enumerate(sentences):
        if not sentence.is_of_provisions or sentence.block.kind == "table":
            continue
        found = [
            (each.start(), each.end(), id_)
            for id_, p in named
            for each in p.finditer(sentence.said)
        ]
        known = {id_ for *_, id_ in found}
        apart = (
            (id_, reading.pattern(p).search(sentence.said))
            for id_, p in _APART.items()
            if id_ not in known
        )
        found += [(each.start(), each.end(), id_) for id_, each in apart if each is not None]
        if not found or of_others.search(sentence.said):
            continue
        for start, end, id_ in sorted(found):
            after = min((s for s, _, other in found if s >= end and other != id_), default=None)
            until = len(sentence.said) if after is None else after
            since = max((e for _, e, other in found if e <= start and other != id_), default=0)
            yield from _given(
                id_, [*_acts(sentence.said, since, start, end, until, reading)], sentence, entry
            )


def policy_itself(
    sentences: Sequence[Sentence], whose: str, reading: Lexicon
) -> Iterator[Candidate]:
    """Yield that a policy is there of which the document itself is the text: ○見本町AI利用規程."""
    front = [squeezed(line) for each in sentences[:_FRONT] for line in each.text.split("\n")]
    if not sentences or any(map(_OPEN.search, front)):
        return
    title = reading.pattern(_AROUND).sub("", sentences[0].said)
    for id_, (kind, names) in reading.things.items():
        form = f"{re.escape(whose)}.{{0,12}}?(?:{names}){_FORM}"
        if kind == _KIND and re.fullmatch(form, title):
            of = f"provisions.{id_}"
            quote = quoted(sentences[0], part(sentences[0], 0, len(sentences[0].said)))
            yield Candidate(of, "status", "in-place", "sure", "policy-itself", quote)


_FRONT: Final = 6
_OPEN: Final = re.compile(
    "案$|案[)】〕]|骨子|仮称|意見募集|パブリックコメント|策定に向け|について$"
)
"""At the beginning of a document that is not the policy that is in force."""
_AROUND: Final = r"^[○●◎□■]|[(【〔][^()【】〔〕]{1,12}[)】〕]$|<edition-word>$|の策定$"
_FORM: Final = "(?:(?:等)?に関する)?(?:規程|要綱|要領|規則|基準)?"


def _acts(
    said: str, since: int, start: int, end: int, until: int, reading: Lexicon
) -> Iterator[_Act]:
    """Yield the acts of a policy named from `start` to `end`, between its neighbours."""
    days = [each["date"] for each in DAY.matches(said) if not _NAMED_APART.match(each["date"].text)]
    before = [day for day in days if since <= day.start and day.end <= start]
    if before and reading.pattern(_BEFORE).fullmatch(said, before[-1].end, start):
        yield _Act("since", before[-1].start, before[-1].end)
    elif before and _AT_ONCE.fullmatch(said, before[-1].end, start):
        act = reading.pattern(_OBJECT).match(said, end)
        if act is not None and _is_done(said[act.start("rest") : until], said[end:until]):
            key = "reviewed" if act["revised"] else "since"
            yield _Act(key, before[-1].start, before[-1].end)
    ground = _GROUND.match(said, end)
    until = min(until, ground.end()) if ground is not None else until
    within = [day for day in days if start <= day.start and day.end <= until]
    for day, next_ in zip(within, [*within[1:], None], strict=False):
        stop = until if next_ is None else next_.start
        act = reading.pattern(_ACT).match(said[day.end : stop])
        label = reading.pattern(_LABEL).search(said[max(start, day.start - 12) : day.start])
        if act is not None and _BY.match(said, day.end) and not act["rest"].startswith(_PAST):
            continue
        if act is not None:
            rest = said[day.end + act.start("rest") : until]
            if _is_done(rest, said[day.end : until]):
                yield _Act("reviewed" if act["revised"] else "since", day.start, day.end)
        elif label is not None and not _NOT_DONE.match(said, day.end):
            yield _Act("reviewed" if label["revised"] else "since", day.start, day.end)


def _is_done(rest: str, clause: str) -> bool:
    """Tell whether what follows the stem of a verb says that it was done.

    「作り、」 alone tells it of the verb at the end of the sentence.
    """
    if not _DONE.match(rest):
        return False
    first = re.split("。|\\)", clause)[0]
    return _NOT_DONE.search(first) is None


def _given(id_: str, acts: Sequence[_Act], sentence: Sentence, entry: int) -> Iterator[Candidate]:
    """Yield what acts tell of a policy: that it is there, since when, and the last revision."""
    of = f"provisions.{id_}"
    for key in ("since", "reviewed"):
        own = [act for act in acts if act.key == key]
        if not own:
            continue
        act = own[0] if key == "since" else own[-1]
        words = "".join(sentence.original(act.start, act.end).split())
        shown = part(sentence, act.start, act.end)
        quote = quoted(sentence, part(sentence, 0, len(sentence.said)), shown)
        value = re.sub("(?:から|より|以降|付)$", "", words)
        yield Candidate(of, key, value, "sure", _RULE, quote, entry)
        yield Candidate(of, "status", "in-place", "sure", _RULE, quote, entry)
