"""The first sheet of a plan's workbook: how to fill it in, and where everything is."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

from openpyxl.utils import get_column_letter, quote_sheetname

from dxrules.frozen import frozen
from dxrules.plan.workbook.layout import (
    FIRST_ROW,
    GUIDE,
    MOST_ROWS,
    SECTIONS,
    SECTIONS_SHEET,
    VALUE_AT,
    Decides,
    Sheet,
    sheets,
)
from dxrules.plan.workbook.style import HEAD, LINK, PLAIN, TITLE, Ink
from dxrules.source.workbook import lead_to, print_across
from dxrules.texts import Text

if TYPE_CHECKING:
    from openpyxl import Workbook

_TITLE = Text(
    "市町村DX計画の計画ファイル(dxrules)", "A plan file of dxrules: the DX plan of a municipality"
)
_STEPS = (
    Text(
        "計画書に書いてあることだけを、書いてあるとおりに記入します。書いていないことは空のままにします。",
        "Write what the plan says, as it says it, and nothing else. "
        "What it does not say stays empty.",
    ),
    Text(
        "1. 「計画の基本情報」から始め、下の表の順にシートを埋めます。"
        "必ず要るのは「計画の基本情報」の ＊ の欄だけです。",
        '1. Begin with "the plan itself" and go on in the order of the table below. '
        'Only the fields with ＊ of "the plan itself" are needed in any case.',
    ),
    Text(
        "2. 「体制・ルールの整備状況」「業務ごとの状況」「公金ごとの状況」には項目が並んでいます。"
        "計画書に書いてある項目だけ、状況を選びます(○ だけでも読みます)。空のままの項目は、"
        "「読み取りの範囲」で「全部」とするまで、まだ読んでいないものとして扱います。",
        '2. The sheets "what has been set up", "status by task" and "status by charge" list '
        "what there can be. Choose a status where the plan says something (a tick will do). "
        'Until "how the document was read" says "complete", an empty row counts as not yet read.',
    ),
    Text(
        "3. 取組や指標は1行に1つ書きます。番号は空でも何でも構いません。"
        "＊ の列は、その行を書くなら必ず埋めます。"
        "(＊) は、関連する欄を書くときに必ず埋めます。",
        "3. Measures and indicators take a row each; a number of your own is read, and none is "
        "needed. A column with ＊ is needed in every row that "
        "is written; one with (＊) when what goes with it is.",
    ),
    Text(
        "4. セルを選ぶと書き方が出ます。▼ の出るセルは一覧から選びます。"
        "いくつも書ける欄は「、」で区切ります。",
        "4. Select a cell to see how to fill it in. Where ▼ appears, choose from the list. "
        "Several values of one cell have commas between them.",
    ),
    Text(
        "5. 日付は計画書の書き方のままで構いません"
        "(令和8年9月、R8.3末、令和8年度～令和12年度、概ね令和7年度末)。日付のセルでも構いません。",
        "5. Dates may stay as the plan writes them (令和8年9月, R8.3末, 令和8年度～令和12年度, "
        "概ね令和7年度末). Cells that are dates are read, too.",
    ),
    Text(
        "6. 読んだのに何も書いていなかった節は、"
        "シート「記載なしと確認した項目」で「はい」とします。"
        "空のままの節は、まだ読んでいないものとして扱います。",
        '6. Say yes on the sheet "sections read" for a section that was read and holds nothing. '
        "A section that stays empty is taken as not yet read.",
    ),
    Text(
        "7. 根拠とした箇所は、シート「根拠」に章・ページと原文の断片を書きます(任意)。",
        '7. Where the plan says something goes onto the sheet "evidence": section, page and a '
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
    Text("決まること", "what it decides"),
    Text("記入済み", "filled in"),
    Text("欄の数", "fields"),
)
_PURPOSES: Mapping[str, Text] = {
    "plan": Text(
        "団体、計画の名称・策定日・期間。ここから始める",
        "The municipality, and the plan's title, day and period. Begin here",
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
        "Posts, bodies, policies and rules that the municipality has set up",
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
    "measures": Text("団体の取組を1行に1つ", "The municipality's measures, one a row"),
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
    "answers": Text(
        "団体に尋ねて分かったこと(計画書の記載は、ほかのシートに)",
        "What the municipality told when asked (what the plan says goes into the other sheets)",
    ),
    "evidence": Text("ほかのシートに書いたことの、計画書での箇所", "Where the plan says all that"),
    SECTIONS_SHEET: Text("読んだが何もなかった節", "Sections that were read and hold nothing"),
}
_WIDTHS = 32, 56, 30, 10, 10
_ROOM = sum(_WIDTHS)  # signs across all columns
_DECIDES = Text("{rules}件の点検項目が決まる", "decides {rules} rules")
_ITEMS_DECIDE = Text(
    "{items}項目で{rules}件の点検項目が決まる", "{items} items decide {rules} rules"
)
_SUM = Text("合計(行数の決まったシート)", "in all (sheets of a fixed size)")
_AT_ALL, _OF_ALL = 4, 5
"""The columns of how many fields are filled, and of how many there are."""


@frozen
class _Progress:
    """The fields of a sheet by their cells, and how many there are; None of an open list."""

    cells: str
    fields: int | None


class Guide:
    """Writes the first sheet: how to fill in the others, what each decides, how far one is.

    The sheets are told to it one by one, and `write` comes last.
    """

    def __init__(self, book: Workbook, ink: Ink, decided: Mapping[str, Decides]) -> None:
        self.page = book.create_sheet(GUIDE.in_(ink.lang))
        self.ink = ink
        self.decided = decided
        self._progress: dict[str, _Progress] = {}

    def keys(self, sheet: Sheet) -> None:
        """Count the values of a sheet that has a row per key; its format nobody writes."""
        fields = [column for column in sheet.columns if len(column.choices) != 1]
        last = FIRST_ROW + len(fields) - 1
        column = get_column_letter(VALUE_AT + 1)
        self._progress[sheet.name] = _Progress(f"{column}{FIRST_ROW}:{column}{last}", len(fields))

    def entries(self, sheet: Sheet, rows: int) -> None:
        """Count the rows of a list, or those of a checklist in which a status is chosen."""
        checklist = sheet.shape == "mapping"
        column = get_column_letter(2 if checklist or sheet.columns[0].follows else 1)
        last = FIRST_ROW + (rows - 1 if checklist else MOST_ROWS)
        cells = f"{column}{FIRST_ROW}:{column}{last}"
        self._progress[sheet.name] = _Progress(cells, rows if checklist else None)

    def write(self) -> None:
        """Write the sheet."""
        page, ink = self.page, self.ink
        print_across(page, GUIDE.in_(ink.lang))
        page.sheet_view.showGridLines = page.print_options.gridLines = False
        for place, size in enumerate(_WIDTHS, 1):
            page.column_dimensions[get_column_letter(place)].width = size
        ink.write(page, 1, 1, _TITLE, TITLE)
        page.row_dimensions[1].height = 24
        for row, text in enumerate(_STEPS, 3):
            page.merge_cells(start_row=row, end_row=row, start_column=1, end_column=len(_WIDTHS))
            ink.write(page, row, 1, text, PLAIN)
            ink.fit(page, row, [text.in_(ink.lang)], [_ROOM])
        first = len(_STEPS) + 4
        for place, head in enumerate(_HEADS, 1):
            ink.write(page, first, place, head, HEAD)
        listed = [*((sheet.name, sheet.label) for sheet in sheets()), (SECTIONS_SHEET, SECTIONS)]
        for row, (name, label) in enumerate(listed, first + 1):
            self._row(row, name, label)
        self._sum(first + 1, first + len(listed))

    def _row(self, row: int, name: str, label: Text) -> None:
        page, ink = self.page, self.ink
        lead_to(ink.write(page, row, 1, label, LINK), label.in_(ink.lang))
        ink.write(page, row, 2, _PURPOSES[name], PLAIN)
        progress, said = self._progress.get(name), self._decides(name)
        ink.write(page, row, 3, said, PLAIN)
        told = [label.in_(ink.lang), _PURPOSES[name].in_(ink.lang), said.in_(ink.lang)]
        ink.fit(page, row, told, _WIDTHS[:3])
        if progress is not None:
            title = quote_sheetname(label.in_(ink.lang))
            ink.formula(page, row, _AT_ALL, f"COUNTA({title}!{progress.cells})")
            if progress.fields is not None:
                ink.number(page, row, _OF_ALL, progress.fields)

    def _decides(self, name: str) -> Text:
        """Say how many rules a sheet decides, and by how many of its fields."""
        decides, progress = self.decided.get(name), self._progress.get(name)
        if decides is None:
            return Text("", "")
        fields = progress.fields if progress else None
        items = len(decides.entries) or fields
        if items is None or fields is None:
            return _DECIDES.format(rules=decides.rules)
        return _ITEMS_DECIDE.format(items=items, rules=decides.rules)

    def _sum(self, first: int, last: int) -> None:
        """Add up what is filled of the sheets whose fields are counted."""
        row = last + 1
        filled, there = (get_column_letter(place) for place in (_AT_ALL, _OF_ALL))
        self.ink.write(self.page, row, 1, _SUM, HEAD)
        counted = f'{there}{first}:{there}{last},">0",{filled}{first}:{filled}{last}'
        self.ink.formula(self.page, row, _AT_ALL, f"SUMIF({counted})")
        self.ink.formula(self.page, row, _OF_ALL, f"SUM({there}{first}:{there}{last})")


def purpose(name: str) -> Text:
    """Say what belongs onto a sheet."""
    return _PURPOSES[name]
