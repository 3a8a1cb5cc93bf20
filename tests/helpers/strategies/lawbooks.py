"""Two versions of a law of a few rules."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from hypothesis import strategies as st

from dxrules.rules import Law, Ruleset
from dxrules.texts import same
from tests.helpers.lawbooks import law
from tests.helpers.strategies.facts import rules_and_fact

DAY = date(2026, 4, 1)


def law_of(rules):
    """Return a law of one ruleset with these rules."""
    ruleset = Ruleset("test", same("…"), "national", None, DAY, {}, {}, tuple(rules), "")
    return Law((ruleset,), law().reference)


@st.composite
def rulebooks(draw):
    """Two versions of a few rules: some are changed, gone, new or renamed."""
    old, new = [], []
    for number in range(draw(st.integers(0, 3))):
        (one, other), _ = draw(rules_and_fact(2))
        one, other = replace(one, id=f"T-{number}"), replace(other, id=f"T-{number}")
        match draw(st.sampled_from(["kept", "changed", "gone", "new", "renamed"])):
            case "kept":
                old, new = [*old, one], [*new, one]
            case "changed":
                old, new = [*old, one], [*new, other]
            case "gone":
                old = [*old, one]
            case "new":
                new = [*new, one]
            case "renamed":
                renamed = replace(other, id=f"R-{number}", formerly=(one.id,))
                old, new = [*old, one], [*new, renamed]
    return law_of(old), law_of(new)
