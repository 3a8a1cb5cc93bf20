"""Headings of measures with what stands below them, as a walk over the document gathers it."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Final

from dxrules.document.normal import squeezed
from dxrules.draft.label_lines import counted_name, labels_in
from dxrules.draft.measure_words import as_sentence, is_title, title_of
from dxrules.draft.outline import Sentence
from dxrules.draft.reading import Reading

LONGEST_NAME: Final = 40
"""Signs of a title that the prose after it explains."""


class Group:
    """A heading with what stands below it, up to the next one."""

    def __init__(self, heading: Sentence | None) -> None:
        self.heading = heading
        self.labels: dict[str, str] = {}
        self.beside: dict[str, str] = {}
        """What a table below the heading says, which tells of it only if that is a measure."""
        self.items: list[Item] = []
        self.prose: list[Sentence] = []
        self.cards: list[tuple[Sentence, str, dict[str, str]]] = []
        self.is_parent = False
        self.label = ""
        """The role of a label that stands as a heading, of which the next line tells."""
        self.place = -1
        """Where the sentence stands that was put last."""

    @property
    def heading_near(self) -> tuple[str, ...]:
        """What the headings above its own are about."""
        return self.heading.near if self.heading is not None else ()

    def settle(self) -> None:
        """Take what looked like the title of a paragraph, but stands alone, for prose."""
        alone = [each for each in self.items if each.is_run_in and not each.more]
        self.items = [each for each in self.items if each not in alone]
        self.prose += [each.first for each in alone]


class Item:
    """An item of a list with the sentences and labels that go on in it."""

    def __init__(self, first: Sentence, *, is_run_in: bool = False) -> None:
        self.first = first
        self.is_run_in = is_run_in
        """Whether it is the title at the beginning of a paragraph, which goes on to explain it."""
        self.more: list[Sentence] = []
        self.labels: dict[str, str] = {}


def put_labels(group: Group, sentence: Sentence, reading: Reading) -> bool:
    """Put what labels in a sentence tell into a group; tell whether it has any."""
    if begun := counted_name(sentence, reading):
        group.cards.append((sentence, *begun))
        return True
    last = group.items[-1] if group.items else None
    labels = labels_in(sentence, reading)
    for role, value in labels:
        if role == "measure" and is_title(title_of(value)):
            group.cards.append((sentence, value, {}))
        elif group.cards:
            group.cards[-1][2].setdefault(role, value)
        else:
            (last or group).labels.setdefault(role, value)
    return bool(labels)


def run_in(sentence: Sentence, before: int) -> Sequence[Sentence]:
    """Return the title that begins a paragraph, as 窓口の拡大, and what follows in its line.

    A full stop ends it, or a wide blank.
    """
    if sentence.block.kind != "paragraph" or sentence.place == before:
        return ()
    if len(sentence.said) <= LONGEST_NAME and _NAME_ALONE.fullmatch(sentence.said):
        return (sentence,)
    found = _BEFORE_BLANK.match(sentence.text)
    if found is None or _DATED_LEAD.match(squeezed(found[1])):
        return ()
    rest = sentence.text[found.end() :]
    return as_sentence(sentence, found[1]), as_sentence(sentence, rest)


_BEFORE_BLANK: Final = re.compile(r"([^\s、。:：()（）]{4,30}[一-龥々ァ-ヶー])\u3000+(?=\S{10,}。)")
_DATED_LEAD: Final = re.compile("(?:令和|平成|R|20)[0-9元]")
_NAME_ALONE: Final = re.compile("[^、。:]{3,}[一-龥々ァ-ヶーA-Za-z)」]。")
