"""Rules, and the lawbook of a day."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date
from enum import StrEnum
from functools import lru_cache
from typing import Literal, get_args

from dxrules.dates import Range
from dxrules.derivation import Fact, Value
from dxrules.errors import Place
from dxrules.frozen import frozen
from dxrules.reference import Article, Source, SourceKind
from dxrules.rules.condition import Because, Condition, Leaf, Param, leaves
from dxrules.texts import Text

Strength = Literal[
    "statute", "cabinet", "effort", "advice", "recommended", "yardstick", "consistency"
]
Severity = Literal["error", "warning", "note"]
RuleAbout = Literal["plan", "town"]

SEVERITIES: tuple[Severity, ...] = get_args(Severity)

SEVERITY_OF: Mapping[Strength, Severity] = {
    "statute": "error",
    "cabinet": "error",
    "effort": "warning",
    "advice": "warning",
    "recommended": "note",
    "yardstick": "note",
    "consistency": "error",
}
"""How grave a failure is; a rule may lower it, never raise it."""

STRENGTH_RANK: Mapping[Strength, int] = {
    "consistency": 0,
    "yardstick": 1,
    "recommended": 2,
    "advice": 3,
    "effort": 4,
    "cabinet": 5,
    "statute": 6,
}

STRONGEST: Mapping[SourceKind, Strength] = {
    "law": "statute",
    "cabinet-order": "statute",
    "ministerial-ordinance": "statute",
    "cabinet-decision": "cabinet",
    "national-plan": "advice",
    "notice": "advice",
    "guideline": "recommended",
    "prefecture-document": "advice",
    "town-plan": "yardstick",
    "principle": "yardstick",
}
"""The greatest strength that a kind of source can give a rule."""

STRENGTH_LABELS: Mapping[str, Text] = {
    "statute": Text("法的義務", "legal duty"),
    "cabinet": Text("閣議決定の目標・期限", "target set by the cabinet"),
    "effort": Text("努力義務", "duty to endeavour"),
    "advice": Text("技術的助言", "technical advice"),
    "recommended": Text("推奨", "recommended"),
    "yardstick": Text("本ツールの目安", "yardstick of this tool"),
    "consistency": Text("計画内の整合", "consistency of the plan"),
}


class Outcome(StrEnum):
    """What a rule says of a fact."""

    __hash__ = str.__hash__  # it equals its text; and that of an enumeration takes far longer

    PASS = "pass"  # noqa: S105  (not a password)
    FAIL = "fail"
    UNKNOWN = "unknown"
    NOT_APPLICABLE = "not_applicable"
    WAIVED = "waived"
    ERROR = "error"


@frozen
class Example:
    """A fact, in part, and the outcome that a rule must give it."""

    expect: Outcome
    values: Mapping[str, Value]
    place: Place
    on: date | None = None


@frozen
class InForce:
    """When a rule was announced, and from when until when it holds; all inclusive.

    `until_announced` is when it was told that the rule lapses, and `until_source` what told it,
    where that is written.
    """

    announced: date
    since: date
    until: date | None = None
    until_announced: date | None = None
    until_source: Source | None = None

    def on(self, day: date) -> bool:
        """Tell whether the rule holds on a day."""
        return self.since <= day and (self.until is None or day <= self.until)


TOWN = "{town}"
"""What a message or remedy writes for city, ward, town or village."""
ANY_TOWN = Text("市町村", "municipality")
"""What stands there where no municipality is meant in particular."""
IN_A_QUESTION = frozenset({"label", "due", "town"})
"""What a question can name in braces: what is known of every finding."""


def about_town(text: Text, town: Text) -> Text:
    """Return a rule's text with what a municipality is in it."""
    return Text(text.ja.replace(TOWN, town.ja), text.en.replace(TOWN, town.en))


@frozen
class Rule:
    """A requirement: whom it concerns, when it applies, and what it asks."""

    id: str
    ruleset: str
    title: Text
    about: RuleAbout
    strength: Strength
    severity: Severity
    source: Source
    source_key: str
    in_force: InForce
    kind: str
    require: Condition
    message: Text
    remedy: Text
    place: Place
    draft: bool = False
    clause: Text | None = None
    articles: tuple[Article, ...] = ()
    keys: tuple[str, ...] = ()
    applies: Condition | None = None
    unless_failed: str | None = None
    refines: str | None = None
    due: str | Param | None = None
    due_on: Range | None = None
    formerly: tuple[str, ...] = ()
    examples: tuple[Example, ...] = ()
    question: Text | None = None

    def remedy_for(self, town: Text = ANY_TOWN) -> Text:
        """Return how to mend a failure, of a municipality of one kind or of any."""
        return about_town(self.remedy, town)

    @property
    def conditions(self) -> tuple[Condition, ...]:
        """When it applies, if that is conditional, and what it requires."""
        return (self.require,) if self.applies is None else (self.applies, self.require)

    @property
    def leaves(self) -> Iterator[Leaf]:
        """The leaves of its conditions, from left to right."""
        return (leaf for condition in self.conditions for leaf in leaves(condition))

    @property
    def asked(self) -> frozenset[str]:
        """The attributes that its conditions ask of a subject."""
        return frozenset(leaf.attribute for leaf in self.leaves)

    def concerns(self, fact: Fact) -> bool:
        """Tell whether a fact is a subject of this rule."""
        return fact.kind == self.kind and (not self.keys or fact.key in self.keys)


@frozen
class Verdict:
    """The outcome for one fact, and why; `applies` is None where the rule always applies."""

    outcome: Outcome
    require: Because
    applies: Because | None

    def open_leaves(self) -> tuple[Because, ...]:
        """Return what leaves it undetermined: of whether it applies, then of what it asks."""
        trees = [tree for tree in (self.applies, self.require) if tree and tree.truth is None]
        return tuple(leaf for tree in trees for leaf in tree.deciding())


@frozen
class Lawbook:
    """The rules that hold on a day, with that day's parameters, and those that do not.

    `known_until` is the earliest day up to which any of its rulesets, or any reference list, is
    known; `texts` are those of the rulesets' files.
    """

    day: date
    rules: tuple[Rule, ...]
    not_in_force: tuple[Rule, ...]
    rulesets: tuple[str, ...]
    known_until: date
    texts: tuple[str, ...]

    @property
    def digest(self) -> str:
        """The SHA-256 of the rulesets, each with its id, in hexadecimal digits."""
        return _digest_of(self.rulesets, self.texts)

    def rule(self, rule_id: str) -> Rule | None:
        """Return a rule by its id, or by one that it had formerly; in force or not."""
        for rule in (*self.rules, *self.not_in_force):
            if rule_id == rule.id or rule_id in rule.formerly:
                return rule
        return None


@lru_cache(maxsize=100)  # the same for all plans of a prefecture
def _digest_of(rulesets: tuple[str, ...], texts: tuple[str, ...]) -> str:
    import hashlib

    digest = hashlib.sha256()
    for name, text in sorted(zip(rulesets, texts, strict=True)):
        digest.update(f"{name}\n{len(text)}\n{text}\n".encode())
    return digest.hexdigest()
