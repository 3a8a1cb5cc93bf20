"""Answers taken into a plan file: what stands there stays as it is, comments and order included.

The answers are put where the section of answers ends, or after all else. Whether the file then
says what it said before, and the answers, is tried before anything is written.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any

import yaml

from dxrules.errors import Place, PlanError, Problem, UsageError
from dxrules.plan import PlanFile
from dxrules.plan.read import plan_of
from dxrules.reference import Reference
from dxrules.source.placed_data import Document
from dxrules.source.read import from_bytes
from dxrules.source.rewrite import rewritten
from dxrules.source.yaml_layout import one_line
from dxrules.texts import Text, same

ANSWERS = "answers"
_ENTRY = re.compile(rf"{ANSWERS}\[(\d+)\]")
_WORKBOOK = Text(
    "{file}: ブックには書き込めません(色やメモを失わずには書けないため)。"
    "--output 新しい名前.xlsx で、回答の入った別のブックを作れます。",
    "{file}: a workbook is not written into, as its colours and notes would be lost. "
    "--output NEW.xlsx makes another one that holds the answers.",
)
_NOT_KEPT = Text(
    "{file}: この書き方のファイルには、回答を書き足せません。最後に次の行を書き足してください。",
    "{file}: answers cannot be added to a file that is written like this. Add these lines at its "
    "end yourself:",
)


def _with_answers(document: Document, data: Mapping[str, Any], rows: Sequence[str]) -> Document:
    """Return a plan file with more answers, the first of them in a section at its end."""
    if ANSWERS not in document.data:
        head = "" if document.text.endswith("\n") else "\n"
        lines = "".join(f"  - {row}\n" for row in rows)
        added = f"{document.text}{head}{ANSWERS}:\n{lines}"
        found = from_bytes(added.encode(), document.file)
        if found.data == data:  # else it is JSON, or ends in a way of its own
            return found
    return rewritten(document, data)


def taken_in(
    file: PlanFile,
    given: Sequence[Mapping[str, str]],
    reference: Reference,
    places: Sequence[Place] = (),
) -> PlanFile:
    """Return a plan file with more answers, read again; that of a workbook has become YAML.

    `places` are where the answers stand: what is wrong with one is told by its place there, as the
    plan file does not hold it yet. Raises InputError where the plan file does not take them, and
    UsageError where its text cannot be added to without changing what it says.
    """
    document = file.document
    data = {**document.data, ANSWERS: [*_answers(file), *map(dict, given)]}
    rows = [one_line(dict(each)) for each in given]
    if document.raw is not None:
        shown = yaml.safe_dump(data, allow_unicode=True, sort_keys=False)
        document = from_bytes(shown.encode(), file.name)
    else:
        try:
            document = _with_answers(document, data, rows)
        except UsageError as error:
            lines = "\n".join(["", f"{ANSWERS}:", *(f"  - {row}" for row in rows)])
            raise UsageError(_NOT_KEPT.format(file=file.name) + same(lines)) from error
    try:
        return plan_of(document, reference)
    except PlanError as error:
        before = len(_answers(file))
        told = (_told_where(problem, before, places) for problem in error.problems)
        raise PlanError([*told]) from error


def _told_where(problem: Problem, before: int, places: Sequence[Place]) -> Problem:
    """Return a problem with the place where its answer stands, if it is one of a new answer."""
    found = _ENTRY.match(problem.key)
    number = int(found[1]) - before if found else -1
    if not 0 <= number < len(places):
        return problem
    return replace(problem, place=places[number], key="")


def refuse_workbook(file: PlanFile) -> None:
    """Raise UsageError if a plan file is a workbook, which is not written into."""
    if file.document.raw is not None:
        raise UsageError(_WORKBOOK.format(file=file.name))


def _answers(file: PlanFile) -> list[Any]:
    held: list[Any] = file.document.data.get(ANSWERS, [])
    return held
