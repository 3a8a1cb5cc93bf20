"""Test files: a plan, whole or in part, a day, and what the rules must say of it.

    format: dxrules/test/1
    plan: ../../facts/34545-jinsekikogen.yaml       # of every case that names no plan itself
    cases:
      - name: {ja: 特定移行支援システムは期限の後でもよい, en: A designated system may be late}
        as_of: 2026-11-20
        expect:
          - {rule: STD-02, key: [family-register], outcome: pass}
          - {rule: STD-02, outcome: not_applicable}   # all subjects of the rule not named above

`plan` is the path of a plan file, seen from the test file, or sections of a plan, written as in a
plan file. Of such a part only what the case is about has to be stated: the sections left out have
not been read (what the plan says of itself under `plan` always has), the town is one without a
name, and the facts speak for the day judged unless `recorded` says otherwise. `prefecture` tells
whose rules bind that town beside the nation's.

An expectation without `key` speaks for every subject of its rule that no other one names. Beside
the outcomes of findings there are `not_in_force` (announced, and not in force on that day),
`absent` (not announced by then, or of another prefecture) and `any` (it does not matter here).
`severity` and `message` (a part of it, in either language) are compared where they are stated.

`scope` names the rules of which every concern is stated: whatever else a rule of the scope finds,
other than `pass` and `not_applicable`, is unexpected. It holds ids of rules and of rulesets, or is
`all`; the rules that are expected to say something always belong to it.
"""

from __future__ import annotations

from typing import Any, Literal

from dxrules.plan.schema import plan_schema
from dxrules.reference import Reference
from dxrules.rules.rule import Severity
from dxrules.source import Strict, field
from dxrules.source.schema import json_schema
from dxrules.source.types import JudgedDay, Line
from dxrules.texts import Text

Expected = Literal[
    "pass", "fail", "unknown", "not_applicable", "waived", "not_in_force", "absent", "any"
]


FORMAT: Literal["dxrules/test/1"] = "dxrules/test/1"


class ExpectationModel(Strict):
    """What a rule must say."""

    rule: Line = field("点検項目のid", "rule", example="STD-02")
    key: Line | tuple[Line, ...] | None = field(
        "対象のキー(省略時は、ほかで挙げていない対象のすべて)",
        "key of the subject, or keys; left out: every subject not named otherwise",
        None,
        "family-register",
    )
    outcome: Expected = field(
        "期待する結果。not_in_force: 公表済みだが適用期間外、absent: その日の町の点検項目にない、"
        "any: 問わない",
        "expected; not_in_force: announced, not in force; absent: no rule of that town and day; "
        "any: it does not matter",
        example="fail",
    )
    severity: Severity | None = field("重大度", "severity", None)
    message: Line | None = field("文の一部(どちらかの言語)", "part of the message", None)


class CaseModel(Strict):
    """A case as it is written."""

    name: Text | Line = field("何を確かめるか", "what it shows")
    plan: Line | dict[str, Any] | None = field(
        "計画ファイル(このファイルから見たパス)か、計画の一部",
        "path of a plan file, seen from this one, or a part of a plan",
        None,
        "../../facts/34545-jinsekikogen.yaml",
    )
    prefecture: Line | None = field(
        "計画の一部を、どの都道府県の町のものとするか(2桁)",
        "prefecture of the town that a part of a plan is of (two digits)",
        None,
        '"34"',
    )
    as_of: JudgedDay = field("判定日", "the day judged", example="2026-11-20")
    scope: Literal["all"] | tuple[Line, ...] = field(
        "指摘をすべて挙げた点検項目(点検項目か点検項目集のid、すべてなら all)",
        "rules of which every concern is stated: ids of rules and rulesets, or all",
        (),
        "[STD-03, national/el-qr]",
    )
    expect: tuple[ExpectationModel, ...] = field("期待する結果", "expectations", ())


class CaseFile(Strict):
    """A test file."""

    format: Literal["dxrules/test/1"] = field("形式", "format")
    plan: Line | dict[str, Any] | None = field(
        "plan を書かない事例の計画", "plan of the cases that name none", None
    )
    cases: tuple[CaseModel, ...] = field("事例", "cases")


_FILLED_IN = {"municipality": "Municipality", "plan": "About"}
_PART = "PartOfPlan"


def case_schema(reference: Reference) -> dict[str, Any]:
    """Return the schema, with the ids of the reference data as enumerations."""
    schema = json_schema(CaseFile, Text("dxrules テストファイル", "dxrules test file"), {})
    definitions = schema["$defs"] | _part(plan_schema(reference))
    for holder in (schema, definitions["CaseModel"]):
        plan = holder["properties"]["plan"]
        path = next(each for each in plan["anyOf"] if "string" in each["type"])
        holder["properties"]["plan"] = plan | {
            "anyOf": [path | {"type": "string"}, {"$ref": f"#/$defs/{_PART}"}]
        }
    return schema | {"$defs": definitions}


def _part(whole: dict[str, Any]) -> dict[str, Any]:
    """Return the definitions of a plan, and of a part of one."""
    definitions: dict[str, Any] = whole["$defs"]
    properties = dict(whole["properties"])
    for section, name in _FILLED_IN.items():
        filled_in = {key: each for key, each in definitions[name].items() if key != "required"}
        definitions[f"{_PART}{name}"] = filled_in
        properties[section] = properties[section] | {"$ref": f"#/$defs/{_PART}{name}"}
    part = {"type": "object", "additionalProperties": False, "properties": properties}
    return definitions | {_PART: part}
