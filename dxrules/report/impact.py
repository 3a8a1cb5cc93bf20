"""Report of `rules impact`, as text and as a page: the verdicts that change, town by town."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from itertools import groupby

from dxrules.assessment import Finding
from dxrules.keeper.attribution import EFFECTS, Effect, ShiftCause
from dxrules.keeper.comparison_side import Side
from dxrules.keeper.diff import Diff
from dxrules.keeper.impact import Impact, Shift, TownImpact
from dxrules.keeper.impact_bounds import bounds_of
from dxrules.report import impact_bounds
from dxrules.report.citations import named
from dxrules.report.how_to_write import How
from dxrules.report.html.environment import rendered_page
from dxrules.report.impact_bounds import bounds_lines
from dxrules.report.law_changes import in_short, side_text
from dxrules.report.piecewise import names_of
from dxrules.report.plan_header import engines, first_fault, title
from dxrules.report.shared_labels import OUTCOMES, SEVERITY_WORDS
from dxrules.report.table_cell import TableCell
from dxrules.report.tabular import Table, cells_of, column
from dxrules.report.terminal import Style
from dxrules.report.undetermined_rules import speaks_for_itself
from dxrules.rules import Outcome
from dxrules.texts import Text, in_brackets, join, same, shorten, some_of

EFFECT_WORDS: Mapping[Effect, Text] = {
    "error": Text("判定不能になる", "can no longer be judged"),
    "newly-failing": Text("新たに不適合", "newly failing"),
    "graver": Text("不適合が重くなる", "failing, and graver now"),
    "newly-unknown": Text("新たに要確認", "newly undetermined"),
    "waived": Text("承認済みの例外になる", "newly waived"),
    "less-grave": Text("不適合が軽くなる", "failing, but less grave now"),
    "newly-passing": Text("新たに適合", "newly passing"),
    "no-longer-applicable": Text("対象でなくなる", "no longer applicable"),
}

CAUSE_WORDS: Mapping[ShiftCause, Text] = {
    "law": Text("点検項目・参照データが変わった", "the law changed"),
    "town": Text(
        "計画の記載か団体の回答が変わった", "what the plan says or the municipality told changed"
    ),
    "time": Text(
        "日が経った(計画の策定・改定の日や期限との前後)",
        "time passed (with regard to the days of the plan and to deadlines)",
    ),
    "knowledge": Text(
        "改正がどこまで調べてあるか(判定日に届くかどうか)",
        "how far changes of the law are known (whether to the day judged)",
    ),
}

_CALLED = Text("点検項目の変更の影響: ", "Impact of the rules: ")
_OVER_TIME = Text("2つの時点の比較: ", "Compared over time: ")
SHIFT_COLUMNS = (
    column("変化", "change", 16, lambda shift: EFFECT_WORDS[shift.effect]),
    column("点検項目", "rule", 9, "finding.rule.id"),
    column("表題", "title", 30, "finding.rule.title"),
    column("対象", "subject", 26, "finding.label"),
)
"""Which verdict changes, and how."""
UNCHANGED = Text("判定は変わらない。", "No verdict changes.")
_UNREAD_THEN = Text(
    "※ 古いパケットでは読めず、判定していない: ",
    "! In the old packet it could not be read, and was not judged: ",
)
_UNREAD_NOW = Text(
    "※ 新しいパケットでは読めず、判定していない: ",
    "! In the new packet it could not be read, and was not judged: ",
)
_SHOWN_LABELS = 8


def rows(impact: Impact) -> Table:
    """Return a row per verdict that changes, below what has to be known of the comparison.

    A plan that one side lacks has a row that says so.
    """
    found: list[tuple[TableCell, ...]] = [
        (None, None, _NOT_WHOLE, *_NOTHING_MORE, first_fault(doubt)) for doubt in impact.doubts
    ]
    for town in impact.towns:
        said = town.file.plan.municipality
        named = said.code, said.name.text
        if town.before is None or town.after is None:
            rest = remarks_on(town, impact)
            found += [(*named, _REMARK, *_NOTHING_MORE, remark) for remark in rest]
        found += [(*named, *cells_of(shift, _OF_A_SHIFT)) for shift in town.shifts]
    return Table(impact_title(impact), impact.days[1], _COLUMNS, tuple(found))


_NOT_WHOLE = Text("※ 比較の限り", "! Limits of the comparison")
_REMARK = Text("※ 備考", "! Remark")
_NOTHING_MORE = (None,) * 6


def causes_of(shift: Shift) -> Text:
    """Return what changed a verdict."""
    return join(CAUSE_WORDS[cause] for cause in shift.causes)


_OF_A_SHIFT = (
    *SHIFT_COLUMNS,
    column("前", "before", 14, lambda shift: shift.before and outcome_of(shift.before)),
    column("後", "after", 14, lambda shift: shift.after and outcome_of(shift.after)),
    column("変わった訳", "cause", 26, causes_of),
    column("理由", "why", 46, lambda shift: shift.after and shift.after.message),
)
_COLUMNS = (
    column("団体コード", "code", 9),
    column("団体", "municipality", 14),
    *_OF_A_SHIFT,
)


def by_cause(impact: Impact) -> Mapping[ShiftCause, Counter[Effect]]:
    """Return what each cause did; a verdict that two of them changed counts for both."""
    found: dict[ShiftCause, Counter[Effect]] = {cause: Counter() for cause in CAUSE_WORDS}
    for town in impact.towns:
        for shift in town.shifts:
            for cause in shift.causes:
                found[cause][shift.effect] += 1
    return {cause: counts for cause, counts in found.items() if counts}


def _in_figures(impact: Impact) -> Text:
    """Return how many verdicts each cause changed."""
    number = sum(len(town.shifts) for town in impact.towns)
    each = join(
        CAUSE_WORDS[c] + same(f" {counts.total()}") for c, counts in by_cause(impact).items()
    )
    return (
        Text(
            f"変わった判定 {number}件: ", f"{number} verdict{'' if number == 1 else 's'} changed: "
        )
        + each
    )


def text(impact: Impact, how: How) -> list[str]:
    """Return what a change does to plans, line by line."""
    style = how.style
    lines = [*engines(how.alone, style)]
    for doubt in impact.doubts:
        lines += style.block(same("※ ") + first_fault(doubt), 0, 2)
    lines += style.block(style.bold(impact_title(impact)), 0, 2)
    remarks = [remark for town in impact.towns for remark in remarks_on(town, impact)]
    if len(impact.towns) > 1 and remarks == [UNCHANGED] * len(impact.towns):
        return [*lines, "", style.say(_none(len(impact.towns)))]
    if len(impact.towns) > 1:
        lines += ["", *_summary(impact, style)]
    found = bounds_of(impact)
    if found is not None and len(impact.towns) > 1:
        lines += ["", *bounds_lines(found, style)]
    if any(town.shifts for town in impact.towns):
        lines += ["", *style.block(_in_figures(impact), 0, 2)]
    for town in impact.towns:
        lines += ["", title(town.file, style), *town_lines(town, impact, style)]
    return lines


def _none(towns: int) -> Text:
    return Text(
        f"{towns}団体とも、判定は変わらない。",
        f"No verdict of these {towns} municipalities changes.",
    )


def impact_title(impact: Impact) -> Text:
    """Return what is compared with what."""
    called = _OVER_TIME if impact.between_packets else _CALLED
    diff, (first, last) = impact.diff, impact.days
    old, new = side_text(diff.old), side_text(diff.new)
    shown = called + old + same(" → ") + new
    if first == last and str(last) not in diff.new.name:
        shown += Text(f"(判定日 {last})", f" (as of {last})")
    return shown


def _summary(impact: Impact, style: Style) -> list[str]:
    """Return how many verdicts change, by town."""
    effects = [e for e in EFFECTS if any(town.counts[e] for town in impact.towns)]
    rows = [
        [name, *(town.counts[e] or "" for e in effects)]
        for name, town in zip(names_of(impact.towns), impact.towns, strict=True)
    ]
    heads = [Text("団体", "municipality"), *(EFFECT_WORDS[effect] for effect in effects)]
    return style.table(rows, heads).split("\n")


def town_lines(town: TownImpact, impact: Impact, style: Style) -> Iterator[str]:
    """Yield the verdicts of a plan that change, and what has to be known beside them."""
    for remark in remarks_on(town, impact):
        yield from style.block(remark, 2, 2)
    for effect, shifts in groupby(town.shifts, key=lambda shift: shift.effect):
        found = list(shifts)
        yield f"  ■ {style.say(EFFECT_WORDS[effect])} ({len(found)})"
        for group in _alike(found):
            yield from _group(group, impact.diff, style)


def remarks_on(town: TownImpact, impact: Impact) -> Iterator[Text]:
    """Yield what has to be known of a plan beside its verdicts: on which side it is missing."""
    if town.unread is not None:
        yield (_UNREAD_THEN if town.before is None else _UNREAD_NOW) + first_fault(town.unread)
    elif town.before is None:
        yield _not_there(impact, impact.diff.old)
    elif town.after is None:
        yield _not_there(impact, impact.diff.new)
    elif not town.shifts:
        yield UNCHANGED
    recorded = town.file.plan.recorded
    if recorded.earliest is not None and impact.days[0] < recorded.earliest:
        shown = recorded.describe()
        yield Text(
            f"※ {impact.days[0]} は、計画の内容の時点({shown.ja})より前である",
            f"! {impact.days[0]} is before the day that the facts speak for ({shown.en})",
        )


def _not_there(impact: Impact, side: Side) -> Text:
    if side.revision is None and not impact.between_packets:
        return Text("※ 計画のファイルは今はない", "! The plan's file is not there now")
    name = shorten(side.name if side.revision is None else side.revision.name)
    return Text(f"※ 計画は {name} にはない", f"! There is no such plan in {name}")


def _alike(shifts: Sequence[Shift]) -> list[list[Shift]]:
    """Put together what one rule says of several subjects in the same way, and why."""
    groups: dict[tuple[object, ...], list[Shift]] = {}
    for shift in shifts:
        went = outcome_of(shift.before), outcome_of(shift.after)
        key = (shift.finding.rule.id, *went, shift.causes, tuple(map(id, shift.changes)))
        groups.setdefault(key, []).append(shift)
    return [*groups.values()]


def _group(group: Sequence[Shift], diff: Diff, style: Style) -> Iterator[str]:
    first = group[0]
    went = same(": ") + outcome_of(first.before) + same(" → ") + outcome_of(first.after)
    yield from style.block(named(first.finding.rule) + _which(group) + went, 4, 2)
    for text in _said(group):
        yield from style.block(text, 6)
    yield from style.block("← " + style.say(causes_of(first)), 6, 2)
    for text in in_short(first.changes, diff):
        yield from style.block(text, 8, 2)


def outcome_of(finding: Finding | None) -> Text:
    """Return how a finding came out; a dash where there is none."""
    if finding is None:
        return same("－")
    word = OUTCOMES[finding.outcome]
    if finding.outcome is not Outcome.FAIL:
        return word
    grave = SEVERITY_WORDS[finding.severity]
    return word + in_brackets(grave)


def _which(group: Sequence[Shift]) -> Text:
    """Return which subject it is, or how many there are; nothing if the rule has but one."""
    if len(group) > 1:
        return same(f" ×{len(group)}")
    finding = group[0].finding
    return same("") if speaks_for_itself(finding) else same(" [") + finding.label + same("]")


def _said(group: Sequence[Shift]) -> Iterator[Text]:
    """Yield what is said now of the one subject, or which subjects there are."""
    labels = [shift.finding.label for shift in group]
    if len(group) > 1:
        yield some_of(labels, _SHOWN_LABELS)
    elif group[0].after:
        yield group[0].after.message


FEW = 30
"""Up to so many towns have a section each, open, whether anything changed or not."""
MOST_SHIFTS = 5_000
"""Changes that a page lists: some four megabytes of it."""

_LEFT_OUT = Text(
    "変化の多い{shown}団体の内訳を示した。ほかの{left}団体は一覧に件数だけを示す"
    "(すべての内訳は --output impact.csv)",
    "The changes of {shown} towns are listed, of those with most; of {left} more the list of towns "
    "has their number (--output impact.csv holds all)",
)


def listed_towns(impact: Impact) -> tuple[dict[int, TownImpact], int]:
    """Return the towns whose changes are listed, by their numbers, and how many more have some.

    Of many towns those without any have no section, and those with most come first.
    """
    numbered = dict(enumerate(impact.towns, 1))
    if len(numbered) <= FEW:
        return numbered, 0
    changed = {number: town for number, town in numbered.items() if town.shifts}
    room, shown = MOST_SHIFTS, set[int]()
    for number in sorted(changed, key=lambda each: (-len(changed[each].shifts), each)):
        room -= len(changed[number].shifts)
        if room < 0 and shown:
            break
        shown.add(number)
    return {n: town for n, town in changed.items() if n in shown}, len(changed) - len(shown)


def write_html(impact: Impact, how: How) -> bytes:
    """Return the page as UTF-8."""
    sections, left = listed_towns(impact)
    effects = [each for each in EFFECTS if any(town.counts[each] for town in impact.towns)]
    return rendered_page(
        "impact.html",
        how,
        impact=impact,
        title=impact_title(impact),
        effects=effects,
        sections=sections,
        folded=len(impact.towns) > FEW,
        left_out=_LEFT_OUT.format(shown=len(sections), left=left) if left else None,
        causes=[
            (CAUSE_WORDS[cause], [numbers[effect] for effect in effects])
            for cause, numbers in by_cause(impact).items()
        ],
        remarks=(),
        EFFECT_WORDS=EFFECT_WORDS,
        UNCHANGED=UNCHANGED,
        bounds=bounds_of(impact) if len(impact.towns) > 1 else None,
        words=impact_bounds,
        causes_of=causes_of,
        first_fault=first_fault,
        in_short=in_short,
        outcome_of=outcome_of,
        remarks_on=remarks_on,
    )
