"""Which plans a change touches, and how they came out before it.

A plan is touched if it differs from a revision, or if the rules do.
"""

from __future__ import annotations

from pathlib import Path, PurePath
from typing import TYPE_CHECKING

from dxrules.assessment.assess import assessor
from dxrules.assessment.setbacks import failures_of
from dxrules.errors import InputError
from dxrules.keeper.git_revision import LARGEST_READ, revision
from dxrules.paths import is_regular, is_there
from dxrules.plan import plan_of
from dxrules.plan.read import document_from
from dxrules.rules.ruleset_files import read_by_loading
from dxrules.source.read import bounded
from dxrules.texts import Text

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterable
    from datetime import date

    from dxrules.assessment.setbacks import Subject
    from dxrules.keeper.git_revision import Revision
    from dxrules.plan import PlanFile
    from dxrules.rules import Law, Severity


def touched_since(name: str, rulesets: Path | None) -> Callable[[Path], bool]:
    """Return a function that tells whether a plan was touched since a revision.

    What is no file is touched: whoever reads it says what is wrong.
    `rulesets` is the folder that judges them, None for what travels along, which no change of
    this repository touches. Raises UsageError if there is no such revision.
    """
    since = revision(name, Path.cwd())
    if rulesets is not None and _differ(since, rulesets):
        return lambda _: True
    return lambda plan: not is_regular(plan) or _differs(since, plan)


def gone_since(
    name: str,
    folders: Iterable[Path],
    is_plan: Callable[[PurePath], bool],
    codes: Collection[str],
) -> list[Path]:
    """Return the plans of folders at a revision that are no longer there.

    Those of towns by `codes` are left out: their files were renamed.
    """
    since = revision(name, Path.cwd())
    gone = [
        folder / below
        for folder in folders
        for below in sorted(since.names(folder.as_posix()))
        if is_plan(PurePath(below)) and not is_there(folder / below)
    ]
    return [path for path in gone if _code_in(since, path) not in codes]


def _code_in(since: Revision, path: Path) -> object:
    """Return the code of the municipality in a plan file as it was, where it can be read."""
    data = document_from(since.files(path.as_posix())["."], path.name).data
    said = data.get("municipality") if isinstance(data, dict) else None
    return said.get("code") if isinstance(said, dict) else None


class EarlierPlans:
    """Plans as they were at a revision, judged by the law and on the day of now.

    `unread` says which of them could not be read, so that nobody knows what they failed.
    """

    def __init__(self, name: str, law: Law, day: date, *, waivers: bool) -> None:
        self._since = revision(name, Path.cwd())
        self._law = law
        self._judge = assessor(law, day, engine="interpreter", waivers=waivers, reasons=False)
        self.unread: list[Text] = []

    def failures(self, path: Path, plan: PlanFile) -> dict[Subject, Severity]:
        """Return what a plan failed; nothing if it is new."""
        content = self._since.files(path.as_posix()).get(".")
        earlier = self._moved(path, plan) if content is None else self._read(path, content)
        return {} if earlier is None else failures_of(self._judge(earlier))

    def _read(self, path: Path, content: bytes) -> PlanFile | None:
        name = f"{self._since.name}:{path.as_posix()}"
        try:
            return plan_of(document_from(content, name), self._law.reference)
        except InputError as error:
            first = Text(*(said.split("\n")[0] for said in (error.text.ja, error.text.en)))
            self.unread.append(_UNREAD_THEN + first)
            return None

    def _moved(self, path: Path, plan: PlanFile) -> PlanFile | None:
        """Return the plan of the same town whose file is gone from the folder, if there is one."""
        for below, content in sorted(self._since.files(path.parent.as_posix()).items()):
            then = path.parent / below
            if then.suffix.lower() == path.suffix.lower() and not then.exists():
                found = self._read(then, content)
                if found and found.plan.municipality.code == plan.plan.municipality.code:
                    return found
        return None


_UNREAD_THEN = Text(
    "前の計画を読めないため、後戻りがあるかは分からない: ",
    "The plan as it was cannot be read, so setbacks are not known: ",
)


def _differs(since: Revision, plan: Path) -> bool:
    with plan.open("rb") as stream:
        return since.files(plan.as_posix()).get(".") != bounded(stream, LARGEST_READ)


def _differ(since: Revision, folder: Path) -> bool:
    """Tell whether any file that judges was added, removed or altered."""
    now = {
        path.relative_to(folder).as_posix(): path.read_bytes()
        for path in read_by_loading(folder)
        if is_regular(path)
    }
    then = {
        path: content
        for path, content in since.files(folder.as_posix()).items()
        if path in now or path.startswith(("national/", "prefecture/"))
    }
    return now != then
