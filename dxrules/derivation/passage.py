"""Passages: places in the text where something is amiss."""

from __future__ import annotations

from collections.abc import Iterator

from dxrules.derivation.aggregates import counted, some
from dxrules.derivation.context import Context
from dxrules.derivation.declaration import Kind, a_count, a_text, a_truth, between, decide, reads
from dxrules.derivation.fact import Proof
from dxrules.derivation.stated_days import dated
from dxrules.derivation.subject import AllOfAKind, of_kind
from dxrules.derivation.values import SILENT, UNKNOWN, Value
from dxrules.plan.sections.document import Passage
from dxrules.texts import Text, join


@of_kind(
    Kind(
        "passage",
        Text("問題のある箇所", "passage"),
        Text("参照データの問題の種類", "problem of the reference list"),
        own_list="problems",
    )
)
class PassageSubject(AllOfAKind):
    """A kind of problem; only what the plan itself says counts, and doubtful readings may not.

    What it quotes, and what stands on a page about it, is no fault of the plan.
    """

    def __init__(self, context: Context, problem: str) -> None:
        name = context.reference.problems[problem].name
        super().__init__(context, problem, name, ("document",))
        self.reading = context.plan.document
        self.found: list[tuple[int, Passage]] = [
            (position, passage)
            for position, passage in enumerate(self.reading.passages if self.reading else ())
            if passage.problem == problem and passage.voice == "town" and passage.origin == "plan"
        ]
        if self.found:
            self.path = ("document", "passages", self.found[0][0])

    def proofs(self, attribute: str) -> Iterator[Proof]:  # noqa: ARG002  (one source for all)
        """Yield the passages themselves."""
        for position, passage in self.found:
            place = self.context.file.place(("document", "passages", position))
            yield Proof(place, passage.section, text=passage.text)

    @classmethod
    def all_of(cls, context: Context) -> Iterator[PassageSubject]:
        """Yield one for each kind of problem."""
        return (cls(context, problem) for problem in context.reference.problems)

    @a_count("箇所の数", "number of places")
    @reads("passages")
    @decide("示した箇所をすべて直す", "correct every place that is named")
    @between(
        "そうとは言い切れない箇所がある(読みや解釈が確かでない)",
        "there is a passage that may be one (its reading is not sure)",
    )
    def count(self) -> Value:
        """How many places; at most those read without doubt and those in doubt together."""
        sure = sum(passage.reading == "sure" for _, passage in self.found)
        return counted(sure, len(self.found), self.context.missing("document", "text"))

    @a_truth("策定日のある計画", "the plan has a day of establishment")
    @reads("established")
    def established(self) -> Value:
        """Whether the plan has a day of establishment and does not call itself a draft."""
        about = self.context.plan.plan
        if about.is_draft or about.established is not None:
            return not about.is_draft and dated(about.established) is not None
        return some((), self.context.missing("plan"))

    @a_text("箇所", "the places")
    @reads("passages")
    def places(self) -> Value:
        """The places, with what is right."""
        if not self.found:
            return UNKNOWN if self.reading is None else SILENT
        shown = [_shown(passage) for _, passage in self.found]
        return join(shown, "、", "; ")


def _shown(passage: Passage) -> Text:
    where = f"({passage.section})" if passage.section else ""
    quoted = Text(f"「{passage.text}」{where}", f"「{passage.text}」{where}")
    if passage.reading == "doubtful":
        quoted += Text("[読みは不確か]", " [reading in doubt]")
    if passage.correct:
        quoted += Text(f" → {passage.correct}", f" → {passage.correct}")
    return quoted
