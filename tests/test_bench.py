"""The benchmark is no test, but it has to start, with the modules that it measures."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

RUN = Path(__file__).parent.parent / "bench" / "run.py"


def test_it_starts():
    """Its help is printed without any of the peers being installed."""
    done = subprocess.run(
        [sys.executable, RUN, "--help"], capture_output=True, text=True, check=False
    )
    assert (done.returncode, done.stderr) == (0, "")
    assert "--quick" in done.stdout
