"""What a card of measures tells of the rows of the schedule that stands below it.

A sheet of a plan names the office in its head, and what is done in a schedule further down, row by
row. The office is that of the rows, too, unless they name their own; and what the card says of one
of them, as 書かない窓口を令和8年10月に開始, is said of that row.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from itertools import pairwise
from typing import Final

from dxrules.document.normal import squeezed
from dxrules.document.original import Block, table_text
from dxrules.draft.cards import cards, heads_of_one, labels_of
from dxrules.draft.cells_and_rows import is_office
from dxrules.draft.column_heads import columns_of, named_role
from dxrules.draft.label_lines import labels_in
from dxrules.draft.lexicon import Lexicon
from dxrules.draft.measure_titles import is_doing, is_title
from dxrules.draft.measure_words import as_sentence
from dxrules.draft.outline import Sentence
from dxrules.draft.tables import rows_in_place
from dxrules.frozen import frozen

_NEAR: Final = 8
"""Blocks between a card and a schedule where no headings part the document."""
_MOST: Final = 6
"""Offices that are told of a doubt."""
_DEEPER: Final = 1
"""Sections by which a schedule may stand further in than its card."""
_OF_TITLE: Final = "(?:の|を)?(?:本格|新規|段階的)?<doing-noun>$"
_LEAST_NAME: Final = 4
"""Signs of the name of what is done by which a card can be known to tell of it."""
_CLAUSES: Final = re.compile(r"[。\n]")
_LEAST_YEARS: Final = 2
_HEAD: Final = 4
"""Rows of a sheet among which its head stands."""


@frozen
class _Card:
    """A card, or a line with a label: where it stands, who does what it tells of, its words."""

    sentence: Sentence
    owner: str
    told: tuple[str, ...]


class CardsAbove:
    """Keeps the cards that a document has had so far."""

    def __init__(self, reading: Lexicon) -> None:
        self._reading = reading
        self._cards: list[_Card] = []

    def see(self, sentence: Sentence) -> None:
        """Keep what a card, or a line with a label, tells."""
        if sentence.voice != "town":
            return
        if sentence.block.kind != "table":
            owners = [v for role, v in labels_in(sentence, self._reading) if role == "owner"]
            self._cards += [_Card(sentence, each, ()) for each in owners]
            return
        found = cards(sentence.block, self._reading)
        one = [found[0]] if len(found) == 1 else []
        cells = next(
            filter(
                None,
                (
                    *one,
                    labels_of(sentence.block, self._reading),
                    heads_of_one(sentence.block, self._reading),
                ),
            ),
            {},
        )
        told = [part for cell in sentence.block.cells for part in _CLAUSES.split(cell.text)]
        owner = cells.get("owner", "") or self._in_head(sentence.block)
        if cells or owner:
            self._cards.append(_Card(sentence, owner, tuple(told)))

    def _in_head(self, block: Block) -> str:
        """Return the office beside a label of it in the first rows of a sheet."""
        for row, _ in zip(block.rows(), range(_HEAD), strict=False):
            cells = [squeezed(cell.text) for cell in row]
            for label, value in pairwise(cells):
                if named_role(label, self._reading) == "owner" and is_office(value, self._reading):
                    return value
        return ""

    def owners(self, sentence: Sentence) -> list[str]:
        """Return who does what the rows of a table tell of, by the cards above it."""
        found = (card.owner for card in self._of(sentence))
        return [*dict.fromkeys(each for each in found if each)][:_MOST]

    def told(self, sentence: Sentence, title: str) -> list[Sentence]:
        """Return what the cards above a table say of one that is called so, part by part."""
        name = self._reading.pattern(_OF_TITLE).sub("", squeezed(title))
        if len(name) < _LEAST_NAME:
            return []
        return [
            as_sentence(card.sentence, f"{part.strip()}。")
            for card in self._of(sentence)
            for part in card.told
            if name in squeezed(part) and squeezed(part) != squeezed(title)
        ]

    def _of(self, sentence: Sentence) -> list[_Card]:
        """Return the cards whose section a table stands in, those of the innermost."""
        found = [card for card in self._cards if _holds(card.sentence, sentence, self._reading)]
        deepest = max((len(card.sentence.block.section) for card in found), default=0)
        return [card for card in found if len(card.sentence.block.section) == deepest]


def _holds(card: Sentence, table: Sentence, reading: Lexicon) -> bool:
    own, other = card.block.section, table.block.section
    if not own:
        return not other and 0 <= table.place - card.place <= _NEAR
    if card.titles[: len(own)] != table.titles[: len(own)]:
        beside = own[:-1] == other[:-1] and len(own) == len(other) > 1
        heading = squeezed(table.titles[-1]) if table.titles else ""
        is_beside = beside and card.titles[: len(own) - 1] == table.titles[: len(own) - 1]
        return is_beside and reading.any_of("schedule-title").search(heading) is not None
    return other[: len(own)] == own and len(other) - len(own) <= _DEEPER


def parted(sentence: Sentence, reading: Lexicon) -> list[Sentence]:
    """Return a table, or its card and the schedule that stands below that in the same table."""
    rows = rows_in_place(sentence.block)
    for number, row in enumerate(rows):
        is_below = number and row[:1] != rows[number - 1][:1]  # no second row of one head
        if is_below and _heads_schedule(row, rows[number + 1 :], reading):
            above = number - (number > 1 and len({each for each in rows[number - 1] if each}) == 1)
            parts = (range(above), range(number, len(rows)))
            return [_part(sentence, each) for each in parts]
    return [sentence]


def _heads_schedule(row: Sequence[str], below: Sequence[Sequence[str]], reading: Lexicon) -> bool:
    """Tell whether a row of a card heads a schedule, below which measures are called by name."""
    names = [squeezed(each[0]) for each in below if each and each[0]]
    head = named_role(squeezed(row[0]), reading) if row else ""
    if head not in {"measure", "detail", "content", "schedule"} or not names:
        return False
    years = sum(each.is_year_alone for each in columns_of([row], reading))
    are_names = all(is_title(each) and not named_role(each, reading) for each in names)
    return years >= _LEAST_YEARS and are_names and any(is_doing(each, reading) for each in names)


def _part(sentence: Sentence, rows: range) -> Sentence:
    block: Block = sentence.block
    cells = tuple(
        replace(cell, row=cell.row - rows.start) for cell in block.cells if cell.row in rows
    )
    bars = tuple(replace(bar, row=bar.row - rows.start) for bar in block.bars if bar.row in rows)
    own = replace(block, cells=cells, bars=bars, text=table_text(cells))
    return replace(sentence, block=own)
