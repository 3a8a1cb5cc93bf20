"""A process beside this one whose order is cut short: it ends without a word.

What makes the processes imports this before all else. Where the process that they work for is
ended while it still tells one what to do, there is nobody whom a traceback would serve. That no
more processes can be made is told by whoever asked for them.
"""

from __future__ import annotations

import sys
from pickle import UnpicklingError
from types import TracebackType

_CUT_SHORT = (EOFError, UnpicklingError, ConnectionError, BlockingIOError)


def _tell(kind: type[BaseException], error: BaseException, trace: TracebackType | None, /) -> None:
    """Show an error unless it only says that an order ended halfway, or was not begun.

    What is not found and has no name is a semaphore, which went with whoever gave the order.
    """
    nameless = isinstance(error, FileNotFoundError) and error.filename is None
    if not nameless and not issubclass(kind, _CUT_SHORT):
        sys.__excepthook__(kind, error, trace)


sys.excepthook = _tell
