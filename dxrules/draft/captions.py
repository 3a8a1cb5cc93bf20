"""What stands above tables and lists, and tells of all that they name: これから移行する業務."""

from __future__ import annotations

import re
from typing import Final

from dxrules.draft.outline import Sentence

_LONGEST: Final = 60
"""Signs of a caption, and of a sentence that introduces a list."""
_LONGEST_INTRODUCING: Final = 120
_INTRODUCES: Final = re.compile("次の|以下の|下記の|下表|次表|下の表|別表|とおり")
_COUNTS: Final = re.compile("[0-9]+(?:つの)?(?:業務|事務|システム|件|種|公金|料)")
_OF_LIST: Final = re.compile("(?:次|以下|下記|下表|次表)の[0-9]+(?:つの)?(?:業務|事務|公金|料金)")
"""A count of what is listed below, which tells of all of it; any other one is of some."""
_KEY: Final = re.compile("凡例|[○◯〇△×▲●◎◇□■未済中](?:[:=]|は|…)")
"""A key to the signs in a table, which tells of all that they may mean."""
_FARTHEST: Final = 12
"""Blocks below a line that names a topic, within which bare tables and lines are of it."""


class Caption:
    """Keeps what stands above what is read next: the heading, and the last line that is a label."""

    def __init__(self) -> None:
        self.title = ""
        self.label = ""
        self.titles: tuple[str, ...] = ()
        self.named = -_FARTHEST
        """The block in which the topic was last named."""

    def see(
        self, sentence: Sentence, *, is_of_topic: bool, is_list: bool, names_things: bool = False
    ) -> None:
        """Take what stands above the next sentences.

        What names things itself, or counts some, tells of those, and not of all that is below.
        """
        if sentence.titles != self.titles or sentence.is_heading:
            self.titles, self.label, self.named = sentence.titles, "", -_FARTHEST
        said = sentence.said
        if sentence.is_heading:
            self.title = said
        elif not is_list and sentence.block.kind != "table" and not _KEY.search(said):
            is_sentence = said.endswith("。")
            longest = _LONGEST_INTRODUCING if is_sentence else _LONGEST
            introduces = not is_sentence or _INTRODUCES.search(said) is not None
            counts = is_sentence and _COUNTS.search(_OF_LIST.sub("", said)) is not None
            introduces = introduces and not (counts or names_things)
            self.label = said if introduces and len(said) <= longest else ""
        if is_of_topic:
            self.named = sentence.place

    def is_near(self, sentence: Sentence) -> bool:
        """Tell whether the topic was named in the same section, not far above."""
        return sentence.titles == self.titles and sentence.place - self.named < _FARTHEST

    @property
    def above(self) -> str:
        """What tells of all below it: the last label, or else the heading."""
        return self.label or self.title

    @property
    def around(self) -> str:
        """All that stands above: the heading and the last label."""
        return f"{self.title}{self.label}"
