"""A plan file in another form: YAML, JSON or a workbook, with the same data."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING, Any

from dxrules.errors import UsageError
from dxrules.plan.doubts import doubts_of
from dxrules.plan.read import PlanFile
from dxrules.reference import Reference
from dxrules.texts import Lang, Text, visible

if TYPE_CHECKING:
    import pathlib

PlanWriter = Callable[[Mapping[str, Any], Lang, Reference], bytes]


def converted(file: PlanFile, target: pathlib.PurePath, lang: Lang, reference: Reference) -> bytes:
    """Return a plan in the form that the ending of its new file tells.

    Comments of YAML are not data, and are lost. Raises UsageError for any other ending, and for a
    workbook of a draft: it has no place for doubts, and without them all would pass for confirmed.
    """
    forms: dict[str, PlanWriter] = {
        ".yaml": _yaml,
        ".yml": _yaml,
        ".json": _json,
        ".xlsx": _workbook,
    }
    write = forms.get(target.suffix.lower())
    if write is None:
        name = visible(str(target))
        raise UsageError.of(
            f"{name}: 拡張子は {'、'.join(forms)} のいずれかです。",
            f"{name}: its ending is one of {', '.join(forms)}.",
        )
    if write is _workbook and (doubts := doubts_of(file.document)):
        raise UsageError(_UNCONFIRMED.format(place=str(file.place(doubts[0])), count=len(doubts)))
    return write(file.document.data, lang, reference)


_UNCONFIRMED = Text(
    "{place}: 下書きのままの doubts が{count}件あります。ブックには書けないので、"
    "先に確かめて消すか、YAMLのまま使ってください。",
    "{place}: {count} doubts of a draft are left. A workbook has no place for them: confirm and "
    "delete them first, or stay with YAML.",
)


def as_yaml(data: Mapping[str, Any]) -> str:
    """Return plain data as YAML, in the order in which it stands."""
    import yaml

    text: str = yaml.safe_dump(dict(data), allow_unicode=True, sort_keys=False, width=100)
    return text


def _yaml(data: Mapping[str, Any], lang: Lang, reference: Reference) -> bytes:  # noqa: ARG001
    return as_yaml(data).encode()


def _json(data: Mapping[str, Any], lang: Lang, reference: Reference) -> bytes:  # noqa: ARG001
    return (json.dumps(data, ensure_ascii=False, indent=2) + "\n").encode()


def _workbook(data: Mapping[str, Any], lang: Lang, reference: Reference) -> bytes:
    from dxrules.plan.workbook.writer import workbook_of

    return workbook_of(data, lang, reference)
