"""The rows of tables as sentences: 「CIO | 副町長 | 令和5年から」 says 「CIO:副町長、令和5年から」.

What a table tells of a post or a policy is told row by row, with its label first. A row keeps its
words as they stand in the document, so that each value of it can be quoted; only the signs between
its cells are put in.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from typing import Final

from dxrules.document.normal import squeeze, squeezed
from dxrules.document.original import Block, Cell, table_text
from dxrules.draft.lexicon import Lexicon
from dxrules.draft.outline import Sentence, bare
from dxrules.draft.voice import voice_of

_MOST_ROWS: Final = 400
_LONGEST: Final = 600
"""Signs of a row."""
_AFTER_LABEL: Final = ":"
_BETWEEN: Final = "、"
_STOP: Final = "。"
_LONGEST_WORDS: Final = 20
"""Signs of words such as 副市長 that a full stop parts; longer ones are sentences, each its own."""


def with_rows(sentences: Iterable[Sentence], reading: Lexicon) -> Iterator[Sentence]:
    """Yield the sentences, and instead of a table or a list in lines each part of it as one."""
    posts = [re.compile(p) for kind, p in reading.things.values() if kind in _LABELS]
    groups = [re.compile(reading.lists[name].pattern) for name in ("body", "promoter", "keeper")]
    label: Sentence | None = None
    for sentence in sentences:
        if label is not None and sentence.place == label.place + 1 and not sentence.is_heading:
            yield _labelled(label, sentence)
        is_label = sentence.block.kind != "table" and len(sentence.said) <= _LONGEST_WORDS * 2
        known = [*posts, *(groups if sentence.is_heading else [])]
        labels = [sentence, _bare(sentence)] if is_label else []
        label = next((e for e in labels if any(p.fullmatch(e.said) for p in known)), None)
        if sentence.block.kind == "table":
            yield from rows_of(sentence, reading)
        else:
            for each in lines_of(sentence):
                yield from _parts(each, posts, reading)


_LABELS: Final = frozenset({"post", "setup", "policy"})
"""Things whose name alone is a label of the block after it, as in a list of definitions."""


def _bare(sentence: Sentence) -> Sentence:
    """Return a line without its number and the signs around it: (1)CIO."""
    words = bare(sentence.said)
    at = sentence.said.find(words)
    if not words or at < 0:
        return sentence
    return replace(sentence, said=words, starts=sentence.starts[at : at + len(words)])


def _labelled(label: Sentence, sentence: Sentence) -> Sentence:
    """Return a sentence with the block before it as its label: 「CIO」 / 「副市長」."""
    shift = len(label.text) + 1
    starts = (*label.starts, len(label.text), *(shift + each for each in sentence.starts))
    return replace(
        sentence,
        said=f"{label.said}{_AFTER_LABEL}{sentence.said}",
        text=f"{label.text}\n{sentence.text}",
        starts=starts,
    )


def rows_of(sentence: Sentence, reading: Lexicon) -> Iterator[Sentence]:
    """Yield the rows of a table as sentences; who speaks in a row is told by its own words."""
    paragraph = replace(sentence.block, kind="paragraph", cells=(), bars=())
    acts = _acts_above(sentence.block)
    former, years = _former_columns(sentence.block), _years_above(sentence.block)
    rows: Iterable[tuple[Cell, ...]] = sentence.block.rows()
    if turned := _turned(sentence.block, reading):
        rows, acts = turned
    for row, _ in zip(rows, range(_MOST_ROWS), strict=False):
        cells = _as_it_is(row, former, years)
        told = [cell for cell in cells if cell.text.strip()]
        text = table_text(tuple(replace(cell, row=0) for cell in cells))
        if not told or len(text) > _LONGEST:
            continue
        if len(told) < 3 and told[-1].text.count(_STOP) > 1:  # noqa: PLR2004
            yield from _prose(sentence, text, paragraph, reading)
        said, starts = _said(text, [acts.get(cell.column, "") for cell in cells])
        voice = voice_of(said, sentence.voice if sentence.voice != "town" else None, reading)
        yield replace(sentence, said=said, text=text, starts=starts, block=paragraph, voice=voice)


def lines_of(sentence: Sentence) -> Iterator[Sentence]:
    """Yield the lines of a sentence that is a list of them, each with its label; else itself."""
    lines = sentence.text.split("\n")
    labelled = sum(
        any(kind.search(line.strip()) for kind in (_LABELLED, _IN_COLUMNS, _COUNTED))
        for line in lines
    )
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


def _parts(
    sentence: Sentence, things: Sequence[re.Pattern[str]], reading: Lexicon
) -> Iterator[Sentence]:
    """Yield the parts of a line that holds several labels, or lines of a cover in one.

    What a blank alone parts from its label stands behind a colon: 上位　第5次総合計画.
    """
    text, cuts = sentence.text, []
    if not sentence.is_heading and len(text) <= _LONGEST_LINE and "。" not in text:
        cuts = [each.start() for each in _LABEL_AFTER_BLANK.finditer(text)]
        cuts = cuts if cuts and _LABELLED.match(text) else []
        cuts += [each.start() for each in _BARS.finditer(text)] if sentence.cover else []
    for start, end in zip([0, *sorted(cuts)], [*sorted(cuts), len(text)], strict=True):
        made = squeeze(text[start:end].lstrip("｜|\u3000 ") if cuts else text)
        if not cuts:
            yield _with_colon(sentence, things, reading)
        elif made.text:
            shift = end - len(text[start:end].lstrip("｜|\u3000 "))
            starts = tuple(shift + each for each in made.starts)
            yield replace(sentence, said=made.text, starts=starts)


def _with_colon(
    sentence: Sentence, things: Sequence[re.Pattern[str]], reading: Lexicon
) -> Sentence:
    """Return a line with a colon for the blank that parts a known label from what it names."""
    found = _BLANK.match(sentence.text)
    if found is None or sentence.is_heading or len(sentence.text) > _LONGEST_LINE:
        return sentence
    label = squeezed(found[1])
    known = reading.pattern(_KNOWN_LABELS).fullmatch(label) is not None
    if not known and not any(each.fullmatch(label) for each in things):
        return sentence
    at = next(n for n, start in enumerate(sentence.starts) if start >= found.end())
    said = sentence.said[:at] + _AFTER_LABEL + sentence.said[at:]
    starts = (*sentence.starts[:at], found.end(1), *sentence.starts[at:])
    return replace(sentence, said=said, starts=starts)


_LONGEST_LINE: Final = 120
_BARS: Final = re.compile("[｜|]")
_LABEL_AFTER_BLANK: Final = re.compile("(?<=[\u3000 ])[一-龥・]{2,8}[:：]")
_BLANK: Final = re.compile(
    "\\s*(?:[・○●■◆◇□▪-]|[(（]?[0-9０-９]{1,2}[)）.．]?(?=\\s))?"
    "\\s*([^\\s。、:：]{2,30})[ \u3000\t]+(?=[^\\s:：…])"
)
_KNOWN_LABELS: Final = "<label-above|label-former|label-author|label-title|label-day|period-word>"
_IN_COLUMNS: Final = re.compile(r"^[^。]{1,30}?(?:\u3000{2,}|\t)[^。]{1,40}$")
_LABELLED: Final = re.compile("^[^:：。]{1,30}[:：]")
_COUNTED: Final = re.compile(r"^\S{2,16} +[0-9０-９]{1,2}(?: +\S|$)|^(?:合?計|全体) +[0-9０-９]+$")
"""A line of a table typed with blanks, with a number of what it lists: 移行完了 2 戸籍，就学."""


def _prose(sentence: Sentence, text: str, paragraph: Block, reading: Lexicon) -> Iterator[Sentence]:
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


_ACT: Final = re.compile(
    "(?:最終|直近の?|最新の?)?(策定|制定|改定|改訂|改正|見直し|設置|就任|任命|委嘱|任用|施行)"
    "(?:(?:・|又は|または)(?:策定|制定|設置|施行))?(?:した)?(?:日|年月日|年月|年度|年|時期|の時期)?"
    "|(定めた|決めた|作った|つくった|改めた|見直した|直した|置いた|設けた)"
    "(?:日|年月日|年月|年度|年|時期|時|とき)"
)
"""A head over days of what was done then."""
_PLAIN_ACTS: Final = {"改めた": "改定", "見直した": "改定", "直した": "改定", "置いた": "設置"} | {
    "設けた": "設置"
}
"""Heads in plain words; the others are those of what was made."""
_DAY: Final = re.compile("(?:令和|平成|昭和|R|H|20|19)[0-9元年月日度.()予定見込]{2,16}")


def _acts_above(block: Block) -> dict[int, str]:
    """Return what was done on the days of a column, by its head: 策定, 最終改定, 設置."""
    heads = next(block.rows(), ())
    found = ((cell.column, _ACT.fullmatch(squeezed(cell.text))) for cell in heads)
    return {column: _noun(act) for column, act in found if act is not None}


def _noun(act: re.Match[str]) -> str:
    return act[1] or _PLAIN_ACTS.get(act[2], "策定")


def _turned(block: Block, reading: Lexicon) -> tuple[list[tuple[Cell, ...]], dict[int, str]] | None:
    """Return the columns of a table as rows, where its heads name policies or posts, and acts.

    | | 情報セキュリティポリシー | 生成AI利用ガイドライン | above a row of days of 策定.
    """
    rows = [*block.rows()]
    heads = [squeezed(cell.text) for cell in (rows[0] if rows else ())][1:]
    things = [re.compile(p) for kind, p in reading.things.values() if kind in _LABELS]
    named = [h for h in heads if any(p.fullmatch(h) for p in things)]
    if len(named) < 2 or len(named) * 2 <= len(heads):  # noqa: PLR2004
        return None
    by_column: dict[int, list[Cell]] = {}
    acts: dict[int, str] = {}
    for number, row in enumerate(rows):
        act = _ACT.fullmatch(squeezed(row[0].text)) if row else None
        acts |= {number: _noun(act)} if act is not None else {}
        for cell in row[1:]:
            by_column.setdefault(cell.column, []).append(replace(cell, column=number))
    return [tuple(cells) for cells in by_column.values()], acts


_FORMER: Final = re.compile(
    "(?:改[定訂正]|変更|見直し|改正|再編)前|旧|従前|従来|前計画|これまで|以前|現行"
)
_PRESENT: Final = re.compile(
    "(?:改[定訂正]|変更|見直し|改正|再編)後|新|新体制|今回|本計画|現在|今後|これから"
)


def _former_columns(block: Block) -> frozenset[int]:
    """Return the columns of what was, where another one tells what is: 改定前 | 改定後."""
    heads = next(block.rows(), ())
    if not any(_PRESENT.fullmatch(squeezed(cell.text)) for cell in heads):
        return frozenset()
    return frozenset(c.column for c in heads if _FORMER.fullmatch(squeezed(c.text)))


_YEAR: Final = re.compile(
    "(?:(?:令和|R|20)?[0-9元]{1,2}(?:年度|年)?|20[0-9]{2}(?:年度|年)?)(?:\\([^()]*\\))?"
)


def _years_above(block: Block) -> frozenset[int]:
    """Return the columns of years, where a table has several: R8 | R9 | R10."""
    heads = next(block.rows(), ())
    years = frozenset(c.column for c in heads if _YEAR.fullmatch(squeezed(c.text)))
    return years if len(years) > 1 else frozenset()


_BLANK_CELL: Final = re.compile("[-－―ー—→⇒▶〃・\\s]*")


def _as_it_is(
    cells: Sequence[Cell], former: frozenset[int], years: frozenset[int]
) -> tuple[Cell, ...]:
    """Return the cells of a row that tell what is, or the first of what the years are to bring."""
    told = [c for c in cells if c.column in years and not _BLANK_CELL.fullmatch(c.text)]
    later = {c.column for c in cells if c.column in years} - {c.column for c in told[:1]}
    out = former | later if told else former
    return tuple(replace(c, text="") if c.column in out else c for c in cells)


def _said(text: str, acts: Sequence[str]) -> tuple[str, tuple[int, ...]]:
    """Return what a row says with the signs between its cells, and where each of them stands.

    A cell of a column of days of an act is followed by that: 令和5年4月 below 策定.
    """
    signs: list[str] = []
    starts: list[int] = []
    place, is_label = 0, True
    for part, act in zip(text.split("\t"), acts, strict=False):
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
            if act and _DAY.fullmatch(own):
                signs.extend(act)
                starts.extend([starts[-1]] * len(act))
        place += len(part) + 1
    return "".join(signs), tuple(starts)
