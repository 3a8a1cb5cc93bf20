"""Git as nobody in particular: what whoever runs the tests has configured does not matter."""

from __future__ import annotations

import os
import subprocess

_NOBODY = {
    f"GIT_{who}_{what}": value
    for who in ("AUTHOR", "COMMITTER")
    for what, value in (("NAME", "a"), ("EMAIL", "a@example.jp"))
}
_ALONE = {"GIT_CONFIG_GLOBAL": os.devnull, "GIT_CONFIG_SYSTEM": os.devnull}


def git(*arguments):
    """Call git in the current folder; return what it says."""
    environ = {**os.environ, **_NOBODY, **_ALONE}
    return subprocess.run(("git", *arguments), check=True, capture_output=True, env=environ).stdout
