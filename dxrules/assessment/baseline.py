"""A baseline: what a plan is already known to fail, so that only what is new counts.

Entries are known by content (town, plan, rule, kind, key), never by line: what was known of one
plan says nothing of the town's next. An entry covers a finding that is no graver than when it was
written: what was unknown and fails now is new.
"""

from __future__ import annotations

import json
from collections import defaultdict
from dataclasses import replace
from typing import TYPE_CHECKING, Literal

from dxrules.dates import PartialDate
from dxrules.errors import InputError, Problem
from dxrules.frozen import frozen
from dxrules.rules import SEVERITIES, Outcome, Severity
from dxrules.source import Strict, field, read, validate
from dxrules.source.types import Line
from dxrules.texts import Text

if TYPE_CHECKING:
    import pathlib
    from collections.abc import Iterable, Iterator, Mapping

    from dxrules.assessment.finding import Assessment, Finding, PlanAssessment
    from dxrules.plan import Plan
    from dxrules.source import Document

_FORMAT, _FIRST_FORMAT = "dxrules/baseline/2", "dxrules/baseline/1"
_NO_BASELINE = Text("ベースラインではありません。", "This is no baseline.")
_WRITTEN_BY = Text(
    "`dxrules baseline write` が書いたファイルを指定してください。",
    "Name a file that `dxrules baseline write` has written.",
)
_WITHOUT_PLANS = Text(
    "どの計画の判定かを記していない、前の形式です。", "This earlier form does not name the plans."
)
_ANEW = Text(
    "今の判定でよければ、このファイルを削除し、`dxrules baseline write` で書き直してください。",
    "If what is found now may stand in it, delete it and write it anew with "
    "`dxrules baseline write`.",
)

_COUNTED = (Outcome.FAIL, Outcome.UNKNOWN)


class BaselineEntry(Strict):
    """A finding that is known; `severity` is that of a failure, `note` for an open question."""

    municipality: Line = field("団体コード", "municipality code")
    plan: Line = field("計画の名称と始まり", "title and first day of the plan")
    rule: Line = field("規則のid", "id of the rule")
    kind: Line = field("対象の種類", "kind of the subject")
    key: Line = field("対象のキー", "key of the subject")
    outcome: Literal["fail", "unknown"] = field("判定", "outcome")
    severity: Severity = field("重大度", "severity")


class BaselineFile(Strict):
    """A baseline file."""

    format: Literal["dxrules/baseline/2"] = field("形式", "format")
    entries: tuple[BaselineEntry, ...] = field("既知の判定", "findings that are known")


Baseline = tuple[BaselineEntry, ...]
_PlanKey = tuple[str, str]


@frozen
class Compared:
    """An assessment in which the findings of a baseline are marked as known.

    `stale` are entries of the judged plans that have been mended, or have nothing to say any
    more; `of_others` those of other plans of the judged towns, which cover nothing here.
    """

    assessment: Assessment
    stale: Baseline
    of_others: Baseline = ()


def read_baseline(path: pathlib.Path, name: str | None = None) -> Baseline:
    """Read a baseline file; raise InputError with every problem of it."""
    document = read(path, name)
    if problem := _no_baseline(document):
        raise InputError([problem])
    file, problems = validate(document, BaselineFile, {})
    if file is None:
        raise InputError(problems)
    return file.entries


def _no_baseline(document: Document) -> Problem | None:
    """Return the one fault of a file that is no baseline at all, or one of the first form."""
    if document.problems and not document.text:
        return replace(document.problems[0], hint=_WRITTEN_BY)
    if document.data is None:
        return None
    said = document.data.get("format") if isinstance(document.data, dict) else None
    if said == _FIRST_FORMAT:
        return Problem(document.place(("format",)), "format", _WITHOUT_PLANS, _ANEW)
    return None if said else Problem(document.place(()), "", _NO_BASELINE, _WRITTEN_BY)


def name_of(plan: Plan) -> str:
    """Return what tells a plan from the others of its town: its title and the day it begins.

    Without a period that is the day on which it was established.
    """
    about = plan.plan
    begins = about.period.start if about.period else about.established
    day = begins.earliest if isinstance(begins, PartialDate) else begins
    return f"{about.title} {day}" if day else about.title


def render_baseline(entries: Iterable[BaselineEntry]) -> bytes:
    """Return the text of a baseline file: a line per entry, in order, for who reviews it."""
    lines = sorted(
        json.dumps(entry.model_dump(), ensure_ascii=False) for entry in dict.fromkeys(entries)
    )
    body = "".join(f"\n    {line}," for line in lines).removesuffix(",")
    inside = f"{body}\n  " if body else ""
    return f'{{\n  "format": "{_FORMAT}",\n  "entries": [{inside}]\n}}\n'.encode()


def entries_of(assessment: Assessment) -> Baseline:
    """Return an entry for all that fails or cannot be told; drafts never count and have none."""
    return tuple(
        BaselineEntry(
            municipality=plan.file.plan.municipality.code,
            plan=name_of(plan.file.plan),
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
    of_plan: dict[_PlanKey, list[BaselineEntry]] = defaultdict(list)
    for entry in baseline:
        of_plan[entry.municipality, entry.plan].append(entry)
    plans: list[PlanAssessment] = []
    still: set[BaselineEntry] = set()
    for plan in assessment.plans:
        entries = of_plan.get(_key(plan), [])
        known = {_subject(entry, plan): entry for entry in entries}
        plans.append(replace(plan, findings=tuple(_marked(plan.findings, known))))
        open_subjects = {f.subject for f in plan.findings if f.outcome in _COUNTED}
        still.update(entry for entry in entries if _subject(entry, plan) in open_subjects)
    judged = {_key(plan) for plan in assessment.plans}
    towns = {town for town, _ in judged}
    stale, of_others = [], []
    for entry in baseline:
        if (entry.municipality, entry.plan) in judged:
            stale += [] if entry in still else [entry]
        elif entry.municipality in towns:
            of_others.append(entry)
    return Compared(replace(assessment, plans=tuple(plans)), tuple(stale), tuple(of_others))


def pruned(baseline: Baseline, compared: Compared) -> Baseline:
    """Return a baseline without its stale entries; plans that were not judged keep theirs."""
    gone = set(compared.stale)
    return tuple(entry for entry in baseline if entry not in gone)


def updated(baseline: Baseline, compared: Compared) -> Baseline:
    """Return a baseline that says of the judged towns what is so now, and keeps the others.

    What it said of other plans of these towns goes: their successors take their place.
    """
    judged = {plan.file.plan.municipality.code for plan in compared.assessment.plans}
    others = tuple(entry for entry in baseline if entry.municipality not in judged)
    return (*others, *entries_of(compared.assessment))


def _key(plan: PlanAssessment) -> _PlanKey:
    return plan.file.plan.municipality.code, name_of(plan.file.plan)


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
