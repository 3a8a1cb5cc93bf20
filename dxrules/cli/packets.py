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
_UNREADABLE = Text("{file}: 読めません({reason})。", "{file}: cannot be read ({reason}).")
_FOLDER_FOR_PACKET = Text(
    "{file}: フォルダです。dxrules check --packet が書いたファイルを指定してください。",
    "{file}: is a folder. Name a file that dxrules check --packet has written.",
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


def read_packet(path: Path) -> Packet:
    """Read a packet; raise UsageError if the file cannot be read, InputError if it is none."""
    from dxrules.assessment.packet import unpack
    from dxrules.source.reason import reason

    name = shown(path)
    try:
        raw = path.read_bytes()
    except FileNotFoundError as error:
        raise UsageError(_NO_PACKET.format(file=name)) from error
    except IsADirectoryError as error:
        raise UsageError(_FOLDER_FOR_PACKET.format(file=name)) from error
    except OSError as error:
        raise UsageError(_UNREADABLE.format(file=name, reason=reason(error))) from error
    return unpack(raw, name)
