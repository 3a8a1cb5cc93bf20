"""Lines that name what is done, and beside the name who does it, when, and how far it is.

    ・電子契約の導入（財政課）　令和8年度～令和9年度
    2　電子契約の導入　　　財政課　　検討中
    電子契約の導入 …… 財政課

All that stands beside the name is such a fact, whatever parts it from that: brackets, blanks,
strokes, dots.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Final

from dxrules.document.normal import squeezed
from dxrules.draft.bare_facts import is_named_office
from dxrules.draft.column_heads import named_role
from dxrules.draft.figures_in_text import is_date
from dxrules.draft.lexicon import Lexicon
from dxrules.draft.measure_states import status_of
from dxrules.draft.measure_titles import is_whole_title, short_title
from dxrules.draft.schedules import scheduled
from dxrules.frozen import frozen

_LONGEST: Final = 120
_ARROWS: Final = " \u3000→⇒➡"
_KEY: Final = "凡例"
_LEAST_TITLE: Final = 4
_LONGEST_LEAD: Final = 6
"""Signs of a number, or a mark, that a blank parts from the name after it."""
_BRACKET: Final = re.compile(
    r"([(（【\[［〔<＜《〈](?:[^()（）【】\[\]［］〔〕<>＜＞《》〈〉]|[(（][^()（）]*[)）])*"
    r"[)）】\]］〕>＞》〉])"
)
_BETWEEN: Final = re.compile(
    r"[\u3000\t]+| {2,}|\s*[/／|｜]\s*|\s*(?:…|‥|[・.．]{3,})+\s*"
    r"|\s+[-―–—:：→⇒➡]+\s+|[:：]\s*$|^\s*[:：]"
)
_PARTS: Final = re.compile(
    "[、,/;|:]|(?<=[課室局部係館所])・(?=令和|R|20|[新継拡検])|(?<=[度月])・"
)
_ROLES: Final = frozenset({"owner", "schedule", "status", "start", "due"})
_ONCE: Final = re.compile(r"(.{3,16})(?:[にの]|から|より)?([ァ-ヶ一-龥]{2,6}?)(?:予定)?$")
_BEGINS: Final = re.compile(
    "(?:運用|供用|利用|実施|受付|本格|サービス)?開始(?:予定)?|着手|スタート"
)
_WHEN: Final = "when"
"""A day alone, which may be the one on which something begins, or by which it is done."""


@frozen
class EntryLine:
    """The name in a line with what stands beside it, by its roles; `when` is but a day."""

    title: str
    facts: tuple[tuple[str, str], ...]

    @property
    def labels(self) -> dict[str, str]:
        """What is told beside the name; of one role, the first."""
        return dict(reversed(self.facts))


def entry_of(text: str, reading: Lexicon) -> EntryLine | None:
    """Return the name in a line with the facts beside it; None where something else stands there.

    A sentence after such a line, as 【担当：財政課】契約を電子化する。, is none of its facts.
    """
    line = " ".join(text.split("\n")).strip()
    if len(line) > _LONGEST or "。" in line or _KEY in line:
        return None
    parts = _parts(line)
    facts: list[tuple[str, str]] = []
    while len(parts) > 1 and (told := _facts(parts[-1], reading)):
        facts = [*told, *facts]
        parts.pop()
    leads = (len(each) <= _LONGEST_LEAD or _BRACKET.fullmatch(each) for each in parts[:-1])
    is_name_last = all(leads)
    if not facts or not is_name_last:
        return None
    title = short_title("　".join(parts), reading)
    is_name = len(squeezed(title)) >= _LEAST_TITLE and is_whole_title(title)
    is_name = is_name and not squeezed(title).endswith(reading.ends("office-on-cover"))
    if not is_name or named_role(squeezed(title), reading) or _facts(title, reading):
        return None
    states = [told for role, told in facts if role == "status"]
    if len(states) > 1:  # stages of a schedule, one for each year
        facts = [each for each in facts if each[0] != "status"]
    return EntryLine(title, tuple(facts)) if facts else None


def facts_in(text: str, reading: Lexicon) -> Sequence[tuple[str, str]]:
    """Return the facts that a line below the name of a measure is made of: 財政課 R8-R9."""
    line = text.strip().rstrip("。")
    if len(line) > _LONGEST or "。" in line:
        return ()
    if whole := _facts(line, reading):
        return whole
    told = [_facts(each, reading) for each in line.split()]
    return [fact for each in told for fact in each] if all(told) else ()


def _parts(line: str) -> list[str]:
    """Return what a line is made of: what stands in brackets, and what other signs part."""
    found: list[str] = []
    for piece in _BRACKET.split(line):
        pieces = [piece] if _BRACKET.fullmatch(piece) else _BETWEEN.split(piece)
        found += [each.strip() for each in pieces if each.strip(_ARROWS)]
    return found


def _facts(part: str, reading: Lexicon) -> Sequence[tuple[str, str]]:
    """Return the facts of a part of a line; none if anything else stands in it."""
    inner = part[1:-1] if _BRACKET.fullmatch(part) else part
    said = squeezed(inner).rstrip("。")
    whole = None if "、" in said else _fact(said, reading)
    if whole is not None and "/" not in said:
        return [whole]
    return _facts_apart(said, reading) or ([whole] if whole is not None else ())


def _facts_apart(said: str, reading: Lexicon) -> Sequence[tuple[str, str]]:
    """Return the facts that signs part from each other: 2026~2030年度/企画課."""
    found: list[tuple[str, str]] = []
    for each in _PARTS.split(said):
        if not each or named_role(each, reading) in _ROLES:
            continue
        fact = _fact(each, reading)
        if fact is None:
            return ()
        if found and found[-1][0] == fact[0] == "owner":
            fact = ("owner", f"{found.pop()[1]}、{fact[1]}")
        found.append(fact)
    return found


def _fact(said: str, reading: Lexicon) -> tuple[str, str] | None:
    if is_named_office(said, reading):
        return "owner", said
    if status_of(said, reading):
        return "status", said
    told = scheduled(said, reading)
    if told and (told.keys() != {"due"} or _UNTIL(said)):
        return "schedule", said
    once = _ONCE.fullmatch(said)
    if once is not None and is_date(once[1]) and once[2] in reading.ends("doing-noun"):
        return ("start" if _BEGINS.fullmatch(once[2]) else _WHEN), once[1]
    day = told.get("due", said)
    return (_WHEN, day) if is_date(day) else None


_UNTIL: Final = re.compile("まで|完了|終了|中|内|末").search
