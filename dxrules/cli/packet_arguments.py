"""Packets as commands name, read and write them, and the digests by which they are known."""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import contextmanager
from hashlib import sha256
from pathlib import Path
from typing import IO, TYPE_CHECKING

from dxrules.cli.streams import complain
from dxrules.errors import UsageError
from dxrules.paths import is_endless, is_folder, open_file, shown
from dxrules.texts import Text, shorten, visible

if TYPE_CHECKING:
    from dxrules.assessment.packet import Packet

_PIECE = 1 << 20

_NO_PACKET = Text(
    "{file}: ファイルがありません。dxrules check --packet が書いたファイルを指定してください。",
    "{file}: no such file. Name a file that dxrules check --packet has written.",
)
_UNREADABLE = Text("{file}: 読めません({reason})。", "{file}: cannot be read ({reason}).")
_FOLDER_FOR_PACKET = Text(
    "{file}: フォルダです。dxrules check --packet が書いたファイルを指定してください。",
    "{file}: is a folder. Name a file that dxrules check --packet has written.",
)
_NO_FILE = Text(
    "{file}: 通常のファイルではありません。パケットをファイルに保存して指定してください。",
    "{file}: is no regular file. Save the packet to a file, and name that.",
)
_NO_DIGEST = Text(
    "--expect-sha256: 「{said}」はSHA-256(16進64桁)ではありません。",
    '--expect-sha256: "{said}" is no SHA-256 (64 hexadecimal digits).',
)
_DIGEST = Text(
    "{file}: SHA-256 {digest}(控えておけば、dxrules replay --expect-sha256 で確かめられる)",
    "{file}: SHA-256 {digest} (note it: dxrules replay --expect-sha256 checks it)",
)
_UNSEALED = Text(
    "{file}: 前の形式(dxrules/packet/1)です。manifest.json の改変は、この形式では分かりません。",
    "{file}: is of the earlier form (dxrules/packet/1), which does not tell whether manifest.json "
    "was edited.",
)
_ENDING = ".zip"
_OTHER_ENDING = Text(
    "{file}: --packet のファイル名は {ending} で終わるものにしてください(例: --packet filed.zip)。",
    "{file}: the name of a packet ends in {ending}. Write --packet filed.zip, for example.",
)


def refuse_other_ending(path: Path | None) -> None:
    """Raise UsageError if a packet that is to be written has not the name of one."""
    if path is not None and path.suffix.lower() != _ENDING:
        raise UsageError(_OTHER_ENDING.format(file=shown(path), ending=_ENDING))


@contextmanager
def opened(path: Path) -> Iterator[Packet]:
    """Open a packet for reading.

    Raises UsageError if the file cannot be read, InputError if it is none.
    """
    from dxrules.assessment.packet import open_packet

    name = shown(path)
    with _stream(path, name) as stream:
        yield open_packet(stream, name)


def digest_of(path: Path) -> str:
    """Return the SHA-256 of a packet; raise UsageError if it cannot be read."""
    digest = sha256()
    with _stream(path, shown(path)) as stream:
        while piece := stream.read(_PIECE):
            digest.update(piece)
    return digest.hexdigest()


@contextmanager
def _stream(path: Path, name: str) -> Iterator[IO[bytes]]:
    from dxrules.source.os_errors import reason

    try:
        if is_folder(path):
            raise UsageError(_FOLDER_FOR_PACKET.format(file=name))
        if is_endless(path):
            raise UsageError(_NO_FILE.format(file=name))
        stream = open_file(path)
    except FileNotFoundError as error:
        raise UsageError(_NO_PACKET.format(file=name)) from error
    except OSError as error:
        raise UsageError(_UNREADABLE.format(file=name, reason=reason(error))) from error
    with stream:
        yield stream


def digest_wanted(said: str | None) -> str | None:
    """Return a SHA-256 that was asked for; raise UsageError if it is none."""
    if said is None or re.fullmatch(r"[0-9a-fA-F]{64}", said):
        return said and said.lower()
    raise UsageError(_NO_DIGEST.format(said=visible(shorten(said))))


def say_digest(path: Path) -> None:
    """Say the SHA-256 of a packet that was written, to be kept elsewhere."""
    said = _DIGEST.format(file=shown(path), digest=digest_of(path))
    complain(said)


def say_unsealed(packet: Packet) -> None:
    """Say of a packet whose manifest has no digest of its own that an edit of it does not show."""
    if not packet.sealed:
        complain(_UNSEALED.format(file=packet.name))
