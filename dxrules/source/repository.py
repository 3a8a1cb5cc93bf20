"""Where a file stands in its repository: what CI services call it."""

from __future__ import annotations

import os
from pathlib import Path, PurePosixPath
from urllib.parse import quote

from dxrules.texts import visible


def from_root(path: Path) -> str:
    """Return a path from the top of the git repository around it, whatever the current folder.

    Outside a repository it is the path from the current folder, and for a file elsewhere its
    name alone: no report tells the folders of a machine. Git itself is not run; its top is the
    nearest folder above that holds `.git`, which in a worktree or a submodule is a file.
    """
    itself = _absolute(path)
    for above in itself.parents:
        if (above / ".git").exists():
            return itself.relative_to(above).as_posix()
    here = Path.cwd()
    return itself.relative_to(here).as_posix() if itself.is_relative_to(here) else itself.name


def _absolute(path: Path) -> Path:
    """Return where a file lies in folders that are no links; if it is one itself, that stays.

    Git keeps a link by its name, and knows nothing below a link to a folder.
    """
    whole = Path.cwd() / path
    return Path(os.path.realpath(whole.parent)) / whole.name


def within(name: str) -> str:
    """Return the name of a file of which no place is known, without the folders above it.

    >>> within("facts/a.yaml"), within("../facts/a.yaml"), within("/home/a.yaml")
    ('facts/a.yaml', 'a.yaml', 'a.yaml')
    """
    path = PurePosixPath(name)
    return path.name if path.is_absolute() or ".." in path.parts else name


def reference(path: str) -> str:
    """Return a path as a URI reference; of a name that is not UTF-8, its bytes.

    >>> reference("facts/神石 1%.yaml"), reference("a:b#c")
    ('facts/%E7%A5%9E%E7%9F%B3%201%25.yaml', 'a%3Ab%23c')
    """
    try:
        return quote(path.encode(errors="surrogateescape"))
    except UnicodeEncodeError:  # half a character, which only Windows has in names
        return quote(visible(path))
