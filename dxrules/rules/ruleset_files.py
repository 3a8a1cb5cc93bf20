"""Where the rulesets of a folder stand; one that stands elsewhere is never passed over."""

from __future__ import annotations

from pathlib import PurePosixPath
from typing import TYPE_CHECKING

from dxrules.errors import Problem
from dxrules.reference import data_root
from dxrules.source import Document
from dxrules.source.folder import DiskFolder, Folder
from dxrules.texts import Text, visible

if TYPE_CHECKING:
    import pathlib

_ENDINGS = frozenset({".yaml", ".yml"})
_LEVELS = ("national", "prefecture")
_REFERENCE = ("national", "reference")
_DEPTH = 2
_TESTS = "tests"
_READING = "reading"
"""Where the words stand by which documents are read."""
_MARK = b"dxrules/ruleset/"


def ruleset_names(folder: Folder, name: str) -> tuple[list[str], list[Problem]]:
    """Return the rulesets of a folder by path, and a problem for each file that is misplaced.

    `name` is how messages call the folder. Hidden files are left out.
    """
    known = sorted(filter(_is_yaml, folder.names()), key=_parts)
    files = [path for path in known if len(_parts(path)) == _DEPTH and _parts(path)[0] in _LEVELS]
    problems = [
        _misplaced(f"{name}/{visible(path)}")
        for path in known
        if path not in files and _parts(path)[:2] != _REFERENCE and not _is_beside(path, folder)
    ]
    if not files and not problems:
        problems.append(_nothing(name))
    return files, problems


def ruleset_files(root: pathlib.Path, name: str) -> tuple[list[pathlib.Path], list[Problem]]:
    """Return the same of a folder on the disk, by the whole path."""
    files, problems = ruleset_names(DiskFolder(root), name)
    return [root / file for file in files], problems


def read_by_loading(root: pathlib.Path) -> list[pathlib.Path]:
    """Return every file of a folder that loading reads: rulesets and reference lists."""
    return sorted({*ruleset_files(root, "")[0], *reference_files(root)})


def contents_by_path(folder: pathlib.Path | None) -> dict[str, bytes]:
    """Return the content of those files by path, by default of what travels along."""
    root = folder or data_root() / "rulesets"
    return {path.relative_to(root).as_posix(): path.read_bytes() for path in read_by_loading(root)}


def reference_files(root: pathlib.Path) -> list[pathlib.Path]:
    """Return the reference lists of a folder."""
    found = root.joinpath(*_REFERENCE).glob("*")
    return [p for p in found if _is_yaml(p.relative_to(root).as_posix()) and not p.is_dir()]


def _parts(path: str) -> tuple[str, ...]:
    return tuple(path.split("/"))


def _is_yaml(path: str) -> bool:
    hidden = any(part.startswith(".") for part in _parts(path))
    return PurePosixPath(path).suffix.lower() in _ENDINGS and not hidden


def _is_beside(path: str, folder: Folder) -> bool:
    """Tell whether a file tests rules or helps to read, and is no ruleset that went astray."""
    return _parts(path)[0] in {_TESTS, _READING} and _MARK not in folder.content(path)


def _misplaced(file: str) -> Problem:
    return Problem(
        Document(file).place(()),
        "",
        Text("点検項目のファイルは、ここに置いても読まれません。", "No ruleset is read from here."),
        Text(
            "国の点検項目は national/、都道府県の点検項目は prefecture/ の直下に置いてください。",
            "Put rulesets of the nation right into national/, those of a prefecture right into "
            "prefecture/.",
        ),
    )


def _nothing(name: str) -> Problem:
    return Problem(
        Document(name).place(()),
        "",
        Text("点検項目のファイルがありません。", "There is no ruleset here."),
        Text(
            "national/ と prefecture/ のあるフォルダを指定してください。",
            "Name a folder that holds national/ and prefecture/.",
        ),
    )
