"""HTML: one file that opens from a disk, without a network, and prints on A4.

Templates escape whatever they are given; style and script are part of the page.
"""

from __future__ import annotations

from hashlib import sha256
from typing import TYPE_CHECKING, Any

from dxrules import __version__
from dxrules.assessment.comparison import compare_plans
from dxrules.report.citing import basis, quoted
from dxrules.report.comparison import mark, outcome_words
from dxrules.report.heading import days
from dxrules.report.html.page import TownPage, conditions, truth_class
from dxrules.report.rows import severity_of
from dxrules.report.words import DRAFT, KNOWN, ONE_ENGINE, OUTCOMES, SEVERITY_WORDS, VERIFICATION
from dxrules.rules import SEVERITIES, STRENGTH_LABELS, Outcome

if TYPE_CHECKING:
    from jinja2 import Environment

    from dxrules.assessment.comparison import Comparison
    from dxrules.assessment.dossier import Dossier
    from dxrules.report.terminal import Style
    from dxrules.report.writers import How

MANY = 30
"""More plans than this are shown as a heat map alone, without a chapter each."""


def write(dossier: Dossier, how: How) -> bytes:
    """Return the report on one or more plans as UTF-8."""
    comparison = compare_plans(dossier.assessment)
    plans = dossier.assessment.plans
    chapters = () if len(plans) > MANY else tuple(TownPage(dossier, plan, how) for plan in plans)
    return _render(comparison, how, chapters)


def write_comparison(comparison: Comparison, how: How) -> bytes:
    """Return towns side by side as UTF-8."""
    return _render(comparison, how, ())


def _render(comparison: Comparison, how: How, chapters: tuple[TownPage, ...]) -> bytes:
    page = _environment(how.style).get_template("page.html")
    text = page.render(
        comparison=comparison,
        assessment=comparison.assessment,
        chapters=chapters,
        how=how,
        style=how.style,
        version=__version__,
    )
    return text.encode()


def _environment(style: Style) -> Environment:
    from jinja2 import Environment, PackageLoader, StrictUndefined

    environment = Environment(
        loader=PackageLoader("dxrules.report.html"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    environment.filters |= {"say": style.say, "anchor": _anchor}
    environment.globals |= _words(style)
    return environment


def _anchor(*parts: str) -> str:
    """Return an id that is the same for the same finding, and free of signs."""
    return "f" + sha256("\n".join(parts).encode()).hexdigest()[:12]


def _words(style: Style) -> dict[str, Any]:
    """Return what templates call by name."""

    def both(ja: str, en: str) -> str:
        return ja if style.lang == "ja" else en

    return {
        "t": both,
        "anchor": _anchor,
        "basis": basis,
        "conditions": conditions,
        "days": days,
        "mark": mark,
        "outcome_words": outcome_words,
        "quoted": quoted,
        "severity_of": severity_of,
        "truth_class": truth_class,
        "DRAFT": DRAFT,
        "KNOWN": KNOWN,
        "ONE_ENGINE": ONE_ENGINE,
        "OUTCOMES": OUTCOMES,
        "Outcome": Outcome,
        "SEVERITIES": SEVERITIES,
        "SEVERITY_WORDS": SEVERITY_WORDS,
        "STRENGTH_LABELS": STRENGTH_LABELS,
        "VERIFICATION": VERIFICATION,
    }
