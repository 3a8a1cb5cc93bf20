"""Report of `rules diff`, and the cases that show what edits of rules do to verdicts."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import groupby

from dxrules.errors import UsageError
from dxrules.keeper.diff import Diff
from dxrules.keeper.parameter_diff import ParameterChange
from dxrules.keeper.proof import EditProof, ProofExample, VerdictEffect, cases_of
from dxrules.keeper.reference_diff import ReferenceChange
from dxrules.keeper.rule_diff import RuleChange
from dxrules.reference import Source
from dxrules.report.citations import basis, titled
from dxrules.report.how_to_write import How
from dxrules.report.law_changes import (
    HEAD_WORDS,
    KNOWN_UNTIL,
    asked_lines,
    binds_change,
    code_labels,
    entry_text,
    field_change,
    knowledge_text,
    reference_lines,
    side_text,
    source_text,
    values_of,
)
from dxrules.report.shared_labels import OUTCOMES
from dxrules.report.table_cell import TableCell
from dxrules.report.tabular import Table, column
from dxrules.report.terminal import Style
from dxrules.texts import Text, join, same

EFFECTS: Mapping[VerdictEffect, Text] = {
    "same": Text("判定は変わらない(証明済み)", "no verdict changes (proved)"),
    "severity": Text(
        "結果は変わらず、重大度だけが変わる(証明済み)",
        "no outcome changes, only how grave it is (proved)",
    ),
    "moves": Text("判定が変わることがある", "verdicts change"),
    "open": Text(
        "判定が変わらないとは証明できない", "it could not be proved that no verdict changes"
    ),
}
CASES = Text("事例(dxrules rules test で実行できる)", "Cases (for dxrules rules test)")
_EXAMPLE = Text("点検項目の例: ", "example for the rule: ")
_NO_PLAN = Text("(手元の計画では変わらない)", " (no plan at hand is judged differently)")
_SHOWN = Text("(事例は末尾)", " (a case is at the end)")
_NOT_ASKED = Text(
    "事例を書き出すには --prove も付けてください。", "To write cases give --prove as well."
)
_NO_CASE = Text(
    "手元の計画では判定が一つも変わらないので、事例はありません。"
    "ほかの計画を --plan で加えてください。",
    "No plan at hand is judged otherwise, so there is no case. Name other plans by --plan.",
)


def counted(proofs: Sequence[EditProof]) -> Text:
    """Return how many edits do what to verdicts."""
    numbers = Counter(proof.effect for proof in proofs)
    said = [EFFECTS[effect] + same(f" {numbers[effect]}") for effect in EFFECTS if numbers[effect]]
    return Text("点検項目の変更: ", "edits of rules: ") + join(said)


def proof_lines(proof: EditProof) -> Iterator[Text]:
    """Yield what an edit does to verdicts, an example for each way, and where a case stands."""
    beside = same("") if proof.effect == "same" else _NO_PLAN if proof.case is None else _SHOWN
    yield same("→ ") + EFFECTS[proof.effect] + beside
    for example in proof.examples:
        if example.line is not None:
            yield _EXAMPLE + same(example.line) + _turned(example)


def _turned(example: ProofExample) -> Text:
    was = OUTCOMES[example.before]
    return Text(f"(これまでは{was.ja})", f" (before: {was.en})")


def case_lines(proofs: Sequence[EditProof], style: Style) -> list[str]:
    """Return the test file of all cases under a heading; nothing if there is none."""
    cases = cases_of(proofs)
    if cases is None:
        return []
    return ["", style.bold(f"■ {style.say(CASES)}"), *cases.splitlines()]


def write_cases(diff: Diff, how: How) -> bytes:  # noqa: ARG001  (both languages)
    """Return the cases as a test file; raise UsageError if none was asked for, or none is there."""
    if diff.proofs is None:
        raise UsageError(_NOT_ASKED)
    cases = cases_of(diff.proofs)
    if cases is None:
        raise UsageError(_NO_CASE)
    return cases.encode()


_NOTHING = Text("違いはない。", "Nothing differs.")
_DELETED = Text(
    "点検項目は削除しない。適用が終わるなら until、改名なら新しい点検項目の formerly に書く",
    "A rule is never deleted: write until if it lapsed, formerly in the new rule if it was renamed",
)
_SOURCE = Text("典拠: ", "source: ")
_READ_BY = Text("読む点検項目: ", "read by: ")
_USED_BY = Text("使う点検項目: ", "used by: ")
_PARAMETERS = Text("点検項目の定める値(パラメータ)", "Parameters")
_REFERENCE = Text("参照データ", "Reference data")
_COLUMNS = (
    column("種類", "kind", 18),
    column("変わったもの", "what changed", 40),
    column("変更", "change", 60),
    column("典拠", "source", 46),
    column("点検項目", "rules", 24),
)


def rows(diff: Diff) -> Table:
    """Return a row per change of the reference data, of what is known, of rules, of parameters."""
    found: list[tuple[TableCell, ...]] = []
    for change in diff.reference:
        said = join(reference_lines(change, diff.new.law.reference))
        found.append(
            (_REFERENCE, _entry(change), said, source_of(change.source), _of(change.rules))
        )
    found += [(KNOWN_UNTIL, knowledge_text(k), None, None, _of(k.rules)) for k in diff.knowledge]
    for rule in diff.rules:
        head = join(HEAD_WORDS[each] for each in rule.heads)
        told = join(_said(rule, diff))
        found.append((head, rule.rule.title, told, basis(rule.rule), " ← ".join(rule.ids)))
    for parameter in diff.parameters:
        labels = code_labels(parameter.name, diff)
        for value in parameter.values:
            old, new = values_of(value, parameter, labels)
            said = same(f"{value.since}: ") + old + same(" → ") + new
            name = f"${parameter.name} ({parameter.ruleset})"
            found.append((_PARAMETERS, name, said, source_of(value.source), _of(parameter.rules)))
    day = diff.new.day or max(ruleset.known_until for ruleset in diff.new.law.rulesets)
    return Table(title(diff), day, _COLUMNS, tuple(found))


def source_of(source: Source | None) -> Text | None:
    """Return a source in words; nothing where there is none."""
    return None if source is None else source_text(source)


def _of(rules: Iterable[str]) -> str:
    return ", ".join(rules)


def text(diff: Diff, how: How) -> list[str]:
    """Return what differs between two sides, line by line."""
    style = how.style
    lines = [*style.block(style.bold(title(diff)), 0, 2)]
    lines += style.block(_counts(diff) if diff.changes else _NOTHING, 2, 2)
    if diff.proofs:
        lines += style.block(counted(diff.proofs), 2, 2)
    lines += _section(_REFERENCE, _reference(diff, style), style)
    lines += _section(KNOWN_UNTIL, (_line(knowledge_text(c), style) for c in diff.knowledge), style)
    for head, changes in groupby(diff.rules, key=lambda change: change.heads[0]):
        shown = (_rule(change, diff, style) for change in changes)
        lines += _section(HEAD_WORDS[head], shown, style)
    shown = (_parameter(change, diff, style) for change in diff.parameters)
    lines += _section(_PARAMETERS, shown, style)
    lines += case_lines(diff.proofs or (), style)
    return lines


def title(diff: Diff) -> Text:
    """Return the names of both sides."""
    old, new = side_text(diff.old), side_text(diff.new)
    return Text("点検項目の差分: ", "Rules: ") + old + same(" → ") + new


def _counts(diff: Diff) -> Text:
    reference, rules, parameters = len(diff.reference), len(diff.rules), len(diff.parameters)
    return Text(
        f"参照データ {reference}  点検項目 {rules}  パラメータ {parameters}",
        f"reference data {reference}  rules {rules}  parameters {parameters}",
    )


def _section(heading: Text, blocks: Iterator[list[str]], style: Style) -> list[str]:
    found = list(blocks)
    if not found:
        return []
    head = style.bold(f"■ {style.say(heading)} ({len(found)})")
    return ["", head, *(line for block in found for line in block)]


def _line(text: Text, style: Style) -> list[str]:
    return style.block(text, 2, 2)


def _reference(diff: Diff, style: Style) -> Iterator[list[str]]:
    for change in diff.reference:
        lines = style.block(f"{_sign(change)} {style.say(_entry(change))}", 2, 2)
        for text in reference_lines(change, diff.new.law.reference):
            lines += style.block(text, 6, 2)
        if change.source is not None:
            lines += style.block(_SOURCE + source_text(change.source), 6, 2)
        yield lines + _ids(_READ_BY, change.rules, style)


def _sign(change: ReferenceChange) -> str:
    return "+" if change.old is None else "-" if change.new is None else "~"


def _entry(change: ReferenceChange) -> Text:
    since = getattr(change.entry, "holds_from", None)
    day = Text(f"({since} から)", f" (from {since})") if since else same("")
    return entry_text(change) + day


def _ids(label: Text, rules: tuple[str, ...], style: Style) -> list[str]:
    return style.block(style.say(label) + ", ".join(rules), 6, 2) if rules else []


def _rule(change: RuleChange, diff: Diff, style: Style) -> list[str]:
    lines = style.block(same(" ← ".join(change.ids) + " ") + titled(change.rule), 2, 2)
    for text in _said(change, diff):
        lines += style.block(text, 6, 2)
    return lines


def _said(change: RuleChange, diff: Diff) -> Iterator[Text]:
    """Yield what happened to a rule beside what its section says, and its source."""
    for head in change.heads[1:]:
        yield Text("あわせて: ", "also: ") + HEAD_WORDS[head]
    if change.now != change.was or change.old is None or change.new is None:
        yield span(change)
    if change.new is None:
        yield _DELETED
    yield from binds_change(change, diff)
    if change.asked:
        yield from asked_lines(change.rule, change.asked, diff)
    if change.old is not None and change.new is not None:
        for field in change.fields:
            yield field_change(field, change.old, change.new)
    for proof in diff.proofs or ():
        if proof.change is change:
            yield from proof_lines(proof)
    yield _SOURCE + basis(change.rule)


def span(change: RuleChange) -> Text:
    """Return when a rule was announced, and from when until when it holds."""
    force = change.rule.in_force
    until = "" if force.until is None else str(force.until)
    return Text(
        f"公表 {force.announced}  適用 {force.since}～{until}",
        f"announced {force.announced}, in force {force.since}～{until}",
    )


def _parameter(change: ParameterChange, diff: Diff, style: Style) -> list[str]:
    labels = code_labels(change.name, diff)
    lines = style.block(f"${change.name} ({change.ruleset})", 2, 2)
    for value in change.values:
        old, new = values_of(value, change, labels)
        shown = f"{value.since}: " + style.say(old + same(" → ") + new)
        lines += style.block(shown, 6, 2)
        if value.source is not None:
            lines += style.block(_SOURCE + source_text(value.source), 8, 2)
    return lines + _ids(_USED_BY, change.rules, style)
