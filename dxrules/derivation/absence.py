"""What it means that a plan says nothing: unread, lost, left to another document, or silence."""

from __future__ import annotations

from typing import TYPE_CHECKING

from dxrules.derivation.values import SILENT, Absent, unknown
from dxrules.source.model import description

if TYPE_CHECKING:
    from dxrules.plan.models import Part, Plan

_IN_PART = unknown("全部は読んでいない", "the document was read only in part")

_PERIODS_DIFFER = unknown(
    "計画を成す文書ごとに期間が異なる", "the documents that make up the plan have different periods"
)


def absence_in(
    plan: Plan,
    section: str,
    parts: tuple[Part, ...],
    areas: tuple[str, ...],
    *,
    elsewhere: bool,
    within: bool,
) -> Absent:
    """Tell what it means that a plan says nothing in a section (see `Context.missing`)."""
    if getattr(plan, section) is None:
        return unknown(
            f"「{description(type(plan).model_fields[section]).ja}」の節({section})を読んでいない",
            f"the section {section} has not been read",
        )
    if "period" in parts and len(plan.plan.periods) > 1:
        return _PERIODS_DIFFER
    told, listed = plan.plan.measure_count, plan.measures
    if "measures" in parts and told is not None and len(listed or ()) < told:
        return unknown(
            f"計画が挙げる取組{told}のうち、記入されているのは{len(listed or ())}だけである",
            f"of {told} measures that the plan names, {len(listed or ())} are written down",
        )
    for lost in plan.document.lost if plan.document else ():
        if within and lost.part == "schedule" and lost.columns:
            continue
        if lost.concerns(areas) and (lost.part == "text" or lost.part in parts):
            where = lost.section or "?"
            return unknown(
                f"計画書の該当箇所が失われている({where} {lost.what})",
                f"the document lost it ({where} {lost.what})",
            )
    for other in plan.plan.details_in if elsewhere else ():
        if set(other.parts) & set(parts):
            return unknown(
                f"「{other.title}」に委ねられている。この文書を確かめる",
                f"left to 「{other.title}」; ask for that document",
            )
    reading = plan.document
    return _IN_PART if reading is not None and reading.read == "part" else SILENT
