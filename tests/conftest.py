"""Tests say the same each time.

Property tests look at the same examples in every run, so that a gate never fails by chance; with
`--hypothesis-profile=thorough` (`make test-thorough`) at seven times as many, and with `explore`
at others each time. No test has a deadline: how long an example takes says more about the machine
than about dxrules.
"""

from __future__ import annotations

import gc
import shutil

import pytest
from hypothesis import settings

from dxrules.cli import main
from dxrules.rules import load_law
from tests.helpers import examples_in_docs, in_place, read_once, slow, traced, untraced
from tests.helpers.small import DATA

read_once.install()
in_place.install()

ALIKE = settings(derandomize=True, database=None, deadline=None)
settings.register_profile("steady", ALIKE, max_examples=30)
settings.register_profile("thorough", ALIKE, max_examples=200)
settings.register_profile("explore", derandomize=False, max_examples=1000, deadline=None)
settings.load_profile("steady")


def pytest_addoption(parser):
    """Let `make slow` measure which tests are slow, and in which coverage is told by others."""
    told = "measure all tests that run, and write those that are slow to tests/slow.txt"
    parser.addoption("--write-slow", action="store_true", help=told)
    told = "write tests whose coverage others reach for less to tests/untraced.txt"
    parser.addoption("--write-untraced", action="store_true", help=told)


def pytest_configure(config):
    """Leave out work that tells nothing, and measure where that is asked for."""
    config.pluginmanager.register(examples_in_docs.Fewer())
    measured = config.getoption("--write-untraced")
    config.pluginmanager.register(traced.Tracing(everywhere=measured))
    if config.getoption("--write-slow"):
        config.pluginmanager.register(slow.Measuring())
    if measured:
        config.pluginmanager.register(untraced.MeasuringCoverage())


@pytest.hookimpl(tryfirst=True)
def pytest_collection_modifyitems(items):
    """Mark what is in the list as slow, beside what is marked by hand."""
    for item in items:
        if slow.function_of(item.nodeid) in slow.listed():
            item.add_marker(pytest.mark.slow)


@pytest.hookimpl(trylast=True)
def pytest_collection_finish():
    """Let the garbage collector pass by modules and tests: they stay until the end."""
    gc.collect()
    gc.freeze()


@pytest.fixture(autouse=True)
def _no_columns(monkeypatch):
    """Let no test depend on how wide whoever runs it has the terminal; pytest-xdist says 80."""
    monkeypatch.delenv("COLUMNS", raising=False)


@pytest.fixture
def _children(monkeypatch):
    """Read documents, and ask databases, in processes of their own, as users do."""
    for module, own in in_place.CHILDREN.items():
        monkeypatch.setattr(module, "_in_a_child", own)


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


@pytest.fixture(scope="session")
def law():
    """The law that travels along."""
    return load_law()


@pytest.fixture(scope="session")
def small_law():
    """The small folder of rulesets."""
    return load_law(DATA / "rulesets")
