"""Citations: which documents of nation and prefecture a plan names."""

from __future__ import annotations

from typing import TYPE_CHECKING

from dxrules.dates import Range
from dxrules.derivation.fact import Proof
from dxrules.derivation.subject import Subject

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from dxrules.derivation.context import Context
    from dxrules.derivation.values import Value
    from dxrules.plan.models import Citation, Evident
    from dxrules.source import Path


def own_documents(context: Context) -> Iterator[str]:
    """Yield the documents of the nation and of the plan's own prefecture."""
    prefecture = context.plan.municipality.prefecture
    for key, document in context.reference.documents.items():
        if document.prefecture in (None, prefecture):
            yield key


def prefecture_citations(context: Context) -> list[Citation]:
    """Return where a plan cites documents of its own prefecture."""
    known, prefecture = context.reference.documents, context.plan.municipality.prefecture
    return [
        citation
        for citation in context.plan.plan.cites
        if citation.document in known and known[citation.document].is_of(prefecture)
    ]


def prefecture_plans(context: Context) -> list[Citation]:
    """Return where a plan names a plan of its own prefecture; an ordinance is none.

    One that has no entry of its own in the list is named by its title alone.
    """
    known = context.reference.documents
    return [
        citation
        for citation in prefecture_citations(context)
        if (document := known[citation.document]).plan
        and (document.prefecture or (citation.title and _ORDINANCE not in citation.title))
    ]


_ORDINANCE = "条例"


def naming(context: Context, proofs: Iterable[Proof], found: Sequence[Citation]) -> Iterator[Proof]:
    """Yield the quotations that name one of the documents cited, then where each is cited."""
    cites = context.plan.plan.cites
    cited = {each.document: position for position, each in enumerate(cites) if each in found}
    names = _names(context, found)
    for proof in proofs:
        if any(name in (proof.text or "") for name in names):
            yield proof
    for position in cited.values():
        yield Proof(context.file.place(("plan", "cites", position)))


def only_from_others(context: Context, citation: Citation) -> bool:
    """Tell whether the plan itself may not cite a document.

    What is quoted of the citations shows it where it names the document, else if nothing does.
    """
    quoted = [each for each in context.plan.plan.evidence if not each.of or "cites" in each.of]
    called = _names(context, [citation])
    shown = [each for each in quoted if any(name in (each.text or "") for name in called)] or quoted
    return bool(shown) and all(each.origin != "plan" for each in shown)


def _names(context: Context, found: Sequence[Citation]) -> list[str]:
    """Return what documents cited are called in the reference list and in the plan."""
    known = context.reference.documents
    listed = dict.fromkeys(known[each.document].name.ja for each in found)
    return [*listed, *(each.title for each in found if each.title)]


class CitationSubject(Subject):
    """An entry of the reference list of documents."""

    kind = "citation"

    def __init__(self, context: Context, key: str) -> None:
        self.said = context.plan.plan
        name = context.reference.documents[key].name
        super().__init__(context, key, name, ("plan", "cites"))

    def sources(self) -> Iterator[tuple[Path, Evident]]:
        """Yield what the plan says of itself."""
        yield ("plan",), self.said

    def proofs(self, attribute: str) -> Iterator[Proof]:
        """Yield the quotations that name a document cited; of those that are not, there is none."""
        if attribute == "plan_made_on":
            yield from super().proofs(attribute)
            return
        yield from naming(self.context, super().proofs(attribute), self._of(attribute))

    def _of(self, attribute: str) -> list[Citation]:
        if attribute == "count":
            return [each for each in self.said.cites if each.document == self.key]
        return [each for each in prefecture_citations(self.context) if each.document != self.key]

    def count(self) -> Value:
        """How often the plan cites it.

        What others alone say it cites may not count; a text not read whole may cite it more often.
        """
        return self._number(self._of("count"))

    def others_of_prefecture(self) -> Value:
        """How often it cites other documents of its prefecture."""
        return self._number(self._of("others_of_prefecture"))

    def _number(self, found: Sequence[Citation]) -> Value:
        missing = self.context.missing("plan", "text")
        sure = sum(not only_from_others(self.context, each) for each in found)
        return Range(sure, len(found) if missing.silent else None)

    def plan_made_on(self) -> Value:
        """When the plan was last revised, else established.

        One without a day was made before its facts were recorded, and not before what it cites.
        """
        return self.context.written.range
