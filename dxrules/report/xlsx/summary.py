"""The first sheets: which plans were judged, how they came out, and what to look up first."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date

from dxrules.assessment import PlanAssessment
from dxrules.assessment.dossier import Dossier
from dxrules.assessment.questions import Question, first_questions
from dxrules.report.how_to_write import How
from dxrules.report.outcome_counts import COUNTS, RARE_COUNTS, by_columns
from dxrules.report.plan_header import days, selection_text, setbacks_text, to_come, to_come_title
from dxrules.report.shared_labels import ONE_ENGINE, OUTCOMES
from dxrules.report.table_cell import TableCell
from dxrules.report.undetermined_rules import marks_of, rules_of
from dxrules.report.xlsx.book import OWN, PLAIN, Head, ReportBook
from dxrules.report.xlsx.requirements import CONFIRM, SUMMARY, day_of
from dxrules.rules import STRENGTH_LABELS, Outcome
from dxrules.source.workbook import Look
from dxrules.texts import Text, join

_TITLE = Text("市町村DX計画の判定 監査調書", "DX plans of municipalities: audit working paper")
_OF_THE_AUDITOR = (
    Text("監査人", "auditor"),
    Text("実施日", "done on"),
    Text("確認者・確認日", "reviewed by, on"),
)
_HEADS = (
    Head(Text("団体コード", "code"), 10),
    Head(Text("団体", "municipality"), 16),
    Head(Text("計画", "plan"), 34),
    *(Head(column.label, 9) for column in (*COUNTS, *RARE_COUNTS)),
    Head(Text("判定の前提", "what the judgement rests on"), 52),
)
_TOWN = 1
_MEANINGS: Mapping[Outcome, Text] = {
    Outcome.FAIL: Text(
        "要件を満たさないことが、計画の記載から分かる。",
        "What the plan says shows that the requirement is not met.",
    ),
    Outcome.UNKNOWN: Text(
        "計画の記載だけでは決まらない。理由の欄にある事柄を団体に確かめる。",
        "What the plan says does not settle it. Ask the municipality for what the reason names.",
    ),
    Outcome.PASS: Text(
        "要件を満たすことが、計画の記載から分かる。",
        "What the plan says shows that the requirement is met.",
    ),
    Outcome.NOT_APPLICABLE: Text(
        "点検項目がこの団体または対象に当てはまらない。",
        "The requirement does not apply to this municipality or subject.",
    ),
    Outcome.WAIVED: Text(
        "不適合または要確認だが、権限のある者が期限を定めて認めている。",
        "It fails or is undetermined, but somebody with the authority has accepted it for a time.",
    ),
    Outcome.ERROR: Text(
        "判定を信頼できない。結論に用いない。", "The judgement cannot be trusted. Do not use it."
    ),
}
_NOT_JUDGED = Text("※ 判定していない計画", "! Not judged")
_SETBACK = Text("※ 後戻り", "! Setbacks")
_HOW = Text(
    "団体の名前から点検項目のシートに移る。黄色の欄は監査人が記入する。"
    "点検項目のシートの灰色の見出しの列は印刷されない。",
    "The name of a municipality leads to its requirements. The auditor fills in what is yellow. "
    "Columns with a grey heading on those sheets are not printed.",
)
_FREE = Look(wrap=False)
_BOLD = Look(bold=True, wrap=False)
_LARGE = Look(bold=True, size=14, wrap=False)
_LINK = Look(link=True, boxed=True)


def add_towns(
    book: ReportBook,
    dossier: Dossier,
    selected: Text | None,
    towns: Iterable[tuple[list[TableCell], str]],
) -> None:
    """Add the first sheet: the cells of each town, which lead to its sheet of requirements."""
    lang, above = book.lang, list(_above(dossier, selected))
    sheet = book.sheet(SUMMARY.in_(lang), _HEADS, len(above) + 1, _TOWN + 1)
    sheet.title(_TITLE.in_(lang), day_of(dossier.assessment.day).in_(lang))
    for said, looks in above:
        sheet.row(said, looks)
    looks = [_LINK if column == _TOWN else PLAIN for column in range(len(_HEADS))]
    sheet.table()
    for cells, name in towns:
        sheet.row(cells, looks, (_TOWN, name))
    sheet.end()


def town_cells(plan: PlanAssessment, how: How) -> list[TableCell]:
    """Return the cells of a town."""
    premises = [] if how.alone is None else [ONE_ENGINE[how.alone]]
    premises += [*days(plan), *_coming(plan)]
    town = plan.file.plan.municipality
    return [
        town.code,
        town.name.text,
        plan.file.plan.plan.title,
        *by_columns(plan.counts, (*COUNTS, *RARE_COUNTS)),
        join(premises, "\n", "\n"),
    ]


def _above(dossier: Dossier, selected: Text | None) -> Iterator[tuple[list[TableCell], list[Look]]]:
    """Yield the rows above the table of towns."""
    assessment = dossier.assessment
    nothing: tuple[list[TableCell], list[Look]] = [], []
    yield [_TITLE], [_LARGE]
    yield [day_of(assessment.day)], [_FREE]
    yield [_HOW], [_FREE]
    yield nothing
    for label in _OF_THE_AUDITOR:
        yield [label, None, None], [_BOLD, OWN, OWN]
    yield nothing
    for outcome, meaning in _MEANINGS.items():
        yield [OUTCOMES[outcome], None, meaning], [_BOLD, _FREE, _FREE]
    yield nothing
    if (chosen := selection_text(selected)) is not None:
        yield [chosen], [_BOLD]
        yield nothing
    for plan in dossier.unreadable:
        for fault in zip(
            *(text.split("\n") for text in (plan.message.ja, plan.message.en)), strict=True
        ):
            yield [_NOT_JUDGED, None, Text(*fault)], [_BOLD, _FREE, _FREE]
    setbacks = dossier.since.setbacks
    if setbacks:
        yield [_SETBACK, None, setbacks_text(setbacks)], [_BOLD, _FREE, _FREE]
    if dossier.unreadable or setbacks:
        yield nothing


def _coming(plan: PlanAssessment) -> Iterator[Text]:
    """Yield the rules that begin within the plan's period."""
    told = [head for head, _, _ in to_come(plan)]
    if told:
        yield to_come_title(plan) + Text(": ", ": ") + join(told)


_QUESTION_HEADS = (
    Head(Text("団体", "municipality"), 12),
    Head(Text("強さ", "strength"), 12),
    Head(Text("確かめること", "what to look up"), 46),
    Head(Text("期限", "due"), 11),
    Head(Text("残り日数", "days left"), 7),
    Head(Text("この答えに関わる点検項目", "what hangs on it"), 34),
    Head(Text("件数", "findings"), 6.5),
    Head(Text("確認の結果", "what was found"), 30),
    Head(Text("確認先", "looked up where"), 16),
)
_QUESTIONS_FIXED = 2
_OWN_COLUMNS = 2
_QUESTION_LOOKS = (*[PLAIN] * (len(_QUESTION_HEADS) - _OWN_COLUMNS), *[OWN] * _OWN_COLUMNS)


def questions_of(dossier: Dossier, plan: PlanAssessment) -> Iterator[list[TableCell]]:
    """Yield the cells of each question of a plan."""
    return (_question_row(plan, question) for question in first_questions(dossier.questions(plan)))


def add_questions(book: ReportBook, day: date, rows: Iterable[Sequence[TableCell]]) -> None:
    """Add the sheet: a row per town and question; the reader fills in what was found.

    There is none where nothing is open.
    """
    name, sheet = CONFIRM.in_(book.lang), None
    for row in rows:
        if sheet is None:
            sheet = book.sheet(name, _QUESTION_HEADS, 1, _QUESTIONS_FIXED)
            sheet.title(name, day_of(day).in_(book.lang))
            sheet.table()
        sheet.row(row, _QUESTION_LOOKS)
    if sheet is not None:
        sheet.end()


def _question_row(plan: PlanAssessment, question: Question) -> list[TableCell]:
    return [
        plan.file.plan.municipality.name.text,
        STRENGTH_LABELS[question.strength] + marks_of(question),
        question.text,
        None if question.due is None else question.due.describe(),
        question.days_left,
        rules_of(question),
        len(question.hangs),
        *[None] * _OWN_COLUMNS,
    ]
