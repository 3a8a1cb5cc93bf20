"""Test files of one case by the good ruleset: how they are written, read and run."""

from __future__ import annotations

import pytest

from dxrules.errors import InputError
from dxrules.keeper.case_files import read_cases
from dxrules.keeper.case_runner import run_cases
from tests.helpers.lawbooks import load

HEAD = "format: dxrules/test/1\n"
PART = """\
      standardization:
        scope: list
        systems:
          family-register: {status: migrated, migrated: 2026-04-01, exception: none}
          national-pension: {status: migrated, migrated: 2026-03-31}
"""


def case(expect="", more="", part=PART, day="2026-05-01"):
    """Return a test file of one case."""
    lines = "".join(f"      - {{{each}}}\n" for each in expect.splitlines() if each)
    return (
        f"{HEAD}cases:\n  - name: 移行\n    as_of: {day}\n{more}"
        f"    plan:\n{part or '      {}'}\n" + (f"    expect:\n{lines}" if lines else "")
    )


def read(tmp_path, text, own=None):
    """Read the cases of a text by the good law."""
    path = tmp_path / "cases.yaml"
    path.write_text(text, encoding="utf-8")
    return read_cases([(path, "mine/cases.yaml")], own or load(tmp_path / "rulesets"))


def refused(tmp_path, text):
    """Return what is wrong with a text."""
    with pytest.raises(InputError) as caught:
        read(tmp_path, text)
    return [problem.text.en for problem in caught.value.problems]


def run(tmp_path, text, own=None, **options):
    """Return what comes of the one case of a text."""
    own = own or load(tmp_path / "rulesets")
    (result,) = run_cases(read(tmp_path, text, own), own, **options).results
    return result


def differences(result):
    """Return where something came out otherwise, and what."""
    return [(m.place.line, m.rule, m.key, m.what, m.expected, m.came) for m in result.mismatches]
