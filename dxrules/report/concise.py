"""One line per failure, as compilers and linters write them, for hooks, editors and logs.

    facts/a.yaml:12: warning DXP-07 the claim to hold all national items: the plan says …

Lines stand by file and line, and graver first where several are of one line: whoever mends a
file goes through it once. What the call counts for its exit code stands here, too, even if it
is no failure. The last line has the counts.
"""

from __future__ import annotations

import tempfile
from array import array
from collections.abc import Iterable, Iterator
from itertools import groupby
from operator import itemgetter

from dxrules.assessment import Finding, PlanAssessment
from dxrules.assessment.dossier import Dossier
from dxrules.report.how_to_write import How
from dxrules.report.outcome_counts import counted
from dxrules.report.piecewise import Pieces, Piecewise, Whole
from dxrules.report.plan_header import first_fault, known_unseen, selection_text
from dxrules.report.shared_labels import DRAFT, KNOWN, ONE_ENGINE, OUTCOMES, SEVERITY_WORDS
from dxrules.rules import Outcome
from dxrules.texts import Text, printable, same, visible

_UNREAD = Text("{number}件は読めない", "{number} cannot be read")


def _piece(dossier: Dossier, how: How) -> bytes:
    (plan,) = dossier.assessment.plans
    return _in_lines(map(_line, sorted(_told(plan, how), key=_order)), how)


def _told(plan: PlanAssessment, how: How) -> list[Finding]:
    grave = (Outcome.FAIL, Outcome.ERROR)
    return [f for f in how.seen(plan).applied if f.outcome in grave or how.counts(f)]


def _joined(whole: Whole, pieces: Pieces, how: How) -> Iterator[bytes]:
    yield _in_lines((first_fault(plan.message) for plan in whole.unreadable), how)
    yield from _by_file(whole, pieces)
    yield _in_lines([_last(whole, how)], how)


def _by_file(whole: Whole, pieces: Pieces) -> Iterator[bytes]:
    """Yield the lines of all plans by their files; until they are in order a disk holds them."""
    files = (heading.file for heading in whole.headings)
    places = array("Q", [0])
    with tempfile.TemporaryFile(prefix=".dxrules-") as held:
        for lines in pieces:
            held.write(lines)
            places.append(held.tell())

        def lines_of(number: int) -> bytes:
            held.seek(places[number])
            return held.read(places[number + 1] - places[number])

        named = sorted((file, number) for number, file in enumerate(files))
        for _, same_name in groupby(named, key=itemgetter(0)):
            yield from sorted(lines_of(number) for _, number in same_name)


def _in_lines(lines: Iterable[Text], how: How) -> bytes:
    return printable("".join(f"{visible(how.style.say(line))}\n" for line in lines)).encode()


PIECES = Piecewise(_piece, _joined)


def _order(finding: Finding) -> tuple[object, ...]:
    place = finding.place
    return place.file, place.sheet, place.line, finding.gravity, place.column


def _line(finding: Finding) -> Text:
    rule = finding.rule
    grave = finding.outcome is Outcome.FAIL
    word = SEVERITY_WORDS[finding.severity] if grave else OUTCOMES[finding.outcome]
    marks = (DRAFT if rule.draft else same("")) + (KNOWN if finding.known else same(""))
    named = same(f" {rule.id} ") + finding.label + marks
    return same(f"{finding.place.short}: ") + word + named + same(": ") + finding.message


def _last(whole: Whole, how: How) -> Text:
    """Return the counts with all that qualifies them."""
    said = counted([whole.counts])
    rest = [_UNREAD.format(number=len(whole.unreadable))] if whole.unreadable else []
    rest += known_unseen(whole.since, how)
    rest += filter(None, [selection_text(whole.selected), how.alone and ONE_ENGINE[how.alone]])
    for text in rest:
        said += same("  ") + text
    return said
