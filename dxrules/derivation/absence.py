"""What it means that a plan says nothing: unread, lost, left to another document, or silence."""

from __future__ import annotations

from collections.abc import Mapping

from dxrules.derivation.values import SILENT, Absent, Cause, unknown
from dxrules.plan.code_labels import PART
from dxrules.plan.models import Plan
from dxrules.plan.sections.about import DetailsIn
from dxrules.plan.sections.document import Lost, Reading
from dxrules.plan.value_types import DocumentPart
from dxrules.source.strict import description
from dxrules.texts import Text, join

_IN_PART = unknown(
    "全部は読んでいない",
    "the document was read only in part",
    Cause(
        ("document", "read"),
        Text(
            "計画書は終わりまで読みましたか。まだ読んでいない箇所を、計画書で確かめてください",
            "Has the plan been read to the end? Read what is left of it",
        ),
        in_part=True,
    ),
)
_ABOUT: Mapping[str, Text] = {
    "provisions": Text(
        "体制、規程、セキュリティ対策(CIO、推進組織、ポリシー、研修など)",
        "posts, rules and security (CIO, driving body, policies, training and the like)",
    ),
    "standardization": Text("情報システムの標準化", "the standardization of systems"),
    "collection": Text("eL-QRによる公金の収納", "the collection of public charges by eL-QR"),
    "indicators": Text("指標と目標値", "indicators and targets"),
    "document": Text(
        "案の表示、覚え書き、名称の不一致など", "draft marks, notes to the author and the like"
    ),
}
"""What the plan has to be read for, where the label of a section does not say it."""

UNCONFIRMED = unknown(
    "下書きを確かめ終えていない",
    "the draft has not been confirmed to its end",
    Cause(
        ("document", "closed"),
        Text(
            "下書きの値と、書かれていない事項を、計画書と照らして確かめましたか",
            "Have the values of the draft, and what it leaves out, been checked against the plan?",
        ),
        in_part=True,
    ),
)

_OUTLINE = unknown(
    "骨子案なので、まだ書かれていないことがある",
    "it is an outline, which does not say everything yet",
    Cause(
        ("plan", "status"),
        Text(
            "骨子案の後にできた計画案か計画に、書かれていますか。DXの担当課で確かめてください",
            "Does the draft or the plan that followed the outline say so? Ask the section in "
            "charge of DX",
        ),
        in_part=True,
    ),
)

_PERIODS_DIFFER = unknown(
    "計画を成す文書ごとに期間が異なる", "the documents that make up the plan have different periods"
)


def absence_in(
    plan: Plan,
    section: str,
    parts: tuple[DocumentPart, ...],
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
            _unread(section),
        )
    if "period" in parts and len(plan.plan.periods) > 1:
        return _PERIODS_DIFFER
    told, listed = plan.plan.measure_count, plan.measures
    if "measures" in parts and told is not None and len(listed or ()) < told:
        return unknown(
            f"計画が挙げる取組{told}のうち、記入されているのは{len(listed or ())}だけである",
            f"of {told} measures that the plan names, {len(listed or ())} are written down",
            _not_all_listed(told - len(listed or ())),
        )
    for position, lost in enumerate(plan.document.lost if plan.document else ()):
        if within and lost.part == "schedule" and lost.columns:
            continue
        if lost.concerns(areas) and (lost.part == "text" or lost.part in parts):
            where = " ".join(filter(None, [lost.section, lost.what]))
            return unknown(
                f"計画書の該当箇所が失われている({where})",
                f"the document lost it ({where})",
                _lost(position, lost),
            )
    for position, other in enumerate(plan.plan.details_in if elsewhere else ()):
        if set(other.parts) & set(parts):
            return unknown(
                f"「{other.title}」に委ねられている。この文書を確かめる",
                f"left to 「{other.title}」; ask for that document",
                _elsewhere(position, other),
            )
    return _not_read_through(plan, section)


def is_lost_by_area(reading: Reading | None) -> bool:
    """Tell whether anything that the document lost is about some areas alone."""
    return reading is not None and any(lost.areas for lost in reading.lost)


def _not_read_through(plan: Plan, section: str) -> Absent:
    """Tell what the silence of a section means that was read, by how completely it was.

    An outline (骨子案) that was read to its end is silent of what comes with the plan.
    """
    reading = plan.document
    if plan.plan.status == "outline" and section != "document":
        return _OUTLINE
    if reading is None or reading.read == "complete" or section in reading.closed:
        return SILENT
    return UNCONFIRMED if reading.drafted else _IN_PART


def _unread(section: str) -> Cause:
    what = _ABOUT.get(section) or description(Plan.model_fields[section])
    asked = Text(
        f"{what.ja}について、計画書は終わりまで読みましたか。"
        "記載があるかどうかを、計画書で確かめてください",
        f"Has the plan been read to the end for {what.en}? "
        "Look up in the plan whether there is anything",
    )
    return Cause((section,), asked)


def _not_all_listed(number: int) -> Cause:
    asked = Text(
        f"計画が挙げる取組のうち、まだ記入していない{number}件はどれですか。"
        "計画の取組の一覧で確かめてください",
        f"Which measures that the plan names are not written down yet ({number})? "
        "Check the plan's list of measures",
    )
    return Cause(("measures",), asked)


def _lost(position: int, lost: Lost) -> Cause:
    what = f"{lost.section} {lost.what}" if lost.section else lost.what
    asked = Text(
        f"手元の文書で失われている箇所({what})には、何が書かれていますか。"
        "計画書の原本で確かめてください",
        f"What do the parts say that the copy at hand has lost ({what})? "
        "Check the original of the plan",
    )
    return Cause(("document", "lost", position), asked)


def _elsewhere(position: int, other: DetailsIn) -> Cause:
    parts = join(PART[part] for part in other.parts)
    asked = Text(
        f"「{other.title}」には、何が書かれていますか({parts.ja})。"
        "その文書があるかどうかとあわせて、DXの担当課で確かめてください",
        f"What does 「{other.title}」 say ({parts.en})? Ask the section in charge of DX for it, "
        "and whether it exists",
    )
    return Cause(("plan", "details_in", position), asked)
