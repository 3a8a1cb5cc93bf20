"""A workbook as a whole: its sheets in their order, and the parts that they refer to."""

from __future__ import annotations

import io
import zipfile
from posixpath import dirname, join, normpath
from typing import TYPE_CHECKING

from openpyxl.utils.datetime import CALENDAR_MAC_1904, CALENDAR_WINDOWS_1900

from dxrules.frozen import frozen
from dxrules.source.archive import Archive, ArchiveError, ArchiveTooLarge, larger_than
from dxrules.source.bounds import WORKBOOK
from dxrules.source.build import EMPTY
from dxrules.source.sheets.budget import Room
from dxrules.source.sheets.cell_styles import looks
from dxrules.source.sheets.fault import SMALLER, BookError, PartError, damaged_part
from dxrules.source.sheets.parts import BROKEN, events, is_true, whole
from dxrules.source.sheets.shared_strings import Collector, decoded, shared_words
from dxrules.source.sheets.sheet import Drawn, Page, PageReader, Styled, place_of
from dxrules.texts import Text, shorten, visible

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping
    from datetime import datetime
    from typing import TypeVar

    from dxrules.source.sheets.parts import Event

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
    """The sheets of a workbook in their order."""

    pages: tuple[Page, ...]


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
        sheets, epoch = self._part(part, _listed)
        styled = Styled(
            self._referred(related, "sharedStrings", shared_words),
            self._referred(related, "styles", looks),
            epoch,
        )
        pages = []
        for title, number in sheets:
            if number not in related:
                raise damaged_part(part)
            pages.append(self._page(title, related[number], styled))
        return Book(tuple(pages))

    def _page(self, title: str, sheet: _Related, styled: Styled) -> Page:
        """Return a sheet; one that is all chart or dialogue has no cells."""
        if sheet.kind in _WITHOUT_CELLS:
            return Page(title, {})
        if sheet.kind != "worksheet":
            raise damaged_part(sheet.target)
        reader = PageReader(title, styled, self.room)
        name = self._name(sheet.target)
        if name in self.taken:  # no spreadsheet writes one part for two sheets
            raise damaged_part(name)
        self.taken.add(name)
        page = reader.read(events(self.archive, name, self.room))
        related = self._related(sheet.target)
        drawn: list[Drawn] = []
        if reader.drawing:
            if reader.drawing not in related:
                raise damaged_part(name)
            drawn = self._part(related[reader.drawing].target, _drawn)
        notes = self._referred(related, "comments", _notes)
        return Page(title, page.cells, page.merged, tuple(drawn), tuple(notes))

    def _referred(
        self, related: Mapping[str, _Related], kind: str, read: Callable[[Iterable[Event]], list[T]]
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

    def _part(self, part: str, read: Callable[[Iterable[Event]], T]) -> T:
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

        def listed(found: Iterable[Event]) -> dict[str, _Related]:
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


def _listed(found: Iterable[Event]) -> tuple[list[tuple[str, str]], datetime]:
    """Return the titles of sheets with the ids of their parts, and the day that days count from."""
    sheets, epoch, above = [], CALENDAR_WINDOWS_1900, [""]
    for kind, name, attributes in found:
        if kind == "end":
            above.pop()
        elif kind == "start":
            if name == "sheet" and above[-1] == "sheets":
                title = shorten(visible(decoded(attributes.get("name", ""))))
                sheets.append((title, attributes.get("r:id", "")))
            elif name == "workbookPr" and is_true(attributes.get("date1904")):
                epoch = CALENDAR_MAC_1904
            above.append(name)
    if len(sheets) > _MANY_SHEETS:
        raise PartError(_TOO_MANY_SHEETS, SMALLER)
    return sheets, epoch


def _drawn(found: Iterable[Event]) -> list[Drawn]:
    """Return the texts in the shapes of a sheet, each with the cell that it begins over.

    A picture, a chart or a diagram has no text here.
    """
    drawn: list[Drawn] = []
    above = [""]
    corner, said, pictured = {"drawing:row": "0", "drawing:col": "0"}, "", False
    for kind, name, _ in found:
        if kind == "text":
            if above[-1] == "a:t":
                said += name
            elif above[-2:] in _CORNERS:
                corner[above[-1]] = name.strip()
        elif kind == "start":
            above.append(name)
            pictured = pictured or name in _PICTURES
        else:
            above.pop()
            if len(above) == _ANCHORS:
                row, column = (whole(corner[each]) + 1 for each in corner)
                if said.strip() or pictured:
                    drawn.append(Drawn(row, column, said.strip()))
                said, pictured = "", False
    return drawn


def _notes(found: Iterable[Event]) -> list[Drawn]:
    """Return the notes on the cells of a sheet; threaded ones stand there as well, put together."""
    notes: list[Drawn] = []
    collector, spot = Collector(), (1, 1)
    for kind, name, attributes in found:
        if kind == "text":
            collector.text(name)
        elif kind == "start" and name == "comment":
            collector, spot = Collector(), place_of(attributes.get("ref", ""))
        elif kind == "start":
            collector.start(name, attributes)
        else:
            collector.end(name)
            if name == "comment" and (said := collector.words.text.strip()):
                notes.append(Drawn(*spot, said))
    return notes


_ANCHORS = 2
_PICTURES = frozenset({"drawing:pic", "drawing:graphicFrame", "drawing:contentPart"})
"""What may say something that is no text of its own part."""
_CORNERS = (["drawing:from", "drawing:row"], ["drawing:from", "drawing:col"])
_TOO_MANY_SHEETS = Text(
    f"シートが{_MANY_SHEETS:,}枚を超えています。", f"It has more than {_MANY_SHEETS:,} sheets."
)
