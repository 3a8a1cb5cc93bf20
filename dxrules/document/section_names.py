"""How people name a section, as 第2章1(3) or 方針1-(2), and whether a place lies in it."""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Final, Literal

from dxrules.document.normal import squeezed
from dxrules.document.original import Block, Original
from dxrules.document.signs import KANA, ROMANS, number_in, single_number
from dxrules.frozen import frozen
from dxrules.texts import unspaced

Agrees = Literal["yes", "no", "unknown"]
SectionPath = tuple[str, ...]

_NUMBER: Final = "[0-9]{1,3}|[〇一二三四五六七八九十]{1,3}"
_PART: Final = re.compile(
    rf"第?(?P<chapter>{_NUMBER})[編部章節項款]"
    rf"|(?P<note>[注※][0-9]*$)"
    rf"|(?P<named>[一-龥々ァ-ヶー]{{1,8}}?)(?P<number>[0-9]{{1,2}})"
    rf"|(?P<digits>[0-9]{{1,3}})"
    rf"|\((?P<kanji>{_NUMBER})\)"
    rf"|(?P<roman>[IVX]{{1,5}})(?![A-Za-z])"
    rf"|\(?(?P<kana>[{KANA}])(?![ァ-ヶー一-龥])\)?"
    r"|(?P<word>[^-.()\[\]【】〔〕「」0-9]+)"
)
_BETWEEN: Final = re.compile("[・、,，/／]")
_COVER: Final = frozenset({"表紙", "cover"})
_CONTENTS: Final = frozenset({"目次", "contents"})
_NOTES: Final = frozenset({"脚注", "注", "注釈", "用語", "footnote", "footnotes"})


@frozen
class Step:
    """One step of a path of sections: what is counted, if that is said, and the number."""

    word: str
    number: int

    def is_like(self, own: Step) -> bool:
        """Tell whether a step that is named can be one of a document: 第2章 is 2, 方針1 基本方針1.

        A name that tells what is counted means nothing else; one that does not may mean it.
        """
        if self.number != own.number or not self.word:
            return self.number == own.number
        return bool(own.word) and (own.word.endswith(self.word) or self.word.endswith(own.word))


@frozen
class NamedSection:
    """A name of a section: its steps, and words beside them, as 成果目標."""

    steps: tuple[Step, ...]
    words: tuple[str, ...] = ()


def named(text: str) -> NamedSection:
    """Return what a name of a section says.

    >>> [(step.word, step.number) for step in named("第2章1(3)").steps]
    [('', 2), ('', 1), ('', 3)]
    >>> named("方針3-(1)成果目標").words
    ('成果目標',)
    """
    steps: list[Step] = []
    words: list[str] = []
    for found in _PART.finditer(_numbered(text)):
        if found["named"]:
            steps.append(Step(found["named"], int(found["number"])))
        elif found["kana"]:
            steps.append(Step("", KANA.index(found["kana"]) + 1))
        elif found["roman"]:
            steps.append(Step("", ROMANS.get(found["roman"], 0)))
        elif found["word"]:
            words.append(found["word"])
        elif not found["note"]:
            number = number_in(found["chapter"] or found["digits"] or found["kanji"])
            steps.append(Step("", number or 0))
    return NamedSection(tuple(steps), tuple(words))


def _numbered(text: str) -> str:
    """Return a name in which a number that is one sign stands in brackets, and blanks are gone."""
    shown = (
        f"({number})" if (number := single_number(sign)) is not None else sign for sign in text
    )
    return unspaced("".join(shown))


class Sections:
    """The sections of a document by their paths, with the titles of their headings."""

    def __init__(self, original: Original) -> None:
        self._titles: dict[SectionPath, str] = {}
        self._steps: dict[SectionPath, tuple[Step, ...]] = {}
        for block in original.blocks:
            if block.kind == "heading" and block.section not in self._titles:
                self._titles[block.section] = squeezed(block.text)
            if block.section not in self._steps:
                self._steps[block.section] = _steps_of(block.section)
        self._known = set(self._steps.values())

    def agrees(self, name: str, block: Block) -> Agrees:
        """Tell whether a block stands in the section that people call so.

        A name may stop at a section around it. Unknown where the document has no such section
        that is known, so that nothing says otherwise.
        """
        answers = {self._agrees_one(each, block) for each in _BETWEEN.split(name) if each.strip()}
        for answer in ("yes", "unknown"):
            if answer in answers:
                return answer
        return "no" if answers else "unknown"

    def _agrees_one(self, name: str, block: Block) -> Agrees:
        bare = squeezed(name)
        if bare in _CONTENTS:
            return "yes" if block.kind == "contents" else "no"
        if bare in _COVER:
            first = not _steps_of(block.section) and block.kind != "contents"
            return "yes" if first else "no"
        if bare in _NOTES:
            return "yes" if block.kind == "footnote" else "unknown"
        if block.kind in {"contents", "furniture"}:
            return "no"
        said = named(name)
        if not said.steps:
            return self._by_title(bare, block)
        own = self._steps.get(block.section, ())
        return max(
            (self._by_steps(said.steps, own[start:]) for start in _starts(said.steps, own)),
            key=("no", "unknown", "yes").index,
        )

    def _by_steps(self, said: tuple[Step, ...], own: tuple[Step, ...]) -> Agrees:
        """Compare as many steps as the document is known to have; a heading may have been lost."""
        known = next((n for n in range(len(said), 0, -1) if self._knows(said[:n])), 0)
        if not known:
            return "unknown"
        if len(own) < known or not _alike(said[:known], own):
            return "no"
        return "unknown" if len(own) > known and len(said) > known else "yes"

    def _knows(self, steps: tuple[Step, ...]) -> bool:
        """Tell whether any section of the document is called so."""
        return any(
            len(known) - start >= len(steps) and _alike(steps, known[start:])
            for known in self._known
            for start in _starts(steps, known)
        )

    def _by_title(self, bare: str, block: Block) -> Agrees:
        for end in range(1, len(block.section) + 1):
            path = block.section[:end]
            if bare in self._titles.get(path, "") or bare in squeezed(path[-1]):
                return "yes"
        return "no" if any(bare in title for title in self._titles.values()) else "unknown"


def _alike(said: tuple[Step, ...], own: tuple[Step, ...]) -> bool:
    return all(one.is_like(other) for one, other in zip(said, own, strict=False))


def _starts(said: tuple[Step, ...], own: tuple[Step, ...]) -> Iterable[int]:
    """Yield where a name may begin: at the top, or at a step that has a word of its own."""
    yield 0
    if said and said[0].word:
        yield from (
            place for place in range(1, len(own)) if said[0].is_like(own[place]) and own[place].word
        )


def _steps_of(path: SectionPath) -> tuple[Step, ...]:
    """Return the steps of the numbered headings on a path; 2.1 within 2 is two steps, not three."""
    steps: list[Step] = []
    for label in path:
        found = named(label)
        if not found.steps or found.words or len(label) > _LONGEST_SIGN:
            continue
        own = list(found.steps)
        if len(own) > 1 and steps and own[0].number == steps[-1].number and not own[0].word:
            own = own[1:]
        steps += own
    return tuple(steps)


_LONGEST_SIGN: Final = 16


def label_of(path: SectionPath, kind: str = "paragraph") -> str:
    """Return how people name a place: the signs of its numbered headings, one after the other.

    >>> label_of(("第2章", "1", "(3)", "■現状")), label_of(("1", "2", "2.1")), label_of(())
    ('第2章1(3)', '1-2.1', '')
    """
    if kind == "contents":
        return "目次"
    signs: list[str] = []
    for label in path:
        found = named(label)
        if found.steps and not found.words and len(label) <= _LONGEST_SIGN:
            if signs and label.startswith(f"{signs[-1]}."):
                signs.pop()
            signs.append(label.strip("【】〔〕[]<>〈〉"))
    name = ""
    for sign in signs:
        meet = name[-1:].isdecimal() and sign[0].isdecimal()
        name += f"-{sign}" if meet else sign
    return name
