"""What rows belong to: the entries that they name, and what evidence is for."""

from __future__ import annotations

from typing import TYPE_CHECKING

from dxrules.plan.workbook.cells import Cells, quoted
from dxrules.plan.workbook.identities import Identities
from dxrules.plan.workbook.layout import EACH, EVIDENCE_SHEET, OWNER, SHEET, sheets
from dxrules.source import did_you_mean
from dxrules.texts import Text

if TYPE_CHECKING:
    from collections.abc import Iterable

    from dxrules.plan.workbook.cells import Mark, Row, Value
    from dxrules.plan.workbook.choices import Choices
    from dxrules.plan.workbook.layout import Sheet
    from dxrules.plan.workbook.tree import Tree
    from dxrules.source import Path

_NO_OWNER = Text("どの項目のものかがありません。", "It does not say what it belongs to.")
_NO_SHEET = Text(
    "どのシートについての根拠かがありません。", "It does not say what it is evidence for."
)
_WHICH_ENTRY = Text("どの項目の根拠かがありません。", "It does not say which entry.")
_NO_ENTRIES = Text("このシートには項目が並びません。", "That sheet has no entries.")
_EMPTY_IT = Text("空にしてください。", "Leave it empty.")
_NO_SUCH = Text("「{said}」という項目はありません。", 'There is no entry "{said}".')


class Belonging:
    """Finds the entry that a row belongs to; what cannot be found is complained of.

    `entries` are those of each list by what they go by; `listed` the rows of each mapping that
    say nothing yet. Entries of the sheets in `absent` and `unsure` are not known, so whoever names
    one is not at fault; `wanted` are those of them that are named.
    """

    def __init__(self, cells: Cells, tree: Tree, absent: Iterable[str]) -> None:
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

    def owner(self, sheet: Sheet, row: Row, first: Mark) -> Path | None:
        """Return the table that a row belongs into, by the owner that it names."""
        owner = row.get(OWNER)
        if owner is None:
            self.cells.complain(first, _NO_OWNER)
        if owner is None or not owner.text:
            return None
        above = sheet.path[: sheet.path.index(EACH)]
        path = self.find(".".join(above), owner)
        return None if path is None else (*path, sheet.path[-1])

    def find(self, sheet: str, value: Value) -> Path | None:
        """Return the entry of a sheet that a value names; None if it is not known."""
        if sheet in self.absent:
            self.wanted.add(sheet)
        if sheet in self.absent or sheet in self.unsure:
            return self.named(sheet).find(Cells(""), value)  # nobody is told
        return self.named(sheet).find(self.cells, value)

    def evident(self, evidence: Sheet, row: Row, first: Mark, choices: Choices) -> Path | None:
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

    def _entry_of(self, sheet: Sheet, path: Path, owner: Value, choices: Choices) -> Path | None:
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

    def _no_entry(self, owner: Value, known: Iterable[str], sheet: str) -> None:
        if sheet in self.absent:
            self.wanted.add(sheet)
        elif sheet not in self.unsure:
            message = _NO_SUCH.format(said=quoted(owner.text))
            self.cells.complain(owner.mark, message, did_you_mean(owner.text, known))
