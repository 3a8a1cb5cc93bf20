"""Report of `evidence`: quotations that stand in the document, and those that do not."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Final

from dxrules.assessment.quotations import Lacking, Quotation, Quotations, QuotationState
from dxrules.document.original import WHAT_IS_LOST, Form, LostContent
from dxrules.document.section_names import label_of
from dxrules.report.how_to_write import How
from dxrules.report.plan_header import title
from dxrules.report.table_cell import TableCell
from dxrules.report.tabular import Table, column
from dxrules.report.terminal import Style
from dxrules.source.placed_data import dotted
from dxrules.texts import Text, join, same, shorten, some_of

STATES: Final[Mapping[QuotationState, Text]] = {
    "found": Text("文書にある", "found"),
    "elsewhere": Text("箇所が違う", "at another place"),
    "missing": Text("見つからない", "not found"),
    "no-words": Text("断片なし(箇所のみ)", "no fragment, a place alone"),
    "others": Text("ほかの資料から(照合しない)", "from elsewhere, not looked for"),
}
FORMS: Final[Mapping[Form, Text]] = {
    "pdf": same("PDF"),
    "docx": Text("Word文書", "Word"),
    "xlsx": Text("Excelブック", "workbook"),
    "html": same("HTML"),
    "markdown": same("Markdown"),
    "text": Text("テキスト", "text"),
}
_OF: Final = Text("文書 {file}({form}{pages})", "document {file} ({form}{pages})")
_PAGES: Final = Text("、{count}ページ", ", {count} pages")
_NO_PAGES: Final = Text("、ページの区切りがないため、ページは照合しない", ", no pages to compare")
_MISSING: Final = Text(
    "文書に見つからない引用 {count}件(1字でも違えば見つからない)",
    "{count} quotations not found in the document (one character suffices)",
)
_ELSEWHERE: Final = Text(
    "文書にはあるが、ページや章・節が違う引用 {count}件",
    "{count} quotations that stand on another page or in another section",
)
_NEAREST: Final = Text("最も近い記載", "nearest")
_NOTHING_NEAR: Final = Text("似た記載もない", "nothing like it is there")
_STANDS: Final = Text("{said} → {found}", "{said} → {found}")
_SECTION: Final = Text("章・節「{name}」", 'section "{name}"')
_PAGE: Final = Text("{number}ページ", "page {number}")
_UNSURE: Final = Text(
    "章・節の見出しが文書に見当たらず、箇所は要確認の引用 {count}件: {names}",
    "{count} quotations whose section is undetermined, as the document has no such heading that "
    "was read: {names}",
)
_LACKING: Final = Text(
    "根拠(箇所や原文)のない記載 {count}件", "{count} entries with keys that have no evidence"
)
_LOST: Final = Text(
    "読み取れなかったもの(この中の記載は照合できない)",
    "What could not be read (nothing in it was compared)",
)
_LOST_ONE: Final = Text("{kind} {count}件{page}", "{count} {kind}{page}")
_ON_PAGE: Final = Text("({page}ページ)", " (page {page})")
_FIX: Final = Text(
    "ページと章・節は --fix で直し方を示し、--write で計画ファイルに書き込みます。",
    "--fix shows how to correct pages and sections, --write writes it into the plan file.",
)
_SHOWN: Final = 8
_TITLE: Final = Text("引用と文書の照合", "Quotations held against the document")
_COLUMNS: Final = (
    column("結果", "result", 16),
    column("計画ファイルの箇所", "place in the plan file", 28),
    column("記載", "entry", 28),
    column("原文の断片", "fragment", 44),
    column("章・節", "section", 16),
    column("ページ", "page", 8),
    column("文書での章・節", "section in the document", 16),
    column("文書でのページ", "page in the document", 8),
    column("最も近い記載", "nearest", 44),
)


def text(found: Quotations, how: How) -> Iterator[str]:
    """Yield what came of the comparison, line by line."""
    style = how.style
    yield title(found.file, style)
    yield from style.block(_about(found), 2, 2)
    yield from style.block(_counts(found), 2, 2)
    missing = [each for each in found.quotations if each.state == "missing"]
    elsewhere = [each for each in found.quotations if each.state == "elsewhere"]
    if missing:
        yield from _head(_MISSING, len(missing), style)
        for each in missing:
            yield from _quoted(each, style)
            yield from style.block("→ " + style.say(_near(found, each)), 4, 2)
    if elsewhere:
        yield from _head(_ELSEWHERE, len(elsewhere), style)
        for each in elsewhere:
            yield from _quoted(each, style)
            yield from style.block(_corrected(each), 4, 2)
        yield from style.block(_FIX, 2)
    yield from _asides(found, style)


def _asides(found: Quotations, style: Style) -> Iterator[str]:
    unsure = [each for each in found.quotations if each.unsure]
    if unsure:
        named = dict.fromkeys(same(shorten(each.said.section or "")) for each in unsure)
        names = some_of(list(named), _SHOWN)
        yield ""
        yield from style.block(_UNSURE.format(count=len(unsure), names=names), 0, 2)
    if found.lacking:
        yield from _head(_LACKING, len(found.lacking), style)
        for entry in found.lacking:
            yield from style.block(_entry(entry), 2, 2)
    if found.original.lost:
        yield ""
        yield style.bold(_LOST)
        for lost in found.original.lost:
            yield from style.block(lost_text(found, lost), 2, 2)


def _head(text: Text, count: int, style: Style) -> Iterator[str]:
    yield ""
    yield style.bold(text.format(count=count))


def _about(found: Quotations) -> Text:
    original = found.original
    pages = _PAGES.format(count=len(original.pages)) if original.pages else _NO_PAGES
    return _OF.format(file=original.file, form=FORMS[original.form], pages=pages)


def _counts(found: Quotations) -> Text:
    counted = [(word, found.count(state)) for state, word in STATES.items()]
    return join(word + same(f" {number}") for word, number in counted if number)


def _quoted(each: Quotation, style: Style) -> list[str]:
    said = f"{each.place}  {dotted(each.path)}  「{shorten(each.said.text or '')}」"
    return style.block(said, 2, 2)


def _near(found: Quotations, each: Quotation) -> Text:
    if each.near is None:
        return _NOTHING_NEAR
    spot = each.near.spot
    block = found.original.blocks[spot.block]
    place = _place(label_of(block.section, block.kind), found.original.printed(spot.page))
    words = same(f" 「{shorten(spot.text)}」 ")
    return _NEAREST + words + place


def _place(section: str, page: str) -> Text:
    shown = []
    if section:
        shown.append(_SECTION.format(name=shorten(section)))
    if page:
        shown.append(_PAGE.format(number=page))
    return join(shown) if shown else same("")


def _corrected(each: Quotation) -> Text:
    told = []
    if each.section is not None:
        said = _SECTION.format(name=shorten(each.said.section or ""))
        told.append(_STANDS.format(said=said, found=_SECTION.format(name=each.section)))
    if each.page is not None:
        said = _PAGE.format(number=each.said_page or "")
        told.append(_STANDS.format(said=said, found=_PAGE.format(number=each.page)))
    return join(told)


def _entry(entry: Lacking) -> Text:
    keys = same(", ".join(entry.keys))
    return same(f"{entry.place}  {dotted(entry.path)}: ") + keys


def lost_text(found: Quotations, lost: LostContent) -> Text:
    """Return what of a document could not be read."""
    printed = found.original.printed(lost.page)
    page = _ON_PAGE.format(page=printed) if printed else same("")
    return _LOST_ONE.format(kind=WHAT_IS_LOST[lost.kind], count=lost.count, page=page)


def rows(found: Quotations) -> Table:
    """Return a row for each quotation, and for each entry without evidence."""
    lines: list[tuple[TableCell, ...]] = [_row(found, each) for each in found.quotations]
    for entry in found.lacking:
        for key in entry.keys:
            path = dotted((*entry.path, key))
            word = Text("根拠なし", "no evidence")
            lines.append((word, entry.place.short, path, *(None,) * 6))
    return Table(_TITLE, found.day, _COLUMNS, tuple(lines))


def _row(found: Quotations, each: Quotation) -> tuple[TableCell, ...]:
    spot = each.spots[0] if each.spots else None
    block = found.original.blocks[spot.block] if spot else None
    return (
        STATES[each.state],
        each.place.short,
        dotted(each.path),
        each.said.text,
        each.said.section,
        each.said_page,
        label_of(block.section, block.kind) if block else None,
        found.original.printed(spot.page) if spot else None,
        each.near.spot.text if each.near else None,
    )
