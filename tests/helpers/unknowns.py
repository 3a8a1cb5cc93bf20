"""What is not known, and why, where several modules of facts say the same."""

from __future__ import annotations

from datetime import date

from dxrules.dates import Range
from dxrules.derivation import unknown

NO_RESULT = unknown("期限が来たが、結果が書かれていない", "it fell due, and no result is stated")
LATER = Range(date(2026, 4, 1).toordinal(), None)
"""After the day recorded, 31 March 2026."""

SECTIONS = {
    "provisions": "体制・ルールの整備状況",
    "standardization": "標準化",
    "collection": "公金収納",
    "measures": "取組",
    "indicators": "指標",
    "document": "読み取りの範囲",
}
"""Sections of the plan file, as people call them."""


def not_read(section):
    """Return that a section has not been read."""
    return unknown(
        f"「{SECTIONS[section]}」の節({section})を読んでいない",
        f"the section {section} has not been read",
    )
