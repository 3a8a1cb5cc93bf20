"""What a file is that is no plan, by its name or its first bytes; how its content becomes a plan.

People give the plan itself to the command, or a workbook of another kind. What is said to them
should name what they gave and the way on, and not the first byte that could not be read.
"""

from __future__ import annotations

import io
import re
from collections.abc import Mapping
from pathlib import PurePath
from typing import Final, Literal

from dxrules.frozen import frozen
from dxrules.source.bounds import WORKBOOK, WORKBOOK_TYPES
from dxrules.texts import Text, same

Family = Literal["sheets", "prose", "text", "packed"]
"""What kinds of files have in common: of each there is one way on to a plan."""
_ENDINGS: Mapping[Family, tuple[str, ...]] = {
    "sheets": (".xls", ".xlsm", ".xlsb", ".xltx", ".ods", ".csv", ".tsv", ".numbers"),
    "prose": (".pdf", ".doc", ".docx", ".odt", ".rtf", ".jtd", ".ppt", ".pptx"),
    "text": (".txt", ".text", ".md"),
    "packed": (".zip", ".lzh", ".7z", ".rar", ".tar", ".tgz", ".gz"),
}
_LOOKED_AT = 1_024
_OLE, _ZIP = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", b"PK\x03\x04"
_TYPES: Final = "[Content_Types].xml"
_OPEN_DOCUMENT = b"application/vnd.oasis.opendocument."
_MIMETYPE = slice(30, 120)  # where an OpenDocument file says its kind

_FILL_IN = Text(
    "`dxrules new plan our-town.xlsx` で記入用のブックを作り、計画を読んで写してください。",
    "Make a workbook to fill in with `dxrules new plan our-town.xlsx`, "
    "and copy into it what the plan says.",
)
_DRAFT = Text(
    "公表された計画書なら、`dxrules draft` か、点検画面の「計画書から下書きする」で、"
    "計画ファイルを下書きしてください。",
    "If it is a plan as it was published, draft a plan file from it with `dxrules draft`, or at "
    'the desk with "Draft from a document".',
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
_REPLAY = Text(
    "`dxrules replay` で判定し直し、`dxrules compare` で2つを比べます。",
    "`dxrules replay` judges it again, and `dxrules compare` compares two.",
)
_UNPACK = Text(
    "展開して、中の計画ファイルを指定してください。", "Unpack it, and name the plan file in it."
)


@frozen
class FileKind:
    """What a file is, as it is called, and what is said of it where a plan is expected.

    One of the family of `sheets` is a workbook that may be saved again as .xlsx.
    """

    what: Text
    no_plan: Text
    family: Family | None = None


def _prose(what: Text) -> FileKind:
    no_plan = Text(
        "文書({what})は計画ファイルではありません。", "A document ({what}) is no plan file. "
    )
    called = Text("文書({what})", "a document ({what})")
    return FileKind(called.format(what=what), no_plan.format(what=what) + _DRAFT, "prose")


def _sheets(ja: str, en: str, way_out: Text = _SAVE_AS) -> FileKind:
    no_plan = Text(f"{ja}は読めません。", f"{en[0].upper()}{en[1:]} is not read. ")
    return FileKind(Text(ja, en), no_plan + way_out, "sheets")


_PDF = FileKind(
    Text("PDF", "a PDF"),
    Text("PDFは計画ファイルではありません。", "A PDF is no plan file. ") + _DRAFT,
    "prose",
)
_ENCRYPTED = _sheets("パスワードの付いたExcelブック", "a workbook with a password", _PASSWORD)
_OLD = _sheets("旧形式のExcelブック(.xls)", "an old Excel workbook (.xls)")
_MACROS = _sheets("マクロ有効ブック(.xlsm)", "a workbook with macros (.xlsm)")
_BINARY = _sheets("バイナリブック(.xlsb)", "a binary workbook (.xlsb)")
_OPEN_SHEETS = _sheets("OpenDocument表計算(.ods)", "an OpenDocument spreadsheet (.ods)")
_NUMBERS = _sheets("iWorkの書類(.numbersなど)", "an iWork document (.numbers)")
_WORKBOOK = FileKind(
    Text("Excelブック(.xlsx)", "an Excel workbook (.xlsx)"),
    Text("Excelブック(.xlsx)です。", "It is an Excel workbook (.xlsx). ") + _RENAME,
    "sheets",
)
_PACKET = FileKind(
    Text("dxrulesのパケット", "a packet of dxrules"),
    Text("dxrulesのパケットは計画ファイルではありません。", "A packet of dxrules is no plan file. ")
    + _REPLAY,
)
_ARCHIVE = FileKind(
    Text("ZIPファイル", "a ZIP archive"),
    Text("ZIPファイルは読めません。", "A ZIP archive is not read. ") + _UNPACK,
    "packed",
)
_PACKED = FileKind(
    Text("圧縮ファイル", "a compressed file"),
    Text("圧縮ファイルは読めません。", "A compressed file is not read. ") + _UNPACK,
    "packed",
)
_PICTURE = FileKind(
    Text("画像", "a picture"), Text("画像は読めません。", "A picture is not read. ") + _FILL_IN
)
_PAGE = FileKind(
    Text("HTML", "a web page (HTML)"),
    Text("HTMLは計画ファイルではありません。", "A web page (HTML) is no plan file. ") + _DRAFT,
    "prose",
)
_WORD = _prose(same("Word"))
_OTHER_OLE = _prose(Text("Word、一太郎など旧形式のもの", "Word, Ichitaro or another old format"))
_POWERPOINT = _prose(same("PowerPoint"))

_POINTER = FileKind(
    Text("Git LFS の参照ファイル", "a pointer of Git LFS"),
    Text(
        "Git LFS の参照ファイルです。`git lfs pull` で中身を取得してください。",
        "It is a pointer of Git LFS. Get the file itself with `git lfs pull`.",
    ),
)
LFS_POINTER = b"version https://git-lfs.github.com/spec/"

_BEGINNINGS: Mapping[bytes, FileKind] = {
    b"\x89PNG\r\n": _PICTURE,
    b"\xff\xd8\xff": _PICTURE,
    b"GIF8": _PICTURE,
    b"BM": _PICTURE,
    b"II*\0": _PICTURE,
    b"MM\0*": _PICTURE,
    b"{\\rtf": _prose(same("RTF")),
    LFS_POINTER: _POINTER,
    **dict.fromkeys((b"\x1f\x8b\x08", b"7z\xbc\xaf", b"Rar!\x1a", b"BZh9"), _PACKED),
}
_PAGE_BEGINS = re.compile(rb"\s*(?:<\?xml[^>]*>\s*)?<(?:!doctype\s+html|html)\b", re.IGNORECASE)
_OLE_ENTRIES: Mapping[str, FileKind] = {
    "EncryptedPackage": _ENCRYPTED,
    "WordDocument": _WORD,
    "Workbook": _OLD,
    "Book": _OLD,
    "PowerPoint Document": _POWERPOINT,
}
"""The streams that tell what an old file of Office is; their names are written in UTF-16."""

_OPEN_KINDS: Mapping[bytes, FileKind] = {
    b"spreadsheet": _OPEN_SHEETS,
    b"text": _prose(Text("OpenDocument(.odt)", "OpenDocument, .odt")),
    b"presentation": _prose(Text("OpenDocument(.odp)", "OpenDocument, .odp")),
}
_PARTS: Mapping[str, FileKind] = {
    "xl/workbook.bin": _BINARY,
    "word/document.xml": _WORD,
    "ppt/presentation.xml": _POWERPOINT,
    "index/document.iwa": _NUMBERS,
    "manifest.json": _PACKET,
}
"""The parts that tell what an archive holds."""
_OF_A_WORKBOOK = frozenset({_TYPES.casefold(), "_rels/.rels", "xl/workbook.xml"})
"""A damaged one may lack any of them, and its reader says so."""


def family_of(name: str) -> Family | None:
    """Tell by the ending of its name to which family a file belongs that is no plan.

    >>> family_of("plan.DOCX"), family_of("plan.yaml")
    ('prose', None)
    """
    ending = PurePath(name).suffix.lower()
    return next((family for family, endings in _ENDINGS.items() if ending in endings), None)


def what_it_is(raw: bytes, *, or_text: bool = False) -> Text | None:
    """Say what a file is that is no text, whatever it is called; None where nobody knows.

    With `or_text` a text is called so.
    """
    kind = kind_of(raw, "")
    if kind is None:
        start = raw[:_LOOKED_AT].decode("utf-8", errors="ignore")
        return _A_TEXT if or_text and start.strip() and "\0" not in start else None
    return _THIS_IS.format(what=kind.what)


_THIS_IS = Text("{what}です。", "This is {what}.")
_A_TEXT = Text("テキストファイルです。", "This is a text file.")


def kind_of(raw: bytes, name: str) -> FileKind | None:
    """Tell what a file is, if it is no plan; None if it may be one.

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


def _in_ole(raw: bytes) -> FileKind:
    """Say what a file of the old Office holds."""
    return next(
        (
            said
            for entry, said in _OLE_ENTRIES.items()
            if entry.encode("utf-16-le") + b"\0\0" in raw
        ),
        _OTHER_OLE,
    )


def _in_archive(raw: bytes, name: str) -> FileKind | None:
    """Say what an archive is; nothing of a workbook that may be a plan or is damaged."""
    from dxrules.source.archive import Archive, ArchiveError  # loads zipfile, which few calls need

    for kind, said in _OPEN_KINDS.items():
        if _OPEN_DOCUMENT + kind in raw[_MIMETYPE]:
            return said
    try:
        archive = Archive(io.BytesIO(raw), WORKBOOK)
        parts = {part.casefold() for part in archive.names}
        types = b""
        if _TYPES in archive.names and archive.size(_TYPES) < WORKBOOK_TYPES:
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
