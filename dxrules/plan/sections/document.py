"""The section `document`: how completely the document was read, and what is amiss in it."""

from typing import Literal

from dxrules.plan.value_types import AreaId, DocumentPart, Origin, ProblemId, SectionName, Sure
from dxrules.source import Strict, field
from dxrules.source.types import Fragment, Line, Span


class Lost(Strict):
    """A figure or page that the text does not carry."""

    part: DocumentPart = field(
        "失われた内容(工程、体制、取組の担当、指標、取組、分野、計画期間、本文、その他)",
        "what is lost: schedule, organization, owners of measures, indicators, measures, areas, "
        "period, text, other",
        example="schedule",
    )
    section: Line | None = field("章・節", "section", None)
    areas: tuple[AreaId, ...] = field(
        "関わる分野(空なら全部)", "areas that it concerns; empty: all", ()
    )
    columns: Span | None = field(
        "工程表の列(見出しに残る年度)が表す期間",
        "the period that the columns of a schedule are, where their headings are left",
        None,
        "令和8年度～令和12年度",
    )
    what: Line = field("何が失われたか", "what it was", example="年度ごとの工程の帯")

    def concerns(self, areas: tuple[str, ...]) -> bool:
        """Tell whether it may have told of some areas; none means all."""
        return not self.areas or not areas or not set(areas).isdisjoint(self.areas)


class Passage(Strict):
    """A place in the text where something is amiss."""

    problem: ProblemId = field("種類", "kind", example="placeholder")
    section: Line | None = field("章・節", "section", None)
    text: Fragment = field("原文の断片(40字まで)", "fragment, at most 40 characters")
    voice: Literal["town", "quoted"] = field(
        "団体の言葉か、引用か", "the municipality's words or quoted", "town"
    )
    reading: Sure = field(
        "読み・解釈は確かか(OCRの乱れなど)", "whether the reading is sure (OCR)", "sure"
    )
    correct: Line | None = field("正しい内容と出典", "what is right, and who says so", None)
    origin: Origin = field(
        "どこにあるか: 計画書、団体のページなど他の資料、第三者(計画の誤りとするのは計画書だけ)",
        "where it stands: in the plan, on a page or paper of the municipality, with others (only "
        "what stands in the plan is held against it)",
        "plan",
        alias="from",
    )


class Drafted(Strict):
    """From which file a draft was made, and by what."""

    tool: Line = field("下書きしたもの", "what drafted it", example="dxrules")
    version: Line = field("その版", "its version", example='"0.4.0"')
    file: Line = field("文書のファイル名", "name of the document's file", example="plan.pdf")
    digest: Line = field("文書のSHA-256", "SHA-256 of the document", example="9f86d081…")


class Reading(Strict):
    """How completely the document was read."""

    read: Literal["complete", "part", "unstated"] = field(
        "全部読んだか(全部・一部・書かれていない)",
        "complete or part; or it is not stated whether it was read at all",
        example="complete",
    )
    closed: tuple[SectionName, ...] = field(
        "一部しか読んでいない文書のうち、読み終えてほかに書くことのない節",
        "sections of a document read in part that were read through: nothing is to be added",
        (),
        "[plan]",
    )
    drafted: Drafted | None = field("下書きの元", "what it was drafted from", None)
    lost: tuple[Lost, ...] = field("失われた図・ページ", "what was lost", ())
    passages: tuple[Passage, ...] = field("問題のある箇所", "passages with a problem", ())
