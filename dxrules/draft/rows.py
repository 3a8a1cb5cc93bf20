"""The rows of tables as sentences: 「CIO | 副町長 | 令和5年から」 says 「CIO:副町長、令和5年から」.

What a table tells of a post or a policy is told row by row, with its label first. A row keeps its
words as they stand in the document, so that each value of it can be quoted; only the signs between
its cells are put in.
"""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING, Final

from dxrules.document.model import table_text
from dxrules.document.normal import squeeze
from dxrules.draft.voice import voice_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from dxrules.document.model import Block
    from dxrules.draft.outline import Sentence
    from dxrules.draft.reading import Reading

_MOST_ROWS: Final = 400
_LONGEST: Final = 600
"""Signs of a row."""
_AFTER_LABEL: Final = ":"
_BETWEEN: Final = "、"
_STOP: Final = "。"
_LONGEST_WORDS: Final = 20
"""Signs of words such as 副市長 that a full stop parts; longer ones are sentences, each its own."""


def with_rows(sentences: Iterable[Sentence], reading: Reading) -> Iterator[Sentence]:
    """Yield the sentences, and instead of a table or a list in lines each part of it as one."""
    for sentence in sentences:
        if sentence.block.kind == "table":
            yield from rows_of(sentence, reading)
        else:
            yield from lines_of(sentence)


def rows_of(sentence: Sentence, reading: Reading) -> Iterator[Sentence]:
    """Yield the rows of a table as sentences; who speaks in a row is told by its own words."""
    paragraph = replace(sentence.block, kind="paragraph", cells=(), bars=())
    for cells, _ in zip(sentence.block.rows(), range(_MOST_ROWS), strict=False):
        told = [cell for cell in cells if cell.text.strip()]
        text = table_text(tuple(replace(cell, row=0) for cell in cells))
        if not told or len(text) > _LONGEST:
            continue
        if len(told) < 3 and told[-1].text.count(_STOP) > 1:  # noqa: PLR2004
            yield from _prose(sentence, text, paragraph, reading)
        said, starts = _said(text)
        voice = voice_of(said, sentence.voice if sentence.voice != "town" else None, reading)
        yield replace(sentence, said=said, text=text, starts=starts, block=paragraph, voice=voice)


def lines_of(sentence: Sentence) -> Iterator[Sentence]:
    """Yield the lines of a sentence that is a list of them, each with its label; else itself."""
    lines = sentence.text.split("\n")
    labelled = sum(_LABELLED.search(line) is not None for line in lines)
    if len(lines) == 1 or labelled < len([each for each in lines if each.strip()]):
        yield sentence
        return
    start = 0
    for line in lines:
        made = squeeze(line)
        if made.text:
            starts = tuple(start + each for each in made.starts)
            yield replace(sentence, said=made.text, starts=starts)
        start += len(line) + 1


_LABELLED: Final = re.compile("^[^:：。]{1,30}[:：]")


def _prose(sentence: Sentence, text: str, paragraph: Block, reading: Reading) -> Iterator[Sentence]:
    """Yield the sentences that stand beside a label, one by one, too."""
    start = 0
    for part in text.rsplit("\t", maxsplit=1)[-1].split(_STOP):
        place = text.find(part, start)
        made = squeeze(part)
        if made.text:
            yield replace(
                sentence,
                said=made.text,
                text=text,
                starts=tuple(place + each for each in made.starts),
                block=paragraph,
                voice=voice_of(made.text, sentence.voice, reading),
            )
        start = place + len(part)


def _said(text: str) -> tuple[str, tuple[int, ...]]:
    """Return what a row says with the signs between its cells, and where each of them stands."""
    signs: list[str] = []
    starts: list[int] = []
    place, is_label = 0, True
    for part in text.split("\t"):
        made = squeeze(part)
        if made.text:
            if signs:
                signs.append(_AFTER_LABEL if is_label else _BETWEEN)
                starts.append(max(place - 1, 0))
                is_label = False
            own = made.text.rstrip(_STOP)
            if max(map(len, own.split(_STOP))) <= _LONGEST_WORDS:
                own = own.replace(_STOP, _BETWEEN)
            signs.extend(own)
            starts.extend(place + start for start in made.starts[: len(own)])
        place += len(part) + 1
    return "".join(signs), tuple(starts)
