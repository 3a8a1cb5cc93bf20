"""Indicators from tables, cards, lines and prose: their baseline and targets, figure by figure."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from typing import Any, Final

from dxrules.dates import parse_period
from dxrules.document.normal import squeezed
from dxrules.draft.candidates import Quote, without_notes
from dxrules.draft.column_heads import columns_of
from dxrules.draft.figure_lines import Columned, Figured, lines_of, prose_of
from dxrules.draft.figures import end_of, value_in, values_of
from dxrules.draft.figures_beside import beside
from dxrules.draft.indicator_cards import in_columns, of_card
from dxrules.draft.indicator_columns import is_of_former
from dxrules.draft.indicator_tables import (
    Row,
    Shown,
    noted_years,
    of_grid,
    rows_of_indicators,
)
from dxrules.draft.introduced_figures import introduced
from dxrules.draft.measure_words import GUESSED
from dxrules.draft.outline import Sentence
from dxrules.draft.phrases import read_part
from dxrules.draft.reading import Reading
from dxrules.draft.same_indicators import is_none, joined
from dxrules.draft.table_years import Cellful, figure_of, fiscal
from dxrules.draft.tables import Grid, grid_of
from dxrules.source.types import MAX_FRAGMENT
from dxrules.texts import Text

_UNREAD: Final = Text("読み取れないセルがある", "a cell of it could not be read")
_NOTED: Final = Text(
    "注の印があり、注がいつの値かを述べているかもしれない",
    "a note is marked, which may tell of which day the value is",
)
_NO_YEAR: Final = Text(
    "いつの値か、表の見出しで分からない", "the heading does not tell of which year a value is"
)
_BARE: Final = Text(
    "現状値か目標値か、表の見出しで分からない",
    "the heading does not tell what is the present value and what a target",
)
_PAST: Final = Text(
    "目標と同じ年の実績があり、過ぎた年の報告かもしれない",
    "it has results of the year of its targets, and may report of what is past",
)
_FROM_PROSE: Final = Text(
    "文章で述べられた数値で、指標かどうか判断できない",
    "figures told in prose, which may be of no indicator",
)


def indicators(
    sentences: Sequence[Sentence], reading: Reading, period: str = ""
) -> Iterator[tuple[dict[str, Any], tuple[Quote, ...]]]:
    """Yield the indicators of all tables in which the town speaks, and of its lines and prose.

    `period` is that of the plan, if it is told: a figure of a year before it is no target.
    """
    start = parse_period(period).start if period else None
    begins = start.toordinal() if start is not None else None
    found: dict[str, tuple[dict[str, Any], tuple[Quote, ...]]] = {}
    for made, sentence in (
        *_of_tables(sentences, reading, begins),
        *_of_lines(sentences, reading, begins),
    ):
        words = made["title"][:MAX_FRAGMENT]
        quote = Quote(words, sentence.section, sentence.page, sentence.place)
        is_guess = any("of" not in doubt for doubt in made.get("doubts", ()))
        if not is_guess or not any(squeezed(made["title"]) in known for known in found):
            key = f"{squeezed(made['title'])}{'' if is_guess else len(found)}"
            found.setdefault(key, (made, (quote,)))
    for number, (made, quotes) in enumerate(joined(found.values()), 1):
        yield {"id": f"indicator-{number}", **made}, quotes


def _of_tables(
    sentences: Sequence[Sentence], reading: Reading, begins: int | None
) -> Iterator[tuple[dict[str, Any], Sentence]]:
    for sentence in sentences:
        is_table = sentence.block.kind == "table" and sentence.voice == "town"
        if not is_table or is_of_former(grid_of(sentence.block, reading)):
            continue
        noted = noted_years(sentences, sentence, reading)
        rows = [
            _indicator(row, reading) for row in rows_of_indicators(sentence, reading, begins, noted)
        ]
        if not any(rows):
            told = [*of_card(sentence.block, reading)] or [*in_columns(sentence.block, reading)]
            rows = [_made(*each, reading) for each in told]
        for made in rows:
            if made is None or is_none(made, reading) or _is_count(made, begins):
                continue
            yield made, sentence


def _is_count(made: Mapping[str, Any], begins: int | None) -> bool:
    """Tell whether figures of years are but counted ones: all of them before the plan begins."""
    is_bare = any(doubt["because"] == _BARE for doubt in made.get("doubts", ()))
    ends = [end_of(each["year"]) for each in made.get("targets", ())]
    return is_bare and begins is not None and all(end is not None and end < begins for end in ends)


def _of_lines(
    sentences: Sequence[Sentence], reading: Reading, begins: int | None
) -> Iterator[tuple[dict[str, Any], Sentence]]:
    known = [*introduced(sentences, reading)]
    places = {each.place for each, _ in known}
    prose = [each for each in sentences if each.place not in places]
    figured = (each for _, each in known if each is not None)
    cards = beside(sentences, reading)
    for told in (*lines_of(sentences, reading), *figured, *cards, *prose_of(prose, reading)):
        if isinstance(told, Columned):
            grid = Grid(tuple(columns_of([told.heads], reading)), (told.row,), 1, ())
            rows = [*of_grid(grid, reading, begins)]
            made = _indicator(rows[0], reading) if rows else None
        else:
            made = _figured(told, reading, begins)
        if made is not None and not is_none(made, reading):
            yield made, told.place


def _figured(told: Figured, reading: Reading, begins: int | None) -> dict[str, Any] | None:
    """Return an indicator that lines or a sentence tell; what a sentence tells is a question."""
    made = _made(told.name, told.values, reading)
    is_ahead = _is_ahead(told, begins)
    if is_ahead is False and not told.is_labelled:
        return None
    if made is not None and not ((is_ahead and told.is_told) or told.is_labelled):
        made["doubts"] = [{"because": _FROM_PROSE}]
        made.pop("areas", None)
    return made


def _is_ahead(told: Figured, begins: int | None) -> bool | None:
    """Tell whether the years of a line are such as indicators have: one before, then ahead.

    None where the period of the plan is not known.
    """
    if begins is None:
        return None
    ends = [end for _, year, _ in told.values if (end := end_of(year)) is not None]
    return ends[0] > begins - _FORMER and all(end > begins for end in ends[1:])


_FORMER: Final = 6 * 366
"""Days before a plan in which the year of a baseline lies."""


def _made(
    name: str, values: Sequence[tuple[str, str, Cellful]], reading: Reading
) -> dict[str, Any] | None:
    """Return an indicator of a name and the values that are told of it."""
    title, unit = _title(without_notes(name).strip(), reading)
    units = {squeezed(each.unit) for *_, each in values if each.unit}
    if not values or len(units | ({squeezed(unit)} if unit else set())) > 1:
        return None
    unit = unit or next(iter(units), "")
    made: dict[str, Any] = {"title": title} | ({"unit": unit} if unit else {})
    base = next(((year, each) for kind, year, each in values if kind == "baseline"), None)
    later = [(year, each) for kind, year, each in values if kind == "target"]
    if base is not None:
        on = fiscal(base[0])
        made["baseline"] = {"value": base[1].value} | ({"on": on} if on else {})
    if later and all(year for year, _ in later):
        made["targets"] = [{"value": each.value, "year": fiscal(year)} for year, each in later]
    doubt = _NO_YEAR if later and "targets" not in made else None if later else _BARE
    return made | _in_doubt(made, doubt, reading)


def _indicator(row: Row, reading: Reading) -> dict[str, Any] | None:
    """Return an indicator of a row of a table; what could not be read of it is asked."""
    title, unit = _title(without_notes(row.name), reading)
    unit = row.unit or unit
    doubt: Text | None = None
    baseline: dict[str, str] | None = None
    targets: list[dict[str, str]] = []
    is_noted = False
    for shown, told in [(each, told) for each in row.shown for told in _cells(each, reading)]:
        if shown.kind == "target" and (aim := _relative(shown, reading)):
            targets.append(aim)
            continue
        if told is None and shown.kind == "target" and _IN_WORDS.fullmatch(squeezed(shown.cell)):
            continue
        if told is None or not _fits(told[1], unit):
            doubt = _UNREAD
            continue
        is_noted |= shown.kind == "baseline" and _MARK.search(shown.cell) is not None
        own, figure = told
        unit = unit or figure.unit
        if shown.kind == "baseline" and baseline is None:
            on = own or shown.year
            baseline = {"value": figure.value} | ({"on": on} if on else {})
        elif shown.kind == "target" and (shown.year or own):
            observed = {"observed": own} if own and shown.year else {}
            targets.append({"value": figure.value, "year": shown.year or own} | observed)
        else:
            doubt = doubt or _NO_YEAR
    if not targets and baseline is None:
        return None
    doubt = _doubt_of_row(row, doubt, has_targets=bool(targets))
    made: dict[str, Any] = {"title": title}
    made |= {"unit": unit} if unit else {}
    made |= {"baseline": baseline} if baseline else {}
    made |= {"targets": targets} if targets else {}
    found = _in_doubt(made, doubt, reading)
    if is_noted and baseline and doubt is None:
        found["doubts"] = [*found.get("doubts", ()), {"of": ["baseline"], "because": _NOTED}]
    return made | found


def _doubt_of_row(row: Row, doubt: Text | None, *, has_targets: bool) -> Text | None:
    """Return why an indicator is in doubt: by its cells, or as the row or its table tells."""
    doubt = doubt or (_BARE if row.is_bare else None)
    return _PAST if row.is_past and (doubt is None or not has_targets) else doubt


def _relative(shown: Shown, reading: Reading) -> dict[str, str]:
    """Return the target of a cell that compares, as 全国平均以上(R8.3末), or nothing."""
    words, _, rest = squeezed(shown.cell).partition("(")
    own = fiscal(rest.removesuffix(")"))
    is_day = bool(own) and read_part("date", own) == (0, len(own))
    if words not in reading.ends("relative-aim") or not (shown.year or is_day):
        return {}
    observed = {"observed": own} if is_day and shown.year else {}
    return {"relative": words, "year": shown.year or own} | observed


def _cells(shown: Shown, reading: Reading) -> Sequence[tuple[str, Cellful] | None]:
    """Return what a cell tells; of targets it may tell several: 令和9年度 45%/令和11年度 60%."""
    one = _cell(shown, reading)
    is_of_aims = shown.kind == "target" and _FROM.search(squeezed(shown.cell)) is None
    several = values_of(squeezed(shown.cell), reading) if is_of_aims else ()
    if one is not None or not several or not all(year for _, year, _ in several):
        return [one]
    return [(fiscal(year), figure) for _, year, figure in several]


_FROM: Final = re.compile("→|>|から|現状|実績|基準")
"""In a cell that tells what is now as well: 2件(R6)→6件(R10)."""


def _cell(shown: Shown, reading: Reading) -> tuple[str, Cellful] | None:
    """Return the year that a cell tells itself, if it does, and its figure."""
    cell = _MARK.sub("", shown.cell)
    if (figure := figure_of(cell)) is not None and not _BOUND.search(figure.unit):
        return figure.on, figure
    told = value_in(cell, reading)
    return None if told is None else (told[1], told[2])


_BOUND: Final = re.compile("以上|以下|以内|未満|程度|超$|維持|継続")
_MARK: Final = re.compile(r"\s*(?:[※＊*†](?:[0-9]|[①-⑳])?|[（(]?注[0-9]?[)）]?|[（(]※[0-9]?[)）])$")
"""The mark of a note after a figure, which may tell another day than the head above it."""
_IN_WORDS: Final = re.compile(
    "(?:前年度?|現状|基準値?|策定時)?(?:から|より|に対して?|を)?(?:の)?"
    "(?:増加?|減少?|維持|向上|拡大|縮減|上昇|低下|増やす|減らす|上回る|下回る|超える)(?:させる|する)?"
)
"""An aim in words alone, beside others in figures: 前年度より増."""


def _in_doubt(made: dict[str, Any], doubt: Text | None, reading: Reading) -> dict[str, Any]:
    """Return the areas that the words of a title suggest, which are a guess, and the doubts."""
    found: dict[str, Any] = {}
    doubts: list[dict[str, Any]] = []
    areas = list(reading.coded("area", squeezed(made["title"])))
    if areas:
        found["areas"] = areas
        doubts.append({"of": ["areas"], "candidates": areas, "because": GUESSED})
    aims = {each["year"] for each in made.get("targets", ())}
    if doubt is _PAST and aims <= {made.get("baseline", {}).get("on")}:
        doubts.append({"because": doubt})  # no aim is left, so it may be none of this plan
    elif doubt is not None:
        of = [key for key in ("baseline", "targets") if key in made]
        doubts.append({"of": of, "because": doubt})
    return found | ({"doubts": doubts} if doubts else {})


def _fits(figure: Cellful, unit: str) -> bool:
    return not figure.unit or not unit or squeezed(unit) == squeezed(figure.unit)


def _title(said: str, reading: Reading) -> tuple[str, str]:
    """Return a title without the unit that stands in brackets at its end."""
    found = re.fullmatch(r"(.+?)\s*[(（](?:単位[:：]?)?([^()（）]{1,8})[)）]", said)
    units = set(reading.ends("unit"))
    if found and squeezed(found[2]) in units:
        return found[1], squeezed(found[2])
    return said, ""
