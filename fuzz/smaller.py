"""Making an input smaller as long as the same is found."""

from __future__ import annotations

from typing import TYPE_CHECKING

from fuzz.guard import bound_memory
from fuzz.mutations import archive_of, entries_of
from fuzz.readers import READERS
from fuzz.sandbox import Sandbox
from fuzz.worker import signature

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from pathlib import Path

    from fuzz.mutations import Entries

    Check = Callable[[bytes], bool]

_TRIES = 3000


def smaller(name: str, file: Path) -> None:
    """Make a file smaller in its place."""
    reader, sandbox = READERS[name], Sandbox()
    bound_memory()

    def found(data: bytes) -> str:
        try:
            reader.read(data, sandbox)
        except KeyboardInterrupt:
            raise
        except BaseException as error:  # noqa: BLE001  (whatever it is, it is to stay the same)
            sandbox.clean()
            return signature(error)
        return ""

    wanted, tries = found(file.read_bytes()), 0

    def check(data: bytes) -> bool:
        nonlocal tries
        tries += 1
        return tries <= _TRIES and found(data) == wanted

    if wanted:
        data = file.read_bytes()
        data = _archive(data, check) if data[:2] == b"PK" else _text(data, check)
        file.write_bytes(data)
    sandbox.close()


def _text(data: bytes, check: Check) -> bytes:
    for mark in (b"\n", b">", b" ", b","):
        pieces = [piece + mark for piece in data.split(mark)]
        pieces[-1] = pieces[-1][: -len(mark)]
        data = _fewer(pieces, check)
    return _fewer([data[n : n + 1] for n in range(len(data))], check) if len(data) < 1000 else data


def _archive(data: bytes, check: Check) -> bytes:
    try:
        entries = entries_of(data)
    except Exception:  # noqa: BLE001  (whatever zipfile says of damage)
        return data
    if not check(archive_of(entries)):
        return data  # what is wrong is in the headers
    for name in [name for name, _ in entries]:
        fewer = [entry for entry in entries if entry[0] != name]
        if check(archive_of(fewer)):
            entries = fewer
    for name, content in list(entries):
        entries = _with(entries, name, _text(content, _within(entries, name, check)))
    return archive_of(entries)


def _with(entries: Entries, name: str, content: bytes) -> Entries:
    return [(each, content if each == name else kept) for each, kept in entries]


def _within(entries: Entries, name: str, check: Check) -> Check:
    """Return the same check for the content of one file of an archive."""
    return lambda content: check(archive_of(_with(entries, name, content)))


def _fewer(pieces: Sequence[bytes], check: Check) -> bytes:
    """Leave out as many pieces as can be: halves first, then smaller stretches."""
    kept = list(pieces)
    size = max(len(kept) // 2, 1)
    while size:
        at = 0
        while at < len(kept):
            less = kept[:at] + kept[at + size :]
            if check(b"".join(less)):
                kept = less
            else:
                at += size
        size //= 2
    return b"".join(kept)
