"""The answer of the process that reads a document."""

from __future__ import annotations

from dxrules.document.original import Original
from dxrules.frozen import frozen


@frozen
class ChildAnswer:
    """What was read, or the name of the fault for which it could not be."""

    original: Original | None = None
    fault: str | None = None
