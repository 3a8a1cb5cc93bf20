"""Cards whose labels are states, and beside each the things of which it tells, with their days.

実績 | 令和5年4月 市税、令和8年9月 国民健康保険料・介護保険料
予定 | 令和9年10月 道路占用料
検討 | 水道料金
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import Final

from dxrules.document.normal import squeezed
from dxrules.document.original import Block
from dxrules.draft.phrases import DAY
from dxrules.draft.state_tables import StateRow, StateTables, is_mark
from dxrules.draft.table_years import fiscal
from dxrules.draft.tables import rows_in_place

_LEAST: Final = 2
"""Labels that are states, at least, of such a card."""
_DONE: Final = re.compile("(?:これまでの)?(?:実績|実施済み?の?(?:もの|公金|業務)?|導入済み?)")
_BEGINS: Final = re.compile("(?:の|を|が)?(?:開始|導入|対応|移行|稼働|実施)(?:予定)?$")
_PARTS: Final = " 、,。・/;から(に)まで:"


def state_cards(tables: StateTables, block: Block, above: str = "") -> Sequence[StateRow]:
    """Return what a card says of things, by the states that are its labels; nothing of another."""
    found: list[StateRow] = []
    labels = 0
    for row in rows_in_place(block):
        texts = [each for each in row if each]
        label = squeezed(texts[0]) if texts else ""
        word = _word_of(label, tables)
        rows = [*_told(word, texts[1], tables, above)] if word and len(texts) == _LEAST else []
        labels += bool(rows)
        found += rows
    return found if labels >= _LEAST else ()


def state_years(tables: StateTables, block: Block) -> Sequence[StateRow]:
    """Return what signs say of things year by year: ○ for the first, ● for later ones.

    Where a thing stands is what the first year tells, and it starts in the first year of which
    that is told; of a mark below 済 or a year, that is when it starts.
    """
    rows = [[squeezed(cell) for cell in row] for row in rows_in_place(block)]
    heads: list[Sequence[str]] = []
    found: list[StateRow] = []
    for row in rows:
        things = next((named for cell in row if (named := tables.named_in(cell))), [])
        if not things:
            heads = heads if found else [*heads, row]
            continue
        years = {n: _last_head(heads, n) for n in range(len(row))}
        columns = [n for n, head in years.items() if _YEAR.fullmatch(head)]
        done = [n for n, head in years.items() if head == "済"]
        if len(columns) < _LEAST:
            return ()
        told = [(years[n], row[n]) for n in (*done, *columns) if row[n]]
        said = _by_signs(told, tables, is_marked=bool(done))
        found += [StateRow(each.thing, said, name=each.name) for each in things if said]
    return found


_YEAR: Final = re.compile("(?:令和|R|20)[0-9元]{1,2}(?:年度|年)?")


def _last_head(heads: Sequence[Sequence[str]], column: int) -> str:
    return next((row[column] for row in reversed(heads) if row[column]), "")


def _by_signs(
    told: Sequence[tuple[str, str]], tables: StateTables, *, is_marked: bool
) -> dict[str, str]:
    """Return what the signs of a row tell, each with the year above it."""
    if is_marked:
        if len(told) != 1 or not is_mark(told[0][1]):
            return {}
        head = told[0][0]
        return (
            {"status": tables.done} if head == "済" else tables.said_of([("", f"{head}予定")], "")
        )
    states = [(year, tables.state_told(tables.signs.get(sign, ""))) for year, sign in told]
    if not states or not all(state for _, state in states):
        return {}
    (first, status), *later = states
    is_to_come = tables.known is not None and tables.known.is_to_come(fiscal(first))
    if is_to_come and status == tables.done:
        return {}
    start = next((year for year, state in later if state == tables.done), "")
    is_dated = start and status in {"planned", "preparing"}
    return {"status": status or ""} | ({"start": fiscal(start)} if is_dated else {})


def _word_of(label: str, tables: StateTables) -> str:
    """Return the word of the state that a label is; nothing if it is none."""
    if _DONE.fullmatch(label):
        return next(word for word, code in tables.codes.items() if code == tables.done)
    whole = tables.state.match(label)
    return label if whole and len(label) - len(whole[0]) <= _LEAST else ""


def _told(word: str, text: str, tables: StateTables, above: str) -> Iterator[StateRow]:
    """Yield what a cell says of the things behind each of its days, or of all without one."""
    days = [each["date"] for each in DAY.matches(squeezed(text))]
    said = squeezed(text)
    starts = [day.start for day in days]
    if not days or starts[0] > 0:
        starts = [0]
        days = []
    for number in range(len(starts)):
        end = starts[number + 1] if number + 1 < len(starts) else len(said)
        words = said[days[number].end : end] if days else said
        day = days[number].text if days else ""
        words = _BEGINS.sub("", words.strip(_PARTS))
        things = tables.named_in(words)
        yield from tables.told(things, [("", f"{day}{word}")], above)
