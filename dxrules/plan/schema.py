"""JSON Schema of the plan file, for editors to complete from."""

from __future__ import annotations

from typing import Any

from dxrules.plan.code_labels import in_words
from dxrules.plan.models import Plan
from dxrules.reference import Reference
from dxrules.source.schema import json_schema
from dxrules.texts import Text, same


def plan_schema(reference: Reference) -> dict[str, Any]:
    """Return the schema with the ids of the reference data as enumerations."""
    title = Text("dxrules 計画ファイル", "dxrules plan file")
    return json_schema(Plan, title, id_names(reference), in_words)


def id_names(reference: Reference) -> dict[str, dict[str, Text]]:
    """Return, by list, the ids that a plan file can name, each with its name."""
    return {
        kind: {i: getattr(getattr(reference, kind)[i], "name", same(i)) for i in ids}
        for kind, ids in reference.known().items()
    }
