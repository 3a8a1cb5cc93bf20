"""The words and phrases by which documents are read: compiled, added to, refused with a place."""

from __future__ import annotations

import ast
import re
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dxrules.document import normal
from dxrules.document.normal import squeeze, squeezed
from dxrules.draft import load_reading
from dxrules.draft.phrase_index import PhraseIndex
from dxrules.draft.phrases import LONGEST, PhraseError, Words, compile_phrase, read_part
from dxrules.draft.voice import voice_of
from dxrules.errors import RulesetError
from tests.helpers.documents import drafted, invented, plan_of_town, source

LISTS = {
    "own": Words(("本計画", "この計画")),
    "rank": Words(("町長", "副町長")),
    "body": Words(("本部", "委員会"), ("DX", "デジタル"), is_name=True),
}


@pytest.mark.parametrize(
    ("phrase", "said", "found"),
    [
        ("<own>の期間は{period}", "この計画の期間は令和8年度~令和12年度。", "令和8年度~令和12年度"),
        ("[本|この]計画", "この計画", None),
        ("^{date}$", "令和8年3月", "令和8年3月"),
        ("{rank}を", "副町長を", "副町長"),
        ("{body}を設置", "見本町DX推進本部を設置", "見本町DX推進本部"),
        ("{count}業務", "対象17業務", "17"),
        ("「{quoted}」", "「総合計画」", "総合計画"),
        ("始…終", "始めて終わる", None),
        ("始……終", "始" + "あ" * 100 + "終", None),
    ],
)
def test_phrases(phrase, said, found):
    """A phrase finds its words with whatever its places say may stand between them."""
    (places,) = compile_phrase(phrase, LISTS).matches(said)
    named = {name: place.text for name, place in places.items() if name != "whole"}
    assert list(named.values()) == ([found] if found else [])
    for place in places.values():
        assert said[place.start : place.end] == place.text


@pytest.mark.parametrize(
    ("phrase", "said"),
    [
        ("<own>の期間は{period}", "この計画の期間は令和8年3月。"),  # a month is no period
        ("{rank}を", "副本部長を"),
        ("^{date}$", "平成99年99月"),
        ("始…終", "始まる。終わる"),
        ("始…終", "始" + "あ" * 41 + "終"),
        ("a.c", "abc"),
        ("(a+)+", "aaa"),
    ],
)
def test_no_more_than_is_written(phrase, said):
    """Nothing in a phrase is a pattern but its places, and no reader is passed over."""
    assert list(compile_phrase(phrase, LISTS).matches(said)) == []


@given(st.text("ab.*+?()\\|^$本計画", min_size=1, max_size=12))
def test_any_text_is_a_phrase(text):
    """Whatever else stands in a phrase is literal: it is always a pattern that compiles."""
    literal = re.sub(r"[\^$]", "", text)
    assert list(compile_phrase(literal, {}).matches(literal)) or not literal.strip()


def test_only_phrases_whose_words_stand_there_are_tried():
    """Of many phrases a sentence is asked for those that it may have, in their order."""
    phrases = ["{date}に", "[本|この]計画", "<own>の期間", "[本|]部", "{body}を", "始…終"]
    compiled = [compile_phrase(phrase, LISTS) for phrase in phrases]
    index = PhraseIndex(enumerate([each] for each in compiled))
    for said in ("令和8年3月に始めて終わる", "この計画の期間", "DX推進本部を", "春に", ""):
        tried = [number for number, _ in index.within(said)]
        found = [n for n, each in enumerate(compiled) if next(each.matches(said), None)]
        assert set(found) <= set(tried)
        assert tried == sorted(tried)
    assert [number for number, _ in index.within("春に")] == []
    assert index.things == tuple(range(len(phrases)))


@pytest.mark.parametrize(
    "phrase",
    [
        "{nothing}",
        "<nothing>",
        "あ" * (LONGEST + 1),
        "……る" * 7,
        "…[|]",
        "[町|…{date}…{date}]‥村……は……",
    ],
)
def test_phrases_that_cannot_be_read(phrase):
    """A place that is not known is told in both languages."""
    with pytest.raises(PhraseError) as caught:
        compile_phrase(phrase, LISTS)
    assert caught.value.text.ja
    assert caught.value.text.en


def test_what_a_reader_takes():
    """A value is the longest part that the reader takes, never one that it was told to be."""
    text = "の令和8年度から令和12年度までの)"
    start, end = read_part("period", text)
    assert text[start:end] == "令和8年度から令和12年度まで"
    assert read_part("period", "令和8年3月") is None
    assert read_part("date", "未定") is None
    assert read_part("count", "17") == (0, 2)


OWN = """\
format: dxrules/reading/1
headings:
  - {id: nation, words: [国の話], voice: quoted}
things:
  - {id: ciso, kind: post, names: [情報番]}
rules:
  - {id: own-period, of: plan, grade: sure, says: ["この先は{period}"], gives: {period: "{period}"}}
"""
OWN_PHRASES = """\
format: dxrules/reading/1
phrases:
  area: {regional-dx: ["[雪|氷]‥センサー"]}
  training: {held: ["もち[ます|ました]"]}
"""


def test_a_folder_of_ones_own_adds(tmp_path):
    """A user's file adds words and rules; what has the id of another takes its place."""
    (tmp_path / "own.yaml").write_text(OWN, encoding="utf-8")
    added = load_reading(tmp_path, "own")
    assert [each.words for each in added.headings if each.id == "nation"] == [("国の話",)]
    assert any(rule.id == "own-period" for rule in added.rules.things)
    assert len(added.rules.things) == len(load_reading().rules.things) + 1
    said = "情報番:副町長"
    rules = [rule for rule in added.rules.things if rule.id == "post-rank-labelled:ciso"]
    assert any(next(p.matches(said), None) for rule in rules for p in rule.says)


def test_words_that_a_folder_adds_to_a_list(tmp_path):
    """A list keeps the words that travel along: whoever adds one need not write the others."""
    own = "format: dxrules/reading/1\nwords: {plan-end: [みちしるべ], ten-signs: [拾]}\n"
    (tmp_path / "own.yaml").write_text(own, encoding="utf-8")
    added = load_reading(tmp_path, "own")
    assert added.lists["plan-end"].words == (*load_reading().lists["plan-end"].words, "みちしるべ")
    found = added.pattern("(?P<name>[^、]{2,8}?<plan-end|ten-signs>)(?=を|で)").search(
        "町のみちしるべを"
    )
    assert found["name"] == "町のみちしるべ"


def test_lists_that_patterns_name_are_there():
    """Most patterns are compiled when a sentence needs them: a wrong name would show late."""
    named = set()
    for path in Path("dxrules/draft").glob("*.py"):
        nodes = [*ast.walk(ast.parse(path.read_text(encoding="utf-8")))]
        told = {id(each.value) for each in nodes if isinstance(each, ast.Expr)}
        own = [e.value for e in nodes if isinstance(e, ast.Constant) and id(e) not in told]
        named |= {*re.findall(r"(?<!\?P)<([a-z][a-z0-9|-]*)>", " ".join(map(str, own)))}
    assert {
        name for each in named for name in each.split("|")
    } - load_reading().lists.keys() == set()


def test_phrases_of_codes_that_a_folder_adds(tmp_path):
    """They stand beside those that travel along, and tell where they were found."""
    (tmp_path / "own.yaml").write_text(OWN_PHRASES, encoding="utf-8")
    added = load_reading(tmp_path, "own")
    assert [*added.told("area", "屋根の雪を測るセンサー")] == [(3, 11, "regional-dx")]
    assert [*added.told("area", "自宅での勤務")] == [(0, 6, "telework")]
    assert [*added.told("status", "自宅での勤務")] == []
    said = "情報セキュリティ研修を全職員に年1回もち、"
    cues = {"named", "of-security"}
    assert {cue for *_, cue in added.told("training", said)} == cues
    assert {cue for *_, cue in added.told("training", said[:-1] + "ます。")} == cues | {"held"}


@pytest.mark.parametrize(
    ("text", "place", "said"),
    [
        (OWN_PHRASES.replace("[雪|氷]", "{snow}"), "bad.yaml:3:", "snow"),
        ("format: dxrules/reading/1\nrules: [{id: a}]\n", "bad.yaml:2:", "required"),
        (OWN.replace("{period}", "{perod}"), "bad.yaml:7:52", "perod"),
        (OWN.replace("grade: sure", "grade: 0.98"), "bad.yaml:7:", "0.98"),
        (OWN + OWN.split("rules:\n")[1], "bad.yaml:8:", "twice"),
        (OWN.replace("of: plan", "of: provisions"), "bad.yaml:7:", "collection.charges.ID"),
        (OWN.replace("{period: ", "{perod: "), "bad.yaml:7:", "period"),
        (OWN.replace("of: plan,", "of: plan, tries: pots,"), "bad.yaml:7:", "pots"),
        (OWN.replace("of: plan,", "of: plan, under: [nations],"), "bad.yaml:7:", "nation"),
        (OWN.replace('{period}"]', '{date}"]'), "bad.yaml:7:", 'has the place "{period}"'),
        (OWN_PHRASES + "words: {a-b: [町], a_b: [村]}\n", "bad.yaml:5:", "words.a_b"),
        (OWN_PHRASES + "words: {2a: [町]}\n", "bad.yaml:5:", "words.2a"),
        (OWN_PHRASES + "words: {date: [町]}\n", "bad.yaml:5:", "means another thing"),
        ("format: dxrules/ruleset/1\n", "bad.yaml:1:", "dxrules/reading/1"),
        ("a: [", "bad.yaml:", ""),
    ],
)
def test_files_that_are_wrong(tmp_path, text, place, said):
    """A fault of a file is told with its place, before any document is read."""
    (tmp_path / "bad.yaml").write_text(text, encoding="utf-8")
    with pytest.raises(RulesetError) as caught:
        load_reading(tmp_path, "own")
    assert f"own/{place}" in caught.value.text.en
    assert said in caught.value.text.en


def test_a_folder_without_files(tmp_path):
    """A folder in which nothing can be read is no folder of words."""
    with pytest.raises(RulesetError, match=r"^own:1:1: There is no file of words"):
        load_reading(tmp_path, "own")


VOICES = [
    ("town", "", "本町では、副町長をCIOとします。"),
    ("town", "quoted", "本町においても、対象の業務を移行します。"),
    ("town", "", "書かない窓口を導入します。"),
    ("town", "quoted", "本計画は、国の計画を踏まえて策定します。"),
    ("quoted", "", "国は、令和2年12月に計画を策定しました。"),
    ("quoted", "", "総務省は、重点取組事項を定めています。"),
    ("quoted", "", "令和7年6月13日に重点計画が閣議決定されました。"),
    ("quoted", "", "全ての自治体は、標準準拠システムに移行することになっています。"),
    ("quoted", "", "近隣の市町村では、共同利用が進んでいます。"),
    ("quoted", "town", "デジタル庁は、ガイドラインを改定しました。"),
    ("quoted", "", "CIO補佐官の任用が求められています。"),
    ("quoted", "quoted", "フロントヤード改革の推進"),
    ("past", "", "令和3年度から令和7年度までを計画期間として取り組んできました。"),
    ("past", "", "現計画の期間が満了します。"),
    ("past", "past", "CIO補佐官を置いていました。"),
    ("glossary", "", "RPA:定型的な作業を自動化する技術のこと。"),
    ("glossary", "glossary", "本町では、CIOを副町長とします。"),
    ("glossary", "", "Chief Information Officerの略。"),
    ("town", "town", "令和8年度から運用を開始します。"),
    ("town", "", "当市の情報セキュリティポリシーを見直します。"),
]


@pytest.mark.parametrize(("voice", "told", "said"), VOICES)
def test_who_speaks(voice, told, said):
    """The sentence itself tells first who speaks, then the nearest heading that does."""
    from dxrules.document.normal import squeezed

    assert voice_of(squeezed(said), told or None, source().reading) == voice


def test_a_section_of_others_ends_with_it():
    """What follows a section on the nation is the town's again, by the continuity of numbers."""
    text = plan_of_town(
        "1 国の動向\n\n(1) 重点取組事項\n\nCIOを置くこと。\n\n(2) 標準化\n\n"
        "2 推進体制\n\n副町長をCIOとします。"
    )
    assert drafted(text)["provisions"]["cio"]["rank"] == "deputy-mayor"


def test_invented_names_are_not_of_this_nation():
    """The municipalities of the tests are in no list of the nation."""
    from dxrules.reference.gazetteer import gazetteer

    for each in invented().municipalities.values():
        assert gazetteer().of(each.code) is None
        assert gazetteer().named(each.name.ja) == ()


def test_a_number_before_a_date_is_none_of_it():
    """A period is found behind a number of years, and never begins within a number."""
    text = "5年間(2024年度から2028年度まで)"
    start, end = read_part("period", text)
    assert text[start:end].startswith("(2024")
    assert read_part("date", "12令和8年") is None


def test_block_is_squeezed_once(monkeypatch):
    """A block of many sentences is not made plain again with each of them."""
    made = []

    def counted(text):
        made.append(len(text))
        return squeeze(text)

    monkeypatch.setattr(normal, "squeeze", counted)
    block = "窓口の改革を進める。" * 100
    assert {squeezed(block) for _ in range(10)} == {block}
    assert len(made) == 1
