"""What `check` prints unless all is asked for: what to do first, the counts, and what to call next.

Of one plan two lists, what to mend and what to find out; of several a line a town, the gravest of
each, and how many towns a rule stands open in or fails. What is left out is counted.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import replace
from itertools import chain
from typing import TYPE_CHECKING

from dxrules.assessment.confirming import DUTIES
from dxrules.assessment.finding import in_order, standing
from dxrules.report.confirming import CONFIRM_FIRST, due_in, question_head, rules_of
from dxrules.report.counting import NARROW_COUNTS, by_columns, counted
from dxrules.report.gaps import reason
from dxrules.report.plan_header import days, engines, remarks, title
from dxrules.report.plan_names import names_of
from dxrules.report.shared_labels import DRAFT, OUTCOMES, SETBACK, SEVERITY_WORDS
from dxrules.report.table import render_table
from dxrules.report.terminal import fold
from dxrules.report.to_come import to_come, to_come_title
from dxrules.rules import SEVERITIES, STRENGTH_LABELS, Outcome
from dxrules.texts import Text, join, printable, same, width

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from dxrules.assessment import Assessment, Finding, PlanAssessment
    from dxrules.assessment.dossier import Dossier
    from dxrules.assessment.gaps import Gap
    from dxrules.assessment.questions import Question
    from dxrules.report.terminal import Style
    from dxrules.report.writers import How

LISTED = 10
"""Entries of each list of one plan."""
GRAVEST = 3
"""Findings told of each of several towns."""
_APART = 8
"""Up to so many towns have lines of their own; of more, the ids stand in the table."""
_RULES = 12
_LINES = 2
_OPEN_DUTY = 2
"""The rank of a duty that is open, after a grave failure."""

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
_KNOWN = Text(
    "既知の{number}件は示していない(示すには --show-known)",
    "{number} known findings are not shown (--show-known shows them)",
)
_LATER = Text("ほかに: {ids}", "Also: {ids}")
_TOWNS = Text(
    "{number}団体  判定日 {day}  点検項目は {known} 現在",
    "{number} plans  as of {day}  law as of {known}",
)
_GRAVEST = Text("団体ごとに重いもの(3件まで)", "The gravest of each town (up to three)")
_IN_COMMON = Text("どの団体も要確認: {named}", "Undetermined in every town: {named}")
_PER_RULE = Text("点検項目ごとの団体の数", "Towns by rule")
_MORE_RULES = Text("ほか{number}件の点検項目", "{number} more rules")
_HEADS = (
    OUTCOMES[Outcome.FAIL],
    OUTCOMES[Outcome.UNKNOWN],
    Text("点検項目", "rule"),
    Text("強さ", "strength"),
)
_NEXT = Text("次に: ", "Next:  ")
_GAPS = Text("直す順・分野別", "by area, in the order to mend")
_WHY = Text("判定の理由", "why it came out so")
_FULL = Text("すべて", "everything")
_ONE = Text("1団体の詳細", "one town in detail")
_FILES = Text("全団体の報告書", "a report on all of them")


def write(dossier: Dossier, how: How) -> bytes:
    """Return the report as UTF-8: all of it, or what comes first."""
    style, assessment = how.style, dossier.assessment
    lines = remarks(dossier, style)
    if how.full or how.everything:
        shown = replace(assessment, plans=tuple(new_only(p, how) for p in assessment.plans))
        lines += render_table(shown, style, everything=how.everything, alone=how.alone).split("\n")
    else:
        lines += [*engines(how.alone, style), *brief(dossier, how)]
    if how.ending is not None:
        lines += ending(assessment, how)
    text = "".join(f"{line}\n" for line in lines)
    return printable(text.rstrip("\n") + "\n", coloured=style.colour).encode()


def brief(dossier: Dossier, how: How) -> Iterator[str]:
    """Yield the lines on one plan, or on several."""
    plans = dossier.assessment.plans
    if len(plans) == 1:
        yield from _one(dossier, plans[0], how)
    elif plans:
        yield from _several(dossier.assessment, how)


def ending(assessment: Assessment, how: How) -> Iterator[str]:
    """Yield the last lines: the counts, why the call ends with its exit code, and the next call."""
    style = how.style
    if assessment.plans:
        for text in (counted([plan.counts for plan in assessment.plans]), *_known(assessment, how)):
            yield from style.block(style.bold(style.say(text)), 0, 2)
    if how.ending is not None:
        yield from style.block(style.say(how.ending), 0, 2)
    head = style.say(_NEXT)
    for line, what in _calls(assessment, how):
        yield f"{head}{line}  # {style.say(what)}"
        head = " " * width(head)


def _calls(assessment: Assessment, how: How) -> Iterator[tuple[str, Text]]:
    """Yield what to call next, with what it is for; never cut, as it is copied."""
    if how.call is None or not assessment.plans:
        return
    plan = max(assessment.plans, key=_weight)
    several = len(assessment.plans) > 1
    worst = next(iter(_gravest(plan, how)), None)
    calls: list[tuple[str | None, Text]] = []
    if several:
        calls.append((how.call.of_plan(plan, "check"), _ONE))
        calls.append((how.call.of_all("check", "--output", "report.html"), _FILES))
    else:
        calls.append((how.call.of_plan(plan, "gaps"), _GAPS))
        if worst is not None:
            calls.append((how.call.of_plan(plan, "explain", worst.rule.id), _WHY))
        if not (how.full or how.everything):
            calls.append((how.call.of_all("check", "--full"), _FULL))
    yield from ((line, what) for line, what in calls if line is not None)


def _weight(plan: PlanAssessment) -> tuple[int, ...]:
    counts = plan.counts
    open_ones = sum(counts.duties.get(strength, 0) for strength in DUTIES)
    return (counts.severities["error"], open_ones, counts.outcomes[Outcome.FAIL])


def _known(assessment: Assessment, how: How) -> Iterator[Text]:
    number = sum(finding.known for plan in assessment.plans for finding in plan.findings)
    if number and not how.show_known:
        yield _KNOWN.format(number=str(number))


def new_only(plan: PlanAssessment, how: How) -> PlanAssessment:
    """Return a plan without what a baseline knows, unless that is to be shown."""
    if how.show_known or not any(finding.known for finding in plan.findings):
        return plan
    return replace(plan, findings=tuple(f for f in plan.findings if not f.known))


# One plan


def _one(dossier: Dossier, plan: PlanAssessment, how: How) -> Iterator[str]:
    style = how.style
    yield title(plan.file, style)
    for text in days(plan):
        yield from style.block(style.say(text), 2, 2)
    yield ""
    if how.summary:
        return
    shown = new_only(plan, how)
    report = dossier.gaps(shown)
    yield from _broken(report.errors, style)
    nothing = _nothing(plan, shown)
    if plan.selected is not None and not (report.errors or report.first or report.questions):
        yield from (*style.block(style.say(_NONE_SELECTED), 0, 2), "")
    if report.first or (nothing and not report.errors):
        yield from _headed(_MEND_FIRST if report.first else nothing[0], style)
        for n, gap in enumerate(report.first[:LISTED], 1):
            yield from _to_mend(n, gap, style)
        yield from _rest(shown.of(Outcome.FAIL), report.first, style)
        yield ""
    if report.questions or nothing:
        yield from _headed(CONFIRM_FIRST if report.questions else nothing[1], style)
        for n, each in enumerate(report.questions[:LISTED], 1):
            yield from _to_find_out(n, each, style)
        yield from _left_out(report.questions[LISTED:], style)
        yield ""
    if coming := [head for head, _, _ in to_come(plan)]:
        yield from style.block(style.say(to_come_title(plan) + same(": ") + join(coming)), 0, 2)
        yield ""


def _broken(errors: Sequence[Finding], style: Style) -> Iterator[str]:
    """Tell what could not be judged, before all else."""
    if not errors:
        return
    yield from _headed(_BROKEN, style)
    for finding in errors[:LISTED]:
        head = same(f"{finding.rule.id} ") + finding.rule.title + same(": ")
        yield from _clipped(style.say(head + finding.message), style, 2)
    yield from _rest(errors, errors[:LISTED], style)
    yield ""


def _nothing(plan: PlanAssessment, shown: PlanAssessment) -> tuple[Text, ...]:
    """Return what stands in the place of each list; nothing of a part, which tells too little."""
    if plan.selected is not None:
        return ()
    if len(shown.findings) < len(plan.findings):
        return _NO_NEW, _NO_NEW_OPEN
    return _NO_FAULT, _NOTHING_OPEN


def _left_out(questions: Sequence[Question], style: Style) -> Iterator[str]:
    """Say how many questions a list has no room for; no duty among them goes unsaid."""
    if not questions:
        return
    duties = [f for question in questions if question.is_duty for f in question.findings]
    if ids := [same(rule) for rule in dict.fromkeys(finding.rule.id for finding in duties)]:
        yield from style.block(style.say(_LATER.format(ids=join(ids))), 2, 2)
    yield "  " + style.say(_REST.format(number=str(len(questions))))


def _rest(findings: Iterable[Finding], listed: Sequence[object], style: Style) -> Iterator[str]:
    """Say how many rules a list does not show."""
    rest = len({finding.rule.id for finding in findings}) - min(len(listed), LISTED)
    if rest > 0:
        yield "  " + style.say(_REST.format(number=str(rest)))


def _headed(head: Text, style: Style) -> list[str]:
    return style.block(style.bold(style.say(head)), 0, 2)


def _to_mend(number: int, gap: Gap, style: Style) -> Iterator[str]:
    first = gap.finding
    yield from style.block(f"{number}. {_head(gap.findings, style)}", 2, 3)
    yield from _clipped(style.say(reason(gap)), style, 5)
    yield from style.block("→ " + style.say(first.remedy), 5, 2)
    yield from style.block(style.say(first.place.shown), 5)


def _to_find_out(number: int, question: Question, style: Style) -> Iterator[str]:
    """Yield what to ask, of which rules, and why each of them is open."""
    yield from style.block(f"{number}. {style.say(question_head(question))}", 2, 3)
    why = rules_of(question) + same(": ") + question.findings[0].message
    yield from _clipped(style.say(why), style, 5)


def _head(findings: Sequence[Finding], style: Style) -> str:
    """Return how grave it is and by what, which rule, of how many subjects, and by when."""
    first, rule = findings[0], findings[0].rule
    word, strength = SEVERITY_WORDS[first.severity], STRENGTH_LABELS[rule.strength]
    mark = Text(f"[{word.ja}・{strength.ja}]", f"[{word.en}, {strength.en}]")
    times = f" ×{len(findings)}" if len(findings) > 1 else ""
    named = same(f"{rule.id} ") + rule.title + (DRAFT if rule.draft else same(""))
    said = style.say(named) + times + style.say(due_in(first))
    return f"{style.paint(first.severity, style.say(mark))} {said}"


def _clipped(text: str, style: Style, indent: int, most: int = _LINES) -> list[str]:
    """Return a text in a few lines; the last ends in … where there is more of it."""
    lines = style.block(text, indent)
    if len(lines) <= most:
        return lines
    *kept, last = lines[:most]
    room = style.width - indent - 2
    return [*kept, " " * indent + fold(last.strip(), room)[0] + "…"]


# Several plans


def _several(assessment: Assessment, how: How) -> Iterator[str]:
    style, plans = how.style, assessment.plans
    known = min(plan.lawbook.known_until for plan in plans)
    said = _TOWNS.format(number=str(len(plans)), day=str(assessment.day), known=str(known))
    yield from style.block(style.say(said), 0, 2)
    yield ""
    common = _common(plans, how)
    apart = len(plans) <= _APART
    yield _table(plans, how, with_ids=not apart and not how.summary)
    yield ""
    if how.summary:
        return
    if apart:
        yield from _headed(_GRAVEST, style)
        if common:
            named = [same(f"{f.rule.id} ") + f.rule.title for f in common.values()]
            said = _IN_COMMON.format(named=join(named))
            yield from style.block(style.say(said), 0, 2)
        for plan in plans:
            yield title(plan.file, style)
            own = [f for f in _gravest(plan, how) if f.rule.id not in common]
            for finding in own[:GRAVEST]:
                yield from _in_a_line(finding, style)
        yield ""
    yield from _headed(_PER_RULE, style)
    yield from _per_rule([new_only(plan, how) for plan in plans], style)
    yield ""


def _table(plans: Sequence[PlanAssessment], how: How, *, with_ids: bool) -> str:
    style = how.style
    heads = [Text("団体", "town"), *(column.short for column in NARROW_COUNTS)]
    rows: list[list[object]] = [
        [style.say(name), *by_columns(plan.counts, NARROW_COUNTS)]
        for plan, name in zip(plans, names_of(plans), strict=True)
    ]
    if with_ids:
        heads.append(Text("重いもの", "gravest"))
        for row, plan in zip(rows, plans, strict=True):
            row.append(", ".join(f.rule.id for f in _gravest(plan, how)[:GRAVEST]))
    return style.table(rows, [style.say(head) for head in heads], foldable=(0,))


def _in_a_line(finding: Finding, style: Style) -> list[str]:
    strength = STRENGTH_LABELS[finding.rule.strength]
    failed = finding.outcome is Outcome.FAIL
    word = SEVERITY_WORDS[finding.severity] if failed else OUTCOMES[finding.outcome]
    mark = style.say(Text(f"[{word.ja}・{strength.ja}]", f"[{word.en}, {strength.en}]"))
    mark = style.paint(finding.severity, mark) if failed else mark
    back = SETBACK if finding.setback else same("")
    named = same(f"{finding.rule.id} ") + finding.rule.title + back
    said = style.say(named + due_in(finding) + same(": ") + finding.message)
    return _clipped(f"{mark} {said}", style, 2, 1)


def _gravest(plan: PlanAssessment, how: How) -> list[Finding]:
    """Return how the rules that fail or are open came out, the gravest first.

    A duty that is open weighs more than advice that is not followed; a draft weighs least.
    """
    came = standing(new_only(plan, how).findings).values()
    asked = (Outcome.ERROR, Outcome.FAIL, Outcome.UNKNOWN)
    return sorted((f for f in came if f.outcome in asked), key=_rank)


def _common(plans: Sequence[PlanAssessment], how: How) -> dict[str, Finding]:
    """Return, by rule, the duties that are open in every town: they are told once for all."""
    found = [
        {f.rule.id: f for f in _gravest(plan, how) if _rank(f)[0] == _OPEN_DUTY} for plan in plans
    ]
    return {rule: f for rule, f in found[0].items() if all(rule in each for each in found)}


def _rank(finding: Finding) -> tuple[object, ...]:
    failed = finding.outcome is Outcome.FAIL
    if finding.outcome is Outcome.ERROR:
        rank = 0
    elif finding.rule.draft:
        rank = 6
    elif failed:
        rank = (1, 3, 4)[SEVERITIES.index(finding.severity)]
    else:
        rank = _OPEN_DUTY if finding.rule.strength in DUTIES else 5
    return (rank, in_order(finding))


def _per_rule(plans: Iterable[PlanAssessment], style: Style) -> Iterator[str]:
    """Yield of how many plans each rule fails, and of how many it is open; the gravest first."""
    rules: dict[str, Finding] = {}
    fails, opens = Counter[str](), Counter[str]()
    for finding in chain.from_iterable(standing(plan.findings).values() for plan in plans):
        rule, outcome = finding.rule.id, finding.outcome
        if outcome in (Outcome.FAIL, Outcome.UNKNOWN):
            rules[rule] = min(rules.get(rule, finding), finding, key=_rank)
            fails[rule] += outcome is Outcome.FAIL
            opens[rule] += outcome is Outcome.UNKNOWN
    ids = sorted(rules, key=lambda r: (_rank(rules[r])[0], -fails[r], -opens[r], r))
    rows = [
        [fails[r], opens[r], f"{r} {style.say(rules[r].rule.title)}", _strength(rules[r], style)]
        for r in ids[:_RULES]
    ]
    if rows:
        yield style.table(rows, [style.say(head) for head in _HEADS], foldable=(2,))
    if len(ids) > _RULES:
        yield style.say(_MORE_RULES.format(number=str(len(ids) - _RULES)))


def _strength(finding: Finding, style: Style) -> str:
    return style.say(STRENGTH_LABELS[finding.rule.strength])
