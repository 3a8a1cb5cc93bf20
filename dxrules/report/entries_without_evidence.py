"""Report of `check --evidence`: entries without evidence, with the rules that rest on them."""

from __future__ import annotations

from collections.abc import Iterator

from dxrules.assessment import Finding, PlanAssessment
from dxrules.assessment.dossier import Dossier
from dxrules.assessment.origin_of_evidence import Unproven, unproven
from dxrules.report.citations import with_title
from dxrules.report.how_to_write import How
from dxrules.report.piecewise import Pieces, Piecewise, Whole
from dxrules.report.plan_header import remarks, title
from dxrules.report.shared_labels import OUTCOMES
from dxrules.report.terminal import Style
from dxrules.texts import Text, printable, same, some_of

_HEAD = Text(
    "根拠(章・節、ページ、原文)のない記載 {number}件と、それに基づく判定",
    "{number} entries without evidence (section, page or words), and what rests on them",
)
_NONE = Text(
    "判定が基づく記載には、すべて根拠がある",
    "Every entry that a verdict rests on has evidence",
)
_SHOWN_LABELS = 6


def _plan(plan: PlanAssessment, style: Style) -> Iterator[str]:
    yield title(plan.file, style)
    found = unproven(plan)
    said = _HEAD.format(number=str(len(found))) if found else _NONE
    yield from style.block(said, 2, 2)
    for entry in found:
        yield ""
        yield f"  {style.say(entry.place.shown)}"
        for findings in _by_rule(entry):
            yield from style.block(_rule(findings), 4, 2)


def _by_rule(entry: Unproven) -> Iterator[list[Finding]]:
    groups: dict[tuple[str, str], list[Finding]] = {}
    for finding in entry.findings:
        groups.setdefault((finding.rule.id, finding.outcome.value), []).append(finding)
    yield from groups.values()


def _rule(findings: list[Finding]) -> Text:
    first, labels = findings[0], [finding.label for finding in findings]
    shown = some_of(labels, _SHOWN_LABELS)
    named = with_title(first.rule) + same(" [") + shown + same("] - ")
    return named + OUTCOMES[first.outcome]


def _piece(dossier: Dossier, how: How) -> bytes:
    (plan,) = dossier.assessment.plans
    text_of = "".join(f"{line}\n" for line in (*_plan(plan, how.style), ""))
    return printable(text_of, coloured=how.style.colour).encode()


def _joined(whole: Whole, pieces: Pieces, how: How) -> Iterator[bytes]:
    text_of = "".join(f"{line}\n" for line in remarks(whole, how.style))
    yield printable(text_of, coloured=how.style.colour).encode()
    yield from pieces


PIECES = Piecewise(_piece, _joined)
