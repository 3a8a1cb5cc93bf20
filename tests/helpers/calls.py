"""Calls of the command line on the small data."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

from tests.helpers.small import DAY, SMALL

SCRIPT = Path(__file__).parent.parent.parent / "cli.py"
ON = (*SMALL, "--as-of", DAY)

NOTHING = """\
format: dxrules/plan/1
municipality: {code: "349992", name: {ja: 見本町, en: Mihon}}
recorded: 2026-03-31
plan: {title: DX推進計画, status: established}
provisions:
  cio: {status: in-place}
  progress-review: {status: in-place, cycle: [yearly]}
  CISO
  cybersecurity-policy-of-mayor: {status: in-place}
standardization:
  scope: list
  systems:
    resident-register: {status: migrated, migrated: 2026-01-01}
    family-register: {status: migrated, migrated: 2026-01-01}
    national-pension: {status: migrated, migrated: 2026-01-01}
measures: []
indicators: []
document: {read: complete, passages: []}
"""


def dxrules(*arguments, **settings):
    """Call the command line in a process of its own."""
    environ = {"PATH": os.environ["PATH"], **settings.pop("env", {})}
    command = [sys.executable, str(SCRIPT), *arguments]
    return subprocess.run(command, capture_output=True, check=False, env=environ, **settings)


def plan(text):
    """Write a plan file and return its name."""
    Path("plan.yaml").write_text(text, encoding="utf-8")
    return "plan.yaml"
