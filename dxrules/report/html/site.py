"""HTML for many towns: an index, and a page for each town, with style and script beside them."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from dxrules.assessment.comparison import Gathering, arranged, compare_plans
from dxrules.report.html import Place, noted_before, prefectures, render, rendered
from dxrules.report.html.environment import SCRIPT_FILE, STYLE_FILE, asset
from dxrules.report.html.town_page import TownPage, remarks
from dxrules.report.lean_plans import cells_of, comparison_of
from dxrules.report.piecewise import Piecewise, apart, together

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from dxrules.assessment.dossier import Dossier
    from dxrules.report.piecewise import Pieces, Whole
    from dxrules.report.writers import How

INDEX = "index.html"


def page_of(dossier: Dossier, how: How) -> bytes:
    """Return the page of a dossier's one plan."""
    (plan,) = dossier.assessment.plans
    compared = compare_plans(dossier.assessment, prefectures(dossier))
    chapter, place = TownPage(dossier, plan, how, 1), Place(linked=True, index=INDEX)
    return render(compared, how, (chapter,), remarks(dossier, how), place)


def _piece(dossier: Dossier, how: How) -> bytes:
    (plan,) = dossier.assessment.plans
    return together(cells_of(plan), page_of(dossier, how))


def pages(whole: Whole, pieces: Pieces) -> Iterator[tuple[str, bytes]]:
    """Yield the name and the page of each town."""
    for name, piece in zip(_names(whole), pieces, strict=True):
        yield name, apart(piece, 2)[1]


def _names(whole: Whole) -> Iterator[str]:
    used: Counter[str] = Counter()
    for heading in whole.headings:
        used[heading.code] += 1
        yield _page_name(heading.code, used[heading.code])


def _page_name(code: str, number: int) -> str:
    return f"{code}.html" if number == 1 else f"{code}-{number}.html"


def _index(whole: Whole, pieces: Pieces, how: How) -> Iterator[bytes]:
    cells = (apart(piece, 2)[0] for piece in pieces)
    comparison = arranged(comparison_of(whole, cells, prefectures(whole.empty)), "town")
    place = Place(linked=True, pages=tuple(_names(whole)))
    return rendered(comparison, how, (), noted_before(whole, how), place)


PIECES = Piecewise(_piece, _index)
"""The page of each town; they are joined to the index."""


class Site:
    """Writes a page for each plan that it is given, and then the index; it keeps no plan.

    `put` writes a file by its name.
    """

    def __init__(self, how: How, put: Callable[[str, bytes], None]) -> None:
        self._how = how
        self._put = put
        self._gathering: Gathering | None = None
        self._pages: list[tuple[str, str, str]] = []
        self._used: Counter[str] = Counter()

    @property
    def number(self) -> int:
        """How many plans have a page."""
        return len(self._pages)

    def add(self, dossier: Dossier) -> None:
        """Write the page of a dossier's one plan."""
        page, how = self.keep(dossier), self._how
        self._put(page, page_of(dossier, how))

    def keep(self, dossier: Dossier) -> str:
        """Keep how a dossier's one plan came out, for the index; return the name of its page."""
        (plan,) = dossier.assessment.plans
        if self._gathering is None:
            self._gathering = Gathering(dossier.assessment.day, prefectures(dossier))
        self._gathering.add(plan)
        code = plan.file.plan.municipality.code
        self._used[code] += 1
        page = _page_name(code, self._used[code])
        self._pages.append((code, plan.file.name, page))
        return page

    def finish(self, dossier: Dossier) -> None:
        """Write the index, and what pages share; the dossier tells what could not be read."""
        how, day = self._how, dossier.assessment.day
        gathering = self._gathering or Gathering(day, prefectures(dossier))
        comparison = arranged(gathering.comparison(), "town")
        pages = tuple(page for _, _, page in sorted(self._pages, key=lambda each: each[:2]))
        place = Place(linked=True, pages=pages)
        self._put(INDEX, render(comparison, how, (), remarks(dossier, how), place))
        for name, content in shared():
            self._put(name, content)


def shared() -> Iterator[tuple[str, bytes]]:
    """Yield the files that all pages share."""
    for name in (STYLE_FILE, SCRIPT_FILE):
        yield name, asset(name).encode()
