"""What a file is that is no plan, by its first bytes; and how its content becomes a plan.

People give the plan itself to the command, or a workbook of another kind. What is said to them
should name what they gave and the way on, and not the first byte that could not be read.
"""

from __future__ import annotations

import io
import re
from typing import TYPE_CHECKING, Final

from dxrules.source.archive import Archive, ArchiveError
from dxrules.source.bounds import WORKBOOK
from dxrules.texts import Text

if TYPE_CHECKING:
    from collections.abc import Mapping

_LOOKED_AT = 1_024
_OLE, _ZIP = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", b"PK\x03\x04"
_TYPES: Final = "[Content_Types].xml"
_OPEN_DOCUMENT = b"application/vnd.oasis.opendocument."
_MIMETYPE = slice(30, 120)  # where an OpenDocument file says its kind
_LONGEST_TYPES = 1_000_000

_FILL_IN = Text(
    "`dxrules new plan our-town.xlsx` で記入用のブックを作り、計画を読んで写してください。",
    "Make a workbook to fill in with `dxrules new plan our-town.xlsx`, "
    "and copy into it what the plan says.",
)
_DRAFT = Text(
    "公表された計画書なら、`dxrules draft` で計画ファイルを下書きしてください。",
    "If it is a plan as it was published, draft a plan file from it with `dxrules draft`.",
)
_SAVE_AS = Text(
    "Excelなどで開き、「Excel ブック (*.xlsx)」として保存し直してください。",
    "Open it in Excel, for example, and save it again as an Excel workbook (.xlsx).",
)
_PASSWORD = Text(
    "Excelで開き、「ファイル」「情報」「ブックの保護」からパスワードを外してください。",
    "Open it in Excel and take the password off (File, Info, Protect Workbook).",
)
_RENAME = Text("名前の終わりを .xlsx にしてください。", "Give it a name that ends in .xlsx.")
_UNPACK = Text(
    "展開して、中の計画ファイルを指定してください。", "Unpack it, and name the plan file in it."
)

_PDF = Text("PDFは計画ファイルではありません。", "A PDF is no plan file. ") + _DRAFT
_PROSE = (
    Text("文書({what})は計画ファイルではありません。", "A document ({what}) is no plan file. ")
    + _DRAFT
)
_SHEETS = Text("{what}は読めません。", "{what} is not read. ") + _SAVE_AS
_ENCRYPTED = (
    Text("パスワードの付いたExcelブックは読めません。", "A workbook with a password is not read. ")
    + _PASSWORD
)
_OLD = _SHEETS.format(what=Text("旧形式のExcelブック(.xls)", "An old Excel workbook (.xls)"))
_MACROS = _SHEETS.format(what=Text("マクロ有効ブック(.xlsm)", "A workbook with macros (.xlsm)"))
_BINARY = _SHEETS.format(what=Text("バイナリブック(.xlsb)", "A binary workbook (.xlsb)"))
_OPEN_SHEETS = _SHEETS.format(
    what=Text("OpenDocument表計算(.ods)", "An OpenDocument spreadsheet (.ods)")
)
_NUMBERS = _SHEETS.format(what=Text("iWorkの書類(.numbersなど)", "An iWork document (.numbers)"))
_WORKBOOK = Text("Excelブック(.xlsx)です。", "It is an Excel workbook (.xlsx). ") + _RENAME
_ARCHIVE = Text("ZIPファイルは読めません。", "A ZIP archive is not read. ") + _UNPACK
_PICTURE = Text("画像は読めません。", "A picture is not read. ") + _FILL_IN
_PAGE = Text("HTMLは計画ファイルではありません。", "A web page (HTML) is no plan file. ") + _DRAFT
_WORD = _PROSE.format(what="Word")
_OTHER_OLE = _PROSE.format(
    what=Text("Word、一太郎など旧形式のもの", "Word, Ichitaro or another old format")
)

_BEGINNINGS: Mapping[bytes, Text] = {
    b"\x89PNG\r\n": _PICTURE,
    b"\xff\xd8\xff": _PICTURE,
    b"GIF8": _PICTURE,
    b"BM": _PICTURE,
    b"II*\0": _PICTURE,
    b"MM\0*": _PICTURE,
    b"{\\rtf": _PROSE.format(what="RTF"),
}
_PAGE_BEGINS = re.compile(rb"\s*(?:<\?xml[^>]*>\s*)?<(?:!doctype\s+html|html)\b", re.IGNORECASE)
_OLE_ENTRIES: Mapping[str, Text] = {
    "EncryptedPackage": _ENCRYPTED,
    "WordDocument": _WORD,
    "Workbook": _OLD,
    "Book": _OLD,
    "PowerPoint Document": _PROSE.format(what="PowerPoint"),
}
"""The streams that tell what an old file of Office is; their names are written in UTF-16."""

_OPEN_KINDS: Mapping[bytes, Text] = {
    b"spreadsheet": _OPEN_SHEETS,
    b"text": _PROSE.format(what=Text("OpenDocument(.odt)", "OpenDocument, .odt")),
    b"presentation": _PROSE.format(what=Text("OpenDocument(.odp)", "OpenDocument, .odp")),
}
_PARTS: Mapping[str, Text] = {
    "xl/workbook.bin": _BINARY,
    "word/document.xml": _WORD,
    "ppt/presentation.xml": _PROSE.format(what="PowerPoint"),
    "index/document.iwa": _NUMBERS,
}
"""The parts that tell what an archive holds."""
_OF_A_WORKBOOK = frozenset({_TYPES.casefold(), "_rels/.rels", "xl/workbook.xml"})
"""A damaged one may lack any of them, and its reader says so."""


def kind_of(raw: bytes, name: str) -> Text | None:
    """Say what a file is and what to do with it, if it is no plan; None if it may be one.

    `raw` are its bytes, of which the first are enough but for what is packed in an archive;
    `name` is how it is called: a workbook whose name ends in `.xlsx` may be a plan.
    """
    start = raw[:_LOOKED_AT]
    for beginning, said in _BEGINNINGS.items():
        if start.startswith(beginning) and (len(beginning) > len("BM") or b"\0" in start):
            return said
    if b"%PDF-" in start and b"\0" not in start[: start.index(b"%PDF-")]:
        return _PDF
    if (start[:4] == b"RIFF" and start[8:12] == b"WEBP") or start[4:12] in {
        b"ftypheic",
        b"ftypavif",
    }:
        return _PICTURE
    if start.startswith(_OLE):
        return _in_ole(raw)
    if start.startswith(_ZIP):
        return _in_archive(raw, name)
    return _PAGE if _PAGE_BEGINS.match(start.removeprefix(b"\xef\xbb\xbf")) else None


def is_of_sheets(said: Text) -> bool:
    """Tell whether what `kind_of` says is of a workbook that may be saved again as .xlsx."""
    return said in {_ENCRYPTED, _OLD, _MACROS, _BINARY, _OPEN_SHEETS, _NUMBERS, _WORKBOOK}


def _in_ole(raw: bytes) -> Text:
    """Say what a file of the old Office holds."""
    return next(
        (
            said
            for entry, said in _OLE_ENTRIES.items()
            if entry.encode("utf-16-le") + b"\0\0" in raw
        ),
        _OTHER_OLE,
    )


def _in_archive(raw: bytes, name: str) -> Text | None:
    """Say what an archive is; nothing of a workbook that may be a plan or is damaged."""
    for kind, said in _OPEN_KINDS.items():
        if _OPEN_DOCUMENT + kind in raw[_MIMETYPE]:
            return said
    try:
        archive = Archive(io.BytesIO(raw), WORKBOOK)
        parts = {part.casefold() for part in archive.names}
        types = b""
        if _TYPES in archive.names and archive.size(_TYPES) < _LONGEST_TYPES:
            types = archive.read(_TYPES)
    except ArchiveError:
        return None if name.lower().endswith(".xlsx") else _ARCHIVE
    for part, said in _PARTS.items():
        if part in parts:
            return said
    if b"macroEnabled.main" in types:
        return _MACROS
    if parts & _OF_A_WORKBOOK:
        return None if name.lower().endswith(".xlsx") else _WORKBOOK
    return _ARCHIVE
