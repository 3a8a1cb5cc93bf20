"""What format a document is in: by its first bytes, and of text by the ending of its name."""

from __future__ import annotations

import io
import re
from typing import Final

from dxrules.document.faults import DocumentFault
from dxrules.document.original import Form
from dxrules.source.archive import Archive, ArchiveError, ArchiveTooLarge
from dxrules.source.bounds import DOCUMENT
from dxrules.source.file_kind import LFS_POINTER, kind_of

_START: Final = 4_096
_OLE, _ZIP = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", b"PK\x03\x04"
_PICTURES: Final = (b"\x89PNG\r\n", b"\xff\xd8\xff", b"GIF8", b"II*\0", b"MM\0*", b"RIFF")
_ENCRYPTED: Final = "EncryptedPackage".encode("utf-16-le")
_HTML: Final = re.compile(
    rb"\s*(?:<\?xml[^>]{0,200}>\s*)?(?:<!--.{0,500}?-->\s*)*<(?:!doctype\s+html|html|head|body)\b",
    re.IGNORECASE | re.DOTALL,
)
_HTML_NAMES: Final = (".html", ".htm", ".xhtml")
_OWN_NAMES: Final = (".yaml", ".yml", ".json")
_OWN: Final = re.compile(rb"""(?:^|[{,])\s*["']?format["']?\s*:\s*["']?dxrules/""", re.MULTILINE)
_MARKDOWN_NAMES: Final = (".md", ".markdown")


def form_of(raw: bytes, name: str) -> Form:
    """Return the format of a document; raise DocumentFault if it is none that is read."""
    if not raw.strip():
        raise DocumentFault("empty")
    start = raw[:_START]
    if b"%PDF-" in start[:1_024]:
        return "pdf"
    if start.startswith(_ZIP):
        return _packed(raw)
    if start.startswith(_OLE):
        raise DocumentFault("encrypted" if _ENCRYPTED in raw else _other(raw))
    if start.startswith(_PICTURES):
        raise DocumentFault("picture")
    if start.startswith((b"{\\rtf", b".MIT")):
        raise DocumentFault("old")
    if start.startswith(LFS_POINTER):
        raise DocumentFault("pointer")
    lower = name.lower()
    if lower.endswith(_OWN_NAMES) and _OWN.search(start):
        raise DocumentFault("own")
    if lower.endswith(_HTML_NAMES) or _HTML.match(start.removeprefix(b"\xef\xbb\xbf")):
        return "html"
    return "markdown" if lower.endswith(_MARKDOWN_NAMES) else "text"


def _packed(raw: bytes) -> Form:
    """Return what an archive holds, after its declared sizes were looked at."""
    archive = opened(raw)
    parts = {name.casefold() for name in archive.names}
    if "word/document.xml" in parts:
        return "docx"
    if "xl/workbook.xml" in parts:
        return "xlsx"
    if parts & {"mimetype", "[content_types].xml", "_rels/.rels", "index/document.iwa"}:
        raise DocumentFault(_other(raw))
    raise DocumentFault("archive")


def _other(raw: bytes) -> str:
    """Return the fault of a file of an office program: of an .xlsx that lacks parts, damage."""
    kind = kind_of(raw, "document.xlsx")
    if kind is None:
        return "broken"
    return "sheets" if kind.family == "sheets" and b"Index/Document.iwa" not in raw else "old"


def opened(raw: bytes) -> Archive:
    """Return an archive within bounds; raise DocumentFault if it is damaged or unpacks to more."""
    try:
        return Archive(io.BytesIO(raw), DOCUMENT)
    except ArchiveTooLarge as error:
        raise DocumentFault("large") from error
    except ArchiveError as error:
        raise DocumentFault("broken") from error
