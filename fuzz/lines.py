"""Which lines of a reader's own modules the kept inputs reach."""

from __future__ import annotations

import sys
import time
from typing import TYPE_CHECKING, Any

from fuzz.sandbox import ROOT, Sandbox

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from pathlib import Path
    from types import CodeType

    from fuzz.readers import Reader

_PACKAGE = ROOT / "dxrules"


def files_of(reader: Reader) -> list[Path]:
    """Return the modules that read what a reader is for."""
    places = [_PACKAGE / home for home in reader.home]
    return sorted(f for p in places for f in (p.rglob("*.py") if p.is_dir() else [p]))


def reached(reader: Reader, inputs: Iterable[bytes], seconds: float) -> tuple[int, int]:
    """Return how many lines of functions the inputs reach, and how many there are."""
    own = {str(file): _lines_of(file) for file in files_of(reader)}
    found: dict[str, set[int]] = {name: set() for name in own}
    until = time.process_time() + seconds
    sandbox = Sandbox()

    def trace(frame: Any, event: str, _: object) -> Any:
        lines = found.get(frame.f_code.co_filename)
        if lines is None:
            return None
        if event == "line":
            lines.add(frame.f_lineno)
        return trace

    for data in inputs:
        if time.process_time() > until:
            break
        sys.settrace(trace)
        try:
            reader.read(data, sandbox)
        except BaseException:  # noqa: BLE001, S110  (what it finds was kept before)
            pass
        finally:
            sys.settrace(None)
    sandbox.close()
    return sum(len(found[name] & own[name]) for name in own), sum(map(len, own.values()))


def _lines_of(file: Path) -> set[int]:
    """Return the lines of the functions of a module; those of its own body run on import."""
    module = compile(file.read_text(encoding="utf-8"), str(file), "exec")
    return {
        line
        for code in _codes(module)
        if code.co_flags & 1  # of a function: its variables are fast ones
        for _, _, line in code.co_lines()
        if line is not None and line != code.co_firstlineno
    }


def _codes(code: CodeType) -> Iterator[CodeType]:
    yield code
    for each in code.co_consts:
        if hasattr(each, "co_code"):
            yield from _codes(each)
