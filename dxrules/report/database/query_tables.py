"""Writes the answer to a query: a table, JSON, CSV, Markdown or a workbook."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from dxrules.frozen import frozen
from dxrules.report.database.database_views import HEADS
from dxrules.report.database.query import QueryAnswer, QueryValue
from dxrules.report.how_to_write import How
from dxrules.report.table_cell import TableCell
from dxrules.report.tabular import Column, Table
from dxrules.texts import Text, same, visible, width

_YES, _NO = Text("○", "yes"), Text("-", "no")
_NARROW, _WIDEST = 24, 60
_COUNT = Text("{number}行", "rows: {number}")
_NOTHING = Text("該当するものはない", "Nothing matches")


@frozen
class TitledAnswer:
    """An answer with its title; where the question has a `name`, its columns have headings."""

    title: Text
    answer: QueryAnswer
    named: bool


def text(asked: TitledAnswer, how: How) -> list[str]:
    """Return the lines of an answer."""
    style, table = how.style, rows(asked)
    heads = [style.say(each.label) for each in table.columns]
    cells = [[_shown(cell, how) for cell in row] for row in table.rows]
    wide = [
        place
        for place in range(len(heads))
        if table.columns[place].label != HEADS["file"]  # whoever opens it copies its name
        and any(width(row[place]) > _NARROW for row in cells)
    ]
    lines = [style.bold(asked.title), ""]
    if cells:
        lines += [style.table(cells, heads, wide), ""]
    said = _COUNT.format(number=f"{len(cells):,}") if cells else _NOTHING
    return [*lines, style.say(said)]


def _shown(cell: TableCell, how: How) -> str:
    match cell:
        case None:
            return ""
        case Text():
            return visible(how.style.say(cell))
        case float():
            return f"{cell:.6g}"
        case _:
            return visible(str(cell))


def rows(asked: TitledAnswer) -> Table:
    """Return an answer as rows; of a column in two languages, one that is in both."""
    found = asked.answer
    places = [*_places(asked)]
    made = tuple(tuple(_cell(row, place, asked) for _, place in places) for row in found.rows)
    return Table(
        asked.title,
        found.day,
        tuple(Column(label, _width(made, place)) for place, (label, _) in enumerate(places)),
        made,
    )


def _places(asked: TitledAnswer) -> Iterator[tuple[Text, tuple[int, ...]]]:
    """Yield of each column its heading, and where its values stand: in two languages, twice."""
    names = [name for name, _ in asked.answer.columns]
    for place, name in enumerate(names):
        stem = name.removesuffix("_ja")
        if asked.named and stem != name and names[place + 1 : place + 2] == [f"{stem}_en"]:
            yield HEADS.get(stem, same(stem)), (place, place + 1)
        elif not (asked.named and name.endswith("_en") and f"{name[:-3]}_ja" in names):
            yield (
                HEADS.get(name, same(visible(name))) if asked.named else same(visible(name)),
                (place,),
            )


def _cell(row: Sequence[QueryValue], place: tuple[int, ...], asked: TitledAnswer) -> TableCell:
    values = [row[each] for each in place]
    if len(values) > 1:
        ja, en = values
        return None if ja is None else Text(str(ja), str(en))
    (value,) = values
    if isinstance(value, bool):
        return (_YES if value else _NO) if asked.named else str(value).lower()
    return value


def _width(made: Sequence[Sequence[TableCell]], place: int) -> float:
    longest = max((width(_text(row[place])) for row in made), default=0)
    return min(max(longest + 2, 8), _WIDEST)


def _text(cell: TableCell) -> str:
    return cell.ja if isinstance(cell, Text) else "" if cell is None else str(cell)
