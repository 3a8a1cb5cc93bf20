"""Sheets of a workbook by their names, and sheets that are gone though others show them.

A sheet goes by its label in either language, or by its name.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping
from typing import TYPE_CHECKING

from dxrules.frozen import frozen
from dxrules.plan.workbook.cell_words import folded
from dxrules.plan.workbook.cells import Mark, SheetCells
from dxrules.plan.workbook.layout import (
    CODES,
    EACH,
    EVIDENCE_SHEET,
    GUIDE,
    SECTIONS,
    SECTIONS_SHEET,
    Sheet,
    optional_tables,
    sheets,
)
from dxrules.source import did_you_mean
from dxrules.source.sheets import SheetPage
from dxrules.texts import LANGS, Text, same

if TYPE_CHECKING:
    from dxrules.plan.workbook.tree import Tree

_GUIDE_SHEET = "guide"
_GUIDE_LISTS, _GUIDE_COLUMNS = 1, 5
"""The column of its list of sheets, and how many columns it has."""

_UNREAD = Text("「{title}」というシートは読まれません。", 'No sheet is called "{title}".')
_NO_PLAN = Text(
    "計画のブックのシートがありません(最初のシートは「{title}」)。",
    'None of its sheets is one of a plan file (the first is "{title}").',
)
_WHAT_IT_MAY_BE = Text(
    "公表された計画書なら `dxrules draft` で下書きし、戻ってきた照会なら `dxrules answer` で"
    "取り込んでください。記入用のブックは `dxrules new plan our-town.xlsx` で作れます。"
    "点検画面では、いずれも「ファイル」のタブで行えます。",
    "If it is a plan as it was published, draft a plan file from it with `dxrules draft`; an "
    "inquiry that came back is taken in with `dxrules answer`. "
    "`dxrules new plan our-town.xlsx` makes a workbook to fill in. At the desk all of this is on "
    "the tab Files.",
)
_TWO = Text(
    "「{title}」は「{first}」と同じ内容のシートです。",
    '"{title}" and "{first}" are the same sheet by two names.',
)
_KEEP_ONE = Text(
    "1枚にまとめ、もう1枚を消してください。", "Bring them together in one, and delete the other."
)
_GONE = Text("シート「{title}」がありません。", 'The sheet "{title}" is gone.')
_SAID_TO_BE_READ = Text(
    "「{sections}」では読んだことになっています。読んでいなければ、そこを空にしてください。"
    "読んだのであれば、",
    '"{sections}" says that it was read. If it was not, empty that cell. If it was: ',
)
_BACK = Text(
    "元に戻してください。書くことがなければ、その名前の空のシートを作ってください。",
    "Put it back. If there is nothing to say, add an empty sheet of that name.",
)
_FRONT_BACK = Text(
    "`dxrules new plan` で作った新しいブックから写してください。",
    "Copy it from a new workbook (`dxrules new plan`).",
)


@frozen
class SheetsFound:
    """The sheets of a workbook by name; `renamed` if one that says something is none of them.

    `listed` are those that its guide names; none without a guide, or if it was written over.
    """

    pages: Mapping[str, SheetPage]
    renamed: bool = False
    listed: frozenset[str] = frozenset()

    @property
    def own(self) -> bool:
        """Whether dxrules made the workbook, so that every sheet of its form was there once."""
        return SECTIONS_SHEET in self.pages or CODES in self.pages

    def had(self, name: str) -> bool:
        """Tell whether a sheet was there once: forms of earlier versions have fewer of them.

        Which, the guide tells. Without it all count, so that none is lost without a word.
        """
        return self.own and (not self.listed or name in self.listed)

    def called(self, name: str) -> Text:
        """Return how a sheet is called in the language of the workbook."""
        ja = any(
            page.title == label.ja for page in self.pages.values() for label in _labels().values()
        )
        label = _labels()[name]
        return same(label.ja if ja else label.en)


def _labels() -> dict[str, Text]:
    labels = {sheet.name: sheet.label for sheet in sheets()}
    return labels | {SECTIONS_SHEET: SECTIONS, _GUIDE_SHEET: GUIDE}


_FORMERLY = {
    "plan": ("計画そのもの",),
    "provisions": ("町が整えたもの", "団体が整えたもの", "what the town has set up"),
    "answers": ("answers of the town",),
    "document": ("文書の読み取り",),
    SECTIONS_SHEET: ("読んだ節",),
}
"""What sheets were called by earlier versions, whose workbooks are read as before."""


def names() -> dict[str, str]:
    """Return the names of sheets by what they go by, as it is compared."""
    return {
        folded(word): name
        for name, label in _labels().items()
        for word in (name, *map(label.in_, LANGS), *_FORMERLY.get(name, ()))
    } | {CODES: CODES}


def titles() -> frozenset[str]:
    """Return what sheets are or were called in either language."""
    return frozenset(
        word
        for name, label in _labels().items()
        for word in (*map(label.in_, LANGS), *_FORMERLY.get(name, ()))
    )


def find(cells: SheetCells, pages: Iterable[SheetPage]) -> SheetsFound:
    """Return the sheets by name; one that nobody reads is a fault, unless it is empty."""
    known = names()
    found: dict[str, SheetPage] = {}
    renamed = False
    pages = list(pages)
    if other := _of_another_kind(pages, known):
        cells.complain(Mark(0, 0, other), _NO_PLAN.format(title=other), _WHAT_IT_MAY_BE)
        return SheetsFound({}, renamed=True)
    for page in pages:
        name = known.get(folded(page.title))
        mark = Mark(0, 0, page.title)
        if page.empty and (name is None or name in found):
            if page.has_more:
                cells.tell(mark, _UNREAD.format(title=page.title))
            continue
        if name is None:
            renamed = True
            hint = did_you_mean(folded(page.title), known)
            cells.complain(mark, _UNREAD.format(title=page.title), hint)
        elif name in found and not found[name].empty:
            first = found[name].title
            cells.complain(mark, _TWO.format(title=page.title, first=first), _KEEP_ONE)
        else:
            found[name] = page
    guide = found.pop(_GUIDE_SHEET, None)
    listed = {} if guide is None else _listed(guide, known)
    if guide is not None:
        _beside_the_guide(cells, guide, listed)
    whole = listed and len(listed) == max(listed) - min(listed) + 1
    return SheetsFound(found, renamed, frozenset(listed.values() if whole else ()))


def _of_another_kind(pages: Iterable[SheetPage], known: Collection[str]) -> str:
    """Return the first sheet of a workbook that is none of a plan; nothing of one that may be."""
    titles = [page.title for page in pages if not page.empty]
    if any(folded(title) in known or did_you_mean(folded(title), known) for title in titles):
        return ""
    return titles[0] if titles else ""


def _listed(guide: SheetPage, known: Mapping[str, str]) -> dict[int, str]:
    """Return the names of the sheets that the guide lists, by line."""
    titles = {
        line: folded(str(row[_GUIDE_LISTS].value))
        for line, row in guide.cells.items()
        if _GUIDE_LISTS in row
    }
    return {line: known[title] for line, title in titles.items() if title in known}


def _beside_the_guide(cells: SheetCells, guide: SheetPage, listed: Collection[int]) -> None:
    """Tell of what somebody has written onto the first sheet, which nobody reads.

    It ends with the list of sheets, whichever version wrote it.
    """
    last = max(listed, default=max(guide.cells, default=0)) + 1
    cells.tell_unread_sheet(
        guide,
        [
            (line, place)
            for line in sorted(guide.cells)
            for place in sorted(guide.cells[line])
            if line > last or place > _GUIDE_COLUMNS
        ],
    )


def complain_of_gone(
    cells: SheetCells, found: SheetsFound, tree: Tree, wanted: Iterable[str]
) -> None:
    """Complain of each sheet that is gone though its section was read or others lead to it.

    A sheet that is renamed is complained of already, and is most likely the one that is gone.
    What the plan lacks without such a sheet is not complained of besides.
    """
    absent = [sheet.name for sheet in sheets() if sheet.name not in found.pages]
    gone = absent if found.renamed else [*_gone(found, tree, set(wanted))]
    for sheet in sheets():
        if sheet.name in gone and sheet.shape == "keys":
            tree.guessed.update(column.key[:-1] for column in sheet.columns)
    if found.renamed:
        return
    sections = found.pages.get(SECTIONS_SHEET)
    for name in gone:
        hint, mark = _FRONT_BACK if name == sheets()[0].name else _BACK, Mark(0, 0, "")
        read = tree.values.get(tuple(name.split(".")))
        if sections is not None and read is not None and read.sheet == sections.title:
            hint = _SAID_TO_BE_READ.format(sections=sections.title) + _BACK
            mark = read
        cells.complain(mark, _GONE.format(title=found.called(name)), hint)


def _gone(found: SheetsFound, tree: Tree, wanted: set[str]) -> Iterator[str]:
    first, *rest = sheets()
    if first.name not in found.pages:
        yield first.name
    for sheet in rest:
        if sheet.name not in found.pages and (
            sheet.name in wanted or (found.own and _was_read(found, sheet, tree))
        ):
            yield sheet.name
    if SECTIONS_SHEET not in found.pages and found.had(SECTIONS_SHEET):
        yield SECTIONS_SHEET


def _was_read(found: SheetsFound, sheet: Sheet, tree: Tree) -> bool:
    """Tell whether what stands on a sheet would be taken as read and found empty without it."""
    if sheet.name in optional_tables():  # whatever the guide lists, another sheet shows it
        return tree.at(tuple(sheet.name.split("."))) is not None
    if not found.had(sheet.name):
        return False
    if sheet.name == EVIDENCE_SHEET:
        return True
    around = sheet.path[: sheet.path.index(EACH)] if EACH in sheet.path else sheet.path[:-1]
    return not around or bool(tree.at(around))
