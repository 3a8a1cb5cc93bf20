"""HTML for many towns: an index, and a page for each town, with style and script beside them."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from dxrules.assessment.comparison import Gathering, arranged, compare_plans
from dxrules.report.html import Place, prefectures, render
from dxrules.report.html.environment import SCRIPT_FILE, STYLE_FILE, asset
from dxrules.report.html.town_page import TownPage, remarks

if TYPE_CHECKING:
    from collections.abc import Callable

    from dxrules.assessment.dossier import Dossier
    from dxrules.report.writers import How

INDEX = "index.html"


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
        (plan,) = dossier.assessment.plans
        compared = compare_plans(dossier.assessment, prefectures(dossier))
        chapter, place = TownPage(dossier, plan, how, 1), Place(linked=True, index=INDEX)
        self._put(page, render(compared, how, (chapter,), remarks(dossier, how), place))

    def keep(self, dossier: Dossier) -> str:
        """Keep how a dossier's one plan came out, for the index; return the name of its page."""
        (plan,) = dossier.assessment.plans
        if self._gathering is None:
            self._gathering = Gathering(dossier.assessment.day, prefectures(dossier))
        self._gathering.add(plan)
        code = plan.file.plan.municipality.code
        self._used[code] += 1
        page = f"{code}.html" if self._used[code] == 1 else f"{code}-{self._used[code]}.html"
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
        for name in (STYLE_FILE, SCRIPT_FILE):
            self._put(name, asset(name).encode())
