"""The connections of the local server: so many at a time, and none of a stranger for long.

All of them come from this machine, so that who is slow on purpose cannot be told by an address.
Whoever has shown the cookie comes before whoever has not; among those, whoever came last.
"""

from __future__ import annotations

import contextlib
from dataclasses import dataclass, field
from socket import SHUT_RDWR
from threading import Lock
from time import monotonic
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from socket import socket

MOST: Final = 24
PATIENCE: Final = 10.0
"""Seconds in which a stranger has to say what is asked for."""


@dataclass
class _Connection:
    """One connection; `known` once it has shown the cookie, `busy` while it is answered."""

    socket: socket
    since: float = field(default_factory=monotonic)
    known: bool = False
    busy: bool = False


class Connections:
    """Keeps the connections that are open, and lets some go to make room for others."""

    def __init__(self, most: int = MOST, patience: float = PATIENCE) -> None:
        self._most, self._patience = most, patience
        self._open: dict[int, _Connection] = {}
        self._lock = Lock()

    def admit(self, socket: socket) -> bool:
        """Make room for a connection; False if all others are at work."""
        with self._lock:
            if len(self._open) >= self._most and not self._let_one_go():
                return False
            self._open[id(socket)] = _Connection(socket)
            return True

    def begin(self, socket: socket) -> None:
        """Note that a request has been read, and is answered."""
        self._note(socket, busy=True)

    def end(self, socket: socket) -> None:
        """Note that it has been answered."""
        self._note(socket, busy=False)

    def knows(self, socket: socket) -> None:
        """Note that a connection has shown the cookie."""
        self._note(socket, known=True)

    def forget(self, socket: socket) -> None:
        """Forget a connection that has ended."""
        with self._lock:
            self._open.pop(id(socket), None)

    def end_slow_ones(self) -> None:
        """End the connections of strangers that have not said for long what they want."""
        with self._lock:
            now = monotonic()
            for each in [*self._open.values()]:
                if not (each.known or each.busy) and now - each.since > self._patience:
                    self._let_go(each)

    def _note(self, socket: socket, **states: bool) -> None:
        with self._lock:
            if (found := self._open.get(id(socket))) is not None:
                for name, state in states.items():
                    setattr(found, name, state)

    def _let_one_go(self) -> bool:
        """End the oldest connection that nobody works for, a stranger's first."""
        waiting = [each for each in self._open.values() if not each.busy]
        oldest = min(waiting, key=lambda each: (each.known, each.since), default=None)
        if oldest is not None:
            self._let_go(oldest)
        return oldest is not None

    def _let_go(self, connection: _Connection) -> None:
        """End a connection, whose thread then reads its end."""
        del self._open[id(connection.socket)]
        with contextlib.suppress(OSError):
            connection.socket.shutdown(SHUT_RDWR)
