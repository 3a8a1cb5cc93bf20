"""Training in security: of whom, and how often, by the clause of a sentence that tells of it.

「研修を年に一度、訓練を年に二度行い、監査を毎年度実施する」: how often stands in the clause of
each. Training in something else, as in AI or by a plan for talent, is none in security.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Final

from dxrules.draft.candidates import Candidate, part, quoted
from dxrules.draft.lexicon import Lexicon
from dxrules.draft.lexicon_files import Grade
from dxrules.draft.outline import Sentence

_OF: Final = "provisions.security-training"
_RULE: Final = "training-read"
_CUES: Final = "training"
"""The kind of phrases by which a sentence, or a clause of it, tells of training."""
_BESIDES: Final = ("ほか", "に加え", "に加えて")
"""What a clause says that ends so is told of in passing: 新任職員研修のほか、全職員に…."""
_SECURITY: Final = "security"
_WHOLE: Final = "all-staff"
"""Of whom training is that is held for all and, besides, for some."""


def training_said(sentences: Sequence[Sentence], reading: Lexicon) -> Iterator[Candidate]:
    """Yield whom the town trains in security, and how often."""
    place, told = -1, False
    for entry, sentence in enumerate(sentences):
        cues = _cues(sentence.said, reading)
        told = told and sentence.place == place
        place = sentence.place
        near = told or _SECURITY in sentence.near
        is_named = "of-security" in cues
        told = told or is_named
        is_said = sentence.voice == "town" and not sentence.is_heading
        if not is_said or sentence.block.kind == "table" or "open" in cues:
            continue
        is_of_it = is_named or (near and "of-others" not in cues)
        if is_of_it and {"named", "held"} <= cues:
            yield from _given(sentence, reading, entry, cues)


def _cues(said: str, reading: Lexicon) -> frozenset[str]:
    """Return what the words of a sentence or a clause tell of training."""
    return frozenset(cue for *_, cue in reading.told(_CUES, said))


def _given(
    sentence: Sentence, reading: Lexicon, entry: int, cues: frozenset[str]
) -> Iterator[Candidate]:
    clauses = {
        each: _cues(each, reading)
        for each in sentence.said.split("、")
        if not each.endswith(_BESIDES)
    }
    own = [each for each, told in clauses.items() if "named" in told and "監査" not in each]
    if "of-security" in cues and any("of-others" in clauses[each] for each in own):
        own = [each for each in own if "of-security" in clauses[each]]
    if not own:
        return
    rest = [each for each, told in clauses.items() if "aside" not in told]
    quote = quoted(sentence, part(sentence, 0, len(sentence.said)))
    told = {}
    for key in ("scope", "cycle"):
        for among in (own[:1], rest):
            codes = {code for each in among for code in reading.coded(key, each)}
            if len(codes) == 1 or _WHOLE in codes:
                told[key] = _WHOLE if _WHOLE in codes else codes.pop()
            if codes:
                break
    is_rule = "measures" not in sentence.about and "as-a-rule" in cues
    is_so = "habit" in cues or is_rule
    grade: Grade = "sure" if told and is_so else "doubtful"
    yield Candidate(_OF, "status", "in-place", grade, _RULE, quote, entry)
    for key, code in told.items():
        yield Candidate(_OF, key, code, "sure", _RULE, quote, entry)
