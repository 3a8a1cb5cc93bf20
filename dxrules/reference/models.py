"""The models of reference data, and the value that they make together."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Generic, Literal, TypeVar

from pydantic import ConfigDict, Field, field_validator

from dxrules.dates import PartialDate
from dxrules.source import Refusal, Strict
from dxrules.source.types import Day, Line, When, YesNo
from dxrules.texts import Text

Verification = Literal["primary", "secondary", "plan", "unverified"]

SourceKind = Literal[
    "law",
    "cabinet-order",
    "ministerial-ordinance",
    "cabinet-decision",
    "national-plan",
    "notice",
    "guideline",
    "prefecture-document",
    "town-plan",
    "principle",
]


class Source(Strict):
    """Where a requirement or a datum comes from, and how that was verified."""

    model_config = ConfigDict(defer_build=False)  # built once for the many files that hold it

    title: Text
    kind: SourceKind
    decided: When | None = None
    verified: Verification
    url: Line | None = None


class Entry(Strict):
    """One entry of a reference list."""

    id: Line


class Name(Entry):
    """An entry with a name: an area, a task, a provision, a document, a prefecture.

    `aliases` are what plans call it, too; `area` is the area that a provision belongs to.
    """

    name: Text
    aliases: tuple[Line, ...] = ()
    area: Line | None = None


class Charge(Name):
    """A public charge and its tier in the Minister's notice of 2 July 2024."""

    tier: Literal["tax", "a", "b", "c", "unspecified"]
    asked: YesNo = True


class Dated(Entry):
    """An entry that came into being on a day; known to the month, it holds from its last day."""

    on: When
    source: Line

    @field_validator("on")
    @classmethod
    def _known(cls, on: PartialDate) -> PartialDate:
        if on.latest is None:
            raise Refusal(
                Text(
                    "いつまでに始まったかが分かりません。",
                    "It does not say by when the entry began.",
                ),
                Text("日・月・年を書いてください。", "Write a day, a month or a year."),
            )
        return on

    @property
    def holds_from(self) -> date:
        """The first day on which the entry surely exists."""
        return self.on.latest or date.max  # never open: see above


class Edition(Dated):
    """An edition of 自治体DX推進計画 with the areas that it lists."""

    items: tuple[Line, ...]
    items_verified: Verification
    alongside: tuple[Line, ...] | None = None
    optional: tuple[Line, ...] | None = None


class Revision(Dated):
    """A revision of the guideline on information security policies."""

    what: Text


class Prerequisite(Strict):
    """One area that comes before another, with who says so."""

    id: Line
    before: Line
    after: Line
    origin: Literal["national", "town"]
    kind: Literal["finish-to-start", "informs", "together"]
    source: Line


E = TypeVar("E")


class ListFile(Strict, Generic[E]):
    """A reference file: one list, its sources, and the day up to which it is known."""

    format: Literal["dxrules/reference/1"]
    list: Line
    known_until: Day
    sources: dict[str, Source] = Field(default_factory=dict)
    entries: tuple[E, ...]


@dataclass(frozen=True, slots=True)
class Reference:
    """Everything that the nation has fixed; `known_until` is the earliest of all lists."""

    areas: Mapping[str, Name]
    editions: Mapping[str, Edition]
    tasks: Mapping[str, Name]
    charges: Mapping[str, Charge]
    provisions: Mapping[str, Name]
    guideline: Mapping[str, Revision]
    prerequisites: Mapping[str, Prerequisite]
    documents: Mapping[str, Name]
    problems: Mapping[str, Name]
    prefectures: Mapping[str, Name]
    sources: Mapping[str, Source]
    known_until: date

    def known(self) -> dict[str, list[str]]:
        """Return the ids of every list that a plan file can refer to."""
        lists = ("areas", "editions", "tasks", "charges", "provisions", "documents", "problems")
        return {name: list(getattr(self, name)) for name in lists}

    def edition_on(self, day: date) -> Edition | None:
        """Return the newest edition whose list of items is known, on a day; None before any."""
        known = [
            edition
            for edition in self.editions.values()
            if edition.holds_from <= day and edition.items_verified != "unverified"
        ]
        return max(known, key=lambda edition: edition.holds_from, default=None)
