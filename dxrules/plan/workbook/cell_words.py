"""What the cells of a workbook say: choices in words, and how to write each value."""

from __future__ import annotations

import unicodedata
from collections import Counter
from collections.abc import Mapping
from typing import TYPE_CHECKING

from dxrules.reference import Reference
from dxrules.source.schema import Names
from dxrules.texts import Lang, Text, same

if TYPE_CHECKING:
    from dxrules.plan.workbook.layout import KeyColumn

Aliases = Mapping[str, str]
"""What else plans call the entries of a list, each with the id that it means."""

SEPARATORS = "、，,;\n"
"""Between the values of a cell that holds several."""

_NEEDED = Text("必須。", "Required. ")
_NEEDED_WITHIN = Text(
    "関連する欄を書くときは必須。", "Required when what goes with it is filled in. "
)
_FROM_LIST = Text("一覧から選ぶ: ", "Choose from the list: ")
_AS_IT_IS = Text("このままにする", "Leave it as it is, or empty")
_SEVERAL = Text("いくつでも「、」で区切って書く", "Any number, with commas between")
_EXAMPLE = Text("例: ", "For example ")
_BETWEEN = Text("、", ", ")
_NO_TEXT = Text("", "")
_STOP = Text("。", ". ")
_FEW = 8


def folded(text: str) -> str:
    """Return a text as it is compared: width and case do not count.

    >>> folded(" ＣＩＯ（最高情報統括責任者） ") == folded("CIO(最高情報統括責任者)")
    True
    """
    return unicodedata.normalize("NFKC", text).strip().casefold()


def choices_of(column: KeyColumn, names: Names) -> Mapping[str, Text]:
    """Return what a value is limited to; nothing if anything may be written."""
    return names[column.reference] if column.reference else column.choices


def aliases_of(reference: Reference) -> dict[str, Aliases]:
    """Return, by list, what else its entries are called; not what could mean two of them."""
    found: dict[str, Aliases] = {}
    for kind, ids in reference.known().items():
        entries = {id_: getattr(reference, kind)[id_] for id_ in ids}
        said = [
            (word, id_)
            for id_, entry in entries.items()
            for word in dict.fromkeys(getattr(entry, "aliases", ()))
        ]
        often = Counter(folded(word) for word, _ in said)
        found[kind] = {word: id_ for word, id_ in said if often[folded(word)] == 1}
    return found


def labels_of(column: KeyColumn, names: Names, lang: Lang) -> dict[str, str]:
    """Return how each value is shown: in words, or by its id where they could be misread."""
    said = {value: text.in_(lang) for value, text in choices_of(column, names).items()}
    often = Counter(word for each in said.items() for word in set(map(folded, each)))
    return {
        value: value
        if often[folded(label)] > 1 or (column.several and set(label) & set(SEPARATORS))
        else label
        for value, label in said.items()
    }


def required_mark(column: KeyColumn) -> str:
    """Return the sign of a column that has to be filled in, always or with what goes with it."""
    if column.follows is not None:
        return ""
    return "" if not column.required else " (＊)" if column.within else " ＊"


def how_to_write(column: KeyColumn, names: Names, lang: Lang) -> str:
    """Say what may be written into a cell."""
    labels = list(labels_of(column, names, lang).values())
    if column.follows is not None:
        return (column.follows + _STOP + _examples(column.example)).in_(lang)
    said = _needed(column)
    if column.several:
        listed = _BETWEEN.in_(lang).join(labels)
        return (said + _SEVERAL).in_(lang) + (f": {listed}" if listed else "")
    if len(labels) == 1:
        return _AS_IT_IS.in_(lang)
    if labels:
        said += _FROM_LIST
        shown = labels if len(labels) <= _FEW else [*labels[:_FEW], "…"]
        said += same(_BETWEEN.in_(lang).join(shown))
    elif column.parsed is not None:
        what = column.parsed.what
        said += Text(f"{what.ja}。", f"{what.en[:1].upper()}{what.en[1:]}. ")
        said += _examples(*column.parsed.examples)
    elif column.example:
        said += _examples(column.example)
    return said.in_(lang).strip()


def _needed(column: KeyColumn) -> Text:
    if not column.required:
        return _NO_TEXT
    return _NEEDED_WITHIN if column.within else _NEEDED


def _examples(*examples: str) -> Text:
    return _EXAMPLE + Text(_BETWEEN.ja.join(examples), _BETWEEN.en.join(examples))
