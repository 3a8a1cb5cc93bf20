"""ZIP archives read within bounds: names, sizes and digests are checked, nothing is written.

Nothing that an archive says of itself is believed: an entry is inflated in small pieces and
refused as soon as it holds more than its directory declares.
"""

from __future__ import annotations

import io
import stat
import struct
import zipfile
import zlib
from collections.abc import Iterator
from pathlib import PurePosixPath
from typing import IO

from dxrules.errors import UsageError
from dxrules.source.archive_headers import DAMAGED, differs
from dxrules.source.bounds import (
    ARCHIVE_RECORD,
    MB,
    PATH_DEPTH,
    PATH_PART,
    PATH_SIGNS,
    ArchiveBounds,
)
from dxrules.texts import Text, same, visible

_PIECE = 64 * 1024
_COMPRESSIONS = frozenset({zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED})
_ENCRYPTED = 0x1
FOREIGN_ERRORS = (
    zipfile.BadZipFile,  # a wrong directory, header or checksum
    zlib.error,  # a damaged stream
    EOFError,  # a stream that ends early
    NotImplementedError,  # a version or feature that zipfile lacks
    RuntimeError,  # a password
    ValueError,  # an offset before the beginning
    OSError,  # a seek that the system refuses
    OverflowError,
    UnicodeError,  # a name that its own flag contradicts
)
"""What zipfile raises for an archive that is none, or is damaged."""


class ArchiveError(UsageError):
    """An archive is damaged, odd or too large; the text says how, without its name."""


class ArchiveTooLarge(ArchiveError):  # noqa: N818  (says how it is wrong, as its parent)
    """An archive, or what it unpacks to, is beyond a bound."""


class Archive:
    """A ZIP archive whose directory was checked; entries are inflated when they are read.

    Raises ArchiveError for all that is not a plain archive of files: a path that is not
    relative and canonical, a name twice, a link, encryption, another compression than deflate,
    and sizes beyond the bounds.
    """

    def __init__(self, stream: IO[bytes], bounds: ArchiveBounds) -> None:
        self.bounds = bounds
        size = stream.seek(0, io.SEEK_END)
        if size > bounds.packed:
            raise ArchiveTooLarge(larger_than(bounds.packed))
        try:
            self._zip = zipfile.ZipFile(_Sparing(stream, bounds.entries * ARCHIVE_RECORD))
        except FOREIGN_ERRORS as error:
            raise ArchiveError(_NO_ARCHIVE) from error
        self._entries = self._checked(self._zip.infolist())
        if difference := differs(self._zip, stream):
            raise ArchiveError(difference)

    @property
    def names(self) -> tuple[str, ...]:
        """The names of all files, in the order of the archive."""
        return tuple(self._entries)

    def size(self, name: str) -> int:
        """Return the declared size of a file, which reading it holds it to."""
        return self._entries[name].file_size

    def read(self, name: str) -> bytes:
        """Return the bytes of a file; raise ArchiveError if they are not as declared."""
        return b"".join(self.pieces(name))

    def pieces(self, name: str) -> Iterator[bytes]:
        """Yield the bytes of a file in pieces; raise ArchiveError if they are not as declared."""
        entry = self._entries[name]
        left = entry.file_size
        try:
            with self._zip.open(entry) as stream:
                # One byte more than declared is asked for, so that a longer stream shows.
                while piece := stream.read(min(_PIECE, left + 1)):
                    left -= len(piece)
                    if left < 0:
                        break
                    yield piece
        except FOREIGN_ERRORS as error:
            raise ArchiveError(DAMAGED.format(name=visible(name))) from error
        if left:
            raise ArchiveError(_OTHER_SIZE.format(name=visible(name)))

    def _checked(self, entries: list[zipfile.ZipInfo]) -> dict[str, zipfile.ZipInfo]:
        """Return the files by name, after each entry was looked at."""
        if len(entries) > self.bounds.entries:
            raise ArchiveTooLarge(_TOO_MANY.format(count=f"{self.bounds.entries:,}"))
        if sum(entry.file_size for entry in entries) > self.bounds.unpacked:
            raise ArchiveTooLarge(larger_than(self.bounds.unpacked, unpacked=True))
        if entries and min(entry.header_offset for entry in entries) > 0:
            raise ArchiveError(_SOMETHING_BEFORE)
        files: dict[str, zipfile.ZipInfo] = {}
        spellings: set[str] = set()
        for entry in entries:
            _refuse_odd(entry)
            if entry.file_size > self.bounds.entry:
                raise ArchiveTooLarge(larger_than(self.bounds.entry, unpacked=True))
            name = entry.filename
            if name.casefold() in spellings:
                raise ArchiveError(_TWICE.format(name=visible(name)))
            spellings.add(name.casefold())
            if not name.endswith("/"):
                files[name] = entry
        for name in files:
            above = next((str(p) for p in PurePosixPath(name).parents if str(p) in files), None)
            if above is not None:
                raise ArchiveError(_FILE_AND_FOLDER.format(name=visible(above)))
        return files


class _Sparing(io.RawIOBase):
    """A stream of which nothing is read at once that is larger than any directory may be.

    zipfile reads the directory of an archive whole, and believes what it says of its size.
    """

    def __init__(self, stream: IO[bytes], most: int) -> None:
        super().__init__()
        self._stream = stream
        self._most = most + _PIECE

    def readable(self) -> bool:
        """Tell that it can be read."""
        return True

    def seekable(self) -> bool:
        """Tell that it can be searched."""
        return True

    def seek(self, offset: int, whence: int = io.SEEK_SET) -> int:
        """Go to a place."""
        return self._stream.seek(offset, whence)

    def tell(self) -> int:
        """Return the place."""
        return self._stream.tell()

    def read(self, size: int | None = -1) -> bytes:
        """Return bytes; refuse to return more of them than any directory has."""
        asked = self._most + 1 if size is None or size < 0 else size
        if asked > self._most and size is not None and size >= 0:
            raise zipfile.BadZipFile
        found = self._stream.read(asked)
        if len(found) > self._most:
            raise zipfile.BadZipFile
        return found


def is_plain_path(name: str) -> bool:
    r"""Tell whether a name is a relative path in its one canonical spelling.

    >>> is_plain_path("rulesets/national/a.yaml")
    True
    >>> any(map(is_plain_path, ("a//b", "/a", "../a", "a/./b", "a\\b", "C:a", "", "a\x1b", "a/")))
    False
    """
    path = PurePosixPath(name)
    return (
        0 < len(name) <= PATH_SIGNS
        and path.as_posix() == name
        and not path.is_absolute()
        and name != "."
        and ".." not in path.parts
        and len(path.parts) <= PATH_DEPTH
        and all(len(part.encode(errors="replace")) <= PATH_PART for part in path.parts)
        and not any(char in name for char in "\\:")
        and visible(name) == name
    )


def _refuse_odd(entry: zipfile.ZipInfo) -> None:
    """Raise ArchiveError if an entry is no plain file or folder at a plain path."""
    name = same(visible(entry.filename) or '""')
    path = entry.filename.removesuffix("/")
    # zipfile cuts a name at its first NUL; the two halves could name two files.
    if (
        not is_plain_path(path)
        or entry.orig_filename != entry.filename
        or _second_name(entry) not in ("", entry.filename)
    ):
        raise ArchiveError(_OUTSIDE.format(name=name))
    mode = entry.external_attr >> 16
    if stat.S_IFMT(mode) not in (0, stat.S_IFREG, stat.S_IFDIR):
        raise ArchiveError(_LINK.format(name=name))
    if entry.flag_bits & _ENCRYPTED:
        raise ArchiveError(_PASSWORD)
    if entry.compress_type not in _COMPRESSIONS:
        raise ArchiveError(_COMPRESSION.format(name=name))


def _second_name(entry: zipfile.ZipInfo) -> str:
    """Return the name of an entry by a field of Info-ZIP, which some programs go by; else nothing.

    zipfile itself does so from Python 3.13 on.
    """
    rest = entry.extra
    while len(rest) >= _FIELD.size:
        tag, size = _FIELD.unpack_from(rest)
        if tag == _UNICODE_PATH:
            name = rest[_FIELD.size + _BEFORE_NAME : _FIELD.size + size]
            return name.decode("utf-8", errors="replace")
        rest = rest[_FIELD.size + size :]
    return ""


_FIELD = struct.Struct("<HH")
_UNICODE_PATH, _BEFORE_NAME = 0x7075, 5
"""The tag of that field, and the bytes of its version and checksum."""


def larger_than(size: int, *, unpacked: bool = False) -> Text:
    """Say that a file, or what it unpacks to, is larger than a bound."""
    shown = f"{size / MB:,g}"
    if unpacked:
        return Text(
            f"展開すると {shown} MB を超えます。", f"Larger than {shown} MB when it is unpacked."
        )
    return Text(f"{shown} MB を超えています。", f"Larger than {shown} MB.")


_NO_ARCHIVE = Text("ZIPとして読めません。", "Cannot be read as a ZIP archive.")
_OTHER_SIZE = Text(
    "中の {name} の大きさが、書かれているものと違います。",
    "{name} in it has not the size that the archive declares.",
)
_TOO_MANY = Text("中のファイルが {count} 件を超えています。", "It holds more than {count} files.")
_OUTSIDE = Text(
    "中のファイル名 {name} は使えません。", "The file name {name} in it is not allowed."
)
_SOMETHING_BEFORE = Text(
    "前に別のデータが付いています。", "Something else stands before the archive."
)
_TWICE = Text("中に {name} が2つあります。", "It holds {name} twice.")
_FILE_AND_FOLDER = Text(
    "中の {name} が、ファイルとフォルダの両方になっています。",
    "{name} in it is both a file and a folder.",
)
_LINK = Text("中の {name} が通常のファイルではありません。", "{name} in it is no regular file.")
_PASSWORD = Text("パスワードが付いています。", "It is protected by a password.")
_COMPRESSION = Text(
    "中の {name} の圧縮方式は読めません。", "{name} in it is compressed in a way that is not read."
)
