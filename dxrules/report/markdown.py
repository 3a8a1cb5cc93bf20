"""Markdown: a report for an issue, a wiki, a merge request, or the summary of a job.

It never has more than one MiB, since GitHub drops a larger summary whole; what is left out is
the least grave, and the report says how much that is.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from typing import cast

from dxrules.assessment import Counts, Finding, PlanAssessment
from dxrules.assessment.dossier import Dossier, Unreadable
from dxrules.assessment.finding import GRAVEST, by_rule
from dxrules.assessment.finding_question import question_of
from dxrules.assessment.questions import Question, first_questions
from dxrules.assessment.since import Since
from dxrules.frozen import frozen
from dxrules.report.citations import basis, named_with_marks
from dxrules.report.finding_columns import evidence
from dxrules.report.how_to_write import How
from dxrules.report.outcome_counts import COUNTS, RARE_COUNTS, by_columns, rules_and_places
from dxrules.report.piecewise import LeanPlans, Pieces, Piecewise, Whole, dumped, loaded, names_of
from dxrules.report.plan_header import (
    days,
    known_unseen,
    selection_text,
    since,
    to_come,
    to_come_title,
    unread_lines,
)
from dxrules.report.shared_labels import ONE_ENGINE, OUTCOMES, SEVERITY_WORDS
from dxrules.report.size_limits import RankedEntry, RankedPart, shortened
from dxrules.report.terminal import Style
from dxrules.report.undetermined_rules import (
    CONFIRM_FIRST,
    due_in,
    hangs_on,
    question_head,
    strength,
)
from dxrules.rules import SEVERITIES, Outcome
from dxrules.texts import Text, join, printable, same, visible, without_commands

LARGEST = 1024 * 1024
"""What GitHub takes as the summary of a step, in bytes.
https://docs.github.com/en/actions/reference/workflows-and-actions/workflow-commands
"""
_CUT = Text(
    "1 MiBに収めるため、軽いものから{number}件を省いた(全件は --output report.html で出力できる)",
    "To stay within 1 MiB, {number} findings, the least grave, are left out "
    "(--output report.html holds all)",
)
_MORE = Text("ほか{number}件", "{number} more")
_FIRST, _LAST = (-1,), (99,)
"""Ranks of what is left out last, and first."""
_SIGNS = re.compile(r"([\\`*_\[\]<>#|~&])")
_ADDRESS = re.compile(r"/(?=/)|\.(?<=\bwww\.)", re.IGNORECASE)
"""What makes an address of a text, without angle brackets."""
_MARKERS = re.compile(r"^[-+=]|(?<=^\d)[.)]|(?<=^\d\d)[.)]")
"""What makes a line a list or a heading, where it begins a line."""
_TICKS = re.compile("`+")
_SPACES = re.compile(r"\s+")
_TITLE = Text("自治体DX計画の判定", "Assessment of municipal DX plans")


def _within_bounds(parts: Iterable[RankedPart], how: How) -> bytes:
    def cut(number: int) -> str:
        return _lines(f"> {how.style.say(_CUT.format(number=number))}", "")

    text, left = shortened(parts, LARGEST, cut)
    if left:
        how.tell(same("Markdown: ") + _CUT.format(number=left))
    return as_markdown(text.removesuffix("\n"))


def _piece(dossier: Dossier, how: How) -> bytes:
    """Return the parts of the report that are about one plan."""
    (plan,) = dossier.assessment.plans
    parts = _plan(plan, dossier.questions(how.seen(plan)), how, 0)
    return dumped(
        [
            (
                part.head,
                [(entry.text, entry.rank, entry.holds) for entry in part.entries],
                part.end,
                cast("_LeftOut", part.more).columns,
                part.inside,
            )
            for part in parts
        ]
    )


def _joined(whole: Whole, pieces: Pieces, how: How) -> Iterator[bytes]:
    yield _within_bounds(_report(whole, pieces, how), how)


PIECES = Piecewise(_piece, _joined)


def _report(whole: Whole, pieces: Pieces, how: How) -> Iterator[RankedPart]:
    style = how.style
    compared = whole.since
    yield from _head(whole.day, whole.selected, whole.unreadable, how)
    yield _since(compared, style)
    place = 4
    if len(whole.headings) > 1:
        names = names_of(LeanPlans(whole.headings))
        counts = (heading.counts for heading in whole.headings)
        yield _counts(zip(names, counts, strict=True), style)
        place += 1
    yield _unseen(compared, how)
    for piece in pieces:
        parts = loaded(piece)
        for head, entries, end, columns, inside in parts:
            held = tuple(RankedEntry(text, tuple(rank), holds) for text, rank, holds in entries)
            within = None if inside is None else place + inside
            yield RankedPart(head, held, end, _LeftOut(style, columns), within)
        place += len(parts)


def as_markdown(text: str) -> bytes:
    """Return the text of a page as UTF-8, without commands to a CI service that would print it."""
    return printable(without_commands(text, lambda sign: f"&#{ord(sign)};")).encode()


def escaped(text: str) -> str:
    r"""Return a text of a plan as plain words of one line, whatever signs it holds.

    Nobody is notified by it, and what looks like an address is no link.

    >>> print(escaped("<b>|*\n#1"), escaped("@town"), escaped("https://example.jp"))
    \<b\>\|\* \#1 @&#8203;town https:\//example.jp
    """
    line = _SIGNS.sub(r"\\\1", visible(_SPACES.sub(" ", text)).strip())
    return _ADDRESS.sub(r"\\\g<0>", line).replace("@", "@&#8203;")


def code(text: str) -> str:
    r"""Return a name as code that stands in a table; signs in it end neither.

    >>> print(code("a.yaml:1"), code("a`b|c"))
    `a.yaml:1` ``a`b\|c``
    """
    line = visible(text).replace("|", "\\|")
    fence = "`" * (max(map(len, _TICKS.findall(line)), default=0) + 1)
    gap = " " if line.startswith("`") or line.endswith("`") else ""
    return f"{fence}{gap}{line}{gap}{fence}"


def first_line(text: str) -> str:
    """Return a text as plain words where it begins a line, and would be a list or a heading."""
    return _MARKERS.sub(r"\\\g<0>", escaped(text))


def _lines(*lines: str) -> str:
    return "".join(f"{line}\n" for line in lines)


def _since(compared: Since, style: Style) -> RankedPart:
    known = [first_line(line) for line in since(compared, style)]
    return RankedPart("", (RankedEntry(_lines(*known), _FIRST),) if known else ())


def _unseen(compared: Since, how: How) -> RankedPart:
    unseen = [escaped(how.style.say(text)) for text in known_unseen(compared, how)]
    return RankedPart("", (RankedEntry(_lines(*unseen, ""), _FIRST),) if unseen else ())


def _head(
    day: date, selected: Text | None, unread: Sequence[Unreadable], how: How
) -> Iterator[RankedPart]:
    style = how.style
    head = [f"# {style.say(_TITLE)} ({day.isoformat()})", ""]
    if how.alone is not None:
        head += [f"> {style.say(ONE_ENGINE[how.alone])}", ""]
    if (chosen := selection_text(selected)) is not None:
        head += [f"> {escaped(style.say(chosen))}", ""]
    yield RankedPart(_lines(*head))
    lines = [_lines(first_line(line)) for line in unread_lines(unread, style, len(unread))]
    yield RankedPart("", tuple(RankedEntry(line, _FIRST) for line in lines), more=_LeftOut(style))


@frozen
class _LeftOut:
    """Says how much is left out: in a line, in a row of so many columns, or not at all for 0."""

    style: Style
    columns: int = 1

    def __call__(self, number: int) -> str:
        said = self.style.say(_MORE.format(number=number))
        if self.columns == 1:
            return _lines("", f"- {said}")
        return _lines(f"| {said} |" + " |" * (self.columns - 1)) if self.columns else ""


def _counts(towns: Iterable[tuple[Text, Counts]], style: Style) -> RankedPart:
    columns = (*COUNTS, *RARE_COUNTS)
    heads = [Text("団体", "municipality"), *(column.label for column in columns)]
    rows = [
        [
            escaped(style.say(name)),
            *map(str, by_columns(counts, columns)),
        ]
        for name, counts in towns
    ]
    entries = [RankedEntry(_row(cells), _FIRST) for cells in rows]
    return _table([style.say(head) for head in heads], entries, style, numbers_from=1)


def row(cells: Iterable[str]) -> str:
    """Return a row of a table."""
    return f"| {' | '.join(cells)} |"


def _row(cells: Iterable[str]) -> str:
    return _lines(row(cells))


def _table(
    heads: list[str],
    rows: Iterable[RankedEntry],
    style: Style,
    above: tuple[str, ...] = (),
    inside: int | None = None,
    numbers_from: int = 99,
) -> RankedPart:
    rule = ["---:" if n >= numbers_from else "---" for n in range(len(heads))]
    return RankedPart(
        _lines(*above) + _row(heads) + _row(rule),
        tuple(rows),
        _lines(""),
        _LeftOut(style, len(heads)),
        inside,
    )


def _plan(
    plan: PlanAssessment, asked: Sequence[Question], how: How, place: int
) -> Iterator[RankedPart]:
    """Yield a heading, what failed and what is folded away; `place` is that of the heading."""
    style, said = how.style, plan.file.plan
    counts = _counts([(said.municipality.name.text, plan.counts)], style)
    head = _lines(
        f"## {escaped(style.say(said.municipality.name.text))} {escaped(said.plan.title)}",
        "",
        *(f"- {escaped(style.say(text))}" for text in days(plan)),
        "",
    )
    # Where there is room a plan without a fault has its heading, too.
    yield RankedPart(head + counts.whole, (RankedEntry("", _LAST),), more=_LeftOut(style, 0))
    plan = how.seen(plan)
    confirm = _to_confirm(asked, style, place)
    if plan.of(Outcome.ERROR):
        yield _failures(Outcome.ERROR, plan.of(Outcome.ERROR), style, place)
    yield from confirm
    if plan.of(Outcome.FAIL):
        yield _failures(Outcome.FAIL, plan.of(Outcome.FAIL), style, place)
    coming = [escaped(style.say(join([head, rests_on]))) for head, rests_on, _ in to_come(plan)]
    if coming:
        entries = tuple(RankedEntry(_lines(f"- {line}"), _LAST) for line in coming)
        head = _lines(f"### {style.say(to_come_title(plan))}", "")
        yield RankedPart(head, entries, _lines(""), _LeftOut(style), place)
    quiet = (Outcome.UNKNOWN, Outcome.WAIVED)
    for outcome in (*quiet, Outcome.PASS, Outcome.NOT_APPLICABLE) if how.everything else quiet:
        if plan.of(outcome):
            yield _folded(outcome, plan, style, place)


def _to_confirm(asked: Sequence[Question], style: Style, place: int) -> list[RankedPart]:
    """Return the list of what to look up first, or nothing where nothing is open."""
    entries = []
    for number, question in enumerate(first_questions(asked), 1):
        said = [question_head(question), hangs_on(question)]
        line = "<br>".join(escaped(style.say(text)) for text in said)
        entries.append(
            RankedEntry(_lines(f"{number}. {line}"), _rank_open(question.findings[0]), 0)
        )
    if not entries:
        return []
    head = _lines(f"### {style.say(CONFIRM_FIRST)}", "")
    return [RankedPart(head, tuple(entries), _lines(""), _LeftOut(style), place)]


def _name(finding: Finding, style: Style) -> str:
    return escaped(style.say(named_with_marks([finding])))


def _failures(
    outcome: Outcome, findings: Iterable[Finding], style: Style, place: int
) -> RankedPart:
    heads = [
        Text("重大度", "severity"),
        Text("点検項目", "rule"),
        Text("対象", "subject"),
        Text("理由", "reason"),
        Text("根拠とした記載", "evidence"),
        Text("典拠", "source"),
        Text("直し方", "remedy"),
        Text("場所", "place"),
    ]
    rows = [
        RankedEntry(_row(_cells(group, style)), _rank(group[0]), len(group))
        for group in by_rule(findings)
    ]
    above = (f"### {style.say(OUTCOMES[outcome])}", "")
    return _table([style.say(head) for head in heads], rows, style, above, place)


def _rank(finding: Finding) -> tuple[int, ...]:
    """Return how soon a finding is left out: the graver the later, and what is known sooner."""
    return (*finding.gravity, int(finding.known))


def _rank_open(finding: Finding) -> tuple[int, ...]:
    """Rank what is to be looked up like the failure that it may be; it is listed below, too."""
    severity = SEVERITIES.index(finding.rule.severity)
    return (GRAVEST.index(Outcome.FAIL), severity, int(finding.known))


def _cells(group: list[Finding], style: Style) -> list[str]:
    """Put all subjects that fail one rule into a row; where there are several, each has its line.

    Reason, evidence and place are those of the first.
    """
    first = group[0]
    labels = dict.fromkeys(escaped(style.say(finding.label)) for finding in group)
    return [
        style.say(SEVERITY_WORDS[first.severity]),
        _name(first, style) + (f" ×{len(group)}" if len(group) > 1 else ""),
        "<br>".join(labels),
        escaped(style.say(first.message)),
        escaped(style.say(evidence(first) or same(""))),
        escaped(style.say(basis(first.rule))),
        escaped(style.say(first.remedy)),
        code(style.say(first.place.shown)),
    ]


def _folded(outcome: Outcome, plan: PlanAssessment, style: Style, place: int) -> RankedPart:
    """List what accuses nobody, folded away."""
    findings = plan.of(outcome)
    number = style.say(rules_and_places(findings, plan.counts.outcomes[outcome]))
    summary = f"<details><summary>{style.say(OUTCOMES[outcome])} {number}</summary>"
    is_open = outcome is Outcome.UNKNOWN
    entries = []
    for finding in findings:
        label, said = escaped(style.say(finding.label)), escaped(style.say(finding.message))
        tag = escaped(style.say(strength(finding))) + " " if is_open else ""
        due = escaped(style.say(due_in(finding))) if is_open else ""
        line = f"- {tag}{_name(finding, style)}{due} \\[{label}\\]: {said}"
        if is_open:
            line += f"<br>→ {escaped(style.say(question_of(finding)))}"
        entries.append(RankedEntry(_lines(line), _rank(finding), 1))
    end = _lines("", "</details>", "")
    return RankedPart(_lines(summary, ""), tuple(entries), end, _LeftOut(style), place)
