"""Years that the words around figures tell of them: 基準値は令和6年度、目標値は令和12年度です."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator, Sequence
from itertools import islice, pairwise, takewhile
from typing import Final

from dxrules.draft.figures_in_text import read_year, tokens_of
from dxrules.draft.lexicon import Lexicon
from dxrules.draft.outline import Sentence
from dxrules.draft.table_years import fiscal

_NOTED: Final = 6
"""Blocks around a table in which words tell of which year its values are."""
_AIMS: Final = re.compile(
    "(?:次|以下|下記)の(?=.*(?:目標|状態|指標|数値|姿|水準|値)).*(?:ます|する|です|目指す|めざす)"
    "|(?:まで|末)に.*(?:次|以下|下記)の"
)
"""What introduces aims by their year: 令和12年度までに、次の状態を実現します."""


def noted_years(sentences: Sequence[Sentence], table: Sentence, reading: Lexicon) -> dict[str, str]:
    """Return of which year the baselines and the targets of a table are, as words around it say.

    So do the headings above it. The nearest words that tell it are right.
    """
    found: dict[str, dict[int, set[str]]] = {}
    for far, said in (*_near(sentences, table), *((_NOTED, title) for title in table.titles)):
        for kind, year in _years(said, reading):
            found.setdefault(kind, {}).setdefault(far, set()).add(fiscal(read_year(year)))
    nearest = {kind: years[min(years)] for kind, years in found.items()}
    return {kind: next(iter(years)) for kind, years in nearest.items() if len(years) == 1}


def _near(sentences: Sequence[Sentence], table: Sentence) -> Iterator[tuple[int, str]]:
    """Yield the sentences around a table, with how far they are."""
    first = bisect_left(sentences, table.place - _NOTED, key=lambda each: each.place)
    after = islice(sentences, first, None)
    for sentence in takewhile(lambda each: each.place <= table.place + _NOTED, after):
        is_other = sentence.place != table.place and sentence.block.kind != "table"
        if is_other and sentence.titles == table.titles and _YEAR.search(sentence.said):
            yield abs(table.place - sentence.place), sentence.said


_YEAR: Final = re.compile("[0-9元]年|[RH][0-9]|年度")


def _years(said: str, reading: Lexicon) -> Iterator[tuple[str, str]]:
    """Yield what is of which year, as words say that tell no figure."""
    of_aims = _AIMS.search(said) is not None
    for part in re.split("[、。,;/]", said):
        tokens = tokens_of(part, reading)
        years = [each for each in tokens if each.kind == "year"]
        labels = [each for each in tokens if each.kind == "label"]
        if len(tokens) > len(years) + len(labels):
            continue
        if len(years) == len(labels) == 1:
            is_target = labels[0].text in reading.ends("column-target")
            yield "target" if is_target else "baseline", years[0].text
        elif labels and years:
            for label, year in pairwise(tokens):
                if (label.kind, year.kind) == ("label", "year") and year.start - label.end <= _GAP:
                    is_target = label.text in reading.ends("column-target")
                    yield "target" if is_target else "baseline", year.text
        elif len(years) == _PAIR and not labels and years[1].is_after_arrow:
            yield from zip(("baseline", "target"), (each.text for each in years), strict=True)
        elif of_aims and len(years) == 1 and _UNTIL.match(part, years[0].end):
            yield "target", years[0].text


_PAIR: Final = 2
_GAP: Final = 2
_UNTIL: Final = re.compile("末?(?:まで|に|の)")
