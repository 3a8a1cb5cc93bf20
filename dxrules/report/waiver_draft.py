"""A waiver to paste into a plan file: it names the finding; why, who and until when is left open.

A draft that was not filled in is refused when the plan is read, so that none holds by accident.
"""

from __future__ import annotations

from collections.abc import Iterator

from dxrules.assessment import PlanAssessment
from dxrules.errors import UsageError
from dxrules.plan.convert import as_yaml
from dxrules.rules import Outcome
from dxrules.texts import Lang, Text, printable, visible

_NOTHING = Text(
    "{rule} には、この計画で例外にできる指摘(不適合・要確認)がありません。",
    "{rule} finds nothing in this plan that could be waived (no failure, nothing undetermined).",
)
_HEAD = Text(
    "計画ファイルの waivers: に加え、空の欄を埋める。使わない項目は消す",
    "Add to waivers: of the plan file and fill in what is empty; delete the entries not wanted",
)
_OPEN = {
    "reason": Text("認める理由", "why it is accepted"),
    "authority": Text("承認する者(町長など)", "who accepts it (the mayor, say)"),
    "until": Text("いつまで(例: 2027-03-31)", "until when (2027-03-31, say)"),
}


def waiver_draft(plan: PlanAssessment, rule_id: str, lang: Lang) -> str:
    """Return entries for all that a rule fails or leaves open; raise UsageError without any."""
    found = [
        finding
        for finding in plan.findings
        if finding.rule.id == rule_id
        and finding.outcome in (Outcome.FAIL, Outcome.UNKNOWN)
        and plan.lawbook.rule(rule_id) is not None
    ]
    if not found:
        raise UsageError(_NOTHING.format(rule=rule_id))
    lines = [f"# {_HEAD.in_(lang)}", "waivers:"]
    for finding in found:
        said = {"rule": finding.rule.id, "kind": finding.kind, "key": finding.key}
        lines.append(f"  # {visible(finding.label.in_(lang))}")
        lines += _entry(said, plan.lawbook.day.isoformat(), lang)
    return printable("\n".join(lines) + "\n")


def _entry(said: dict[str, str], day: str, lang: Lang) -> Iterator[str]:
    mark = "  - "
    for line in as_yaml(said).splitlines():
        yield mark + line
        mark = "    "
    for name in ("reason", "authority"):
        yield f"    {name}:  # {_OPEN[name].in_(lang)}"
    yield f"    from: {day}"
    yield f"    until:  # {_OPEN['until'].in_(lang)}"
