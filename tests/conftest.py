"""Tests say the same each time.

Property tests look at the same examples in every run, so that a gate never fails by chance;
`--hypothesis-profile=explore` looks at others, and at more of them. No test has a deadline: how
long an example takes says more about the machine than about dxrules.
"""

from __future__ import annotations

import shutil
import sys

import pytest
from hypothesis import settings

from dxrules.cli import main
from tests.helpers import read_once, slow
from tests.helpers.small import DATA

read_once.install()

settings.register_profile("steady", derandomize=True, database=None, deadline=None)
settings.register_profile("explore", derandomize=False, max_examples=1000, deadline=None)
settings.load_profile("steady")


def pytest_addoption(parser):
    """Let `make slow` measure which tests are slow."""
    told = "measure all tests that run, and write those that are slow to tests/slow.txt"
    parser.addoption("--write-slow", action="store_true", help=told)


def pytest_configure(config):
    """Measure where that is asked for."""
    if config.getoption("--write-slow"):
        config.pluginmanager.register(slow.Measuring())


@pytest.hookimpl(tryfirst=True)
def pytest_collection_modifyitems(items):
    """Mark what is in the list as slow, beside what is marked by hand."""
    for item in items:
        if slow.function_of(item.nodeid) in slow.listed():
            item.add_marker(pytest.mark.slow)


@pytest.hookimpl(hookwrapper=True)
def pytest_runtest_call(item):
    """Measure no coverage in slow tests: it triples their time, and the others reach as much.

    What no fast test reaches is measured in a few slow ones, marked `covered`. The marker
    `no_cover` of pytest-cov does the same, but not in the processes of pytest-xdist.
    """
    tracer = sys.gettrace()
    if item.get_closest_marker("slow") and not item.get_closest_marker("covered"):
        sys.settrace(None)
    yield
    sys.settrace(tracer)


@pytest.fixture(autouse=True)
def _no_columns(monkeypatch):
    """Let no test depend on how wide whoever runs it has the terminal; pytest-xdist says 80."""
    monkeypatch.delenv("COLUMNS", raising=False)


@pytest.fixture
def _copy(tmp_path, monkeypatch):
    """Run a test in a copy of the small data, with nothing of the environment said."""
    for name in ("plans", "rulesets"):
        shutil.copytree(DATA / name, tmp_path / name)
    monkeypatch.chdir(tmp_path)
    for name in ("DXRULES_LANG", "DXRULES_DEBUG", "LC_ALL", "LC_MESSAGES", "LANG", "NO_COLOR"):
        monkeypatch.delenv(name, raising=False)


@pytest.fixture
def run(capsys):
    """Call the command line; return its exit code and what it wrote."""

    def call(*arguments):
        code = main(arguments)
        out, err = capsys.readouterr()
        return code, out, err

    return call
