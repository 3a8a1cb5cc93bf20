"""Figures in a text, each with its year and with what it is: 20%(令和6年度)→60%(令和10年度).

A text is read as a row of tokens: years, figures with their units, and labels such as 現状値 and
目標. A year belongs to the figure beside it; which of the two comes first, the text itself shows.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from datetime import date
from types import MappingProxyType
from typing import Final, NamedTuple

from dxrules.dates import parse_date
from dxrules.document.normal import squeezed
from dxrules.draft.figure_numbers import BOUND, KANJI, LEAD, MORE, figure_in
from dxrules.draft.lexicon import Lexicon
from dxrules.draft.phrases import read_part
from dxrules.draft.table_years import Cellful, YearFigure, fiscal
from dxrules.errors import DateError

_GREGORIAN: Final = "(?:20[0-9]{2}|二〇[〇一二三四五六七八九]{2})"
_ERA: Final = f"(?:(?:令和|平成)(?:[0-9]{{1,2}}|元|[{KANJI}]{{1,3}})|[RH](?:[0-9]{{1,2}}|元))"
_MONTH: Final = f"年[0-9{KANJI}]{{1,3}}月(?:[0-9{KANJI}]{{1,3}}日|末)?"
_BEHIND: Final = f"(?:年度末?|{_MONTH}|年末?)"
_EVERY: Final = (
    rf"(?:(?:{_ERA}年度|{_GREGORIAN}年度)(?:以降|から|[~-](?:{_ERA}|{_GREGORIAN})年度)[はの]?[、:]?)?"
    r"(?:毎|各)年度末?"
    r"|毎年(?![0-9約延平])"
)
_YEAR: Final = (
    rf"(?:{_EVERY}|{_ERA}(?:[(/]{_GREGORIAN}年?度?\)?)?(?:{_BEHIND}|\.[0-9]{{1,2}}末?)?"
    rf"|{_GREGORIAN}(?:\({_ERA}年?度?\))?{_BEHIND})"
)
_NUMBER: Final = (
    rf"(?:[0-9]{{1,3}}(?:,[0-9]{{3}})+|[0-9]+)(?:\.[0-9]+)?(?![0-9])"
    rf"|[{KANJI}]+(?:・[{KANJI}]+)?"
)
_PER: Final = "(?:/(?:年度?|月|日|週|<unit>))?"
SHARE: Final = (
    "(?:[0-9.]+|[一二三四五六七八九])"
    "(?:倍|(?:割|%|ポイント|pt)の?(?:減少?|増加?|削減|縮減|短縮|向上))"
)
"""An aim as a share of what is now, which is no figure itself: 2倍, 3割減."""
_IN_WORDS: Final = "増加|減少|向上|増|減|拡大|縮減|削減|短縮|上昇|低下|改善"


_LATER: Final = "[0-9一二三四五六七八九十]{1,2}[かカヶケ箇]?年後"


class Token(NamedTuple):
    """A year, a figure or a label of a text, and where it stands."""

    kind: str
    text: str
    start: int
    end: int
    is_within: bool = False
    """Whether it begins a bracket: of a year, that it is of the figure before."""
    is_after_arrow: bool = False


class _Patterns(NamedTuple):
    token: re.Pattern[str]
    values: re.Pattern[str]
    named: re.Pattern[str]
    labels: dict[str, str]


def _of(reading: Lexicon) -> _Patterns:
    return reading.once(("figures",), lambda: _patterns(reading))


def _patterns(reading: Lexicon) -> _Patterns:
    labels = dict.fromkeys(reading.ends("column-baseline"), "baseline")
    labels |= dict.fromkeys(reading.ends("column-result"), "baseline")
    labels |= dict.fromkeys(reading.ends("column-target"), "target")
    figure = (
        rf"{LEAD}(?:(?:{_NUMBER})<unit>{_PER}{MORE}"
        rf"|(?:[0-9]{{1,3}}(?:,[0-9]{{3}})+|[0-9]+)(?:\.[0-9]+)?(?![0-9.,])"
        rf"(?:(?:{BOUND})(?![一-龥ぁ-んァ-ヶ])|(?![一-龥ぁ-んァ-ヶ年])))"
    )
    label = rf"(?<![てでし])(?:<column-baseline|column-result|column-target>|{_LATER})"
    aim = rf"(?<=[:)〕】\]値標→年度])(?:<relative-aim>|{SHARE}|{_IN_WORDS})(?![一-龥ァ-ヶ])"
    none = r"(?<=[:)〕】\]値状準点度→])<no-figure>(?![一-龥ァ-ヶ])"
    dash = r"(?<=[:)〕】\]値状準点度→])[-―](?=$|[→、)目])"
    token = (
        rf"(?P<year>{_YEAR})|(?P<aim>{aim})|(?P<figure>{figure})|(?P<none>{none}|{dash})"
        rf"|(?P<label>{label})"
    )
    bare = f"(?>{_YEAR}|{aim}|{figure}|{none}|{label})"
    between = (
        r"(?:\([春夏秋冬]季?期?\)|[→>、,/・:;()〔〕\[\]【】「」<|~=※-]"
        r"|から|まで|以降|時点|現在|当時|見込み?|予定|[のはをにへでが末])"
    )
    tail = r"(?:(?:に|へ|まで|を|と)?<aim-verb>[^0-9。、]{0,14})?[。)]*"  # ends a line of figures
    values = rf"{between}*{bare}(?:{between}*{bare})*{between}*"
    return _Patterns(
        reading.pattern(token),
        reading.pattern(values),
        reading.pattern(
            rf"(?P<name>[^。]{{2,{LONGEST_NAME}}}?)(?P<values>{values}){tail}"
            rf"(?:\((?P<base>{values})\)。?)?"
        ),
        labels,
    )


LONGEST_NAME: Final = 44
NOTHING_NOTED: Final[Mapping[str, str]] = MappingProxyType({})


def tokens_of(text: str, reading: Lexicon) -> list[Token]:
    """Return the years, the figures and the labels that stand in a squeezed text."""
    found: list[Token] = []
    for each in _of(reading).token.finditer(text):
        kind = str(each.lastgroup)
        within = text[each.start() - 1 : each.start()] in {"(", "〔", "[", "【"}
        between = text[found[-1].end : each.start()] if found else ""
        is_after = "→" in between or ">" in between
        found.append(Token(kind, each[0], each.start(), each.end(), within, is_after))
    return found


def are_values(text: str, reading: Lexicon) -> bool:
    """Tell whether a squeezed text holds nothing but years, figures and labels."""
    return _of(reading).values.fullmatch(text) is not None


def none_told() -> YearFigure:
    """Return the baseline of what is said to have none yet."""
    return "baseline", "", Cellful("", "", "", "none")


def values_of(
    text: str, reading: Lexicon, noted: Mapping[str, str] = NOTHING_NOTED
) -> tuple[YearFigure, ...]:
    """Return the values of a squeezed text that says nothing else; none of another text."""
    if not are_values(text, reading):
        return ()
    return read_values(tokens_of(text, reading), reading, noted)


def named_values(
    text: str, reading: Lexicon, noted: Mapping[str, str] = NOTHING_NOTED
) -> tuple[str, tuple[YearFigure, ...]] | None:
    """Return the name and the values of an indicator that one squeezed text tells; else None.

    What is now may stand behind what is aimed at: 手続を200種類にする(令和6年度 37種類). `noted`
    tells of which year baselines and targets are that have none beside them.
    """
    found = _of(reading).named.fullmatch(text)
    if found is None:
        return None
    start = found.start("values")
    tokens = [each for each in tokens_of(text, reading) if each.start >= start]
    if found["base"]:
        behind = [each for each in tokens if each.start >= found.start("base")]
        first, *rest = [each for each in tokens if each.start < found.start("base")]
        tokens = [*behind, first._replace(is_after_arrow=True), *rest]
    values = read_values(tokens, reading, noted)
    if {"year", "figure"} <= {each.kind for each in tokens_of(found["name"], reading)}:
        return None
    closes = found["values"][:1] in {")", "〕", "]", "】", "」"}
    name = named(found["name"] + (found["values"][0] if closes else ""))
    return (name, values) if name and is_whole(values) else None


def base_of(text: str, reading: Lexicon) -> tuple[str, list[YearFigure]] | None:
    """Return the name and the baseline of a squeezed text that tells it: 申請率 現状値20(R6)."""
    found = _of(reading).named.fullmatch(text)
    values = read_values(tokens_of(found["values"], reading), reading) if found else ()
    is_base = len(values) == 1 and values[0][0] == "baseline" and values[0][1]
    return (named(found["name"]), [*values]) if found and is_base else None


def aims_of(text: str, reading: Lexicon) -> tuple[str, tuple[YearFigure, ...]] | None:
    """Return the name and the target of a squeezed text that tells but one figure of a year."""
    found = _of(reading).named.fullmatch(text)
    values = read_values(tokens_of(found["values"], reading), reading) if found else ()
    if found is None or found["base"] or len(values) != 1 or values[0][0] == "baseline":
        return None
    aims = tuple(("target", year, figure) for _, year, figure in values)
    return (named(found["name"]), aims) if named(found["name"]) and is_of_aims(aims) else None


_AROUND: Final = "、,:;/・→-「」【】[]() 　"
_DOTS: Final = re.compile(r"[.・･]{2,}$")
_PARTICLE: Final = re.compile(
    r"(?:について(?:は|、)?|に関して|における|として|とし|は|が|を|の|も)?[、,:]?$"
)


_LEAD_OF_SENTENCE: Final = re.compile(
    "^本?[市町村区](?:では|としては|は)、|^(?:あわせて|併せて|また|さらに|なお|加えて|このほか|そのほか|目標として)、"
    "|^(?:[^、。]{0,10}(?:測る|示す|計る))?(?:KPI|(?:成果|評価|数値)?指標|数値目標|ものさし)(?:は|を|に|として)、?"
    "|^(?:KPI|(?:成果|評価|数値)?指標|数値目標|目標|めやす|目安):"
)


def named(text: str) -> str:
    """Return a name without the signs and particles around it; a bracket stays whole.

    >>> named("オンライン申請率を"), named("参加者(延べ)("), named("申請率(件数)、")
    ('オンライン申請率', '参加者(延べ)', '申請率(件数)')
    """
    name = _DOTS.sub("", _LEAD_OF_SENTENCE.sub("", text.strip()))
    while name and (name[-1] in "(〔[【「" or (name[-1] in _AROUND and name[-1] not in ")]】」")):
        name = name[:-1]
    name = _PARTICLE.sub("", name.lstrip(_AROUND.replace("(", "").replace("「", "")))
    is_one = not _GOES_ON.search(name) and not _DATED.match(name)
    return name if name.count("(") == name.count(")") and is_one else ""


_DATED: Final = re.compile("(?:令和|平成|R|H)[0-9元]{1,2}年度|20[0-9]{2}年度")
"""What a value begins with, and no name: 令和6年度 実績なし."""
_GOES_ON: Final = re.compile(
    "[いきしちにびみりえけせてめれわっん](?:て|で)も?$|(?:ながら|つつ|ため|ように|ほか)$"
)
"""Ends of words that go on to what is told, as 転入者も合わせて: they name nothing."""


def is_whole(values: Sequence[YearFigure]) -> bool:
    """Tell whether values are those of an indicator: a baseline, then targets, all of a year.

    A baseline that is said to be none has no year, either.
    """
    kinds = [kind for kind, *_ in values]
    return (
        kinds.count("baseline") == 1
        and kinds.count("target") == len(kinds) - 1 > 0
        and all(year or not figure.value for _, year, figure in values)
        and all(figure.value for kind, _, figure in values if kind == "target")
    )


def is_of_aims(values: Sequence[YearFigure]) -> bool:
    """Tell whether values are targets alone, all of a year."""
    return bool(values) and all(
        kind == "target" and year and figure.value for kind, year, figure in values
    )


def read_values(  # noqa: C901, PLR0912  (a walk with what is pending)
    tokens: Sequence[Token], reading: Lexicon, noted: Mapping[str, str] = NOTHING_NOTED
) -> tuple[YearFigure, ...]:
    """Return the values that tokens tell, each with its year; none where they do not fit.

    Where no label tells what they are, what stands before an arrow or is the earliest is of the
    present, and the others are targets. `noted` tells of which year those are that have none.
    """
    labels = _of(reading).labels
    kinds: list[str] = []
    years: list[str] = []
    figures: list[Cellful] = []
    plain = [each for each in tokens if each.kind != "label"]
    order = "".join("y" if each.kind == "year" else "f" for each in plain)
    of_labels = "".join(each.kind[0] for each in tokens if each.kind != "year")
    are_behind = of_labels[:1] != "l" and of_labels[-1:] == "l"
    half = len(order) // 2
    if half > 1 and order in {"f" * half + "y" * half, "y" * half + "f" * half}:
        first, last = plain[:half], plain[half:]
        dated, counted = (first, last) if order[0] == "y" else (last, first)
        in_turn = sorted(dated, key=lambda each: end_of(each.text) or FAR)
        paired = zip(in_turn, counted, strict=True)
        tokens = [each for pair in paired for each in pair]
    pending, label, is_taken, arrows = "", "", False, 0
    sides: list[int] = []
    for place, each in enumerate(tokens):
        arrows += each.is_after_arrow
        if each.kind == "label":
            told = labels.get(each.text, "target")
            if (
                (are_behind or _is_beside(tokens[:place], each))
                and is_taken
                and kinds
                and not kinds[-1]
            ):
                kinds[-1] = told
            elif label and label != told:
                return ()
            else:
                label = told
        elif each.kind == "year":
            behind = not pending and figures and not years[-1]
            if behind and (each.is_within or (order[0] == "f" and order != "fyf")):
                years[-1], is_taken = read_year(each.text), True
                continue
            if pending:
                return ()
            pending = read_year(each.text)
        else:
            figure = _figure(each)
            if figure is None:
                return ()
            figures.append(figure)
            kinds.append(label)
            sides.append(arrows)
            years.append(pending)
            pending, label = "", ""
        is_taken = each.kind in _FIGURES and bool(years[-1])
    if pending or len({each.unit for each in figures if each.unit}) > 1:
        return ()
    if not any(kinds) and sides.count(0) == 1 < len(sides):
        kinds = ["target" if side else "baseline" for side in sides]
    elif kinds.count("baseline") == 1:
        kinds = [kind or "target" for kind in kinds]
    years = [y or noted.get(kind, "") for y, kind in zip(years, kinds, strict=True)]
    return _told(kinds, years, figures)


def _is_beside(before: Sequence[Token], label: Token) -> bool:
    """Tell whether a label stands in one bracket with a year: 26件(令和7年度見込み)."""
    last = before[-1] if before else None
    return last is not None and last.kind == "year" and last.is_within and last.end == label.start


_FIGURES: Final = frozenset({"figure", "aim", "none"})


def read_year(text: str) -> str:
    """Return a year as it is told, or 毎年度 of what is for every year."""
    return EVERY_YEAR if text[-1] in "年度末" and re.search("[毎各]年", text) else text


def is_every_year(text: str) -> bool:
    """Tell whether a text says of a target that it is for every year: 目標値(毎年度)."""
    return _EVERY_ALONE.search(squeezed(text)) is not None


_EVERY_ALONE: Final = re.compile("(?:^|[(〔【、])(?:毎|各)年度?末?(?:の?目標値?)?(?:$|[)〕】、])")
EVERY_YEAR: Final = "毎年度"


def _figure(token: Token) -> Cellful | None:
    """Return the figure of a token; of an aim in words these, and nothing of one that is none."""
    if token.kind == "figure":
        return figure_in(token.text)
    return Cellful(token.text if token.kind == "aim" else "", "", "", token.kind)


def _told(
    kinds: list[str], years: Sequence[str], figures: Sequence[Cellful]
) -> tuple[YearFigure, ...]:
    """Return values with what each of them is, by labels or else by the order of their years."""
    ends = [FAR if year == EVERY_YEAR else end_of(year) for year in years]
    if len(figures) > 1 and not all(kinds):
        known = [end for end in ends if end is not None]
        if len(known) < len(ends) or len(set(known)) < len(known):
            return ()
        first = min(known)
        kinds = [
            kind or ("baseline" if end == first else "target")
            for kind, end in zip(kinds, ends, strict=True)
        ]
    read = [
        (kind, fiscal(year), figure)
        for kind, year, figure in zip(kinds, years, figures, strict=True)
    ]
    based = [end for (kind, *_), end in zip(read, ends, strict=True) if kind == "baseline" and end]
    aimed = [end for (kind, *_), end in zip(read, ends, strict=True) if kind == "target" and end]
    if based and aimed and max(based) >= min(aimed):
        return ()
    return tuple(sorted(read, key=lambda each: (each[0] != "baseline", end_of(each[1]) or FAR)))


def retold(values: Sequence[YearFigure]) -> tuple[YearFigure, ...]:
    """Return values of several lines; those that no label tells of by the order of their years."""
    if all(kind for kind, *_ in values):
        return tuple(values)
    units = {figure.unit for *_, figure in values if figure.unit}
    kinds, years, figures = zip(*values, strict=True)
    return _told([*kinds], years, figures) if len(units) <= 1 < len(values) else ()


def end_of(year: str) -> int | None:
    """Return the last day of a year as it is written, or None."""
    if not year:
        return None
    try:
        return parse_date(fiscal(year)).range.hi
    except DateError:
        return None


FAR: Final = date(2108, 3, 31).toordinal()


def value_in(cell: str, reading: Lexicon) -> YearFigure | None:
    """Return the one value of a cell, with its year if it has one; None of anything else."""
    text = squeezed(cell)
    found = values_of(text, reading)
    return found[0] if len(found) == 1 else None


def is_date(text: str) -> bool:
    """Tell whether a text is a date and nothing else."""
    return bool(text) and read_part("date", text) == (0, len(text))
