"""Tests keep nothing in the folder of whoever runs them."""

from __future__ import annotations

import os

from dxrules.cli.cache import SWITCH


def pytest_configure():
    """Switch the cache off, for the processes that tests start, too."""
    os.environ[SWITCH] = "1"
