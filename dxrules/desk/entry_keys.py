"""Keys that can be entered into each mapping of a plan file, in words, and their values."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING, Any, Final, get_origin

from dxrules.plan.code_labels import in_words
from dxrules.plan.field_info import (
    is_whole,
    model_in,
    parsed_of,
    plain_type,
    reference_of,
    values_of,
)
from dxrules.plan.key_names import key_label
from dxrules.plan.models import Plan
from dxrules.plan.schema import id_names
from dxrules.reference import Reference
from dxrules.report.json_values import Json
from dxrules.source import description
from dxrules.texts import Text, same

if TYPE_CHECKING:
    from pydantic import BaseModel
    from pydantic.fields import FieldInfo

ASIDE: Final = frozenset({"evidence", "doubts"})
"""Keys that are shown beside what they are about."""
HIDDEN: Final = frozenset({"Plan.format", "Reading.closed", "Reading.drafted"})
"""Keys that nobody enters: the desk sets them itself."""


def shape(reference: Reference) -> Json:
    """Return every mapping of the plan file by the name of its model, and the lists of ids."""
    names = id_names(reference)
    used = {kind for model in _models(Plan) for kind in _lists_of(model)}
    return {
        "models": {
            model.__name__: [
                _key(model, name, info)
                for name, info in model.model_fields.items()
                if f"{model.__name__}.{name}" not in HIDDEN
            ]
            for model in _models(Plan)
        },
        "lists": {kind: dict(names[kind].items()) for kind in sorted(used)},
    }


def _words_of(info: FieldInfo) -> dict[str, Text]:
    """Return the values that a key is limited to, in words; none where it is written freely."""
    return {} if is_whole(info.annotation) else in_words(values_of(info.annotation))


def shown_value(value: Any, info: FieldInfo, names: Mapping[str, Mapping[str, Text]]) -> Text:
    """Return a value in words: of a code its label, of several all of them."""
    if isinstance(value, list):
        parts = [shown_value(each, info, names) for each in value]
        if not parts:
            return Text("なし", "none")
        return Text("、".join(p.ja for p in parts), ", ".join(p.en for p in parts))
    said = str(value)
    kind = reference_of(info.annotation, info)
    if kind is not None:
        return names.get(kind, {}).get(said, same(said))
    return _words_of(info).get(said, same(said))


def _models(model: type[BaseModel]) -> tuple[type[BaseModel], ...]:
    """Return a model and all that it holds, each once."""
    found: dict[type[BaseModel], None] = {}

    def visit(each: type[BaseModel]) -> None:
        if each in found:
            return
        found[each] = None
        for info in each.model_fields.values():
            inner = model_in(info.annotation)
            if inner is not None:
                visit(inner)

    visit(model)
    return tuple(found)


def _lists_of(model: type[BaseModel]) -> Iterator[str]:
    for info in model.model_fields.values():
        kind = reference_of(info.annotation, info)
        if kind is not None:
            yield kind


def _key(model: type[BaseModel], name: str, info: FieldInfo) -> Json:
    """Return one key: what it is called, what may be written, and an example."""
    said, inner = description(info), model_in(info.annotation)
    plain = plain_type(info.annotation)
    several = get_origin(plain) is tuple
    values, kind = _words_of(info), reference_of(info.annotation, info)
    if inner is not None:
        form = "map" if get_origin(plain) is dict else "entries" if several else "entry"
    elif parsed_of(info.annotation, info) is not None:
        form = "date"
    elif values or kind:
        form = "choices" if several else "choice"
    else:
        form = "texts" if several else "number" if is_whole(info.annotation) else "text"
    return {
        "key": info.alias or name,
        "label": key_label(model, info.alias or name),
        "help": said,
        "form": form,
        "required": info.is_required(),
        "values": dict(values.items()),
        "list": kind,
        "model": None if inner is None else inner.__name__,
        "example": info.examples[0].strip("\"'") if info.examples else "",
    }
