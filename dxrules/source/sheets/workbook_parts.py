"""A workbook as a whole: its sheets in their order, and the parts that they refer to."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Callable, Iterable, Mapping
from dataclasses import replace
from datetime import datetime
from posixpath import dirname, join, normpath
from typing import TypeVar

from openpyxl.utils.datetime import CALENDAR_MAC_1904, CALENDAR_WINDOWS_1900

from dxrules.frozen import frozen
from dxrules.source.archive import Archive, ArchiveError, ArchiveTooLarge, larger_than
from dxrules.source.bounds import WORKBOOK
from dxrules.source.build import EMPTY
from dxrules.source.sheets.beside_cells import (
    NamedValue,
    drawn,
    named_value,
    notes,
    old_shapes,
    threads,
    without_copies,
    words_in_margins,
)
from dxrules.source.sheets.cell_styles import looks
from dxrules.source.sheets.fault import SMALLER, BookError, PartError, Room, damaged_part
from dxrules.source.sheets.parts import BROKEN, XmlEvent, events, is_true
from dxrules.source.sheets.shared_strings import decoded, shared_words
from dxrules.source.sheets.sheet import PageReader, SheetPage, Styled, TextOverCell
from dxrules.texts import Text, shorten, visible

T = TypeVar("T")

_NO_BOOK = Text("Excelブック(.xlsx)として読めません。", "Cannot be read as a workbook (.xlsx).")
_SAVE_AS = Text(
    "壊れているか、別の種類のファイルです。"
    "Excelで開けるなら、「Excel ブック (*.xlsx)」として保存し直してください。",
    "It is damaged or another kind of file. "
    "If Excel opens it, save it again as an Excel workbook (.xlsx).",
)
_MANY_SHEETS = 1_000
_WITHOUT_CELLS = frozenset({"chartsheet", "dialogsheet", "xlMacrosheet", "xlIntlMacrosheet"})
"""The kinds of sheets that hold no data: charts, and what old macros were written on."""


@frozen
class Book:
    """The sheets of a workbook in their order, and the names that stand for values."""

    pages: tuple[SheetPage, ...]
    named: tuple[NamedValue, ...] = ()


@frozen
class _Listed:
    """What the first part of a workbook says of all.

    `sheets` are their titles with the ids of their parts, and whether nobody sees them; `epoch` is
    the day that days count from.
    """

    sheets: list[tuple[str, str, bool]]
    epoch: datetime
    named: list[NamedValue]


@frozen
class _Related:
    """What one part says of another: of which kind it is, and where."""

    kind: str
    target: str


def read_book(raw: bytes) -> Book:
    """Return the workbook in some bytes; raise BookError if it is damaged or too large."""
    if not raw:
        raise BookError(*EMPTY)
    if len(raw) > WORKBOOK.packed:
        raise BookError(larger_than(WORKBOOK.packed), SMALLER)
    if not zipfile.is_zipfile(io.BytesIO(raw)):
        raise BookError(_NO_BOOK, _SAVE_AS)
    try:
        archive = Archive(io.BytesIO(raw), WORKBOOK)
    except ArchiveTooLarge as error:
        raise BookError(error.text, SMALLER) from error
    except ArchiveError as error:
        raise BookError(error.text) from error
    return _Package(archive).book()


class _Package:
    """The parts of a workbook by name; names of parts mean the same in any case."""

    def __init__(self, archive: Archive) -> None:
        self.archive = archive
        self.names = {name.casefold(): name for name in archive.names}
        self.room = Room()
        self.taken: set[str] = set()

    def book(self) -> Book:
        """Return all sheets."""
        part = self._only(self._related(""), "officeDocument")
        if part is None:
            raise BookError(_NO_BOOK, _SAVE_AS)
        related = self._related(part)
        listed = self._part(part, _listed)
        styled = Styled(
            self._referred(related, "sharedStrings", shared_words),
            self._referred(related, "styles", looks),
            listed.epoch,
        )
        pages = []
        for title, number, hidden in listed.sheets:
            if number not in related:
                raise damaged_part(part)
            page = self._page(title, related[number], styled)
            pages.append(replace(page, hidden=True) if hidden else page)
        return Book(tuple(pages), tuple(listed.named))

    def _page(self, title: str, sheet: _Related, styled: Styled) -> SheetPage:
        """Return a sheet; one that is all chart or dialogue has no cells."""
        if sheet.kind in _WITHOUT_CELLS:
            return SheetPage(title, {}, drawn=(TextOverCell(1, 1, ""),))
        if sheet.kind != "worksheet":
            raise damaged_part(sheet.target)
        reader = PageReader(title, styled, self.room)
        name = self._name(sheet.target)
        if name in self.taken:  # no spreadsheet writes one part for two sheets
            raise damaged_part(name)
        self.taken.add(name)
        page = reader.read(events(self.archive, name, self.room))
        related = self._related(sheet.target)
        for each in filter(None, (reader.drawing, reader.old_drawing)):
            if each not in related:
                raise damaged_part(name)
        shapes = self._part(related[reader.drawing].target, drawn) if reader.drawing else []
        if reader.old_drawing:
            old = self._old_shapes(related[reader.old_drawing].target)
            said = {each.text for each in shapes if each.text}  # newer programs read these
            shapes += [each for each in old if each.text not in said]
        shapes += [TextOverCell(1, 1, "")] * reader.pictured
        noted = without_copies(
            self._referred(related, "comments", notes),
            self._referred(related, "threadedComment", threads),
        )
        margins = words_in_margins(reader.margins)
        return replace(page, drawn=(*shapes,), notes=noted, margins=margins)

    def _old_shapes(self, part: str) -> list[TextOverCell]:
        """Return the shapes of a part that is no XML."""
        name = self._name(part)
        try:
            return old_shapes(self.archive.read(name), self.room)
        except ArchiveError as error:
            raise damaged_part(name) from error
        except PartError as error:
            raise BookError(error.text, error.hint) from error

    def _referred(
        self,
        related: Mapping[str, _Related],
        kind: str,
        read: Callable[[Iterable[XmlEvent]], list[T]],
    ) -> list[T]:
        """Return what a part of a kind holds; nothing if the workbook has none."""
        part = self._only(related, kind)
        return [] if part is None else self._part(part, read)

    def _only(self, related: Mapping[str, _Related], kind: str) -> str | None:
        """Return the part of a kind, None if there is none; of two nobody knows which counts."""
        found = {each.target for each in related.values() if each.kind == kind}
        if len(found) > 1:
            raise damaged_part(min(found))
        return next(iter(found), None)

    def _name(self, part: str) -> str:
        """Return a part's name as the archive spells it."""
        if part.casefold() not in self.names:
            raise damaged_part(part)
        return self.names[part.casefold()]

    def _part(self, part: str, read: Callable[[Iterable[XmlEvent]], T]) -> T:
        """Read a part that is no sheet; raise BookError if it is damaged or not there."""
        name = self._name(part)
        try:
            return read(events(self.archive, name, self.room))
        except PartError as error:
            where = Text(f"{visible(name)}: ", f"{visible(name)}: ")
            raise BookError(where + error.text, error.hint) from error

    def _related(self, part: str) -> dict[str, _Related]:
        """Return what a part refers to, by id; nothing where it does not say."""
        folder = dirname(part)
        name = join(folder, "_rels", f"{part[len(folder) :].strip('/')}.rels")
        if name.casefold() not in self.names:
            return {}

        def listed(found: Iterable[XmlEvent]) -> dict[str, _Related]:
            others: dict[str, _Related] = {}
            for kind, name, attributes in found:
                if (kind, name) != ("start", "package:Relationship"):
                    continue
                if attributes.get("TargetMode") == "External":
                    continue
                each = _Related(
                    attributes.get("Type", "").rpartition("/")[2],
                    normpath(join("/", folder, attributes.get("Target", ""))).lstrip("/"),
                )
                if others.setdefault(attributes.get("Id", ""), each) != each:
                    raise PartError(BROKEN)
            return others

        return self._part(name, listed)


def _listed(found: Iterable[XmlEvent]) -> _Listed:
    """Return what the part that lists the sheets says."""
    listed = _Listed([], CALENDAR_WINDOWS_1900, [])
    above, name_of_value, formula = [""], "", ""
    for kind, name, attributes in found:
        if kind == "text":
            formula += name
        elif kind == "end":
            above.pop()
            if name == "definedName" and name_of_value:
                value = named_value(name_of_value, formula)
                listed.named.extend([] if value is None else [value])
        else:
            if name == "sheet" and above[-1] == "sheets":
                title = shorten(visible(decoded(attributes.get("name", ""))))
                hidden = attributes.get("state", "visible") != "visible"
                listed.sheets.append((title, attributes.get("r:id", ""), hidden))
            elif name == "workbookPr" and is_true(attributes.get("date1904")):
                listed = replace(listed, epoch=CALENDAR_MAC_1904)
            elif name == "definedName":
                hidden = is_true(attributes.get("hidden"))
                name_of_value, formula = "" if hidden else attributes.get("name", ""), ""
            above.append(name)
    if len(listed.sheets) > _MANY_SHEETS:
        raise PartError(_TOO_MANY_SHEETS, SMALLER)
    return listed


_TOO_MANY_SHEETS = Text(
    f"シートが{_MANY_SHEETS:,}枚を超えています。", f"It has more than {_MANY_SHEETS:,} sheets."
)
