"""The models of reference data, and the value that they make together."""

from collections.abc import Mapping
from datetime import date
from typing import Annotated, Any, Literal

from pydantic import Field, StringConstraints, field_validator, model_validator

from dxrules.dates import PartialDate
from dxrules.frozen import frozen
from dxrules.source import Refusal, Strict
from dxrules.source.types import DayOfLaw, Line, WebAddress, When, YesNo, told_as
from dxrules.texts import Text

NATIONAL_PLAN = "dx-promotion-plan"
SECURITY_GUIDELINE = "security-guideline"
"""The documents whose history is a list of its own."""

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


E_GOV = "https://laws.e-gov.go.jp/law/"
LAW_KINDS: frozenset[SourceKind] = frozenset({"law", "cabinet-order", "ministerial-ordinance"})
"""The kinds of sources whose text e-Gov publishes."""

_DIGEST = r"^[0-9a-f]{16}$"
_DIGEST_FORM = Text(
    "dxrules rules sources --texts が示す、16桁の英数字を写してください。",
    "Copy the 16 digits that dxrules rules sources --texts shows.",
)
Digest = Annotated[str, StringConstraints(pattern=_DIGEST), told_as(_DIGEST, _DIGEST_FORM)]
"""The first half of the SHA-256 of a paragraph, without spaces and in one form of characters."""


_LAW_ID = r"^\d{3}[0-9A-Z]{2}\d{10}$"
_LAW_ID_FORM = Text(
    "e-Gov法令検索のアドレスの終わりにある、法令ID15桁を書いてください(例: 322AC0000000067)。",
    "Write the 15 signs at the end of its address at e-Gov, as in 322AC0000000067.",
)
LawId = Annotated[str, StringConstraints(pattern=_LAW_ID), told_as(_LAW_ID, _LAW_ID_FORM)]


class Source(Strict):
    """Where a requirement or a datum comes from, and how that was verified.

    `document` is the entry of the list of documents that it is, or is about. A law has the id
    that e-Gov gives it, from which its link follows; `revision` is the text of it that was read,
    `read_on` the day, and `digests` those of its paragraphs by their paths.
    """

    title: Text
    kind: SourceKind
    decided: When | None = None
    verified: Verification
    url: WebAddress | None = None
    document: Line | None = None
    law_id: LawId | None = None
    revision: Line | None = None
    read_on: DayOfLaw | None = None
    digests: Mapping[str, Digest] = {}

    def __hash__(self) -> int:
        return hash((self.title, self.kind, self.decided))  # a mapping of digests has no hash

    @model_validator(mode="before")
    @classmethod
    def _linked(cls, data: Any) -> Any:
        """Derive the address of a law from its id, so that it is never typed."""
        if not isinstance(data, dict) or not isinstance(law_id := data.get("law_id"), str):
            return data
        if "url" in data:
            raise Refusal(
                Text("law_id から決まる url は書けません。", "The address follows from law_id."),
                Text("url を消してください。", "Delete url."),
            )
        return data | {"url": f"{E_GOV}{law_id}"}


class Entry(Strict):
    """One entry of a reference list."""

    id: Line


class Name(Entry):
    """An entry with a name: an area, a task, a prefecture.

    `aliases` are what plans call it, too.
    """

    name: Text
    aliases: tuple[Line, ...] = ()


class Area(Name):
    """A field of work; `declinable`, whether a plan can leave it out and say why.

    Where law or notice ask for it, a reason is no answer. `shown_by` are other areas, work in any
    of which is what law asks for in this one.
    """

    declinable: YesNo = True
    shown_by: tuple[Line, ...] = ()


class ProvisionEntry(Name):
    """Something that a town sets up, with the area that it belongs to.

    `part` is the part of a document that tells of it: what is lost with that part is unknown.
    `post` is who sees to the area, which is no measure of it. `shown_by` are other provisions, any
    of which is one of this kind. `municipal` is what is asked of municipalities, and not of unions.
    """

    area: Line | None = None
    part: Literal["organization"] | None = None
    post: YesNo = False
    municipal: YesNo = False
    shown_by: tuple[Line, ...] = ()


class Task(Name):
    """A target task of standardization.

    `by_prefecture` are the kinds of municipality whose prefecture can run it in their place.
    """

    by_prefecture: tuple[Literal["city", "ward", "town", "village"], ...] = ()


class CitedDocument(Name):
    """A document that plans cite.

    `prefecture` is the code of the prefecture that made it; without one, an `issuer` that is a
    prefecture is whichever the plan's own is. `plan`: whether it is a plan, a strategy or a
    vision; an ordinance is none, nor is a list of targets. `basic_data_plan`: whether it is, or
    is made together with, the nation's basic plan for public and private data.
    """

    issuer: Literal["nation", "prefecture", "other"] = "nation"
    prefecture: Line | None = None
    plan: YesNo = True
    basic_data_plan: YesNo = False

    def is_of(self, prefecture: str) -> bool:
        """Tell whether it is a document of a prefecture."""
        return self.issuer == "prefecture" and self.prefecture in (None, prefecture)


class ChargeEntry(Name):
    """A public charge, its tier in the Minister's notice of 2 July 2024, and the task it is of."""

    tier: Literal["tax", "a", "b", "c", "unspecified"]
    asked: YesNo = True
    task: Line | None = None


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
    what: Text | None = None


class Revision(Dated):
    """A revision of the guideline on information security policies."""

    what: Text


class Event(Dated):
    """What happened to a document on a day: it was made, revised, announced, or took effect."""

    document: Line
    what: Text


class Prerequisite(Strict):
    """One area that comes before another, with who says so."""

    id: Line
    before: Line
    after: Line
    origin: Literal["national", "town"]
    kind: Literal["finish-to-start", "informs", "together"]
    source: Line


class ListFile(Strict):
    """A reference file: one list, its sources, and the day up to which it is known.

    What the entries are depends on the list.
    """

    format: Literal["dxrules/reference/1"]
    list: Line
    known_until: DayOfLaw
    sources: dict[str, Source] = Field(default={})
    entries: tuple[Any, ...]


@frozen
class Reference:
    """Everything that the nation has fixed; `known_until` is the earliest of all lists."""

    areas: Mapping[str, Area]
    editions: Mapping[str, Edition]
    tasks: Mapping[str, Task]
    charges: Mapping[str, ChargeEntry]
    provisions: Mapping[str, ProvisionEntry]
    guideline: Mapping[str, Revision]
    prerequisites: Mapping[str, Prerequisite]
    documents: Mapping[str, CitedDocument]
    history: Mapping[str, Event]
    problems: Mapping[str, Name]
    prefectures: Mapping[str, Name]
    sources: Mapping[str, Source]
    known_until: date

    def known(self) -> dict[str, list[str]]:
        """Return the ids of every list that a plan file can refer to."""
        lists = ("areas", "editions", "tasks", "charges", "provisions", "documents", "problems")
        return {name: list(getattr(self, name)) for name in lists}

    def told_as(self) -> dict[str, Mapping[str, Any]]:
        """Return what a plan file and its answers are read by: ids, and what some are called."""
        tasks = {
            word: key
            for key, task in self.tasks.items()
            for word in (key, task.name.ja, task.name.en, *task.aliases)
        }
        plans = {
            name: key
            for key, each in self.documents.items()
            if each.plan and (each.prefecture or each.basic_data_plan)
            for name in (each.name.ja, each.name.en)
        }
        return {"known": self.known(), "tasks": tasks, "plans": plans}

    def events(self, document: str) -> list[tuple[Dated, Text | None]]:
        """Return what happened to a document, each with what it brought, in order of the days."""
        found: list[Edition | Revision | Event] = [
            event for event in self.history.values() if event.document == document
        ]
        if document == NATIONAL_PLAN:
            found += self.editions.values()
        if document == SECURITY_GUIDELINE:
            found += self.guideline.values()
        ordered = sorted(found, key=lambda entry: entry.holds_from)
        return [(entry, entry.what) for entry in ordered]

    def edition_on(self, day: date) -> Edition | None:
        """Return the newest edition whose list of items is known, on a day; None before any."""
        known = [
            edition
            for edition in self.editions.values()
            if edition.holds_from <= day and edition.items_verified != "unverified"
        ]
        return max(known, key=lambda edition: edition.holds_from, default=None)
