"""JSON Schema of a model, for what an editor sees.

The reader takes every scalar as text; an editor reads `17` as a number and `yes`, depending on
its version of YAML, as text or as a truth value. The schema accepts either.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING, Any

from dxrules.source.read import from_text
from dxrules.texts import Text

if TYPE_CHECKING:
    from pydantic import BaseModel

Names = Mapping[str, Mapping[str, Text]]
"""By reference list, its ids and their names."""
CodeLabelsAt = Callable[[tuple[str, ...]], Mapping[str, Text]]

DIALECT = "https://json-schema.org/draft/2020-12/schema"

_YES = frozenset({"yes", "true"})
_YES_OR_NO = [True, False, "yes", "no", "Yes", "No", "YES", "NO", "true", "false"]
_OPEN: dict[str, dict[str, Any]] = {
    "integer": {
        "type": ["integer", "string"],
        "pattern": "^[0-9０-９][0-9０-９,，]*$",
        "patternErrorMessage": "整数を書いてください。 / A whole number is expected here.",
    },
    "string": {"type": ["string", "number", "boolean"]},
}


def json_schema(
    model: type[BaseModel],
    title: Text,
    ids: Names,
    words: CodeLabelsAt | None = None,
) -> dict[str, Any]:
    """Return the schema; `ids` gives, by list, each id with its name, `words` those of codes."""
    schema = model.model_json_schema(by_alias=True)
    definitions = {name: _node(node, ids) for name, node in schema.pop("$defs", {}).items()}
    top = {
        "$schema": DIALECT,
        **_name(schema),
        "title": f"{title.ja} / {title.en}",
        "$defs": definitions,
    }
    whole = top | _node(schema, ids)
    if words is not None:
        _describe(whole, words)
    return whole


def _name(schema: dict[str, Any]) -> dict[str, str]:
    """Return the name of a schema, by the format that its files state; nothing without one."""
    form = schema["properties"].get("format", {}).get("const")
    return {} if form is None else {"$id": f"urn:{form.replace('/', ':')}"}


def _describe(node: Any, words: CodeLabelsAt) -> None:
    """Add to each list of codes what they are called."""
    for each in node.values() if isinstance(node, dict) else node:
        if isinstance(each, dict | list):
            _describe(each, words)
    if isinstance(node, dict) and isinstance(node.get("enum"), list) and len(node["enum"]) > 1:
        _name_codes(node, words)


def _name_codes(node: dict[str, Any], words: CodeLabelsAt) -> None:
    codes = node["enum"]
    if "enumDescriptions" in node:
        return
    if codes == _YES_OR_NO:
        names = words(("yes", "no"))
        said = [names["yes" if str(code).lower() in _YES else "no"] for code in codes]
    else:
        plain = tuple(code for code in codes if isinstance(code, str))
        names = words(plain)
        said = [names[code if isinstance(code, str) else "yes" if code else "no"] for code in codes]
    node["enumDescriptions"] = [_both(name) for name in said]


def _node(node: dict[str, Any], ids: Names) -> dict[str, Any]:
    """Return one schema without what pydantic adds, and open to text and native values."""
    node = _without_null(node)
    result = {key: node[key] for key in sorted(node.keys() - {"title", "x-text"})}
    if result.get("default") in ([], {}):
        del result["default"]  # an editor would insert it, and it says "read, and nothing there"
    if "properties" in node:
        result.pop("description", None)  # the docstring, in one language
        result["properties"] = {key: _node(each, ids) for key, each in node["properties"].items()}
    if "items" in node:
        result["items"] = _node(node["items"], ids)
    if isinstance(node.get("additionalProperties"), dict):
        result |= _mapping(node["additionalProperties"], result.pop("propertyNames", {}), ids)
    if "anyOf" in node:
        result["anyOf"] = [_node(each, ids) for each in node["anyOf"]]
    if "examples" in node:
        result["examples"] = [_example(each) for each in node["examples"]]
    return result | _scalar(result, ids)


def _without_null(node: dict[str, Any]) -> dict[str, Any]:
    """Leave null out, which the reader refuses; a single possibility needs no list."""
    members = [each for each in node.get("anyOf", ()) if each.get("type") != "null"]
    kept = {key: each for key, each in node.items() if key != "anyOf" and each is not None}
    if not members:
        return kept
    return members[0] | kept if len(members) == 1 else kept | {"anyOf": members}


def _mapping(inner: dict[str, Any], keys: dict[str, Any], ids: Names) -> dict[str, Any]:
    """Spell the keys of a mapping out where they are ids of a list, for editors to complete."""
    value = _node(inner, ids)
    if "x-reference" not in keys:
        return {"additionalProperties": value}
    names = {key: value | {"description": _both(n)} for key, n in ids[keys["x-reference"]].items()}
    return {"additionalProperties": False, "properties": names}


def _scalar(node: dict[str, Any], ids: Names) -> dict[str, Any]:
    """Return what a scalar may be, by the type that the model gives it."""
    if kind := node.pop("x-reference", None):
        names = ids[kind]
        return {"enum": list(names), "enumDescriptions": [*map(_both, names.values())]}
    if "enum" in node:
        del node["type"]
        native = [True, False] if {"yes", "no"} <= set(node["enum"]) else []
        return {"enum": node["enum"] + native}
    if "const" in node:
        return {}
    if node.get("type") == "boolean":
        del node["type"]
        return {"enum": _YES_OR_NO}
    return _OPEN.get(str(node.get("type")), {})


def _both(name: Text) -> str:
    return f"{name.ja} / {name.en}"


def _example(example: object) -> object:
    """Return what an example, which is written in YAML, stands for."""
    return from_text(example, "").data if isinstance(example, str) else example
