"""Whether the national health insurance is a premium or a tax: 国民健康保険税 is no premium."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import Final

from dxrules.draft.candidates import UNTOLD, Candidate, part, quoted
from dxrules.draft.lexicon_files import Grade
from dxrules.draft.outline import Sentence
from dxrules.draft.settle import Settled

_RULE: Final = "health-insurance-tax"
_TAX: Final = re.compile(r"(?:国民健康保険|国保)(?:は、?(?:保険)?)?税(?!\(料\)|[・/]料)")
_PREMIUM: Final = re.compile(r"(?:国民健康保険|国保)(?:料|の保険料|税(?:\(料\)|[・/]料))")
_OF_PREMIUM: Final = "collection.charges.health-insurance-premium"


def levied(sentences: Sequence[Sentence]) -> Iterator[Candidate]:
    """Yield that it is a tax where the town calls it one; in doubt where it also says 料."""
    own = [each for each in sentences if each.voice == "town"]
    named = ((each, found) for each in own if (found := _TAX.search(each.said)))
    first = next(named, None)
    if first is not None:
        sentence, found = first
        quote = quoted(sentence, part(sentence, found.start(), found.end()))
        is_alone = not any(_PREMIUM.search(each.said) for each in own)
        grade: Grade = "sure" if is_alone else "doubtful"
        value = "tax" if is_alone else UNTOLD
        yield Candidate("collection", "health_insurance", value, grade, _RULE, quote)


def without_premium(made: dict[str, Settled]) -> None:
    """Leave out the premium of a town that levies a tax: what is said of it is of the local tax."""
    about = made.get("collection")
    if about is not None and "health_insurance" not in about.doubts:
        made.pop(_OF_PREMIUM, None)
