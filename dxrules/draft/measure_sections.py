"""The walk over a document that gathers what stands below each heading: labels, items, prose."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from collections.abc import Set as AbstractSet
from typing import Final

from dxrules.document.original import Block
from dxrules.document.signs import sign_of
from dxrules.draft.bare_facts import bare_fact, is_named_office
from dxrules.draft.cards import heads_of_one, labels_of, years_of_one
from dxrules.draft.column_heads import named_role
from dxrules.draft.entry_lines import facts_in
from dxrules.draft.label_lines import labels_in
from dxrules.draft.lexicon import Lexicon
from dxrules.draft.measure_groups import (
    LONGEST_NAME,
    Group,
    Item,
    entry_in,
    is_within,
    put_labels,
    run_in,
)
from dxrules.draft.measure_titles import is_doing, is_marked, is_sentence_of_doing, short_title
from dxrules.draft.outline import Sentence, bare
from dxrules.draft.schedules import over_years
from dxrules.draft.table_years import YEAR, year_of

OF_MEASURES: Final = frozenset({"measures", "own-measures", "done-so-far", "state-of-measures"})
TELLING: Final = frozenset({"owner", "schedule", "status", "start", "due"})


def groups_of(sentences: Sequence[Sentence], reading: Lexicon) -> Iterator[Group]:
    """Yield the headings of a document, in order, each with what stands below it."""
    group = Group(None)
    recurring = _recurring(sentences)
    for sentence in sentences:
        is_table = sentence.block.kind == "table"
        if group.label and not (sentence.is_heading or is_table):
            _take_said(group, sentence, reading)
        elif _is_label(sentence, group, recurring, reading):
            continue
        elif is_counted(sentence, reading) and not sentence.is_heading:
            group.is_parent |= sentence.is_entry and _leads_on(group)
            yield group
            group = Group(sentence, entry_in(sentence, reading))
        elif sentence.is_heading and group.heading is not None and _tells_of_it(sentence, reading):
            _put(group, sentence, reading)
        elif sentence.is_heading:
            is_next = sentence.is_entry and group.heading is not None and group.heading.is_entry
            is_inner = sentence.voice == "town" and is_within(sentence, group.heading)
            group.is_parent = is_inner and not is_next
            yield group
            group = _headed(sentence, reading)
        elif is_table:
            _take_beside(group, sentence.block, reading)
        elif not sentence.cover and sentence.voice == "town":
            _put(group, sentence, reading)
            group.place = sentence.place
    yield group


def _headed(sentence: Sentence, reading: Lexicon) -> Group:
    group = Group(sentence, entry_in(sentence, reading))
    group.office = bare(sentence.said) if _is_office(sentence, reading) else ""
    group.year = year_of(bare(sentence.said)) if YEAR.fullmatch(bare(sentence.said)) else ""
    return group


def _take_said(group: Group, sentence: Sentence, reading: Lexicon) -> None:
    """Take what stands below a label that has a line of its own."""
    told = group.cards[-1][2] if group.cards else group.labels
    value = " ".join(sentence.text.split())
    if group.label == "schedule":
        value = over_years(group.label_said, value, reading)
    told.setdefault(group.label, value)
    group.label = ""


def _take_beside(group: Group, block: Block, reading: Lexicon) -> None:
    """Take what a table below a heading says of what that names."""
    group.label = ""
    told = heads_of_one(block, reading) or labels_of(block, reading) or years_of_one(block)
    group.beside |= told if TELLING & told.keys() else {"table": ""}


def _is_label(
    sentence: Sentence, group: Group, recurring: AbstractSet[str], reading: Lexicon
) -> bool:
    """Tell whether a line is but a label of the measure above it, or the name of a part of it.

    What stands below it is then told of the measure; why it is done tells nothing of it.
    """
    if sentence.is_heading and _is_part(sentence, group, recurring):
        group.is_in_parts = True
        role = named_role(bare(sentence.said), reading)
        group.label, group.label_said = role if role in TELLING else "", bare(sentence.said)
        return True
    if group.is_in_parts and _ASIDE & {*sentence.near} and not sentence.is_heading:
        return True
    label = _label_alone(sentence, group, reading)
    if label:
        group.label, group.label_said = label if label != "content" else "", bare(sentence.said)
    return bool(label)


_ASIDE: Final = frozenset({"issues", "past", "nation"})
_LEAST_PARTS: Final = 3
"""Headings of one name that are parts of what stands above each, as 担当課 of several measures."""


def _recurring(sentences: Sequence[Sentence]) -> frozenset[str]:
    """Return the names of headings that stand below several others."""
    names = Counter(bare(each.said) for each in sentences if each.is_heading)
    return frozenset(name for name, number in names.items() if number >= _LEAST_PARTS)


def _is_part(sentence: Sentence, group: Group, recurring: AbstractSet[str]) -> bool:
    """Tell whether a heading is but the name of a part of the measure that stands above it."""
    heading = group.heading
    return (
        bare(sentence.said) in recurring
        and heading is not None
        and bare(heading.said) not in recurring
        and is_within(sentence, heading)
        and bool(OF_MEASURES & {*group.heading_near})
    )


def _leads_on(group: Group) -> bool:
    """Tell whether a group is but the heading of the measures that follow it."""
    heading = group.heading
    is_name = heading is not None and heading.is_entry
    return not (is_name or group.labels or group.items or group.cards)


def _label_alone(sentence: Sentence, group: Group, reading: Lexicon) -> str:
    """Return the role of a line that is but a label of the measure above: ■担当課, 担当課：."""
    if sentence.said.endswith(":") and group.cards and sentence.block.kind != "table":
        role = named_role(sentence.said[:-1], reading)
        return role if role in TELLING | {"content"} else ""
    if not sentence.is_heading or not OF_MEASURES & set(group.heading_near):
        return ""
    sign = sign_of(sentence.text)
    is_line = sentence.block.kind != "heading"  # 期間, as a section has it, too
    if not is_line and (sign is None or sign.kind != "mark"):
        return ""
    role = named_role(bare(sentence.said), reading)
    return role if role in TELLING | {"content"} else ""


def _tells_of_it(sentence: Sentence, reading: Lexicon) -> bool:
    """Tell whether a heading is but labels of the one above: 【担当】住民課 【期間】令和8年度."""
    roles = {role for role, value in labels_in(sentence, reading) if value}
    return len(roles & TELLING) > 1 or (
        bool(roles & TELLING) and len(roles) == 1 and sentence.voice == "town"
    )


def _put(group: Group, sentence: Sentence, reading: Lexicon) -> None:
    last = group.items[-1] if group.items else None
    goes_on = last is not None and last.first.place == sentence.place
    was_open = group.is_open
    group.is_open = False
    if put_labels(group, sentence, reading):
        return
    if _is_office(sentence, reading):
        group.office = bare(sentence.said)
        return
    if _is_told_of(group) and (facts := _bare_facts(sentence, reading)):
        for role, fact in facts:
            known = (last or group).labels.setdefault(role, fact)
            group.is_of_several |= last is None and role == "owner" and known != fact
    elif last is not None and goes_on:
        last.more.append(sentence)
        group.is_open = _is_broken(sentence)
    elif (entry := entry_in(sentence, reading)) or sentence.block.kind == "item":
        group.items.append(Item(sentence, entry))
        own = group.items[-1].labels
        own |= {
            k: v for k, v in (("owner", group.office), ("when", group.year)) if v and k not in own
        }
    elif not was_open and _is_name(sentence, reading):
        group.items.append(Item(sentence))
    elif begun := _begun(sentence, group, reading):
        group.items.append(Item(begun[0], is_run_in=True))
        group.items[-1].more += begun[1:]
    else:
        explains = last is not None and _is_explained(last, reading)
        (last.more if last is not None and explains else group.prose).append(sentence)
        group.is_open = _is_broken(sentence)


def _is_broken(sentence: Sentence) -> bool:
    """Tell whether a line of prose ends within a sentence."""
    return not sentence.said.endswith(("。", ")", "」"))


def _is_name(sentence: Sentence, reading: Lexicon) -> bool:
    """Tell whether a line below a heading of measures is but the name of one."""
    is_line = sentence.block.kind == "paragraph" and sentence.block.text == sentence.text
    is_named = _NAME.fullmatch(sentence.said) is not None and len(sentence.said) <= LONGEST_NAME
    is_named = (
        is_line and is_named and bool(OF_MEASURES & set(sentence.near)) and not sentence.is_heading
    )
    is_named = is_named and not named_role(sentence.said, reading)
    return is_named and is_doing(short_title(sentence.text, reading), reading)


_NAME: Final = re.compile(r"[\w「『][\w・「」『』()&-]*")


def _bare_facts(sentence: Sentence, reading: Lexicon) -> Sequence[tuple[str, str]]:
    """Return the facts that are all a sentence says."""
    fact = bare_fact(sentence, reading)
    found = [fact] if fact is not None else facts_in(sentence.text, reading)
    return () if [role for role, _ in found] == ["when"] else found


def _is_office(sentence: Sentence, reading: Lexicon) -> bool:
    """Tell whether a heading, or a line with the mark of one, is an office: ■財政課."""
    sign = sign_of(sentence.text)
    is_head = sentence.is_heading or (sign is not None and sign.kind == "mark")
    return is_head and is_named_office(bare(sentence.said), reading)


def _begun(sentence: Sentence, group: Group, reading: Lexicon) -> Sequence[Sentence]:
    """Return the title that begins a paragraph with what follows, where that explains no item."""
    last = group.items[-1] if group.items else None
    explains = last is not None and not last.is_run_in and is_marked(last.first.said, reading)
    return () if explains else run_in(sentence, group.place)


def _is_told_of(group: Group) -> bool:
    """Tell whether something stands in a group that a bare fact may be of."""
    return bool(group.items) or group.heading is not None


def _is_explained(item: Item, reading: Lexicon) -> bool:
    """Tell whether an item is a title, which the prose after it explains."""
    said = item.first.said
    return len(said) <= LONGEST_NAME and not is_sentence_of_doing(said, reading)


def is_counted(heading: Sentence, reading: Lexicon) -> bool:
    """Tell whether a heading, or a line, counts measures itself, as 取組3 or 施策1-2."""
    if heading.is_entry:
        return True
    sign = sign_of(heading.text)
    is_line = heading.is_heading or (
        heading.block.kind != "table"
        and heading.voice == "town"
        and heading.block.text == heading.text
        and "。" not in heading.text
    )
    return is_line and (
        sign is not None and sign.kind == "named" and sign.word in reading.ends("counted-measure")
    )
