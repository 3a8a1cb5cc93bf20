"""What is built and installed: everything is in it, and nothing needs the checkout."""

from __future__ import annotations

import os
import re
import subprocess
import sys
import tomllib
import zipfile
from pathlib import Path

import pytest
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

import dxrules

ROOT = Path(__file__).parent.parent
BESIDE = ["engine", "browser", "bench", "docs"]
LOCKS = ["dev", *BESIDE, "oscal"]


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


@pytest.mark.slow
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


# ---- What make installs ----


def name_of(requirement):
    """Return the name of a requirement as indexes compare it, without its extras."""
    return canonicalize_name(Requirement(requirement).name)


def locked(name):
    """Return the requirements of a lock, each with its hashes, by the name of their package."""
    text = (ROOT / "requirements" / f"{name}.txt").read_text("utf-8")
    lines = re.sub(r" *\\\n *", " ", re.sub(r"^ *#.*\n", "", text, flags=re.MULTILINE))
    found = {}
    for line in lines.splitlines():
        requirement, *hashes = line.split(" --hash=")
        found.setdefault(name_of(requirement), []).append((Requirement(requirement), hashes))
    return found


def wanted(project, *names):
    """Return what pyproject.toml asks for: its groups of these names, with what they include."""
    for name in names:
        for each in project["dependency-groups"][name]:
            if isinstance(each, dict):
                yield from wanted(project, each["include-group"])
            else:
                yield Requirement(each)


@pytest.mark.parametrize("name", LOCKS)
def test_every_file_has_a_hash(name):
    """What is installed is one version of each package for each Python, and has a hash."""
    for requirements in locked(name).values():
        for requirement, hashes in requirements:
            assert re.fullmatch(r"==[^,*]+", str(requirement.specifier))
            assert hashes
            assert all(re.fullmatch(r"sha256:[0-9a-f]{64}", each) for each in hashes)
        for python in ("3.11.0", "3.12.0", "3.13.0"):
            here = {"python_full_version": python, "python_version": python[:4]}
            fit = [r for r, _ in requirements if not r.marker or r.marker.evaluate(here)]
            assert len(fit) <= 1, fit


@pytest.mark.parametrize("name", LOCKS)
def test_no_index_is_named(name):
    """A lock serves whoever has a mirror: it names no index and no folder."""
    text = (ROOT / "requirements" / f"{name}.txt").read_text("utf-8")
    assert not re.search(r"://|^ *-(?!-hash=)", text, re.MULTILINE)


def test_locks_are_in_step():
    """What pyproject.toml asks for is locked within its ranges; `make lock` renews the locks."""
    project = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))
    extras = project["project"]["optional-dependencies"]
    asked = {
        "dev": [
            *map(Requirement, project["project"]["dependencies"] + extras["calendar"]),
            *wanted(project, "dev"),
        ],
        "engine": [Requirement(each) for each in extras["engine"]],
        "browser": [*wanted(project, "browser")],
        "bench": [*wanted(project, "bench")],
        "docs": [*wanted(project, "docs")],
        "oscal": [*wanted(project, "oscal")],
    }
    assert [*asked] == LOCKS
    for name, requirements in asked.items():
        found = locked(name)
        for requirement in requirements:
            for each, _ in found[canonicalize_name(requirement.name)]:
                assert requirement.specifier.contains(str(each.specifier)[2:]), (name, each)


def test_locks_agree():
    """A package has the same versions in all locks that are installed beside each other."""
    every = locked("dev")
    for name in BESIDE:
        for package, requirements in locked(name).items():
            assert requirements == every.get(package, requirements)
