"""Files that say of themselves that they are plans: no report takes their place."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from dxrules.paths import is_regular

if TYPE_CHECKING:
    from pathlib import Path
    from zipfile import ZipFile

_FORMAT = re.compile(
    rb"""(?:^|[{,])[ \t"'{\xef\xbb\xbf\xff\xfe]{0,40}format["']?\s*:\s*["']?dxrules/plan/""",
    re.MULTILINE,
)
"""The key `format` of YAML or JSON, even after a byte-order mark."""
_CELL = re.compile(rb">dxrules/plan/\d+<")
_ENOUGH = 1_000_000
"""Bytes of a file that are looked at: plans are smaller, and reports say at once what they are."""
_FIRST_ROWS = 200_000  # bytes
_LARGEST_PART = 100_000_000
"""Bytes of a part of a workbook; no plan that is read is larger."""
_ZIP = b"PK\x03\x04"


def says_plan(file: Path) -> bool | None:
    """Tell whether a file says that it is a plan; None if it cannot be read.

    What is not there, or is no file, is none.
    """
    try:
        if not is_regular(file):
            return False  # a pipe would wait for its writer
        with file.open("rb") as stream:
            start = stream.read(_ENOUGH)
    except OSError:
        return None
    if start.startswith(_ZIP):
        return _is_filled_in(file)
    return bool(_FORMAT.search(start.replace(b"\0", b"")))  # UTF-16 is not read, and work as well


def _is_filled_in(file: Path) -> bool:
    """Tell whether a ZIP file is a workbook of a plan: a cell holds the plan's format."""
    import zipfile

    from dxrules.source.archive import FOREIGN_ERRORS

    try:
        with zipfile.ZipFile(file) as archive:
            return any(
                _CELL.search(_begun(archive, part.filename))
                for part in archive.infolist()
                if part.filename.startswith(("xl/worksheets/", "xl/sharedStrings"))
                and part.file_size <= _LARGEST_PART
            )
    except FOREIGN_ERRORS:
        return False


def _begun(archive: ZipFile, part: str) -> bytes:
    """Return all texts of a workbook, or the first rows of a sheet: the format is one of them."""
    with archive.open(part) as stream:
        return stream.read() if part.startswith("xl/sharedStrings") else stream.read(_FIRST_ROWS)
