"""Processes beside this one that die while they judge, and what comes of their plans."""

from __future__ import annotations

import errno
import json
import os
import shutil
import signal
import subprocess
import sys
import threading
import time
from concurrent.futures import Future, ProcessPoolExecutor, ThreadPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from contextlib import closing, suppress
from datetime import date
from importlib import import_module
from pathlib import Path
from pickle import UnpicklingError

import pytest

from dxrules.cli import main, streams
from dxrules.errors import UsageError
from dxrules.nation import FEW, api, cluster, judging, kept, spool, workers
from dxrules.nation.judging import PlanInPieces
from dxrules.nation.workers import Crew, Here, Job
from dxrules.report import oscal_pieces
from dxrules.report.piecewise import dumped, together
from dxrules.report.writers import CHECK, Format
from tests.helpers.calls import SCRIPT
from tests.helpers.many_plans import CALL, NUMBER, ORDER, outputs, stand_in, write_many, written


@pytest.fixture(scope="module")
def many(tmp_path_factory):
    """The folder of many plans."""
    return write_many(tmp_path_factory.mktemp("many"))


@pytest.fixture(autouse=True)
def _here(many, monkeypatch):
    stand_in(many, monkeypatch)


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
    other = PlanInPieces(version="0.0.1")
    monkeypatch.setattr(workers, "judge", lambda *_: other)
    with (
        closing(Crew(workers.judging(ORDER), Here(), 1)) as crew,
        pytest.raises(UsageError, match=r"0\.0\.1"),
    ):
        list(crew.answers([judging.PlanTask("a.yaml", b"", "a.yaml")]))


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
    with suppress(OSError):  # if all was done meanwhile, the bytes have to be the same as well
        workers_of = [pid for pid in below(process.pid) if b"forkserver" in command_of(pid)]
        for pid in workers_of[-1:]:
            os.kill(pid, signal.SIGKILL)
    assert process.wait() == 2
    shutil.rmtree("kept")
    assert start("--output", "whole.json", "--jobs", "1").wait() == 2
    assert Path("hit.json").read_bytes() == Path("whole.json").read_bytes()


def test_an_order_cut_short(capsys, monkeypatch):
    """A process whose order ends halfway ends without a word; any other error is shown."""
    monkeypatch.setattr(sys, "excepthook", sys.excepthook)
    sys.modules.pop("dxrules.nation.cut_short", None)
    import_module("dxrules.nation.cut_short")
    semaphore = FileNotFoundError(errno.ENOENT, "No such file or directory")
    for ended in (UnpicklingError("pickle data was truncated"), semaphore):
        sys.excepthook(type(ended), ended, None)
        assert capsys.readouterr().err == ""
    module = FileNotFoundError(errno.ENOENT, "No such file or directory", "dxrules")
    for error in (ValueError("a fault"), module):
        sys.excepthook(type(error), error, None)
        assert f"{type(error).__name__}: {error}" in capsys.readouterr().err


@pytest.mark.skipif(not hasattr(os, "fork"), reason="needs a limit of addresses")
def test_too_little_room_for_a_pool():
    """Where the threads of a pool have no room, the call says so in one line, and does not wait."""
    code = (
        "import resource, sys, threading; from dxrules.errors import UsageError\n"
        "from dxrules.nation import workers; import multiprocessing.connection\n"
        "used = int(open('/proc/self/statm').read().split()[0]) * resource.getpagesize()\n"
        "most = used + 16 * 2**20; resource.setrlimit(resource.RLIMIT_AS, (most, most))\n"
        "threading.stack_size(8 * 2**20)\n"
        "try: workers._refuse_crowd(2)\n"
        "except UsageError: sys.exit(2)\n"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, check=False)
    assert (done.returncode, done.stdout, done.stderr) == (2, b"", b"")


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


@pytest.mark.parametrize("error", [EOFError("unexpected EOF"), BrokenPipeError()])
def test_what_makes_processes_dies_of_want(monkeypatch, error):
    """It cannot say so itself; the pool that it made none for ends without another error."""

    def fail(*_, **__):
        raise error

    def never_begun(*_, **__):
        raise RuntimeError("cannot join thread before it is started")

    monkeypatch.setattr(ProcessPoolExecutor, "submit", fail)
    monkeypatch.setattr(ProcessPoolExecutor, "shutdown", never_begun)
    work = Job(len, None, lambda task: (task,), len)
    crew = Crew(work, workers._Beside(1), 1, own=True)
    with pytest.raises(UsageError, match="no more processes or threads"), closing(crew):
        list(crew.answers(["task"]))
