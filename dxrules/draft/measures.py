"""Measures of a document: those of its tables, then those of its headings, lists and prose."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any

from dxrules.document.normal import squeezed
from dxrules.draft.key_to_signs import key_to_signs
from dxrules.draft.measure_lists import of_lists
from dxrules.draft.measure_tables import of_tables

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from dxrules.draft.measure_words import Made
    from dxrules.draft.outline import Sentence
    from dxrules.draft.reading import Reading


def measures(sentences: Sequence[Sentence], reading: Reading) -> Iterator[Made]:
    """Yield the measures in the order of the document, each title once.

    Where the same is told twice, what is sure counts. What others are gathered under in a table is
    none of its own: they are what is done.
    """
    reading = replace(reading, signs=tuple(key_to_signs(sentences, reading).items()))
    groups: set[str] = set()
    found = [*of_tables(sentences, reading, groups), *of_lists(sentences, reading)]
    found.sort(key=lambda each: _is_doubtful(each[0]))
    seen: dict[str, Made] = {}
    for made, quotes in found:
        told = squeezed(made["title"])
        if told in seen and not _is_doubtful(made):
            seen[told] = _with_more(seen[told][0], made), seen[told][1]
        elif told not in groups:
            seen.setdefault(told, (made, quotes))
    ordered = sorted(seen.values(), key=lambda each: each[1][0].place)
    for number, (made, quotes) in enumerate(ordered, 1):
        yield {"id": f"measure-{number}", **made}, quotes


def _with_more(made: dict[str, Any], other: dict[str, Any]) -> dict[str, Any]:
    """Return a measure with what only another place tells of it for certain."""
    asked = {key for doubt in other.get("doubts", ()) for key in doubt["of"]}
    more = {key: v for key, v in other.items() if key not in {"doubts", *made, *asked}}
    if not more or _is_doubtful(made):
        return made
    doubts = [
        doubt | {"of": of}
        for doubt in made.get("doubts", ())
        if (of := [key for key in doubt["of"] if key not in more])
    ]
    kept = {key: value for key, value in (made | more).items() if key != "doubts"}
    return kept | ({"doubts": doubts} if doubts else {})


def _is_doubtful(made: dict[str, Any]) -> bool:
    return any("of" not in doubt for doubt in made.get("doubts", ()))
