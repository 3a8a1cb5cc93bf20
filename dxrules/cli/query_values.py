"""The options by which a query is given values, and what they are taken for."""

from __future__ import annotations

from collections.abc import Mapping

import click

from dxrules.cli.bilingual import all_of, option
from dxrules.dates import parse_day
from dxrules.errors import UsageError
from dxrules.reference.gazetteer import gazetteer
from dxrules.rules import STRENGTH_LABELS
from dxrules.source import did_you_mean
from dxrules.texts import Text, shorten

VALUE_OPTIONS: Mapping[str, Text] = {
    "rule": Text("点検項目のid", "id of a rule"),
    "prefecture": Text("都道府県(名前か2桁の番号)", "prefecture, by its name or two digits"),
    "town": Text("団体(名前か6桁のコード)", "municipality, by its name or six digits"),
    "area": Text("分野のid", "id of a field of work"),
    "strength": Text("点検項目の強さ", "strength of rules"),
    "until": Text("この日までに期日の来るもの", "what is due by this day"),
    "run": Text(
        "回(番号、id、判定日のいずれか。省略時は最新の回)",
        "run, by number, id or day (default: the newest)",
    ),
    "before": Text(
        "比較する前の回(省略時は --run の一つ前)",
        "earlier run to compare with (default: the one before --run)",
    ),
}
"""Each by its name in queries, with what it is."""

_NO_PLACE = Text(
    "{option}: {value} という{what}はありません。", "{option}: there is no {what} {value}."
)
_SEVERAL = Text(
    "{option}: {value} という団体は{found}にあります。6桁の団体コードで指定してください。",
    "{option}: {value} is a municipality in {found}. Give its six digits.",
)
_PREFECTURE = Text("都道府県", "prefecture")
_TOWN = Text("団体", "municipality")


value_options = all_of(
    *(
        option(
            f"--{name}",
            name,
            ja=what.ja,
            en=what.en,
            type=click.Choice([*STRENGTH_LABELS]) if name == "strength" else None,
        )
        for name, what in VALUE_OPTIONS.items()
    )
)
"""An option for each value."""


def values_given(said: Mapping[str, str | None]) -> dict[str, str | None]:
    """Return the values as queries take them; raise UsageError for a place or day that is none."""
    given = {name: said.get(name) for name in VALUE_OPTIONS}
    prefecture, town, until = given["prefecture"], given["town"], given["until"]
    if prefecture is not None:
        given["prefecture"] = _prefecture(prefecture)
    if town is not None:
        given["town"] = _town(town, given["prefecture"] or "")
    if until is not None:
        given["until"] = parse_day(until).isoformat()
    return given


def _prefecture(said: str) -> str:
    """Return the two digits of a prefecture: by them, or by its name without its last sign, too."""
    known = {each.prefecture: each.name for each in gazetteer().prefectures.values()}
    meant = said.strip().casefold()
    for digits, name in known.items():
        if meant in (digits, name.ja, name.ja[:-1], name.en.casefold()):
            return digits
    message = _NO_PLACE.format(option="--prefecture", value=shorten(said), what=_PREFECTURE)
    names = [each for name in known.values() for each in (name.ja, name.en)]
    hint = did_you_mean(said, names)
    raise UsageError(message.then(hint))


def _town(said: str, prefecture: str) -> str:
    """Return the six digits of a municipality, by them or by its name."""
    if said.isdecimal() and said.isascii():
        return said
    found = gazetteer().named(said, prefecture)
    if len(found) == 1:
        return found[0].code
    if not found:
        raise UsageError(_NO_PLACE.format(option="--town", value=shorten(said), what=_TOWN))
    around = [gazetteer().full_name(each) for each in found]
    places = Text("、".join(each.ja for each in around), ", ".join(each.en for each in around))
    raise UsageError(_SEVERAL.format(option="--town", value=shorten(said), found=places))
