"""Plain data, as YAML and JSON hold it."""

from __future__ import annotations

from hypothesis import strategies as st


def nested(leaves, keys, leaves_at_most=6):
    """Return lists and mappings of leaves, a few steps deep."""
    return st.recursive(
        leaves,
        lambda inner: st.lists(inner, max_size=3) | st.dictionaries(keys, inner, max_size=3),
        max_leaves=leaves_at_most,
    )


plain_data = nested(
    st.text(max_size=8)
    | st.sampled_from(["yes", "17", "all", "令和8年度", "令和8年2月30日", "front-yard", "~", ""]),
    st.sampled_from(["id", "status", "evidence", "of", "ja"]),
)
"""What a reader of YAML may make of the value of a key."""

json_data = nested(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=8),
    st.text(max_size=6),
)
"""What a reader of JSON may make of a value."""

finite_json_data = nested(
    st.none() | st.booleans() | st.integers() | st.text(max_size=8), st.text(max_size=4), 100
)
"""The same without numbers that have no digits of their own."""

words = st.sampled_from(
    ["x", "x: y", "令和8年度", "5.1", "yes", "null", "- a", '"q"', "#", "a # b"]
)
plan_data = st.dictionaries(
    st.sampled_from(["plan", "b", "measures"]),
    nested(words, st.sampled_from(["a", "b", "c-d", "年"]), 8),
    min_size=1,
)
"""Data of a plan file in which words stand that YAML would take for something else."""
