"""Answers of the calls on facts and on the document, as types.

Annotations are not postponed, as pydantic would have to compile each of them once more.
"""

from typing import Any, Literal, NotRequired

from typing_extensions import TypedDict

from dxrules.report.json_views import Words

KeyPathGiven = list[str | int]


class ChoiceGiven(TypedDict):
    """A value that may be chosen, in words, and what it settles where that was tried."""

    value: str
    shown: Words
    settles: NotRequired[int]
    day: NotRequired[bool]


class FieldShown(TypedDict):
    """A key of an entry and its value, as it is written and in words."""

    key: str
    label: Words
    value: Any
    shown: Words
    in_doubt: bool


class DoubtShown(TypedDict):
    """What of an entry nobody has confirmed."""

    of: list[str]
    labels: list[Words]
    candidates: list[ChoiceGiven]
    because: str


EvidenceShown = TypedDict(
    "EvidenceShown",
    {"of": list[Words], "section": str, "page": str, "text": str, "from": str, "told": str},
)
"""Where something is said; its keys are those of the plan file."""


class EntryShown(TypedDict):
    """A mapping or a list of the plan file."""

    path: KeyPathGiven
    label: Words
    model: str
    fields: list[FieldShown]
    children: list["EntryShown"]
    doubts: list[DoubtShown]
    evidence: list[EvidenceShown]


class SectionShown(TypedDict):
    """A section of the plan file, and how far it was read."""

    name: str
    label: Words
    state: Literal["unread", "open", "closed", "free"]
    closable: bool
    model: str
    doubts: int
    entry: EntryShown | None


class Facts(TypedDict):
    """What a plan file says."""

    sections: list[SectionShown]


class KeyForm(TypedDict):
    """A key that can be entered."""

    key: str
    label: Words
    help: Words
    form: Literal["text", "texts", "number", "date", "choice", "choices", "entry", "entries", "map"]
    required: bool
    values: dict[str, Words]
    list: str | None
    model: str | None
    example: str


class EntryForms(TypedDict):
    """What can be entered, and the lists of ids."""

    models: dict[str, list[KeyForm]]
    lists: dict[str, dict[str, Words]]


class CellShown(TypedDict):
    """A cell of a table in the document."""

    text: str
    rows: int
    columns: int
    row: int


class BlockShown(TypedDict):
    """A block of the document."""

    block: int
    kind: str
    level: int
    text: str
    rows: NotRequired[list[list[CellShown]]]


class LeafShown(TypedDict):
    """A leaf of the document."""

    leaf: int
    label: Words
    page: int | None
    blocks: list[BlockShown]


class SpanShown(TypedDict):
    """A part of a block."""

    block: int
    start: int
    end: int


class SpotShown(TypedDict):
    """Where words stand."""

    leaf: int
    text: str
    row: int | None
    parts: list[SpanShown]


class Spots(TypedDict):
    """Where words stand to the letter; else what comes nearest."""

    words: str
    spots: list[SpotShown]
    near: SpotShown | None


class WrongQuotation(TypedDict):
    """A quotation that does not stand where the plan file says."""

    path: KeyPathGiven
    label: Words
    state: Literal["missing", "elsewhere"]
    text: str
    section: str | None
    page: int | None


class QuotedInDocument(TypedDict):
    """How many quotations stand in the document."""

    found: int
    elsewhere: int
    missing: int
    wrong: list[WrongQuotation]


class LostPartOfDocument(TypedDict):
    """What of a document could not be read."""

    label: Words
    count: int
    page: str


class Overview(TypedDict):
    """The document beside a plan: its leaves, and what could not be read."""

    file: str
    form: str
    digest: str
    leaves: list[Words]
    lost: list[LostPartOfDocument]
