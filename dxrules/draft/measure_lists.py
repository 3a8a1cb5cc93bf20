"""Measures from headings, items of lists and prose.

Below a heading of measures, what is done is told in one of these ways, section by section:

    a heading with labels below it     the heading is the measure, the labels tell of it
    a heading with a list below it     each item by which something is done is one
    a heading with prose below it      the heading is one, and the prose tells of it

So a heading is settled only when all below it was seen. Elsewhere, what may be a measure is
offered as a question. What the words do not say is asked, too.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from typing import Final

from dxrules.document.normal import squeezed
from dxrules.draft.bare_facts import is_named_office
from dxrules.draft.candidates import Quote, part, quoted
from dxrules.draft.lexicon import Lexicon
from dxrules.draft.measure_cells import take_cells
from dxrules.draft.measure_groups import (
    Group,
    Item,
    is_aim,
    is_background,
    is_generic,
)
from dxrules.draft.measure_prose import (
    gathering,
    in_parts,
    is_of_one,
    names_owner,
    owned_parts,
    parent_of,
    tells_of_doing,
    titles_in_prose,
    titles_of_owned,
)
from dxrules.draft.measure_sections import OF_MEASURES, TELLING, groups_of, is_counted
from dxrules.draft.measure_states import state_beside
from dxrules.draft.measure_titles import (
    is_doing,
    is_marked,
    is_owned,
    is_sentence_of_doing,
    is_title,
    is_whole_title,
    item_title,
    short_title,
    title_of,
)
from dxrules.draft.measure_words import (
    FROM_LIST,
    Made,
    Said,
    as_sentence,
    bracketed,
    headings_above,
    in_doubt,
    with_bracket,
)
from dxrules.draft.outline import Sentence, kinds_of
from dxrules.draft.phrases import DAY
from dxrules.draft.schedules import scheduled
from dxrules.texts import Text

_FROM_PROSE: Final = Text(
    "文章で述べられており、団体の取組かどうか判断できない",
    "told in prose, and it may not be a measure",
)
_OF_ALL_ITEMS: Final = Text(
    "一覧の下の工程表で、項目ごとの時期は書かれていない",
    "the schedule below the list, not told of each item",
)
_PARENT: Final = Text(
    "見出しで、下の項目をまとめただけかもしれない", "a heading, which may only group what is below"
)


def of_lists(sentences: Sequence[Sentence], reading: Lexicon) -> Iterator[Made]:
    """Yield the measures of headings, items and prose; those that may be none are in doubt."""
    groups = [*groups_of(sentences, reading)]
    told = sum(bool(TELLING & item.labels.keys()) for group in groups for item in group.items)
    for group in groups:
        group.settle()
    are_owned = any(owned_parts(group, reading) > 1 for group in groups)
    sections = gathering(groups, reading)
    for group in groups:
        is_section = are_owned or parent_of(group) in sections
        yield from _settled(group, reading, are_told=told >= _MOST_SHOWN, is_section=is_section)


def _settled(group: Group, reading: Lexicon, *, are_told: bool, is_section: bool) -> Iterator[Made]:
    """Yield the measures of a group.

    `are_told`: the items of the document tell who does them; `is_section`: what is told by prose
    below headings as this one is of several measures.
    """
    heading = group.heading
    below = _is_below(group, reading)
    _take_table(group, below=below)
    told_by_labels = labels = bool(TELLING & group.labels.keys())
    counted = heading is not None and is_counted(heading, reading)
    doing = [item for item in group.items if _does(item, reading)]
    is_leaf = heading is not None and not group.is_parent and heading.voice == "town"
    is_leaf = is_leaf and (counted or not (heading and is_generic(heading, reading)))
    if group.cards:
        yield from _cards(group, reading, below=below)
        return
    _take_owner(group, reading)
    labels |= "owner" in group.labels or (
        _has_owner(group, reading) and (bool(group.items) or _is_named(group, reading))
    )
    kinds = {*heading.near, *heading.about} if heading is not None else _ELSEWHERE
    owned = "owner" in group.labels and not kinds & _ELSEWHERE
    is_leaf = is_leaf and (counted or not group.counts_several())
    if is_leaf and (below or owned) and (labels or counted) and "measure" not in group.labels:
        is_led = is_aim(heading, reading) or group.leads_to_several()
        sure = counted or not (is_led or _is_only_dated(group, reading))
        is_apart = is_section and not counted and not group.items and not told_by_labels
        sure = sure and not group.is_of_several and not is_apart
        yield from (made := [*_heading(group, reading, sure=sure)])
        if made and not group.is_first_of_items() and not is_apart:
            return
    unowned = _without_owner(group.items, reading)
    owned_items = len(_owned(group.items, reading))
    are_told_fully = sum(len(TELLING & item.labels.keys()) > 1 for item in group.items)
    elsewhere = _ELSEWHERE - (_AIMS if are_told_fully >= _LEAST_OWNED else set())
    are_owned = owned_items >= _LEAST_OWNED and (heading is None or not kinds & elsewhere)
    for item in group.items:
        if (item in doing and not set(item.first.near) & elsewhere) or below:
            sure = below and item in doing and not _BESIDE & set(item.first.near)
            sure |= are_owned and item in doing
            sure = sure and (not are_told or _is_told_by(item, reading))
            sure = sure and item not in unowned and not is_background(item.first)
            yield from _item(item, reading, sure=sure, beside=group.beside)
    told = [each for each in group.prose if tells_of_doing(each, reading)]
    if (
        heading is not None
        and is_leaf
        and below
        and not group.items
        and "table" not in group.labels
    ):
        title = title_of(heading.text)
        known = set(kinds_of(heading.said, reading)) - _BESIDE
        if is_title(title) and not known and (told or is_doing(title, reading)):
            is_gathered = _GATHERED in heading.near
            sure = bool(told) and not is_gathered and not is_aim(heading, reading)
            sure = sure and not is_section
            sure = sure and sum(len(each.said) for each in group.prose) <= _LONGEST_PROSE
            sure = sure and (is_doing(title, reading) or is_of_one(told, title, reading))
            yield from _heading(group, reading, sure=sure)
            told = told[1:] if sure or (told and title in told[0].text) else told
    for part_of in in_parts(group.prose, reading):
        if any(each in told for each in part_of):
            yield from _prose(part_of, reading)


_LONGEST_PROSE: Final = 400
"""Signs of what is said of one measure; more of them tell of several, and of why."""


def _take_owner(group: Group, reading: Lexicon) -> None:
    """Take the office that prose below a heading ends with: 契約を電子化します(担当:財政課)."""
    told = {bracketed(each.said, reading).get("owner", "") for each in group.prose} - {""}
    if len(told) == 1 and not group.items:
        group.labels.setdefault("owner", *told)


def _is_named(group: Group, reading: Lexicon) -> bool:
    """Tell whether a heading says what is done, or is of an area; 役場の仕事 gathers some."""
    title = title_of(group.heading.text) if group.heading is not None else ""
    return is_doing(title, reading) or any(reading.named("area", squeezed(title)))


def _without_owner(items: Sequence[Item], reading: Lexicon) -> list[Item]:
    """Return the items of which none tells who does them, in a list in which others have that.

    書かない窓口 / 住民課。実施中 / 電子申請 / 総務課。予定: what has none may be a heading.
    """
    owned = _owned(items, reading)
    without = [i for i in items if i not in owned and not is_owned(i.first.said, reading)]
    return without if len(items) - len(without) >= _LEAST_OWNED else []


def _owned(items: Sequence[Item], reading: Lexicon) -> list[Item]:
    """Return the items of which labels, or the prose that goes on in them, tell who does them."""
    return [
        item
        for item in items
        if "owner" in item.labels or any(names_owner(each, reading) for each in item.more)
    ]


_LEAST_OWNED: Final = 2


def _has_owner(group: Group, reading: Lexicon) -> bool:
    """Tell whether the prose below a heading says who does it."""
    return any(names_owner(each, reading) for each in group.prose)


def _is_only_dated(group: Group, reading: Lexicon) -> bool:
    """Tell whether labels below a heading say from when to when, and nothing else: it may be all.

    A 期間 alone may be that of a section.
    """
    return group.labels.keys() <= _DATED and not _has_owner(group, reading)


_DATED: Final = frozenset({"schedule", "start", "due"})
_GATHERED: Final = "own-measures"
"""Headings as 町の取組, below which prose tells of several things under one heading."""


_BESIDE: Final = frozenset({"standardization", "security", "el-qr"})
"""What a heading of measures may be about as well; lists below it are often of systems."""


def _take_table(group: Group, *, below: bool) -> None:
    """Take what a table says for labels of the heading, where that is one of measures."""
    if below or group.beside.keys() == {"table"}:
        group.labels = group.beside | group.labels
    elif group.beside:
        group.labels.setdefault("table", "")


def _cards(group: Group, reading: Lexicon, *, below: bool) -> Iterator[Made]:
    for sentence, name, labels in group.cards:
        if TELLING & labels.keys() or below:
            yield from _labelled(sentence, name, labels, reading)


def _labelled(
    sentence: Sentence, name: str, labels: dict[str, str], reading: Lexicon
) -> Iterator[Made]:
    """Yield the measure that a list of labels tells of: 取組名：…, 担当課：…, 実施時期：…."""
    title = short_title(name, reading)
    if is_title(title):
        said = _of(labels, [as_sentence(sentence, title)], title, sentence, reading)
        yield said.mapping(title), (_whole(sentence),)


def _is_below(group: Group, reading: Lexicon) -> bool:
    """Tell whether a group stands below a heading of measures, and of nothing else."""
    if group.heading is not None and is_counted(group.heading, reading):
        return True
    if group.is_in_parts:
        return bool(OF_MEASURES & {*group.heading_near})
    near: set[str] = set()
    for each in (*group.prose[:1], *(item.first for item in group.items[:1])):
        near = set(each.near)
    if group.heading is not None and not near - _BESIDE:
        near |= set(group.heading.near)
    return bool(near & OF_MEASURES) and not near - OF_MEASURES - _BESIDE


def _is_told_by(item: Item, reading: Lexicon) -> bool:
    """Tell whether labels, or a bracket, say who does what an item names, or when."""
    return bool(TELLING & item.labels.keys()) or is_marked(item.first.said, reading)


def _does(item: Item, reading: Lexicon) -> bool:
    """Tell whether an item says that something is done, or what goes on in it says so.

    Of what was done so far, a list has the names alone.
    """
    if _is_told_by(item, reading):
        return True
    if any(is_sentence_of_doing(each.said, reading) for each in item.more):
        return True
    done_so_far = "done-so-far" in item.first.near and "。" not in item.first.text
    if done_so_far and not title_of(item.first.text).endswith(reading.ends("state-end")):
        return True
    names = (item_title(item.first.text, reading), title_of(item.first.text))
    return any(is_doing(name, reading) for name in names)


def _item(item: Item, reading: Lexicon, *, sure: bool, beside: Mapping[str, str]) -> Iterator[Made]:
    title = item.title or item_title(item.first.text, reading)
    if not is_whole_title(title):
        return
    state = state_beside(item.first.text, reading)
    stated = {"status": state} if state else {}
    subject = _HAS_SUBJECT.match(squeezed(title))
    if subject and is_named_office(subject[1], reading) and not item.labels:
        yield from _prose([item.first], reading)
        return
    said = _of(
        stated | item.labels, with_bracket([item.first, *item.more]), title, item.first, reading
    )
    for key, day in scheduled(beside.get("schedule", ""), reading).items():
        if key not in said.values:
            days = [day, beside.get("until", day)] if key == "due" else [day]
            said.doubt(key, [*dict.fromkeys(days)], _OF_ALL_ITEMS)
    made = said.mapping(title)
    if not sure:
        made = in_doubt(made, FROM_LIST)
    doing = [each for each in item.more if is_sentence_of_doing(each.said, reading)]
    yield made, tuple(_whole(each) for each in (item.first, *doing[:_MOST_SHOWN]))


_HAS_SUBJECT: Final = re.compile("([^、。はがをに]{1,14})[はが]、")
"""The beginning of a sentence, by which nothing is called: 財政課は、電子契約を導入する。"""


def _heading(group: Group, reading: Lexicon, *, sure: bool) -> Iterator[Made]:
    heading = group.heading
    assert heading is not None  # noqa: S101  (its callers have looked)
    title = group.title or short_title(heading.text, reading)
    if not is_whole_title(title) or title.startswith(_FRAMES):
        return
    more = [*group.prose, *(item.first for item in group.items)]
    doing = [each for each in more if is_sentence_of_doing(each.said, reading)]
    told = [each for each in more if each in doing or names_owner(each, reading)]
    state = state_beside(heading.text, reading)
    stated = {"status": state} if state else {}
    said = _of(stated | group.labels, [heading, *told], title, heading, reading)
    made = said.mapping(title)
    if not sure or title.endswith(reading.ends("no-name")):
        made = in_doubt(made, _PARENT)
    yield made, tuple(_whole(each) for each in (heading, *doing[:_MOST_SHOWN]))


_FRAMES: Final = ("―", "—", "–", "－", "～", "〜", "~")
"""What the second line of a document's title stands in."""
_MOST_SHOWN: Final = 4  # sentences by which a heading is shown


def _whole(sentence: Sentence) -> Quote:
    """Return a sentence as a quotation; of a long one its end, where the verb stands."""
    end = len(sentence.said)
    return quoted(sentence, part(sentence, 0, end), part(sentence, end - 1, end))


def _prose(told: Sequence[Sentence], reading: Lexicon) -> Iterator[Made]:
    """Yield what prose says is done in one of the areas, or by an office in a bracket: a question.

    The first sentence names it, and those after it go on about it.
    """
    sentence = told[0]
    near = set(sentence.near)
    owned = [each for each in told if "owner" in bracketed(each.said, reading)]
    asked = near & OF_MEASURES or reading.coded("area", sentence.said) or owned
    if near & (_ELSEWHERE - {"aims", "organization"}) or not asked:
        return
    titles = titles_of_owned(told, reading) if owned else titles_in_prose(sentence, reading)
    for title in filter(is_title, titles):
        is_of_last = owned and title in owned[-1].said and any(DAY.matches(owned[-1].said))
        said = _of({}, owned[-1:] if is_of_last else told, title, sentence, reading)
        made = in_doubt(said.mapping(title), _FROM_PROSE)
        yield made, (_whole(owned[-1] if owned else sentence),)


_AIMS: Final = frozenset({"aims"})
"""Headings as 基本方針1, below which a list that tells who does each, and when, is of measures."""
_ELSEWHERE: Final = frozenset(
    {"period", "position", "indicators", "progress", "nation", "past", "issues", "aims"}
    | {"organization", "glossary"}
)
"""Headings below which a list, or prose, tells of something else than of what is done."""


def _of(
    labels: dict[str, str],
    sentences: Sequence[Sentence],
    title: str,
    first: Sentence,
    reading: Lexicon,
) -> Said:
    said = Said()
    take_cells(said, labels, reading)
    content = labels.get("content", "")
    others = "。".join((*(each.said for each in sentences), content))
    said.areas(title, headings_above(first, reading), others, reading)
    told = [as_sentence(first, f"{each}。") for each in content.split("。") if each.strip()]
    said.take(sentences[:1], reading)
    said.take([*sentences[1:], *told], reading)
    return said
