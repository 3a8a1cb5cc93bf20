"""Why the envelope is what it is: what durable_rules does outside it, each in its own process."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from dxrules.engine import available

FOLDER = Path(__file__).parent / "envelope"

pytestmark = pytest.mark.skipif(not available(), reason="durable_rules is not installed")

SAYS = {
    "empty_and": ["code 0", "kind_a sid-s", "kind_a f0"],
    "mixed_types": ["code 0", "five f1", "five f0"],
    "lost_facts": ["code 0", "all f0"],
    "many_fields": ["code 0", "all f0"],
    "not_exists": ["code 1", "absent sid-s"],
    "pending": ["Could not assert facts, error code: 303"],
    "same_hash": ["code 2", "all f1", "all f6059"],
    "string_order": ["code 0", "ab f0"],
}


@pytest.mark.parametrize("fault", SAYS)
def test_fault(fault):
    """durable_rules still does what its script describes, so the limit is still needed."""
    script = FOLDER / f"{fault}.py"
    run = subprocess.run([sys.executable, script], capture_output=True, text=True, check=True)
    assert run.stdout.splitlines() == SAYS[fault]


def test_every_script_is_run():
    """No reproduction lies about unused."""
    assert {path.stem for path in FOLDER.glob("*.py")} == {*SAYS, "asking", "conftest"}
