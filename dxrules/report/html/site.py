"""HTML for many towns: an index, and a page for each town, with style and script beside them."""

from __future__ import annotations

import gc
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import replace

from dxrules.assessment.comparison import arranged, compare_plans
from dxrules.assessment.dossier import Dossier
from dxrules.report.comparison_tables import cells_of, comparison_of
from dxrules.report.html import PagePlace, noted_before, prefectures, rendered
from dxrules.report.html.environment import SCRIPT_FILE, STYLE_FILE, asset
from dxrules.report.html.town_page import TownPage, remarks
from dxrules.report.piecewise import Pieces, Piecewise, Whole, apart, together
from dxrules.report.writers import How

INDEX = "index.html"
_PAGES_BETWEEN_COLLECTING = 20
"""A process of the command line hardly looks for garbage by itself; each page leaves some."""


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
    for name, piece in zip(_names_of(whole), pieces, strict=True):
        yield name, apart(piece, 2)[1]


def _names(codes: Iterable[str]) -> Iterator[str]:
    """Yield the names of pages: towns by their codes, and further plans of a town by number."""
    used: Counter[str] = Counter()
    for code in codes:
        used[code] += 1
        yield f"{code}.html" if used[code] == 1 else f"{code}-{used[code]}.html"


def _names_of(whole: Whole) -> Iterator[str]:
    return _names(heading.code for heading in whole.headings)


def _index(whole: Whole, pieces: Pieces, how: How) -> Iterator[bytes]:
    cells = (apart(piece, 2)[0] for piece in pieces)
    comparison = arranged(comparison_of(whole, cells, prefectures(whole.dossier)), "town")
    place = PagePlace(linked=True, pages=tuple(_names_of(whole)))
    return rendered(comparison, how, (), noted_before(whole, how), place)


PIECES = Piecewise(_piece, _index)
"""The page of each town; they are joined to the index."""


def pages_of_all(dossier: Dossier, how: How) -> Iterator[tuple[str, bytes]]:
    """Yield the name and the page of each plan of a dossier, which holds all of them.

    What is said of all of them stands on the index alone.
    """
    plans = dossier.assessment.plans
    for number, (name, plan) in enumerate(zip(_names_in(dossier), plans, strict=True), 1):
        own = replace(dossier.assessment, plans=(plan,))
        yield name, page_of(Dossier(own, dossier.law, selection=dossier.selection), how)
        if number % _PAGES_BETWEEN_COLLECTING == 0:
            gc.collect()


def index_of_all(dossier: Dossier, how: How) -> bytes:
    """Return the index to the same pages."""
    compared = compare_plans(dossier.assessment, prefectures(dossier))
    place = PagePlace(linked=True, pages=tuple(_names_in(dossier)))
    return b"".join(rendered(arranged(compared, "town"), how, (), remarks(dossier, how), place))


def _names_in(dossier: Dossier) -> Iterator[str]:
    return _names(plan.file.plan.municipality.code for plan in dossier.assessment.plans)


def shared() -> Iterator[tuple[str, bytes]]:
    """Yield the files that all pages share."""
    for name in (STYLE_FILE, SCRIPT_FILE):
        yield name, asset(name).encode()
