"""Sources of rules: laws that can be found again, and compared with texts that a keeper has."""

from __future__ import annotations

from datetime import date
from time import perf_counter

import pytest

from dxrules.cli import main
from dxrules.errors import InputError, RulesetError
from dxrules.keeper import law_texts
from dxrules.keeper.law_texts import digest_of, not_read, read_law_texts
from dxrules.keeper.lint import lint
from dxrules.keeper.rule_sources import source_states
from dxrules.texts import Text
from tests.helpers.lawbooks import broken, folder, law, load

DAY = date(2026, 11, 29)
WORDS = "地方公共団体は、必要な措置を講ずるよう努めなければならない。"
DIGEST = digest_of(WORDS)
ACT = "503AC0000000040"
CITING = broken(
    "read_on: 2026-11-29}",
    f'read_on: 2026-11-29, digests: {{"1-2": {DIGEST}}}}}',
    broken('article: "1"', "article: 1-2"),
)


def markdown(*articles):
    """Return a law in the Markdown form: an article by its heading, a paragraph a line."""
    return "# 法律\n\n" + "\n".join(
        f'<a id="{name}"></a>\n**{name}**\n' + "\n".join(lines) + "\n" for name, *lines in articles
    )


def xml(*articles):
    """Return a law as the XML of e-Gov: each article with its paragraphs."""
    inner = "".join(
        f'<Article Num="{number}">'
        + "".join(
            f'<Paragraph Num="{n}"><ParagraphNum/><ParagraphSentence><Sentence>{line}</Sentence>'
            "</ParagraphSentence></Paragraph>"
            for n, line in enumerate(lines, 1)
        )
        + "</Article>"
        for number, *lines in articles
    )
    return f"<Law><LawBody><MainProvision>{inner}</MainProvision></LawBody></Law>"


def checks(tmp_path, text, ending, ruleset=CITING):
    """Return how the cited places of the good act compare with a text."""
    texts = tmp_path / "texts"
    texts.mkdir()
    (texts / f"{ACT}{ending}").write_text(text, "utf-8")
    states = source_states(load(tmp_path, ruleset), DAY, read_law_texts(texts, "texts"))
    (state,) = [state for state in states if state.key == "act"]
    return [(check.path, check.state, check.found, check.rules) for check in state.checks]


CASES = {
    "the paragraph where it was": (
        xml(("1", "第一項", WORDS)),
        markdown(("第一条", "第一項", WORDS)),
        ("same", (), ()),
    ),
    "a paragraph that has moved": (
        xml(("1", "第一項", "別の文。"), ("15_2", "別の文。", WORDS)),
        markdown(("第一条", "第一項", "別の文。"), ("第十五条の二", "別の文。", WORDS)),
        ("moved", ("15_2-2",), ("15_2",)),
    ),
    "a paragraph of other words": (
        xml(("1", "第一項", WORDS.replace("必要な", "所要の"))),
        markdown(("第一条", "第一項", WORDS.replace("必要な", "所要の"))),
        ("changed", (), ()),
    ),
    "an article that is gone": (
        xml(("2", "別の文。")),
        markdown(("第二条", "別の文。")),
        ("missing", (), ()),
    ),
}


@pytest.mark.parametrize("name", CASES)
@pytest.mark.parametrize("form", [0, 1], ids=["xml", "markdown"])
def test_a_paragraph_is_found_again(tmp_path, name, form):
    """A cited paragraph is the same, has moved, has other words, or is gone, in both forms."""
    state, *found = CASES[name][2]
    expected = [("1-2", state, found[form], ("TST-01",))]
    assert checks(tmp_path, CASES[name][form], (".xml", ".md")[form]) == expected


def test_a_place_without_a_digest_names_those_of_the_text(tmp_path):
    """Where no digest is kept, the keeper is given what to keep."""
    ruleset = broken('article: "1"', "article: 1-2")
    found = checks(tmp_path, xml(("1", "第一項", WORDS)), ".xml", ruleset)
    assert found == [("1-2", "no-digest", (DIGEST,), ("TST-01",))]


def test_a_former_number_is_not_looked_up(tmp_path):
    """A number that an article has no longer is not compared with the text of today."""
    dated = "article: [{path: 12-1, until: 2025-09-05}, {path: 1-2, from: 2025-09-06}]"
    ruleset = broken("article: 1-2", dated, CITING)
    found = checks(tmp_path, xml(("1", "第一項", WORDS)), ".xml", ruleset)
    assert found == [("1-2", "same", (), ("TST-01",))]


@pytest.mark.parametrize(
    ("day", "clause"), [(date(2025, 9, 5), "第12条第1項"), (date(2025, 9, 6), "第1条第2項")]
)
def test_a_rule_is_cited_by_the_number_of_the_day(tmp_path, day, clause):
    """An old day still cites the old number."""
    dated = "article: [{path: 12-1, until: 2025-09-05}, {path: 1-2, from: 2025-09-06}]"
    book = load(tmp_path, broken('clause: 第1条, article: "1"', dated)).lawbook(day)
    assert book.rule("TST-01").clause.ja == clause


def test_items_and_supplementary_provisions_have_paths(tmp_path):
    """An item is found by its number, a supplementary provision without the law that brought it."""
    text = (
        "<Law><MainProvision><Article Num='16_3'><Paragraph Num='1'><ParagraphSentence>"
        "<Sentence>次のとおり。</Sentence></ParagraphSentence><Item Num='5'><ItemSentence>"
        f"<Sentence>{WORDS}</Sentence></ItemSentence></Item></Paragraph></Article></MainProvision>"
        "<SupplProvision AmendLawNum='x'><Paragraph Num='2'><ParagraphSentence><Sentence>"
        "従前の例による。</Sentence></ParagraphSentence></Paragraph></SupplProvision></Law>"
    )
    kept = f'{{"16_3-1-5": {DIGEST}, "附則(省令)-0-2": {digest_of("従前の例による。")}}}'
    ruleset = broken(f'{{"1-2": {DIGEST}}}', kept, CITING)
    ruleset = broken("article: 1-2", "article: [16_3-1-5, 附則(省令)-0-2]", ruleset)
    found = checks(tmp_path, text, ".xml", ruleset)
    assert [(path, state) for path, state, *_ in found] == [
        ("16_3-1-5", "same"),
        ("附則(省令)-0-2", "same"),
    ]


def test_texts_that_are_not_read(tmp_path):
    """A law has one text, whatever the case of its ending; any other file is told."""
    for name in (f"{ACT}_20240401_x.XML", "読んで.txt", ".keep", f"{ACT}.docx"):
        (tmp_path / name).write_text("<Law/>", "utf-8")
    assert [*read_law_texts(tmp_path, "texts")] == [ACT]
    assert [text.en.split(":")[0] for text in not_read(tmp_path, "texts")] == [
        f"texts/{ACT}.docx",
        "texts/読んで.txt",
    ]
    (tmp_path / f"{ACT}_20260401_x.xml").write_text("<Law/>", "utf-8")
    with pytest.raises(InputError) as error:
        read_law_texts(tmp_path, "texts")
    assert error.value.text.en.endswith(
        f"texts/{ACT}_20240401_x.XML is a text of the same law. Keep one of them."
    )


@pytest.mark.parametrize(
    ("raw", "en"),
    [
        (b"<Law", "Cannot be read as XML."),
        (b'<!DOCTYPE x [<!ENTITY a "b">]><Law/>', "XML with a DTD is not read."),
        ("<Law>法</Law>".encode("cp932"), "Not UTF-8."),
    ],
)
def test_a_damaged_text_is_refused(tmp_path, raw, en):
    """A text that cannot be read is named, with what is wrong."""
    (tmp_path / f"{ACT}_20260401_x.xml").write_bytes(raw)
    with pytest.raises(InputError) as error:
        read_law_texts(tmp_path, "texts")
    assert error.value.text.en == f"texts/{ACT}_20260401_x.xml:1:1: {en}"


REFUSED = {
    "a law without its id": (
        "law_id: 503AC0000000040, ",
        "",
        "7:3: sources.act: A law needs law_id.",
    ),
    "a law whose reading is not dated": (
        ", read_on: 2026-11-29",
        "",
        "7:3: sources.act: A law needs read_on.",
    ),
    "an address beside the id": (
        "law_id: 503AC0000000040, ",
        "law_id: 503AC0000000040, url: https://example.jp, ",
        "sources.act: The address follows from law_id.",
    ),
    "a statute without its article": (
        ', article: "1"',
        "",
        "23:5: rules[0].source: A rule of strength statute names the article of the law.",
    ),
    "an article in words": (
        'article: "1"',
        "article: 第1条",
        'rules[0].source.article: "第1条" is not the path of an article.',
    ),
}


@pytest.mark.parametrize("name", REFUSED)
def test_a_statute_that_cannot_be_found_again_is_refused(tmp_path, name):
    """A law has its id, the revision read and the day; a duty names its article."""
    old, new, message = REFUSED[name]
    with pytest.raises(RulesetError) as error:
        load(tmp_path, broken(old, new))
    assert message in error.value.text.en


def test_every_duty_of_the_rulesets_names_its_article():
    """Each shipped rule that rests on the text of a law says where in it."""
    duties = [
        rule
        for ruleset in law().rulesets
        for rule in ruleset.rules
        if rule.strength in ("statute", "effort")
    ]
    assert duties
    assert [rule.id for rule in duties if not rule.articles] == []


def test_command(tmp_path, monkeypatch, capsys):
    """The command lists sources, and a place that has moved gives exit code 1."""
    monkeypatch.chdir(tmp_path)
    folder(tmp_path / "r", {"national/test.yaml": CITING})
    (tmp_path / "texts").mkdir()
    call = ["rules", "sources", "--rulesets", "r", "--as-of", "2020-05-01", "--lang"]
    assert main([*call, "en"]) == 0
    out = capsys.readouterr().out
    assert "law, verified in the primary source, revision read: e-Gov 2026-02-08, last read" in out
    assert "https://laws.e-gov.go.jp/law/503AC0000000040" in out
    assert "2020-06-01  TST-01 comes into force" in out
    (tmp_path / "texts" / f"{ACT}.md").write_text(markdown(("第三条", WORDS)), "utf-8")
    assert main([*call, "ja", "--texts", "texts"]) == 1
    out = capsys.readouterr().out
    assert "第1条第2項: 第3条 に移った [TST-01]" in out
    assert "1 か所のうち 1 か所が移動又は変更されている。見直す点検項目: TST-01" in out
    (tmp_path / "texts" / f"{ACT}.md").write_text(markdown(("第三条", "ほかの文。")), "utf-8")
    assert main([*call, "ja", "--texts", "texts"]) == 1
    out = capsys.readouterr().out
    assert (
        "この条文にない(まだ施行されていないか、なくなった)。文言は照合していない [TST-01]" in out
    )
    assert "0 か所が移動又は変更されている。1 か所は条文になく、照合していない。" in out


@pytest.mark.parametrize(
    ("made", "message"),
    [(False, "there is no such folder of texts"), (True, "holds no text of a law")],
)
def test_no_texts_are_told(tmp_path, monkeypatch, capsys, made, message):
    """A folder that is not there, or holds no law, is no clean comparison."""
    monkeypatch.chdir(tmp_path)
    if made:
        (tmp_path / "texts").mkdir()
    assert main(["rules", "sources", "--texts", "texts", "--lang", "en"]) == 2
    assert message in capsys.readouterr().err


@pytest.mark.parametrize(("path", "state"), [("1-2", "same"), ("1-3", "missing")])
def test_an_article_has_no_more_paragraphs_than_lines(tmp_path, path, state):
    """A paragraph beyond the last line of an article in the Markdown form is not there."""
    ruleset = broken("article: 1-2", f"article: {path}", CITING).replace('{"1-2"', f'{{"{path}"')
    other = ruleset if state == "same" else ruleset.replace(DIGEST, digest_of("無い項。"))
    found = checks(tmp_path, markdown(("第一条", "第一項", WORDS)), ".md", other)
    assert [(place, told) for place, told, *_ in found] == [(path, state)]


PLACE = Text("第1条第2項", "Article 1, paragraph 2, which TST-01 cites,")
TOLD = {
    "an article that is gone": Text(
        f"には、TST-01 が引く{PLACE.ja}がありません。", f"{PLACE.en} is not there."
    ),
    "a paragraph of other words": Text(
        f"では、TST-01 が引く{PLACE.ja}の文言は、読んだものと違います。",
        f"{PLACE.en} has other words than those that were read.",
    ),
    "a paragraph that has moved": Text(
        f"では、TST-01 が引く{PLACE.ja}は 第15条の2第2項 に移っています。",
        f"{PLACE.en} has moved to Article 15-2, paragraph 2.",
    ),
    "the paragraph where it was": None,
}


@pytest.mark.parametrize("case", TOLD)
def test_lint_tells_what_a_text_does_not_have(tmp_path, case):
    """The linter warns of a cited place that a text at hand lacks, or has otherwise."""
    texts = tmp_path / "texts"
    texts.mkdir()
    (texts / f"{ACT}.xml").write_text(CASES[case][0], "utf-8")
    root = folder(tmp_path / "mine", {"national/test.yaml": CITING})
    found = lint(root, "r", (read_law_texts(texts, "texts"), DAY))
    told = [each for each in found if each.check == "not-in-text"]
    expected, file = TOLD[case], f"texts/{ACT}.xml"
    assert [(each.place.line, each.message) for each in told] == (
        [(7, Text(f"{file} {expected.ja}", f"In {file}, {expected.en}"))] if expected else []
    )


def test_the_command_lint_reads_texts(tmp_path, monkeypatch, capsys):
    """So does the command; without the folder it refuses."""
    monkeypatch.chdir(tmp_path)
    folder(tmp_path / "mine", {"national/test.yaml": CITING})
    (tmp_path / "texts").mkdir()
    (tmp_path / "texts" / f"{ACT}.xml").write_text(CASES["an article that is gone"][0], "utf-8")
    asked = ["rules", "lint", "--rulesets", "mine", "--lang", "en", "--texts"]
    assert main([*asked, "texts"]) == 1
    assert "[not-in-text]" in capsys.readouterr().out
    assert main([*asked, "nowhere"]) == 2
    assert "no such folder of texts" in capsys.readouterr().err


DEEP = "<MainProvision><Article Num='1'><Paragraph Num='1'><ParagraphSentence>"
HOSTILE = {
    "deep": (".xml", "<a>" * 200, "nested more than 100 levels"),
    "deep in a sentence": (".xml", DEEP + "<a>" * 200, "nested more than 100 levels"),
    "deep articles": (".xml", DEEP * 50, "nested more than 100 levels"),
    "a long paragraph": (".xml", f"{DEEP}{'あ' * 1_000_001}", "longer than 1,000,000"),
    "a long line": (".md", f"**第一条**\n{'[' * 1_000_001}\n", "longer than 1,000,000"),
    "another encoding": (".xml", "<?xml version='1.0' encoding='utf-16'?><a>", "read as XML"),
    "an entity": (".xml", "<!DOCTYPE a [<!ENTITY b 'c'>]><a>&b;</a>", "XML with a DTD"),
    "an entity of nobody": (".xml", "<a>&b;</a>", "Cannot be read as XML."),
}


@pytest.mark.parametrize("name", HOSTILE)
def test_hostile_texts_are_refused(tmp_path, name):
    """As soon as it shows, whatever else would come of it."""
    ending, text, said = HOSTILE[name]
    (tmp_path / f"{ACT}{ending}").write_text(text, "utf-8")
    with pytest.raises(InputError) as error:
        read_law_texts(tmp_path, "texts")
    assert said in error.value.text.en


@pytest.mark.parametrize("ending", [".xml", ".md"])
def test_texts_of_too_many_paragraphs_are_refused(tmp_path, monkeypatch, ending):
    """Each is held, so that their number has a bound."""
    monkeypatch.setattr(law_texts, "LAW_PARAGRAPHS", 1)
    ends = "</ParagraphSentence></Paragraph></Article></MainProvision>"
    text = (
        f"<Law>{DEEP}甲{ends}{DEEP}乙{ends}</Law>" if ending == ".xml" else "**第一条**\n甲\n乙\n"
    )
    (tmp_path / f"{ACT}{ending}").write_text(text, "utf-8")
    with pytest.raises(InputError, match="more than"):
        read_law_texts(tmp_path, "texts")


@pytest.mark.parametrize("number", ["九" * 5000, "の", "〇" * 5000])
def test_numbers_of_articles_that_are_none(tmp_path, number):
    """They head no article."""
    (tmp_path / f"{ACT}.md").write_text(f"**第{number}条**\n{WORDS}\n", "utf-8")
    (text,) = read_law_texts(tmp_path, "texts").values()
    assert text.places_of(digest_of(WORDS)) == ()


def test_each_sentence_counts_once(tmp_path):
    """A law that amends others has articles within a paragraph: these are of their own number."""
    inner = f"{DEEP.replace('1', '2')}{WORDS}</ParagraphSentence></Paragraph></Article>"
    outer = (
        f"{DEEP}次のとおり改める。</ParagraphSentence>{inner}</MainProvision></Paragraph></Article>"
    )
    (tmp_path / f"{ACT}.xml").write_text(f"<Law>{outer}</MainProvision></Law>", "utf-8")
    (text,) = read_law_texts(tmp_path, "texts").values()
    assert [place for place, _ in text.paragraphs] == ["1-1", "2-2"]


def test_signs_that_look_like_links_take_no_time():
    """Each sign is looked at a few times, however often a link begins and does not end."""
    started = perf_counter()
    for text in ("[" * 200_000, "[x](" * 50_000, "[x]" * 70_000):
        digest_of(text)
    assert perf_counter() - started < 5
