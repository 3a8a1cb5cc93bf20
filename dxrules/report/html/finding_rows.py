"""The rows of the table of all requirements: what one rule says of subjects for one reason."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from dxrules.assessment import Finding, PlanAssessment
from dxrules.assessment.finding_question import asked, is_read_for, question_of
from dxrules.dates import Truth
from dxrules.derivation import VOCABULARY, describe
from dxrules.errors import Place
from dxrules.frozen import frozen
from dxrules.report.condition_text import GROUPS, beside, leaf_text
from dxrules.report.shared_labels import TRUTHS
from dxrules.rules import Outcome
from dxrules.rules.condition import Because, Leaf
from dxrules.texts import Text, same

AskedWords = dict[tuple[str, Leaf], Text]

_LONG = 24
_NOTHING = Text("(該当する記載なし)", " (nothing of it there)")
_AS_SAID = Text("上記", "as above")


@frozen
class Reason:
    """A part of a condition in words: how deep it lies, its truth, and the value of a leaf.

    `title` says of the topmost part which condition it is.
    """

    depth: int
    truth: Truth
    sign: Text
    asks: Text
    value: Text | None = None
    title: Text | None = None


@frozen
class ShownFinding:
    """Findings of one rule that came out alike and for the same reason, and that reason."""

    findings: tuple[Finding, ...]
    reasons: tuple[Reason, ...]

    @property
    def first(self) -> Finding:
        """The first of them: they differ in their subjects and in what was read of these."""
        return self.findings[0]

    @property
    def question(self) -> Text:
        """What is to be looked up for all of them, where it cannot be told."""
        return question_of(self.first) if is_read_for(self.first) else asked(self.findings)


def entries(plan: PlanAssessment, findings: Iterable[Finding]) -> Iterator[ShownFinding]:
    """Yield findings of a plan, put together where only their subjects differ."""
    groups: dict[tuple[object, ...], tuple[tuple[Reason, ...], list[Finding]]] = {}
    asked: AskedWords = {}
    for finding in findings:
        why = reasons(finding, asked)
        alike = (
            finding.rule.id,
            finding.outcome,
            finding.severity,
            finding.message,
            finding.due,
            finding.known,
            finding.setback,
            finding.waiver,
            beside(finding, plan.findings),
            why,
        )
        groups.setdefault(alike, (why, []))[1].append(finding)
    for why, alike_ones in groups.values():
        yield ShownFinding(tuple(alike_ones), why)


def reasons(finding: Finding, asked: AskedWords | None = None) -> tuple[Reason, ...]:
    """Return the conditions of a finding, part by part from the top.

    `asked` keeps what a leaf asks of a kind, in words: rules ask the same of many subjects.
    """
    asked = {} if asked is None else asked
    if finding.verdict is None or finding.outcome is Outcome.NOT_APPLICABLE:
        return ()
    required = _reasons(finding, finding.verdict.require, 0, asked, Text("要件", "requires"))
    if finding.verdict.applies is None:
        return tuple(required)
    applies = _reasons(finding, finding.verdict.applies, 0, asked, Text("適用", "applies where"))
    return (*applies, *required)


def _reasons(
    finding: Finding, because: Because, depth: int, asked: AskedWords, title: Text | None = None
) -> Iterator[Reason]:
    condition, sign = because.condition, TRUTHS[because.truth]
    if isinstance(condition, Leaf):
        attribute = VOCABULARY[finding.kind].attributes[condition.attribute]
        key = finding.kind, condition
        if key not in asked:
            asked[key] = leaf_text(attribute, condition.operator, condition.operand)
        asks = asked[key]
        value = None if because.value is None else describe(attribute, because.value)
        # The message quotes at length what part of a document is lost; once is enough.
        if value is not None and len(value.ja) > _LONG and value.ja in finding.message.ja:
            value = _AS_SAID
        yield Reason(depth, because.truth, sign, asks, value, title)
        return
    yield Reason(depth, because.truth, sign, GROUPS[type(condition)], None, title)
    for part in because.parts:
        yield from _reasons(finding, part, depth + 1, asked)


def where(place: Place, file: str) -> Text:
    """Return a place as it reads beneath the name of the file: its line, or the cell."""
    shown = place.shown
    if place.file != file:
        return shown
    if place.sheet:
        return Text(*(said.removeprefix(f"{file}:") for said in (shown.ja, shown.en)))
    line = Text(f"{place.line}行目", f"line {place.line}")
    return line + (_NOTHING if place.nothing else same(""))
