"""ZIP archives of others: what is no plain archive of files is refused, in one message."""

from __future__ import annotations

import contextlib
import io
import stat
import struct
import zipfile
import zlib

import pytest

from dxrules.source.archive import Archive, ArchiveError
from dxrules.source.bounds import ArchiveBounds
from tests.helpers.archives import archive, entry, lying

BOUNDS = ArchiveBounds(packed=100_000, entries=5, entry=10_000, unpacked=20_000)


def opened(raw, bounds=BOUNDS):
    """Return the archive in some bytes."""
    return Archive(io.BytesIO(raw), bounds)


def test_reads_files_in_their_order():
    """Files are read by name, in the order of the archive; folders are passed over."""
    found = opened(archive(("b/", b""), ("b/c", b"1" * 5000), ("a", b"")))
    assert found.names == ("b/c", "a")
    assert (found.read("b/c"), found.read("a"), found.size("b/c")) == (b"1" * 5000, b"", 5000)


@pytest.mark.parametrize(
    ("name", "shown"),
    [
        ("", '""'),
        ("/", "/"),
        ("rulesets//etc/x", "rulesets//etc/x"),
        ("/etc/x", "/etc/x"),
        ("../x", "../x"),
        ("a/../x", "a/../x"),
        ("./x", "./x"),
        ("rulesets/.", "rulesets/."),
        ("a\\b", "a\\b"),
        ("C:x", "C:x"),
        ("a\x1b[31m", "a<U+001B>[31m"),
        ("a\u202eb", "a<U+202E>b"),
        ("a\nb", "a<U+000A>b"),
        ("x" * 256, "x" * 256),
        ("/".join("a" * 21), "/".join("a" * 21)),
    ],
)
def test_refuses_names_that_are_no_plain_paths(name, shown):
    """A name that could lead elsewhere, or that a terminal would obey, is refused and shown."""
    with pytest.raises(ArchiveError) as error:
        opened(archive((name, b"x")))
    assert error.value.text.en == f"The file name {shown} in it is not allowed."
    assert error.value.text.ja == f"中のファイル名 {shown} は使えません。"


def test_refuses_a_name_twice_in_any_case():
    """Two entries of one name, also in capitals, could be read in two ways."""
    with pytest.raises(ArchiveError, match="It holds A twice"):
        opened(archive(("a", b"1"), ("A", b"2")))


def test_refuses_a_file_that_is_a_folder_too():
    """A name cannot be a file and a folder."""
    with pytest.raises(ArchiveError, match="a in it is both a file and a folder"):
        opened(archive(("a/b", b"1"), ("a", b"2")))


def test_refuses_what_others_read_in_another_way():
    """Programs that read an archive from its start find another one before it, or another name."""
    raw = archive(("a", b"1"))
    for before in (archive(("a", b"2")), b"#!/bin/sh\n"):
        with pytest.raises(ArchiveError) as caught:
            opened(before + raw)
        assert caught.value.text.en == "Something else stands before the archive."
    named = entry("a")
    for second in (b"../x", b"a"):
        field = b"\1" + struct.pack("<I", zlib.crc32(b"a")) + second
        named.extra = struct.pack("<HH", 1, 0) + struct.pack("<HH", 0x7075, len(field)) + field
        with contextlib.nullcontext() if second == b"a" else pytest.raises(ArchiveError):
            assert opened(archive((named, b"1"))).names == ("a",)


def test_refuses_what_the_directory_does_not_list():
    """Programs that read from the beginning would find other files than those that are read."""
    raw, smuggled = archive(("a", b"1" * 50), ("c", b"2")), archive(("b", b"3"))
    header = smuggled[: smuggled.index(b"PK\x01\x02")]
    directory, end = raw.index(b"PK\x01\x02"), raw.index(b"PK\x05\x06")
    start = raw[directory:end]
    behind = raw[:directory] + header + start + _end_at(raw[end:], directory + len(header))
    assert _refusal(behind) == "It holds data that its directory does not list."
    second = raw.rindex(b"PK\x03\x04")
    moved = bytearray(start)
    struct.pack_into("<I", moved, start.rindex(b"PK\x01\x02") + 42, second + len(header))
    between = raw[:second] + header + raw[second:directory] + bytes(moved)
    between += _end_at(raw[end:], directory + len(header))
    assert _refusal(between) == "It holds data that its directory does not list."
    assert _refusal(header + _end_at(archive(), len(header))) == (
        "It holds data that its directory does not list."
    )


def _end_at(end, offset):
    """Return the last record of an archive, whose directory begins at an offset."""
    return end[:16] + struct.pack("<I", offset) + end[20:]


def _refusal(raw):
    with pytest.raises(ArchiveError) as caught:
        opened(raw)
    return caught.value.text.en


@pytest.mark.parametrize(
    ("at", "value"),
    [
        (0, b"PX"),
        (8, b"\0"),
        (14, b"\1"),
        (18, b"\1"),
        (22, b"\1"),
        (26, b"\2"),
        (28, b"\xff"),
        (30, b"b"),
    ],
)
def test_refuses_a_header_that_the_directory_contradicts(at, value):
    """Its mark, method, checksum, sizes and name are those of the directory."""
    raw = bytearray(archive(("a", b"1" * 50)))
    raw[at : at + len(value)] = value
    assert _refusal(bytes(raw)) == "The header of a in it differs from the directory."


@pytest.mark.parametrize("told", [b"", b"x" * 22, archive(("b", b"1"))])
def test_refuses_another_end(told):
    """What is found from the end is the end, and tells how many files there are."""
    raw = archive(("a", b"1"))
    number = raw.index(b"PK\x05\x06") + 10
    other = raw + told if told else raw[:number] + b"\7" + raw[number + 1 :]
    said = _refusal(other)
    assert said.startswith("Something else stands b")


def test_reads_what_other_programs_write():
    """Sizes that stand behind the content or in a field for large ones, and a remark at the end."""
    for unseekable in (False, True):
        for large in (False, True):
            stream = io.BytesIO()
            if unseekable:
                stream.seekable = stream.tell = stream.seek = _no_seek
            with zipfile.ZipFile(stream, "w") as made:
                made.comment = b"made by hand"
                for name in ("a", "b"):
                    with made.open(name, "w", force_zip64=large) as file:
                        file.write(b"1" * 50)
            assert opened(stream.getvalue()).read("b") == b"1" * 50


def _no_seek(*_):
    raise io.UnsupportedOperation


def test_refuses_links():
    """A symbolic link is no regular file."""
    link = zipfile.ZipInfo("a")
    link.external_attr = (stat.S_IFLNK | 0o777) << 16
    with pytest.raises(ArchiveError, match="a in it is no regular file"):
        opened(archive((link, b"/etc/passwd")))


@pytest.mark.parametrize("method", [zipfile.ZIP_BZIP2, zipfile.ZIP_LZMA])
def test_refuses_rare_compressions(method):
    """Only what every program reads is read."""
    with pytest.raises(ArchiveError, match="a in it is compressed in a way that is not read"):
        opened(archive((entry("a", method), b"x")))


def test_refuses_a_password():
    """An encrypted entry is told as what it is."""
    raw = bytearray(archive(("a", b"x")))
    directory = raw.index(b"PK\x01\x02")
    raw[directory + 8] |= 1
    with pytest.raises(ArchiveError, match="protected by a password"):
        opened(bytes(raw))


@pytest.mark.parametrize(
    ("raw", "message"),
    [
        (archive(*((f"{n}", b"") for n in range(6))), "It holds more than 5 files."),
        (b"x" * 100_001, "Larger than 0.1 MB."),
        (archive(("a", b"x" * 10_001)), "Larger than 0.01 MB when it is unpacked."),
        (archive(("a", b"x" * 9_999), ("b", b"x" * 9_999), ("c", b"xxx")), "Larger than 0.02 MB"),
        (b"", "Cannot be read as a ZIP archive."),
        (b"PK\x03\x04" + b"x" * 50, "Cannot be read as a ZIP archive."),
        (archive(("a", b"x" * 500))[9:], "a in it is damaged."),
    ],
)
def test_refuses_what_is_too_large_or_no_archive(raw, message):
    """Sizes, numbers and damage each have their message."""
    with pytest.raises(ArchiveError) as error:
        opened(raw).read("a")
    assert error.value.text.en.startswith(message)


@pytest.mark.parametrize("declared", [10, 9_000])
def test_believes_no_declared_size(declared):
    """A stream longer or shorter than declared is refused before more of it is inflated."""
    found = opened(lying("a", b"x" * 5_000_000 if declared == 10 else b"x" * 100, declared))
    with pytest.raises(ArchiveError, match=r"a in it (is damaged|has not the size)"):
        found.read("a")


@pytest.mark.parametrize("cut", range(5, 400, 13))
def test_no_damage_ends_in_another_error(cut):
    """Bytes missing or changed anywhere give an ArchiveError or the right bytes."""
    whole = archive(("a", bytes(range(256)) * 4), ("b", b"y" * 2000))
    for raw in (whole[:cut] + whole[cut + 3 :], whole[:cut] + b"\xff" + whole[cut + 1 :]):
        with contextlib.suppress(ArchiveError):
            found = opened(raw)
            for name in found.names:
                assert len(found.read(name)) == found.size(name)
