"""Texts of cells: runs put together, what is struck through, signs that are written as codes."""

from __future__ import annotations

import re
from collections.abc import Iterable

from dxrules.frozen import frozen
from dxrules.source.sheets.fault import PartError
from dxrules.source.sheets.parts import BROKEN, Attributes, XmlEvent, is_true

_CODE = re.compile("_x([0-9A-Fa-f]{4})_")


@frozen
class SharedText:
    """A text; whether a part of it is struck through, and whether a part looks as its cell does."""

    text: str
    struck: bool = False
    plain: bool = True


def decoded(text: str) -> str:
    r"""Return a text with its codes read; line breaks of Windows are line breaks.

    >>> decoded("a_x000D_\nb"), decoded("_x005F_x000D_"), decoded("_x0041_")
    ('a\nb', '_x000D_', 'A')
    """
    if "_x" in text:
        text = _CODE.sub(lambda found: chr(int(found[1], 16)), text)
    return text.replace("\r\n", "\n")


class Collector:
    """Puts the text of one `si` or `is` element together; phonetic guides are no text."""

    def __init__(self) -> None:
        self._said: list[str] = []
        self._struck = self._plain = self._reading = False
        self._guides = 0
        self._run: bool | None = None  # whether the run is struck; None if it has no look

    def start(self, name: str, attributes: Attributes) -> None:
        """Take the start of an element within."""
        if name == "rPh":
            self._guides += 1
        elif name == "rPr":
            self._run = False
        elif name == "strike" and self._run is not None:
            self._run = is_true(attributes.get("val", "1"))
        elif name == "t":
            self._reading = not self._guides

    def text(self, said: str) -> None:
        """Take a text within; it counts where it stands in a `t`."""
        if self._reading:
            self._said.append(said)
            if said.strip():
                self._struck |= self._run is True
                self._plain |= self._run is None

    def end(self, name: str) -> None:
        """Take the end of an element within."""
        if name == "rPh":
            self._guides -= 1
        elif name == "r":
            self._run = None
        elif name == "t":
            self._reading = False

    @property
    def words(self) -> SharedText:
        """All that was taken."""
        return SharedText(decoded("".join(self._said)), self._struck, self._plain)


def shared_words(events: Iterable[XmlEvent]) -> list[SharedText]:
    """Return the texts that cells refer to by number."""
    found: list[SharedText] = []
    collector = Collector()
    depth = 0
    for kind, name, attributes in events:
        if kind == "start":
            depth += 1
            if depth == _ITEM and name not in {"si", "extLst"}:
                raise PartError(BROKEN)
            collector.start(name, attributes)
        elif kind == "text":
            collector.text(name)
        else:
            depth -= 1
            collector.end(name)
            if depth == _ITEM - 1 and name == "si":
                found.append(collector.words)
                collector = Collector()
    return found


_ITEM = 2
"""How deep an item of the table of texts lies."""
