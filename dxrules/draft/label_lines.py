"""Lines that are labels with what they say: 担当課:市民課, 【期間】令和8年度~令和9年度."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from typing import Final

from dxrules.document.normal import squeezed
from dxrules.draft.column_heads import role_of
from dxrules.draft.lexicon import Lexicon
from dxrules.draft.outline import Sentence
from dxrules.draft.schedules import over_years
from dxrules.draft.table_years import YEAR, year_of

_LABEL: Final = re.compile(
    r"^[・○●◆■□◇▶\s【\[〔]{0,3}([^:：】\]〕\s]{2,8})(?:\s*[:：】\]〕]|\s)\s*(?:(?:…|‥|・{2}|\.{3})+\s*)?(?=\S)"
)


def labels_in(sentence: Sentence, reading: Lexicon) -> list[tuple[str, str]]:
    """Return the roles and the values of lines such as 担当課：市民課; nothing of other lines.

    One line may hold several: 担当課：市民課 実施時期：令和8年度.
    """
    found = []
    text = _OF_PROSE.sub("", _CUT.sub(r"\1\2", sentence.text.rstrip()))
    lines = [*_lines_of_labels_in(text.rstrip("。"))]
    for line, below in zip(lines, [*lines[1:], ""], strict=True):
        if len(_years_in_a_row(line)) > 1:
            continue  # they head a schedule, of which they tell nothing
        if bracket := _BRACKETED.fullmatch(line.strip()):
            line = bracket[1]  # noqa: PLW2901  (it is the line that counts)
        line = _SPACED.sub(_together, line)  # noqa: PLW2901
        label = _LABEL.match(line)
        role = role_of(squeezed(label[1]), reading) if label else ""
        if not label or not role:
            continue
        rest = line[label.end() :]
        if role == "schedule" and len(years := _years_in_a_row(rest)) >= _LEAST_YEARS:
            stages = below.split()
            covered = [year for year, stage in zip(years, stages, strict=False) if _IS_STAGE(stage)]
            if covered and len(stages) == len(years):
                found.append((role, f"{covered[0]}~{covered[-1]}"))
            continue
        for inner in _INNER.finditer(rest):
            other = role_of(squeezed(inner[1] or inner[2]), reading)
            if other and other != role:
                own = rest[: inner.start()].strip(_SPACES)
                found.append((role, over_years(squeezed(label[1]), own, reading)))
                found += labels_in(replace(sentence, text=rest[inner.start() :].strip()), reading)
                break
        else:
            found.append((role, over_years(squeezed(label[1]), rest.strip(), reading)))
    return found


_CUT: Final = re.compile(
    r"(令和|平成|[~～〜]|から)\s*\n\s*(?=[0-9０-９元令平])|([:：])[ \u3000]*\n(?=[ \u3000]+\S)"
)
"""Where a line was broken within a time, or after a label whose words stand further in."""
_OF_PROSE: Final = re.compile(
    r"(?<=[ぁ-んァ-ヶー一-龥、])\s*\n\s*(?=[^\n:：]{0,40}[(（〔【\[][^()（）〔〕【】\[\]]*[)）〕】\]]。$)"
)
"""Where a sentence was broken before the bracket at its end: …設け / ます（担当：住民課）。"""


def _years_in_a_row(text: str) -> list[str]:
    """Return the years that a line holds with nothing else between them: R6  R7  R8."""
    words = [squeezed(word) for word in text.split()]
    return [year_of(word) for word in words] if all(YEAR.fullmatch(word) for word in words) else []


_LEAST_YEARS: Final = 3
_IS_STAGE: Final = re.compile("[^-―‐－ー]").search
_IN_A_ROW: Final = re.compile(
    r"\s*(?:[〔【\[(（][^〔〕【】\[\]()（）]{1,20}[:：][^〔〕【】\[\]]{1,60}[〕】\])）]\s*){2,}"
)
_ONE_OF_ROW: Final = re.compile(r"[〔【\[(（]([^〔〕【】\[\]]+)[〕】\])）](?=\s*(?:[〔【\[(（]|$))")


def _lines_of_labels_in(text: str) -> Iterator[str]:
    """Yield the lines of a text; of 〔担当：住民課〕〔期間：令和8年度〕 each bracket is one."""
    for line in text.split("\n"):
        if _IN_A_ROW.fullmatch(line):
            yield from _ONE_OF_ROW.findall(line)
        else:
            yield line


_BRACKETED: Final = re.compile(r"[(（]([^()（）]*[:：].*)[)）]")
_INNER: Final = re.compile(
    r"(?:(?:^|[\s、,／/])[【\[〔(]?|[【〔])([^\s:：、,／/【】\[\]〔〕]{2,8})\s*[:：】\]〕]"
    r"|(?:(?<=[／/|｜]\s)|(?<=[／/|｜]))([^\s:：、,／/【】\[\]〔〕]{2,8})(?=\s\S)"
)
"""A further label in a line: before a colon, or after a stroke and before a blank."""
_SPACES: Final = " \u3000、,／/"
_SPACED: Final = re.compile(
    r"^([\s・○●◆■□◇▶]*)([一-龥ぁ-ん])[ \u3000]+([一-龥ぁ-ん])"
    r"(?:[ \u3000]+([一-龥ぁ-ん]))?(?=[\s:：])"
)
"""A label with blanks between its signs, so that it is as wide as others: 件　名."""


def _together(found: re.Match[str]) -> str:
    return "".join(each or "" for each in found.groups())


_IN_BRACKETS: Final = re.compile("[〔【(\\[]([^〔【(\\[〕】)\\]]{1,8})[〕】)\\]]")


def counted_name(sentence: Sentence, reading: Lexicon) -> tuple[str, dict[str, str]] | None:
    """Return the name in a line that is counted, and what labels at its end and below it say.

    [2] 書かない窓口の導入      担当 市民課, with 判定 順調 in the line below.
    """
    first, _, below = sentence.text.partition("\n")
    found = _COUNTED_NAME.fullmatch(first)
    role = role_of(squeezed(found["label"]), reading) if found else ""
    if found is None or role not in _OF_ONE:
        return None
    more = labels_in(replace(sentence, text=below), reading) if below else []
    return found["name"].strip(), {role: found["value"].strip()} | dict(more)


_COUNTED_NAME: Final = re.compile(
    r"\s*[\[［(（【<]?(?:No\.?|№)?[0-9０-９]{1,2}(?:[-－.．][0-9０-９]{1,2})?[\]］)）】>.．:：]?\s*"
    r"(?P<name>[^\s0-9].{2,40}?)(?: {2,}|\u3000+\s*)"
    r"(?P<label>[^\s:：]{2,6})[:： \u3000]\s*(?P<value>\S.{0,40})"
)
_OF_ONE: Final = frozenset({"owner", "schedule", "status"})
"""Roles of a label that stands at the end of the line of a name."""
