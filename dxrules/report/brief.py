"""Report of `check` in brief: tasks by urgency, counts, and the next call.

Of one plan two lists, what to mend and what to find out; of several a line a town, the gravest of
each, and how many towns a rule stands open in or fails. What is left out is counted.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from itertools import chain
from typing import TYPE_CHECKING

from dxrules.assessment import Counts, Finding, PlanAssessment
from dxrules.assessment.dossier import Dossier
from dxrules.assessment.questions import DUTIES
from dxrules.plan.doubts import doubts_of
from dxrules.report.citations import gravity_mark, named, times, with_title
from dxrules.report.how_to_write import How
from dxrules.report.outcome_counts import counted
from dxrules.report.piecewise import Pieces, Piecewise, Whole, dumped
from dxrules.report.plan_header import (
    days,
    engines,
    known_unseen,
    remarks,
    title,
    to_come,
    to_come_title,
)
from dxrules.report.shared_labels import OUTCOMES
from dxrules.report.terminal import Style
from dxrules.report.towns_in_brief import (
    clipped,
    gravest,
    headed,
    ranked,
    towns_in_brief,
)
from dxrules.report.undetermined_rules import CONFIRM_FIRST, due_in, question_head, rules_of
from dxrules.rules import Outcome
from dxrules.texts import Text, join, printable, same, some_of, width

if TYPE_CHECKING:
    from dxrules.assessment.gaps import Gap
    from dxrules.assessment.questions import Question

LISTED = 10
"""Entries of each list of one plan."""

_NAMED, _IDS = 3, 16
"""Up to so many rules have their titles beside a question, and so many of more their ids."""

_MEND_FIRST = Text("まず直すこと", "Mend first")
_BROKEN = Text(
    "判定できなかったもの(原因を除くまで、結果は信頼できない)",
    "Could not be judged (nothing here can be trusted until this is mended)",
)
_REST = Text("ほか{number}件(すべては --full)", "{number} more (--full lists all)")
_NO_FAULT = Text("不適合は見つからなかった", "No failure was found")
_NOTHING_OPEN = Text("要確認はない", "Nothing is undetermined")
_NO_NEW = Text("新しい不適合はない", "No new failure")
_NO_NEW_OPEN = Text("新しい要確認はない", "Nothing new is undetermined")
_NONE_SELECTED = Text(
    "不適合と要確認に、この絞り込みに当てはまるものはない",
    "No failure, and nothing undetermined, is of this selection",
)
_LATER = Text("ほかに: {ids}", "Also: {ids}")
_NEXT = Text("次に: ", "Next:  ")
_DOUBTS = Text(
    "下書きの、確認を待つもの({number}件)を確かめる",
    "what of the draft waits to be confirmed: {number}",
)
_GAPS = Text("直す順・分野別", "by area, in the order to fix")
_WHY = Text("判定の理由", "why it came out so")
_WAIVE = Text("例外として認めるときの記入例", "the waiver to paste, if it is to be accepted")
_FULL = Text("すべて", "everything")
_ONE = Text("1団体の詳細", "one municipality in detail")
_FILES = Text("全団体の報告書", "a report on all of them")


def _ending(whole: Whole, how: How) -> Iterator[str]:
    """Yield the last lines: the counts, why the call ends with its exit code, and the next call."""
    if how.ending is None:
        return
    style = how.style
    if len(whole.headings):
        yield from style.block(style.bold(counted([whole.counts])), 0, 2)
        for text in known_unseen(whole.since, how):
            yield from style.block(text, 0, 2)
    yield from style.block(how.ending, 0, 2)
    yield from _next(_calls(whole, how), style)


def _next(calls: Iterable[tuple[str, Text]], style: Style) -> Iterator[str]:
    head = style.say(_NEXT)
    for line, what in calls:
        yield f"{head}{line}  # {style.say(what)}"
        head = " " * width(head)


def _piece(dossier: Dossier, how: How) -> bytes:
    """Return all that is told of a plan, or what the lists of towns and rules need of it."""
    (plan,) = dossier.assessment.plans
    if not (how.full or how.everything):
        return dumped(ranked(plan, how))
    from dxrules.report.table import plan_lines

    lines = plan_lines(how.seen(plan), how.style, everything=how.everything)
    return "".join(f"{line}\n" for line in (*lines, "")).encode()


def _joined(whole: Whole, pieces: Pieces, how: How) -> Iterator[bytes]:
    """Yield all of the report, or what comes first."""
    style, every, number = how.style, how.full or how.everything, len(whole.headings)
    head: Iterable[str] = ()
    plans = () if whole.held is None else whole.held.assessment.plans
    if every and (number > 1 or whole.held is None):
        from dxrules.report.table import summary_of_towns

        head = chain(summary_of_towns(whole.headings, style), [""])
    elif not every and whole.held is not None and number == 1:
        head = _one(whole.held, plans[0], how)
    elif not every and number:
        head = towns_in_brief(whole, pieces, how)
    before = chain(remarks(whole, style), engines(how.alone, style), head)
    end = _ending(whole, how)
    yield from (
        printable(text, coloured=style.colour).encode()
        for text in _ended(_texts(before, pieces if every else (), end))
    )


def _texts(head: Iterable[str], pieces: Iterable[bytes], end: Iterable[str]) -> Iterator[str]:
    yield from (f"{line}\n" for line in head)
    yield from (piece.decode() for piece in pieces)
    yield from (f"{line}\n" for line in end)


def _ended(texts: Iterable[str]) -> Iterator[str]:
    """Yield texts, the last of which ends in one line break."""
    waiting = ""
    for text in texts:
        bare = text.rstrip("\n")
        if bare:
            yield waiting + bare
            waiting = ""
        waiting += text[len(bare) :]
    yield "\n"


PIECES = Piecewise(_piece, _joined, lambda how: not (how.full or how.everything))


def _calls(whole: Whole, how: How) -> Iterator[tuple[str, Text]]:
    """Yield what to call next, with what it is for; never cut, as it is copied."""
    if how.call is None or not len(whole.headings):
        return
    held = () if whole.held is None else whole.held.assessment.plans
    calls: list[tuple[str | None, Text]] = []
    if len(held) == 1:
        (plan,) = held
        worst = next(iter(gravest(plan, how)), None)
        if number := len(doubts_of(plan.file.document)):
            calls.append((how.call.to_review(plan), _DOUBTS.format(number=str(number))))
        calls.append((how.call.of_plan(plan, "gaps"), _GAPS))
        if worst is not None:
            calls.append((how.call.of_plan(plan, "explain", worst.rule.id), _WHY))
        if (rule := _to_waive(plan, how)) is not None:
            waiver = how.call.of_plan(plan, "explain", rule, after=("--as-waiver",))
            calls.append((waiver, _WAIVE))
        if not (how.full or how.everything):
            calls.append((how.call.of_all("check", "--full"), _FULL))
    else:
        heaviest = max(whole.headings, key=lambda heading: _weight(heading.counts))
        calls.append((how.call.of_file(heaviest.file, "check"), _ONE))
        calls.append((how.call.of_all("check", "--output", "report.html"), _FILES))
    yield from ((line, what) for line, what in calls if line is not None)


def _to_waive(plan: PlanAssessment, how: How) -> str | None:
    """Return the gravest rule that fails, or counts for the exit code, and that can be waived."""
    for finding in gravest(plan, how):
        counts = finding.outcome is Outcome.FAIL or how.counts(finding)
        if counts and finding.outcome is not Outcome.ERROR and plan.lawbook.rule(finding.rule.id):
            return finding.rule.id
    return None


def _weight(counts: Counts) -> tuple[int, ...]:
    open_ones = sum(counts.duties.get(strength, 0) for strength in DUTIES)
    return (counts.severities["error"], open_ones, counts.outcomes[Outcome.FAIL])


# One plan


def _one(dossier: Dossier, plan: PlanAssessment, how: How) -> Iterator[str]:
    style = how.style
    yield title(plan.file, style)
    for text in days(plan):
        yield from style.block(text, 2, 2)
    yield ""
    if how.summary:
        return
    from dxrules.assessment.gaps import first_to_mend

    shown = how.seen(plan)
    errors, first = shown.of(Outcome.ERROR), first_to_mend(shown, dossier.law.reference)
    questions = dossier.questions(shown)
    yield from _broken(errors, style)
    nothing = _nothing(plan, shown)
    if plan.selected is not None and not (errors or first or questions):
        yield from (*style.block(_NONE_SELECTED, 0, 2), "")
    if first or (nothing and not errors):
        yield from headed(_MEND_FIRST if first else nothing[0], style)
        for n, gap in enumerate(first[:LISTED], 1):
            yield from _to_mend(n, gap, style)
        yield from _rest(shown.of(Outcome.FAIL), first, style)
        yield ""
    if questions or nothing:
        yield from headed(CONFIRM_FIRST if questions else nothing[1], style)
        for n, each in enumerate(questions[:LISTED], 1):
            yield from _to_find_out(n, each, style)
        yield from _left_out(questions[LISTED:], style)
        yield ""
    if accepted := [_waived(finding) for finding in shown.of(Outcome.WAIVED)]:
        said = OUTCOMES[Outcome.WAIVED] + same(": ") + some_of(accepted, LISTED)
        yield from (*style.block(said, 0, 2), "")
    if coming := [head for head, _, _ in to_come(plan)]:
        yield from style.block(to_come_title(plan) + same(": ") + join(coming), 0, 2)
        yield ""


def _waived(finding: Finding) -> Text:
    """Return what somebody has accepted, and until when."""
    named = with_title(finding.rule)
    if finding.waiver is None:
        return named
    until = finding.waiver.until.describe()
    return named + Text(
        f"({finding.waiver.authority}、{until.ja}まで)",
        f" ({finding.waiver.authority}, until {until.en})",
    )


def _broken(errors: Sequence[Finding], style: Style) -> Iterator[str]:
    """Tell what could not be judged, before all else."""
    if not errors:
        return
    yield from headed(_BROKEN, style)
    for finding in errors[:LISTED]:
        head = with_title(finding.rule) + same(": ")
        yield from clipped(style.say(head + finding.message), style, 2)
    yield from _rest(errors, errors[:LISTED], style)
    yield ""


def _nothing(plan: PlanAssessment, shown: PlanAssessment) -> tuple[Text, ...]:
    """Return what stands in the place of each list; nothing of a part, which tells too little."""
    if plan.selected is not None:
        return ()
    if len(shown.applied) < len(plan.applied):
        return _NO_NEW, _NO_NEW_OPEN
    return _NO_FAULT, _NOTHING_OPEN


def _left_out(questions: Sequence[Question], style: Style) -> Iterator[str]:
    """Say how many questions a list has no room for; no duty among them goes unsaid."""
    if not questions:
        return
    duties = [f for question in questions if question.is_duty for f in question.findings]
    if ids := [same(rule) for rule in dict.fromkeys(finding.rule.id for finding in duties)]:
        yield from style.block(_LATER.format(ids=join(ids)), 2, 2)
    yield "  " + style.say(_REST.format(number=str(len(questions))))


def _rest(findings: Iterable[Finding], listed: Sequence[object], style: Style) -> Iterator[str]:
    """Say how many rules a list does not show."""
    rest = len({finding.rule.id for finding in findings}) - min(len(listed), LISTED)
    if rest > 0:
        yield "  " + style.say(_REST.format(number=str(rest)))


def _to_mend(number: int, gap: Gap, style: Style) -> Iterator[str]:
    first = gap.finding
    yield from style.block(f"{number}. {_head(gap.findings, style)}", 2, 3)
    yield from clipped(style.say(gap.reason), style, 5)
    yield from style.block("→ " + style.say(first.remedy), 5, 2)
    yield from style.block(first.place.shown, 5)


def _to_find_out(number: int, question: Question, style: Style) -> Iterator[str]:
    """Yield what to ask, of which rules, and why each of them is open."""
    yield from style.block(f"{number}. {style.say(question_head(question))}", 2, 3)
    why = _asking(question) + same(": ") + question.findings[0].message
    yield from clipped(style.say(why), style, 5)


def _asking(question: Question) -> Text:
    """Return the rules that hang on the answer: of many their ids, so that no duty is cut off."""
    rules = [each.finding.rule for each in question.hanging]
    if len(rules) <= _NAMED:
        return rules_of(question)
    shown = sorted(rules, key=lambda rule: rule.strength not in DUTIES)
    return some_of([same(rule.id) for rule in shown], _IDS)


def _head(findings: Sequence[Finding], style: Style) -> str:
    """Return how grave it is and by what, which rule, of how many subjects, and by when."""
    first = findings[0]
    said = style.say(named(first.rule) + times(len(findings)) + due_in(first))
    return f"{style.paint(first.severity, style.say(gravity_mark(first)))} {said}"
