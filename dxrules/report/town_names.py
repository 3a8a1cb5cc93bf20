"""What towns are called beside each other: two of one name are told apart."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from dxrules.reference.gazetteer import gazetteer
from dxrules.texts import Lang, Text

NamedTown = tuple[str, Text]
"""A town by its code and its name."""


def told_apart(towns: Iterable[NamedTown]) -> Mapping[NamedTown, Text]:
    """Return what each town is called: by its name, if no other has it in that language.

    Else its prefecture stands with it, and its code where the prefecture is the same, too.

    >>> towns = [("132063", "府中市", "Fuchu"), ("342084", "府中市", "Fuchu")]
    >>> towns += [("014036", "泊村", "Tomari"), ("016969", "泊村", "Tomari")]
    >>> towns += [("345458", "神石高原町", "Jinsekikogen"), ("343021", "府中町", "Fuchu")]
    >>> called = told_apart((code, Text(ja, en)) for code, ja, en in towns)
    >>> [name.ja for name in called.values()][:3]
    ['東京都府中市', '広島県府中市', '北海道泊村 014036']
    >>> [name.en for name in called.values()][1::4]
    ['Fuchu, Hiroshima 342084', 'Fuchu, Hiroshima 343021']
    """
    every = tuple(dict.fromkeys(towns))
    ja, en = _called(every, "ja"), _called(every, "en")
    return {town: Text(*said) for town, *said in zip(every, ja, en, strict=True)}


def _called(towns: tuple[NamedTown, ...], lang: Lang) -> list[str]:
    names = [name.in_(lang) for _, name in towns]
    shared = _shared(towns, names)
    whole = [
        _with_prefecture(*town).in_(lang) if name in shared else name
        for town, name in zip(towns, names, strict=True)
    ]
    still = _shared(towns, whole)
    return [
        f"{name} {code}" if name in still else name
        for (code, _), name in zip(towns, whole, strict=True)
    ]


def _shared(towns: Iterable[NamedTown], names: Iterable[str]) -> set[str]:
    """Return the names that more than one code has."""
    first: dict[str, str] = {}
    return {
        name
        for (code, _), name in zip(towns, names, strict=True)
        if first.setdefault(name, code) != code
    }


def _with_prefecture(code: str, name: Text) -> Text:
    around = gazetteer().prefecture_of(code)
    if around is None:
        return name
    return Text(f"{around.name.ja}{name.ja}", f"{name.en}, {around.name.en}")
