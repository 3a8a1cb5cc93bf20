"""The file of a baseline: a line per entry, for who reviews it, and so that any number is read.

A file that dxrules wrote is read line by line. One that a person has laid out otherwise is read
like any other file, within the bounds of those.
"""

from __future__ import annotations

import json
import sys
import unicodedata
from collections.abc import Iterable, Iterator
from dataclasses import fields, replace
from typing import IO, TYPE_CHECKING, Any, Literal

from dxrules.assessment.baseline import BaselineEntries, BaselineEntry
from dxrules.errors import InputError, Place, Problem, UsageError
from dxrules.paths import open_file
from dxrules.rules import SEVERITIES, Severity
from dxrules.source import Document, Strict, field, read
from dxrules.source.bounds import BASELINE_BYTES, MB
from dxrules.source.own_json import document_of, validated
from dxrules.source.read import MAX_BYTES, bounded, from_bytes, from_text
from dxrules.source.types import Count, Line
from dxrules.source.validate import validate
from dxrules.texts import NOWHERE, Text

if TYPE_CHECKING:
    import pathlib

_FORMAT, _SECOND, _FIRST = (f"dxrules/baseline/{number}" for number in (3, 2, 1))
_HEAD = (b"{", f'  "format": "{_FORMAT}",'.encode(), b'  "entries": [')
_TAIL = (b"  ]", b"}")
_PIECE = 1 << 20
_LONGEST = 20_000
"""Bytes of a line: an entry has some 200."""

_NO_BASELINE = Text("ベースラインではありません。", "This is no baseline.")
_WRITTEN_BY = Text(
    "`dxrules baseline write` が書いたファイルを指定してください。",
    "Name a file that `dxrules baseline write` has written.",
)
_WITHOUT_PLANS = Text(
    "どの計画の判定かを記していない、前の形式です。", "This earlier form does not name the plans."
)
_ANEW = Text(
    "今の判定でよければ、このファイルを削除し、`dxrules baseline write` で書き直してください。",
    "If what is found now may stand in it, delete it and write it anew with "
    "`dxrules baseline write`.",
)
_TOO_LARGE = Text("{most} MBを超えています。", "Larger than {most} MB.")
_OTHER_LAYOUT = Text(
    "{most} MBを超えるベースラインは、dxrules が書いたまま(1行に1件)でなければ読めません。",
    "A baseline of more than {most} MB is read only as dxrules writes it, a line per entry.",
)
_FEWER = Text(
    "ベースラインに入りません(大きさが上限の{most} MBを超えます)。"
    "計画を分けて、ファイルを2つ以上にしてください。",
    "This is too much for a baseline (its size: more than {most} MB). Make two files or more, of "
    "fewer plans each.",
)


class _EarlierEntry(Strict):
    """An entry of the second form, which does not tell how many places were known."""

    municipality: Line = field("団体コード", "municipality code")
    plan: Line = field("計画の名称と始まり", "title and first day of the plan")
    rule: Line = field("点検項目のid", "id of the rule")
    kind: Line = field("対象の種類", "kind of the subject")
    key: Line = field("対象のキー", "key of the subject")
    outcome: Literal["fail", "unknown"] = field("判定", "outcome")
    severity: Severity = field("重大度", "severity")


class _Entry(_EarlierEntry):
    """A finding that is known, as the file says it."""

    count: Count | None = field("箇所の数", "number of places", None)
    places: tuple[Line, ...] = field("箇所のダイジェスト", "digests of the places", ())


class _File(Strict):
    """A baseline file."""

    format: Literal["dxrules/baseline/3"] = field("形式", "format")
    entries: tuple[_Entry, ...] = field("既知の判定", "findings that are known")


class _EarlierFile(Strict):
    """A baseline file of the second form."""

    format: Literal["dxrules/baseline/2"] = field("形式", "format")
    entries: tuple[_EarlierEntry, ...] = field("既知の判定", "findings that are known")


_WRITTEN = tuple(each.name for each in fields(BaselineEntry) if each.name != "earlier")
_REQUIRED, _ALL = frozenset(_WRITTEN[:7]), frozenset(_WRITTEN)


def said(entry: BaselineEntry) -> dict[str, Any]:
    """Return what a file says of an entry: its places only where it has some."""
    values = {name: getattr(entry, name) for name in _WRITTEN}
    return {name: value for name, value in values.items() if value is not None and value != ()}


def baseline_lines(entries: Iterable[BaselineEntry]) -> Iterator[bytes]:
    """Yield the text of a baseline file, a line per entry, in order.

    Raises UsageError for what is larger than a file that is read.
    """
    lines = sorted(_TEXT.encode(said(entry)) for entry in dict.fromkeys(entries))
    size = 0
    head = f'{{\n  "format": "{_FORMAT}",\n  "entries": ['
    for number, line in enumerate([head, *lines], 1):
        ends = "," if 1 < number <= len(lines) else ""
        text = (line if number == 1 else f"\n    {line}{ends}").encode()
        size += len(text)
        if size > BASELINE_BYTES - MB:
            raise UsageError(_FEWER.format(most=f"{BASELINE_BYTES / MB:g}"))
        yield text
    yield b"\n  ]\n}\n" if lines else b"]\n}\n"


def read_baseline(path: pathlib.Path, name: str | None = None) -> BaselineEntries:
    """Read a baseline file; raise InputError with every problem of it."""
    called = name or path.as_posix()
    try:
        with open_file(path) as stream:
            first = bounded(stream, MAX_BYTES)
            lines = _lines(first, stream, called)
            entries, fault = _by_line(lines, called)
    except OSError:
        first, entries, fault = b"", None, None
        document = read(path, called)
        if document.problems:
            raise InputError([_no_baseline(document) or document.problems[0]]) from None
    if entries is not None:
        return entries
    if len(first) > MAX_BYTES:
        raise InputError(fault or [_problem(called, 1, _OTHER_LAYOUT, MAX_BYTES)])
    return _by_document(first, called)


def _by_document(raw: bytes, name: str) -> BaselineEntries:
    """Read a baseline in whatever layout, within the bounds of any other file."""
    document = document_of(raw, name)
    if problem := _no_baseline(document):
        raise InputError([problem])
    second = isinstance(document.data, dict) and document.data.get("format") == _SECOND
    model: type[_File | _EarlierFile] = _EarlierFile if second else _File
    found, problems = validated(document, model)
    if found is None:
        raise InputError(problems)
    return tuple(BaselineEntry(**entry.model_dump(), earlier=second) for entry in found.entries)


def _no_baseline(document: Document) -> Problem | None:
    """Return the one fault of a file that is no baseline at all, or one of the first form."""
    if document.problems and not document.text:
        return replace(document.problems[0], hint=_WRITTEN_BY)
    if document.data is None:
        return None
    said = document.data.get("format") if isinstance(document.data, dict) else None
    if said == _FIRST:
        placed = from_bytes(document.content, document.file)
        return Problem(placed.place(("format",)), "format", _WITHOUT_PLANS, _ANEW)
    return None if said else Problem(document.place(()), "", _NO_BASELINE, _WRITTEN_BY)


def _lines(first: bytes, stream: IO[bytes], name: str) -> Iterator[bytes]:
    """Yield the lines of a file of which the first bytes are read; raise InputError if too large.

    A line that is too long for an entry is the last one.
    """
    size, rest = len(first), first
    while True:
        *whole, rest = rest.split(b"\n")
        yield from whole
        piece = b"" if len(rest) > _LONGEST else stream.read(_PIECE)
        if not piece:
            break
        size += len(piece)
        if size > BASELINE_BYTES:
            raise InputError([_problem(name, 1, _TOO_LARGE, BASELINE_BYTES)])
        rest += piece
    yield rest


def _by_line(
    lines: Iterator[bytes], name: str
) -> tuple[BaselineEntries | None, list[Problem] | None]:
    """Return the entries of a file that is laid out as dxrules writes it; None of any other.

    With None comes what is wrong with the first line that is no entry, if it is one.
    """
    if tuple(next(lines, b"") for _ in _HEAD) != _HEAD:
        return None, None
    entries: list[BaselineEntry] = []
    checked: set[str] = set()
    number = len(_HEAD)
    for line in lines:
        number += 1
        if line == _TAIL[0]:
            ended = tuple(lines) == (_TAIL[1], b"") and bool(entries)
            return (tuple(entries), None) if ended else (None, None)
        entry = _entry(line.removesuffix(b","), checked)
        if entry is None:
            return None, _faults(line, number, name)
        entries.append(entry)
    return None, None


def _entry(line: bytes, checked: set[str]) -> BaselineEntry | None:
    """Return the entry in a line; None where it is not as dxrules writes it.

    `checked` are texts that were looked at before: most recur in many lines.
    """
    values = _mapping(line)
    if values is None or not _REQUIRED <= values.keys() <= _ALL:
        return None
    for name in _REQUIRED:
        value = values[name]
        if value.__hash__ is None or (value not in checked and not _is_line(value)):
            return None
        checked.add(value)
        values[name] = sys.intern(value)
    count, places = values.get("count"), values.get("places", [])
    fits = (
        values["outcome"] in ("fail", "unknown")
        and values["severity"] in SEVERITIES
        and (count is None or (type(count) is int and count >= 0))
        and isinstance(places, list)
        and all(map(_is_line, places))
    )
    if not fits:
        return None
    return BaselineEntry(**values | {"places": tuple(places)})


def _mapping(line: bytes) -> dict[str, Any] | None:
    """Return the keys and values in a line; None where they are odd, or a key stands twice."""
    try:
        text = line.decode()
        pairs = _PAIRS.decode(text)
    except (ValueError, RecursionError):
        return None
    if text.lstrip()[:1] != "{" or "\\u" in text or NOWHERE.search(text):
        return None
    values = dict(pairs)
    return values if len(values) == len(pairs) else None


def _is_line(value: object) -> bool:
    """Tell whether a value is a text that a model would not change."""
    return (
        isinstance(value, str)
        and bool(value)
        and value == value.strip()
        and unicodedata.is_normalized("NFC", value)
    )


_TEXT = json.JSONEncoder(ensure_ascii=False)
_PAIRS = json.JSONDecoder(object_pairs_hook=list)


def _faults(line: bytes, number: int, name: str) -> list[Problem]:
    """Return what is wrong with the entry in a line of a large file, at its place."""
    text = line[:_LONGEST].decode(errors="replace").removesuffix(",")
    _, problems = validate(from_text(text, name), _Entry, {})
    if not problems:
        return [_problem(name, number, _OTHER_LAYOUT, MAX_BYTES)]
    return [
        replace(found, place=Place(name, number + found.place.line - 1, found.place.column))
        for found in problems
    ]


def _problem(name: str, line: int, message: Text, size: int) -> Problem:
    return Problem(Place(name, line, 1), "", message.format(most=f"{size / MB:g}"), _WRITTEN_BY)
