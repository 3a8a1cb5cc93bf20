"""The JSON of `rules watch` as types."""

from typing import Literal

from typing_extensions import TypedDict

from dxrules.report.json_law import Bounds, CitedPlace
from dxrules.report.json_parts import Day, Place, Words


class TownsTouched(TypedDict):
    """How many towns a rule applies to, and how many it fails as it stands."""

    touched: Bounds
    fail_as_it_stands: Bounds


class WatchedRevision(TypedDict):
    """A revision of a law, where it was found, and the source of a ruleset that it is news for."""

    law_id: str
    revision: str | None
    effective: Day | None
    promulgated: Day | None
    title: str | None
    place: Place
    ruleset: str
    source: str
    text_read: bool


class TouchedRule(TypedDict):
    """A rule that a revision would touch."""

    id: str
    title: Words
    towns: TownsTouched | None


class RevisionToCome(WatchedRevision):
    """A revision that would touch rules."""

    places: list[CitedPlace]
    parameters: list[str]
    rules: list[TouchedRule]
    towns: TownsTouched | None


class RevisionNotDrafted(WatchedRevision):
    """A revision of which nothing was drafted, and why."""

    because: Words


class PlaceToEdit(TypedDict):
    """A place to edit, and whether the patch does it."""

    file: str
    line: int
    what: Words
    drafted: bool


class RulesWatch(TypedDict):
    """`rules watch --format json`; `patch` is what `git apply` takes."""

    format: Literal["dxrules/rules-watch/1"]
    as_of: Day
    revisions: int
    read_already: int
    of_other_laws: int
    towns: int | None
    changes: list[RevisionToCome]
    untouched: list[WatchedRevision]
    edits: list[PlaceToEdit]
    not_drafted: list[RevisionNotDrafted]
    problems: list[Words]
    patch: str
