"""JUnit XML of `rules test`: a suite of the examples, one of each test file, a case for each.

What no test reaches, if that was asked, was skipped; a change that no example notices failed.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from itertools import groupby
from xml.etree.ElementTree import Element, SubElement

from dxrules.report.how_to_write import How
from dxrules.report.junit import in_xml, suite_of, whole_file
from dxrules.report.rule_tests import TestReport, change_text, difference, missing_text
from dxrules.report.shared_labels import OUTCOMES
from dxrules.texts import Text, same

_EXAMPLES = Text("点検項目の例", "examples of the rules")
_COVERAGE = Text("網羅", "coverage")
_MUTANTS = Text("例が気付かない変更", "changes that no example notices")


def write(report: TestReport, how: How) -> bytes:
    """Return the results as UTF-8."""
    return whole_file(_suites(report, how))


def _suites(report: TestReport, how: How) -> Iterator[Element]:
    yield suite_of(in_xml(how, _EXAMPLES), list(_examples(report, how)))
    for file, results in groupby(report.trial.results, key=lambda each: each.case.place.file):
        name = in_xml(how, same(file))
        cases = []
        for each in results:
            title = same(f"{each.case.day} ") + each.case.name
            faults = [
                same(f"{wrong.place}: {wrong.rule} {wrong.key or ''}: ") + difference(wrong)
                for wrong in each.mismatches
            ]
            cases.append(_case(name, title, how, faults))
        yield suite_of(name, cases)
    if report.coverage is not None:
        unreached = [
            _case(
                each.rule.id,
                missing_text(each.rule, missing),
                how,
                [same(str(missing.place))],
                "skipped",
            )
            for each in report.coverage.rules
            for missing in each.missing
        ]
        yield suite_of(in_xml(how, _COVERAGE), unreached)
    if report.mutants is not None:
        unnoticed = [
            _case(mutant.rule.id, change_text(mutant), how, [same(str(mutant.place))])
            for mutant in (each.mutant for each in report.mutants.alive)
        ]
        yield suite_of(in_xml(how, _MUTANTS), unnoticed)


def _examples(report: TestReport, how: How) -> Iterator[Element]:
    """Yield a case per example; one has no name but its number in its rule."""
    number = Counter[str]()
    for each in report.examples:
        rule, expected = each.rule.id, OUTCOMES[each.example.expect]
        number[rule] += 1
        came = same(f"{each.example.place}: ") + expected + same(" ≠ ") + OUTCOMES[each.outcome]
        title = same(f"{number[rule]}: ") + expected
        yield _case(rule, title, how, [] if each.passed else [came])


def _case(of: str, title: Text, how: How, faults: Iterable[Text], kind: str = "failure") -> Element:
    """Return a case, which failed, or was skipped, if there are faults: a line each."""
    case = Element("testcase", classname=of, name=in_xml(how, title), time="0")
    lines = [in_xml(how, fault) for fault in faults]
    if lines:
        found = SubElement(case, kind, message=lines[0])
        found.text = "\n".join(lines)
    return case
