"""Files as they were at a revision: read from git's own store, never from a network."""

from __future__ import annotations

import os
import posixpath
import shutil
import subprocess
from collections.abc import Iterator
from pathlib import Path

from dxrules.errors import UsageError
from dxrules.frozen import frozen
from dxrules.paths import led_to
from dxrules.source.bounds import PLAN_BYTES, WORKBOOK
from dxrules.texts import Text, same, shorten, visible

_ALONE = {
    "GIT_NO_LAZY_FETCH": "1",
    "GIT_TERMINAL_PROMPT": "0",
    "GIT_OPTIONAL_LOCKS": "0",
    "GIT_LITERAL_PATHSPECS": "1",
    "LC_ALL": "C",
}
_FILES = ("100644", "100755")  # neither links nor repositories inside
LARGEST_READ = max(PLAN_BYTES, WORKBOOK.packed)
"""Bytes of the largest file that any reader of plans or rulesets takes."""
_TOO_LARGE = bytes(LARGEST_READ + 1)
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

    def files(self, path: str) -> dict[str, bytes]:
        """Return the files at a path, by where they stand below it; a file itself stands at `.`.

        The path is seen from the current folder. There are none where there is no such path.
        One that is larger than anything that is read is not unpacked: zeros stand for it, which
        are too many as well. Raises UsageError if the path leads out of the repository.
        """
        files: dict[str, bytes] = {}
        blobs: dict[str, str] = {}
        for below, blob, size in self._listed(path):
            files[below] = _TOO_LARGE
            if size <= LARGEST_READ:
                blobs[below] = blob
        return files | dict(zip(blobs, self._contents([*blobs.values()]), strict=True))

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

    def _contents(self, blobs: list[str]) -> Iterator[bytes]:
        told = _git(self.top, "cat-file", "--batch", given="\n".join([*blobs, ""]).encode())
        for _ in blobs:
            head, _, told = told.partition(b"\n")
            size = int(head.split()[-1])
            yield told[:size]
            told = told[size + 1 :]


def revision(name: str, folder: Path) -> GitRevision:
    """Return a revision of the repository that a folder is in.

    Raises UsageError if there is no git, no repository, or no such revision.
    """
    top, here = (
        _git(folder, "rev-parse", "--show-toplevel", "--show-prefix").decode().split("\n")[:2]
    )
    try:
        commit = _git(folder, "rev-parse", "--verify", "--quiet", f"{_no_option(name)}^{{commit}}")
    except UsageError:
        raise UsageError.of(
            f"「{shorten(name)}」というリビジョンは、このリポジトリにありません。",
            f'There is no revision "{shorten(name)}" in this repository.',
        ) from None
    return GitRevision(name, commit.decode().strip(), Path(top), here or ".")


def _no_option(name: str) -> str:
    """Return a name that git cannot take for an option; no revision begins so."""
    return f"./{name}" if name.startswith(("-", "^")) else name


def _git(folder: Path, *arguments: str, given: bytes = b"") -> bytes:
    """Ask git; raise UsageError with what it complained about."""
    program = shutil.which("git")
    if program is None:
        raise UsageError.of(
            "git がないので、リビジョンを読めません。git を入れるか、"
            "リビジョンを指定しないでください。",
            "There is no git to read revisions with. Install it, or name no revision.",
        )
    answer = subprocess.run(  # noqa: S603  (no shell; what is asked for is no option)
        [program, "-C", str(folder), *arguments],
        input=given,
        capture_output=True,
        check=False,
        env={**os.environ, **_ALONE},
    )
    if answer.returncode:
        raise UsageError(_why(answer.stderr))
    return answer.stdout


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
_KNOWN = {
    b"not a git repository": Text(
        "ここは git のリポジトリではないので、リビジョンを読めません。",
        "This is no git repository, so there are no revisions to read.",
    ),
    b"must be run in a work tree": Text(
        "ここには作業ツリーがありません(ベアリポジトリか、.git の中です)。"
        "`git clone` か `git worktree add` で作った作業ツリーの中で実行してください。",
        "There is no work tree here: it is a bare repository, or within .git. "
        "Call it in a work tree, as `git clone` or `git worktree add` makes one.",
    ),
    b"dubious ownership": Text(
        "リポジトリの所有者が違うため、git が読みません。信頼できるなら、"
        "`git config --global --add safe.directory フォルダ` としてください。",
        "git reads no repository of another owner. If you trust it, call "
        "`git config --global --add safe.directory FOLDER`.",
    ),
    b"lazy fetching disabled": _PARTIAL,
}
"""What git complains about, in the language that it is told to use."""
