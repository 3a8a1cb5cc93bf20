"""A new edition of a document against the plan file of the former one."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import date
from pathlib import Path

import jsonschema_rs
import pytest

from dxrules.assessment.edition_update import supposed, updated
from dxrules.assessment.new_edition import STATES, EditionFact, Former, held_against, new_words
from dxrules.cli import main
from dxrules.document.text import original_of
from dxrules.draft import draft
from dxrules.draft.fragments import shows, values_in
from dxrules.draft.outline import sentences
from dxrules.plan import plan_of
from dxrules.plan.read import as_if_confirmed
from dxrules.report.json_documents import document_schema
from dxrules.source import from_text
from dxrules.source.rewrite import rewritten
from tests.helpers.documents import TODAY, invented, source
from tests.helpers.meanwhile import saved_meanwhile
from tests.helpers.printed import in_lines

BODY = """\
見本町DX推進計画

見本町

令和8年3月

## 第1章 はじめに

### 1 計画の期間

計画期間は、令和8年度から令和12年度までとします。

## 第2章 推進体制

副町長をCIOとします。

各課にDX推進リーダーを置きます。

## 第3章 標準化

本町の標準化対象業務(17業務)について移行を進めます。

## 第4章 主な取組

| 取組 | 担当課 | 実施時期 |
|---|---|---|
| 書かない窓口の導入 | 住民課 | 令和8年度 |
| 電子決裁の導入 | 総務課 | 令和9年度 |
"""
PLAN = """\
format: dxrules/plan/1
municipality: {code: "348015", name: {ja: 見本町, en: Mihon}}
recorded: 令和8年3月
plan:
  title: 見本町DX推進計画
  # the period of the cover
  period: 令和8年度～令和12年度
  evidence:
  - {of: [title], section: 表紙, text: 見本町DX推進計画}
  - {of: [period], section: 第1章1, page: 2, text: 令和8年度から令和12年度まで}
provisions:
  cio:
    status: in-place
    rank: deputy-mayor
    evidence: [{section: 第2章, text: 副町長をCIOとします}]
  promoters:
    title: DX推進リーダー  # by hand
    evidence: [{of: [title], section: 第2章, text: 各課にDX推進リーダー}]
standardization:
  scope: count
  in_scope: 17
  evidence: [{of: [in_scope], section: 第3章, text: 標準化対象業務(17業務)}]
measures:
- id: window
  title: 書かない窓口の導入
  due: 令和8年度
  evidence: [{section: 第4章, text: 書かない窓口の導入}]
- id: approval
  title: 電子決裁の導入
  areas: [bpr]
- id: told
  title: 聞き取りによる取組
  evidence: [{from: town, section: 町のページ, text: 聞き取り}]
document:
  read: complete
  passages:
  - {problem: placeholder, section: 第3章, text: 移行を進めます}
"""
CODE = next(each.code for each in invented().named("見本町"))


def plan_text():
    """Return the plan file with the code of the invented town."""
    return PLAN.replace("348015", CODE)


def edition(text, plan=None, former=None, name="new.md", **how):
    """Return the plan file held against a text."""
    document = from_text(plan or plan_text(), "a.yaml")
    file = as_if_confirmed(plan_of(document, source().reference), source().reference)
    original = original_of(text, name)

    def read(of):
        return from_text(json.dumps(draft(of, source(), TODAY, town()).data), "d.json").data

    before = None if former is None else original_of(former, "old.md")
    told = None if before is None else Former(before, read(before))
    town_speaks = {
        each.place for each in sentences(original, source().reading) if each.voice == "town"
    }
    how["speaks"] = town_speaks.__contains__
    return held_against(file, original, read(original), TODAY, told, **how)


def town():
    """Return the invented town."""
    return invented().named("見本町")[0]


def states(found):
    """Return what became of each key, by the end of the path; what was found is left out."""
    return {
        (each.path[-1], *each.keys): each.state for each in found.facts if each.state != "found"
    }


FIELDS = {"tool": "dxrules", "version": "0", "file": "new.md", "digest": "-"}


def brought(found, lang="en"):
    """Return the data and the text of the plan file brought up to date."""
    made = updated(found, FIELDS, source().reference, lang)
    assert made.left == ()
    new = rewritten(found.file.document, made.data)
    plan_of(new, source().reference)
    return new.data, new.text


def test_the_same_document_changes_nothing():
    """What stands where it stood is found again; of the rest it is told why not."""
    found = edition(BODY, former=BODY)
    assert states(found) == {
        (1, "areas"): "unquoted",
        (2, "title"): "others",
    }
    assert found.to_look_at == ()
    assert found.same_text
    data, text = brought(found)
    assert data["document"]["read"] == "complete"
    drafted = "  drafted: {tool: dxrules, version: '0', file: new.md, digest: '-'}\n"
    assert text.replace(drafted, "") == plan_text()
    assert new_words(original_of(BODY, "a.md"), original_of(BODY, "b.md")) == ()


@pytest.mark.parametrize(
    ("old", "new", "became"),
    [
        ("令和12年度", "令和13年度", {("plan", "period"): "changed"}),
        ("17業務", "20業務", {("standardization", "in_scope"): "changed"}),
        ("令和8年度 |", "令和10年度 |", {(0, "due"): "changed"}),
        ("令和8年度から令和12年度まで", "令和8年度～令和12年度", {("plan", "period"): "moved"}),
        ("副町長をCIOとします。\n", "", {("cio", "status", "rank"): "gone"}),
        ("各課にDX", "全ての課にDX", {("promoters", "title"): "gone"}),
        ("移行を進めます", "移行に取り組みます", {(0,): "gone"}),
        (
            "各課にDX推進リーダーを置きます。\n\n## 第3章 標準化\n",
            "## 第3章 標準化\n\n各課にDX推進リーダーを置きます。\n",
            {("promoters", "title"): "moved"},
        ),
        ("## 第4章", "CISOは、総務課長とします。\n\n## 第4章", {("ciso",): "new"}),
        (
            "| 電子決裁",
            "| オンライン申請の拡充 | 総務課 | 令和9年度 |\n| 電子決裁",
            {(3,): "new", ("online-procedures",): "new"},
        ),
    ],
)
def test_what_becomes_of_facts(old, new, became):
    """Each change of the document is told of the fact that it is about, and of no other."""
    found = edition(BODY.replace(old, new), former=BODY)
    quiet = {"unquoted", "others"}
    told = {key: state for key, state in states(found).items() if state not in quiet}
    assert told.items() >= became.items()
    news = {key for key, state in told.items() if state in {"changed", "new"}}
    assert news <= {*became, (3,)}  # a sentence in other words is another measure in prose
    brought(found)


def test_a_change_is_a_doubt_with_both_candidates():
    """The former value stays; beside it stands the new one, with the words of both documents."""
    found = edition(BODY.replace("令和12年度", "令和13年度"), former=BODY)
    data, text = brought(found)
    about = data["plan"]
    assert about["period"] == "令和8年度～令和12年度"
    (doubt,) = about["doubts"]
    assert doubt["of"] == ["period"]
    assert doubt["candidates"] == ["令和8年度～令和12年度", "令和8年度から令和13年度まで"]
    assert "第1章1p.2「令和8年度から令和12年度まで」" in doubt["because"]
    quoted = [each["text"] for each in about["evidence"] if "period" in each["of"]]
    assert quoted
    assert all("令和13年度" in each for each in quoted)
    assert "# the period of the cover" in text
    assert "# by hand" in text
    assert data["document"]["read"] == "part"
    assert data["document"]["drafted"] == FIELDS
    after = supposed(found, source().reference)
    assert after.plan.plan.period.end == date(2032, 3, 31)
    assert not after.document.data["plan"].get("doubts")


@pytest.mark.parametrize(
    ("old", "kept"),
    [
        ("副町長をCIOとします", []),
        ("副町長をCIOとします。令和7年から", [(["since"], "副町長をCIOとします。令和7年から")]),
    ],
)
def test_words_that_show_it_no_more_are_dropped(old, kept):
    """Of a post shown otherwise now the former words go, but for keys of which nothing else tells.

    Who trusts the file would be shown a deputy mayor beside the mayor that the edition has.
    """
    since = "    since: 令和7年\n" if kept else ""
    plan = plan_text().replace("    rank: deputy-mayor\n", "    rank: deputy-mayor\n" + since)
    plan = plan.replace("text: 副町長をCIOとします}", f"text: {old}}}")
    former = BODY.replace("副町長をCIOとします", old)
    found = edition(BODY.replace("副町長をCIOとします", "町長をCIOとします"), plan, former)
    cio = brought(found)[0]["provisions"]["cio"]
    quoted = [([*each["of"]], each["text"]) for each in cio["evidence"]]
    (shown,) = [text for of, text in quoted if {"status", "rank"} <= {*of}]
    assert shown.startswith("町長をCIOと")
    assert [each for each in quoted if each[1].startswith("副")] == kept
    assert cio["doubts"][0]["candidates"] == ["deputy-mayor", "mayor"]


def test_what_is_gone_stays_in_doubt():
    """What the edition does not say any more is kept, and nothing rests on it."""
    found = edition(BODY.replace("副町長をCIOとします。\n", "").replace("書かない窓口の導入", "他"))
    data, _ = brought(found, "ja")
    cio = data["provisions"]["cio"]
    assert (cio["status"], cio["doubts"][0]["of"]) == ("in-place", ["status", "rank"])
    assert "見当たらない" in cio["doubts"][0]["because"]
    window = data["measures"][0]
    assert [each.get("of") for each in window["doubts"]] == [None]
    after = supposed(found, source().reference)
    assert "cio" not in (after.plan.provisions or {})
    assert [each.id for each in after.plan.measures or ()][:1] == ["approval"]


def test_what_is_gone_may_have_been_told_more_of():
    """An entry of which the edition seems to tell something new goes with it."""
    found = edition(BODY, plan_text().replace("title: 聞き取りによる取組", "title: なくなる取組"))
    last = ("measures", 2)
    facts = (EditionFact("gone", last, ("title",)), EditionFact("new", last, ("due",), now="R9"))
    after = supposed(replace(found, facts=facts), source().reference)
    assert [each.id for each in after.plan.measures] == ["window", "approval"]


def test_a_passage_that_is_gone_is_amiss_no_more():
    """A fault of the text that the edition does not have cannot be held against it."""
    found = edition(BODY.replace("移行を進めます", "移行済みです"))
    data, _ = brought(found)
    assert data["document"]["passages"][0]["reading"] == "doubtful"
    assert supposed(found, source().reference).plan.document.passages == ()
    last = "本町の標準化対象業務(17業務)について移行を進めます。\n"
    moved = edition(BODY.replace(last, "") + f"\n{last}")
    assert brought(moved)[0]["document"]["passages"][0]["section"] == "第4章"


def test_what_is_new_is_added_in_doubt():
    """An entry, a key and a section that the file lacks are added, each to be confirmed."""
    text = BODY.replace("## 第3章", "総務課長をCISOとします。\n\n## 第3章")
    text = text.replace("| 電子決裁", "| オンライン申請の拡充 | 総務課 | 令和9年度 |\n| 電子決裁")
    bare = plan_text()
    cut = bare.index("standardization:"), bare.index("measures:")
    found = edition(text, bare[: cut[0]] + bare[cut[1] :])
    data, _ = brought(found)
    assert all(each["doubts"] for each in data["measures"][3:])
    (new,) = [each for each in data["measures"] if each["title"] == "オンライン申請の拡充"]
    assert new["id"].startswith("measure-")
    assert data["standardization"]["doubts"]
    assert data["provisions"]["ciso"]["doubts"]
    after = supposed(found, source().reference)
    assert after.plan.provisions["ciso"].status == "in-place"
    assert "オンライン申請の拡充" not in [
        each.title for each in after.plan.measures
    ]  # its area is open


def test_what_was_in_doubt_stays_so():
    """A doubt of a draft is not settled by a new edition; its candidates may become more."""
    plan = plan_text().replace("provisions:", "  doubts:\n  - {of: [period]}\nprovisions:")
    found = edition(BODY.replace("令和12年度", "令和13年度"), plan)
    assert states(found)["plan", "period"] == "open"
    doubt = brought(found)[0]["plan"]["doubts"][0]
    assert doubt["candidates"] == ["令和8年度～令和12年度", "令和8年度から令和13年度まで"]
    assert edition(BODY, plan).count("open") == 1


def test_what_the_readers_always_read_otherwise_is_no_change():
    """What they read in the former document and the person did not take is no change."""
    plan = plan_text().replace("令和8年度～令和12年度", "令和8年度～令和11年度")
    plan = plan.replace("令和8年度から令和12年度まで", "計画期間は")
    assert states(edition(BODY, plan, former=BODY)).get(("plan", "period")) is None
    elsewhere = BODY.replace("計画期間は、令和8", "本計画は、令和8").replace(
        "を置きます", "は計画期間は置く"
    )
    assert states(edition(elsewhere, plan))["plan", "period"] == "changed"
    beside = edition(BODY, plan)
    assert next(each.now for each in beside.facts if each.keys == ("period",))


def test_the_day_of_the_cover():
    """The facts speak for the day of the new cover where that is later, never an earlier one."""
    later = edition(BODY.replace("令和8年3月", "令和9年3月策定"))
    earlier = edition(BODY.replace("令和8年3月", "令和7年3月策定"))
    assert (later.recorded, earlier.recorded) == ("令和9年3月", None)
    assert brought(later)[0]["recorded"] == "令和9年3月"
    assert supposed(later, source().reference).plan.recorded.text == "令和9年3月"


def test_what_would_contradict_the_file_is_left():
    """What no plan file may say is not taken in, and told."""
    plan = plan_text().replace("  in_scope: 17\n", "  in_scope: 17\n  migrated: 17\n")
    found = edition(BODY.replace("17業務", "5業務"), plan)
    made = updated(found, FIELDS, source().reference, "ja")
    plan_of(rewritten(found.file.document, made.data), source().reference)
    assert supposed(found, source().reference) is not None


def test_a_fragment_alone():
    """A reader takes a value from a fragment, or there is none."""
    assert values_in("period", "計画期間は令和8年度から令和12年度まで") == (
        "令和8年度から令和12年度まで",
    )
    assert shows("in_scope", "17", "標準化対象業務(17業務)")
    assert not shows("in_scope", "20", "標準化対象業務(17業務)")
    assert shows("title", "DX 計画", "本町のDX計画では")
    assert not shows("due", "令和9年度", "令和8年度")


@pytest.fixture
def _files(tmp_path, monkeypatch):
    """A folder with a plan file and two editions, of a town that there is."""
    monkeypatch.chdir(tmp_path)
    plan = (
        PLAN.replace("348015", "063223").replace("見本町", "西川町").replace("Mihon", "Nishikawa")
    )
    Path("a.yaml").write_text(plan, encoding="utf-8")
    old = BODY.replace("見本町", "西川町")
    Path("old.md").write_text(old, encoding="utf-8")
    Path("new.md").write_text(old.replace("令和12年度", "令和13年度"), encoding="utf-8")


def run(*words, lang="en"):
    """Run the command."""
    return main(["draft", "--update", "a.yaml", *words, "--lang", lang])


@pytest.mark.usefixtures("_files")
@pytest.mark.covered
def test_the_report(capsys):
    """The report tells what changed, with the words of both, and what that does to verdicts."""
    assert run("new.md", "--before", "old.md", lang="ja") == 1
    said = capsys.readouterr()
    assert "令和8年度～令和12年度 → 令和8年度から令和13年度まで" in said.out
    assert "判定の違い" in said.out
    assert "--write" in said.err
    assert "in_scope" not in said.out  # no keys


@pytest.mark.usefixtures("_files")
def test_what_others_save_meanwhile_is_not_lost(capsys, monkeypatch):
    """A plan file that is not any more what was read is left as it is."""
    theirs = saved_meanwhile(monkeypatch, "a.yaml")
    assert run("new.md", "--write", "--format", "none") == 2
    assert "a.yaml: was changed elsewhere meanwhile" in capsys.readouterr().err
    assert theirs()


@pytest.mark.usefixtures("_files")
def test_every_format_and_the_file(capsys):
    """All formats say the same; the plan file is written with its comments, and only on request."""
    names = ("r.json", "r.md", "r.html", "r.csv", "r.txt", "r.xlsx")
    reports = [word for name in names for word in ("--report", name)]
    before = Path("a.yaml").read_text("utf-8")
    assert run("new.md", "-o", "b.yaml", "--format", "none", *reports) == 1
    assert Path("a.yaml").read_text("utf-8") == before
    for name in names[:-1]:
        assert "令和8年度から令和13年度まで" in Path(name).read_text("utf-8")
    found = json.loads(Path("r.json").read_text("utf-8"))
    errors = jsonschema_rs.validator_for(document_schema("update")).iter_errors(found)
    assert [each.message for each in errors] == []
    assert found["counts"].keys() == set(STATES)
    assert "# by hand" in Path("b.yaml").read_text("utf-8")
    assert run("new.md", "--write", "--format", "none") == 1
    assert Path("a.yaml").read_text("utf-8") == Path("b.yaml").read_text("utf-8")
    assert "Written to a.yaml" in capsys.readouterr().err
    assert run("new.md", "--format", "none") == 0  # what is in doubt now is told once


@pytest.mark.usefixtures("_files")
@pytest.mark.covered
def test_brought_up_to_date_and_reviewed(monkeypatch, capsys):
    """What a new edition puts in doubt can be confirmed right away."""
    from dxrules.cli import terminal_review

    monkeypatch.setattr(terminal_review, "has_person", lambda: True)
    monkeypatch.setattr(terminal_review, "hear", lambda: "q")
    assert run("new.md", "--write", "--review") == 1
    assert "[1/" in capsys.readouterr().out
    assert run("new.md", "--review") == 2


@pytest.mark.usefixtures("_files")
def test_another_town_is_told(capsys):
    """A document of another municipality is most likely the wrong file."""
    other = Path("new.md").read_text("utf-8").replace("西川町", "神石高原町")
    Path("new.md").write_text(other, encoding="utf-8")
    assert run("new.md") == 1
    assert "this seems to be the plan of Jinsekikogen, Hiroshima" in capsys.readouterr().err


@pytest.mark.usefixtures("_files")
@pytest.mark.parametrize(
    ("words", "said"),
    [
        (["--update", "a.yaml", "new.md", "old.md"], "one plan file and one document"),
        (["--update", "a.yaml", "new.md", "--write", "-o", "b.yaml"], "not both"),
        (["--update", "-", "new.md"], "standard input"),
        (["--update", "a.yaml", "new.md", "--report", "new.md"], "not written over"),
        (["--update", "a.yaml", "new.md", "--format", "sarif"], "no format sarif"),
        (["--update", "a.yaml", "nothing.md"], "nothing.md"),
        (["--update", "a.yaml", "new.md", "-o", "b.yaml"], "already there"),
        (["new.md", "--write"], "--write goes with --update only"),
        (["new.md", "--before", "old.md", "--format", "json"], "--before, --format goes"),
        (["new.md", "--report", "r.md"], "--report goes with --update only"),
        (["--update", "a.xlsx", "new.md"], "a.xlsx"),
    ],
)
def test_what_cannot_be_brought_up_to_date(words, said, capsys):
    """One message says what does not fit, and nothing is written."""
    Path("b.yaml").write_text("mine", encoding="utf-8")
    main(["convert", "a.yaml", "a.xlsx"])
    capsys.readouterr()
    before = Path("a.yaml").read_text("utf-8")
    assert main(["draft", *words, "--lang", "en"]) == 2
    assert said in capsys.readouterr().err
    assert Path("a.yaml").read_text("utf-8") == before
    assert Path("b.yaml").read_text("utf-8") == "mine"


LISTS = BODY.replace(
    "## 第2章",
    "「第3次見本町総合計画」を最上位の計画とします。\n\n"
    "本計画は、デジタル活用推進計画を兼ねます。\n\n## 第2章",
) + (
    "\n## 第5章 指標\n\n"
    "| 指標 | 単位 | 基準値(令和6年度) | 目標値(令和10年度) |\n|---|---|---|---|\n"
    "| オンライン申請率 | % | 20 | 60 |\n"
)
WITH_LISTS = PLAN.replace(
    "  evidence:\n  - {of: [title]",
    "  parents: [{title: 第3次見本町総合計画}]\n  serves_as: [digital-use-plan]\n"
    "  evidence:\n  - {of: [serves_as], section: 第1章1, text: デジタル活用推進計画を兼ね}\n"
    "  - {of: [parents], section: 第1章1, text: 「第3次見本町総合計画」を最上位の計画}\n"
    "  - {of: [title]",
    1,
).replace(
    "document:\n",
    "indicators:\n- id: online\n  title: オンライン申請率\n  unit: '%'\n"
    "  baseline: {value: '20', on: R6}\n  targets: [{value: '60', year: 令和10年度}]\n"
    "  evidence: [{section: 第5章, text: オンライン申請率}]\ndocument:\n",
)


def lists(old="", new=""):
    """Return the plan file with lists and figures held against a text in which words differ."""
    assert old in LISTS
    return edition(LISTS.replace(old, new), WITH_LISTS.replace("348015", CODE), former=LISTS)


def test_lists_and_figures():
    """Of a list what comes along is told, and of a table the figure that is another."""
    assert lists().to_look_at == ()
    target = lists("| 60 |", "| 70 |")
    assert states(target)[0, "targets"] == "changed"
    (doubt,) = brought(target)[0]["indicators"][0]["doubts"]
    assert doubt["of"] == ["targets"]
    assert "70" in doubt["because"]
    assert supposed(target, source().reference).plan.indicators[0].targets[0].value == 70
    more = lists("デジタル活用推進計画を兼ね", "官民データ活用推進計画を兼ね")
    about = brought(more)[0]["plan"]
    assert about["serves_as"] == ["digital-use-plan", "public-private-data-plan"]
    assert about["doubts"][0]["candidates"] == about["serves_as"]
    above = lists(
        "とします。\n\n本計画は、",
        "とします。\n\n「見本町未来構想計画」を上位計画とします。\n\n本計画は、",
    )
    parents = brought(above)[0]["plan"]["parents"]
    assert parents[0]["title"] == "第3次見本町総合計画"
    assert [bool(each.get("doubts")) for each in parents] == [False, *(True for _ in parents[1:])]


def test_what_the_report_says_of_all_of_it():
    """Formats tell what has moved, is gone and is new by names, and never by keys."""
    from dxrules.report.how_to_write import How
    from dxrules.report.new_edition import EditionReport, write_html
    from dxrules.report.new_edition import text as of_edition
    from dxrules.report.terminal import Style
    from dxrules.report.writers import UPDATE

    text = LISTS.replace("副町長をCIOとします。\n", "").replace("| 60 |", "| 70 |")
    text = text.replace("令和8年3月\n", "令和9年3月策定\n", 1)
    text = text.replace("## 第3章", "総務課長をCISOとします。\n\n## 第3章")
    text = text.replace("令和8年度から令和12年度まで", "令和8年度～令和12年度")
    text += "\n![工程表](schedule.png)\n"
    found = edition(text, WITH_LISTS.replace("348015", CODE), former=LISTS)
    report = EditionReport(found, source().reference, found.facts[:1])
    for lang in ("ja", "en"):
        how = How(Style(lang))
        shown = in_lines(of_edition(report, how))
        page = write_html(report, how).decode()
        for word in ("70", "CISO", "図・写真" if lang == "ja" else "pictures", "令和9年3月", "CIO"):
            assert word in shown, word
            assert word in page, word
        assert not {"in_scope", "serves_as", "measures["} & set(shown.split())
    told = json.loads(UPDATE.named("json")(report, How(Style("ja"))))
    assert [each["taken_in"] for each in told["facts"]].count(False) == 1
    assert told["verdicts"] is None


def test_a_document_that_says_it_in_two_ways():
    """Where one of two quotations reads otherwise now, the edition contradicts itself: a doubt."""
    twice = BODY.replace(
        "## 第4章", "計画期間(令和8年度から令和12年度まで)の実績を示します。\n\n## 第4章"
    )
    plan = plan_text().replace(
        "  - {of: [period]",
        "  - {of: [period], text: 計画期間(令和8年度から令和12年度まで)の実績}\n  - {of: [period]",
    )
    assert states(edition(twice, plan, former=twice)).get(("plan", "period")) is None
    found = edition(twice.replace("12年度まで)", "14年度まで)"), plan, former=twice)
    assert states(found)["plan", "period"] == "changed"
    doubt = brought(found)[0]["plan"]["doubts"][0]
    assert doubt["candidates"] == ["令和8年度～令和12年度", "令和8年度から令和14年度まで"]


def test_words_that_have_moved_into_the_past():
    """What only the review of the former plan still says is gone, and no place to move to."""
    words = "副町長をCIOとします。\n\n"
    text = BODY.replace(words, "") + f"\n## 第6章 前計画の振り返り\n\n{words}"
    found = edition(text, former=BODY)
    assert states(found)["cio", "status", "rank"] == "gone"
    cio = brought(found)[0]["provisions"]["cio"]
    assert cio["evidence"][0]["section"] == "第2章"
    assert "副町長をCIOとします" in cio["doubts"][0]["because"]
    nowhere = plan_text().replace("{section: 第2章, text: 副町長を", "{text: 副町長を")
    assert states(edition(text, nowhere, former=BODY))["cio", "status", "rank"] == "gone"
    assert states(edition(BODY, nowhere, former=BODY)).get(("cio", "status", "rank")) is None
    other = edition(BODY.replace(words, "") + f"\n## 第6章 町の取組\n\n{words}", former=BODY)
    assert states(other)["cio", "status"] == "moved"
