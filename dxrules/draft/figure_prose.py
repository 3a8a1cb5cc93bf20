"""Indicators that sentences tell: Xを令和6年度の20%から令和10年度に60%へ引き上げます."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import groupby
from typing import Final

from dxrules.document.normal import squeezed
from dxrules.document.signs import sign_of
from dxrules.draft.figure_lines import Figured
from dxrules.draft.figure_numbers import figure_in
from dxrules.draft.figures_in_text import (
    LONGEST_NAME,
    Token,
    is_whole,
    named,
    read_values,
    read_year,
    tokens_of,
)
from dxrules.draft.lexicon import Lexicon
from dxrules.draft.outline import Sentence, bare
from dxrules.draft.table_years import NamedFigures, YearFigure, fiscal


def prose_of(sentences: Sequence[Sentence], reading: Lexicon) -> Iterator[Figured]:
    """Yield the indicators that sentences tell: Xを令和8年度の年420人から令和11年度に1000人へ.

    One may tell it, or two or three of a paragraph: the one what is now, another what is aimed at.
    """
    for _, group in groupby(sentences, key=lambda each: each.place):
        told = [each for each in group if each.block.kind != "table" and each.voice == "town"]
        if told and not any(each.is_heading for each in told):
            yield from _of_paragraph(told, reading)


def _of_paragraph(told: Sequence[Sentence], reading: Lexicon) -> Iterator[Figured]:
    said = [_said(each) for each in told]
    alone = [[*_strict(each, reading)] for each in said]
    start = 0
    while start < len(said):
        taken = 1
        for size in range(1, _MOST + 1):
            window = said[start : start + size]
            if len(window) < size or (size > 1 and any(alone[start + 1 : start + size])):
                continue
            found = alone[start] if size == 1 else [*_strict_of_two(window, reading)]
            if found := found or [*_whole(window, told[start], reading)]:
                place = replace(told[start], said="".join(window))
                yield from (_figured(each, window, place, reading) for each in found)
                taken = size
                break
        else:
            yield from _aim(said[start], told[start], reading)
        start += taken


_MOST: Final = 3
"""Sentences that together tell an indicator."""


def _aim(said: str, place: Sentence, reading: Lexicon) -> Iterator[Figured]:
    """Yield the indicator of which a sentence tells an aim alone; that it is one is asked."""
    tokens = [each for each in tokens_of(said, reading) if _is_told(each, said)]
    order = sorted(each.kind for each in tokens if each.kind != "label")
    is_below = "indicators" in place.about and _AIMING.search(said[-_END:]) is not None
    is_aim = is_below or _TO_REACH.search(said) or any(e.text.startswith("目標") for e in tokens)
    if order != ["figure", "year"] or not is_aim or reading.pattern(_OF_OTHERS).search(said):
        return
    figures = [each for each in tokens if each.kind == "figure"]
    year = next(each.text for each in tokens if each.kind == "year")
    figure, names = figure_in(figures[0].text), _names(said, place, reading)
    if figure is not None and figure.unit and len(names) == 1:
        values = (("target", fiscal(read_year(year)), figure),)
        yield Figured(names[0], values, place, is_labelled=False, is_told=is_below)


_TO_REACH: Final = re.compile("(?:目指|めざ)(?:す|し)")


def _said(sentence: Sentence) -> str:
    """Return what a sentence says without the number or the label of who says it."""
    said = _SPEAKER.sub("", sentence.text)
    first, *rest = said.split("\n")
    if rest and _BULLET.match(first) and len(first) <= LONGEST_NAME and "。" not in first:
        said = f"{first}、{''.join(rest)}"
    sign = sign_of(said)
    return squeezed(_BULLET.sub("", sign.rest if sign is not None else said))


_BULLET: Final = re.compile(r"^[\s・○●◎◇□■◆▶▷※☆★①-⑳]+")
_SPEAKER: Final = re.compile(r"^\s*[QAＱＡ問答][\s:：.]+")


def _strict(said: str, reading: Lexicon) -> Iterator[NamedFigures]:
    """Yield the indicators of a sentence with nothing around their names and figures."""
    if len(said) <= _LONGEST_SENTENCE and _MAY_TELL.search(said):
        yield from (each for part in _parts(said, reading) if (each := _of_part(part, reading)))


def _strict_of_two(window: Sequence[str], reading: Lexicon) -> Iterator[NamedFigures]:
    if len(window) == _PAIR and window[1].startswith(_GOES_ON):
        yield from _strict("".join(window), reading)


def _figured(
    told: NamedFigures, window: Sequence[str], place: Sentence, reading: Lexicon
) -> Figured:
    """Return an indicator; `is_told`, if the sentence of its last year says that it is an aim."""
    aims = [each for each in window if not _NOW.search(each)] or window
    said = _BRACKET_LAST.sub("", aims[-1])
    is_past = reading.pattern(_PAST).search(said) is not None
    is_told = _AIMING.search(said[-_END:]) is not None and not is_past
    return Figured(*told, place, is_labelled=False, is_told=is_told)


_GOES_ON: Final = ("これを", "これは、", "この数を", "この割合を", "この値を", "これについて")
_NOW: Final = re.compile(
    "^[^。]{0,24}(?:実績|現状|現在|年度は)[^。]*(?:です|である|でした|だった|であった|にとどまります)。?$"
)


def _whole(window: Sequence[str], place: Sentence, reading: Lexicon) -> Iterator[NamedFigures]:
    """Yield the indicator of sentences that tell it with more words around its figures.

    It has one name that ends as what is counted does, or else that of the heading, and figures of
    one unit, each with its year.
    """
    said = "".join(window)
    if len(said) > _LONGEST_SENTENCE or not _MAY_TELL.search(said):
        return
    if reading.pattern(_OF_OTHERS).search(said):
        return
    tokens = [each for each in tokens_of(said, reading) if _is_told(each, said)]
    plain = [each for each in tokens if each.kind != "label"]
    values = read_values(tokens, reading)
    values = values if _are_whole(values) else read_values(plain, reading)
    if not _are_whole(values) or not all(figure.unit for *_, figure in values if figure.value):
        return
    names = _names(said, place, reading)
    if not names:
        first = next((each for piece in _pieces(said) if (each := _SUBJECT.match(piece))), None)
        names = [named(first[1])] if first is not None and named(first[1]) else []
    if len(names) == 1:
        yield names[0], values


def _are_whole(values: Sequence[YearFigure]) -> bool:
    """Tell whether values are a baseline and targets; what is now may be told without a year."""
    dated = [(k, y or (_NOT_TOLD if k == "baseline" else ""), figure) for k, y, figure in values]
    return is_whole(dated)


def _pieces(said: str) -> list[str]:
    return [_BEFORE_NAME.sub("", _YEARS.sub("", each)) for each in re.split("[、。「」:]", said)]


def _names(said: str, place: Sentence, reading: Lexicon) -> list[str]:
    """Return the names in a text that end as what is counted does, or else that of the heading."""
    found = (reading.pattern(_COUNTED).match(piece) for piece in _pieces(said))
    names = [*dict.fromkeys(name for each in found if each and (name := named(each[1])))]
    names = [each for each in names if not any(each != other and each in other for other in names)]
    title = bare(place.titles[-1]) if place.titles else ""
    if not names and title.endswith(reading.ends("counting-noun")):
        names = [title]
    return names


_NOT_TOLD: Final = "-"
_OF_OTHERS: Final = "<of-nation|of-former|figures-of-others>"
_COUNTED: Final = (
    r"([^0-9]{1,40}?<counting-noun>(?:\([^()0-9]*\))?)"
    r"(?=については|は|を|が|に|で|も|の(?:目標|現状|実績|値)|$|[0-9(])"
)
_SUBJECT: Final = re.compile("([^0-9]{3,30}?)(?:について)?(?:は|を|が)")
"""What a sentence is about that is not called as what is counted; that is asked."""
_YEARS: Final = re.compile(
    "^[ぁ-ん]{0,4}(?:(?:令和|平成|R)[0-9元]{1,2}|20[0-9]{2})(?:年度?|\\.)(?:[0-9]{1,2}月)?末?"
)
_LONGEST_SENTENCE: Final = 300
_MAY_TELL: Final = re.compile(
    "(?:令和|平成|R|20[0-9]{2}|二〇|現在|現状|[今いま]の).{0,120}(?:令和|平成|R|20[0-9]{2}|二〇|毎年度)"
)
_END: Final = 40
_BRACKET_LAST: Final = re.compile(r"\([^()]*\)(?=。?$)")
_AIMING: Final = re.compile(
    "(?:ます|する|たい|めざす|目指す|目標である|目標だ|目標|上げる|増やす|減らす|下げる|高める|広げる"
    "|伸ばす|縮める|短くする|させる|図る|です|いく)[。)]*$"
)
_PAST: Final = (
    "(?:ました|でした。|ていた|(?<!目指し)(?<!めざし)(?:ている|ています)|った|した)[。)]*$"
    "|<of-former>|全国|国の|決算"
)


def _parts(said: str, reading: Lexicon) -> Iterator[list[tuple[str, Token | None]]]:
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
    if token.kind == "year":
        return _SPAN.match(said, token.end) is None
    if token.kind != "figure":
        return token.kind == "label"
    return not token.text[-1].isdigit() and not said[token.end :].startswith(
        ("当たり", "あたり", "以内に", "ずつ")
    )


_SPAN: Final = re.compile("からの?[0-9一二三四五]{1,2}(?:か|カ|ヶ)?年")
"""Behind a year from which several are counted: 令和8年度からの5年間で."""
_NOTHING: Final = re.compile(
    r"(?:は|が|を|に|で|の|と|へ|も|だった|でした|である|であり|です|現在|現状|末|時点|から|まで|までに|には|では|これ"
    r"|する|します|とする|とします|にする|にします|目標|目指す|目指します|実績|値|、|。|\(|\)|:|→|「|」|-|~|年間|年|延べ|約"
    r"|引き?上げ|引き?下げ|増やし|減らし|高め|広げ|いた|あった|なっ|ている|ており|ます|る|し|たい|こと|さらに|計画|最終年度)*"
)
_BEHIND_NAME: Final = re.compile(
    r"(?:は|が|を|の|について|に関して|における)?(?:、)?(?:現在の?|現状の?|目標を|目標は|目標として|の目標を?|の実績は?)?$"
)
_BEFORE_NAME: Final = re.compile(
    r"^(?:における|時点の|までの|までに|実績の|だった|であった|でした|である|となっている|の|に|で|は|が|を|、|には|では|において|までに|まで|から|現在|時点|末|とし|として|にあたる)+"
)


def _of_part(
    part: Sequence[tuple[str, Token | None]], reading: Lexicon
) -> tuple[str, tuple[YearFigure, ...]] | None:
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
    names = [each for each in names if not any(each != o and each in o for o in names)]
    tokens = [token for _, token in part if token is not None]
    if len(names) != 1 or not _LEAST_NAME <= len(names[0]) <= LONGEST_NAME:
        return None
    values = read_values(tokens, reading)
    return (names[0], values) if is_whole(values) else None


_LEAST_NAME: Final = 3
