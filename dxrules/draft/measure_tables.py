"""Measures from tables: a row of a table that names its columns, or a table that is a card of one.

A card is a table whose cells are labels with what they say beside them:

    取組名 | 書かない窓口 | 担当課 | 住民課
    内容   | …
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from itertools import pairwise
from typing import Final

from dxrules.dates import parse_period
from dxrules.document.normal import squeezed
from dxrules.draft.candidates import Quote, part, quoted
from dxrules.draft.card_above import CardsAbove, parted
from dxrules.draft.cards import by_office_and_year, cards, cards_in_columns, schedule_below
from dxrules.draft.entry_lines import facts_in
from dxrules.draft.figures_in_text import is_date
from dxrules.draft.indicator_columns import OF_FORMER
from dxrules.draft.lexicon import Lexicon
from dxrules.draft.measure_cells import take_cells
from dxrules.draft.measure_groups import is_background
from dxrules.draft.measure_states import state_beside, status_of
from dxrules.draft.measure_titles import LEAST_TITLE, is_doing, is_title, short_title, title_of
from dxrules.draft.measure_words import (
    FROM_LIST,
    Made,
    Said,
    as_sentence,
    bracketed,
    headings_above,
)
from dxrules.draft.outline import Sentence, bare, kinds_of
from dxrules.draft.parts_of_year import with_parts_of_year
from dxrules.draft.phrases import read_part
from dxrules.draft.schedule_columns import NOTED_NOTHING, take_years
from dxrules.draft.schedules import NOTHING, over_years, scheduled
from dxrules.draft.table_years import figure_of
from dxrules.draft.tables import Grid, grid_of
from dxrules.source.types import MAX_FRAGMENT
from dxrules.texts import Text

_TELLING: Final = ("owner", "schedule", "status", "start", "due", "completed")
_OF_CARD: Final = Text(
    "取組票の担当で、行ごとの担当かは書かれていない",
    "the office of the sheet, not told of each row",
)


def of_tables(sentences: Sequence[Sentence], reading: Lexicon, groups: set[str]) -> Iterator[Made]:
    """Yield the measures of the town's tables, and add what they are gathered under to groups."""
    heading = ""
    above = CardsAbove(reading)
    parts = [*_with_parts(sentences, reading)]
    gathering = _gathering([each for each, _ in parts], reading)
    for (sentence, is_card), after in zip(parts, [*parts[1:], None], strict=False):
        above.see(sentence)
        if sentence.is_heading:
            heading = sentence.text
        if sentence.block.kind != "table" or sentence.voice != "town":
            continue
        if turned := [*_turned(sentence, reading)]:
            yield from turned
            continue
        if found := cards(sentence.block, reading):
            if len(found) == 1 and after is not None and after[0].place <= sentence.place + 1:
                found = [schedule_below(after[0].block, reading) | found[0]]
            alone = len(found) == 1 and heading not in gathering
            for cells in found:
                yield from _card(sentence, heading, cells, reading, alone=alone)
            continue
        grid = None if is_card else grid_of(sentence.block, reading)
        if grid is not None and _is_of_measures(grid):
            if grid.at("owner") is not None and grid.columns[grid.measure or 0].role == "measure":
                groups.add(squeezed(short_title(heading, reading)))
            groups |= {
                squeezed(row[place])
                for row in grid.rows
                for place in grid.groups
                if place < len(row) and row[place] != row[grid.measure or 0]
            }
            grid = with_parts_of_year(grid, sentence.titles)
            yield from _rows(sentence, grid, above, reading)


def _gathering(sentences: Sequence[Sentence], reading: Lexicon) -> set[str]:
    """Return the headings below which several tables are the card of one measure each."""
    heading, counts = "", Counter[str]()
    for sentence in sentences:
        if sentence.is_heading:
            heading = sentence.text
        elif sentence.block.kind == "table" and sentence.voice == "town":
            counts[heading] += any("measure" in cells for cells in cards(sentence.block, reading))
    return {each for each, number in counts.items() if number > 1}


def _is_of_measures(grid: Grid) -> bool:
    """Tell whether a table names measures, and not those of a former plan, or their results."""
    if grid.measure is None or _is_measured(grid):
        return False
    return OF_FORMER.match(grid.columns[grid.measure].head) is None


def _turned(sentence: Sentence, reading: Lexicon) -> Iterator[Made]:
    """Yield the measures of a table with one in each column, or in each cell of office and year."""
    for cells in cards_in_columns(sentence.block, reading):
        yield from _card(sentence, "", cells, reading, alone=False)
    below = bool({"measures", "own-measures"} & set(sentence.near))
    for name, owner, year in by_office_and_year(sentence.block, reading):
        yield from _named(sentence, name, owner, year, reading, sure=below)


def _named(
    sentence: Sentence, name: str, owner: str, year: str, reading: Lexicon, *, sure: bool
) -> Iterator[Made]:
    """Yield what a cell of a table of offices and years names."""
    title = short_title(name, reading)
    if not is_title(title) or not is_doing(title, reading):
        return
    said = Said()
    take_cells(said, {"owner": owner, "when": year}, reading)
    _take_words(said, sentence, title, "", (), reading)
    made = said.mapping(title) | ({} if sure else {"doubts": [{"because": FROM_LIST}]})
    yield made, (_quote(sentence, (), name),)


def _with_parts(sentences: Sequence[Sentence], reading: Lexicon) -> Iterator[tuple[Sentence, bool]]:
    """Yield the sentences, and whether each is the card above a schedule in one table with it."""
    for sentence in sentences:
        is_table = sentence.block.kind == "table" and sentence.voice == "town"
        parts = parted(sentence, reading) if is_table else [sentence]
        for part_of in parts:
            yield part_of, part_of is not parts[-1]


def _is_measured(grid: Grid) -> bool:
    """Tell whether the rows of a table are told by figures, as results of what was done are.

    Below the years of a table of indicators stand figures, whoever is in charge of them.
    """
    if grid.measure is not None and grid.columns[grid.measure].role == "indicator":
        years = [place for place, column in enumerate(grid.columns) if column.year]
        cells = [row[n] for row in grid.rows for n in years if n < len(row) and squeezed(row[n])]
        if 2 * sum(figure_of(cell) is not None for cell in cells) > len(cells):
            return True
    return bool(grid.of("target")) and not {"owner", "schedule"} & {e.role for e in grid.columns}


def _rows(sentence: Sentence, grid: Grid, above: CardsAbove, reading: Lexicon) -> Iterator[Made]:
    owners = above.owners(sentence) if grid.at("owner") is None else []
    below = bool({"measures", "own-measures"} & set(sentence.near))
    told = any(grid.at(role) is not None for role in _TELLING)
    told = told or any(each.year and each.role in {"", "schedule"} for each in grid.columns)
    role = grid.columns[grid.measure or 0].role
    apart = sum(grid.at(each) is not None for each in _TELLING)
    years = sum(bool(each.year) and each.role in {"", "schedule"} for each in grid.columns)
    elsewhere = _ELSEWHERE - ({"progress"} if role == "measure" and apart > 1 else set())
    sure = below or (told and role != "content" and not elsewhere & set(sentence.near))
    sure = sure and (below or role != "indicator" or apart + (years > 1) > 1)
    sure = sure and not _is_history(grid) and not _is_chronicle(grid)
    sure = sure and not is_background(sentence) and (below or not grid.is_guessed)
    timed = years > 1 or {"owner", "schedule", "start", "due"} & {e.role for e in grid.columns}
    for number, row in enumerate(grid.rows):
        if _is_band(grid, row) or _is_head(grid, row) or _is_of_posts(grid, reading):
            continue
        for title, cell in _titles(grid, row, reading):
            said = _of_row(sentence, grid, number, title, reading, above.told(sentence, title))
            if owners and "owner" not in said.values:
                said.put("owner", owners[0])
                said.doubt("owner", owners, _OF_CARD)
            made = said.mapping(title)
            is_bare = not timed and len(title) < _LEAST_BARE and not is_doing(title, reading)
            if not sure or is_bare or len(title) <= LEAST_TITLE:
                made["doubts"] = [{"because": FROM_LIST}]
            yield made, (_quote(sentence, row, cell),)


def _is_band(grid: Grid, row: Sequence[str]) -> bool:
    """Tell whether a row only names what gathers the rows below it: 柱1 | つながる窓口 | | |.

    Nothing stands beside its name where the rows of measures tell more, and it begins with no
    number where those do.
    """
    here = grid.measure or 0
    told = [any(map(squeezed, each[here + 1 :])) for each in grid.rows]
    if not here or any(map(squeezed, row[here + 1 :])) or 2 * sum(told) <= len(told):
        return False
    firsts = [squeezed(each[0]) for each in grid.rows]
    numbered = sum(_NUMBER.match(first) is not None for first in firsts)
    return 2 * numbered > len(firsts) and _NUMBER.match(squeezed(row[0])) is None


def _is_head(grid: Grid, row: Sequence[str]) -> bool:
    """Tell whether a row is one of the heads: the name of its column stands in it once more."""
    here = grid.measure or 0
    name = squeezed(row[here]) if here < len(row) else ""
    return bool(name) and name == grid.columns[here].head


_NUMBER: Final = re.compile("[(（]?[0-9①-⑳]")
_ELSEWHERE: Final = frozenset({"organization", "position", "period", "progress", "past", "nation"})
"""Headings below which a table with 項目 and 担当 tells of something else than of measures."""
_ONE_YEAR: Final = 366
_LEAST_BARE: Final = 6
"""Signs of a title in a table that tells neither who nor when; 窓口 is but a field.

標準化 is one whoever does it: a title as short as can be is asked in any table.
"""


def _is_history(grid: Grid) -> bool:
    """Tell whether the periods of rows follow one another, as those of former plans do."""
    place = grid.at("schedule")
    if place is None or len(grid.rows) < 2:  # noqa: PLR2004
        return False
    ends: list[tuple[int, int]] = []
    for row in grid.rows:
        said = squeezed(row[place]) if place < len(row) else ""
        if read_part("period", said) != (0, len(said)):
            return False
        period = parse_period(said)
        if period.start is None or period.end is None:
            return False
        ends.append((period.start.toordinal(), period.end.toordinal()))
    return all(one[1] < other[0] for one, other in pairwise(ends)) and all(
        b - a > _ONE_YEAR for a, b in ends
    )


def _is_chronicle(grid: Grid) -> bool:
    """Tell whether a table tells year by year what came about: 年度, then 取組, and no more."""
    when, what = grid.at("schedule"), grid.measure
    if when is None or what is None or when > what or len(grid.columns) > len(_CHRONICLE):
        return False
    days = [squeezed(row[when]) for row in grid.rows if when < len(row) and row[when]]
    return bool(days) and all(is_date(day) for day in days)


_CHRONICLE: Final = ("when", "what")


def _is_of_posts(grid: Grid, reading: Lexicon) -> bool:
    """Tell whether most rows of a table begin with a post, a body or a policy: CIO | ◎ | 副町長."""
    names = [each for kind, each in reading.things.values() if kind in _POSTS]
    names += [reading.lists[name].pattern for name in ("body", "promoter")]
    pattern = reading.once(("posts",), lambda: re.compile("|".join(names)))
    first = [squeezed(row[0]) for row in grid.rows if row]
    return sum(pattern.fullmatch(each) is not None for each in first) * 2 > len(first)


_POSTS: Final = frozenset({"post", "setup", "policy"})


def _titles(grid: Grid, row: Sequence[str], reading: Lexicon) -> Iterator[tuple[str, str]]:
    """Yield the titles of a row with their words: each item of a cell that is a list."""
    assert grid.measure is not None  # noqa: S101  (its caller has looked)
    cell = row[grid.measure] if grid.measure < len(row) else ""
    for item in _items(cell, reading):
        title = short_title(item, reading)
        if is_title(title) and squeezed(title) not in NOTHING:
            yield title, item


_BULLETS: Final = re.compile(r"(?:^|[\n\s])(?:[・○●◎▶◆■]|[①-⑳])\s*")


def _items(cell: str, reading: Lexicon) -> list[str]:
    """Return the items of a cell that is a list of what is done, or the cell."""
    marked = [*_BULLETS.finditer(cell)]
    ends = [each.start() for each in marked[1:]] + [len(cell)]
    items = [cell[each.end() : end].strip() for each, end in zip(marked, ends, strict=False)]
    return items if len(items) > 1 and all(is_doing(each, reading) for each in items) else [cell]


def _of_row(
    sentence: Sentence,
    grid: Grid,
    number: int,
    title: str,
    reading: Lexicon,
    elsewhere: Sequence[Sentence] = (),
) -> Said:
    row = grid.rows[number]
    said = Said()
    content = grid.cell(row, "content")
    groups = [row[place] for place in grid.groups if place < len(row)]
    told = {role: grid.cell(row, role) for role in (*_TELLING,)}
    if (place := grid.at("schedule")) is not None:
        told["schedule"] = over_years(grid.columns[place].label, told["schedule"], reading)
    states = [row[place] for place in grid.of("status") if place < len(row)]
    states = [each for each in states if status_of(each, reading)]
    states.sort(key=lambda each: squeezed(each) in reading.ends("state-kind"))
    told["status"] = next(iter(states), state_beside(row[grid.measure or 0], reading))
    take_cells(said, told, reading)
    for key, value in bracketed(squeezed(row[grid.measure or 0]), reading).items():
        said.put(key, value)
    said.told_of_part = frozenset({"status", "start", "due", "completed"})
    if told["schedule"] and not scheduled(told["schedule"], reading):
        said.take([as_sentence(sentence, f"{told['schedule']}。")], reading)
    said.take(elsewhere, reading)
    said.told_of_part = frozenset()
    is_dated = bool({"schedule", "start", "due"} & {e.role for e in grid.columns}) or any(
        each.is_year_alone for each in grid.columns
    )
    for note in _notes(grid, row, reading):
        if not is_dated and (facts := dict(facts_in(note, reading))).keys() & {"start", "schedule"}:
            take_cells(said, facts, reading)
        said.note(as_sentence(sentence, f"{note}。"), reading)
    take_years(said, grid, number, row, reading)
    _take_words(said, sentence, title, content, groups, reading)
    return said


def _notes(grid: Grid, row: Sequence[str], reading: Lexicon) -> Iterator[str]:
    """Yield what a row says beside the columns that have a role: remarks, and years that it notes.

    A note on nothing, as ―(令和8年2月に完了), tells of the measure as well.
    """
    for place, column in enumerate(grid.columns):
        cell = row[place] if place < len(row) else ""
        said = squeezed(cell)
        if said and column.label_is_of_notes(reading.ends("note-heads")):
            yield cell
        elif column.is_year_alone and NOTED_NOTHING.match(said):
            yield said.strip("-―ー()")


def _take_words(
    said: Said,
    sentence: Sentence,
    title: str,
    content: str,
    groups: Sequence[str],
    reading: Lexicon,
) -> None:
    said.areas(title, (*reversed(groups), *headings_above(sentence, reading)), content, reading)
    said.take([as_sentence(sentence, title)], reading)
    said.told_of_part = frozenset({"start", "due", "completed"})
    said.take([as_sentence(sentence, f"{e}。") for e in content.split("。") if e.strip()], reading)


def _quote(sentence: Sentence, row: Sequence[str], words: str) -> Quote:
    """Return the title of a measure as a quotation, with the cells of its row that come after."""
    sought = squeezed(title_of(words))
    start = max(sentence.said.find(sought), 0)
    end = start + len(sought)
    after = [squeezed(cell) for cell in row]
    here = next((n for n, cell in enumerate(after) if sought in cell), len(after))
    for cell in after[here + 1 :]:
        if end + len(cell) - start > MAX_FRAGMENT or not sentence.said.startswith(cell, end):
            break
        end += len(cell)
    return quoted(sentence, part(sentence, start, end))


def _card(
    sentence: Sentence, heading: str, cells: dict[str, str], reading: Lexicon, *, alone: bool
) -> Iterator[Made]:
    """Yield the measure of which a table is the card; its title may be the heading above it.

    Where both may be, as a heading of its own above a card with a cell 取組, it is a question.
    """
    known = [role for role in (*_TELLING, "content") if role in cells]
    own = cells.get("measure", "")
    within = {"measures", "own-measures"} & set(sentence.near) and (
        is_doing(title_of(heading), reading) or not own
    )
    within = within and not title_of(heading).endswith(reading.ends("of-cards"))
    within = within and bool(reading.any_of("heading-generic").sub("", bare(squeezed(heading))))
    title = short_title(own or (heading if within else ""), reading)
    if len(known) < 1 + (not own) or not is_title(title):
        return
    said = Said()
    take_cells(said, {"status": state_beside(own, reading)} | cells, reading)
    _take_words(said, sentence, title, cells.get("content", ""), (), reading)
    made = said.mapping(title)
    called = squeezed(cells.get("called", ""))
    is_named = called.endswith("名") or _COUNTED.search(called) is not None
    if own and alone and not is_named and _is_own(heading, reading):
        made["doubts"] = [{"because": FROM_LIST}]
    yield made, (_quote(sentence, (), own or sentence.block.text),)


_COUNTED: Final = re.compile("[0-9]$")
"""The end of a label that counts measures: 施策1-2."""


def _is_own(heading: str, reading: Lexicon) -> bool:
    """Tell whether a heading is that of one measure: it says what is done, and leads no list."""
    title = title_of(heading)
    return bool(title) and not kinds_of(squeezed(heading), reading) and is_title(title)
