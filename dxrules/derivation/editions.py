"""Editions of the national plan: how many changes of its list of items one has missed."""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING

from dxrules.dates import Range
from dxrules.derivation.values import unknown

if TYPE_CHECKING:
    from dxrules.derivation.context import Context
    from dxrules.derivation.values import Value
    from dxrules.reference import Edition


def lists_behind(context: Context, cited: list[Edition], newest: list[Edition | None]) -> Value:
    """Count from each edition cited to each that may be the newest.

    The end is open for one that is not known. A part that was not read may cite a newer edition.
    """
    behind = [_between(context, old, new) for old in cited for new in newest if new]
    if not behind:
        return unknown("その日の項目一覧が分からない", "the list of that day is not known")
    least = min(behind) if context.missing("plan").silent else 0
    return Range(least, None if None in newest else max(behind))


def _between(context: Context, cited: Edition, newest: Edition) -> int:
    between = sorted(
        (
            edition
            for edition in context.reference.editions.values()
            if cited.holds_from <= edition.holds_from <= newest.holds_from
            and (edition.items_verified != "unverified" or edition in (cited, newest))
        ),
        key=lambda edition: edition.holds_from,
    )
    lists = [frozenset(edition.items) for edition in between]
    return sum(later != earlier for earlier, later in pairwise(lists))
