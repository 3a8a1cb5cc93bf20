"""The JSON of what a plan file quotes, as types."""

from typing import Literal

from typing_extensions import TypedDict

from dxrules.report.json_parts import Place

State = Literal["found", "elsewhere", "missing", "no-words", "others"]


class LostPart(TypedDict):
    """What stands in a document and could not be read."""

    kind: Literal["picture", "chart", "drawing", "text", "embedded", "struck"]
    page: int | None
    count: int


class ReadDocument(TypedDict):
    """The document that was looked into."""

    file: str
    form: Literal["pdf", "docx", "xlsx", "html", "markdown", "text"]
    encoding: str | None
    pages: int | None
    lost: list[LostPart]


class FoundAt(TypedDict):
    """A place of the document where words stand."""

    block: int
    section: list[str]
    page: int | None
    printed: str | None
    row: int | None
    text: str


class Nearest(TypedDict):
    """The words of the document that are most like those quoted."""

    text: str
    block: int
    likeness: float


class Quoted(TypedDict):
    """What became of one piece of evidence."""

    state: State
    place: Place
    path: str
    text: str | None
    section: str | None
    page: int | None
    section_undetermined: bool
    correct_section: str | None
    correct_page: int | None
    spots: list[FoundAt]
    nearest: Nearest | None


class WithoutEvidence(TypedDict):
    """An entry of the plan file for which nothing is quoted."""

    place: Place
    path: str
    keys: list[str]


class Quotations(TypedDict):
    """`evidence --format json`."""

    format: Literal["dxrules/quotations/1"]
    plan: str
    document: ReadDocument
    counts: dict[State, int]
    quotations: list[Quoted]
    without_evidence: list[WithoutEvidence]
