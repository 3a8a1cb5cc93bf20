"""The first sheet of a plan's workbook: how to fill it in, and where everything is."""

from __future__ import annotations

from typing import TYPE_CHECKING

from dxrules.plan.workbook.layout import GUIDE, SECTIONS, SECTIONS_SHEET, sheets
from dxrules.plan.workbook.style import HEAD, LINK, PLAIN, TITLE, Ink
from dxrules.source.workbook import lead_to, print_across
from dxrules.texts import Text

if TYPE_CHECKING:
    from collections.abc import Mapping

    from openpyxl import Workbook

_TITLE = Text(
    "市町村DX計画の計画ファイル(dxrules)", "A plan file of dxrules: the DX plan of a town"
)
_STEPS = (
    Text(
        "計画書に書いてあることだけを、書いてあるとおりに記入します。書いていないことは空のままにします。",
        "Write what the plan says, as it says it, and nothing else. "
        "What it does not say stays empty.",
    ),
    Text(
        "1. 「計画そのもの」から始め、下の表の順にシートを埋めます。"
        "必ず要るのは「計画そのもの」の ＊ の欄だけです。",
        '1. Begin with "the plan itself" and go on in the order of the table below. '
        'Only the fields with ＊ of "the plan itself" are needed in any case.',
    ),
    Text(
        "2. 取組や指標は1行に1つ書きます。＊ の列は、その行を書くなら必ず埋めます。"
        "(＊) は、関連する欄を書くときに必ず埋めます。",
        "2. Measures and indicators take a row each. A column with ＊ is needed in every row that "
        "is written; one with (＊) when what goes with it is.",
    ),
    Text(
        "3. セルを選ぶと書き方が出ます。▼ の出るセルは一覧から選びます。"
        "いくつも書ける欄は「、」で区切ります。",
        "3. Select a cell to see how to fill it in. Where ▼ appears, choose from the list. "
        "Several values of one cell have commas between them.",
    ),
    Text(
        "4. 日付は計画書の書き方のままで構いません"
        "(令和8年9月、R8.3末、令和8年度～令和12年度、概ね令和7年度末)。日付のセルでも構いません。",
        "4. Dates may stay as the plan writes them (令和8年9月, R8.3末, 令和8年度～令和12年度, "
        "概ね令和7年度末). Cells that are dates are read, too.",
    ),
    Text(
        "5. 読んだのに何も書いていなかった節は、シート「読んだ節」で「はい」とします。"
        "空のままの節は、まだ読んでいないものとして扱います。",
        '5. Say yes on the sheet "sections read" for a section that was read and holds nothing. '
        "A section that stays empty is taken as not yet read.",
    ),
    Text(
        "6. 根拠とした箇所は、シート「根拠」に章・ページと原文の断片を書きます(任意)。",
        '6. Where the plan says something goes onto the sheet "evidence": section, page and a '
        "fragment of the text. It may be left out.",
    ),
    Text(
        "灰色の小さな文字(キー)とシートの名前は変えません。"
        "自分用の列は、3行目に「メモ」と書けば読み飛ばします。保存したら、"
        "dxrules check このファイル で判定します。誤りはシートとセルの名前で示されます。",
        "Leave the small grey words (keys) and the names of the sheets as they are. A column of "
        "your own has the word memo in row 3, and is passed over. When it is saved, "
        "dxrules check THIS-FILE judges it, and names the sheet and the cell of any fault.",
    ),
)
_HEADS = (
    Text("シート(押すと移る)", "sheet (click to go there)"),
    Text("書くこと", "what it holds"),
)
_PURPOSES: Mapping[str, Text] = {
    "plan": Text(
        "団体、計画の名称・策定日・期間。ここから始める",
        "The town, and the plan's title, day and period. Begin here",
    ),
    "plan.revised": Text("計画を改定した日", "Days on which the plan was revised"),
    "plan.documents": Text(
        "計画を成すほかの文書(方針、戦略、実施計画など)。計画がなければ、条例やページなど",
        "Further documents that make up the plan; without a plan, an ordinance or a page",
    ),
    "plan.parents": Text("総合計画などの上位計画と、その期間", "Plans above it, and their periods"),
    "plan.cites": Text(
        "計画が引用する国・県の計画や法律", "Plans and laws of nation and prefecture that it cites"
    ),
    "plan.declines": Text(
        "行わないと理由を付けて述べる分野", "Areas that it says are not taken up, and why"
    ),
    "plan.details_in": Text(
        "実施計画など、別の文書に書くとした内容", "What it leaves to another document"
    ),
    "provisions": Text(
        "CIO、推進体制、セキュリティポリシーなど、団体が整えた体制やルール",
        "Posts, bodies, policies and rules that the town has set up",
    ),
    "standardization": Text(
        "20業務の標準化: 対象、移行の数、時期", "The 20 tasks: which, how many are migrated, when"
    ),
    "standardization.excluded": Text("対象外とした業務と理由", "Tasks left out, and why"),
    "standardization.systems": Text(
        "業務ごとに書いてあれば、その状況", "The status of single tasks, where it is told"
    ),
    "collection": Text("国民健康保険が料か税か", "Whether health insurance is a premium or a tax"),
    "collection.charges": Text(
        "eL-QRを活用した公金収納を、どの公金でいつ始めるか",
        "Which charges are collected by eL-QR, and from when",
    ),
    "measures": Text("団体の取組を1行に1つ", "The town's measures, one a row"),
    "measures.requires": Text("ある取組の前に終えておくべき取組", "What a measure has to wait for"),
    "measures.milestones": Text("取組の途中の節目と期日", "Dated steps within a measure"),
    "indicators": Text("指標を1行に1つ。基準値も", "Indicators, one a row, with their baseline"),
    "indicators.targets": Text(
        "指標の目標値を、年度ごとに1行", "The targets of the indicators, one a row"
    ),
    "indicators.results": Text(
        "指標の実績値と評価を、年度ごとに1行", "What was reached of the indicators, one a row"
    ),
    "document": Text("計画書を全部読んだか", "Whether all of the document was read"),
    "document.lost": Text(
        "画像などで読めなかった図やページ", "Figures and pages that could not be read"
    ),
    "document.passages": Text(
        "案の表示や覚え書きの残りなど、本文の問題", "Left-over notes and other faults of the text"
    ),
    "waivers": Text(
        "権限のある者が認めた不適合と、その期間", "Failures that somebody accepted, and how long"
    ),
    "evidence": Text("ほかのシートに書いたことの、計画書での箇所", "Where the plan says all that"),
    SECTIONS_SHEET: Text("読んだが何もなかった節", "Sections that were read and hold nothing"),
}
_WIDTHS = 34, 92
_ROOM = 130  # signs across both columns


def add_guide(book: Workbook, ink: Ink) -> None:
    """Add the first sheet."""
    page = book.create_sheet(GUIDE.in_(ink.lang))
    print_across(page, GUIDE.in_(ink.lang))
    page.sheet_view.showGridLines = page.print_options.gridLines = False
    for letter, size in zip("AB", _WIDTHS, strict=True):
        page.column_dimensions[letter].width = size
    ink.write(page, 1, 1, _TITLE, TITLE)
    page.row_dimensions[1].height = 24
    for row, text in enumerate(_STEPS, 3):
        page.merge_cells(start_row=row, end_row=row, start_column=1, end_column=2)
        ink.write(page, row, 1, text, PLAIN)
        ink.fit(page, row, [text.in_(ink.lang)], [_ROOM])
    first = len(_STEPS) + 4
    for place, head in enumerate(_HEADS, 1):
        ink.write(page, first, place, head, HEAD)
    listed = [*((sheet.name, sheet.label) for sheet in sheets()), (SECTIONS_SHEET, SECTIONS)]
    for row, (name, label) in enumerate(listed, first + 1):
        lead_to(ink.write(page, row, 1, label, LINK), label.in_(ink.lang))
        ink.write(page, row, 2, _PURPOSES[name], PLAIN)
        ink.fit(page, row, [_PURPOSES[name].in_(ink.lang)], [_WIDTHS[1]])


def purpose(name: str) -> Text:
    """Say what belongs onto a sheet."""
    return _PURPOSES[name]
