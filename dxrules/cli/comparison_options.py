"""Options of commands that compare two lawbooks, and the plans on both sides."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path, PurePosixPath
from typing import TYPE_CHECKING

from dxrules.cli.bilingual import all_of, option
from dxrules.cli.named_plans import Plans, is_plan_name
from dxrules.errors import UsageError
from dxrules.paths import is_there, shown
from dxrules.source import Document
from dxrules.texts import Text, visible

if TYPE_CHECKING:
    from dxrules.keeper.comparison_side import Side
    from dxrules.keeper.git_revision import GitRevision
    from dxrules.keeper.impact import PlanPair

_SIDE = Text("日|フォルダ|git:リビジョン", "DAY|FOLDER|git:REVISION")
sides_options = all_of(
    option(
        "--from",
        "old",
        ja="変わる前の点検項目",
        en="the law as it was",
        called=_SIDE,
        required=True,
    ),
    option(
        "--to",
        "new",
        ja="変わった後の点検項目(既定: 今の点検項目)",
        en="the law as it is (default: as of now)",
        called=_SIDE,
    ),
)
"""The options that name the two sides."""


def read_pairs(plans: Plans, paths: Sequence[str], old: Side, new: Side) -> list[PlanPair]:
    """Read each plan as it was and as it is: at a git revision, else in its file of today.

    What is wrong with a plan is reported, and it is left out. Raises UsageError where standard
    input is to be read at a revision.
    """
    from dxrules.keeper.impact import pair_up, readable

    reference = readable(old.law, new.law)
    if old.revision is None and new.revision is None:
        return [(file, file) for file in plans.read(paths, reference)]
    if "-" in paths:
        raise UsageError.of(
            "標準入力にはリビジョンがありません。計画のファイルを指定してください。",
            "Standard input has no revisions. Name the file of the plan.",
        )
    for path in paths:
        if not any(_has(side, path) for side in (old, new)):
            file = shown(Path(path))
            plans.complain(
                Text(
                    f"{file}: {old.name} にも {new.name} にもありません。",
                    f"{file}: neither in {old.name} nor in {new.name}.",
                )
            )
    sides = [_documents(plans, paths, side) for side in (old, new)]
    before, after = (
        {name: plans.plan(document, reference) for name, document in side} for side in sides
    )
    return pair_up(before, after)


def _has(side: Side, path: str) -> bool:
    return is_there(Path(path)) if side.revision is None else bool(side.revision.names(path))


def _documents(plans: Plans, paths: Sequence[str], side: Side) -> Iterator[tuple[str, Document]]:
    """Yield the plan files of a side by path; one that only the other side has is no fault."""
    for path in paths:
        if side.revision is not None:
            yield from _at(side.revision, path)
        elif _has(side, path):
            yield from ((document.file, document) for document in plans.documents([path]))


def _at(revision: GitRevision, path: str) -> Iterator[tuple[str, Document]]:
    """Yield the plan files at a path as they were at a revision."""
    from dxrules.plan.read import document_from

    def wanted(below: str) -> bool:
        return below == "." or is_plan_name(PurePosixPath(below))

    for below, content in sorted(revision.files(path, wanted).items()):
        name = shown(Path(path, below))
        yield name, document_from(content, f"{visible(revision.name)}:{name}")
