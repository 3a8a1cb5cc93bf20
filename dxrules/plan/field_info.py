"""What the annotation of a field says: its model, its values, the list whose ids it takes."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Annotated, Any, Literal, get_args, get_origin

from pydantic import BaseModel

from dxrules.source.types import Known, Parsed

if TYPE_CHECKING:
    from pydantic.fields import FieldInfo


def plain_type(annotation: Any) -> Any:
    """Return the type without None and metadata."""
    if get_origin(annotation) is Annotated:
        return plain_type(get_args(annotation)[0])
    members = [a for a in get_args(annotation) if a is not type(None)]
    if type(None) in get_args(annotation) and len(members) == 1:
        return plain_type(members[0])
    return annotation


def model_in(annotation: Any) -> type[BaseModel] | None:
    """Return the model of a field, or that of its items."""
    plain = plain_type(annotation)
    candidates = [plain, *(plain_type(a) for a in get_args(plain))]
    for candidate in candidates:
        if isinstance(candidate, type) and issubclass(candidate, BaseModel):
            return candidate
    return None


def field_of(model: type[BaseModel], key: str) -> FieldInfo | None:
    """Return the field that a key of the file is: some have another name in Python."""
    fields = model.model_fields
    return next((info for name, info in fields.items() if (info.alias or name) == key), None)


def literals_of(annotation: Any) -> list[str]:
    """Return the values that a field is limited to, itself or in its items; none if it is not."""
    if get_origin(annotation) is Literal:
        return [str(value) for value in get_args(annotation)]
    return [value for inner in get_args(annotation) for value in literals_of(inner)]


def values_of(annotation: Any) -> tuple[str, ...]:
    """Return what a field is limited to as the file has it: codes, or yes and no; else nothing."""
    if plain_type(annotation) is bool:
        return ("yes", "no")
    return tuple(dict.fromkeys(literals_of(annotation)))


def is_several(info: FieldInfo) -> bool:
    """Tell whether a field takes several values, and not one text that tells of several days."""
    several = get_origin(plain_type(info.annotation)) is tuple
    return several and parsed_of(info.annotation, info) is None


def is_whole(annotation: Any) -> bool:
    """Tell whether a field is a whole number, or may be one."""
    return annotation is int or any(map(is_whole, get_args(annotation)))


def reference_of(annotation: Any, info: FieldInfo) -> str | None:
    """Return the reference list whose ids a field takes, itself or as keys."""
    for meta in (*info.metadata, *_metadata(annotation)):
        if isinstance(meta, Known):
            return meta.kind
    return None


def parsed_of(annotation: Any, info: FieldInfo) -> Parsed | None:
    """Return how a field is read from one text: a date, a period, several days; None if not."""
    found = (meta for meta in (*info.metadata, *_metadata(annotation)) if isinstance(meta, Parsed))
    return next(found, None)


def _metadata(annotation: Any) -> Iterator[Any]:
    if get_origin(annotation) is Annotated:
        yield from annotation.__metadata__
    for inner in get_args(annotation):
        yield from _metadata(inner)
