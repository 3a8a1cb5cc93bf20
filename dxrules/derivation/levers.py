"""How a town can change what its plan says of an attribute, if it can: the vocabulary of remedies.

What the nation fixed, what follows from time alone and what only names something has no lever.
A change is either decided (from now on), or states what is so already: nobody is told to state
what may not be true.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from dxrules.derivation.declaration import By, Lever
from dxrules.derivation.vocabulary import VOCABULARY
from dxrules.texts import Text

__all__ = ["BY_LABELS", "LEVERS", "By", "Lever"]

if TYPE_CHECKING:
    from collections.abc import Mapping

BY_LABELS: Mapping[By, Text] = {
    "decide": Text("自ら決める", "decided by the town"),
    "state": Text("事実なら書く", "stated if it is so"),
}


def _lever(
    by: By,
    words: tuple[str, str],
    to: tuple[str, ...],
    within: tuple[str, str] | None,
    implies: Mapping[str, str] | None,
) -> tuple[Lever, ...]:
    bounded = None if within is None else Text(*within)
    return (Lever(by, Text(*words), to, bounded, tuple((implies or {}).items())),)


def _decide(
    ja: str,
    en: str,
    *to: str,
    within: tuple[str, str] | None = None,
    implies: Mapping[str, str] | None = None,
) -> tuple[Lever, ...]:
    return _lever("decide", (ja, en), to, within, implies)


def _state(
    ja: str,
    en: str,
    *to: str,
    within: tuple[str, str] | None = None,
    implies: Mapping[str, str] | None = None,
) -> tuple[Lever, ...]:
    return _lever("state", (ja, en), to, within, implies)


_FIXED: tuple[Lever, ...] = ()
_PERIOD_START = _decide("計画期間の初日を書く", "state the first day of the period")
_PERIOD_END = _decide(
    "計画期間の末日を書く",
    "state the last day of the period",
    within=("計画期間の末日を{value}とする", "let the period end {value}"),
)
_IN_PLACE = {"status": "in-place", "in_place": "yes", "provided_for": "yes"}
_BY_THE_GUIDELINE = (
    "最新のガイドラインに照らして見直し、その日を書く",
    "review it by the newest guideline and state the day",
)
_STARTED = {"status": "started", "started": "yes"}
_TO_START = {"status": "planned"}
_OVERDUE = _decide("新たな期限を決めて書く", "decide on a new due day and state it")
_FINISHED_WITHIN = ("移行を{value}に終える", "finish the migration {value}")
_DESIGNATED = Text(
    "残る業務がどれも例外(特定移行支援システム等)に当たるなら、業務ごとにそれを書く",
    "if every task outstanding is a designated exception, state so for each",
)

_TABLE: Mapping[str, Mapping[str, tuple[Lever, ...]]] = {
    "plan": {
        "period_start": _PERIOD_START,
        "period_end": _PERIOD_END,
        "no_period_reason": _state(
            "計画期間を置かない理由があれば、それを書く",
            "if there is a reason for having no period, state it",
        ),
        "period_state": _FIXED,
        "days_left": _FIXED,
        "status": _state(
            "策定済みであれば、そう書く", "if it has been established, say so", "established"
        ),
        "made_on": _state(
            "策定(又は最終改定)の日を書く",
            "state the day on which it was established or last revised",
        ),
        "author": _state("策定した主体を書く", "state the body that made it"),
        "cited_edition": _decide(
            "踏まえる国の計画の版を書く", "state the edition of the national plan that it rests on"
        ),
        "edition_when_made": _FIXED,
        "edition_now": _FIXED,
        "lists_behind_when_made": _decide(
            "次の改定で、その時の国の計画の重点取組事項に合わせる",
            "revise the plan by the national list of items of that time",
        ),
        "lists_behind": _decide(
            "国の計画の最新の重点取組事項と照らして、計画を改定する",
            "revise the plan by the newest national list of items",
        ),
        "misdated_citations": _decide(
            "引用した文書の版と日付を確かめて直す",
            "check and correct edition and date of the documents cited",
        ),
        "misdated_names": _FIXED,
        "successor": _decide(
            "次期計画をいつ、どのように策定するかを決めて書く",
            "decide when and how its successor is made and state it",
        ),
        "measure_count": _decide(
            "これから行う取組を決めて書く",
            "decide on measures still to be worked on and state them",
        ),
        "finished_count": _state(
            "済んだ取組があれば、それを書く", "if measures are finished, state them"
        ),
        "measures_elsewhere": _state(
            "取組を載せた文書が既にあれば、それを挙げる",
            "if another document holds the measures already, name it",
            "yes",
        ),
        "claims_all_areas": _decide(
            "国の重点取組をすべて含むとの記載を改める",
            "correct the claim to hold all national items",
            "no",
        ),
        "uncovered_areas": _decide(
            "取組も済んだとの記載もない重点取組のそれぞれに、自らの取組を決めて書く",
            "decide on a measure for each priority area without one and state it",
        ),
        "uncovered_names": _FIXED,
        "claims_targets": _decide(
            "項目ごとに目標を置くとの記載を改める",
            "correct the claim to set targets for its items",
            "no",
        ),
        "untargeted_areas": _decide(
            "目標のない重点取組のそれぞれに、基準値と目標値のある指標を置く",
            "set an indicator with a baseline and a target for each priority area without one",
        ),
        "untargeted_names": _FIXED,
        "outside_parent_days": _decide(
            "計画期間を上位計画の期間に合わせる", "fit the period to that of the parent plan"
        ),
        "parent_exceeded": _FIXED,
        "unreported_results": _decide(
            "改定の時点で済んでいたかどうかを、取組ごとに書く",
            "state of each of them whether it was done by the revision",
        ),
        "unreported_names": _FIXED,
        "cycles": _decide(
            "循環の中の前提を外すか、取組を分ける",
            "drop a prerequisite of each cycle, or split a measure",
        ),
        "cycle_path": _FIXED,
        "prerequisites": _FIXED,
        "last_targets_early": _decide(
            "最終目標を計画期間の末日に観測すると決めて書く",
            "decide to observe the last targets at the end of the period and say so",
        ),
        "last_targets_rows": _FIXED,
        "late_observations": _decide(
            "目標の年度に観測すると決めて書く",
            "decide to observe each target in the year that it is for and say so",
        ),
        "late_observation_rows": _FIXED,
        "serves_as_data_plan": _decide(
            "官民データ活用推進計画を兼ねると決めて書く",
            "decide that it serves as the public and private data plan and say so",
            "yes",
        ),
        "serves_as_digital_use_plan": _decide(
            "デジタル活用推進計画を兼ねると決めて書く",
            "decide that it serves as the digital use plan and say so",
            "yes",
        ),
        "published": _decide("計画を公表し、そう書く", "publish the plan and say so", "yes"),
        "cites_prefecture": _decide(
            "都道府県の計画を勘案し、その名称を書く",
            "take the prefecture's plan into account and name it",
            "yes",
        ),
        "indicator_count": _decide("目標値のある指標を置く", "set indicators that have targets"),
    },
}

LEVERS: Mapping[str, Mapping[str, tuple[Lever, ...]]] = {
    kind.name: _TABLE.get(kind.name) or {a.name: a.levers for a in kind.attributes.values()}
    for kind in VOCABULARY.values()
}
"""The levers of each attribute, by kind and name; none where nobody can change it."""
