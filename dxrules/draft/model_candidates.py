"""What a language model found, beside what the patterns did: never sure, and at most a question."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any, Final

from dxrules.document.normal import squeezed
from dxrules.draft.candidates import Candidate, Quote
from dxrules.draft.sameness import same
from dxrules.draft.settle import Settled
from dxrules.frozen import frozen
from dxrules.texts import Text

DIFFERS: Final = Text("言語モデルは別の値と読み取った", "a language model reads another value")
_FROM_MODEL: Final = Text(
    "言語モデルが挙げたもので、団体の取組かどうか判断できない",
    "named by a language model; it may not be a measure of the town",
)


@frozen
class ModelFound:
    """What passed the gate: candidates for keys, and measures with their words.

    `dropped` counts what did not pass; `remarks` tell what was not answered.
    """

    candidates: tuple[Candidate, ...] = ()
    measures: tuple[tuple[str, Quote], ...] = ()
    dropped: int = 0
    remarks: tuple[Text, ...] = ()


def put_in_doubt(made: Mapping[str, Settled], found: Sequence[Candidate]) -> None:
    """Put in doubt what the patterns are sure of and a model reads otherwise."""
    for each in found:
        settled = made[each.of]
        said = settled.values.get(each.key)
        if not isinstance(said, str) or same(each.key, said) == same(each.key, each.value):
            continue
        held = settled.doubts.get(each.key)
        known = held[0] if held is not None else (said,)
        if all(same(each.key, one) != same(each.key, each.value) for one in known):
            settled.doubts[each.key] = (*known, each.value), held[1] if held else DIFFERS
            settled.evidence[each.key] = [*settled.evidence[each.key][:1], each.quote]


def further_measures(
    known: Sequence[tuple[dict[str, Any], tuple[Quote, ...]]], found: Sequence[tuple[str, Quote]]
) -> Iterator[tuple[dict[str, Any], tuple[Quote, ...]]]:
    """Yield the measures that a model named and the patterns did not, each wholly in doubt."""
    titles = {squeezed(each["title"]) for each, _ in known}
    for title, quote in found:
        if any(squeezed(title) in each or each in squeezed(title) for each in titles):
            continue
        titles.add(squeezed(title))
        doubts = [{"because": _FROM_MODEL}]
        yield {"id": f"measure-{len(titles)}", "title": title, "doubts": doubts}, (quote,)
