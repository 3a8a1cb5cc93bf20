"""What the pages share: links, tables, and both languages side by side."""

from __future__ import annotations

from typing import TYPE_CHECKING

from dxrules.texts import Text

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from datetime import date

    from dxrules.reference import Source
    from dxrules.rules import Rule

_DRAFT = Text("草案", "draft")
GENERATED = "<!-- `make docs` で作成 / `make docs` writes this page. -->"


def two(text: Text) -> str:
    """Return a text in both languages; once if it reads alike in both."""
    return text.ja if text.ja == text.en else f"{text.ja} / {text.en}"


def rule_link(rule: Rule) -> str:
    """Return the link to the page of a rule."""
    return id_link(rule.id) + draft_mark(rule)


def draft_mark(rule: Rule) -> str:
    """Return what follows the name of a rule that is a draft."""
    return f" ({two(_DRAFT)})" if rule.draft else ""


def id_link(rule_id: str) -> str:
    """Return the link to the page of a rule by its id."""
    return f"[{rule_id}]({rule_id}.md)"


def anchor(name: str) -> str:
    """Return a name that a page can be entered at, whatever its heading is."""
    return name.replace("/", "-")


def source_anchor(rule: Rule) -> str:
    """Return where the source of a rule stands on the page of sources."""
    return anchor(f"{rule.ruleset}-{rule.source_key}")


def heading(name: str, text: Text) -> str:
    """Return a heading that is entered at a name."""
    return f'<a id="{anchor(name)}"></a>\n\n## {two(text)}\n'


def table(heads: Sequence[Text], rows: Iterable[Sequence[str]]) -> str:
    """Return a table; its heads are in both languages."""
    return one_table([two(head) for head in heads], rows)


def one_table(heads: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    """Return a table."""
    lines = [heads, ["---"] * len(heads), *rows]
    return "".join(f"| {' | '.join(map(_cell, cells))} |\n" for cells in lines)


def _cell(text: str) -> str:
    return text.replace("|", "\\|").replace("\n", " ")


def span(since: date, until: date | None) -> str:
    """Return from when until when something holds."""
    return f"{since}～{until or ''}"


def address(source: Source, shown: str) -> str:
    """Return a text, linked to the address of a source that has one."""
    return f"[{shown}]({source.url})" if source.url else shown
