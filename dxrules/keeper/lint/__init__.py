"""Remarks on a folder of rulesets: faults, and oddities that its keeper should know."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import TYPE_CHECKING

from dxrules.errors import InputError, Problem, RulesetError
from dxrules.keeper.case_files import case_files, read_cases
from dxrules.keeper.lint.cited_places import article_days, not_in_texts
from dxrules.keeper.lint.condition_checks import conditions, decided
from dxrules.keeper.lint.days import days
from dxrules.keeper.lint.file_checks import not_read, prefectures
from dxrules.keeper.lint.refinements import pairs, refinements
from dxrules.keeper.lint.remark import Check, Remark, RemarkSeverity, open_folder
from dxrules.keeper.lint.source_checks import sources
from dxrules.keeper.lint.wording import wording
from dxrules.reference import data_root
from dxrules.rules import Law, load_law
from dxrules.texts import same

if TYPE_CHECKING:
    import pathlib

    from dxrules.keeper.law_texts import LawText

__all__ = ["Check", "Remark", "RemarkSeverity", "lint"]


def lint(
    folder: pathlib.Path | None = None,
    name: str = "rulesets",
    texts: tuple[Mapping[str, LawText], date] | None = None,
) -> tuple[Remark, ...]:
    """Return every remark on a folder, in the order of its lines; none if it is fine.

    `name` is how remarks call the folder; `texts` are texts of laws, by their ids, and the day
    whose numbers of articles are looked up in them. What loading refuses is all that is said of
    it: the other checks rest on rules that can be read. So do its test files, which are read, and
    not run.
    """
    root = folder or data_root() / "rulesets"
    try:
        law = load_law(root, name)
    except RulesetError as error:
        return (*map(_refused, error.problems), *not_read(root, name))
    files = open_folder(law, root, name)
    found = [remark for check in _CHECKS for remark in check(files)]
    if texts is not None:
        found += not_in_texts(files, *texts)
    found += [*not_read(root, name), *_wrong_tests(law, root, name)]
    return tuple(sorted(found, key=lambda remark: (remark.place, remark.check)))


_CHECKS = (
    conditions,
    pairs,
    refinements,
    days,
    decided,
    sources,
    article_days,
    wording,
    prefectures,
)


def _wrong_tests(law: Law, root: pathlib.Path, name: str) -> list[Remark]:
    """Return what is wrong with the test files of a folder, and with the plans that they name."""
    try:
        read_cases(case_files([], root, name), law)
    except InputError as error:
        return list(map(_refused, error.problems))
    return []


def _refused(problem: Problem) -> Remark:
    key = same(f"{problem.key}: " if problem.key else "")
    return Remark(problem.place, "refused", key + problem.message, problem.hint)
