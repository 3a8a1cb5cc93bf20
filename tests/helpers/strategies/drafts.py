"""Plan files of towns as drafts, with some of what they say in doubt."""

from __future__ import annotations

from copy import deepcopy

from hypothesis import strategies as st

from dxrules.source import read
from tests.helpers.lawbooks import ROOT, TOWNS

SURE_OF = {"evidence", "doubts", "title", "id", "code", "name", "document"}
"""Keys of which no draft is in doubt by themselves."""


def mappings(data):
    """Yield each mapping of a plan that can carry doubts, with its keys that can be in doubt."""
    systems = data.get("standardization") or {}
    found = [
        data["plan"],
        *data["plan"].get("cites", []),
        *data["plan"].get("parents", []),
        *data.get("provisions", {}).values(),
        *([systems] if systems else []),
        *systems.get("systems", {}).values(),
        *data.get("collection", {}).get("charges", {}).values(),
        *data.get("measures", []),
        *data.get("indicators", []),
    ]
    for mapping in found:
        keys = sorted(mapping.keys() - SURE_OF)
        if keys:
            yield mapping, keys


@st.composite
def drafts(draw):
    """Return a town's facts, and the same with some of them in doubt."""
    name = draw(st.sampled_from(sorted(TOWNS.values())))
    facts_of = read(ROOT / "facts" / f"{name}.yaml").data
    draft = deepcopy(facts_of)
    possible = list(mappings(draft))
    chosen = draw(st.lists(st.sampled_from(range(len(possible))), min_size=1, unique=True))
    for position in chosen:
        mapping, keys = possible[position]
        of = draw(st.lists(st.sampled_from(keys), unique=True))
        mapping["doubts"] = [{"of": of, "candidates": ["x"], "because": "下書き"}]
        if mapping is draft["plan"] and not of:
            mapping["doubts"][0]["of"] = keys[:1]
    return facts_of, draft
