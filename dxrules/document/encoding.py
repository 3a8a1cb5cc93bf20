"""Which encoding a Japanese text is in: a list of decisions, each of which can be told why.

A library that guesses by frequency takes short texts of this country for others; five encodings
are in use here, and they exclude each other well.
"""

from __future__ import annotations

import codecs
import re
from typing import Final

_BOMS: Final = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),  # begins as UTF-16 does
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_ISO_2022_JP: Final = re.compile(rb"\x1b(?:\$[@B]|\([BIJ]|\$\()")
_KANA: Final = re.compile("[ぁ-んァ-ヶー、。]")
_HALF_WIDTH: Final = re.compile("[｡-ﾟ]")
_NO_TEXT: Final = re.compile("[\x00-\x08\x0e-\x1a\x1c-\x1f\x7f-\x9f\uf8f0-\uf8ff]")
"""What stands in no text of these two encodings, though their decoders let it pass."""
_UTF_8: Final = re.compile(rb"(?:[\xe3-\xe9][\x80-\xbf]{2}){3}")
"""Three signs of Japanese in UTF-8; in other encodings they are a row of signs nobody writes."""
_NULS: Final = 0.2
"""A text in UTF-16 has so many NULs as line feeds, blanks and digits are signs of it."""


def decode(raw: bytes) -> tuple[str, str] | None:
    """Return a text and the name of its encoding; None if it is in none that is used here.

    >>> decode("町の計画".encode("cp932"))
    ('町の計画', 'cp932')
    """
    for mark, name in _BOMS:
        if raw.startswith(mark):
            return _strict(raw, name)
    if _ISO_2022_JP.search(raw) and raw.isascii():
        return _strict(raw, "iso2022_jp_ext") or _strict(raw, "iso2022_jp")
    if b"\0" in raw:
        return _utf_16(raw)
    if (found := _strict(raw, "utf-8")) or _UTF_8.search(raw):
        return found  # a part in another encoding would be read as signs that nobody wrote
    return _of_two(raw) or _utf_16(raw)


def _strict(raw: bytes, name: str) -> tuple[str, str] | None:
    try:
        return raw.decode(name), name.removesuffix("-sig").removesuffix("_ext")
    except UnicodeError:
        return None


def _of_two(raw: bytes) -> tuple[str, str] | None:
    """Return the text of CP932 or EUC-JP, in whichever it has more kana, and fewer half-width."""
    found = [each for name in ("cp932", "euc_jp") if (each := _strict(raw, name))]
    found = [each for each in found if not _NO_TEXT.search(each[0])]
    return max(found, key=lambda each: _likely(each[0]), default=None)


def _likely(text: str) -> int:
    return len(_KANA.findall(text)) - len(_HALF_WIDTH.findall(text))


def _utf_16(raw: bytes) -> tuple[str, str] | None:
    """Return the text of UTF-16 without a mark, by the half in which its NULs or kana stand."""
    if len(raw) % 2:
        return None
    found = [each for name in ("utf-16-le", "utf-16-be") if (each := _strict(raw, name))]
    found = [each for each in found if "\0" not in each[0] and _readable(each[0])]
    return max(found, key=lambda each: _likely(each[0]), default=None)


_COMMON: Final = re.compile("[\\s -~ぁ-んァ-ヶー一-龥々、。「」（）・〜～！-～]")


def _readable(text: str) -> bool:
    """Tell whether a text is mostly of signs that Japanese is written with."""
    return len(_COMMON.findall(text)) > len(text) * (1 - _NULS)
