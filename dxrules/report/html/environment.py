"""Environment of HTML templates: words, filters, style, script and the page's policy."""

from __future__ import annotations

import re
from base64 import b64encode
from collections.abc import Mapping, Sequence
from functools import cache, partial
from hashlib import sha256
from types import ModuleType
from typing import TYPE_CHECKING, Any

from dxrules import __version__, rules
from dxrules.assessment import Finding, questions
from dxrules.report import (
    citations,
    comparison_tables,
    condition_text,
    gaps,
    outcome_counts,
    piecewise,
    plan_header,
    shared_labels,
    undetermined_rules,
)
from dxrules.report.how_to_write import How
from dxrules.report.html import finding_rows, maps, timeline
from dxrules.report.table_cell import plain
from dxrules.report.terminal import Style, fold
from dxrules.texts import NOT_IN_LINES, Text, code_of, join, more, without_commands

if TYPE_CHECKING:
    from jinja2 import Environment

STYLE_FILE, SCRIPT_FILE = "style.css", "script.js"
"""Their names among the templates, and beside pages that share them."""


def plain_page(text: str) -> str:
    """Return a page with the codes of characters that act, without commands to a CI service.

    Such characters stand in texts alone; neither style nor script holds any. No day is broken
    over two lines.
    """
    shown = NOT_IN_LINES.sub(lambda found: f"&lt;{code_of(found[0])[1:-1]}&gt;", _days_whole(text))
    return without_commands(shown, lambda sign: f"&#{ord(sign)};")


_TAG = re.compile(r"<(?:(title|style|script|svg|select|time)\b.*?</\1|[^>]*)>", re.DOTALL)
"""A tag, or an element in which no day is broken, or none can be marked."""
_DAY = re.compile(r"(?<![\w-])\d{4}-\d\d-\d\d(?![\w-])", re.ASCII)


def _days_whole(page: str) -> str:
    """Mark each day of the texts of a page, so that it stays on one line.

    >>> _days_whole('<p title="2026-04-01">2026-04-01、まで</p>')
    '<p title="2026-04-01"><span class="day">2026-04-01</span>、まで</p>'
    """
    parts, start = [], 0
    for tag in _TAG.finditer(page):
        parts += [_marked(page[start : tag.start()]), tag[0]]
        start = tag.end()
    return "".join([*parts, _marked(page[start:])])


def _marked(text: str) -> str:
    return _DAY.sub(r'<span class="day">\g<0></span>', text) if "-" in text else text


def asset(name: str) -> str:
    """Return the text of style or script: our own, and nothing of a plan is in them."""
    from importlib.resources import files

    return files(__package__).joinpath("templates", name).read_text("utf-8")


def rendered_page(template: str, how: How, **shown: Any) -> bytes:
    """Return a page of one template as UTF-8; it stands alone, with style and script in it."""
    page = environment(how.style).get_template(template)
    return plain_page(page.render(how=how, version=__version__, **shown)).encode()


@cache
def environment(style: Style, *, linked: bool = False) -> Environment:
    """Return what templates are rendered in; `linked` where style and script are files."""
    from jinja2 import Environment, PackageLoader, StrictUndefined
    from markupsafe import Markup

    made = Environment(
        loader=PackageLoader("dxrules.report.html"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        auto_reload=False,
    )
    made.filters |= {"say": style.say, "web": web, "cut": cut}
    made.filters["plain"] = partial(plain, lang=style.lang)
    sheet, script = asset(STYLE_FILE), asset(SCRIPT_FILE)
    made.globals |= _words(style) | {
        "policy": _policy(*(["'self'"] * 2 if linked else [_digest(sheet), _digest(script)])),
        "style": style,
        "linked": linked,
        "style_sheet": Markup(sheet),  # noqa: S704
        "script": Markup(script),  # noqa: S704
    }
    return made


def _policy(style: str, script: str) -> str:
    """Return what allows one style and one script, or those beside the page, and no other."""
    return (
        f"default-src 'none'; style-src {style}; script-src {script}; "
        "base-uri 'none'; form-action 'none'"
    )


def _digest(text: str) -> str:
    return f"'sha256-{b64encode(sha256(text.encode()).digest()).decode()}'"


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


_NAMES: Mapping[ModuleType, str] = {
    questions: "by_question first_questions open_rules",
    rules: "Outcome SEVERITIES STRENGTH_LABELS",
    citations: "basis quoted",
    comparison_tables: "by_prefecture mark outcome_words several share",
    condition_text: "beside",
    undetermined_rules: "CONFIRM_FIRST HANGS due_in marks_of speaks_for_itself strength",
    outcome_counts: "duties rules_and_places",
    gaps: "comes_before ways_to_pass",
    finding_rows: "where",
    maps: "SIGNS blocks sign",
    timeline: "is_late",
    plan_header: "days to_come to_come_title",
    piecewise: "names_of",
    shared_labels: "DRAFT KNOWN ONE_ENGINE OUTCOMES SETBACK SEVERITY_WORDS VERIFICATION",
}
"""Names of modules that templates call."""


def _words(style: Style) -> dict[str, Any]:
    """Return what templates call by name."""

    def both(ja: str, en: str) -> str:
        return ja if style.lang == "ja" else en

    named = {
        name: getattr(module, name) for module, names in _NAMES.items() for name in names.split()
    }
    return named | {
        "t": both,
        "across_prefectures": comparison_tables.across,
        "listed": listed,
        "STYLE_FILE": STYLE_FILE,
        "SCRIPT_FILE": SCRIPT_FILE,
    }
