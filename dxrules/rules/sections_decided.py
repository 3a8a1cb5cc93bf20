"""How many rules each section of a plan file decides: where to begin filling one in."""

from __future__ import annotations

from collections.abc import Mapping

from dxrules.derivation import VOCABULARY
from dxrules.plan.workbook.layout import Decides
from dxrules.rules.condition import leaves
from dxrules.rules.rule import Lawbook, Rule

_SECTIONS: Mapping[str, str] = {
    "plan": "plan",
    "citation": "plan.cites",
    "provision": "provisions",
    "standardization": "standardization",
    "system": "standardization.systems",
    "collection": "collection.charges",
    "area": "measures",
    "dependency": "measures",
    "passage": "document.passages",
}
"""By the kind of fact, the section that decides rules about it, where no declaration tells it."""

_OF_THE_PLAN = {"measures": "measures", "indicators": "indicators", "cites": "plan.cites"}
"""Keys of the plan that are sections of their own."""


def rules_by_section(lawbook: Lawbook) -> dict[str, Decides]:
    """Return, by section of the plan file, how many of the rules in force it decides."""
    rules: dict[str, list[Rule]] = {}
    for rule in lawbook.rules:
        rules.setdefault(_section(rule), []).append(rule)
    return {section: Decides(len(found), _entries(found)) for section, found in rules.items()}


def _entries(rules: list[Rule]) -> frozenset[str]:
    """Return the entries that rules name; none where one of them is about all."""
    keys = [rule.keys for rule in rules]
    return frozenset(key for each in keys for key in each) if all(keys) else frozenset()


def section_of(kind: str) -> str:
    """Return the section, or the table in it, that decides rules about facts of a kind."""
    drawn_from = VOCABULARY[kind].drawn_from
    return drawn_from[0] if kind not in _SECTIONS and drawn_from else _SECTIONS[kind]


def _section(rule: Rule) -> str:
    if rule.kind != "plan":
        return section_of(rule.kind)
    attributes = VOCABULARY["plan"].attributes
    named = [leaf.attribute for leaf in leaves(rule.require)]
    reads = {_OF_THE_PLAN.get(key, "plan") for name in named for key in attributes[name].reads}
    return reads.pop() if len(reads) == 1 else "plan"
