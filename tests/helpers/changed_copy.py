"""A copy of the package with something added, as a walk of CONTRIBUTING.md says it is done."""

from __future__ import annotations

import filecmp
import shutil
import subprocess
import sys

from tests.helpers.lawbooks import ROOT, broken, folder


def copied(root, rulesets):
    """Copy the package and the facts of the towns, and write rulesets; return the folder."""
    shutil.copytree(
        ROOT / "dxrules", root / "dxrules", ignore=shutil.ignore_patterns("__pycache__")
    )
    (root / "facts").symlink_to(ROOT / "facts")
    folder(root / "rulesets", rulesets)
    return root


def add(root, path, text):
    """Write a module of the package that was not there."""
    file = root / "dxrules" / path
    assert not file.exists()
    file.write_text(text, "utf-8")


def edit(root, path, passages):
    """Put text behind passages of a module, each of which stands there once."""
    file = root / "dxrules" / path
    text = file.read_text("utf-8")
    for passage, more in passages.items():
        text = broken(passage, passage + more, text)
    file.write_text(text, "utf-8")


def touched(root):
    """Return the files of the package that were added or changed, by path."""
    found = sorted(
        path.relative_to(root).as_posix()
        for path in (root / "dxrules").rglob("*.*")
        if path.is_file() and "__pycache__" not in path.parts
    )
    return [
        path
        for path in found
        if not (ROOT / path).exists() or not filecmp.cmp(root / path, ROOT / path, shallow=False)
    ]


def run(root, *words, code="from dxrules.cli import start; start()"):
    """Return what a command of the changed copy prints; it must not end with an error."""
    call = [sys.executable, "-P", "-X", "utf8", "-c", f"import sys; sys.path[0:0] = ['.']; {code}"]
    done = subprocess.run([*call, *words], cwd=root, capture_output=True, text=True, check=False)
    assert done.returncode in {0, 1}, done.stderr
    return done.stdout
