"""Files and folders that are being made beside their place, and what of them a kill leaves behind.

Whoever makes one holds it by a lock, which the system lets go when the process ends, however it
does. Who comes next to the same folder removes what nobody holds. Windows has no such locks: what
was being made stays there, and nothing reads it.
"""

from __future__ import annotations

import contextlib
import os
import re
import shutil
import stat
import tempfile
from collections.abc import Callable
from functools import cache
from hashlib import sha256
from pathlib import Path

from dxrules.paths import is_folder, is_link, is_there

_PREFIX = ".dxrules-tmp-"
_OLD = ".dxrules-old-"
_NAME = re.compile(re.escape(_PREFIX) + "[a-z0-9_]{8}")
_YOUNG = 60
"""Seconds in which a process may have made something and not yet come to hold it."""


def unfinished_file(folder: Path, cleaning: contextlib.ExitStack) -> Path:
    """Make an empty file in a folder; it is removed at the end, unless it has been moved."""
    handle, name = tempfile.mkstemp(prefix=_PREFIX, dir=folder)
    os.close(handle)
    path = Path(name)
    cleaning.callback(path.unlink, missing_ok=True)
    hold(path, cleaning)
    _tidy(folder)
    return path


def unfinished_folder(folder: Path, cleaning: contextlib.ExitStack) -> Path:
    """Make an empty folder in a folder; it is removed at the end, unless it has been moved."""
    path = Path(tempfile.mkdtemp(prefix=_PREFIX, dir=folder))
    cleaning.callback(shutil.rmtree, path, ignore_errors=True)
    hold(path, cleaning)
    _tidy(folder)
    return path


def hold(path: Path, cleaning: contextlib.ExitStack) -> None:
    """Let nobody take what stands at a path for left behind, until the end."""
    with contextlib.suppress(OSError, ImportError):
        cleaning.callback(os.close, _locked(path, alone=False))


def hold_alone(path: Path, cleaning: contextlib.ExitStack) -> bool:
    """Hold what stands at a path against all others, until the end; tell whether nobody else does.

    Where the system has no such locks, or nothing stands there, nobody does.
    """
    try:
        cleaning.callback(os.close, _locked(path, alone=True))
    except BlockingIOError:
        return False
    except (OSError, ImportError):
        pass
    return True


def take_place(made: Path, target: Path, sure: Callable[[], None] = lambda: None) -> None:
    """Put a folder in the place of another one, which is removed.

    Once nobody else can do so any more, it is made `sure` that the other one may go. Raises
    BlockingIOError where somebody else holds it.
    """
    old, there = _aside(target), target.exists()
    with contextlib.ExitStack() as cleaning:
        if not hold_alone(target, cleaning):
            raise BlockingIOError
        sure()
        if there:
            target.replace(old)
            cleaning.callback(shutil.rmtree, old, ignore_errors=True)
        try:
            made.replace(target)
        except BaseException:  # whoever stops the call in between has the old one back, too
            if old.exists():
                old.replace(target)
            raise


def put_back(target: Path) -> None:
    """Put a folder back whose place was about to be taken when the process was killed.

    If the place was taken by then, what is left of the old one is removed.
    """
    old = _aside(target)
    if not is_folder(old) or is_link(old):
        return
    with contextlib.ExitStack() as cleaning:
        with contextlib.suppress(ImportError):
            try:
                cleaning.callback(os.close, _locked(old, alone=True))
            except BlockingIOError:  # it is about to be taken now
                return
        if is_there(target) and not (is_folder(target) and not any(target.iterdir())):
            shutil.rmtree(old, ignore_errors=True)
        else:
            old.replace(target)


def _aside(target: Path) -> Path:
    """Return where a folder stands while another one takes its place."""
    name = sha256(os.fsencode(target.name)).hexdigest()[:16]
    return target.with_name(f"{_OLD}{name}")


def _locked(path: Path, *, alone: bool) -> int:
    """Return the open file of what stands at a path; BlockingIOError where others hold it."""
    import fcntl  # Windows has none

    handle = os.open(path, os.O_RDONLY | os.O_NOFOLLOW | os.O_NONBLOCK)
    try:
        fcntl.flock(handle, (fcntl.LOCK_EX if alone else fcntl.LOCK_SH) | fcntl.LOCK_NB)
    except OSError:
        os.close(handle)
        raise
    return handle


@cache
def _tidy(folder: Path) -> None:
    """Remove what was left behind in a folder in which something has just been made."""
    with contextlib.suppress(OSError):
        now = folder.stat().st_mtime
        for path in sorted(folder.iterdir()):
            if _NAME.fullmatch(path.name):
                with contextlib.suppress(OSError, ImportError):
                    _remove_if_left(path, now)


def _remove_if_left(path: Path, now: float) -> None:
    handle = _locked(path, alone=True)
    try:
        found = os.fstat(handle)
        if found.st_uid != os.geteuid() or now - found.st_ctime < _YOUNG:
            return
        if stat.S_ISDIR(found.st_mode):
            shutil.rmtree(path)
        else:
            path.unlink()
    finally:
        os.close(handle)
