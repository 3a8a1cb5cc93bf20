"""Tables that are cards: labels with what they say beside them, one or several of a measure."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Final

from dxrules.document import Block
from dxrules.document.normal import squeezed
from dxrules.document.original import Cell
from dxrules.draft.cells_and_rows import is_office
from dxrules.draft.column_heads import named_role, role_of
from dxrules.draft.figures_in_text import value_in
from dxrules.draft.lexicon import Lexicon
from dxrules.draft.measure_states import state_beside, status_of
from dxrules.draft.schedules import NOTHING, over_years
from dxrules.draft.table_years import YEAR, year_of
from dxrules.draft.tables import rows_in_place


def cards(block: Block, reading: Lexicon) -> list[dict[str, str]]:
    """Return what stands beside the labels of each card in a table, by their roles.

    Its first column holds labels, at least two: that tells cards from a table of rows. Where the
    name of a measure stands once more, the next card begins.
    """
    found = _cards(block, reading)
    return found if len(_label_roles(block, reading)) > 1 else []


def labels_of(block: Block, reading: Lexicon) -> dict[str, str]:
    """Return what stands beside the labels of a table that tells of what a heading names."""
    found = _cards(block, reading)
    rows = sum(bool(row) for row in block.rows())
    are_labels = 2 * len(_label_roles(block, reading)) >= rows
    return found[0] if len(found) == 1 and "measure" not in found[0] and are_labels else {}


def cards_in_columns(block: Block, reading: Lexicon) -> list[dict[str, str]]:
    """Return the cards of a table that has one in each column, beside labels in the first.

    Their names stand beside a label, or as the heads of the columns.
    """
    rows = rows_in_place(block)
    if len(rows) < _LEAST_LABELS or len(rows[0]) < 3:  # noqa: PLR2004
        return []
    words = [squeezed(row[0]) for row in rows]
    roles = ["measure" if word in _NAMES else named_role(word, reading) for word in words]
    others = [squeezed(cell) for row in rows for cell in row[1:] if cell]
    is_of_labels = len({*roles} & _OF_CARD) >= _LEAST_LABELS and all(roles[1:])
    if (
        not is_of_labels
        or any(named_role(each, reading) for each in others)
        or any(map(year_of, rows[0][1:]))
    ):
        return []
    roles[0] = roles[0] if roles[0] in {"measure", *_OF_CARD} else "measure"
    if "measure" in roles[1:]:
        roles[0] = "called"
    if "measure" not in roles:
        return []
    columns = range(1, len(rows[0]))
    found = [{r: row[n] for r, row in zip(roles, rows, strict=True) if row[n]} for n in columns]
    return [{**each, "called": ""} for each in found if each.get("measure")]


def by_office_and_year(block: Block, reading: Lexicon) -> list[tuple[str, str, str]]:
    """Return what is done with its office and its year, of a table of offices over years.

    課 | 令和8年度 | 令和9年度 / 財政課 | 電子契約の導入 | 電子請求書の試行
    """
    rows = rows_in_place(block)
    if len(rows) < 2 or len(rows[0]) < 3:  # noqa: PLR2004
        return []
    years = [year_of(squeezed(cell)) if YEAR.fullmatch(squeezed(cell)) else "" for cell in rows[0]]
    offices = [squeezed(row[0]) for row in rows[1:]]
    if not all(years[1:]) or not all(is_office(each, reading) for each in offices):
        return []
    return [
        (item.strip(), row[0], year)
        for row in rows[1:]
        for year, cell in zip(years[1:], row[1:], strict=True)
        for item in re.split(r"(?:^|[\s、])[・○]", cell)
        if item.strip() and squeezed(item) not in NOTHING
    ]


_OF_CARD: Final = frozenset({"owner", "schedule", "status", "start", "due", "content"})
_NAMES: Final = frozenset({"名称", "名前"})
"""Labels of names beside which others tell that they are those of measures."""
_LEAST_LABELS: Final = 2


def _label_roles(block: Block, reading: Lexicon) -> set[str]:
    """Return the roles of the labels in the first column of a table."""
    return {_label_role(row[0], reading) for row in block.rows() if row} - {""}


def _cards(block: Block, reading: Lexicon) -> list[dict[str, str]]:
    found: list[dict[str, str]] = [{}]
    years: dict[int, str] = {}
    beside: dict[int, str] = {}
    for row in block.rows():
        above, years = years, _years_of(row, reading)
        if len(years) > 1:
            beside = _beside(row, reading)
        elif len(above) > 1 and (told := _below_years(above, beside, row)):
            for role, value in told.items():
                if role != "status" or status_of(value, reading):
                    found[-1].setdefault(role, value)
        else:
            _take_labels(found, row, reading)
    return found


def _take_labels(found: list[dict[str, str]], row: Sequence[Cell], reading: Lexicon) -> None:
    """Take what stands beside the labels of a row; a second name of a measure begins a card."""
    cells = [" ".join(cell.text.split()) for cell in row]
    roles = [named_role(squeezed(cell), reading) for cell in cells]
    roles[:1] = [_label_role(cell, reading) for cell in row[:1]]
    roles = [
        "" if before == "status" else role  # 状態 | 完了: a state, and no label
        for before, role in zip(["", *roles], roles, strict=False)
    ]
    is_named = len(cells) > _NAMED and _NUMBER.fullmatch(squeezed(cells[0])) and not any(roles[:2])
    if is_named and not found[-1] and roles[2]:
        found[-1] |= {"called": "番号と名", "measure": cells[1]}
    for inner in filter(None, map(_LABELLED.fullmatch, cells[1:])):
        is_state = named_role(squeezed(inner[1]), reading) == "status"
        if is_state and status_of(inner[2], reading):
            found[-1].setdefault("status", inner[2])
    for label, role, after, value in zip(cells, roles, roles[1:], cells[1:], strict=False):
        if not role or not value or after or (role == "status" and not status_of(value, reading)):
            continue
        is_told = role == "measure" and squeezed(value).endswith("。")
        if role == "measure" and not is_told:
            if role in found[-1]:
                found.append({})
            found[-1].setdefault("called", label)
            found[-1] |= _state_after(cells, reading)
        kind = "content" if is_told else role  # 取組 is a label of what is done, too
        in_years = over_years(squeezed(label), value, reading) if role == "schedule" else value
        if role == "status" and squeezed(found[-1].get(role, "")) in reading.ends("state-kind"):
            del found[-1][role]  # 区分 | 継続 is told less of it than 状況 | 遅れ
        found[-1].setdefault(kind, in_years)


def _state_after(cells: Sequence[str], reading: Lexicon) -> dict[str, str]:
    """Return the state in a bracket at the end of the row that names a measure: … | 〔継続〕."""
    last = cells[-1] if len(cells) > _NAMED else ""
    state = state_beside(last, reading)
    return {"status": state} if state and squeezed(last).strip("[]【】〔〕()") == state else {}


_LABELLED: Final = re.compile(r"([^:：\s]{2,6})\s*[:：]\s*(\S.{0,12})")
"""A cell that is a label with what it says: 区分：新規."""
_NUMBER: Final = re.compile("[①-⑳㉑-㊿]|(?:No[.]?)?[(]?[0-9]{1,2}(?:[-.][0-9]{1,2}){0,2}[.)]?")
"""A number before the name in the first row of a card: ② | 手続の電子化 | 進捗 | 準備中."""
_NAMED: Final = 2
"""Cells of a row that has a label and the name of a measure."""
_LONGEST_STAGE: Final = 40
"""Signs of a stage, as 構築 and 運用, of a mark that stands for one, or of what is done then."""


def _years_of(row: Sequence[Cell], reading: Lexicon) -> dict[int, str]:
    """Return the years of a row of a card that heads a schedule, by their columns.

    Before them may stand the label of the row, and beside them one of what is below it, as 状況;
    those of indicators are of figures.
    """
    if row and named_role(squeezed(row[0].text), reading) == "indicator":
        return {}
    found: dict[int, str] = {}
    is_label = bool(row) and not YEAR.fullmatch(squeezed(row[0].text))
    for cell in row[is_label:]:
        word = squeezed(cell.text)
        year = year_of(word) if YEAR.fullmatch(word) else ""
        role = named_role(word, reading)
        if (word and not year and not role) or role in _ENDS:
            return {}
        found |= dict.fromkeys(range(cell.column, cell.column + cell.columns), year) if year else {}
    return found


_ENDS: Final = frozenset({"start", "due"})
"""Labels of which each has a year of its own: 始期 | 令和8年度 | 終期 | 令和9年度."""


def _beside(row: Sequence[Cell], reading: Lexicon) -> dict[int, str]:
    """Return the roles of the labels that stand beside the years of a row, by their columns."""
    roles = {cell.column: named_role(squeezed(cell.text), reading) for cell in row[1:]}
    return {column: role for column, role in roles.items() if role}


def _below_years(
    above: dict[int, str], beside: dict[int, str], row: Sequence[Cell]
) -> dict[str, str]:
    """Return what a row below years says: from when to when something stands there, and more."""
    told = {
        beside[cell.column]: " ".join(cell.text.split())
        for cell in row
        if cell.column in beside and cell.text.strip()
    }
    cells = [cell for cell in row if cell.column in above]
    marked = any(squeezed(cell.text).strip("-―") for cell in cells)
    nothing = NOTHING if marked else {""}
    covered = [
        above[place]
        for cell in cells
        for place in range(cell.column, cell.column + cell.columns)
        if squeezed(cell.text) not in nothing and place in above
    ]
    if covered and all(len(squeezed(cell.text)) <= _LONGEST_STAGE for cell in cells):
        if any(_IF_AT_ALL in cell.text for cell in cells):
            told["start"] = covered[0]
        else:
            told["schedule"] = f"{covered[0]}~{covered[-1]}"
    return told


_IF_AT_ALL: Final = "場合"
"""In a stage that comes only if something is decided before: when all ends is open then."""


def heads_of_one(block: Block, reading: Lexicon) -> dict[str, str]:
    """Return what a table of one row says below its headings, as 担当課 and 実施時期.

    It tells of what the heading above it names; a table in which something is named is none.
    """
    rows = rows_in_place(block)
    if len(rows) != 2:  # noqa: PLR2004
        return {}
    roles = [role_of(squeezed(cell), reading) for cell in rows[0]]
    known = {role: cell for role, cell in zip(roles, rows[1], strict=True) if role and cell}
    return {} if "measure" in known or len(known) < len(roles) - 1 else known


def years_of_one(block: Block) -> dict[str, str]:
    """Return from when to when something stands below years alone, in a table of but one row.

    It tells of what the heading above it names; figures below years tell of something else. One
    cell may stand for all years up to the last.
    """
    rows = rows_in_place(block)
    if len(rows) != 2 or len(rows[0]) < 2:  # noqa: PLR2004
        return {}
    heads, cells = ([squeezed(cell) for cell in row] for row in rows)
    found = {} if any(map(_FIGURE.search, cells)) else _below_heads(heads, cells)
    return found | {"until": year_of(heads[-1])} if found else {}


def schedule_below(block: Block, reading: Lexicon) -> dict[str, str]:
    """Return from when to when a table says that what the card above it names is done.

    It has years alone, or beside a label as 年次計画, and one row of stages below them.
    """
    rows = rows_in_place(block)
    if len(rows) != 2 or len(rows[0]) < 3:  # noqa: PLR2004
        return {}
    heads, cells = ([squeezed(cell) for cell in row] for row in rows)
    is_label = not year_of(heads[0]) and role_of(heads[0], reading) in _OVER_YEARS
    if is_label and (not cells[0] or role_of(cells[0], reading) in _OVER_YEARS):
        heads, cells = heads[1:], cells[1:]
    are_figures = any(value_in(each, reading) for each in cells)
    return {} if are_figures else _below_heads(heads, cells)


_OVER_YEARS: Final = frozenset({"schedule", "content", "measure", "detail"})
"""What the label of a row of years, or of the stages below it, may be."""


def _below_heads(heads: Sequence[str], cells: Sequence[str]) -> dict[str, str]:
    are_stages = all(len(each) <= _LONGEST_STAGE for each in cells)
    if not are_stages or not all(YEAR.fullmatch(each) and year_of(each) for each in heads):
        return {}
    nothing = NOTHING if any(each.strip("-―") for each in cells) else {""}
    covered = [head for head, cell in zip(heads, cells, strict=True) if cell not in nothing]
    return {"schedule": f"{year_of(covered[0])}~{year_of(covered[-1])}"} if covered else {}


_FIGURE: Final = re.compile("[0-9]")


def _label_role(cell: Cell, reading: Lexicon) -> str:
    """Return the role of a label of a card; a number alone stands before the name of a measure.

    One without a word is a label in the first row alone: rows of a table are counted so, too.
    """
    word = squeezed(cell.text)
    if _NUMBERED.fullmatch(word) or (cell.row == 0 and _NUMBER_ALONE.fullmatch(word)):
        return "measure"
    word = _AS_OF.sub("", word)
    return named_role(word, reading) or (role_of(word, reading) if _is_short(word, reading) else "")


_AS_OF: Final = re.compile("^(?:令和|平成|R|H|20)[0-9元]{1,2}年?度?末?(?:時点)?の")
"""What a label may begin with: 令和7年度末の状況."""


def _is_short(word: str, reading: Lexicon) -> bool:
    """Tell whether a cell is short enough for a label that only ends in a known word."""
    bare = len(word) <= _LONGEST_SHORT and re.search("[0-9]", word) is None
    return bare and word.endswith(reading.ends("label-end"))


_LONGEST_SHORT: Final = 8


_NUMBERED: Final = re.compile(
    r"(?:No\.?|№|NO\.?|番号|(?:個別|重点)?(?:施策|取組|事業|整理)?(?:番号|シート|カード|個票|票|調書)?)"
    r"(?<=[.№O号策組業トド票書])[0-9]{1,3}(?:-[0-9]{1,3}){0,2}"
)
_NUMBER_ALONE: Final = re.compile(
    r"[0-9]{1,2}(?:[-.][0-9]{1,2}){1,2}|[A-Z]-?[0-9]{1,2}|\([0-9]{1,2}\)|[①-⑳]"
)
