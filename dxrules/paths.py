"""What stands at a path that somebody named; a name that no system takes names nothing."""

from __future__ import annotations

import errno
import os
import pathlib
import re
import unicodedata
from io import BufferedReader, FileIO
from stat import S_ISDIR, S_ISREG
from typing import IO, Any, TypeVar

from dxrules.texts import visible

T = TypeVar("T")


def is_there(path: pathlib.Path) -> bool:
    """Tell whether anything stands at a path, where links lead."""
    return _mode(path) is not None


def is_folder(path: pathlib.Path) -> bool:
    """Tell whether a folder stands at a path, where links lead."""
    return S_ISDIR(_mode(path) or 0)


def is_regular(path: pathlib.Path) -> bool:
    """Tell whether a file stands at a path that reading comes to the end of: no pipe or device."""
    return S_ISREG(_mode(path) or 0)


def is_link(path: pathlib.Path) -> bool:
    """Tell whether a link stands at a path, wherever it leads."""
    try:
        return path.is_symlink()
    except (OSError, ValueError):
        return False


def led_to(path: pathlib.Path) -> pathlib.Path:
    """Return where a path leads; OSError where its links go round, if that is told by then."""
    try:
        return path.resolve()
    except RuntimeError as error:  # how Python up to 3.12 says so
        raise OSError(errno.ELOOP, "links go round", str(path)) from error


def is_endless(path: pathlib.Path) -> bool:
    """Tell whether a pipe or a device stands at a path, of which nobody knows where it ends."""
    return is_there(path) and not is_regular(path) and not is_folder(path)


def open_file(path: pathlib.Path) -> IO[bytes]:
    """Open a file for reading; a pipe or a device, which may have no end, is an OSError.

    Another file may come to stand there at any time, so what was opened is looked at, too, and
    nothing is waited for.
    """
    if is_endless(path):  # opening some devices does something
        raise OSError(errno.ESPIPE, "no regular file", str(path))
    stream = _NeverWaiting(path, opener=_without_waiting)
    if not S_ISREG(os.fstat(stream.fileno()).st_mode):
        stream.close()
        raise OSError(errno.ESPIPE, "no regular file", str(path))
    return BufferedReader(stream)


class _NeverWaiting(FileIO):
    """A file of which all is there; some that the system makes up say so, and are like pipes."""

    def readinto(self, buffer: Any, /) -> int:
        read: int | None = super().readinto(buffer)
        return self._there(read)

    def readall(self) -> bytes:
        read: bytes | None = super().readall()
        return self._there(read)

    def _there(self, read: T | None) -> T:
        if read is None:
            raise OSError(errno.ESPIPE, "no regular file", str(self.name))
        return read


def _without_waiting(path: str, flags: int) -> int:
    return os.open(path, flags | getattr(os, "O_NONBLOCK", 0))


def files_below(folder: pathlib.Path) -> list[pathlib.Path]:
    """Return all that lies below a folder and is no folder, but for what hidden folders hold.

    Links to folders are not followed. A folder that cannot be looked through is an OSError:
    `Path.rglob` passes over it without a word. Where no folder is, there are no files.
    """
    found: list[pathlib.Path] = []
    for here, folders, files in os.walk(folder, onerror=_refuse_closed):
        folders[:] = [name for name in folders if not name.startswith(".")]
        found += [pathlib.Path(here, name) for name in files]
    return sorted(found)


def _refuse_closed(error: OSError) -> None:
    if not isinstance(error, FileNotFoundError | NotADirectoryError):
        raise error


SIDE_OF_DRAFT = ".draft.json"
"""How the name of the side file of a draft ends, which stands beside plan files and is none."""
OPENED_BY_OFFICE = "~$"
"""How the name of a lock of an office program begins."""


def is_hidden(name: str) -> bool:
    """Tell whether a file of a folder is left out by its name: hidden, or an office's lock."""
    return name.startswith((".", OPENED_BY_OFFICE))


_ALMOST = re.compile(r"\.(?:ya?ml|json|xlsx)(?![a-z0-9])")


def is_almost_read(name: str) -> bool:
    """Tell whether a file that is not read looks by its name like one that is, or was.

    >>> [is_almost_read(name) for name in ("a.yaml.bak", "a.YML~", "a．ｙａｍｌ", "a.yamllint")]
    [True, True, True, False]
    """
    return _ALMOST.search(unicodedata.normalize("NFKC", name).casefold()) is not None


def address_of(url: str) -> str:
    """Return a URL as messages and reports call it: on one line, without what may be a secret.

    >>> address_of("https://me:password@a.example/b.yaml?signature=1")
    'https://a.example/b.yaml'
    """
    links = (_USER.sub(r"\1", each) for each in url.split("::"))
    return visible("::".join(re.split("[?#]", each, maxsplit=1)[0] for each in links))


_USER = re.compile(r"(:/{2,3})(?:[^/?#]*@|[^/:?#]*:(?!\d+(?:[/?#]|$)).*@)", re.DOTALL)
"""Who calls, even where a password holds what should have been escaped."""


def _mode(path: pathlib.Path) -> int | None:
    """Return the mode; None also of what the system refuses: reading it will tell why."""
    try:
        return path.stat().st_mode
    except (OSError, ValueError):
        return None


def shown(path: pathlib.Path) -> str:
    """Return how messages and reports call a path: never absolute where that can be helped.

    It is one line; characters that act are shown as their codes.
    """
    if path.is_absolute():
        try:
            path = path.relative_to(pathlib.Path.cwd())
        except ValueError:
            path = pathlib.Path(path.name)
    return visible(path.as_posix())


def is_url(named: str) -> bool:
    """Tell whether what was named is a URL, and no path.

    >>> is_url("s3://bucket/plans"), is_url("C:/plans"), is_url("facts")
    (True, False, False)
    >>> is_url("HTTPS://a.example/b.yaml"), is_url("simplecache::s3://bucket/plans")
    (True, True)
    """
    return re.match(r"(?:[a-z][a-z0-9+.-]+::)*[a-z][a-z0-9+.-]+://", named.lower()) is not None
