"""Inputs that once broke a reader, or that the fuzzer found: all are read, or refused, by now.

They are read in one process of their own, with bounds on memory, time and what may be written;
what must hold is in `fuzz/oracle.py`.
"""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest

from fuzz.known import KNOWN
from fuzz.readers import READERS

ROOT = Path(__file__).parent.parent
CORPUS = ROOT / "tests" / "fuzz_corpus"
FILES = sorted(path for path in CORPUS.glob("*/*") if path.is_file())
MADE = [(reader, name) for reader, changes in KNOWN.items() for name in changes]


def id_of(path):
    """Return how a test calls a file of the corpus."""
    return path.relative_to(CORPUS).as_posix()


def test_the_corpus_breaks_nothing():
    """Each input comes to a result that agrees with itself, or to a refusal with its place.

    So do workbooks and packets that are damaged on purpose. All are read once, in one process.
    """
    found = json.loads(run_python("-m", "fuzz", "corpus"))
    assert found.keys() >= {*map(id_of, FILES), *(f"{reader}/{name}" for reader, name in MADE)}
    assert {name: fault for name, fault in found.items() if fault} == {}


def test_every_file_belongs_to_a_reader():
    """A file in a folder that no reader is called after would never be read."""
    assert {path.parent.name for path in FILES} | set(KNOWN) == set(READERS)
    assert [id_of(p) for p in FILES if p.suffix != READERS[p.parent.name].ending] == []


def run(code, *arguments):
    """Run code in a process of its own, and return what it wrote to standard output."""
    return run_python("-c", code, *arguments)


def run_python(*words):
    """Call Python, and return what it wrote to standard output."""
    call = [sys.executable, *words]
    done = subprocess.run(call, cwd=ROOT, capture_output=True, text=True, check=False)
    assert (done.returncode, done.stderr) == (0, "")
    return done.stdout


LOOP = """
import sys
from pathlib import Path
from fuzz.readers import READERS
from fuzz.worker import mutate_only
for name in READERS:
    mutate_only(name, Path(sys.argv[1], name), 0, 1)
"""


@pytest.mark.slow
def test_the_loop_without_atheris(tmp_path):
    """Each reader is fuzzed by mutation alone, too, and counts what it has read."""
    run(LOOP, str(tmp_path))
    for reader in READERS:
        folder = tmp_path / reader
        note = json.loads((folder / "note.json").read_text("utf-8"))
        assert note["executions"] == len(list((folder / "inputs").iterdir())) > 0


# ---- The oracle sees what it is for ----

GUARD = """
import json, os, shutil, socket, subprocess, sys, warnings
from pathlib import Path
from fuzz.sandbox import Sandbox
s, found = Sandbox(), []
for code in json.loads(sys.argv[1]):
    try:
        with s.watched():
            exec(code)
        found.append("")
    except BaseException as error:
        found.append(f"{type(error).__name__}: {error}")
    s.clean()
try:
    with s.guard([s.tmp], seconds=0.01):
        while True:
            try:
                while True:
                    pass
            except Exception:
                pass
except BaseException as error:
    found.append(f"{type(error).__name__}: {error}")
s.close()
print(json.dumps(found))
"""
OUTSIDE = "Escape: a file outside is written or changed: '/tmp/not-there'"
DONE = {
    "open('/tmp/not-there', 'w')": OUTSIDE,
    "Path('/tmp/not-there').mkdir()": OUTSIDE,
    "os.rename(s.tmp, '/tmp/not-there')": OUTSIDE,
    "os.symlink('x', '/tmp/not-there')": OUTSIDE,
    "os.remove('/tmp/not-there')": OUTSIDE,
    "os.system('true')": "Escape: a program is started: 'true'",
    "subprocess.run(['true'])": "Escape: a program is started: 'true'",
    "socket.create_connection(('127.0.0.1', 1))": "Escape: the network is used: socket.getaddrinfo",
    "socket.socket().bind(('127.0.0.1', 0))": "PermissionError: [Errno 13] Permission denied",
    "warnings.warn('x')": "Fault: a UserWarning is printed: x",
    "open(s.tmp / 'x', 'w').close()": "",
    "shutil.rmtree(s.tmp)": "",
}


def test_the_guard_sees():
    """What a reader must not do is stopped and told, a loop without end, too."""
    found = json.loads(run(GUARD, json.dumps(list(DONE))))
    assert found == [*DONE.values(), "Hang: too much CPU time"]
