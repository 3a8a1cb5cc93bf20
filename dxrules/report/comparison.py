"""Towns side by side, as text, Markdown, CSV and JSON: requirement by town, differences marked."""

from __future__ import annotations

from typing import TYPE_CHECKING

from dxrules.report.csv_report import as_csv
from dxrules.report.json_values import Json, dump, rule_json, text
from dxrules.report.markdown import as_markdown, escaped
from dxrules.report.plan_names import names_of
from dxrules.report.shared_labels import DRAFT, OUTCOMES, SEVERITY_WORDS
from dxrules.rules import STRENGTH_LABELS, Outcome
from dxrules.texts import Text, printable, same

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from dxrules.assessment.comparison import Cell, Comparison, Row
    from dxrules.report.terminal import Style
    from dxrules.report.writers import How

_MARKS: Mapping[Outcome, Text] = {
    Outcome.PASS: same("○"),
    Outcome.UNKNOWN: same("?"),
    Outcome.NOT_APPLICABLE: same("-"),
    Outcome.WAIVED: Text("例外", "waived"),
    Outcome.ERROR: Text("エラー", "ERROR"),
}
_NOT_BOUND = same("/")
_KEY = Text(
    "○ 適合  × 不適合(重大度と件数)  ? 要確認  - 対象外  "
    "/ 適用のない都道府県の点検項目  ≠ 団体で異なる",
    "○ pass  × fail (severity, number)  ? undetermined  - not applicable  "
    "/ rule of another prefecture  ≠ towns differ",
)
_DIFFERS = "≠"


def write(comparison: Comparison, how: How) -> bytes:
    """Return the comparison as text for a terminal."""
    style = how.style
    rows = [
        [
            _DIFFERS if row.differs else "",
            row.rule.id,
            _title(row, style),
            *(style.say(mark(cell)) for cell in row.cells),
        ]
        for row in _shown(comparison, how)
    ]
    count = sum(row.differs for row in comparison.rows)
    said = Text(
        f"判定日 {comparison.assessment.day}  点検項目 {len(comparison.rows)}件のうち、"
        f"団体で異なるもの {count}件",
        f"as of {comparison.assessment.day}  {count} of {len(comparison.rows)} rules differ "
        "between the towns",
    )
    lines = style.block(style.say(said), 0)
    if rows:
        headers = ["", *_heads(style), *_towns(comparison, style)]
        table = style.table(rows, headers, foldable=(2,))
        lines += [*style.block(style.say(_KEY), 0, 2), "", table]
    return printable("\n".join(lines) + "\n", coloured=style.colour).encode()


def write_markdown(comparison: Comparison, how: How) -> bytes:
    """Return the comparison as a Markdown table."""
    style = how.style
    heads = ["", *_heads(style), *map(escaped, _towns(comparison, style))]
    lines = [
        f"# {style.say(Text('団体の比較', 'Towns compared'))} ({comparison.assessment.day})",
        "",
        style.say(_KEY),
        "",
        f"| {' | '.join(heads)} |",
        f"|{' --- |' * len(heads)}",
    ]
    for row in _shown(comparison, how):
        cells = [escaped(style.say(mark(cell))) for cell in row.cells]
        sign = _DIFFERS if row.differs else ""
        lines.append(f"| {' | '.join([sign, row.rule.id, escaped(_title(row, style)), *cells])} |")
    return as_markdown("\n".join(lines) + "\n")


def write_csv(comparison: Comparison, how: How) -> bytes:
    """Return the comparison as CSV: UTF-8 with a byte order mark, CRLF."""
    style = how.style
    strength, differs = Text("強さ", "strength"), Text("団体で異なる", "towns differ")
    towns = _towns(comparison, style)
    rows: list[list[str]] = [[*_heads(style), style.say(strength), *towns, style.say(differs)]]
    for row in comparison.rows:
        cells = [style.say(outcome_words(cell)) for cell in row.cells]
        label = style.say(STRENGTH_LABELS[row.rule.strength])
        sign = _DIFFERS if row.differs else ""
        rows.append([row.rule.id, _title(row, style), label, *cells, sign])
    return as_csv(rows)


def write_json(comparison: Comparison, how: How) -> bytes:  # noqa: ARG001  (both languages)
    """Return the comparison as JSON."""
    plans = comparison.assessment.plans
    report = {
        "format": "dxrules/comparison/1",
        "as_of": comparison.assessment.day.isoformat(),
        "plans": [
            {
                "code": plan.file.plan.municipality.code,
                "name": text(plan.file.plan.municipality.name.text),
                "title": plan.file.plan.plan.title,
                "file": plan.file.name,
            }
            for plan in plans
        ],
        "requirements": [
            rule_json(row.rule)
            | {"differs": row.differs, "outcomes": [_cell_json(cell) for cell in row.cells]}
            for row in comparison.rows
        ],
    }
    return dump(report).encode()


def mark(cell: Cell) -> Text:
    """Return the sign of a cell: colour is never the only one."""
    if cell.outcome is None:
        return _NOT_BOUND
    if cell.outcome is Outcome.FAIL and cell.severity is not None:
        times = cell.counts[Outcome.FAIL]
        number = same(f"×{times}" if times > 1 else "")
        return same("× ") + SEVERITY_WORDS[cell.severity] + number
    return _MARKS[cell.outcome]


def outcome_words(cell: Cell) -> Text:
    """Return the outcome of a cell in words; nothing where the rule does not bind the town."""
    if cell.outcome is None:
        return same("")
    if cell.severity is None:
        return OUTCOMES[cell.outcome]
    severity = SEVERITY_WORDS[cell.severity]
    return OUTCOMES[cell.outcome] + Text(f"({severity.ja})", f" ({severity.en})")


def _cell_json(cell: Cell) -> Json | None:
    if cell.outcome is None:
        return None
    return {
        "outcome": cell.outcome.value,
        "severity": cell.severity,
        "counts": {outcome.value: number for outcome, number in cell.counts.items()},
    }


def _shown(comparison: Comparison, how: How) -> Iterator[Row]:
    """Yield all rows, or those that differ: what a person looks for."""
    for row in comparison.rows:
        if how.everything or row.differs:
            yield row


def _heads(style: Style) -> list[str]:
    return [style.say(Text("点検項目", "rule")), style.say(Text("表題", "title"))]


def _towns(comparison: Comparison, style: Style) -> list[str]:
    return [style.say(name) for name in names_of(comparison.assessment.plans)]


def _title(row: Row, style: Style) -> str:
    return style.say(row.rule.title) + (style.say(DRAFT) if row.rule.draft else "")
