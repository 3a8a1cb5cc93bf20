"""Names of places in a plan file: section, entry and key."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any, Final

from dxrules.plan.code_labels import in_words
from dxrules.plan.key_names import key_label
from dxrules.plan.models import Plan
from dxrules.plan.open_doubts import codes_of, list_of, model_at
from dxrules.reference import Reference
from dxrules.source import Path
from dxrules.source.placed_data import value_at
from dxrules.texts import Text, join, same, shorten

_IN: Final = Text("{around}「{name}」", "{around}: {name}")
_LISTS: Final = {"provisions": "provisions", "systems": "tasks", "charges": "charges"}
_NAMED_BY: Final = ("title", "document", "on", "year", "part", "problem")
_AMISS: Final = Text(
    "文面の問題(案の表示、作成者への覚え書き、古くなった国の動向など)と、読み取れなかった図・ページ",
    "faulty passages (marks of a draft, notes to the author, superseded accounts of national "
    "policy and the like), and figures and pages that could not be read",
)
"""What the section on the document itself is called."""
_IN_SECTION: Final = 2
"""The length of the path of an entry of a section."""
_NOTHING: Final = Text("(記載なし)", "(nothing)")


def section_name(section: str) -> Text:
    """Return what a section of the plan file is called."""
    return _AMISS if section == "document" else key_label(Plan, section)


def entry_name(data: Any, path: Path, reference: Reference) -> Text:
    """Return what the mapping at a path is called: that of a section, or an entry of one."""
    if len(path) == 1:
        return section_name(str(path[0]))
    is_nested = isinstance(path[-1], int) and len(path) > _IN_SECTION
    around = list_name(path[:-1]) if is_nested else section_name(str(path[0]))
    return _IN.format(around=around, name=own_name(data, path, reference))


def list_name(path: Path) -> Text:
    """Return what the list or table at a path is called."""
    return section_name(str(path[0])) if len(path) == 1 else key_name(path[:-1], str(path[-1]))


def own_name(data: Any, path: Path, reference: Reference) -> Text:
    """Return what an entry of a section is called by itself."""
    held, last = str(path[-2]), path[-1]
    if isinstance(last, int):
        entry = value_at(data, path) or {}
        said = next((entry[key] for key in _NAMED_BY if key in entry), str(last + 1))
        known = getattr(reference.documents.get(said), "name", None)
        return known or same(shorten(str(said)))
    listed = getattr(reference, _LISTS[held], {}) if held in _LISTS else {}
    return getattr(listed.get(last), "name", None) or key_name(path[:-1], str(last))


def key_name(path: Path, key: str) -> Text:
    """Return what a key of the mapping at a path is called; what is no key as it is."""
    return key_label(model_at(path), key)


def keys_name(path: Path, keys: Iterable[str]) -> Text:
    """Return what some keys of a mapping are called."""
    return join(key_name(path, key) for key in keys)


def value_words(path: Path, key: str, value: Any, reference: Reference) -> Text:
    """Return a value of a key in words: a code or an id by its label, a list by its items."""
    if value is None or value == []:
        return _NOTHING
    if isinstance(value, list):
        return join(value_words(path, key, each, reference) for each in value)
    if isinstance(value, dict):
        told = (each for name, each in value.items() if name not in {"evidence", "doubts", "id"})
        return join(same(shorten(str(each))) for each in told if isinstance(each, str))
    known = getattr(reference, list_of(path, key) or "", {})
    named = getattr(known.get(value), "name", None)
    return named or in_words(codes_of(path, key)).get(value, same(shorten(str(value))))
