"""JSON of rules explained, listed, held against their sources and against revisions, as types.

The types say what they are from, too.
"""

from collections.abc import Iterator
from typing import Annotated, Any, Literal, NamedTuple, NotRequired

from typing_extensions import TypedDict

from dxrules.assessment.history import HistoryTopic
from dxrules.keeper.rule_sources import CitedState
from dxrules.reference import SourceKind, Verification
from dxrules.report.json_parts import (
    Citation,
    FindingToPass,
    Place,
    Refinement,
    WholeRule,
    to_pass_json,
)
from dxrules.report.json_values import Date, Day, Json, taken
from dxrules.report.json_views import Words, as_json, itself, made, of
from dxrules.report.rules import brought


class _Step(NamedTuple):
    """A step of a history."""

    step: Any
    history: Any


class HistoryStep(TypedDict):
    on: Annotated[Date, of("step.on")]
    topic: Annotated[HistoryTopic, of("step.topic")]
    name: Annotated[Words, of("step.name")]
    what: Annotated[Words, of(lambda of: brought(of.history, of.step))]
    source: Annotated[Citation, of("step.source")]


class History(TypedDict):
    as_of: Annotated[Day, of("day")]
    steps: Annotated[list[HistoryStep], of(lambda told: [_Step(each, told) for each in told.steps])]


class FindingOfPlan(FindingToPass):
    """A finding, with the code of the municipality."""

    plan: str


def _found(explained: Any) -> list[Json]:
    pairs = zip(explained.rule.findings, explained.rule.to_pass, strict=True)
    return [{"plan": code} | to_pass_json(found, to_pass) for (code, found), to_pass in pairs]


class Explanation(TypedDict):
    """`explain --format json`."""

    format: Literal["dxrules/explanation/1"]
    rule: Annotated[WholeRule, of("rule.rule")]
    refinement: Annotated[Refinement | None, of("rule.refinement")]
    refined_by: Annotated[list[str], of(lambda told: [rule.id for rule in told.rule.refined_by])]
    history: NotRequired[History]
    findings: Annotated[list[FindingOfPlan], made(_found)]


class Ruleset(TypedDict):
    id: str
    title: Words
    known_until: Day
    rules: list[WholeRule]


class Rules(TypedDict):
    """`rules list --format json`."""

    format: Literal["dxrules/rules/1"]
    rulesets: list[Ruleset]


class SourceEvent(TypedDict):
    on: Day
    what: Words


class CitedPlace(TypedDict):
    path: str
    state: CitedState
    rules: list[str]
    found: list[str]
    file: Annotated[str | None, of(lambda check: check.file or None)]


class SourceReport(TypedDict):
    ruleset: str
    key: str
    title: Annotated[Words, of("source.title")]
    kind: Annotated[SourceKind, of("source.kind")]
    verified: Annotated[Verification, of("source.verified")]
    law_id: Annotated[str | None, of("source.law_id")]
    revision: Annotated[str | None, of("source.revision")]
    read_on: Annotated[Day | None, of("source.read_on")]
    url: Annotated[str | None, of("source.url")]
    rules: list[str]
    changes: list[SourceEvent]
    places: Annotated[list[CitedPlace], of("checks")]


class Sources(TypedDict):
    """`rules sources --format json`."""

    format: Literal["dxrules/sources/1"]
    sources: Annotated[list[SourceReport], of(itself)]


class Bounds(TypedDict):
    """At least so many, and at most."""

    at_least: Annotated[int, of("least")]
    at_most: Annotated[int, of("most")]


class TownsTouched(TypedDict):
    """How many towns a rule applies to, and how many it fails as it stands."""

    touched: Bounds
    fail_as_it_stands: Annotated[Bounds, of("fails")]


class WatchedRevision(TypedDict):
    """A revision of a law, where it was found, and the source of a ruleset that it is news for."""

    law_id: Annotated[str, of("revision.law_id")]
    revision: Annotated[str | None, of(lambda change: change.revision.name or None)]
    effective: Annotated[Day | None, of("day")]
    promulgated: Annotated[Day | None, of("revision.promulgated")]
    title: Annotated[str | None, of(lambda change: change.revision.title or None)]
    place: Annotated[Place, of("revision.place")]
    ruleset: Annotated[str, of("state.ruleset")]
    source: Annotated[str, of("state.key")]
    text_read: Annotated[bool, of("read")]


class TouchedRule(TypedDict):
    id: str
    title: Words
    towns: TownsTouched | None


class RevisionToCome(WatchedRevision):
    places: Annotated[list[CitedPlace], of("checks")]
    parameters: list[str]
    rules: list[TouchedRule]
    towns: TownsTouched | None


def _to_come(reported: Any) -> Iterator[Json]:
    """Yield what revisions would touch: of towns, too, where plans were given."""
    found, _ = reported
    for change in found.changes:
        reach = None if found.towns is None else change.reach
        rules = [
            taken(rule, "id", "title")
            | {"towns": as_json(TownsTouched | None, reach and reach[rule.id])}
            for rule in change.rules
        ]
        towns = as_json(TownsTouched | None, None if found.towns is None else change.whole)
        yield {
            **as_json(WatchedRevision, change),
            "places": as_json(list[CitedPlace], change.checks),
            "parameters": change.parameters,
            "rules": rules,
            "towns": towns,
        }


class RevisionNotDrafted(WatchedRevision):
    because: Words


class PlaceToEdit(TypedDict):
    """A place to edit, and whether the patch does it."""

    file: str
    line: int
    what: Words
    drafted: bool


def _not_drafted(reported: Any) -> list[Json]:
    _, drafted = reported
    return [{**as_json(WatchedRevision, change), "because": why} for change, why in drafted.undone]


class RulesWatch(TypedDict):
    """`rules watch --format json`; `patch` is what `git apply` takes."""

    format: Literal["dxrules/rules-watch/1"]
    as_of: Annotated[Day, of(lambda told: told[0].day)]
    revisions: Annotated[int, of(lambda told: told[0].revisions)]
    read_already: Annotated[int, of(lambda told: told[0].old)]
    of_other_laws: Annotated[int, of(lambda told: told[0].unknown)]
    towns: Annotated[int | None, of(lambda told: told[0].towns)]
    changes: Annotated[list[RevisionToCome], made(lambda told: [*_to_come(told)])]
    untouched: Annotated[list[WatchedRevision], of(lambda told: told[0].untouched)]
    edits: Annotated[list[PlaceToEdit], of(lambda told: told[1].edits)]
    not_drafted: Annotated[list[RevisionNotDrafted], made(_not_drafted)]
    problems: Annotated[list[Words], of(lambda told: told[1].problems)]
    patch: Annotated[str, of(lambda told: told[1].patch())]
