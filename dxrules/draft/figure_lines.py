"""Indicators that lines tell: labels with a figure each, columns set with blanks, a sentence.

指標 オンライン手続数 / 基準値(令和6年度) 134件 / 目標値(令和9年度) 250件 are three lines of one;
転入の所要時間 現状値(令和7年度)68分 → 目標値(令和11年度)30分 is one line.
"""

from __future__ import annotations

import re
from functools import lru_cache
from typing import TYPE_CHECKING, Final

from dxrules.document.normal import squeezed
from dxrules.document.signs import number_in
from dxrules.draft.tables import Cellful, figure_of, role_of
from dxrules.frozen import frozen

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from dxrules.draft.outline import Sentence
    from dxrules.draft.reading import Reading


@frozen
class Figured:
    """An indicator as lines tell it: its name, then each kind of value, its year, its figure."""

    name: str
    values: tuple[tuple[str, str, Cellful], ...]
    place: Sentence
    is_prose: bool = False


@frozen
class Columned:
    """A row of columns that are set with blanks, below the heads of them."""

    heads: tuple[str, ...]
    row: tuple[str, ...]
    place: Sentence


_YEAR: Final = r"(?:令和|平成|R|H|20)[0-9元]{1,2}(?:\([^()]{2,8}\))?年?度?末?"
_FIGURE: Final = r"(?:約|延べ)?[0-9][0-9,]*(?:\.[0-9]+)?"
_ARROW: Final = r"[→⇒>、,/／・]*"
_GAPS: Final = re.compile(r"[ \u3000\t]{2,}|(?<=[)）])[ \u3000\t]+")
_LEAST_CELLS: Final = 3
_LONGEST_NAME: Final = 40


@lru_cache(maxsize=8)
def _patterns(
    baselines: tuple[str, ...], targets: tuple[str, ...], units: tuple[str, ...]
) -> tuple[re.Pattern[str], re.Pattern[str], re.Pattern[str]]:
    """Return the pattern of one value, of values alone, and of a name with at least two."""

    def any_of(words: Sequence[str]) -> str:
        ordered = sorted(map(squeezed, words), key=len, reverse=True)
        return "|".join(map(re.escape, ordered))

    label = f"{any_of(baselines)}|{any_of(targets)}"
    figure = f"{_FIGURE}(?:{any_of(units)})?"
    one = (
        rf"(?:(?P<label>{label})(?:\((?P<within>{_YEAR})\))?|(?P<before>{_YEAR})(?:の)?"
        rf"(?P<after>{label})?)[:は]?(?P<figure>{figure})(?:\((?P<behind>{_YEAR})\))?"
    )
    bare = re.sub(r"\?P<[a-z]+>", "?:", one)
    alone = rf"{_ARROW}{bare}(?:{_ARROW}{bare})*"
    named = rf"(?P<name>[^。]{{2,{_LONGEST_NAME}}}?)[:、]?(?P<values>{bare}(?:{_ARROW}{bare})+)"
    return re.compile(one), re.compile(alone), re.compile(named)


def _of(reading: Reading) -> tuple[re.Pattern[str], re.Pattern[str], re.Pattern[str]]:
    lists = reading.lists
    before = (*lists["column-baseline"].words, *lists["column-result"].words)
    return _patterns(before, lists["column-target"].words, lists["unit"].words)


def values_in(text: str, reading: Reading) -> tuple[tuple[str, str, Cellful], ...]:
    """Return the values that a squeezed text tells, each with what it is, and its year.

    Where no label tells what they are, the first is of the present and the others are targets.
    """
    one = _of(reading)[0]
    targets = set(reading.ends("column-target"))
    found: list[tuple[str, str, Cellful]] = []
    for each in one.finditer(text):
        label = each["label"] or each["after"] or ""
        kind = "target" if label in targets or (not label and found) else "baseline"
        figure = figure_of(each["figure"].removeprefix("延べ"))
        year = each["within"] or each["before"] or each["behind"] or ""
        if figure is not None:
            found.append((kind, year, figure))
    return tuple(found)


def named_values(
    text: str, reading: Reading
) -> tuple[str, tuple[tuple[str, str, Cellful], ...]] | None:
    """Return the name and the values of an indicator that one squeezed text tells; else None."""
    found = _of(reading)[2].fullmatch(text)
    if found is None:
        return None
    values = values_in(found["values"], reading)
    kinds = [kind for kind, *_ in values]
    is_whole = kinds[:1] == ["baseline"] and "target" in kinds
    return (found["name"], values) if is_whole and all(year for _, year, _ in values) else None


def lines_of(sentences: Sequence[Sentence], reading: Reading) -> Iterator[Figured | Columned]:
    """Yield the indicators that lines tell in which the town speaks."""
    alone = _of(reading)[1]
    heads: tuple[str, ...] = ()
    name, first = "", None
    values: list[tuple[str, str, Cellful]] = []
    for sentence, line in _lines(sentences):
        said = squeezed(line)
        cells = tuple(each for each in _GAPS.split(line.strip()) if each)
        if name and alone.fullmatch(said):
            values += values_in(said, reading)
            continue
        if name and values and first is not None:
            yield Figured(name, tuple(values), first)
        name, values, first = "", [], None
        if sentence.voice != "town":
            heads = ()
        elif _are_heads(cells, reading):
            heads = cells
        elif heads and len(cells) == len(heads) and all(map(figure_of, cells[1:])):
            yield Columned(heads, cells, sentence)
        else:
            heads = ()
            label, _, rest = re.sub(r"[\s:：]+", "\t", line.strip(), count=1).partition("\t")
            is_label = role_of(squeezed(label).strip("【】[]・○"), reading) == "indicator"
            told = named_values(squeezed(rest) if is_label else said, reading)
            if told is not None:
                yield Figured(*told, sentence)
            elif is_label and rest and len(rest) <= _LONGEST_NAME:
                name, first = rest, sentence
    if name and values and first is not None:
        yield Figured(name, tuple(values), first)


def _are_heads(cells: Sequence[str], reading: Reading) -> bool:
    """Tell whether cells that blanks part are the heads of columns of indicators."""
    if len(cells) < _LEAST_CELLS or role_of(squeezed(cells[0]), reading) != "indicator":
        return False
    return all(role_of(squeezed(each), reading) in {"baseline", "target"} for each in cells[1:])


def _lines(sentences: Sequence[Sentence]) -> Iterator[tuple[Sentence, str]]:
    for sentence in sentences:
        if sentence.block.kind == "table":
            continue
        for line in sentence.text.split("\n"):
            if line.strip():
                yield sentence, line


_KANJI: Final = "[〇一二三四五六七八九十百千万]{1,8}|[0-9][0-9,]*(?:\\.[0-9]+)?"
_IN_WORDS: Final = _YEAR.replace("0-9", "0-9一二三四五六七八九十")
_PROSE: Final = re.compile(
    rf"(?:^|[。、])(?P<name>[^。、]{{2,30}}?)[はを]、?(?P<base>{_IN_WORDS})"
    rf"(?:の|は|に|には|現在の?|で)?、?(?:年|年に|延べ|約)*"
    rf"(?P<from>{_KANJI})(?P<unit>[^0-9、。のかで]{{1,3}}?)"
    rf"(?:から|を|で|、|だった|でした|です)[^。]{{0,16}}?(?P<target>{_IN_WORDS})"
    rf"(?:までに|まで|には|に|は|の)?、?(?:これを|年|年に|延べ|約)*(?P<to>{_KANJI})(?P=unit)"
)


def prose_of(sentences: Sequence[Sentence]) -> Iterator[Figured]:
    """Yield the indicators that a sentence tells: Xを令和8年度の年420人から令和11年度に1000人へ."""
    for sentence in sentences:
        if sentence.block.kind == "table" or sentence.voice != "town" or sentence.is_heading:
            continue
        for found in _PROSE.finditer(sentence.said):
            ends = [_number(found["from"]), _number(found["to"])]
            if all(ends):
                first, last = (Cellful(each, found["unit"], "") for each in ends)
                values = (("baseline", found["base"], first), ("target", found["target"], last))
                yield Figured(found["name"], values, sentence, is_prose=True)


_GREAT: Final = {"万": 10_000, "千": 1_000, "百": 100}


def _number(text: str) -> str:
    """Return a number that may be written in kanji; empty if it cannot be read.

    >>> _number("四百二十"), _number("1,084"), _number("千")
    ('420', '1084', '1000')
    """
    if text[0].isascii():
        return text.replace(",", "")
    total = 0
    for sign, worth in _GREAT.items():
        before, great, text = text.rpartition(sign) if sign in text else ("", "", text)
        part = number_in(before) if before else 1
        if great and part is None:
            return ""
        total += (part or 0) * worth if great else 0
    rest = number_in(text) if text else 0
    return "" if rest is None else str(total + rest)
