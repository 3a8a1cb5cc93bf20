"""HTML: one file that opens from a disk, without a network, and prints on A4.

Templates escape whatever they are given. Style and script are part of the page, and its policy
allows these two and nothing else, so that no request leaves it, whatever a plan holds.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence

from dxrules import __version__
from dxrules.assessment.comparison import Comparison
from dxrules.assessment.dossier import Dossier
from dxrules.frozen import frozen
from dxrules.report.comparison import FEW
from dxrules.report.comparison_tables import cells_of, columns_of, comparison_of
from dxrules.report.how_to_write import How
from dxrules.report.html.environment import environment, plain_page
from dxrules.report.html.maps import ACROSS, Links
from dxrules.report.html.town_page import TownPage, remarks
from dxrules.report.piecewise import Pieces, Piecewise, Whole
from dxrules.report.plan_header import selection_text
from dxrules.texts import Text

MANY = 30
"""More plans than this are shown as a map alone, without a chapter each."""


@frozen
class PagePlace:
    """Where a page stands: alone, or in a folder with `index` and one page for each town.

    `pages` are the names of these; `linked` tells whether style and script are files beside it.
    """

    linked: bool = False
    index: str = ""
    pages: tuple[str, ...] = ()


ALONE = PagePlace()


def write_comparison(comparison: Comparison, how: How) -> bytes:
    """Return towns side by side as UTF-8."""
    chosen = selection_text(comparison.selected)
    noted = [] if chosen is None else [how.style.say(chosen)]
    return b"".join(rendered(comparison, how, noted=noted))


def prefectures(dossier: Dossier) -> Mapping[str, Text]:
    """Return the names of prefectures, by their codes."""
    return {code: each.name for code, each in dossier.law.reference.prefectures.items()}


def rendered(
    comparison: Comparison,
    how: How,
    chapters: Sequence[TownPage] = (),
    noted: Sequence[str] = (),
    place: PagePlace = ALONE,
) -> Iterator[bytes]:
    """Yield a page: towns side by side, a chapter on each of them, or both.

    It comes in parts, as that of the nation's towns is large.
    """
    plans = comparison.plans
    page = environment(how.style, linked=place.linked).get_template("page.html")
    written = page.generate(
        comparison=comparison,
        judged_on=comparison.day,
        plans=plans,
        chapters=chapters,
        remarks=noted,
        few=len(plans) <= FEW,
        across=len(plans) <= ACROSS,
        columns=columns_of(plans),
        links=Links(place.pages, bool(chapters)),
        prefecture_of={n: each.name for each in comparison.prefectures for n in each.places},
        strengths={row.rule.strength for row in comparison.rows},
        index=place.index,
        how=how,
        version=__version__,
    )
    yield from (plain_page(text).encode() for text in _parts(written))


def _parts(written: Iterable[str]) -> Iterator[str]:
    """Yield a page in parts that end between the rows of a table, where no text is cut."""
    waiting: list[str] = []
    size = 0
    for text in written:
        waiting.append(text)
        size += len(text)
        if size >= _PART and text.endswith(_ROW_END):
            yield "".join(waiting)
            waiting, size = [], 0
    yield "".join(waiting)


def _piece(dossier: Dossier, how: How) -> bytes:  # noqa: ARG001  (a map is in both languages)
    (plan,) = dossier.assessment.plans
    return cells_of(plan)


def _joined(whole: Whole, pieces: Pieces, how: How) -> Iterator[bytes]:
    """Yield the report; a few plans that are held have a chapter each."""
    dossier = whole.dossier
    plans = dossier.assessment.plans if len(whole.headings) <= MANY else ()
    chapters = tuple(TownPage(dossier, plan, how, n) for n, plan in enumerate(plans, 1))
    compared = comparison_of(whole, pieces, prefectures(dossier))
    return rendered(compared, how, chapters, remarks(whole, how))


PIECES = Piecewise(_piece, _joined, lambda _: True)
_PART, _ROW_END = 100_000, "</tr>\n"
