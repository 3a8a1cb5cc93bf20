"""Values of a YAML or JSON file changed where they stand: comments and order stay as they are."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from typing import Any, Final

import yaml

from dxrules.source.document import Document, Path
from dxrules.source.syntax import is_json

_PLAIN: Final = re.compile(r"[^\s\-?:,\[\]{}#&*!|>'\"%@`~=<][^:,\[\]{}#\n]*(?<!\s)")
"""What needs no quotes in YAML, within brackets or not; a number is left to its caller."""
_NUMBER: Final = re.compile(r"[-+0-9.]+")
_WORDS: Final = frozenset({"null", "true", "false", "yes", "no", "on", "off"})
"""Words that are no text to other readers of YAML."""


def with_values(document: Document, values: Mapping[Path, str | int]) -> str:
    """Return the text of a file in which scalars at some paths are others.

    A value in quotes stays in such quotes. Every path has to lead to a scalar on one line.
    """
    starts = {(mark.line, mark.column): path for path, mark in document.values.items()}
    wanted: dict[Path, Any] = {}
    events: Any = yaml.parse(document.text, Loader=_LOADER)
    for event in events:
        path = starts.get((event.start_mark.line, event.start_mark.column))
        if isinstance(event, yaml.ScalarEvent) and path is not None and path in values:
            wanted[path] = event
    lines = document.text.split("\n")
    for path, event in sorted(wanted.items(), key=lambda each: _end(each[1]), reverse=True):
        number, first = event.start_mark.line, event.start_mark.column
        if event.end_mark.line != number:
            raise ValueError("a value of several lines")
        new = scalar(values[path], event.style, json_only=is_json(document.text, document.file))
        lines[number] = lines[number][:first] + new + lines[number][event.end_mark.column :]
    missing = [path for path in values if path not in wanted]
    if missing:
        raise KeyError(missing[0])
    return "\n".join(lines)


_LOADER: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)


def _end(event: Any) -> tuple[int, int]:
    return event.end_mark.line, event.end_mark.column


def scalar(value: str | int, style: str | None, *, json_only: bool) -> str:
    """Write a value as the one before it was written, or in quotes if it needs them."""
    if isinstance(value, int):
        return str(value)
    plain = not style and _PLAIN.fullmatch(value) and not _NUMBER.fullmatch(value)
    bare = plain and value.casefold() not in _WORDS
    if bare and not json_only:
        return value
    if style == "'" and not json_only:
        return "'" + value.replace("'", "''") + "'"
    return json.dumps(value, ensure_ascii=False)
