"""Several plans in brief: a line a town, the gravest of each, and the number of towns by rule."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Collection, Iterable, Iterator
from functools import partial
from itertools import chain, repeat

from dxrules.assessment import Finding, PlanAssessment
from dxrules.assessment.finding import in_order, standing
from dxrules.assessment.questions import DUTIES
from dxrules.report.citations import gravity_mark, named
from dxrules.report.how_to_write import How
from dxrules.report.outcome_counts import NARROW_COUNTS, by_columns
from dxrules.report.piecewise import LeanPlans, Pieces, PlanHeadings, Whole, loaded, names_of
from dxrules.report.plan_header import title
from dxrules.report.shared_labels import OUTCOMES, SETBACK
from dxrules.report.terminal import Style, fold
from dxrules.report.undetermined_rules import due_in
from dxrules.rules import SEVERITIES, STRENGTH_LABELS, Outcome, Rule
from dxrules.texts import Text, join, same, width

_Ranked = tuple[str, int, str]
GRAVEST = 3
"""Findings told of each of several towns."""
_APART = 8
"""Up to so many towns have lines of their own; of more, the ids stand in the table."""
_RULES = 10
_NAME = 30
"""How wide the name of a plan may be in the table."""
_TO_DUTIES = 5
"""How many columns of counts lead to the open duties."""
_LINES = 2
_OPEN_DUTY = 2
"""The rank of a duty that is open, after a grave failure."""

_TOWNS = Text(
    "{number}団体  判定日 {day}  点検項目は {known} 現在",
    "{number} plans  as of {day}  law as of {known}",
)
_GRAVEST = Text("団体ごとに重いもの(3件まで)", "The gravest of each municipality (up to three)")
_IN_COMMON = Text("どの団体も要確認: {named}", "Undetermined in every municipality: {named}")
_PER_RULE = Text("点検項目ごとの団体の数", "Municipalities by rule")
_MORE_RULES = Text("ほか{number}件の点検項目", "{number} more rules")
_HEADS = (
    OUTCOMES[Outcome.FAIL],
    OUTCOMES[Outcome.UNKNOWN],
    Text("点検項目", "rule"),
    Text("強さ", "strength"),
)


def ranked(plan: PlanAssessment, how: How) -> list[_Ranked]:
    """Return what `gravest` does, of each its rule, its rank and its outcome."""
    return [(f.rule.id, _rank(f)[0], f.outcome.value) for f in gravest(plan, how)]


def towns_in_brief(whole: Whole, pieces: Pieces, how: How) -> Iterator[str]:
    """Yield the lines on several plans, from what `ranked` told; a few have lines of their own."""
    style, headings, rules = how.style, whole.headings, whole.rules()
    held = () if whole.held is None else whole.held.assessment.plans
    apart = held if len(held) <= _APART else ()
    known = min(heading.known_until for heading in headings)
    said = _TOWNS.format(number=str(len(headings)), day=str(whole.day), known=str(known))
    yield from (*style.block(said, 0, 2), "")
    common = [] if how.summary else _common(map(loaded, pieces))
    ranks = None if apart or how.summary else partial(_gravest_of, pieces, common)
    yield from _towns(headings, ranks, style)
    yield ""
    if how.summary:
        return
    if common:
        named = [same(f"{rule} ") + rules[rule].title for rule in common]
        yield from (*style.block(_IN_COMMON.format(named=join(named)), 0, 2), "")
    if apart:
        yield from headed(_GRAVEST, style)
        for plan in apart:
            yield title(plan.file, style)
            found = [f for f in gravest(plan, how) if f.rule.id not in common]
            for finding in found[:GRAVEST]:
                yield from _in_a_line(finding, style)
        yield ""
    yield from headed(_PER_RULE, style)
    tally = _Tally()
    for rule, rank, outcome in chain.from_iterable(map(loaded, pieces)):
        tally.add(rules[rule], rank, Outcome(outcome))
    yield from (*tally.lines(style), "")


def _common(told: Iterable[Iterable[_Ranked]]) -> list[str]:
    """Return the duties that are open in every town, in the order of the first: told once."""
    common: list[str] | None = None
    for each in told:
        duties = [rule for rule, rank, _ in each if rank == _OPEN_DUTY]
        common = duties if common is None else [rule for rule in common if rule in set(duties)]
    return common or []


def _gravest_of(pieces: Pieces, common: Collection[str]) -> Iterator[str]:
    """Yield the ids of what is gravest of each plan, but for what is told of all of them."""
    for each in map(loaded, pieces):
        yield ", ".join([rule for rule, *_ in each if rule not in common][:GRAVEST])


def _towns(
    headings: PlanHeadings, gravest_of: Callable[[], Iterable[str]] | None, style: Style
) -> Iterator[str]:
    """Yield a line a town, with the ids of what is gravest where nothing else tells it."""
    columns = NARROW_COUNTS if gravest_of is None else NARROW_COUNTS[:_TO_DUTIES]
    heads = [Text("団体", "municipality"), *(column.short for column in columns)]
    if gravest_of is not None:
        heads.append(Text("重いもの", "gravest"))
    names = [_in_line(style.say(name)) for name in names_of(LeanPlans(headings))]

    def rows() -> Iterator[list[object]]:
        ids = repeat((), len(names)) if gravest_of is None else ([each] for each in gravest_of())
        for name, heading, last in zip(names, headings, ids, strict=True):
            yield [name, *by_columns(heading.counts, columns), *last]

    return style.table_lines(rows, heads)


def _in_line(name: str) -> str:
    """Return the name of a plan as it fits a line of the table."""
    return name if width(name) <= _NAME else fold(name, _NAME - 2)[0] + "…"


def _in_a_line(finding: Finding, style: Style) -> list[str]:
    mark = style.say(gravity_mark(finding))
    if finding.outcome is Outcome.FAIL:
        mark = style.paint(finding.severity, mark)
    back = SETBACK if finding.setback else same("")
    said = style.say(named(finding.rule) + back + due_in(finding) + same(": ") + finding.message)
    return clipped(f"{mark} {said}", style, 2, 1)


def gravest(plan: PlanAssessment, how: How) -> list[Finding]:
    """Return how the rules that fail or are open came out, the gravest first.

    A duty that is open weighs more than advice that is not followed; a draft weighs least.
    """
    came = standing(how.seen(plan).applied).values()
    asked = (Outcome.ERROR, Outcome.FAIL, Outcome.UNKNOWN)
    return sorted((f for f in came if f.outcome in asked), key=_rank)


def _rank(finding: Finding) -> tuple[int, tuple[object, ...]]:
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


class _Tally:
    """Of how many plans each rule fails, and of how many it is open."""

    def __init__(self) -> None:
        self._rules: dict[str, Rule] = {}
        self._ranks: dict[str, int] = {}
        self._fails = Counter[str]()
        self._opens = Counter[str]()

    def add(self, rule: Rule, rank: int, outcome: Outcome) -> None:
        """Count how a rule came out in a plan."""
        if outcome in (Outcome.FAIL, Outcome.UNKNOWN):
            self._rules.setdefault(rule.id, rule)
            self._ranks[rule.id] = min(rank, self._ranks.get(rule.id, rank))
            self._fails[rule.id] += outcome is Outcome.FAIL
            self._opens[rule.id] += outcome is Outcome.UNKNOWN

    def lines(self, style: Style) -> Iterator[str]:
        """Yield the gravest first."""
        rules, fails, opens = self._rules, self._fails, self._opens
        ids = sorted(rules, key=lambda r: (self._ranks[r], -fails[r], -opens[r], r))
        rows = [
            [
                fails[r],
                opens[r],
                named(rules[r]),
                STRENGTH_LABELS[rules[r].strength],
            ]
            for r in ids[:_RULES]
        ]
        if rows:
            yield style.table(rows, _HEADS, foldable=(2,))
        if len(ids) > _RULES:
            yield style.say(_MORE_RULES.format(number=str(len(ids) - _RULES)))


def clipped(text: str, style: Style, indent: int, most: int = _LINES) -> list[str]:
    """Return a text in a few lines; the last ends in … where there is more of it."""
    lines = style.block(text, indent)
    if len(lines) <= most:
        return lines
    *kept, last = lines[:most]
    room = style.width - indent - 2
    return [*kept, " " * indent + fold(last.strip(), room)[0] + "…"]


def headed(head: Text, style: Style) -> list[str]:
    """Return a heading."""
    return style.block(style.bold(head), 0, 2)
