"""Indicators whose cards stand side by side: their names in one line, the figures of each below.

避難所受付の電子化率 | オンライン申請の件数
令和6年度 7.7%       | 令和6年度 3,284件
▼                    | ▼
令和9年度 100%       | 令和9年度 12,000件
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import Final

from dxrules.document.normal import squeezed
from dxrules.draft.figure_lines import Figured
from dxrules.draft.figures_in_text import (
    LONGEST_NAME,
    Token,
    is_whole,
    named,
    read_values,
    tokens_of,
    values_of,
)
from dxrules.draft.lexicon import Lexicon
from dxrules.draft.outline import Sentence

_LEAST: Final = 2
_LEAST_NAME: Final = 4
_ARROWS: Final = re.compile(r"[▼▽↓⇓→➡⇒➔▶\s]+")


def beside(sentences: Sequence[Sentence], reading: Lexicon) -> Iterator[Figured]:
    """Yield the indicators of cards that stand side by side.

    Every line below the names has as many cells; of a card with a cell that is no figure of a
    year, nothing is told.
    """
    names: list[str] = []
    place: Sentence | None = None
    below: list[list[list[Token]]] = []
    for sentence, cells in _lines(sentences):
        if all(map(_ARROWS.fullmatch, cells)):
            continue
        told = [tokens_of(each, reading) if values_of(each, reading) else [] for each in cells]
        if place is not None and len(cells) == len(names) and any(told):
            below.append(told)
            continue
        yield from _made(names, below, place, reading)
        are_names = len(cells) >= _LEAST and not any(told) and all(map(_is_name, cells))
        names, below, place = [], [], None
        if are_names and sentence.voice == "town":
            names, place = cells, sentence
    yield from _made(names, below, place, reading)


def _lines(sentences: Sequence[Sentence]) -> Iterator[tuple[Sentence, list[str]]]:
    for sentence in sentences:
        lines = sentence.text.split("\n") if sentence.block.kind != "table" else [""]
        for line in lines:
            yield sentence, [squeezed(cell) for cell in line.split("\t")]


def _is_name(cell: str) -> bool:
    return _LEAST_NAME <= len(cell) <= LONGEST_NAME and "。" not in cell and bool(named(cell))


def _made(
    names: Sequence[str],
    below: Sequence[Sequence[list[Token]]],
    place: Sentence | None,
    reading: Lexicon,
) -> Iterator[Figured]:
    if place is None or len(below) < _LEAST:
        return
    is_labelled = "indicators" in place.about
    for number, name in enumerate(names):
        cells = [line[number] for line in below]
        values = read_values([each for cell in cells for each in cell], reading)
        if all(cells) and is_whole(values):
            yield Figured(named(name), values, place, is_labelled=is_labelled)
