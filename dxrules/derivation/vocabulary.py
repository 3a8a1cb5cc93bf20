"""The words that rules are written in: one table of kinds and their attributes.

The types of conditions, the engine's encoding and the reference page are made from it.
`reads` names the keys of the plan file that an attribute is drawn from; it finds the evidence.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from dxrules.derivation.area import AreaSubject
from dxrules.derivation.citation import CitationSubject
from dxrules.derivation.collection import TIER, CollectionSubject
from dxrules.derivation.declaration import DAYS, Attribute, Kind, Type
from dxrules.derivation.dependency import DeclaredSubject
from dxrules.derivation.indicator import IndicatorSubject
from dxrules.derivation.measure import MeasureSubject
from dxrules.derivation.passage import PassageSubject
from dxrules.derivation.provision import ProvisionSubject
from dxrules.derivation.standardization import StandardizationSubject
from dxrules.derivation.system import SystemSubject
from dxrules.plan.code_labels import (
    EXCEPTION,
    PLAN_STATUS,
    codes,
)
from dxrules.texts import Text

__all__ = ["DAYS", "SUBJECTS", "TIER", "VOCABULARY", "Attribute", "Kind", "Type"]

if TYPE_CHECKING:
    from collections.abc import Mapping

    from dxrules.derivation.subject import Subject

SUBJECTS: tuple[type[Subject], ...] = (
    ProvisionSubject,
    SystemSubject,
    StandardizationSubject,
    CollectionSubject,
    AreaSubject,
    IndicatorSubject,
    MeasureSubject,
    DeclaredSubject,
    CitationSubject,
    PassageSubject,
)


def _date(name: str, ja: str, en: str, *reads: str) -> Attribute:
    return Attribute(name, "date", Text(ja, en), reads)


def _number(name: str, ja: str, en: str, *reads: str, unit: Text | None = None) -> Attribute:
    return Attribute(name, "number", Text(ja, en), reads, unit=unit)


def _count(name: str, ja: str, en: str, *reads: str, unit: Text | None = None) -> Attribute:
    return Attribute(name, "number", Text(ja, en), reads, unit=unit, least=0)


def _truth(name: str, ja: str, en: str, *reads: str) -> Attribute:
    return Attribute(name, "truth", Text(ja, en), reads)


def _text(name: str, ja: str, en: str, *reads: str) -> Attribute:
    return Attribute(name, "text", Text(ja, en), reads)


def _code(name: str, ja: str, en: str, codes: Mapping[str, Text], *reads: str) -> Attribute:
    return Attribute(name, "code", Text(ja, en), reads, codes)


PERIOD_STATE = codes(
    not_begun=("まだ始まっていない", "not yet begun"),
    running=("期間中", "running"),
    ended=("既に終わった", "already ended"),
)
REST_EXCEPTION = {
    **{code: EXCEPTION[code] for code in ("transition-support", "migration-difficult")},
    **codes(
        both=("両方の例外", "exceptions of both kinds"),
        none=("例外でない業務がある", "one is no exception"),
    ),
}


def _kind(name: str, ja: str, en: str, one_per: Text, *attributes: Attribute) -> Kind:
    return Kind(name, Text(ja, en), one_per, {a.name: a for a in attributes})


_KINDS = (
    _kind(
        "plan",
        "計画",
        "plan",
        Text("計画", "plan"),
        _date("period_start", "計画期間の初日", "first day of the period", "period"),
        _date("period_end", "計画期間の末日", "last day of the period", "period"),
        _text(
            "no_period_reason",
            "期間を置かない理由",
            "reason for having no period",
            "no_period_because",
        ),
        _code(
            "period_state", "判定日と期間", "the day judged and the period", PERIOD_STATE, "period"
        ),
        _number("days_left", "期間の残り", "days left of the period", "period", unit=DAYS),
        _code("status", "案か策定済みか", "draft or established", PLAN_STATUS, "status"),
        _date(
            "made_on",
            "策定または最終改定の日",
            "day of establishment or last revision",
            "established",
            "revised",
        ),
        _text("author", "策定した主体", "body that made it", "author"),
        _text("cited_edition", "引用する国計画の版", "edition of the national plan cited", "cites"),
        _text(
            "edition_when_made",
            "策定時の国計画の版",
            "edition in force when made",
            "established",
            "revised",
        ),
        _text("edition_now", "判定日の国計画の版", "edition in force on the day judged"),
        _count(
            "lists_behind_when_made",
            "引用した版の後、策定時までに一覧が改められた回数",
            "times that the list was changed from the edition cited to when it was made",
            "cites",
        ),
        _count(
            "lists_behind",
            "引用した版の後、判定日までに一覧が改められた回数",
            "times that the list was changed from the edition cited to the day judged",
            "cites",
        ),
        _count(
            "misdated_citations",
            "日付が合わない引用の数",
            "citations whose date cannot be right",
            "cites",
        ),
        _text("misdated_names", "日付が合わない引用", "those citations", "cites"),
        _text("successor", "次期計画の記載", "what is said of a successor", "successor"),
        _count("measure_count", "取組の数", "number of measures", "measures"),
        _count(
            "finished_count", "済んだ取組の数", "number of measures that are finished", "measures"
        ),
        _truth(
            "measures_elsewhere",
            "取組を載せる既存の別文書",
            "another existing document holds the measures",
            "details_in",
        ),
        _truth(
            "claims_all_areas",
            "国の重点取組をすべて含むと述べる",
            "claims to hold all national items",
            "claims",
        ),
        _count(
            "uncovered_areas",
            "取組も済んだとの記載もない重点取組の数",
            "priority areas without a measure, and not stated as done",
            "measures",
        ),
        _text(
            "uncovered_names",
            "取組のない重点取組",
            "priority areas without a measure, by name",
            "measures",
        ),
        _truth(
            "claims_targets",
            "項目ごとに目標を置くと述べる",
            "claims to set targets for its items",
            "claims",
        ),
        _count(
            "untargeted_areas",
            "目標のない重点取組の数",
            "priority areas without a target",
            "indicators",
        ),
        _text(
            "untargeted_names",
            "目標のない重点取組",
            "priority areas without a target, by name",
            "indicators",
        ),
        _count(
            "outside_parent_days",
            "上位計画の期間をはみ出す日数",
            "days outside the parents' periods",
            "period",
            "parents",
            unit=DAYS,
        ),
        _text(
            "parent_exceeded", "はみ出した上位計画", "parent whose period is exceeded", "parents"
        ),
        _count(
            "unreported_results",
            "改定前に期限が来て結果のない取組の数",
            "measures due before the revision without a result",
            "revised",
            "measures",
        ),
        _text(
            "unreported_names", "結果のない取組", "measures without a result, by name", "measures"
        ),
        _count(
            "cycles",
            "循環する前提の組の数",
            "groups of measures that wait for each other",
            "measures",
        ),
        _text("cycle_path", "循環", "the cycles", "measures"),
        _count("prerequisites", "取組に書かれた前提の数", "prerequisites of measures", "measures"),
        _count(
            "last_targets_early",
            "最終目標を期間末より前に観測する指標の数",
            "indicators whose last target is observed before the period ends",
            "indicators",
        ),
        _text("last_targets_rows", "該当する指標", "those indicators", "indicators"),
        _count(
            "late_observations",
            "年度と観測時点がずれる指標の数",
            "indicators observed outside the year they are for",
            "indicators",
        ),
        _text("late_observation_rows", "該当する指標", "those indicators", "indicators"),
        _truth(
            "serves_as_data_plan",
            "官民データ活用推進計画を兼ねる",
            "serves as the public and private data plan",
            "serves_as",
        ),
        _truth(
            "serves_as_digital_use_plan",
            "デジタル活用推進計画を兼ねる",
            "serves as the digital use plan",
            "serves_as",
        ),
        _truth("published", "公表している", "published", "published"),
        _truth(
            "cites_prefecture", "都道府県の計画を挙げる", "names a plan of the prefecture", "cites"
        ),
        _count("indicator_count", "指標の数", "number of indicators", "indicators"),
    ),
)

_TABLE = {kind.name: kind for kind in _KINDS}
_DECLARED = {each.kind: each.declared for each in SUBJECTS if each.declared}
_ORDER = (
    *("plan", "provision", "standardization", "system", "collection", "area", "measure"),
    *("indicator", "dependency", "citation", "passage"),
)

VOCABULARY: Mapping[str, Kind] = {
    name: _DECLARED[name] if name in _DECLARED else _TABLE[name] for name in _ORDER
}
"""Every kind of fact, by name."""
