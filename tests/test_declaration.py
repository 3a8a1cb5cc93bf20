"""An attribute is declared once, beside its function; all else follows from that."""

from __future__ import annotations

import json

import pytest

from dxrules.derivation.declaration import (
    KNOWN,
    Attribute,
    Kind,
    Lever,
    a_code,
    a_count,
    a_truth,
    attribute_of,
    between,
    decide,
    falls_due,
    implies,
    reads,
    rests_on,
    state,
    unsaid,
)
from dxrules.derivation.subject import AllOfAKind, Subject, also, of_kind
from dxrules.texts import Text
from tests.helpers.changed_copy import copied, run, touched
from tests.helpers.engines import installed
from tests.helpers.lawbooks import GOOD, broken

LABEL = Text("橋", "bridge")


def test_what_stands_above_a_function_makes_its_attribute():
    """The type stands on top; of several levers, keys or lists the upper comes first."""

    @a_count("橋の数", "number of bridges", unit=Text("本", "bridges"))
    @reads("bridges", "since")
    @rests_on("rivers")
    @decide("架ける", "build one", implies={"open": "yes"})
    @state("架けたなら、そう書く", "if there is one, say so", within=("{value}本", "{value}"))
    @implies(KNOWN, open=KNOWN)
    @unsaid("橋が書かれていない", "no bridge is stated")
    @between("{value}本かもしれない", "it may be {value}")
    @falls_due("橋の開通", "bridge to open")
    def bridges(_self):
        return True

    assert attribute_of(bridges) == Attribute(
        "bridges",
        "number",
        Text("橋の数", "number of bridges"),
        reads=("bridges", "since"),
        unit=Text("本", "bridges"),
        least=0,
        rests_on=("rivers",),
        levers=(
            Lever("decide", Text("架ける", "build one"), implies=(("open", "yes"),)),
            Lever(
                "state",
                Text("架けたなら、そう書く", "if there is one, say so"),
                within=Text("{value}本", "{value}"),
            ),
        ),
        implied=((KNOWN, "open", KNOWN),),
        unsaid=Text("橋が書かれていない", "no bridge is stated"),
        between=Text("{value}本かもしれない", "it may be {value}"),
        falls_due=Text("橋の開通", "bridge to open"),
    )
    assert attribute_of(test_what_stands_above_a_function_makes_its_attribute) is None


def test_the_type_stands_on_top():
    """What is said above the type, or without one, is refused when the module is loaded."""

    @a_truth("橋がある", "there is a bridge")
    def bridge(_self):
        return True

    with pytest.raises(TypeError, match="the type of an attribute stands on top"):
        reads("bridges")(bridge)
    with pytest.raises(TypeError, match="declared without a type on top"):

        @of_kind(Kind("bridge", LABEL, LABEL))
        class _Bridge(Subject):
            @reads("bridges")
            def bridge(self):
                return True

    with pytest.raises(ValueError, match="too many values"):
        a_truth("橋", "bridge")(unsaid("無い", "none")(unsaid("無", "no")(lambda _: True)))


class _Base(Subject):
    @a_code("状態", "state", {"open": Text("開", "open"), "closed": Text("閉", "closed")})
    @implies("open", passable="yes")
    def state(self):
        """Return nothing; the declaration is looked at."""


@of_kind(Kind("bridge", LABEL, LABEL))
class _Bridge(_Base):
    @a_truth("通れる", "passable")
    @implies("no", state="closed")
    @implies(KNOWN, state=KNOWN)
    def passable(self):
        """Return nothing; the declaration is looked at."""


def test_a_kind_has_the_attributes_of_its_class_and_of_those_it_builds_on():
    """Those of a base come first; what follows is told in the words of conditions."""
    assert _Bridge.kind == "bridge"
    assert list(_Bridge.declared.attributes) == ["state", "passable"]
    assert _Bridge.declared.implied == (
        (("state", "is", "open"), ("passable", "is", True)),
        (("passable", "is", False), ("state", "is", "closed")),
        (("passable", "known", True), ("state", "known", True)),
    )


def test_another_class_of_a_kind_derives_all_of_its_attributes():
    """One that lacks some is refused, and they are named."""

    @also(_Bridge)
    class _Ferry(_Base):
        def passable(self):
            return True

    assert _Ferry.declared is _Bridge.declared
    with pytest.raises(TypeError, match=r"_Ford derives no state, passable$"):

        @also(_Bridge)
        class _Ford(Subject):
            pass


def test_a_subject_without_more_belongs_to_no_area():
    """Most kinds belong to no area by the reference data or the plan."""
    assert list(AllOfAKind.listed_areas(None)) == list(AllOfAKind.stated_areas(None)) == []
    with pytest.raises(TypeError, match="all_of"):
        AllOfAKind(None, "key", LABEL, ())  # what makes none of its kind is no kind


# ---- One more attribute ----

IMPORT = "from dxrules.dates import Range\n"
ATTRIBUTE = '''
    @a_count("見直しの回数", "number of reviews")
    @reads("reviewed")
    @decide("もう一度見直して、その日を書く", "review it once more and state the day")
    @unsaid("見直した回数が書かれていない", "how often it was reviewed is not stated")
    def review_count(self) -> Value:
        """How often the town has reviewed it."""
        if self.said is None or self.said.reviewed is None:
            return self._missing
        return Range.point(len(self.said.reviewed))
'''
RULE = """\
  - id: TST-09
    title: {ja: 見直し, en: Reviews}
    about: town
    strength: recommended
    source: {ref: guide}
    in_force: {announced: 2020-04-01, from: 2020-04-01}
    subject: {provision: [security-policy]}
    require: {review_count: {at_least: 4}}
    message: {ja: "見直しは{review_count}回", en: "{review_count} reviews"}
    remedy: {ja: 見直す, en: Review it}
    examples:
      - {expect: pass, fact: {review_count: 4}}
      - {expect: fail, fact: {review_count: 3}}
      - {expect: unknown, fact: {review_count: silent}}
"""


@pytest.fixture(scope="module")
def changed(tmp_path_factory):
    """A copy of the package with one attribute more in one module, and a rule that asks for it."""
    root = copied(tmp_path_factory.mktemp("changed"), {"national/test.yaml": GOOD + RULE})
    module = root / "dxrules/derivation/provision.py"
    before = module.read_text("utf-8").rstrip()
    first = "from __future__ import annotations\n"
    module.write_text(f"{broken(first, first + IMPORT, before)}\n{ATTRIBUTE}", "utf-8")
    assert touched(root) == ["dxrules/derivation/provision.py"]
    return root


TOWN = "facts/09301-kaminokawa.yaml"


@installed
@pytest.mark.slow
def test_one_declaration_makes_rule_engine_and_lever(changed):
    """Both engines judge by it, and the explanation tells value, evidence and lever."""
    words = ("--as-of", "2026-11-20", "--format", "json", "--fail-on", "never")
    report = json.loads(run(changed, "check", TOWN, *words))
    (found,) = (each for each in report["plans"][0]["findings"] if each["rule"]["id"] == "TST-09")
    assert report["engines"] == ["interpreter", "durable_rules"]
    assert found["outcome"] == "fail"
    assert found["message"] == {"ja": "見直しは3回", "en": "3 reviews"}
    words = ("explain", "TST-09", TOWN, "--as-of", "2026-11-20", "--lang")
    assert run(changed, *words, "en").endswith(
        "    [no] number of reviews is at least 4 ← 3\n"
        f"  {TOWN}:76 plan Ⅱ3(10) p. 5「情報セキュリティポリシーの見直し（改定）」\n"
        f"  {TOWN}:77 plan Ⅱ3(10) p. 5「(令和6年12月，令和7年5月，令和8年2月)」\n"
        "  To pass: review it once more and state the day (number of reviews: at least 4)\n"
    )
    assert "もう一度見直して、その日を書く(見直しの回数: 4以上)" in run(changed, *words, "ja")


@pytest.mark.slow
def test_what_a_plan_does_not_say_is_told_in_its_words(changed):
    """Where the plan is silent, the words that were declared tell why it is undetermined."""
    words = ("explain", "TST-09", "facts/06322-nishikawa.yaml", "--as-of", "2026-11-20", "--lang")
    assert "how often it was reviewed is not stated" in run(changed, *words, "en")
    assert "見直した回数が書かれていない" in run(changed, *words, "ja")


@pytest.mark.slow
def test_it_is_documented(changed):
    """The reference page has a row for it, and the schema of rules a key."""
    shown = "from dxrules.derivation.vocabulary_page import vocabulary_page as page; print(page())"
    page = run(changed, code=shown)
    assert (
        "| `review_count` | 数(0以上) / number, 0 or more | 見直しの回数 | number of reviews |  "
        "| `reviewed` | 自ら決める / decided by the municipality |"
    ) in page.splitlines()
    schema = json.loads(run(changed, "schema", "ruleset"))
    assert schema["$defs"]["Condition"]["properties"]["review_count"]["description"] == (
        "provision: 見直しの回数 / number of reviews"
    )
