"""The lists of tests that `make slow` writes are of tests that there are."""

from __future__ import annotations

import re
import sqlite3

import pytest

from tests.helpers import slow, untraced
from tests.helpers.lawbooks import ROOT


@pytest.mark.parametrize("listed", [slow.listed, untraced.listed])
def test_every_name_is_that_of_a_test(listed):
    """Whoever renames a test renames it in the list: it would be fast otherwise."""
    missing = []
    for name in listed():
        file, _, function = name.partition("::")
        path = ROOT / file
        text = path.read_text("utf-8") if path.is_file() else ""
        if not re.search(rf"^def {function}\(", text, re.MULTILINE):
            missing.append(name)
    assert missing == []
    assert listed()


def test_a_case_is_one_of_its_function():
    """The list names functions, whatever stands in the name of a case."""
    assert slow.function_of("tests/test_a.py::test_b[::x[1]]") == "tests/test_a.py::test_b"
    assert slow.function_of("tests/test_a.py::test_b") == "tests/test_a.py::test_b"


def test_what_is_measured():
    """Processor time of this process counts."""
    before = slow._processor_time()
    sum(range(2_000_000))
    assert slow._processor_time() > before


def test_which_tests_are_needed():
    """What tells most for its time is kept, and what then tells nothing new is not."""
    reached = {"dear": {1, 2, 3}, "cheap": {1, 2}, "own": {3, 4}, "none": set(), "same": {1, 2}}
    taken = {"dear": 9, "cheap": 1, "own": 2, "none": 1, "same": 2}
    assert untraced.needed(reached, taken) == {"cheap", "own"}


def test_what_a_function_reaches(tmp_path):
    """Places are those of all cases, while the test itself ran."""
    file = tmp_path / "measured"
    connection = sqlite3.connect(file)
    connection.execute("CREATE TABLE context (id, context)")
    connection.execute("CREATE TABLE arc (file_id, context_id, fromno, tono)")
    contexts = ["", "a.py::b[1]|setup", "a.py::b[1]|run", "a.py::b[2]|run"]
    connection.executemany("INSERT INTO context VALUES (?, ?)", enumerate(contexts))
    connection.executemany("INSERT INTO arc VALUES (7, ?, 1, ?)", enumerate([2, 3, 4, 5]))
    connection.commit()
    connection.close()
    assert untraced.reached_in(file) == {"a.py::b": {(7, 1, 4), (7, 1, 5)}}
