"""Lines for a terminal: wide characters line up, colour is never the only sign."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import wcwidth

if TYPE_CHECKING:
    from collections.abc import Sequence

    from dxrules.rules import Severity
    from dxrules.texts import Lang, Text

_COLOURS: dict[Severity, str] = {"error": "31;1", "warning": "33", "note": "36"}


@dataclass(frozen=True, slots=True)
class Style:
    """How to write: in which language, how wide, with colour or not."""

    lang: Lang
    width: int = 100
    colour: bool = False

    def say(self, text: Text) -> str:
        """Return a text in the language of the report."""
        return text.in_(self.lang)

    def paint(self, severity: Severity, text: str) -> str:
        """Colour a word by severity."""
        return f"\x1b[{_COLOURS[severity]}m{text}\x1b[0m" if self.colour else text

    def bold(self, text: str) -> str:
        """Make a heading stand out."""
        return f"\x1b[1m{text}\x1b[0m" if self.colour else text

    def block(self, text: str, indent: int) -> list[str]:
        """Wrap a paragraph to the width, each line indented."""
        gap = " " * indent
        return wcwidth.wrap(
            text, self.width, initial_indent=gap, subsequent_indent=gap, break_on_hyphens=False
        )

    def table(self, rows: Sequence[Sequence[object]], headers: Sequence[str]) -> str:
        """Return a plain table."""
        from tabulate import tabulate

        return tabulate(rows, headers=headers, tablefmt="simple", disable_numparse=True)
