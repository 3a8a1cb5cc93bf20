"""Something that facts are made of: a method per attribute, named as in the vocabulary."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, ClassVar

from dxrules.dates import Range
from dxrules.derivation.fact import Fact, Proof
from dxrules.derivation.values import UNKNOWN
from dxrules.derivation.vocabulary import VOCABULARY

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from dxrules.derivation.context import Context
    from dxrules.derivation.values import Value
    from dxrules.errors import Place
    from dxrules.plan.models import Evident
    from dxrules.source import Path
    from dxrules.texts import Text


class Subject:
    """One thing of a kind; `path` is its place in the plan file."""

    kind: ClassVar[str]

    def __init__(self, context: Context, key: str, label: Text, path: Path) -> None:
        self.context = context
        self.key = key
        self.label = label
        self.path = path

    def sources(self) -> Iterable[tuple[Path, Evident]]:
        """Yield the mappings of the plan file that this is drawn from."""
        return ()

    @property
    def is_told(self) -> bool:
        """Whether the plan file says anything of it."""
        return self.path in self.context.file.document.values

    @property
    def place(self) -> Place:
        """Where it stands in the plan file, or would stand."""
        file = self.context.file
        return file.place(self.path) if self.is_told else file.place_of_nothing(self.path)

    def fact(self, wanted: Iterable[str]) -> Fact:
        """Derive the attributes that are wanted; a range that knows nothing is unknown."""
        values: dict[str, Value] = {}
        broken: dict[str, str] = {}
        for name in wanted:
            try:
                value = getattr(self, name)()
                open_ended = isinstance(value, Range) and not value.is_known
                values[name] = UNKNOWN if open_ended else value
            except Exception as error:  # noqa: BLE001  (one bad attribute must not hide the rest)
                values[name] = UNKNOWN
                broken[name] = f"{type(error).__name__}: {error}"
        return Fact(
            self.kind,
            self.key,
            self.label,
            values,
            self.place,
            _Proofs(self, tuple(values)),
            broken,
        )

    def proofs(self, attribute: str) -> Iterator[Proof]:
        """Yield what in the plan shows the value of an attribute."""
        return self.drawn(attribute, self.sources())

    def drawn(self, attribute: str, sources: Iterable[tuple[Path, Evident]]) -> Iterator[Proof]:
        """Yield what some mappings of the plan file say of an attribute."""
        reads = VOCABULARY[self.kind].attributes[attribute].reads
        place = self.context.file.place
        for path, mapping in sources:
            said_of = [key for key in reads if getattr(mapping, key, None) not in (None, ())]
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
                )
            if not relevant:
                for key in said_of:
                    yield Proof(place((*path, key)), is_bare=True)


class _Proofs(Mapping[str, tuple[Proof, ...]]):
    """The proofs of a fact, looked up when asked for: most verdicts rest on few attributes."""

    def __init__(self, subject: Subject, names: tuple[str, ...]) -> None:
        self.subject = subject
        self.found: dict[str, tuple[Proof, ...] | None] = dict.fromkeys(names)

    def __getitem__(self, name: str) -> tuple[Proof, ...]:
        found = self.found[name]
        if found is None:
            found = self.found[name] = tuple(self.subject.proofs(name))
        return found

    def __iter__(self) -> Iterator[str]:
        return iter(self.found)

    def __len__(self) -> int:
        return len(self.found)
