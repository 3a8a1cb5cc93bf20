"""Plan files and documents that lie elsewhere: what fsspec reads, and nothing unless it is named.

The URL of a folder stands for such files in it and below it, as in a folder here; that of a
web server names one file, for what links to others there is a page and no folder. A file is read
when it is its turn, within the bounds of any other. Reports call it by its address, without what
may be a secret of whoever called: a user, a password, a query.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from functools import partial
from importlib import import_module
from typing import Any, Final
from urllib.parse import unquote

from dxrules.errors import InputError, Place, Problem, UsageError
from dxrules.frozen import frozen
from dxrules.nation.named_file import NamedFile
from dxrules.paths import address_of
from dxrules.source.bounds import REMOTE_DEPTH, REMOTE_NAMES
from dxrules.source.read import bounded
from dxrules.texts import Text, visible

_MISSING = Text(
    "{url}: URLのファイルを読むには追加のパッケージが必要です。pip install 'dxrules[remote]' で"
    "入れてください。",
    "{url}: files at a URL need another package. Install it by pip install 'dxrules[remote]'.",
)
_UNREAD = Text(
    "{url}: 読めません({said})。URLと、それを読むための権限・パッケージを確かめてください。",
    "{url}: cannot be read ({said}). Check the URL, and what is needed to read it: rights, and the "
    "package for its protocol.",
)
_LOST = Text("読めません({said})。", "Cannot be read ({said}).")
_NONE = Text(
    "{url}: {what}({endings})がありません。",
    "{url}: no {what} ({endings}) there.",
)
_HERE = Text(
    "{url}: この端末のファイルです。URLではなくパスで指定してください。",
    "{url}: a file of this machine. Name it by its path, and not by a URL.",
)
_NO_FOLDER = Text(
    "{url}: ウェブサーバーのフォルダは読みません。{what}({endings})のURLを指定してください。",
    "{url}: a folder of a web server is not read. Name the URL of each {what} ({endings}).",
)
_TOO_MANY = Text(
    "{url}: ファイルが多すぎるか、フォルダが深すぎます({most:,}件、{deep}階層まで)。"
    "{what}だけのフォルダを指定してください。",
    "{url}: there are too many files, or they lie too deep (at most {most:,}, {deep} levels). "
    "Name a folder that holds nothing but each {what}.",
)
_OUTSIDE = Text(
    "指定したフォルダの外を指す名前なので読みません。",
    "Its name leads out of the folder that was named, so it is not read.",
)
_HERE_PROTOCOLS: Final = frozenset({"file", "local"})
_WEB: Final = frozenset({"http", "https"})


@frozen
class Sought:
    """What is looked for: what it is called, how names end, which are taken, how large it may be.

    `takes` is asked of the name of a file, and `most` of its address.
    """

    what: Text
    endings: Sequence[str]
    takes: Callable[[str], bool]
    most: Callable[[str], int]


@frozen
class FilesThere:
    """What stands at a URL: what was sought, by name, and the addresses of all other files.

    `called` is how messages call the URL.
    """

    called: str
    sources: tuple[NamedFile, ...]
    others: tuple[str, ...] = ()


def found_at(url: str, sought: Sought) -> FilesThere:
    """Return what is sought at a URL, or in the folder there.

    Raises UsageError where it cannot be looked at, or has nothing of the kind.
    """
    called = address_of(url)
    words: dict[str, Text | str] = {"what": sought.what, "endings": ", ".join(sought.endings)}
    protocols = [each.partition("://")[0].lower() for each in url.split("::")]
    if protocols[-1] in _HERE_PROTOCOLS:
        raise UsageError(_HERE.format(url=called))
    try:
        fsspec: Any = import_module("fsspec.core")
    except ModuleNotFoundError as error:
        raise UsageError(_MISSING.format(url=called)) from error
    says_so = is_file = sought.takes(url.partition("::")[0].partition("?")[0].rpartition("/")[2])
    if not is_file and protocols[0] in _WEB:
        raise UsageError(_NO_FOLDER.format(url=called, **words))
    is_secret = url != called
    try:
        system, path = fsspec.url_to_fs(url)
        is_file = is_file or not system.isdir(path)
        names = [path] if is_file else [*_below(system, path, called, sought)]
    except UsageError:
        raise
    except Exception as error:  # each protocol fails in its own ways
        said = _said(error, is_secret=is_secret)
        raise UsageError(_UNREAD.format(url=called, said=said)) from error
    found = [n for n in sorted(names) if says_so or sought.takes(n.rpartition("/")[2])]
    if not found:
        raise UsageError(_NONE.format(url=called, **words))
    taken = set(found)
    return FilesThere(
        called,
        tuple(_source(system, each, path, sought.most, is_secret=is_secret) for each in found),
        tuple(address_of(system.unstrip_protocol(each)) for each in names if each not in taken),
    )


def _below(system: Any, path: str, called: str, sought: Sought) -> Iterator[str]:
    """Yield the files of a folder and of those in it; raise UsageError where they have no end."""
    seen, folders = 0, [(path, 0)]
    while folders:
        folder, depth = folders.pop()
        for info in system.ls(folder, detail=True):
            name = info["name"].rstrip("/")
            seen += 1
            if seen > REMOTE_NAMES or depth > REMOTE_DEPTH:
                bounds = {"most": REMOTE_NAMES, "deep": REMOTE_DEPTH}
                said = _TOO_MANY.format(url=called, what=sought.what, **bounds)
                raise UsageError(said)
            if info["type"] != "directory":
                yield name
            elif name != folder.rstrip("/") and not name.rpartition("/")[2].startswith("."):
                folders.append((name, depth + 1))


def _source(
    system: Any, path: str, named: str, most: Callable[[str], int], *, is_secret: bool
) -> NamedFile:
    """Return the source of a file that was named, or lies in what was."""
    name = address_of(system.unstrip_protocol(path))
    if path != named and ".." in re.split(r"[/\\]", unquote(path.removeprefix(named))):
        return NamedFile(name, fault=Problem(Place(name, 1, 1), "", _OUTSIDE).text)
    fetch = partial(_content, system, path, name, most(name), is_secret=is_secret)
    return NamedFile(name, fetch=fetch, located=name)


def _content(system: Any, path: str, name: str, most: int, *, is_secret: bool) -> bytes:
    """Return the bytes of a file; raise InputError where they cannot be read."""
    try:
        with system.open(path, "rb") as stream:
            return bounded(stream, most)
    except Exception as error:  # each protocol fails in its own ways
        said = _LOST.format(said=_said(error, is_secret=is_secret))
        raise InputError.of_file(name, said) from error


def _said(error: Exception, *, is_secret: bool) -> str:
    """Return what an error says; its kind alone where its words may repeat a secret of the URL."""
    if isinstance(error.__cause__, Exception):  # what it was made of tells more
        error = error.__cause__
    kind = type(error).__name__
    if is_secret and not isinstance(error, ImportError):
        status = getattr(error, "status", None)
        return f"{kind} {status}" if isinstance(status, int) else kind
    return visible(f"{kind}: {error}")[:200]
