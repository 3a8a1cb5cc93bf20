"""Entries of a plan file, as its text has them."""

from __future__ import annotations

from hypothesis import strategies as st

from tests.helpers.plans import reference

charges = st.dictionaries(
    st.sampled_from(sorted(reference().charges)),
    st.fixed_dictionaries(
        {
            "status": st.sampled_from(
                ["started", "preparing", "planned", "considered", "none", None]
            ),
            "start": st.sampled_from([None, "2025-04", "2026-12", "2027年度"]),
            "considered": st.sampled_from([None, "yes", "no"]),
        }
    ).map(lambda said: said | {"start": None} if said["status"] == "none" else said),
    max_size=4,
)
areas = st.lists(
    st.sampled_from(["el-qr", "standardization", "bpr", "ai"]), max_size=2, unique=True
)
measures = st.fixed_dictionaries(
    {
        "areas": areas.map(lambda names: f"[{', '.join(names)}]"),
        "status": st.sampled_from(["planned", "ongoing", "done", "watched", None]),
        "start": st.sampled_from([None, "2024-04", "2026-12"]),
        "due": st.sampled_from([None, "2025-03", "2027-03"]),
    }
)
indicators = st.fixed_dictionaries(
    {
        "areas": areas.map(lambda names: f"[{', '.join(names)}]"),
        "baseline": st.sampled_from([None, "{value: 10, on: 2025-03-31}"]),
        "targets": st.sampled_from([None, "[{year: 令和8年度, value: 20}]"]),
        "goal": st.sampled_from([None, "進める"]),
        "measures_area": st.sampled_from([None, "no", "doubtful"]),
    }
)
