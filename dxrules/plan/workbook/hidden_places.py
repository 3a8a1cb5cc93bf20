"""What stands where nobody sees it: on hidden sheets, in hidden or filtered rows and columns.

It is read like all else, as a filter is soon left on; that it was read is told, once of each kind.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from itertools import pairwise

from dxrules.plan.workbook.layout import KEY
from dxrules.source.sheets import SheetPage
from dxrules.source.sheets.sheet import letters
from dxrules.texts import Text, some_of

_MOST_SHEETS, _MOST_RANGES = 5, 5

_SHEETS = Text(
    "非表示のシート({where})も読みました。計画に含めないなら、削除してください。",
    "Hidden sheets ({where}) were read too. If they are not part of the plan, delete them.",
)
_ROWS = Text(
    "非表示の行やフィルターで隠れた行({where})も読みました。"
    "計画に含めないなら、行を削除してください。",
    "Rows that are hidden, or filtered out ({where}), were read too. "
    "If they are not part of the plan, delete them.",
)
_COLUMNS = Text(
    "非表示の列({where})も読みました。計画に含めないなら、列を削除してください。",
    "Hidden columns ({where}) were read too. If they are not part of the plan, delete them.",
)


class HiddenPlaces:
    """The hidden places that were read, by the titles of their sheets."""

    def __init__(self) -> None:
        self._sheets: list[str] = []
        self._rows: dict[str, list[int]] = {}
        self._columns: dict[str, list[int]] = {}

    def note(self, page: SheetPage, heads: Mapping[int, str], read: Iterable[int]) -> None:
        """Take note of what of a sheet is hidden; `read` are the rows that were read."""
        lines = [*read]
        if not lines:
            return
        if page.hidden:
            self._sheets.append(page.title)
            return
        rows = [line for line in lines if line in page.hidden_rows]
        columns = [
            place
            for place, head in heads.items()
            if head != KEY
            and any(first <= place <= last for first, last in page.hidden_columns)
            and any(place in page.cells[line] for line in lines)
        ]
        if rows:
            self._rows[page.title] = sorted(rows)
        if columns:
            self._columns[page.title] = sorted(columns)

    def told(self) -> Iterator[Text]:
        """Yield what is said of each kind of which anything was read."""
        if self._sheets:
            yield _SHEETS.format(where=some_of([*map(_called, self._sheets)], _MOST_SHEETS))
        for said, places, name in ((_ROWS, self._rows, str), (_COLUMNS, self._columns, letters)):
            if places:
                where = [_on(title, found, name) for title, found in places.items()]
                yield said.format(where=some_of(where, _MOST_SHEETS))


def _called(title: str) -> Text:
    return Text(f"「{title}」", f'"{title}"')


def _on(title: str, places: list[int], name: Callable[[int], str]) -> Text:
    """Name places of a sheet, those that follow each other as one range."""
    starts = [places[0], *(after for before, after in pairwise(places) if after > before + 1)]
    ends = [*(before for before, after in pairwise(places) if after > before + 1), places[-1]]
    ranges = [
        Text(name(first), name(first))
        if first == last
        else Text(f"{name(first)}～{name(last)}", f"{name(first)}-{name(last)}")
        for first, last in zip(starts, ends, strict=True)
    ]
    return Text("「{title}」の{where}", '{where} of "{title}"').format(
        title=title, where=some_of(ranges, _MOST_RANGES)
    )
