"""Drafts from many documents: by whoever makes them the same bytes, and none is lost or redone."""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
import sys
import time
from concurrent.futures import Future, ThreadPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from datetime import date
from pathlib import Path

import pytest

from dxrules.cli import main, many_documents
from dxrules.document import reading_process
from dxrules.errors import UsageError
from dxrules.nation import api, drafting, drafts, workers
from dxrules.nation.workers import Here
from tests.helpers.calls import SCRIPT
from tests.helpers.documents import plan_of_town

TEXT = plan_of_town("## 計画の期間\n\n令和8年度から令和12年度までとします。", town="西川町")
NUMBER = 7
DAY = date(2026, 11, 20)


@pytest.fixture(autouse=True)
def _here(tmp_path, monkeypatch):
    """A folder of documents, which are read in this process."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr(reading_process, "original_from", reading_process.read_in_place)
    Path("in").mkdir()
    for number in range(NUMBER):
        Path(f"in/{number}.md").write_text(f"{TEXT}\n\n第{number}版。\n", encoding="utf-8")


def run(*words, jobs="1"):
    """Draft from all documents into a folder."""
    return main(["draft", "in", "-o", "out", "--jobs", jobs, *words, "--lang", "en"])


def files(folder="out"):
    """Return what was written; the folder of a call that was killed is none of it."""
    written = sorted(path for path in Path(folder).iterdir() if path.is_file())
    return {path.name: path.read_bytes() for path in written}


@pytest.mark.covered
def test_any_executor_drafts_the_same(monkeypatch):
    """Threads, or processes that break, give what this process gives."""
    assert run() == 0
    whole = files()
    assert len(whole) == 2 * NUMBER
    shutil.rmtree("out")
    monkeypatch.setattr(many_documents, "pool", lambda *_: ThreadPoolExecutor(2))
    assert run(jobs="2") == 0
    assert files() == whole


class Breaking(Here):
    """An executor whose process dies of one document."""

    def __init__(self, name):
        self.name, self.broken = name, False

    def submit(self, fn, /, order, task):
        """Break at that document, and be broken from then on."""
        if self.broken:
            raise BrokenProcessPool
        if task.name != self.name:
            return super().submit(fn, order, task)
        self.broken = True
        answer = Future()
        answer.set_exception(BrokenProcessPool())
        return answer


@pytest.mark.parametrize("always", [False, True])
@pytest.mark.covered
def test_a_process_that_dies(monkeypatch, always):
    """What it was drafting is drafted by another; one of which each dies is named, and no other."""

    def processes(jobs, _):
        return Breaking("in/3.md") if always and jobs == 1 else Here()

    monkeypatch.setattr(workers, "processes", processes)
    paths = [Path(f"in/{number}.md") for number in range(NUMBER)]
    made = api.write_drafts(paths, "out", DAY, executor=Breaking("in/3.md"), width=2, lang="en")
    assert (made.written, made.left, made.code) == (NUMBER - always, 0, 3 if always else 0)
    assert [said.en.split(":")[0] for said in made.faults] == ["in/3.md"] * always
    assert ("3.yaml" in files()) != always
    again = api.write_drafts(paths, "out", DAY, executor=Here(), resume=True, lang="en")
    assert (again.written, again.left, again.code) == (int(always), NUMBER - always, 0)
    with pytest.raises(UsageError, match="already there"):
        api.write_drafts(paths, "out", DAY, executor=Here())


@pytest.mark.covered
def test_going_on(capsys, monkeypatch):
    """Drafts of the same documents stay, even where they were edited; all else is drafted."""
    assert run() == 0
    whole = files()
    Path("out/1.yaml").unlink()  # as after a call that was killed between the two files
    Path("out/2.yaml").unlink()
    Path("out/2.draft.json").write_text("of somebody else", encoding="utf-8")
    Path("out/3.draft.json").unlink()
    edited = Path("out/4.yaml").read_bytes().replace("令和8年度".encode(), "令和9年度".encode())
    Path("out/4.yaml").write_bytes(edited)
    Path("in/5.md").write_text(TEXT, encoding="utf-8")
    Path("out/6.yaml").write_text("format: [", encoding="utf-8")
    made = []
    own = drafting.Drafter.drafted
    monkeypatch.setattr(
        drafting.Drafter, "drafted", lambda self, task: made.append(task.name) or own(self, task)
    )
    capsys.readouterr()
    assert run("--resume") == 2
    said = capsys.readouterr().err
    assert made == ["in/1.md", "in/2.md"]
    assert files()["1.yaml"] == whole["1.yaml"]
    assert files()["4.yaml"] == edited
    assert "out/2.draft.json: is already there" in said
    assert "out/5.yaml: is already there, and is no draft of in/5.md as it is now" in said
    assert "out/6.yaml: is already there" in said
    assert "left as they are: 3." in said


@pytest.mark.covered
def test_a_full_disk(capsys, monkeypatch):
    """The call ends with one message and the way to go on; what was written before stays."""
    own, written = drafts.write_whole, []

    def full(content, seen):
        if len(written) == 2:
            raise UsageError(drafts.Text("x: cannot be written.", "x: cannot be written."))
        written.append(content)
        own(content, seen)

    with monkeypatch.context() as patched:
        patched.setattr(drafts, "write_whole", full)
        assert run() == 2
    assert "cannot be written. Drafts that were written before are there" in capsys.readouterr().err
    assert len(files()) == 4
    assert run("--resume") == 0
    assert len(files()) == 2 * NUMBER
    Path("file").write_text("", encoding="utf-8")
    assert main(["draft", "in", "-o", "file/out"]) == 2


@pytest.mark.covered
def test_a_draft_that_somebody_else_writes_meanwhile(capsys, monkeypatch):
    """It is left as it is and told, and the drafts of all other documents are written."""
    own = drafts.write_whole

    def late(content, seen):
        for path in content:
            if path.name == "3.yaml":
                path.write_text("theirs", encoding="utf-8")
        own(content, seen)

    monkeypatch.setattr(drafts, "write_whole", late)
    assert run("--lang", "en") == 2
    said = [line for line in capsys.readouterr().err.splitlines() if "changed" in line]
    assert said == [
        "out/3.yaml: was changed elsewhere meanwhile, so it is not overwritten. Call again."
    ]
    assert files()["3.yaml"] == b"theirs"
    assert len(files()) == 2 * NUMBER - 1


@pytest.mark.covered
def test_what_is_wrong_with_one_document(capsys, monkeypatch):
    """A fault of dxrules, a file that is gone and one that is no document cost one draft each."""
    own = drafting.Drafter._drafted

    def broken(self, task):
        if task.name == "in/3.md":
            raise ZeroDivisionError("a fault")
        if task.name == "in/4.md":
            Path("out/5.yaml").write_text("x", encoding="utf-8")  # somebody else was faster
        return own(self, task)

    monkeypatch.setattr(drafting.Drafter, "_drafted", broken)
    Path("in/1.md").write_bytes(b"\x89PNG\r\n\x1a\n")
    assert main(["draft", "in", "gone.md", "-o", "out", "--jobs", "1", "--lang", "en"]) == 3
    said = capsys.readouterr().err
    assert "in/3.md: dxrules failed while it drafted from this document (ZeroDivisionErr" in said
    assert "gone.md" in said
    assert "in/1.md" in said
    assert "out/5.yaml: is already there" in said
    assert len(files()) == 2 * (NUMBER - 3) + 1
    assert main(["draft", "in/3.md", "--lang", "en"]) == 3


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (["in", "-o", "out", "--jobs", "2", "--scheduler", "tcp://a"], "Drop --jobs"),
        (["in/1.md", "--resume"], "--resume goes with -o"),
        (["in", "-o", "out", "--jobs", "2", "--model", "http://127.0.0.1:1"], "--model goes"),
        (["--update", "a.yaml", "in/1.md", "--resume"], "drafting from documents only"),
        (["in", "-o", "out", "--scheduler", "nowhere"], "nowhere: no Dask scheduler"),
        (["in/1.md", "-o", "out.yaml", "--rulesets", "nowhere"], "nowhere"),
    ],
)
def test_options_that_do_not_go_together(capsys, monkeypatch, words, said):
    """They are refused with the way out, and nothing is written."""
    if "nowhere" in words:
        pytest.importorskip("distributed")
        monkeypatch.setattr("dxrules.nation.cluster._SECONDS", 1)
    assert main(["draft", *words, "--lang", "en"]) == 2
    assert said in capsys.readouterr().err
    assert not Path("out").exists()


@pytest.mark.covered
def test_documents_at_a_url(capsys, monkeypatch):
    """They are drafted as those of a folder are, by their names; a page is no folder of them."""
    memory = pytest.importorskip("fsspec.implementations.memory")
    system = memory.MemoryFileSystem(skip_instance_cache=True)
    system.store.clear()
    for path in Path("in").iterdir():
        system.pipe(f"/documents/{path.name}", path.read_bytes())
    system.pipe("/documents/picture.png", b"\x89PNG")
    assert run() == 0
    assert main(["draft", "memory://documents", "-o", "far", "--lang", "en"]) == 0
    assert [*files("far")] == [*files()]
    there = files("far")["1.yaml"].replace(b"memory:///documents/1.md", b"in/1.md")
    assert there == files()["1.yaml"]
    capsys.readouterr()
    assert main(["draft", "memory://documents/1.md", "-o", "one.yaml", "--lang", "en"]) == 0
    assert "dxrules review one.yaml\n" in capsys.readouterr().err.replace("  # confirm it", "")
    assert main(["draft", "memory://nothing", "--lang", "en"]) == 2
    assert "no document (.pdf, .docx" in capsys.readouterr().err
    monkeypatch.setattr("dxrules.cli.commands.draft.refuse_without_person", lambda: None)
    review = ["draft", "memory://documents/1.md", "-o", "two.yaml", "--review", "--lang", "en"]
    assert main(review) == 2
    assert "by its path" in capsys.readouterr().err
    system.store.clear()


# Real deaths


def start(*more):
    """Start a call in a process of its own."""
    command = [sys.executable, str(SCRIPT), "draft", "in", *more]
    return subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)


def wait_for_drafts(process, folder, number=1):
    """Wait until some drafts are written."""
    while process.poll() is None and len([*Path(folder).glob("*.yaml")]) < number:
        time.sleep(0.01)


@pytest.mark.slow
@pytest.mark.skipif(not hasattr(signal, "SIGKILL"), reason="a signal of POSIX")
def test_deaths_while_drafting():
    """A call that is killed goes on; a worker of a cluster that is killed loses nothing."""
    distributed = pytest.importorskip("distributed")
    process = start("-o", "out", "--jobs", "2")
    wait_for_drafts(process, "out")
    process.kill()
    process.wait()
    before = {path: path.stat().st_mtime_ns for path in Path("out").glob("*.yaml")}
    assert start("-o", "out", "--jobs", "1", "--resume").wait() == 0
    assert {path: path.stat().st_mtime_ns for path in before} == before
    whole = files()
    assert len([name for name in whole if not name.startswith(".")]) == 2 * NUMBER
    with distributed.LocalCluster(
        n_workers=2, threads_per_worker=1, processes=True, dashboard_address=None
    ) as local:
        process = start("-o", "far", "--scheduler", local.scheduler_address)
        wait_for_drafts(process, "far")
        os.kill(local.workers[0].pid, signal.SIGKILL)
        assert process.wait() == 0
    assert files("far") == {name: made for name, made in whole.items() if name[0] != "."}
