"""Tasks that a town tells are left out of standardization: their names, with reasons in brackets.

An answer is one text: 生活保護(県の事務)、児童扶養手当. Tasks that it does not name are in scope.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping

from dxrules.plan.blank_marks import says_nothing
from dxrules.plan.code_labels import EXCLUSION
from dxrules.texts import LANGS

NONE = "なし"
_ENTRY = re.compile(r"(?P<task>[^()]+)\((?P<reason>[^()]+)\)")
_SUFFIX = re.compile("(?:業務|事務|システム)$")
_BETWEEN = re.compile(r"[、,;\n](?![^(]*\))")


def left_out(said: str, names: Mapping[str, str]) -> list[dict[str, str]]:
    """Return the entries of a text; `names` are all that tasks are called, each with its id.

    A word that is none of them stays as it was written, and the plan file does not take it.

    >>> left_out("国民年金（事務なし）、戸籍業務", {"国民年金": "pension", "戸籍": "register"})
    [{'task': 'pension', 'reason': 'no-such-task'}, {'task': 'register'}]
    >>> left_out("なし", {})
    []
    """
    plain = unicodedata.normalize("NFKC", said).strip()
    if says_nothing(plain):
        return []
    tasks = {_folded(name): task for name, task in names.items()}
    return [_entry(part.strip(), tasks) for part in _BETWEEN.split(plain) if part.strip()]


def _entry(part: str, tasks: Mapping[str, str]) -> dict[str, str]:
    found = _ENTRY.fullmatch(part)
    called = _folded(found["task"] if found else part)
    task = tasks.get(called) or tasks.get(_SUFFIX.sub("", called)) or part
    return {"task": task} | ({"reason": _reason(found["reason"])} if found else {})


def _reason(said: str) -> str:
    """Return the code of a reason; what is none stays as it was written."""
    from dxrules.plan.workbook.natural_words import meant  # few answers give reasons

    words = {
        _folded(word): code
        for code, label in EXCLUSION.items()
        for word in (code, *(label.in_(lang) for lang in LANGS))
    }
    return words.get(_folded(said)) or meant(EXCLUSION, said) or said


def _folded(text: str) -> str:
    return "".join(unicodedata.normalize("NFKC", text).casefold().split())
