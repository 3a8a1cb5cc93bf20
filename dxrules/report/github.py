"""GitHub workflow commands: a remark at the line of the plan file for each failure.

What is undetermined is one notice per plan: a remark accuses, and that is no accusation. What a
baseline knows is a notice, too. A setback has a remark as grave as the failure that it was.
GitHub shows few remarks of a step, so the gravest come first.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence

from dxrules.assessment import Finding, PlanAssessment
from dxrules.assessment.dossier import Dossier, Unreadable
from dxrules.report.citations import basis
from dxrules.report.how_to_write import How
from dxrules.report.outcome_counts import duties, rules_and_places
from dxrules.report.piecewise import Pieces, Piecewise, Whole, dumped, loaded
from dxrules.report.plan_header import selection_text
from dxrules.report.shared_labels import KNOWN, OUTCOMES, SETBACK
from dxrules.report.terminal import Style
from dxrules.report.undetermined_rules import to_do
from dxrules.rules import Outcome, Severity
from dxrules.texts import Text, printable, same, visible

_COMMANDS: Mapping[Severity, str] = {"error": "error", "warning": "warning", "note": "notice"}
KINDS = ("error", "warning", "notice")
"""The kinds of remarks, gravest first."""
SHOWN = 10
"""How many remarks of each kind GitHub shows of a step; the log holds them all.
https://github.com/actions/toolkit/blob/main/docs/problem-matchers.md#limitations
"""
_Remark = tuple[str, str]
"""A kind and a command."""
_UNREAD = Text("判定していない", "Not judged")
_IN_MESSAGES = str.maketrans({"%": "%25", "\r": "%0D", "\n": "%0A"})
_IN_PROPERTIES = _IN_MESSAGES | str.maketrans({":": "%3A", ",": "%2C"})


def _before(unreadable: Sequence[Unreadable], chosen: Text | None, how: How) -> list[_Remark]:
    """Return what is said before all plans, each with its kind."""
    told = [("error", _unread(plan.name, plan.message, how)) for plan in unreadable]
    if (said := selection_text(chosen)) is not None:
        told.append(("notice", command("notice", {"title": "dxrules"}, said, how.style)))
    return told


def _piece(dossier: Dossier, how: How) -> bytes:
    (plan,) = dossier.assessment.plans
    plan = how.seen(plan)
    back = (finding for _, finding in dossier.assessment.setbacks)
    grave = (*plan.of(Outcome.ERROR), *plan.of(Outcome.FAIL), *back)
    told = [(*f.gravity, _kind(f), _finding(f, how)) for f in grave]
    return dumped([told, _open(plan, how) if plan.of(Outcome.UNKNOWN) else None])


def _joined(whole: Whole, pieces: Pieces, how: How) -> Iterator[bytes]:
    """Yield the commands, gravest first: the pieces are gone through for each gravity."""
    before = _before(whole.unreadable, whole.selected, how)
    numbers, found = Counter(kind for kind, _ in before), set[tuple[str, int, int]]()
    for told, is_open in map(loaded, pieces):
        found |= {(kind, *gravity) for *gravity, kind, _ in told}
        numbers.update(kind for *_, kind, _ in told)
        numbers["notice"] += is_open is not None
    for kind in KINDS:
        yield _in_lines(line for name, line in before if name == kind)
        for wanted in sorted(each for each in found if each[0] == kind):
            for told, _ in map(loaded, pieces):
                yield _in_lines(line for *g, k, line in told if (k, *g) == wanted)
    for _, is_open in map(loaded, pieces):
        yield _in_lines([] if is_open is None else [is_open])
    if any(number > SHOWN for number in numbers.values()):
        yield _in_lines([_numbers(numbers, how.style)])


def _in_lines(lines: Iterable[str]) -> bytes:
    return "".join(f"{line}\n" for line in lines).encode()


PIECES = Piecewise(_piece, _joined)


def _unread(name: str, message: Text, how: How) -> str:
    properties = {"file": how.locate(name), "title": how.style.say(_UNREAD)}
    return command("error", properties, message, how.style)


def _open(plan: PlanAssessment, how: How) -> str:
    number = rules_and_places(plan.of(Outcome.UNKNOWN), plan.counts.outcomes[Outcome.UNKNOWN])
    title = plan.file.plan.municipality.name.text + same(": ") + OUTCOMES[Outcome.UNKNOWN]
    said = number + Text("は計画だけでは決まらない", " not settled by the plan")
    said += duties([plan.counts])
    properties = {"file": how.locate(plan.file.name), "title": how.style.say(title)}
    return command("notice", properties, said, how.style)


def _numbers(numbers: Mapping[str, int], style: Style) -> str:
    """Return a line for the log that says how many remarks there are, and where they all stand."""
    shown = "、".join(f"{name} {numbers[name]}件" for name in KINDS if numbers[name])
    listed = ", ".join(_plural(numbers[name], name) for name in KINDS if numbers[name])
    said = Text(
        f"dxrules: {shown}。GitHubが画面に示すのは種類ごとに最初の{SHOWN}件まで"
        "(すべてこのログにあり、ジョブの概要や --output の報告書でも読める)",
        f"dxrules: {listed}. GitHub shows the first {SHOWN} of each kind "
        "(all stand in this log, in the job summary and in reports by --output)",
    )
    return style.say(said)


def _plural(number: int, name: str) -> str:
    return f"{number} {name}" if number == 1 else f"{number} {name}s"


def _kind(finding: Finding) -> str:
    if finding.known:
        return "notice"
    return (
        "error"
        if finding.outcome is Outcome.ERROR
        else _COMMANDS[finding.setback or finding.severity]
    )


def _finding(finding: Finding, how: How) -> str:
    place, rule, style = finding.place, finding.rule, how.style
    known = style.say(KNOWN) if finding.known else ""
    back = style.say(SETBACK) if finding.setback else ""
    cell = f" ({place.cell})" if place.sheet else ""
    properties = {
        "file": how.locate(place.file),
        "line": str(place.line),
        "col": str(place.column),
        "title": f"{rule.id} {style.say(rule.title)}{known}{back}{cell}",
    }
    said = finding.message + same("\n") + basis(rule) + same("\n→ ") + to_do(finding)
    return command(_kind(finding), properties, said, style)


def command(name: str, properties: Mapping[str, str], said: Text, style: Style) -> str:
    """Return one workflow command; nothing in a text can end it or begin another."""
    pairs = (
        f"{key}={visible(value).translate(_IN_PROPERTIES)}" for key, value in properties.items()
    )
    lines = printable(style.say(said))
    return f"::{name} {','.join(pairs)}::{lines.translate(_IN_MESSAGES)}"
