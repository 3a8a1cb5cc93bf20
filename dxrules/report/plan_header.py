"""The header of reports on a plan: its name, counts, the days it was judged by, rules to come."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date
from typing import TYPE_CHECKING

from dxrules.assessment import PlanAssessment
from dxrules.assessment.dossier import Dossier, Unreadable
from dxrules.assessment.due_days import horizon_of, rules_to_come
from dxrules.assessment.since import Setback, Since
from dxrules.plan import PlanFile
from dxrules.plan.code_labels import DOCUMENT_KIND, PLAN_STATUS
from dxrules.plan.doubts import doubts_of
from dxrules.plan.models import empty_section
from dxrules.report.citations import basis, named
from dxrules.report.how_to_write import How
from dxrules.report.outcome_counts import counted
from dxrules.report.shared_labels import ONE_ENGINE, SEVERITY_WORDS, Alone
from dxrules.report.terminal import Style
from dxrules.rules import Rule
from dxrules.texts import Text, join, more, same, some_of, visible

if TYPE_CHECKING:
    from dxrules.report.piecewise import Whole

_STALE_SHOWN = 10
_SETBACKS_SHOWN = 20
_UNREAD_SHOWN = 10
_UNREAD_MORE = Text(
    "ほか{number}件(すべては標準エラー出力と、JSON・Excelの報告書に示す)",
    "{number} more (all of them are on standard error, and in reports as JSON and Excel)",
)
_SELECTED = Text(
    "※ 絞り込み({said})の結果で、全部の点検ではない。件数も終了コードもこの範囲のもの",
    "! A selection ({said}), not the whole check; counts and the exit code are of this part alone",
)
_KNOWN = Text(
    "既知の{number}件は示していない(示すには --show-known)",
    "{number} known findings are not shown (--show-known shows them)",
)
ALONE = Text(
    "※ 2つのエンジンで判定する途中でプロセスが異常終了したため、"
    "この計画は1つのエンジンだけで判定した",
    "! A process ended while it judged this plan with both engines, so one engine alone judged it",
)
_UNCONFIRMED = Text(
    "※ 計画ファイルは下書きで、確認を待つものが{number}件ある。確かめるまでは、多くが要確認になる",
    "! The plan file is a draft: what waits to be confirmed, {number} in all, leaves much "
    "undetermined",
)
_NOT_JUDGED = Text("※ 判定していない: ", "! Not judged: ")


def engines(alone: Alone | None, style: Style) -> list[str]:
    """Return the lines that say that there was only one engine, and why; none for two."""
    return [] if alone is None else [*style.block(ONE_ENGINE[alone], 0, 2), ""]


def remarks(told: Dossier | Whole, style: Style) -> list[str]:
    """Return the lines that stand before all plans: a selection, what was not judged, setbacks."""
    chosen = told.assessment.selected if isinstance(told, Dossier) else told.selected
    before = [*selected(chosen, style), *unread_lines(told.unreadable, style)]
    return [*before, *since(told.since, style)]


def selected(called: Text | None, style: Style) -> list[str]:
    """Return the lines that say that this is a selection; none where it is the whole check."""
    said = selection_text(called)
    return [] if said is None else [*style.block(said, 0, 2), ""]


def selection_text(called: Text | None) -> Text | None:
    """Say that a report holds a selection, which nobody may take for the whole check."""
    return None if called is None else _SELECTED.format(said=called)


def since(compared: Since, style: Style) -> list[str]:
    """Return the lines on what changed since the baseline: setbacks first."""
    lines = []
    if compared.setbacks:
        said = same("! ") + setbacks_text(compared.setbacks)
        lines += [*style.block(said, 0, 2), ""]
    return [*lines, *baseline(compared, style)]


def setbacks_text(setbacks: Sequence[Setback]) -> Text:
    """Say what failed before and is undetermined now; the first of a plan names it."""
    found, plans = [], [(each.municipality, each.plan) for each in setbacks]
    for each, plan, last in zip(setbacks, plans, [None, *plans], strict=False):
        where = "" if plan == last else f"{' '.join(plan)}: "
        finding = same(f"{where}{each.rule} {each.kind}/{each.key} [")
        found.append(finding + SEVERITY_WORDS[each.severity] + same("]"))
    said = Text(
        f"後戻り(前は不適合で、今は要確認) {len(found)}件: ",
        f"{len(found)} setbacks (they failed before, and are undetermined now): ",
    )
    if len(found) == 1:
        said = Text(said.ja, "1 setback (it failed before, and is undetermined now): ")
    return said + some_of(found, _SETBACKS_SHOWN)


def baseline(compared: Since, style: Style) -> list[str]:
    """Return the lines that say what a baseline knew, and what of it is mended; none without."""
    if compared.stale is None:
        return []
    known, new, stale = compared.known, compared.new, len(compared.stale)
    said = Text(
        f"ベースライン: 既知 {known}件、新しいもの {new}件、解消したもの {stale}件",
        f"baseline: {known} known, {new} new, {stale} mended",
    )
    if compared.back:
        said += Text(f"、後戻り {compared.back}件", f", {compared.back} set back")
    entries = [
        same(f"{entry.municipality} {entry.rule} {entry.kind}/{entry.key}")
        for entry in compared.stale
    ]
    prune = Text(
        "解消(dxrules baseline prune で除ける): ", "mended (dxrules baseline prune drops): "
    )
    lines = style.block(said, 0, 2)
    if entries:
        lines += style.block(prune + some_of(entries, _STALE_SHOWN), 0, 2)
    return [*lines, ""]


def known_unseen(compared: Since, how: How) -> Iterator[Text]:
    """Say how much of what a baseline knows is not shown; nothing where nothing is left out."""
    if compared.unseen and not how.show_known:
        yield _KNOWN.format(number=str(compared.unseen))


def unread_lines(plans: Sequence[Unreadable], style: Style, most: int = _UNREAD_SHOWN) -> list[str]:
    """Return a line for each of the first plans that could not be read, and how many more."""
    lines = []
    for plan in plans[:most]:
        lines += style.block(_NOT_JUDGED + first_fault(plan.message), 0, 2)
    if (rest := len(plans) - most) > 0:
        lines += style.block(_NOT_JUDGED + _UNREAD_MORE.format(number=str(rest)), 0, 2)
    return [*lines, ""] if lines else []


def first_fault(message: Text) -> Text:
    """Return the first line of what is wrong with a file, and how many more there are."""
    faults = [said.split("\n") for said in (message.ja, message.en)]
    return Text(*(fault[0] for fault in faults)) + more(len(faults[0]) - 1)


def title(file: PlanFile, style: Style) -> str:
    """Return the town, the plan and its file."""
    plan = file.plan
    return style.bold(f"{style.say(plan.municipality.name.text)} {plan.plan.title} ({file.name})")


def heading(plan: PlanAssessment, style: Style) -> Iterator[str]:
    """Yield the town, the counts, and the days that the judgement rests on."""
    yield title(plan.file, style)
    for text in (counted([plan.counts]), *days(plan)):
        yield from style.block(text, 2, 2)


def days(plan: PlanAssessment) -> Iterator[Text]:
    """Yield the days that a judgement rests on, and what was not read."""
    day, recorded = plan.lawbook.day, plan.file.plan.recorded
    known, shown = plan.lawbook.known_until, recorded.describe()
    rules = len(plan.lawbook.rules)
    yield Text(
        f"判定日 {day}  記載の時点 {shown.ja}  点検項目 {rules}件({known} 現在)",
        f"as of {day}  plan as of {shown.en}  {rules} rules, law of {known}",
    )
    if plan.alone:
        yield ALONE
    yield from _documents(plan.file)
    yield from _answers(plan)
    if recorded.earliest is not None and day < recorded.earliest:
        yield Text(
            "※ 判定日が記載の時点より前である",
            "! The day judged is before the day that the facts speak for",
        )
    if day > known:
        yield Text(
            f"※ {known} より後の法令や国の計画の改正は、まだ調べられていない",
            f"! What changed in the law and the national plan after {known} is not yet known here",
        )
    if plan.file.unread:
        unread = join(plan.file.unread_called)
        yield Text(
            f"※ 計画ファイルにない節(読んでいないものとして扱う): {unread.ja}",
            f"! Sections not in the plan file, taken as not read: {unread.en}",
        )
        reading = plan.file.plan.document
        if reading is not None and reading.read == "complete" and plan.file.document.raw is None:
            from dxrules.source.yaml_layout import one_line  # most plan files have all sections

            keys = (f"{key}: {one_line(empty_section(key))}" for key in plan.file.unread)
            yield _NOTHING_SAID.format(keys=join(map(same, keys)))


_NOTHING_SAID = Text(
    "※ 文書を全部読み、何も書かれていなかったのであれば、こう書く: {keys}",
    "! If all of the document was read, and it says nothing of these, write: {keys}",
)


def _answers(plan: PlanAssessment) -> Iterator[Text]:
    """Yield how much the town told since, and where the plan says otherwise."""
    answers = plan.file.plan.answers
    if not answers:
        return
    last = max(answers, key=lambda each: each.told.latest or date.min).told.describe()
    number = len(answers)
    yield Text(
        f"団体の回答 {number}件(最後は {last.ja})",
        f"{number} answers of the municipality, to {last.en}",
    )
    later = sum((each.told.earliest or date.min) > plan.lawbook.day for each in answers)
    if later:
        yield Text(
            f"※ 判定日より後の回答が{later}件ある",
            f"! {later} of them were given after the day judged",
        )
    from dxrules.plan.differing_answers import differing  # few plan files hold answers

    found = len([*differing(plan.file)])
    if found:
        yield Text(
            f"※ うち{found}件は計画の記載と違う(ANS-01)",
            f"! {found} of them contradict the plan (ANS-01)",
        )


def _documents(file: PlanFile) -> Iterator[Text]:
    """Yield what has to be known of the document judged: a draft, a joint plan, its layers."""
    about = file.plan.plan
    if number := len(doubts_of(file.document)):
        yield _UNCONFIRMED.format(number=str(number))
    if about.is_draft or about.status == "provisional":
        status = PLAN_STATUS[str(about.status)]
        yield Text(f"※ この計画は{status.ja}である", f"! This plan is a {status.en}")
    if about.joint:
        makers = (about.joint.by, *about.joint.members)
        names = join(same(visible(each)) for each in makers if each)
        yield Text(f"共同で策定した計画: {names.ja}", f"made together by: {names.en}")
    if about.documents:
        shown = join(
            same(f"{visible(each.title)} (") + DOCUMENT_KIND[each.kind] + same(")")
            for each in about.documents
        )
        yield Text(f"文書: {shown.ja}", f"documents: {shown.en}")


_BY_THEN = Text("→ その日までに: ", "→ By then: ")


def to_come_title(plan: PlanAssessment) -> Text:
    """Return the heading: up to which day rules that begin are named."""
    until, horizon = horizon_of(plan.file, plan.lawbook.day)
    if horizon == "period":
        return Text(
            f"今後適用(計画期間の末日 {until} までに始まる点検項目)",
            f"To come (rules that begin by {until}, the last day of the plan)",
        )
    return Text(f"今後適用({until} までに始まる点検項目)", f"To come (rules that begin by {until})")


def to_come(plan: PlanAssessment) -> Iterator[tuple[Text, Text, Text]]:
    """Yield of each such rule when and what it is, on what it rests, and what to do by then."""
    for rule in rules_to_come(plan):
        yield to_come_head(rule), basis(rule), _BY_THEN + rule.remedy_for()


def to_come_head(rule: Rule) -> Text:
    """Return the day of a rule, its id and its title."""
    since = rule.in_force.since
    return Text(f"{since}から ", f"from {since} ") + named(rule)
