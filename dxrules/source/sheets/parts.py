"""XML parts of a workbook as a stream of events: no part is ever held whole.

Document types are refused before anything of theirs is read, so no entity is ever expanded.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Final, Literal, NoReturn
from xml.parsers import expat

from dxrules.source.archive import Archive, ArchiveError
from dxrules.source.bounds import WORKBOOK_TAG
from dxrules.source.sheets.fault import PartError, Room
from dxrules.texts import Text

Attributes = Mapping[str, str]
XmlEvent = tuple[Literal["start", "end", "text"], str, Attributes]

_SCHEMAS, _STRICT = "http://schemas.openxmlformats.org/", "http://purl.oclc.org/ooxml/"
_PREFIXES: Final = {
    f"{_SCHEMAS}spreadsheetml/2006/main": "",
    f"{_STRICT}spreadsheetml/main": "",
    f"{_SCHEMAS}officeDocument/2006/relationships": "r:",
    f"{_STRICT}officeDocument/relationships": "r:",
    f"{_SCHEMAS}package/2006/relationships": "package:",
    f"{_SCHEMAS}drawingml/2006/spreadsheetDrawing": "drawing:",
    f"{_STRICT}drawingml/spreadsheetDrawing": "drawing:",
    f"{_SCHEMAS}drawingml/2006/main": "a:",
    f"{_STRICT}drawingml/main": "a:",
    "http://schemas.microsoft.com/office/spreadsheetml/2018/threadedcomments": "thread:",
}
"""How names are called whose namespace is known, in both conformance classes of the standard."""

_DOCTYPE = Text(
    "XMLの文書型宣言(DTD)があり、読めません。", "Holds an XML document type, which is not read."
)
BROKEN = Text("途中で壊れています。", "It is damaged.")


def events(archive: Archive, name: str, room: Room) -> Iterator[XmlEvent]:
    """Yield the starts, texts and ends of a part's elements; raise PartError where it breaks.

    Names of the spreadsheet's own namespace are bare, as `row`; those of other known ones have
    a prefix, as `r:id`; all others stand after a question mark and mean nothing here.
    """
    found: list[XmlEvent] = []
    parser = expat.ParserCreate(namespace_separator=" ")
    parser.buffer_text = True
    parser.StartDoctypeDeclHandler = _refuse
    called = _Names()
    silent = 0

    def start(name: str, attributes: dict[str, str]) -> None:
        room.element()
        found.append(("start", called[name], {called[key]: v for key, v in attributes.items()}))

    parser.StartElementHandler = start
    parser.EndElementHandler = lambda name: found.append(("end", called[name], {}))
    parser.CharacterDataHandler = lambda text: found.append(("text", text, {}))
    try:
        for piece in archive.pieces(name):
            parser.Parse(piece, False)  # noqa: FBT003  (expat takes it by position only)
            silent = 0 if found else silent + len(piece)
            if silent > WORKBOOK_TAG:
                raise PartError(BROKEN)
            yield from found
            found.clear()
        parser.Parse(b"", True)  # noqa: FBT003
    except (expat.ExpatError, ArchiveError, LookupError, ValueError) as error:
        yield from found  # so that whoever reads can say how far it came
        raise PartError(BROKEN) from error  # the last two are of unknown encodings
    yield from found


class _Names(dict[str, str]):
    """Names as expat gives them, namespace and name, and what they are called here."""

    def __missing__(self, name: str) -> str:
        space, _, local = name.rpartition(" ")
        prefix = _PREFIXES.get(space, "?") if space else ""
        self[name] = f"{prefix}{local}"
        return self[name]


def _refuse(*_: object) -> NoReturn:
    raise PartError(_DOCTYPE)


def whole(text: str | None) -> int:
    """Return a count or place of an attribute; raise PartError for anything else."""
    if text is None or not text.isascii() or not text.isdecimal() or len(text) > _DIGITS:
        raise PartError(BROKEN)
    return int(text)


_DIGITS = 9


def is_true(text: str | None) -> bool:
    """Tell whether an attribute says yes."""
    return text in {"1", "true", "on"}
