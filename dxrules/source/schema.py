"""JSON Schema of a model, with the ids of the reference lists filled in."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Mapping

    from pydantic import BaseModel

    from dxrules.texts import Text

DIALECT = "https://json-schema.org/draft/2020-12/schema"


def json_schema(
    model: type[BaseModel], title: Text, ids: Mapping[str, Mapping[str, Text]]
) -> dict[str, Any]:
    """Return the schema; `ids` gives, by list, each id with its name."""
    schema = model.model_json_schema(by_alias=True)
    filled: dict[str, Any] = _fill(schema, ids)
    return {"$schema": DIALECT, "title": f"{title.ja} / {title.en}"} | {
        key: value for key, value in filled.items() if key != "title"
    }


def _fill(node: Any, ids: Mapping[str, Mapping[str, Text]]) -> Any:
    if isinstance(node, list):
        return [_fill(each, ids) for each in node]
    if not isinstance(node, dict):
        return node
    if "x-reference" in node:
        names = ids[node["x-reference"]]
        kept = {key: value for key, value in node.items() if key != "x-reference"}
        return kept | {
            "enum": list(names),
            "x-enum-text": {key: f"{name.ja} / {name.en}" for key, name in names.items()},
        }
    return {key: _fill(value, ids) for key, value in node.items() if key != "x-text"}
