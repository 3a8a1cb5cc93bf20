"""From plain data to a model: pydantic's complaints become problems with their place."""

from __future__ import annotations

import types
from typing import TYPE_CHECKING, Annotated, Any, Literal, TypeVar, Union, get_args, get_origin

from pydantic import BaseModel, ValidationError

from dxrules.errors import DxrulesError, Problem
from dxrules.source.model import Refusal
from dxrules.source.read import Document, Path, dotted
from dxrules.source.suggest import did_you_mean
from dxrules.texts import Text

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

M = TypeVar("M", bound=BaseModel)

_UNKNOWN_KEY = frozenset({"extra_forbidden", "unexpected_keyword_argument"})

_MESSAGES: dict[str, Text] = {
    "missing": Text("必須のキーがありません。", "This key is required."),
    "extra_forbidden": Text("知らないキーです。", "Unknown key."),
    "unexpected_keyword_argument": Text("知らないキーです。", "Unknown key."),
    "missing_argument": Text("必須のキーがありません。", "This key is required."),
    "dataclass_type": Text("ja と en を書いてください。", "Give both ja and en."),
    "literal_error": Text("「{input}」は使えません。", '"{input}" is not one of the values.'),
    "string_type": Text("文字列を書いてください。", "A text is expected here."),
    "list_type": Text("リスト([...])を書いてください。", "A list ([...]) is expected here."),
    "tuple_type": Text("リスト([...])を書いてください。", "A list ([...]) is expected here."),
    "dict_type": Text("「キー: 値」を書いてください。", "Keys and values are expected here."),
    "model_type": Text("「キー: 値」を書いてください。", "Keys and values are expected here."),
    "int_parsing": Text("「{input}」は整数ではありません。", '"{input}" is not a whole number.'),
    "int_type": Text("整数を書いてください。", "A whole number is expected here."),
    "bool_parsing": Text("yes か no を書いてください。", "Write yes or no."),
    "bool_type": Text("yes か no を書いてください。", "Write yes or no."),
    "decimal_parsing": Text("「{input}」は数ではありません。", '"{input}" is not a number.'),
    "decimal_type": Text("数を書いてください。", "A number is expected here."),
    "finite_number": Text("「{input}」は数ではありません。", '"{input}" is not a number.'),
    "string_too_long": Text("{max_length}文字までです。", "At most {max_length} characters."),
    "string_too_short": Text("空にはできません。", "It must not be empty."),
    "too_short": Text("少なくとも{min_length}つ必要です。", "At least {min_length} needed."),
    "greater_than_equal": Text("{ge}以上にしてください。", "It must be at least {ge}."),
    "less_than_equal": Text("{le}以下にしてください。", "It must be at most {le}."),
}


def validate(
    document: Document, model: type[M], context: Mapping[str, Any]
) -> tuple[M | None, list[Problem]]:
    """Validate a document; return the model, or None, and every problem in order of place."""
    problems = list(document.problems)
    result: M | None = None
    if document.data is not None:
        try:
            result = model.model_validate(document.data, context=dict(context))
        except ValidationError as error:
            problems += _problems(document, model, error)
    return (None if problems else result), sorted(problems, key=lambda p: p.place)


def _problems(
    document: Document, model: type[BaseModel], error: ValidationError
) -> Iterator[Problem]:
    seen = {(p.place, p.key) for p in document.problems}
    for fault in error.errors(include_url=False):
        path = _in_file(document, fault["loc"])
        place = document.place(path, key=fault["type"] in _UNKNOWN_KEY)
        if (place, dotted(path)) in seen:
            continue  # the reader has already said what is wrong here
        seen.add((place, dotted(path)))
        yield Problem(place, dotted(path), *_explain(model, fault, path))


def _in_file(document: Document, loc: Path) -> Path:
    """Drop what pydantic adds to a path (names of union members); keep a missing last key."""
    path: Path = ()
    for position, part in enumerate(loc):
        inner = (*path, part)
        if inner in document.values or position == len(loc) - 1:
            path = inner
    return path


def _explain(
    model: type[BaseModel],
    fault: Any,
    path: Path,
) -> tuple[Text, Text | None]:
    context = fault.get("ctx", {})
    cause = context.get("error")
    if isinstance(cause, Refusal):
        return cause.text, cause.hint
    if isinstance(cause, DxrulesError):
        return cause.text, None
    shown = {k: v for k, v in context.items() if isinstance(v, str | int)}
    message = _MESSAGES.get(fault["type"], Text(f"{fault['msg']}。", f"{fault['msg']}."))
    message = message.format(input=str(fault["input"]), **shown)
    if fault["type"] in _UNKNOWN_KEY:
        return message, did_you_mean(str(path[-1]), _known_keys(model, path[:-1]))
    if fault["type"] == "literal_error":
        return message, did_you_mean(str(fault["input"]), _known_values(model, path))
    return message, None


def _known_keys(model: type[BaseModel], path: Path) -> list[str]:
    return [
        name
        for annotation in _along(model, path)
        if isinstance(annotation, type) and issubclass(annotation, BaseModel)
        for name in _fields(annotation)
    ]


def _known_values(model: type[BaseModel], path: Path) -> list[str]:
    return [
        str(value)
        for annotation in _along(model, path)
        if get_origin(annotation) is Literal
        for value in get_args(annotation)
    ]


def _along(annotation: Any, path: Path) -> list[Any]:
    """Return the types that may stand at a path of a model."""
    found = [annotation]
    for part in path:
        found = [inner for outer in found for inner in _inside(outer, part)]
    return [member for outer in found for member in _members(outer)]


def _inside(annotation: Any, part: str | int) -> Iterator[Any]:
    for member in _members(annotation):
        arguments = get_args(member)
        if isinstance(member, type) and issubclass(member, BaseModel):
            if part in (fields := _fields(member)):
                yield fields[str(part)]
        elif isinstance(part, int) and get_origin(member) in (list, tuple):
            yield arguments[0]
        elif get_origin(member) is dict:
            yield arguments[1]


def _fields(model: type[BaseModel]) -> dict[str, Any]:
    return {info.alias or name: info.annotation for name, info in model.model_fields.items()}


def _members(annotation: Any) -> Iterator[Any]:
    origin = get_origin(annotation)
    if origin is Annotated:
        yield from _members(get_args(annotation)[0])
    elif origin in (Union, types.UnionType):
        for member in get_args(annotation):
            yield from _members(member)
    else:
        yield annotation
