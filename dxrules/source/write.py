"""Files are written whole or not at all."""

from __future__ import annotations

import contextlib
import errno
import os
import stat
from collections.abc import Callable, Mapping
from functools import cache
from hashlib import sha256
from pathlib import Path
from types import MappingProxyType
from typing import IO

from dxrules.errors import UsageError
from dxrules.paths import led_to, open_file
from dxrules.source.bounds import BASELINE_BYTES
from dxrules.source.os_errors import reason
from dxrules.source.unfinished import hold_alone, unfinished_folder
from dxrules.texts import Text, visible

FileContent = bytes | Callable[[IO[bytes]], None]

Stamp = tuple[int, int, int, int, bytes]
"""What tells a file from any that takes its place, or from itself once it was written into.

Programs can keep a file's time, and clocks are coarse, so its content counts; that of a file which
is larger than any that people write is not read for it.
"""
_PIECE = 1 << 20
_UNWRITABLE = Text("{file}: 書き込めません({reason})。", "{file}: cannot be written ({reason}).")
_DASH = Text(
    "- という名前のファイルやフォルダには書きません。別の名前を指定してください。",
    'No file or folder is called "-". Name another one.',
)
_CHANGED = Text(
    "{file}: この間にほかで書き換えられたので、上書きしませんでした。もう一度実行してください。",
    "{file}: was changed elsewhere meanwhile, so it is not overwritten. Call again.",
)


class FileChangedError(UsageError):
    """A file is not any more what it was when it was read."""


def stamp(path: Path) -> Stamp | None:
    """Return what tells whether a file is still what it was; None if there is none to be seen."""
    try:
        found, digest = path.stat(), b""
    except (OSError, ValueError):
        return None
    if found.st_size <= BASELINE_BYTES:
        with contextlib.suppress(OSError), open_file(path) as stream:
            content = sha256()
            while piece := stream.read(_PIECE):
                content.update(piece)
            digest = content.digest()
    return found.st_dev, found.st_ino, found.st_size, found.st_mtime_ns, digest


def refuse_changed(path: Path, seen: Stamp | None) -> None:
    """Raise FileChangedError where a file is not any more what it was when it was `seen`."""
    if stamp(path) != seen:
        raise changed(path)


def changed(path: Path) -> FileChangedError:
    """Return the error of a file that somebody else has written, or is writing now."""
    return FileChangedError(_CHANGED.format(file=visible(path.as_posix())))


def refuse_dash(path: Path) -> None:
    """Raise UsageError for a name that people write where they mean standard output."""
    if path.name == "-":
        raise UsageError(_DASH)


def write_whole(
    files: Mapping[Path, FileContent], seen: Mapping[Path, Stamp | None] = MappingProxyType({})
) -> None:
    """Write all files beside their place first, then put each in its place.

    The content of a file is its bytes, or a function that writes them to a stream. Where a path
    is a link, the file that it leads to is written. What is made of the file that it replaces
    says as what that was `seen`, and what is to be new, that there was none.
    Raises UsageError, and leaves every old file as it was, if one cannot be written, or, as
    FileChangedError, is not any more what it was.
    """
    for path in files:
        refuse_dash(path)
    path = Path()
    with contextlib.ExitStack() as cleaning:
        # One for all files of a folder: each is held open, and a process may open some 256 files.
        room = cache(lambda folder: unfinished_folder(folder, cleaning))
        try:
            ready = []
            for number, (path, content) in enumerate(files.items()):
                target = _target(path)
                new, aside = (room(target.parent) / f"{number}.{each}" for each in ("new", "old"))
                _write(new, content, target)
                put = _put_first if path in seen and seen[path] is None else Path.replace
                ready.append((target, put, new, _kept(target, aside)))
            for path, was in seen.items():
                # Whoever writes it at this moment holds it, too; what they replace is another file.
                if not hold_alone(_target(path), cleaning):
                    raise changed(path)
                refuse_changed(path, was)
            with contextlib.ExitStack() as undoing:
                for path, put, temporary, old in ready:
                    put(temporary, path)
                    undoing.callback(_undo, path, old)
                undoing.pop_all()
        except FileExistsError as error:
            raise changed(path) from error
        except OSError as error:
            raise UsageError(
                _UNWRITABLE.format(file=visible(path.as_posix()), reason=reason(error))
            ) from error


def _target(path: Path) -> Path:
    """Return where a path leads: a link stays a link, and what it names is written."""
    target = led_to(path)
    if path.exists() and not target.exists():  # /dev/stdout leads to a pipe without a path
        raise OSError(errno.ESPIPE, "no regular file")
    return target


def _write(new: Path, content: FileContent, target: Path) -> None:
    """Write what is to become a file.

    Whoever can read a file that is there can read the new one, and nobody else.
    """
    with new.open("xb") as stream:
        if isinstance(content, bytes):
            stream.write(content)
        else:
            content(stream)
        stream.flush()
        os.fsync(stream.fileno())
    new.chmod(stat.S_IMODE(target.stat().st_mode) if target.exists() else 0o644)


def _kept(path: Path, old: Path) -> Path | None:
    """Let `old` be another name of the file that stands at `path`; None if there is none."""
    if not path.exists():
        return None
    if not path.is_file():
        code = errno.EISDIR if path.is_dir() else errno.ESPIPE
        raise OSError(code, "not a regular file")
    try:
        os.link(path, old, follow_symlinks=False)
    except (OSError, NotImplementedError):  # not every folder can hold a file by two names
        import shutil

        shutil.copy2(path, old)
    return old


def _put_first(made: Path, path: Path) -> None:
    """Put a file where there is none; FileExistsError where somebody was first."""
    try:
        os.link(made, path)
    except FileExistsError:
        raise
    except (OSError, NotImplementedError):  # not every folder can hold a file by two names
        made.replace(path)


def _undo(path: Path, old: Path | None) -> None:
    if old is None:
        path.unlink()
    else:
        old.replace(path)
