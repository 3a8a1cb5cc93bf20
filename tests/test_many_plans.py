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
import time
from concurrent.futures import Future, ProcessPoolExecutor, ThreadPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from contextlib import closing
from datetime import date
from importlib import import_module
from pathlib import Path
from pickle import UnpicklingError

import pytest

from dxrules.cli import main, many_plans, streams
from dxrules.cli.commands import check as check_command
from dxrules.errors import UsageError
from dxrules.nation import FEW, api, cluster, judging, kept, run, spool, workers
from dxrules.nation.judging import Judged, judge
from dxrules.nation.order import Order
from dxrules.nation.workers import Crew, Here, Work, jobs_for
from dxrules.report import comparison, html, oscal_pieces, sarif_pieces
from dxrules.report.piecewise import dumped, together
from dxrules.report.writers import CHECK, Format
from dxrules.report.xlsx import pieces as xlsx_pieces
from dxrules.report.xlsx import requirements
from tests.helpers.calls import SCRIPT
from tests.helpers.small import DATA, DAY, SMALL, changed, of_town

FEWER = comparison.FEW
"""So many count as few here: towns beside one another are told in the longer form above it."""
NUMBER = FEWER + 3
BOUNDS = (FEW, html.MANY, requirements.MOST_SHEETS)
"""Where what is written of few plans ends, as it stands in the package."""
CALL = ("check", "plans", "--as-of", DAY, "--engine", "interpreter", *SMALL)
FILES = (
    "all.txt",
    "all.json",
    "all.csv",
    "all.html",
    "all.sarif",
    "all.xml",
    "all.xlsx",
    "all.oscal.json",
    "all.md",
    "concise=all.concise",
    "github=all.github",
)


ORDER = Order({}, "rulesets", date(2026, 11, 20), "interpreter", waivers=True, wanted=())


@pytest.fixture(scope="module")
def many(tmp_path_factory):
    """Folders of plans and rulesets: one file is wrong, and one plan stands in two files.

    In `enough` stand so many as are judged one by one where nobody counts otherwise.
    """
    folder = tmp_path_factory.mktemp("many")
    shutil.copytree(DATA / "rulesets", folder / "rulesets")
    (folder / "plans").mkdir()
    for number in range(NUMBER):
        text = changed(of_town(number))
        (folder / "plans" / f"{number:02}.yaml").write_text(text, encoding="utf-8")
    (folder / "plans" / "98.yaml").write_text(changed(of_town(1)), encoding="utf-8")
    (folder / "plans" / "99.yaml").write_text("format: x\n", encoding="utf-8")
    shutil.copytree(folder / "plans", folder / "enough")
    for number in range(NUMBER, FEW + 3):
        (folder / "enough" / f"{number:02}.yaml").write_text(changed(of_town(number)), "utf-8")
    return folder


@pytest.fixture(autouse=True)
def _here(many, monkeypatch):
    """Stand in that folder, where fewer plans are many."""
    monkeypatch.chdir(many)
    for module in (check_command, many_plans, run):
        monkeypatch.setattr(module, "FEW", FEWER)
    monkeypatch.setattr(html, "MANY", FEWER)
    monkeypatch.setattr(requirements, "MOST_SHEETS", FEWER)


def written(capsysbinary, *more):
    """Return the exit code of a call, all that it wrote, and what it said."""
    out = Path("out")
    shutil.rmtree(out, ignore_errors=True)
    out.mkdir()
    code = main([*CALL, *more])
    said = capsysbinary.readouterr()
    files = {p.relative_to(out).as_posix(): p.read_bytes() for p in out.rglob("*") if p.is_file()}
    return code, said.out, said.err, files


def outputs():
    """Return options that write every format."""
    named = [name.replace("all.", "out/all.") for name in FILES]
    return [word for name in named for word in ("--output", name)]


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
    assert ended.wait(20)
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


@pytest.mark.covered
def test_a_full_sheet_goes_on(monkeypatch, capsysbinary):
    """What one sheet cannot hold stands on the next, and the summary leads there."""
    from openpyxl import load_workbook

    monkeypatch.setattr(xlsx_pieces, "MOST_ROWS", 200)
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


def test_a_file_that_changes_while_it_is_read(monkeypatch, capsysbinary):
    """It is not judged, and named with the way out; nobody knows what was read of it."""
    module = sys.modules["dxrules.source.read"]
    own, path = module.bounded, Path("plans/06.yaml")
    before = path.read_bytes()

    def written_to(stream, most):
        found = own(stream, most)
        if stream.name.endswith("06.yaml"):
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


# Processes that die


class Breaking(Here):
    """An executor whose process dies of one plan, at first or always."""

    def __init__(self, name, *, always=False):
        self.name, self.always, self.broken = name, always, False

    def submit(self, fn, /, order, task):
        """Break at that plan, and be broken from then on."""
        if self.broken:
            raise BrokenProcessPool
        answer = Future()
        if task.name == self.name and (self.always or not task.alone):
            self.broken = True
            answer.set_exception(BrokenProcessPool())
            return answer
        return super().submit(fn, order, task)


@pytest.mark.parametrize("always", [False, True])
def test_a_process_that_dies(monkeypatch, capsysbinary, always):
    """It takes its plan alone, which is judged by the interpreter, marked, or named."""
    plain = json.loads(written(capsysbinary, "--output", "out/all.json")[3]["all.json"])
    monkeypatch.setattr(workers, "processes", lambda *_: Breaking("plans/07.yaml", always=always))
    code, _, err, files = written(capsysbinary, *outputs(), "--jobs", "2", "--lang", "en")
    told = json.loads(files["all.json"])
    rest = [each for each in told["plans"] if each["plan"]["file"] != "plans/07.yaml"]
    assert rest == [p for p in plain["plans"] if p["plan"]["file"] != "plans/07.yaml"]
    assert err.count(b"plans/07.yaml: a process") == 1
    if always:
        assert code == 3
        assert b"plans/07.yaml" in files["all.json"].partition(b'"unreadable"')[2]
    else:
        (marked,) = [p for p in told["plans"] if p["plan"]["file"] == "plans/07.yaml"]
        assert marked["engines"] == ["interpreter"]
        assert b"one engine alone judged it" in files["all.sarif"]
        assert b"engines" not in json.dumps(rest).encode()


class Cluster(Here):
    """An executor that loses answers in a way of its own."""

    def submit(self, fn, /, order, task):
        """Fail for every tenth plan."""
        if not task.name.endswith("0.yaml"):
            return super().submit(fn, order, task)
        answer = Future()
        answer.set_exception(RuntimeError("a worker was lost"))
        return answer


def test_any_executor(monkeypatch):
    """Threads, or an executor that loses answers, give what this process gives."""
    paths = [Path(f"plans/{number:02}.yaml") for number in range(NUMBER)]
    call = {"rulesets": Path("rulesets"), "engine": "interpreter", "lang": "en"}
    found = {}
    monkeypatch.setattr(workers, "processes", lambda *_: Here())
    for name, executor in (("one", Here()), ("two", ThreadPoolExecutor(2)), ("lossy", Cluster())):
        with executor:
            done = api.write_reports(
                paths, {f"{name}.json": "json"}, date(2026, 11, 20), executor=executor, **call
            )
        assert (done.number, done.unreadable, done.code) == (NUMBER, (), 1)
        found[name] = Path(f"{name}.json").read_bytes()
    assert found["one"] == found["two"] == found["lossy"]
    monkeypatch.setitem(CHECK.brought, "whole", Format((), "oscal"))
    with pytest.raises(ValueError, match="whole"):
        api.write_reports(paths, {"x.json": "whole"}, date(2026, 11, 20), **call)


# A system that allows no more


@pytest.mark.parametrize("allowed", [0, 5])
def test_no_room_for_processes(monkeypatch, capsys, allowed):
    """Where the system allows too few, nothing is begun: a pool of which a part is there hangs."""
    started, own = [], threading.Thread.start

    def start_one(thread):
        if len(started) == allowed:
            raise RuntimeError("can't start new thread")
        started.append(thread)
        own(thread)

    monkeypatch.setattr(threading.Thread, "start", start_one)
    assert main([*CALL, "--jobs", "2", "--lang", "en"]) == 2
    assert capsys.readouterr().err.startswith("dxrules: The system allows no more processes or")
    assert not any(each.is_alive() for each in started)


def test_nobody_waits_for_an_answer_that_cannot_come(monkeypatch):
    """Whoever hands tasks out may die of want, too; it is not waited for."""
    monkeypatch.setattr(workers, "_SECONDS", 0.01)
    beside = workers._Beside(1)
    beside._feeding = (threading.Thread(),)  # one that is not alive
    with pytest.raises(UsageError, match="no more processes or threads"):
        workers._result(beside, Future())
    done = Future()
    done.set_result(1)
    assert workers._result(beside, done) == 1


@pytest.mark.parametrize("error", [EOFError("unexpected EOF"), BrokenPipeError()])
def test_what_makes_processes_dies_of_want(monkeypatch, error):
    """It cannot say so itself; the pool that it made none for ends without another error."""

    def fail(*_, **__):
        raise error

    def never_begun(*_, **__):
        raise RuntimeError("cannot join thread before it is started")

    monkeypatch.setattr(ProcessPoolExecutor, "submit", fail)
    monkeypatch.setattr(ProcessPoolExecutor, "shutdown", never_begun)
    work = Work(len, None, lambda task: (task,), len)
    crew = Crew(work, workers._Beside(1), 1, own=True)
    with pytest.raises(UsageError, match="no more processes or threads"), closing(crew):
        list(crew.answers(["task"]))


def test_plans_whose_names_look_alike():
    """In OSCAL no two of them have the same identifiers; what all share stays."""
    shared, own = "00000000-0000-5000-8000-000000000000", "11111111-0000-5000-8000-000000000000"
    part = f'{{"uuid": "{own}", "href": "#{shared}"}}'.encode()
    piece = together(dumped([["013021", "a.yaml"], []]), part, part)
    first, second, third = oscal_pieces._told_apart([piece] * 3, 1, {shared})
    assert first == part
    assert len({first, second, third}) == 3
    assert own.encode() not in second + third
    assert second.count(shared.encode()) == 1


def test_another_version(monkeypatch):
    """What another version of dxrules judged is not taken."""
    other = Judged(version="0.0.1")
    monkeypatch.setattr(workers, "judge", lambda *_: other)
    with (
        closing(Crew(workers.judging(ORDER), Here(), 1)) as crew,
        pytest.raises(UsageError, match=r"0\.0\.1"),
    ):
        list(crew.answers([judging.Task("a.yaml", b"", "a.yaml")]))


def test_a_fault_of_dxrules_costs_one_plan(monkeypatch, capsysbinary):
    """The plan is named as not judged, all others are written, and the exit code is 3."""
    own = judging.Court._judged

    def broken(self, task):
        if task.name == "plans/03.yaml":
            raise ZeroDivisionError("a fault")
        return own(self, task)

    monkeypatch.setattr(judging.Court, "_judged", broken)
    code, _, err, files = written(capsysbinary, "--output", "out/all.json", "--lang", "en")
    assert code == 3
    assert b"plans/03.yaml: dxrules failed while it judged this plan (ZeroDivisionError" in err
    assert len(json.loads(files["all.json"])["plans"]) == NUMBER - 1


@pytest.mark.parametrize(
    ("error", "reason"),
    [
        (MemoryError(), b"there is not enough memory"),
        (RuntimeError("can't start new thread"), b"the system allows no more threads"),
    ],
)
def test_a_want_of_the_system_is_no_fault_of_dxrules(monkeypatch, capsysbinary, error, reason):
    """The plan is named as not judged, and the exit code is that of what can be mended."""
    own = judging.Court._judged

    def wanting(self, task):
        if task.name == "plans/03.yaml":
            raise error
        return own(self, task)

    monkeypatch.setattr(judging.Court, "_judged", wanting)
    code, _, err, files = written(capsysbinary, "--output", "out/all.json", "--lang", "en")
    assert code == 2
    assert b"plans/03.yaml: cannot be judged (" + reason in err
    assert len(json.loads(files["all.json"])["plans"]) == NUMBER - 1


def test_a_bar_on_a_terminal(monkeypatch, capsys):
    """A terminal sees how far it is; what is said meanwhile has a line of its own."""
    monkeypatch.setattr(sys.stderr, "isatty", lambda: True, raising=False)
    with streams.moved_bar(5, "judging") as bar:
        bar.around(streams.complain)("a.yaml: wrong")
        bar.step()
    assert "\r\033[Ka.yaml: wrong\n" in capsys.readouterr().err


def test_a_scheduler_decides_itself(capsys):
    """A number of processes and a cluster do not go together; a cluster has to be there."""
    assert main([*CALL, "--scheduler", "tcp://127.0.0.1:1", "--jobs", "2"]) == 2
    assert "--jobs" in capsys.readouterr().err


# Real deaths


def start(*more):
    """Start a call in a process of its own, on `enough`."""
    words = ["enough" if word == "plans" else word for word in CALL]
    command = [sys.executable, str(SCRIPT), *words, "--format", "none", "--resume", "kept", *more]
    return subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)


def wait_for_entries(process, number=3):
    """Wait until some plans are kept."""
    while process.poll() is None:
        found = [p for p in Path("kept").rglob("??*") if p.is_file() and p.name[0] != "."]
        if len(found) >= number:
            return
        time.sleep(0.01)


@pytest.mark.slow
@pytest.mark.skipif(not hasattr(signal, "SIGKILL"), reason="a signal of POSIX")
def test_killed_and_begun_again():
    """A run that is killed and begun again gives the bytes of one that was not."""
    shutil.rmtree("kept", ignore_errors=True)
    process = start("--output", "again.json", "--jobs", "2")
    wait_for_entries(process)
    process.kill()
    process.wait()
    assert start("--output", "again.json", "--jobs", "2").wait() == 2
    shutil.rmtree("kept")
    assert start("--output", "whole.json", "--jobs", "1").wait() == 2
    assert Path("again.json").read_bytes() == Path("whole.json").read_bytes()
    assert not [p for p in Path().iterdir() if p.name.startswith(".dxrules")]


@pytest.mark.slow
@pytest.mark.skipif(not Path("/proc").exists(), reason="finds processes as Linux tells them")
def test_a_worker_killed_while_it_works():
    """A process that is killed from outside loses nothing: its plan is judged again, unmarked."""
    shutil.rmtree("kept", ignore_errors=True)
    process = start("--output", "hit.json", "--jobs", "2")
    wait_for_entries(process)
    workers_of = [pid for pid in below(process.pid) if b"forkserver" in command_of(pid)]
    os.kill(workers_of[-1], signal.SIGKILL)
    assert process.wait() == 2
    shutil.rmtree("kept")
    assert start("--output", "whole.json", "--jobs", "1").wait() == 2
    assert Path("hit.json").read_bytes() == Path("whole.json").read_bytes()


def test_an_order_cut_short(capsys, monkeypatch):
    """A process whose order ends halfway ends without a word; any other error is shown."""
    monkeypatch.setattr(sys, "excepthook", sys.excepthook)
    sys.modules.pop("dxrules.nation.cut_short", None)
    import_module("dxrules.nation.cut_short")
    sys.excepthook(UnpicklingError, UnpicklingError("pickle data was truncated"), None)
    assert capsys.readouterr().err == ""
    sys.excepthook(ValueError, ValueError("a fault"), None)
    assert "ValueError: a fault" in capsys.readouterr().err


def test_the_folder_of_processes_is_removed(monkeypatch):
    """What processes beside this one leave is removed where the process just ends."""
    Path("left").mkdir()
    monkeypatch.setattr(workers, "_FOLDERS", ["left", "gone"])
    workers.tidy_up()
    assert not Path("left").exists()


def below(pid):
    """Return the processes that a process has started, and those that these have."""
    found = []
    for path in Path(f"/proc/{pid}/task").glob("*/children"):
        for child in map(int, path.read_text().split()):
            found += [child, *below(child)]
    return found


def command_of(pid):
    """Return how a process was called."""
    return Path(f"/proc/{pid}/cmdline").read_bytes()


@pytest.mark.slow
def test_a_cluster_of_which_a_worker_is_killed():
    """Two Dask workers, one of them killed while it works: nothing is lost, or judged twice."""
    distributed = pytest.importorskip("distributed")
    with distributed.LocalCluster(
        n_workers=2, threads_per_worker=1, processes=True, dashboard_address=None
    ) as local:
        shutil.rmtree("kept", ignore_errors=True)
        process = start("--output", "cluster.json", "--scheduler", local.scheduler_address)
        wait_for_entries(process)
        os.kill(local.workers[0].pid, signal.SIGKILL)
        assert process.wait() == 2
    shutil.rmtree("kept")
    assert start("--output", "whole.json", "--jobs", "1").wait() == 2
    assert Path("cluster.json").read_bytes() == Path("whole.json").read_bytes()
    names = [plan["plan"]["file"] for plan in json.loads(Path("whole.json").read_bytes())["plans"]]
    assert len(names) == len(set(names)) == FEW + 3


class Client:
    """A client of a cluster that has so many threads, which are here."""

    def __init__(self, threads):
        self.threads, self.closed = threads, False

    def __call__(self, *_, **__):
        """Connect."""
        return self

    def nthreads(self):
        """Return the threads of each worker."""
        return {"tcp://a": self.threads} if self.threads else {}

    def get_executor(self, **_):
        """Return who judges."""
        return Here()

    def close(self):
        """End it."""
        self.closed = True


@pytest.mark.parametrize("threads", [0, 2])
def test_a_cluster(monkeypatch, capsysbinary, threads):
    """A cluster writes what one process does; one without a worker is refused. Both are left."""
    client = Client(threads)
    one = written(capsysbinary, "--output", "out/all.json", "--lang", "en")
    module = type("distributed", (), {"Client": client})
    monkeypatch.setattr(cluster, "import_module", lambda _: module)
    more = ("--output", "out/all.json", "--lang", "en", "--scheduler", "tcp://a")
    if threads:
        assert written(capsysbinary, *more) == one
    else:
        code, _, err, _ = written(capsysbinary, *more)
        assert (code, err) == (
            2,
            b"dxrules: tcp://a: this cluster has no workers. Start some.\n",
        )
    assert client.closed


def test_what_is_too_large_to_keep(monkeypatch, tmp_path):
    """It is not kept, and an entry that is larger than its bound is as good as none."""
    paths = [Path(f"plans/{number:02}.yaml") for number in range(3)]
    call = {"rulesets": Path("rulesets"), "engine": "interpreter", "resume": tmp_path / "kept"}

    def done():
        api.write_reports(paths, {tmp_path / "x.json": "json"}, date(2026, 11, 20), **call)
        return [p for p in (tmp_path / "kept").rglob("??*") if p.is_file() and p.name[0] != "."]

    with monkeypatch.context() as patched:
        patched.setattr(kept, "KEPT_ENTRY", 10)
        assert done() == []
    assert len(done()) == 3
    monkeypatch.setattr(spool, "PIECE", 10)
    with pytest.raises(ValueError, match="larger than any"):
        done()


def test_no_cluster(monkeypatch, capsys):
    """Without dask, or where nobody answers, one message says what to do."""
    pytest.importorskip("distributed")
    monkeypatch.setattr(cluster, "_SECONDS", 1)
    assert main([*CALL, "--scheduler", "nowhere"]) == 2
    assert "nowhere: " in capsys.readouterr().err

    def missing(_):
        raise ModuleNotFoundError

    monkeypatch.setattr(cluster, "import_module", missing)
    assert main([*CALL, "--scheduler", "tcp://127.0.0.1:1"]) == 2
    assert "dxrules[dask]" in capsys.readouterr().err
