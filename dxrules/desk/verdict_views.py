"""The verdicts on an open plan, as the desk shows them: in brief, finding by finding, with why.

Each is a type that says what its keys are from. Annotations are not postponed, as pydantic reads
them.
"""

from collections.abc import Iterable
from typing import Annotated, Any, Final, Literal, NamedTuple, NotRequired

from typing_extensions import TypedDict

from dxrules.assessment import Finding, PlanAssessment
from dxrules.assessment.dossier import Dossier
from dxrules.assessment.finding import GRAVEST
from dxrules.assessment.finding_question import paths, question_of
from dxrules.assessment.gaps import Gap, GapReport
from dxrules.assessment.questions import first_questions
from dxrules.derivation import VOCABULARY
from dxrules.desk.entry_results import KeyPathGiven
from dxrules.desk.open_plan import OpenPlan
from dxrules.report.citations import basis
from dxrules.report.gaps import comes_before, ways_to_pass
from dxrules.report.json_parts import Adjustment, Proofs
from dxrules.report.json_values import Date, Json
from dxrules.report.json_views import Words, as_json, made, of
from dxrules.report.outcome_counts import counted
from dxrules.report.shared_labels import ONE_ENGINE, OUTCOMES, SEVERITY_WORDS, Alone
from dxrules.report.undetermined_rules import due_in, rules_of
from dxrules.rules import STRENGTH_LABELS, Outcome
from dxrules.texts import Text

_SIGNS: Final = {True: "yes", False: "no", None: "unknown"}

SubjectGiven = list[str]
"""A finding by rule, kind and key."""
_Strength = Annotated[Words, of(lambda of_rule: STRENGTH_LABELS[of_rule.strength])]
_Subjects = Annotated[list[SubjectGiven], of(lambda of: [each.subject for each in of.findings])]


class PlanOnDesk(NamedTuple):
    """An open plan, its verdicts, and whether it can be saved where it came from."""

    plan: OpenPlan
    judged: PlanAssessment
    saves: bool

    @property
    def period(self) -> Text | None:
        """The period of the plan, as the plan file writes it."""
        period = self.judged.file.said.plan.period
        return None if period is None else Text(period.text, period.text)


class AboutOpenPlan(TypedDict):
    """An open plan: whose it is, how it came out, and what can be done with it."""

    code: Annotated[str, of("judged.file.said.municipality.code")]
    name: Annotated[Words, of("judged.file.said.municipality.name.text")]
    title: Annotated[str, of("judged.file.said.plan.title")]
    recorded: Annotated[Date, of("judged.file.said.recorded")]
    period: Words | None
    plan: Annotated[str, of("plan.id")]
    file: Annotated[str, of("plan.file.name")]
    form: Annotated[str, of("plan.form")]
    origin: Annotated[Literal["file", "draft", "blank"], of("plan.origin")]
    changed: Annotated[bool, of("plan.is_changed")]
    saves: bool
    undo: Annotated[int, of("plan.at")]
    redo: Annotated[int, of(lambda shown: len(shown.plan.steps) - shown.plan.at - 1)]
    original: Annotated[bool, of(lambda shown: shown.plan.leaves is not None)]
    outcomes: Annotated[dict[str, int], of("judged.counts.outcomes")]
    remarks: Annotated[list[Words], of("plan.file.remarks")]


class Counted(TypedDict):
    """How many there are of a kind."""

    label: Words
    count: int


class FindingRow(TypedDict):
    """A finding as a line."""

    finding: Annotated[SubjectGiven, of("subject")]
    rule: Annotated[str, of("rule.id")]
    title: Annotated[Words, of("rule.title")]
    label: Words
    kind: Annotated[Words | None, of(lambda f: getattr(VOCABULARY.get(f.kind), "label", None))]
    outcome: str
    outcome_label: Annotated[Words, of(lambda finding: OUTCOMES[finding.outcome])]
    severity: str
    severity_label: Annotated[
        Words | None,
        of(lambda f: SEVERITY_WORDS[f.severity] if f.outcome is Outcome.FAIL else None),
    ]
    strength: Annotated[Words, of(lambda finding: STRENGTH_LABELS[finding.rule.strength])]
    draft: Annotated[bool, of("rule.draft")]
    message: Words
    due: Annotated[Words, of(due_in)]
    area: str | None
    path: KeyPathGiven
    place: Annotated[Words, of("place.shown")]
    about: Annotated[str, of("rule.about")]


class _Mending(TypedDict):
    subjects: _Subjects
    reason: Words
    by: Words
    remedy: Annotated[Words, of("finding.remedy")]
    ways: Annotated[list[Words], of(lambda gap: list(ways_to_pass(gap)))]
    before: Annotated[Words | None, of(comes_before)]


class ToMend(FindingRow, _Mending):
    """One thing to mend: why, how and by when."""


def _to_mend(gaps: Iterable[Gap]) -> list[Json]:
    return [as_json(FindingRow, gap.finding) | as_json(_Mending, gap) for gap in gaps]


class ToConfirm(TypedDict):
    """One thing to look up, how strong it is and what hangs on it."""

    question: Annotated[Words, of("text")]
    strength: _Strength
    duty: Annotated[bool, of("is_duty")]
    due: Annotated[Words, of(due_in)]
    rules: Annotated[Words, of(rules_of)]
    findings: _Subjects
    paths: list[KeyPathGiven]
    first: Annotated[FindingRow, of(lambda question: question.findings[0])]


class Brief(NamedTuple):
    """The verdicts on a plan, why there was one engine, and what was done before."""

    dossier: Dossier
    alone: Alone | None
    plan: PlanOnDesk
    what: Text | None = None
    taken: int | None = None
    open: int | None = None

    @property
    def gaps(self) -> GapReport:
        """What is missing in the plan."""
        return self.dossier.gaps(self.plan.judged)

    @property
    def is_known(self) -> bool:
        """Whether the law of the day judged is known."""
        return self.plan.judged.lawbook.known_until >= self.dossier.assessment.day


def _outcomes(brief: Any) -> Json:
    came = brief.plan.judged.counts.outcomes
    return {each.value: {"label": OUTCOMES[each], "count": came[each]} for each in GRAVEST}


def _severities(brief: Any) -> Json:
    came = brief.plan.judged.counts.severities
    return {name: {"label": SEVERITY_WORDS[name], "count": came[name]} for name in came}


class VerdictsInBrief(TypedDict):
    """The verdicts in brief; after a change, with `what` it was."""

    what: NotRequired[Words]
    counts: Annotated[dict[str, Counted], made(_outcomes)]
    severities: Annotated[dict[str, Counted], made(_severities)]
    headline: Annotated[Words, of(lambda brief: counted([brief.plan.judged.counts]))]
    one_engine: Annotated[Words | None, of(lambda brief: ONE_ENGINE.get(brief.alone))]
    day: Annotated[str, of("dossier.assessment.day")]
    known_until: Annotated[str, of("plan.judged.lawbook.known_until")]
    is_known: bool
    trusted: Annotated[bool, of("dossier.assessment.trusted")]
    errors: Annotated[list[FindingRow], of("gaps.errors")]
    mend_first: Annotated[list[ToMend], made(lambda brief: _to_mend(brief.gaps.first))]
    confirm_first: Annotated[
        list[ToConfirm], of(lambda brief: first_questions(brief.gaps.questions))
    ]
    questions: Annotated[int, of(lambda brief: len(brief.gaps.questions))]
    plan: AboutOpenPlan
    taken: NotRequired[int]
    open: NotRequired[int]


class FindingRows(TypedDict):
    """All findings, the gravest first."""

    findings: list[FindingRow]


class ReasonGiven(TypedDict):
    """A part of a condition in words."""

    truth: Annotated[Literal["yes", "no", "unknown"], of(lambda reason: _SIGNS[reason.truth])]
    depth: int
    sign: Words
    asks: Words
    value: Words | None
    title: Words | None


def _reasons(finding: Any) -> Any:
    from dxrules.report.html.finding_rows import reasons

    return reasons(finding)


def _asks(finding: Any) -> bool:
    return finding.outcome is Outcome.UNKNOWN


class ExplainedFinding(FindingRow):
    """A finding with its reasons: its conditions in words, evidence, source and remedy."""

    reasons: Annotated[list[ReasonGiven], of(_reasons)]
    evidence: Proofs
    source: Annotated[Words, of(lambda finding: basis(finding.rule))]
    url: Annotated[str | None, of("rule.source.url")]
    remedy: Words
    question: Annotated[Words | None, of(lambda f: question_of(f) if _asks(f) else None)]
    paths: Annotated[list[KeyPathGiven], of(lambda f: paths(f) if _asks(f) else ())]
    adjustments: list[Adjustment]
    due_on: Annotated[Date | None, of("due")]


def found(plan: PlanAssessment, subject: Iterable[str]) -> Finding | None:
    """Return the finding of a rule on a subject; None if there is none any more."""
    wanted = tuple(subject)
    every = (*plan.findings, *plan.told())
    return next((each for each in every if each.subject == wanted), None)


class AreaShown(TypedDict):
    """The gaps of an area."""

    area: str | None
    label: Words
    gaps: Annotated[list[ToMend], made(lambda area: _to_mend(area.gaps))]
    unknown: list[FindingRow]


class Areas(TypedDict):
    """The gaps by area, and what is undetermined in each."""

    areas: list[AreaShown]
