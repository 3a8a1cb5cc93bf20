"""Measures of a document: those of its tables, then those of its headings, lists and prose."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from dxrules.document.normal import squeezed
from dxrules.draft.measure_lists import of_lists
from dxrules.draft.measure_tables import of_tables
from dxrules.texts import Text

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from dxrules.draft.measure_words import Made
    from dxrules.draft.outline import Sentence
    from dxrules.draft.reading import Reading


_GATHERS: Final = Text(
    "ほかの取組をまとめた名称でもある", "it is also what other measures are gathered under"
)


def measures(sentences: Sequence[Sentence], reading: Reading) -> Iterator[Made]:
    """Yield the measures in the order of the document, each title once.

    Where the same is told twice, what is sure counts. What others are gathered under is in doubt.
    """
    groups: set[str] = set()
    found = [*of_tables(sentences, reading, groups), *of_lists(sentences, reading)]
    found.sort(key=lambda each: _is_doubtful(each[0]))
    seen: dict[str, Made] = {}
    for made, quotes in found:
        told = squeezed(made["title"])
        if told in groups:
            made["doubts"] = [{"because": _GATHERS}]
        seen.setdefault(told, (made, quotes))
    ordered = sorted(seen.values(), key=lambda each: each[1][0].place)
    for number, (made, quotes) in enumerate(ordered, 1):
        yield {"id": f"measure-{number}", **made}, quotes


def _is_doubtful(made: dict[str, Any]) -> bool:
    return any("of" not in doubt for doubt in made.get("doubts", ()))
