"""The prefectures and municipalities of Japan by code and by name.

No verdict rests on it: it tells what a code is called, and which code a name has. It is read
once, and only by who asks.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Mapping, Sequence
from datetime import date
from functools import cache, cached_property
from pathlib import Path

from dxrules.errors import UsageError
from dxrules.frozen import frozen
from dxrules.reference.load import data_root
from dxrules.texts import Text, join, same, shorten

FILE = "rulesets/national/reference/municipalities.csv"
_COLUMNS = "code,name,reading,en"
_REMARK, _KNOWN_UNTIL = "#", "# known_until: "
_FORMS = str.maketrans("ヶヵ﨑惠澤濱邊竈檮國當龍眞嶋", "ケカ崎恵沢浜辺釜梼国当竜真島")
"""Characters that are written in two ways in the names of places."""
_MOST = 5
MOST_TOWNS = 12
"""So many municipalities that may be meant are named."""
_NO_TOWN = Text(
    "「{name}」という団体はありません。団体コード6桁か団体名を書いてください。",
    'There is no municipality "{name}". Give its six-digit code or its name.',
)
_WHICH_TOWN = Text(
    "「{name}」は次のどれですか({found})。団体コードを書いてください。",
    '"{name}" may be {found}. Give the code.',
)
_NEAR_TOWNS = Text(
    "「{name}」という団体はありません。似た名称: {found}。団体コード6桁か団体名を書いてください。",
    'There is no municipality "{name}". Names like it: {found}. Give a six-digit code or a name.',
)
_NEAR = 0.5


@frozen
class Government:
    """A municipality or a prefecture: six-digit code, name, reading in hiragana.

    The English name is without "City" or "Town".
    """

    code: str
    name: Text
    reading: str

    @property
    def prefecture(self) -> str:
        """The two digits of its prefecture."""
        return self.code[:2]

    @property
    def is_prefecture(self) -> bool:
        """Whether it is a prefecture itself."""
        return _is_prefecture(self.code)


class Gazetteer:
    """All of them, as known up to a day; `rows` are name, reading and English name by code."""

    def __init__(self, rows: Mapping[str, Sequence[str]], known_until: date) -> None:
        self.known_until = known_until
        self._rows = rows

    @cached_property
    def municipalities(self) -> Mapping[str, Government]:
        """The municipalities by code."""
        return {code: self._made(code) for code in self._rows if not _is_prefecture(code)}

    @cached_property
    def prefectures(self) -> Mapping[str, Government]:
        """The prefectures by code."""
        return {code: self._made(code) for code in self._rows if _is_prefecture(code)}

    def of(self, code: str) -> Government | None:
        """Return the municipality or prefecture of a six-digit code; None if there is none."""
        return self._made(code) if code in self._rows else None

    def prefecture_of(self, code: str) -> Government | None:
        """Return the prefecture of a code of two digits or six."""
        return self._by_prefecture.get(code[:2])

    def named(self, name: str, prefecture: str = "") -> tuple[Government, ...]:
        """Return the municipalities of a name, in a prefecture (two digits) or in all of them.

        Prefecture and county may stand before it, as in 広島県神石郡神石高原町.
        """
        bare = _compared(name)
        for before, number in self._prefectures_compared:
            if bare.startswith(before) and bare != before:
                bare, prefecture = bare.removeprefix(before), prefecture or number
                break
        found = self._by_name.get(bare) or self._by_name.get(_without_county(bare), [])
        return tuple(each for each in found if prefecture in ("", each.prefecture))

    def like(self, name: str) -> tuple[Government, ...]:
        """Return the municipalities that a mistyped name or a reading may mean, nearest first."""
        import difflib

        near = difflib.get_close_matches(_compared(name), self._by_word, n=_MOST, cutoff=_NEAR)
        known = self._by_word
        return tuple(dict.fromkeys(each for word in near for each in known[word]))[:_MOST]

    def meant(self, said: str) -> Government | tuple[Government, ...]:
        """Return the municipality of a code or a name; where it is not just one, all it may be."""
        by_code = self.of(said.strip())
        found = (by_code,) if by_code else self.named(said)
        if len(found) == 1 and not found[0].is_prefecture:
            return found[0]
        return found or self.called(said) or self.like(said)

    def called(self, name: str) -> tuple[Government, ...]:
        """Return the municipalities whose name without its kind, reading or English name it is."""
        return tuple(dict.fromkeys(self._by_word.get(_compared(name), ())))

    def full_name(self, government: Government) -> Text:
        """Return a name with its prefecture before it (after it in English)."""
        around = self._by_prefecture[government.prefecture].name
        if government.is_prefecture:
            return around
        return Text(f"{around.ja}{government.name.ja}", f"{government.name.en}, {around.en}")

    @cached_property
    def _by_prefecture(self) -> Mapping[str, Government]:
        return {each.prefecture: each for each in self.prefectures.values()}

    @cached_property
    def _prefectures_compared(self) -> Sequence[tuple[str, str]]:
        return [(_compared(each.name.ja), each.prefecture) for each in self.prefectures.values()]

    @cached_property
    def _by_word(self) -> Mapping[str, Sequence[Government]]:
        """The municipalities by all that each is called: in full, without its kind, as read."""
        known: dict[str, list[Government]] = {}
        for each in self.municipalities.values():
            for word in (each.name.ja, each.name.ja[:-1], each.reading, each.name.en):
                known.setdefault(_compared(word), []).append(each)
        return known

    @cached_property
    def _by_name(self) -> Mapping[str, Sequence[Government]]:
        found: dict[str, list[Government]] = {}
        for each in self.municipalities.values():
            found.setdefault(_compared(each.name.ja), []).append(each)
        return found

    def _made(self, code: str) -> Government:
        name, reading, en = self._rows[code]
        return Government(code, Text(name, en), reading)


def _is_prefecture(code: str) -> bool:
    return code[2:5] == "000"


@cache
def gazetteer() -> Gazetteer:
    """Return the gazetteer that travels along."""
    return read_gazetteer(data_root() / FILE)


def read_gazetteer(file: Path) -> Gazetteer:
    """Read a file of codes and names, which travels along with dxrules."""
    lines = file.read_text(encoding="utf-8").splitlines()
    remarks = [line for line in lines if line.startswith(_REMARK)]
    known_until = next(line for line in remarks if line.startswith(_KNOWN_UNTIL))
    head, *rows = lines[len(remarks) :]
    if head != _COLUMNS:
        raise ValueError(f"{file} has other columns than {_COLUMNS}")
    parts = (row.split(",") for row in rows)
    day = date.fromisoformat(known_until.removeprefix(_KNOWN_UNTIL))
    return Gazetteer({code: said for code, *said in parts}, day)


def same_name(one: str, other: str) -> bool:
    """Tell whether two names are the same, however their characters are written.

    >>> same_name("龍ヶ崎市", "龍ケ崎市"), same_name("西川町", "大江町")
    (True, False)
    """
    return _compared(one) == _compared(other)


def _compared(name: str) -> str:
    folded = unicodedata.normalize("NFKC", name).casefold()
    return "".join(folded.split()).translate(_FORMS)


def _without_county(name: str) -> str:
    """Return the name of a town without its county; a name may hold 郡 itself.

    >>> _without_county("神石郡神石高原町"), _without_county("郡上市")
    ('神石高原町', '郡上市')
    """
    county, _, town = name.partition("郡")
    return town if county and town[:-1] else name


def town_of(said: str) -> Government:
    """Return the municipality of a code or a name; raise UsageError if it is not just one."""
    found = gazetteer().meant(said)
    if isinstance(found, Government):
        return found
    near = [same(f"{each.code} ") + gazetteer().full_name(each) for each in found]
    if near:
        known = gazetteer().named(said) or gazetteer().called(said)
        words = _WHICH_TOWN if known else _NEAR_TOWNS
        raise UsageError(words.format(name=shorten(said), found=join(near[:MOST_TOWNS])))
    raise UsageError(_NO_TOWN.format(name=shorten(said)))
