"""What another process answers, read within bounds on its size and on the time that it takes."""

from __future__ import annotations

import contextlib
from typing import IO, TYPE_CHECKING

from dxrules.frozen import frozen
from dxrules.source.read import bounded

if TYPE_CHECKING:
    import subprocess

_COMPLAINT = 10_000


@frozen
class Answered:
    """The answer, one byte longer than the bound at most; what it complained of; if it was ended.

    One that says more than it may is ended as well, and is not `late`.
    """

    answer: bytes
    errors: bytes
    late: bool


def talk(child: subprocess.Popen[bytes], given: bytes, seconds: float, most: int) -> Answered:
    """Hand some bytes over to a process, and wait for its answer and its end."""
    from threading import Thread, Timer

    late: list[bool] = []
    errors: list[bytes] = []

    def end() -> None:
        late.append(True)
        child.kill()

    def feed() -> None:
        with contextlib.suppress(OSError), child.stdin as stream:  # type: ignore[union-attr]
            stream.write(given)

    def listen(stream: IO[bytes]) -> None:
        errors.append(bounded(stream, _COMPLAINT))
        while stream.read(_COMPLAINT):  # who is not listened to waits
            pass

    threads = [Thread(target=feed, daemon=True)]
    if child.stderr is not None:
        threads.append(Thread(target=listen, args=(child.stderr,), daemon=True))
    timer = Timer(seconds, end)
    timer.daemon = True
    timer.start()
    try:
        for thread in threads:
            thread.start()
        answer = bounded(child.stdout, most)  # type: ignore[arg-type]
        if len(answer) <= most:
            child.wait()
    finally:
        timer.cancel()
        child.kill()  # nothing happens to one that has ended
    for thread in threads:
        thread.join(1)
    return Answered(answer, b"".join(errors), bool(late))
