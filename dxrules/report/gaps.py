"""Report of `gaps`."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from functools import partial
from typing import TYPE_CHECKING

from dxrules.assessment import Finding
from dxrules.assessment.finding_question import question_of
from dxrules.assessment.questions import Question, by_question, first_questions
from dxrules.frozen import frozen, replaced
from dxrules.report.citations import named, times
from dxrules.report.finding_columns import severity_of
from dxrules.report.plan_header import heading
from dxrules.report.several_plans import as_table, as_text
from dxrules.report.shared_labels import OUTCOMES, SEVERITY_WORDS, TO_PASS
from dxrules.report.table import coming_lines
from dxrules.report.tabular import Table, column, described
from dxrules.report.terminal import Style
from dxrules.report.undetermined_rules import (
    CONFIRM_FIRST,
    CONFIRM_SHORT,
    hangs_on,
    open_head,
    question_head,
    rules_of,
    strength_marked,
)
from dxrules.rules import STRENGTH_LABELS, Outcome
from dxrules.texts import Text, in_brackets, same, some_of, visible

if TYPE_CHECKING:
    from dxrules.assessment.gaps import AreaGaps, Gap, GapReport

_FIRST = Text(
    "まず直すこと(期限を示さないものは、次の改定まで)",
    "Mend first (by the next revision, where no day is given)",
)
_NOTHING = Text("直すべき不足は見つからなかった", "Nothing was found that has to be mended")
_NONE_SELECTED = Text(
    "直すべき不足に、この絞り込みに当てはまるものはない",
    "Nothing that has to be mended is of this selection",
)
_ERRORS = Text(
    "判定できなかったもの(原因を除くまで、以下は信頼できない)",
    "Could not be judged (what follows cannot be trusted until this is mended)",
)
_LATER = Text("影響を受ける取組: ", "Work that waits for it: ")
_START_BY = Text("(着手は遅くとも {day})", " (latest start {day})")
_OF = Text("({labels})", " ({labels})")
_SHOWN_LABELS = 8


def _places(question: Question) -> str:
    return ", ".join(place.short for place in question.places[:_SHOWN_PLACES])


_TITLE = Text("直すこと・確かめること", "What to mend and what to look up")
_COLUMNS = (
    column("分野", "area", 16, "area.label"),
    column("判定", "outcome", 10, lambda row: OUTCOMES[row.finding.outcome]),
    column("重大度", "severity", 8, lambda row: severity_of(row.finding)),
    column("強さ", "strength", 14, lambda row: STRENGTH_LABELS[row.finding.rule.strength]),
    column("点検項目", "rule", 9, "finding.rule.id"),
    column("表題", "title", 28, "finding.rule.title"),
    column("対象", "subject", 26, "finding.label"),
    column("理由", "why", 46, "finding.message"),
    column("直し方", "remedy", 40, lambda row: None if row.is_open else row.finding.remedy),
    column("確かめること", "question", 40, lambda r: question_of(r.finding) if r.is_open else None),
    column("いつまでに", "by", 16, "by"),
    column("箇所", "place", 26, "finding.place.short"),
    column("担当", "in charge", 18, "in_charge"),
    column("期限", "due", 20, lambda row: described(row.finding.due)),
)
_QUESTION_COLUMNS = (
    column("強さ", "strength", 14, strength_marked),
    column("確かめること", "question", 60, "text"),
    column("期限", "due", 14, lambda question: described(question.due)),
    column("残り日数", "days left", 9, "days_left"),
    column("この答えに関わる点検項目", "what hangs on it", 46, rules_of),
    column("件数", "findings", 8, lambda question: len(question.hangs)),
    column("計画ファイルの場所", "place in the plan file", 30, _places),
)
_SHOWN_PLACES = 3


def _table(report: GapReport) -> Table:
    """Return a row per subject: what to mend in its order, then what is undetermined, by area.

    What to look up first stands before it, a row per question.
    """
    found: list[_Row] = []
    for area in report.areas:
        for gap in area.gaps:
            found += [_Row(report, area, finding, gap.by) for finding in gap.findings]
        found += [_Row(report, area, finding) for finding in area.unknown]
    day, asked = report.plan.lawbook.day, first_questions(report.questions)
    first = (Table.of(CONFIRM_SHORT, day, _QUESTION_COLUMNS, asked),) if asked else ()
    return replaced(Table.of(_TITLE, day, _COLUMNS, found), first=first)


@frozen
class _Row:
    """A finding of an area, and by when to mend it."""

    report: GapReport
    area: AreaGaps
    finding: Finding
    by: Text | None = None

    @property
    def is_open(self) -> bool:
        """Whether it cannot be told."""
        return self.finding.outcome is Outcome.UNKNOWN

    @property
    def in_charge(self) -> Text | None:
        """Who the plan says does what it is about; else it is left to be filled in."""
        if self.finding.kind != "measure":
            return None
        owners = {each.id: each.owner for each in self.report.plan.file.plan.measures or ()}
        owner = owners.get(self.finding.key)
        return None if owner is None else same(visible(owner))


def _lines(report: GapReport, style: Style) -> Iterator[str]:
    yield from heading(report.plan, style)
    if report.errors:
        yield ""
        yield style.bold(_ERRORS)
        for finding in report.errors:
            yield from style.block(_broken(finding, style), 2, 2)
    if report.first or not report.errors:
        yield ""
        nothing = _NOTHING if report.plan.selected is None else _NONE_SELECTED
        yield style.bold(_FIRST if report.first else nothing)
    for number, gap in enumerate(report.first, 1):
        yield f"  {number}. {_head(gap, style)}"
        yield from style.block(gap.reason, 5)
        yield from style.block("→ " + style.say(gap.finding.remedy), 5, 2)
        yield from _hints([comes_before(gap)], style, 5)
    if report.questions:
        yield ""
        yield style.bold(CONFIRM_FIRST)
    for number, question in enumerate(first_questions(report.questions), 1):
        yield from style.block(f"{number}. {style.say(question_head(question))}", 2, 3)
        yield from style.block(hangs_on(question), 5, 2)
    yield from coming_lines(report.plan, style, 0)
    for area in report.areas:
        yield ""
        yield style.bold(f"■ {style.say(area.label)}")
        yield from _area(area, style)


def _broken(finding: Finding, style: Style) -> str:
    word = style.say(OUTCOMES[Outcome.ERROR])
    head = f"[{word}] {finding.rule.id} {style.say(finding.rule.title)}"
    return f"{head} [{finding.key}]: {style.say(finding.message)}"


def _area(area: AreaGaps, style: Style) -> Iterator[str]:
    for gap in area.gaps:
        yield f"  {_head(gap, style)}"
        yield from style.block(gap.reason, 4)
        yield from style.block("→ " + style.say(gap.finding.remedy), 4, 2)
        yield from _hints([*ways_to_pass(gap), comes_before(gap)], style, 4)
    word = style.say(OUTCOMES[Outcome.UNKNOWN])
    for question, rules in by_question(area.unknown):
        for each in rules:
            yield from style.block(f"[{word}] {style.say(open_head(each.findings))}", 2, 2)
        yield from style.block("→ " + style.say(question), 4, 2)


def ways_to_pass(gap: Gap) -> Iterator[Text]:
    """Yield what makes the findings pass, once for all for which it is the same.

    What says no more than the remedy, which stands above, is left out.
    """
    labels: dict[Text, list[Text]] = {}
    told = [each for each in gap.to_pass if each is not None]
    for finding, each in zip(gap.findings, gap.to_pass, strict=True):
        if each is not None:
            labels.setdefault(each.text, []).append(finding.label)
    if len(labels) == 1 and not any(each.says_more for each in told):
        return
    for told_text, those in labels.items():
        of = same("") if len(labels) == 1 else _OF.format(labels=_listed(those))
        yield TO_PASS + of + same(": ") + told_text


def comes_before(gap: Gap) -> Text | None:
    """Return what waits for a gap to be mended, if anything does, and when that has to start."""
    if not gap.later:
        return None
    said = _LATER + _listed([later.label for later in gap.later])
    return said if gap.start_by is None else said + _START_BY.format(day=str(gap.start_by))


def _hints(texts: Iterable[Text | None], style: Style, indent: int) -> Iterator[str]:
    for text in texts:
        if text is not None:
            yield from style.block(text, indent, 2)


def _head(gap: Gap, style: Style) -> str:
    first = gap.finding
    word = style.paint(first.severity, f"[{style.say(SEVERITY_WORDS[first.severity])}]")
    dated = any(finding.due is not None for finding in gap.findings)
    by = in_brackets(gap.by) if dated else same("")
    return f"{word} {style.say(named(first.rule) + times(len(gap.findings)) + by)}"


def _listed(labels: Sequence[Text]) -> Text:
    return some_of(labels, _SHOWN_LABELS)


text = partial(as_text, lines_of=_lines)
"""Returns the lines of gap reports."""

rows = partial(as_table, rows=_table)
"""Returns the rows of gap reports, with the town where there may be several."""
