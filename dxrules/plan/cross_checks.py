"""Faults of a plan file that lie between its entries, so that no model sees them."""

from __future__ import annotations

from functools import lru_cache
from typing import Any

from dxrules.errors import Problem
from dxrules.plan.field_info import model_in
from dxrules.plan.models import Plan
from dxrules.source import Document, Path, did_you_mean, duplicates, known_keys
from dxrules.source.bounds import INDICATOR_TIMES, PLAN_PREREQUISITES
from dxrules.source.placed_data import dotted
from dxrules.texts import Text, shorten


def between_entries(document: Document) -> list[Problem]:
    """Return a problem for each id that stands twice and each evidence of no key."""
    twice = [each for section in _sections_with_ids() for each in duplicates(document, section)]
    too_many = _too_many_prerequisites(document) + _too_many_times(document)
    return twice + _evidence_of_nothing(document) + too_many


@lru_cache
def _sections_with_ids() -> tuple[str, ...]:
    """Return the sections whose entries have ids of their own."""
    models = {name: model_in(info.annotation) for name, info in Plan.model_fields.items()}
    return tuple(name for name, model in models.items() if model and "id" in model.model_fields)


def _too_many_prerequisites(document: Document) -> list[Problem]:
    """Return a problem at the first prerequisite that is one too many."""
    left = PLAN_PREREQUISITES
    if len(document.values) <= left:  # of all values, as in almost all plans
        return []
    for path in document.values:
        if len(path) == _PREREQUISITE and (path[0], path[2]) == ("measures", "requires"):
            left -= 1
            if left < 0:
                return [Problem(document.place(path), dotted(path), *_TOO_MANY)]
    return []


_PREREQUISITE = 4
"""Parts of the path of a prerequisite: `[measures, 0, requires, 0]`."""
_TOO_MANY = (
    Text(
        f"先に必要な取組が、全部で{PLAN_PREREQUISITES:,}件を超えています。",
        f"The measures have more than {PLAN_PREREQUISITES:,} prerequisites in all.",
    ),
    Text(
        "直接の前提だけを書いてください。前提の前提は、そこから分かります。",
        "Write those alone that come directly before; what these require follows from them.",
    ),
)


def _too_many_times(document: Document) -> list[Problem]:
    """Return a problem at the first target and result of each indicator that is one too many."""
    said = document.data.get("indicators") if isinstance(document.data, dict) else None
    paths = (
        ("indicators", number, key, INDICATOR_TIMES)
        for number in range(len(said) if isinstance(said, list) else 0)
        for key in _TIMES
    )
    return [
        Problem(document.place(path), dotted(path), *_NO_COURSE)
        for path in paths
        if path in document.values
    ]


_TIMES = ("targets", "results")
_NO_COURSE = (
    Text(
        f"1つの指標の目標値や実績が、{INDICATOR_TIMES:,}件を超えています。",
        f"An indicator has more than {INDICATOR_TIMES:,} targets or results.",
    ),
    Text("年度ごとの値だけを書いてください。", "Write those of each year alone."),
)

_OF_KEYS = frozenset({"evidence", "doubts"})


def _evidence_of_nothing(document: Document) -> list[Problem]:
    """Evidence and doubts name keys of what carries them: `[..., evidence, 0, of, 0]`."""
    problems = []
    named = [p for p in document.values if len(p) > 4 and p[-2] == "of" and p[-4] in _OF_KEYS]  # noqa: PLR2004
    for path in named:
        said, known = _at(document, path), _keys_of(path[:-4])
        if isinstance(said, str) and known and said not in known:
            message = Text(
                f"「{shorten(said)}」というキーはここにありません。",
                f'"{shorten(said)}" is not a key of what this is evidence for.',
            )
            hint = did_you_mean(said, known)
            problems.append(Problem(document.place(path), dotted(path), message, hint))
    return problems


@lru_cache(maxsize=1_000)  # the same for all evidence of an entry, and in the next plan again
def _keys_of(carrier: Path) -> tuple[str, ...]:
    """Return the keys that evidence can be for, of what carries it."""
    return tuple(key for key in known_keys(Plan, carrier) if key not in _OF_KEYS)


def _at(document: Document, path: Path) -> object:
    value: Any = document.data
    for part in path:
        value = value[part]
    return value
