"""One line per failure, as compilers and linters write them, for hooks, editors and logs.

    facts/a.yaml:12: warning DXP-07 the claim to hold all national items: the plan says …

Lines stand by file and line, and graver first where several are of one line: whoever mends a
file goes through it once. What the call counts for its exit code stands here, too, even if it
is no failure. The last line has the counts.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from dxrules.report.counting import counted
from dxrules.report.piecewise import Piecewise
from dxrules.report.plan_header import first_fault, known_unseen, selection_text
from dxrules.report.shared_labels import DRAFT, KNOWN, ONE_ENGINE, OUTCOMES, SEVERITY_WORDS
from dxrules.rules import Outcome
from dxrules.texts import Text, printable, same, visible

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from dxrules.assessment import Finding, PlanAssessment
    from dxrules.assessment.dossier import Dossier
    from dxrules.report.piecewise import Pieces, Whole
    from dxrules.report.writers import How

_UNREAD = Text("{number}件は読めない", "{number} cannot be read")


def write(dossier: Dossier, how: How) -> bytes:
    """Return the lines as UTF-8."""
    told = [finding for plan in dossier.assessment.plans for finding in _told(plan, how)]
    lines = [first_fault(plan.message) for plan in dossier.unreadable]
    lines += [_line(finding) for finding in sorted(told, key=_order)]
    return _in_lines([*lines, _last(dossier, how)], how)


def _piece(dossier: Dossier, how: How) -> bytes:
    (plan,) = dossier.assessment.plans
    return _in_lines(map(_line, sorted(_told(plan, how), key=_order)), how)


def _told(plan: PlanAssessment, how: How) -> list[Finding]:
    grave = (Outcome.FAIL, Outcome.ERROR)
    return [f for f in how.seen(plan).findings if f.outcome in grave or how.counts(f)]


def _joined(whole: Whole, pieces: Pieces, how: How) -> Iterator[bytes]:
    yield _in_lines((first_fault(plan.message) for plan in whole.unreadable), how)
    files = (heading.file for heading in whole.headings)
    for _, lines in sorted(zip(files, pieces, strict=True)):
        yield lines
    last = counted([whole.counts])
    known = [*known_unseen(whole.since, how)]
    yield _in_lines([_with_rest(last, len(whole.unreadable), whole.selected, how, known)], how)


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


def _last(dossier: Dossier, how: How) -> Text:
    said = counted([plan.counts for plan in dossier.assessment.plans])
    known = [*known_unseen(dossier.since, how)]
    return _with_rest(said, len(dossier.unreadable), dossier.assessment.selected, how, known)


def _with_rest(
    said: Text, unread: int, selected: Text | None, how: How, known: Sequence[Text] = ()
) -> Text:
    """Return counts with all that qualifies them."""
    if unread:
        said += same("  ") + _UNREAD.format(number=unread)
    for text in known:
        said += same("  ") + text
    chosen = selection_text(selected)
    said += same("") if chosen is None else same("  ") + chosen
    return said if how.alone is None else said + same("  ") + ONE_ENGINE[how.alone]
