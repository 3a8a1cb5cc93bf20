"""Strategies for two facts, of which the second is the first, known less well."""

from __future__ import annotations

from hypothesis import strategies as st

from dxrules.dates import Range
from dxrules.derivation import UNKNOWN
from tests.helpers.strategies.rules import TYPES, facts


def widened(value):
    """Return ways to know less of a value."""
    wider = st.just(UNKNOWN)
    if isinstance(value, Range):
        wider |= st.builds(
            lambda below, above, approximate: Range(
                None if below is None or value.lo is None else value.lo - below,
                None if above is None or value.hi is None else value.hi + above,
                value.approximate or approximate,
            ),
            st.none() | st.integers(0, 3),
            st.none() | st.integers(0, 3),
            st.booleans(),
        )
    return wider


@st.composite
def more_and_less(draw):
    """A fact's values, and the same with some of them known less well."""
    values = draw(facts).values
    names = draw(st.sets(st.sampled_from(sorted(TYPES))))
    less = {n: draw(widened(v)) if n in names else v for n, v in values.items()}
    return values, less
