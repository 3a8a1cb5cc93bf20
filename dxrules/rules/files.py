"""Where the rulesets of a folder stand; one that stands elsewhere is never passed over."""

from __future__ import annotations

from typing import TYPE_CHECKING

from dxrules.errors import Problem
from dxrules.source import Document
from dxrules.texts import Text

if TYPE_CHECKING:
    import pathlib

_ENDINGS = frozenset({".yaml", ".yml"})
_LEVELS = ("national", "prefecture")
_REFERENCE = ("national", "reference")
_TESTS = "tests"
_MARK = b"dxrules/ruleset/"


def ruleset_files(root: pathlib.Path, name: str) -> tuple[list[pathlib.Path], list[Problem]]:
    """Return the rulesets of a folder, and a problem for each file that is not where it belongs.

    `name` is how messages call the folder. Hidden files are left out.
    """
    files = sorted(p for level in _LEVELS for p in root.glob(f"{level}/*") if _is_yaml(p, root))
    problems = [
        _misplaced(f"{name}/{path.relative_to(root).as_posix()}")
        for path in sorted({p for p in root.rglob("*") if _is_yaml(p, root)} - {*files})
        if path.relative_to(root).parts[:2] != _REFERENCE and not _is_test(path, root)
    ]
    if not files and not problems:
        problems.append(_nothing(name))
    return files, problems


def read_by_loading(root: pathlib.Path) -> list[pathlib.Path]:
    """Return every file of a folder that loading reads: rulesets and reference lists."""
    return sorted({*ruleset_files(root, "")[0], *reference_files(root)})


def reference_files(root: pathlib.Path) -> list[pathlib.Path]:
    """Return the reference lists of a folder."""
    return [p for p in root.joinpath(*_REFERENCE).glob("*") if _is_yaml(p, root)]


def _is_yaml(path: pathlib.Path, root: pathlib.Path) -> bool:
    hidden = any(part.startswith(".") for part in path.relative_to(root).parts)
    return path.suffix.lower() in _ENDINGS and not hidden and not path.is_dir()


def _is_test(path: pathlib.Path, root: pathlib.Path) -> bool:
    """Tell whether a file tests rules, and is no ruleset that went astray."""
    return path.relative_to(root).parts[0] == _TESTS and _MARK not in path.read_bytes()


def _misplaced(file: str) -> Problem:
    return Problem(
        Document(file).place(()),
        "",
        Text("規則のファイルは、ここに置いても読まれません。", "No ruleset is read from here."),
        Text(
            "国の規則は national/、都道府県の規則は prefecture/ の直下に置いてください。",
            "Put rulesets of the nation right into national/, those of a prefecture right into "
            "prefecture/.",
        ),
    )


def _nothing(name: str) -> Problem:
    return Problem(
        Document(name).place(()),
        "",
        Text("規則のファイルがありません。", "There is no ruleset here."),
        Text(
            "national/ と prefecture/ のあるフォルダを指定してください。",
            "Name a folder that holds national/ and prefecture/.",
        ),
    )
