"""Figures in a text, each with its year and with what it is: 20%(令和6年度)→60%(令和10年度).

A text is read as a row of tokens: years, figures with their units, and labels such as 現状値 and
目標. A year belongs to the figure beside it; which of the two comes first, the text itself shows.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Final, NamedTuple

from dxrules.dates import parse_date
from dxrules.document.normal import squeezed
from dxrules.document.signs import number_in
from dxrules.draft.phrases import read_part
from dxrules.draft.reading import Reading
from dxrules.draft.table_years import Cellful, fiscal
from dxrules.errors import DateError

Value = tuple[str, str, Cellful]
"""What a figure is, `baseline` or `target` or nothing; its year; and the figure."""

_KANJI: Final = "〇一二三四五六七八九十百千万"
_GREGORIAN: Final = "(?:20[0-9]{2}|二〇[〇一二三四五六七八九]{2})"
_ERA: Final = f"(?:(?:令和|平成)(?:[0-9]{{1,2}}|元|[{_KANJI}]{{1,3}})|[RH](?:[0-9]{{1,2}}|元))"
_MONTH: Final = f"年[0-9{_KANJI}]{{1,3}}月(?:[0-9{_KANJI}]{{1,3}}日|末)?"
_BEHIND: Final = f"(?:年度末?|{_MONTH}|年末?)"
_YEAR: Final = (
    rf"(?:{_ERA}(?:[(/]{_GREGORIAN}年?度?\)?)?(?:{_BEHIND}|\.[0-9]{{1,2}}末?)?"
    rf"|{_GREGORIAN}(?:\({_ERA}年?度?\))?{_BEHIND})"
)
_NUMBER: Final = (
    rf"(?:[0-9]{{1,3}}(?:,[0-9]{{3}})+|[0-9]+)(?:\.[0-9]+)?(?![0-9])"
    rf"|[{_KANJI}]+(?:・[{_KANJI}]+)?"
)
_LEAD: Final = "(?:平均|月(?=[0-9])|約|およそ|概ね|おおむね|延べ|のべ|累計|年間|毎年|年|計)*"
_BOUND: Final = "以上|以下|以内|未満|程度|超"
_MORE: Final = f"(?:{_BOUND}|台)?(?:を?(?:維持|継続)(?:する)?)?"
_PER: Final = "(?:/年度?|/月|/人)?"


class Token(NamedTuple):
    """A year, a figure or a label of a text, and where it stands."""

    kind: str
    text: str
    start: int
    end: int
    is_within: bool = False
    """Whether it begins a bracket: of a year, that it is of the figure before."""


class _Patterns(NamedTuple):
    token: re.Pattern[str]
    values: re.Pattern[str]
    named: re.Pattern[str]
    labels: dict[str, str]


def _of(reading: Reading) -> _Patterns:
    return reading.once(("figures",), lambda: _patterns(reading))


def _patterns(reading: Reading) -> _Patterns:
    labels = dict.fromkeys(reading.ends("column-baseline"), "baseline")
    labels |= dict.fromkeys(reading.ends("column-result"), "baseline")
    labels |= dict.fromkeys(reading.ends("column-target"), "target")
    figure = (
        rf"{_LEAD}(?:(?:{_NUMBER})<unit>{_PER}{_MORE}"
        rf"|(?:[0-9]{{1,3}}(?:,[0-9]{{3}})+|[0-9]+)(?:\.[0-9]+)?(?![0-9.,])"
        rf"(?:(?:{_BOUND})(?![一-龥ぁ-んァ-ヶ])|(?![一-龥ぁ-んァ-ヶ年])))"
    )
    label = "<column-baseline|column-result|column-target>"
    token = rf"(?P<year>{_YEAR})|(?P<figure>{figure})|(?P<label>{label})"
    bare = f"(?:{_YEAR}|{figure}|{label})"
    between = r"(?:[→>、,/・:;()〔〕\[\]【】「」<|~=※-]|から|まで|以降|時点|現在|当時|見込み?|予定|[のはをにへでが末])"  # noqa: E501  (a list of verbs)
    tail = (  # what a line ends with after its last figure
        r"(?:(?:に|へ|まで|を|と)?<aim-verb>[^0-9。、]{0,14})?[。)]*"
    )
    values = rf"{between}*{bare}(?:{between}*{bare})*{between}*"
    return _Patterns(
        reading.pattern(token),
        reading.pattern(values),
        reading.pattern(rf"(?P<name>[^。]{{2,{LONGEST_NAME}}}?)(?P<values>{values}){tail}"),
        labels,
    )


LONGEST_NAME: Final = 44


def tokens_of(text: str, reading: Reading) -> list[Token]:
    """Return the years, the figures and the labels that stand in a squeezed text."""
    found = []
    for each in _of(reading).token.finditer(text):
        kind = str(each.lastgroup)
        within = text[each.start() - 1 : each.start()] in {"(", "〔", "[", "【"}
        found.append(Token(kind, each[0], each.start(), each.end(), within))
    return found


def values_of(text: str, reading: Reading) -> tuple[Value, ...]:
    """Return the values of a squeezed text that says nothing else; none of another text."""
    if _of(reading).values.fullmatch(text) is None:
        return ()
    return read_values(tokens_of(text, reading), reading)


def named_values(text: str, reading: Reading) -> tuple[str, tuple[Value, ...]] | None:
    """Return the name and the values of an indicator that one squeezed text tells; else None."""
    found = _of(reading).named.fullmatch(text)
    if found is None:
        return None
    values = read_values(tokens_of(found["values"], reading), reading)
    closes = found["values"][:1] in {")", "〕", "]", "】", "」"}
    name = named(found["name"] + (found["values"][0] if closes else ""))
    return (name, values) if name and is_whole(values) else None


_AROUND: Final = "、,:;/・→-「」【】[]() 　"
_PARTICLE: Final = re.compile(
    r"(?:について(?:は|、)?|に関して|における|として|とし|は|が|を|の|も)?[、,:]?$"
)


_LEAD_OF_SENTENCE: Final = re.compile(
    "^(?:あわせて|併せて|また|さらに|なお|加えて|このほか|そのほか|目標として)、"
    "|^(?:KPI|(?:成果|評価|数値)?指標|数値目標|目標|めやす|目安):"
)


def named(text: str) -> str:
    """Return a name without the signs and particles around it; a bracket stays whole.

    >>> named("オンライン申請率を"), named("参加者(延べ)("), named("申請率(件数)、")
    ('オンライン申請率', '参加者(延べ)', '申請率(件数)')
    """
    name = _LEAD_OF_SENTENCE.sub("", text.strip())
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


def is_whole(values: Sequence[Value]) -> bool:
    """Tell whether values are those of an indicator: a baseline, then targets, all of a year."""
    kinds = [kind for kind, *_ in values]
    return (
        kinds.count("baseline") == 1
        and kinds.count("target") == len(kinds) - 1 > 0
        and all(year for _, year, _ in values)
    )


def read_values(  # noqa: C901  (a walk with what is pending)
    tokens: Sequence[Token], reading: Reading
) -> tuple[Value, ...]:
    """Return the values that tokens tell, each with its year; none where they do not fit.

    Where no label tells what they are, the earliest is of the present and the others are targets.
    """
    labels = _of(reading).labels
    kinds: list[str] = []
    years: list[str] = []
    figures: list[Cellful] = []
    plain = [each for each in tokens if each.kind != "label"]
    order = "".join(each.kind[0] for each in plain)
    half = len(order) // 2
    if half > 1 and order in {"f" * half + "y" * half, "y" * half + "f" * half}:
        first, last = plain[:half], plain[half:]
        paired = zip(first, last, strict=True) if order[0] == "y" else zip(last, first, strict=True)
        tokens = [each for pair in paired for each in pair]
    pending, label, is_taken = "", "", False
    for place, each in enumerate(tokens):
        if each.kind == "label":
            told = labels[each.text]
            if is_taken and kinds and not kinds[-1]:
                kinds[-1] = told
            elif label and label != told:
                return ()
            else:
                label = told
        elif each.kind == "year":
            behind = not pending and figures and not years[-1]
            if behind and (each.is_within or order[0] == "f"):
                years[-1], is_taken = each.text, True
                continue
            if pending:
                return ()
            pending = each.text
        else:
            figure = figure_in(each.text, reading)
            if figure is None:
                return ()
            figures.append(figure)
            kinds.append(label)
            years.append(pending)
            pending, label = "", ""
        is_taken = each.kind == "figure" and bool(years[-1])
        del place
    if pending or len({each.unit for each in figures if each.unit}) > 1:
        return ()
    return _told(kinds, years, figures)


def _told(kinds: list[str], years: Sequence[str], figures: Sequence[Cellful]) -> tuple[Value, ...]:
    """Return values with what each of them is, by labels or else by the order of their years."""
    ends = [end_of(year) for year in years]
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
    return tuple(sorted(read, key=lambda each: (each[0] != "baseline", end_of(each[1]) or _FAR)))


def end_of(year: str) -> int | None:
    """Return the last day of a year as it is written, or None."""
    if not year:
        return None
    try:
        return parse_date(fiscal(year)).range.hi
    except DateError:
        return None


_FAR: Final = parse_date("令和90年度").range.hi
_OF_FIGURE: Final = re.compile(
    rf"{_LEAD}(?P<number>[0-9][0-9,]*(?:\.[0-9]+)?|[{_KANJI}]+(?:・[{_KANJI}]+)?)"
    rf"(?P<unit>.*?){_PER}{_MORE}"
)


def figure_in(text: str, reading: Reading) -> Cellful | None:
    """Return a figure without the words that only bound it: of 約1,200件以上 the 1200件."""
    found = _OF_FIGURE.fullmatch(text)
    if found is None:
        return None
    unit = text[found.start("unit") : len(text)]
    unit = re.sub(_MORE + "$", "", unit)
    if unit and unit not in reading.ends("unit"):
        unit = found["unit"]
    number = number_of(found["number"])
    return Cellful(number, _PERCENT.get(unit, unit), "") if number else None


_PERCENT: Final = {"パーセント": "%"}
"""Units that are written out, with their sign."""


def value_in(cell: str, reading: Reading) -> Value | None:
    """Return the one value of a cell, with its year if it has one; None of anything else."""
    text = squeezed(cell)
    found = values_of(text, reading)
    return found[0] if len(found) == 1 else None


_GREAT: Final = {"万": 10_000, "千": 1_000, "百": 100}


def number_of(text: str) -> str:
    """Return a number that may be written in kanji; empty if it cannot be read.

    >>> number_of("四百二十"), number_of("1,084"), number_of("千"), number_of("十六・四")
    ('420', '1084', '1000', '16.4')
    """
    if text[0].isascii():
        bare = text.replace(",", "")
        return (
            bare if re.fullmatch(r"[0-9]+|[0-9]{1,3}(?:,[0-9]{3})+", text.partition(".")[0]) else ""
        )
    whole, point, part = text.partition("・")
    if point:
        digits = "".join(str("〇一二三四五六七八九".find(each)) for each in part)
        return f"{number_of(whole)}.{digits}" if "-" not in digits and number_of(whole) else ""
    total = 0
    for sign, worth in _GREAT.items():
        before, great, text = text.rpartition(sign) if sign in text else ("", "", text)
        told = number_in(before) if before else 1
        if great and told is None:
            return ""
        total += (told or 0) * worth if great else 0
    rest = number_in(text) if text else 0
    return "" if rest is None else str(total + rest)


def is_date(text: str) -> bool:
    """Tell whether a text is a date and nothing else."""
    return bool(text) and read_part("date", text) == (0, len(text))
