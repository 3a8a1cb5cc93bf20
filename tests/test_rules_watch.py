"""What a revision of a law would touch, and the draft that a person completes."""

from __future__ import annotations

import json
import shutil
import subprocess
from datetime import date

import pytest

from dxrules.cli import main
from dxrules.errors import InputError
from dxrules.keeper import law_revisions
from dxrules.keeper.amendment import draft_amendment
from dxrules.keeper.impact_bounds import Bounds
from dxrules.keeper.law_revisions import read_as_of, read_revisions
from dxrules.keeper.law_texts import digest_of
from dxrules.keeper.watch import watch, with_towns
from dxrules.reference import Source
from dxrules.report.how_to_write import How
from dxrules.report.terminal import Style
from dxrules.report.watch import text as of_watch
from dxrules.report.watch import write_markdown
from dxrules.report.writers import WATCH
from dxrules.rules import load_law
from tests.helpers.lawbooks import GOOD, ROOT, broken, folder, load
from tests.helpers.plans import plan_file
from tests.helpers.printed import printed

ACT = "503AC0000000040"
DAY = date(2026, 11, 29)
WORDS = "地方公共団体は、必要な措置を講ずるよう努めなければならない。"
HEAD = "law_id,revision,effective,promulgated,title\n"
COMING = f"{ACT}_20270401_508AC0000000001"
LIST = f"{HEAD}{ACT},{COMING},2027-04-01,2026-06-10,改正法(架空)\n"
CITING = broken(
    "read_on: 2026-11-29}",
    f'read_on: 2026-11-29, digests: {{"1-2": {digest_of(WORDS)}}}}}',
    broken('clause: 第1条, article: "1"', "article: 1-2"),
)


def text_of(*lines, article="1"):
    """Return the XML of a law of one article."""
    inner = "".join(
        f'<Paragraph Num="{n}"><ParagraphSentence><Sentence>{line}</Sentence></ParagraphSentence>'
        "</Paragraph>"
        for n, line in enumerate(lines, 1)
    )
    return f'<Law><MainProvision><Article Num="{article}">{inner}</Article></MainProvision></Law>'


def revisions(tmp_path, content, name="list.csv"):
    """Return the revisions of a list."""
    file = tmp_path / name
    file.write_bytes(content if isinstance(content, bytes) else content.encode())
    return read_revisions(file, name)


def of_text(tmp_path, text, name=f"{COMING}.xml"):
    """Return the revisions of a folder with one text."""
    texts = tmp_path / "texts"
    texts.mkdir(exist_ok=True)
    (texts / name).write_text(text, "utf-8")
    return read_revisions(texts, "texts")


def drafted(tmp_path, found, ruleset=GOOD, day=DAY):
    """Return what revisions touch of a ruleset, the draft, and the text of the file as drafted."""
    root = folder(tmp_path / "rulesets", {"national/test.yaml": ruleset})
    law = load_law(root, "rulesets")
    seen = watch(found, law, day)
    amendment = draft_amendment(seen, law, root, "rulesets")
    return seen, amendment, "".join(now for _, _, now in amendment.files)


SAME = {
    "own words": LIST,
    "the words of e-Gov": (
        "\ufeff法令名,法令ID,改正法令名,改正法令公布日,施行日,本文URL\n"
        f"法,{ACT},改正法(架空),令和8年6月10日,2027年4月1日,"
        f"https://laws.e-gov.go.jp/law/{ACT}/20270401_508AC0000000001\n"
    ),
    "Shift_JIS": LIST.encode("cp932"),
    "a list in JSON": json.dumps(
        [
            {
                "revision": COMING,
                "promulgated": "20260610",
                "title": "改正法(架空)",
            }
        ]
    ),
    "the revisions of a law": json.dumps(
        {
            "law_info": {"law_id": ACT, "law_type": "Act"},
            "revisions": [
                {
                    "law_revision_id": COMING,
                    "amendment_promulgate_date": "2026-06-10",
                    "amendment_enforcement_date": "2027-04-01",
                    "amendment_law_title": "改正法(架空)",
                    "mission": None,
                }
            ],
        }
    ),
    "an answer on laws": json.dumps(
        {
            "total_count": 1,
            "laws": [
                {
                    "law_info": {"law_id": ACT},
                    "revision_info": {
                        "law_revision_id": COMING,
                        "amendment_promulgate_date": "2026-06-10",
                        "amendment_law_title": "改正法(架空)",
                    },
                    "current_revision_info": None,
                }
            ],
        }
    ),
}


@pytest.mark.parametrize("name", SAME)
def test_lists_are_read_as_they_are_offered(tmp_path, name):
    """CSV and JSON say the same, in our words and in those of e-Gov."""
    (found,) = revisions(tmp_path, SAME[name])
    assert (found.law_id, found.name) == (ACT, COMING)
    assert (found.effective, found.promulgated) == (date(2027, 4, 1), date(2026, 6, 10))
    assert found.title == "改正法(架空)"


REFUSED = {
    "no list": ("こんにちは\n", "cannot be read as a list of revisions"),
    "an empty list": (HEAD, "cannot be read as a list of revisions"),
    "no law": (f"{HEAD}x,,2027-04-01,,\n", 'list.csv:2:1: No law id: "x"'),
    "two laws": (f"{HEAD}414AC0000000151,{COMING},,,\n", "names a revision of another law"),
    "no day": (f"{HEAD}{ACT},,2027-02-30,,\n", 'No day: "2027-02-30"'),
    "an open day": (f"{HEAD}{ACT},,公布の日から1年,,\n", "No day"),
    "a day that stands for never": (f"{HEAD}{ACT},,9999-12-31,,\n", "is no day of a law"),
    "no text": (b"\xff\xfe\x00\x81", "Neither UTF-8 nor Shift_JIS."),
    "NUL": (f"{HEAD}\0", "cannot be read as a list of revisions"),
    "no JSON": ("[{", "Cannot be read as JSON."),
    "deep JSON": ("[" * 100_000, "Cannot be read as JSON."),
    "JSON of something else": ('["a"]', "entry 1: This cannot be read"),
    "JSON of laws that are none": ('{"laws": ["a"], "revisions": "b"}', "entry 1: "),
    "a quote without an end": (
        f'{HEAD}{ACT},"x,2027-04-01,,\n{ACT},,,,\n',
        "Cannot be read as CSV.",
    ),
    "a long field": (f"{HEAD}{ACT},{'x' * 200_000},,,\n", "Cannot be read as CSV."),
    "two columns of one name": (
        f"law_id,施行日,施行日\n{ACT},2027-04-01,2025-04-01\n",
        '"施行日" heads two columns.',
    ),
    "a law without revisions": (
        json.dumps({"laws": [{"law_info": {"law_id": ACT}}, {"law_info": {"law_id": "x"}}]}),
        "entry 2: No law id",
    ),
    "a scalar": ("{}", "cannot be read as a list of revisions"),
}


@pytest.mark.parametrize("name", REFUSED)
def test_a_hostile_list_is_refused(tmp_path, name):
    """With the line, what is wrong, and a way out."""
    content, message = REFUSED[name]
    with pytest.raises(InputError) as error:
        revisions(tmp_path, content)
    assert message in error.value.text.en


def test_bounds_of_lists(tmp_path, monkeypatch):
    """A list that is too large, or holds too many, is refused; so is what is no file."""
    monkeypatch.setattr(law_revisions, "REVISIONS", 1)
    with pytest.raises(InputError, match="more than 1"):
        revisions(tmp_path, LIST + LIST.splitlines()[1] + "\n")
    monkeypatch.setattr(law_revisions, "REVISION_LIST_BYTES", 10)
    with pytest.raises(InputError, match="Larger than"):
        revisions(tmp_path, LIST)
    with pytest.raises(InputError, match="Cannot be read"):
        read_revisions(tmp_path / "none.csv", "none.csv")


@pytest.mark.parametrize(
    ("revision", "read_on", "expected"),
    [
        ("e-Gov 2026-02-08", date(2026, 11, 29), date(2026, 2, 8)),
        (COMING, None, date(2027, 4, 1)),
        ("令和8年総務省令第80号による改正後", date(2026, 6, 26), date(2026, 6, 26)),
        (None, None, None),
    ],
)
def test_how_far_a_source_was_read(revision, read_on, expected):
    """The text says of which day it is; else it is that of the day of reading."""
    source = Source.model_construct(law_id=ACT, revision=revision, read_on=read_on)
    assert read_as_of(source) == expected


def test_what_is_no_news(tmp_path):
    """What holds by the text that was read, and what is of laws that no rule rests on."""
    rows = f"{ACT},,2026-02-08,,\n129AC0000000089,,2027-04-01,,\n"
    seen, amendment, _ = drafted(tmp_path, revisions(tmp_path, HEAD + rows))
    assert (seen.revisions, seen.old, seen.unknown, seen.changes) == (2, 1, 1, ())
    assert (amendment.patch(), amendment.edits) == ("", ())
    assert "no new revision" in printed(of_watch, (seen, amendment), Style("en"))
    assert "新しい改正はない" in write_markdown((seen, amendment), How(Style("ja"))).decode()


def test_all_that_rests_on_a_source_is_drafted(tmp_path):
    """Without a text: rules lapse and are followed, parameters get a value, nothing goes."""
    seen, amendment, now = drafted(tmp_path, revisions(tmp_path, LIST))
    (change,) = seen.changes
    assert [rule.id for rule in change.rules] == ["TST-01"]  # TST-02 has lapsed by then
    assert change.parameters == ("deadline", "limit", "accepted")
    assert amendment.problems == ()
    removed = [line for line in amendment.patch().splitlines() if line.startswith("-  ")]
    assert removed == ["-    in_force: {announced: 2020-04-01, from: 2020-06-01}"]
    root = tmp_path / "rulesets"
    (root / "national" / "test.yaml").write_text(now, "utf-8")
    law = load_law(root)
    (ruleset,) = law.rulesets
    rules = {rule.id: rule for rule in ruleset.rules}
    old, new = rules["TST-01"], rules["TST-04"]
    assert (old.in_force.until, old.in_force.until_announced) == (
        date(2027, 3, 31),
        date(2026, 6, 10),
    )
    assert (new.draft, new.source.verified, new.in_force.since) == (
        True,
        "unverified",
        date(2027, 4, 1),
    )
    assert (new.require, new.message) == (old.require, old.message)
    entries = ruleset.parameters["deadline"].entries
    assert [entry.since for entry in entries][-1] == date(2027, 4, 1)
    assert entries[-1].value == entries[-2].value
    assert drafted(tmp_path, revisions(tmp_path, LIST), now)[1].patch() == ""


def test_a_rule_keeps_its_own_end_and_a_former_id_is_not_used_again(tmp_path):
    """The copy lapses when the rule would have; what a rule was called stays with the rule."""
    ruleset = broken("from: 2020-06-01}", "from: 2020-06-01, until: 2030-03-31}").replace(
        "    examples:\n      - {expect: pass, fact: {status: migrated, done_on: 2026-03-31}}",
        "    formerly: [TST-09]\n    examples:\n"
        "      - {expect: pass, fact: {status: migrated, done_on: 2026-03-31}}",
        1,
    )
    _, amendment, now = drafted(tmp_path, revisions(tmp_path, LIST), ruleset)
    assert "from: 2020-06-01, until: 2027-03-31, until_announced" in now
    copy = now[now.index("- id: TST-10") :]
    assert "in_force: {announced: 2026-06-10, from: 2027-04-01, until: 2030-03-31}" in copy
    assert "formerly" not in copy
    assert amendment.problems == ()


def test_days_in_a_block_are_changed_as_well(tmp_path):
    """The form of the file stays what it was, line ends included."""
    block = "in_force:\n      announced: 2020-04-01\n      from: 2020-06-01\n"
    ruleset = broken("in_force: {announced: 2020-04-01, from: 2020-06-01}\n", block)
    _, amendment, now = drafted(tmp_path, revisions(tmp_path, LIST), ruleset)
    assert "      from: 2020-06-01\n      until: 2027-03-31\n" in now
    assert amendment.problems == ()
    _, other, now = drafted(tmp_path, revisions(tmp_path, LIST), ruleset.replace("\n", "\r\n"))
    assert other.problems == ()
    assert now.count("\n") == now.count("\r\n")


def test_rules_that_refer_to_each_other_are_followed_together(tmp_path):
    """The copy steps back for the copy, and a draft stays one."""
    first, rest = GOOD.split("  - id: TST-02")
    rest = rest.replace("{ref: guide}", '{ref: act, article: "2"}').replace(
        "2027-03-31", "2028-03-31"
    )
    rest = rest.replace("    strength: recommended\n", "    strength: recommended\n    draft: no\n")
    ruleset = f"{first}  - id: TST-02{rest}"
    _, amendment, now = drafted(tmp_path, revisions(tmp_path, LIST), ruleset)
    assert amendment.problems == ()
    copy = now[now.index("- id: TST-05") : now.index("- id: TST-06")]
    assert "unless_failed: TST-06" in copy
    assert "until: 2028-03-31}" in copy
    assert now[now.index("- id: TST-06") :].count("draft: yes") == 1


def test_a_file_without_a_last_line_end(tmp_path):
    """A patch says so, as git does."""
    _, amendment, now = drafted(tmp_path, revisions(tmp_path, LIST), GOOD.rstrip("\n"))
    assert amendment.problems == ()
    assert "\\ No newline at end of file" in amendment.patch()
    assert now.endswith("\n")


def test_only_what_a_text_has_changed_is_touched(tmp_path):
    """A paragraph of the same words is left alone; one of other words is not."""
    seen, _, _ = drafted(tmp_path, of_text(tmp_path, text_of("第一項。", WORDS)), CITING)
    assert (seen.changes, len(seen.untouched)) == ((), 1)
    changed = of_text(tmp_path, text_of("第一項。", WORDS.replace("必要", "所要")))
    seen, amendment, now = drafted(tmp_path, changed, CITING)
    (change,) = seen.changes
    assert [(check.path, check.state) for check in change.checks] == [("1-2", "changed")]
    assert "- id: TST-04" in now
    assert amendment.problems == ()


def test_a_place_that_moved_gets_its_number(tmp_path):
    """With days, and no rule follows: it says the same."""
    moved = of_text(tmp_path, text_of("別。", WORDS, article="15"))
    seen, amendment, now = drafted(tmp_path, moved, CITING)
    assert seen.changes[0].moved_only
    dated = "article: [{path: 1-2, until: 2027-03-31}, {path: 15-2, from: 2027-04-01}]"
    assert dated in now
    assert '"15-2"' in now
    assert "TST-04" not in now
    assert amendment.problems == ()
    listed = broken("article: 1-2", "article: [1-2, {path: 9-1, until: 2020-12-31}]", CITING)
    _, _, now = drafted(tmp_path, moved, listed)
    assert dated.replace("]", ", {path: 9-1, until: 2020-12-31}]") in now


@pytest.mark.parametrize(
    "number",
    ["9, from: 2020-01-01}, {path: 1", "9&#10;- x: &amp;a", "?", "", "9999999", "3:5"],
)
def test_a_place_whose_number_is_none(tmp_path, number):
    """Words that stand at no place that can be cited have not moved; nothing is written of it."""
    found = of_text(tmp_path, text_of("別の文。", WORDS, article=number))
    seen, amendment, now = drafted(tmp_path, found, CITING)
    ((check,),) = [change.checks for change in seen.changes]
    assert (check.state, check.found) == ("missing", ())
    assert amendment.problems == ()
    assert "2020-01-01}, {" not in now
    assert "\n- x" not in now


def test_words_that_stand_at_many_places(tmp_path):
    """Some of them are named; which it is, a person decides."""
    articles = "".join(text_of("甲。", WORDS, article=str(n)) for n in range(2, 30))
    seen, amendment, _ = drafted(tmp_path, of_text(tmp_path, f"<X>{articles}</X>"), CITING)
    assert len(seen.changes[0].checks[0].found) == 28
    told = WATCH.named("table")((seen, amendment), How(Style("en"))).decode()
    assert "Article 6, paragraph 2 and 23 more" in " ".join(told.split())
    assert "Article 7, " not in told


@pytest.mark.parametrize("name", ["99991231", "00010101", "99999999"])
def test_a_name_with_a_day_beyond_reason(tmp_path, name):
    """Such a day is not known, whether a file or a row is called by it."""
    (text,) = of_text(tmp_path, text_of(WORDS), f"{ACT}_{name}_508AC0000000001.xml")
    (row,) = revisions(tmp_path, f"{HEAD}{ACT},{ACT}_{name}_508AC0000000001,,,\n")
    assert (text.effective, row.effective) == (None, None)


def test_a_text_without_a_day(tmp_path):
    """Nothing is drafted until a day is named."""
    found = of_text(tmp_path, text_of("第一項。", "別。"), f"{ACT}.xml")
    seen, amendment, now = drafted(tmp_path, found, CITING)
    assert (now, [str(why.en)[:7] for _, why in amendment.undone]) == ("", ["The day"])
    assert seen.changes[0].day is None
    dated = [each.holding_from(date(2027, 4, 1)) for each in found]
    assert "2027-03-31" in drafted(tmp_path, dated, CITING)[2]


def test_what_is_left_to_a_person(tmp_path):
    """A second revision, a rule that begins later, sources and parameters within brackets."""
    later = LIST + f"{ACT},,2028-04-01,,\n"
    _, amendment, _ = drafted(tmp_path, revisions(tmp_path, later))
    assert [why.en[:18] for _, why in amendment.undone] == ["Complete the draft"]
    ruleset = broken("from: 2020-06-01}", "from: 2028-06-01}")
    _, amendment, _ = drafted(tmp_path, revisions(tmp_path, LIST), ruleset)
    assert any("before it begins" in edit.what.en for edit in amendment.edits)
    head, rest = GOOD.split("sources:\n")
    _, rest = rest.split("parameters:\n")
    flow = (
        f"{head}sources: {{act: {{title: {{ja: 法, en: Act}}, kind: law, verified: primary, "
        f"law_id: {ACT}, "
        "revision: e-Gov 2026-02-08, read_on: 2026-11-29}, "
        "guide: {title: {ja: 手引, en: Guide}, kind: guideline, "
        f"verified: primary}}}}\nparameters:\n{rest}"
    )
    _, amendment, now = drafted(tmp_path, revisions(tmp_path, LIST), flow)
    assert (now, len(amendment.undone)) == ("", 1)
    values = "values: [{from: 2020-04-01, value: 2026-03-31, source: act}]"
    start, end = GOOD.index("    values:\n"), GOOD.index("  limit:")
    ruleset = f"{GOOD[:start]}    {values}\n{GOOD[end:]}"
    ruleset = ruleset.replace(", on: 2021-04-01", "")
    _, amendment, _ = drafted(tmp_path, revisions(tmp_path, LIST), ruleset)
    assert any("$deadline" in edit.what.en and not edit.drafted for edit in amendment.edits)


def test_a_hostile_title_stays_a_text(tmp_path):
    """Whatever a list calls a law, the draft is the YAML that it is meant to be."""
    row = f'{ACT},,2027-04-01,,"x"" }}, kind: y\u202e\n# z: {{{{"\n'
    seen, amendment, now = drafted(tmp_path, revisions(tmp_path, HEAD + row))
    assert amendment.problems == ()
    assert "\u202e" not in now
    for report in (WATCH.named("table"), write_markdown):
        assert "\u202e" not in report((seen, amendment), How(Style("en"))).decode()


def test_tests_that_speak_of_a_rule_are_named(tmp_path):
    """By file and line, to be written by hand."""
    root = folder(tmp_path / "rulesets", {"national/test.yaml": GOOD})
    (root / "tests").mkdir()
    (root / "tests" / "a.yaml").write_text("a\n- {rule: TST-01}\n- TST-011\n- TST-01\n", "utf-8")
    law = load_law(root, "rulesets")
    seen = watch(revisions(tmp_path, LIST), law, DAY)
    edits = draft_amendment(seen, law, root, "rulesets").edits
    named = [(edit.file, edit.line, edit.drafted) for edit in edits if "tests" in edit.file]
    assert named == [("rulesets/tests/a.yaml", 2, False)]


def test_a_draft_that_does_not_load_says_so(tmp_path):
    """Rules that no change may end so are named, and the patch is a draft all the same."""
    ruleset = broken("from: 2020-06-01}", "from: 2020-06-01, until: 2030-03-31}")
    root = folder(tmp_path / "rulesets", {"national/test.yaml": ruleset})
    law = load_law(root, "rulesets")
    seen = watch(revisions(tmp_path, LIST), law, DAY)
    (root / "national" / "more.yaml").write_text("id: national/more\nsources: {}\n", "utf-8")
    amendment = draft_amendment(seen, law, root, "rulesets")
    assert amendment.problems
    assert "cannot be loaded" in printed(of_watch, (seen, amendment), Style("en"))


PLANS = {
    "passes": "{status: migrated, migrated: 2026-03-31}",
    "fails": "{status: not-migrated, exception: none}",
    "is told without a day": "{status: migrated}",
    "is left out": None,
}


def test_towns_are_counted_within_bounds(tmp_path):
    """A rule touches whom it applies to for sure, and at most whom it may apply to."""
    law = load(tmp_path / "rulesets")
    files = []
    for said in PLANS.values():
        systems = "" if said is None else f", systems: {{family-register: {said}}}"
        left = ", excluded: [{task: family-register}]" if said is None else ""
        files.append(plan_file(f"standardization: {{scope: list{systems}{left}}}"))
    files.append(plan_file("standardization: {scope: list, systems: {family-register: {}}}"))
    seen = with_towns(watch(revisions(tmp_path, LIST), law, DAY), law, files)
    (change,) = seen.changes
    assert seen.towns == 5
    reach = change.reach["TST-01"]
    assert (reach.touched, reach.fails) == (Bounds(3, 4), Bounds(1, 2))
    assert change.whole == reach
    amendment = draft_amendment(seen, law, tmp_path / "rulesets", "rulesets")
    told = printed(of_watch, (seen, amendment), Style("en"))
    counted = "of 5 municipalities it touches 3 to 4; by the rules as they stand 1 to 2 would fail"
    assert counted in told
    assert "TST-01  Migration  3 to 4" in told
    page = write_markdown((seen, amendment), How(Style("ja"))).decode()
    assert "| TST-01 | 移行 | 3～4 | 1～2 |" in page
    assert "関わる団体の数がそのまま上限になる" in page


def test_every_report_tells_what_is_not_drafted(tmp_path):
    """A revision without a day and without a name, by a text, in both forms for people."""
    found = of_text(tmp_path, text_of("第一項。", "別。"), f"{ACT}.xml")
    seen, amendment, _ = drafted(tmp_path, found, CITING)
    told = printed(of_watch, (seen, amendment), Style("en"))
    assert "day not known" in told
    assert "places: Article 1, paragraph 2: its words have changed [TST-01]" in told
    assert "Not drafted" in told
    page = write_markdown((seen, amendment), How(Style("ja"))).decode()
    assert "## 下書きのないもの" in page
    assert "第1条第2項: 文言が変わった" in page


@pytest.fixture
def checkout(tmp_path, monkeypatch):
    """Return a repository with the rulesets and plans that are shipped, to work in."""
    for name in ("rulesets", "facts"):
        shutil.copytree(ROOT / name, tmp_path / name)
    git = ("git", "-C", str(tmp_path), "-c", "user.name=a", "-c", "user.email=a@b.jp")
    for words in (("init", "-q"), ("add", "-A"), ("commit", "-qm", "x")):
        subprocess.run([*git, *words], check=True)
    monkeypatch.chdir(tmp_path)
    (tmp_path / "list.csv").write_text(LIST, "utf-8")
    return tmp_path


@pytest.mark.slow
def test_from_a_list_to_a_branch(checkout, capfdbinary):
    """The towns within bounds, and a patch that git applies and lint finds fine."""
    words = ["rules", "watch", "list.csv", "--rulesets", "rulesets", "--as-of", "2026-11-29"]
    outputs = ["a.patch", "a.json", "a.md"]
    more = [word for name in outputs for word in ("--output", name)]
    assert main([*words, "--plans", "facts", "--lang", "en", *more]) == 1
    printed = capfdbinary.readouterr().out.decode()
    counted = "of 5 municipalities it touches 5; by the rules as they stand 0 to 4 would fail"
    assert counted in printed
    said = json.loads((checkout / "a.json").read_text("utf-8"))
    (change,) = said["changes"]
    assert [rule["id"] for rule in change["rules"]] == ["STD-06", "STD-08", "STD-09"]
    assert change["towns"]["touched"] == {"at_least": 5, "at_most": 5}
    assert change["rules"][0]["towns"]["fail_as_it_stands"] == {"at_least": 0, "at_most": 2}
    assert said["patch"] == (checkout / "a.patch").read_text("utf-8")
    assert "| STD-06 |" in (checkout / "a.md").read_text("utf-8")
    subprocess.run(["git", "apply", "a.patch"], check=True)
    assert main(["rules", "lint", "--rulesets", "rulesets"]) == 0
    capfdbinary.readouterr()
    assert main([*words, "--format", "json"]) == 0
    assert json.loads(capfdbinary.readouterr().out)["changes"] == []


def test_wrong_words(tmp_path, monkeypatch, capfdbinary):
    """What is not there, a folder without texts, an output over the list: one message each."""
    monkeypatch.chdir(tmp_path)
    (tmp_path / "texts").mkdir()
    (tmp_path / "list.csv").write_text(LIST, "utf-8")
    for words, message in (
        (["none"], "neither a folder of texts nor a list"),
        (["texts"], "holds no text of a law"),
        (["list.csv", "--output", "json=list.csv"], "is read by this call"),
        (["list.csv", "--plans", "none.yaml"], "none.yaml"),
    ):
        assert main(["rules", "watch", *words, "--lang", "en", "--as-of", "2026-11-29"]) == 2
        assert message in capfdbinary.readouterr().err.decode()


def test_load_is_used(tmp_path):
    """The small ruleset is a good one, so that what goes wrong is the draft's."""
    assert load(tmp_path, CITING).rulesets
