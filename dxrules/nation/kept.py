"""Results of each plan, kept in a folder, so that a run that was ended goes on where it was.

An entry is found by what it was made of: the bytes of the plan, how reports call it, the
rulesets, the day, the options and the version of dxrules. So nothing that was changed is taken
over, and no time is compared.

Reports are put together from the entries, so nobody else may write into the folder: whoever can
could write verdicts. Each entry is checked for damage, and is no more than data; one that is
damaged is as good as none. It is written beside its place and then put there, so that a process
that is ended leaves none in part.
"""

from __future__ import annotations

import json
import os
import stat
from contextlib import ExitStack
from hashlib import sha256
from pathlib import Path
from typing import Any

from dxrules import __version__
from dxrules.errors import UsageError
from dxrules.nation.before import as_plain, read_plain
from dxrules.nation.judging import PlanInPieces, PlanTask
from dxrules.nation.spool import unpacked
from dxrules.paths import is_folder, is_link
from dxrules.report.piecewise import PlanHeading
from dxrules.source.bounds import KEPT_ENTRY, KEPT_LINE
from dxrules.source.os_errors import reason
from dxrules.source.unfinished import unfinished_file
from dxrules.source.write_folder import refuse_no_folder
from dxrules.texts import Text, visible

MARK = ".dxrules-kept"
"""The file that tells of a folder that it is for entries."""

_FIRST_LINE = b"dxrules/kept/1\n"
_FOLDER = Text(
    "{folder}: 途中の結果のファイルのあるべき所にフォルダがあります。削除してください。",
    "{folder}: a folder stands where a result is to be kept. Remove it.",
)
_OTHERS = Text(
    "{folder}: ほかのファイルがあるので使いません。空のフォルダか、新しい名前を指定してください。",
    "{folder}: holds something else, so it is not used. Name an empty folder, or a new one.",
)
_OPEN = Text(
    "{folder}: ほかの利用者も書き込めるので使いません(判定結果を書き換えられるおそれがあります)。"
    "自分だけが書き込めるようにしてください(chmod go-w)。",
    "{folder}: others can write into it, and so write verdicts; it is not used. Let only yourself "
    "write there (chmod go-w).",
)
_UNWRITABLE = Text(
    "{folder}: 途中の結果を書き込めません({reason})。そこまでの結果は残っています。"
    "原因を取り除いてからもう一度実行すると、続きから判定します。",
    "{folder}: what was judged cannot be kept ({reason}). What was kept before is there: mend it, "
    "call again, and the run goes on from there.",
)


class Kept:
    """A folder of entries of one order; `called` is how messages call it."""

    def __init__(self, folder: Path, called: str, order: str, pieces: int) -> None:
        """Open the folder, or make it; raise UsageError where it cannot be used."""
        self._folder = folder
        self._called = called
        self._order = order
        self._pieces = pieces
        try:
            self._open()
        except OSError as error:
            said = _UNWRITABLE.format(folder=called, reason=reason(error))
            raise UsageError(said) from error

    def _open(self) -> None:
        folder, called = self._folder, self._called
        refuse_no_folder(folder, called)
        folder.mkdir(mode=0o700, exist_ok=True)
        _refuse_open(folder, called)
        if not (folder / MARK).is_file():
            if any(folder.iterdir()):
                raise UsageError(_OTHERS.format(folder=called))
            (folder / MARK).write_bytes(_FIRST_LINE)

    def key(self, task: PlanTask) -> str:
        """Return what tells an entry: everything that it is made of."""
        found = sha256(f"{self._order}\n".encode())
        for each in (task.name.encode("utf-8", "surrogatepass"), task.located.encode(), task.raw):
            found.update(f"{len(each)}\n".encode())
            found.update(each)
        for file in () if task.before is None else task.before.files:
            found.update(f"{file.name}\n{len(file.content)}\n{file.gone}\n".encode())
            found.update(file.content)
        return found.hexdigest()

    def get(self, key: str, task: PlanTask) -> PlanInPieces | None:
        """Return what came of a plan before; None where that is not kept, or not whole."""
        try:
            raw = self._read(key)
            return None if raw is None else self._judged(raw, key, task)
        except (ValueError, TypeError, KeyError, RecursionError):
            return None

    def put(self, key: str, judged: PlanInPieces) -> None:
        """Keep what came of a plan; nothing is kept of one that dxrules failed on."""
        if judged.fault is not None or judged.alone:
            return
        parts = (judged.heading, *judged.pieces)
        body = b"".join(parts)
        said = {
            "key": key,
            "sizes": [len(part) for part in parts],
            "remarks": [[each.ja, each.en] for each in judged.remarks],
            "left_out": judged.left_out,
            "taken": judged.taken,
            "against": as_plain(judged.against),
        }
        line = json.dumps(said, ensure_ascii=True).encode() + b"\n"
        digest = sha256(line + body).hexdigest().encode() + b"\n"
        if len(line) > KEPT_LINE or len(body) > KEPT_ENTRY:
            return
        path = self._path(key)
        try:
            path.parent.mkdir(mode=0o700, exist_ok=True)
            if is_link(path.parent):
                raise UsageError(_OTHERS.format(folder=self._called))
            with ExitStack() as cleaning:
                new = unfinished_file(path.parent, cleaning)
                new.write_bytes(_FIRST_LINE + digest + line + body)
                new.replace(path)
        except OSError as error:
            told = _UNWRITABLE.format(folder=self._called, reason=reason(error))
            if is_folder(path):
                told = _FOLDER.format(folder=f"{self._called}/{key[:2]}/{key[2:]}")
            raise UsageError(told) from error

    def _path(self, key: str) -> Path:
        return self._folder / key[:2] / key[2:]

    def _read(self, key: str) -> bytes | None:
        path = self._path(key)
        try:
            with open(path, "rb", opener=_no_link) as stream:
                found = os.fstat(stream.fileno())
                is_own = stat.S_ISREG(found.st_mode) and _is_own(found)
                raw = stream.read(KEPT_ENTRY + KEPT_LINE + 1_000) if is_own else None
        except OSError:
            return None
        return raw

    def _judged(self, raw: bytes, key: str, task: PlanTask) -> PlanInPieces | None:
        first, digest, rest = raw.split(b"\n", 2)
        if first + b"\n" != _FIRST_LINE or sha256(rest).hexdigest().encode() != digest:
            return None
        line, body = rest.split(b"\n", 1)
        said: dict[str, Any] = json.loads(line)
        sizes: list[int] = said["sizes"]
        pieces = 0 if said["left_out"] is True else self._pieces
        if said["key"] != key or len(sizes) != pieces + 1 or sum(sizes) != len(body):
            return None
        parts, start = [], 0
        for size in sizes:
            parts.append(body[start : start + size])
            start += size
        heading = PlanHeading.unpacked(unpacked(parts[0]))
        if heading.sha256 != sha256(task.raw).hexdigest() or heading.file != task.name:
            return None
        remarks = tuple(Text(str(ja), str(en)) for ja, en in said["remarks"])
        return PlanInPieces(
            parts[0],
            tuple(parts[1:]),
            remarks,
            left_out=said["left_out"] is True,
            taken=said["taken"] is True,
            against=read_plain(said["against"]),
            version=__version__,
        )


def _no_link(path: str, flags: int) -> int:
    """Open no link, and wait for nobody to write into a pipe."""
    return os.open(path, flags | getattr(os, "O_NOFOLLOW", 0) | getattr(os, "O_NONBLOCK", 0))


def _refuse_open(folder: Path, called: str) -> None:
    """Raise UsageError where others can write into a folder, or it is somebody else's."""
    if not _is_own(folder.stat()):
        raise UsageError(_OPEN.format(folder=visible(called)))


def _is_own(found: os.stat_result) -> bool:
    if not hasattr(os, "geteuid"):  # Windows keeps rights elsewhere
        return True
    shared = stat.S_IMODE(found.st_mode) & (stat.S_IWGRP | stat.S_IWOTH)
    return found.st_uid == os.geteuid() and not shared
