"""Declarations of tables: columns, alone or as the few columns that one value takes."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from functools import lru_cache
from typing import Any, Literal

from dxrules.dates import PartialDate
from dxrules.frozen import frozen
from dxrules.texts import LANGS, Text, visible

ColumnType = Literal["VARCHAR", "INTEGER", "BOOLEAN", "DATE"]

_IN = {"ja": Text("(日本語)", " (Japanese)"), "en": Text("(英語)", " (English)")}
_WORDS_OF = Text("の表示", " in words")
_AS_WRITTEN = Text("(記載のまま)", ", as it is written")
_FIRST = Text("(最も早い日)", ", the first day that it can mean")
_LAST = Text("(最も遅い日)", ", the last day that it can mean")


@frozen
class TableColumn:
    """A column as it stands in a table: name, type, and what it says, with its unit.

    `code` is the column whose codes it puts into words.
    """

    name: str
    type: ColumnType
    what: Text
    code: str | None = None
    words: Mapping[str, str] | None = None


@frozen
class TableField:
    """What is known of an entry, and the columns that it takes.

    A `text` in both languages takes two, a `code` its own and two with its words, a `day` that
    may be known in part three; anything else takes one.
    """

    name: str
    what: Text
    shape: Literal["plain", "text", "code", "day"] = "plain"
    type: ColumnType = "VARCHAR"
    words: Mapping[str, Text] | None = None

    @property
    def columns(self) -> tuple[TableColumn, ...]:
        """The columns, in order."""
        match self.shape:
            case "text":
                return tuple(
                    TableColumn(f"{self.name}_{lang}", "VARCHAR", self.what + _IN[lang])
                    for lang in LANGS
                )
            case "code":
                said = self.words or {}
                return (
                    TableColumn(self.name, "VARCHAR", self.what),
                    *(
                        TableColumn(
                            f"{self.name}_{lang}",
                            "VARCHAR",
                            self.what + _WORDS_OF + _IN[lang],
                            self.name,
                            {code: text.in_(lang) for code, text in said.items()},
                        )
                        for lang in LANGS
                    ),
                )
            case "day":
                return (
                    TableColumn(self.name, "VARCHAR", self.what + _AS_WRITTEN),
                    TableColumn(f"{self.name}_from", "DATE", self.what + _FIRST),
                    TableColumn(f"{self.name}_to", "DATE", self.what + _LAST),
                )
            case _:
                return (TableColumn(self.name, self.type, self.what),)

    @property
    def spread(self) -> Callable[[list[Any], Any], None]:
        """What puts a value into a row as the columns take it that are not words of a code."""
        if self.shape == "text":
            return _text
        if self.shape == "day":
            return _day
        return list.append if self.shape == "code" or self.type != "VARCHAR" else _word


_visible = lru_cache(maxsize=20_000)(visible)
"""Many rows say the same: of the municipality, of a rule, of a subject."""


def _word(row: list[Any], value: str | None) -> None:
    row.append(None if value is None else _visible(value))


def _text(row: list[Any], value: Text | None) -> None:
    if value is None:
        row += (None, None)
    else:
        row.append(_visible(value.ja))
        row.append(_visible(value.en))


def _day(row: list[Any], value: PartialDate | None) -> None:
    if value is None:
        row += (None, None, None)
    else:
        row += (_visible(value.text or value.canonical()), value.earliest, value.latest)


def plain(name: str, ja: str, en: str, kind: ColumnType = "VARCHAR") -> TableField:
    """Return a field of one column."""
    return TableField(name, Text(ja, en), "plain", kind)


def number(name: str, ja: str, en: str) -> TableField:
    """Return a field that is a whole number."""
    return plain(name, ja, en, "INTEGER")


def flag(name: str, ja: str, en: str) -> TableField:
    """Return a field that is true or false."""
    return plain(name, ja, en, "BOOLEAN")


def text(name: str, ja: str, en: str) -> TableField:
    """Return a field in both languages."""
    return TableField(name, Text(ja, en), "text")


def day(name: str, ja: str, en: str) -> TableField:
    """Return a day that may be known in part."""
    return TableField(name, Text(ja, en), "day")


def code(name: str, words: Mapping[Any, Text], ja: str, en: str) -> TableField:
    """Return a code that stands beside its words."""
    return TableField(
        name, Text(ja, en), "code", words={str(each): said for each, said in words.items()}
    )


@frozen
class TableShape:
    """A table: its name, what a row is, and its fields.

    All but what is the same for all runs begins with the number of the run. What is `local`
    belongs to a municipality and is kept by prefecture.
    """

    name: str
    what: Text
    fields: tuple[TableField, ...]
    of_run: bool = True
    local: bool = False

    @property
    def columns(self) -> tuple[TableColumn, ...]:
        """All columns, in order."""
        own = tuple(column for each in self.fields for column in each.columns)
        return (*RUN.columns, *own) if self.of_run else own

    @property
    def given(self) -> tuple[TableColumn, ...]:
        """The columns that a row brings with it: those that are no words of a code."""
        return tuple(
            column for each in self.fields for column in each.columns if column.code is None
        )

    @property
    def row(self) -> Callable[[Iterable[Any]], list[Any]]:
        """What makes a row of the values of the fields, as those columns take them."""
        spreads = [each.spread for each in self.fields]

        def made(values: Iterable[Any]) -> list[Any]:
            row: list[Any] = []
            for spread, value in zip(spreads, values, strict=True):
                spread(row, value)
            return row

        return made


RUN = number(
    "run",
    "回の番号(このファイルの中で1から)",
    "number of the run, from 1 within this file",
)
