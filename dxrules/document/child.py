"""Reads one document in a process of its own: `python -m dxrules.document.child FORM NAME`.

Libraries that read foreign formats are large, and one of them is not memory-safe. So they run
here, within bounds that the system keeps. The bytes of the document come in on standard input;
what was read, or the name of a fault, goes out on standard output as JSON.
"""

from __future__ import annotations

import contextlib
import json
import sys
from collections.abc import Mapping
from dataclasses import replace
from importlib import import_module
from typing import Any, Final

from dxrules.document.faults import DocumentFault
from dxrules.document.original import Form, Original
from dxrules.source.bounds import (
    DOCUMENT_CELLS,
    DOCUMENT_MEMORY,
    DOCUMENT_PAGES,
    DOCUMENT_SECONDS,
    DOCUMENT_SIGNS,
)
from dxrules.texts import NOWHERE, may_act

_READERS: Final[Mapping[str, str]] = {
    "pdf": "pdf",
    "docx": "word",
    "xlsx": "sheets",
    "html": "web",
    "markdown": "text",
    "text": "text",
}
_TEXTS: Final = frozenset({"markdown", "text"})


def read_within(raw: bytes, form: Form, name: str) -> Original:
    """Return what a document holds; raise DocumentFault, also for what is beyond the bounds."""
    try:
        reader = import_module(f"dxrules.document.{_READERS[form]}")
        original: Original = reader.read(raw, name)
    except ModuleNotFoundError as error:
        raise DocumentFault("extra") from error
    except RecursionError as error:
        raise DocumentFault("deep") from error
    except MemoryError as error:
        raise DocumentFault("memory") from error
    return _without_signs_that_act(checked(original))


def _without_signs_that_act(original: Original) -> Original:
    """Return a document without characters that nobody sees, which no plan file may hold.

    One that turns the order of others leaves a sign: what people see there is another text.
    """
    blocks = tuple(
        replace(
            block,
            text=_printable(block.text),
            cells=tuple(replace(cell, text=_printable(cell.text)) for cell in block.cells),
        )
        if may_act(block.text)
        else block
        for block in original.blocks
    )
    return replace(original, blocks=blocks)


def _printable(text: str) -> str:
    return NOWHERE.sub(lambda found: _SEEN.get(found[0], ""), text)


_SEEN: Final = {
    **dict.fromkeys("\x0b\x0c\x85\u2028\u2029", " "),
    **dict.fromkeys("\u202d\u202e", "\ufffd"),
}


def checked(original: Original) -> Original:
    """Return what was read; raise DocumentFault if it is nothing, or beyond the bounds."""
    if len(original.pages) > DOCUMENT_PAGES:
        raise DocumentFault("pages")
    if sum(len(block.text) for block in original.blocks) > DOCUMENT_SIGNS:
        raise DocumentFault("signs")
    if sum(len(block.cells) for block in original.blocks) > DOCUMENT_CELLS:
        raise DocumentFault("signs")
    if not any(block.text.strip() for block in original.blocks):
        raise DocumentFault("scan" if original.form == "pdf" else "empty")
    return original


def hold_to_bounds() -> None:
    """Let the system end this process where it takes more memory or time than it may."""
    try:
        import resource
    except ImportError:  # Windows has no such bounds; the time is kept by whoever waits
        return
    for kind, most in (
        (resource.RLIMIT_AS, DOCUMENT_MEMORY),
        (resource.RLIMIT_CPU, DOCUMENT_SECONDS),
        (resource.RLIMIT_CORE, 0),
        (resource.RLIMIT_FSIZE, 0),
    ):
        with contextlib.suppress(ValueError, OSError):  # less is allowed already, or not known
            resource.setrlimit(kind, (most, most))


def packed(value: Any) -> Any:
    """Return a value object as JSON takes it: its fields by name."""
    return {name: getattr(value, name) for name in value.__slots__}


def main(form: str, name: str) -> int:
    """Read what comes in, and hand back what it holds."""
    hold_to_bounds()
    raw = sys.stdin.buffer.read()
    try:
        said: Any = {"original": read_within(raw, form, name)}  # type: ignore[arg-type]
    except DocumentFault as fault:
        said = {"fault": fault.name}
    answer = json.dumps(said, ensure_ascii=True, default=packed).encode()
    sys.stdout.buffer.write(answer)
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1], sys.argv[2]))
