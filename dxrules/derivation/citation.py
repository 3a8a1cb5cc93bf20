"""Citations: which documents of nation and prefecture a plan names."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from datetime import date

from dxrules.dates import PartialDate, Range, Truth
from dxrules.derivation.aggregates import counted, newest
from dxrules.derivation.context import Context
from dxrules.derivation.declaration import Kind, a_count, a_date, a_truth, decide, reads, rests_on
from dxrules.derivation.editions import edition_of
from dxrules.derivation.fact import Proof
from dxrules.derivation.plan_days import when_changed, when_written
from dxrules.derivation.stated_days import dated
from dxrules.derivation.subject import AllOfAKind, of_kind
from dxrules.derivation.values import Value
from dxrules.plan.sections.about import Citation
from dxrules.plan.sections.evident import Evident
from dxrules.reference import Edition
from dxrules.source import Path
from dxrules.texts import Text, same, shorten, unspaced


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
        if not _names_another(context, citation)
    ]


def _names_another(context: Context, citation: Citation) -> bool:
    """Tell whether the title of what is cited names other prefectures than the plan's own."""
    title = citation.title or ""
    named = {key for key, each in context.reference.prefectures.items() if each.name.ja in title}
    return bool(named) and context.plan.municipality.prefecture not in named


def prefecture_plans(context: Context) -> list[Citation]:
    """Return where a plan follows a plan of its own prefecture; an ordinance is none.

    One that has no entry of its own in the list is named by its title alone.
    """
    known = context.reference.documents
    return [
        citation
        for citation in prefecture_citations(context)
        if citation.followed
        and (document := known[citation.document]).plan
        and (document.prefecture or (citation.title and _ORDINANCE not in citation.title))
    ]


def basic_data_plans(context: Context) -> list[Citation]:
    """Return where a plan follows the nation's basic plan for public and private data."""
    known, cites = context.reference.documents, context.plan.plan.cites
    return [each for each in cites if each.followed and known[each.document].basic_data_plan]


_ORDINANCE = "条例"


def misdated(context: Context, citation: Citation) -> Truth:
    """Tell whether a citation gives a date that its document cannot have.

    No plan cites what came after it; of what came about then that is not told.
    """
    day = dated(citation.date)
    in_time = _in_time(context, day) if day else True
    if in_time is False:
        return True
    edition = edition_of(context, citation)
    if edition is not None:
        return _contradicts(context, edition, day)
    return None if in_time is None else False


def _contradicts(context: Context, edition: Edition, day: PartialDate | None) -> Truth:
    """Tell whether an edition has another date than it is cited with, or came after the plan.

    A date in the time in which it was the newest may be the day of something else that was
    cited. Of an edition that came out after the day judged, the day is not known on it. It may
    have come after a plan whose day was not read.
    """
    if edition.holds_from > context.day:
        return None if day else False
    first, last, superseded = _days_of(context, edition)
    made = _last_change(context)
    if made and made.below(first):
        return True
    fits = False if made or context.missing("plan").silent else None
    if day is None:
        return fits
    if day.range.below(first) or (superseded and day.range.at_least(superseded)):
        return True
    same = day.range.meet(Range(first, last)) is not None
    return fits if same else None


def _last_change(context: Context) -> Range | None:
    """Return when the plan was last changed, whatever the day judged: its text is of then."""
    about = context.plan.plan
    layers = (each.established for each in about.layers)
    told = (*(each.on for each in about.revised), about.established, *layers)
    days = [day for day in map(dated, told) if day is not None]
    last = newest(day for day in days if context.recorded_by(day))
    changed = when_changed(context)
    return last.range if last else changed.range if changed else None


def datings(context: Context) -> list[tuple[Citation, Truth]]:
    """Return each citation with a date or an edition, and whether it is misdated."""
    return [
        (each, misdated(context, each))
        for each in context.plan.plan.cites
        if dated(each.date) or edition_of(context, each)
    ]


def follows_misdated(context: Context) -> bool:
    """Tell whether the date of an edition of the national plan that it follows contradicts it."""
    editions = [c for c in context.plan.plan.cites if c.followed and edition_of(context, c)]
    return any(misdated(context, each) for each in editions)


def as_cited(context: Context, said: Citation) -> Text:
    """Return the name of a document with the edition and date by which it is cited."""
    name = context.reference.documents[said.document].name
    told = [shorten(each) for each in (said.edition, said.date.text if said.date else None) if each]
    return name + same(f"({'、'.join(told)})") if told else name


def _in_time(context: Context, day: PartialDate) -> Truth:
    """Tell whether something of a day came before the plan was written that cites it.

    Days that overlap contradict nothing, unless they are only about. A plan that was not read
    whole may have been revised since it was made.
    """
    made, recorded = _last_change(context), context.plan.recorded.range
    before = day.range.at_most(_last(made or recorded))
    if before is not False:
        return before or (None if day.approximate else True)
    if made is not None and made.approximate:
        return None
    is_known = day.range.at_most(_last(recorded)) is False or context.missing("plan").silent
    return False if is_known else None


def _last(days: Range) -> int:
    return _NEVER if days.hi is None else days.hi


def _days_of(context: Context, edition: Edition) -> tuple[int, int | None, int | None]:
    """Return the days from and to which an edition may have come out, and when the next surely had.

    One whose day was not verified came out at some time between those around it.
    """
    known = context.reference
    sure = [
        each
        for each in sorted(known.editions.values(), key=lambda each: each.holds_from)
        if each.holds_from <= context.day and known.sources[each.source].verified != "unverified"
    ]
    later = [each for each in sure if each.holds_from > edition.holds_from]
    superseded = later[0].holds_from.toordinal() if later else None
    if edition in sure:
        first = edition.on.range.lo
        return 0 if first is None else first, edition.on.range.hi, superseded
    before = [each for each in sure if each.holds_from < edition.holds_from]
    return (before[-1].on.range.lo or 0) if before else 0, superseded, superseded


_NEVER = date.max.toordinal()


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


@of_kind(
    Kind(
        "citation",
        Text("文書の引用", "citation"),
        Text("参照データの文書", "document of the reference list"),
        own_list="documents",
    )
)
class CitationSubject(AllOfAKind):
    """An entry of the reference list of documents."""

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
            return [each for each in self.said.cites if self._is_it(each)]
        return [each for each in prefecture_citations(self.context) if each.document != self.key]

    def _is_it(self, citation: Citation) -> bool:
        """Tell whether a citation is of this document, by its id or by the title it gives."""
        name = unspaced(self.context.reference.documents[self.key].name.ja)
        return citation.document == self.key or name == unspaced(citation.title or "")

    @classmethod
    def all_of(cls, context: Context) -> Iterator[CitationSubject]:
        """Yield one for each document of the nation and of the plan's own prefecture."""
        return (cls(context, document) for document in own_documents(context))

    @a_count("計画が挙げる回数", "times that the plan cites it")
    @reads("cites")
    @decide("その文書を計画に生かし、名称を挙げる", "take that document into account and name it")
    def count(self) -> Value:
        """How often the plan cites it.

        What others alone say it cites may not count; a text not read whole may cite it more often.
        """
        return self._number(self._of("count"))

    @a_count("都道府県の他の文書を挙げる回数", "times that the plan cites others of its prefecture")
    @reads("cites")
    @rests_on("documents", "prefectures")
    @decide(
        "都道府県のほかの文書を計画に生かし、名称を挙げる",
        "take another document of the prefecture into account and name it",
    )
    def others_of_prefecture(self) -> Value:
        """How often it cites other documents of its prefecture."""
        return self._number(self._of("others_of_prefecture"))

    def _number(self, found: Sequence[Citation]) -> Value:
        missing = self.context.missing("plan", "text")
        sure = sum(not only_from_others(self.context, each) for each in found)
        return counted(sure, len(found), missing)

    @a_date("計画の策定または最終改定の日", "day of the plan's establishment or last revision")
    @reads("established", "revised")
    def plan_made_on(self) -> Value:
        """When the plan was last revised, else established.

        One without a day was made before its facts were recorded, and not before what it cites.
        """
        return when_written(self.context).range

    @a_truth("この団体に求められる", "asked of this municipality")
    def asked(self) -> Value:
        """Whether plans of municipalities are meant: that of a union of them is none."""
        return not self.context.plan.municipality.is_union
