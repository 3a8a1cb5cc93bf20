"""New rules to start from: whatever is wished for, they can be read and their examples hold."""

from __future__ import annotations

from datetime import date
from itertools import product
from typing import get_args

import pytest

from dxrules.cli import main
from dxrules.derivation import VOCABULARY
from dxrules.derivation.vocabulary import subject_keys
from dxrules.errors import UsageError
from dxrules.keeper.case_runner import run_examples
from dxrules.keeper.coverage import cover
from dxrules.keeper.lint import lint
from dxrules.keeper.new_rule_options import NewRuleOptions
from dxrules.keeper.scaffold import new_rule, new_ruleset
from dxrules.rules.rule import Outcome, Strength
from tests.helpers.lawbooks import GOOD, broken, folder, law, load, load_law, prefectural
from tests.helpers.linted import with_questions

DAY = date(2026, 11, 20)
STRENGTHS = get_args(Strength)
ABOUTS = ("plan", "town")


def whole(number, **wished):
    """Return the path and the text of a new ruleset whose id nobody else has."""
    wish = NewRuleOptions(f"NEW{number // 100:02}-{number % 100:02}", DAY, **wished)
    return f"national/n{number}.yaml", new_ruleset(law(), wish, "ja", f"n{number}")


@pytest.mark.slow
def test_whatever_is_wished_for(tmp_path):
    """Of every kind, about the plan or the town, at every strength: it loads, and lint is content.

    Every outcome and every branch that there is, is reached by its examples.
    """
    wishes = list(product(VOCABULARY, ABOUTS, STRENGTHS))
    files = dict(
        whole(number, kind=kind, about=about, strength=strength)
        for number, (kind, about, strength) in enumerate(wishes)
    )
    own = load_law(folder(tmp_path, files))
    rules = list(own.rules)
    made = {int(r.id[3:5]) * 100 + int(r.id[6:]): (r.kind, r.about, r.strength) for r in rules}
    assert [made[number] for number in range(len(wishes))] == wishes
    results = list(run_examples(own))
    assert all(result.passed for result in results)
    assert cover(own, results, ()).whole.percent == 100
    assert [remark for remark in lint(tmp_path) if remark.severity == "error"] == []


def test_every_attribute(tmp_path):
    """Any attribute can be asked about, but of a text whether a town has it."""
    asked = [
        (kind.name, attribute, about)
        for kind in VOCABULARY.values()
        for attribute in kind.attributes.values()
        for about in ABOUTS
    ]
    files = {}
    for number, (kind, attribute, about) in enumerate(asked):
        try:
            path, text = whole(number, kind=kind, attribute=attribute.name, about=about)
            files[path] = text
        except UsageError:
            assert (attribute.type, about) == ("text", "town")
        else:
            assert (attribute.type, about) != ("text", "town")
    own = load_law(folder(tmp_path, files))
    assert all(result.passed for result in run_examples(own))


@pytest.mark.parametrize("lang", ["ja", "en"])
def test_a_rule_to_append(tmp_path, lang):
    """A rule that is appended to its ruleset is read with the others, in either language."""
    own = load(tmp_path / "a")
    text = new_rule(
        own, NewRuleOptions("TST-04", DAY, kind="system", keys=("family-register",)), lang
    )
    appended = load(tmp_path / "b", GOOD + text)
    (ruleset,) = appended.rulesets
    rule = ruleset.rules[-1]
    assert (rule.id, rule.kind, rule.keys, rule.source_key, rule.draft) == (
        "TST-04",
        "system",
        ("family-register",),
        "act",
        True,
    )
    assert [example.expect for example in rule.examples] == [
        Outcome.PASS,
        Outcome.FAIL,
        Outcome.UNKNOWN,
        Outcome.UNKNOWN,
    ]


@pytest.mark.parametrize("prefix", ["STD", "DXP", "SEC"])
def test_a_rule_for_what_is_shipped(tmp_path, prefix):
    """A rule finds its ruleset by the start of its id."""
    text = new_rule(law(), NewRuleOptions(f"{prefix}-90", DAY), "ja")
    (home,) = {each.id for each in law().rulesets for r in each.rules if r.id.startswith(prefix)}
    path = f"{home}.yaml"
    files = {
        f"{each.id}.yaml": each.text + (text if f"{each.id}.yaml" == path else "")
        for each in law().rulesets
    }
    appended = load_law(folder(tmp_path, files))
    assert [each.rules[-1].id for each in appended.rulesets if each.id == home] == [f"{prefix}-90"]


@pytest.mark.parametrize("strength", STRENGTHS)
def test_a_ruleset_of_a_prefecture(tmp_path, strength):
    """The ruleset of a prefecture bears its code and its name, and binds its towns alone."""
    text = new_ruleset(law(), NewRuleOptions("P01-01", DAY, strength=strength), "ja", "", "01")
    own = load(tmp_path, **{"prefecture/01.yaml": text})
    (ruleset,) = [each for each in own.rulesets if each.level == "prefecture"]
    assert (ruleset.id, ruleset.prefecture, ruleset.title.en) == (
        "prefecture/01-hokkaido",
        "01",
        "Hokkaido",
    )
    assert own.lawbook(DAY, "01").rule("P01-01") is not None
    assert own.lawbook(DAY, "34").rule("P01-01") is None
    kind = ruleset.rules[0].source.kind
    assert kind == (
        "prefecture-document"
        if strength in {"advice", "recommended", "yardstick", "consistency"}
        else {"statute": "law", "effort": "law", "cabinet": "cabinet-decision"}[strength]
    )


def test_keys():
    """Of kinds of which hardly a rule means all, the first key stands in for one to be chosen."""
    for kind, keys in subject_keys(law().reference).items():
        text = new_ruleset(law(), NewRuleOptions("NEW-01", DAY, kind=kind), "en", "new")
        alone = kind in {"provision", "collection", "citation", "passage"}
        assert (f"subject: {{{kind}: [{keys[0]}]}}" in text) == alone
        assert (f"subject: {kind}\n" in text) != alone


def test_odd_names(tmp_path):
    """A file or a source of any name can be written, and read again."""
    wish = NewRuleOptions("NEW-01", DAY, source="null")
    text = new_ruleset(law(), wish, "en", "a: b # [c]")
    (_, ruleset) = sorted(
        load(tmp_path, **{"national/odd.yaml": text}).rulesets, key=lambda each: len(each.id)
    )
    assert (ruleset.id, ruleset.rules[0].source_key) == ("national/a: b # [c]", "null")


# ---- What is refused ----

WRONG = {
    "used": (
        NewRuleOptions("TST-02", DAY),
        "There is a rule TST-02. Ids are never reused. The next free one is TST-04.",
    ),
    "used formerly": (
        NewRuleOptions("OLD-03", DAY),
        "OLD-03 is a former id of TST-03. Ids are never reused. The next free one is OLD-04.",
    ),
    "waivers": (
        NewRuleOptions("WVR-01", DAY),
        "There is a rule WVR-01. Ids are never reused. The next free one is WVR-07.",
    ),
    "no id": (
        NewRuleOptions("tst-4", DAY),
        (
            '"tst-4" cannot be the id of a rule. Write two to five capital letters or digits, '
            "a hyphen and two digits, as in STD-08."
        ),
    ),
    "kind": (
        NewRuleOptions("TST-04", DAY, kind="sytem"),
        'There is no kind "sytem". Did you mean system?',
    ),
    "key": (
        NewRuleOptions("TST-04", DAY, keys=("cioo",)),
        'There is no key of provision "cioo". Did you mean cio?',
    ),
    "key of a measure": (
        NewRuleOptions("TST-04", DAY, kind="measure", keys=("a",)),
        "The subjects of measure differ from plan to plan; a rule cannot name their keys.",
    ),
    "attribute": (
        NewRuleOptions("TST-04", DAY, attribute="in_plce"),
        'There is no attribute of provision "in_plce". Did you mean in_place?',
    ),
    "text of the town": (
        NewRuleOptions("TST-04", DAY, kind="plan", attribute="author"),
        (
            'Of "author" a rule can ask only whether it is stated. For what the town must do '
            "(about: town) choose another attribute."
        ),
    ),
    "strength": (
        NewRuleOptions("TST-04", DAY, strength="statue"),
        'There is no strength "statue". Did you mean statute?',
    ),
    "source": (
        NewRuleOptions("TST-04", DAY, source="gide"),
        'There is no source "gide". Did you mean guide?',
    ),
    "weak source": (
        NewRuleOptions("TST-04", DAY, strength="statute", source="guide"),
        "guide does not bear the strength statute. Those that do: act.",
    ),
    "which ruleset": (
        NewRuleOptions("NEW-01", DAY),
        (
            "It is not clear to which ruleset NEW-01 belongs. Name it with --ruleset "
            "(national/test), or write a new file with --output."
        ),
    ),
}


@pytest.mark.parametrize("name", WRONG)
def test_wrong_wish(tmp_path, name):
    """What cannot be is refused, with the way out, in both languages."""
    wish, message = WRONG[name]
    with pytest.raises(UsageError) as caught:
        new_rule(load(tmp_path), wish, "en")
    assert str(caught.value) == message
    assert caught.value.text.ja != message


@pytest.mark.parametrize("strength", ["statute", "effort"])
def test_a_rule_that_rests_on_a_law_that_was_read(tmp_path, strength):
    """It names an article, as it has to, and can be loaded as it is."""
    text = GOOD + new_rule(load(tmp_path), NewRuleOptions("TST-04", DAY, strength=strength), "ja")
    (ruleset,) = load(tmp_path / "new", text).rulesets
    assert [each.path for each in ruleset.rules[-1].articles] == ["1"]


def test_no_source_bears_it(tmp_path):
    """A ruleset without a source of that strength is told to need one."""
    text = GOOD.replace("kind: law,", "kind: notice,").replace(
        "strength: statute", "strength: advice"
    )
    with pytest.raises(UsageError) as caught:
        new_rule(load(tmp_path, text), NewRuleOptions("TST-04", DAY, strength="cabinet"), "en")
    assert str(caught.value) == (
        "No source of national/test bears the strength cabinet. Add one to its sources first, "
        "or choose a weaker --strength."
    )


def test_a_ruleset_by_name(tmp_path):
    """A ruleset that is named takes a rule of any id; a misspelt one is told with the nearest."""
    own = load(tmp_path)
    assert "- id: NEW-01\n" in new_rule(own, NewRuleOptions("NEW-01", DAY), "en", "national/test")
    with pytest.raises(UsageError, match="Did you mean national/test"):
        new_rule(own, NewRuleOptions("NEW-01", DAY), "en", "national/tset")


def test_numbers_that_run_out(tmp_path):
    """After the last number the gaps are filled; when all are taken another prefix is wanted."""
    formerly = ", ".join(f"OLD-{number:02}" for number in (99, 3))
    own = load(tmp_path / "a", broken("[OLD-03]", f"[{formerly}]"))
    with pytest.raises(UsageError, match=r"The next free one is OLD-01\.$"):
        new_rule(own, NewRuleOptions("OLD-03", DAY), "en")
    formerly = ", ".join(f"OLD-{number:02}" for number in range(100))
    own = load(tmp_path / "b", broken("[OLD-03]", f"[{formerly}]"))
    with pytest.raises(UsageError, match=r"Choose another prefix\.$"):
        new_rule(own, NewRuleOptions("OLD-03", DAY), "en")


@pytest.mark.parametrize("prefecture", ["99", "1", "栃木"])
def test_no_such_prefecture(prefecture):
    """A prefecture is known by its two digits."""
    with pytest.raises(
        UsageError, match=r"There is no prefecture .* Write two digits, 01 to 47\.$"
    ):
        new_ruleset(law(), NewRuleOptions("P99-01", DAY), "en", "", prefecture)


def test_a_ruleset_that_is_there(tmp_path):
    """A ruleset, or one of that prefecture, is not written twice: a rule can be appended to it."""
    own = load(tmp_path, **{"prefecture/34.yaml": prefectural("34", parameter="deadline-34")})
    for name, prefecture, there in (("test", None, "national/test"), ("x", "34", "prefecture/34")):
        with pytest.raises(UsageError) as caught:
            new_ruleset(own, NewRuleOptions("NEW-01", DAY), "en", name, prefecture)
        assert str(caught.value) == (
            f"There is a ruleset {there}. With --ruleset {there} a rule is written that can be "
            "appended to it."
        )


# ---- The command ----


@pytest.fixture(autouse=True)
def _day(monkeypatch):
    """Stop the clock."""
    monkeypatch.setattr("dxrules.cli.commands.rules.new.today_in_japan", lambda: DAY)


@pytest.fixture
def here(tmp_path, monkeypatch):
    """Work in a folder with the good ruleset."""
    folder(tmp_path / "rulesets", {"national/test.yaml": with_questions(GOOD)})
    monkeypatch.chdir(tmp_path)
    return tmp_path


NEW = """\
  # To be filled in; check it with `dxrules rules test` and `dxrules rules lint`.
  - id: TST-04
    title: {ja: "取組: 期限", en: "measure: due"}
    about: plan  # what the plan must hold (silence can fail); town: what the town must do
    strength: consistency
    severity: note
    draft: yes  # a note at most; delete it once the source is verified
    source: {ref: guide}  # with the clause, if known: clause: {ja: 第1条, en: Article 1}
    in_force: {announced: 2026-11-20, from: 2026-11-20}  # day of the announcement and first day; \
a rule that ends has until: its last day
    subject: measure
    require: {due: {known: yes, by: 2026-11-20}}  # put days and numbers that may change into \
parameters, and name them: $name
    message: {ja: "「{label}」が要件を満たしていない(期限: {due})", \
en: "“{label}” does not meet the requirement (due: {due})"}
    remedy: {ja: "直し方を書く", en: "Say how to mend it"}
    question: {ja: "「{label}」はどうなっていますか。計画書か、その担当課で確かめてください", \
en: "What is the state of “{label}”? Check the plan, or ask the section in charge"}  \
# what to look up where it is undetermined, and where; takes {label}, {due}, {town}
    examples:
      - {expect: pass, fact: {due: 2026-11-20}}
      - {expect: fail, fact: {due: 2026-11-21}}
      - {expect: fail, fact: {due: silent}}
      - {expect: unknown, fact: {}}
"""


@pytest.mark.usefixtures("here")
def test_command(capsys):
    """A rule goes to standard output, with comments in the language of the call."""
    call = ("rules", "new", "TST-04", "--rulesets", "rulesets", "--kind", "measure")
    wished = ("--attribute", "due", "--about", "plan", "--strength", "consistency")
    assert main([*call, *wished, "--source", "guide", "--lang", "en"]) == 0
    assert capsys.readouterr() == (NEW, "")
    assert main([*call, *wished, "--from", "令和9年4月1日", "--lang", "ja"]) == 0
    out = capsys.readouterr().out
    assert "  # 以下を書き換える。" in out
    assert "in_force: {announced: 2027-04-01, from: 2027-04-01}" in out


def test_command_writes_a_file(here, capsys):
    """A whole file is written, whole and never over another; what it holds can be used at once."""
    call = ["rules", "new", "--rulesets", "rulesets", "--lang", "en"]
    to = ["-o", "rulesets/national/new-law.yaml"]
    assert main([*call, "NEW-01", *to]) == 0
    written = (here / "rulesets/national/new-law.yaml").read_text("utf-8")
    assert written.splitlines()[1] == "id: national/new-law"
    assert main(["rules", "test", "--rulesets", "rulesets"]) == 0
    assert main(["rules", "lint", "--rulesets", "rulesets", "--fail-on", "error"]) == 0
    capsys.readouterr()
    assert main([*call, "NEW-02", *to]) == 2
    assert capsys.readouterr().err.startswith("dxrules: There is a ruleset national/new-law.")
    assert main([*call, "NEW-02", "-o", "rulesets/national/test.yaml"]) == 2
    (here / "x.yaml").write_text("mine", "utf-8")
    assert main([*call, "NEW-02", "-o", "x.yaml"]) == 2
    assert capsys.readouterr().err.endswith("x.yaml: is already there. Name another file.\n")
    assert (here / "x.yaml").read_text("utf-8") == "mine"


@pytest.mark.usefixtures("here")
def test_command_of_a_prefecture(capsys):
    """A ruleset of a prefecture goes to standard output, or to a file."""
    call = ["rules", "new", "P01-01", "--rulesets", "rulesets", "--prefecture", "01"]
    assert main(call) == 0
    out = capsys.readouterr().out
    assert 'jurisdiction: {level: prefecture, code: "01"}\n' in out
    assert main([*call, "--ruleset", "national/test", "--lang", "en"]) == 2
    assert capsys.readouterr().err == (
        "dxrules: --ruleset appends to a ruleset that is there; it goes with neither --output "
        "nor --prefecture.\n"
    )
