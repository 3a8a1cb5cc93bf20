"""Values that YAML cuts because they stand without quotes: at a comma, or at a # sign."""

from __future__ import annotations

import re
from typing import Any

from dxrules.texts import Text, shorten

_A_KEY = re.compile("[A-Za-z][A-Za-z0-9_-]*")
_COMMENT = re.compile(r"[ \t]*#[^\s#]")


def is_rest_of_value(key: Any, empty: Any, former: object) -> bool:
    """Tell whether what reads as a key with an `empty` value is the rest of the `former` value.

    Between brackets {…} a comma ends a value, so that 1,000人 leaves the key 000人 behind. A key
    has a colon after it, and is a plain word.
    """
    if empty.start_mark.index != key.end_mark.index or key.style or not isinstance(former, str):
        return False
    name = re.split("[:：]", key.value, maxsplit=1)[0]
    return not _A_KEY.fullmatch(name.strip())


def cut_at_comma(name: str, value: str) -> tuple[Text, Text]:
    """Return what is said about a value that a comma has cut, and how to write it."""
    said = shorten(value)
    return (
        Text(f"{name} の値がカンマで切れています。", f"A comma has cut the value of {name}."),
        Text(
            f'カンマやコロンを含む値は引用符で囲んでください(例: {name}: "{said}")。',
            f'Put a value that holds a comma or a colon in quotes, as in {name}: "{said}".',
        ),
    )


def begins_with_comment(text: str, mark: Any) -> bool:
    """Tell whether a # stands where the value should: the rest of the line is a comment."""
    return _COMMENT.match(text[mark.index :] if hasattr(mark, "index") else "") is not None


QUOTE_NUMBER_SIGN = Text(
    "空白の後の # より後は注記になります。値なら引用符で囲んでください。",
    "What follows a # after a space is a comment. Put the value in quotes.",
)
