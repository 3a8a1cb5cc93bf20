"""What `check` prints unless all is asked for: what comes first, counts, reason and next call."""

from __future__ import annotations

import io
import re
import shlex
from pathlib import Path
from types import SimpleNamespace

import pytest

from dxrules.assessment import assess
from dxrules.assessment.dossier import Dossier
from dxrules.assessment.questions import DUTIES
from dxrules.errors import FINDINGS, OK, UNTRUSTED, WRONG_INPUT
from dxrules.report.brief import LISTED, PIECES
from dxrules.report.exit_reason import exit_reason
from dxrules.report.how_to_write import How
from dxrules.report.next_call import Call
from dxrules.report.piecewise import Whole
from dxrules.report.terminal import Style
from dxrules.rules import Outcome
from dxrules.texts import same, width
from tests.helpers.calls import ON
from tests.helpers.engines import installed
from tests.helpers.lawbooks import NOVEMBER, ROOT, judged, law, load
from tests.helpers.plans import plan_file
from tests.helpers.small import PLAN, another

FACTS = str(ROOT / "facts")
DAY = ("--as-of", "2026-11-20", "--engine", "interpreter", "--fail-on", "never")


def brief(file, own=None, **how):
    """Return the lines on one plan."""
    own = own or law()
    dossier = Dossier(assess([file], own, NOVEMBER, engine="interpreter"), own)
    return PIECES.write(dossier, How(Style("en"), full=False, **how)).decode().splitlines()


def test_the_next_call_of_a_draft():
    """What is in doubt is settled at the desk, which the next call opens."""
    file = plan_file(about="doubts: [{of: [period], because: x}]")
    options = ("--as-of", "2026-11-20", "--engine", "interpreter", "--no-waivers")
    call = Call((file.name,), {file.name: "our town.yaml"}, options, ("--select", "DXP"))
    lines = brief(file, call=call, ending=same("-"))
    told = "what of the draft waits to be confirmed: 1"
    assert f"Next:  dxrules review 'our town.yaml' --as-of 2026-11-20  # {told}" in lines
    unnamed = brief(file, call=Call((), {}), ending=same("-"))
    assert not any("dxrules review" in line for line in unnamed)


# Sizes


@pytest.mark.slow
@pytest.mark.parametrize("lang", ["ja", "en"])
def test_five_towns_fit_a_screen_or_two(run, lang):
    """Five towns take sixty lines at most, each named with its gravest three."""
    code, out, _ = run("check", FACTS, *DAY, "--lang", lang)
    lines = out.splitlines()
    assert code == 0
    assert len(lines) <= 60
    assert max(width(line) for line in lines if " dxrules " not in line) <= 100
    assert sum(line.startswith("  [") for line in lines) == 15


@pytest.mark.usefixtures("_copy")
def test_many_towns_have_a_line_each(run):
    """Of many towns each has one line, and the ids of what is gravest."""
    for number in range(2, 48):
        another(f"plans/{number}.yaml", number)
    lines = run("check", "plans", *ON, "--engine", "interpreter", "--lang", "en")[1].splitlines()
    assert len(lines) <= 100
    assert sum(line.startswith("Mihon ") for line in lines) == 47
    assert all("TST-02, TST-05" in line for line in lines if line.startswith("Mihon "))
    (common,) = [line for line in lines if line.startswith("Undetermined in every municipality: ")]
    assert "TST-01 Policy adopted" in common


@installed
@pytest.mark.usefixtures("_copy")
@pytest.mark.parametrize("plans", [PLAN, "plans"])
def test_summary(run, plans):
    """Only the counts stand there, for one plan and for several; the code stays."""
    another("plans/b.yaml")
    code, out, _ = run("check", plans, *ON, "--summary")
    assert code == 1
    assert "TST-06" not in out
    assert "fail " in out
    assert len(out.splitlines()) <= 14
    for more in ("--full", "--all"):
        code, _, err = run("check", plans, *ON, "--summary", more)
        assert (code, err[:28]) == (2, "dxrules: --summary shows the")


# One plan


def test_ten_of_each():
    """No list has more than ten entries; how many are left out is said, and no duty goes unsaid."""
    plan = judged("jinsekikogen")
    dossier = Dossier(assess([plan.file], law(), NOVEMBER, engine="interpreter"), law())
    text = PIECES.write(dossier, How(Style("en"), full=False)).decode()
    mend, find_out = text.split("\nConfirm first", 1)
    for part in (mend, find_out):
        assert len(re.findall(r"^  \d+\. ", part, re.MULTILINE)) == LISTED
        assert "(--full lists all)" in part


def test_an_empty_plan_names_every_duty():
    """Duties for which the list has no room are named."""
    lines = brief(plan_file("document: {read: complete}"))
    told = " ".join(lines)
    dossier = Dossier(
        assess([plan_file("document: {read: complete}")], law(), NOVEMBER, engine="interpreter"),
        law(),
    )
    for question in dossier.questions(dossier.assessment.plans[0]):
        for finding in question.findings:
            rule = finding.rule
            assert rule.id in told or rule.strength not in DUTIES or rule.draft


def test_nothing_to_do(tmp_path):
    """A plan without a fault is said to be one, and what is open is said beside it."""
    lines = brief(plan_file("measures: []"), load(tmp_path))
    assert "No failure was found" in lines or any("Mend first" in line for line in lines)


def test_errors_come_first():
    """What could not be judged stands before all, and nothing is said to be in order."""
    own = law()
    judged_ = assess([plan_file("measures: []")], own, NOVEMBER, engine="interpreter")
    plan = judged_.plans[0]
    object.__setattr__(plan.findings[0], "outcome", Outcome.ERROR)
    text = PIECES.write(Dossier(judged_, own), How(Style("en"), full=False)).decode()
    assert text.index("Could not be judged") < text.index("Confirm first")
    assert "No failure was found" not in text


# The end


@pytest.mark.usefixtures("_copy")
def test_the_next_call_can_be_typed(run, tmp_path):
    """Each call that is named runs as it stands, with the file and the day of this call."""
    place = tmp_path / "a town's plans"
    place.mkdir()
    plan = place / "my plan.yaml"
    plan.write_text(Path(PLAN).read_text("utf-8"), "utf-8")
    for named in (["a town's plans"], ["a town's plans/my plan.yaml"], [str(plan)]):
        _, out, _ = run("check", *named, *ON, "--select", "TST")
        calls = [line[7:] for line in out.splitlines() if line[7:].startswith("dxrules ")]
        assert len(calls) >= 2
        for line in calls:
            words = shlex.split(line.rpartition("  # ")[0])
            assert ON[-1] in words
            code, printed, _ = run(*words[1:])
            assert code in (0, 1)
            assert printed or "report.html" in words


@pytest.mark.usefixtures("_copy")
@pytest.mark.parametrize(
    "named", [("--lang", "ja", "check"), ("check", "--lang", "ja"), ("check",)]
)
def test_the_next_call_keeps_the_language(run, named):
    """A language that was given is given again, one of the environment is not."""
    _, out, _ = run(*named, PLAN, *DAY)
    calls = [line for line in out.splitlines() if "  # " in line]
    assert {"--lang ja" in line for line in calls} == {"--lang" in named}


@pytest.mark.usefixtures("_copy")
def test_the_next_call_of_a_waiver(run):
    """The waiver to paste is of the gravest rule that can be waived, and is written by its call."""
    out = run("check", PLAN, *ON)[1]
    (line,) = [line[7:] for line in out.splitlines() if "--as-waiver" in line]
    words = shlex.split(line.rpartition("  # ")[0])
    code, pasted, _ = run(*words[1:])
    assert (code, f"- rule: {words[2]}\n" in pasted) == (0, True)
    assert line in run("check", PLAN, *ON, "--full")[1]


@pytest.mark.usefixtures("_copy")
def test_no_call_for_standard_input(run, monkeypatch):
    """What was read from standard input has no name to type."""
    raw = io.BytesIO(Path(PLAN).read_bytes())
    monkeypatch.setattr("sys.stdin", SimpleNamespace(buffer=raw, isatty=lambda: False))
    _, out, _ = run("check", "-", *ON)
    assert "dxrules gaps" not in out


@pytest.mark.parametrize(
    ("code", "how", "ja", "en"),
    [
        (UNTRUSTED, {}, "信頼できない", "cannot be trusted"),
        (WRONG_INPUT, {}, "入力に誤りがあり", "something was wrong with the input"),
        (FINDINGS, {}, "終了コード 1: 不適合(重大)がある: ", "Exit code 1: failures (error): "),
        (
            FINDINGS,
            {"threshold": ("warning", "advice")},
            "不適合(警告以上、技術的助言)がある: ",
            "failures (warning or graver, technical advice): ",
        ),
        (
            FINDINGS,
            {"threshold": ("never",), "unknown": ("statute",)},
            "終了コード 1: 要確認(法的義務)がある: SEC-01",
            "Exit code 1: undetermined (legal duty): SEC-01",
        ),
        (FINDINGS, {"unknown": ("any",)}, "要確認(すべて)", "undetermined (all)"),
        (OK, {}, "終了コード 0: 不適合(重大)はない。要確認 ", "Exit code 0: no failures (error); "),
        (
            OK,
            {"threshold": ("never",)},
            "数えない(--fail-on never)",
            "not counted (--fail-on never)",
        ),
        (OK, {"unknown": ("statute",)}, "要確認(法的義務)はない", "undetermined (legal duty)"),
    ],
)
def test_reason_of_the_exit_code(code, how, ja, en):
    """The reason names what counts, and that what is open does not."""
    found = judged("nishikawa")
    assessment = assess([found.file], law(), NOVEMBER, engine="interpreter")
    how = How(Style("ja"), **how)
    said = exit_reason(code, Whole.of(Dossier(assessment, law()), how), how)
    assert ja in said.ja
    assert en in said.en


@pytest.mark.usefixtures("_copy")
def test_the_reason_is_printed_last(run):
    """Counts, reason and next call end the report, brief or full."""
    for more in ((), ("--full",), ("--all",)):
        _, out, _ = run("check", PLAN, *ON, *more)
        tail = out[out.rindex("\nfail ") :]
        assert "\nExit code 1: failures (error): TST-02, TST-05\n" in tail
        assert f"dxrules gaps {PLAN}" in tail
        assert ("--full" in tail) == (not more)


@pytest.mark.usefixtures("_copy")
def test_unread_once(run, monkeypatch):
    """Where both streams go to one reader, what cannot be read is told once."""
    Path("plans/bad.yaml").write_text("plan: [", encoding="utf-8")
    _, out, err = run("check", "plans", *ON)
    assert "bad.yaml" in out
    assert "bad.yaml" in err
    monkeypatch.setattr("dxrules.cli.report_output._one_reader", lambda: True)
    _, out, err = run("check", "plans", *ON)
    assert "bad.yaml" not in out
    assert "bad.yaml" in err
