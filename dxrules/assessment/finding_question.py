"""The question of an undetermined finding: what has to be read, else what its rule asks."""

from __future__ import annotations

import re
from collections.abc import Sequence

from dxrules.assessment.finding import Finding
from dxrules.derivation import VOCABULARY, Absent, Cause
from dxrules.plan.models import SECTIONS
from dxrules.rules import Outcome
from dxrules.rules.condition import Because, Leaf
from dxrules.rules.rule import ANY_TOWN
from dxrules.source import Path
from dxrules.texts import Text, join, more, same, shorten

KnownKey = tuple[str, str, str]
"""What can be known of a subject: its kind, its key, and the key of the plan file that says it."""

_PASSAGE = "passage"
_MOST_LABELS = 4
_LONGEST_QUOTED = 40
_JA, _EN = "「{label}」", "“{label}”"
_IN_BRACKETS = re.compile(r"(?P<stem>[^()]+)\((?P<which>[^()]+)\)")
_LISTS = frozenset({"cites", "measures", "indicators"})
"""Keys whose entries tell of many things: two that are drawn from them need not be one."""
_WITH_KEYS = frozenset({"plan", "provision", "standardization", "measure", "indicator"})
"""Kinds whose attributes are keys of one mapping of the plan file."""
_TOLD_WITH = {
    ("provision", "since"): "status",
    ("collection", "start"): "status",
}
"""Keys of a day that whoever tells another key tells as well: since when something is in place."""
_UNNAMED = {"label": Text("○○", "…"), "due": Text("期日", "the day due"), "town": ANY_TOWN}
_WHAT_OF = Text(
    "「{title}」({label})は、どうなっていますか。計画書か、その担当課で確かめてください",
    "What is the state of “{title}” ({label})? Check the plan, or ask the section in charge",
)
"""What is asked where a rule asks nothing of its own."""


def question_of(finding: Finding) -> Text:
    """Return what somebody at the town hall can look up or decide, so that it can be told."""
    return causes(finding)[0].question if is_read_for(finding) else asked([finding])


def asked(findings: Sequence[Finding]) -> Text:
    """Return what the rule of some findings asks of all their subjects at once."""
    first = findings[0]
    labels = [*dict.fromkeys(finding.label for finding in findings)]
    shown, rest = labels[:_MOST_LABELS], more(len(labels) - _MOST_LABELS)
    text = first.rule.question or _WHAT_OF
    quotes = _JA in text.ja and _EN in text.en
    in_ja = _in_one(labels)
    if quotes:  # each label within its own
        text = Text(text.ja.replace(_JA, "{label}"), text.en.replace(_EN, "{label}"))
        shown, in_ja = [_quoted(label) for label in shown], in_ja and f"「{in_ja}」"
    due = first.due.describe() if first.due else same("-")
    label = join(shown) + rest
    if in_ja:
        label = Text(in_ja, label.en)
    said = text.format(label=label, due=due, town=first.town, title=first.rule.title)
    return _passages(findings) + said


def pattern_of(finding: Finding) -> Text:
    """Return what is asked for a finding without the names of subjects: many ask the same."""
    if is_read_for(finding):
        return causes(finding)[0].question
    text = finding.rule.question or _WHAT_OF
    return text.format(**_UNNAMED, title=finding.rule.title)


def causes(finding: Finding) -> tuple[Cause, ...]:
    """Return what has to be read before a finding can be told.

    That a document was not read to its end is no cause for what the municipality does: that can
    be told without it.
    """
    if finding.cause is not None:
        return (finding.cause,)
    found = [cause for leaf in _open_leaves(finding) if (cause := _cause(finding, leaf))]
    return tuple(dict.fromkeys(found))


def known(finding: Finding) -> frozenset[KnownKey]:
    """Return what has to be known of the subject of a finding that no cause leaves open."""
    kind, key = finding.kind, finding.key
    return frozenset(
        (kind, key, name if read in _LISTS else _TOLD_WITH.get((kind, read), read))
        for name, read in _reads(finding)
    )


def paths(finding: Finding) -> tuple[Path, ...]:
    """Return where in the plan file it goes: the keys, or the list that has the entries."""
    own = [
        (read,) if read in SECTIONS else (*finding.path, read)
        for _, read in _reads(finding)
        if finding.kind in _WITH_KEYS
    ]
    return tuple(dict.fromkeys(own)) or (finding.path,)


def _reads(finding: Finding) -> list[tuple[str, str]]:
    """Return which attributes are open, each with the keys of the plan file that it is drawn from.

    One that is drawn from none stands for itself.
    """
    attributes = VOCABULARY[finding.kind].attributes
    names = [
        leaf.condition.attribute
        for leaf in _open_leaves(finding)
        if isinstance(leaf.condition, Leaf) and _cause(finding, leaf) is None
    ]
    return [(name, read) for name in names for read in attributes[name].reads or (name,)]


def is_read_for(finding: Finding) -> bool:
    """Tell whether nothing leaves a finding open but what has to be read."""
    return bool(causes(finding)) and not known(finding)


def _open_leaves(finding: Finding) -> tuple[Because, ...]:
    """Return what leaves it open; what it was decided by, where that was set aside afterwards."""
    why = finding.verdict
    if finding.outcome is not Outcome.UNKNOWN or why is None:
        return ()
    return why.open_leaves() or tuple(why.require.deciding())


def _cause(finding: Finding, leaf: Because) -> Cause | None:
    cause = leaf.value.cause if isinstance(leaf.value, Absent) else None
    skipped = cause is not None and cause.in_part and finding.rule.about == "town"
    return None if skipped else cause


def _passages(findings: Sequence[Finding]) -> Text:
    """Return the passages in doubt, which a question on the wording of a plan is about."""
    proofs = [proof for each in findings if each.kind == _PASSAGE for proof in each.proofs]
    quoted = [*dict.fromkeys(shorten(p.text, _LONGEST_QUOTED) for p in proofs if p.text)]
    if not quoted:
        return same("")
    listed = join(_quoted(same(text)) for text in quoted[:_MOST_LABELS])
    return listed + more(len(quoted) - _MOST_LABELS) + same(": ")


def _in_one(labels: Sequence[Text]) -> str:
    """Return labels in Japanese that differ in their brackets alone as one: 方針(長、議会)."""
    parts = [_IN_BRACKETS.fullmatch(label.ja) for label in labels]
    stems = {part["stem"] if part else "" for part in parts}
    if not 1 < len(labels) <= _MOST_LABELS or len(stems) > 1 or "" in stems:
        return ""
    return f"{stems.pop()}({'、'.join(part['which'] for part in parts if part)})"


def _quoted(text: Text) -> Text:
    return Text(f"「{text.ja}」", f"“{text.en}”")
