"""The sources of rules: when each was last read, what it announces, and how its text compares."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from typing import TYPE_CHECKING, Literal

from dxrules.frozen import frozen
from dxrules.reference import Source
from dxrules.reference.articles import without_law
from dxrules.rules import Law, Rule
from dxrules.rules.ruleset import Ruleset
from dxrules.texts import Text

if TYPE_CHECKING:
    from dxrules.keeper.law_texts import LawText

CitedState = Literal["same", "moved", "changed", "missing", "no-digest", "no-text"]
"""How a cited paragraph compares: `no-digest` was never kept, `no-text` has no file."""

MOST_PLACES = 5
"""How many places are named at which a paragraph stands now."""
NEEDS_WORK: frozenset[CitedState] = frozenset({"moved", "changed", "missing"})


@frozen
class SourceChange:
    """A day after the day looked at on which a rule or a parameter changes, as announced."""

    on: date
    what: Text


@frozen
class PlaceCheck:
    """A cited place compared with the text of its law.

    `found` are the places at which the paragraph stands now, or the digests of what stands there.
    """

    path: str
    state: CitedState
    rules: tuple[str, ...]
    found: tuple[str, ...] = ()
    file: str = ""


@frozen
class SourceState:
    """A source of a ruleset, the rules that rest on it, and what is known of it."""

    ruleset: str
    key: str
    source: Source
    rules: tuple[str, ...]
    changes: tuple[SourceChange, ...]
    checks: tuple[PlaceCheck, ...] = ()


def source_states(
    law: Law, day: date, texts: Mapping[str, LawText] | None = None
) -> list[SourceState]:
    """Return every source of the rulesets, as announced by a day; compared, if texts are given."""
    states = []
    for ruleset in law.rulesets:
        for key, source in ruleset.sources.items():
            rules = [rule for rule in ruleset.rules if rule.source_key == key]
            checks = () if texts is None else tuple(_checks(source, rules, texts, day))
            changes = sorted(_changes(ruleset, source, rules, day), key=lambda change: change.on)
            ids = tuple(rule.id for rule in rules)
            states.append(SourceState(ruleset.id, key, source, ids, tuple(changes), checks))
    return states


def _changes(
    ruleset: Ruleset, source: Source, rules: Sequence[Rule], day: date
) -> Iterator[SourceChange]:
    """Yield what the source has announced for later days."""
    for rule in rules:
        force = rule.in_force
        if force.announced <= day < force.since:
            yield SourceChange(
                force.since, Text(f"{rule.id} の適用開始", f"{rule.id} comes into force")
            )
        if force.until is not None and max(force.announced, force.since) <= day <= force.until:
            yield SourceChange(
                force.until, Text(f"{rule.id} の適用の最終日", f"last day of {rule.id}")
            )
    for name, sources in ruleset.cited.items():
        for entry, cited in zip(ruleset.parameters[name].entries, sources, strict=True):
            if cited == source and entry.since > day:
                yield SourceChange(
                    entry.since, Text(f"${name} の値が変わる", f"another value of ${name}")
                )


def _checks(
    source: Source, rules: Sequence[Rule], texts: Mapping[str, LawText], day: date
) -> Iterator[PlaceCheck]:
    """Compare each place that rules cite, or of which a digest is kept, with the law's text.

    A number that a place has no longer, or not yet, on the day is not looked up.
    """
    if source.law_id is None:
        return
    cited: dict[str, list[str]] = {path: [] for path in source.digests}
    for rule in rules:
        for article in (each for each in rule.articles if each.on(day)):
            cited.setdefault(article.path, []).append(rule.id)
    text = texts.get(source.law_id)
    for path, ids in cited.items():
        yield _check(path, source.digests.get(path), tuple(ids), text)


def _check(
    path: str, digest: str | None, rules: tuple[str, ...], text: LawText | None
) -> PlaceCheck:
    if text is None:
        return PlaceCheck(path, "no-text", rules)
    there = text.at(without_law(path))
    if digest is None and there:
        return PlaceCheck(path, "no-digest", rules, tuple(sorted(there)), text.file)
    if digest is not None and digest in there:
        return PlaceCheck(path, "same", rules, file=text.file)
    if digest is not None and (places := text.places_of(digest)):
        return PlaceCheck(path, "moved", rules, places, text.file)
    return PlaceCheck(path, "changed" if there else "missing", rules, file=text.file)
