"""Counts in reports: rules, each once, as the gravest of its subjects came out.

Every table of counts takes its columns from here, and every headline its line.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence

from dxrules.assessment import Counts
from dxrules.assessment.finding import Finding
from dxrules.assessment.questions import DUTIES
from dxrules.frozen import frozen
from dxrules.report.shared_labels import COUNTED, OUTCOMES, RARE, SEVERITY_WORDS
from dxrules.rules import SEVERITIES, Outcome, Severity, Strength
from dxrules.texts import Text, join, same

DUTY_WORDS: Mapping[Strength, tuple[Text, Text]] = {
    "statute": (Text("法的義務", "legal duty"), Text("法的義務", "legal duties")),
    "cabinet": (Text("閣議決定", "cabinet target"), Text("閣議決定", "cabinet targets")),
}
"""How open duties are called, one and several."""

_BETWEEN = "  "


@frozen
class CountColumn:
    """A column of a table of counts: its heading, in short, too, and what it says of a plan."""

    label: Text
    short: Text
    of: Callable[[Counts], int]


def _severity(name: Severity) -> CountColumn:
    word = SEVERITY_WORDS[name]
    failed = OUTCOMES[Outcome.FAIL] + same(": ") + word
    return CountColumn(failed, word, lambda counts: counts.severities[name])


def _duty(strength: Strength) -> CountColumn:
    _, several = DUTY_WORDS[strength]
    within = OUTCOMES[Outcome.UNKNOWN] + same(": ") + several
    return CountColumn(
        within,
        Text(f"うち{several.ja}", "duties"),
        lambda counts: counts.duties.get(strength, 0),
    )


def _outcome(outcome: Outcome) -> CountColumn:
    word = OUTCOMES[outcome]
    short = Text(word.ja, "n/a") if outcome is Outcome.NOT_APPLICABLE else word
    return CountColumn(word, short, lambda counts: counts.outcomes[outcome])


COUNTS = (
    *(_severity(severity) for severity in SEVERITIES),
    _outcome(Outcome.UNKNOWN),
    *(_duty(strength) for strength in DUTIES),
    *(_outcome(outcome) for outcome in COUNTED if outcome is not Outcome.UNKNOWN),
)
"""The columns of every table of counts."""

NARROW_COUNTS = tuple(column for column in COUNTS if column.label != _duty("cabinet").label)
"""Those for which a terminal has room."""

RARE_COUNTS = tuple(_outcome(outcome) for outcome in RARE)
"""Further ones, for where there is room."""


def counted(counts: Sequence[Counts]) -> Text:
    """Return how many rules came out how: failures by severity, what is open with its duties."""
    numbers = {o: sum(each.outcomes[o] for each in counts) for o in Outcome}
    failed = [
        (SEVERITY_WORDS[s], n)
        for s in SEVERITIES
        if (n := sum(each.severities[s] for each in counts)) or s == "error"
    ]
    inside = Text(
        f"({'・'.join(f'{word.ja} {n}' for word, n in failed)})",
        f" ({', '.join(f'{word.en} {n}' for word, n in failed)})",
    )
    shown = (Outcome.FAIL, *COUNTED, *(outcome for outcome in RARE if numbers[outcome]))
    remarks = {Outcome.FAIL: inside, Outcome.UNKNOWN: duties(counts)}
    parts = [OUTCOMES[o] + same(f" {numbers[o]}") + remarks.get(o, same("")) for o in shown]
    return join(parts, _BETWEEN, _BETWEEN)


def duties(counts: Sequence[Counts]) -> Text:
    """Return how many open rules are duties, in brackets; nothing where none is.

    A headline without a failure is no all-clear where a duty is open.
    """
    found = [(s, n) for s in DUTIES if (n := sum(each.duties.get(s, 0) for each in counts))]
    if not found:
        return same("")
    ja = "・".join(f"{DUTY_WORDS[strength][1].ja} {n}" for strength, n in found)
    en = ", ".join(f"{n} {DUTY_WORDS[strength][n > 1].en}" for strength, n in found)
    return Text(f"(うち{ja})", f" ({en})")


def rules_and_places(findings: Iterable[Finding], counted_as: int) -> Text:
    """Return how many rules came out so, and of how many subjects; the latter if it is more.

    Rules of which another subject is graver count there: how many, is said.
    """
    found = tuple(findings)
    rules, places = len({finding.rule.id for finding in found}), len(found)
    ja, en = f"{counted_as}件", f"{counted_as}"
    if places == counted_as:
        return Text(ja, en)
    inside = [Text(f"{places}か所", f"{places} subjects" if places > 1 else "1 subject")]
    if rules > counted_as:
        more = rules - counted_as
        inside.append(
            Text(
                f"うち{more}件の点検項目は、より重い判定に数える",
                f"{more} more rule{'s' if more > 1 else ''} counted with a graver outcome",
            )
        )
    return Text(
        f"{ja}({'、'.join(t.ja for t in inside)})", f"{en} ({', '.join(t.en for t in inside)})"
    )


def by_columns(counts: Counts, columns: Iterable[CountColumn]) -> Iterator[int]:
    """Yield what the columns say of a plan."""
    for column in columns:
        yield column.of(counts)
