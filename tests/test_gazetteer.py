"""The municipalities of the nation: their codes hold, none is missing, and each is found."""

from __future__ import annotations

import re
from collections import Counter
from datetime import date

import pytest

from dxrules.errors import UsageError
from dxrules.plan.municipality_code import check_digit, check_municipality_code
from dxrules.reference.gazetteer import (
    FILE,
    Gazetteer,
    gazetteer,
    read_gazetteer,
    same_name,
    town_of,
)
from dxrules.texts import Text
from tests.helpers.lawbooks import ROOT, law

ALL = gazetteer()
# Municipalities by prefecture, as 総務省 counts them (全国市町村要覧): 1,718 and 23 wards.
COUNTS = (
    *(179, 40, 33, 35, 25, 35, 59, 44, 25, 35, 63, 54, 62, 33, 30, 15, 19, 17, 27, 77, 42, 35, 54),
    *(29, 19, 26, 43, 41, 39, 30, 19, 19, 27, 23, 19, 24, 17, 20, 34, 60, 20, 21, 45, 18, 26, 43),
    41,
)


def test_whole():
    """There are 1,741 municipalities in 47 prefectures, in each as many as there are."""
    assert (len(ALL.municipalities), len(ALL.prefectures)) == (1741, 47)
    found = Counter(each.prefecture for each in ALL.municipalities.values())
    assert tuple(found[f"{number:02}"] for number in range(1, 48)) == COUNTS
    kinds = Counter(each.name.ja[-1] for each in ALL.municipalities.values())
    assert kinds == {"市": 792, "区": 23, "町": 743, "村": 183}


def test_check_digits():
    """Every code has the right check digit, and a plan file takes that of a municipality."""
    for code in (*ALL.municipalities, *ALL.prefectures):
        assert code[5] == check_digit(code[:5]), code
    for code in ALL.municipalities:
        assert check_municipality_code(code) == code


def test_names():
    """Names, readings and English names are what they say, and prefectures as in their list."""
    for each in (*ALL.municipalities.values(), *ALL.prefectures.values()):
        assert each.name.ja.strip() == each.name.ja != ""
        assert all("ぁ" <= sign <= "ん" for sign in each.reading), each
        assert each.name.en.isascii(), each
        assert each.name.en[0].isupper(), each
    listed = law().reference.prefectures
    assert {each.prefecture: each.name for each in ALL.prefectures.values()} == {
        code: entry.name for code, entry in listed.items()
    }


@pytest.mark.parametrize(
    ("code", "name", "reading", "en"),
    [
        ("345458", "神石高原町", "じんせきこうげんちょう", "Jinsekikogen"),
        ("011002", "札幌市", "さっぽろし", "Sapporo"),
        ("131016", "千代田区", "ちよだく", "Chiyoda"),
        ("422088", "松浦市", "まつうらし", "Matsuura"),
        ("103446", "榛東村", "しんとうむら", "Shinto"),
        ("133817", "三宅村", "みやけむら", "Miyake"),
        ("340006", "広島県", "ひろしまけん", "Hiroshima"),
    ],
)
def test_of(code, name, reading, en):
    """A code gives name, reading and English name."""
    found = ALL.of(code)
    assert (found.name, found.reading) == (Text(name, en), reading)
    assert found.is_prefecture == (code == "340006")


def test_of_nothing():
    """A code that is free, or of a ward of a city, is none."""
    assert (ALL.of("349992"), ALL.of("011011"), ALL.of("")) == (None, None, None)
    assert ALL.prefecture_of("349992").name.ja == "広島県"
    assert ALL.prefecture_of("99") is None


@pytest.mark.parametrize(
    ("name", "prefecture", "codes"),
    [
        ("神石高原町", "", ["345458"]),
        ("広島県神石郡神石高原町", "", ["345458"]),
        ("神石郡神石高原町", "34", ["345458"]),
        ("神石高原町", "33", []),
        ("府中市", "", ["132063", "342084"]),
        ("府中市", "34", ["342084"]),
        ("広島県 府中市", "", ["342084"]),
        ("龍ヶ崎市", "", ["082082"]),
        ("檮原町", "", ["394050"]),
        ("郡上市", "", ["212199"]),
        ("京都市", "", ["261009"]),
        ("広島県", "", []),
        ("見本町", "", []),
    ],
)
def test_named(name, prefecture, codes):
    """A name is found with its prefecture and county or without, however it is written."""
    assert [each.code for each in ALL.named(name, prefecture)] == codes


@pytest.mark.parametrize(
    ("name", "first"),
    [("神石高原", "345458"), ("じんせきこうげん", "345458"), ("Kaminokawa", "093017")],
)
def test_like(name, first):
    """A name that is cut short, a reading and an English name lead to the municipality."""
    assert ALL.like(name)[0].code == first


@pytest.mark.parametrize(
    ("said", "words", "codes"),
    [
        ("府中", "次のどれですか", ["132063", "342084", "343021"]),
        ("Fuchu", "次のどれですか", ["132063", "342084", "343021"]),
        ("見本町", "「見本町」という団体はありません。似た名称", []),
    ],
)
def test_town_that_is_not_just_one(said, words, codes):
    """What several are called names these and no others; what none is called says so first."""
    with pytest.raises(UsageError) as refused:
        town_of(said)
    message = refused.value.text.ja
    assert words in message
    assert not codes or sorted(re.findall(r"\d{6}", message)) == codes


def test_every_name_is_found():
    """Every municipality is found by its name, alone in its prefecture."""
    for each in ALL.municipalities.values():
        assert ALL.named(each.name.ja, each.prefecture) == (each,)
        assert ALL.named(ALL.full_name(each).ja) == (each,)
        assert ALL.full_name(each).en.startswith(f"{each.name.en}, ")
    assert ALL.full_name(ALL.of("340006")) == Text("広島県", "Hiroshima")
    assert same_name("鎌ヶ谷市", "鎌ケ谷市")
    assert not same_name("府中市", "府中町")


def test_day_and_source():
    """The file says what it is drawn from, under which licence, and up to which day it holds."""
    head = [
        line
        for line in (ROOT / FILE).read_text(encoding="utf-8").splitlines()
        if line.startswith("#")
    ]
    assert "MIT" in " ".join(head)
    assert f"# known_until: {ALL.known_until}" in head
    assert ALL.known_until > date(2026, 1, 1)


def test_other_columns(tmp_path):
    """A file of other columns is refused, and not read askew."""
    file = tmp_path / "askew.csv"
    file.write_text("# known_until: 2026-09-30\nname,code,reading,en\n", encoding="utf-8")
    with pytest.raises(ValueError, match="other columns"):
        read_gazetteer(file)


def test_read_once():
    """It is read once in a process."""
    assert gazetteer() is ALL
    assert isinstance(ALL, Gazetteer)
