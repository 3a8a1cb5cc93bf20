"""The sheets of a plan's workbook, made from the models of the plan file.

| sheet | holds |
|---|---|
| of a section that is one thing | a row per key: key, explanation, value |
| of a section that is a list, or a mapping by id | a row per entry, a column per key |
| of a list within entries | the same, with the entry that each row belongs to |
| `sections` | which sections were read, though there may be nothing in them |
| `evidence` | all evidence, with what it belongs to |
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Literal, get_args, get_origin

from dxrules.plan.models import Evidence, Plan
from dxrules.plan.shapes import is_parsed, literals_of, model_in, plain_type, reference_of
from dxrules.source import description
from dxrules.texts import Text

if TYPE_CHECKING:
    from collections.abc import Iterator

    from pydantic import BaseModel
    from pydantic.fields import FieldInfo


EACH = "*"
"""Stands in a path for any entry of a list or mapping."""
SECTIONS_SHEET, EVIDENCE_SHEET = "sections", "evidence"
FIRST_ROW = 3
"""Under the labels and the keys."""

Shape = Literal["keys", "list", "mapping"]

_FRONT = "plan"
_FRONT_SECTIONS = frozenset({"municipality", "plan"})
_OWNER = Text("どの項目のものか(id)", "the entry that it belongs to (id)")
_KEY = Text("項目(id)", "entry (id)")
_EVIDENCE_OWNER = Text(
    "どの項目の根拠か(例: plan、provisions.cio、measures.取組のid)",
    "what it is evidence for (plan, provisions.cio, measures.ID, for example)",
)
OWNER, KEY = "@owner", "@key"


@dataclass(frozen=True, slots=True)
class Column:
    """A key of an entry (or of a section): where it stands in it, and what may be written.

    `choices` are literal values; `reference` is the list whose ids are taken; `several`, whether
    a cell holds a list.
    """

    key: tuple[str, ...]
    label: Text
    choices: tuple[str, ...] = ()
    reference: str | None = None
    several: bool = False
    required: bool = False

    @property
    def name(self) -> str:
        """The key as the sheet writes it."""
        return ".".join(self.key)


@dataclass(frozen=True, slots=True)
class Sheet:
    """A sheet: its name, where its entries stand in the plan, and its columns."""

    name: str
    label: Text
    shape: Shape
    path: tuple[str, ...]
    columns: tuple[Column, ...]

    @property
    def owned(self) -> bool:
        """Whether its entries lie within entries of another sheet."""
        return EACH in self.path


def sheets() -> tuple[Sheet, ...]:
    """Return the sheets of a plan's workbook, in the order of the plan file."""
    front: list[Column] = []
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
            rest += [Sheet(name, description(info), "keys", (), columns), *_lists(model, (name,))]
        else:
            rest += _entries(name, info, (name,))
    title = description(Plan.model_fields[_FRONT])
    proofs = (
        Column((OWNER,), _EVIDENCE_OWNER, required=True),
        *_columns(Evidence, ()),
    )
    evidence = Sheet(
        EVIDENCE_SHEET, Text("根拠", "evidence"), "list", (EACH, EVIDENCE_SHEET), proofs
    )
    return (Sheet(_FRONT, title, "keys", (), tuple(front)), *rest, evidence)


def optional_tables() -> dict[str, tuple[Text, Shape]]:
    """Return what can be read and found empty, by path: sections, and lists within them."""
    found: dict[str, tuple[Text, Shape]] = {}
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


def _shape(info: FieldInfo) -> Shape:
    origin = get_origin(plain_type(info.annotation))
    return "list" if origin is tuple else "mapping" if origin is dict else "keys"


def _column(key: tuple[str, ...], info: FieldInfo) -> Column:
    plain: Any = plain_type(info.annotation)
    limited = get_origin(plain) in {Literal, tuple}  # a count that may be "all" is not
    choices = ("yes", "no") if plain is bool else tuple(literals_of(plain) if limited else ())
    return Column(
        key,
        description(info),
        choices,
        reference_of(info.annotation, info),
        several=get_origin(plain) is tuple and not is_parsed(info.annotation, info),
        required=info.is_required(),
    )


def _columns(model: type[BaseModel], key: tuple[str, ...]) -> Iterator[Column]:
    """Yield the keys that fit into one row: scalars, lists of scalars, and mappings of such."""
    for name, info in _fields(model):
        inner = model_in(info.annotation)
        if inner is None:
            yield _column((*key, name), info)
        elif _shape(info) == "keys":
            yield from _columns(inner, (*key, name))


def _lists(model: type[BaseModel], path: tuple[str, ...]) -> Iterator[Sheet]:
    """Yield a sheet for each list or mapping of entries within a model; not for evidence."""
    for name, info in _fields(model):
        inner = model_in(info.annotation)
        if inner is not None and inner is not Evidence and _shape(info) != "keys":
            shown = ".".join(part for part in (*path, name) if part != EACH)
            yield from _entries(shown, info, (*path, name))


def _entries(name: str, info: FieldInfo, path: tuple[str, ...]) -> Iterator[Sheet]:
    shape, model = _shape(info), model_in(info.annotation)
    if model is None:
        raise TypeError(f"{name} holds no entries")
    columns = [*_columns(model, ())]
    if shape == "mapping":
        key = Column((KEY,), _KEY, reference=reference_of(info.annotation, info), required=True)
        columns.insert(0, key)
    if EACH in path:
        columns.insert(0, Column((OWNER,), _OWNER, required=True))
    yield Sheet(name, description(info), shape, path, tuple(columns))
    yield from _lists(model, (*path, EACH))
