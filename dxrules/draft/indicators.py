"""Indicators from tables, cards, lines and prose: their baseline and targets, figure by figure."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from itertools import islice, takewhile
from typing import Any, Final

from dxrules.document.normal import squeezed
from dxrules.document.signs import is_note
from dxrules.draft.candidates import Quote
from dxrules.draft.column_heads import columns_of
from dxrules.draft.figure_cells import CellFigure, has_mark, in_unit, of_value, title_of, told_in
from dxrules.draft.figure_lines import Columned, Figured, lines_of
from dxrules.draft.figure_prose import prose_of
from dxrules.draft.figures_beside import beside
from dxrules.draft.figures_in_text import EVERY_YEAR, end_of, is_every_year, tokens_of
from dxrules.draft.indicator_cards import in_columns, of_card
from dxrules.draft.indicator_columns import is_of_former
from dxrules.draft.indicator_tables import of_grid, rows_of_indicators
from dxrules.draft.introduced_figures import introduced
from dxrules.draft.lexicon import Lexicon
from dxrules.draft.measure_words import GUESSED
from dxrules.draft.noted_years import noted_years
from dxrules.draft.outline import Sentence
from dxrules.draft.plan_periods import begin_of, last_year
from dxrules.draft.same_indicators import is_none, joined, tells_again
from dxrules.draft.shown import Row
from dxrules.draft.table_years import Cellful, fiscal
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
_PICKED: Final = Text(
    "計画の前の最後の実績で、基準値とは書かれていない",
    "it is the last result before the plan, and not said to be the baseline",
)
_IN_WORDS: Final = Text("目標が言葉だけで述べられている", "the aim is told in words alone")
_FROM_PROSE: Final = Text(
    "文章で述べられた数値で、指標かどうか判断できない",
    "figures told in prose, which may be of no indicator",
)


def indicators(
    sentences: Sequence[Sentence], reading: Lexicon, period: str = "", made_on: str = ""
) -> Iterator[tuple[dict[str, Any], tuple[Quote, ...]]]:
    """Yield the indicators of all tables in which the town speaks, and of its lines and prose.

    `period` is that of the plan, if it is told: a figure of a year before it is no target. Where
    it is not, the plan begins about the day that it was made on.
    """
    begins, last = begin_of(period, made_on), last_year(period)
    found: dict[str, tuple[dict[str, Any], tuple[Quote, ...]]] = {}
    tables = [*_of_tables(sentences, reading, begins, end_of(made_on))]
    lines = _of_lines(sentences, reading, begins)
    once = (e for e in lines if not any(tells_again(e[0], made) for made, _ in tables))
    for made, sentence in (*tables, *once):
        _until(made, last)
        _ahead_as_aim(made, begins)
        words = made["title"][:MAX_FRAGMENT]
        quote = Quote(words, sentence.section, sentence.page, sentence.place)
        is_guess = any("of" not in doubt for doubt in made.get("doubts", ()))
        if not is_guess or not any(squeezed(made["title"]) in known for known in found):
            key = f"{squeezed(made['title'])}{'' if is_guess else len(found)}"
            found.setdefault(key, (made, (quote,)))
    for number, (made, quotes) in enumerate(joined(found.values()), 1):
        yield {"id": f"indicator-{number}", **made}, quotes


def _until(made: dict[str, Any], last: str) -> None:
    """Take targets of which no year is told for those of the last year, if it is; that is asked."""
    aims = [each if each["year"] else {**each, "year": last} for each in made.get("targets", ())]
    made |= {"targets": [each for each in aims if each["year"]]}
    if not made["targets"]:
        del made["targets"]


def _is_over(made: Mapping[str, Any], begins: int | None) -> bool:
    """Tell whether all targets ended before the plan begins: they are those of a former one."""
    ends = [end_of(each["year"]) for each in made.get("targets", ())]
    return bool(ends) and all(end is not None and end < (begins or 0) for end in ends)


def _ahead_as_aim(made: dict[str, Any], begins: int | None) -> None:
    """Take a first figure of a year within the plan for an aim: nobody knows it yet."""
    base = made.get("baseline", {})
    end = end_of(base["on"]) if "on" in base and not made.get("doubts") else None
    if begins is not None and end is not None and end > begins + _YEAR:
        made["targets"] = [{"value": base["value"], "year": base["on"]}, *made.get("targets", ())]
        del made["baseline"]


_YEAR: Final = 366
"""Days from the beginning of a plan within which its first year ends."""


def _of_tables(
    sentences: Sequence[Sentence], reading: Lexicon, begins: int | None, made_on: int | None
) -> Iterator[tuple[dict[str, Any], Sentence]]:
    for sentence in sentences:
        is_table = sentence.block.kind == "table" and sentence.voice == "town"
        if not is_table or is_of_former(grid_of(sentence.block, reading)):
            continue
        noted = noted_years(sentences, sentence, reading)
        told = rows_of_indicators(sentence, reading, begins, noted)
        are_plain = told and _are_plain(sentences, sentence, reading)
        told = [_as_of(row, sentence, made_on) for row in told]
        rows = [_indicator(row, reading, is_noted=not are_plain) for row in told]
        if not any(rows):
            cards = [*of_card(sentence.block, reading, begins, noted)]
            cards = cards or [*in_columns(sentence.block, reading)]
            rows = [_made(*each, reading) for each in cards]
        for made in rows:
            if made is None or is_none(made, reading) or _is_count(made, begins):
                continue
            if _is_over(made, begins):
                continue
            yield made, sentence


def _are_plain(sentences: Sequence[Sentence], table: Sentence, reading: Lexicon) -> bool:
    """Tell whether there are notes below a table, and none of them tells a year."""
    first = bisect_right(sentences, table.place, key=lambda each: each.place)
    near = takewhile(lambda e: e.place <= table.place + _NEAR, islice(sentences, first, None))
    notes = [each.said for each in near if is_note(each.text)]
    return bool(notes) and not any(e.kind == "year" for n in notes for e in tokens_of(n, reading))


_NEAR: Final = 4
"""Blocks below a table among which its notes stand."""


def _as_of(row: Row, sentence: Sentence, made_on: int | None) -> Row:
    """Return a row whose years alone tell of aims, unless some were over when the plan was made."""
    if not row.is_of_years:
        return row
    ends = [end_of(each.year) or 0 for each in row.shown]
    is_over = made_on is not None and min(ends) < made_on
    return replace(row, is_bare=is_over or any(map(_COUNTED.search, sentence.titles[-1:])))


_COUNTED: Final = re.compile("実績|推移|結果|状況|経過")
"""Headings below which years over figures tell what was counted."""


def _is_count(made: Mapping[str, Any], begins: int | None) -> bool:
    """Tell whether figures of years are but counted ones: all of them before the plan begins."""
    is_bare = any(doubt["because"] == _BARE for doubt in made.get("doubts", ()))
    ends = [end_of(each["year"]) for each in made.get("targets", ())]
    return is_bare and begins is not None and all(end is not None and end < begins for end in ends)


def _of_lines(
    sentences: Sequence[Sentence], reading: Lexicon, begins: int | None
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


def _figured(told: Figured, reading: Lexicon, begins: int | None) -> dict[str, Any] | None:
    """Return an indicator that lines or a sentence tell; what a sentence tells is a question."""
    made = _made(told.name, told.values, reading)
    is_ahead = _is_ahead(told, begins)
    before = f"{told.name} {told.place.said[:_BEGINNING]}"
    is_of_others = reading.any_of("figures-of-others").search(before) is not None
    if is_of_others or (is_ahead is False and not told.is_labelled):
        return None
    is_counted = squeezed(told.name).endswith(reading.ends("counting-noun"))
    is_sure = told.is_labelled or (is_ahead and told.is_told and is_counted)
    if made is not None and not is_sure:
        made["doubts"] = [{"because": _FROM_PROSE}]
        made.pop("areas", None)
    return made


def _is_ahead(told: Figured, begins: int | None) -> bool | None:
    """Tell whether the years of a line are such as indicators have: one before, then ahead.

    None where the period of the plan is not known, or the aim is for every year.
    """
    if begins is None:
        return None
    ends = [end for _, year, _ in told.values if (end := end_of(year)) is not None]
    if all(is_every_year(year) for _, year, _ in told.values):
        return None
    first = begins - _FORMER if told.values[0][0] == "baseline" else begins
    return bool(ends) and ends[0] > first and all(end > begins for end in ends[1:])


_BEGINNING: Final = 16
"""Signs of a sentence among which it tells whose figures it is about."""
_FORMER: Final = 6 * 366
"""Days before a plan in which the year of a baseline lies."""


def _made(
    name: str, values: Sequence[tuple[str, str, Cellful]], reading: Lexicon
) -> dict[str, Any] | None:
    """Return an indicator of a name and the values that are told of it."""
    title, unit, _ = title_of(name, reading)
    told = [(kind, "", of_value(year, figure)) for kind, year, figure in values]
    units = {squeezed(each.unit) for *_, each in values if each.unit}
    if not values or len(units | ({squeezed(unit)} if unit else set())) > 1:
        return None
    made, doubts = _put_together(unit, told, reading)
    return _in_doubt({"title": title, **made}, doubts, reading) if made else None


def _indicator(row: Row, reading: Lexicon, *, is_noted: bool = True) -> dict[str, Any] | None:
    """Return an indicator of a row of a table; what could not be read of it is asked."""
    title, unit, in_name = title_of(row.name, reading)
    cells = [(each, told_in(each, reading)) for each in row.shown]
    told = [(each.kind, each.year, one) for each, said in cells for one in said]
    if in_name and not any(kind == "baseline" for kind, *_ in told):
        told.insert(0, ("baseline", "", of_value(*in_name[0][1:])))
    made, doubts = _put_together(row.unit or unit, told, reading)
    if "baseline" not in made and "targets" not in made:
        return None
    if not all(said for _, said in cells):
        doubts = dict.fromkeys(("baseline", "targets"), _UNREAD)
    if row.is_bare and not doubts:
        doubts = dict.fromkeys(("baseline", "targets"), _BARE)
    is_dated = any(each["year"] for each in made.get("targets", ()))
    if row.is_past and (not doubts or not is_dated):
        doubts = dict.fromkeys(("baseline", "targets"), _PAST)
    based = next((each for each in row.shown if each.kind == "baseline"), None)
    if not doubts and row.is_picked:
        doubts = {"baseline": _PICKED}
    if not doubts and based is not None and is_noted and has_mark(based.cell):
        doubts = {"baseline": _NOTED}
    made = _in_doubt({"title": title, **made}, doubts, reading)
    return made | ({"doubts": [{"because": _BARE}]} if row.is_guess else {})


def _fiscal(year: str) -> str:
    """Return a year that is told in short as the fiscal year that is meant: 2026 is 2026年度."""
    return f"{year}年度" if _GREGORIAN.fullmatch(year) else fiscal(year)


_GREGORIAN: Final = re.compile("20[0-9]{2}")


def _put_together(
    unit: str, told: Iterable[tuple[str, str, CellFigure]], reading: Lexicon
) -> tuple[dict[str, Any], dict[str, Text]]:
    """Return the unit, the baseline and the targets that cells tell, and what of them is in doubt.

    A cell has what it is, the year above it, and what it tells itself.
    """
    made: dict[str, Any] = {"unit": unit} if unit else {}
    targets: list[dict[str, str]] = []
    in_words: list[dict[str, str]] = []
    doubts: dict[str, Text] = {}
    for kind, above, (own, figure, aim) in told:
        year = own if own == EVERY_YEAR else above or own
        when = {"year": _fiscal(year)} | ({"observed": own} if own not in {"", year} else {})
        if figure is None and (not aim or kind != "target"):
            continue
        if figure is not None and (figure := in_unit(figure, made.get("unit", ""))) is None:
            doubts = dict.fromkeys(("baseline", "targets"), _UNREAD)
            continue
        if figure is not None and figure.unit:
            made.setdefault("unit", figure.unit)
        if kind == "baseline" and figure is not None and "baseline" not in made:
            on = _fiscal(own or above)
            made["baseline"] = {"value": figure.value} | ({"on": on} if on else {})
        elif kind == "baseline":
            doubts.setdefault("baseline", _NO_YEAR)
        elif figure is not None:
            doubts |= {} if year else {"targets": _NO_YEAR}
            targets.append({"value": figure.value, **when})
        else:
            doubts |= {} if year else {"targets": _NO_YEAR}
            is_vague = aim not in reading.ends("relative-aim") and not re.search("[0-9]", aim)
            (in_words if is_vague else targets).append({"relative": aim, **when})
    if in_words and not targets:
        doubts.setdefault("targets", _IN_WORDS)
    if targets or in_words:
        made["targets"] = targets or in_words
    return made, doubts


def _in_doubt(made: dict[str, Any], doubts: Mapping[str, Text], reading: Lexicon) -> dict[str, Any]:
    """Return an indicator with the areas that its title suggests, which are a guess, and doubts."""
    asked: list[dict[str, Any]] = []
    areas = list(reading.coded("area", squeezed(made["title"])))
    if areas:
        made = {**made, "areas": areas}
        asked.append({"of": ["areas"], "candidates": areas, "because": GUESSED})
    aims = {each["year"] for each in made.get("targets", ()) if each["year"]}
    if _PAST in doubts.values() and aims <= {made.get("baseline", {}).get("on")}:
        asked.append({"because": _PAST})  # no aim is left, so it may be none of this plan
    else:
        for because in dict.fromkeys(doubts.values()):
            of = [key for key, why in doubts.items() if why is because and key in made]
            asked += [{"of": of, "because": because}] if of else []
    return made | ({"doubts": asked} if asked else {})
