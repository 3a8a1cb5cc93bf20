"""Tables that are drawn with signs in a text: ┌─┬─┐ and │, or +---+ and |."""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import islice
from typing import Final

_RULE: Final = re.compile(r"\s*[+|\u2500-\u257f][+|\-=\u2500-\u257f\s]{2,}")
_DASHES: Final = re.compile("[-=\u2500\u2501\u2504-\u250b\u254c-\u254f\u2550]{2}")
_ROW: Final = re.compile(r"\s*[|│┃║].*[|│┃║]\s*")
_SIDE: Final = re.compile("[|│┃║]")
_LEAST: Final = 2


def drawn_rows(lines: Sequence[str], first: int) -> tuple[list[list[str]], int]:
    """Return the rows of a table whose upper rule is the first line, and how many lines it has.

    A line without a first cell goes on with the row above, if rules part the rows. What is drawn
    otherwise, as a chart of boxes, is no table: there are no rows then.
    """
    if not _is_rule(lines[first]):
        return [], 0
    rows: list[list[str]] = []
    rules: list[int] = []
    number = 0
    for line in islice(lines, first, None):
        if _is_rule(line):
            rules.append(len(rows))
        elif _ROW.fullmatch(line):
            rows.append([cell.strip() for cell in _SIDE.split(line.strip())[1:-1]])
        else:
            break
        number += 1
    widths = {len(row) for row in rows}
    if len(rows) < _LEAST or len(widths) != 1 or min(widths) < _LEAST:
        return [], 0
    return _joined(rows, set(rules)), number


def is_drawn(line: str) -> bool:
    """Tell whether a line is a row, or a rule, of a table that is drawn."""
    return _ROW.fullmatch(line) is not None or _is_rule(line)


def _is_rule(line: str) -> bool:
    return _RULE.fullmatch(line) is not None and _DASHES.search(line) is not None


def _joined(rows: Sequence[list[str]], rules: set[int]) -> list[list[str]]:
    """Return rows with the lines onto which they were broken, where a rule stands below each."""
    made: list[list[str]] = []
    parted = len(rules) > _LEAST + 1
    for number, row in enumerate(rows):
        if made and parted and number not in rules and not row[0]:
            made[-1] = ["\n".join(filter(None, both)) for both in zip(made[-1], row, strict=True)]
        else:
            made.append(row)
    return made
