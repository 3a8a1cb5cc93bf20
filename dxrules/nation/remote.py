"""Plan files that lie elsewhere, named by a URL: what fsspec reads, and nothing unless it is named.

The URL of a folder stands for the plan files in it and below it, as in a folder here; that of a
web server names one file, for what links to others there is a page and no folder. A file is read
when it is its turn, within the bounds of any other. Reports call it by its address, without what
may be a secret of whoever called: a user, a password, a query.
"""

from __future__ import annotations

import re
from functools import partial
from importlib import import_module
from typing import TYPE_CHECKING, Any, Final
from urllib.parse import unquote

from dxrules.errors import InputError, Place, Problem, UsageError
from dxrules.frozen import frozen
from dxrules.nation.run import Source
from dxrules.paths import address_of
from dxrules.plan.read import most_bytes
from dxrules.source.bounds import REMOTE_DEPTH, REMOTE_NAMES
from dxrules.source.read import bounded
from dxrules.texts import Text, visible

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

_MISSING = Text(
    "{url}: URLで計画を読むには追加のパッケージが必要です。pip install 'dxrules[remote]' で"
    "入れてください。",
    "{url}: plans at a URL need another package. Install it by pip install 'dxrules[remote]'.",
)
_UNREAD = Text(
    "{url}: 読めません({said})。URLと、それを読むための権限・パッケージを確かめてください。",
    "{url}: cannot be read ({said}). Check the URL, and what is needed to read it: rights, and the "
    "package for its protocol.",
)
_LOST = Text("読めません({said})。", "Cannot be read ({said}).")
_NO_PLANS = Text(
    "{url}: 計画ファイル({endings})がありません。",
    "{url}: no plan file ({endings}) there.",
)
_HERE = Text(
    "{url}: この端末のファイルです。URLではなくパスで指定してください。",
    "{url}: a file of this machine. Name it by its path, and not by a URL.",
)
_NO_FOLDER = Text(
    "{url}: ウェブサーバーのフォルダは読みません。計画ファイル({endings})のURLを指定してください。",
    "{url}: a folder of a web server is not read. Name the URL of each plan file ({endings}).",
)
_TOO_MANY = Text(
    "{url}: ファイルが多すぎるか、フォルダが深すぎます({most:,}件、{deep}階層まで)。"
    "計画だけのフォルダを指定してください。",
    "{url}: there are too many files, or they lie too deep (at most {most:,}, {deep} levels). "
    "Name a folder of plans alone.",
)
_OUTSIDE = Text(
    "指定したフォルダの外を指す名前なので読みません。",
    "Its name leads out of the folder that was named, so it is not read.",
)
_HERE_PROTOCOLS: Final = frozenset({"file", "local"})
_WEB: Final = frozenset({"http", "https"})


@frozen
class Found:
    """What stands at a URL: plan files by their names, and the addresses of all other files.

    `called` is how messages call the URL.
    """

    called: str
    sources: tuple[Source, ...]
    others: tuple[str, ...] = ()


def found_at(url: str, endings: Sequence[str], is_plan: Callable[[str], bool]) -> Found:
    """Return the plan file at a URL, or those in the folder there.

    `is_plan` tells by the name of a file whether it is taken for a plan. Raises UsageError where
    it cannot be looked at, or has no plan.
    """
    called, ends = address_of(url), ", ".join(endings)
    protocols = [each.partition("://")[0].lower() for each in url.split("::")]
    if protocols[-1] in _HERE_PROTOCOLS:
        raise UsageError(_HERE.format(url=called))
    try:
        fsspec: Any = import_module("fsspec.core")
    except ImportError as error:
        raise UsageError(_MISSING.format(url=called)) from error
    says_plan = is_file = is_plan(url.partition("::")[0].partition("?")[0].rpartition("/")[2])
    if not is_file and protocols[0] in _WEB:
        raise UsageError(_NO_FOLDER.format(url=called, endings=ends))
    is_secret = url != called
    try:
        system, path = fsspec.url_to_fs(url)
        is_file = is_file or not system.isdir(path)
        names = [path] if is_file else [*_below(system, path, called)]
    except UsageError:
        raise
    except Exception as error:  # each protocol fails in its own ways
        said = _said(error, is_secret=is_secret)
        raise UsageError(_UNREAD.format(url=called, said=said)) from error
    plans = [each for each in sorted(names) if says_plan or is_plan(each.rpartition("/")[2])]
    if not plans:
        raise UsageError(_NO_PLANS.format(url=called, endings=ends))
    return Found(
        called,
        tuple(_source(system, each, path, is_secret=is_secret) for each in plans),
        tuple(
            address_of(system.unstrip_protocol(each)) for each in names if each not in set(plans)
        ),
    )


def _below(system: Any, path: str, called: str) -> Iterator[str]:
    """Yield the files of a folder and of those in it; raise UsageError where they have no end."""
    seen, folders = 0, [(path, 0)]
    while folders:
        folder, depth = folders.pop()
        for info in system.ls(folder, detail=True):
            name = info["name"].rstrip("/")
            seen += 1
            if seen > REMOTE_NAMES or depth > REMOTE_DEPTH:
                said = _TOO_MANY.format(url=called, most=REMOTE_NAMES, deep=REMOTE_DEPTH)
                raise UsageError(said)
            if info["type"] != "directory":
                yield name
            elif name != folder.rstrip("/") and not name.rpartition("/")[2].startswith("."):
                folders.append((name, depth + 1))


def _source(system: Any, path: str, named: str, *, is_secret: bool) -> Source:
    """Return the source of a file that was named, or lies in what was."""
    name = address_of(system.unstrip_protocol(path))
    if path != named and ".." in re.split(r"[/\\]", unquote(path.removeprefix(named))):
        return Source(name, fault=Problem(Place(name, 1, 1), "", _OUTSIDE).text)
    fetch = partial(_content, system, path, name, is_secret=is_secret)
    return Source(name, fetch=fetch, located=name)


def _content(system: Any, path: str, name: str, *, is_secret: bool) -> bytes:
    """Return the bytes of a file; raise InputError where they cannot be read."""
    try:
        with system.open(path, "rb") as stream:
            return bounded(stream, most_bytes(name))
    except Exception as error:  # each protocol fails in its own ways
        said = _LOST.format(said=_said(error, is_secret=is_secret))
        raise InputError([Problem(Place(name, 1, 1), "", said)]) from error


def _said(error: Exception, *, is_secret: bool) -> str:
    """Return what an error says; its kind alone where its words may repeat a secret of the URL."""
    if isinstance(error.__cause__, Exception):  # what it was made of tells more
        error = error.__cause__
    kind = type(error).__name__
    if is_secret and not isinstance(error, ImportError):
        status = getattr(error, "status", None)
        return f"{kind} {status}" if isinstance(status, int) else kind
    return visible(f"{kind}: {error}")[:200]
