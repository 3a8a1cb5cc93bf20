"""Marks and words that say that there is nothing to write: －, 該当なし, 未定."""

from __future__ import annotations

import re

from dxrules.texts import unspaced

_DASHES = r"[-－―ー—–‐‑−─━ｰ〜~/／\\・.…*＊]+"
_NOTHING_OR_OPEN = (
    rf"({_DASHES}。*"
    r"|(?i:該当(?:は)?(?:なし|無し?|しない|ありません)|非該当|(?:特に|とくに)?(?:なし|無し|ありません)|無"
    r"|空欄|未記入|記入なし|記載(?:は)?(?:なし|無し)|未定|n/?a|none|nil|tbd))"
    r"|(?:今後|現在|別途)?(?:検討|調整|協議)(?:中|予定|する|します)?(?:です)?"
)
"""The first group takes what says nothing; what is left is still to be settled."""

_NOT_KNOWN = (
    r"(?i:(?:現時点では?)?(?:不明|未定|未確認|確認中|調査中|照会中)(?:です)?|(?:分|わ)かり(?:ません|かねます)"
    r"|(?:分|わ)からない|未回答|回答なし|該当(?:なし|しない)|n/a|\?|unknown|notknown|notsure)"
)


def is_mark(text: str) -> bool:
    """Tell whether a text is nothing but a dash or the like.

    >>> is_mark("－"), is_mark("該当なし"), is_mark("A－1")
    (True, False, False)
    """
    return re.fullmatch(_DASHES, _plain(text)) is not None


def says_nothing(text: str) -> bool:
    """Tell whether a text only says that there is nothing to write.

    >>> says_nothing("該当なし"), says_nothing("(未定)"), says_nothing("未定(令和8年度に決める)")
    (True, True, False)
    """
    found = _nothing_or_open(text)
    return found is not None and found[1] is not None


def decides_nothing(text: str) -> bool:
    """Tell whether a text says nothing, or only that it is still to be settled who, when or why.

    >>> decides_nothing("調整中"), decides_nothing("今後検討"), decides_nothing("DX検討委員会")
    (True, True, False)
    """
    return _nothing_or_open(text) is not None


def is_not_known(text: str) -> bool:
    """Tell whether an answer says that the answer is not known.

    >>> is_not_known("不明"), is_not_known("－"), is_not_known("検討中")
    (True, True, False)
    """
    return is_mark(text) or re.fullmatch(_NOT_KNOWN, _plain(text)) is not None


def _plain(text: str) -> str:
    return unspaced(text).rstrip("。")


def _nothing_or_open(text: str) -> re.Match[str] | None:
    return re.fullmatch(_NOTHING_OR_OPEN, _plain(text).strip("()[]【】"))
