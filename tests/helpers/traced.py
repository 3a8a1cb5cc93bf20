"""Where coverage is measured: while modules are imported, and in what tests call.

Measured, Python is two to three times slower, whatever it runs. Nothing of dxrules is told by the
collection of tests, by pytest between them, and by the process that hands them out.
"""

from __future__ import annotations

import sys
from contextlib import contextmanager
from importlib import import_module
from pkgutil import walk_packages

import pytest

import dxrules
import rule_pages
from tests.helpers import untraced
from tests.helpers.slow import function_of


class Tracing:
    """A plug-in that lets the tracer of coverage rest where it tells nothing.

    `everywhere` lets it work in tests of which tests/untraced.txt says that others tell as much.
    """

    def __init__(self, *, everywhere=False):
        self._tracer = None
        self._spared = frozenset() if everywhere else untraced.listed()

    @pytest.hookimpl(wrapper=True)
    def pytest_collection(self, session):
        """Import all modules measured, once; then collect, or hand out tests, without."""
        self._tracer = sys.gettrace()
        if self._tracer and not hasattr(session.config, "workerinput"):
            _import_all()
        with traced_by(None):
            return (yield)

    @pytest.hookimpl(wrapper=True)
    def pytest_runtestloop(self):
        """Measure nothing beside the tests."""
        with traced_by(None):
            return (yield)

    @pytest.hookimpl(wrapper=True)
    def pytest_runtest_setup(self):
        """Measure what fixtures reach."""
        with traced_by(self._tracer):
            return (yield)

    @pytest.hookimpl(wrapper=True)
    def pytest_runtest_call(self, item):
        """Measure nothing in slow tests, and in those of the list, as others reach as much.

        What no fast test reaches is measured in a few slow ones, marked `covered`. The marker
        `no_cover` of pytest-cov does the same, but not in the processes of pytest-xdist.
        """
        slow = item.get_closest_marker("slow") and not item.get_closest_marker("covered")
        spared = slow or function_of(item.nodeid) in self._spared
        with traced_by(None if spared else self._tracer):
            return (yield)


@contextmanager
def traced_by(tracer):
    """Let a tracer work, or none, until the end of a block."""
    before = sys.gettrace()
    sys.settrace(tracer)
    try:
        yield
    finally:
        sys.settrace(before)


def _import_all():
    for package in (dxrules, rule_pages):
        for module in walk_packages(package.__path__, f"{package.__name__}."):
            if not module.name.endswith("__main__"):
                import_module(module.name)
