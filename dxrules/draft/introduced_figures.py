"""Indicators that a sentence introduces, and the sentences after it tell the figures of.

ひとつめは、オンライン申請の割合です。令和6年度は12%でした。令和10年度に30%をめざします。
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import takewhile
from typing import Final

from dxrules.draft.figure_lines import Figured
from dxrules.draft.figures_in_text import is_whole, named, read_values, tokens_of
from dxrules.draft.lexicon import Lexicon
from dxrules.draft.outline import Sentence

_INTRODUCED: Final = re.compile(
    "(?:(?:(?:ひと|ふた|みっ|よっ|いつ|むっ|なな|やっ|ここの|[一二三四五六七八九1-9])つ|[一二三四五六七八九1-9]番)"
    "(?:め|目)|第[一二三四五六七八九1-9])(?:の(?:指標|目標|ものさし|めやす))?"
    "(?:は|に|として)、?(?P<name>[^。、]{3,40}?)(?:です|である|だ|とする|とします)。?"
    "|(?:[^。、]{0,10}の)?(?:成果|評価|数値)?(?:指標|目標|KPI|ものさし)(?:は|として(?:は)?)、?"
    "「?(?P<other>[^。、「」0-9]{3,40}?)」?(?:です|である|だ|とする|とします|を用いる|を用います)。?"
)
_FROM: Final = re.compile(
    r"\([^()]*\)、|(?:\([^()]*\))?(?:で、|であり、|(?:でした|だった|であった|です|である|から|を|が)[、。])"
)
"""After the first figure, which is what the next ones are to grow or fall from."""


def introduced(
    sentences: Sequence[Sentence], reading: Lexicon
) -> Iterator[tuple[Sentence, Figured | None]]:
    """Yield the sentences that go on about what one has introduced, and its indicator with them.

    Of an indicator the sentence that introduces it comes first; figures that are not surely a
    baseline and the aims after it give none.
    """
    for number, sentence in enumerate(sentences):
        found = _INTRODUCED.fullmatch(sentence.said)
        if found is None or sentence.voice != "town" or sentence.block.kind == "table":
            continue
        after = takewhile(lambda each: each.place == sentence.place, sentences[number + 1 :])  # noqa: B023  (it is used at once)
        rest = [*after]
        yield sentence, _figured(found["name"] or found["other"], sentence, rest, reading)
        for each in rest:
            yield each, None


def _figured(
    name: str, sentence: Sentence, rest: Sequence[Sentence], reading: Lexicon
) -> Figured | None:
    said = "".join(each.said for each in rest)
    tokens = [each for each in tokens_of(said, reading) if each.kind != "label"]
    figures = [each for each in tokens if each.kind == "figure"]
    if len(figures) < _LEAST or _tells_of_others(said, reading) or not named(name):
        return None
    values = read_values(tokens, reading)
    is_from = _FROM.match(said, figures[0].end) is not None
    return Figured(named(name), values, sentence) if is_from and is_whole(values) else None


def _tells_of_others(said: str, reading: Lexicon) -> bool:
    """Tell whether figures beside those of the town are of others, or of a former plan."""
    return "全国" in said or reading.any_of("of-nation", "of-former").search(said) is not None


_LEAST: Final = 2
