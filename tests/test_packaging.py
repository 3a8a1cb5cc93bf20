"""What is built and installed: everything is in it, and nothing needs the checkout."""

from __future__ import annotations

import os
import subprocess
import sys
import tomllib
import zipfile
from pathlib import Path

import pytest

import dxrules

ROOT = Path(__file__).parent.parent


@pytest.fixture(scope="module")
def wheel(tmp_path_factory):
    """Build the wheel once."""
    folder = tmp_path_factory.mktemp("wheel")
    command = [sys.executable, "-m", "hatchling", "build", "-t", "wheel", "-d", str(folder)]
    subprocess.run(command, cwd=ROOT, check=True, capture_output=True)
    return next(folder.glob("*.whl"))


@pytest.fixture(scope="module")
def unpacked(wheel, tmp_path_factory):
    """Unpack it as an installation would."""
    folder = tmp_path_factory.mktemp("site")
    with zipfile.ZipFile(wheel) as archive:
        archive.extractall(folder)
    return folder


def shipped(*folders):
    """Return the data files of the checkout."""
    return {
        path.relative_to(ROOT).as_posix()
        for folder in folders
        for path in (ROOT / folder).rglob("*.yaml")
    }


def test_wheel_carries_the_data(wheel):
    """Rulesets, reference lists, plan files and templates travel in the wheel, and py.typed."""
    with zipfile.ZipFile(wheel) as archive:
        names = set(archive.namelist())
    data = {name.removeprefix("dxrules/_data/") for name in names if "/_data/" in name}
    assert shipped("rulesets", "facts") <= data
    assert "dxrules/py.typed" in names
    templates = (ROOT / "dxrules/report/html/templates").iterdir()
    assert {path.relative_to(ROOT).as_posix() for path in templates} <= names
    assert not [name for name in names if name.startswith("tests") or name.endswith(".pyc")]


def test_wheel_finds_its_data(unpacked, tmp_path):
    """Away from the checkout the command judges the plans that came with it."""
    script = (
        "import dxrules.reference.load as load; print(load.data_root()); "
        "from dxrules.cli import main; "
        "code = main(['check', str(load.data_root() / 'facts'), '--as-of', '2026-11-20']); "
        "assert main(['rules', 'lint']) == 0; raise SystemExit(code)"
    )
    environ = {"PATH": os.environ["PATH"], "PYTHONPATH": str(unpacked)}
    # -P: without the folder that the call is made from
    call = [sys.executable, "-P", "-c", script]
    found = subprocess.run(
        call, cwd=tmp_path, env=environ, capture_output=True, text=True, check=False
    )
    assert (found.returncode in (0, 1), found.stderr) == (True, "")
    first, *rest = found.stdout.splitlines()
    assert Path(first) == unpacked / "dxrules" / "_data"
    assert [line for line in rest if line.startswith("Jinsekikogen ")]
    assert rest[-1] == "The rulesets are fine."


def test_entry_point(unpacked):
    """The wheel declares the command."""
    found = next(unpacked.glob("*.dist-info/entry_points.txt")).read_text("utf-8")
    assert "[console_scripts]\ndxrules = dxrules.cli:" in found


def test_source_distribution(tmp_path):
    """The source distribution can be built, too, with everything that the wheel needs."""
    command = [sys.executable, "-m", "hatchling", "build", "-t", "sdist", "-d", str(tmp_path)]
    subprocess.run(command, cwd=ROOT, check=True, capture_output=True)
    assert len(list(tmp_path.glob("dxrules-*.tar.gz"))) == 1


def test_what_the_metadata_names_exists():
    """Every file and module that pyproject.toml names is there."""
    project = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))
    assert (ROOT / project["project"]["readme"]).is_file()
    for name in project["project"]["license-files"]:
        assert (ROOT / name).is_file()
    for source in project["tool"]["hatch"]["build"]["targets"]["wheel"]["force-include"]:
        assert (ROOT / source).is_dir()
    for name in project["tool"]["hatch"]["build"]["targets"]["sdist"]["include"]:
        assert (ROOT / name).exists(), name


def test_names_are_imported_when_used():
    """Every name of the face can be imported, and no other."""
    assert dxrules.__all__ == sorted(dxrules.__all__)
    assert all(getattr(dxrules, name) is not None for name in dxrules.__all__)
    with pytest.raises(AttributeError, match="has no attribute 'nothing'"):
        dxrules.nothing  # noqa: B018  (that it cannot be read is the point)
