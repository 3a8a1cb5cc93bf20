"""Which modules have examples in their docstrings: the others are not searched for them."""

from __future__ import annotations

import pytest

PROMPT = ">>>"


class Fewer:
    """A plug-in that keeps `--doctest-modules` to modules in which a prompt stands."""

    @pytest.hookimpl(wrapper=True)
    def pytest_collect_file(self, file_path):
        """Leave out collectors of examples where there are none."""
        found = yield
        if file_path.suffix != ".py" or PROMPT in file_path.read_text("utf-8"):
            return found
        return [each for each in found if type(each) is pytest.Module]
