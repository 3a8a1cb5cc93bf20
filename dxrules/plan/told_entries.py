"""What a town tells in one text, and a plan file holds as entries.

Tasks left out of standardization: 生活保護(県の事務)、児童扶養手当; those not named are in scope.
Documents that a plan follows: 見本県デジタル戦略、重点計画. Functions that conform later, by when.
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
_BASIC = re.compile(
    "(?:^|国の|[「『]|デジタル社会の実現に向けた)重点計画|官民データ活用推進基本計画"
    "|(?i:^(?:the )?(?:national )?priority plan)"
)
_OF_PREFECTURE = re.compile(  # no road (県道), no part of it (県央), and none of its towns
    "(?:^[都道府](?=の|官民|デジタル|DX)|東京都|北海道|(?:京都|大阪)府"
    "|(?<![山他隣各])県(?![道立営警内外下央北南東西境]))"
    "(?:[^市町村区]|市町村)*(?:計画|戦略|構想|ビジョン|プラン)|(?i:prefectur)"
)
"""What a prefecture made, by its name; 都市計画, 道路計画 and 政府の計画 are not."""
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
    tasks = {_folded(name): task for name, task in names.items()}
    return [_entry(part, tasks) for part in _parts(said)]


def deferred(said: str) -> dict[str, str]:
    """Return whether functions are deferred, and up to when.

    >>> deferred("令和10年度末まで"), deferred("なし")
    ({'status': 'some', 'due': '令和10年度末まで'}, {'status': 'none'})
    """
    return {"status": "none"} if says_nothing(said) else {"status": "some", "due": said}


def followed(said: str, plans: Mapping[str, str]) -> list[dict[str, str]]:
    """Return the documents that a text names: the nation's basic plan for data, or a prefecture's.

    `plans` are those of the reference list by name; of a prefecture, any other will do, too.

    >>> [each["document"] for each in followed("重点計画、県の計画、甲戦略", {"甲戦略": "x"})]
    ['priority-plan', 'prefecture-plan', 'x']
    """
    return [{"document": _document(name, plans), "title": name} for name in _parts(said)]


def _parts(said: str) -> list[str]:
    """Return what a text names, one by one; nothing of one that says that there is none."""
    plain = unicodedata.normalize("NFKC", said).strip()
    return [] if says_nothing(plain) else [p.strip() for p in _BETWEEN.split(plain) if p.strip()]


def _document(name: str, plans: Mapping[str, str]) -> str:
    """Return the id of a document by its name; a name that is no such plan stays as it is."""
    called = _folded(name).lstrip("「『")
    for title, document in plans.items():
        if called.startswith(_folded(title)):
            return document
    if _OF_PREFECTURE.search(name):
        return "prefecture-plan"
    return "priority-plan" if _BASIC.search(name) else name


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
