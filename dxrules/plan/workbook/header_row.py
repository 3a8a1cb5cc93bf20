"""Which columns of a sheet are read: keys in their row, and nothing of the sheet passed over."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from typing import TYPE_CHECKING

from dxrules.plan.workbook.cell_words import folded
from dxrules.plan.workbook.cells import Mark, Read, SheetCells, SheetRow, quoted
from dxrules.plan.workbook.layout import (
    FIRST_ROW,
    HOW_AT,
    KEY,
    KEY_AT,
    KEY_ROW,
    LABEL_AT,
    LABEL_ROW,
    TITLE_ROW,
    VALUE_AT,
    VALUE_HEAD,
)
from dxrules.source import Refusal, did_you_mean
from dxrules.source.sheets import SheetPage
from dxrules.source.sheets.cell_display import shown
from dxrules.source.sheets.sheet import letters
from dxrules.texts import LANGS, Text

if TYPE_CHECKING:
    from dxrules.plan.workbook.layout import KeyColumn, Sheet

READ_VALUE, READ_KEY = "value", "key"
_MEMO = Text("メモ", "memo")
"""What stands in the row of keys above a column that nobody has to read."""
NAMING = frozenset({"id", KEY})
"""The keys that name an entry: no two entries share one."""
_SEARCHED, _MANY = 30, 2
"""Rows that are looked through for the keys, and how many of them make a row of keys."""

_MOVED = Text(
    "キーの行が{found}行目にあります(正しくは{right}行目)。",
    "The row of keys is row {found}, and should be row {right}.",
)
_INSERTED = Text(
    "上に行を挿入していれば、削除してください。", "Was a row inserted above? Delete it."
)
_DELETED = Text("上の行を削除していれば、戻してください。", "Was a row above deleted? Put it back.")
_NO_KEYS = Text("{row}行目にキーがありません。", "There are no keys in row {row}.")
_KEYS_TWICE = Text("キーの行がもう一度あります。", "The row of keys stands here again.")
_DELETE_ROW = Text("この行を削除してください。", "Delete this row.")
_NEW_BOOK = Text(
    "dxrules new plan で作った新しいブックの同じシートから写してください。",
    "Copy them from the same sheet of a new workbook (dxrules new plan).",
)
_UNKNOWN = Text("「{said}」という列は読まれません。", 'No column is called "{said}".')
_TWICE = Text("「{said}」という列が2つあります({cells})。", '"{said}" heads two columns ({cells}).')
_KEEP_ONE = Text(
    "内容を1つの列にまとめ、もう1つの列を消してください。",
    "Bring the two together in one, and delete the other.",
)
_NO_COLUMN = Text("「{label}」の列がありません。", 'There is no column "{label}".')
_NO_KEY = Text(
    "{cell} の「{said}」は、列のキー({head})がないため読まれません。",
    '"{said}" in {cell} is not read, as its column has no key in {head}.',
)
_ITS_KEY = Text("{head} に「{key}」と書いてください。", 'Write "{key}" into {head}.')
_A_KEY = Text(
    "{head} にキーを書いてください。読まなくてよい列なら「メモ」と書いてください。",
    'Write its key into {head}, or "memo" if the column need not be read.',
)
_BESIDE = Text(
    "{cell} の「{said}」は、この列にあるため読まれません。", '"{said}" in {cell} is not read there.'
)
_VALUE_COLUMN = Text(
    "値は{column}列に書いてください。読まなくてよい列なら {head} に「メモ」と書いてください。",
    'Write values into column {column}, or "memo" into {head} if the column need not be read.',
)


def by_key(cells: SheetCells, page: SheetPage, known: Collection[str]) -> Read:
    """Return what is read of a sheet that has a row per key: the values and the keys.

    Other columns that say anything are complained of, but for labels and how to write a value.
    """
    heads = {VALUE_AT + 1: READ_VALUE, KEY_AT + 1: READ_KEY}
    keyed = [
        line for line in page.cells if line < FIRST_ROW and _plain(page, line, KEY_AT + 1) in known
    ]
    first = min([FIRST_ROW, *keyed])  # rows above may have been deleted
    passed = {LABEL_AT + 1, HOW_AT + 1, *heads, *_memos(page)}
    for place, line in _others(page, passed, first):
        head = f"{letters(place)}{KEY_ROW}"
        cell, said = f"{letters(place)}{line}", quoted(_plain(page, line, place))
        hint = _VALUE_COLUMN.format(column=letters(VALUE_AT + 1), head=head)
        mark = Mark(line - 1, place - 1, page.title)
        cells.complain(mark, _BESIDE.format(cell=cell, said=said), hint)
    labels = {folded(VALUE_HEAD.in_(lang)) for lang in LANGS}
    labelled = {LABEL_AT + 1, HOW_AT + 1, KEY_AT + 1}
    if folded(_plain(page, LABEL_ROW, VALUE_AT + 1)) in labels:
        labelled.add(VALUE_AT + 1)
    stray = _strays(page, labelled, first) if first == FIRST_ROW else ()
    return Read(heads, first, stray=stray)


def by_column(cells: SheetCells, page: SheetPage, sheet: Sheet) -> Read | None:
    """Return what is read of a sheet that has a column per key; None if its keys are not there.

    Unknown keys, keys that stand twice, and columns that say anything and have no key are
    complained of.
    """
    known = {column.name: column for column in sheet.columns}
    if not any(line >= KEY_ROW for line in page.cells):
        return Read({}, FIRST_ROW)
    if _elsewhere(cells, page, known):
        return None
    before = len(cells.problems)
    heads = _keys_of(cells, page, known)
    _without_key(cells, page, sheet, heads)
    if len(cells.problems) == before and max(page.cells) >= FIRST_ROW:
        for column in sheet.columns:
            if column.always and column.name not in heads.values():
                message = _NO_COLUMN.format(label=column.label)
                cells.complain(Mark(KEY_ROW - 1, 0, page.title), message, _NEW_BOOK)
    stray = _strays(page, page.cells.get(KEY_ROW, {}).keys(), KEY_ROW)
    return Read(heads, FIRST_ROW, known.keys() - NAMING, stray)


def says_keys(cells: SheetCells, row: SheetRow) -> bool:
    """Complain of a row that holds the keys a second time, as a pasted one does."""
    if len(row) < _MANY or any(value.text != name for name, value in row.items()):
        return False
    cells.complain(next(iter(row.values())).mark, _KEYS_TWICE, _DELETE_ROW)
    return True


def _keys_of(cells: SheetCells, page: SheetPage, known: Collection[str]) -> dict[int, str]:
    """Return the keys in their row; one that is unknown, or stands twice, is a fault."""
    heads: dict[int, str] = {}
    memos = _memos(page)
    for place, cell in sorted(page.cells.get(KEY_ROW, {}).items()):
        said = _plain(page, KEY_ROW, place)
        mark = Mark(KEY_ROW - 1, place - 1, page.title)
        if place in memos:
            continue
        if cell.fault is not None:
            cells.complain(mark, cell.fault.text, cell.fault.hint)
        elif said not in known:
            cells.complain(mark, _UNKNOWN.format(said=quoted(said)), did_you_mean(said, known))
        elif said in heads.values():
            first = next(letters(other) for other, head in heads.items() if head == said)
            both = f"{first}{KEY_ROW}, {letters(place)}{KEY_ROW}"
            cells.complain(mark, _TWICE.format(said=said, cells=both), _KEEP_ONE)
        else:
            heads[place] = said
    return heads


def _elsewhere(cells: SheetCells, page: SheetPage, known: Collection[str]) -> bool:
    """Complain, once, where the row of keys is not in its place; tell whether it is not."""
    rows = {
        line: sum(_plain(page, line, place) in known for place in page.cells[line])
        for line in sorted(page.cells)[:_SEARCHED]
    }
    here = rows.get(KEY_ROW, 0)
    # A label may read like a key, but most of a row of keys are such.
    most = max(c if 2 * c > len(page.cells[line]) else 0 for line, c in rows.items())
    found = next((line for line, count in rows.items() if count == most), KEY_ROW)
    if most > here and most >= min(_MANY, len(known)):
        message = _MOVED.format(found=found, right=KEY_ROW)
        hint = _INSERTED if found > KEY_ROW else _DELETED
    elif here == 0:
        found, message, hint = KEY_ROW, _NO_KEYS.format(row=KEY_ROW), _NEW_BOOK
    else:
        return False
    cells.complain(Mark(found - 1, 0, page.title), message, hint)
    return True


def _without_key(cells: SheetCells, page: SheetPage, sheet: Sheet, heads: dict[int, str]) -> None:
    """Complain of each column that says anything below and has nothing in the row of keys."""
    missing = [column for column in sheet.columns if column.name not in heads.values()]
    for place, line in _others(page, page.cells.get(KEY_ROW, {}).keys(), FIRST_ROW):
        head, cell = f"{letters(place)}{KEY_ROW}", f"{letters(place)}{line}"
        said = quoted(_plain(page, line, place))
        key = _labelled(_plain(page, LABEL_ROW, place), missing)
        hint = _ITS_KEY.format(head=head, key=key) if key else _A_KEY.format(head=head)
        mark = Mark(KEY_ROW - 1, place - 1, page.title)
        cells.complain(mark, _NO_KEY.format(cell=cell, said=said, head=head), hint)


def _labelled(label: str, columns: Iterable[KeyColumn]) -> str:
    """Return the key of the column that has a label, in either language; else nothing."""
    bare = folded(label.removesuffix(" (＊)").removesuffix(" ＊"))
    return next(
        (each.name for each in columns if bare in {folded(each.label.in_(lang)) for lang in LANGS}),
        "",
    )


def _others(page: SheetPage, passed: Collection[int], first: int) -> list[tuple[int, int]]:
    """Return each other column that says anything, with the first row in which it does."""
    found: dict[int, int] = {}
    for line in sorted(page.cells):
        if line >= first:
            for place in page.cells[line].keys() - passed:
                found.setdefault(place, line)
    return sorted(found.items())


def _strays(page: SheetPage, labelled: Collection[int], first: int) -> list[tuple[int, int]]:
    """Return the cells above a row that are no title, no label and in no column for remarks."""
    passed = {(TITLE_ROW, LABEL_AT + 1), *((LABEL_ROW, place) for place in labelled)}
    memos = _memos(page)
    return [
        (line, place)
        for line in sorted(page.cells)
        if line < first
        for place in sorted(page.cells[line])
        if place not in memos and (line, place) not in passed
    ]


def _memos(page: SheetPage) -> set[int]:
    words = {folded(_MEMO.in_(lang)) for lang in LANGS}
    row = page.cells.get(KEY_ROW, ())
    return {place for place in row if folded(_plain(page, KEY_ROW, place)) in words}


def _plain(page: SheetPage, line: int, place: int) -> str:
    """Return what a cell says, whatever it is; nothing of an empty one."""
    cell = page.cells.get(line, {}).get(place)
    try:
        return "" if cell is None else shown(cell)
    except Refusal:
        return ""
