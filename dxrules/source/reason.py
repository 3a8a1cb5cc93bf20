"""Why the system refuses a file, in both languages."""

from __future__ import annotations

import errno

from dxrules.texts import Text, same

_REFUSED = Text(
    "権限がないか、他のソフトで開かれています",
    "there is no permission, or another program holds it open",
)
_FULL = Text("空き容量がありません", "the disk is full")


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
        case _:
            return same(error.strerror or type(error).__name__)
