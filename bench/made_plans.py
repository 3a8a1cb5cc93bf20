"""Plans that are made: facts by chance, in one of eight layouts and four formats, with noise.

What is true of each is known by construction, so any number of values can be compared. Whoever
writes the layouts knows the words by which they are read: this finds what breaks, and proves
nothing about documents of others.
"""

from __future__ import annotations

import html
import io
import random
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

LAYOUTS = range(1, 9)
FORMS = ("md", "html", "docx", "pdf")
TOWN = "手本市"
MEASURES = (
    ("書かない窓口の導入", "front-yard", "住民課"),
    ("公共施設予約のオンライン化", "front-yard", "教育課"),
    ("証明書交付手数料のキャッシュレス化", "cashless", "会計課"),
    ("生成AIの利用拡大", "ai", "総務課"),
    ("RPAによる定型業務の自動化", "ai", "情報政策課"),
    ("テレワーク環境の整備", "telework", "総務課"),
    ("スマホ教室の開催", "digital-divide", "福祉課"),
    ("電子決裁の拡大", "internal-systems", "総務課"),
    ("ペーパーレス会議の推進", "paperless", "議会事務局"),
    ("オープンデータの公開", "open-data", "企画課"),
    ("情報セキュリティ研修の実施", "security", "情報政策課"),
    ("標的型メール訓練の実施", "security", "情報政策課"),
    ("マイナンバーカードの普及促進", "my-number-card", "住民課"),
    ("デマンド交通の予約システムの導入", "regional-dx", "企画課"),
    ("母子健康手帳アプリの導入", "regional-dx", "健康課"),
    ("鳥獣害対策センサーの設置", "regional-dx", "農林課"),
    ("電子契約の導入", "electronic-contracts", "財政課"),
    ("ビジネスチャットの活用", "business-chat", "総務課"),
    ("公式LINEによる情報発信", "resident-messaging", "企画課"),
    ("DX推進リーダーの育成", "talent", "総務課"),
    ("アナログ規制の点検", "analog-regulation", "総務課"),
    ("業務フローの見直し", "bpr", "企画課"),
)
INDICATORS = (
    ("オンライン申請率", "%", 20, 70),
    ("スマホ教室の参加者数", "人", 80, 400),
    ("電子決裁率", "%", 15, 95),
    ("キャッシュレス対応窓口数", "か所", 2, 12),
)
STATUS = {"planned": "新規", "ongoing": "継続", "done": "完了", "considered": "検討"}
RANKS = {"市長": "mayor", "副市長": "deputy-mayor", "教育長": "superintendent"}
WIDE = str.maketrans("0123456789()~", "０１２３４５６７８９（）～")

Part = tuple[str, Any]


@dataclass
class Made:
    """A plan that was made: its parts, and what is true of it."""

    parts: list[Part] = field(default_factory=list)
    truth: dict[str, Any] = field(default_factory=dict)

    def heading(self, level: int, text: str) -> None:
        """Add a heading."""
        self.parts.append((f"h{level}", text))

    def prose(self, text: str) -> None:
        """Add a paragraph."""
        self.parts.append(("p", text))

    def item(self, text: str) -> None:
        """Add an item of a list."""
        self.parts.append(("li", text))

    def table(self, *rows: Sequence[str]) -> None:
        """Add a table."""
        self.parts.append(("table", [list(row) for row in rows]))


def made(layout: int, seed: int) -> Made:
    """Return a plan of a layout, by chance."""
    chance = random.Random(f"{layout}/{seed}")
    plan = Made()
    first = chance.randint(6, 9)
    last = first + chance.randint(2, 5)
    _front(plan, layout, chance, first, last)
    entries = _entries(chance, first, last)
    plan.truth["measures"] = [each["truth"] for each in entries]
    plan.heading(1, _title(layout, 4, "取組"))
    _WRITERS[layout](plan, entries, first, last)
    _back(plan, layout, chance, first, last)
    return plan


def _title(layout: int, number: int, text: str) -> str:
    styles = {
        1: f"第{number}章　{text}", 2: f"★{text}", 3: text, 4: f"{number} {text}",
        5: f"{number}. {text}", 6: f"第{number}章 {text}", 7: f"■{text}", 8: f"【{text}】",
    }  # fmt: skip
    return styles[layout]


def _front(plan: Made, layout: int, chance: random.Random, first: int, last: int) -> None:
    title = f"{TOWN}{chance.choice(('DX推進計画', 'デジタル化推進計画', '情報化計画'))}"
    plan.parts.append(("title", title))
    truth: dict[str, Any] = {"title": title, "author": TOWN}
    if layout in {1, 4, 6}:
        plan.prose(f"令和{first}年3月策定")
        truth |= {"established": f"令和{first}年3月", "status": "established"}
    plan.prose(TOWN)
    rank = chance.choice(sorted(RANKS))
    plan.heading(1, _title(layout, 1, "国の動向"))
    plan.prose(
        "国は「自治体DX推進計画【第5.1版】」(令和8年1月)を策定し、自治体に取組を求めています。"
    )
    for word in ("フロントヤード改革の推進", "セキュリティ対策の徹底", "テレワークの推進"):
        plan.item(word)
    truth["cites"] = [{"document": "dx-promotion-plan", "edition": "5.1", "date": "令和8年1月"}]
    if layout != 8:  # noqa: PLR2004  (the layout without a period)
        plan.heading(1, _title(layout, 2, "計画の期間"))
        plan.prose(f"本計画の期間は、令和{first}年度から令和{last}年度までとします。")
        truth["period"] = f"令和{first}年度～令和{last}年度"
    plan.heading(1, _title(layout, 3, "推進体制"))
    plan.prose(f"{rank}をCIOとします。")
    plan.truth |= {
        "municipality": TOWN,
        "plan": truth,
        "provisions": {"cio": {"status": "in-place", "rank": RANKS[rank]}},
    }


def _entries(chance: random.Random, first: int, last: int) -> list[dict[str, Any]]:
    entries = []
    for title, area, owner in chance.sample(MEASURES, chance.randint(5, 9)):
        start = chance.randint(first, last)
        due = chance.randint(start, last)
        truth = {"title": title, "areas": [area], "owner": owner}
        entries.append({"title": title, "owner": owner, "start": start, "due": due, "truth": truth,
                        "status": chance.choice(sorted(STATUS))})  # fmt: skip
    return entries


def _span(each: dict[str, Any]) -> str:
    """Write the days of an entry, and take them as true."""
    start, due = f"令和{each['start']}年度", f"令和{each['due']}年度"
    each["truth"] |= {"start": start, "due": due}
    return f"{start}～{due}"


def _whole_table(plan: Made, entries: list[dict[str, Any]], *_: int) -> None:
    rows = [("No.", "取組名", "担当課", "区分", "実施時期")]
    for number, each in enumerate(entries, 1):
        each["truth"]["status"] = each["status"]
        rows.append(
            (str(number), each["title"], each["owner"], STATUS[each["status"]], _span(each))
        )
    plan.table(*rows)


def _starred_list(plan: Made, entries: list[dict[str, Any]], *_: int) -> None:
    for each in entries:
        each["truth"]["due"] = f"令和{each['due']}年度"
        plan.item(f"{each['title']}(令和{each['due']}年度) <{each['owner']}>")


def _cards(plan: Made, entries: list[dict[str, Any]], *_: int) -> None:
    for each in entries:
        each["truth"]["status"] = each["status"]
        plan.table(
            ("取組名", each["title"], "担当課", each["owner"]),
            ("実施時期", _span(each), "進捗状況", STATUS[each["status"]]),
            ("内容", "住民の利便性を高める。", "", ""),
        )


def _split_tables(plan: Made, entries: list[dict[str, Any]], *_: int) -> None:
    middle = len(entries) // 2
    for name, some in (("行政", entries[:middle]), ("地域", entries[middle:])):
        rows = [("分野", "施策", "事業概要", "所管課", "スケジュール")]
        rows += [(name, e["title"], "手続を簡単にする。", e["owner"], _span(e)) for e in some]
        plan.table(*rows)


def _bars(plan: Made, entries: list[dict[str, Any]], first: int, last: int) -> None:
    years = range(first, last + 1)
    rows = [("取組", "担当", *(f"R{year}" for year in years))]
    for each in entries:
        _span(each)
        arrows = ("→" if each["start"] <= year <= each["due"] else "" for year in years)
        rows.append((each["title"], each["owner"], *arrows))
    plan.table(*rows)


def _labelled(plan: Made, entries: list[dict[str, Any]], *_: int) -> None:
    for number, each in enumerate(entries, 1):
        plan.heading(2, f"({number}) {each['title']}")
        plan.prose(f"担当課：{each['owner']}")
        plan.prose(f"実施時期：{_span(each)}")
        plan.prose("現在は紙で行っています。")


def _sentences(plan: Made, entries: list[dict[str, Any]], *_: int) -> None:
    for each in entries:
        del each["truth"]["owner"]
        status = each["status"] if each["status"] != "done" else "ongoing"
        each["truth"]["status"] = status
        said = {
            "planned": f"{each['title']}を令和{each['due']}年度までに行う予定です。",
            "ongoing": f"{each['title']}を引き続き進めます。",
            "considered": f"{each['title']}を検討します。",
        }[status]
        if status == "planned":
            each["truth"]["due"] = f"令和{each['due']}年度"
        plan.item(said)


def _told(plan: Made, entries: list[dict[str, Any]], *_: int) -> None:
    for number, each in enumerate(entries, 1):
        del each["truth"]["owner"]
        plan.heading(2, f"{number} {each['title']}")
        if each["status"] == "done":
            each["truth"] |= {"status": "done", "completed": f"令和{each['start'] - 4}年度"}
            plan.prose(f"令和{each['start'] - 4}年度に導入しました。")
        else:
            each["truth"] |= {"status": "considered"}
            plan.prose("費用と効果を比べながら、進め方を検討します。")


_WRITERS: dict[int, Callable[..., None]] = {
    1: _whole_table, 2: _starred_list, 3: _cards, 4: _split_tables,
    5: _bars, 6: _labelled, 7: _sentences, 8: _told,
}  # fmt: skip


def _back(plan: Made, layout: int, chance: random.Random, first: int, last: int) -> None:
    plan.heading(1, _title(layout, 5, "成果指標"))
    rows = [("指標", "単位", f"現状値(令和{first - 1}年度)", f"目標値(令和{last}年度)")]
    indicators = []
    for title, unit, low, high in chance.sample(INDICATORS, 3):
        now = chance.randint(low // 2, low)
        rows.append((title, unit, str(now), str(high)))
        indicators.append({
            "title": title,
            "unit": unit,
            "baseline": {"value": now, "on": f"令和{first - 1}年度"},
            "targets": [{"value": high, "year": f"令和{last}年度"}],
        })  # fmt: skip
    plan.table(*rows)
    plan.truth["indicators"] = indicators
    plan.heading(1, _title(layout, 6, "先進自治体の事例"))
    plan.item("架空区では、令和5年度に書かないワンストップ窓口を導入しました。")
    plan.item("AIによる保育所の入所選考の実施")
    plan.heading(1, "用語集")
    plan.prose("CISO　最高情報セキュリティ責任者のこと。情報セキュリティ対策を統括する。")


def noisy(plan: Made, seed: int) -> Made:
    """Return a plan in which widths and blanks differ, as they do in copies and in scans."""
    chance = random.Random(seed)
    wide, spaced = chance.random() < 0.5, chance.random() < 0.3  # noqa: PLR2004

    def told(text: str) -> str:
        text = text.translate(WIDE) if wide else text
        return text.replace("令和", "令 和").replace("年度", "年 度") if spaced else text

    parts = [
        (kind, [[told(cell) for cell in row] for row in said] if kind == "table" else told(said))
        for kind, said in plan.parts
    ]
    return Made(parts, plan.truth)


def written(plan: Made, form: str) -> bytes:
    """Return a plan as a file of a format."""
    return _FORMS[form](plan)


def _markdown(plan: Made) -> bytes:
    lines = []
    for kind, said in plan.parts:
        if kind == "table":
            head, *rows = ["| " + " | ".join(row) + " |" for row in said]
            lines.append("\n".join([head, "|" + "---|" * len(said[0]), *rows]))
        else:
            marks = {"title": "# ", "h1": "## ", "h2": "### ", "li": "- ", "p": ""}
            lines.append(marks[kind] + said)
    return ("\n\n".join(lines) + "\n").encode()


def _html(plan: Made) -> bytes:
    tags = {"title": "h1", "h1": "h2", "h2": "h3", "p": "p", "li": "li"}
    lines = ["<!doctype html><html lang=ja><meta charset=utf-8><body>"]
    for kind, said in plan.parts:
        if kind == "table":
            rows = (
                "<tr>" + "".join(f"<td>{html.escape(cell)}</td>" for cell in row) + "</tr>"
                for row in said
            )
            lines.append(f"<table>{''.join(rows)}</table>")
        else:
            text = f"<{tags[kind]}>{html.escape(said)}</{tags[kind]}>"
            lines.append(f"<ul>{text}</ul>" if kind == "li" else text)
    return "\n".join(lines).encode()


def _docx(plan: Made) -> bytes:
    import docx

    document = docx.Document()
    for kind, said in plan.parts:
        if kind == "table":
            table = document.add_table(len(said), len(said[0]))
            for row, cells in zip(table.rows, said, strict=True):
                for cell, text in zip(row.cells, cells, strict=True):
                    cell.text = text
        elif kind in {"title", "h1", "h2"}:
            document.add_heading(said, {"title": 0, "h1": 1, "h2": 2}[kind])
        else:
            document.add_paragraph(said, style="List Bullet" if kind == "li" else None)
    stream = io.BytesIO()
    document.save(stream)
    return stream.getvalue()


def _pdf(plan: Made) -> bytes:
    from reportlab.lib.styles import ParagraphStyle
    from reportlab.pdfbase import pdfmetrics
    from reportlab.pdfbase.cidfonts import UnicodeCIDFont
    from reportlab.platypus import Paragraph, SimpleDocTemplate, Spacer, Table

    font = "HeiseiKakuGo-W5"
    pdfmetrics.registerFont(UnicodeCIDFont(font))
    sizes = {"title": 20, "h1": 15, "h2": 12, "p": 10, "li": 10}
    styles = {
        kind: ParagraphStyle(
            kind, fontName=font, fontSize=size, leading=size * 1.4, wordWrap="CJK", spaceAfter=6
        )
        for kind, size in sizes.items()
    }
    story: list[Any] = []
    for kind, said in plan.parts:
        if kind == "table":
            wide = 470 / len(said[0])
            cells = [[Paragraph(html.escape(cell), styles["p"]) for cell in row] for row in said]
            grid = [("GRID", (0, 0), (-1, -1), 0.5, "black")]
            story += [Table(cells, [wide] * len(said[0]), style=grid), Spacer(1, 10)]
        else:
            bullet = "・" if kind == "li" else ""
            story.append(Paragraph(bullet + html.escape(said), styles[kind]))
    stream = io.BytesIO()
    SimpleDocTemplate(stream, onLaterPages=_footer(font)).build(story)
    return stream.getvalue()


def _footer(font: str) -> Callable[..., None]:
    def draw(canvas: Any, document: Any) -> None:
        canvas.setFont(font, 8)
        canvas.drawString(280, 30, str(document.page))

    return draw


_FORMS: dict[str, Callable[[Made], bytes]] = {
    "md": _markdown, "html": _html, "docx": _docx, "pdf": _pdf,
}  # fmt: skip
