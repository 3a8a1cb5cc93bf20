"""Tests keep nothing in the folder of whoever runs them, and say the same each time.

Property tests look at the same examples in every run, so that a gate never fails by chance;
`--hypothesis-profile=explore` looks at others, and at more of them. No test has a deadline: how
long an example takes says more about the machine than about dxrules.
"""

from __future__ import annotations

import os
import shutil

import pytest
from hypothesis import settings

from dxrules.cli import main
from dxrules.cli.cache import SWITCH
from tests.small import DATA

settings.register_profile("steady", derandomize=True, database=None, deadline=None)
settings.register_profile("explore", derandomize=False, max_examples=1000, deadline=None)
settings.load_profile("steady")


def pytest_configure():
    """Switch the cache off, for the processes that tests start, too."""
    os.environ[SWITCH] = "1"


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
