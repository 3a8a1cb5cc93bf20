"""Questions that can be asked: entries that undetermined findings hang on, and their answers.

The vocabulary tells which keys an attribute reads; the models tell what may be written there. Of
dates and numbers it is enough to try those on each side of what the conditions compare with.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date
from typing import TYPE_CHECKING, Any, get_args

from dxrules.assessment import Finding
from dxrules.assessment.finding import WHOLE, SubjectKey
from dxrules.derivation import VOCABULARY
from dxrules.frozen import frozen
from dxrules.plan.answers import AREAS, AnswerTarget, speaks, target_of
from dxrules.plan.code_labels import in_words
from dxrules.plan.field_info import parsed_of, plain_type, values_of
from dxrules.plan.key_names import SPOKEN
from dxrules.plan.models import Answer
from dxrules.plan.sections.about import About
from dxrules.plan.sections.collection import Charge, Collection
from dxrules.plan.sections.measures import Measure
from dxrules.plan.sections.provisions import Provision
from dxrules.plan.sections.standardization import Standardization, System
from dxrules.plan.told_entries import NONE
from dxrules.plan.workbook.cell_words import folded
from dxrules.plan.workbook.natural_words import meant
from dxrules.reference import Reference
from dxrules.rules.condition import Leaf
from dxrules.source import Document
from dxrules.source.placed_data import value_at
from dxrules.texts import LANGS, Text

if TYPE_CHECKING:
    from pydantic import BaseModel

NO_CHOICE = Text("「{said}」は選べません。", '"{said}" cannot be chosen.')
CHOICES = Text("選べるのは: {words}。", "Choose from: {words}.")
DAY_IN_VAIN = Text("この答えには日を書きません。", "This answer takes no day.")

_TOGETHER = frozenset({"system", "collection", "provision"})
"""Kinds whose subjects one question can be about, where one rule asks the same of several."""

_DAY_OF: Mapping[tuple[type[BaseModel], str], Mapping[str, str]] = {
    (Provision, "status"): {"in-place": "since", "planned": "since"},
    (System, "status"): {"migrated": "migrated", "planned": "target", "in-progress": "target"},
    (Charge, "status"): {"started": "start", "preparing": "start", "planned": "start"},
    (Standardization, "migrated"): {"all": "migrated_on"},
    (Standardization, "status"): {"migrated": "migrated_on", "planned": "target"},
}
"""The key of the day that goes with an answer: since when, or by when."""

_PAST = frozenset({"reviewed", "migrated", "migrated_on"})
"""Keys that only a day up to the day judged can be the value of."""

_ASKED: Mapping[type[BaseModel], frozenset[str]] = {
    About: frozenset({"published", "serves_as", "status", "cites"}),
    Standardization: frozenset(Standardization.model_fields) - {"scope"},
}
"""Keys that can be asked of a town where the others tell only what the plan says."""

_EXCLUDED = "excluded"
_TRIED = {"cites": "重点計画、県の計画", "deferred_functions": NONE}
"""Texts to try for entries that are told in words."""
_OF_LEFT_OUT = frozenset({"unaccounted", "excluded_reason"})
"""What asks which tasks are left out; when a task migrates, or whether, does not."""

_OFFERED: Mapping[tuple[type[BaseModel], str], tuple[str, ...]] = {
    (About, "serves_as"): ("public-private-data-plan",),
    (About, "status"): ("established", "draft"),
    (Standardization, "scope"): ("all",),
    (Measure, "status"): ("done", "ongoing", "planned", "considered", "declined"),
}
"""What is offered where not every code is an answer of a town."""

_SAID_ONCE = frozenset({(Standardization, "in_scope"), (Collection, "health_insurance")})
"""Keys that do not change with time: what the plan says of them is not asked again."""

_COUNTS: Mapping[tuple[type[BaseModel], str], str] = {(Standardization, "status"): "migrated"}
"""What an entry has beside a status for several tasks: the key that says how many are migrated."""

_TO_COME = frozenset({"planned", "preparing", "in-progress", "considered"})
_YEAR = 365
_STANDS = 90
"""Days for which an answer stands before the same is asked again, if it left something open."""
_TASKS = 20
"""The number of tasks that are standardized; what is counted is such tasks."""
NUMBER = Text("数", "a number")
HOW_MANY = Text("又は移行済みの業務の数", "or the number of tasks migrated")
_COUNTED = re.compile(r"(?P<number>[0-9]+)\s*(?:業務|件|tasks)?")
_NOT_THERE = re.compile("無[しい]?|なし|ない(?:です)?|ありません|[×✕✖]")
"""What a town says of what it does not have; the plan file says so only where a plan does."""

_ANY_NUMBER = Text("(数)", "(a number)")
_ANY_DAY = Text("(日)", "(a day)")
_ANY_TEXT = Text("(記入)", "(in words)")


@frozen
class Choice:
    """One answer to try: the value of each key; `kind` is what a person would choose."""

    kind: str
    values: tuple[tuple[str, str], ...]


@frozen
class Ask:
    """Something to ask: a key of one entry, or of several of which the same is asked.

    `words` are what can be chosen, empty where a date or text is written; `days` tells, by what
    is chosen, the key of the day that goes with it.
    """

    targets: tuple[AnswerTarget, ...]
    words: Mapping[str, Text]
    days: Mapping[str, str]
    choices: tuple[Choice, ...]
    hangs: tuple[Finding, ...]

    @property
    def name(self) -> str:
        """What it is about, as answers name it."""
        return ";".join(target.name for target in self.targets)

    @property
    def units(self) -> frozenset[str]:
        """The sections of the plan file that an answer goes into."""
        return frozenset(str(target.unit[0]) for target in self.targets)


def asks_of(
    findings: Iterable[Finding],
    reference: Reference,
    document: Document,
    day: date,
    *,
    each: bool = False,
    told: frozenset[str] = frozenset(),
    targets: dict[str, AnswerTarget | None] | None = None,
) -> tuple[Ask, ...]:
    """Return all that could be asked about undetermined findings of a town, in their order.

    With `each`, everything is asked one by one. Of `told` entries the town spoke of late.
    `targets` keeps from call to call what names stand for.
    """
    known = reference.known()
    targets = {} if targets is None else targets
    hanging: dict[tuple[AnswerTarget, ...], dict[SubjectKey, Finding]] = {}
    groups: dict[tuple[str, str], list[AnswerTarget]] = {}
    for finding in findings:
        for name, key in _names(finding, reference):
            if name not in targets:
                found = target_of(name, known)
                targets[name] = found if isinstance(found, AnswerTarget) else None
            target = None if name in told else targets[name]
            if target is not None and _is_asked(target, document):
                hanging.setdefault((target,), {})[finding.subject] = finding
                if finding.kind in _TOGETHER and name.count(".") > 1:
                    groups.setdefault((finding.rule.id, key), []).append(target)
    if not each:
        for those in groups.values():
            together = tuple(dict.fromkeys(those))
            if len(together) > 1:
                hung = hanging.setdefault(together, {})
                for target in together:
                    hung.update(hanging[(target,)])
    asks = [
        _ask(targets, tuple(hung.values()), day, _text(targets[0], document, reference))
        for targets, hung in hanging.items()
    ]
    with_a_day = {
        (target.carrier, key) for ask in asks for key in ask.days.values() for target in ask.targets
    }
    return tuple(
        ask
        for ask in asks
        if ask.choices and (ask.targets[0].carrier, ask.targets[0].key) not in with_a_day
    )


def told_of_late(answers: Iterable[Answer], day: date) -> frozenset[str]:
    """Return the entries that the town told of so lately that it is not asked again."""
    latest = ((answer.about, answer.told.latest) for answer in answers)
    return frozenset(about for about, told in latest if told and (day - told).days <= _STANDS)


def hangs_on(finding: Finding, names: frozenset[str], reference: Reference) -> bool:
    """Tell whether an open condition of a finding reads one of some entries."""
    return any(name in names for name, _ in _names(finding, reference))


def _is_asked(target: AnswerTarget, document: Document) -> bool:
    """Tell whether a town can be asked for the value of an entry."""
    if target.key not in _ASKED.get(target.model, {target.key}):
        return False
    return (target.model, target.key) not in _SAID_ONCE or not speaks(document, target)


def _names(finding: Finding, reference: Reference) -> Iterator[tuple[str, str]]:
    """Yield the entries that the open conditions of a finding read, each with its last key."""
    kind, key = finding.kind, finding.key
    for attribute in _open_attributes(finding):
        for read in VOCABULARY[kind].attributes[attribute].reads:
            if read == _EXCLUDED and attribute not in _OF_LEFT_OUT:
                continue
            for holder in _holders(kind, key, reference):
                yield f"{holder}.{read}", read


def _holders(kind: str, key: str, reference: Reference) -> Iterator[str]:
    """Yield the mappings of the plan file that a subject of the town is drawn from."""
    match kind:
        case "provision":
            yield f"provisions.{key}"
        case "system":
            if key != WHOLE:
                yield f"standardization.systems.{key}"
            yield "standardization"
        case "standardization":
            yield "standardization"
        case "collection":
            yield f"collection.charges.{key if key in reference.charges else 'unspecified'}"
            yield "collection"
        case "area":
            yield f"{AREAS}.{key}"
        case "plan":
            yield "plan"


def _open_attributes(finding: Finding) -> list[str]:
    """Return the attributes that leave a finding open, or decided it before it was adjusted."""
    if finding.verdict is None:
        return list(dict.fromkeys(leaf.attribute for leaf in finding.rule.leaves))
    trees = [finding.verdict.applies, finding.verdict.require]
    deciding = [leaf.condition for tree in trees if tree is not None for leaf in tree.deciding()]
    return list(dict.fromkeys(each.attribute for each in deciding if isinstance(each, Leaf)))


def _text(target: AnswerTarget, document: Document, reference: Reference) -> str:
    """Return a text to try for an entry that is written freely.

    Of tasks left out, those that the plan names, and as many more as its number in scope leaves.
    """
    if target.key != _EXCLUDED:
        return _TRIED.get(target.key, "…")
    own, systems, number = (
        value_at(document.data, (*target.carrier, key))
        for key in (_EXCLUDED, "systems", "in_scope")
    )
    named = [each["task"] for each in own or ()]
    others = [each for each in reference.tasks if each not in {*named, *(systems or ())}]
    more = len(reference.tasks) - len(named) - int(number) if number else 0
    tried = [*named, *others[: max(0, more)]]
    return "、".join(f"{each}(no-system)" for each in tried) or NONE


def _ask(
    targets: tuple[AnswerTarget, ...], hangs: tuple[Finding, ...], day: date, text: str
) -> Ask:
    target = targets[0]
    info = target.model.model_fields[target.key]
    words, days = words_of(target), day_keys(target)
    told = _days(hangs, day)
    choices: list[Choice] = []
    for word in words:
        choices.append(Choice(word, ((target.key, word),)))
        if word in days:
            fitting = [each for each in told if (each > day) == (word in _TO_COME)]
            choices += [
                Choice(word, ((target.key, word), (days[word], each.isoformat())))
                for each in fitting
            ]
    if parsed_of(info.annotation, info) is not None:
        fitting = [each for each in told if each <= day or target.key not in _PAST]
        choices += [Choice(_ANY_DAY.en, ((target.key, each.isoformat()),)) for each in fitting]
    elif takes_number(target):
        numbers = [str(number) for number in _numbers(hangs)]
        choices += [Choice(_ANY_NUMBER.en, ((target.key, number),)) for number in numbers]
    elif not words:
        choices.append(Choice(_ANY_TEXT.en, ((target.key, text),)))
    return Ask(targets, words, days, tuple(choices), hangs)


def words_of(target: AnswerTarget) -> dict[str, Text]:
    """Return what may be chosen for an entry, in words; none where it is written freely."""
    words = _words(target.model.model_fields[target.key].annotation)
    offered = _OFFERED.get((target.model, target.key))
    return {word: SPOKEN.get((target.model, word), words[word]) for word in offered or words}


def offered_words(target: AnswerTarget) -> tuple[Text, ...]:
    """Return what may be answered about an entry, in words, a number among it if that is taken."""
    words = words_of(target)
    number = () if not words else (NUMBER,) if takes_number(target) else ()
    return (*words.values(), *number, *((HOW_MANY,) if counting(target) else ()))


def counting(target: AnswerTarget) -> str | None:
    """Return the key that a number tells which is given in the place of a status; None if none."""
    return _COUNTS.get((target.model, target.key))


def takes_number(target: AnswerTarget) -> bool:
    """Tell whether an entry can be answered with a number."""
    return _is_count(target.model.model_fields[target.key].annotation)


def read_answer(target: AnswerTarget, said: str) -> str | None:
    """Return an answer about an entry as a plan file has it; None if it is none that it takes.

    What people write for a choice is taken where it surely means it: 策定済 for 整備済み.
    """
    words = words_of(target)
    if not words:
        return said
    for code, label in words.items():
        if folded(said) in {folded(code), *(folded(label.in_(lang)) for lang in LANGS)}:
            return code
    if takes_number(target) and (number := counted(said)):
        return number
    plain = unicodedata.normalize("NFKC", said).strip()
    spoken = "none" in words and (target.model, "none") in SPOKEN
    if spoken and _NOT_THERE.fullmatch(plain):
        return "none"
    return meant(words, said)


def counted(said: str) -> str | None:
    """Return the number of tasks that an answer gives; None where it is none.

    >>> counted("１８業務"), counted("移行中")
    ('18', None)
    """
    number = _COUNTED.fullmatch(unicodedata.normalize("NFKC", said).strip())
    return number["number"] if number else None


def day_keys(target: AnswerTarget) -> Mapping[str, str]:
    """Return, by what is chosen for an entry, the key of the day that goes with it."""
    return _DAY_OF.get((target.model, target.key), {})


def _words(annotation: Any) -> dict[str, Text]:
    """Return what an entry can be chosen from, in words; none where it is written freely."""
    return in_words(values_of(annotation))


def _is_count(annotation: Any) -> bool:
    return any(plain_type(each) is int for each in (annotation, *get_args(annotation)))


def _days(findings: Sequence[Finding], day: date) -> list[date]:
    """Return days on each side of all that the rules compare with, and of the day judged."""
    today = day.toordinal()
    found = {today, today + _YEAR}
    for finding in findings:
        attributes = VOCABULARY[finding.kind].attributes
        for leaf in finding.rule.leaves:
            if not isinstance(leaf.operand, int) or leaf.operator == "known":
                continue
            dates = attributes[leaf.attribute].type == "date"
            near = leaf.operand if dates else today - leaf.operand
            found |= {near, near + 1}
    return [type(day).fromordinal(each) for each in sorted(found) if each > 0]


def _numbers(findings: Sequence[Finding]) -> list[int]:
    """Return numbers on each side of all that the rules compare with."""
    cuts = {
        leaf.operand
        for finding in findings
        for leaf in finding.rule.leaves
        if isinstance(leaf.operand, int) and not isinstance(leaf.operand, bool)
    }
    return sorted({0, _TASKS, *(cut + step for cut in cuts if cut <= _TASKS for step in (0, 1))})
