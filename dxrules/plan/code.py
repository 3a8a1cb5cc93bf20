"""全国地方公共団体コード: JIS X 0401 and 0402 with a check digit."""

from __future__ import annotations

import re

from dxrules.source import Refusal
from dxrules.texts import Text, shorten

_PREFECTURES = 47


def check_digit(five: str) -> str:
    """Return the check digit of five digits: (11 − (6a+5b+4c+3d+2e) mod 11) mod 10.

    >>> check_digit("34545")
    '8'
    """
    weighted = sum(int(digit) * weight for digit, weight in zip(five, range(6, 1, -1), strict=True))
    return str((11 - weighted % 11) % 10)


def check_municipality_code(code: str) -> str:
    """Return a six-digit code whose check digit is right; raise Refusal otherwise."""
    if not re.fullmatch(r"[0-9]{6}", code):
        raise Refusal(
            Text(
                f"「{shorten(code)}」は6桁の団体コードではありません。",
                f'"{shorten(code)}" is not a six-digit municipality code.',
            ),
            Text(
                "先頭の0も含め、検査数字までの6桁を書いてください。",
                "Write all six digits, leading zero and check digit included.",
            ),
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
