"""`ask` and `answer` as they are called: the inquiry goes out, comes back, and is asked again."""

from __future__ import annotations

import json
import shutil
import weakref
from pathlib import Path

import pytest
from openpyxl import load_workbook

from dxrules.cli import main
from dxrules.cli.commands import ask as command
from dxrules.inquiry.answers_back import AnswersBack
from tests.helpers.inquiries import answer, filled, places
from tests.helpers.lawbooks import ROOT

ON = ("--as-of", "2026-11-20", "--lang", "en")
OPEN_DATA = "provisions.open-data.status"


@pytest.fixture
def koge(tmp_path, monkeypatch):
    """Stand in a folder with the plan file of a town, and return its name."""
    shutil.copy(ROOT / "facts" / "40646-koge.yaml", tmp_path / "koge.yaml")
    monkeypatch.chdir(tmp_path)
    return "koge.yaml"


def call(capfd, *arguments):
    """Call the command line; return its exit code and what it printed on both streams."""
    code = main([*arguments])
    printed = capfd.readouterr()
    return code, printed.out, printed.err


@pytest.mark.slow
@pytest.mark.covered
def test_there_and_back(koge, capfd):
    """What is asked is answered, shown, written, and not asked again."""
    code, out, err = call(capfd, "ask", koge, "-o", "inquiry.xlsx", "-o", "q.json", *ON)
    assert (code, "dxrules answer koge.yaml inquiry.xlsx" in err) == (0, True)
    assert out.startswith("Koge: 37 undetermined about the municipality, by 30 rules; the")
    asked = json.loads(Path("q.json").read_text("utf-8"))["plans"][0]
    assert OPEN_DATA in [name for each in asked["questions"] for name in each["about"]]
    raw = Path("inquiry.xlsx").read_bytes()
    Path("back.xlsx").write_bytes(filled(answer(OPEN_DATA, "in place"), raw))
    before = Path(koge).read_text("utf-8")
    code, out, err = call(capfd, "answer", koge, "back.xlsx", *ON)
    assert (code, Path(koge).read_text("utf-8")) == (0, before)
    assert "OPN-01 Open data: undetermined → pass" in out
    assert "+  - {about: provisions.open-data.status, answer: in-place" in out
    assert "--write" in err
    code, _, err = call(capfd, "answer", koge, "back.xlsx", "--write", *ON)
    assert (code, "Written to koge.yaml" in err) == (0, True)
    assert Path(koge).read_text("utf-8").startswith(before)
    code, out, _ = call(capfd, "answer", koge, "back.xlsx", "--write", *ON)
    assert (code, "no answers to take in" in out, "1 taken in already" in out) == (0, True, True)
    _, out, _ = call(capfd, "ask", koge, "--format", "json", *ON)
    again = json.loads(out)["plans"][0]
    assert again["undetermined"] == asked["undetermined"] - 1
    assert OPEN_DATA not in [name for each in again["questions"] for name in each["about"]]
    _, out, _ = call(capfd, "check", koge, *ON, "--fail-on", "never")
    assert "1 answers of the municipality, to 2026-11-10 (令和8年11月10日)" in out


@pytest.mark.slow
def test_subjects_that_an_answer_makes(koge, capfd):
    """What is undetermined afterwards may be about what was no subject before: that is said."""
    text = Path(koge).read_text("utf-8").replace("  in_scope: 20\n", "")
    Path(koge).write_text(text.replace("[scope, in_scope]", "[scope]"), "utf-8")
    call(capfd, "ask", koge, "-o", "inquiry.xlsx", "--format", "none", *ON)
    changes = answer("standardization.excluded", "なし")
    Path("back.xlsx").write_bytes(filled(changes, Path("inquiry.xlsx").read_bytes()))
    _, out, _ = call(capfd, "answer", koge, "back.xlsx", *ON)
    assert "as the answers have 19 entries (" in " ".join(out.split())
    assert "dxrules ask puts them together in its next inquiry)" in " ".join(out.split())
    assert "contradict" not in out


@pytest.mark.slow
def test_another_file(koge, capfd):
    """A plan file with the answers can be made in another form, beside the one that stays."""
    call(capfd, "ask", koge, "-o", "inquiry.xlsx", "--format", "none", *ON)
    changes = answer(OPEN_DATA, "none", told=None)
    Path("back.xlsx").write_bytes(filled(changes, Path("inquiry.xlsx").read_bytes()))
    told = ("--told", "2026-11-12")
    for name in ("new.yaml", "new.xlsx"):
        code, out, _ = call(capfd, "answer", koge, "back.xlsx", *told, "--output", name, *ON)
        assert (code, "planned in the plan, none as told" in out) == (0, True)
        _, out, _ = call(capfd, "check", name, *ON)
        assert "1 of them contradict the plan (ANS-01)" in " ".join(out.split())
    code, _, err = call(capfd, "answer", "new.xlsx", "back.xlsx", *told, "--write", *ON)
    assert (code, "--output NEW.xlsx" in err) == (2, True)
    code, _, err = call(capfd, "answer", koge, "back.xlsx", *told, "--output", "new.yaml", *ON)
    assert (code, "already there" in err) == (2, True)


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (("koge.yaml", "nothing.xlsx"), "No such file"),
        (("koge.yaml", "koge.yaml"), "workbook"),
        (("koge.yaml", "plan.pdf"), "`dxrules ask` made"),
        (("koge.yaml", "old.xlsx"), "save it again as an Excel workbook"),
        (("-", "koge.yaml", "--write"), ""),
        ((".", "koge.yaml"), "Name a folder of inquiries with a folder of plans"),
        (("koge.yaml", "empty"), "one workbook with one plan file"),
        ((".", "empty"), "no workbook (.xlsx) of an inquiry"),
        ((".", "nowhere"), "nowhere: no such file"),
        (("nowhere", "empty"), "nowhere: no such file"),
        ((".", ".", "--output", "new.yaml"), "for one plan file"),
    ],
)
def test_what_answer_refuses(koge, capfd, arguments, said):
    """A wrong file is wrong input, and nothing is written."""
    before = Path(koge).read_bytes()
    Path("empty").mkdir()
    Path("plan.pdf").write_bytes(b"%PDF-1.7\n")
    Path("old.xlsx").write_bytes(
        b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + "Workbook".encode("utf-16-le") + b"\0\0"
    )
    code, _, err = call(capfd, "answer", *arguments, *ON)
    assert (code, Path(koge).read_bytes()) == (2, before)
    assert said in err


@pytest.mark.slow
def test_a_workbook_per_town(koge, capfd):
    """Each municipality gets a workbook of its own; none goes among the plans."""
    code, out, err = call(capfd, "ask", koge, "--output-dir", "out", "--most", "2", *ON)
    assert (code, out) == (0, "")
    assert [path.name for path in Path("out").iterdir()] == ["406465-上毛町.inquiry.xlsx"]
    assert "2 questions" in err
    code, _, err = call(capfd, "ask", ".", "--output-dir", "sub", "--most", "1", *ON)
    assert (code, Path("sub").exists()) == (2, False)
    code, _, err = call(capfd, "ask", koge, "--output-dir", koge, *ON)
    assert (code, "is no folder" in err) == (2, True)


@pytest.mark.slow
@pytest.mark.parametrize(("more", "held"), [((), 1), (("-o", "all.json"), 4)])
def test_inquiries_of_a_folder_are_made_one_by_one(tmp_path, capfd, monkeypatch, more, held):
    """No plan is held once its workbook was made, unless a report on all of them is asked for."""
    made, alive = [], []
    real = command.inquire

    def inquired(judged, *others, **options):
        alive.append(sum(each() is not None for each in made))
        made.append(weakref.ref(judged.file.plan))
        return real(judged, *others, **options)

    monkeypatch.setattr(command, "inquire", inquired)
    monkeypatch.chdir(tmp_path)
    facts = str(ROOT / "facts")
    code, _, err = call(capfd, "ask", facts, "--output-dir", "out", "--most", "1", *more, *ON)
    assert (code, len(made)) == (0, 5)
    assert len([*Path("out").iterdir()]) == err.count(".inquiry.xlsx")
    assert max(alive) == held


@pytest.mark.parametrize("lang", ["ja", "en"])
@pytest.mark.covered
def test_every_form_of_an_inquiry(koge, capfd, lang):
    """Markdown, HTML, CSV and the terminal hold the same questions."""
    names = ["q.md", "q.html", "q.csv", "q.txt"]
    outputs = [part for name in names for part in ("-o", name)]
    on = ("--as-of", "2026-11-20", "--lang", lang)
    assert call(capfd, "ask", koge, *outputs, "--format", "none", *on)[0] == 0
    word = "オープンデータ" if lang == "ja" else "publish open data"
    for name in names:
        assert word in Path(name).read_text("utf-8"), name
    page = Path("q.html").read_text("utf-8")
    assert page.count("<h3>") == page.count("</h3>") >= 10
    assert "<script" not in page


def test_nothing_to_ask(koge, capfd):
    """A plan about which nothing can be asked says so."""
    text = Path(koge).read_text("utf-8").split("recorded:")[0]
    Path("none.yaml").write_text(
        f"{text}recorded: 2026-11-20\nplan: {{status: none}}\n", encoding="utf-8"
    )
    code, out, _ = call(capfd, "ask", "none.yaml", "--most", "100", *ON)
    assert code == 0
    assert "Koge:" in out
    assert call(capfd, "ask", "missing.yaml", *ON)[0] == 2


@pytest.fixture
def towns(tmp_path, monkeypatch, capfd):
    """Stand beside the plans of two towns, and a folder of the inquiries that they returned."""
    for name in ("40646-koge", "34545-jinsekikogen"):
        (tmp_path / "plans").mkdir(exist_ok=True)
        shutil.copy(ROOT / "facts" / f"{name}.yaml", tmp_path / "plans")
    monkeypatch.chdir(tmp_path)
    call(capfd, "ask", "plans", "--output-dir", "back", "--format", "none", *ON)
    for file in Path("back").iterdir():
        file.write_bytes(filled(answer(OPEN_DATA, "in place"), file.read_bytes()))
    return {file: file.read_text("utf-8") for file in sorted(Path("plans").iterdir())}


@pytest.mark.slow
@pytest.mark.covered
def test_a_round_comes_back(towns, capfd):
    """Each workbook is taken into the plan of the municipality that it asks."""
    Path("back/letter.docx").write_bytes(b"PK")
    Path("back/more").symlink_to("../plans")
    code, out, err = call(capfd, "answer", "plans", "back", *ON)
    assert (code, out.count("OPN-01 Open data: undetermined → pass")) == (0, 2)
    assert "back/letter.docx: not read" in err
    assert "back/more: not read, as it is a link to a folder" in err
    assert "whose inquiry came back: 2, plans with new answers: 2" in err
    assert "--write" in err
    assert {file: file.read_text("utf-8") for file in towns} == towns
    code, _, err = call(capfd, "answer", "plans", "back", "--write", *ON)
    assert (code, err.count("Written to plans/")) == (0, 2)
    for file, before in towns.items():
        said = file.read_text("utf-8")
        assert said.startswith(before)
        assert said.count("about: provisions.open-data.status, answer: in-place") == 1
    code, _, err = call(capfd, "answer", "plans", "back", "--write", *ON)
    assert (code, "plans with new answers: 0" in err) == (0, True)


@pytest.mark.slow
def test_a_round_of_which_one_is_wrong(towns, capfd):
    """All that is wrong is told by its file and cell, and nothing is written."""
    first, second = sorted(Path("back").iterdir())
    raw = second.read_bytes()
    second.write_bytes(filled(answer(OPEN_DATA, "perhaps"), raw))
    Path("back/stray.xlsx").write_bytes(b"PK\x03\x04")
    Path("back/twice.xlsx").write_bytes(first.read_bytes())
    code, _, err = call(capfd, "answer", "plans", "back", "--write", *ON)
    assert code == 2
    told = " ".join(err.split())
    assert f"{second.name}:Inquiry!E" in told
    assert "back/stray.xlsx:" in told
    assert "It asks the same municipality (345458) as back/345458-" in told
    assert "nothing was written" in told
    assert "holds no plan" not in told
    assert {file: file.read_text("utf-8") for file in towns} == towns
    Path("back/stray.xlsx").unlink()
    Path("back/twice.xlsx").unlink()
    second.write_bytes(raw)
    next(Path("plans").glob("34545*")).rename("elsewhere.yaml")
    code, _, err = call(capfd, "answer", "plans", "back", "--write", *ON)
    assert (code, "holds no plan of the municipality that it asks (345458)" in err) == (2, True)
    assert Path("plans/40646-koge.yaml").read_text("utf-8") == towns[Path("plans/40646-koge.yaml")]


def test_a_round_with_two_plans_of_a_town(koge, capfd):
    """Which of them an inquiry asks about is not said, so that neither is written into."""
    plan = Path(koge).read_text("utf-8")
    Path("plans").mkdir()
    Path("plans/a.yaml").write_text(plan, "utf-8")
    Path("plans/b.yaml").write_text(
        plan.replace("title: 上毛町DX", "title: 第二次上毛町DX"), "utf-8"
    )
    call(capfd, "ask", koge, "--output-dir", "back", *ON)
    (file,) = Path("back").iterdir()
    file.write_bytes(filled(answer(OPEN_DATA, "in place"), file.read_bytes()))
    code, _, err = call(capfd, "answer", "plans", "back", "--write", *ON)
    told = " ".join(err.split())
    assert (code, "plans/b.yaml:1:1: The municipality that back/406465-" in told) == (2, True)
    assert "nothing was written" in told
    assert Path("plans/a.yaml").read_text("utf-8") == plan


def test_a_round_of_one_workbook_for_several_towns(towns, capfd):
    """Each town that it asks has to have its plan: no answer goes by unseen."""
    Path("both").mkdir()
    call(capfd, "ask", "plans", "-o", "both/q.xlsx", "--most", "3", "--format", "none", *ON)
    assert call(capfd, "answer", "plans", "both", *ON)[0] == 0
    next(Path("plans").glob("34545*")).unlink()
    assert len(towns) == 2
    code, _, err = call(capfd, "answer", "plans", "both", *ON)
    assert (code, "holds no plan of the municipality that it asks (345458)" in err) == (2, True)


def test_a_round_in_which_nobody_is_asked(koge, capfd):
    """A workbook whose column of codes was emptied is for nobody's plan."""
    call(capfd, "ask", koge, "--output-dir", "back", "--most", "3", *ON)
    (file,) = Path("back").iterdir()
    book = load_workbook(file)
    page = book.worksheets[0]
    heads, rows = places(page)
    for row in rows.values():
        page.cell(row, heads["code"]).value = None
    book.save(file)
    Path("plans").mkdir()
    Path(koge).rename("plans/koge.yaml")
    code, _, err = call(capfd, "answer", "plans", "back", *ON)
    assert (code, "Which municipality it asks is not said" in err) == (2, True)


def test_a_plan_that_was_changed_meanwhile(koge, capfd, monkeypatch):
    """Judging takes its time; what somebody else wrote since is not written over."""
    back = Path("back.xlsx")
    back.write_bytes(filled(answer(OPEN_DATA, "in place"), lang="en"))
    changed = Path(koge).read_bytes() + b"# by somebody else\n"
    taking = AnswersBack.taking

    def meanwhile(*arguments):
        found = taking(*arguments)
        Path(koge).write_bytes(changed)
        return found

    monkeypatch.setattr(AnswersBack, "taking", meanwhile)
    code, _, err = call(capfd, "answer", koge, "back.xlsx", "--write", *ON)
    assert (code, "was changed after it was read" in err) == (2, True)
    assert Path(koge).read_bytes() == changed
