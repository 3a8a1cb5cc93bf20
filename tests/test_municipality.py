"""Whose plan it is: code and name tell each other, and what does not fit is said."""

from __future__ import annotations

import pytest

from dxrules.cli import main
from dxrules.dates import Range
from dxrules.derivation import SILENT
from dxrules.derivation.finished import NO_CHARGE
from dxrules.errors import PlanError
from dxrules.plan import plan_of
from dxrules.plan.municipality_names import plain_code
from dxrules.source import from_text
from dxrules.texts import Text
from tests.helpers.plans import facts, reference

REST = "recorded: 令和8年3月\nplan: {title: 計画}\n"


def text_of(said):
    return f"format: dxrules/plan/1\nmunicipality: {said}\n{REST}"


def read(said):
    """Return the plan of a municipality."""
    return plan_of(from_text(text_of(said), "a.yaml"), reference())


def faults(said, lang="en"):
    """Return what is wrong with a municipality."""
    with pytest.raises(PlanError) as caught:
        read(said)
    return [problem.text.in_(lang).split(": ", 1)[1] for problem in caught.value.problems]


@pytest.mark.parametrize(
    ("said", "code", "ja", "en"),
    [
        ('{code: "063223"}', "063223", "西川町", "Nishikawa"),
        ('{code: "063223", name: {ja: 西川町}}', "063223", "西川町", "Nishikawa"),
        ('{code: "063223", name: {ja: 西川町, en: West}}', "063223", "西川町", "West"),
        ('{code: "063223", name: {en: West}}', "063223", "西川町", "West"),
        ("{name: {ja: 神石高原町}}", "345458", "神石高原町", "Jinsekikogen"),
        ("{name: {ja: 広島県府中市}}", "342084", "府中市", "Fuchu"),
        ('{code: "342084", name: {ja: 広島県 府中市}}', "342084", "府中市", "Fuchu"),
        ('{code: "082082", name: {ja: 龍ヶ崎市}}', "082082", "龍ヶ崎市", "Ryugasaki"),
        ("{code: ３４５４５８}", "345458", "神石高原町", "Jinsekikogen"),
        ("{code: 34545-8}", "345458", "神石高原町", "Jinsekikogen"),
        ('{code: "349992", name: {ja: 見本町, en: Mihon}}', "349992", "見本町", "Mihon"),
        ('{code: "349992", name: {ja: 見本町}}', "349992", "見本町", "見本町"),
    ],
)
def test_code_and_name_tell_each_other(said, code, ja, en):
    """What one of them tells need not be written, and nothing is said of what fits."""
    file = read(said)
    assert file.plan.municipality.code == code
    assert file.plan.municipality.name.text == Text(ja, en)
    assert file.remarks == ()


@pytest.mark.parametrize(
    ("said", "told"),
    [
        (
            '{code: "063223", name: {ja: 大江町}}',
            [
                (
                    'municipality.name: 063223 is the code of Nishikawa, Yamagata, not of "大江町".'
                    " One of them is wrong: 063223 (Nishikawa, Yamagata), 063240 (Oe, Yamagata)."
                )
            ],
        ),
        (
            "{name: {ja: 府中市}}",
            [
                (
                    'municipality: There are 2 municipalities called "府中市". Give the code, too: '
                    "132063 (Fuchu, Tokyo), 342084 (Fuchu, Hiroshima)."
                )
            ],
        ),
        ('{code: "349992"}', ["municipality.name: This key is required."]),
        (
            "{name: {ja: 見本町}}",
            [
                (
                    'municipality: No municipality called "見本町" is in the list, so that its '
                    "code cannot be told. Write its six digits under code (those of a union of "
                    "municipalities are its own)."
                )
            ],
        ),
        (
            "{code: 63223}",
            [
                (
                    'municipality.code: "63223" is not a six-digit municipality code. '
                    "Did you mean 063223 (Nishikawa, Yamagata)?"
                )
            ],
        ),
        (
            '{code: "345457"}',
            [
                (
                    'municipality.code: "345457" is not a municipality code. If the first five '
                    "digits are right it is 345458 (Jinsekikogen, Hiroshima)."
                )
            ],
        ),
        (
            '{code: "340006"}',
            [
                (
                    'municipality.code: "340006" is the code of a prefecture. '
                    "Write the code of a municipality."
                )
            ],
        ),
        ('{code: "345458", name: x}', ["municipality.name: Keys and values are expected here."]),
    ],
)
def test_what_is_wrong(said, told):
    """A code and a name of two municipalities are one fault, and what lacks is named once."""
    assert faults(said) == told


@pytest.mark.parametrize(
    ("said", "told"),
    [
        (
            '{code: "282219", name: {ja: 篠山市}}',
            'On 2026-09-30 282219 was the code of Tambasasayama, Hyogo; the file says "篠山市". ',
        ),
        (
            '{code: "403059", name: {ja: 那珂川町}}',
            (
                "No municipality had the code 403059 on 2026-09-30. "
                'Today "那珂川町" is 094111 (Nakagawa, Tochigi). '
            ),
        ),
        (
            '{code: "092070", name: {ja: 旧市}}',
            "No municipality had the code 092070 on 2026-09-30. ",
        ),
    ],
)
def test_towns_that_merged_or_were_renamed(said, told, tmp_path, capsys):
    """A plan of a town that is no more is judged, and what is odd is said once."""
    (remark,) = read(said).remarks
    assert remark.en.removeprefix("a.yaml:2:22: ").startswith(told)
    assert remark.en.endswith("leave it as it is.")
    file = tmp_path / "a.yaml"
    file.write_text(text_of(said), encoding="utf-8")
    assert main(["check", str(file), "--format", "none", "--fail-on", "never", "--lang", "ja"]) == 0
    assert capsys.readouterr().err.count("合併や改称の前の計画であれば") == 1


def test_plain_code():
    """Only what is a code but for its width and strokes is changed."""
    assert [plain_code(each) for each in ("３４-５４５ ８", "3454", 7)] == ["345458", "3454", 7]


@pytest.mark.parametrize("name", ["見本地区協議会", "見本県"])
def test_other_body_is_no_municipality(name):
    """Nothing is asked of a prefecture or a council as if it were a town."""
    said = f'{{code: "349992", name: {{ja: {name}}}}}'
    with pytest.raises(PlanError, match="is no municipality") as it:
        plan_of(from_text(text_of(said), "a.yaml"), reference())
    assert "joint" in it.value.text.ja


@pytest.mark.parametrize("name", ["東雲財産区", "東雲合併特例区", "東雲地域自治区"])
def test_part_of_a_municipality_is_no_ward(name):
    """Property of a part of a town is managed by the town; nothing else is asked of that part."""
    said = f'{{code: "208043", name: {{ja: {name}}}}}'
    with pytest.raises(PlanError, match="is no municipality") as it:
        plan_of(from_text(text_of(said), "a.yaml"), reference())
    assert "294" in it.value.text.ja


@pytest.mark.parametrize(
    ("name", "union", "noun"),
    [
        ("北東雲広域連合", True, "union"),
        ("東雲地区消防組合", True, "union"),
        ("東雲水道企業団", True, "union"),
        ("東雲連合", True, "union"),
        ("東雲広域行政センター", True, "union"),
        ("つくし浜町", False, "town"),
    ],
)
def test_union_is_no_municipality(name, union, noun):
    """A union has a code of its own, is in no list of municipalities, and is told of as one."""
    file = read(f'{{code: "208043", name: {{ja: {name}}}}}')
    assert (file.plan.municipality.is_union, file.plan.municipality.town.en) == (union, noun)
    assert [f'"{name}" is judged as a union' in remark.en for remark in file.remarks] == [union]


def test_union_is_asked_what_is_asked_of_local_bodies():
    """The national plan and the data plan are for municipalities; law on systems is for all."""
    text = (
        text_of('{code: "208043", name: {ja: 東雲広域連合}}')
        + """document: {read: complete}
provisions: {}
measures: [{id: a, title: 届出の電子申請, areas: [front-yard], status: planned}]
standardization: {scope: list, systems: {long-term-care: {status: planned}}}
collection: {charges: {long-term-care-premium: {status: planned}}}
"""
    )
    found = facts(plan_of(from_text(text, "a.yaml"), reference()))
    assert {
        (fact.values["priority"], fact.values["listed_after_plan"], fact.values["alongside"])
        for (kind, _), fact in found.items()
        if kind == "area"
    } == {(False, False, False)}
    asked = [
        key
        for (kind, key), fact in found.items()
        if kind == "collection" and fact.values["asked"] is True
    ]
    assert asked == ["long-term-care-premium", "non-tax", "further"]
    assert found["provision", "public-private-data-plan"].values["asked"] is False
    assert found["provision", "security-cloud"].values["asked"] is False
    assert found["provision", "open-data"].values["asked"] is True
    assert found["standardization", "standardization"].values["unaccounted"] == Range.point(0)
    assert {
        fact.values["dependent_covered"]
        for (kind, _), fact in found.items()
        if kind == "dependency"
    } == {False}


def test_a_union_may_run_no_task_of_standardization():
    """A fire service has none of the tasks; of a municipality that is no number."""
    said = "document: {read: complete}\nstandardization: {scope: count, in_scope: 0}\n"
    union = text_of('{code: "069990", name: {ja: 東雲消防組合}}') + said
    found = facts(plan_of(from_text(union, "a.yaml"), reference()))
    whole = found["standardization", "standardization"].values
    assert (whole["unaccounted"], whole["listed"]) == (Range.point(0), True)
    assert not [key for kind, key in found if kind == "system"]
    town = text_of('{code: "349992", name: {ja: 見本町}}') + said
    with pytest.raises(PlanError, match="in_scope is 0"):
        plan_of(from_text(town, "a.yaml"), reference())


@pytest.mark.parametrize(
    ("charges", "answered", "starts"),
    [("", NO_CHARGE, NO_CHARGE), ("water: {status: planned}", True, False)],
)
def test_a_union_that_names_no_charge_has_not_finished_collecting_all(charges, answered, starts):
    """A union of a fire service collects nothing; nor do the nation's lists age for it."""
    text = text_of('{code: "069990", name: {ja: 東雲消防組合}}') + (
        f"document: {{read: complete}}\nmeasures: []\ncollection: {{charges: {{{charges}}}}}\n"
    )
    found = facts(plan_of(from_text(text, "a.yaml"), reference()))
    area = found["area", "el-qr"].values
    assert (area["answered"], area["starts_stated"]) == (answered, starts)
    assert found["plan", "plan"].values["lists_behind"] == SILENT
