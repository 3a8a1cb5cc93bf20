"""JSON Schema of a test file; a part of a plan is one of which nothing has to be stated."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from dxrules.keeper.case_models import CaseFile
from dxrules.plan.schema import plan_schema
from dxrules.source.schema import json_schema
from dxrules.texts import Text

if TYPE_CHECKING:
    from dxrules.reference import Reference

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
