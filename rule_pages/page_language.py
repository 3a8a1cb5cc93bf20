"""Rendering context of a rule page in one language."""

from __future__ import annotations

from typing import TYPE_CHECKING

from dxrules.derivation import VOCABULARY
from dxrules.frozen import frozen

if TYPE_CHECKING:
    from dxrules.assessment.explain import Explanation
    from dxrules.assessment.history import History
    from dxrules.derivation import Attribute
    from dxrules.reference import Reference
    from dxrules.rules import Law, Rule
    from dxrules.texts import Lang, Text


@frozen
class PageLanguage:
    """The part of a page that is in one language."""

    lang: Lang
    history: History
    law: Law

    @property
    def explanation(self) -> Explanation:
        """The rule explained."""
        return self.history.explanation

    @property
    def rule(self) -> Rule:
        """The rule."""
        return self.explanation.rule

    @property
    def reference(self) -> Reference:
        """What the nation has fixed."""
        return self.law.reference

    @property
    def of_facts(self) -> bool:
        """Whether the rule is about facts; the rules on waivers are not."""
        return self.rule.kind in VOCABULARY

    def attribute(self, name: str) -> Attribute:
        """Return an attribute of the rule's subject."""
        return VOCABULARY[self.rule.kind].attributes[name]

    def say(self, text: Text) -> str:
        """Return a text in the language of this page."""
        return text.in_(self.lang)

    def item(self, label: Text, shown: Text | str) -> str:
        """Return a line of a list."""
        return f"- {self.say(label)}: {shown if isinstance(shown, str) else self.say(shown)}"
