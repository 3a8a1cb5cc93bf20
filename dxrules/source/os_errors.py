"""Why the system refuses a file, in both languages."""

from __future__ import annotations

import errno
import os
from collections.abc import Mapping

from dxrules.texts import Text, same, visible

_REFUSED = Text(
    "権限がないか、他のソフトで開かれています",
    "there is no permission, or another program holds it open",
)
_FULL = Text("空き容量がありません", "the disk is full")
_NO_MEMORY = Text("メモリーが足りません", "there is not enough memory")

_COMMON: Mapping[int, Text] = {
    errno.ELOOP: Text("リンクが循環しています", "its links go round"),
    errno.ENAMETOOLONG: Text("名前が長すぎます", "the name is too long"),
    errno.ENOTDIR: Text("途中の名前がフォルダではありません", "a part of its path is no folder"),
    errno.ESPIPE: Text("通常のファイルではありません", "it is no regular file"),
    errno.EROFS: Text("書き込めない場所です", "nothing can be written there"),
    errno.EBADF: Text("閉じられています", "it is closed"),
    errno.EFBIG: Text("大きさの上限を超えます", "it would be larger than the system allows"),
    errno.EIO: Text("装置の読み書きの誤りです", "the device reports an error"),
    errno.ENOMEM: _NO_MEMORY,
    errno.EAGAIN: Text(
        "これ以上プロセスを作れません(メモリーかプロセス数の上限)",
        "the system allows no more processes, for lack of memory or by a limit",
    ),
    errno.ENOTEMPTY: Text(
        "空でないフォルダがあります(別のプロセスが同時に書いている場合があります)",
        "a folder that is not empty stands there; another process may be writing it",
    ),
    errno.EMFILE: Text("開いているファイルが多すぎます", "too many files are open"),
}

_SAID_OF_MEMORY = ("PyObject pointer is null", "failed to map segment", "Out of Memory Error")
"""What libraries in Rust, the loader of libraries and DuckDB say where there is no memory."""
_NO_THREAD = Text(
    "これ以上スレッドを作れません(メモリーかプロセス数の上限)",
    "the system allows no more threads, for lack of memory or by a limit",
)


def reason(error: OSError) -> Text:
    """Return what the commonest errors mean; of others, what the system says of them."""
    match error.errno:
        case errno.ENOENT:
            return Text(
                "フォルダがありません。先に作ってください",
                "its folder does not exist; make it first",
            )
        case errno.EACCES | errno.EPERM:
            return _REFUSED
        case errno.ENOSPC | errno.EDQUOT:
            return _FULL
        case errno.EISDIR:
            return Text("フォルダです", "it is a folder")
        case int() as code if code in _COMMON:
            return _COMMON[code]
        case _:
            return same(error.strerror or type(error).__name__)


def reason_in(error: Exception) -> Text:
    """Return the reason of an error of a library, which may tell in its words what the system says.

    >>> reason_in(ValueError("IO Error: Could not write: " + os.strerror(errno.ENOSPC))).en
    'the disk is full'
    """
    if (want := want_of(error)) is not None:
        return want
    for code in (*_TOLD, *_COMMON):
        if os.strerror(code) in str(error):
            return reason(OSError(code, ""))
    return same(visible(str(error).splitlines()[0]))


_TOLD = (errno.EACCES, errno.EPERM, errno.ENOSPC, errno.EDQUOT)


def want_of(error: BaseException) -> Text | None:
    """Return what the system refused when an error came of it; None for any other error.

    >>> want_of(MemoryError()).en
    'there is not enough memory'
    >>> want_of(RuntimeError("dictionary changed size during iteration"))
    """
    if isinstance(error, MemoryError) or any(each in str(error) for each in _SAID_OF_MEMORY):
        return _NO_MEMORY
    if isinstance(error, ImportError):  # the loader tells in its words what the system says
        told = (code for code in (errno.EMFILE, errno.ENOMEM) if os.strerror(code) in str(error))
        return next((_COMMON[code] for code in told), None)
    if isinstance(error, RuntimeError) and "can't start new thread" in str(error):
        return _NO_THREAD
    return reason(error) if isinstance(error, OSError) else None
