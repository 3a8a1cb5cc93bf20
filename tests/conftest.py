"""Tests keep nothing in the folder of whoever runs them, and say the same each time.

Property tests look at the same examples in every run, so that a gate never fails by chance;
`--hypothesis-profile=explore` looks at others, and at more of them.
"""

from __future__ import annotations

import os

from hypothesis import settings

from dxrules.cli.cache import SWITCH

settings.register_profile("steady", derandomize=True, database=None)
settings.register_profile("explore", derandomize=False, max_examples=1000)
settings.load_profile("steady")


def pytest_configure():
    """Switch the cache off, for the processes that tests start, too."""
    os.environ[SWITCH] = "1"
