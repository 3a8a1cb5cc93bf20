"""全国地方公共団体コード: JIS X 0401 and 0402 with a check digit."""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

from dxrules.reference.gazetteer import gazetteer
from dxrules.source import Refusal
from dxrules.texts import Text, same, shorten

_PREFECTURES = 47
_LONGEST = 12
_TOKYO = "13"
_SPECIAL_WARDS = range(101, 124)
"""The third to fifth digit of Tokyo's special wards, which are municipalities of their own."""
_DESIGNATED_CITIES = (
    *("01100", "04100", "11100", "12100", "14100", "14130", "14150", "15100", "22100", "22130"),
    *("23100", "26100", "27100", "27140", "28100", "33100", "34100", "40100", "40130", "43100"),
)
"""The cities that have wards; the numbers of its wards follow that of a city (総務省
全国地方公共団体コード, https://www.soumu.go.jp/denshijiti/code.html)."""
_FIRST_CITY, _FIRST_TOWN = 201, 301
"""The least third to fifth digit of any other city, and of a town or village."""

KINDS = {
    "市": Text("市", "city"),
    "区": Text("区", "ward"),
    "町": Text("町", "town"),
    "村": Text("村", "village"),
}
"""What municipalities are, by the last character of their names."""


UNIONS = {
    "広域連合": Text("広域連合", "union"),
    "連合": Text("連合", "union"),
    "組合": Text("組合", "union"),
    "企業団": Text("企業団", "union"),
}
"""What unions of municipalities are (地方自治法第284条), by the end of their names."""
_OF_UNIONS = range(801, 990)
"""The third to fifth digit of unions, which prefectures number: no municipality has one of these,
and examples take the last ones."""


@lru_cache(maxsize=64)  # it is asked of one plan again and again
def kind_of_union(code: str, name: str) -> Text | None:
    """Return what a union is called by its name, else its code; None of a municipality.

    >>> kind_of_union("208043", "東雲広域連合").ja, kind_of_union("345458", "神石高原町")
    ('広域連合', None)
    >>> kind_of_union("208043", "東雲衛生センター").ja
    '組合'
    """
    if (kind := next((kind for end, kind in UNIONS.items() if name.endswith(end)), None)) is None:
        numbered = int(code[2:5]) in _OF_UNIONS and name[-1] not in KINDS
        return UNIONS["組合"] if numbered else None
    return kind


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
_RIGHT_DIGIT = Text(
    "上5桁が正しければ {code} です。", "If the first five digits are right it is {code}."
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
    known = [each for each in meant if gazetteer().of(each)] or meant
    if not known:
        return None
    shown = [with_name(each) for each in known]
    return Text(
        f"もしかして: {'、'.join(each.ja for each in shown)}",
        f"Did you mean {' or '.join(each.en for each in shown)}?",
    )


def with_name(code: str) -> Text:
    """Return a code, with the municipality that has it in brackets.

    >>> with_name("063223").en, with_name("349992").en
    ('063223 (Nishikawa, Yamagata)', '349992')
    """
    found = gazetteer().of(code)
    if found is None:
        return same(code)
    name = gazetteer().full_name(found)
    return Text(f"{code}({name.ja})", f"{code} ({name.en})")


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
            _RIGHT_DIGIT.format(code=with_name(code[:5] + right)),
        )
    _check_kind(code)
    return code


def _check_kind(code: str) -> None:
    """Raise Refusal for a code that is right, but of something else than a municipality."""
    prefecture, number, five = code[:2], int(code[2:5]), code[:5]
    if number >= _FIRST_CITY or five in _DESIGNATED_CITIES:
        return
    if prefecture == _TOKYO and number in _SPECIAL_WARDS:
        return
    if number == 0:
        raise Refusal(
            Text(
                f"「{code}」は都道府県の団体コードです。",
                f'"{code}" is the code of a prefecture.',
            ),
            Text("市区町村の団体コードを書いてください。", "Write the code of a municipality."),
        )
    cities = [city for city in _DESIGNATED_CITIES if city[:2] == prefecture and city < five]
    if cities:
        city = max(cities)
        whole = city + check_digit(city)
        raise Refusal(
            Text(
                f"「{code}」は指定都市の行政区の団体コードです。",
                f'"{code}" is the code of a ward of a designated city.',
            ),
            Text(f"市の {whole} を書いてください。", f"Write the city's, {whole}."),
        )
    raise Refusal(
        Text(
            f"「{code}」という市区町村はありません。",
            f'"{code}" is the code of no municipality.',
        ),
        Text(
            f"3～5桁目は、市は {_FIRST_CITY} から、町村は {_FIRST_TOWN} からです。",
            f"The third to fifth digit is {_FIRST_CITY} or more for a city, {_FIRST_TOWN} for a "
            "town.",
        ),
    )


def kind_of_code(code: str) -> Text:
    """Return what a municipality is by its code; a village has the codes of towns.

    >>> kind_of_code("131016").en, kind_of_code("141003").en, kind_of_code("345458").en
    ('ward', 'city', 'town')
    """
    number = int(code[2:5])
    if code[:2] == _TOKYO and number in _SPECIAL_WARDS:
        return KINDS["区"]
    return KINDS["市" if number < _FIRST_TOWN else "町"]
