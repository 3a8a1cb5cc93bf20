"""Plan files that lie elsewhere, named by a URL: what fsspec reads, and nothing unless it is named.

The URL of a folder stands for the plan files in it and below it. A file is read when it is its
turn, within the bounds of any other; reports call it by its address, without what may be a secret
of whoever called: a user, a password, a query.
"""

from __future__ import annotations

from functools import partial
from importlib import import_module
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

from dxrules.errors import InputError, Place, Problem, UsageError
from dxrules.nation.run import Source
from dxrules.plan.read import most_bytes
from dxrules.source.read import bounded
from dxrules.texts import Text, visible

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

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


def sources_at(url: str, endings: Sequence[str]) -> Iterator[Source]:
    """Yield the plan file at a URL, or those in the folder there, by their names.

    Raises UsageError where it cannot be looked at.
    """
    called = _called(url)
    try:
        fsspec: Any = import_module("fsspec.core")
    except ImportError as error:
        raise UsageError(_MISSING.format(url=called)) from error
    try:
        system, path = fsspec.url_to_fs(url)
        found = sorted(system.find(path)) if system.isdir(path) else [path]
    except Exception as error:  # each protocol fails in its own ways
        raise UsageError(_UNREAD.format(url=called, said=_said(error))) from error
    plans = [each for each in found if each.lower().endswith(tuple(endings))]
    if not plans:
        raise UsageError(_NO_PLANS.format(url=called, endings=", ".join(endings)))
    for each in plans:
        name = _called(system.unstrip_protocol(each))
        yield Source(name, fetch=partial(_content, system, each, name), located=name)


def _content(system: Any, path: str, name: str) -> bytes:
    """Return the bytes of a file; raise InputError where they cannot be read."""
    try:
        with system.open(path, "rb") as stream:
            return bounded(stream, most_bytes(name))
    except Exception as error:  # each protocol fails in its own ways
        problem = Problem(Place(name, 1, 1), "", _LOST.format(said=_said(error)))
        raise InputError([problem]) from error


def _called(url: str) -> str:
    """Return an address as reports call it: on one line, and without what may be a secret."""
    parts = urlsplit(url)
    host = parts.netloc.rpartition("@")[2]
    return visible(f"{parts.scheme}://{host}{parts.path}")


def _said(error: Exception) -> str:
    return visible(f"{type(error).__name__}: {error}")[:200]
