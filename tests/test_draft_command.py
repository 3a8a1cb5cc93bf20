"""`dxrules draft`: what it writes, what it leaves alone, and what it says of wrong input."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest

from dxrules.cli import main
from tests.helpers.documents import plan_of_town

TEXT = plan_of_town(
    "## 計画の期間\n\n令和8年度から令和12年度までとします。\n\n"
    "## 推進体制\n\n副町長をCIOとします。",
    town="西川町",
)


@pytest.fixture(autouse=True)
def _here(tmp_path, monkeypatch):
    """A folder that is empty but for one document."""
    monkeypatch.chdir(tmp_path)
    Path("plan.md").write_text(TEXT, encoding="utf-8")


def run(*words, lang="en"):
    """Run the command."""
    return main(["draft", *words, "--lang", lang])


def test_a_draft_is_judged_and_stays_open(capsys):
    """A draft goes right into a check: what is sure counts, what was not read is undetermined."""
    assert run("plan.md", "-o", "a.yaml") == 0
    said = capsys.readouterr()
    assert said.out == ""
    assert said.err.startswith("a.yaml: ")
    assert "(Nishikawa)" in said.err
    assert main(["check", "a.yaml", "--lang", "en", "--format", "json"]) in {0, 1}
    report = json.loads(capsys.readouterr().out)
    assert report["plans"][0]["plan"]["code"] == "063223"
    places = json.loads(Path("a.draft.json").read_text("utf-8"))
    assert places["format"] == "dxrules/places/1"
    assert {"of", "rule", "grade", "block", "page", "text"} == places["values"][0].keys()


def test_as_many_doubts_as_a_check_tells(capsys):
    """How many values a draft says to confirm is what the head of its report says, too."""
    listed = "\n## 主な取組\n\n- 施設予約システムを導入します\n- 窓口のDXを検討します\n"
    Path("plan.md").write_text(TEXT + listed, encoding="utf-8")
    assert run("plan.md", "-o", "a.yaml", lang="ja") == 0
    values, doubts = map(int, re.findall(r"(\d+)件", capsys.readouterr().err))
    assert values > doubts > 1
    assert f"値{values}件、確認を待つもの{doubts}件" in Path("a.yaml").read_text("utf-8")
    assert main(["check", "a.yaml", "--lang", "ja"]) in {0, 1}
    assert f"確認を待つものが{doubts}件" in capsys.readouterr().out


def test_each_value_is_counted(capsys):
    """Another fact in the document is another value, were it only that a document is cited."""

    def counted(text):
        Path("plan.md").write_text(text, encoding="utf-8")
        Path("a.yaml").unlink(missing_ok=True)
        Path("a.draft.json").unlink(missing_ok=True)
        assert run("plan.md", "-o", "a.yaml", lang="ja") == 0
        return int(re.search(r"値(\d+)件", capsys.readouterr().err)[1])

    cited = "\n本計画は、国の「自治体DX推進計画」を踏まえて策定するものです。\n"
    before, after = (
        counted(TEXT),
        counted(TEXT.replace("とします。\n\n", "とします。\n" + cited + "\n", 1)),
    )
    assert after > before
    assert "dx-promotion-plan" in Path("a.yaml").read_text("utf-8")


@pytest.mark.parametrize(
    ("lang", "head"), [("ja", "# plan.md から作った下書き"), ("en", "# Drafted")]
)
@pytest.mark.covered
def test_to_standard_output(lang, head, capsys):
    """Without a file the draft goes to standard output, with what to do at its top."""
    assert run("plan.md", lang=lang) == 0
    said = capsys.readouterr()
    assert said.out.startswith(head)
    assert "period: 令和8年度から令和12年度まで" in said.out
    assert said.err == ""
    assert sorted(path.name for path in Path().iterdir()) == ["plan.md"]


def test_what_is_struck_through_is_told(capsys):
    """What was taken out of a document is not drafted, and that is said."""
    page = TEXT.replace("令和8年度から", "<s>令和7</s>令和8年度から").replace("\n\n", "<p>")
    Path("plan.html").write_text(f"<html><body>{page}</body></html>", "utf-8")
    assert run("plan.html", "--municipality", "063223") == 0
    said = capsys.readouterr()
    assert said.err.startswith("plan.html: what is struck through (1) is not read")
    assert "令和7" not in said.out


@pytest.mark.parametrize(
    ("lang", "said"),
    [
        (
            "en",
            (
                "plan.md: this seems to be the plan of Nishikawa, Yamagata. It was drafted as that "
                "of Fuchu, Hiroshima, as --municipality says; check the document and "
                "--municipality.\n"
            ),
        ),
        (
            "ja",
            (
                "plan.md: 山形県西川町の計画のようですが、--municipality のとおり広島県府中市の"
                "計画として下書きしました。文書と --municipality を確かめてください。\n"
            ),
        ),
    ],
)
def test_a_document_of_another_town(lang, said, capsys):
    """Whoever names one municipality for the document of another is told once."""
    assert run("plan.md", "--municipality", "342084", lang=lang) == 0
    assert capsys.readouterr().err == said
    assert run("plan.md", "--municipality", "342084", "-o", "a.yaml", lang=lang) == 0
    assert capsys.readouterr().err.count(said) == 1
    assert run("plan.md", "--municipality", "063223", lang=lang) == 0
    assert capsys.readouterr().err == ""


@pytest.mark.covered
def test_a_folder_of_documents(capsys):
    """Every document of a folder is drafted; one that is wrong is told and stops no other."""
    Path("in").mkdir()
    Path("in/a.md").write_text(TEXT, encoding="utf-8")
    Path("in/b.txt").write_bytes(TEXT.encode("cp932"))
    Path("in/c.md").write_text("DX推進計画\n", encoding="utf-8")
    Path("in/picture.png").write_bytes(b"\x89PNG\r\n")
    assert run("in", "-o", "out") == 2
    said = capsys.readouterr()
    assert "in/c.md: whose plan this is cannot be told" in said.err
    written = sorted(path.name for path in Path("out").iterdir())
    assert written == ["a.draft.json", "a.yaml", "b.draft.json", "b.yaml"]
    assert run("in", "-o", "out") == 2  # and none is written again
    assert "out/a.yaml: is already there" in capsys.readouterr().err
    Path("out/b.yaml").unlink()  # it is of the same town
    assert main(["check", "out", "--format", "none", "--fail-on", "never"]) == 0
    assert capsys.readouterr().err == ""  # the side files are no plans


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (["nothing.md"], "nothing.md"),
        (["plan.md", "-o", "plan.txt"], "ends in .yaml"),
        (["plan.md", "plan2.md"], "name a folder with -o"),
        (["plan.md", "plan2.md", "-o", "plan.md"], "name a folder with -o"),
        (["plan.md", "x/plan.md", "-o", "out"], "two documents would have this name"),
        (["empty", "-o", "out"], "no document"),
        (["plan.md", "--municipality", "西川"], "may be 063223"),
        (["plan.md", "--municipality", "999999"], "Give its six-digit code or its name"),
        (["plan.md", "--municipality", "府中市"], "132063"),
        (["plan.md", "plan2.md", "-o", "out", "--municipality", "063223"], "one document only"),
        (["plan.md", "--reading", "nowhere"], "no such folder"),
        (["plan.md", "--reading", "empty"], "no file of words"),
        (["picture.md"], "picture.md"),
        (["nobody.md"], "--municipality"),
    ],
)
def test_wrong_calls(words, said, capsys):
    """A wrong call is told with the way out, and nothing is written."""
    Path("empty").mkdir()
    Path("x").mkdir()
    Path("x/plan.md").write_text(TEXT, encoding="utf-8")
    Path("plan2.md").write_text(TEXT, encoding="utf-8")
    Path("picture.md").write_bytes(b"\x89PNG\r\n\x1a\n")
    Path("nobody.md").write_text("計画\n", encoding="utf-8")
    before = sorted(Path().rglob("*"))
    assert run(*words) == 2
    assert said in capsys.readouterr().err
    assert run(*words, lang="ja") == 2
    assert "。" in capsys.readouterr().err
    assert sorted(Path().rglob("*")) == before


@pytest.mark.parametrize("name", ["西川町", "063223", "山形県西川町"])
@pytest.mark.covered
def test_the_municipality_is_told(name, capsys):
    """Whose plan it is can be said where the document does not say it."""
    Path("nobody.md").write_text("# DX推進計画\n\n本計画は行政を変えます。\n", encoding="utf-8")
    assert run("nobody.md", "--municipality", name) == 0
    assert 'code: "063223"' in capsys.readouterr().out.replace("'", '"')


def test_words_of_ones_own(capsys):
    """A folder of words adds to what is read."""
    Path("words").mkdir()
    Path("words/own.yaml").write_text(
        "format: dxrules/reading/1\n"
        "rules:\n  - {id: own, of: plan, grade: sure, says: ['いつまでも{date}'], "
        "gives: {edition: '{date}'}}\n",
        encoding="utf-8",
    )
    Path("plan.md").write_text(TEXT + "\n## 補足\n\nいつまでも令和9年度。\n", encoding="utf-8")
    assert run("plan.md", "--reading", "words") == 0
    assert "edition: 令和9年度" in capsys.readouterr().out


@pytest.mark.slow
@pytest.mark.covered
def test_a_hostile_document(capsys):
    """What acts on a terminal or a log is shown by its code, and a draft stays a plan file."""
    Path("plan.md").write_text(
        TEXT + "\n## 取組\n\n- ::error::x\x1b[31m\u202e\n- {a: &b *b}\n- 'quoted\": [\n",
        encoding="utf-8",
    )
    assert run("plan.md", "-o", "a.yaml") in {0, 2}
    assert run("plan.md") in {0, 2}
    assert "\x1b" not in "".join(capsys.readouterr())
    if Path("a.yaml").exists():
        assert main(["check", "a.yaml", "--format", "none", "--fail-on", "never"]) == 0


def test_progress_goes_to_standard_error(monkeypatch, capsys):
    """A bar is shown on a terminal alone, in the language of the call."""
    import sys

    import click

    from dxrules.cli.streams import moved_bar
    from dxrules.texts import Text

    for on_terminal in (False, True):
        monkeypatch.setattr(sys.stderr, "isatty", lambda shown=on_terminal: shown, raising=False)
        with (
            click.Context(click.Command("draft"), obj="ja"),
            moved_bar(3, Text("読んでいます", "reading")) as bar,
        ):
            bar.step()
        said = capsys.readouterr()
        assert said.out == ""
        assert ("読んでいます" in said.err) is on_terminal


def test_a_check_loads_nothing_of_it():
    """Whoever judges plans waits for no reader of documents, and for no words."""
    import subprocess
    import sys

    from tests.helpers.lawbooks import ROOT

    call = ["check", str(ROOT / "facts/40646-koge.yaml"), "--format", "none", "--fail-on", "never"]
    code = (
        f"import sys, dxrules.cli; dxrules.cli.main({call!r}); "
        "print([n for n in sys.modules if n.startswith(('dxrules.draft', 'dxrules.document'))])"
    )
    run = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert run.stdout.strip().endswith("[]")
