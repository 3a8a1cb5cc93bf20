"""The pages on rules in Markdown: one for each rule, and indexes by ruleset, area and source.

`make docs` writes them and makes a site of them; they are not kept in the repository.
"""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from dxrules.assessment.built_in_rules import BUILT_IN
from dxrules.assessment.history import history
from rule_pages.indexes import area_page, ruleset_page, source_page
from rule_pages.rule_page import rule_page

if TYPE_CHECKING:
    from dxrules.rules import Law

__all__ = ["pages"]


def pages(law: Law) -> dict[str, str]:
    """Return every page by its name."""
    found = {
        f"{rule.id}.md": rule_page(history(law, rule.id, date.max), law)
        for ruleset in (*law.rulesets, *BUILT_IN)
        for rule in ruleset.rules
    }
    return found | {
        "README.md": ruleset_page(law),
        "by-area.md": area_page(law),
        "by-source.md": source_page(law),
    }
