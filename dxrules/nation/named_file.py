"""A plan file or document that a call names, before it is read."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from dxrules.frozen import frozen
from dxrules.paths import shown
from dxrules.texts import Text, visible


@frozen
class NamedFile:
    """A file by its path, or by its bytes where they are read already, as reports call it.

    `fetch` reads one that lies elsewhere; standard input has neither path nor bytes. `fault` is
    what is wrong with what was named where it is no file.
    """

    name: str
    path: Path | None = None
    raw: bytes | None = None
    fault: Text | None = None
    located: str = ""
    fetch: Callable[[], bytes] | None = None

    @classmethod
    def of(cls, path: Path) -> NamedFile:
        """Return the file at a path."""
        return cls(shown(path), path, located=visible(path.as_posix()))

    def content(self) -> bytes:
        """Return the bytes; raise InputError where they cannot be read."""
        if self.fetch is not None:
            return self.fetch()
        if self.raw is not None or self.path is None:
            return self.raw or b""
        from dxrules.plan.read import most_bytes
        from dxrules.source.read import read_bytes

        return read_bytes(self.path, self.name, most_bytes(self.path.name))
