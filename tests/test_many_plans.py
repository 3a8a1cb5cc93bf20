"""Many plans, judged one after another: the same bytes as of all at once, however many judge."""

from __future__ import annotations

import gc
import json
import multiprocessing
import os
import shutil
import signal
import subprocess
import sys
import threading
from pathlib import Path

import pytest

from dxrules.cli import main
from dxrules.cli.commands import check as check_command
from dxrules.errors import WRONG_INPUT
from dxrules.nation import FEW, judging, workers
from dxrules.nation.judging import judge
from dxrules.nation.named_file import NamedFile
from dxrules.nation.workers import jobs_for
from dxrules.report import html, sarif_pieces
from dxrules.report.xlsx import working_paper
from tests.helpers.many_plans import (
    CALL,
    FEWER,
    FILES,
    NUMBER,
    outputs,
    stand_in,
    write_many,
    written,
)

BOUNDS = (FEW, html.MANY, working_paper.MOST_SHEETS)
"""Where what is written of few plans ends, as it stands in the package."""


@pytest.fixture(scope="module")
def many(tmp_path_factory):
    """The folder of many plans."""
    return write_many(tmp_path_factory.mktemp("many"))


@pytest.fixture(autouse=True)
def _here(many, monkeypatch):
    stand_in(many, monkeypatch)


@pytest.mark.parametrize(
    "more",
    [
        ("--lang", "ja", "--output-dir", "out/site", "--packet", "out/p.zip"),
        ("--lang", "en", "--full"),
        ("--lang", "en", "--all", "--fail-on-unknown", "--format", "json"),
        ("--lang", "ja", "--summary", "--select", "outcome:fail"),
        (
            "--lang",
            "en",
            "--ignore",
            "prefecture:栃木県",
            "--ignore",
            "outcome:pass",
            "--expect",
            "4",
        ),
    ],
)
def test_pieces_make_the_same_reports(monkeypatch, capsysbinary, more):
    """Whatever is written, it is what all plans at once give, with what is said beside it."""
    apart = written(capsysbinary, *more, *outputs())
    monkeypatch.setattr(check_command, "are_many", lambda *_: False)
    assert apart == written(capsysbinary, *more, *outputs())
    assert len(apart[3]) >= len(FILES)


@pytest.mark.parametrize("form", ["table", "json"])
def test_evidence_in_pieces(monkeypatch, capsysbinary, form):
    """What rests on nothing is told in pieces, too."""
    apart = written(capsysbinary, "--evidence", "--format", form)
    monkeypatch.setattr(check_command, "are_many", lambda *_: False)
    assert apart == written(capsysbinary, "--evidence", "--format", form)


@pytest.mark.covered
def test_few_of_many(monkeypatch, capsysbinary):
    """Where few are left of many, reports tell of them what they tell of few."""
    more = ("--select", "prefecture:広島県", *outputs(), "--expect", str(NUMBER))
    apart = written(capsysbinary, *more)
    monkeypatch.setattr(check_command, "are_many", lambda *_: False)
    assert apart == written(capsysbinary, *more)
    assert b"html" in apart[3]["all.html"]


def test_a_selection_of_nothing(capsys):
    """A selection that no plan is of is refused as it is for few."""
    assert main([*CALL, "--select", "prefecture:栃木県"]) == 2
    assert "Tochigi" in capsys.readouterr().err


def test_several_processes_write_the_same(capsysbinary):
    """Two processes give the bytes of one; what is wrong is said in the order of the files."""
    one = written(capsysbinary, *outputs(), "--jobs", "1")
    assert one == written(capsysbinary, *outputs(), "--jobs", "2")


def test_a_process_never_outlives_whoever_waits(monkeypatch):
    """It leaves interrupts to its parent, and ends when that has gone."""
    ended = threading.Event()
    ignored = []
    monkeypatch.setattr(workers.os, "_exit", lambda _: ended.set())
    monkeypatch.setattr(workers.signal, "signal", lambda *said: ignored.append(said))
    monkeypatch.setattr(gc, "set_threshold", lambda _: None)
    monkeypatch.setattr(multiprocessing, "parent_process", lambda: None)
    workers._begin(max, 0)
    here, there = multiprocessing.Pipe()
    parent = type("Parent", (), {"sentinel": here})
    monkeypatch.setattr(multiprocessing, "parent_process", lambda: parent)
    workers._begin(max, 0)
    there.close()
    assert ended.wait()
    here.close()
    assert ignored == [(signal.SIGINT, signal.SIG_IGN)] * 2


def test_how_many_processes(monkeypatch):
    """Few plans are worth no pool; never more processes than plans."""
    assert jobs_for(FEW + 1, None) == 1
    assert jobs_for(10_000, None) == workers.cores()
    assert jobs_for(3, 8) == 3
    assert len({*BOUNDS}) == 1
    monkeypatch.delattr(os, "sched_getaffinity", raising=False)
    assert workers.cores() == (os.cpu_count() or 1)


@pytest.mark.parametrize("lang", ["ja", "en"])
def test_help_says_how_many_plans_are_few(lang, capsys):
    """`--jobs` counts from some number of plans on, and its help names that."""
    assert main(["check", "--help", "--lang", lang]) == 0
    _, _, said = capsys.readouterr().out.partition("--jobs")
    said = "".join(said.partition("--resume")[0].split())
    unit = "件" if lang == "ja" else "plans"
    for number in (FEW, workers.WORTH_A_POOL):
        assert f"{number}{unit}" in said


@pytest.mark.covered
def test_a_full_sheet_goes_on(monkeypatch, capsysbinary):
    """What one sheet cannot hold stands on the next, and the summary leads there."""
    from openpyxl import load_workbook

    monkeypatch.setattr(working_paper, "MOST_ROWS", 200)
    written(capsysbinary, "--output", "out/all.xlsx", "--format", "none", "--lang", "en")
    book = load_workbook("out/all.xlsx")
    assert book.sheetnames[:3] == ["Summary", "Confirm first", "Rules"]
    rows = [book[name].max_row for name in book.sheetnames[2:]]
    assert len(rows) > 1
    assert max(rows) <= 400
    led = {c.hyperlink.location for c in book["Summary"]["B"] if c.hyperlink}
    assert led == {f"'{name}'!A1" for name in book.sheetnames[2:]}


def test_a_table_needs_no_reasons(monkeypatch, capsysbinary):
    """What tells outcomes alone is judged without reasons, and says the same."""
    asked = []
    own = judging.assessor

    def noted(*args, **kwargs):
        asked.append(kwargs["reasons"])
        return own(*args, **kwargs)

    monkeypatch.setattr(judging, "assessor", noted)
    more = ("--output", "out/all.html", "--lang", "ja")
    apart = written(capsysbinary, *more)
    assert asked == [False]
    written(capsysbinary, *more, "--full")
    assert asked == [False, True]
    monkeypatch.setattr(check_command, "are_many", lambda *_: False)
    assert apart == written(capsysbinary, *more)


@pytest.mark.parametrize("more", [(), ("--expect", str(NUMBER)), ("--fail-on-unknown",)])
def test_no_report_holds_no_plans(monkeypatch, capsysbinary, more):
    """Plans are judged apart for the exit code alone, too, and it is that of all at once."""
    held = []
    own = check_command._judged_together

    def noted(*args):
        held.append(args)
        return own(*args)

    monkeypatch.setattr(check_command, "_judged_together", noted)
    call = [*CALL, "--format", "none", *more]
    code = main(call)
    assert not held
    apart = capsysbinary.readouterr()
    monkeypatch.setattr(check_command, "are_many", lambda *_: False)
    assert main(call) == code
    assert held
    assert capsysbinary.readouterr() == apart


def test_a_file_that_changes_while_it_is_read(monkeypatch, capsysbinary):
    """It is not judged, and named with the way out; nobody knows what was read of it."""
    module = sys.modules["dxrules.source.read"]
    own, path = module.bounded, Path("plans/06.yaml")
    before = path.read_bytes()

    def written_to(stream, most):
        found = own(stream, most)
        if str(stream.name).endswith("06.yaml"):
            path.write_bytes(before + b"# more\n")
        return found

    monkeypatch.setattr(module, "bounded", written_to)
    code, _, err, files = written(capsysbinary, "--output", "out/all.json", "--lang", "en")
    path.write_bytes(before)
    assert code == 2
    assert b"plans/06.yaml:1:1: This file changed while it was read." in err
    assert len(json.loads(files["all.json"])["plans"]) == NUMBER - 1


def test_few_plans_are_judged_at_once(capsys):
    """Where nothing is kept, and no cluster asked, that is said."""
    call = ("check", "plans/00.yaml", *CALL[2:], "--lang", "en", "--resume", "none")
    assert main(call) in (0, 1)
    assert "without --resume and --scheduler" in capsys.readouterr().err
    assert not Path("none").exists()


def test_whatever_is_named(monkeypatch, capsysbinary):
    """A file that is no plan, is not there, or is named twice, is told as it is of few."""
    Path("notes.pdf").write_bytes(b"%PDF-1.7")
    more = ("plans/00.yaml", "no.yaml", "notes.pdf", "--output", "out/all.json", "--lang", "en")
    code, out, err, files = written(capsysbinary, *more)
    monkeypatch.setattr(check_command, "are_many", lambda *_: False)
    held = written(capsysbinary, *more)
    Path("notes.pdf").unlink()
    assert (code, out, files) == (held[0], held[1], held[3])
    assert sorted(err.splitlines()) == sorted(held[2].splitlines())


@pytest.mark.parametrize("bound", ["MOST_RESULTS", "MOST_ZIPPED"])
@pytest.mark.covered
def test_sarif_is_cut_alike(monkeypatch, capsysbinary, bound):
    """What GitHub would not take is left out of pieces as it is of all plans at once."""
    monkeypatch.setattr(sarif_pieces, bound, {"MOST_RESULTS": 7, "MOST_ZIPPED": 9_000}[bound])
    more = ("--output", "out/all.sarif", "--lang", "en")
    apart = written(capsysbinary, *more)
    monkeypatch.setattr(check_command, "are_many", lambda *_: False)
    assert apart == written(capsysbinary, *more)
    assert b"are left out" in apart[2]


# What was before


@pytest.fixture
def before(capsysbinary):
    """A baseline of the plans as they were.

    One of its entries is mended, one is of another plan, and one failed that is open now.
    """
    paths = [f"plans/{number:02}.yaml" for number in range(NUMBER)]
    assert main(["baseline", "write", "known.json", *paths, *CALL[2:]]) == 0
    capsysbinary.readouterr()
    lines = Path("known.json").read_text("utf-8").splitlines()
    places = [n for n, line in enumerate(lines) if '"rule"' in line]
    fails = [n for n in places if '"outcome": "fail"' in lines[n]]
    opens = [n for n in places if '"outcome": "unknown"' in lines[n]]
    for place, changes in (
        (fails[0], {"key": "gone"}),
        (fails[-1], {"plan": "前の計画"}),
        (opens[0], {"outcome": "fail", "severity": "error"}),
    ):
        said = json.loads(lines[place].rstrip(",")) | changes
        lines[place] = (
            f"    {json.dumps(said, ensure_ascii=False)}{',' * lines[place].endswith(',')}"
        )
    Path("known.json").write_text("\n".join(lines), encoding="utf-8")
    yield "--baseline", "known.json"
    Path("known.json").unlink()


@pytest.mark.parametrize(
    "more",
    [
        ("--lang", "ja", "--output-dir", "out/site", "--packet", "out/p.zip", "--fail-on", "note"),
        ("--lang", "en", "--show-known", "--select", "outcome:fail", "--format", "json"),
    ],
)
@pytest.mark.covered
def test_a_baseline_of_many(monkeypatch, capsysbinary, before, more):
    """What a baseline knows, what is mended and what is of others is told as of all at once."""
    more = (*more, *before, *outputs())
    apart = written(capsysbinary, *more)
    with monkeypatch.context() as patched:
        patched.setattr(check_command, "are_many", lambda *_: False)
        held = written(capsysbinary, *more)
    assert [name for name, content in held[3].items() if apart[3][name] != content] == []
    assert apart == held
    told = json.loads(apart[3]["all.json"])
    assert told["baseline"]["stale"]
    assert ("setbacks" in told) != ("--select" in more)
    assert any(f["known"] for plan in told["plans"] for f in plan["findings"])


def test_what_is_compared_is_kept(capsysbinary, judged, before):
    """A second run judges nothing, and compares the same; another baseline is another run."""
    shutil.rmtree("kept", ignore_errors=True)
    first = resumed(capsysbinary, *before)
    judged.clear()
    assert resumed(capsysbinary, *before) == first
    assert judged == ["plans/99.yaml"]
    text = Path("known.json").read_text("utf-8")
    Path("known.json").write_text(text.replace("前の計画", "別の計画"), encoding="utf-8")
    judged.clear()
    resumed(capsysbinary, *before)
    assert len(judged) == NUMBER + 2


@pytest.mark.covered
def test_a_file_whose_first_code_is_another(monkeypatch, capsysbinary, before, judged):
    """Whoever reads the plan asks for the entries of its town, and is judged with these."""
    path = Path("plans/05.yaml")
    own = path.read_bytes()
    path.write_bytes(b"# code: 999999\n" + own)
    try:
        apart = written(capsysbinary, *before, *outputs())
        assert judged.count("plans/05.yaml") == 2
        monkeypatch.setattr(check_command, "are_many", lambda *_: False)
        assert apart == written(capsysbinary, *before, *outputs())
    finally:
        path.write_bytes(own)


@pytest.mark.covered
def test_since_a_revision(monkeypatch, capsysbinary, tmp_path):
    """Of plans that have changed since a revision, setbacks are told as of all at once."""
    git = ("git", "-c", "user.name=a", "-c", "user.email=a@example.org")
    shutil.copytree("plans", tmp_path / "plans")
    shutil.copytree("rulesets", tmp_path / "rulesets")
    monkeypatch.chdir(tmp_path)
    subprocess.run([*git, "init", "-q"], check=True)
    subprocess.run([*git, "add", "."], check=True)
    subprocess.run([*git, "commit", "-qm", "a"], check=True)
    for number in range(NUMBER):
        path = Path(f"plans/{number:02}.yaml")
        if number == 3:
            continue
        text = path.read_text("utf-8")
        if number % 2:
            text = text.replace("measures:", "x-measures:")
        path.write_text(f"{text}# more\n".replace("x-measures:", "measures:"), encoding="utf-8")
    Path("plans/02.yaml").rename("plans/02b.yaml")
    more = ("--changed-since", "HEAD", *outputs())
    apart = written(capsysbinary, *more)
    monkeypatch.setattr(check_command, "are_many", lambda *_: False)
    assert apart == written(capsysbinary, *more)
    names = [plan["plan"]["file"] for plan in json.loads(apart[3]["all.json"])["plans"]]
    assert "plans/03.yaml" not in names
    assert len(names) == NUMBER - 1


def test_a_file_that_is_judged_is_forgotten(capsysbinary, monkeypatch):
    """Of the files that a call names, those to come are held, and the few that might be held."""
    held = []
    monkeypatch.setattr(gc, "freeze", lambda: None)  # what is frozen is not told of

    def counting(order, task):
        held.append(sum(isinstance(each, NamedFile) for each in gc.get_objects()))
        return judge(order, task)

    monkeypatch.setattr(workers, "judge", counting)
    assert main(["check", "enough", *CALL[2:], "--format", "none"]) == WRONG_INPUT
    assert held[-1] <= FEWER + 6 < held[0]
    capsysbinary.readouterr()


# Going on where a run was ended


@pytest.fixture
def judged(monkeypatch):
    """Count the plans that are judged, by name."""
    names = []

    def counting(order, task):
        names.append(task.name)
        return judge(order, task)

    monkeypatch.setattr(workers, "judge", counting)
    return names


def resumed(capsysbinary, *more):
    """Call with a folder to go on from."""
    return written(capsysbinary, "--resume", "kept", "--output", "out/all.json", *more)


def test_only_what_has_changed_is_judged(capsysbinary, judged):
    """A second run judges nothing; a changed plan, another day or option is judged again."""
    shutil.rmtree("kept", ignore_errors=True)
    first = resumed(capsysbinary)
    assert len(judged) == NUMBER + 2
    judged.clear()
    assert resumed(capsysbinary) == first
    assert judged == ["plans/99.yaml"]
    judged.clear()
    path = Path("plans/05.yaml")
    before = path.read_bytes()
    path.write_bytes(before + b"# more\n")
    resumed(capsysbinary)
    assert judged == ["plans/05.yaml", "plans/99.yaml"]
    path.write_bytes(before)
    judged.clear()
    resumed(capsysbinary, "--all")
    assert len(judged) == NUMBER + 2


def test_entries_that_are_damaged_count_for_nothing(capsysbinary, judged):
    """An entry that was altered, cut, or put in the place of another is judged again."""
    shutil.rmtree("kept", ignore_errors=True)
    first = resumed(capsysbinary)
    entries = sorted(path for path in Path("kept").rglob("??*") if path.is_file())
    entries = [path for path in entries if not path.name.startswith(".")]
    for number, path in enumerate(entries):
        raw = path.read_bytes()
        if number % 4 == 0:
            path.write_bytes(raw.replace(b"dxrules/kept/1", b"dxrules/kept/2"))
        elif number % 4 == 1:
            path.write_bytes(raw[:-1] + bytes([raw[-1] ^ 1]))
        elif number % 4 == 2:
            path.write_bytes(raw[: len(raw) // 2])
        else:
            path.write_bytes(entries[number - 4].read_bytes() if number > 4 else b"")
    judged.clear()
    assert resumed(capsysbinary) == first
    assert len(judged) == NUMBER + 2


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="there are no pipes with a name")
def test_what_is_no_file_holds_nothing(capsysbinary, judged):
    """Nobody waits for a pipe in the place of an entry, and no link leads a new one elsewhere."""
    shutil.rmtree("kept", ignore_errors=True)
    first = resumed(capsysbinary)
    entry, other = sorted(path for path in Path("kept").glob("??/*") if path.is_file())[:2]
    entry.unlink()
    os.mkfifo(entry)
    judged.clear()
    assert resumed(capsysbinary) == first
    assert len(judged) == 2  # that, and the one that is wrong
    shutil.rmtree(other.parent)
    other.parent.symlink_to(Path("plans").absolute())
    before = sorted(Path("plans").iterdir())
    assert resumed(capsysbinary)[0] == 2
    assert sorted(Path("plans").iterdir()) == before
    shutil.rmtree("kept")


def test_a_forged_entry_counts_for_nothing(capsysbinary, judged):
    """One that is whole but not of this plan, or holds no heading, is judged again."""
    import zlib
    from hashlib import sha256

    shutil.rmtree("kept", ignore_errors=True)
    first = resumed(capsysbinary)
    for path in (p for p in Path("kept").rglob("??*") if p.is_file() and p.name[0] != "."):
        line, body = path.read_bytes().split(b"\n", 2)[2].split(b"\n", 1)
        said = json.loads(line)
        heading = json.loads(zlib.decompress(body[: said["sizes"][0]]))
        heading["counts"]["outcomes"]["fail"] = "many"
        forged = zlib.compress(json.dumps(heading).encode())
        body = forged + body[said["sizes"][0] :]
        said["sizes"][0] = len(forged)
        rest = json.dumps(said).encode() + b"\n" + body
        digest = sha256(rest).hexdigest().encode()
        path.write_bytes(b"dxrules/kept/1\n" + digest + b"\n" + rest)
    judged.clear()
    assert resumed(capsysbinary) == first
    assert len(judged) == NUMBER + 2


def test_what_never_was_a_piece_is_refused(capsysbinary):
    """A piece that was put into an entry, digest and all, is said to be damaged."""
    import zlib
    from hashlib import sha256

    shutil.rmtree("kept", ignore_errors=True)
    resumed(capsysbinary)
    path = next(p for p in sorted(Path("kept").rglob("??*")) if p.is_file() and p.name[0] != ".")
    line, body = path.read_bytes().split(b"\n", 2)[2].split(b"\n", 1)
    said = json.loads(line)
    own = sum(said["sizes"][:-1])
    for piece in (b"no piece", zlib.compress(b"a piece")[:-1]):
        said["sizes"][-1] = len(piece)
        rest = json.dumps(said).encode() + b"\n" + body[:own] + piece
        path.write_bytes(b"dxrules/kept/1\n" + sha256(rest).hexdigest().encode() + b"\n" + rest)
        assert main([*CALL, "--resume", "kept", "--output", "out/all.json"]) == 2
        assert "--resume" in capsysbinary.readouterr().err.decode()
    shutil.rmtree("kept")


@pytest.mark.skipif(not hasattr(os, "geteuid"), reason="rights as POSIX has them")
@pytest.mark.parametrize("kind", ["open", "others", "file", "link"])
def test_a_folder_that_cannot_be_trusted(capsys, kind):
    """Nothing is kept where others can write, or something else stands."""
    folder = Path("odd")
    if folder.is_dir() and not folder.is_symlink():
        shutil.rmtree(folder)
    folder.unlink(missing_ok=True)
    if kind == "file":
        folder.write_text("x", encoding="utf-8")
    elif kind == "link":
        folder.symlink_to("plans")
    else:
        folder.mkdir()
    if kind == "open":
        folder.chmod(0o777)
    if kind == "others":
        (folder / "x").write_text("x", encoding="utf-8")
    assert main([*CALL, "--resume", "odd"]) == 2
    assert capsys.readouterr().err.startswith("dxrules: odd: ")


def test_a_folder_in_the_place_of_an_entry(capsysbinary):
    """It is named, so that whoever called can remove it."""
    shutil.rmtree("kept", ignore_errors=True)
    resumed(capsysbinary)
    entry = next(path for path in sorted(Path("kept").glob("??/*")) if path.is_file())
    entry.unlink()
    entry.mkdir()
    assert main([*CALL, "--resume", "kept", "--output", "out/all.json"]) == 2
    said = capsysbinary.readouterr().err.decode()
    assert f"dxrules: {entry.as_posix()}: a folder stands where" in said
    shutil.rmtree("kept")


def test_a_full_disk_loses_nothing_that_was_kept(capsysbinary, monkeypatch):
    """The call ends with one message, what was kept stays, and the next run goes on from it."""
    shutil.rmtree("kept", ignore_errors=True)
    replace, done = Path.replace, []

    def full(self, target):
        if self.name.startswith(".dxrules-tmp-"):
            done.append(target)
            if len(done) > 5:
                raise OSError(28, "No space left on device")
        return replace(self, target)

    with monkeypatch.context() as patched:
        patched.setattr(Path, "replace", full)
        code, out, err, files = resumed(capsysbinary)
    assert (code, out, files) == (2, b"", {})
    assert b"kept: " in err.splitlines()[-1]
    left = [p for p in Path("kept").rglob("??*") if p.is_file() and p.name != ".dxrules-kept"]
    assert len(left) == 5
    assert resumed(capsysbinary)[3]
