"""The JSON of the commands that look at plans beside `check`, as types.

`compare`, `evidence`, `draft --update`, `ask` and `query`, one after the other.
"""

from typing import Any, Literal, NotRequired

from typing_extensions import TypedDict

from dxrules.assessment.new_edition import State as FactState
from dxrules.assessment.quotations import State as QuotationState
from dxrules.document.model import Form, LostKind
from dxrules.report.json_law import Shift
from dxrules.report.json_parts import Day, Place, Rule, Words
from dxrules.rules import Outcome
from dxrules.rules.rule import Severity


class Compared(TypedDict):
    """A plan that is compared."""

    code: str
    name: Words
    title: str
    file: str
    counts: dict[Outcome, int]


class ComparedPrefecture(TypedDict):
    """A prefecture, and the places of its plans among those compared."""

    code: str
    name: Words
    plans: list[int]


Totals = dict[str, int]
"""How many plans a rule binds (`bound`), and how many came out in each way."""


class Cell(TypedDict):
    """What came out of a rule for a plan."""

    outcome: Outcome
    severity: Severity | None
    counts: dict[Outcome, int]


class Requirement(Rule):
    """A rule, and what came out of it plan by plan."""

    differs: bool
    totals: Totals
    by_prefecture: dict[str, Totals]
    outcomes: list[Cell | None]


class Comparison(TypedDict):
    """`compare --format json`."""

    format: Literal["dxrules/comparison/1"]
    as_of: Day
    selection: NotRequired[Words]
    plans: list[Compared]
    prefectures: list[ComparedPrefecture]
    requirements: list[Requirement]


class LostPart(TypedDict):
    """What stands in a document and could not be read."""

    kind: LostKind
    page: int | None
    count: int


class ReadDocument(TypedDict):
    """The document that was looked into."""

    file: str
    form: Form
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

    state: QuotationState
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
    counts: dict[QuotationState, int]
    quotations: list[Quoted]
    without_evidence: list[WithoutEvidence]


class NewDocument(TypedDict):
    """The new edition."""

    file: str
    form: Form


class QuotedNow(TypedDict):
    """A quotation of the new edition, as plan files have it."""

    of: NotRequired[list[str]]
    section: NotRequired[str]
    page: NotRequired[str]
    text: str


class FactOfEdition(TypedDict):
    """What became of a fact, or of some keys of an entry."""

    state: FactState
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
    counts: dict[FactState, int]
    facts: list[FactOfEdition]
    verdicts: list[Shift] | None


class Choice(TypedDict):
    """An answer that was tried, and what it settles by rule, kind and key."""

    answer: str
    settles: list[list[str]]


class Before(TypedDict):
    """The answer after which alone something is asked."""

    about: list[str]
    answer: str


class InquiryQuestion(TypedDict):
    """A question to a town."""

    number: str
    only_if: list[Before]
    question: Words
    about: list[str]
    choices: list[Choice]
    settles: list[list[str]]


class InquiryOfPlan(TypedDict):
    """What is asked of a plan."""

    file: str
    code: str
    undetermined: int
    settled_at_most: int
    more: int
    questions: list[InquiryQuestion]
    left: list[list[str]]
    told: list[list[str]]
    opened: list[list[str]]
    of_plan: list[list[str]]


class Inquiry(TypedDict):
    """`ask --format json`."""

    format: Literal["dxrules/inquiry/1"]
    as_of: Day
    plans: list[InquiryOfPlan]


class AnswerColumn(TypedDict):
    """A column of an answer, with its type as DuckDB calls it."""

    name: str
    type: str


class QueryAnswer(TypedDict):
    """`query --format json`: the rows as lists, in the order of the columns.

    `as_of` is the day of the newest run; there is none in a database without runs.
    """

    format: Literal["dxrules/query/1"]
    title: Words
    as_of: Day | None
    columns: list[AnswerColumn]
    rows: list[list[str | int | float | bool | None]]
