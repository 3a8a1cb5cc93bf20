"""Whether the Government Cloud is used, is to be, or is not, by what the town says of it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Final

from dxrules.draft.candidates import Candidate, part, quoted
from dxrules.draft.lexicon import Lexicon
from dxrules.draft.lexicon_files import Grade
from dxrules.draft.outline import Sentence

_RULE: Final = "cloud-read"


_USED: Final = (
    "<cloud-name>[^。、]{0,20}?<cloud-use>[^。、]{0,8}?"
    "(?:して(?:い|お)|って(?:い|お)|いて(?:い|お)|せて(?:い|お)|ました|済み?|中(?:$|[。、)]))"
    "|<cloud-name>の?(?:利用|使用|運用)[はをが][^。、]{0,20}(?:始まり?|始め|開始し)(?:ました|て(?:い|お)|た。)"
    "|(?:動いて|動かして|稼働して|運用して|載せて)いるのは[^。]{0,12}<cloud-name>"
)
_MEANT: Final = (
    "<cloud-place>(?:は|:|に|として)[^。]{0,14}<cloud-name>"
    "|<cloud-name>(?:上|の上)?(?:を|の|で|において|にて)?(?:利用|使用|使|運用|活用)"
    "(?:し、|します|する|う|います|しながら)?(?:$|[。、)])"
    "|<cloud-name>への(?:移行|リフト)(?:です|である|とする|とします)"
)
_TO_COME: Final = "<cloud-name>[^。]{0,40}?<cloud-to-come>"
_DENIED: Final = (
    "<cloud-name>(?:は|の|を|へ|ではなく|以外)[^。]{0,50}?<cloud-denied>"
    "|(?:自治体|団体|市町村|都道府県)(?:は|が|の|では|も)"
    "|<cloud-name>(?:の利用|を利用|の活用|を使)[^。]{0,20}検討|<cloud-name>ではなく"
)
"""What is denied, or told of others."""


def cloud(
    sentences: Sequence[Sentence], reading: Lexicon, *, is_moved: bool
) -> Iterator[Candidate]:
    """Yield whether the Government Cloud is used.

    Where the town names it as what it moves to, it is used once tasks were moved, and planned
    before; `is_moved` tells which.
    """
    use, aim, to_come, denied = map(reading.pattern, (_USED, _MEANT, _TO_COME, _DENIED))
    for entry, sentence in enumerate(sentences):
        said = sentence.said
        is_told = sentence.voice == "town" and sentence.block.kind != "table"
        if not is_told or denied.search(said):
            continue
        used, meant, later = (each.search(said) for each in (use, aim, to_come))
        found = used or meant or later
        if found is None:
            continue
        value = "used" if used or (meant and is_moved and later is None) else "planned"
        is_open = bool(used and later) or (is_moved and value == "planned")
        grade: Grade = "doubtful" if is_open else "sure"
        is_of_left = any(word in said for word in reading.ends("left-over"))
        if meant and not used and not later and (not is_moved or is_of_left):
            grade = "doubtful"
        quote = quoted(sentence, part(sentence, found.start(), found.end()))
        yield Candidate("standardization", "government_cloud", value, grade, _RULE, quote, entry)
