"""Reads plain text and Markdown, as people and programs that read scans write them."""

from __future__ import annotations

import html
import re
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import replace
from functools import partial
from typing import Final
from unicodedata import east_asian_width

from dxrules.document.aligned import aligned_rows, over_pages
from dxrules.document.bars import bars_of
from dxrules.document.drawn_tables import drawn_rows
from dxrules.document.encoding import decode
from dxrules.document.faults import DocumentFault
from dxrules.document.html_tables import grids_within
from dxrules.document.original import (
    Block,
    BlockKind,
    Cell,
    Form,
    LostContent,
    LostKind,
    Original,
    Page,
    table_text,
)
from dxrules.document.sections import is_heading, is_leading, sectioned
from dxrules.document.signs import bullet_of, is_note, sign_of

_HEADING: Final = re.compile(r" {0,3}(#{1,6})\s+(.*?)\s*#*\s*$")
_RULE: Final = re.compile(r"\s*(?:[-*_=]\s*){3,}$")
_LIST: Final = re.compile(r"\s*(?:[-*+]|[0-9]{1,3}[.)])\s+(?=\S)")
_PIPES: Final = re.compile(r"\s*(?:[-*]\s+)?\|.*\|\s*$")
_DIVIDER: Final = re.compile(r"[\s|:\-]+")
_PAGE_NUMBER: Final = re.compile(r"\s*[-–—‐－]\s*[0-9]{1,3}\s*[-–—‐－]\s*")
_PICTURE: Final = re.compile(r"!\[([^\]\n]{0,300})\]\([^)\n]{0,2000}\)")
_LINK: Final = re.compile(r"\[([^\]\n]{1,300})\]\((?:https?:|mailto:|#|/|\.)[^)\s]{0,2000}\)")
_SUP: Final = re.compile(r"\s*<sup>([^<\n]{0,40})</sup>", re.IGNORECASE)
_TAG: Final = re.compile(
    r"</?(?:p|br|ul|ol|li|div|span|b|i|u|em|strong|small|sub|sup|font|center|a|hr|td|tr|th|table|"
    r"tbody|thead|details|summary|mark|img|figure|figcaption)(?:\s[^<>\n]{0,300})?/?>",
    re.IGNORECASE,
)
_TABLE: Final = re.compile(r"\s*<table[\s>]", re.IGNORECASE)
_TABLE_BEGINS: Final = re.compile(r"<table[\s>]", re.IGNORECASE)
_TABLE_ENDS: Final = re.compile(r"</table\s*>", re.IGNORECASE)
_QUOTED: Final = re.compile(r"^ {0,3}(?:>\s?)+(?=\S)")
_PART: Final = re.compile(r"\s*[【\[〔]\S{2,6}[】\]〕]")
_LONGEST_NUMBERED: Final = 32
_UNSEEN: Final = re.compile(
    r"<(?P<tag>[a-z]{1,10})\s(?:[^<>\n]{0,300}\s)?(?:hidden|style\s*=\s*[\"'][^\"'<>]{0,200}"
    r"(?:display\s*:\s*none|visibility\s*:\s*hidden)[^\"'<>]{0,200}[\"'])"
    r"(?=[\s>])[^<>\n]{0,300}>(?P<hidden>.{0,2000}?)</(?P=tag)\s*>|"
    r"<(?P<line>del|s|strike)(?:\s[^<>\n]{0,300})?>(?P<struck>.{0,2000}?)</(?P=line)\s*>|"
    r"(?<!~)~~(?![~\s])(?P<tildes>[^~\n]{1,500})(?<!\s)~~(?!~)|"
    r"<(?P<silent>script|style|template)\b[^<>]{0,300}>.{0,20000}?</(?P=silent)\s*>",
    re.IGNORECASE | re.DOTALL,
)
"""What nobody sees or is struck through, as Markdown and the HTML within it have it."""
_SEEN_ONLY_THERE: Final = re.compile(
    r"(?P<picture>!\[[^\]\n]{0,300}\](?:\([^)\n]{0,2000}\)|\[[^\]\n]{0,100}\])|"
    r"!\[\[[^\]\n]{1,300}\]\]|<(?:img|picture)\b)|(?P<drawing><svg\b)|"
    r"(?P<embedded><(?:iframe|object|embed|video|audio)\b)",
    re.IGNORECASE,
)
_REMARK: Final = re.compile(r"<!--.*?-->", re.DOTALL)
_STRONG: Final = re.compile(r"(\*\*|__)(?=\S)([^\n]{1,500}?)(?<=\S)\1")
_BOLD: Final = re.compile(r"\s*\*\*([^*\n]{2,60})\*\*\s*")
_LONGEST_BOLD: Final = 40
_ESCAPED: Final = re.compile(r"\\([\\`*_{}\[\]()#+\-.!|<>~])")
_SUPERSCRIPTS: Final = str.maketrans("0123456789", "⁰¹²³⁴⁵⁶⁷⁸⁹")
_MARKS: Final = frozenset("▶►▷▼▽▲△➢●☆★◇")
"""Marks of headings, but of a list where several stand one after the other."""
_ROUND: Final = frozenset("○◯〇")
_WRAPPED: Final = 30
"""A line of so many signs that ends within a sentence goes on in the next one."""
_NARROWEST: Final = 13
_LEAST_ALIKE: Final = 8
_SHARE_ALIKE: Final = 0.15
_SHARE_WIDER: Final = 0.12
_WIDEST: Final = 60
_RAGGED: Final = 2
"""Signs by which a full line is shorter than others: 。 and 」 begin none."""
_ENDS: Final = frozenset("。．！？!?：:」）)")
_CLOSING: Final = frozenset("」）)")
_GOES_ON: Final = re.compile(
    r"\s*(?:[、，。をにはがのでと](?![一二三四五六七八九]、)|[年月日](?![0-9]))"
)
"""What a line begins with that goes on after a bracket."""
_OPEN: Final = re.compile(r"[(（][0-9０-９]{1,3}$")
"""The end of a line broken within a number in brackets: 令和9(20 / 27)年 has no item 27)."""


def original_of(text: str, name: str, encoding: str = "utf-8") -> Original:
    """Return what stands in a text; it has pages if it is divided by form feeds."""
    found: Counter[LostKind] = Counter()
    text = _REMARK.sub("", text.replace("\r\n", "\n").replace("\r", "\n"))
    text = _UNSEEN.sub(partial(_without, found), text)
    form: Form = "markdown" if name.lower().endswith((".md", ".markdown")) else "text"
    pages = over_pages([page.split("\n") for page in text.split("\f")])
    full = full_line(text.split("\n")) if form == "text" else _WRAPPED
    numbers = range(1, len(pages) + 1) if len(pages) > 1 else (None,)
    blocks: list[Block] = []
    lost: list[LostContent] = []
    for number, page in zip(numbers, pages, strict=True):
        blocks += _Lines(page, number, full, found).blocks()
        there = Counter(each.lastgroup for each in _SEEN_ONLY_THERE.finditer("\n".join(page)))
        lost += [LostContent(kind, number, there[kind]) for kind in _ELSEWHERE if there[kind]]
    lost += [LostContent(kind, None, count) for kind, count in found.items() if count]
    shown = tuple(Page(number) for number in numbers if number is not None)
    return Original(name, form, sectioned(blocks), shown, tuple(lost), encoding)


_ELSEWHERE: Final[tuple[LostKind, ...]] = ("picture", "drawing", "embedded")


def _without(lost: Counter[LostKind], found: re.Match[str]) -> str:
    """Count what nobody is to read, and return the lines and pages that it goes over."""
    if found["silent"] is None:
        said = found["hidden"] or found["struck"] or found["tildes"] or ""
        lost["struck" if found["hidden"] is None else "hidden"] += bool(said.strip())
    return "".join(sign for sign in found[0] if sign in "\n\f")


def full_line(lines: Iterable[str]) -> int:
    """Return how wide a line is at least that was broken because it was full.

    Where many lines are as wide as each other and end within a sentence, and few are wider, they
    are full. What runs through the pages, and contents, tells nothing.
    """
    own = {line.strip() for line in lines if not _LEADERS.search(line)}
    sizes = Counter(round(width(line)) for line in own if line and line[-1] not in _ENDS)
    number = sizes.total()
    least = max(_LEAST_ALIKE, _SHARE_ALIKE * number)
    found = [
        (alike, size)
        for size in range(_NARROWEST + _RAGGED, _WIDEST)
        if (alike := sum(sizes[size - less] for less in range(_RAGGED + 1))) >= least
        and sum(count for wide, count in sizes.items() if wide > size) <= _SHARE_WIDER * number
    ]
    best = max(found, key=lambda each: (each[0], -each[1]), default=None)
    return min(_WRAPPED, best[1] - _RAGGED) if best else _WRAPPED


_LEADERS: Final = re.compile(r"[.．･・…]{4}|…{2}")


def width(text: str) -> float:
    """Return how wide a text is, in signs of full width.

    >>> width("第1章")
    2.5
    """
    return sum(1 if east_asian_width(sign) in "WFA" else 0.5 for sign in text)


class _Lines:
    """The lines of a page, from which blocks are taken one after the other."""

    def __init__(
        self, lines: list[str], page: int | None, full: int, lost: Counter[LostKind]
    ) -> None:
        self._lines = [_QUOTED.sub("", line) for line in lines]
        self._page = page
        self._full = full
        self._lost = lost
        self._next = 0

    def blocks(self) -> Iterator[Block]:
        """Yield the blocks."""
        while self._next < len(self._lines):
            line = self._lines[self._next]
            if drawn := self._drawn():
                yield from self._table(drawn)
            elif not line.strip() or _RULE.fullmatch(line):
                self._next += 1
            elif (rows := aligned_rows(self._lines[self._next :]))[0]:
                yield from self._table(rows[0])
                self._next += rows[1]
            elif _PIPES.fullmatch(line) and self._run(_PIPES) > 1:
                yield from self._table([_piped(each) for each in self._take(_PIPES)])
            elif _TABLE.match(line) and (after := self._after_table()):
                yield from self._in_html("\n".join(self._lines[self._next : after]))
                self._next = after
            elif "\t" in line.strip() and not is_leading(line):
                yield from self._table([each.split("\t") for each in self._tabbed()])
            else:
                yield from self._one(line)

    def _drawn(self) -> list[list[str]]:
        rows, number = drawn_rows(self._lines, self._next)
        self._next += number
        return rows

    def _after_table(self) -> int:
        """Return the number of the line after a table that is written in HTML; 0 if it is open."""
        opened = 0
        for number in range(self._next, len(self._lines)):
            opened += len(_TABLE_BEGINS.findall(self._lines[number]))
            opened -= len(_TABLE_ENDS.findall(self._lines[number]))
            if opened <= 0:
                return number + 1
        return 0

    def _in_html(self, text: str) -> Iterator[Block]:
        for grid in grids_within(text, clean, self._lost):
            if (block := grid.block()) is not None:
                cells = tuple(replace(cell, page=self._page) for cell in block.cells)
                yield replace(block, page=self._page, cells=cells)

    def _run(self, pattern: re.Pattern[str]) -> int:
        count = 0
        for line in self._lines[self._next :]:
            if not pattern.fullmatch(line):
                break
            count += 1
        return count

    def _take(self, pattern: re.Pattern[str]) -> list[str]:
        taken = self._lines[self._next : self._next + self._run(pattern)]
        self._next += len(taken)
        return [line for line in taken if not _DIVIDER.fullmatch(line) or "-" not in line]

    def _tabbed(self) -> list[str]:
        start = self._next
        while self._next < len(self._lines) and "\t" in self._lines[self._next]:
            self._next += 1
        return self._lines[start : self._next]

    def _table(self, rows: list[list[str]]) -> Iterator[Block]:
        cells = tuple(
            Cell(number, column, clean(text), page=self._page)
            for number, row in enumerate(rows)
            for column, text in enumerate(row)
        )
        if any(cell.text for cell in cells):
            yield Block("table", table_text(cells), self._page, cells=cells, bars=bars_of(cells))

    def _one(self, line: str) -> Iterator[Block]:
        """Yield the block that begins in a line."""
        self._next += 1
        if found := _HEADING.fullmatch(line):
            yield self._block("heading", clean(found[2]), level=len(found[1]))
            return
        if (bold := _BOLD.fullmatch(line)) and self._is_title(bold[1]):
            yield self._block("heading", clean(bold[1]))
            return
        if _PAGE_NUMBER.fullmatch(line):
            yield self._block("furniture", line.strip())
            return
        listed = _LIST.match(line)
        text = clean(
            line[listed.end() :] if listed and not listed[0].strip()[0].isdigit() else line
        )
        if not text:
            return
        if is_note(text) and not text.startswith("※以"):
            yield self._block("footnote", self._wrapped(text))
        elif is_heading(text) and self._alone() and (not listed or text == line.strip()):
            yield self._block("heading", text)
        elif listed or bullet_of(text):
            yield self._block("item", self._wrapped(text), sign=bullet_of(text))
        elif (sign := sign_of(text)) is not None and sign.kind != "named":
            yield self._block("item", self._wrapped(text))
        else:
            yield self._block("paragraph", self._wrapped(text))

    def _is_title(self, text: str) -> bool:
        """Tell whether a bold line is a heading: short, no sentence, with text below it."""
        after = next((each for each in self._lines[self._next :] if each.strip()), "")
        bare = text.strip()
        return bool(
            len(bare) <= _LONGEST_BOLD
            and not re.search(r"[。：:（(]|令和|平成|20[0-9]{2}", bare)
            and after
            and not _HEADING.fullmatch(after)
            and not _BOLD.fullmatch(after)
        )

    def _alone(self) -> bool:
        """Tell whether the line just taken is no item of a list and goes on in no line."""
        own = self._lines[self._next - 1].strip()
        after = self._lines[self._next :]
        before = self._lines[: self._next - 1]
        if own[0] in _ROUND:
            return False
        if own[0] in _MARKS:
            near = [
                next((each.strip() for each in lines if each.strip()), "")
                for lines in (after, reversed(before))
            ]
            return not any(each.startswith(own[0]) for each in near)
        if before and before[-1].strip():
            # Where a program left no blank lines, a part such as 【現状】 tells what it is of.
            bare = len(own) <= _LONGEST_NUMBERED and "。" not in own
            return bool(bare and after and _PART.match(after[0]) and not _PART.match(own))
        if self._is_of_list():
            return False
        beside = sign_of(after[0]) if after else None
        own_sign = sign_of(own)
        return beside is None or own_sign is None or beside.kind != own_sign.kind

    def _is_of_list(self) -> bool:
        """Tell whether the numbered line just taken goes on in indented ones up to the next number.

        So Markdown writes a list; between headings stand blank lines.
        """
        own = sign_of(self._lines[self._next - 1])
        is_indented = False
        for line in self._lines[self._next :]:
            if line.startswith("  ") and line.strip():
                is_indented = True
                continue
            after = sign_of(line)
            follows = own is not None and after is not None and after.last == own.last + 1 > 1
            return is_indented and follows and _LIST.match(line) is not None
        return False

    def _wrapped(self, text: str) -> str:
        """Return a text with the lines onto which it was broken."""
        while (
            self._is_full(text.rsplit("\n", maxsplit=1)[-1])
            and self._next < len(self._lines)
            and (line := self._lines[self._next]).strip()
            and (text[-1] not in _ENDS or (text[-1] in _CLOSING and _GOES_ON.match(line)))
            and (not self._begins(line) or _OPEN.search(text))
        ):
            self._next += 1
            text = f"{text}\n{clean(line)}"
        return text

    def _is_full(self, line: str) -> bool:
        """Tell whether a line is as long as one that was broken because it was full."""
        return len(line) >= _WRAPPED or (self._full < _WRAPPED and width(line) >= self._full)

    @staticmethod
    def _begins(line: str) -> bool:
        """Tell whether a line begins a block of its own."""
        bare = line.strip()
        return bool(
            _HEADING.fullmatch(line)
            or _LIST.match(line)
            or _PIPES.fullmatch(line)
            or "\t" in bare
            or bullet_of(bare)
            or sign_of(bare)
            or is_note(bare)
        )

    def _block(self, kind: BlockKind, text: str, *, sign: str = "", level: int = 0) -> Block:
        found = sign_of(text)
        return Block(
            kind, text, self._page, sign=sign or (found.text if found else ""), level=level
        )


def _piped(line: str) -> list[str]:
    bare = line.strip().removeprefix("- ").removeprefix("* ").strip().strip("|")
    return [each.strip() for each in bare.split("|")]


def clean(text: str) -> str:
    r"""Return a line without the marks of Markdown and HTML that are no part of what it says.

    >>> clean("**計画** DX<sup>\\*1</sup>"), clean("a<br>b"), clean("[町](https://a.jp)")
    ('計画 DX¹', 'a b', '町')
    """
    text = _SUP.sub(lambda found: superscript(found[1]), text)
    text = _PICTURE.sub(lambda found: found[1], text)
    text = _LINK.sub(lambda found: found[1], text)
    text = _TAG.sub(" ", text) if "<" in text else text
    text = _STRONG.sub(lambda found: found[2], text)
    text = _ESCAPED.sub(lambda found: found[1], text)
    return html.unescape(text).strip() if "&" in text else text.strip()


def superscript(text: str) -> str:
    """Return a footnote mark as superscript digits; what is no such mark stays as it is.

    >>> superscript("*12"), superscript("※3"), superscript("th")
    ('¹²', '³', 'th')
    """
    bare = text.strip().lstrip("\\*＊※注()（）[]").rstrip("()（）[]").strip()
    return bare.translate(_SUPERSCRIPTS) if bare.isascii() and bare.isdecimal() else text


def read(raw: bytes, name: str) -> Original:
    """Return what stands in the bytes of a text; raise DocumentFault if it is none."""
    found = decode(raw)
    if found is None:
        raise DocumentFault("encoding")
    text, encoding = found
    return original_of(text, name, encoding)
