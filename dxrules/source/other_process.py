"""A program run as a process of its own, which has so many seconds and so many bytes to answer."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Mapping, Sequence
from contextlib import suppress
from typing import IO

from dxrules.frozen import frozen
from dxrules.source.read import bounded

_KEPT_OF_ERRORS = 10_000


@frozen
class ProcessAnswer:
    """What a process wrote, how it ended, and whether it took too long.

    An answer beyond the bound is cut one byte after it, and its process ended.
    """

    content: bytes
    errors: bytes
    code: int
    took_too_long: bool


def answer_of(module: Sequence[str], request: bytes, seconds: float, most: int) -> ProcessAnswer:
    """Hand a request to a module, named with its arguments, and wait for the answer."""
    return answer_of_program([sys.executable, "-P", "-m", *module], request, seconds, most)


def answer_of_program(
    command: Sequence[str],
    request: bytes,
    seconds: float,
    most: int,
    environment: Mapping[str, str] | None = None,
) -> ProcessAnswer:
    """Hand a request to a program, and wait for the answer.

    `environment` is what it is told beyond what this process knows.
    """
    from threading import Thread, Timer

    late, errors = list[bool](), list[bytes]()
    with subprocess.Popen(  # noqa: S603  (no shell; callers see to it that data are no options)
        command,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        env={**os.environ, **(environment or {})},
    ) as child:

        def end() -> None:
            late.append(True)
            child.kill()

        def feed() -> None:
            with suppress(OSError), child.stdin as stream:  # type: ignore[union-attr]
                stream.write(request)

        def hear(stream: IO[bytes]) -> None:
            errors.append(bounded(stream, _KEPT_OF_ERRORS))
            while stream.read(_KEPT_OF_ERRORS):  # a process that nobody hears out waits
                pass

        threads = [Thread(target=feed, daemon=True)]
        threads.append(Thread(target=hear, args=(child.stderr,), daemon=True))
        timer = Timer(seconds, end)
        timer.daemon = True
        timer.start()
        try:
            for thread in threads:
                thread.start()
            content = bounded(child.stdout, most)  # type: ignore[arg-type]
            if len(content) <= most:
                child.wait()
        finally:
            timer.cancel()
            child.kill()  # nothing happens to one that has ended
        for thread in threads:
            thread.join(1)
    return ProcessAnswer(content, b"".join(errors), child.returncode, bool(late))


def is_end_of_time(code: int) -> bool:
    """Tell whether a process was ended because it used too much time."""
    import signal

    return code in {-getattr(signal, name, 0) for name in ("SIGXCPU", "SIGKILL")} - {0}
