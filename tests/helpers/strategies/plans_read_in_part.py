"""Strategies for a plan, and the same plan of which less was read."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from hypothesis import strategies as st

from dxrules.plan import plan_of
from dxrules.source.read import from_text
from tests.helpers.plans import NAME, reference

if TYPE_CHECKING:
    from collections.abc import Mapping

SECTIONS = ("provisions", "standardization", "collection", "measures", "indicators")

_NATIONAL = {"document": "dx-promotion-plan"}
_OTHER = {"document": "standardization-policy", "edition": "1"}

STATEMENTS: Mapping[tuple[str, ...], tuple[Any, ...]] = {
    ("plan", "established"): ("令和8年3月", "令和6年6月"),
    ("plan", "status"): ("draft", "established"),
    ("plan", "author"): ("見本町",),
    ("plan", "period"): ("令和6年度～令和12年度", "令和3年度～令和7年度"),
    ("plan", "published"): ("yes", "no"),
    ("plan", "successor"): ("次期計画を策定する",),
    ("plan", "serves_as"): (["public-private-data-plan"], ["digital-use-plan"]),
    ("plan", "claims"): (["all-priority-areas", "targets-for-items"],),
    ("plan", "parents"): ([{"title": "総合計画", "period": "令和7年度～令和11年度"}],),
    ("standardization", "government_cloud"): ("none", "planned"),
    ("standardization", "deferred_functions"): ({"status": "some", "due": "令和12年度"},),
    ("standardization", "target"): ("令和9年度",),
    ("collection", "health_insurance"): ("premium", "tax"),
}
"""What a plan can say, by its place: one of several."""

COURSES: Mapping[tuple[str, ...], tuple[tuple[Any, ...], ...]] = {
    ("plan", "cites"): (
        ([], [{**_NATIONAL, "edition": "3.0"}], [{**_NATIONAL, "edition": "5.1"}, _OTHER]),
        ([{**_NATIONAL, "edition": "2.3"}], [{**_NATIONAL, "edition": e} for e in ("2.3", "5.1")]),
    ),
    ("plan", "revised"): (
        ([], [{"on": "令和8年3月", "scope": "全部"}]),
        (
            [{"on": "令和8年3月"}],
            [{"on": "令和8年3月", "results_stated": "yes"}],
        ),
    ),
    ("standardization", "systems"): (
        ({}, {"resident-register": {"status": "planned", "target": "令和9年度"}}),
        (
            {"resident-register": {"status": "not-migrated"}},
            {"resident-register": {"status": "not-migrated", "exception": "none"}},
        ),
        (
            {"resident-register": {"status": "migrated", "migrated": "令和7年度"}},
            {
                "resident-register": {"status": "migrated", "migrated": "令和7年度"},
                "national-pension": {"status": "migrated", "migrated": "令和7年度"},
            },
        ),
    ),
    ("standardization", "counts"): (
        ({"scope": "list"}, {"scope": "list", "migrated": "5"}),
        ({"scope": "all", "in_scope": "17"}, {"scope": "count", "in_scope": "17"}),
        ({"scope": "count", "in_scope": "17", "migrated": "5"},),
    ),
    ("standardization", "excluded"): (
        ([], [{"task": "public-assistance", "reason": "run-by-prefecture"}]),
        ([{"task": "child-allowance", "reason": "other"}],),
    ),
}
"""What a plan can say, from little to all of it."""


def _ladder(section: str, key: str, *steps: dict[str, Any]) -> None:
    place = (section, key) if section == "provisions" else (section, "charges", key)
    COURSES[place] = (*COURSES.get(place, ()), steps)  # type: ignore[index]


for _key in ("cio", "driving-body", "promoters", "progress-review", "ciso", "open-data"):
    _ladder("provisions", _key, {"status": "considered"}, {"status": "in-place"})
    _ladder("provisions", _key, {"status": "none"})
for _key in ("public-private-data-plan", "cybersecurity-policy-of-mayor", "talent-policy"):
    _ladder("provisions", _key, {"status": "considered"}, {"status": "planned"})
    _ladder("provisions", _key, {"status": "in-place"}, {"status": "in-place", "published": "no"})
_ladder(
    "provisions",
    "progress-review",
    {"status": "in-place"},
    {"status": "in-place", "cycle": ["as-needed"]},
    {"status": "in-place", "cycle": ["as-needed", "pdca"]},
)
_ladder(
    "provisions",
    "security-policy",
    {"status": "in-place", "since": "平成15年4月"},
    {"status": "in-place", "since": "平成15年4月", "reviewed": "令和元年12月"},
    {"status": "in-place", "since": "平成15年4月", "reviewed": "令和元年12月、令和8年3月"},
)
for _key in ("unspecified", "water"):
    _ladder("collection", _key, {"status": "considered"}, {"status": "started", "start": "令和7年"})
    _ladder("collection", _key, {"status": "planned", "start": "令和9年4月"})
    _ladder("collection", _key, {"status": "none"})
_ladder("collection", "long-term-care-premium", {"considered": "no"}, {"status": "none"})
_ladder(
    "collection",
    "road-occupancy",
    {"status": "considered"},
    {"status": "planned", "start": "令和9年"},
)

_MEASURES = (
    {"title": "窓口", "areas": ["front-yard"], "status": "ongoing", "due": "令和8年度"},
    {"title": "窓口2", "areas": ["front-yard"], "status": "planned", "due": "令和12年度"},
    {"title": "済", "areas": ["ai"], "status": "done", "completed": "令和6年度"},
    {"title": "AI", "areas": ["ai"], "status": "considered"},
    {"title": "遅れ", "areas": ["security"], "status": "planned", "due": "令和7年度"},
    {"title": "遅れ2", "areas": ["telework"], "status": "not-done", "due": "令和7年度"},
    {"title": "外", "areas": ["el-qr"], "status": "planned", "due": "令和14年度"},
    {"title": "前提", "areas": ["talent"], "requires": [{"id": "m-1"}], "status": "planned"},
)
_INDICATORS: tuple[tuple[dict[str, Any], ...], ...] = (
    ({"areas": ["front-yard"], "goal": "増やす"},),
    (
        {"areas": ["front-yard"], "targets": [{"value": "5", "year": "令和8年度"}]},
        {
            "areas": ["front-yard"],
            "targets": [
                {"value": "5", "year": "令和8年度"},
                {"value": "9", "year": "令和12年度"},
            ],
        },
        {
            "areas": ["front-yard"],
            "baseline": {"value": "1", "on": "令和7年度"},
            "targets": [
                {"value": "5", "year": "令和8年度"},
                {"value": "9", "year": "令和12年度"},
            ],
        },
    ),
    (
        {
            "areas": ["ai"],
            "direction": "up",
            "baseline": {"value": "5"},
            "targets": [{"value": "5", "year": "令和8年度"}],
        },
        {
            "areas": ["ai"],
            "direction": "up",
            "baseline": {"value": "5", "on": "令和7年度"},
            "targets": [
                {"value": "5", "year": "令和8年度"},
                {"value": "7", "year": "令和9年度"},
            ],
        },
    ),
)


def _fewer(draw: Any, count: int) -> tuple[list[int], list[int]]:
    some = sorted(draw(st.sets(st.integers(0, count - 1))))
    return some, [each for each in some if draw(st.booleans())]


def _put(data: dict[str, Any], place: tuple[str, ...], value: object) -> None:
    for name in place[:-1]:
        data = data.setdefault(name, {})
    data[place[-1]] = value


@st.composite
def more_and_less_read(draw: Any) -> tuple[dict[str, Any], dict[str, Any]]:
    """Return what a plan says, and what was read of it: fewer statements, and weaker ones."""
    more: dict[str, Any] = {}
    less: dict[str, Any] = {}
    places = sorted({*STATEMENTS, *COURSES})
    for place in draw(st.lists(st.sampled_from(places), unique=True, max_size=14)):
        if place in STATEMENTS:
            steps: tuple[Any, ...] = (draw(st.sampled_from(STATEMENTS[place])),)
        else:
            steps = draw(st.sampled_from(COURSES[place]))
        high = draw(st.integers(0, len(steps) - 1))
        low = draw(st.integers(-1, high))
        _put(more, place, steps[high])
        if low >= 0:
            _put(less, place, steps[low])
    some, fewer = _fewer(draw, len(_MEASURES))
    named = [{"id": f"m-{number}", **each} for number, each in enumerate(_MEASURES)]
    for data, held in ((more, some), (less, fewer)):
        data["measures"] = [named[each] for each in held]
    more["indicators"], less["indicators"] = [], []
    for number in _fewer(draw, len(_INDICATORS))[0]:
        steps = _INDICATORS[number]
        high = draw(st.integers(0, len(steps) - 1))
        low = draw(st.integers(-1, high))
        head = {"id": f"i-{number}", "title": f"指標{number}"}
        more["indicators"].append({**head, **steps[high]})
        if low >= 0:
            less["indicators"].append({**head, **steps[low]})
    for data in (more, less):
        said = data.get("standardization", {})
        said.update(said.pop("counts", {}))
    for section in SECTIONS:
        if draw(st.integers(0, 9)) == 0:
            less.pop(section, None)
    return more, less


def plan_saying(data: dict[str, Any], *, read: str, recorded: str = "令和8年10月"):
    """Return the plan file that says so."""
    sections = dict(data)
    if "scope" not in sections.get("standardization", {"scope": ""}):
        sections["standardization"] = {"scope": "unstated", **sections["standardization"]}
    whole = {
        "format": "dxrules/plan/1",
        "municipality": {"code": "349992", "name": {"ja": "見本町", "en": "Mihon"}},
        "recorded": recorded,
        **sections,
        "plan": {"title": "見本町DX推進計画", **sections.get("plan", {})},
        "document": {"read": read},
    }
    return plan_of(from_text(json.dumps(whole, ensure_ascii=False), NAME), reference())


def without_sections(data: dict[str, Any], left_out: set[str]) -> dict[str, Any]:
    """Return what is said in the sections that are not left out."""
    return {name: said for name, said in data.items() if name not in left_out}
