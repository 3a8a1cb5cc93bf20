"""Measures that a document counts on through its pages: 取組1, 取組2, …; 事業番号 101, 102, ….

What recurs below a number that goes up, and is told of by labels each time, is a measure: whatever
word it is counted by, and however its number is written.

    取組7窓口手数料のキャッシュレス決済【実施中】
    事業番号　102　　電子申請の原則化　　　〔実施〕
    ◆A-1　電子申請の拡充　［2026～2030年度／企画課］
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from itertools import pairwise
from typing import Final

from dxrules.document.normal import squeezed
from dxrules.draft.entry_lines import entry_of
from dxrules.draft.label_lines import labels_in
from dxrules.draft.lexicon import Lexicon
from dxrules.draft.measure_titles import is_whole_title, title_of
from dxrules.draft.measure_words import as_sentence
from dxrules.draft.outline import Sentence
from dxrules.frozen import frozen

_MARK: Final = r"[■□●○◎◆◇★☆▶►▷▼▽▲△◯〇・]"
_DIGITS: Final = "0-9０-９"
_LEAD: Final = re.compile(
    rf"\s*(?P<mark>{_MARK}?)\s*[【\[［〔<＜(（]?"
    rf"(?P<word>[一-龥々ぁ-んァ-ヶー]{{2,6}}|No\.?|№|)[\s　]*"
    rf"(?P<number>(?:[A-ZＡ-Ｚ][-－‐–.．]?)?[{_DIGITS}]{{1,3}}(?:[-－‐–.．][{_DIGITS}]{{1,3}})*)"
    rf"(?![{_DIGITS}])[】\]］〕>＞)）]?[\s　.．:：、]*(?P<name>[^\s{_DIGITS}。、][^。]{{2,80}})"
)
_NUMBER: Final = re.compile(f"[A-Z]|[{_DIGITS}]+")
_OF_ELSE: Final = re.compile("令和|平成|昭和|第|図|表|様式|別紙|資料|参考|注|問")
"""What else is counted: days, chapters, figures, questions."""
_TELLING: Final = frozenset({"owner", "schedule", "status", "start", "due"})
_LEAST: Final = 3
"""Members of a series, at least."""
_MOST_BETWEEN: Final = 12
"""Sentences after a name, at most, among which it is told of."""


@frozen
class _Line:
    """A line that may name a measure: which sentence it begins, its series, number and name."""

    at: int
    series: tuple[str, bool, int]
    number: tuple[int, ...]
    name: str


def with_series(sentences: Sequence[Sentence], reading: Lexicon) -> Sequence[Sentence]:
    """Return the sentences; those that name a measure of a series are told as such.

    What stands in further lines of such a sentence becomes one of its own.
    """
    lines = [each for each in _lines(sentences) if is_whole_title(title_of(each.name))]
    by_series: defaultdict[tuple[str, bool, int], list[_Line]] = defaultdict(list)
    for each in lines:
        by_series[each.series].append(each)
    series = [members for members in map(_going_up, by_series.values()) if members]
    begins = sorted({line.at for members in series for line in members} | {len(sentences)})
    until = dict(pairwise(begins))
    named = {
        line.at: line
        for members in series
        for line in members
        if _are_told_of(members, until, sentences, reading)
    }
    found: list[Sentence] = []
    for at, sentence in enumerate(sentences):
        if at in named:
            found += _parted(sentence, named[at])
        else:
            found.append(sentence)
    return found


def _lines(sentences: Sequence[Sentence]) -> Iterator[_Line]:
    for at, sentence in enumerate(sentences):
        is_first = sentence.block.text.startswith(sentence.text)
        if sentence.block.kind == "table" or sentence.voice != "town" or not is_first:
            continue
        found = _LEAD.fullmatch(sentence.text.split("\n", 1)[0].rstrip())
        if found is None or _OF_ELSE.match(found["word"]):
            continue
        number = _numbers(found["number"])
        if not (found["word"] or len(number) > 1):
            continue  # numbers alone count anything
        series = squeezed(found["word"]), bool(found["mark"]), len(number)
        yield _Line(at, series, number, found["name"])


def _numbers(text: str) -> tuple[int, ...]:
    """Return the numbers in a text; a letter is one, too."""
    parts = _NUMBER.findall(squeezed(text))
    return tuple(int(each) if each.isdecimal() else ord(each) for each in parts)


def _going_up(lines: Sequence[_Line]) -> Sequence[_Line]:
    """Return the members of a series: all of them if their numbers go up, mostly one by one."""
    steps = [(one.number, other.number) for one, other in pairwise(lines)]
    goes_up = len(lines) >= _LEAST and all(one < other for one, other in steps)
    by_one = sum(other[-1] - one[-1] == 1 for one, other in steps)
    return lines if goes_up and by_one * 2 >= len(steps) else ()


def _are_told_of(
    lines: Sequence[_Line],
    until: Mapping[int, int],
    sentences: Sequence[Sentence],
    reading: Lexicon,
) -> bool:
    """Tell whether labels or what stands beside the names tell of most members of a series.

    `until` is where the next name stands, of whichever series: one that gathers others has none.
    """
    told = 0
    for line in lines:
        first, *more = sentences[line.at : min(until[line.at], line.at + _MOST_BETWEEN)]
        head, _, below = first.text.partition("\n")
        entry = entry_of(head, reading)
        roles = {role for role, _ in entry.facts} if entry is not None else set()
        for each in (replace(first, text=below), *more):
            roles |= {role for role, _ in labels_in(each, reading)} if each.text else set()
        told += bool(_TELLING & roles)
    return told * 3 >= len(lines) * 2


def _parted(sentence: Sentence, line: _Line) -> Iterator[Sentence]:
    """Yield the name of a measure, without a number that else would stay in it, and the rest."""
    head, _, below = sentence.text.partition("\n")
    has_number = squeezed(title_of(head)) != squeezed(title_of(line.name))
    yield replace(as_sentence(sentence, line.name if has_number else head), is_entry=True)
    if below.strip():
        yield as_sentence(sentence, below)
