"""Measures from the tables and lists of a document.

A row of a table that names its columns is a measure. An item of a list below a heading of
measures may be one: that is a question for a person.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any, Final

from dxrules.document.normal import squeezed
from dxrules.document.signs import sign_of
from dxrules.draft.candidates import part, quoted, without_notes
from dxrules.draft.outline import kinds_of
from dxrules.draft.phrases import read_part
from dxrules.draft.tables import Grid, grid_of
from dxrules.texts import Text

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from dxrules.draft.candidates import Quote
    from dxrules.draft.outline import Sentence
    from dxrules.draft.reading import Reading

_LONGEST_TITLE: Final = 60
_LEAST_TITLE: Final = 3
_NOTHING: Final = frozenset({"", "-", "―", "未定", "なし"})
_LEAD: Final = re.compile(r"^[・○●▶➤◎◇□■◆▷*※→\-–\s]+|^[(（]?[0-9０-９①-⑳]{1,2}[)）.．、]?\s*")
_DONE: Final = re.compile("(?:に)?(?:完了|終了|導入済み?|実施済み?|稼働済み?)$")
_ARROWS: Final = re.compile(r"[→⇒>~―\-ー━─=●○]+")
_FROM_LIST: Final = Text(
    "一覧の項目で、町の取組か決められない", "an item of a list, which may be no measure"
)
_GUESSED: Final = Text("語から推した分野", "areas guessed by words")
_STAGES: Final = Text("工程の段階の読み方による", "it depends on how the stages are read")


def measures(
    sentences: Sequence[Sentence], reading: Reading
) -> Iterator[tuple[dict[str, Any], Quote]]:
    """Yield the measures of tables in which the town speaks, then the items that may be some."""
    seen: dict[str, dict[str, Any]] = {}
    found = [*_of_tables(sentences, reading), *_of_lists(sentences, reading)]
    for made, quote in found:
        told = squeezed(made["title"])
        if told not in seen:
            seen[told] = made
            yield {"id": f"measure-{len(seen)}", **made}, quote


def _of_tables(
    sentences: Sequence[Sentence], reading: Reading
) -> Iterator[tuple[dict[str, Any], Quote]]:
    for sentence in sentences:
        if sentence.block.kind != "table" or sentence.voice != "town":
            continue
        grid = grid_of(sentence.block, reading)
        if grid is None or grid.at("measure") is None or grid.of("target"):
            continue
        sure = "measures" in sentence.about or any(
            grid.at(role) is not None for role in ("owner", "schedule", "status")
        )
        for number, row in enumerate(grid.rows):
            made = _of_row(grid, number, row, reading)
            if made is None:
                continue
            if not sure:
                made["doubts"] = [{"because": _FROM_LIST}]
            title = squeezed(made["title"])
            start = max(sentence.said.find(title), 0)
            yield made, quoted(sentence, part(sentence, start, start + len(title)))


def _of_row(grid: Grid, number: int, row: Sequence[str], reading: Reading) -> dict[str, Any] | None:
    title = _bare(grid.cell(row, "detail") or grid.cell(row, "measure"))
    if not _LEAST_TITLE <= len(title) <= _LONGEST_TITLE:
        return None
    made: dict[str, Any] = {"title": title}
    doubts: list[dict[str, Any]] = []
    _take_areas(made, doubts, grid.cell(row, "measure"), grid.cell(row, "content"), reading)
    owner = grid.cell(row, "owner")
    if owner and squeezed(owner) not in _NOTHING:
        made["owner"] = owner
    status = reading.code_of("measure-status", grid.cell(row, "status"))
    if status:
        made["status"] = status
    made |= _scheduled(grid.cell(row, "schedule"), reading)
    for key, value in _bars(grid, number, row, doubts).items():
        made.setdefault(key, value)
    return made | ({"doubts": doubts} if doubts else {})


def _take_areas(
    made: dict[str, Any],
    doubts: list[dict[str, Any]],
    title: str,
    content: str,
    reading: Reading,
) -> None:
    """Take the area that the title names; several, or what the content alone names, is a guess."""
    by_title = reading.coded("area", squeezed(title))
    areas = by_title or reading.coded("area", squeezed(content))
    if not areas:
        return
    made["areas"] = list(areas)
    if len(by_title) != 1:
        doubts.append({"of": ["areas"], "candidates": list(areas), "because": _GUESSED})


def _scheduled(said: str, reading: Reading) -> dict[str, str]:
    """Return what a cell of a schedule says: days, a status or a recurrence, whichever it is."""
    bare = squeezed(said)
    if bare in _NOTHING:
        return {}
    if status := reading.code_of("measure-status", said):
        return {"status": status}
    if recurrence := reading.code_of("recurrence", said):
        return {"recurrence": recurrence}
    return _days(bare)


def _days(bare: str) -> dict[str, str]:
    """Return the days of a schedule: when it was finished, from when to when, or by when."""
    done = _DONE.search(bare)
    if done and _is_date(bare[: done.start()]):
        return {"status": "done", "completed": bare[: done.start()]}
    first, between, last = _parted(bare)
    if not between:
        return {"due": last} if _is_date(last) else {}
    if not _is_date(first):
        return {}
    if last in _ON:
        return {"start": first}
    return {"start": first, "due": last} if _is_date(last) else {}


_ON: Final = frozenset({"", "順次", "随時", "継続"})


def _parted(bare: str) -> tuple[str, str, str]:
    """Return the beginning of a schedule, what stands between, and its end."""
    found = re.search("~|から", bare)
    if found is None:
        return "", "", bare.removesuffix("まで")
    return bare[: found.start()], found[0], bare[found.end() :].removesuffix("まで")


def _is_date(text: str) -> bool:
    return bool(text) and read_part("date", text) == (0, len(text))


def _bars(
    grid: Grid, number: int, row: Sequence[str], doubts: list[dict[str, Any]]
) -> dict[str, str]:
    """Return the first and the last year in which something stands or a bar lies.

    Where the cells hold words, as 検討 and 運用, what counts as the end is a question.
    """
    years = [place for place, column in enumerate(grid.columns) if column.year and not column.role]
    filled = {place for place in years if place < len(row) and squeezed(row[place])}
    for bar in grid.bars:
        if bar.row == number + grid.first:
            filled |= {place for place in years if bar.first <= place <= bar.last}
    if not filled:
        return {}
    found = {"start": grid.columns[min(filled)].year, "due": grid.columns[max(filled)].year}
    words = {squeezed(row[place]) for place in filled if place < len(row)}
    if any(word and not _ARROWS.fullmatch(word) for word in words):
        doubts.append({"of": ["due"], "candidates": [found["due"]], "because": _STAGES})
    return found


def _of_lists(
    sentences: Sequence[Sentence], reading: Reading
) -> Iterator[tuple[dict[str, Any], Quote]]:
    """Yield items below a heading of measures; each may be none."""
    for sentence in sentences:
        below = {"measures", "done-so-far"} & set(sentence.about)
        if sentence.block.kind == "table" or sentence.voice != "town" or not below:
            continue
        heading = sentence.is_heading and not kinds_of(sentence.said, reading)
        if sentence.block.kind != "item" and not heading:
            continue
        title = _bare(sentence.text.split("\n")[0])
        if not _LEAST_TITLE <= len(title) <= _LONGEST_TITLE or title.startswith(("担当", "時期")):
            continue
        made: dict[str, Any] = {"title": title}
        areas = list(reading.coded("area", squeezed(title)))
        made |= {"areas": areas} if areas else {}
        made["doubts"] = [{"because": _FROM_LIST}]
        yield made, quoted(sentence, part(sentence, 0, len(sentence.said)))


def _bare(said: str) -> str:
    """Return a title without number, mark and notes, and what stands in brackets at its end.

    >>> _bare("・ 書かない窓口(令和7年度導入)"), _bare("（1）電子決裁。")
    ('書かない窓口', '電子決裁')
    """
    text = " ".join(without_notes(said).split())
    if (sign := sign_of(text)) is not None:
        text = sign.rest
    text = _LEAD.sub("", text)
    text = re.sub(r"\s*[<＜〈][^<>＜＞〈〉]{1,20}[>＞〉]$", "", text)
    text = re.sub(r"\s*[(（][^()（）]{1,40}[)）]$", "", text)
    return text.rstrip("。.").strip()
