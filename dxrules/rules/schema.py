"""JSON Schema of a ruleset file: conditions are spelled out from the vocabulary."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from dxrules.derivation import VOCABULARY, Attribute
from dxrules.rules.condition import OPERATORS
from dxrules.rules.ruleset_models import RulesetFile
from dxrules.source.schema import json_schema
from dxrules.texts import Text


def ruleset_schema() -> dict[str, Any]:
    """Return the schema of a ruleset file."""
    schema = json_schema(RulesetFile, Text("dxrules 点検項目ファイル", "dxrules ruleset file"), {})
    definitions: dict[str, Any] = schema["$defs"]
    reference = {"$ref": "#/$defs/Condition"}
    definitions["Condition"] = _condition(reference)
    rule = definitions["RuleModel"]["properties"]
    for name in ("applies", "require"):
        rule[name] = reference | {"description": rule[name]["description"]}
    rule["subject"]["examples"] = list(VOCABULARY)
    return schema


def _condition(itself: Mapping[str, str]) -> dict[str, Any]:
    attributes: dict[str, list[tuple[str, Attribute]]] = {}
    for kind in VOCABULARY.values():
        for attribute in kind.attributes.values():
            attributes.setdefault(attribute.name, []).append((kind.name, attribute))
    return {
        "type": "object",
        "additionalProperties": False,
        "minProperties": 1,
        "properties": {
            "all": {"type": "array", "items": itself, "minItems": 1},
            "any": {"type": "array", "items": itself, "minItems": 1},
            "not": itself,
            **{name: _attribute(uses) for name, uses in attributes.items()},
        },
    }


def _attribute(uses: list[tuple[str, Attribute]]) -> dict[str, Any]:
    types = {attribute.type for _, attribute in uses}
    codes = sorted({code for _, attribute in uses for code in attribute.codes})
    operators = [name for name, o in OPERATORS.items() if types & set(o.types)]
    return {
        "description": "; ".join(f"{kind}: {a.label.ja} / {a.label.en}" for kind, a in uses),
        "type": "object",
        "additionalProperties": False,
        "properties": {name: _operand(name, codes) for name in operators},
    }


def _operand(operator: str, codes: list[str]) -> dict[str, Any]:
    if operator == "known":
        return {"enum": [True, False, "yes", "no"]}
    if operator in ("in", "not_in"):
        items = {"type": "array", "items": {"enum": codes}}
        return {"anyOf": [items, {"type": "string", "pattern": r"^\$"}]}
    if operator in ("is", "is_not") and codes:
        return {"anyOf": [{"enum": codes}, {"enum": [True, False, "yes", "no"]}]}
    return {"type": ["string", "integer", "boolean"]}
