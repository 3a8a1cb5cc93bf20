"""A cell of a table: what it holds, and how that is written in one language."""

from __future__ import annotations

from datetime import date

from dxrules.texts import Lang, Text

TableCell = Text | str | int | float | date | None
"""A figure stays one, so that a spreadsheet can count with it; None is an empty cell."""


def plain(cell: TableCell, lang: Lang) -> str | int | float:
    """Return a cell in one language: a figure, or a text."""
    match cell:
        case None:
            return ""
        case Text():
            return cell.in_(lang)
        case date():
            return cell.isoformat()
        case _:
            return cell
