"""What a program can make again, kept in the user's own folder beside a key and a digest.

The key tells all that it was made from; what has another, has decayed, or can have been written
by somebody else is passed over.
"""

from __future__ import annotations

import os
import sys
from contextlib import suppress
from hashlib import sha256
from stat import S_IWGRP, S_IWOTH
from typing import TYPE_CHECKING

from dxrules.errors import UsageError
from dxrules.paths import is_regular

if TYPE_CHECKING:
    from pathlib import Path


def kept(folder: Path, name: str, key: str) -> bytes | None:
    """Return what was kept under a key, if it is whole and nobody else can have written it."""
    path = folder / name
    if not is_regular(path):  # opening a pipe would wait for its writer
        return None
    try:
        with path.open("rb") as stream:
            if not (_is_ours(folder.stat()) and _is_ours(os.fstat(stream.fileno()))):
                return None
            said = stream.readline().split()
            content = stream.read()
    except OSError:
        return None
    return content if said == [key.encode(), sha256(content).hexdigest().encode()] else None


def keep(folder: Path, name: str, key: str, content: bytes) -> None:
    """Keep content; where nothing can be written, or others could, it is not kept."""
    from dxrules.source import write_whole

    head = f"{key} {sha256(content).hexdigest()}\n".encode()
    with suppress(OSError, UsageError):
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        if _is_ours(folder.stat()):
            write_whole({folder / name: head + content})


def _is_ours(state: os.stat_result) -> bool:
    """Tell whether only this user can write it; Windows sees to that by where the folder is."""
    if sys.platform == "win32":
        return True
    return state.st_uid == os.geteuid() and not state.st_mode & (S_IWGRP | S_IWOTH)
