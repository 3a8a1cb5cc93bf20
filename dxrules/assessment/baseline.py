"""A baseline: what a plan is already known to fail, so that only what is new counts.

Entries are known by content (town, plan, rule, kind, key), never by line: what was known of one
plan says nothing of the town's next. An entry covers a finding that is no graver than when it was
written, and that counts no further places. What failed and is undetermined now is a setback: a
failure does not mend itself by silence. Where a section was taken out of a plan, what it failed
is named and counts as it did.
"""

from __future__ import annotations

import unicodedata
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping
from hashlib import sha256
from typing import Literal

from dxrules.assessment.finding import WHOLE, Assessment, Finding, PlanAssessment, SubjectKey
from dxrules.dates import PartialDate, Range
from dxrules.derivation import VOCABULARY
from dxrules.frozen import frozen, replaced
from dxrules.plan import Plan
from dxrules.rules import SEVERITIES, Outcome, Severity
from dxrules.rules.condition import Leaf

_COUNTED = (Outcome.FAIL, Outcome.UNKNOWN)
_DIGITS = 16
"""Of a digest: enough to tell the places of one finding apart."""


@frozen
class BaselineEntry:
    """A finding that is known; `severity` is that of a failure, `note` for an open question.

    Where the finding counts places (passages, say), `count` is how many there are at least, or
    of an open question at most, and `places` holds a digest of what each says. An entry of an
    `earlier` form does not tell.
    """

    municipality: str
    plan: str
    rule: str
    kind: str
    key: str
    outcome: Literal["fail", "unknown"]
    severity: Severity
    count: int | None = None
    places: tuple[str, ...] = ()
    earlier: bool = False


BaselineEntries = tuple[BaselineEntry, ...]
_PlanKey = tuple[str, str]


@frozen
class Compared:
    """An assessment in which the findings of a baseline are marked as known, and setbacks.

    `stale` are entries of the judged plans that have been mended, or have nothing to say any
    more; `of_others` those of other plans of the judged towns, which cover nothing here.
    `uncounted` are findings that an entry of an earlier form leaves open: they count places.
    """

    assessment: Assessment
    stale: BaselineEntries
    of_others: BaselineEntries = ()
    uncounted: int = 0


def name_of(plan: Plan) -> str:
    """Return what tells a plan from the others of its town: its title and the day it begins.

    Without a period that is the day on which it was established.
    """
    about = plan.plan
    begins = (about.period.start if about.period else None) or about.established
    day = begins.earliest if isinstance(begins, PartialDate) else begins
    return f"{about.title} {day}" if day else about.title


def entries_of(assessment: Assessment) -> BaselineEntries:
    """Return an entry for all that fails or is undetermined; drafts never count and have none."""
    return tuple(
        BaselineEntry(
            municipality=plan.file.plan.municipality.code,
            plan=name_of(plan.file.plan),
            rule=finding.rule.id,
            kind=finding.kind,
            key=finding.key,
            outcome="fail" if finding.outcome is Outcome.FAIL else "unknown",
            severity=finding.severity,
            count=_count(finding),
            places=_places(finding),
        )
        for plan in assessment.plans
        for finding in plan.findings
        if finding.outcome in _COUNTED and not finding.rule.draft
    )


def _count(finding: Finding) -> int | None:
    """Return how many places a finding counts: at least, or where it is open, at most.

    None where it counts none, or where there is no telling how many there are.
    """
    if finding.verdict is None:
        return None
    attributes = VOCABULARY[finding.kind].attributes
    counted = [
        leaf.value
        for leaf in finding.verdict.require.deciding()
        if isinstance(leaf.condition, Leaf)
        and leaf.condition.operator == "at_most"
        and attributes[leaf.condition.attribute].is_count
        and isinstance(leaf.value, Range)
    ]
    ends = [each.lo if finding.outcome is Outcome.FAIL else each.hi for each in counted]
    known = [end for end in ends if end is not None]
    return sum(known) if ends and len(known) == len(ends) else None


def _places(finding: Finding) -> tuple[str, ...]:
    """Return a digest of what each passage says, and in which section; of no other kind.

    Of another kind what the plan says shows why it fails: more of it is no further failure.
    """
    if finding.kind != "passage":
        return ()
    said = (f"{proof.section or ''}\n{proof.text or ''}" for proof in finding.proofs)
    plain = ("".join(unicodedata.normalize("NFKC", text).split(" ")) for text in said)
    return tuple(sorted(sha256(text.encode()).hexdigest()[:_DIGITS] for text in plain))


def compare(assessment: Assessment, baseline: BaselineEntries) -> Compared:
    """Mark what a baseline knows, and find the entries that have gone stale."""
    of_plan: dict[_PlanKey, list[BaselineEntry]] = defaultdict(list)
    for entry in baseline:
        of_plan[entry.municipality, entry.plan].append(entry)
    plans: list[PlanAssessment] = []
    still: set[BaselineEntry] = set()
    uncounted = 0
    for plan in assessment.plans:
        entries = of_plan.get(_key(plan), [])
        known = {_subject(entry, plan): entry for entry in entries}
        failed = {
            subject: entry.severity for subject, entry in known.items() if entry.outcome == "fail"
        }
        marked, back = with_setbacks(_marked(plan.findings, known), failed)
        plans.append(plan.of_findings(marked))
        uncounted += sum(_is_uncounted(known.get(f.subject), f) for f in marked)
        open_subjects = {f.subject for f in plan.findings if f.outcome in _COUNTED} | back
        still.update(entry for entry in entries if _subject(entry, plan) in open_subjects)
    judged = {_key(plan) for plan in assessment.plans}
    towns = {town for town, _ in judged}
    stale, of_others = [], []
    for entry in baseline:
        if (entry.municipality, entry.plan) in judged:
            stale += [] if entry in still else [entry]
        elif entry.municipality in towns:
            of_others.append(entry)
    found = replaced(assessment, plans=tuple(plans))
    return Compared(found, tuple(stale), tuple(of_others), uncounted)


def compare_each(judged: Iterable[Assessment], baseline: BaselineEntries) -> Iterator[Compared]:
    """Compare plans as they are judged, each with what is known of its town; none is kept."""
    of_town: dict[str, list[BaselineEntry]] = defaultdict(list)
    for entry in baseline:
        of_town[entry.municipality].append(entry)
    for each in judged:
        towns = sorted({plan.file.plan.municipality.code for plan in each.plans})
        yield compare(each, tuple(entry for town in towns for entry in of_town.get(town, ())))


def pruned(baseline: BaselineEntries, compared: Iterable[Compared]) -> BaselineEntries:
    """Return a baseline without its stale entries; plans that were not judged keep theirs."""
    gone = {entry for each in compared for entry in each.stale}
    return tuple(entry for entry in baseline if entry not in gone)


def updated(baseline: BaselineEntries, compared: Iterable[Compared]) -> BaselineEntries:
    """Return a baseline that says of the judged towns what is so now, and keeps the others.

    What it said of other plans of these towns goes: their successors take their place.
    """
    judged: set[str] = set()
    now: list[BaselineEntry] = []
    for each in compared:
        judged.update(plan.file.plan.municipality.code for plan in each.assessment.plans)
        now += entries_of(each.assessment)
    return (*(entry for entry in baseline if entry.municipality not in judged), *now)


def _key(plan: PlanAssessment) -> _PlanKey:
    return plan.file.plan.municipality.code, name_of(plan.file.plan)


def _subject(entry: BaselineEntry, plan: PlanAssessment) -> SubjectKey:
    """Return what an entry is about, by the present id of its rule."""
    rule = plan.lawbook.rule(entry.rule)
    return entry.rule if rule is None else rule.id, entry.kind, entry.key


def _marked(
    findings: Iterable[Finding], known: Mapping[SubjectKey, BaselineEntry]
) -> Iterator[Finding]:
    for finding in findings:
        entry = known.get(finding.subject)
        covered = entry is not None and _covers(entry, finding)
        yield replaced(finding, known=True) if covered else finding


def _covers(entry: BaselineEntry, finding: Finding) -> bool:
    """Tell whether a finding says no more than was known."""
    if finding.outcome.value != entry.outcome or _is_uncounted(entry, finding):
        return False
    if SEVERITIES.index(finding.severity) < SEVERITIES.index(entry.severity):
        return False
    count = _count(finding)
    more = entry.count is not None and (count is None or count > entry.count)
    return not more and not Counter(_places(finding)) - Counter(entry.places)


def _is_uncounted(entry: BaselineEntry | None, finding: Finding) -> bool:
    """Tell whether a finding counts places of which an entry of an earlier form says nothing."""
    if entry is None or not entry.earlier or finding.outcome.value != entry.outcome:
        return False
    return _count(finding) is not None or bool(_places(finding))


def failures_of(plan: PlanAssessment) -> dict[SubjectKey, Severity]:
    """Return what a plan fails, with the severity of each; drafts never count."""
    return {f.subject: f.severity for f in plan.of(Outcome.FAIL) if not f.rule.draft}


def with_setbacks(
    findings: Iterable[Finding], failed: Mapping[SubjectKey, Severity]
) -> tuple[tuple[Finding, ...], set[SubjectKey]]:
    """Mark what failed before and is unknown now; return which failures that is about.

    Where a rule meets no subject any more, and that cannot be told, its earlier failures are
    those of the rule as a whole: the gravest of them counts. An open question that a baseline
    knows is none.
    """
    found = tuple(findings)
    here = {finding.subject for finding in found}
    about: dict[SubjectKey, list[SubjectKey]] = {}
    for subject in failed:
        rule, kind, _ = subject
        now = subject if subject in here else (rule, kind, WHOLE)
        about.setdefault(now, []).append(subject)
    marked: list[Finding] = []
    back: set[SubjectKey] = set()
    for finding in found:
        earlier = about.get(finding.subject, [])
        if earlier and finding.outcome is Outcome.UNKNOWN and not finding.known:
            back.update(earlier)
            gravest = min((failed[each] for each in earlier), key=SEVERITIES.index)
            before = min((finding.setback or gravest, gravest), key=SEVERITIES.index)
            marked.append(replaced(finding, setback=before))
        else:
            marked.append(finding)
    return tuple(marked), back
