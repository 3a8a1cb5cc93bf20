"""A baseline: what a plan is already known to fail, so that only what is new counts.

Entries are known by content (town, rule, kind, key), never by line. An entry covers a finding
that is no graver than when it was written: what was unknown and fails now is new.
"""

from __future__ import annotations

import json
from collections import defaultdict
from dataclasses import replace
from typing import TYPE_CHECKING, Literal

from dxrules.errors import InputError
from dxrules.frozen import frozen
from dxrules.rules import SEVERITIES, Outcome, Severity
from dxrules.source import Strict, field, read, validate
from dxrules.source.types import Line

if TYPE_CHECKING:
    import pathlib
    from collections.abc import Iterable, Iterator, Mapping

    from dxrules.assessment.finding import Assessment, Finding, PlanAssessment

_COUNTED = (Outcome.FAIL, Outcome.UNKNOWN)


class BaselineEntry(Strict):
    """A finding that is known; `severity` is that of a failure, `note` for an open question."""

    municipality: Line = field("団体コード", "municipality code")
    rule: Line = field("規則のid", "id of the rule")
    kind: Line = field("対象の種類", "kind of the subject")
    key: Line = field("対象のキー", "key of the subject")
    outcome: Literal["fail", "unknown"] = field("判定", "outcome")
    severity: Severity = field("重大度", "severity")


class BaselineFile(Strict):
    """A baseline file."""

    format: Literal["dxrules/baseline/1"] = field("形式", "format")
    entries: tuple[BaselineEntry, ...] = field("既知の判定", "findings that are known")


Baseline = tuple[BaselineEntry, ...]


@frozen
class Compared:
    """An assessment in which the findings of a baseline are marked as known.

    `stale` are entries of the judged towns that have been mended, or have nothing to say any
    more.
    """

    assessment: Assessment
    stale: Baseline


def read_baseline(path: pathlib.Path, name: str | None = None) -> Baseline:
    """Read a baseline file; raise InputError with every problem of it."""
    file, problems = validate(read(path, name), BaselineFile, {})
    if file is None:
        raise InputError(problems)
    return file.entries


def render_baseline(entries: Iterable[BaselineEntry]) -> bytes:
    """Return the text of a baseline file: a line per entry, in order, for who reviews it."""
    lines = sorted(
        json.dumps(entry.model_dump(), ensure_ascii=False) for entry in dict.fromkeys(entries)
    )
    body = "".join(f"\n    {line}," for line in lines).removesuffix(",")
    inside = f"{body}\n  " if body else ""
    return f'{{\n  "format": "dxrules/baseline/1",\n  "entries": [{inside}]\n}}\n'.encode()


def entries_of(assessment: Assessment) -> Baseline:
    """Return an entry for all that fails or cannot be told; drafts never count and have none."""
    return tuple(
        BaselineEntry(
            municipality=plan.file.plan.municipality.code,
            rule=finding.rule.id,
            kind=finding.kind,
            key=finding.key,
            outcome="fail" if finding.outcome is Outcome.FAIL else "unknown",
            severity=finding.severity,
        )
        for plan in assessment.plans
        for finding in plan.findings
        if finding.outcome in _COUNTED and not finding.rule.draft
    )


def compare(assessment: Assessment, baseline: Baseline) -> Compared:
    """Mark what a baseline knows, and find the entries that have gone stale."""
    of_town: dict[str, list[BaselineEntry]] = defaultdict(list)
    for entry in baseline:
        of_town[entry.municipality].append(entry)
    plans, stale = [], []
    for plan in assessment.plans:
        entries = of_town.get(plan.file.plan.municipality.code, [])
        known = {_subject(entry, plan): entry for entry in entries}
        plans.append(replace(plan, findings=tuple(_marked(plan.findings, known))))
        open_subjects = {f.subject for f in plan.findings if f.outcome in _COUNTED}
        stale += [entry for entry in entries if _subject(entry, plan) not in open_subjects]
    return Compared(replace(assessment, plans=tuple(plans)), tuple(stale))


def pruned(baseline: Baseline, compared: Compared) -> Baseline:
    """Return a baseline without its stale entries; towns that were not judged keep theirs."""
    gone = set(compared.stale)
    return tuple(entry for entry in baseline if entry not in gone)


def updated(baseline: Baseline, compared: Compared) -> Baseline:
    """Return a baseline that says of the judged towns what is so now, and keeps the others."""
    judged = {plan.file.plan.municipality.code for plan in compared.assessment.plans}
    others = tuple(entry for entry in baseline if entry.municipality not in judged)
    return (*others, *entries_of(compared.assessment))


def _subject(entry: BaselineEntry, plan: PlanAssessment) -> tuple[str, str, str]:
    """Return what an entry is about, by the present id of its rule."""
    rule = plan.lawbook.rule(entry.rule)
    return entry.rule if rule is None else rule.id, entry.kind, entry.key


def _marked(
    findings: Iterable[Finding], known: Mapping[tuple[str, str, str], BaselineEntry]
) -> Iterator[Finding]:
    for finding in findings:
        entry = known.get(finding.subject)
        covered = entry is not None and _covers(entry, finding)
        yield replace(finding, known=True) if covered else finding


def _covers(entry: BaselineEntry, finding: Finding) -> bool:
    if finding.outcome is Outcome.UNKNOWN:
        return True
    graver = SEVERITIES.index(finding.severity) < SEVERITIES.index(entry.severity)
    return finding.outcome is Outcome.FAIL and entry.outcome == "fail" and not graver
