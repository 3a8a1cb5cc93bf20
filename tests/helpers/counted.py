"""How much work is done, counted in calls: the same on every machine, however busy."""

from __future__ import annotations

import sys
from contextlib import contextmanager


@contextmanager
def at_most_calls(most):
    """Fail as soon as more functions than that, of Python or of C, have been called."""
    count = 0

    def called(_frame, event, _argument):
        nonlocal count
        count += event in {"call", "c_call"}
        assert count <= most, f"more than {most} calls"

    before = sys.getprofile()
    sys.setprofile(called)
    try:
        yield
    finally:
        sys.setprofile(before)
