"""What a process leaves out at its start."""

from __future__ import annotations

import gc
import os
import subprocess
import sys

import pytest

from dxrules.cli import quick
from tests.lawbooks import ROOT, TOWNS

LOADER = "pydantic.plugin._loader"


@pytest.fixture
def process(monkeypatch):
    """Return the modules of a process that has just started, and put back what it changes."""
    collecting = gc.get_threshold()
    modules = dict(sys.modules)
    modules.pop(LOADER, None)
    monkeypatch.setattr(sys, "modules", modules)
    monkeypatch.setenv("PYDANTIC_DISABLE_PLUGINS", "__all__")
    yield modules
    gc.set_threshold(*collecting)


def test_a_check_loads_nothing_to_look_for_plugins():
    """A plan is checked without what pydantic would look for plugins with."""
    code = (
        "import os, sys\n"
        f"sys.argv[1:] = ['check', 'facts/{TOWNS['jinsekikogen']}.yaml', '--as-of', '2026-11-20']\n"
        "os._exit = lambda code: print('|', code, *sys.modules)\n"
        "from dxrules.cli import start\n"
        "start()"
    )
    env = {k: v for k, v in os.environ.items() if k != "PYDANTIC_DISABLE_PLUGINS"}
    run = subprocess.run(
        [sys.executable, "-c", code], cwd=ROOT, env=env, capture_output=True, check=False
    )
    code, *loaded = run.stdout.decode().rpartition("|")[2].split()
    assert (run.stderr, code) == (b"", "0")
    assert LOADER in loaded
    assert not {"importlib.metadata", "email.message", "zipfile", "socket"} & set(loaded)


def test_whoever_wants_plugins_has_them(process, monkeypatch):
    """A user's own setting of pydantic's variable is kept, and pydantic looks by itself."""
    monkeypatch.setenv("PYDANTIC_DISABLE_PLUGINS", "one-of-them")
    quick.start_quickly()
    assert LOADER not in process
    assert os.environ["PYDANTIC_DISABLE_PLUGINS"] == "one-of-them"


def test_the_stand_in_gives_way(process):
    """What is asked of the loader beyond its plugins, the loader itself answers."""
    quick.start_quickly()
    stand_in = process[LOADER]
    assert stand_in.get_plugins() == ()
    assert not hasattr(stand_in, "__path__")
    assert stand_in.PYDANTIC_ENTRY_POINT_GROUP == "pydantic"
    assert process[LOADER] is not stand_in
    assert tuple(process[LOADER].get_plugins()) == ()
