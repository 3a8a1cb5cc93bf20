"""HTML: one file that opens from a disk, without a network, and prints on A4.

Templates escape whatever they are given. Style and script are part of the page, and its policy
allows these two and nothing else, so that no request leaves it, whatever a plan holds.
"""

from __future__ import annotations

from base64 import b64encode
from hashlib import sha256
from typing import TYPE_CHECKING, Any

from dxrules import __version__
from dxrules.assessment.comparison import compare_plans
from dxrules.assessment.confirming import open_rules
from dxrules.assessment.questions import by_question, first_questions
from dxrules.report.citations import basis, quoted
from dxrules.report.comparison import mark, outcome_words
from dxrules.report.confirming import CONFIRM_FIRST, HANGS, due_in, marks_of, strength
from dxrules.report.counting import COUNTS, RARE_COUNTS, duties, rules_and_places
from dxrules.report.gaps import comes_before, reason, ways_to_pass
from dxrules.report.html.finding_rows import where
from dxrules.report.html.heatmap import SIGNS, blocks, sign
from dxrules.report.html.timeline import is_late
from dxrules.report.html.town_page import TownPage, remarks
from dxrules.report.plan_header import days
from dxrules.report.refinement_text import beside
from dxrules.report.shared_labels import (
    DRAFT,
    KNOWN,
    ONE_ENGINE,
    OUTCOMES,
    SETBACK,
    SEVERITY_WORDS,
    VERIFICATION,
    more,
)
from dxrules.report.terminal import fold
from dxrules.report.to_come import to_come, to_come_title
from dxrules.rules import SEVERITIES, STRENGTH_LABELS, Outcome
from dxrules.texts import NOT_IN_LINES, code_of, join, without_commands

if TYPE_CHECKING:
    from collections.abc import Sequence

    from jinja2 import Environment, PackageLoader

    from dxrules.assessment import Finding, PlanAssessment
    from dxrules.assessment.comparison import Comparison
    from dxrules.assessment.dossier import Dossier
    from dxrules.report.counting import CountColumn
    from dxrules.report.terminal import Style
    from dxrules.report.writers import How
    from dxrules.texts import Text

MANY = 30
"""More plans than this are shown as a heat map alone, without a chapter each."""

FEW = 12
"""Up to so many towns a requirement is a row, and a town a column."""

_INLINE = ("style.css", "script.js")


def write(dossier: Dossier, how: How) -> bytes:
    """Return the report on one or more plans as UTF-8."""
    plans = dossier.assessment.plans
    shown = () if len(plans) > MANY else plans
    chapters = tuple(TownPage(dossier, plan, how, n) for n, plan in enumerate(shown, 1))
    return _render(compare_plans(dossier.assessment), how, chapters, remarks(dossier, how))


def write_comparison(comparison: Comparison, how: How) -> bytes:
    """Return towns side by side as UTF-8."""
    return _render(comparison, how)


def _render(
    comparison: Comparison,
    how: How,
    chapters: Sequence[TownPage] = (),
    noted: Sequence[str] = (),
) -> bytes:
    plans = comparison.assessment.plans
    page = _environment(how).get_template("page.html")
    text = page.render(
        comparison=comparison,
        assessment=comparison.assessment,
        plans=plans,
        chapters=chapters,
        remarks=noted,
        few=len(plans) <= FEW,
        columns=_columns(plans),
        how=how,
        style=how.style,
        version=__version__,
    )
    return _plain(text).encode()


def _columns(plans: Sequence[PlanAssessment]) -> list[CountColumn]:
    """Return the columns of the table of towns; rare outcomes have one where there are any."""
    counts = [plan.counts for plan in plans]
    return [*COUNTS, *(c for c in RARE_COUNTS if any(c.of(each) for each in counts))]


def _plain(text: str) -> str:
    """Return a page with the codes of characters that act, without commands to a CI service.

    Such characters stand in texts alone; neither style nor script holds any.
    """
    shown = NOT_IN_LINES.sub(lambda found: f"&lt;{code_of(found[0])[1:-1]}&gt;", text)
    return without_commands(shown, lambda sign: f"&#{ord(sign)};")


def _environment(how: How) -> Environment:
    from jinja2 import Environment, PackageLoader, StrictUndefined

    loader, style = PackageLoader("dxrules.report.html"), how.style
    environment = Environment(
        loader=loader,
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        auto_reload=False,
    )
    environment.filters |= {"say": style.say, "web": web, "cut": cut}
    environment.globals |= _words(style) | _inline(loader, environment)
    return environment


def _inline(loader: PackageLoader, environment: Environment) -> dict[str, Any]:
    """Return style and script as they stand in the page, and the policy that allows no other."""
    from markupsafe import Markup

    texts = {name: loader.get_source(environment, name)[0] for name in _INLINE}
    style, script = (f"'sha256-{_digest(texts[name])}'" for name in _INLINE)
    policy = (
        f"default-src 'none'; style-src {style}; script-src {script}; "
        "base-uri 'none'; form-action 'none'"
    )
    # Both are our own; nothing of a plan is in them.
    return {
        "policy": policy,
        "style_sheet": Markup(texts["style.css"]),  # noqa: S704
        "script": Markup(texts["script.js"]),  # noqa: S704
    }


def _digest(text: str) -> str:
    return b64encode(sha256(text.encode()).digest()).decode()


def web(url: str | None) -> str | None:
    """Return an address that a link may lead to: one of the web, and no script.

    >>> web("https://www.soumu.go.jp/"), web("javascript:alert(1)"), web(None)
    ('https://www.soumu.go.jp/', None, None)
    """
    return url if url is not None and url.startswith(("https://", "http://")) else None


def cut(text: str, room: int) -> str:
    """Cut a text that takes more columns than there are.

    >>> cut("標準準拠システム", 10), cut("標準", 10)
    ('標準準拠…', '標準')
    """
    if len(fold(text, room)) == 1:
        return text
    return fold(text, room - 2)[0] + "…"


def listed(findings: Sequence[Finding], most: int = 4) -> Text:
    """Return the names of what findings are about, but for those that are too many."""
    labels = tuple(finding.label for finding in findings)
    shown = labels if len(labels) <= most else labels[: most - 1]
    return join(shown) + more(len(labels) - len(shown))


def _words(style: Style) -> dict[str, Any]:
    """Return what templates call by name."""

    def both(ja: str, en: str) -> str:
        return ja if style.lang == "ja" else en

    return {
        "t": both,
        "basis": basis,
        "beside": beside,
        "blocks": blocks,
        "comes_before": comes_before,
        "days": days,
        "by_question": by_question,
        "due_in": due_in,
        "duties": duties,
        "open_rules": open_rules,
        "reason": reason,
        "rules_and_places": rules_and_places,
        "strength": strength,
        "CONFIRM_FIRST": CONFIRM_FIRST,
        "HANGS": HANGS,
        "first_questions": first_questions,
        "is_late": is_late,
        "mark": mark,
        "marks_of": marks_of,
        "outcome_words": outcome_words,
        "quoted": quoted,
        "sign": sign,
        "listed": listed,
        "ways_to_pass": ways_to_pass,
        "to_come": to_come,
        "to_come_title": to_come_title,
        "where": where,
        "DRAFT": DRAFT,
        "KNOWN": KNOWN,
        "SETBACK": SETBACK,
        "ONE_ENGINE": ONE_ENGINE,
        "OUTCOMES": OUTCOMES,
        "Outcome": Outcome,
        "SEVERITIES": SEVERITIES,
        "SEVERITY_WORDS": SEVERITY_WORDS,
        "SIGNS": SIGNS,
        "STRENGTH_LABELS": STRENGTH_LABELS,
        "VERIFICATION": VERIFICATION,
    }
