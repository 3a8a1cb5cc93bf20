"""Towns side by side, as text and as Markdown: requirement by town, differences marked.

Where a row per requirement with a column per town has no room, a table of requirements, one of
towns and one of prefectures say what it comes to.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

from dxrules.assessment import Counts
from dxrules.assessment.comparison import Comparison, RuleRow, Town
from dxrules.report.citations import titled
from dxrules.report.comparison_tables import (
    BY_PREFECTURE,
    BY_RULE,
    BY_TOWN,
    DIFFERS,
    TITLE,
    across,
    by_prefecture,
    by_rule,
    by_town,
    mark,
    several,
    share,
    short_mark,
)
from dxrules.report.how_to_write import How
from dxrules.report.markdown import as_markdown, escaped
from dxrules.report.markdown import row as table_row
from dxrules.report.outcome_counts import NARROW_COUNTS
from dxrules.report.piecewise import names_of
from dxrules.report.plan_header import selected
from dxrules.report.shared_labels import OUTCOMES, SEVERITY_WORDS
from dxrules.report.tabular import table_lines
from dxrules.report.terminal import Style
from dxrules.rules import SEVERITIES, Outcome
from dxrules.texts import Text, width

FEW = 12
"""Up to so many towns a page has room for a column for each."""

_KEY = Text(
    "○ 適合  × 不適合({severities}、2以上は件数も)  ? 要確認  - 対象外  "
    "/ 適用のない都道府県の点検項目  ≠ 団体で異なる",
    "○ pass  × fail ({severities}; the number if several)  ? undetermined  - not applicable  "
    "/ rule of another prefecture  ≠ municipalities differ",
)
_WORDS = Text("重大度", "severity")
_INITIALS = Text(
    "・".join(f"{SEVERITY_WORDS[each].ja[0]} {SEVERITY_WORDS[each].ja}" for each in SEVERITIES),
    ", ".join(f"{SEVERITY_WORDS[each].en[0].upper()} {each}" for each in SEVERITIES),
)
_FAIL = Text("不適合", "fail")
_FAIL_SIGN = "×"
_MOST_RULES, _MOST_TOWNS, _MOST_SHARES = 25, 15, 3
"""What a terminal shows of many."""
_REST = Text(
    "ほか{number}件(--all か、--output towns.xlsx、towns.html で全件)",
    "{number} more (all of them with --all, or --output towns.xlsx or towns.html)",
)
_ALIKE = Text(
    "ほか{number}件の点検項目は、不適合がなく、どの団体も同じ(--all で示す)",
    "{number} more rules: no municipality fails them, and all came out alike (--all shows them)",
)
_WIDE = 76
"""What a column of prefectures beside the totals takes."""
_ROOM = 18
"""What a title takes at least."""
_FRAME = 2
"""Columns between columns, and around a heading."""
_ONE_LINE = 100_000


def text(comparison: Comparison, how: How) -> list[str]:
    """Return the lines of the comparison for a terminal."""
    style = how.style
    lines = [*selected(comparison.selected, style), *style.block(_said(comparison), 0)]
    rows = [*_shown(comparison, how)]
    if rows:
        lines += _matrix(comparison, rows, style) or _totals(comparison, rows, how)
    hidden = len(comparison.rows) - len(rows)
    if hidden:
        lines += ["", *style.block(_ALIKE.format(number=hidden), 0)]
    return lines


def _said(comparison: Comparison) -> Text:
    rows, towns = comparison.rows, len(comparison.plans)
    differ, fail = sum(row.differs for row in rows), sum(map(_fails, rows))
    noun = "municipality" if towns == 1 else "municipalities"
    return Text(
        f"判定日 {comparison.day}  {towns}団体  点検項目 {len(rows)}件のうち、"
        f"不適合のあるもの {fail}件、団体で異なるもの {differ}件",
        f"as of {comparison.day}  {towns} {noun}  {len(rows)} rules: "
        f"some municipality fails {fail}, outcomes differ on {differ}",
    )


def _fails(row: RuleRow) -> int:
    return row.number(Outcome.FAIL) > 0


def _shown(comparison: Comparison, how: How) -> Iterator[RuleRow]:
    """Yield all rows, or those that a person looks for: on which towns differ, or fail."""
    for row in comparison.rows:
        if how.everything or row.differs or _fails(row):
            yield row


def _matrix(comparison: Comparison, rows: Sequence[RuleRow], style: Style) -> list[str]:
    """Return a line per rule with a column per town; nothing if it is too wide."""
    cells = [
        [
            DIFFERS if row.differs else "",
            row.rule.id,
            style.say(titled(row.rule)),
            *(style.say(short_mark(cell)) for cell in row.cells),
            style.say(share(row)),
        ]
        for row in rows
    ]
    heads = ["", *_heads(style), *_towns(comparison, style), _FAIL_SIGN]
    if _narrowest(cells, heads, 2) > style.width:
        return []
    key = style.block(_KEY.format(severities=_INITIALS), 0, 2)
    return [*key, "", *style.table(cells, heads, foldable=(2,)).split("\n")]


def _narrowest(cells: Sequence[Sequence[str]], heads: Sequence[str], foldable: int) -> int:
    """Return how wide a table is when the column that folds is as narrow as can be."""
    columns = zip(heads, *cells, strict=True)
    widths = [max(width(head) + _FRAME, *map(width, column)) for head, *column in columns]
    widths[foldable] = _ROOM
    return sum(widths) + _FRAME * (len(widths) - 1)


def _totals(comparison: Comparison, rows: Sequence[RuleRow], how: How) -> list[str]:
    """Return what many towns come to: by rule, by prefecture and by town, what is most first."""
    style, everything = how.style, how.everything
    most = None if everything else _MOST_RULES
    split = several(comparison)
    wide = bool(split) and style.width >= _WIDE
    lines = ["", style.bold(f"■ {style.say(BY_RULE)}")]
    heads = [*_heads(style), style.say(_FAIL), style.say(OUTCOMES[Outcome.UNKNOWN])]
    heads += [style.say(Text("都道府県ごとの不適合", "fail, by prefecture"))] if wide else []
    cells = [
        [
            row.rule.id,
            style.say(titled(row.rule)),
            style.say(share(row)),
            row.number(Outcome.UNKNOWN),
            *([style.say(across(comparison, row, _MOST_SHARES))] if wide else []),
        ]
        for row in rows[:most]
    ]
    lines += style.table(cells, heads, foldable=(1, 4) if wide else (1,)).split("\n")
    lines += _rest(len(rows) - len(cells), style)
    if split:
        sums = [[plan.counts for plan in _of(comparison, each.places)] for each in split]
        prefectures = [[style.say(each.name), str(len(each.places))] for each in split]
        labels = (Text("都道府県", "prefecture"), Text("団体数", "municipalities"))
        lines += _counted(BY_PREFECTURE, labels, prefectures, sums, how)
    places = {place: each.name for each in comparison.prefectures for place in each.places}
    towns = [[name, style.say(places[n])] for n, name in enumerate(_towns(comparison, style))]
    labels = (Text("団体", "municipality"), Text("都道府県", "prefecture"))
    own = [[plan.counts] for plan in comparison.plans]
    return [*lines, *_counted(BY_TOWN, labels, towns, own, how)]


def _of(comparison: Comparison, places: Sequence[int]) -> list[Town]:
    return [comparison.plans[place] for place in places]


def _counted(
    title: Text,
    heads: Sequence[Text],
    named: Sequence[list[str]],
    counts: Sequence[Sequence[Counts]],
    how: How,
) -> Iterator[str]:
    """Yield a table of what came out how, and no more rows of it than a terminal takes."""
    style = how.style
    shown = len(named) if how.everything else _MOST_TOWNS
    columns, room = [*NARROW_COUNTS], False
    while not room:
        rows = [
            [*names, *(str(sum(column.of(each) for each in those)) for column in columns)]
            for names, those in zip(named[:shown], counts, strict=False)
        ]
        labels = [style.say(each) for each in (*heads, *(c.short for c in columns))]
        room = _narrowest(rows, labels, 0) <= style.width or len(columns) == 1
        columns.pop()
    yield from ("", style.bold(f"■ {style.say(title)}"))
    yield from style.table(rows, labels, foldable=(0,)).split("\n")
    yield from _rest(len(named) - shown, style)


def _rest(number: int, style: Style) -> list[str]:
    """Say how many rows are not shown, and where they are."""
    return style.block(_REST.format(number=number), 2, 2) if number > 0 else []


def write_markdown(comparison: Comparison, how: How) -> bytes:
    """Return the comparison as Markdown: a table by town, or of many towns what it comes to."""
    style = how.style
    lines = [f"# {style.say(TITLE)} ({comparison.day})", "", escaped(style.say(_said(comparison)))]
    told = selected(comparison.selected, replace(style, width=_ONE_LINE))
    lines += ["", *(f"> {escaped(line)}" for line in told if line)] if told else []
    rows = [*_shown(comparison, how)]
    if len(comparison.plans) > FEW:
        tables = [by_rule(comparison, rows), by_town(comparison)]
        if several(comparison):
            tables.insert(1, by_prefecture(comparison))
        for table in tables:
            lines += ["", f"## {style.say(table.title)}", "", *table_lines(table, style)]
        return as_markdown("\n".join(lines) + "\n")
    heads = ["", *_heads(style), *map(escaped, _towns(comparison, style)), style.say(_FAIL)]
    lines += ["", style.say(_KEY.format(severities=_WORDS)), "", table_row(heads)]
    lines.append(table_row(["---"] * len(heads)))
    for row in rows:
        cells = [escaped(style.say(mark(cell))) for cell in row.cells]
        sign = DIFFERS if row.differs else ""
        title = escaped(style.say(titled(row.rule)))
        lines.append(table_row([sign, row.rule.id, title, *cells, style.say(share(row))]))
    return as_markdown("\n".join(lines) + "\n")


def _heads(style: Style) -> list[str]:
    return [style.say(Text("点検項目", "rule")), style.say(Text("表題", "title"))]


def _towns(comparison: Comparison, style: Style) -> list[str]:
    return [style.say(name) for name in names_of(comparison.plans)]
