"""Formulas over fields, and values of those."""

from __future__ import annotations

from hypothesis import strategies as st

from dxrules.engine.formula import (
    And,
    Atom,
    Field,
    Or,
)

FIELDS = {"lo": st.integers(-2, 2), "true": st.booleans(), "code": st.sampled_from("ab?")}
formula_atoms = st.sampled_from(sorted(FIELDS)).flatmap(
    lambda aspect: st.builds(
        Atom,
        st.sampled_from("xy").map(lambda name: Field(name, aspect)),
        st.sampled_from({"lo": ["lte", "gte"], "true": ["eq"], "code": ["eq", "neq"]}[aspect]),
        FIELDS[aspect],
    )
)
raw_formulas = st.recursive(
    formula_atoms,
    lambda inner: st.lists(inner, max_size=4).flatmap(
        lambda parts: st.sampled_from([And(tuple(parts)), Or(tuple(parts))])
    ),
    max_leaves=12,
)
assignments = st.fixed_dictionaries(
    {Field(name, aspect): values for name in "xy" for aspect, values in FIELDS.items()}
)
