"""Indicators that lines tell: labels with a figure each, columns set with blanks, a sentence.

指標 オンライン手続数 / 基準値(令和6年度) 134件 / 目標値(令和9年度) 250件 are three lines of one;
転入の所要時間 現状値(令和7年度)68分 → 目標値(令和11年度)30分 is one line.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import Final

from dxrules.document.normal import squeezed
from dxrules.document.signs import sign_of
from dxrules.draft.column_heads import role_of
from dxrules.draft.figures import (
    LONGEST_NAME,
    Token,
    Value,
    is_whole,
    named,
    named_values,
    read_values,
    tokens_of,
    value_in,
    values_of,
)
from dxrules.draft.outline import Sentence, kinds_of
from dxrules.draft.reading import Reading
from dxrules.draft.table_years import year_of
from dxrules.frozen import frozen


@frozen
class Figured:
    """An indicator as lines tell it: its name, its values, and where it stands.

    `is_labelled`: a label or the heading above says that it is an indicator, or labels say what
    its values are; else only their years speak for it. `is_told`: of a sentence, that it tells
    an aim.
    """

    name: str
    values: tuple[Value, ...]
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


class _Named:
    """A line that may be the name of an indicator, with the values that the lines below tell."""

    def __init__(self, name: str, place: Sentence, *, is_told: bool) -> None:
        self.name = name
        self.place = place
        self.is_told = is_told
        self.values: list[Value] = []

    def made(self) -> Iterator[Figured]:
        """Yield the indicator, if the lines below its name told a baseline and targets."""
        if self.name and is_whole(self.values):
            yield Figured(self.name, tuple(self.values), self.place, is_labelled=self.is_told)


def lines_of(  # noqa: C901  (a walk with what is open)
    sentences: Sequence[Sentence], reading: Reading
) -> Iterator[Figured | Columned]:
    """Yield the indicators that lines tell in which the town speaks."""
    heads: tuple[str, ...] = ()
    above: _Named | None = None
    begun = ""
    for sentence, line in _lines(sentences):
        if sentence.voice != "town":
            heads, above = (), None
            continue
        bare = _LEAD.sub("", line)
        said = squeezed(bare)
        if above is not None and (values := _values(said, reading)):
            above.values += values
            continue
        if above is not None:
            yield from above.made()
        above = None
        if found := _heads(line, reading):
            heads, begun = found, ""
            continue
        if heads and (lower := _heads_below(line, heads, reading)):
            heads = lower
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
        told = _one_line(sentence, bare, reading)
        if isinstance(told, Figured):
            yield told
        above = told if isinstance(told, _Named) else None
    if above is not None:
        yield from above.made()


_FIGURED: Final = frozenset({"unit", "baseline", "target", "result"})


def _heads(line: str, reading: Reading) -> tuple[str, ...]:
    """Return the heads of columns that blanks part: 指標, then what figures below them are."""
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
    if len(told) < _LEAST_HEADS or role_of(name, reading) != "indicator":
        return ()
    return (name, *heads)


_IS_FIGURE: Final = re.compile("[0-9]")
_LEAST_HEADS: Final = 2
_MOST_CELLS: Final = 12
_NUMBER_HEAD: Final = re.compile("^(?:No\\.?|№|番号|#|通番|項番)")


def _is_head(word: str, reading: Reading) -> bool:
    said = squeezed(word)
    return bool(year_of(said)) or role_of(_YEARLESS.sub("", said), reading) in _FIGURED


_YEARLESS: Final = re.compile(r"\(.*\)|（.*）")


def _heads_below(line: str, heads: Sequence[str], reading: Reading) -> tuple[str, ...]:
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


def _is_lower(word: str, reading: Reading) -> bool:
    bare = squeezed(word).strip("()")
    return bool(year_of(bare)) or role_of(bare, reading) in _FIGURED


def _row(line: str, heads: Sequence[str], reading: Reading) -> tuple[str, ...]:
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


def _fits_unit(cell: str, reading: Reading) -> bool:
    return squeezed(cell) in reading.ends("unit")


def _values(said: str, reading: Reading) -> tuple[Value, ...]:
    """Return the values of a line that holds nothing but them, each of a kind."""
    if len(said) > _LONGEST_LINE or not re.search("[0-9〇一二三四五六七八九十百千]", said):
        return ()
    values = values_of(_RELATIVE.sub(r"\1", said), reading)
    return values if all(kind for kind, *_ in values) else ()


_LONGEST_LINE: Final = 120
_RELATIVE: Final = re.compile(
    r"(?:[0-9.]+割(?:減|増)?|[0-9.]+倍|[0-9.]+[%％](?:減|増)|半減|倍増|半分)\(([^()]{1,12})\)"
)
"""What is aimed at as a share of what is now, with the figure beside it: 3割減(17分)."""


def _one_line(sentence: Sentence, line: str, reading: Reading) -> Figured | _Named | None:
    """Return the indicator of a line, or the name that it may be for the lines below it."""
    label = _LABEL.match(line)
    is_label = label is not None and role_of(squeezed(label[1]), reading) == "indicator"
    rest = line[label.end() :] if label is not None and is_label else line
    sign = sign_of(rest)
    rest = reading.pattern(_COUNTED).sub("", sign.rest if sign is not None else rest)
    said = squeezed(rest)
    below = "indicators" in sentence.about
    if len(said) <= _LONGEST_LINE and (told := named_values(said, reading)) is not None:
        name, values = told
        if role_of(squeezed(name), reading) in _OF_MEASURES:
            return None
        labelled = bool(set(_kinds(said, reading)) >= {"baseline", "target"})
        return Figured(name, values, sentence, is_labelled=is_label or below or labelled)
    if (
        len(rest) > LONGEST_NAME
        or "。" in rest
        or (sentence.is_heading and not _names(rest, reading))
    ):
        return None
    return _Named(named(rest.strip()), sentence, is_told=is_label or below)


_OF_MEASURES: Final = frozenset({"schedule", "owner", "status", "start", "due", "content"})
"""Labels of what is done, beside which figures are none of an indicator: 日程 令和8年度 3業務."""


def _kinds(said: str, reading: Reading) -> list[str]:
    """Return what the labels of a line say that its values are."""
    baselines = {*reading.ends("column-baseline"), *reading.ends("column-result")}
    labels = [each.text for each in tokens_of(said, reading) if each.kind == "label"]
    return ["baseline" if label in baselines else "target" for label in labels]


def _names(heading: str, reading: Reading) -> bool:
    """Tell whether a heading may name an indicator: it is none of a known kind of section."""
    return not kinds_of(squeezed(heading), reading)


def _lines(sentences: Sequence[Sentence]) -> Iterator[tuple[Sentence, str]]:
    for sentence in sentences:
        if sentence.block.kind == "table":
            continue
        for line in sentence.text.split("\n"):
            if line.strip():
                yield sentence, line


def prose_of(sentences: Sequence[Sentence], reading: Reading) -> Iterator[Figured]:
    """Yield the indicators that a sentence tells: Xを令和8年度の年420人から令和11年度に1000人へ.

    One that begins with これを goes on with the sentence before it.
    """
    before: Sentence | None = None
    for sentence in sentences:
        if sentence.block.kind == "table" or sentence.voice != "town" or sentence.is_heading:
            before = None
            continue
        said = sentence.said
        if before is not None and said.startswith(_GOES_ON):
            said = f"{before.said}{said}"
        before = sentence
        if len(said) > _LONGEST_SENTENCE or not _MAY_TELL.search(said):
            continue
        for part in _parts(said, reading):
            if (found := _of_part(part, reading)) is not None:
                name, values = found
                told = _BRACKET_LAST.sub("", said)
                is_past = reading.pattern(_PAST).search(told) is not None
                is_told = _AIMING.search(told[-_END:]) is not None and not is_past
                place = replace(sentence, said=said) if said != sentence.said else sentence
                yield Figured(name, values, place, is_labelled=False, is_told=is_told)


_GOES_ON: Final = ("これを", "これは、", "この数を", "この割合を", "この値を", "これについて")
_LONGEST_SENTENCE: Final = 300
_MAY_TELL: Final = re.compile(
    "(?:令和|平成|R|20[0-9]{2}|二〇).{0,120}(?:令和|平成|R|20[0-9]{2}|二〇)"
)
_END: Final = 40
_BRACKET_LAST: Final = re.compile(r"\([^()]*\)(?=。?$)")
_AIMING: Final = re.compile(
    "(?:ます|する|たい|めざす|目指す|目標である|目標だ|目標|上げる|増やす|減らす|下げる|高める|広げる"
    "|伸ばす|縮める|短くする|させる|図る|です|いく)[。)]*$"
)
_PAST: Final = "(?:ました|でした。|ていた|ている|ています|った|した)[。)]*$|<of-former>|全国|国の"


def _parts(said: str, reading: Reading) -> Iterator[list[tuple[str, Token | None]]]:
    """Yield the parts of a sentence that hold the years and figures of one indicator each.

    A part ends where a pair of figures of one unit is complete; what follows is the next one's.
    """
    tokens = [each for each in tokens_of(said, reading) if _is_told(each, said)]
    part: list[tuple[str, Token | None]] = []
    place, figures, years = 0, 0, 0
    for number, token in enumerate(tokens):
        part.append((said[place : token.start], token))
        place = token.end
        figures += token.kind == "figure"
        years += token.kind == "year"
        after = tokens[number + 1 : number + 2]
        within = after and after[0].kind == "year" and after[0].is_within
        if figures >= _PAIR and years >= _PAIR and not within:
            yield [*part, (said[place : after[0].start if after else len(said)], None)]
            part, figures, years = [], 0, 0


_PAIR: Final = 2


def _is_told(token: Token, said: str) -> bool:
    """Tell whether a figure of a sentence is one: with a unit, and not within a word."""
    if token.kind != "figure":
        return True
    return not token.text[-1].isdigit() and not said[token.end :].startswith(
        ("当たり", "あたり", "以内に", "ずつ")
    )


_NOTHING: Final = re.compile(
    r"(?:は|が|を|に|で|の|と|へ|も|だった|でした|である|であり|です|現在|現状|末|時点|から|まで|までに|には|では|これ"
    r"|する|します|とする|とします|にする|にします|目標|目指す|目指します|実績|値|、|。|\(|\)|:|→|「|」|-|~|年間|年|延べ|約"
    r"|引き?上げ|引き?下げ|増やし|減らし|高め|広げ|いた|あった|なっ|ている|ており|ます|る|し|たい|こと|さらに|計画|最終年度)*"
)
_BEHIND_NAME: Final = re.compile(
    r"(?:は|が|を|の|について|に関して|における)?(?:、)?(?:現在の?|現状の?|目標を|目標は|目標として|の目標を?|の実績は?)?$"
)
_BEFORE_NAME: Final = re.compile(
    r"^(?:だった|であった|でした|である|となっている|の|に|で|は|が|を|、|には|では|において|までに|まで|から|現在|時点|末|とし|として|にあたる)+"
)


def _of_part(
    part: Sequence[tuple[str, Token | None]], reading: Reading
) -> tuple[str, tuple[Value, ...]] | None:
    """Return the name and the values of a part of a sentence; None if it has not one name."""
    names = []
    for number, (between, token) in enumerate(part):
        if token is None or _NOTHING.fullmatch(between):
            continue
        text = re.split("[。、]", between.rstrip("、,("))[-1] if number == 0 else between
        text = _BEFORE_NAME.sub("", text) if number else text
        name = named(_BEHIND_NAME.sub("", named(text) or text))
        if name and not _NOTHING.fullmatch(name):
            names.append(name)
    tokens = [token for _, token in part if token is not None]
    if len(names) != 1 or not _LEAST_NAME <= len(names[0]) <= LONGEST_NAME:
        return None
    values = read_values(tokens, reading)
    return (names[0], values) if is_whole(values) else None


_LEAST_NAME: Final = 3
