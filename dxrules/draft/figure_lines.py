"""Indicators that lines tell: labels with a figure each, columns set with blanks, a sentence.

指標 オンライン手続数 / 基準値(令和6年度) 134件 / 目標値(令和9年度) 250件 are three lines of one;
転入の所要時間 現状値(令和7年度)68分 → 目標値(令和11年度)30分 is one line.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from typing import Final

from dxrules.document.normal import squeezed
from dxrules.document.signs import sign_of
from dxrules.draft.column_heads import role_of
from dxrules.draft.figures_in_text import (
    LONGEST_NAME,
    NOTHING_NOTED,
    aims_of,
    is_of_aims,
    is_whole,
    named,
    named_values,
    retold,
    tokens_of,
    value_in,
    values_of,
)
from dxrules.draft.lexicon import Lexicon
from dxrules.draft.noted_years import noted_years
from dxrules.draft.outline import Sentence, kinds_of
from dxrules.draft.table_years import YearFigure, year_of
from dxrules.frozen import frozen


@frozen
class Figured:
    """An indicator as lines tell it: its name, its values, and where it stands.

    `is_labelled`: a label or the heading above says that it is an indicator, or labels say what
    its values are; else only their years speak for it. `is_told`: of a sentence, that it tells
    an aim.
    """

    name: str
    values: tuple[YearFigure, ...]
    place: Sentence
    is_labelled: bool = True
    is_told: bool = True


@frozen
class Columned:
    """A row of columns that are set with blanks, below the heads of them."""

    heads: tuple[str, ...]
    row: tuple[str, ...]
    place: Sentence


_LEAST_CELLS: Final = 3
_LEAD: Final = re.compile(r"^[\s・○●◎◇□■◆▶▷➤*※☆★\-–]+")
_LABEL: Final = re.compile(r"^[【\[〔〈<]?([^\s:：】\]〕〉>]{2,12})[】\]〕〉>:：\s]+\s*(?=\S)")
_COUNTED: Final = r"^<counted-indicator>[0-9①-⑳]{0,2}[-－0-9]{0,3}[\s:：.．、]+"


_NUMBERED: Final = re.compile("(?<=.)[0-9①-⑳]{1,2}$")


def _role(label: re.Match[str], reading: Lexicon) -> str:
    """Return what a label tells, which may be numbered: 指標1."""
    return role_of(_NUMBERED.sub("", squeezed(label[1])), reading)


class _Named:
    """A line that may be the name of an indicator, with the values that the lines below tell."""

    def __init__(self, name: str, place: Sentence, *, is_told: bool) -> None:
        self.name = name
        self.place = place
        self.is_told = is_told
        self.values: list[YearFigure] = []

    def goes_on(self, line: str, reading: Lexicon, noted: Mapping[str, str]) -> bool:
        """Take a line that tells values of it, or before them what it is: 算出方法:件数÷総数."""
        said = squeezed(line)
        if values := _values(said, reading, noted):
            self.values += values
            return True
        if not said.strip("▼▽↓⇓→>"):
            return True
        label = _LABEL.match(line)
        role = _role(label, reading) if label is not None else "indicator"
        if label is None or self.values or role in {"indicator", "measure"}:
            return False
        if role == "unit" and "(" not in squeezed(self.name):
            self.name += f"({squeezed(line[label.end() :])})"
        return ":" in squeezed(label[0]) or role == "unit"

    def made(self) -> Iterator[Figured]:
        """Yield the indicator, if the lines below its name told a baseline and targets.

        Of what is said to be an indicator targets alone are enough.
        """
        values = retold(self.values)
        if self.name and (is_whole(values) or (self.is_told and is_of_aims(values))):
            yield Figured(self.name, values, self.place, is_labelled=self.is_told)


def lines_of(  # noqa: C901  (a walk with what is open)
    sentences: Sequence[Sentence], reading: Lexicon
) -> Iterator[Figured | Columned]:
    """Yield the indicators that lines tell in which the town speaks."""
    heads: tuple[str, ...] = ()
    above: _Named | None = None
    begun = ""

    def noted(sentence: Sentence, said: str) -> Mapping[str, str]:
        may_lack = _IS_FIGURE.search(said) and len(said) <= _LONGEST_LINE
        return noted_years(sentences, sentence, reading) if may_lack else NOTHING_NOTED

    for sentence, line in _lines(sentences):
        if sentence.voice != "town":
            heads, above = (), None
            continue
        bare = _LEAD.sub("", line)
        said = squeezed(bare)
        if above is not None and above.goes_on(bare, reading, noted(sentence, said)):
            continue
        if above is not None:
            yield from above.made()
        above = None
        if heads and (lower := _heads_below(line, heads, reading)):
            heads = lower
            continue
        if found := _heads(line, reading, is_below="indicators" in sentence.about):
            heads, begun = found, ""
            continue
        if heads and (row := _row(f"{begun}{line}", heads, reading)):
            begun = ""
            yield Columned(heads, row, sentence)
            continue
        is_row = heads and _IS_FIGURE.search(said) and value_in(line.split()[-1], reading)
        if heads and not begun and len(said) <= LONGEST_NAME and "。" not in said and not is_row:
            begun = line.strip()
        else:
            heads, begun = heads if is_row else (), ""
        told = _one_line(sentence, bare, reading, noted(sentence, said))
        if isinstance(told, Figured):
            yield told
        above = told if isinstance(told, _Named) else None
    if above is not None:
        yield from above.made()


_FIGURED: Final = frozenset({"unit", "baseline", "target", "result"})


def _heads(line: str, reading: Lexicon, *, is_below: bool) -> tuple[str, ...]:
    """Return the heads of columns that blanks part: 指標, then what figures below them are.

    Below a heading of indicators, years alone are enough.
    """
    words = line.split()
    if not _LEAST_CELLS <= len(words) <= _MOST_CELLS:
        return ()
    first = len(words)
    while first and _is_head(words[first - 1], reading):
        first -= 1
    name = _NUMBER_HEAD.sub("", squeezed("".join(words[:first])))
    heads = words[first:]
    roles = [role_of(squeezed(each), reading) for each in heads]
    told = [each for each in roles if each != "unit"]
    is_bare = is_below and not name and all(year_of(squeezed(each)) for each in heads)
    if len(told) < _LEAST_HEADS or (role_of(name, reading) != "indicator" and not is_bare):
        return ()
    return (name or _NAMES, *heads)


_NAMES: Final = "指標"
"""What stands above names where nothing does, beside years."""


_IS_FIGURE: Final = re.compile("[0-9]")
_LEAST_HEADS: Final = 2
_MOST_CELLS: Final = 12
_NUMBER_HEAD: Final = re.compile("^(?:No\\.?|№|番号|#|通番|項番)")


def _is_head(word: str, reading: Lexicon) -> bool:
    said = squeezed(word)
    return bool(year_of(said)) or role_of(_YEARLESS.sub("", said), reading) in _FIGURED


_YEARLESS: Final = re.compile(r"\(.*\)|（.*）")


def _heads_below(line: str, heads: Sequence[str], reading: Lexicon) -> tuple[str, ...]:
    """Return heads with what a second line says of them: （実績） below 令和6年度."""
    words = line.split()
    figured = [
        n for n, each in enumerate(heads) if n and role_of(squeezed(each), reading) != "unit"
    ]
    if len(words) != len(figured) or not all(_is_lower(each, reading) for each in words):
        return ()
    joined = [*heads]
    for place, word in zip(figured, words, strict=True):
        bare = squeezed(word).strip("()")
        joined[place] = f"{squeezed(heads[place])}({bare})"
    return tuple(joined)


def _is_lower(word: str, reading: Lexicon) -> bool:
    bare = squeezed(word).strip("()")
    return bool(year_of(bare)) or role_of(bare, reading) in _FIGURED


def _row(line: str, heads: Sequence[str], reading: Lexicon) -> tuple[str, ...]:
    """Return the cells of a line below heads: a name that may have blanks, then a figure each."""
    words = line.split()
    number = len(heads) - 1
    if len(words) <= number:
        return ()
    cells = words[-number:]
    figured = 0
    for head, cell in zip(heads[1:], cells, strict=True):
        is_unit = role_of(squeezed(head), reading) == "unit"
        is_told = bool(_fits_unit(cell, reading) if is_unit else value_in(cell, reading))
        if not is_told and (is_unit or squeezed(cell) not in _DASHES):
            return ()
        figured += is_told and not is_unit
    if not figured:
        return ()
    name = re.sub(r"^(?:[0-9０-９]{1,2}|[①-⑳])[.．\s]*", "", " ".join(words[:-number]))
    return (name, *cells) if name else ()


_DASHES: Final = frozenset({"-", "―", "…"})
"""What stands below a head where nothing was counted."""


def _fits_unit(cell: str, reading: Lexicon) -> bool:
    return squeezed(cell) in reading.ends("unit")


def _values(said: str, reading: Lexicon, noted: Mapping[str, str]) -> tuple[YearFigure, ...]:
    """Return the values of a line that holds nothing but them, each of a kind."""
    if len(said) > _LONGEST_LINE:
        return ()
    values = values_of(_RELATIVE.sub(r"\1", said), reading, noted)
    return values if all(kind or year for kind, year, _ in values) else ()


_LONGEST_LINE: Final = 120
_RELATIVE: Final = re.compile(
    r"(?:[0-9.]+割(?:減|増)?|[0-9.]+倍|[0-9.]+[%％](?:減|増)|半減|倍増|半分)\(([^()]{1,12})\)"
)
"""What is aimed at as a share of what is now, with the figure beside it: 3割減(17分)."""


def _one_line(
    sentence: Sentence, line: str, reading: Lexicon, noted: Mapping[str, str]
) -> Figured | _Named | None:
    """Return the indicator of a line, or the name that it may be for the lines below it."""
    label = _LABEL.match(line)
    is_label = label is not None and _role(label, reading) == "indicator"
    rest = line[label.end() :] if label is not None and is_label else line
    sign = sign_of(rest)
    rest = reading.pattern(_COUNTED).sub("", sign.rest if sign is not None else rest)
    said = squeezed(rest)
    below = "indicators" in sentence.about
    if len(said) <= _LONGEST_LINE and (told := named_values(said, reading, noted)) is not None:
        name, values = told
        if role_of(squeezed(name), reading) in _OF_MEASURES:
            return None
        labelled = bool(set(_kinds(said, reading)) >= {"baseline", "target"})
        return Figured(name, values, sentence, is_labelled=is_label or below or labelled)
    if (below or is_label) and "。" not in rest and (aims := aims_of(said, reading)) is not None:
        return Figured(*aims, sentence, is_labelled=is_label)
    if (
        len(rest) > LONGEST_NAME
        or "。" in rest
        or (sentence.is_heading and not _names(rest, reading))
    ):
        return None
    return _Named(named(rest.strip()), sentence, is_told=is_label or below)


_OF_MEASURES: Final = frozenset({"schedule", "owner", "status", "start", "due", "content"})
"""Labels of what is done, beside which figures are none of an indicator: 日程 令和8年度 3業務."""


def _kinds(said: str, reading: Lexicon) -> list[str]:
    """Return what the labels of a line say that its values are."""
    baselines = {*reading.ends("column-baseline"), *reading.ends("column-result")}
    labels = [each.text for each in tokens_of(said, reading) if each.kind == "label"]
    return ["baseline" if label in baselines else "target" for label in labels]


def _names(heading: str, reading: Lexicon) -> bool:
    """Tell whether a heading may name an indicator: it is none of a known kind of section."""
    return not kinds_of(squeezed(heading), reading)


def _lines(sentences: Sequence[Sentence]) -> Iterator[tuple[Sentence, str]]:
    for sentence in sentences:
        if sentence.block.kind == "table":
            continue
        for line in _OPEN.sub(r"\1", sentence.text).split("\n"):
            if (bare := _BOX.sub(" ", line)).strip():
                yield sentence, _SET_APART.sub(r"\1:", bare)


_OPEN: Final = re.compile(r"([(（][^()（）\n]*)\n(?=[^()（）\n]*[)）])")
"""A line that was broken within a bracket."""
_BOX: Final = re.compile("[\u2500-\u257f]+")
_SET_APART: Final = re.compile(
    r"((?:(?:R|H|令和|平成)\s?[0-9元]{1,2}|20[0-9]{2})(?:年度?末?)?)[ 　\t]+(?=[0-9０-９])"
)
"""A year and a figure with a blank between them, which would be one number without it: R6 20."""
