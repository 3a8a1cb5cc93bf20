"""The questions of a plan: what is undetermined, put together by what has to be known for it.

What one answer settles is one question, whichever rules ask it:

- a section that was not read, lost pages, or another document is asked for once;
- findings that rest on the same keys of the plan file for the same subject are asked for once,
  and where one rests on more of them than another, its question stands for both; a key that
  two of them share besides others is asked by the graver;
- questions that differ in their subjects alone are one, as they are looked up in one place.

Rules to look up come duties first: an open duty is not a duty met.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace

from dxrules.assessment.finding import Finding, PlanAssessment, in_order
from dxrules.assessment.finding_question import KnownKey, asked, causes, is_read_for, known, paths
from dxrules.dates import PartialDate
from dxrules.errors import Place
from dxrules.frozen import frozen
from dxrules.rules import Outcome, Strength
from dxrules.rules.rule import STRENGTH_RANK
from dxrules.source import Path
from dxrules.texts import Text

FIRST = 10

_NO_DAY = 10**7


@frozen
class Question:
    """What somebody can look up or decide, and what hangs on the answer.

    `findings` are those that it is asked for, `touches` others that rest on it among other
    things; the gravest come first. `strength` is that of the strongest rule among them, a draft
    only where all are. `due` is their earliest day. `paths` and `places` are where in the plan
    file the answer goes.
    """

    text: Text
    strength: Strength
    draft: bool
    due: PartialDate | None
    days_left: int | None
    findings: tuple[Finding, ...]
    touches: tuple[Finding, ...]
    paths: tuple[Path, ...]
    places: tuple[Place, ...]

    @property
    def hangs(self) -> tuple[Finding, ...]:
        """All that hangs on the answer."""
        return self.findings + self.touches

    @property
    def hanging(self) -> tuple[Open, ...]:
        """The rules that hang on it, the strongest first: alike, whichever of them is asked for."""
        return open_rules(sorted(self.hangs, key=in_order))

    @property
    def is_duty(self) -> bool:
        """Whether the law or the cabinet asks for any of it, as far as that was confirmed."""
        return self.strength in DUTIES and not self.draft


@frozen
class _Group:
    """Findings that one answer settles: what has to be known, or what has to be read.

    `leads` are the findings whose rule is asked, one for each subject.
    """

    leads: tuple[Finding, ...]
    findings: tuple[Finding, ...]
    asks: frozenset[KnownKey] = frozenset()
    reads: Path | None = None

    @property
    def text(self) -> Text:
        first = self.leads[0]
        return asked(self.leads) if self.reads is None else causes(first)[0].question


def questions(plan: PlanAssessment) -> tuple[Question, ...]:
    """Return what is asked of a plan: by strength, by the day it falls due, by what hangs on it."""
    found = plan.of(Outcome.UNKNOWN)
    read = [finding for finding in found if is_read_for(finding)]
    rest = [finding for finding in found if not is_read_for(finding)]
    # By identity: findings of one plan are each their own, and long to compare by value.
    order = {id(finding): position for position, finding in enumerate(found)}
    resting = _resting(found)

    def as_found(findings: Iterable[Finding]) -> tuple[Finding, ...]:
        return tuple(sorted(findings, key=lambda finding: order[id(finding)]))

    made = []
    claimed: set[KnownKey] = set()
    for group in (*_by_cause(read), *_by_template(_absorbed(_by_known(rest)))):
        own = {id(finding) for finding in group.findings}
        wanted = [group.reads] if group.reads is not None else group.asks - claimed
        claimed |= group.asks
        touched = {id(each): each for what in wanted for each in resting.get(what, ())}
        others = [finding for key, finding in touched.items() if key not in own]
        made.append(_question(group, as_found(group.findings), as_found(others), plan))
    return tuple(sorted(made, key=_order))


def _resting(findings: Iterable[Finding]) -> dict[KnownKey | Path, list[Finding]]:
    """Return what rests on each thing that is to be known, and on each that is to be read."""
    found: dict[KnownKey | Path, list[Finding]] = {}
    for finding in findings:
        for what in (*known(finding), *(cause.path for cause in causes(finding))):
            found.setdefault(what, []).append(finding)
    return found


def by_finding(asked_for: Iterable[Question]) -> dict[int, Question]:
    """Return, by the identity of a finding, the question that is asked for it."""
    return {id(finding): each for each in asked_for for finding in each.findings}


def first_questions(asked_for: Sequence[Question]) -> tuple[Question, ...]:
    """Return what to ask first: all that a duty hangs on, and more as makes a short list."""
    duties = sum(question.is_duty for question in asked_for)
    return tuple(asked_for[: max(duties, FIRST)])


def by_question(findings: Iterable[Finding]) -> tuple[tuple[Text, tuple[Open, ...]], ...]:
    """Put the rules that cannot be told together by what is asked of them, in their order."""
    groups: dict[Text, list[Open]] = {}
    for each in open_rules(findings):
        parts: dict[Path | None, list[Finding]] = {}
        for finding in each.findings:
            path = causes(finding)[0].path if is_read_for(finding) else None
            parts.setdefault(path, []).append(finding)
        for path, part in parts.items():
            text = asked(part) if path is None else causes(part[0])[0].question
            groups.setdefault(text, []).append(Open(tuple(part)))
    return tuple((text, tuple(rules)) for text, rules in groups.items())


def _by_cause(findings: Iterable[Finding]) -> list[_Group]:
    groups: dict[Path, list[Finding]] = {}
    for finding in findings:
        groups.setdefault(causes(finding)[0].path, []).append(finding)
    return [_Group((group[0],), tuple(group), reads=path) for path, group in groups.items()]


def _by_known(findings: Iterable[Finding]) -> list[_Group]:
    groups: dict[frozenset[KnownKey], list[Finding]] = {}
    for finding in findings:
        asks = known(finding) or frozenset({(finding.kind, finding.key, finding.rule.id)})
        groups.setdefault(asks, []).append(finding)
    return [_Group((group[0],), tuple(group), asks) for asks, group in groups.items()]


def _absorbed(groups: Sequence[_Group]) -> list[_Group]:
    """Put each group to the smallest that asks all that it asks, and more; the order stays."""
    kept = {group.asks: group for group in groups}
    near: dict[KnownKey, list[frozenset[KnownKey]]] = {}
    for group in groups:
        for what in group.asks:
            near.setdefault(what, []).append(group.asks)
    for asks in sorted(kept, key=len):
        beside = min((near[what] for what in asks), key=len)
        wider = [each for each in beside if each in kept and asks < each]
        if wider:
            into = min(wider, key=len)
            mine = kept.pop(asks)
            kept[into] = replace(kept[into], findings=kept[into].findings + mine.findings)
    return list(kept.values())


def _by_template(groups: Iterable[_Group]) -> list[_Group]:
    """Put together what asks the same of several subjects."""
    alike: dict[object, list[_Group]] = {}
    for group in groups:
        rule = group.leads[0].rule
        alike.setdefault(rule.id if rule.question is None else rule.question, []).append(group)
    return [
        _Group(
            tuple(lead for each in those for lead in each.leads),
            tuple(finding for each in those for finding in each.findings),
            frozenset().union(*(each.asks for each in those)),
        )
        for those in alike.values()
    ]


def _question(
    group: _Group,
    findings: tuple[Finding, ...],
    touches: tuple[Finding, ...],
    plan: PlanAssessment,
) -> Question:
    hangs = findings + touches
    sure = [finding for finding in hangs if not finding.rule.draft]
    strongest = max(sure or hangs, key=lambda finding: STRENGTH_RANK[finding.rule.strength])
    first = min(hangs, key=_day)
    where = [group.reads] if group.reads else [path for each in findings for path in paths(each)]
    places = [plan.file.place(path) for path in where]
    return Question(
        group.text,
        strongest.rule.strength,
        not sure,
        first.due,
        first.days_left,
        findings,
        touches,
        tuple(dict.fromkeys(where)),
        tuple(dict.fromkeys(places)),
    )


def _day(finding: Finding) -> int:
    latest = finding.due.latest if finding.due else None
    return latest.toordinal() if latest else _NO_DAY


def _order(question: Question) -> tuple[object, ...]:
    latest = question.due.latest if question.due else None
    day = latest.toordinal() if latest else _NO_DAY
    rank = -STRENGTH_RANK[question.strength]
    findings, hangs = question.findings, question.hangs
    first = findings[0].rule.id, findings[0].key
    return question.draft, rank, day, -len(hangs), -len(findings), *first, question.text.ja


DUTIES: tuple[Strength, ...] = ("statute", "cabinet")
"""Strengths of which every open rule is named, however many there are."""


@frozen
class Open:
    """A rule that cannot be told: every subject of which it cannot, what is due first coming first.

    They share the rule; one that comes out otherwise for another subject stands here, too.
    """

    findings: tuple[Finding, ...]

    @property
    def finding(self) -> Finding:
        """The first of them."""
        return self.findings[0]

    @property
    def is_duty(self) -> bool:
        """Whether the law or the cabinet asks for it, as far as that was confirmed."""
        rule = self.finding.rule
        return rule.strength in DUTIES and not rule.draft


def open_rules(findings: Iterable[Finding]) -> tuple[Open, ...]:
    """Put together what is undetermined of one rule, in the order of the first of each."""
    groups: dict[str, list[Finding]] = {}
    for finding in findings:
        if finding.outcome is Outcome.UNKNOWN:
            groups.setdefault(finding.rule.id, []).append(finding)
    return tuple(Open(tuple(group)) for group in groups.values())


def first_to_confirm(rules: Sequence[Open]) -> tuple[Open, ...]:
    """Return what to look up first: all that is a duty, and so much more as makes a short list."""
    duties = sum(each.is_duty for each in rules)
    rest = [number for number, each in enumerate(rules) if not each.is_duty]
    chosen = rest[: max(FIRST - duties, 0)]
    return tuple(each for number, each in enumerate(rules) if each.is_duty or number in chosen)
