"""All hypothesis strategies: the values of dxrules, as odd as they are allowed to be."""

from __future__ import annotations

from datetime import date

from hypothesis import strategies as st

from dxrules.dates import PartialDate, Range

FAR = 30

truths = st.sampled_from([True, False, None])

days = st.dates()
days_of_plans = st.dates(date(2015, 1, 1), date(2045, 12, 31))

small_numbers = st.integers(-FAR, FAR)


def _ordered(ends):
    lo, hi = ends
    return lo is None or hi is None or lo <= hi


ranges = st.builds(
    lambda ends, approximate: Range(*ends, approximate),
    st.tuples(st.none() | small_numbers, st.none() | small_numbers).filter(_ordered),
    st.booleans(),
)

texts = st.text(max_size=20)

partial_dates = st.builds(
    lambda ends, approximate, text: PartialDate(*ends, approximate, text),
    st.tuples(st.none() | days, st.none() | days).filter(_ordered),
    st.booleans(),
    texts,
)
