"""The kinds of fact in the workload, what is known of each, and how often."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

if TYPE_CHECKING:
    from collections.abc import Mapping


@dataclass(frozen=True, slots=True)
class Attribute:
    """The type of an attribute, what it can be, and how often a truth value is true."""

    type: Literal["date", "number", "truth", "code"]
    codes: tuple[str, ...] = ()
    most: int = 900
    often: float = 0.5


def _date() -> Attribute:
    return Attribute("date")


def _number(most: int) -> Attribute:
    return Attribute("number", most=most)


def _truth(often: float) -> Attribute:
    return Attribute("truth", often=often)


def _code(*codes: str) -> Attribute:
    return Attribute("code", codes)


@dataclass(frozen=True, slots=True)
class Kind:
    """A kind of fact: how many a plan has, how many of 80 rules are about it, its attributes."""

    facts: int
    rules: int
    attributes: Mapping[str, Attribute]


_OWNER = _code("情報課", "税務課", "市民課", "福祉課")
_PHASE = _code("study", "design", "migration", "running", "stopped")

KINDS: Mapping[str, Kind] = {
    "plan": Kind(
        1,
        8,
        {
            "status": _code("draft", "open", "review", "established"),
            "lead": _code("mayor", "deputy-mayor", "manager"),
            "deadline": _date(),
            "reviewed": _date(),
            "approved": _truth(0.93),
            "cio": _truth(0.8),
            "revision": _number(12),
            "budget": _number(90_000),
        },
    ),
    "system": Kind(
        20,
        20,
        {
            "category": _code("住民", "税", "国保", "年金", "介護", "障害", "児童", "選挙"),
            "vendor": _code("A社", "B社", "C社", "D社", "自社"),
            "phase": _PHASE,
            "cloud": _code("aws", "gcp", "azure", "oci", "none"),
            "target": _date(),
            "cutover": _date(),
            "cost": _number(50_000),
            "users": _number(900),
            "exempt": _truth(0.06),
            "standard": _truth(0.94),
        },
    ),
    "area": Kind(
        15,
        13,
        {
            "region": _code("北", "東", "南", "西"),
            "owner": _OWNER,
            "due": _date(),
            "cover": _number(100),
            "risk": _number(5),
            "backup": _truth(0.9),
        },
    ),
    "measure": Kind(
        25,
        22,
        {
            "status": _code("done", "ongoing", "planned", "considered", "watched"),
            "owner": _OWNER,
            "phase": _PHASE,
            "start": _date(),
            "end": _date(),
            "cost": _number(20_000),
            "progress": _number(100),
            "mandatory": _truth(0.3),
        },
    ),
    "indicator": Kind(
        10,
        8,
        {
            "unit": _code("件", "%", "円", "日"),
            "direction": _code("up", "down"),
            "observed": _date(),
            "base": _number(1_000),
            "target": _number(1_000),
            "measured": _truth(0.85),
        },
    ),
    "edge": Kind(
        20,
        9,
        {
            "type": _code("finish-to-start", "informs", "together"),
            "decided": _date(),
            "lag": _number(200),
            "strong": _truth(0.4),
            "present": _truth(0.9),
        },
    ),
}
