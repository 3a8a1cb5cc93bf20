"""GitHub workflow commands: a remark at the line of the plan file for each failure.

What cannot be told is one notice per plan: a remark accuses, and that is no accusation. What a
baseline knows is a notice, too. A setback has a remark as grave as the failure that it was.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from dxrules.report.citing import basis
from dxrules.report.words import KNOWN, OUTCOMES, SETBACK
from dxrules.rules import Outcome
from dxrules.texts import Text, printable, same, visible

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from dxrules.assessment import Finding, PlanAssessment
    from dxrules.assessment.dossier import Dossier
    from dxrules.report.terminal import Style
    from dxrules.report.writers import How
    from dxrules.rules import Severity

_COMMANDS: Mapping[Severity, str] = {"error": "error", "warning": "warning", "note": "notice"}
_UNREAD = Text("判定していない", "Not judged")
_IN_MESSAGES = str.maketrans({"%": "%25", "\r": "%0D", "\n": "%0A"})
_IN_PROPERTIES = _IN_MESSAGES | str.maketrans({":": "%3A", ",": "%2C"})


def write(dossier: Dossier, how: How) -> bytes:
    """Return the commands, one a line, gravest first."""
    lines = [
        command(
            "error", {"file": plan.name, "title": how.style.say(_UNREAD)}, plan.message, how.style
        )
        for plan in dossier.unreadable
    ]
    lines += [line for plan in dossier.assessment.plans for line in _plan(plan, how.style)]
    return "".join(f"{line}\n" for line in lines).encode()


def _plan(plan: PlanAssessment, style: Style) -> Iterator[str]:
    for finding in (*plan.of(Outcome.ERROR), *plan.of(Outcome.FAIL)):
        yield _finding(finding, style)
    for finding in plan.findings:
        if finding.setback is not None:
            yield _finding(finding, style)
    number = len(plan.of(Outcome.UNKNOWN))
    if number:
        title = plan.file.plan.municipality.name.text + same(": ") + OUTCOMES[Outcome.UNKNOWN]
        said = Text(f"{number}件は計画からは分からない", f"{number} cannot be told from the plan")
        yield command("notice", {"file": plan.file.name, "title": style.say(title)}, said, style)


def _finding(finding: Finding, style: Style) -> str:
    name = (
        "error"
        if finding.outcome is Outcome.ERROR
        else _COMMANDS[finding.setback or finding.severity]
    )
    known = style.say(KNOWN) if finding.known else ""
    back = style.say(SETBACK) if finding.setback else ""
    place, rule = finding.place, finding.rule
    properties = {
        "file": place.file,
        "line": str(place.line),
        "col": str(place.column),
        "title": f"{rule.id} {style.say(rule.title)}{known}{back}",
    }
    said = finding.message + same("\n") + basis(rule) + same("\n→ ") + rule.remedy
    return command("notice" if known else name, properties, said, style)


def command(name: str, properties: Mapping[str, str], said: Text, style: Style) -> str:
    """Return one workflow command; nothing in a text can end it or begin another."""
    pairs = (
        f"{key}={visible(value).translate(_IN_PROPERTIES)}" for key, value in properties.items()
    )
    lines = printable(style.say(said))
    return f"::{name} {','.join(pairs)}::{lines.translate(_IN_MESSAGES)}"
