"""The rulesets of this checkout."""

from __future__ import annotations

import pytest

from dxrules.derivation import SILENT, UNKNOWN, VOCABULARY
from dxrules.rules import Outcome, judge
from dxrules.rules.ruleset import constants_on, resolved
from dxrules.texts import placeholders
from tests.helpers.lawbooks import law

# The rules that are never dropped: id, subject, about, strength, severity, and whether a draft.
CATALOGUE = """
    DXP-01 plan            plan yardstick   note
    DXP-02 plan            plan consistency note
    DXP-03 plan            plan recommended note
    DXP-04 plan            plan recommended note
    DXP-05 plan            plan yardstick   note
    DXP-06 plan            plan consistency warning
    DXP-07 plan            plan consistency warning
    DXP-08 plan            plan yardstick   note
    DXP-10 area            plan advice      warning
    DXP-11 area            plan yardstick   note
    DXP-12 area            plan yardstick   note
    DXP-13 area            plan recommended note
    DXP-14 area            plan recommended note    draft
    DXP-15 area            plan recommended note
    ORG-01 provision       town advice      warning
    ORG-02 provision       town recommended note
    ORG-03 provision       town recommended note
    ORG-04 provision       plan advice      warning
    ORG-05 provision       plan yardstick   note
    ORG-06 provision       plan yardstick   note
    ORG-07 provision       town recommended note
    ORG-08 provision       town advice      warning
    ORG-09 measure         plan yardstick   note
    STD-01 standardization town yardstick   note
    STD-02 system          town cabinet     error
    STD-03 system          town recommended note
    STD-04 standardization town advice      warning
    STD-05 system          town yardstick   note
    STD-06 standardization town effort      note
    STD-07 standardization town cabinet     error
    STD-08 system          town statute     note    draft
    STD-09 standardization town statute     note    draft
    EQR-01 collection      town advice      note
    EQR-02 collection      town advice      warning
    EQR-03 collection      town advice      warning
    EQR-04 collection      town recommended note
    EQR-05 collection      town statute     error
    EQR-06 area            plan yardstick   note
    SEC-01 provision       town statute     error
    SEC-02 provision       town statute     error
    SEC-03 provision       town recommended note
    SEC-04 provision       town recommended note
    SEC-05 provision       town recommended note
    SEC-06 provision       town recommended note
    SEC-07 provision       town recommended note
    SEC-08 provision       town advice      note
    SEC-09 provision       town recommended note
    SEC-10 provision       town statute     error
    SEC-11 provision       town statute     error
    SEC-13 provision       town statute     error
    SEC-14 provision       town recommended note
    SEC-15 provision       town recommended note
    SEC-16 provision       town recommended note
    SEC-17 provision       town advice      note
    SEC-12 provision       town statute     error
    SYS-01 area            town effort      note
    AIG-01 provision       town recommended note
    AIG-02 provision       town yardstick   note
    DAT-01 provision       town effort      warning
    DAT-02 plan            town statute     error
    DAT-03 plan            town effort      warning
    DAT-04 passage         plan consistency warning
    DAT-05 plan            plan yardstick   note
    DAT-06 area            town effort      warning
    ONL-01 provision       town effort      warning
    OPN-01 provision       town statute     error
    SCH-01 dependency      plan consistency error
    SCH-02 dependency      plan consistency error
    SCH-03 plan            plan consistency error
    SCH-04 dependency      plan yardstick note
    SCH-05 measure         plan consistency warning
    SCH-06 measure         plan consistency warning
    SCH-07 measure         plan consistency warning
    SCH-08 plan            plan yardstick note
    SCH-09 measure         plan consistency warning
    SCH-10 dependency      plan yardstick note
    SCH-11 plan            plan yardstick   note
    SCH-12 area            plan yardstick note
    KPI-01 indicator       plan yardstick note
    KPI-02 indicator       plan consistency warning
    KPI-03 plan            plan yardstick note
    KPI-04 plan            plan consistency note
    KPI-05 indicator       plan consistency warning
    KPI-06 indicator       plan consistency warning
    KPI-07 plan            plan consistency warning
    KPI-08 indicator       plan consistency note
    KPI-09 indicator       plan consistency note
    DOC-01 passage         plan consistency warning
    DOC-02 passage         plan consistency error
    DOC-03 passage         plan consistency warning
    DOC-04 passage         plan consistency warning
    DOC-05 passage         plan consistency warning
    DOC-06 passage         plan consistency warning
    DOC-07 passage         plan consistency note
    DOC-08 passage         plan consistency note
    P06-01 citation        plan yardstick   note
    P06-02 provision       town yardstick   note
    P09-01 citation        plan yardstick   note
    P09-02 citation        plan yardstick   note
    P09-03 citation        plan yardstick   note
    P10-01 provision       town recommended note
    P10-02 citation        plan yardstick   note
    P10-03 citation        plan yardstick   note
    P34-01 citation        plan yardstick   note    draft
    P40-01 citation        plan yardstick   note
    P44-01 provision       town recommended note
    P44-02 provision       town recommended note
    P44-03 provision       town recommended note
"""


@pytest.mark.parametrize("line", CATALOGUE.strip().splitlines(), ids=lambda line: line.split()[0])
def test_catalogue(line):
    """No rule of the catalogue is dropped, and none is stronger or weaker than it says."""
    rule_id, kind, about, strength, severity, *draft = line.split()
    (rule,) = [rule for r in law().rulesets for rule in r.rules if rule.id == rule_id]
    assert (rule.kind, rule.about, rule.strength, rule.severity, rule.draft) == (
        kind,
        about,
        strength,
        severity,
        draft == ["draft"],
    )


def test_both_languages_have_the_same_placeholders():
    """Whatever a message shows in one language it shows in the other."""
    rules = list(law().rules)
    differing = [
        rule.id
        for rule in rules
        if set(placeholders(rule.message.ja)) != set(placeholders(rule.message.en))
    ]
    assert differing == []


def test_messages_call_no_advice_a_duty():
    """Only what stands in a law is called a duty, only a law's lack a breach."""
    words = ("法的義務", "違反", "違法", "法定期限", "legal duty", "unlawful", "breach", "illegal")
    accused = [
        (rule.id, word)
        for ruleset in law().rulesets
        for rule in ruleset.rules
        for word in words
        if word in rule.message.ja + rule.message.en and rule.strength != "statute"
    ]
    assert accused == []


def test_the_rules_about_the_town_never_fail_silence():
    """A rule about the town is unknown, or passes, of a fact of which nothing is known."""
    nothing = {
        (rule.id, value.silent)
        for ruleset in law().rulesets
        for rule in ruleset.rules
        for value in (SILENT, UNKNOWN)
        if rule.about == "town"
        and judge(resolved(rule, constants_on(law().rulesets, rule.in_force.since)))(
            dict.fromkeys(VOCABULARY[rule.kind].attributes, value)
        )
        is Outcome.FAIL
    }
    assert nothing == set()
