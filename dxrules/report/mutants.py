"""Which small changes of the rules no example notices: for people, and as JSON."""

from __future__ import annotations

from typing import TYPE_CHECKING

from dxrules.report.json_values import place_json
from dxrules.report.shared_labels import OUTCOMES
from dxrules.rules.writing import write_fact
from dxrules.texts import Text, same

if TYPE_CHECKING:
    from collections.abc import Iterator

    from dxrules.keeper.mutants import Mutant, MutantWitness, MutationReport, Survivor
    from dxrules.report.json_values import Json
    from dxrules.report.terminal import Style

_DROPPED = Text("(なし)", "(nothing)")
_EQUIVALENT = Text(
    "どの事実でも結果が変わらないことを確かめた変更:", "Changes proved to make no difference:"
)
_TOO_MANY = Text(
    "値の組合せが多く、例を示せない", "too many combinations of values to find an example"
)
_NO_WORDS = Text(
    "違いの出る値を、例には書けない", "the values that make a difference cannot be written"
)


def render_mutants(report: MutationReport, style: Style) -> str:
    """Return each change that no example notices with one to add, and how many there were."""
    lines = [""]
    for survivor in report.alive:
        lines += _change(survivor.mutant, style)
        lines += style.block(f"→ {style.say(_to_add(survivor))}", 2, 2)
    if report.equivalent:
        lines.append(style.say(_EQUIVALENT))
        for mutant in report.equivalent:
            lines += _change(mutant, style, 2)
    alive, equivalent = len(report.alive), len(report.equivalent)
    numbers = Text(
        f"点検項目を少しだけ変えた {report.total} 通りのうち、例が気付くもの {report.killed}、"
        f"結果の変わらないもの {equivalent}、気付かれないもの {alive}",
        f"Of {report.total} small changes of the rules the examples notice {report.killed}; "
        f"{equivalent} make no difference, {alive} go unnoticed",
    )
    lines += style.block(style.say(numbers), 0)
    return "\n".join(lines) + "\n"


def _change(mutant: Mutant, style: Style, indent: int = 0) -> Iterator[str]:
    now = style.say(_DROPPED) if mutant.now is None else mutant.now
    head = f"{mutant.place}: {mutant.rule.id}: {mutant.was} → {now}"
    yield from style.block(head, indent, 2)


def _to_add(survivor: Survivor) -> Text:
    witness = survivor.witness
    if witness is None:
        return _TOO_MANY
    example = _example(survivor.mutant, witness)
    if example is None:
        return _NO_WORDS
    came = OUTCOMES[witness.now]
    return same(example) + Text(f" (変更後は{came.ja})", f" (changed: {came.en})")


def _example(mutant: Mutant, witness: MutantWitness) -> str | None:
    """Return an example as a ruleset file holds it; None if it has no words for a value."""
    fact = write_fact(mutant.rule.kind, witness.values)
    if fact is None:
        return None
    day = "" if witness.on is None else f"on: {witness.on}, "
    return f"- {{expect: {witness.was.value}, {day}fact: {fact}}}"


def mutants_json(report: MutationReport) -> Json:
    """Return what became of all changes."""
    return {
        "counts": {
            "total": report.total,
            "killed": report.killed,
            "equivalent": len(report.equivalent),
            "alive": len(report.alive),
        },
        "alive": [_survivor(survivor) for survivor in report.alive],
        "equivalent": [_mutant(mutant) for mutant in report.equivalent],
    }


def _mutant(mutant: Mutant) -> Json:
    return {
        "rule": mutant.rule.id,
        "place": place_json(mutant.place),
        "was": mutant.was,
        "now": mutant.now,
    }


def _survivor(survivor: Survivor) -> Json:
    witness = survivor.witness
    told = (
        {"expected": None, "came": None, "example": None}
        if witness is None
        else {
            "expected": witness.was.value,
            "came": witness.now.value,
            "example": _example(survivor.mutant, witness),
        }
    )
    return _mutant(survivor.mutant) | told
