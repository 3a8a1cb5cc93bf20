"""Packets that commands read."""

from __future__ import annotations

from typing import TYPE_CHECKING

from dxrules.cli.common import shown
from dxrules.errors import UsageError
from dxrules.texts import Text

if TYPE_CHECKING:
    from pathlib import Path

    from dxrules.assessment.packet import Packet

_NO_PACKET = Text(
    "{file}: ファイルがありません。dxrules check --packet が書いたファイルを指定してください。",
    "{file}: no such file. Name a file that dxrules check --packet has written.",
)
_FOLDER_FOR_PACKET = Text(
    "{file}: フォルダです。dxrules check --packet が書いたファイルを指定してください。",
    "{file}: is a folder. Name a file that dxrules check --packet has written.",
)


def read_packet(path: Path) -> Packet:
    """Read a packet; raise UsageError if the file cannot be read, InputError if it is none."""
    from dxrules.assessment.packet import unpack

    name = shown(path)
    try:
        raw = path.read_bytes()
    except FileNotFoundError as error:
        raise UsageError(_NO_PACKET.format(file=name)) from error
    except IsADirectoryError as error:
        raise UsageError(_FOLDER_FOR_PACKET.format(file=name)) from error
    except OSError as error:
        reason = error.strerror
        raise UsageError(
            Text(f"{name}: 読めません({reason})。", f"{name}: cannot be read ({reason}).")
        ) from error
    return unpack(raw, name)
