"""Something that facts are made of: a class per kind, with a declared method per attribute."""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from dataclasses import replace
from functools import cached_property
from typing import Any, ClassVar, TypeVar

from dxrules.dates import Range
from dxrules.derivation.absence import UNCONFIRMED
from dxrules.derivation.context import Context
from dxrules.derivation.declaration import Kind, attribute_of
from dxrules.derivation.fact import Fact, Proof
from dxrules.derivation.values import UNKNOWN, Absent, Value
from dxrules.errors import Place
from dxrules.frozen import Late
from dxrules.plan.models import Plan
from dxrules.plan.sections.evident import Evident
from dxrules.reference import Reference
from dxrules.source import Path
from dxrules.texts import Text


class Subject(Late):
    """One thing of a kind; `path` is its place in the plan file.

    `derived` holds the values of attributes by the functions that derive them. Where it stands,
    and what shows its values, is looked up when somebody reads it of its fact.
    """

    kind: ClassVar[str]
    declared: ClassVar[Kind]
    gathers: ClassVar[bool] = False
    """Whether it is drawn from many entries, of which each may be in doubt by itself."""

    def __init__(self, context: Context, key: str, label: Text, path: Path) -> None:
        self.context = context
        self.key = key
        self.label = label
        self.path = path
        self.derived: dict[Callable[..., Value], Value] = {}

    def sources(self) -> Iterable[tuple[Path, Evident]]:
        """Yield the mappings of the plan file that this is drawn from."""
        return ()

    @property
    def is_told(self) -> bool:
        """Whether the plan file says anything of it."""
        return self.path in self.context.file.document.values

    def place(self) -> Place:
        """Return where it stands in the plan file, or would stand."""
        file = self.context.file
        return file.place(self.path) if self.is_told else file.place_of_nothing(self.path)

    def fact(self, names: Iterable[str]) -> Fact:
        """Return what is known of it, with some attributes derived, and others when they are read.

        A range that knows nothing is unknown.
        """
        broken: dict[str, str] = {}
        values = _Values(self, broken)
        for name in names:
            _ = values[name]
        proofs = _Proofs(self, self.declared.attributes)
        late: Any = self
        return Fact(self.kind, self.key, self.label, values, late, proofs, broken, late, self.path)

    def proofs(self, attribute: str) -> Iterator[Proof]:
        """Yield what in the plan shows the value of an attribute."""
        return self.drawn(attribute, self._sources)

    def hears_others(self) -> bool:
        """Tell whether anything that could show a value stands elsewhere than in the plan."""
        return any(mapping.rests_on_others for _, mapping in self._sources)

    @cached_property
    def _sources(self) -> tuple[tuple[Path, Evident], ...]:
        return tuple(self.sources())

    def confirmed(self, attribute: str) -> Value:
        """Return the value of an attribute; it is open where a key that it reads is in doubt.

        What is in doubt was taken out, so that nothing seems to be said.
        """
        value: Value = getattr(self, attribute)()
        if value.__class__ is Absent or not self._unconfirmed_keys:
            return value
        reads = self.declared.attributes[attribute].reads
        return value if self._unconfirmed_keys.isdisjoint(reads) else UNCONFIRMED

    @cached_property
    def _unconfirmed_keys(self) -> frozenset[str]:
        if self.gathers or not self.context.is_draft_file:
            return frozenset()
        return frozenset(key for _, each in self._sources for key in each.keys_in_doubt)

    def drawn(self, attribute: str, sources: Iterable[tuple[Path, Evident]]) -> Iterator[Proof]:
        """Yield what some mappings of the plan file say of an attribute."""
        reads = self.declared.attributes[attribute].reads
        place = self.context.file.place
        for path, mapping in sources:
            held = vars(mapping)  # pydantic takes long to say that there is no such attribute
            said_of = [key for key in reads if held.get(key) not in (None, ())]
            relevant = [
                (position, evidence)
                for position, evidence in enumerate(mapping.evidence)
                if not set(evidence.of).isdisjoint(reads)
                # Others who are quoted for an entry as a whole say nothing of what it leaves out.
                or (not evidence.of and (said_of or evidence.origin == "plan"))
            ]
            for position, said in relevant:
                yield Proof(
                    place((*path, "evidence", position)),
                    said.section,
                    said.page,
                    said.text,
                    said.origin,
                    said.told,
                )
            if not relevant:
                for key in said_of:
                    yield Proof(place((*path, key)), is_bare=True)


class OfOneEntry(Subject):
    """A subject that one entry of the plan file tells of: what is `said` there, if anything is."""

    said: Evident | None

    def sources(self) -> Iterator[tuple[Path, Evident]]:
        """Yield its mapping."""
        if self.said:
            yield self.path, self.said


class AllOfAKind(Subject, ABC):
    """A class of subjects that makes all of its kind, of whatever class each of them is."""

    @classmethod
    @abstractmethod
    def all_of(cls, context: Context) -> Iterable[Subject]:
        """Return all subjects of the kind, in the order of the facts."""

    @classmethod
    def listed_areas(cls, reference: Reference) -> Iterable[tuple[str, str]]:  # noqa: ARG003  (most have none)
        """Yield the keys that belong to an area whatever a plan says, each with it."""
        return ()

    @classmethod
    def stated_areas(cls, plan: Plan) -> Iterable[tuple[str, str]]:  # noqa: ARG003  (most have none)
        """Yield the keys that belong to an area by what a plan says, each with it."""
        return ()


Class = TypeVar("Class", bound=type[Subject])


def of_kind(kind: Kind) -> Callable[[Class], Class]:
    """Declare that a class makes the facts of a kind; its attributes are those of the class."""

    def declare(cls: Class) -> Class:
        members = [each for base in reversed(cls.__mro__) for each in vars(base).values()]
        declared = {each.name: each for each in map(attribute_of, members) if each}
        cls.kind, cls.declared = kind.name, replace(kind, attributes=declared)
        return cls

    return declare


def also(other: type[Subject]) -> Callable[[Class], Class]:
    """Declare subjects of a kind that derive its attributes in another way."""

    def declare(cls: Class) -> Class:
        cls.kind, cls.declared = other.kind, other.declared
        lacking = [each for each in cls.declared.attributes if not hasattr(cls, each)]
        if lacking:
            raise TypeError(f"{cls.__qualname__} derives no {', '.join(lacking)}")
        return cls

    return declare


class _Values(dict[str, "Value"]):
    """The values of a fact, each derived when it is first read: most rules ask for few of them."""

    __slots__ = ("broken", "subject")

    def __init__(self, subject: Subject, broken: dict[str, str]) -> None:
        self.subject = subject
        self.broken = broken

    def __missing__(self, name: str) -> Value:
        subject = self.subject
        if name not in subject.declared.attributes:
            raise KeyError(name)
        try:
            value = subject.confirmed(name)
        except Exception as error:  # noqa: BLE001  (one bad attribute must not hide the rest)
            value = UNKNOWN
            self.broken[name] = f"{type(error).__name__}: {error}"
        if value.__class__ is Range and value.lo is None and value.hi is None:
            value = UNKNOWN
        self[name] = value
        return value


class _Proofs(Mapping[str, tuple[Proof, ...]]):
    """The proofs of a fact, looked up when asked for: most verdicts rest on few attributes."""

    __slots__ = ("found", "names", "subject")

    def __init__(self, subject: Subject, names: Collection[str]) -> None:
        self.subject = subject
        self.names = names
        self.found: dict[str, tuple[Proof, ...]] = {}

    def __getitem__(self, name: str) -> tuple[Proof, ...]:
        if name not in self.found:
            if name not in self.names:
                raise KeyError(name)
            self.found[name] = tuple(self.subject.proofs(name))
        return self.found[name]

    def __iter__(self) -> Iterator[str]:
        return iter(self.names)

    def __len__(self) -> int:
        return len(self.names)
