"""Markdown: a report to paste into an issue, a wiki, or a merge request."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from dxrules.assessment.finding import by_rule
from dxrules.report.citing import basis
from dxrules.report.heading import days, remarks
from dxrules.report.rows import evidence
from dxrules.report.words import (
    COUNTED,
    DRAFT,
    KNOWN,
    ONE_ENGINE,
    OUTCOMES,
    RARE,
    SETBACK,
    SEVERITY_WORDS,
)
from dxrules.rules import SEVERITIES, Outcome
from dxrules.texts import Text, printable, same, visible, without_commands

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from dxrules.assessment import Finding, PlanAssessment
    from dxrules.assessment.dossier import Dossier
    from dxrules.report.terminal import Style
    from dxrules.report.writers import How

_SIGNS = re.compile(r"([\\`*_\[\]<>#|~&])")
_ADDRESS = re.compile(r"/(?=/)|\.(?<=\bwww\.)", re.IGNORECASE)
"""What makes an address of a text, without angle brackets."""
_MARKERS = re.compile(r"^[-+=]|(?<=^\d)[.)]|(?<=^\d\d)[.)]")
"""What makes a line a list or a heading, where it begins a line."""
_TICKS = re.compile("`+")
_SPACES = re.compile(r"\s+")
_TITLE = Text("自治体DX計画の判定", "Assessment of municipal DX plans")


def write(dossier: Dossier, how: How) -> bytes:
    """Return the report as UTF-8."""
    return as_markdown("\n".join(_report(dossier, how)))


def as_markdown(text: str) -> bytes:
    """Return the text of a page as UTF-8, without commands to a CI service that would print it."""
    return printable(without_commands(text, lambda sign: f"&#{ord(sign)};")).encode()


def escaped(text: str) -> str:
    r"""Return a text of a plan as plain words of one line, whatever signs it holds.

    Nobody is notified by it, and what looks like an address is no link.

    >>> print(escaped("<b>|*\n#1"), escaped("@town"), escaped("https://example.jp"))
    \<b\>\|\* \#1 @&#8203;town https:\//example.jp
    """
    line = _SIGNS.sub(r"\\\1", visible(_SPACES.sub(" ", text)).strip())
    return _ADDRESS.sub(r"\\\g<0>", line).replace("@", "@&#8203;")


def code(text: str) -> str:
    r"""Return a name as code that stands in a table; signs in it end neither.

    >>> print(code("a.yaml:1"), code("a`b|c"))
    `a.yaml:1` ``a`b\|c``
    """
    line = visible(text).replace("|", "\\|")
    fence = "`" * (max(map(len, _TICKS.findall(line)), default=0) + 1)
    gap = " " if line.startswith("`") or line.endswith("`") else ""
    return f"{fence}{gap}{line}{gap}{fence}"


def _report(dossier: Dossier, how: How) -> Iterator[str]:
    assessment, style = dossier.assessment, how.style
    yield f"# {style.say(_TITLE)} ({assessment.day.isoformat()})"
    yield ""
    if how.alone is not None:
        yield f"> {style.say(ONE_ENGINE[how.alone])}"
        yield ""
    for line in remarks(dossier, how.style):
        yield _MARKERS.sub(r"\\\g<0>", escaped(line))
    if len(assessment.plans) > 1:
        yield from _counts(assessment.plans, style)
    for plan in assessment.plans:
        yield from _plan(plan, how)


def _counts(plans: Iterable[PlanAssessment], style: Style) -> Iterator[str]:
    heads = [
        Text("団体", "town"),
        *(OUTCOMES[Outcome.FAIL] + same(": ") + SEVERITY_WORDS[s] for s in SEVERITIES),
        *(OUTCOMES[outcome] for outcome in (*COUNTED, *RARE)),
    ]
    rows = [
        [
            escaped(style.say(plan.file.plan.municipality.name.text)),
            *(str(plan.counts.severities[s]) for s in SEVERITIES),
            *(str(plan.counts.outcomes[outcome]) for outcome in (*COUNTED, *RARE)),
        ]
        for plan in plans
    ]
    yield from _table([style.say(head) for head in heads], rows, numbers_from=1)


def _table(heads: list[str], rows: list[list[str]], numbers_from: int = 99) -> Iterator[str]:
    rule = ["---:" if n >= numbers_from else "---" for n in range(len(heads))]
    for cells in (heads, rule, *rows):
        yield f"| {' | '.join(cells)} |"
    yield ""


def _plan(plan: PlanAssessment, how: How) -> Iterator[str]:
    style, said = how.style, plan.file.plan
    yield f"## {escaped(style.say(said.municipality.name.text))} {escaped(said.plan.title)}"
    yield ""
    for text in days(plan):
        yield f"- {escaped(style.say(text))}"
    yield ""
    yield from _counts([plan], style)
    for outcome in (Outcome.ERROR, Outcome.FAIL):
        if plan.of(outcome):
            yield f"### {style.say(OUTCOMES[outcome])}"
            yield ""
            yield from _failures(plan.of(outcome), style)
    quiet = (Outcome.UNKNOWN, Outcome.WAIVED)
    for outcome in (*quiet, Outcome.PASS, Outcome.NOT_APPLICABLE) if how.everything else quiet:
        yield from _folded(outcome, plan.of(outcome), style)


def _name(finding: Finding, style: Style) -> str:
    draft = style.say(DRAFT) if finding.rule.draft else ""
    draft += style.say(KNOWN) if finding.known else ""
    draft += style.say(SETBACK) if finding.setback else ""
    return escaped(f"{finding.rule.id} {style.say(finding.rule.title)}{draft}")


def _failures(findings: Iterable[Finding], style: Style) -> Iterator[str]:
    heads = [
        Text("重大度", "severity"),
        Text("規則", "rule"),
        Text("対象", "subject"),
        Text("理由", "reason"),
        Text("根拠とした記載", "evidence"),
        Text("典拠", "source"),
        Text("直し方", "remedy"),
        Text("場所", "place"),
    ]
    rows = [_row(group, style) for group in by_rule(findings)]
    yield from _table([style.say(head) for head in heads], rows)


def _row(group: list[Finding], style: Style) -> list[str]:
    """Put all subjects that fail one rule into a row; where there are several, each has its line.

    Reason, evidence and place are those of the first.
    """
    first = group[0]
    labels = dict.fromkeys(escaped(style.say(finding.label)) for finding in group)
    return [
        style.say(SEVERITY_WORDS[first.severity]),
        _name(first, style) + (f" ×{len(group)}" if len(group) > 1 else ""),
        "<br>".join(labels),
        escaped(style.say(first.message)),
        escaped(style.say(evidence(first) or same(""))),
        escaped(style.say(basis(first.rule))),
        escaped(style.say(first.rule.remedy)),
        code(first.place.short),
    ]


def _folded(outcome: Outcome, findings: tuple[Finding, ...], style: Style) -> Iterator[str]:
    """List what accuses nobody, folded away."""
    if not findings:
        return
    yield f"<details><summary>{style.say(OUTCOMES[outcome])} ({len(findings)})</summary>"
    yield ""
    for finding in findings:
        label, said = escaped(style.say(finding.label)), escaped(style.say(finding.message))
        yield f"- {_name(finding, style)} \\[{label}\\]: {said}"
    yield ""
    yield "</details>"
    yield ""
