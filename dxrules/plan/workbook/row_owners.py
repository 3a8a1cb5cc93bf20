"""What rows belong to: the entries that they name, and what evidence is for."""

from __future__ import annotations

import hashlib
import re
import unicodedata
from collections.abc import Iterable
from typing import TYPE_CHECKING

from dxrules.plan.workbook.cell_words import folded
from dxrules.plan.workbook.cells import SheetCells, quoted
from dxrules.plan.workbook.layout import EACH, EVIDENCE_SHEET, OWNER, SHEET, sheets
from dxrules.source import Path, did_you_mean
from dxrules.texts import Text

if TYPE_CHECKING:
    from dxrules.plan.workbook.cells import CellValue, Mark, SheetRow
    from dxrules.plan.workbook.choices import Choices
    from dxrules.plan.workbook.layout import Sheet
    from dxrules.plan.workbook.tree import Tree

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
_NO_ENTRY = Text("「{said}」という項目はありません。", 'There is no entry "{said}".')


class Identities:
    """The entries of one sheet by the numbers and titles that they go by."""

    def __init__(self, sheet: str) -> None:
        self._sheet = sheet
        self._made: dict[str, str] = {}
        self._numbers: dict[str, tuple[Path, Mark]] = {}
        self._titles: dict[str, list[Path]] = {}
        self._shown: list[str] = []

    def add(
        self, cells: SheetCells, given: CellValue | None, title: CellValue | None, path: Path
    ) -> str:
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

    def find(self, cells: SheetCells, value: CellValue) -> Path | None:
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
            cells.complain(value.mark, _NO_ENTRY.format(said=quoted(value.text)), hint)
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


_NO_OWNER = Text("どの項目のものかがありません。", "It does not say what it belongs to.")
_NO_SHEET = Text(
    "どのシートについての根拠かがありません。", "It does not say what it is evidence for."
)
_WHICH_ENTRY = Text("どの項目の根拠かがありません。", "It does not say which entry.")
_NO_ENTRIES = Text("このシートには項目が並びません。", "That sheet has no entries.")
_EMPTY_IT = Text("空にしてください。", "Leave it empty.")


class Belonging:
    """Finds the entry that a row belongs to; what cannot be found is complained of.

    `entries` are those of each list by what they go by; `listed` the rows of each mapping that
    say nothing yet. Entries of the sheets in `absent` and `unsure` are not known, so whoever names
    one is not at fault; `wanted` are those of them that are named.
    """

    def __init__(self, cells: SheetCells, tree: Tree, absent: Iterable[str]) -> None:
        self.cells = cells
        self.tree = tree
        self.entries: dict[str, Identities] = {}
        self.listed: dict[tuple[str, ...], dict[str, Mark]] = {}
        self.absent = set(absent)
        self.unsure: set[str] = set()
        self.wanted: set[str] = set()

    def named(self, sheet: str) -> Identities:
        """Return the entries of a sheet by what they go by."""
        return self.entries.setdefault(sheet, Identities(sheet))

    def owner(self, sheet: Sheet, row: SheetRow, first: Mark) -> Path | None:
        """Return the table that a row belongs into, by the owner that it names."""
        owner = row.get(OWNER)
        if owner is None:
            self.cells.complain(first, _NO_OWNER)
        if owner is None or not owner.text:
            return None
        above = sheet.path[: sheet.path.index(EACH)]
        path = self.find(".".join(above), owner)
        return None if path is None else (*path, sheet.path[-1])

    def find(self, sheet: str, value: CellValue) -> Path | None:
        """Return the entry of a sheet that a value names; None if it is not known."""
        if sheet in self.absent:
            self.wanted.add(sheet)
        if sheet in self.absent or sheet in self.unsure:
            return self.named(sheet).find(SheetCells(""), value)  # nobody is told
        return self.named(sheet).find(self.cells, value)

    def evident(self, evidence: Sheet, row: SheetRow, first: Mark, choices: Choices) -> Path | None:
        """Return the evidence of what a row names by its sheet, and by its entry if it has such."""
        said, owner = row.get(SHEET), row.get(OWNER)
        if said is None:
            self.cells.complain(first, _NO_SHEET)
        if said is None or not said.text:
            return None
        column = next(each for each in evidence.columns if each.name == SHEET)
        name = choices.chosen(column, said, said.text) or ""
        sheet = next((each for each in sheets() if each.name == name and each.evident), None)
        if sheet is None:
            return None  # the choice was complained of
        path: Path = tuple(name.split("."))
        if sheet.shape != "keys":
            if owner is None:
                self.cells.complain(said.mark, _WHICH_ENTRY)
                return None
            entry = self._entry_of(sheet, path, owner, choices)
            return None if entry is None else (*entry, EVIDENCE_SHEET)
        if owner is not None:
            self.cells.complain(owner.mark, _NO_ENTRIES, _EMPTY_IT)
            return None
        if self.tree.at(path) is None:
            self.tree.put(path, {}, said.mark)
        return (*path, EVIDENCE_SHEET)

    def _entry_of(
        self, sheet: Sheet, path: Path, owner: CellValue, choices: Choices
    ) -> Path | None:
        """Return the entry of a sheet that evidence names as the sheet's first column does."""
        if not owner.text:
            return None
        if sheet.shape == "list":
            return self.find(sheet.name, owner)
        entries = self.tree.at(path) or {}
        listed = self.listed.get(sheet.path, {})
        first = sheet.columns[0]
        key = choices.offered.meant(first, owner.text) or owner.text
        if key not in entries and key in listed:  # a row of which nothing but evidence is known
            self.tree.put((*path, key), {}, listed[key])
        elif key not in entries:
            shown = [
                choices.offered.shown(first, each) for each in dict.fromkeys([*entries, *listed])
            ]
            self._no_entry(owner, shown, sheet.name)
            return None
        return (*path, key)

    def _no_entry(self, owner: CellValue, known: Iterable[str], sheet: str) -> None:
        if sheet in self.absent:
            self.wanted.add(sheet)
        elif sheet not in self.unsure:
            message = _NO_ENTRY.format(said=quoted(owner.text))
            self.cells.complain(owner.mark, message, did_you_mean(owner.text, known))
