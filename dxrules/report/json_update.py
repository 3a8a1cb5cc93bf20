"""The JSON of a plan file compared with a new edition, as types."""

from typing import Any, Literal, NotRequired

from typing_extensions import TypedDict

from dxrules.report.json_law import Shift
from dxrules.report.json_parts import Place

State = Literal["found", "moved", "changed", "gone", "new", "open", "unquoted", "others"]


class NewDocument(TypedDict):
    """The new edition."""

    file: str
    form: Literal["pdf", "docx", "xlsx", "html", "markdown", "text"]


class QuotedNow(TypedDict):
    """A quotation of the new edition, as plan files have it."""

    of: NotRequired[list[str]]
    section: NotRequired[str]
    page: NotRequired[str]
    text: str


class FactOfEdition(TypedDict):
    """What became of a fact, or of some keys of an entry."""

    state: State
    place: Place | None
    path: str
    keys: list[str]
    value: Any
    new_value: Any
    quoted: list[str]
    evidence: list[QuotedNow]
    taken_in: bool


class Update(TypedDict):
    """`draft --update --format json`."""

    format: Literal["dxrules/update/1"]
    plan: str
    document: NewDocument
    recorded: str | None
    same_text: bool
    counts: dict[State, int]
    facts: list[FactOfEdition]
    verdicts: list[Shift] | None
