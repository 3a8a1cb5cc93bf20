"""Start and end of the process: three streams that are there, and signals that tidy up."""

from __future__ import annotations

import os
import signal
import sys
from errno import EBADF
from io import RawIOBase
from types import FrameType
from typing import TYPE_CHECKING, Any, NoReturn, TextIO, cast

from dxrules.texts import Text

if TYPE_CHECKING:
    from dxrules.source import Document

STANDARD_INPUT = "<stdin>"
_CLOSED = Text("標準入力を読めません({reason})。", "Standard input cannot be read ({reason}).")
_STREAMS = range(3)
_SIGNALS = ("SIGTERM", "SIGHUP")
_OF_SIGNALS = 128
"""What a shell adds to the number of a signal for the exit code of a process that it ends."""


class Complaints:
    """Standard error that does not fail: it remembers that something on it was `lost`."""

    def __init__(self, stream: TextIO) -> None:
        self._stream = stream
        self.lost = False

    def write(self, text: str) -> int:
        """Write a text at once; raise nothing but for what is no text."""
        if not isinstance(text, str):
            raise TypeError("standard error takes text")
        try:
            if text:  # writing nothing fails on a full device, and nothing is lost
                self._stream.write(text)
            self._stream.flush()
        except OSError as error:
            # A reader that has gone away is no fault.
            self.lost = self.lost or not isinstance(error, BrokenPipeError)
        return len(text)

    def flush(self) -> None:
        """Write what has not been written."""
        self.write("")

    def __getattr__(self, name: str) -> Any:
        return getattr(self._stream, name)


def hold_streams() -> Complaints:
    """Put something in the place of each stream that is closed; return standard error.

    No file that is opened later may become standard output by chance. What is written to one
    that was closed is an error, as on a full disk.
    """
    for number in _STREAMS:
        try:
            os.fstat(number)
        except OSError:
            # The lowest number that is free is taken. It refuses what the stream is for.
            os.open(os.devnull, os.O_RDONLY if number else os.O_WRONLY)
    if sys.stdout is None:
        sys.stdout = open(1, "w", encoding="utf-8", closefd=False)  # noqa: SIM115  (to the end)
    if sys.stderr is None:
        sys.stderr = open(2, "w", encoding="utf-8", closefd=False)  # noqa: SIM115  (to the end)
    sys.stdout, sys.stderr = _whole(sys.stdout), _whole(sys.stderr)
    complaints = Complaints(sys.stderr)
    sys.stderr = cast("TextIO", complaints)
    return complaints


def _whole(stream: TextIO) -> TextIO:
    """Return a stream that writes all that it is given, or fails.

    One without a buffer, as PYTHONUNBUFFERED makes them, writes what fits on a disk that fills,
    and nobody learns that the rest is lost.
    """
    if not isinstance(getattr(stream, "buffer", None), RawIOBase):
        return stream
    said = stream.encoding
    return open(stream.fileno(), "w", encoding=said, errors=stream.errors, closefd=False)


def from_standard_input() -> Document:
    """Read standard input as a file; that it is closed or a folder is among its problems."""
    from dxrules.errors import Place, Problem
    from dxrules.plan.read import document_from
    from dxrules.source import Document
    from dxrules.source.os_errors import reason
    from dxrules.source.read import MAX_BYTES

    try:
        raw = sys.stdin.buffer.read(MAX_BYTES + 1)
    except (OSError, AttributeError) as error:  # what is closed has no buffer, or no number
        refused = error if isinstance(error, OSError) and error.errno else OSError(EBADF, "")
        said = _CLOSED.format(reason=reason(refused))
        return Document(STANDARD_INPUT, problems=(Problem(Place(STANDARD_INPUT, 1, 1), "", said),))
    return document_from(raw, STANDARD_INPUT)


def end_on_signals() -> None:
    """Let a signal that ends the process undo first what is half done.

    One that whoever started the process has switched off, as nohup does, stays so.
    """
    for name in _SIGNALS:
        number = getattr(signal, name, None)
        if number is not None and signal.getsignal(number) is signal.SIG_DFL:
            signal.signal(number, _end)
    if signal.getsignal(signal.SIGINT) is signal.default_int_handler:
        signal.signal(signal.SIGINT, _interrupt)


def code_of_signal() -> int | None:
    """Return the exit code for the signal that ended this process; None where none did.

    A library that is called while a signal comes may raise an error of its own in its place.
    """
    return _OF_SIGNALS + _ended_by[0] if _ended_by else None


_ended_by: list[int] = []


def _end(number: int, _: FrameType | None) -> NoReturn:
    signal.signal(number, signal.SIG_IGN)  # once is enough
    _ended_by.append(number)
    raise SystemExit(_OF_SIGNALS + number)


def _interrupt(number: int, frame: FrameType | None) -> None:
    _ended_by.append(number)
    signal.default_int_handler(number, frame)
