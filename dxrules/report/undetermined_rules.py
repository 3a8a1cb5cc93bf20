"""Undetermined rules in words: how strong, by when, what is open, and what follows."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from dxrules.assessment import Finding
from dxrules.assessment.finding import WHOLE
from dxrules.assessment.finding_question import question_of
from dxrules.assessment.questions import Open
from dxrules.derivation import VOCABULARY
from dxrules.report.citations import named_with_marks, times, with_title
from dxrules.report.shared_labels import DRAFT, KNOWN, SETBACK
from dxrules.rules import STRENGTH_LABELS, Outcome
from dxrules.texts import Text, same, some_of

if TYPE_CHECKING:
    from dxrules.assessment.questions import Question

CONFIRM_FIRST = Text(
    "まず確かめること(計画の記載だけでは決まらない。不適合ではない)",
    "Confirm first (what the plan says does not settle it; these are no failures)",
)
CONFIRM_SHORT = Text("まず確かめること", "Confirm first")
UNLESS_MET = Text("確かめて、必要なら: ", "Look it up, and if need be: ")
"""Stands before a remedy where nobody is accused."""

HANGS = Text("この答えに関わる点検項目: ", "What hangs on it: ")
_SHOWN_LABELS = 6


def strength(finding: Finding) -> Text:
    """Return the strength of a rule as the mark of a line."""
    label = STRENGTH_LABELS[finding.rule.strength]
    return Text(f"[{label.ja}]", f"[{label.en}]")


def due_in(finding: Finding | Question) -> Text:
    """Return by when a rule asks, and how many days are left or have passed; nothing without."""
    if finding.due is None:
        return same("")
    day, left = finding.due.describe(), finding.days_left
    if left is None:
        return Text(f"(期限 {day.ja})", f" (due {day.en})")
    days = f"{abs(left)} day{'' if abs(left) == 1 else 's'}"
    ja, en = (f"あと{left}日", f"{days} left") if left >= 0 else (f"{-left}日経過", f"{days} ago")
    return Text(f"(期限 {day.ja}、{ja})", f" (due {day.en}, {en})")


def question_head(question: Question) -> Text:
    """Return a question as a line: how strong, what to look up, and by when."""
    label = STRENGTH_LABELS[question.strength]
    tag = Text(f"[{label.ja}]", f"[{label.en}]") + marks_of(question)
    return tag + same(" ") + question.text + due_in(question)


def strength_marked(question: Question) -> Text:
    """Return how strong a question is, and what is to be known of it."""
    return STRENGTH_LABELS[question.strength] + marks_of(question)


def marks_of(question: Question) -> Text:
    """Return what is to be known of all that hangs on a question: a draft, and the baseline."""
    marks = DRAFT if question.draft else same("")
    marks += KNOWN if all(finding.known for finding in question.hangs) else same("")
    return marks + (SETBACK if any(finding.setback for finding in question.hangs) else same(""))


def hangs_on(question: Question) -> Text:
    """Return which rules hang on the answer, each with how many of its subjects do."""
    return HANGS + rules_of(question)


def rules_of(question: Question) -> Text:
    """Return those rules alone."""
    return some_of([_times(each) for each in question.hanging], _SHOWN_LABELS)


def _times(each: Open) -> Text:
    rule = each.finding.rule
    return with_title(rule) + times(len(each.findings))


def to_do(finding: Finding) -> Text:
    """Return what to do about a finding: how to mend it, or what to look up where that is open."""
    return question_of(finding) if finding.outcome is Outcome.UNKNOWN else finding.remedy


def open_head(findings: Sequence[Finding]) -> Text:
    """Return the line of a rule that cannot be told: strength, id, title, how often, by when."""
    first = findings[0]
    said = named_with_marks(findings) + times(len(findings))
    return strength(first) + same(" ") + said + due_in(first)


def open_why(each: Open) -> Iterator[Text]:
    """Yield what is open, once for all subjects of which it is the same."""
    reasons: dict[Text, list[Finding]] = {}
    for finding in each.findings:
        reasons.setdefault(finding.message, []).append(finding)
    for message, findings in reasons.items():
        which = same("")
        if len(reasons) > 1 and not speaks_for_itself(findings[0]):
            labels = [finding.label for finding in findings]
            listed = some_of(labels, _SHOWN_LABELS)
            which = Text(f"[{listed.ja}] ", f"[{listed.en}] ")
        yield which + message


def if_not_met(finding: Finding) -> Text:
    """Return the remedy of a rule for whoever finds that it is not met."""
    return UNLESS_MET + finding.remedy


def speaks_for_itself(finding: Finding) -> bool:
    """Tell whether the title of the rule names its one subject already."""
    kind = VOCABULARY.get(finding.kind)
    single = kind is not None and kind.single
    return single or len(finding.rule.keys) == 1 or finding.key == WHOLE
