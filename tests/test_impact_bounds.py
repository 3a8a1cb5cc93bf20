"""What a change of the law does to many plans: between two bounds, and what narrows them."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from dxrules.assessment import assess
from dxrules.assessment.finding import standing
from dxrules.assessment.finding_question import pattern_of
from dxrules.cli import main
from dxrules.keeper.comparison_side import Side
from dxrules.keeper.impact import impact
from dxrules.keeper.impact_bounds import Bounds, Stand, bounds_of
from dxrules.plan import plan_of
from dxrules.report import impact as impact_page
from dxrules.report.how_to_write import How
from dxrules.report.impact import text as of_impact
from dxrules.report.impact_bounds import SHOWN, headline, in_words, worth_telling
from dxrules.report.json_law import ImpactBounds
from dxrules.report.json_views import as_json
from dxrules.report.terminal import Style
from dxrules.rules import Outcome, load_law
from dxrules.source.read import from_text
from tests.helpers import two_laws
from tests.helpers.printed import printed
from tests.helpers.small import changed, of_town

DAY = date(2026, 11, 20)
PASS, FAIL, UNKNOWN, ERROR = Outcome.PASS, Outcome.FAIL, Outcome.UNKNOWN, Outcome.ERROR


@pytest.fixture(scope="module")
def laws(tmp_path_factory):
    """Return the folder of the small law as it was, and as it is."""
    root = tmp_path_factory.mktemp("laws")
    two_laws.write(root)
    return root


def plans(law, number=4):
    """Return the small plan as that of several towns, in two prefectures; the last is less read."""
    less = {"indicators: []\n": ""}
    return [
        plan_of(
            from_text(
                changed((less if each == number - 1 else {}) | of_town(each)), f"{each}.yaml"
            ),
            law.reference,
        )
        for each in range(number)
    ]


@pytest.fixture(scope="module")
def found(laws):
    """Return what the change does to four plans."""
    old, new = (load_law(laws / name) for name in ("old", "new"))
    pairs = [(file, file) for file in plans(new)]
    sides = Side("old", old), Side("new", new)
    return impact(pairs, *sides, DAY, engine="interpreter")


def test_bounds_are_those_of_the_verdicts(laws, found):
    """Each bound is what judging both sides and counting comes to."""
    old, new = (load_law(laws / name) for name in ("old", "new"))
    files = plans(new)
    names = {c.old.id: c.new.id for c in found.diff.rules if c.old and c.new}
    sides = [
        [
            {names.get(key, key): f.outcome for key, f in standing(plan.findings).items()}
            for plan in assess(files, law, DAY, engine="interpreter").plans
        ]
        for law in (old, new)
    ]
    bounds = bounds_of(found)
    assert bounds.all.plans == len(files)
    assert bounds.all.rules
    for each in bounds.all.rules:
        before, after = ([plan.get(each.rule.id) for plan in side] for side in sides)
        for outcomes, told in ((before, each.before), (after, each.after)):
            sure = outcomes.count(FAIL)
            assert told == Bounds(sure, sure + outcomes.count(UNKNOWN) + outcomes.count(ERROR))
        newly = [Stand(each.rule, *pair).newly for pair in zip(before, after, strict=True)]
        assert each.newly == Bounds(*(sum(column) for column in zip(*newly, strict=True)))
        assert each.newly.least <= each.newly.most <= each.plans
    assert any(each.before != each.after for each in bounds.all.rules)


@pytest.mark.parametrize(
    ("before", "after", "newly"),
    [
        (PASS, FAIL, (True, True)),
        (None, FAIL, (True, True)),
        (None, UNKNOWN, (False, True)),
        (UNKNOWN, FAIL, (False, True)),
        (UNKNOWN, UNKNOWN, (False, True)),
        (FAIL, FAIL, (False, False)),
        (FAIL, UNKNOWN, (False, False)),
        (UNKNOWN, PASS, (False, False)),
        (PASS, None, (False, False)),
        (PASS, ERROR, (False, True)),
    ],
)
def test_silence_is_kept_as_silence(before, after, newly):
    """What cannot be told is no failure for sure, and may be one."""
    assert Stand(None, before, after).newly == newly


def test_groups_add_up(found):
    """Prefectures and kinds divide all plans, and their bounds add up to those of all."""
    bounds = bounds_of(found)
    assert len(bounds.prefectures) == 2
    for groups in (bounds.prefectures, bounds.kinds):
        assert sum(group.plans for group in groups) == bounds.all.plans
        assert sum(group.newly.least for group in groups) == bounds.all.newly.least
        assert sum(group.newly.most for group in groups) == bounds.all.newly.most


def test_what_to_ask_is_what_is_open(laws, found):
    """A question stands for the rules that it settles, and is asked where one of them is open."""
    bounds = bounds_of(found)
    new = load_law(laws / "new")
    judged = assess(plans(new), new, DAY, engine="interpreter").plans
    touched = {each.rule.id for each in bounds.all.rules}
    want = {}
    for plan in judged:
        for rule, finding in standing(plan.findings).items():
            if finding.outcome is UNKNOWN and rule in touched:
                code = plan.file.plan.municipality.code
                want.setdefault(pattern_of(finding), set()).add(code)
    assert {each.question: each.plans for each in bounds.questions} == {
        question: len(codes) for question, codes in want.items()
    }
    assert want
    weights = [each.plans * len(each.rules) for each in bounds.questions]
    assert weights == sorted(weights, reverse=True)
    assert {each.town.file.plan.municipality.code for each in bounds.to_ask} == set.union(
        *want.values()
    )


def test_nothing_is_told_where_nothing_is_touched(laws, found):
    """A law that stays has no bounds; nor has a plan that one side lacks."""
    law = load_law(laws / "new")
    pairs = [(file, file) for file in plans(law)]
    same = impact(pairs, Side("a", law), Side("b", law), DAY, engine="interpreter")
    assert bounds_of(same) is None
    lone = replace(found, towns=tuple(replace(town, stands=()) for town in found.towns))
    assert bounds_of(lone) is None
    assert "bounds" not in json.loads(main_json(lone))


def main_json(found):
    """Return an impact as JSON."""
    from dxrules.report.writers import IMPACT

    return IMPACT.named("json")(found, None)


@pytest.mark.parametrize("lang", ["ja", "en"])
def test_text_tells_the_bounds(found, lang):
    """The text tells the sentence, the rules, the prefectures, and what to ask."""
    bounds, style = bounds_of(found), Style(lang, 200)
    said = printed(of_impact, found, style)
    assert style.say(headline(bounds)) in said
    for each in worth_telling(bounds.all.rules):
        assert f"{each.rule.id} {style.say(each.rule.title)}"[:40] in said
    for each in bounds.questions[:SHOWN]:
        assert style.say(each.question)[:30] in said
    assert "dxrules ask 3.yaml" in said
    assert {"ja": "広島県", "en": "Hiroshima"}[lang] in said
    (one,) = found.towns[:1]
    assert style.say(headline(bounds)) not in printed(
        of_impact, replace(found, towns=(one,)), style
    )


def test_bounds_in_words():
    """Two bounds that meet are one figure."""
    assert in_words(Bounds(412, 1903)).en == "412 to 1,903"
    assert in_words(Bounds(412, 1903)).ja == "412～1,903"
    assert in_words(Bounds(2, 2)).en == "2"


def test_many_are_cut_and_counted(found):
    """Of many plans to ask the first are named, and the number of the rest."""
    (one,) = [town for town in found.towns if town.file.name == "3.yaml"]
    many = replace(found, towns=(one,) * (SHOWN + 2))
    assert "and 2 more" in printed(of_impact, many, Style("en", 120))


def test_json_and_page(laws, tmp_path, monkeypatch, found):
    """The JSON holds all bounds, and the page shows them."""
    monkeypatch.chdir(tmp_path)
    Path("plans").mkdir()
    for number in range(3):
        Path(f"plans/{number}.yaml").write_text(changed(of_town(number)), "utf-8")
    words = ["rules", "impact", "plans", "--from", str(laws / "old"), "--as-of", "2026-11-20"]
    words += ["--rulesets", str(laws / "new"), "--engine", "interpreter", "--format", "none"]
    assert main([*words, "--output", "i.json", "--output", "i.html", "--lang", "en"]) == 0
    told = json.loads(Path("i.json").read_text("utf-8"))["bounds"]
    assert told["all"]["plans"] == 3
    assert {*told} == {*as_json(ImpactBounds, bounds_of(found))}
    page = Path("i.html").read_text("utf-8")
    assert 'id="table-bounds"' in page
    assert 'id="table-prefectures"' in page
    assert "dxrules ask" in page


def test_page_of_many_towns(monkeypatch, found):
    """Of many towns the changes of each are folded, and no more are listed than a page bears."""
    calm = replace(found.towns[0], shifts=())
    towns = (calm, *found.towns * (impact_page.FEW // len(found.towns) + 1))
    changed = [town for town in towns if town.shifts]
    assert 0 < len(changed) < len(towns)
    many = replace(found, towns=towns)
    page = impact_page.write_html(many, How(Style("en"))).decode()
    assert page.count('<details class="changes">') == page.count('href="#town-') == len(changed)
    assert page.count('<section class="changes"') == 0
    assert page.count('<th scope="row"><a href="#town-') == len(changed)
    assert 'data-table="table-towns"' in page
    assert "more the list of towns" not in page
    one = max(len(town.shifts) for town in changed)
    monkeypatch.setattr(impact_page, "MOST_SHIFTS", one)
    sections, left = impact_page.listed_towns(many)
    assert [len(town.shifts) for town in sections.values()] == [one]
    assert left == len(changed) - 1
    page = impact_page.write_html(many, How(Style("en"))).decode()
    assert f"of {left} more the list of towns" in page
    few = impact_page.write_html(found, How(Style("en"))).decode()
    assert few.count('<section class="changes"') == len(found.towns)
