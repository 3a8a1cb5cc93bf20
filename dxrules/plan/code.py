"""全国地方公共団体コード: JIS X 0401 and 0402 with a check digit."""

from __future__ import annotations

import re
import unicodedata

from dxrules.source import Refusal
from dxrules.texts import Text, shorten

_PREFECTURES = 47
_LONGEST = 12


def check_digit(five: str) -> str:
    """Return the check digit of five digits: (11 − (6a+5b+4c+3d+2e) mod 11) mod 10.

    >>> check_digit("34545")
    '8'
    """
    weighted = sum(int(digit) * weight for digit, weight in zip(five, range(6, 1, -1), strict=True))
    return str((11 - weighted % 11) % 10)


_SIX_DIGITS = Text(
    "先頭の0も含め、検査数字までの6桁を書いてください。",
    "Write all six digits, leading zero and check digit included.",
)
_WITHOUT_ONE = 5
_BETWEEN = str.maketrans("", "", "-－‐‑–—―ー_.・,'\"`")


def _meant(code: str) -> Text | None:
    """Name the codes that somebody may have meant; None if none comes near.

    Spaces, full-width digits and strokes are passed over; of five digits the zero before them
    may be lost, as in a cell of a workbook, or the check digit after them.
    """
    digits = "".join(unicodedata.normalize("NFKC", code).translate(_BETWEEN).split())
    if not re.fullmatch(r"[0-9]{5,6}", digits):
        return None
    whole = [digits]
    if len(digits) == _WITHOUT_ONE:
        whole = [f"0{digits}", digits + check_digit(digits)]
    meant = [each for each in whole if _is_code(each)]
    if not meant:
        return None
    return Text(f"もしかして: {'、'.join(meant)}", f"Did you mean {' or '.join(meant)}?")


def _is_code(code: str) -> bool:
    """Tell whether six digits are a code: a prefecture, and the right check digit."""
    return 1 <= int(code[:2]) <= _PREFECTURES and code[5] == check_digit(code[:5])


def _quoted(code: str) -> str:
    """Return a code as it was written, with the spaces around it."""
    return code if len(code) <= _LONGEST and code.isprintable() else shorten(code)


def check_municipality_code(code: str) -> str:
    """Return a six-digit code whose check digit is right; raise Refusal otherwise."""
    if not re.fullmatch(r"[0-9]{6}", code):
        raise Refusal(
            Text(
                f"「{_quoted(code)}」は6桁の団体コードではありません。",
                f'"{_quoted(code)}" is not a six-digit municipality code.',
            ),
            _meant(code) or _SIX_DIGITS,
        )
    right = check_digit(code[:5])
    if not 1 <= int(code[:2]) <= _PREFECTURES:
        raise Refusal(
            Text(
                f"「{code}」という団体コードはありません。",
                f'"{code}" is not a municipality code.',
            ),
            Text(
                f"先頭2桁は都道府県番号(01～{_PREFECTURES})です。",
                f"Its first two digits are a prefecture, 01 to {_PREFECTURES}.",
            ),
        )
    if code[5] != right:
        raise Refusal(
            Text(
                f"「{code}」という団体コードはありません。",
                f'"{code}" is not a municipality code.',
            ),
            Text(
                f"上5桁が正しければ {code[:5]}{right} です。",
                f"If the first five digits are right it is {code[:5]}{right}.",
            ),
        )
    return code
