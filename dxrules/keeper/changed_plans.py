"""Plans that a change touches, and how they came out before it.

A plan is touched if it differs from a revision, or if the rules do.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable
from datetime import date
from functools import partial
from pathlib import Path, PurePath

from dxrules.assessment.assess import assessor
from dxrules.assessment.baseline import failures_of
from dxrules.assessment.finding import SubjectKey
from dxrules.errors import InputError
from dxrules.frozen import frozen
from dxrules.keeper.git_revision import LARGEST_READ, GitRevision, revision
from dxrules.paths import is_regular, is_there, open_file
from dxrules.plan import PlanFile, plan_of
from dxrules.plan.municipality_names import completed
from dxrules.plan.read import document_from
from dxrules.rules import Law, Severity
from dxrules.rules.ruleset_files import read_by_loading
from dxrules.source import Refusal
from dxrules.source.read import bounded
from dxrules.texts import Text


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


def _code_in(since: GitRevision, path: Path) -> object:
    """Return the code of the municipality in a plan file as it was, where it can be read."""
    data = document_from(since.files(path.as_posix())["."], path.name).data
    try:
        said = completed(data.get("municipality")) if isinstance(data, dict) else None
    except Refusal:
        return None
    return said.get("code") if isinstance(said, dict) else None


@frozen
class EarlierFile:
    """A file as it was at a revision, which its `name` names.

    One that is `gone` from its folder held the plan only if that is one of the same town.
    """

    name: str
    content: bytes
    gone: bool = False


class EarlierFiles:
    """The plan files of a revision."""

    def __init__(self, name: str) -> None:
        self._since = revision(name, Path.cwd())
        self._gone: dict[tuple[Path, str], tuple[EarlierFile, ...]] = {}

    @property
    def commit(self) -> str:
        """The commit that the revision is."""
        return self._since.commit

    def of(self, path: Path) -> tuple[EarlierFile, ...]:
        """Return the file as it was; of a new one those of its folder that are gone."""
        content = self._since.files(path.as_posix()).get(".")
        if content is not None:
            return (self._file(path, content),)
        kind = path.parent, path.suffix.lower()
        if kind not in self._gone:
            then = self._since.files(path.parent.as_posix(), partial(_is_gone, *kind))
            self._gone[kind] = tuple(
                self._file(path.parent / below, then[below], gone=True) for below in sorted(then)
            )
        return self._gone[kind]

    def _file(self, path: Path, content: bytes, *, gone: bool = False) -> EarlierFile:
        return EarlierFile(f"{self._since.name}:{path.as_posix()}", content, gone)


def _is_gone(folder: Path, ending: str, below: str) -> bool:
    """Tell whether a file of such a kind is no longer in its folder."""
    return PurePath(below).suffix.lower() == ending and not (folder / below).exists()


class EarlierPlans:
    """Plans as they were at a revision, judged by the law and on the day of now."""

    def __init__(self, law: Law, day: date, *, waivers: bool) -> None:
        self._law = law
        self._judge = assessor(law, day, engine="interpreter", waivers=waivers, reasons=False)

    def failures(
        self, files: Iterable[EarlierFile], plan: PlanFile
    ) -> tuple[dict[SubjectKey, Severity], list[Text]]:
        """Return what a plan failed, nothing if it is new; and which files cannot be read."""
        unread: list[Text] = []
        for file in files:
            try:
                found = plan_of(document_from(file.content, file.name), self._law.reference)
            except InputError as error:
                first = Text(*(said.split("\n")[0] for said in (error.text.ja, error.text.en)))
                unread.append(_UNREAD_THEN + first)
                continue
            if not file.gone or found.plan.municipality.code == plan.plan.municipality.code:
                return failures_of(self._judge(found)), unread
        return {}, unread


_UNREAD_THEN = Text(
    "前の計画を読めないため、後戻りがあるかは分からない: ",
    "The plan as it was cannot be read, so setbacks are not known: ",
)


def _differs(since: GitRevision, plan: Path) -> bool:
    with open_file(plan) as stream:
        return since.files(plan.as_posix()).get(".") != bounded(stream, LARGEST_READ)


def _differ(since: GitRevision, folder: Path) -> bool:
    """Tell whether any file that judges was added, removed or altered."""
    now = {
        path.relative_to(folder).as_posix(): path.read_bytes()
        for path in read_by_loading(folder)
        if is_regular(path)
    }
    then = since.files(
        folder.as_posix(),
        lambda path: path in now or path.startswith(("national/", "prefecture/")),
    )
    return now != then
