"""Which tests are slow, by measure: `make slow` writes their names to tests/slow.txt.

Slow is a function whose cases together take more than 0.15 seconds of processor time.
All others together take less than a minute on two cores.
"""

from __future__ import annotations

import resource
from collections import Counter
from functools import cache
from pathlib import Path

import pytest

LIST = Path(__file__).parent.parent / "slow.txt"
SECONDS = 0.15

_TAKEN = "processor time"


@cache
def listed():
    """Return the functions that are slow, as `tests/test_a.py::test_b`."""
    return frozenset(LIST.read_text("utf-8").split())


def function_of(test):
    """Return the function of a test: its name without the case."""
    return test.partition("[")[0]


def _processor_time():
    """Return the seconds that this process has used, and those that it has waited for."""
    used = map(resource.getrusage, (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN))
    return sum(each.ru_utime + each.ru_stime for each in used)


class Measuring:
    """A plug-in that measures all tests that run, and writes the list anew."""

    def __init__(self):
        self._taken = Counter()

    @pytest.hookimpl(hookwrapper=True)
    def pytest_runtest_call(self, item):
        """Measure a test, without the fixtures that it shares; its report brings it home."""
        began = _processor_time()
        yield
        item.user_properties.append((_TAKEN, _processor_time() - began))

    def pytest_runtest_logreport(self, report):
        """Add up what the cases of a function take."""
        if report.when == "call":
            self._taken[function_of(report.nodeid)] += dict(report.user_properties)[_TAKEN]

    def pytest_sessionfinish(self, session):
        """Write the list, once, where the reports of all processes arrive."""
        if not hasattr(session.config, "workerinput"):
            slow = sorted(name for name, taken in self._taken.items() if taken > SECONDS)
            LIST.write_text("".join(f"{name}\n" for name in slow), "utf-8")
