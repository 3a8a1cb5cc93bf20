"""Training in security: of whom, and how often, by the clause of a sentence that tells of it.

「研修を年に一度、訓練を年に二度行い、監査を毎年度実施する」: how often stands in the clause of
each. Training in something else, as in AI or by a plan for talent, is none in security.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import Final

from dxrules.draft.candidates import Candidate, part, quoted
from dxrules.draft.models import Grade
from dxrules.draft.outline import Sentence
from dxrules.draft.reading import Reading

_OF: Final = "provisions.security-training"
_RULE: Final = "training-read"
_TRAINING: Final = re.compile("研修|標的型(?:攻撃)?メール訓練|e-?ラーニング")
_OF_SECURITY: Final = re.compile("セキュリティ|標的型|サイバー")
_OF_OTHERS: Final = re.compile(
    "DX|デジタル|人材|AI|スマホ|スマートフォン|育成|意識改革|BPR|ICT|RPA|学校|住民|市民|町民|村民|教員|eラーニングシステム"
)
_HELD: Final = re.compile(
    "行[いうっわ]|実施(?:し|する|。|$)|受け|受講(?:し|する|を)|開[いく]|義務|必須|回(?:です|。|$|、)"
)
_HABIT: Final = re.compile("て(?:い|お)[るまり]|ており|です|義務付け|必須")
"""It is so today; 毎年実施します may be yet to come."""
_AS_A_RULE: Final = re.compile("(?:行う|実施する|受ける|受講する)(?:。|$|ほか|とともに)")
"""So are the rules of a town put: 全職員に対する研修を年に一度行う."""
_OPEN: Final = re.compile(
    "徹底|予定|検討|ません|ていない|課題|必要|限って|今後|始め|新たに|国は|求め"
)
_BESIDES: Final = ("ほか", "に加え", "に加えて")
"""What a clause says that ends so is told of in passing: 新任職員研修のほか、全職員に…."""
_ASIDE: Final = re.compile("監査|訓練")
_SECURITY: Final = "security"
_WHOLE: Final = "all-staff"
"""Of whom training is that is held for all and, besides, for some."""


def training_said(sentences: Sequence[Sentence], reading: Reading) -> Iterator[Candidate]:
    """Yield whom the town trains in security, and how often."""
    place, told = -1, False
    for entry, sentence in enumerate(sentences):
        said = sentence.said
        told = told and sentence.place == place
        place = sentence.place
        near = told or _SECURITY in sentence.near
        named = _OF_SECURITY.search(said) is not None
        told = told or named
        is_said = sentence.voice == "town" and not sentence.is_heading
        if not is_said or sentence.block.kind == "table" or _OPEN.search(said):
            continue
        is_of_it = named or (near and _OF_OTHERS.search(said) is None)
        if is_of_it and _TRAINING.search(said) and _HELD.search(said):
            yield from _given(sentence, reading, entry, is_named=named)


def _given(
    sentence: Sentence, reading: Reading, entry: int, *, is_named: bool
) -> Iterator[Candidate]:
    clauses = [each for each in sentence.said.split("、") if not each.endswith(_BESIDES)]
    own = [each for each in clauses if _TRAINING.search(each) and "監査" not in each]
    if is_named and any(_OF_OTHERS.search(each) for each in own):
        own = [each for each in own if _OF_SECURITY.search(each)]
    if not own:
        return
    rest = [each for each in clauses if _ASIDE.search(each) is None]
    quote = quoted(sentence, part(sentence, 0, len(sentence.said)))
    told = {}
    for key, kind in (("scope", "scope"), ("cycle", "cycle")):
        for among in (own[:1], rest):
            codes = {code for each in among for code in reading.coded(kind, each)}
            if len(codes) == 1 or _WHOLE in codes:
                told[key] = _WHOLE if _WHOLE in codes else codes.pop()
            if codes:
                break
    is_rule = "measures" not in sentence.about and _AS_A_RULE.search(sentence.said) is not None
    is_plan = _HABIT.search(sentence.said) is None and not is_rule
    grade: Grade = "sure" if told and not is_plan else "doubtful"
    yield Candidate(_OF, "status", "in-place", grade, _RULE, quote, entry)
    for key, code in told.items():
        yield Candidate(_OF, key, code, "sure", _RULE, quote, entry)
