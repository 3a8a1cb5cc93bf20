"""Answers taken into a plan file: what stands there stays as it is, comments and order included.

The answers are put where the section of answers ends, or after all else. Whether the file then
says what it said before, and the answers, is tried before anything is written.
"""

from __future__ import annotations

import json
import re
from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any

import yaml

from dxrules.errors import Place, PlanError, Problem, UsageError
from dxrules.plan import PlanFile
from dxrules.plan.read import plan_of
from dxrules.reference import Reference
from dxrules.source.read import from_bytes
from dxrules.texts import Text

ANSWERS = "answers"
_ENTRY = re.compile(rf"{ANSWERS}\[(\d+)\]")
_PLAIN = re.compile(r"[^\W\d_][\w.-]*")
_LOADER: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
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


def with_answers(file: PlanFile, given: Sequence[Mapping[str, str]]) -> str:
    """Return the text of a plan file with more answers; all of the rest stays as it is."""
    text = file.document.text
    root: Any = yaml.compose(text, Loader=_LOADER)
    found = next((v for k, v in root.value if k.value == ANSWERS), None)
    rows = [_row(each, quoted=root.flow_style) for each in given]
    if found is not None and found.flow_style:
        return _before(text, found, f"{', ' if found.value else ''}{', '.join(rows)}")
    if root.flow_style:
        return _before(text, root, f', "{ANSWERS}": [{", ".join(rows)}]')
    if found is None:
        head = "" if text.endswith("\n") else "\n"
        return f"{text}{head}{ANSWERS}:\n" + "".join(f"  - {row}\n" for row in rows)
    gap = " " * found.start_mark.column
    at = _end_of_line(text, _last(found).end_mark.index)
    head = "" if text[:at].endswith("\n") else "\n"
    return text[:at] + head + "".join(f"{gap}- {row}\n" for row in rows) + text[at:]


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
    data = {**file.document.data, ANSWERS: [*_answers(file), *map(dict, given)]}
    if file.document.raw is None:
        document = from_bytes(with_answers(file, given).encode(), file.name)
    else:
        shown = yaml.safe_dump(data, allow_unicode=True, sort_keys=False)
        document = from_bytes(shown.encode(), file.name)
    if document.problems or document.data != data:
        rows = "".join(f"\n  - {_row(each)}" for each in given)
        lines = f"\n{ANSWERS}:{rows}"
        raise UsageError(_NOT_KEPT.format(file=file.name) + Text(lines, lines))
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


def _before(text: str, node: Any, added: str) -> str:
    """Put a text before the sign that closes a node, and the space or comma in front of that."""
    at = node.end_mark.index - 1
    kept = text[:at].rstrip()
    return kept.removesuffix(",") + added + text[len(kept) : at] + text[at:]


def _last(node: Any) -> Any:
    """Return the last scalar, or bracket, of a list that is written in lines."""
    while isinstance(node.value, list) and node.value and not node.flow_style:
        node = node.value[-1]
        node = node[1] if isinstance(node, tuple) else node
    return node


def _end_of_line(text: str, at: int) -> int:
    """Return where the next line begins after a place; the place itself if it begins one."""
    if at and text[at - 1] == "\n":
        return at
    end = text.find("\n", at)
    return len(text) if end < 0 else end + 1


def _row(answer: Mapping[str, str], *, quoted: bool = False) -> str:
    """Return an answer as one line of YAML, or of JSON where all is quoted."""
    shown = (
        f"{_text(key, quoted=quoted)}: {_text(value, quoted=quoted)}"
        for key, value in answer.items()
    )
    return "{" + ", ".join(shown) + "}"


def _text(value: str, *, quoted: bool) -> str:
    """Return a word as it is, and anything else in quotes."""
    plain = not quoted and _PLAIN.fullmatch(value) and value.casefold() != "null"
    return value if plain else json.dumps(value, ensure_ascii=False)
