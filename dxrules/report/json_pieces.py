"""JSON written in pieces: elements of long lists apart, and put into their places at the end."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from dxrules.report.json_values import Json, in_utf8


def hole(name: str) -> str:
    """Return what stands in a document where something is put in later.

    No text of a file can be taken for it: quotes within a text are escaped.
    """
    return f"@@{name}@@"


_HOLE = re.compile(rb'(?<=: )"@@([a-z]+)@@"')


def element(value: Any, depth: int) -> bytes:
    """Return an element of a list as it is written within `depth` lists and mappings."""
    nested: Any = value
    for _ in range(depth):
        nested = [nested]
    before = sum(2 + 2 * level for level in range(1, depth + 1))
    after = sum(2 + 2 * level for level in range(depth)) + 1
    return in_utf8(nested)[before:-after]


def filled(document: Json, lists: Mapping[str, Iterable[bytes]]) -> Iterator[bytes]:
    """Yield a document with elements in the place of holes, which are values of mappings."""
    raw = in_utf8(document)
    end = 0
    for found in _HOLE.finditer(raw):
        yield raw[end : found.start()]
        line = raw[raw.rfind(b"\n", 0, found.start()) + 1 : found.start()]
        margin = line[: len(line) - len(line.lstrip(b" "))]
        yield from _list(lists[found[1].decode()], margin)
        end = found.end()
    yield raw[end:]


def _list(elements: Iterable[bytes], margin: bytes) -> Iterator[bytes]:
    before = b"[\n" + margin + b"  "
    for each in elements:
        yield before
        yield each
        before = b",\n" + margin + b"  "
    yield b"[]" if before.startswith(b"[") else b"\n" + margin + b"]"


def numbered(raw: bytes, numbers: Mapping[str, int]) -> bytes:
    """Return an element with numbers in the place of holes."""
    return _HOLE.sub(lambda found: str(numbers[found[1].decode()]).encode(), raw)
