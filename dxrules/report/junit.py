"""JUnit XML: a suite per plan, a test case per finding.

A failure that the call counts for its exit code is a failed case; one below that passes, and
says so in its output: a recommendation does not turn a pipeline red. What is undetermined, is
not applicable or waived was skipped, with the reason.

GitLab and others know a case by its class and name, over all suites and runs. The class holds
the town, the file and the rule, the name what the rule is about with its key: never a line.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from xml.etree.ElementTree import Element, SubElement, indent, tostring

from dxrules.assessment import Finding, PlanAssessment
from dxrules.assessment.dossier import Dossier, Unreadable
from dxrules.assessment.questions import DUTIES
from dxrules.report.citations import basis
from dxrules.report.how_to_write import How
from dxrules.report.piecewise import LeanPlans, Pieces, Piecewise, Whole, asked_of, names_of
from dxrules.report.shared_labels import OUTCOMES, SEVERITY_WORDS
from dxrules.report.undetermined_rules import to_do
from dxrules.rules import Outcome
from dxrules.texts import Text, printable, same, visible

_SKIPPED = frozenset({Outcome.UNKNOWN, Outcome.NOT_APPLICABLE, Outcome.WAIVED})
_SETBACK = Text("後戻り(前は不適合): ", "setback (it failed before): ")


def _piece(dossier: Dossier, how: How) -> bytes:
    (plan,) = dossier.assessment.plans
    return _within_root(_suite(plan, same(_NAME), how))


def _joined(whole: Whole, pieces: Pieces, how: How) -> Iterator[bytes]:
    yield _BEGIN
    for unread in whole.unreadable:
        yield b"\n  " + _within_root(_unreadable(unread, how))
    names = names_of(LeanPlans(whole.headings))
    for piece, name in zip(pieces, names, strict=True):
        named = tostring(Element("a", name=in_xml(how, name)), "utf-8").partition(b'"')[2]
        yield b"\n  " + piece.replace(_NAME.encode(), named.rpartition(b'"')[0], 1)
    yield _END


def whole_file(suites: Iterable[Element]) -> bytes:
    """Return suites as a file."""
    root = Element("testsuites", name="dxrules")
    root.extend(suites)
    indent(root)
    written: bytes = tostring(root, "utf-8", xml_declaration=True)
    return written


def _within_root(suite: Element) -> bytes:
    """Return a suite as it stands in the file."""
    written = whole_file([suite])
    return written.removeprefix(_BEGIN).removesuffix(_END.removesuffix(b"\n")).strip()


_NAME = "@@name@@"
_BEGIN = b"<?xml version='1.0' encoding='utf-8'?>\n<testsuites name=\"dxrules\">"
_END = b"\n</testsuites>\n"
PIECES = Piecewise(_piece, _joined)


def _unreadable(plan: Unreadable, how: How) -> Element:
    """Return a suite for a plan that could not be read: one case, in error."""
    name = _name(how, plan.name)
    suite = Element(
        "testsuite", name=name, tests="1", failures="0", errors="1", skipped="0", time="0"
    )
    case = SubElement(suite, "testcase", classname="plan", name=name, time="0")
    SubElement(case, "error", message=in_xml(how, plan.message), type="unreadable")
    return suite


def suite_of(name: str, cases: list[Element]) -> Element:
    """Return a suite of cases, with the number of those that failed and the like."""
    suite = Element(
        "testsuite",
        name=name,
        tests=str(len(cases)),
        failures=_number(cases, "failure"),
        errors=_number(cases, "error"),
        skipped=_number(cases, "skipped"),
        time="0",
    )
    suite.extend(cases)
    return suite


def _suite(plan: PlanAssessment, name: Text, how: How) -> Element:
    file = _name(how, plan.file.name)
    class_of = f"{plan.file.plan.municipality.code}.{file}"
    cases = [_case(finding, class_of, how) for finding in plan.told(everything=how.everything)]
    suite = suite_of(in_xml(how, name), cases)
    properties = Element("properties")
    suite.insert(0, properties)
    for key, value in (
        ("plan", file),
        ("as_of", plan.lawbook.day.isoformat()),
        ("lawbook", plan.lawbook.digest),
        ("known_until", plan.lawbook.known_until.isoformat()),
        *(() if plan.selected is None else (("selection", in_xml(how, plan.selected)),)),
        *((f"rules.{o.value}", str(n)) for o, n in plan.counts.outcomes.items()),
        *((f"open.{s}", str(n)) for s in DUTIES if (n := plan.counts.duties.get(s, 0))),
    ):
        SubElement(properties, "property", name=key, value=value)
    return suite


def _number(cases: list[Element], kind: str) -> str:
    return str(sum(case.find(kind) is not None for case in cases))


def _case(finding: Finding, plan: str, how: How) -> Element:
    rule, key = finding.rule, f" ({finding.kind}/{finding.key})"
    name = in_xml(how, same(f"{rule.id} ") + asked_of(finding) + same(key))
    case = Element("testcase", classname=f"{plan}.{rule.id}", name=name, time="0")
    message = in_xml(how, finding.message)
    if finding.setback is not None:
        message = in_xml(how, _SETBACK) + message
    if finding.outcome is Outcome.ERROR:
        SubElement(case, "error", message=message, type="error")
    elif how.counts(finding):
        kind = finding.severity if finding.outcome is Outcome.FAIL else finding.outcome.value
        kind = "setback" if finding.setback else kind
        failure = SubElement(case, "failure", message=message, type=kind)
        failure.text = _details(finding, how)
    elif finding.outcome in _SKIPPED:
        outcome = OUTCOMES[finding.outcome] + same(": ")
        SubElement(case, "skipped", message=in_xml(how, outcome) + message)
    elif finding.outcome is Outcome.FAIL:
        said = SubElement(case, "system-out")
        severity = in_xml(how, SEVERITY_WORDS[finding.severity])
        said.text = f"[{severity}] {message}\n{_details(finding, how)}"
    return case


def _details(finding: Finding, how: How) -> str:
    """Return place, source and remedy, a line each."""
    remedy = same("→ ") + to_do(finding)
    lines = (
        printable(visible(str(finding.place))),
        in_xml(how, basis(finding.rule)),
        in_xml(how, remedy),
    )
    return "\n".join(lines)


def _name(how: How, file: str) -> str:
    return printable(visible(how.locate(file)))


def in_xml(how: How, text: Text) -> str:
    """Return a text in which signs that XML cannot hold are shown as their codes."""
    return printable(how.style.say(text))
