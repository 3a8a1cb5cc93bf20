"""How the attributes of a fact are declared: once, above the function that derives the value.

    @a_date("いつから", "since")
    @reads("since")
    @decide("いつ整えるかを決めて書く", "decide when to have it and state it")
    @unsaid("いつからかが書かれていない", "since when is not stated")
    def since(self) -> Value: ...

The first line gives type and label, and stands on top. The others say what the value is drawn
from, how a town can change it, what follows from it and how its absence is told, each where there
is something to say. A class with such functions becomes a kind by `of_kind` in `subject.py`.

Everything else is a view of that: the vocabulary, the JSON Schema of rules, what the engine is
asked, levers, implications, lists of the reference data, and docs/facts.md.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import field
from functools import wraps
from typing import Any, Literal, Protocol, TypeVar, cast

from dxrules.derivation.values import Value
from dxrules.frozen import frozen
from dxrules.plan.value_types import DocumentPart
from dxrules.reference import Name, Reference
from dxrules.texts import Text

Type = Literal["date", "number", "truth", "code", "text"]
By = Literal["decide", "state"]

DAYS = Text("日", "days")

KNOWN_UNTIL = "known_until"
"""The day up to which the lists are known, as the name of what an attribute rests on."""

KNOWN = "known"
"""That a value is known, whatever it is, as what follows from another or another follows from."""

ImpliedWord = tuple[str, str, str | bool]
"""What is said of an attribute: its name, an operator and a constant."""


@frozen
class Lever:
    """One way to change an attribute, in words; `to` are the codes, or yes or no, it leads to.

    A change is either decided, from now on, or states what is so already: nobody is told to state
    what may not be true. A day that is decided is not past; a day or number that is stated fills a
    gap, and moves nothing. `within` are the words where a value has to keep within bounds,
    `{value}`. `implies` are other attributes of the same thing that follow, each with its code,
    yes or no.
    """

    by: By
    words: Text
    to: tuple[str, ...] = ()
    within: Text | None = None
    implies: tuple[tuple[str, str], ...] = ()


@frozen
class Attribute:
    """One attribute of a kind of fact; `least` is the number below which it never lies.

    `reads` names the keys of the plan file that a value is drawn from; it finds the evidence.
    `rests_on` names lists of the reference data, beside the entry that the fact is about.
    `unsaid` tells its absence where nothing else says why, and `between` a range that leaves an
    answer open. `implied` are values of other attributes that follow from one of this.
    `falls_due` names what falls due on a day that the town itself has set, for forecasts.
    What has no lever is fixed by the nation, follows from time alone, or only names something.
    """

    name: str
    type: Type
    label: Text
    reads: tuple[str, ...] = ()
    codes: Mapping[str, Text] = field(default_factory=dict)
    unit: Text | None = None
    least: int | None = None
    rests_on: tuple[str, ...] = ()
    levers: tuple[Lever, ...] = ()
    implied: tuple[tuple[str, str, str], ...] = ()
    unsaid: Text | None = None
    between: Text | None = None
    falls_due: Text | None = None

    @property
    def is_count(self) -> bool:
        """Whether it counts things, and not days."""
        return self.type == "number" and self.least == 0 and self.unit is not DAYS

    def said(self, word: str) -> ImpliedWord:
        """Return what a word says of it: yes or no of a truth, a code, or that it is known."""
        if word == KNOWN:
            return self.name, "known", True
        return self.name, "is", word == "yes" if self.type == "truth" else word


@frozen
class Kind:
    """A kind of fact; `one_per` says what there is one of it for.

    `own_list` is the list of the reference data that has an entry for each of its facts; with
    `keyed` the key of a fact is the id of its entry, so that a rule can name it. `totals` are the
    keys of facts that stand for all entries, or many of them. `drawn_from` is the section of the
    plan file that holds all its facts, and what of a document that is. Of what is `only_stated`
    there is no fact where nobody says anything; of what is `single` there is one in a plan.
    """

    name: str
    label: Text
    one_per: Text
    attributes: Mapping[str, Attribute] = field(default_factory=dict)
    own_list: str | None = None
    keyed: bool = True
    totals: Mapping[str, Text] = field(default_factory=dict)
    drawn_from: tuple[str, tuple[DocumentPart, ...]] | None = None
    only_stated: bool = False
    single: bool = False

    @property
    def implied(self) -> tuple[tuple[ImpliedWord, ImpliedWord], ...]:
        """Pairs of what is said of two attributes; where the first holds, the second does."""
        return tuple(
            (one.said(word), self.attributes[name].said(follows))
            for one in self.attributes.values()
            for word, name, follows in one.implied
        )

    def subject_name(self, key: str, reference: Reference) -> Text:
        """Return how a fact of a kind that has a list is called, by its key."""
        entries: Mapping[str, Name] = getattr(reference, self.own_list or "")
        return entries[key].name if key in entries else self.totals[key]


Function = TypeVar("Function", bound="Callable[..., Value]")

_ATTRIBUTE, _NOTES = "attribute", "notes"


def attribute_of(function: object) -> Attribute | None:
    """Return the attribute that a function is declared to derive; None if it is none."""
    said: Mapping[str, Any] = getattr(function, "__dict__", {})
    if _NOTES in said:
        raise TypeError(f"{function!r} is declared without a type on top, such as @a_truth")
    return said.get(_ATTRIBUTE)


def a_date(ja: str, en: str) -> Callable[[Function], Function]:
    """Declare a day, or a range of them, with its label."""
    return _attribute("date", ja, en)


def a_number(ja: str, en: str, *, unit: Text | None = None) -> Callable[[Function], Function]:
    """Declare a number, which may be negative."""
    return _attribute("number", ja, en, unit=unit)


def a_count(ja: str, en: str, *, unit: Text | None = None) -> Callable[[Function], Function]:
    """Declare a number that is never less than 0."""
    return _attribute("number", ja, en, unit=unit, least=0)


def a_truth(ja: str, en: str) -> Callable[[Function], Function]:
    """Declare what is so or not."""
    return _attribute("truth", ja, en)


def a_text(ja: str, en: str) -> Callable[[Function], Function]:
    """Declare a text for messages; a condition can ask only whether it is known."""
    return _attribute("text", ja, en)


def a_code(ja: str, en: str, codes: Mapping[str, Text]) -> Callable[[Function], Function]:
    """Declare one of several codes."""
    return _attribute("code", ja, en, codes=codes)


def reads(*keys: str) -> Callable[[Function], Function]:
    """Name the keys of the plan file that the value is drawn from."""
    return _note("reads", *keys)


def rests_on(*lists: str) -> Callable[[Function], Function]:
    """Name lists of the reference data that it is drawn from, beside the fact's own entry."""
    return _note("rests_on", *lists)


def decide(
    ja: str,
    en: str,
    *to: str,
    within: tuple[str, str] | None = None,
    implies: Mapping[str, str] | None = None,
) -> Callable[[Function], Function]:
    """Say what a town can decide, to change the attribute from now on."""
    return _note("levers", _lever("decide", (ja, en), to, within, implies))


def state(
    ja: str,
    en: str,
    *to: str,
    within: tuple[str, str] | None = None,
    implies: Mapping[str, str] | None = None,
) -> Callable[[Function], Function]:
    """Say what a town can state, if it is so already."""
    return _note("levers", _lever("state", (ja, en), to, within, implies))


def implies(word: str, **others: str) -> Callable[[Function], Function]:
    """Say what follows for other attributes from a code, "yes", "no", or from its being KNOWN.

    It holds for every fact: reasoning over rules leaves out what contradicts it.
    """
    return _note("implied", *((word, name, follows) for name, follows in others.items()))


def unsaid(ja: str, en: str) -> Callable[[Function], Function]:
    """Say how it is told that the plan does not say it, where its label would be a riddle."""
    return _note("unsaid", Text(ja, en))


def between(ja: str, en: str) -> Callable[[Function], Function]:
    """Say how a range is told that leaves an answer open; `{value}` is the range."""
    return _note("between", Text(ja, en))


def falls_due(ja: str, en: str) -> Callable[[Function], Function]:
    """Name what falls due on the day; a kind has one such day at the most."""
    return _note("falls_due", Text(ja, en))


def _lever(
    by: By,
    words: tuple[str, str],
    to: tuple[str, ...],
    within: tuple[str, str] | None,
    implies: Mapping[str, str] | None,
) -> Lever:
    bounded = None if within is None else Text(*within)
    return Lever(by, Text(*words), to, bounded, tuple((implies or {}).items()))


def _note(name: str, *said: object) -> Callable[[Function], Function]:
    """Keep what is said of an attribute with its function; what stands above comes first."""

    def note(function: Function) -> Function:
        if _ATTRIBUTE in vars(function):
            raise TypeError(f"{function!r}: the type of an attribute stands on top")
        notes = vars(function).setdefault(_NOTES, {})
        notes[name] = (*said, *notes.get(name, ()))
        return function

    return note


class Deriving(Protocol):
    """What has attributes: it keeps the value of each by the function that derives it."""

    derived: dict[Callable[..., Value], Value]


_ONCE = ("unsaid", "between", "falls_due")


def _attribute(type_: Type, ja: str, en: str, **others: Any) -> Callable[[Function], Function]:
    def declare(function: Function) -> Function:
        notes: dict[str, Any] = vars(function).pop(_NOTES, {})
        for name in notes.keys() & _ONCE:
            (notes[name],) = notes[name]
        made = Attribute(function.__name__, type_, Text(ja, en), **others, **notes)

        @wraps(function)
        def derived(subject: Deriving) -> Value:
            """Derive the value once for each subject: attributes are drawn from one another."""
            value = subject.derived.get(function)
            if value is None:
                value = subject.derived[function] = function(subject)
            return value

        vars(derived)[_ATTRIBUTE] = made
        return cast("Function", derived)

    return declare
