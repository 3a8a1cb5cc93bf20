"""Which plans a change touches: those that differ from a revision, or all if the rules do."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from dxrules.keeper.revisions import revision
from dxrules.rules.files import read_by_loading

if TYPE_CHECKING:
    from collections.abc import Callable

    from dxrules.keeper.revisions import Revision


def touched_since(name: str, rulesets: Path | None) -> Callable[[Path], bool]:
    """Return a function that tells whether a plan was touched since a revision.

    What is no file is touched: whoever reads it says what is wrong.
    `rulesets` is the folder that judges them, None for what travels along, which no change of
    this repository touches. Raises UsageError if there is no such revision.
    """
    since = revision(name, Path.cwd())
    if rulesets is not None and _differ(since, rulesets):
        return lambda _: True
    return lambda plan: not plan.is_file() or _differs(since, plan)


def _differs(since: Revision, plan: Path) -> bool:
    return since.files(plan.as_posix()).get(".") != plan.read_bytes()


def _differ(since: Revision, folder: Path) -> bool:
    """Tell whether any file that judges was added, removed or altered."""
    now = {
        path.relative_to(folder).as_posix(): path.read_bytes() for path in read_by_loading(folder)
    }
    then = {
        path: content
        for path, content in since.files(folder.as_posix()).items()
        if path in now or path.startswith(("national/", "prefecture/"))
    }
    return now != then
