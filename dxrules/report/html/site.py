"""HTML for many towns: an index, and a page for each town, with style and script beside them."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import replace

from dxrules.assessment.comparison import arranged, compare_plans
from dxrules.assessment.dossier import Dossier
from dxrules.report.comparison_tables import cells_of, comparison_of
from dxrules.report.how_to_write import How
from dxrules.report.html import PagePlace, prefectures, rendered
from dxrules.report.html.environment import SCRIPT_FILE, STYLE_FILE, asset
from dxrules.report.html.town_page import TownPage, remarks
from dxrules.report.piecewise import Pieces, Piecewise, Whole, apart, together

INDEX = "index.html"


def page_of(dossier: Dossier, how: How) -> bytes:
    """Return the page of a dossier's one plan."""
    (plan,) = dossier.assessment.plans
    compared = compare_plans(dossier.assessment, prefectures(dossier))
    chapter, place = TownPage(dossier, plan, how, 1), PagePlace(linked=True, index=INDEX)
    return b"".join(rendered(compared, how, (chapter,), remarks(dossier, how), place))


def _piece(dossier: Dossier, how: How) -> bytes:
    (plan,) = dossier.assessment.plans
    return together(cells_of(plan), page_of(replace(dossier, stale=None), how))


def pages(whole: Whole, pieces: Pieces) -> Iterator[tuple[str, bytes]]:
    """Yield the name and the page of each town."""
    for name, piece in zip(_names(whole), pieces, strict=True):
        yield name, apart(piece, 2)[1]


def _names(whole: Whole) -> Iterator[str]:
    """Yield the names of pages: towns by their codes, and further plans of a town by number."""
    used: Counter[str] = Counter()
    for code in (heading.code for heading in whole.headings):
        used[code] += 1
        yield f"{code}.html" if used[code] == 1 else f"{code}-{used[code]}.html"


def _index(whole: Whole, pieces: Pieces, how: How) -> Iterator[bytes]:
    cells = (apart(piece, 2)[0] for piece in pieces)
    comparison = arranged(comparison_of(whole, cells, prefectures(whole.dossier)), "town")
    place = PagePlace(linked=True, pages=tuple(_names(whole)))
    return rendered(comparison, how, (), remarks(whole, how), place)


PIECES = Piecewise(_piece, _index)
"""The page of each town; they are joined to the index."""


def shared() -> Iterator[tuple[str, bytes]]:
    """Yield the files that all pages share."""
    for name in (STYLE_FILE, SCRIPT_FILE):
        yield name, asset(name).encode()
