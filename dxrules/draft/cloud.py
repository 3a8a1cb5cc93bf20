"""Whether the Government Cloud is used, is to be, or is not, by what the town says of it."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import Final

from dxrules.draft.candidates import Candidate, part, quoted
from dxrules.draft.models import Grade
from dxrules.draft.outline import Sentence
from dxrules.draft.reading import Reading

_RULE: Final = "cloud-read"


def cloud(
    sentences: Sequence[Sentence], reading: Reading, *, is_moved: bool
) -> Iterator[Candidate]:
    """Yield whether the Government Cloud is used.

    Where the town names it as what it moves to, it is used once tasks were moved, and planned
    before; `is_moved` tells which.
    """
    use, aim, to_come, denied = reading.once(("cloud",), lambda: _patterns(reading))
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
        if meant and not used and not later and not is_moved:
            grade = "doubtful"
        quote = quoted(sentence, part(sentence, found.start(), found.end()))
        yield Candidate("standardization", "government_cloud", value, grade, _RULE, quote, entry)


def _patterns(reading: Reading) -> tuple[re.Pattern[str], ...]:
    """Return patterns of what is used, meant to be, to come, and denied, or told of others."""
    lists = ("cloud-name", "cloud-use", "cloud-place")
    name, use, place = (f"(?:{reading.any_of(each).pattern})" for each in lists)
    used = re.compile(
        rf"{name}[^。、]{{0,20}}?{use}[^。、]{{0,8}}?"
        "(?:して(?:い|お)|って(?:い|お)|いて(?:い|お)|せて(?:い|お)|しており|っており|ました|済み?|中(?:$|[。、)]))"
        rf"|{name}の?(?:利用|使用|運用)[はをが][^。、]{{0,20}}(?:始まり?|始め|開始し)(?:ました|て(?:い|お)|た。)"
        rf"|(?:動いて|動かして|稼働して|運用して|載せて)いるのは[^。]{{0,12}}{name}"
    )
    meant = re.compile(
        rf"{place}(?:は|:|に|として)[^。]{{0,14}}{name}"
        rf"|{name}(?:上|の上)?(?:を|の|で|において|にて)?(?:利用|使用|使|運用|活用)"
        r"(?:し、|します|する|う|います|しながら)?(?:$|[。、)])"
        rf"|{name}への(?:移行|リフト)(?:です|である|とする|とします)"
    )
    to_come = re.compile(
        rf"{name}[^。]{{0,40}}?(?:予定|計画|方針|目指|見込|こととし|進め|向け|準備|移します|移行します)"
    )
    denied = re.compile(
        rf"{name}(?:は|の|を|へ|ではなく|以外)[^。]{{0,50}}?(?:ません|しない|せず|ではな|見送|いない)"
        "|(?:自治体|団体|市町村|都道府県)(?:は|が|の|では|も)"
        rf"|{name}(?:の利用|を利用|の活用|を使)[^。]{{0,20}}検討|{name}ではなく"
    )
    return used, meant, to_come, denied
