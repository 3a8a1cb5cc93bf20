"""JSON that dxrules wrote itself: read fast, and by the reader with places where it is odd."""

from __future__ import annotations

import json
import re
from dataclasses import replace
from typing import Any, NoReturn, TypeVar

from pydantic import BaseModel, ValidationError

from dxrules.errors import Place, Problem
from dxrules.source.build import NO_PLAN_HAS_THEM
from dxrules.source.placed_data import Document, dotted
from dxrules.source.read import MAX_BYTES, from_bytes
from dxrules.source.validate import validate
from dxrules.texts import NOWHERE, Text

M = TypeVar("M", bound=BaseModel)

_HALF = re.compile(r"\\u[Dd][89A-Fa-f]")
"""Half of a character beyond U+FFFF, which dxrules never writes so."""
_NO_JSON = Text("dxrules が書いたJSONではありません。", "This is not JSON as dxrules writes it.")

_UNFIT = Text("ここには使えない値です。", "This value does not fit here.")


def document_of(raw: bytes, name: str) -> Document:
    """Read JSON without the places of its values, in little time and memory.

    As in every file scalars stay text. What is no plain JSON, or holds a key twice, is read as
    a file that a person wrote, which says what is wrong and where.
    """
    try:
        text = raw.decode()
        data = parsed(text)
    except (ValueError, RecursionError) as error:
        if len(raw) <= MAX_BYTES:
            return from_bytes(raw, name)
        line, column = getattr(error, "lineno", 1), getattr(error, "colno", 1)
        return Document(name, problems=(Problem(Place(name, line, column), "", _NO_JSON),))
    if NOWHERE.search(text) and len(raw) <= MAX_BYTES:
        return from_bytes(raw, name)
    return Document(name, data, text=text)


def validated(document: Document, model: type[M]) -> tuple[M | None, list[Problem]]:
    """Validate a document as `validate` does; what is refused of a small one has its place."""
    if not document.problems and not document.values:
        try:
            return model.model_validate(document.data), []
        except ValidationError as error:
            path = error.errors(include_url=False, include_input=False)[0]["loc"]
            if len(document.content) > MAX_BYTES:
                place = Place(document.file, 1, 1)
                return None, [Problem(place, dotted(path), _UNFIT)]
            document = from_bytes(document.content, document.file)
    found, problems = validate(document, model, {})
    return found, [replace(p, hint=None) if p.hint is NO_PLAN_HAS_THEM else p for p in problems]


def parsed(text: str) -> Any:
    """Return what JSON text says; raise ValueError, or RecursionError, if it is odd."""
    if _HALF.search(text):
        raise ValueError("half a character")
    return _DECODER.decode(text)


def _each_once(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    said = dict(pairs)
    if len(said) < len(pairs):
        raise ValueError("a key stands twice")
    return said


def _no_number(_: str) -> NoReturn:
    raise ValueError("no number")


_DECODER = json.JSONDecoder(
    object_pairs_hook=_each_once, parse_int=str, parse_float=str, parse_constant=_no_number
)
