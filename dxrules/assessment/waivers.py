"""Waivers: findings that somebody with the authority to do so has accepted."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from datetime import date
from itertools import islice

from dxrules.assessment.finding import Finding
from dxrules.errors import Place
from dxrules.frozen import frozen
from dxrules.plan import PlanFile
from dxrules.plan.far_dates import later
from dxrules.plan.models import Waiver
from dxrules.reference import Source
from dxrules.rules import Lawbook, Outcome, Rule, Ruleset
from dxrules.rules.condition import All
from dxrules.rules.rule import InForce
from dxrules.source import did_you_mean
from dxrules.texts import Text, join, same

_Waivable = Mapping[str, Mapping[tuple[str, str], Sequence[int]]]

LONGEST = 5
"""Years for which a waiver can be granted, a yardstick of this tool: as long as most plans run."""
_SHOWN = 6
_OPEN_TO = Text("この点検項目の指摘があるのは: {subjects}", "What this rule does find: {subjects}")
_SINCE = date(2020, 12, 25)
_SOURCE = Source.model_construct(  # to validate what stands here takes as long as a plan
    title=Text("計画ファイルの例外の記載", "the waivers of the plan file"),
    kind="principle",
    verified="primary",
)


@frozen
class _Fault:
    title: Text
    message: Text
    remedy: Text


_FAULTS = {
    "WVR-01": _Fault(
        Text("期限切れの例外", "Expired waiver"),
        Text("{rule} の例外は {until} で切れている", "The waiver of {rule} expired on {until}"),
        Text("更新するか、削除する", "Renew it or delete it"),
    ),
    "WVR-02": _Fault(
        Text("まだ始まらない例外", "Waiver not yet valid"),
        Text("{rule} の例外は {since} からである", "The waiver of {rule} holds from {since} on"),
        Text("開始日を確かめる", "Check the day on which it starts"),
    ),
    "WVR-03": _Fault(
        Text("使われない例外", "Unused waiver"),
        Text(
            "{rule} の例外が当たる指摘がない({key})",
            "The waiver of {rule} meets no finding ({key})",
        ),
        Text("対象のキーを確かめるか、削除する", "Check the key, or delete it"),
    ),
    "WVR-04": _Fault(
        Text("知らない点検項目の例外", "Waiver of an unknown rule"),
        Text("{rule} という点検項目はない", "There is no rule {rule}"),
        Text("`dxrules rules list` でidを確かめる", "Look the id up with `dxrules rules list`"),
    ),
    "WVR-05": _Fault(
        Text("重なる例外", "Overlapping waivers"),
        Text(
            "{rule} の例外({key})は、{earlier} の例外と同じ指摘についてのもので、期間が重なる",
            "The waiver of {rule} ({key}) is for the same finding as that at {earlier}, "
            "and at the same time",
        ),
        Text(
            "一方を削除するか、期間が重ならないようにする",
            "Delete one of them, or let one end before the other begins",
        ),
    ),
    "WVR-06": _Fault(
        Text("長すぎる例外", "Waiver for too long"),
        Text(
            f"{{rule}} の例外は {{since}} から {{until}} までで、{LONGEST}年を超える"
            "(本ツールの基準)ので、認めない",
            f"The waiver of {{rule}}, from {{since}} until {{until}}, is longer than {LONGEST} "
            "years (a yardstick of this tool) and does not hold",
        ),
        Text(
            f"期限を{LONGEST}年以内とし、必要ならその時に更新する",
            f"Let it end within {LONGEST} years, and renew it then if need be",
        ),
    ),
}


def apply_waivers(
    findings: list[Finding], file: PlanFile, lawbook: Lawbook, *, use: bool = True
) -> list[Finding]:
    """Turn what is validly waived into `waived`, and find fault with waivers that are not valid.

    With `use=False` the plan is shown without its waivers.
    """
    if not use or not file.plan.waivers:
        return findings
    result = list(findings)
    waived: dict[int, Place] = {}
    open_to = _waivable(findings)
    for position, waiver in enumerate(file.plan.waivers):
        place = file.place(("waivers", position))
        met = _met(waiver, open_to, lawbook)
        early_or_late = _fault_of_days(waiver, lawbook)
        of_term = _fault_of_term(waiver)
        of_subject = _fault_of_subject(waiver, lawbook, early_or_late, met=bool(met))
        faults = [early_or_late, of_subject, of_term]
        holds = early_or_late is None and of_term is None
        earlier = next((waived[n] for n in met if n in waived), place)
        if holds and earlier is not place:
            faults.append("WVR-05")
        elif holds:
            for n in met:
                result[n] = result[n].waived(waiver)
                waived[n] = place
        hint = _hint(of_subject, waiver, open_to, lawbook)
        for fault in faults:
            if fault:
                said = hint if fault == of_subject else None
                result.append(_finding(fault, waiver, place, earlier, said))
    return result


def _hint(fault: str | None, waiver: Waiver, open_to: _Waivable, lawbook: Lawbook) -> Text | None:
    """Return what may have been meant: a rule of a like name, or what the rule does find."""
    if fault == "WVR-04":
        return did_you_mean(waiver.rule, [r.id for r in (*lawbook.rules, *lawbook.not_in_force)])
    if fault != "WVR-03":
        return None
    rule = lawbook.rule(waiver.rule)
    subjects = [*islice(open_to.get(rule.id, ()) if rule else (), _SHOWN)]
    if not subjects:
        return None
    return _OPEN_TO.format(subjects=join(same(f"{kind} {key}") for kind, key in subjects))


def _waivable(findings: list[Finding]) -> _Waivable:
    """Return where findings stand that a waiver can meet, by rule, then by kind and key."""
    found: defaultdict[str, defaultdict[tuple[str, str], list[int]]]
    found = defaultdict(lambda: defaultdict(list))
    for position, finding in enumerate(findings):
        if finding.outcome in (Outcome.FAIL, Outcome.UNKNOWN):
            found[finding.rule.id][finding.kind, finding.key].append(position)
    return found


def _fault_of_term(waiver: Waiver) -> str | None:
    """Return the fault of a waiver that holds for too long, counted from when it surely holds."""
    first, last = waiver.since.latest, waiver.until.latest
    return "WVR-06" if first and last and last >= later(first, LONGEST) else None


def _fault_of_days(waiver: Waiver, lawbook: Lawbook) -> str | None:
    day = lawbook.day.toordinal()
    if waiver.until.range.below(day):
        return "WVR-01"
    return None if waiver.since.range.at_most(day) else "WVR-02"


def _fault_of_subject(
    waiver: Waiver, lawbook: Lawbook, early_or_late: str | None, *, met: bool
) -> str | None:
    """Return the fault of what is waived; what a later waiver will meet cannot be told yet."""
    rule = lawbook.rule(waiver.rule)
    if rule is None:
        return "WVR-04"
    if met or (early_or_late == "WVR-02" and waiver.kind == rule.kind):
        return None
    return "WVR-03"


def _met(waiver: Waiver, open_to: _Waivable, lawbook: Lawbook) -> Sequence[int]:
    """Return where the findings stand that a waiver meets."""
    rule = lawbook.rule(waiver.rule)
    return open_to.get(rule.id, {}).get((waiver.kind, waiver.key), ()) if rule else ()


def _finding(
    rule_id: str, waiver: Waiver, place: Place, earlier: Place, hint: Text | None
) -> Finding:
    rule = _RULES[rule_id]
    after = same("") if hint is None else Text("。", ". ") + hint
    return Finding(
        rule=rule,
        kind="waiver",
        key=waiver.key,
        label=same(f"{waiver.rule} {waiver.kind} {waiver.key}"),
        area=None,
        outcome=Outcome.FAIL,
        severity="warning",
        message=rule.message.format(
            rule=waiver.rule,
            key=f"{waiver.kind} {waiver.key}",
            since=waiver.since.describe(),
            until=waiver.until.describe(),
            earlier=same(earlier.short),
        )
        + after,
        place=place,
    )


def _rule(rule_id: str, fault: _Fault) -> Rule:
    return Rule(
        id=rule_id,
        ruleset="waivers",
        title=fault.title,
        about="plan",
        strength="consistency",
        severity="warning",
        source=_SOURCE,
        source_key="waivers",
        in_force=InForce(_SINCE, _SINCE),
        kind="waiver",
        require=All(()),
        message=fault.message,
        remedy=fault.remedy,
        place=Place("waivers", 1, 1),
    )


_RULES = {rule_id: _rule(rule_id, fault) for rule_id, fault in _FAULTS.items()}

WAIVERS = Ruleset.built_in("waivers", Text("例外", "Waivers"), *_RULES.values())
"""The rules about waivers themselves."""
