"""What a town told against what its plan says: each contradiction is a finding.

Which of the two is right nobody can tell from the file, so it is a note, and no more.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from typing import TYPE_CHECKING, Final

from dxrules.assessment.finding import Finding
from dxrules.derivation import Fact
from dxrules.errors import Place
from dxrules.plan import PlanFile
from dxrules.reference import Source
from dxrules.rules import Outcome, Rule, Ruleset
from dxrules.rules.condition import All
from dxrules.rules.rule import InForce
from dxrules.source import description
from dxrules.texts import Text, same, shorten

if TYPE_CHECKING:
    from dxrules.plan.differing_answers import Differing

KIND: Final = "answer"
_SINCE: Final = date(2020, 12, 25)
_WHAT: Final = Text("{entry} {key}", "{entry}, {key}")
_RULE: Final = Rule(
    id="ANS-01",
    ruleset="answers",
    title=Text("団体の回答と計画の記載", "Answers of the municipality and the plan"),
    about="plan",
    strength="consistency",
    severity="note",
    source=Source.model_construct(  # to validate what stands here takes as long as a plan
        title=Text(
            "計画ファイルにある団体の回答", "the answers of the municipality in the plan file"
        ),
        kind="principle",
        verified="primary",
    ),
    source_key="answers",
    in_force=InForce(_SINCE, _SINCE),
    kind=KIND,
    require=All(()),
    message=Text(
        "{what}: 計画では「{said}」、回答({day})では「{told}」",
        "{what}: {said} in the plan, {told} as told ({day})",
    ),
    remedy=Text(
        "どちらが正しいかを確かめ、計画を改めるか、回答を訂正する",
        "Look up which is right, and revise the plan or correct the answer",
    ),
    place=Place("answers", 1, 1),
)

ANSWERS: Final = Ruleset.built_in(
    "answers", Text("団体の回答", "Answers of the municipality"), _RULE
)
"""The rule about answers, which is in no file."""


def contradictions_of(file: PlanFile, facts: Sequence[Fact]) -> Iterator[Finding]:
    """Yield a finding for each answer that the plan contradicts; the `facts` tell names."""
    if not file.plan.answers:
        return
    from dxrules.plan.differing_answers import differing  # few plan files hold answers
    from dxrules.plan.key_names import said_value, told_value

    found = [*differing(file)]
    called = {fact.key: fact.label for fact in reversed(facts)} if found else {}
    for each in found:
        what = _what(each, called)
        about = each.answer.about
        yield Finding(
            rule=_RULE,
            kind=KIND,
            key=about,
            label=what,
            area=None,
            outcome=Outcome.FAIL,
            severity=_RULE.severity,
            message=_RULE.message.format(
                what=what,
                said=said_value(about, each.said),
                told=told_value(about, each.told),
                day=each.answer.told.describe(),
            ),
            place=file.place(("answers", each.number)),
        )


def _what(each: Differing, labels: Mapping[str, Text]) -> Text:
    """Return what an answer is about: the entry as facts or the plan file call it, the key."""
    from dxrules.plan.answers import key_of
    from dxrules.plan.key_names import key_name
    from dxrules.plan.models import Plan

    if each.entry in Plan.model_fields:
        called = description(Plan.model_fields[each.entry])
    else:
        called = labels.get(each.entry) or same(shorten(each.entry))
    return _WHAT.format(entry=called, key=key_name(key_of(each.answer.about)[1]))
