"""Inputs of the kinds that once broke a reader, made anew from today's workbook and packet.

An archive kept as a file would grow stale with the layout of workbooks and the form of packets,
and hides what is wrong with it; here that is one line.
"""

from __future__ import annotations

import io
import re
import struct
import zipfile
from typing import TYPE_CHECKING

from fuzz.mutations import archive_of, entries_of, with_digests

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    Change = Callable[[bytes], bytes]

_SHEET, _STRINGS = "xl/worksheets/sheet2.xml", "xl/sharedStrings.xml"
_STYLES, _BOOK = "xl/styles.xml", "xl/workbook.xml"


def in_part(name: str, pattern: str, new: str, count: int = 1) -> Change:
    """Change the text of a part of an archive, or of the last sheet; it must be there."""

    def change(seed: bytes) -> bytes:
        entries = entries_of(seed)
        part = max((n for n, _ in entries if n.startswith("xl/worksheets/sheet")), key=_number)
        wanted = part if name == "last sheet" else name
        found = []
        for each, content in entries:
            if each == wanted:
                text, times = re.subn(pattern, new, content.decode(), count=count, flags=re.DOTALL)
                if not times:
                    raise LookupError(f"{wanted} has no {pattern}")
                found.append((each, text.encode()))
            else:
                found.append((each, content))
        return archive_of(found)

    return change


def _number(name: str) -> int:
    return int("".join(filter(str.isdigit, name)) or 0)


def in_every_sheet(pattern: str, new: str) -> Change:
    """Change the text of every sheet."""

    def change(seed: bytes) -> bytes:
        return archive_of(
            [
                (name, re.sub(pattern, new, content.decode(), flags=re.DOTALL).encode())
                if name.startswith("xl/worksheets/sheet")
                else (name, content)
                for name, content in entries_of(seed)
            ]
        )

    return change


def cut(name: str) -> Change:
    """Cut a part of an archive off in its middle, as an interrupted copy does."""
    return lambda seed: archive_of(
        [(n, c[: len(c) // 2] if n == name else c) for n, c in entries_of(seed)]
    )


def added(name: str, content: bytes = b"written by a packet", *, first: bool = False) -> Change:
    """Add a file to an archive."""

    def change(seed: bytes) -> bytes:
        entries = entries_of(seed)
        return archive_of(
            [(name, content), *entries] if first else [*entries, (name, content)], stored=True
        )

    return change


def content(name: str, said: bytes) -> Change:
    """Put other content in the place of a file, and let the manifest agree with it."""
    return lambda seed: archive_of(
        with_digests([(n, said if n == name else c) for n, c in entries_of(seed)])
    )


def without(name: str) -> Change:
    """Leave a file out."""
    return lambda seed: archive_of([(n, c) for n, c in entries_of(seed) if n != name])


def packed_with(method: int) -> Change:
    """Compress an archive in another way, and damage the first stream of it."""

    def change(seed: bytes) -> bytes:
        stream = io.BytesIO()
        with zipfile.ZipFile(stream, "w", method) as archive:
            for name, said in entries_of(seed):
                archive.writestr(name, said)
        raw = bytearray(stream.getvalue())
        at = 30 + struct.unpack_from("<H", raw, 26)[0] + struct.unpack_from("<H", raw, 28)[0]
        raw[at + 8 : at + 16] = b"\xff" * 8
        return bytes(raw)

    return change


def declared(name: str, size: int) -> Change:
    """Declare another size of a file than it has, in both headers."""

    def change(seed: bytes) -> bytes:
        raw = bytearray(archive_of(entries_of(seed)))
        for mark, at, to in ((b"PK\x03\x04", 22, 30), (b"PK\x01\x02", 24, 46)):
            for found in re.finditer(re.escape(mark), bytes(raw)):
                where = found.start()
                if raw[where + to : where + to + len(name)] == name.encode():
                    struct.pack_into("<I", raw, where + at, size)
        return bytes(raw)

    return change


_DEEP = b"[" * 100_000
_FAR = '<row r="1048576"><c r="XFD1048576" t="inlineStr"><is><t>x</t></is></c></row></sheetData>'

_CELL = r'<c r="B5"[^>]*?(/>|>.*?</c>)'

WORKBOOKS: Mapping[str, Change] = {
    "sheet-cut-off": cut(_SHEET),
    "strings-cut-off": cut(_STRINGS),
    "styles-cut-off": cut(_STYLES),
    "book-cut-off": cut(_BOOK),
    "number-that-is-a-word": in_every_sheet(_CELL, '<c r="B5"><v>abc</v></c>'),
    "number-without-end": in_every_sheet(_CELL, '<c r="B5"><v>1e999</v></c>'),
    "number-that-is-none": in_every_sheet(_CELL, '<c r="B5"><v>NaN</v></c>'),
    "string-out-of-range": in_every_sheet(_CELL, '<c r="B5" t="s"><v>999999</v></c>'),
    "entities": in_part(_STRINGS, r"^(<\?xml[^>]*>)?", '<!DOCTYPE x [<!ENTITY a "b">]>'),
    "unknown-state-of-a-sheet": in_part(_BOOK, 'state="[a-zA-Z]*"', 'state="nowhere"'),
    "cell-in-the-last-corner": in_every_sheet("</sheetData>", _FAR),
    "dimension-of-a-whole-sheet": in_every_sheet(
        r"<dimension [^>]*>", '<dimension ref="A1:XFD1048576"/>'
    ),
    "last-sheet-far": in_part("last sheet", "</sheetData>", _FAR),
    "no-sheets": in_part(_BOOK, "<sheets>.*</sheets>", "<sheets/>"),
    "wrong-links": cut("xl/_rels/workbook.xml.rels"),
    "no-types": without("[Content_Types].xml"),
    "sheet-missing": without(_SHEET),
    "larger-than-declared": declared(_SHEET, 10),
    "control-in-a-cell": in_every_sheet(
        _CELL,
        '<c r="B5" t="inlineStr"><is><t>a_x001B_[31m_x0007_\u202e</t></is></c>',
    ),
    "control-in-a-heading": in_every_sheet(
        r'<c r="A4"[^>]*?(/>|>.*?</c>)',
        '<c r="A4" t="inlineStr"><is><t>\u009b31m\u202e</t></is></c>',
    ),
}

PACKETS: Mapping[str, Change] = {
    "absolute-after-two-slashes": added("rulesets//tmp/dxrules-escaped"),
    "absolute-on-windows": added("rulesets///server/share/x"),
    "dots": added("rulesets/../../dxrules-escaped"),
    "dot": added("rulesets/."),
    "empty-name": added(""),
    "file-where-a-folder-is": added("rulesets/national"),
    "long-name": added("rulesets/" + "n" * 300),
    "deep-name": added("rulesets/" + "a/" * 2000 + "x"),
    "control-in-a-name": added("rulesets/\x1b[31mred\x07"),
    "turned-name": added("reports/\u202efdp.exe"),
    "name-twice": lambda seed: added(*entries_of(seed)[2], first=True)(seed),
    "damaged-stream": packed_with(zipfile.ZIP_DEFLATED),
    "damaged-bzip2": packed_with(zipfile.ZIP_BZIP2),
    "damaged-lzma": packed_with(zipfile.ZIP_LZMA),
    "first-bytes-missing": lambda seed: seed[100:],
    "last-bytes-missing": lambda seed: seed[:-100],
    "deep-assessment": content("assessment.json", _DEEP),
    "deep-manifest": lambda seed: archive_of(
        [(n, _DEEP if n == "manifest.json" else c) for n, c in entries_of(seed)]
    ),
    "assessment-that-is-a-list": content("assessment.json", b"[]"),
    "assessment-of-other-forms": content("assessment.json", b'{"plans": [{"findings": [{}]}, 1]}'),
    "no-manifest": without("manifest.json"),
    "no-assessment": without("assessment.json"),
    "larger-than-declared": declared("manifest.json", 10),
    "empty": lambda _: archive_of([]),
}


def _damaged(part: str) -> Mapping[str, Change]:
    """Return what is done to an archive of which one part holds what is read."""
    return {
        "cut-off": cut(part),
        "missing": without(part),
        "larger-than-declared": declared(part, 10),
        "deep": lambda seed: archive_of(
            [(n, b"<a>" * 100_000 if n == part else c) for n, c in entries_of(seed)]
        ),
        "no-types": without("[Content_Types].xml"),
        "damaged-stream": packed_with(zipfile.ZIP_DEFLATED),
        "last-bytes-missing": lambda seed: seed[:-100],
    }


KNOWN: Mapping[str, Mapping[str, Change]] = {
    "workbook": WORKBOOKS,
    "packet": PACKETS,
    "inquiry": _damaged("xl/worksheets/sheet1.xml"),
    "document-word": _damaged("word/document.xml"),
    "document-sheets": _damaged("xl/worksheets/sheet1.xml"),
}
"""By reader and name: what is done to the reader's first seed."""
