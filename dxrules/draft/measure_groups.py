"""Headings of measures with what stands below them, as a walk over the document gathers it."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Final

from dxrules.document.normal import squeezed
from dxrules.document.signs import sign_of
from dxrules.draft.column_heads import named_role
from dxrules.draft.entry_lines import EntryLine, entry_of
from dxrules.draft.label_lines import counted_name, labels_in
from dxrules.draft.lexicon import Lexicon
from dxrules.draft.measure_titles import is_doing, is_title, title_of
from dxrules.draft.measure_words import as_sentence
from dxrules.draft.outline import Sentence

LONGEST_NAME: Final = 40
"""Signs of a title that the prose after it explains."""


class Group:
    """A heading with what stands below it, up to the next one."""

    def __init__(self, heading: Sentence | None, entry: EntryLine | None = None) -> None:
        self.heading = heading
        self.title = entry.title if entry is not None else ""
        """The name in its heading, if that tells who does it, or when, beside it."""
        told = entry.labels if entry is not None else {}
        self.labels: dict[str, str] = {k: v for k, v in told.items() if k != "status"}
        self.beside: dict[str, str] = {}
        """What a table below the heading says, which tells of it only if that is a measure."""
        self.items: list[Item] = []
        self.prose: list[Sentence] = []
        self.cards: list[tuple[Sentence, str, dict[str, str]]] = []
        self.is_parent = False
        self.is_in_parts = False
        """Whether headings below it are but names of its parts, as 担当課 and 取組内容."""
        self.is_of_several = False
        """Whether what stands below it is done by several offices, each named after its part."""
        self.office = ""
        """The office that stands above its items as a heading of theirs."""
        self.year = ""
        """The year that stands above its items as a heading of theirs."""
        self.label = ""
        """The role of a label that stands as a heading, of which the next line tells."""
        self.label_said = ""
        """The words of that label."""
        self.place = -1
        """Where the sentence stands that was put last."""
        self.is_open = False
        """Whether that was prose, and its end stands in another line."""

    @property
    def heading_near(self) -> tuple[str, ...]:
        """What the headings above its own are about."""
        return self.heading.near if self.heading is not None else ()

    def settle(self) -> None:
        """Take what looked like the title of a paragraph, but stands alone, for prose."""
        alone = [each for each in self.items if each.is_run_in and not each.more]
        self.items = [each for each in self.items if each not in alone]
        self.prose += [each.first for each in alone]

    def leads_to_several(self) -> bool:
        """Tell whether its prose leads to several measures: 次の2つに取り組みます."""
        return any(_SEVERAL.search(each.said) for each in self.prose)

    def is_first_of_items(self) -> bool:
        """Tell whether its items count on from its heading: 1. 電子契約 / 2. 電子請求 / 3. …."""
        if self.heading is None or not self.items:
            return False
        own, after = sign_of(self.heading.text), sign_of(self.items[0].first.text)
        is_alike = own is not None and after is not None and own.kind == after.kind
        return is_alike and bool(own and after and after.last == own.last + 1 > 1)

    def counts_several(self) -> bool:
        """Tell whether its prose counts what is done, each in a paragraph: ア …。 / イ …。."""
        firsts = [each for each in self.prose if each.block.text.startswith(each.text)]
        signs = [sign_of(each.text) for each in firsts]
        return sum(sign is not None and sign.kind in COUNTING for sign in signs) > 1


_SEVERAL: Final = re.compile("(?:次|以下)の[2-9二三四五六七八九]つ")


def is_within(inner: Sentence, outer: Sentence | None) -> bool:
    """Tell whether a heading stands below another one; of levels that are told, the deeper one."""
    path = outer.block.section if outer is not None else ()
    if outer is not None and 0 < inner.block.level <= outer.block.level:
        return False
    return bool(path) and len(inner.block.section) > len(path) == sum(
        one == other for one, other in zip(inner.block.section, path, strict=False)
    )


class Item:
    """An item of a list with the sentences and labels that go on in it."""

    def __init__(
        self, first: Sentence, entry: EntryLine | None = None, *, is_run_in: bool = False
    ) -> None:
        self.first = first
        self.title = entry.title if entry is not None else ""
        """Its name, if the line tells who does it, when, or how far it is beside that."""
        self.is_run_in = is_run_in
        """Whether it is the title at the beginning of a paragraph, which goes on to explain it."""
        self.more: list[Sentence] = []
        self.labels: dict[str, str] = entry.labels if entry is not None else {}


def put_labels(group: Group, sentence: Sentence, reading: Lexicon) -> bool:
    """Put what labels in a sentence tell into a group; tell whether it has any."""
    if begun := counted_name(sentence, reading):
        group.cards.append((sentence, *begun))
        return True
    last = group.items[-1] if group.items else None
    labels = labels_in(sentence, reading)
    if labels and labels[0][0] != "measure" and (name := _name_before(group, sentence, reading)):
        group.cards.append((name, name.text, {}))
    for role, value in labels:
        if role == "measure" and is_title(title_of(value)):
            group.cards.append((sentence, value, {}))
        elif group.cards:
            group.cards[-1][2].setdefault(role, value)
        else:
            (last or group).labels.setdefault(role, value)
    return bool(labels)


def _name_before(group: Group, sentence: Sentence, reading: Lexicon) -> Sentence | None:
    """Return the line just above a label, where that names what it tells of, and take it away."""
    before = group.prose[-1] if group.prose else None
    if before is None or before.place != sentence.place - 1 or before.block.text != before.text:
        return None
    is_led = group.heading is None or is_generic(group.heading, reading) or bool(group.cards)
    is_name = len(before.said) <= LONGEST_NAME and not set("。:：") & set(before.said)
    is_name = is_name and is_led and not group.labels and not group.items
    title = title_of(before.text)
    is_of_one = "measures" in before.near or bool(group.cards) or is_doing(title, reading)
    is_name = is_name and not named_role(before.said, reading)
    return group.prose.pop() if is_name and is_of_one and is_title(title) else None


def run_in(sentence: Sentence, before: int) -> Sequence[Sentence]:
    """Return the title that begins a paragraph, as 窓口の拡大, and what follows in its line.

    A full stop ends it, or a wide blank.
    """
    if sentence.block.kind != "paragraph" or sentence.place == before:
        return ()
    if len(sentence.said) <= LONGEST_NAME and _NAME_ALONE.fullmatch(sentence.said):
        return (sentence,)
    sign = sign_of(sentence.text)
    is_counted = sign is not None and sign.kind in COUNTING
    found = (_COUNTED if is_counted else _BEFORE_BLANK).match(sentence.text)
    if found is None or _DATED_LEAD.match(squeezed(found[1])):
        return ()
    rest = sentence.text[found.end() :]
    return as_sentence(sentence, found[1]), as_sentence(sentence, rest)


_BEFORE_BLANK: Final = re.compile(r"([^\s、。:：()（）]{4,30}[一-龥々ァ-ヶー])\u3000+(?=\S{10,}。)")


def entry_in(sentence: Sentence, reading: Lexicon) -> EntryLine | None:
    """Return the name in an item, or in a line that tells who does it, with what is beside it."""
    if sentence.block.kind == "table" or not sentence.block.text.startswith(sentence.text):
        return None
    entry = entry_of(sentence.text, reading)
    if entry is None and (led := _BEFORE_SAID.match(sentence.text)):
        entry = entry_of(led[1], reading)
    is_item = sentence.block.kind == "item" or sentence.is_heading
    return entry if entry is not None and (is_item or "owner" in entry.labels) else None


_BEFORE_SAID: Final = re.compile(r"(.{4,60}?[)）】\]］〕＞>])\s*[:：]?\s*(?=\S{6})")
"""A name and a bracket before what is said of it: 電子契約の導入（財政課）：契約を電子化します。"""
_COUNTED: Final = re.compile(r"(\S{1,5}[\s\u3000]+[^\s、。:：()（）]{4,30})[\s\u3000]+(?=\S{8,}。)")
"""A title with its sign before a blank and a sentence: ア 出張申請の巡回 6集落を年2回回る。"""
COUNTING: Final = frozenset({"kana", "paren", "circle", "letter"})
_DATED_LEAD: Final = re.compile("(?:令和|平成|R|20)[0-9元]")
_NAME_ALONE: Final = re.compile("[^、。:]{3,}[一-龥々ァ-ヶーA-Za-z)」]。")


def is_background(sentence: Sentence) -> bool:
    """Tell whether a list of what was done so far stands where a plan tells of its issues."""
    return "done-so-far" in sentence.near and "issues" in sentence.about


def is_generic(heading: Sentence, reading: Lexicon) -> bool:
    """Tell whether a heading but leads to measures, and names none: 主な取組, 取組と担当課."""
    title = squeezed(title_of(heading.text))
    return not reading.any_of("heading-generic").sub("", title)


def is_aim(heading: Sentence | None, reading: Lexicon) -> bool:
    """Tell whether a heading counts aims, as 方針1, below which prose tells of several things."""
    sign = sign_of(heading.text) if heading is not None else None
    return sign is not None and sign.word in reading.ends("counted-aim")
