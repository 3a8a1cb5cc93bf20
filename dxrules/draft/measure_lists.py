"""Measures from headings, items of lists and prose.

Below a heading of measures, what is done is told in one of these ways, section by section:

    a heading with labels below it     the heading is the measure, the labels tell of it
    a heading with a list below it     each item by which something is done is one
    a heading with prose below it      the heading is one, and the prose tells of it

So a heading is settled only when all below it was seen. Elsewhere, what may be a measure is
offered as a question. What the words do not say is asked, too.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Final

from dxrules.document.signs import sign_of
from dxrules.draft.bare_facts import bare_fact
from dxrules.draft.candidates import Quote, find, part, quoted
from dxrules.draft.cards import heads_of_one, labels_of, years_of_one
from dxrules.draft.label_lines import labels_in
from dxrules.draft.measure_cells import take_cells
from dxrules.draft.measure_groups import (
    LONGEST_NAME,
    Group,
    Item,
    is_aim,
    is_background,
    is_entry,
    is_within,
    put_labels,
    run_in,
)
from dxrules.draft.measure_prose import tells_of_doing, titles_in_prose
from dxrules.draft.measure_states import state_beside
from dxrules.draft.measure_words import (
    FROM_LIST,
    Made,
    Said,
    as_sentence,
    headings_above,
    is_doing,
    is_marked,
    is_owned,
    is_sentence_of_doing,
    is_title,
    is_whole_title,
    short_title,
    title_of,
    with_bracket,
)
from dxrules.draft.outline import Sentence, bare, kinds_of
from dxrules.draft.reading import Reading
from dxrules.draft.tables import named_role
from dxrules.texts import Text

_OF_MEASURES: Final = frozenset({"measures", "own-measures", "done-so-far", "state-of-measures"})
_FROM_PROSE: Final = Text(
    "文章で述べられており、団体の取組かどうか判断できない",
    "told in prose, and it may not be a measure",
)
_PARENT: Final = Text(
    "見出しで、下の項目をまとめただけかもしれない", "a heading, which may only group what is below"
)


def of_lists(sentences: Sequence[Sentence], reading: Reading) -> Iterator[Made]:
    """Yield the measures of headings, items and prose; those that may be none are in doubt."""
    groups = [*_groups(sentences, reading)]
    told = sum(bool(_TELLING & item.labels.keys()) for group in groups for item in group.items)
    for group in groups:
        group.settle()
        yield from _settled(group, reading, are_told=told >= _MOST_SHOWN)


def _groups(sentences: Sequence[Sentence], reading: Reading) -> Iterator[Group]:
    group = Group(None)
    for sentence in sentences:
        if group.label and not sentence.is_heading and sentence.block.kind != "table":
            group.labels.setdefault(group.label, " ".join(sentence.text.split()))
            group.label = ""
        elif label := _label_alone(sentence, group, reading):
            group.label = label if label != "content" else ""
        elif sentence.is_heading and group.heading is not None and _tells_of_it(sentence, reading):
            _put(group, sentence, reading)
        elif sentence.is_heading:
            group.is_parent = sentence.voice == "town" and is_within(sentence, group.heading)
            yield group
            group = Group(sentence)
        elif sentence.block.kind == "table":
            block = sentence.block
            told = heads_of_one(block, reading) or labels_of(block, reading) or years_of_one(block)
            group.beside |= told if _TELLING & told.keys() else {"table": ""}
        elif not sentence.cover and sentence.voice == "town":
            _put(group, sentence, reading)
            group.place = sentence.place
    yield group


def _label_alone(sentence: Sentence, group: Group, reading: Reading) -> str:
    """Return the role of a heading that is but a label of the measure above: ■担当課."""
    sign = sign_of(sentence.text) if sentence.is_heading and group.heading is not None else None
    if sign is None or sign.kind != "mark" or not _OF_MEASURES & set(group.heading_near):
        return ""
    role = named_role(bare(sentence.said), reading)
    return role if role in _TELLING | {"content"} else ""


def _tells_of_it(sentence: Sentence, reading: Reading) -> bool:
    """Tell whether a heading is but labels of the one above: 【担当】住民課 【期間】令和8年度."""
    roles = {role for role, value in labels_in(sentence, reading) if value}
    return len(roles & _TELLING) > 1 or (
        bool(roles & _TELLING) and len(roles) == 1 and sentence.voice == "town"
    )


def _put(group: Group, sentence: Sentence, reading: Reading) -> None:
    last = group.items[-1] if group.items else None
    goes_on = last is not None and last.first.place == sentence.place
    if put_labels(group, sentence, reading):
        return
    if _is_told_of(group) and (fact := bare_fact(sentence, reading)):
        known = (last or group).labels.setdefault(*fact)
        group.is_of_several |= last is None and fact[0] == "owner" and known != fact[1]
    elif last is not None and goes_on:
        last.more.append(sentence)
    elif sentence.block.kind == "item" or is_entry(sentence, reading):
        group.items.append(Item(sentence))
    elif begun := _begun(sentence, group, reading):
        group.items.append(Item(begun[0], is_run_in=True))
        group.items[-1].more += begun[1:]
    elif last is not None and _is_explained(last, reading):
        last.more.append(sentence)
    else:
        group.prose.append(sentence)


def _begun(sentence: Sentence, group: Group, reading: Reading) -> Sequence[Sentence]:
    """Return the title that begins a paragraph with what follows, where that explains no item."""
    last = group.items[-1] if group.items else None
    explains = last is not None and not last.is_run_in and is_marked(last.first.said, reading)
    return () if explains else run_in(sentence, group.place)


def _is_told_of(group: Group) -> bool:
    """Tell whether something stands in a group that a bare fact may be of."""
    return bool(group.items) or group.heading is not None


def _is_explained(item: Item, reading: Reading) -> bool:
    """Tell whether an item is a title, which the prose after it explains."""
    said = item.first.said
    return len(said) <= LONGEST_NAME and not is_sentence_of_doing(said, reading)


def _settled(group: Group, reading: Reading, *, are_told: bool) -> Iterator[Made]:
    """Yield the measures of a group; `are_told`: the items of the document tell who does them."""
    heading = group.heading
    below = _is_below(group, reading)
    _take_table(group, below=below)
    labels = bool(_TELLING & group.labels.keys()) or _has_owner(group, reading)
    counted = heading is not None and _is_counted(heading, reading)
    doing = [item for item in group.items if _does(item, reading)]
    is_leaf = heading is not None and not group.is_parent and heading.voice == "town"
    if group.cards:
        yield from _cards(group, reading, below=below)
        return
    kinds = {*heading.near, *heading.about} if heading is not None else _ELSEWHERE
    owned = "owner" in group.labels and not kinds & _ELSEWHERE
    if is_leaf and (below or owned) and (labels or counted) and "measure" not in group.labels:
        is_led = is_aim(heading, reading) or group.leads_to_several()
        sure = counted or not (is_led or _is_only_dated(group, reading))
        yield from _heading(group, reading, sure=sure and not group.is_of_several)
        return
    unowned = _without_owner(group.items, reading)
    for item in group.items:
        if (item in doing and not set(item.first.near) & _ELSEWHERE) or below:
            sure = below and item in doing and not _BESIDE & set(item.first.near)
            sure = sure and (not are_told or _is_told_by(item, reading))
            sure = sure and item not in unowned and not is_background(item.first)
            yield from _item(item, reading, sure=sure)
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
            yield from _heading(group, reading, sure=sure)
            told = told[1:]
    for sentence in told:
        yield from _prose(sentence, reading)


def _without_owner(items: Sequence[Item], reading: Reading) -> list[Item]:
    """Return the items of which none tells who does them, in a list in which others have that.

    書かない窓口 / 住民課。実施中 / 電子申請 / 総務課。予定: what has none may be a heading.
    """
    without = [i for i in items if "owner" not in i.labels and not is_owned(i.first.said, reading)]
    return without if len(items) - len(without) >= _LEAST_OWNED else []


_LEAST_OWNED: Final = 2
_TELLING: Final = frozenset({"owner", "schedule", "status", "start", "due"})


def _has_owner(group: Group, reading: Reading) -> bool:
    """Tell whether the prose below a heading says who does it."""
    return any(_names_owner(each, reading) for each in group.prose)


def _is_only_dated(group: Group, reading: Reading) -> bool:
    """Tell whether labels below a heading say from when to when, and nothing else: it may be all.

    A 期間 alone may be that of a section.
    """
    return group.labels.keys() <= _DATED and not _has_owner(group, reading)


_DATED: Final = frozenset({"schedule", "start", "due"})
_GATHERED: Final = "own-measures"
"""Headings as 町の取組, below which prose tells of several things under one heading."""


def _names_owner(sentence: Sentence, reading: Reading) -> bool:
    """Tell whether a sentence says who is in charge: 担当は市民課です."""
    found = find([sentence], reading, reading.measure_rules)
    return any(each.key == "owner" and each.rule == _IN_CHARGE for each in found)


_IN_CHARGE: Final = "measure-owner"
"""The rule of who is in charge; another finds who does what a sentence tells of."""


_BESIDE: Final = frozenset({"standardization", "security", "el-qr"})
"""What a heading of measures may be about as well; lists below it are often of systems."""


def _take_table(group: Group, *, below: bool) -> None:
    """Take what a table says for labels of the heading, where that is one of measures."""
    if below or group.beside.keys() == {"table"}:
        group.labels = group.beside | group.labels
    elif group.beside:
        group.labels.setdefault("table", "")


def _cards(group: Group, reading: Reading, *, below: bool) -> Iterator[Made]:
    for sentence, name, labels in group.cards:
        if _TELLING & labels.keys() or below:
            yield from _labelled(sentence, name, labels, reading)


def _labelled(
    sentence: Sentence, name: str, labels: dict[str, str], reading: Reading
) -> Iterator[Made]:
    """Yield the measure that a list of labels tells of: 取組名：…, 担当課：…, 実施時期：…."""
    title = short_title(name, reading)
    if is_title(title):
        said = _of(labels, [as_sentence(sentence, title)], title, sentence, reading)
        yield said.mapping(title), (_whole(sentence),)


def _is_below(group: Group, reading: Reading) -> bool:
    """Tell whether a group stands below a heading of measures, and of nothing else."""
    if group.heading is not None and _is_counted(group.heading, reading):
        return True
    near: set[str] = set()
    for each in (*group.prose[:1], *(item.first for item in group.items[:1])):
        near = set(each.near)
    if group.heading is not None and not near - _BESIDE:
        near |= set(group.heading.near)
    return bool(near & _OF_MEASURES) and not near - _OF_MEASURES - _BESIDE


def _is_counted(heading: Sentence, reading: Reading) -> bool:
    """Tell whether a heading counts measures itself, as 取組3 or 施策1-2."""
    sign = sign_of(heading.text)
    return (
        sign is not None and sign.kind == "named" and sign.word in reading.ends("counted-measure")
    )


def _is_told_by(item: Item, reading: Reading) -> bool:
    """Tell whether labels, or a bracket, say who does what an item names, or when."""
    return bool(_TELLING & item.labels.keys()) or is_marked(item.first.said, reading)


def _does(item: Item, reading: Reading) -> bool:
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
    return is_doing(short_title(item.first.text, reading), reading) or is_doing(
        title_of(item.first.text), reading
    )


def _item(item: Item, reading: Reading, *, sure: bool) -> Iterator[Made]:
    title = short_title(item.first.text.split("\n")[0], reading)
    if not is_whole_title(title):
        return
    state = state_beside(item.first.text, reading)
    stated = {"status": state} if state else {}
    said = _of(
        stated | item.labels, with_bracket([item.first, *item.more]), title, item.first, reading
    )
    made = said.mapping(title)
    if not sure:
        made["doubts"] = [{"because": FROM_LIST}]
    doing = [each for each in item.more if is_sentence_of_doing(each.said, reading)]
    yield made, tuple(_whole(each) for each in (item.first, *doing[:_MOST_SHOWN]))


def _heading(group: Group, reading: Reading, *, sure: bool) -> Iterator[Made]:
    heading = group.heading
    assert heading is not None  # noqa: S101  (its callers have looked)
    title = short_title(heading.text, reading)
    if not is_whole_title(title) or title.startswith(_FRAMES):
        return
    more = [*group.prose, *(item.first for item in group.items)]
    doing = [each for each in more if is_sentence_of_doing(each.said, reading)]
    told = [each for each in more if each in doing or _names_owner(each, reading)]
    state = state_beside(heading.text, reading)
    stated = {"status": state} if state else {}
    said = _of(stated | group.labels, [heading, *told], title, heading, reading)
    made = said.mapping(title)
    if not sure or title.endswith(_NO_NAMES):
        made["doubts"] = [{"because": _PARENT}]
    yield made, tuple(_whole(each) for each in (heading, *doing[:_MOST_SHOWN]))


_FRAMES: Final = ("―", "—", "–", "－", "～", "〜", "~")
"""What the second line of a document's title stands in."""
_NO_NAMES: Final = ("について", "に関して", "ために", "ように", "に向けて", "を", "とともに")
"""How a heading ends that tells of something, and is called by none."""
_MOST_SHOWN: Final = 4  # sentences by which a heading is shown


def _whole(sentence: Sentence) -> Quote:
    """Return a sentence as a quotation; of a long one its end, where the verb stands."""
    end = len(sentence.said)
    return quoted(sentence, part(sentence, 0, end), part(sentence, end - 1, end))


def _prose(sentence: Sentence, reading: Reading) -> Iterator[Made]:
    """Yield a sentence of prose by which something is done in one of the areas: a question."""
    near = set(sentence.near)
    asked = near & _OF_MEASURES or reading.coded("area", sentence.said)
    if near & (_ELSEWHERE - {"aims", "organization"}) or not asked:
        return
    for title in filter(is_title, titles_in_prose(sentence, reading)):
        said = _of({}, [sentence], title, sentence, reading)
        made = said.mapping(title) | {"doubts": [{"because": _FROM_PROSE}]}
        yield made, (_whole(sentence),)


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
    reading: Reading,
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
