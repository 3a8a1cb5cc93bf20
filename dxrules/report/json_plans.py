"""JSON of the commands that look at plans beside `check`, as types, and what they are from.

`compare`, `evidence`, `draft --update`, `ask` and `query`, one after the other.
"""

from collections.abc import Iterator
from typing import Annotated, Any, Literal, NamedTuple, NotRequired, get_args

from typing_extensions import TypedDict

from dxrules.assessment.new_edition import STATES as FACT_STATES
from dxrules.assessment.new_edition import FactState
from dxrules.assessment.quotations import QuotationState
from dxrules.document.original import Form, LostKind
from dxrules.report.inquiry_words import asked
from dxrules.report.json_law import Shift
from dxrules.report.json_parts import Place, Rule
from dxrules.report.json_values import Day, Json
from dxrules.report.json_views import Words, as_json, made, of
from dxrules.rules import Outcome
from dxrules.rules.rule import Severity
from dxrules.source.placed_data import dotted


class Compared(TypedDict):
    code: Annotated[str, of("file.plan.municipality.code")]
    name: Annotated[Words, of("file.plan.municipality.name.text")]
    title: Annotated[str, of("file.plan.plan.title")]
    file: Annotated[str, of("file.name")]
    counts: Annotated[dict[Outcome, int], of("counts.outcomes")]


class ComparedPrefecture(TypedDict):
    """A prefecture, and the places of its plans among those compared."""

    code: str
    name: Words
    plans: Annotated[list[int], of("places")]


Totals = dict[str, int]
"""How many plans a rule binds (`bound`), and how many came out in each way."""


class Cell(TypedDict):
    outcome: Outcome
    severity: Severity | None
    counts: dict[Outcome, int]


def _totals(row: Any) -> Json:
    return {"bound": row.bound, **{outcome.value: row.number(outcome) for outcome in Outcome}}


class Requirement(Rule):
    differs: bool
    totals: Totals
    by_prefecture: dict[str, Totals]
    outcomes: list[Cell | None]


def _requirements(comparison: Any) -> Iterator[Json]:
    for row in comparison.rows:
        yield as_json(Rule, row.rule) | {
            "differs": row.differs,
            "totals": _totals(row),
            "by_prefecture": {
                each.code: _totals(row.among(each.places)) for each in comparison.prefectures
            },
            "outcomes": [None if c.outcome is None else as_json(Cell, c) for c in row.cells],
        }


class Comparison(TypedDict):
    """`compare --format json`."""

    format: Literal["dxrules/comparison/1"]
    as_of: Annotated[Day, of("day")]
    selection: NotRequired[Annotated[Words, of("selected")]]
    plans: list[Compared]
    prefectures: list[ComparedPrefecture]
    requirements: Annotated[list[Requirement], made(lambda told: [*_requirements(told)])]


class LostPart(TypedDict):
    kind: LostKind
    page: int | None
    count: int


class ReadDocument(TypedDict):
    file: str
    form: Form
    encoding: Annotated[str | None, of(lambda original: original.encoding or None)]
    pages: Annotated[int | None, of(lambda original: len(original.pages) or None)]
    lost: list[LostPart]


class _In(NamedTuple):
    """Something of what was found of quotations: one of them, or where it stands."""

    own: Any
    found: Any


def _section(spot: _In) -> Any:
    return spot.found.original.blocks[spot.own.block].section


def _printed(spot: _In) -> str | None:
    return spot.found.original.printed(spot.own.page) or None


class FoundAt(TypedDict):
    """A place of the document where words stand."""

    block: Annotated[int, of("own.block")]
    section: Annotated[list[str], of(_section)]
    page: Annotated[int | None, of("own.page")]
    printed: Annotated[str | None, of(_printed)]
    row: Annotated[int | None, of("own.row")]
    text: Annotated[str, of("own.text")]


class Nearest(TypedDict):
    """The words of the document that are most like those quoted."""

    text: Annotated[str, of("spot.text")]
    block: Annotated[int, of("spot.block")]
    likeness: float


class Quoted(TypedDict):
    state: Annotated[QuotationState, of("own.state")]
    place: Annotated[Place, of("own.place")]
    path: Annotated[str, of(lambda each: dotted(each.own.path))]
    text: Annotated[str | None, of("own.said.text")]
    section: Annotated[str | None, of("own.said.section")]
    page: Annotated[int | None, of("own.said_page")]
    section_undetermined: Annotated[bool, of("own.unsure")]
    correct_section: Annotated[str | None, of("own.section")]
    correct_page: Annotated[int | None, of("own.page")]
    spots: Annotated[list[FoundAt], of(lambda each: [_In(s, each.found) for s in each.own.spots])]
    nearest: Annotated[Nearest | None, of("own.near")]


class WithoutEvidence(TypedDict):
    place: Place
    path: Annotated[str, of(lambda entry: dotted(entry.path))]
    keys: list[str]


def _by_state(found: Any) -> dict[QuotationState, int]:
    return {state: found.count(state) for state in get_args(QuotationState)}


def _quoted(found: Any) -> list[_In]:
    return [_In(each, found) for each in found.quotations]


class Quotations(TypedDict):
    """`evidence --format json`."""

    format: Literal["dxrules/quotations/1"]
    plan: Annotated[str, of("file.name")]
    document: Annotated[ReadDocument, of("original")]
    counts: Annotated[dict[QuotationState, int], of(_by_state)]
    quotations: Annotated[list[Quoted], of(_quoted)]
    without_evidence: Annotated[list[WithoutEvidence], of("lacking")]


class NewDocument(TypedDict):
    file: str
    form: Form


class QuotedNow(TypedDict):
    """A quotation of the new edition, as plan files have it."""

    of: NotRequired[list[str]]
    section: NotRequired[str]
    page: NotRequired[str]
    text: str


class _Fact(NamedTuple):
    """A fact of a report on a new edition."""

    own: Any
    report: Any

    @property
    def place(self) -> Any:
        """Where it stands in the plan file, if it does."""
        is_new = self.own.state == "new"
        return None if is_new else self.report.edition.file.place(self.own.path)

    @property
    def quoted(self) -> list[str]:
        """The words that the plan file quotes for it."""
        return [each.said.text for each in self.own.quoted if each.said.text]


class FactOfEdition(TypedDict):
    """What became of a fact, or of some keys of an entry."""

    state: Annotated[FactState, of("own.state")]
    place: Place | None
    path: Annotated[str, of(lambda fact: dotted(fact.own.path))]
    keys: Annotated[list[str], of("own.keys")]
    value: Annotated[Any, of("own.said")]
    new_value: Annotated[Any, of("own.now")]
    quoted: list[str]
    evidence: Annotated[list[QuotedNow], made(lambda fact: [*map(dict, fact.own.evidence)])]
    taken_in: Annotated[bool, of(lambda fact: fact.own not in fact.report.left)]


def _facts(report: Any) -> list[_Fact]:
    return [_Fact(each, report) for each in report.edition.facts]


def _by_fate(report: Any) -> dict[FactState, int]:
    return {state: report.edition.count(state) for state in FACT_STATES}


def _verdicts(report: Any) -> list[Json] | None:
    if report.impact is None:
        return None
    return [as_json(Shift, shift) for town in report.impact.towns for shift in town.shifts]


class Update(TypedDict):
    """`draft --update --format json`."""

    format: Literal["dxrules/update/1"]
    plan: Annotated[str, of("edition.file.name")]
    document: Annotated[NewDocument, of("edition.original")]
    recorded: Annotated[str | None, of("edition.recorded")]
    same_text: Annotated[bool, of("edition.same_text")]
    counts: Annotated[dict[FactState, int], of(_by_fate)]
    facts: Annotated[list[FactOfEdition], of(_facts)]
    verdicts: Annotated[list[Shift] | None, made(_verdicts)]


def _about(ask: Any) -> list[str]:
    return [target.name for target in ask.targets]


def _subjects(findings: Any) -> list[Any]:
    return [finding.subject for finding in findings]


def _opened_by(each: Any) -> list[Json]:
    return [{"about": _about(opener), "answer": kind} for opener, kind in each.part.after]


def _choices(each: Any) -> list[Json]:
    kinds = dict.fromkeys(choice.kind for choice, _ in each.part.choices)
    return [{"answer": kind, "settles": sorted(each.part.settled_by(kind))} for kind in kinds]


class Choice(TypedDict):
    """An answer that was tried, and what it settles by rule, kind and key."""

    answer: str
    settles: list[list[str]]


class Before(TypedDict):
    """The answer after which alone something is asked."""

    about: list[str]
    answer: str


class InquiryQuestion(TypedDict):
    number: Annotated[str, of("numbered")]
    only_if: Annotated[list[Before], made(_opened_by)]
    question: Annotated[Words, of("text")]
    about: Annotated[list[str], of(lambda each: _about(each.part.ask))]
    choices: Annotated[list[Choice], made(_choices)]
    settles: Annotated[list[list[str]], of(lambda each: _subjects(each.part.settles))]


class InquiryOfPlan(TypedDict):
    file: Annotated[str, of("plan.file.name")]
    code: Annotated[str, of("plan.file.plan.municipality.code")]
    undetermined: Annotated[int, of(lambda inquiry: len(inquiry.of_town))]
    settled_at_most: Annotated[int, of("settled")]
    more: int
    questions: Annotated[list[InquiryQuestion], of(asked)]
    left: Annotated[list[list[str]], of(lambda inquiry: _subjects(inquiry.left))]
    told: Annotated[list[list[str]], of(lambda inquiry: _subjects(inquiry.told))]
    opened: Annotated[list[list[str]], of(lambda inquiry: _subjects(inquiry.opened))]
    of_plan: Annotated[list[list[str]], of(lambda inquiry: _subjects(inquiry.of_plan))]


class Inquiry(TypedDict):
    """`ask --format json`."""

    format: Literal["dxrules/inquiry/1"]
    as_of: Annotated[Day, of("day")]
    plans: Annotated[list[InquiryOfPlan], of("each")]


def _columns(asked: Any) -> list[Json]:
    return [{"name": name, "type": kind} for name, kind in asked.answer.columns]


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
    as_of: Annotated[Day | None, of("answer.day")]
    columns: Annotated[list[AnswerColumn], made(_columns)]
    rows: Annotated[list[list[str | int | float | bool | None]], of("answer.rows")]
