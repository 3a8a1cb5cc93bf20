"""Where this user's programs keep what they can make again."""

from __future__ import annotations

import os
import sys
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping

    from dxrules.rules import Law

SWITCH = "DXRULES_NO_CACHE"


def cache_folder(environ: Mapping[str, str], platform: str = sys.platform) -> Path | None:
    """Return the folder; None if nothing is to be kept, or the user has no such folder.

    It is in XDG_CACHE_HOME where that is an absolute path, else where the system has it.

    >>> cache_folder({"HOME": "/home/kikaku", "DXRULES_NO_CACHE": "1"}) is None
    True
    """
    if environ.get(SWITCH):
        return None
    for name, inside in _PLACES.get(platform, _ELSEWHERE):
        place = Path(environ.get(name, ""))
        if place.is_absolute():
            return place / inside
    return None


def law_for_judging(folder: Path | None) -> Law:
    """Return the law of a folder without examples: as it was kept, if nothing has changed."""
    from dxrules.cli.common import called
    from dxrules.rules.kept import law_to_judge

    return law_to_judge(folder, called(folder), cache_folder(os.environ))


_ELSEWHERE = (("XDG_CACHE_HOME", "dxrules"), ("HOME", ".cache/dxrules"))
_PLACES = {
    "darwin": (("XDG_CACHE_HOME", "dxrules"), ("HOME", "Library/Caches/dxrules")),
    "win32": (("XDG_CACHE_HOME", "dxrules"), ("LOCALAPPDATA", "dxrules/cache")),
}
