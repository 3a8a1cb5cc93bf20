"""The sheets of a plan's workbook, made from the models of the plan file.

| sheet | holds |
|---|---|
| of a section that is one thing | a row per key: what it is, value, how to write it, key |
| of a section that is a list, or a mapping by id | a row per entry, a column per key |
| of a list within entries | the same, with the entry that each row belongs to |
| of the sections read | which were, though there may be nothing in them |
| of evidence | all evidence, with the sheet and the entry that it belongs to |

A sheet goes by its label or by its name, and a value that is chosen by its words or its id.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import field, replace
from decimal import Decimal
from functools import cache
from typing import TYPE_CHECKING, Any, Literal, get_args, get_origin

from dxrules.frozen import frozen
from dxrules.plan.code_labels import in_words
from dxrules.plan.field_info import (
    is_several,
    is_whole,
    model_in,
    parsed_of,
    plain_type,
    reference_of,
    values_of,
)
from dxrules.plan.models import Plan
from dxrules.plan.sections.evident import Doubt, Evidence, Evident
from dxrules.source import description
from dxrules.source.types import Parsed
from dxrules.texts import Text

if TYPE_CHECKING:
    from pydantic import BaseModel
    from pydantic.fields import FieldInfo

EACH = "*"
"""Stands in a path for any entry of a list or mapping."""
SECTIONS_SHEET, EVIDENCE_SHEET, CODES = "sections", "evidence", "codes"
GUIDE, SECTIONS = Text("使い方", "guide"), Text("記載なしと確認した項目", "sections read")
"""The first sheet, and that of the sections."""

TITLE_ROW, LABEL_ROW, KEY_ROW, FIRST_ROW = 1, 2, 3, 4
"""From above: what the sheet is, the labels, the keys; and the entries."""

MOST_ROWS = 300
"""Rows that have a drop-down, below those that are filled."""

LABEL_AT, VALUE_AT, HOW_AT, KEY_AT = range(4)
"""The columns of a sheet that has a row per key, counted from 0."""
KEY_HEAD = Text("キー(変えない)", "key (leave as it is)")
VALUE_HEAD = Text("値(ここに書く)", "value (write here)")
"""The labels above the keys and the values of such a sheet."""

SheetShape = Literal["keys", "list", "mapping"]

_FRONT, _FORMAT = "plan", "format"
_FRONT_SECTIONS = frozenset({"municipality", "plan"})
_OWNER = Text("どの項目のものか(名称か番号)", "the entry that it belongs to (title or id)")
_NEEDED_FIRST = Text("先に必要な取組(名称か番号)", "the measure needed first (title or id)")
_KEY = Text("項目", "entry")
_EVIDENCE_SHEET = Text("どのシートについての根拠か", "the sheet that it is evidence for")
_EVIDENCE_OWNER = Text(
    "その中のどの項目か(そのシートの1列目の値。項目が並ばないシートでは空)",
    "which entry of it (what stands in its first column; empty if it has no entries)",
)
_FOLLOWS: Mapping[tuple[str, ...], Text] = {
    ("municipality", "code"): Text(
        "団体名を一覧から選べば空でよい", "May stay empty where the name is chosen from the list"
    ),
    ("name", "ja"): Text(
        "団体コードを書けば空でよい。一覧から選ぶと、コードと英語名も決まる",
        "May stay empty where the code is given; chosen from the list, code and English name "
        "follow",
    ),
    ("id",): Text(
        "空でよい(名称から作る)。何の番号でもよいが、同じものを2度使わない",
        "May stay empty (it is made of the title). Any number or text that stands once",
    ),
}
"""What need not be written, by the end of its keys, and what it follows from."""
_LABELS: Mapping[tuple[str, ...], Text] = {
    ("id",): Text("番号(空でもよい)", "number or id (may stay empty)"),
    ("areas",): Text("分野(どれにも当たらなければ「なし」)", "areas (none, if none fits)"),
    ("followed",): Text(
        "この計画が従う・踏まえると述べているか(背景での紹介だけなら「いいえ」)",
        "whether the plan says that it follows it (no, if it is background only)",
    ),
    ("standardization", "migrated"): Text(
        "移行済みの数(すべてなら「すべて」)", "number migrated (all, if all are)"
    ),
    ("plan", "status"): Text("策定の段階", "stage: draft, established, and so on"),
}
"""What columns are called otherwise than the keys of a plan file, which people do not see."""
_NAMES = {("measures", EACH, "requires"): "measures"}
"""By the path of a list, the sheet whose entries its ids name."""
SHEET, OWNER, KEY = "@sheet", "@owner", "@key"


@frozen
class KeyColumn:
    """A key of an entry (or of a section): where it stands in it, and what may be written.

    `choices` are what a value is limited to, in words; `reference` is the list whose ids are
    taken; `several`, whether a cell holds a list. `required` with whatever else is written:
    always, or where `within` another key that may be left out. `parsed` reads dates and periods;
    a `figure` is a decimal number, `whole` a count. `follows` says what an empty cell follows from;
    `names` is the sheet one of whose entries it names.
    """

    key: tuple[str, ...]
    label: Text
    choices: Mapping[str, Text] = field(default_factory=dict)
    reference: str | None = None
    several: bool = False
    required: bool = False
    within: bool = False
    parsed: Parsed | None = None
    example: str = ""
    figure: bool = False
    whole: bool = False
    follows: Text | None = None
    names: str = ""

    @property
    def name(self) -> str:
        """The key as the sheet writes it."""
        return ".".join(self.key)

    @property
    def always(self) -> bool:
        """Whether it is required of every entry, and not only with what goes with it."""
        return self.required and not self.within and self.follows is None

    @property
    def list_name(self) -> str:
        """How the list of what may be chosen is called; empty if anything may be written."""
        name = self.reference or ",".join(self.choices)
        return f"{name}[]" if name and self.several else name


@frozen
class Sheet:
    """A sheet: its name, where its entries stand in the plan, and its columns.

    `evident` tells whether what it holds can have evidence.
    """

    name: str
    label: Text
    shape: SheetShape
    path: tuple[str, ...]
    columns: tuple[KeyColumn, ...]
    evident: bool = False

    @property
    def owned(self) -> bool:
        """Whether its entries lie within entries of another sheet."""
        return EACH in self.path


@frozen
class Decides:
    """What a sheet decides: how many rules, and which entries they name; none means any."""

    rules: int
    entries: frozenset[str] = frozenset()


YES_OR_NO = KeyColumn(("read",), SECTIONS, in_words(("yes", "no")))
"""Whether a section was read."""


@cache
def sheets() -> tuple[Sheet, ...]:
    """Return the sheets of a plan's workbook, in the order of the plan file."""
    front: list[KeyColumn] = []
    rest: list[Sheet] = []
    for name, info in _fields(Plan):
        model = model_in(info.annotation)
        if model is None:
            front.append(_column((name,), info))
        elif name in _FRONT_SECTIONS:
            front += _columns(model, (name,))
            rest += _lists(model, (name,))
        elif _shape(info) == "keys":
            columns = tuple(_columns(model, (name,)))
            label, evident = description(info), issubclass(model, Evident)
            rest += [Sheet(name, label, "keys", (), columns, evident), *_lists(model, (name,))]
        else:
            rest += _entries(name, info, (name,))
    front.sort(key=lambda column: column.name == _FORMAT)  # last: nobody has to write it
    title = description(Plan.model_fields[_FRONT])
    first = Sheet(_FRONT, title, "keys", (), tuple(front), evident=True)
    return (first, *rest, _evidence([first, *rest]))


def _evidence(others: list[Sheet]) -> Sheet:
    columns = (
        KeyColumn(
            (SHEET,),
            _EVIDENCE_SHEET,
            {sheet.name: sheet.label for sheet in others if sheet.evident},
            required=True,
        ),
        KeyColumn((OWNER,), _EVIDENCE_OWNER),
        *_columns(Evidence, ()),
    )
    label = Text("根拠", "evidence")
    return Sheet(EVIDENCE_SHEET, label, "list", (EACH, EVIDENCE_SHEET), columns)


def optional_tables() -> dict[str, tuple[Text, SheetShape]]:
    """Return what can be read and found empty, by path: sections, and lists within them."""
    found: dict[str, tuple[Text, SheetShape]] = {}
    for name, info in _fields(Plan):
        if _can_be_missing(info) and model_in(info.annotation) is not None:
            found[name] = description(info), _shape(info)
        model = model_in(info.annotation)
        if model is not None and _shape(info) == "keys":
            for inner, each in _fields(model):
                table = model_in(each.annotation) is not None and _shape(each) != "keys"
                if table and _can_be_missing(each):
                    found[f"{name}.{inner}"] = description(each), _shape(each)
    return found


def _fields(model: type[BaseModel]) -> Iterator[tuple[str, FieldInfo]]:
    for name, info in model.model_fields.items():
        yield info.alias or name, info


def _can_be_missing(info: FieldInfo) -> bool:
    return type(None) in get_args(info.annotation)


def _shape(info: FieldInfo) -> SheetShape:
    origin = get_origin(plain_type(info.annotation))
    return "list" if origin is tuple else "mapping" if origin is dict else "keys"


def _column(key: tuple[str, ...], info: FieldInfo, *, within: bool = False) -> KeyColumn:
    plain: Any = plain_type(info.annotation)
    limited = (
        get_origin(plain) in {Literal, tuple} or plain is bool
    )  # a count that may be "all" is not
    values = values_of(plain) if limited else ()
    return KeyColumn(
        key,
        _LABELS.get(key, description(info)),
        in_words(values),
        reference_of(info.annotation, info),
        several=is_several(info),
        required=info.is_required(),
        within=within,
        parsed=parsed_of(info.annotation, info),
        example=str(info.examples[0]).strip('"') if info.examples else "",
        figure=plain is Decimal,
        whole=is_whole(info.annotation),
        follows=_FOLLOWS.get(key[-2:]),
    )


def _columns(
    model: type[BaseModel], key: tuple[str, ...], *, within: bool = False
) -> Iterator[KeyColumn]:
    """Yield the keys that fit into one row: scalars, lists of scalars, and mappings of such."""
    for name, info in _fields(model):
        inner = model_in(info.annotation)
        if inner is None:
            yield _column((*key, name), info, within=within)
        elif _shape(info) == "keys":
            optional = within or not info.is_required()
            yield from _columns(inner, (*key, name), within=optional)


def _lists(model: type[BaseModel], path: tuple[str, ...]) -> Iterator[Sheet]:
    """Yield a sheet for each list of entries within a model; not for evidence and doubts."""
    for name, info in _fields(model):
        inner = model_in(info.annotation)
        if inner not in {None, Doubt, Evidence} and _shape(info) != "keys":
            shown = ".".join(part for part in (*path, name) if part != EACH)
            yield from _entries(shown, info, (*path, name))


def _entries(name: str, info: FieldInfo, path: tuple[str, ...]) -> Iterator[Sheet]:
    shape, model = _shape(info), model_in(info.annotation)
    if model is None:
        raise TypeError(f"{name} holds no entries")
    columns = [*_columns(model, ())]
    if path in _NAMES:
        columns = [_naming(column, _NAMES[path]) for column in columns]
    if shape == "mapping":
        key = KeyColumn((KEY,), _KEY, reference=reference_of(info.annotation, info), required=True)
        columns.insert(0, key)
    if EACH in path:
        above = ".".join(path[: path.index(EACH)])
        columns.insert(0, KeyColumn((OWNER,), _OWNER, required=True, names=above))
    evident = issubclass(model, Evident)
    yield Sheet(name, description(info), shape, path, tuple(columns), evident)
    yield from _lists(model, (*path, EACH))


def _naming(column: KeyColumn, sheet: str) -> KeyColumn:
    """Return a column of ids as one that names the entries of another sheet."""
    if column.name != "id":
        return column
    return replace(column, label=_NEEDED_FIRST, names=sheet, follows=None)
