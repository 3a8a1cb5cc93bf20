"""Whether the headers of a ZIP archive tell of it what its directory tells, and nothing more.

Some programs go by the directory at the end, others read from the beginning on. Of an archive
in which the two differ each would find other files, so every byte must be accounted for.
"""

from __future__ import annotations

import io
import struct
from typing import IO, TYPE_CHECKING

from dxrules.texts import Text, visible

if TYPE_CHECKING:
    import zipfile

_HEADER = struct.Struct("<4sHHHHHIIIHH")
_END = struct.Struct("<4sHHHHIIH")
_HEADER_MARK, _END_MARK, _DESCRIPTOR_MARK = b"PK\x03\x04", b"PK\x05\x06", b"PK\x07\x08"
_FIELD = struct.Struct("<HH")
_LARGE_SIZES = 0x0001
_LATER, _UTF8 = 0x8, 0x800
"""Flags: sizes and checksum stand behind the content; the name is in UTF-8."""
_UNTOLD = 0xFFFFFFFF
_MANY = 0xFFFF


def differs(archive: zipfile.ZipFile, stream: IO[bytes]) -> Text | None:
    """Say where an archive differs from its directory; None where it does not."""
    if not _ends_well(archive, stream):
        return _AT_THE_END
    entries = sorted(archive.infolist(), key=lambda entry: entry.header_offset)
    starts = [*(each.header_offset for each in entries), archive.start_dir]
    at = 0
    for entry, end in zip(entries, starts[1:], strict=True):
        if entry.header_offset < 0:  # bytes are missing at the beginning
            return DAMAGED.format(name=visible(entry.filename))
        content = _content_at(entry, stream)
        if content is None:
            return _OTHER_HEADER.format(name=visible(entry.filename))
        if entry.header_offset != at:
            return _UNLISTED
        at = content + entry.compress_size
        stream.seek(at)
        behind = stream.read(min(end - at, _LONGEST_DESCRIPTOR)) if end > at else b""
        if behind and behind in _descriptors(entry):
            at += len(behind)
        if at != end:
            return _UNLISTED
    return None if at == archive.start_dir else _UNLISTED


def _ends_well(archive: zipfile.ZipFile, stream: IO[bytes]) -> bool:
    """Tell whether the record that is found from the end is the last thing, and the only one."""
    size = stream.seek(0, io.SEEK_END)
    stream.seek(max(size - _END.size - len(archive.comment), 0))
    mark, *_, number, _, _, _ = _END.unpack(stream.read(_END.size))
    return (
        mark == _END_MARK
        and _END_MARK not in archive.comment
        and number in (len(archive.infolist()), _MANY)
    )


def _content_at(entry: zipfile.ZipInfo, stream: IO[bytes]) -> int | None:
    """Return where the content of an entry begins; None if its header is another than its own."""
    stream.seek(entry.header_offset)
    raw = stream.read(_HEADER.size)
    if len(raw) < _HEADER.size:
        return None
    mark, _, flags, method, _, _, crc, packed, size, name, extra = _HEADER.unpack(raw)
    rest = stream.read(name + extra)
    called = rest[:name].decode("utf-8" if flags & _UTF8 else "cp437", errors="replace")
    told, own = (crc, packed, size), (entry.CRC, entry.compress_size, entry.file_size)
    if _UNTOLD in (packed, size):
        told = (crc, *_large_sizes(rest[name:], packed, size))
    same = (
        mark == _HEADER_MARK
        and len(rest) == name + extra
        and method == entry.compress_type
        and called == entry.orig_filename
        and (told == own or bool(flags & entry.flag_bits & _LATER and not any(told)))
    )
    return entry.header_offset + _HEADER.size + len(rest) if same else None


def _large_sizes(extra: bytes, packed: int, size: int) -> tuple[int, int]:
    """Return the sizes of an entry of which the header says only that they stand elsewhere."""
    while len(extra) >= _FIELD.size:
        tag, length = _FIELD.unpack_from(extra)
        if tag == _LARGE_SIZES and length >= _BOTH.size:
            size, packed = _BOTH.unpack_from(extra, _FIELD.size)
            break
        extra = extra[_FIELD.size + length :]
    return packed, size


_BOTH = struct.Struct("<QQ")


def _descriptors(entry: zipfile.ZipInfo) -> set[bytes]:
    """Return all forms of what may stand behind a content whose sizes were not known before."""
    if not entry.flag_bits & _LATER:
        return set()
    own = (entry.CRC, entry.compress_size, entry.file_size)
    forms = {struct.pack("<IQQ", *own)}
    if max(own) <= _UNTOLD:
        forms.add(struct.pack("<III", *own))
    return forms | {_DESCRIPTOR_MARK + form for form in forms}


_LONGEST_DESCRIPTOR = 24

DAMAGED = Text("中の {name} が壊れています。", "{name} in it is damaged.")
_UNLISTED = Text(
    "中に、一覧(セントラルディレクトリ)にないデータがあります。",
    "It holds data that its directory does not list.",
)
_OTHER_HEADER = Text(
    "中の {name} の見出しが、一覧(セントラルディレクトリ)と違います。",
    "The header of {name} in it differs from the directory.",
)
_AT_THE_END = Text(
    "終わりに別のデータが付いているか、ファイルの数が違います。",
    "Something else stands behind the archive, or it tells another number of files.",
)
