"""Files as they were at a revision: read from git's own store, never from a network."""

from __future__ import annotations

import os
import posixpath
import shutil
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path

from dxrules.errors import UsageError
from dxrules.frozen import frozen
from dxrules.paths import led_to
from dxrules.source.bounds import (
    MB,
    PLAN_BYTES,
    REVISION_BYTES,
    REVISION_LIST,
    REVISION_SECONDS,
    WORKBOOK,
)
from dxrules.source.other_process import answer_of_program
from dxrules.texts import Text, same, shorten, visible

_ALONE = {
    "GIT_NO_LAZY_FETCH": "1",
    "GIT_ALLOW_PROTOCOL": "none",  # for a git that is too old to know the former
    "GIT_NO_REPLACE_OBJECTS": "1",  # a revision is what its name stands for
    "GIT_TERMINAL_PROMPT": "0",
    "GIT_OPTIONAL_LOCKS": "0",
    "GIT_LITERAL_PATHSPECS": "1",
    "LC_ALL": "C",
}
_NO_REPOSITORY_INSIDE = ("-c", "safe.bareRepository=explicit")
"""A folder of a commit can look like a repository of its own, and answer for the one around it."""
_FILES = ("100644", "100755")  # neither links nor repositories inside
LARGEST_READ = max(PLAN_BYTES, WORKBOOK.packed)
"""Bytes of the largest file that any reader of plans or rulesets takes."""
_TOO_LARGE = bytes(LARGEST_READ + 1)
_LOST = Text(
    "{file}: {name} での中身が、このリポジトリにないか壊れています。"
    "`git fsck` で確かめ、clone し直してください"
    "(部分クローンなら `git fetch --refetch --no-filter`)。",
    "{file}: what it held in {name} is lost or damaged in this repository. "
    "See what `git fsck` says, and clone it again (if the clone is partial: "
    "`git fetch --refetch --no-filter`).",
)
_TOO_MUCH = Text(
    f"{{name}} で読むファイルが、合わせて{REVISION_BYTES // MB} MBを超えています。"
    "計画や点検項目だけのフォルダを指定してください。",
    f"What is to be read in {{name}} is larger than {REVISION_BYTES // MB} MB together. "
    "Name a folder of plans or rules alone.",
)
_TOO_LONG = Text(
    f"gitが{REVISION_SECONDS}秒で答えないか、ファイルが多すぎます。"
    "同じフォルダで `git status` と `git fsck` を試し、"
    "計画や点検項目だけのフォルダを指定してください。",
    f"git takes longer than {REVISION_SECONDS} seconds, or there are too many files. "
    "Try `git status` and `git fsck` in the same folder, and name a folder of plans or rules "
    "alone.",
)
_PARTIAL = Text(
    "この複製(部分クローン)には、そのリビジョンのファイルの中身がありません。"
    "`git fetch --refetch --no-filter` で取得してください。",
    "This clone is partial and lacks the files of that revision. "
    "Get them with `git fetch --refetch --no-filter`.",
)


@frozen
class GitRevision:
    """A commit, by the name that it was asked for; `here` is the folder seen from the top."""

    name: str
    commit: str
    top: Path
    here: str

    def files(self, path: str, wanted: Callable[[str], bool] = lambda _: True) -> dict[str, bytes]:
        """Return the files at a path, by where they stand below it; a file itself stands at `.`.

        The path is seen from the current folder. There are none where there is no such path, and
        only those that are `wanted` are read. One that is larger than anything that is read is
        not unpacked: zeros stand for it, which are too many as well. Raises UsageError if the
        path leads out of the repository, and if a file is lost or all together are too large.
        """
        files: dict[str, bytes] = {}
        found: dict[str, tuple[str, int]] = {}
        for below, blob, size in self._listed(path):
            if wanted(below):
                files[below] = _TOO_LARGE
                if size <= LARGEST_READ:
                    found[below] = blob, size
        if sum(size for _, size in found.values()) > REVISION_BYTES:
            raise UsageError(_TOO_MUCH.format(name=shorten(self.name)))
        return files | self._contents(found, path)

    def names(self, path: str) -> list[str]:
        """Return where the files at a path stand below it, and read none of them."""
        return [below for below, _, _ in self._listed(path)]

    def _listed(self, path: str) -> Iterator[tuple[str, str, int]]:
        """Yield each file at a path: where it stands below, the id of its content, its size."""
        inside = self._inside(path)
        listed = _git(
            self.top, "ls-tree", "-r", "-l", "-z", "--full-tree", self.commit, "--", inside
        )
        for line in listed.decode("utf-8", "surrogateescape").split("\0")[:-1]:
            kind, name = line.split("\t", 1)
            mode, _, blob, size = kind.split()
            if mode in _FILES and (inside in (".", name) or name.startswith(f"{inside}/")):
                if not size.isdecimal():  # BAD, as git says
                    raise self._lost(name)
                yield posixpath.relpath(name, inside), blob, int(size)

    def _inside(self, path: str) -> str:
        """Return a path as it is seen from the top of the repository."""
        if posixpath.isabs(path):
            inside = posixpath.relpath(led_to(Path(path)).as_posix(), self.top.as_posix())
        else:
            inside = posixpath.normpath(posixpath.join(self.here, path))
        if inside.split("/")[0] == "..":
            file, name = visible(path), shorten(self.name)
            raise UsageError.of(
                f"{file}: リポジトリの外にあるので、{name} にはありません。",
                f"{file}: lies outside the repository, so it is not in {name}.",
            )
        return inside

    def _contents(self, found: Mapping[str, tuple[str, int]], path: str) -> dict[str, bytes]:
        """Return the contents of blobs below a path, each of which has a size."""
        asked = "".join(f"{blob}\n" for blob, _ in found.values())
        told = _git(self.top, "cat-file", "--batch", given=asked.encode(), more=REVISION_BYTES)
        contents: dict[str, bytes] = {}
        start = 0
        for below, (blob, size) in found.items():
            head = f"{blob} blob {size}\n".encode()
            end = start + len(head) + size
            if told[start : start + len(head)] != head or told[end : end + 1] != b"\n":
                raise self._lost(posixpath.normpath(posixpath.join(path, below)))
            contents[below] = told[start + len(head) : end]
            start = end + 1
        return contents

    def _lost(self, name: str) -> UsageError:
        return UsageError(_LOST.format(file=visible(name), name=shorten(self.name)))


def revision(name: str, folder: Path) -> GitRevision:
    """Return a revision of the repository that a folder is in.

    Raises UsageError if there is no git, no repository, or no such revision.
    """
    top, here = (_path(_git(folder, "rev-parse", f"--show-{p}")) for p in ("toplevel", "prefix"))
    try:
        commit = _git(folder, "rev-parse", "--verify", "--quiet", f"{_no_option(name)}^{{commit}}")
    except UsageError:
        none = Text(
            f"「{shorten(name)}」というリビジョンは、このリポジトリにありません。",
            f'There is no revision "{shorten(name)}" in this repository.',
        )
        raise UsageError(none.then(_SHALLOW) if _is_shallow(folder) else none) from None
    return GitRevision(name, commit.decode().strip(), Path(top), here or ".")


def _path(said: bytes) -> str:
    """Return a path as git tells it, of whatever bytes; a line break ends it."""
    return os.fsdecode(said.removesuffix(b"\n"))


def _is_shallow(folder: Path) -> bool:
    return _git(folder, "rev-parse", "--is-shallow-repository").strip() == b"true"


_SHALLOW = Text(
    "この複製は浅く、履歴がそろっていません。`git fetch --unshallow` で取得してください"
    "(GitHub の actions/checkout では `fetch-depth: 0`)。",
    "This clone is shallow and lacks earlier commits. Get them with `git fetch --unshallow`, or "
    "with `fetch-depth: 0` of GitHub's actions/checkout.",
)


def _no_option(name: str) -> str:
    """Return a name that git cannot take for an option; no revision begins so."""
    return f"./{name}" if name.startswith(("-", "^")) else name


def _git(folder: Path, *arguments: str, given: bytes = b"", more: int = 0) -> bytes:
    """Ask git, which may say `more` than a list of files.

    Raises UsageError with what it complained about, or if it says too much or takes too long.
    """
    program = shutil.which("git")
    if program is None:
        raise UsageError.of(
            "git がないので、リビジョンを読めません。git を入れるか、"
            "リビジョンを指定しないでください。",
            "There is no git to read revisions with. Install it, or name no revision.",
        )
    command = [program, *_NO_REPOSITORY_INSIDE, "-C", str(folder), *arguments]
    answer = answer_of_program(command, given, REVISION_SECONDS, REVISION_LIST + more, _ALONE)
    if answer.took_too_long or len(answer.content) > REVISION_LIST + more:
        raise UsageError(_TOO_LONG)
    if answer.code:
        raise UsageError(_why(answer.errors))
    return answer.content


def _why(said: bytes) -> Text:
    """Say in our own words what git complained about, as far as it is known."""
    known = next((text for words, text in _KNOWN.items() if words in said), None)
    if known is not None:
        return known
    first = said.decode("utf-8", "replace").strip().split("\n")[0]
    return _FAILED + same(visible(first))


_FAILED = Text(
    "git で読めません。同じフォルダで `git status` と `git fsck` を試してください。gitの答え: ",
    "Cannot be read with git. Try `git status` and `git fsck` in the same folder. It said: ",
)
_BARE = Text(
    "ここには作業ツリーがありません(ベアリポジトリか、.git の中です)。"
    "`git clone` か `git worktree add` で作った作業ツリーの中で実行してください。",
    "There is no work tree here: it is a bare repository, or within .git. "
    "Call it in a work tree, as `git clone` or `git worktree add` makes one.",
)
_KNOWN = {
    b"not a git repository": Text(
        "ここは git のリポジトリではないので、リビジョンを読めません。",
        "This is no git repository, so there are no revisions to read.",
    ),
    b"must be run in a work tree": _BARE,
    b"cannot use bare repository": _BARE,
    b"dubious ownership": Text(
        "リポジトリの所有者が違うため、git が読みません。信頼できるなら、"
        "`git config --global --add safe.directory フォルダ` としてください。",
        "git reads no repository of another owner. If you trust it, call "
        "`git config --global --add safe.directory FOLDER`.",
    ),
    b"lazy fetching disabled": _PARTIAL,
}
"""What git complains about, in the language that it is told to use."""
