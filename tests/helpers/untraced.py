"""Which tests need no coverage: what they reach, others reach for less. `make slow` measures it.

Of the tests in which coverage is measured those are kept that together reach nearly what all reach,
what tells most for its time first. Of the rest all that take longer than a moment are written to
tests/untraced.txt. A new test is in no list, and measured.
"""

from __future__ import annotations

import sqlite3
from collections import defaultdict
from functools import cache
from heapq import heapify, heappop, heappush
from pathlib import Path

import pytest
from coverage import Coverage

from tests.helpers.slow import Measuring, function_of

LIST = Path(__file__).parent.parent / "untraced.txt"
MOMENT = 0.1
"""So many seconds, measured with coverage, are not worth a line."""
ENOUGH = 0.995
"""The share of what all reach that is reached without the tests of the list."""


@cache
def listed():
    """Return the functions in which coverage is not measured, as `tests/test_a.py::test_b`."""
    return frozenset(LIST.read_text("utf-8").split())


def needed(reached, taken):
    """Return the functions that reach enough of all that is reached, cheaply.

    `reached` has the set of places that each reaches, `taken` the seconds that it takes.
    """
    everything = set().union(*reached.values())
    asked, found = ENOUGH * len(everything), set()
    order = [(-_worth(places, taken[name]), name) for name, places in reached.items()]
    heapify(order)
    chosen = set()
    while len(found) < asked:
        _, name = heappop(order)
        now = -_worth(reached[name] - found, taken[name])
        if order and now > order[0][0]:
            heappush(order, (now, name))
        else:
            chosen.add(name)
            found |= reached[name]
    return chosen


def _worth(places, seconds):
    return len(places) / (seconds + 0.002)


class MeasuringCoverage(Measuring):
    """A plug-in that writes the list, where `--cov --cov-context=test` measure beside it."""

    @pytest.hookimpl(trylast=True)
    def pytest_sessionfinish(self, session):
        """Write the list, once, where the coverage of all processes is."""
        if not hasattr(session.config, "workerinput"):
            chosen = needed(reached_in(_data_file()), self._taken)
            dear = (n for n, taken in self._taken.items() if taken > MOMENT and ".py::test_" in n)
            LIST.write_text("".join(f"{n}\n" for n in sorted(dear) if n not in chosen), "utf-8")


def _data_file():
    """Return where the coverage is that was measured just now."""
    measured = Coverage()
    measured.load()
    return measured.get_data().data_filename()


def reached_in(file):
    """Return the places that each function has reached, as coverage keeps them."""
    reached = defaultdict(set)
    asked = "SELECT context, file_id, fromno, tono FROM arc JOIN context ON context_id = context.id"
    connection = sqlite3.connect(file)
    try:
        for context, *place in connection.execute(asked):
            test, _, when = context.rpartition("|")
            if when == "run":
                reached[function_of(test)].add(tuple(place))
    finally:
        connection.close()
    return reached
