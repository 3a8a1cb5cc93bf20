"""What a process that was killed leaves behind: found by the next one, and nothing else is."""

from __future__ import annotations

import contextlib
import os
import shutil
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from dxrules.source import unfinished, write_whole
from dxrules.source.write_folder import refuse_folder, written_folder

pytestmark = pytest.mark.skipif(not hasattr(os, "fork"), reason="no such locks")

LEFT = "import os, signal\nfrom contextlib import ExitStack\nfrom pathlib import Path\n"
KILLED = "os.kill(os.getpid(), signal.SIGKILL)\n"


@pytest.fixture(autouse=True)
def _here(tmp_path, monkeypatch):
    """Look at what is new, too: how old a file is cannot be feigned."""
    unfinished._tidy.cache_clear()
    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr(unfinished, "_YOUNG", 0)


def killed(code):
    """Run code in a process that is killed at its end."""
    done = subprocess.run([sys.executable, "-c", LEFT + code + KILLED], check=False)
    assert done.returncode == -signal.SIGKILL


def hidden():
    """Return the names in the current folder that begin with a full stop."""
    return sorted(path.name for path in Path().iterdir() if path.name.startswith("."))


def test_left_behind_is_removed():
    """Files and folders that nobody holds any more are removed by whoever writes there next."""
    killed(
        "from dxrules.source.unfinished import *\ncleaning = ExitStack()\n"
        "unfinished_file(Path(), cleaning).write_text('half')\n"
        "(unfinished_folder(Path(), cleaning) / 'new.duckdb').write_text('half')\n"
    )
    assert len(hidden()) == 2
    write_whole({Path("a.txt"): b"a"})
    assert hidden() == []
    assert Path("a.txt").read_bytes() == b"a"


def test_what_is_held_stays():
    """What another process, or this one, is making is left alone; so is what is young."""
    with contextlib.ExitStack() as cleaning:
        made = unfinished.unfinished_folder(Path(), cleaning)
        unfinished._tidy.cache_clear()
        write_whole({Path("a.txt"): b"a"})
        assert hidden() == [made.name]
    assert hidden() == []


def test_what_is_young_stays(monkeypatch):
    """What has just been made may not be held yet."""
    monkeypatch.setattr(unfinished, "_YOUNG", 60)
    Path(".dxrules-tmp-abcdefgh").touch()
    write_whole({Path("a.txt"): b"a"})
    assert hidden() == [".dxrules-tmp-abcdefgh"]


def test_what_others_called_so_stays():
    """Links, and names that are only alike, are no leftovers."""
    Path("kept").mkdir()
    Path("kept/a").touch()
    names = [
        ".dxrules-site",
        ".dxrules-tmp-abc",
        ".dxrules-tmp-abcdefgh.yaml",
        ".dxrules-tmp-ABCDEFGH",
    ]
    for name in names:
        Path(name).touch()
    Path(".dxrules-tmp-abcdefgh").symlink_to("kept")
    write_whole({Path("a.txt"): b"a"})
    assert hidden() == sorted([*names, ".dxrules-tmp-abcdefgh"])
    assert Path("kept/a").exists()


def write_site(content):
    with written_folder(Path("site"), "site") as put:
        put("index.html", content)


@pytest.mark.parametrize("emptied", [False, True])
def test_folder_is_put_back(emptied):
    """A folder that was put aside and not replaced is there again: nothing of it is lost."""
    write_site(b"old")
    killed(
        "from dxrules.source import unfinished\n"
        f"unfinished.Path.replace = lambda a, b, r=Path.replace: (r(a, b), {KILLED.strip()})\n"
        "Path('new').mkdir()\n"
        "unfinished.take_place(Path('new'), Path('site'))\n"
    )
    assert not Path("site").exists()
    if emptied:
        Path("site").mkdir()
    refuse_folder(Path("site"), "site")
    assert Path("site/index.html").read_bytes() == b"old"
    assert hidden() == []


def test_folder_that_was_replaced_is_removed():
    """What is left of an old folder beside the new one is removed."""
    write_site(b"old")
    killed(
        "from dxrules.source import unfinished\n"
        f"unfinished.shutil.rmtree = lambda *_, **__: {KILLED.strip()}\n"
        "Path('new').mkdir()\nPath('new/.dxrules-site').write_text('dxrules/site/1\\n.dxrules-site\\n')\n"
        "unfinished.take_place(Path('new'), Path('site'))\n"
    )
    assert len(hidden()) == 1
    write_site(b"newest")
    assert Path("site/index.html").read_bytes() == b"newest"
    assert hidden() == []


def test_whoever_stops_it_has_the_old_folder_back(monkeypatch):
    """Between the two steps the old folder stands aside; it is not removed for that."""
    write_site(b"old")
    replace = Path.replace

    def stopped(self, target):
        if self.name.startswith(".dxrules-tmp-"):
            raise KeyboardInterrupt
        return replace(self, target)

    monkeypatch.setattr(Path, "replace", stopped)
    with pytest.raises(KeyboardInterrupt):
        write_site(b"new")
    assert Path("site/index.html").read_bytes() == b"old"
    assert hidden() == []


def test_more_files_than_can_be_open():
    """All towns of the nation are written at once; a process may not open so many files."""
    code = (
        "import resource\nfrom pathlib import Path\nfrom dxrules.source import write_whole\n"
        "resource.setrlimit(resource.RLIMIT_NOFILE, (64, 64))\n"
        "for said in (b'a', b'b'):\n"
        "    write_whole({Path(f'{n}.yaml'): said for n in range(100)})\n"
    )
    subprocess.run([sys.executable, "-c", code], check=True)
    assert {path.read_bytes() for path in Path().iterdir()} == {b"b"}


def test_folder_whose_place_is_being_taken():
    """Another process is in the middle of it: nothing is put back."""
    write_site(b"old")
    with contextlib.ExitStack() as cleaning:
        unfinished.hold(Path("site"), cleaning)
        aside = unfinished._aside(Path("site"))
        Path("site").replace(aside)
        unfinished.put_back(Path("site"))
        assert not Path("site").exists()
    unfinished.put_back(Path("site"))
    assert Path("site/index.html").exists()


def test_without_locks(monkeypatch):
    """Where there are no locks a folder is put back, and nothing is removed."""
    monkeypatch.setitem(sys.modules, "fcntl", None)
    Path(".dxrules-tmp-abcdefgh").touch()
    write_site(b"old")
    shutil.move("site", unfinished._aside(Path("site")))
    write_site(b"new")
    assert Path("site/index.html").read_bytes() == b"new"
    assert hidden() == [".dxrules-tmp-abcdefgh"]
