"""The list of slow tests, which `make slow` writes, is of tests that there are."""

from __future__ import annotations

import re

from tests.helpers import slow
from tests.helpers.lawbooks import ROOT


def test_every_name_is_that_of_a_test():
    """Whoever renames a test renames it in the list: it would be fast otherwise."""
    missing = []
    for name in slow.listed():
        file, _, function = name.partition("::")
        path = ROOT / file
        text = path.read_text("utf-8") if path.is_file() else ""
        if not re.search(rf"^def {function}\(", text, re.MULTILINE):
            missing.append(name)
    assert missing == []
    assert slow.listed()


def test_a_case_is_one_of_its_function():
    """The list names functions, whatever stands in the name of a case."""
    assert slow.function_of("tests/test_a.py::test_b[::x[1]]") == "tests/test_a.py::test_b"
    assert slow.function_of("tests/test_a.py::test_b") == "tests/test_a.py::test_b"


def test_what_is_measured():
    """Processor time of this process counts."""
    before = slow._processor_time()
    sum(range(2_000_000))
    assert slow._processor_time() > before
