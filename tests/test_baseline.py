"""Baselines: only what is new counts, and what is mended shrinks them."""

from __future__ import annotations

import csv
import io
import json
import sys
from dataclasses import replace
from datetime import date
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dxrules import assess, load_law
from dxrules.assessment.baseline import compare, entries_of, name_of, pruned, updated
from dxrules.assessment.baseline_file import baseline_lines, read_baseline, said
from dxrules.cli import main
from dxrules.errors import InputError, UsageError
from dxrules.plan import plan_of
from dxrules.plan.read import read_document
from dxrules.rules import Outcome
from dxrules.source import from_text
from tests.helpers.meanwhile import saved_meanwhile
from tests.helpers.plans import plan_file
from tests.helpers.small import DATA, DAY, PLAN, SMALL, changed

pytestmark = pytest.mark.covered

ASSESS = sys.modules["dxrules.assessment.assess"]  # the package shows the function of that name
LAW = load_law(DATA / "rulesets")


def judged(changes=None):
    """Judge the small plan, with parts of it replaced."""
    plan = plan_of(from_text(changed(changes or {}), PLAN), LAW.reference)
    return assess([plan], LAW, date.fromisoformat(DAY), engine="interpreter")


def render_baseline(entries):
    """Return the text of a baseline file."""
    return b"".join(baseline_lines(entries))


WHOLE = judged()
ALL = entries_of(WHOLE)


@given(st.sets(st.sampled_from(ALL)))
def test_reads_what_it_writes(entries):
    """A baseline that is written is read as it was, a line per entry, in one order."""
    text = render_baseline(entries)
    with TemporaryDirectory() as folder:
        path = Path(folder, "b.json")
        path.write_bytes(text)
        assert set(read_baseline(path)) == entries
        path.write_text(json.dumps(json.loads(text)), encoding="utf-8")
        assert set(read_baseline(path)) == entries
    assert text == render_baseline(reversed(list(entries)))
    assert sum(b"municipality" in line for line in text.splitlines()) == len(entries)


def test_whole_baseline_leaves_nothing():
    """A baseline of all that is known leaves nothing that counts, and nothing is stale."""
    compared = compare(WHOLE, ALL)
    assert not compared.assessment.reaches(["note"], unknown=("any",))
    assert compared.stale == ()
    assert pruned(ALL, [compared]) == updated(ALL, [compared]) == ALL


@given(st.sets(st.sampled_from(ALL)))
def test_only_what_is_new_counts(entries):
    """Exactly what is not in the baseline counts; nothing else of a finding changes."""
    compared = compare(WHOLE, tuple(entries))
    counted = {
        finding.subject
        for finding in compared.assessment.plans[0].findings
        if finding.reaches(["note"], unknown=("any",))
    }
    known = {(entry.rule, entry.kind, entry.key) for entry in entries}
    assert counted == {(entry.rule, entry.kind, entry.key) for entry in ALL} - known
    assert compared.assessment.plans[0].counts == WHOLE.plans[0].counts


def test_what_gets_worse_is_new():
    """An open question that fails now, and a failure that is graver, are new; never the reverse."""
    fails = next(entry for entry in ALL if entry.outcome == "fail" and entry.severity == "error")
    asks = next(entry for entry in ALL if entry.outcome == "unknown")
    for entry, marked in (
        (fails, True),
        (replace(fails, outcome="unknown", severity="note"), False),
        (replace(fails, severity="warning"), False),
        (asks, True),
        (replace(asks, outcome="fail", severity="error"), False),
    ):
        findings = compare(WHOLE, (entry,)).assessment.plans[0].findings
        assert any(finding.known for finding in findings) is marked


def test_mended_entries_are_stale():
    """What passes now is stale and is pruned; entries of towns that were not judged stay."""
    passed = next(f for f in WHOLE.plans[0].findings if f.outcome is Outcome.PASS)
    mended = replace(ALL[0], rule=passed.rule.id, kind=passed.kind, key=passed.key)
    elsewhere = replace(ALL[0], municipality="011002")
    before = (mended, elsewhere, *ALL[:2])
    compared = compare(WHOLE, before)
    assert compared.stale == (mended,)
    assert pruned(before, [compared]) == (elsewhere, *ALL[:2])
    assert updated(before, [compared]) == (elsewhere, *ALL)


def test_moved_lines_change_nothing():
    """Entries are known by content: a plan whose lines all moved has nothing new."""
    plan = plan_of(from_text("# moved\n\n" + changed({}), PLAN), LAW.reference)
    moved = assess([plan], LAW, date.fromisoformat(DAY), engine="interpreter")
    assert not compare(moved, ALL).assessment.reaches(["note"], unknown=("any",))


def test_faults_have_their_place(tmp_path):
    """A baseline that is wrong is refused with line, column and key."""
    path = tmp_path / "b.json"
    path.write_text('{"format": "dxrules/baseline/3",\n "entrys": []}', encoding="utf-8")
    with pytest.raises(InputError) as caught:
        read_baseline(path, "b.json")
    assert "b.json:2:2: entrys:" in caught.value.text.en


NEXT = {
    "title: 見本町DX推進計画": "title: 第2次見本町DX推進計画",
    "period: 令和8年度～令和10年度": "period: 令和11年度～令和13年度",
}


@pytest.mark.parametrize("change", [*NEXT.items()], ids=["title", "period"])
def test_the_next_plan_is_another(change):
    """What was known of one plan covers nothing of the town's next, and is not mended either."""
    following = judged(dict([change]))
    compared = compare(following, ALL)
    assert not any(finding.known for finding in compared.assessment.plans[0].findings)
    assert (compared.stale, compared.of_others) == ((), ALL)
    assert pruned(ALL, [compared]) == ALL
    assert updated(ALL, [compared]) == entries_of(following)


def test_two_plans_of_a_town():
    """Each plan has its own entries; what one still fails is not stale for its double."""
    other = judged(NEXT)
    both = replace(WHOLE, plans=(*WHOLE.plans, *other.plans, *WHOLE.plans))
    entries = (*ALL, *entries_of(other))
    compared = compare(both, entries)
    assert (compared.stale, compared.of_others) == ((), ())
    assert not compared.assessment.reaches(["note"], unknown=("any",))
    assert compare(other, entries).of_others == ALL


@pytest.mark.parametrize(
    ("about", "name"),
    [
        ("period: 令和8年度～令和11年度\nestablished: 令和8年3月", "DX推進計画 2026-04-01"),
        ("established: 令和8年3月", "DX推進計画 2026-03-01"),
        ("established: 未定", "DX推進計画"),
        ("", "DX推進計画"),
    ],
)
def test_names_of_plans(about, name):
    """A plan goes by its title and its first day, as far as these are told."""
    assert name_of(plan_file("measures: []", about=about).plan) == name


NO_BASELINE = "Name a file that `dxrules baseline write` has written."


@pytest.mark.parametrize(
    ("content", "message"),
    [
        (b"", f"b.json:1:1: The file is empty. {NO_BASELINE}"),
        (b"PK\x03\x04\0", f"b.json:1:1: This is a ZIP archive. {NO_BASELINE}"),
        (b"\xff", f"b.json:1:1: Not UTF-8. {NO_BASELINE}"),
        (b"[]", f"b.json:1:1: This is no baseline. {NO_BASELINE}"),
        (b'{"runs": [], "version": "2.1.0"}', f"b.json:1:1: This is no baseline. {NO_BASELINE}"),
        (
            b'{"format": "dxrules/baseline/1", "entries": [{"rule": "DXP-01"}]}',
            (
                "b.json:1:12: format: This earlier form does not name the plans. If what is found "
                "now may stand in it, delete it and write it anew with `dxrules baseline write`."
            ),
        ),
        (
            b'{"format": "dxrules/plan/1"}',
            (
                'b.json:1:12: format: A file of the format "dxrules/plan/1" cannot be read here. '
                "What can be read is dxrules/baseline/3."
            ),
        ),
        (b'{"format": ', "b.json:2:1: A value or a closing bracket is missing here. "),
    ],
)
def test_files_that_are_no_baseline(tmp_path, content, message):
    """Whatever else is given is refused once, with the way to a baseline."""
    path = tmp_path / "b.json"
    path.write_bytes(content)
    with pytest.raises(InputError) as caught:
        read_baseline(path, "b.json")
    (problem,) = caught.value.problems
    assert problem.text.en.startswith(message)


def test_a_folder_is_no_baseline(tmp_path):
    """A folder has the same way out."""
    with pytest.raises(InputError, match=r"^b:1:1: This is a folder .* Name a file"):
        read_baseline(tmp_path, "b")


@pytest.fixture
def here(_copy):
    """A folder with the small plan and its rulesets, called in English."""
    return ("--as-of", DAY, "--lang", "en", "--engine", "interpreter", *SMALL)


@pytest.mark.parametrize("what", ["write", "update"])
def test_what_others_save_meanwhile_is_not_lost(here, capsys, monkeypatch, what):
    """A file that is not any more what was read, or was not there, is left as it is."""
    if what == "update":
        Path("b.json").write_bytes(render_baseline([]))
    theirs = saved_meanwhile(monkeypatch, "b.json")
    assert main(["baseline", what, "b.json", PLAN, *here, "--lang", "en"]) == 2
    assert capsys.readouterr().err.startswith("dxrules: b.json: was changed elsewhere meanwhile")
    assert theirs()


def test_command(here, capsys):
    """Written, used, emptied and brought up to date again from the command line."""
    assert main(["baseline", "write", "b.json", PLAN, *here]) == 0
    assert capsys.readouterr().out == f"b.json: {len(ALL)} entries (0 before)\n"
    strict = ("--fail-on", "note", "--fail-on-unknown")
    assert main(["check", PLAN, *here, *strict]) == 1
    capsys.readouterr()
    assert main(["check", PLAN, *here, *strict, "--baseline", "b.json"]) == 0
    out = capsys.readouterr().out
    assert f"baseline: {len(ALL)} known, 0 new, 0 mended\n" in out
    assert " (known)" not in out
    assert main(["check", PLAN, *here, *strict, "--baseline", "b.json", "--show-known"]) == 0
    assert " (known)" in capsys.readouterr().out
    Path("b.json").write_bytes(render_baseline([]))
    assert main(["baseline", "prune", "b.json", PLAN, *here]) == 0
    assert main(["baseline", "update", "b.json", PLAN, *here]) == 0
    assert capsys.readouterr().out == (
        f"b.json: 0 entries (0 before)\nb.json: {len(ALL)} entries (0 before)\n"
    )
    assert main(["baseline", "write", "b.json", PLAN, *here]) == 2
    assert main(["baseline", "update", "none.json", PLAN, *here]) == 2
    assert main(["baseline", "update", "b.json", "none.yaml", *here]) == 2
    assert capsys.readouterr().err == (
        "dxrules: b.json: is already there. Use update or prune.\n"
        "none.json:1:1: No such file. "
        "Name a file that `dxrules baseline write` has written.\n"
        "none.yaml: no such file. Check its name and folder.\n"
    )


def test_command_on_many_plans(here, monkeypatch):
    """Each plan is judged before the next is read, so that none has to be kept."""
    other = PLAN.replace(".yaml", "-2.yaml")
    Path(other).write_text(changed(NEXT), encoding="utf-8")
    both = [entry for changes in (None, NEXT) for entry in entries_of(judged(changes))]
    judge, done = ASSESS._judge_plan, []

    def judge_and_tell(file, *args, **options):
        done.append(f"judged {file.name}")
        return judge(file, *args, **options)

    def read_and_tell(file, name):
        done.append(f"read {name}")
        return read_document(file, name)

    monkeypatch.setattr(ASSESS, "_judge_plan", judge_and_tell)
    monkeypatch.setattr("dxrules.plan.read.read_document", read_and_tell)
    assert main(["baseline", "write", "b.json", other, PLAN, *here]) == 0
    assert Path("b.json").read_bytes() == render_baseline(both)
    assert done == [f"read {other}", f"judged {other}", f"read {PLAN}", f"judged {PLAN}"]
    for what in ("prune", "update"):
        assert main(["baseline", what, "b.json", other, PLAN, *here]) == 0
        assert Path("b.json").read_bytes() == render_baseline(both)


def test_of_another_plan(here, capsys):
    """A baseline of an earlier plan is named beside the report, and brought up to date."""
    Path("b.json").write_bytes(render_baseline(ALL))
    Path(PLAN).write_text(changed(NEXT), encoding="utf-8")
    assert main(["check", PLAN, *here, "--baseline", "b.json", "--fail-on", "note"]) == 1
    said = capsys.readouterr()
    assert "baseline: 0 known, " in said.out
    assert said.err == (
        f"b.json: {len(ALL)} entries are of another plan (見本町DX推進計画 2026-04-01) of a town "
        "that was judged, and cover nothing. If this plan follows it, dxrules baseline update "
        "writes what is so now.\n"
    )
    assert main(["baseline", "update", "b.json", PLAN, *here]) == 0
    assert main(["check", PLAN, *here, "--baseline", "b.json", "--fail-on", "note"]) == 0
    assert capsys.readouterr().err == ""


def test_reports_say_what_is_known(here, capsys):
    """JSON and SARIF mark what is known and name what is mended; Markdown says it in words."""
    mended = replace(ALL[0], key="gone")
    Path("b.json").write_bytes(render_baseline((mended, *ALL[1:])))
    known = ("check", PLAN, *here, "--baseline", "b.json", "--show-known", "--format")
    main([*known, "json"])
    report = json.loads(capsys.readouterr().out)
    assert report["baseline"]["stale"] == [said(mended)]
    assert sum(finding["known"] for finding in report["plans"][0]["findings"]) == len(ALL) - 1
    main([*known, "sarif", "--all"])
    results = json.loads(capsys.readouterr().out)["runs"][0]["results"]
    states = [result.get("baselineState") for result in results]
    for result, state in zip(results, states, strict=True):
        assert (state is not None) == (result["kind"] in {"fail", "open"})
    assert states.count("unchanged") == len(ALL) - 1
    main([*known, "github"])
    lines = capsys.readouterr().out.splitlines()
    assert lines
    assert all(line.startswith("::notice ") for line in lines if " (known)::" in line)
    assert sum(" (known)::" in line for line in lines) == states.count("unchanged") - sum(
        result["kind"] == "open" and result["baselineState"] == "unchanged"
        for result in results
        if "baselineState" in result
    )
    main([*known, "csv", "--all"])
    out = capsys.readouterr().out.removeprefix("\ufeff")
    assert [row["known"] for row in csv.DictReader(io.StringIO(out))] == [
        "known" if state == "unchanged" else "" for state in states
    ]
    main([*known, "markdown"])
    out = capsys.readouterr().out
    assert f"baseline: {len(ALL) - 1} known, 1 new, 1 mended" in out
    assert f"{mended.municipality} {mended.rule} {mended.kind}/gone" in out


@pytest.mark.parametrize("form", ["table", "concise", "markdown", "github"])
def test_only_what_is_new(here, capsys, form):
    """People see what is new, and how much is known; the rest is shown where it is asked for."""
    Path("b.json").write_bytes(render_baseline(ALL[1:]))
    known = ("check", PLAN, *here, "--baseline", "b.json", "--format", form)
    main([*known, "--full"])
    new = capsys.readouterr().out
    main([*known, "--full", "--show-known"])
    both = capsys.readouterr().out
    ids = {entry.rule for entry in ALL[1:]} - {ALL[0].rule}
    lines = [line for line in new.splitlines() if any(rule in line for rule in ids)]
    assert ALL[0].rule in new
    assert [line for line in lines if "dxrules " not in line and "::notice" not in line] == []
    assert all(rule in both for rule in ids) or form in ("github", "concise")
    assert len(new) < len(both)
    assert ("--show-known" in new) == (form != "github")


MARK = "{problem: draft-mark, section: 表紙, text: 【案】}"
PASSAGES = "{problem: placeholder, section: 1, text: 要確認}"
FURTHER = PASSAGES + "\n    - {problem: placeholder, section: 9, text: 後で書く}"


def with_passages(text):
    """Judge the small plan by the rules that travel along, with passages of one problem."""
    plan = plan_of(from_text(changed({MARK: text}), PLAN), NATION.reference)
    return assess([plan], NATION, date.fromisoformat(DAY), engine="interpreter")


NATION = load_law()


def placeholder(assessment):
    """Return the finding on placeholders."""
    (plan,) = assessment.plans
    return next(f for f in plan.findings if f.subject == ("DOC-02", "passage", "placeholder"))


def test_a_further_place_is_new():
    """An entry covers the places that were known: fewer of them, too, but none that was added."""
    one, two = with_passages(PASSAGES), with_passages(FURTHER)
    moved = with_passages(PASSAGES.replace("要確認", "後で書く").replace("1,", "9,"))
    for before, now, known in (
        (one, one, True),
        (two, one, True),
        (two, two, True),
        (one, two, False),
        (one, moved, False),
        (two, moved, True),
    ):
        found = placeholder(compare(now, entries_of(before)).assessment)
        assert (found.outcome, found.known) == (Outcome.FAIL, known)


def test_the_earlier_form_says_nothing_of_places(tmp_path):
    """An entry of the earlier form covers what counts no places, and leaves the rest open."""
    path = tmp_path / "b.json"
    now = with_passages(PASSAGES)
    entries = [said(entry) for entry in entries_of(now)]
    for entry in entries:
        entry.pop("count", None), entry.pop("places", None)
    path.write_text(json.dumps({"format": "dxrules/baseline/2", "entries": entries}))
    compared = compare(now, read_baseline(path))
    findings = [f for f in compared.assessment.plans[0].findings if not f.rule.draft]
    left = [f for f in findings if f.outcome in {Outcome.FAIL, Outcome.UNKNOWN} and not f.known]
    assert placeholder(compared.assessment) in left
    assert compared.uncounted == len(left)
    assert {f.kind for f in left} >= {"passage"}
    assert compared.stale == ()


@cache
def many(number):
    """Return the text of a baseline of so many entries, as dxrules writes it."""
    return render_baseline(replace(ALL[0], key=f"subject-{n}") for n in range(number))


def test_a_baseline_of_many_plans(tmp_path):
    """A file that is larger than any plan may be is read when it is laid out as it was written."""
    path = tmp_path / "b.json"
    path.write_bytes(many(30_000))
    assert path.stat().st_size > 5_000_000
    assert len(read_baseline(path)) == 30_000


@pytest.mark.parametrize(
    ("old", "new", "message"),
    [
        (b'"outcome": "fail"', b'"outcome": "pass"', 'outcome: "pass" is not one of the values.'),
        (b'"rule": ', b'"ruel": ', "ruel: Unknown key."),
        (b'"severity": "', b'"severity": "\\ud800', "is followed by no code"),
        (b'{"municipality"', b"[" * 30, "Nested deeper than 20 levels."),
    ],
    ids=range(4),
)
def test_a_fault_of_a_large_baseline(tmp_path, old, new, message):
    """What is wrong with one entry of very many has its line; nothing speaks of plans."""
    lines = many(30_000).split(b"\n")
    lines[20_003] = lines[20_003].replace(old, new)
    path = tmp_path / "b.json"
    path.write_bytes(b"\n".join(lines))
    with pytest.raises(InputError) as caught:
        read_baseline(path, "b.json")
    assert all(problem.place.line == 20_004 for problem in caught.value.problems)
    assert message in caught.value.text.en
    assert "No single plan" not in caught.value.text.en


def test_a_large_baseline_laid_out_anew(tmp_path):
    """A file of more than 5 MB that was laid out otherwise is refused with the way out."""
    path = tmp_path / "b.json"
    path.write_text(json.dumps(json.loads(many(30_000))), encoding="utf-8")
    with pytest.raises(InputError) as caught:
        read_baseline(path, "b.json")
    assert caught.value.text.en == (
        "b.json:1:1: A baseline of more than 5 MB is read only as dxrules writes it, a line per "
        f"entry. {NO_BASELINE}"
    )


def test_what_is_too_large_for_a_baseline(monkeypatch, tmp_path):
    """The writer refuses what the reader would, and no file is written."""
    monkeypatch.setattr("dxrules.assessment.baseline_file.BASELINE_BYTES", 1_000_500)
    with pytest.raises(UsageError) as caught:
        render_baseline(ALL)
    assert caught.value.text.en == (
        "This is too much for a baseline (its size: more than 1.0005 MB). Make two files or more, "
        "of fewer plans each."
    )
    monkeypatch.setattr("dxrules.assessment.baseline_file.BASELINE_BYTES", 5_500_000)
    path = tmp_path / "b.json"
    path.write_bytes(b" " * 6_000_000)
    with pytest.raises(InputError):
        read_baseline(path, "b.json")
