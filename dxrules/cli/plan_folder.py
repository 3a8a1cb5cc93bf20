"""A folder of plans: what is read of it, and what looks like a plan and is not read.

A file deserves a line if somebody may have taken it for a plan that is judged: a workbook or a
document of another kind, a name that almost ends as plans do, a link. Files of other programs
(README.md, pictures, hidden folders such as .git) need none.
"""

from __future__ import annotations

import os
import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from pathlib import Path

from dxrules.frozen import frozen
from dxrules.paths import (
    OPENED_BY_OFFICE,
    SIDE_OF_DRAFT,
    is_almost_read,
    is_folder,
    is_hidden,
    is_link,
    is_regular,
    is_there,
    open_file,
)
from dxrules.source.bounds import PLAN_BYTES, WORKBOOK_LOOKED_AT
from dxrules.source.file_kind import Family, family_of, kind_of
from dxrules.source.os_errors import reason
from dxrules.texts import Text, same

ENDINGS = (".yaml", ".yml", ".json", ".xlsx")
"""How the names of files end that are taken for plans."""
MOST_REMARKS = 20
"""What is said of one folder; of further files their number is."""

_NOT_READ = Text("{file}: 読んでいません。", "{file}: not read. ")
NO_URL = Text(
    "{url}: URLの計画を読むのは `dxrules check` だけです。"
    "ダウンロードして、パスで指定してください。",
    "{url}: only `dxrules check` reads plans at a URL. Download it, and name it by its path.",
)
_OWN = ".dxrules-"
"""What a process that was killed may have left behind."""

_OTHER_ENDING = _NOT_READ + Text(
    "計画として読むのは、名前が .yaml、.yml、.json、.xlsx で終わるファイルです。計画なら名前を"
    "改め、そうでなければフォルダの外に移してください。",
    "What is read as a plan has a name that ends in .yaml, .yml, .json or .xlsx. Rename it if it "
    "is a plan, else move it elsewhere.",
)
_HIDDEN = _NOT_READ + Text(
    "名前が「.」で始まるファイルは読みません。計画なら名前を改めてください。",
    "Files whose names begin with a full stop are left out. Rename it if it is a plan.",
)
_SIDE_FILE = _NOT_READ + Text(
    "名前が .draft.json で終わるのは、下書きに添えるファイルです。計画なら名前を改めてください。",
    "A name that ends in .draft.json is that of a file beside a draft. Rename it if it is a plan.",
)
_SHEETS = _NOT_READ + Text(
    "計画なら、Excelなどで開き、「Excel ブック (*.xlsx)」として保存し直してください。",
    "If it is a plan, open it in Excel, for example, and save it as an Excel workbook (.xlsx).",
)
_PROSE = _NOT_READ + Text(
    "公表された計画書なら、`dxrules draft` で計画ファイルを下書きしてください。",
    "If it is a plan as it was published, draft a plan file from it with `dxrules draft`.",
)
_PACKED = _NOT_READ + Text(
    "計画が入っているなら、展開してください。", "If there are plans in it, unpack it."
)
_LOST_LINK = _NOT_READ + Text("リンク先がありません。", "This is a link that leads nowhere.")
_LINKED = _NOT_READ + Text(
    "フォルダへのリンクはたどりません。リンク先のフォルダを指定してください。",
    "Links to folders are not followed. Name the folder that it leads to.",
)
_NO_PLANS = Text(
    "{file}: 計画ファイル(.yaml、.json、.xlsx)がありません。",
    "{file}: no plan file (.yaml, .json, .xlsx) in this folder.",
)
_CLOSED = Text(
    "{file}: フォルダを読めません({reason})。", "{file}: this folder cannot be read ({reason})."
)
_MORE = Text(
    "{file}: 読んでいないファイルが、ほかに{count}件あります。",
    "{file}: {count} more files are not read.",
)
_NAMELESS = frozenset({"", ".txt", ".text"})
"""Endings that say nothing of what a file holds, so that it is looked at."""
_BY_FAMILY: Mapping[Family | None, Text] = {"sheets": _SHEETS, "prose": _PROSE, "packed": _PACKED}
"""What is said of a file of a folder; one of text may stand by, as a README does."""

_FORMAT = re.compile(
    rb"""(?:^|[{,])[ \t"'{\xef\xbb\xbf\xff\xfe]{0,40}format["']?\s*:\s*["']?dxrules/plan/""",
    re.MULTILINE,
)
"""The key `format` of YAML or JSON, even after a byte-order mark."""
_PLACES = re.compile(rb'\s*\{\s*"format":\s*"dxrules/places/')
"""How the side file of a draft begins."""
_CELL = re.compile(rb">dxrules/plan/\d+<")
_ENOUGH = 1_000_000
"""Bytes of a file that are looked at: plans are smaller, and reports say at once what they are."""
_FIRST_ROWS = 200_000  # bytes
_LONGEST = 40
"""Bytes of such a cell, which may stand in two pieces, and of the start of a side file."""
_ZIP = b"PK\x03\x04"


@frozen
class Scan:
    """The files of a folder that are taken for plans, and what is to be said of others.

    `faults` are folders without a plan, and those that cannot be read.
    """

    plans: tuple[Path, ...]
    remarks: tuple[Text, ...]
    faults: tuple[tuple[str, Text], ...]


def scan(folder: Path, shown: Callable[[Path], str]) -> Scan:
    """Look through a folder and those in it; `shown` is how messages call a path."""
    plans: list[Path] = []
    remarks: list[Text] = []
    faults: list[tuple[str, Text]] = []

    def closed(error: OSError) -> None:
        name = shown(Path(os.fsdecode(error.filename)))
        faults.append((name, _CLOSED.format(file=name, reason=reason(error))))

    for here, folders, files in os.walk(folder, onerror=closed):
        folders[:] = sorted(name for name in folders if not is_hidden(name))
        remarks += [
            _LINKED.format(file=shown(path))
            for path in (Path(here, name) for name in folders)
            if is_link(path)
        ]
        for path in sorted(Path(here, name) for name in files):
            if is_plan_file(path.name):
                plans.append(path)
            elif said := _why_not(path):
                remarks.append(said.format(file=shown(path)))
    if not plans and not faults:
        faults.append((shown(folder), _NO_PLANS.format(file=shown(folder))))
    return Scan(tuple(sorted(plans)), tuple(first_remarks(remarks, shown(folder))), tuple(faults))


def folders_of_plans(files: Iterable[Path]) -> Iterator[str]:
    """Yield the folders of files in which a plan stands."""
    for folder in dict.fromkeys(file.parent for file in files):
        if is_folder(folder) and any(
            is_plan_file(path.name) and says_plan(path) for path in folder.iterdir()
        ):
            yield str(folder)


def refused_by_kind(path: Path, name: str) -> Text | None:
    """Return what to say of a file that was named and is of a kind that is no plan.

    None of what may be a plan, or cannot be read, which reading it tells. `name` is how messages
    call it.
    """
    family = family_of(path.name)
    if family is None or not is_regular(path) or says_plan(path) is not False:
        return None
    kind = kind_of(path.read_bytes(), name) if path.stat().st_size <= PLAN_BYTES else None
    if kind is not None:
        return same(f"{name}: ") + kind.no_plan
    return _BY_FAMILY.get(family, _PROSE).format(file=name)


def says_plan(file: Path) -> bool | None:
    """Tell whether a file says that it is a plan; None if it cannot be read.

    What is not there, or is no file, is none.
    """
    try:
        if not is_regular(file):
            return False  # a pipe would wait for its writer
        with open_file(file) as stream:
            start = stream.read(_ENOUGH)
    except OSError:
        return None
    if start.startswith(_ZIP):
        return _is_filled_in(file)
    return bool(_FORMAT.search(start.replace(b"\0", b"")))  # UTF-16 is not read, and work as well


def _is_side_file(file: Path) -> bool:
    """Tell whether a file says that it is the side file of a draft; not if it cannot be read."""
    try:
        if not is_regular(file):
            return False
        with open_file(file) as stream:
            return bool(_PLACES.match(stream.read(_LONGEST)))
    except OSError:
        return False


def _is_filled_in(file: Path) -> bool:
    """Tell whether a ZIP file is a workbook of a plan: a cell holds the plan's format."""
    from dxrules.source.archive import Archive, ArchiveError

    try:
        with file.open("rb") as stream:
            archive = Archive(stream, WORKBOOK_LOOKED_AT)
            return any(
                _holds_format(archive.pieces(part), part)
                for part in archive.names
                if part.startswith(("xl/worksheets/", "xl/sharedStrings"))
            )
    except (ArchiveError, OSError):
        return False


def _holds_format(pieces: Iterable[bytes], part: str) -> bool:
    """Look through all texts of a workbook, or the first rows of a sheet, piece by piece."""
    whole = part.startswith("xl/sharedStrings")
    seen, end = 0, b""
    for piece in pieces:
        if _CELL.search(end + piece):
            return True
        seen, end = seen + len(piece), (end + piece)[-_LONGEST:]
        if seen >= _FIRST_ROWS and not whole:
            break
    return False


def is_plan_file(name: str) -> bool:
    """Tell whether a file of a folder is taken for a plan, by its name alone."""
    if is_hidden(name) or name.endswith(SIDE_OF_DRAFT):
        return False
    return Path(name).suffix.lower() in ENDINGS


def why_not_by_name(name: str) -> Text | None:
    """Return what to say of a file that is not read, by its name; None if it needs no word."""
    if is_hidden(name) or is_plan_file(name):
        return None
    if name.endswith(SIDE_OF_DRAFT):
        return _SIDE_FILE
    if said := _BY_FAMILY.get(family_of(name)):
        return said
    return _OTHER_ENDING if is_almost_read(name) else None


def remarks_by_name(addresses: Iterable[str], folder: str) -> Iterator[Text]:
    """Yield what to say of files elsewhere that are not read, by their addresses."""
    said = ((address, why_not_by_name(address.rpartition("/")[2])) for address in sorted(addresses))
    remarks = [text.format(file=address) for address, text in said if text is not None]
    yield from first_remarks(remarks, folder)


def _why_not(path: Path) -> Text | None:
    name = path.name
    if name.startswith((OPENED_BY_OFFICE, _OWN)):
        return None
    if name.startswith("."):
        says_so = path.suffix.lower() in ENDINGS and says_plan(path)
        return _HIDDEN if says_so else None
    if name.endswith(SIDE_OF_DRAFT):
        return None if _is_side_file(path) else _SIDE_FILE
    if is_link(path) and not is_there(path):
        return _LOST_LINK
    if path.suffix.lower() in _NAMELESS and not is_almost_read(name):
        return _OTHER_ENDING if says_plan(path) else None
    return why_not_by_name(name)


def first_remarks(remarks: list[Text], folder: str) -> Iterator[Text]:
    """Yield the first remarks, and how many more there are."""
    yield from remarks[:MOST_REMARKS]
    more = len(remarks) - MOST_REMARKS
    if more > 0:
        yield _MORE.format(file=folder, count=more)
