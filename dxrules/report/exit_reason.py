"""Why a call ends with its exit code, and what to call next."""

from __future__ import annotations

from collections.abc import Iterable

from dxrules.assessment.finding import ANY
from dxrules.errors import FINDINGS, OK, UNTRUSTED
from dxrules.report.how_to_write import How
from dxrules.report.piecewise import Whole
from dxrules.report.shared_labels import SEVERITY_WORDS
from dxrules.rules import SEVERITIES, STRENGTH_LABELS, Outcome
from dxrules.texts import Text, join, same, some_of

_CODE = Text("終了コード {code}: ", "Exit code {code}: ")
_UNTRUSTED = Text(
    "判定できなかったもの(エラー)があり、結果は信頼できない",
    "something could not be judged (error), so the result cannot be trusted",
)
_WRONG = Text(
    "入力に誤りがあり、そのすべては判定していない(標準エラー出力に示した)",
    "something was wrong with the input and not all of it was judged (see standard error)",
)
_FOUND = Text("{what}がある: {ids}", "{what}: {ids}")
_NOTHING = Text("{what}はない", "no {what}")
_IN_PART = Text("絞り込んだ範囲に、{what}はない", "no {what} in this selection")
_NEVER = Text("不適合は数えない(--fail-on never)", "failures are not counted (--fail-on never)")
_OPEN = Text(
    "。要確認 {number}件は数えていない(数えるには --fail-on-unknown)",
    "; {number} undetermined are not counted (--fail-on-unknown counts them)",
)
_FAILURES = Text("不適合({which})", "failures ({which})")
_UNKNOWNS = Text("要確認({which})", "undetermined ({which})")
_ALL = Text("すべて", "all")
_FROM = Text("{word}以上", "{word} or graver")
_SHOWN = 6


def exit_reason(code: int, whole: Whole, how: How) -> Text:
    """Say why a call ends with its exit code."""
    head = _CODE.format(code=str(code))
    if code == UNTRUSTED:
        return head + _UNTRUSTED
    if code == FINDINGS:
        counted = (rule for heading in whole.headings for rule in heading.counted)
        ids = [same(rule) for rule in dict.fromkeys(counted)]
        shown = some_of(ids, _SHOWN)
        return head + _FOUND.format(what=_counted(how), ids=shown)
    if code != OK:
        return head + _WRONG
    nothing = "never" in how.threshold and not how.unknown
    unknown = sum(heading.counts.outcomes[Outcome.UNKNOWN] for heading in whole.headings)
    clean = _NOTHING if whole.selected is None else _IN_PART
    said = _NEVER if nothing else clean.format(what=_counted(how))
    if unknown and not how.unknown:
        said += _OPEN.format(number=str(unknown))
    return head + said


def _counted(how: How) -> Text:
    parts = []
    if "never" not in how.threshold:
        parts.append(_FAILURES.format(which=_levels(how.threshold)))
    if how.unknown:
        parts.append(_UNKNOWNS.format(which=_levels(how.unknown)))
    return join(parts)


def _levels(levels: Iterable[str]) -> Text:
    return join(_level(each) for each in levels)


def _level(level: str) -> Text:
    if level == ANY:
        return _ALL
    if level in STRENGTH_LABELS:
        return STRENGTH_LABELS[level]
    severity = next(each for each in SEVERITIES if each == level)
    word = SEVERITY_WORDS[severity]
    return word if severity == SEVERITIES[0] else _FROM.format(word=word)
