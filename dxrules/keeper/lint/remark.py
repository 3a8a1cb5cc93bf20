"""One remark of the linter, and the folder that it is made of."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import fields
from datetime import date
from typing import TYPE_CHECKING, Literal

from dxrules.dates import parse_day
from dxrules.errors import Place
from dxrules.frozen import frozen
from dxrules.reference import Reference
from dxrules.rules import Law, Rule, Ruleset
from dxrules.rules.ruleset_files import ruleset_files
from dxrules.source import Document, read
from dxrules.texts import Text, visible

if TYPE_CHECKING:
    import pathlib

RemarkSeverity = Literal["error", "warning"]

Check = Literal[
    "refused",
    "never-true",
    "never-false",
    "cannot-pass",
    "cannot-fail",
    "too-complex",
    "same-rules",
    "weaker-refinement",
    "value-gap",
    "same-day",
    "beyond-known",
    "before-source",
    "area-twice",
    "unused-source",
    "no-address",
    "read-early",
    "article-days",
    "not-in-text",
    "unused-parameter",
    "one-language",
    "placeholders-differ",
    "no-due",
    "no-question",
    "not-read",
    "other-prefecture",
]

ERRORS: frozenset[Check] = frozenset({"refused", "same-day", "area-twice", "no-due", "no-question"})
"""What cannot stand; of the others there may be a reason that nobody has written down."""


_NO_LISTS = frozenset({"sources", "known_until"})


@frozen
class Remark:
    """What is amiss, where, by which check, and the way out."""

    place: Place
    check: Check
    message: Text
    hint: Text | None = None

    @property
    def severity(self) -> RemarkSeverity:
        """How grave it is."""
        return "error" if self.check in ERRORS else "warning"


@frozen
class RulesetFolder:
    """A folder of rulesets that was read without a fault, with the text of each file.

    `rulesets` and `lists` are as plain data with their places; the lists go by their name.
    """

    law: Law
    rulesets: tuple[tuple[Ruleset, Document], ...]
    lists: Mapping[str, Document]

    @property
    def documents(self) -> Iterator[Document]:
        """Every file."""
        yield from (document for _, document in self.rulesets)
        yield from self.lists.values()

    def known_until(self, name: str) -> date:
        """Return the day up to which a list is known."""
        return parse_day(self.lists[name].data["known_until"])

    def rules(self) -> Iterator[tuple[Rule, Document, int]]:
        """Yield each rule with its file and its position in it."""
        for ruleset, document in self.rulesets:
            for position, rule in enumerate(ruleset.rules):
                yield rule, document, position


def open_folder(law: Law, root: pathlib.Path, name: str) -> RulesetFolder:
    """Read the files of a law once more, for what their models leave behind."""
    paths, _ = ruleset_files(root, name)
    documents = [
        read(path, f"{name}/{visible(path.relative_to(root).as_posix())}") for path in paths
    ]
    lists = [field.name for field in fields(Reference) if field.name not in _NO_LISTS]
    files = [f"national/reference/{key}.yaml" for key in lists]
    return RulesetFolder(
        law,
        tuple(zip(law.rulesets, documents, strict=True)),
        {key: read(root / file, f"{name}/{file}") for key, file in zip(lists, files, strict=True)},
    )
