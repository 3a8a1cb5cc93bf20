"""Ids of entries, which nobody has to think of: made of what the row says, and found by it.

An id is made of the number or text that was given, else of the title, and not of the place of the
row: what a baseline or a waiver says of an entry holds when rows are inserted above it.
"""

from __future__ import annotations

import hashlib
import re
import unicodedata
from typing import TYPE_CHECKING

from dxrules.plan.workbook.cell_words import folded
from dxrules.plan.workbook.cells import quoted
from dxrules.source import did_you_mean
from dxrules.texts import Text

if TYPE_CHECKING:
    from dxrules.plan.workbook.cells import Cells, Mark, Value
    from dxrules.source import Path

SLUG = re.compile("[a-z0-9]+(?:-[a-z0-9]+)*")
_DIGEST = 6
_TWICE = Text("「{said}」は2回あります(最初は{cell})。", '"{said}" stands twice (first in {cell}).')
_ANOTHER = Text(
    "別の番号にするか、空にしてください。", "Give it another number, or leave the cell empty."
)
_SEVERAL = Text(
    "「{said}」という名称は2つ以上あります。", 'More than one entry is called "{said}".'
)
_BY_NUMBER = Text(
    "それぞれに番号を付け、ここにはその番号を書いてください。",
    "Give each a number, and write that number here.",
)
_NO_SUCH = Text("「{said}」という項目はありません。", 'There is no entry "{said}".')


class Identities:
    """The entries of one sheet by the numbers and titles that they go by."""

    def __init__(self, sheet: str) -> None:
        self._sheet = sheet
        self._made: dict[str, str] = {}
        self._numbers: dict[str, tuple[Path, Mark]] = {}
        self._titles: dict[str, list[Path]] = {}
        self._shown: list[str] = []

    def add(self, cells: Cells, given: Value | None, title: Value | None, path: Path) -> str:
        """Return the id of an entry; a number that stands twice is a fault."""
        said = given.text if given else title.text if title else ""
        if title is not None and title.text:
            self._titles.setdefault(folded(title.text), []).append(path)
        self._shown.append(title.text if title is not None else said)
        if given is None:
            return self._free(_slug(said, self._sheet))
        if SLUG.fullmatch(said):  # one that stands twice is found by whoever reads the plan
            self._numbers.setdefault(folded(said), (path, given.mark))
            self._made.setdefault(said, said)
            return said
        if folded(said) in self._numbers:
            _, first = self._numbers[folded(said)]
            cell = f"{first.line + 1}"
            cells.complain(given.mark, _TWICE.format(said=quoted(said), cell=_row(cell)), _ANOTHER)
        self._numbers.setdefault(folded(said), (path, given.mark))
        return self._free(_slug(said, self._sheet))

    def _free(self, slug: str) -> str:
        """Return an id, with a number after it where it is taken."""
        found, number = slug, 1
        while found in self._made:
            number += 1
            found = f"{slug}-{number}"
        self._made[found] = slug
        return found

    def knows(self, text: str) -> bool:
        """Tell whether a text is a number or a title of an entry."""
        return folded(text) in self._numbers or folded(text) in self._titles

    def find(self, cells: Cells, value: Value) -> Path | None:
        """Return the entry of a number or a title; None, and a fault, if it is not one entry's."""
        said = folded(value.text)
        if said in self._numbers:
            return self._numbers[said][0]
        titled = self._titles.get(said, [])
        if len(titled) == 1:
            return titled[0]
        if titled:
            cells.complain(value.mark, _SEVERAL.format(said=quoted(value.text)), _BY_NUMBER)
        else:
            hint = did_you_mean(value.text, dict.fromkeys(self._shown))
            cells.complain(value.mark, _NO_SUCH.format(said=quoted(value.text)), hint)
        return None


def _row(line: str) -> Text:
    return Text(f"{line}行目", f"row {line}")


def _slug(said: str, sheet: str) -> str:
    """Return an id that is made of a text: its letters and digits, or else a digest of it.

    >>> _slug("③", "measures"), _slug("K1", "measures"), _slug("窓口", "measures")
    ('3', 'k1', 'm-d2b6a3')
    """
    plain = unicodedata.normalize("NFKC", said).strip().casefold()
    if plain.isascii() and (letters := "-".join(re.findall("[a-z0-9]+", plain))):
        return letters
    digest = hashlib.sha256(plain.encode()).hexdigest()[:_DIGEST]
    return f"{sheet[:1]}-{digest}"
