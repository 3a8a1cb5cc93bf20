"""Which section each block stands in, by the continuity of numbers.

The levels that a format declares are often wrong, and a plan counts in its own way. So a number
that continues a row closes what was opened after it: (1) below (2) opens a list of its own, and
(3) closes that again. A first number opens a level; what is the same heading once more, as on
every page, changes nothing.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import replace
from itertools import islice
from typing import Final

from dxrules.document.faults import DocumentFault
from dxrules.document.normal import squeezed
from dxrules.document.original import Block
from dxrules.document.signs import Sign, sign_of
from dxrules.frozen import frozen
from dxrules.source.bounds import DOCUMENT_BLOCKS

_CHAPTERS: Final = "編部章節項"
_NO_LEVEL: Final = 100
"""A heading of which the format tells no level stands within all of which it does."""
_LONGEST_HEADING: Final = 70
_LONGEST_LABEL: Final = 30
_LONGEST_ENTRY: Final = 90
_CONTENTS: Final = frozenset({"目次", "もくじ", "contents", "CONTENTS"})
_PAGE: Final = re.compile(r"[\s.…‥・]+(?:\d{1,3}|[ivx]{1,5})?\s*$")
_LETTERED: Final = re.compile("-[A-Zア-オ](?![A-Za-zァ-ヶー])")
"""After a number: Ⅳ-A stands within Ⅳ, and is not that once more."""
_HAS_LEADER: Final = re.compile(
    r"(?:\.{3,}|…{1,}|‥{2,}|・{3,}|\t)[\s.…‥・]*(?:\d{1,3}|[ivx]{1,5})?\s*$"
)


@frozen
class _Open:
    """A section that is open: the label of its heading, its sign if it has one, its title."""

    label: str
    title: str
    level: int
    sign: Sign | None = None


def sectioned(blocks: Iterable[Block]) -> tuple[Block, ...]:
    """Return blocks with their sections, and with the lines of the table of contents as such.

    Raises DocumentFault if there are more than any plan has: each is held against every phrase.
    """
    blocks = list(islice(blocks, DOCUMENT_BLOCKS + 1))
    if len(blocks) > DOCUMENT_BLOCKS:
        raise DocumentFault("signs")
    found: list[Block] = []
    stack: list[_Open] = []
    for block in _with_items(_with_contents(blocks)):
        if block.kind == "heading":
            stack = _after(stack, block)
        aside = block.kind in {"contents", "furniture"}
        section = () if aside else tuple(each.label for each in stack)
        found.append(replace(block, section=section))
    return tuple(found)


def is_heading(text: str) -> bool:
    """Tell whether a text that stands alone reads like a heading: short, numbered, no sentence.

    >>> is_heading("2 計画の位置付け"), is_heading("(1) 窓口を改革します。"), is_heading("町の計画")
    (True, False, False)
    """
    bare = text.strip()
    if not bare or len(bare) > _LONGEST_HEADING or "\n" in bare or bare[-1] in "。、,:：":
        return False
    if "。" in bare or is_leading(bare):
        return False
    return sign_of(bare) is not None


def is_leading(text: str) -> bool:
    """Tell whether a text leads to a page, as a line of contents does."""
    return _HAS_LEADER.search(text.rstrip()) is not None


def _after(stack: list[_Open], block: Block) -> list[_Open]:
    """Return the sections that are open after a heading."""
    sign = sign_of(block.text)
    if sign is None or sign.kind == "mark":
        return _after_unnumbered(stack, block, sign)
    title = squeezed(sign.rest)
    if (letter := _LETTERED.match(title)) and sign.kind in {"roman", "digit"}:
        within = _Open(f"{sign.text}{letter[0]}", title, block.level)
        same = (
            n for n, each in enumerate(stack) if each.sign and each.sign.numbers == sign.numbers
        )
        outer = [*same]
        if outer:
            return [*stack[: outer[-1] + 1], within]
    opened = _Open(sign.text, title, block.level, sign)
    return [*stack[: _depth(stack, opened)], opened]


def _after_unnumbered(stack: list[_Open], block: Block, sign: Sign | None) -> list[_Open]:
    """Return the sections that are open after a heading without a number.

    It closes one that it is like, with all that is within; else a numbered one only if that is
    declared to stand further in: that one is of the same level is not to be trusted.
    """
    text = squeezed(block.text)
    opened = _Open(text[:_LONGEST_LABEL], text, block.level, sign)
    like = next((place for place, each in enumerate(stack) if _is_like(each, opened)), None)
    if like is not None:
        return [*stack[:like], opened]
    depth = len(stack)
    while depth and (
        0 < opened.level < stack[depth - 1].level
        or (not _numbered(stack[depth - 1]) and not _within(opened, stack[depth - 1]))
    ):
        depth -= 1
    return [*stack[:depth], opened]


def _is_marked(stack: list[_Open]) -> bool:
    """Tell whether what was opened last has a mark, as 【取組】, within which one may count.

    【案】 and 【第2.0版】 stand on a cover, and nothing is within them.
    """
    if not stack or stack[-1].sign is None:
        return False
    return stack[-1].sign.word in _MARKED and not _OF_COVER.search(stack[-1].title)


_MARKED: Final = frozenset("【■◆★")
_OF_COVER: Final = re.compile("[案版]】?$")


_BEFORE_FIRST: Final = re.compile("序(?![列盤])|はじめに|まえがき|前書き|ごあいさつ|策定に当たって")
"""What stands before a first chapter, which is not within it."""


def _is_like(one: _Open, other: _Open) -> bool:
    """Tell whether two headings without a number are of one kind: by their mark, or their level."""
    if _numbered(one):
        return False
    marks = [each.sign.word if each.sign else "" for each in (one, other)]
    if marks[0] != marks[1] or (one.level and other.level and one.level != other.level):
        return False
    return bool(marks[0]) or one.level == other.level > 0


def _within(inner: _Open, outer: _Open) -> bool:
    if inner.level and outer.level:
        return inner.level > outer.level
    marks = [each.sign.word if each.sign else "" for each in (inner, outer)]
    return bool(marks[0]) and marks[0] != marks[1]


def _numbered(opened: _Open) -> bool:
    return opened.sign is not None and opened.sign.kind != "mark"


def _depth(stack: list[_Open], opened: _Open) -> int:
    """Return how many of the open sections a numbered heading leaves open."""
    sign = opened.sign
    assert sign is not None  # noqa: S101  (its caller has just made it)
    if sign.kind == "chapter":
        return sum(1 for each in stack if each.sign and _rank(each.sign) < _rank(sign))
    numbered = [place for place in range(len(stack) - 1, -1, -1) if _numbered(stack[place])]
    if not numbered and sign.last == 1 and sign.kind != "roman" and _is_marked(stack):
        return len(stack)
    if not numbered:
        outer = [each for each in stack if 0 < each.level < (opened.level or _NO_LEVEL)]
        is_first = sign.last == 1 and not opened.level and outer
        return len(outer) - bool(is_first and _BEFORE_FIRST.match(outer[-1].title))
    again = [p for p in numbered if stack[p].title == opened.title and _last(stack[p]) == sign.last]
    return again[0] if again else _by_number(stack, numbered, opened, sign)


def _by_number(stack: list[_Open], numbered: list[int], opened: _Open, sign: Sign) -> int:
    """Return the same by the numbers alone; `numbered` are places in the stack, innermost first."""
    alike = [place for place in numbered if _alike(stack[place], sign)]
    follows = [place for place in alike if _follows(stack[place], sign)]
    # Of several that it could follow the best is of as many numbers, and of its level.
    follows.sort(key=lambda place: _unlike(stack[place], opened, sign))
    within = [place + 1 for place in alike if _extends(stack[place], sign)]
    exchanged = [
        place
        for place in numbered
        if not alike and sign.last > 1 and _exchanged(stack[place], sign)
    ]
    if alike and sign.kind == "named" and not follows:
        follows = alike[-1:]
    for found in (follows, within, exchanged):
        if found:
            return found[0]
    if sign.numbers == (1,) or not alike:
        return len(stack)
    below = [place for place in alike if _last(stack[place]) < sign.last]
    return below[0] if below else alike[-1]


def _unlike(before: _Open, opened: _Open, sign: Sign) -> tuple[bool, bool]:
    numbers = before.sign.numbers if before.sign else ()
    return len(numbers) != len(sign.numbers), not opened.level or before.level != opened.level


def _rank(sign: Sign) -> int:
    """Return how far out a chapter, section or clause stands; all other signs are further in."""
    return _CHAPTERS.index(sign.word) if sign.kind == "chapter" else len(_CHAPTERS)


def _last(opened: _Open) -> int:
    return opened.sign.last if opened.sign else 0


def _alike(opened: _Open, sign: Sign) -> bool:
    other = opened.sign
    return other is not None and other.kind == sign.kind and _row(other) == _row(sign)


def _row(sign: Sign) -> str:
    return "" if sign.word == "bare" else sign.word


def _exchanged(opened: _Open, sign: Sign) -> bool:
    """Tell whether a number comes next after one that was read, or typed, for its kind: Ⅰ for 1."""
    kinds = {opened.sign.kind, sign.kind} if opened.sign else set()
    return kinds == {"roman", "digit"} and _last(opened) == sign.last - 1


def _follows(opened: _Open, sign: Sign) -> bool:
    """Tell whether a number comes next after that of an open section, at any of its levels."""
    before = opened.sign.numbers if opened.sign else ()
    after = sign.numbers
    shared = 0
    while shared < min(len(before), len(after)) and before[shared] == after[shared]:
        shared += 1
    return shared < min(len(before), len(after)) and after[shared] == before[shared] + 1


def _extends(opened: _Open, sign: Sign) -> bool:
    """Tell whether a number lies within that of an open section, as 2.1 within 2."""
    before = opened.sign.numbers if opened.sign else ()
    return len(before) < len(sign.numbers) and sign.numbers[: len(before)] == before


def _with_items(blocks: list[Block]) -> list[Block]:
    """Return blocks in which numbers that stand one under the other, with nothing said, are items.

    A heading that the format declares stays one.
    """
    rows = [_counted(block) for block in blocks]
    return [
        replace(block, kind="item")
        if rows[n]
        and rows[n] in (rows[n - 1] if n else "", rows[n + 1] if n + 1 < len(rows) else "")
        else block
        for n, block in enumerate(blocks)
    ]


def _counted(block: Block) -> str:
    """Return which kind of number a block begins with that may be a heading or an item."""
    if block.level or block.kind not in {"heading", "item"}:
        return ""
    sign = sign_of(block.text)
    return "" if sign is None or sign.kind in {"chapter", "named"} else f"{sign.kind}{sign.word}"


def _with_contents(blocks: list[Block]) -> list[Block]:
    """Return blocks in which the lines of the table of contents are told from headings."""
    start = next((n for n, each in enumerate(blocks) if squeezed(each.text) in _CONTENTS), None)
    if start is None:
        return blocks
    first = next((each for each in blocks[start + 1 :] if each.kind != "furniture"), None)
    if first is None:
        return blocks
    end = start + 1
    opening = _entries(first)
    for place in range(start + 1, len(blocks)):
        block = blocks[place]
        if block.kind == "furniture":
            continue
        entries = _entries(block)
        again = (
            place > start + 1
            and not is_leading(block.text)
            and block.kind != "table"
            and _title(entries[0]).startswith(_title(opening[0], in_contents=True) or "\n")
        )
        if again or any(len(entry) > _LONGEST_ENTRY or "。" in entry for entry in entries):
            break
        end = place + 1
    lines = [line for each in blocks[start:end] for line in _entries(each)]
    named = {squeezed(_PAGE.sub("", line)) for line in lines if sign_of(line)}
    return [
        replace(each, kind="contents")
        if start <= place < end and each.kind != "furniture"
        else replace(each, kind="heading")
        if place >= end and each.kind == "item" and squeezed(each.text) in named
        else each
        for place, each in enumerate(blocks)
    ]


def _entries(block: Block) -> list[str]:
    return [line for line in block.text.splitlines() if line.strip()] or [""]


def _title(line: str, *, in_contents: bool = False) -> str:
    """Return the title that a heading, or a line of contents, names: no number, page or blank."""
    bare = _PAGE.sub("", line) if in_contents else line
    sign = sign_of(bare)
    return squeezed(sign.rest if sign and sign.kind != "mark" else bare)
