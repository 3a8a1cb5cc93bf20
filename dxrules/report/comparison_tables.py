"""A comparison of towns as tables: its totals, signs of its cells, and these put together."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import date
from functools import partial
from itertools import starmap

from dxrules.assessment.comparison import (
    NOT_BOUND,
    Comparison,
    Prefecture,
    RuleRow,
    Town,
    TownOutcome,
)
from dxrules.assessment.finding import GRAVEST, Finding, PlanAssessment, standing
from dxrules.report.citations import titled
from dxrules.report.outcome_counts import COUNTS, RARE_COUNTS, CountColumn, by_columns
from dxrules.report.piecewise import Whole, lean, loaded, names_of
from dxrules.report.shared_labels import OUTCOMES, SELECTION, SEVERITY_WORDS
from dxrules.report.table_cell import TableCell
from dxrules.report.tabular import Column, Table, column
from dxrules.rules import SEVERITIES, STRENGTH_LABELS, Outcome
from dxrules.texts import Text, in_brackets, join, more, same

TITLE = Text("団体の比較", "Municipalities compared")
BY_RULE = Text("点検項目ごと", "By rule")
BY_TOWN = Text("団体ごと", "By municipality")
BY_PREFECTURE = Text("都道府県ごと", "By prefecture")
BY_RULE_AND_PREFECTURE = Text("点検項目と都道府県", "Rules by prefecture")
DIFFERS = "≠"

_TOWN = (
    column("団体コード", "code", 10),
    column("都道府県", "prefecture", 14),
    column("団体", "municipality", 16),
    column("計画", "plan", 34),
    column("不適合", "fail", 9),
)
_PREFECTURE = (
    column("都道府県", "prefecture", 14),
    column("団体数", "municipalities", 8),
    column("不適合", "fail", 9),
)
_NUMBER = 9


_OPEN = Outcome.UNKNOWN
_RULE: tuple[Column, ...] = (
    column("点検項目", "rule", 9, "rule.id"),
    column("表題", "title", 34, lambda row: titled(row.rule)),
    column("強さ", "strength", 14, lambda row: STRENGTH_LABELS[row.rule.strength]),
    column("不適合の団体数", "municipalities that fail", 10, lambda r: r.number(Outcome.FAIL)),
    column("要確認の団体数", "municipalities undetermined", 12, lambda r: r.number(_OPEN)),
    column("適用のある団体数", "municipalities bound", 10, "bound"),
)
_DIFFER = column("団体で異なる", "differs", 9, lambda row: DIFFERS if row.differs else "")
_IN = Text("不適合: {name}", "fail: {name}")


def columns_of(plans: Sequence[Town]) -> list[CountColumn]:
    """Return the columns of the table of towns; rare outcomes have one where there are any."""
    counts = [plan.counts for plan in plans]
    return [*COUNTS, *(c for c in RARE_COUNTS if any(c.of(each) for each in counts))]


def share(row: RuleRow) -> Text:
    """Return how many of the towns that a rule binds fail it."""
    return same(f"{row.number(Outcome.FAIL)}/{row.bound}")


def several(comparison: Comparison) -> tuple[Prefecture, ...]:
    """Return the prefectures; none where there is one, or a town in each: nothing is summed up."""
    found = comparison.prefectures
    return found if 1 < len(found) < len(comparison.plans) else ()


def across(comparison: Comparison, row: RuleRow, most: int | None = None) -> Text:
    """Return how many towns fail a rule in each prefecture in which any does, most first."""
    found = [(row.among(each.places), each) for each in several(comparison)]
    failing = [(part, each) for part, each in found if part.number(Outcome.FAIL)]
    failing.sort(key=lambda pair: (-pair[0].number(Outcome.FAIL), pair[1].code))
    shown = [each.name + same(" ") + share(part) for part, each in failing[:most]]
    return join(shown) + more(len(failing) - len(shown))


def by_rule(comparison: Comparison, rows: Sequence[RuleRow]) -> Table:
    """Return a row per rule: in how many towns it fails, and in which prefectures."""
    failing = partial(across, comparison)
    last = column("都道府県ごとの不適合", "failing, by prefecture", 40, failing)
    columns = (*_RULE, last) if several(comparison) else _RULE
    return Table.of(BY_RULE, comparison.day, columns, rows)


def by_town(comparison: Comparison) -> Table:
    """Return a row per town: how many rules came out how."""
    columns = columns_of(comparison.plans)
    of = {place: each.name for each in comparison.prefectures for place in each.places}
    rows: list[tuple[TableCell, ...]] = []
    names = names_of(comparison.plans)
    for place, (plan, name) in enumerate(zip(comparison.plans, names, strict=True)):
        said, counts = plan.file.plan, plan.counts
        rows.append(
            (
                said.municipality.code,
                of[place],
                name,
                said.plan.title,
                counts.outcomes[Outcome.FAIL],
                *by_columns(counts, columns),
            )
        )
    heads = (*_TOWN, *(Column(c.label, _NUMBER) for c in columns))
    return Table(BY_TOWN, comparison.day, heads, tuple(rows))


def by_prefecture(comparison: Comparison) -> Table:
    """Return a row per prefecture: what came out how, over all its towns."""
    columns = columns_of(comparison.plans)
    rows: list[tuple[TableCell, ...]] = []
    for each in comparison.prefectures:
        counts = [comparison.plans[place].counts for place in each.places]
        failing = sum(c.outcomes[Outcome.FAIL] for c in counts)
        numbers = (sum(one.of(c) for c in counts) for one in columns)
        rows.append((each.name, len(each.places), failing, *numbers))
    heads = (*_PREFECTURE, *(Column(c.label, _NUMBER) for c in columns))
    return Table(BY_PREFECTURE, comparison.day, heads, tuple(rows))


def by_rule_and_prefecture(comparison: Comparison) -> Table:
    """Return a row per rule, a column per prefecture: how many of its towns fail."""
    columns = (*_RULE[:4], *_failing(comparison.prefectures))
    return Table.of(BY_RULE_AND_PREFECTURE, comparison.day, columns, comparison.rows)


def by_rule_and_town(comparison: Comparison) -> Table:
    """Return a row per rule: its totals, those of each prefecture, and every town."""

    def of(place: int, name: Text) -> Column:
        return Column(name, _NUMBER, lambda row: outcome_words(row.cells[place]))

    split = _failing(several(comparison))
    columns = [
        *_RULE,
        *(replace(each, label=_IN.format(name=each.label)) for each in split),
        *starmap(of, enumerate(names_of(comparison.plans))),
        _DIFFER,
    ]
    if comparison.selected is not None:
        columns.append(Column(SELECTION, _NUMBER, lambda _: comparison.selected))
    return Table.of(TITLE, comparison.day, tuple(columns), comparison.rows)


def _failing(prefectures: Iterable[Prefecture]) -> Iterator[Column]:
    """Yield a column per prefecture: how many of its towns fail a rule."""

    def of(each: Prefecture) -> Column:
        head = each.name + same(f" ({len(each.places)})")
        return Column(head, _NUMBER, lambda row: row.among(each.places).number(Outcome.FAIL))

    return map(of, prefectures)


MARKS: Mapping[Outcome, Text] = {
    Outcome.PASS: same("○"),
    Outcome.UNKNOWN: same("?"),
    Outcome.NOT_APPLICABLE: same("-"),
    Outcome.WAIVED: Text("例外", "waived"),
    Outcome.ERROR: Text("エラー", "ERROR"),
}
_NOT_BOUND = same("/")


def mark(cell: TownOutcome) -> Text:
    """Return the sign of a cell: colour is never the only one."""
    if cell.outcome is None:
        return _NOT_BOUND
    if cell.outcome is Outcome.FAIL and cell.severity is not None:
        times = cell.counts[Outcome.FAIL]
        number = same(f"×{times}" if times > 1 else "")
        return same("× ") + SEVERITY_WORDS[cell.severity] + number
    return MARKS[cell.outcome]


def short_mark(cell: TownOutcome) -> Text:
    """Return the sign of a cell where there is little room: of a severity its first letter."""
    if cell.outcome is not Outcome.FAIL or cell.severity is None:
        return mark(cell)
    word, times = SEVERITY_WORDS[cell.severity], cell.counts[Outcome.FAIL]
    return Text(f"×{word.ja[0]}", f"×{word.en[0].upper()}") + same(str(times) if times > 1 else "")


def outcome_words(cell: TownOutcome) -> Text:
    """Return the outcome of a cell in words; nothing where the rule does not bind the town."""
    if cell.outcome is None:
        return same("")
    if cell.severity is None:
        return OUTCOMES[cell.outcome]
    severity = SEVERITY_WORDS[cell.severity]
    return OUTCOMES[cell.outcome] + in_brackets(severity)


def cells_of(plan: PlanAssessment) -> bytes:
    """Return, as bytes, how each rule came out in a plan, and the earliest day that it names."""
    groups: dict[str, list[Finding]] = {}
    due: dict[str, str] = {}
    for finding in plan.findings:
        groups.setdefault(finding.rule.id, []).append(finding)
        last = None if finding.due is None else finding.due.latest
        if last is not None:
            day = last.isoformat()
            due[finding.rule.id] = min(day, due.get(finding.rule.id, day))
    cells = {rule: _cell(found) for rule, found in groups.items()}
    return json.dumps([cells, due], separators=(",", ":")).encode()


def _cell(findings: list[Finding]) -> list[int]:
    """Return the places of outcome and severity in their orders, and how many came out how."""
    (first,) = standing(findings).values()
    severity = SEVERITIES.index(first.severity) if first.outcome is Outcome.FAIL else -1
    numbers = [sum(f.outcome is outcome for f in findings) for outcome in GRAVEST]
    return [GRAVEST.index(first.outcome), severity, *numbers]


def comparison_of(whole: Whole, pieces: Iterable[bytes], names: Mapping[str, Text]) -> Comparison:
    """Put towns side by side from the cells of each, which `cells_of` made."""
    rules = whole.rules()
    columns: dict[str, list[TownOutcome]] = {rule: [] for rule in rules}
    days: dict[str, date] = {}
    alike: dict[tuple[int, ...], TownOutcome] = {}
    towns = []
    for heading, piece in zip(whole.headings, pieces, strict=True):
        cells, due = loaded(piece)
        for rule, outcomes in columns.items():
            said = cells.get(rule)
            outcomes.append(NOT_BOUND if said is None else _known(tuple(said), alike))
        for rule, day in due.items():
            found = date.fromisoformat(day)
            days[rule] = min(found, days.get(rule, found))
        towns.append(Town(lean(heading), heading.counts))
    rows = tuple(
        RuleRow(rule, tuple(columns[rule_id]), days.get(rule_id)) for rule_id, rule in rules.items()
    )
    return Comparison(whole.day, tuple(towns), rows, names, whole.selected)


def _known(said: tuple[int, ...], alike: dict[tuple[int, ...], TownOutcome]) -> TownOutcome:
    if said not in alike:
        outcome, severity, *numbers = said
        counts = {each: number for each, number in zip(GRAVEST, numbers, strict=True) if number}
        alike[said] = TownOutcome(
            GRAVEST[outcome], None if severity < 0 else SEVERITIES[severity], Counter(counts)
        )
    return alike[said]
