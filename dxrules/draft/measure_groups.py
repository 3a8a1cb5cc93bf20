"""Headings of measures with what stands below them, as a walk over the document gathers it."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from dxrules.draft.outline import Sentence


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
