"""Bounds around one input: where it may write, what it may start, its memory and its time."""

from __future__ import annotations

import errno
import os
import resource
import signal
import sys
import warnings
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

GB = 1_000_000_000
SECONDS = 20
"""CPU time for one input. The largest file of the repository takes less than one second."""

_WRITES = os.O_WRONLY | os.O_RDWR | os.O_CREAT | os.O_TRUNC | os.O_APPEND
_CHANGES = {  # where the paths stand among the arguments, and after each its dir_fd
    "os.mkdir": ((0, 2),),
    "os.remove": ((0, 1),),
    "os.rmdir": ((0, 1),),
    "os.rename": ((0, 2), (1, 3)),
    "os.link": ((1, 3),),
    "os.symlink": ((1, 2),),
    "os.truncate": ((0, None),),
    "os.chmod": ((0, 2),),
    "os.chown": ((0, 3),),
    "os.utime": ((0, 3),),
}
_STARTS = ("subprocess.Popen", "os.system", "os.exec", "os.posix_spawn", "os.fork")
_NETWORK = ("socket.connect", "socket.bind", "socket.getaddrinfo", "socket.sendto")
_LOOPBACK = "127.0.0.1"
"""Where the desk serves: it would wait there, so the system seems not to allow it.

Nor does it what processes beside this one would be told by, which is a path.
"""


class Fault(Exception):  # noqa: N818  (a finding, and no error of the fuzzer)
    """Something that must hold does not; `what` is the same for the same kind."""

    def __init__(self, what: str, details: str = "") -> None:
        super().__init__(f"{what}: {details}" if details else what)
        self.what = what


class Escape(BaseException):
    """An input made dxrules touch what it must not. No `except Exception` hides it."""


class Hang(BaseException):
    """An input took too long."""


class Guard:
    """Watches what happens while an input is read. One hook serves the whole process."""

    def __init__(self) -> None:
        self._allowed: tuple[str, ...] | None = None
        self._programs: tuple[str, ...] = ()
        self.wrote: set[str] = set()
        # A module that the first input of its kind loads would be compiled into the repository.
        sys.dont_write_bytecode = True
        """The files and folders that were written to, since this was emptied."""
        sys.addaudithook(self._hook)
        signal.signal(signal.SIGPROF, _hang)

    @contextmanager
    def __call__(
        self, folders: Sequence[Path], programs: Sequence[str] = (), seconds: float = SECONDS
    ) -> Iterator[None]:
        """Allow writing in `folders` and starting `programs`; a warning counts as a fault."""
        with warnings.catch_warnings(record=True) as warned:
            warnings.simplefilter("always")
            self._allowed = tuple(os.path.realpath(folder) for folder in folders)
            self._programs = tuple(programs)
            signal.setitimer(signal.ITIMER_PROF, seconds)
            try:
                yield
            finally:
                signal.setitimer(signal.ITIMER_PROF, 0)
                self._allowed = None
        if warned:
            raise Fault(f"a {warned[0].category.__name__} is printed", str(warned[0].message))

    def _hook(self, event: str, arguments: tuple[Any, ...]) -> None:
        if self._allowed is None:
            return
        if event == "open":
            path, _, flags = arguments
            if isinstance(flags, int) and flags & _WRITES and not isinstance(path, int):
                self._touch(path, None)
        elif event in _CHANGES:
            for path, folder in _CHANGES[event]:
                beside = None if folder is None else arguments[folder]
                self._touch(arguments[path], beside)
        elif event in _STARTS:
            program = os.fsdecode(arguments[0]) if arguments else event
            if Path(program).name not in self._programs:
                raise Escape(f"a program is started: {program!r}")
        elif event == "socket.bind" and _is_of_this_machine(arguments[1]):
            raise PermissionError(errno.EACCES, os.strerror(errno.EACCES))
        elif event in _NETWORK:
            raise Escape(f"the network is used: {event}")

    def _touch(self, path: Any, folder: int | None) -> None:
        name = os.fsdecode(path) if not isinstance(path, int) else f"/proc/self/fd/{path}"
        if name == os.devnull:
            return
        if folder is not None and folder >= 0:
            name = str(Path(f"/proc/self/fd/{folder}").resolve() / name)
        where = os.path.realpath(name)
        allowed = self._allowed or ()
        if not any(where == each or where.startswith(each + os.sep) for each in allowed):
            raise Escape(f"a file outside is written or changed: {where!r}")
        self.wrote.add(where)


def _is_of_this_machine(address: Any) -> bool:
    return isinstance(address, (str, bytes)) or address[0] == _LOOPBACK


def bound_memory(more: int = 2 * GB) -> None:
    """Let the process take so much more than it has now."""
    pages = int(Path("/proc/self/statm").read_text(encoding="ascii").split()[0])
    bound = pages * resource.getpagesize() + more
    resource.setrlimit(resource.RLIMIT_AS, (bound, resource.getrlimit(resource.RLIMIT_AS)[1]))


def _hang(*_: object) -> None:
    raise Hang("too much CPU time")
