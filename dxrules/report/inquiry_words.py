"""A question of an inquiry in words: what is asked, what may be answered, what hangs on it."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from dxrules.assessment import asking
from dxrules.frozen import frozen
from dxrules.inquiry.asks import offered_words, takes_number
from dxrules.plan.key_names import DAY, DAYS, key_name
from dxrules.report.confirming import due_in
from dxrules.texts import Text, join, same

if TYPE_CHECKING:
    from dxrules.assessment import Finding
    from dxrules.inquiry.asks import Ask
    from dxrules.inquiry.search import Inquiry, Part, Question

_WRITE = Text("記入", "in words")
_ONLY_FOR = Text("({answer}のとき)", " (for {answer})")
_ALIKE = Text("。どれも同じ答えのときに書く", "; if the answer is the same for all")
TO_ANSWER = Text("答えること", "to answer")


@frozen
class QuestionInWords:
    """A part of a question as people read it; `number` is the place of the question."""

    inquiry: Inquiry
    question: Question
    number: int
    part: Part

    @property
    def numbered(self) -> str:
        """The number of the question, and that of the part where there are several."""
        parts = self.question.parts
        at = next(n for n, part in enumerate(parts, 1) if part is self.part)
        return f"{self.number}-{at}" if len(parts) > 1 else str(self.number)

    @property
    def first(self) -> Finding:
        """The strongest finding that hangs on it."""
        return self.part.settles[0]

    @property
    def text(self) -> Text:
        """What is asked: the question of the rule, of all that it is asked about."""
        alike = [each for each in self.part.settles if each.rule.id == self.first.rule.id]
        return asking.asked(alike)

    @property
    def asked(self) -> Text:
        """What is told of the entries, and whether one answer is for several."""
        several = _ALIKE if len(self.part.ask.targets) > 1 else same("")
        return key_label(self.part.ask) + several

    @property
    def to_answer(self) -> Text:
        """Which entries the answer is about, and what may be chosen."""
        ask = self.part.ask
        offered = join(offered_words(ask.targets[0])) if ask.words else _WRITE
        several = _ALIKE if len(ask.targets) > 1 else same("")
        said = key_label(ask)
        return Text(f"{said.ja}({offered.ja})", f"{said.en} ({offered.en})") + several

    @property
    def day(self) -> Text | None:
        """Which day goes with the answer, if any does."""
        ask = self.part.ask
        keys = dict.fromkeys(ask.days.values())
        named = [DAYS.get(key, DAY) for key in keys]
        if not named:
            return None
        whole = takes_number(ask.targets[0])
        dated = join([ask.words[each] for each in ask.days])
        only = _ONLY_FOR.format(answer=dated) if whole else same("")
        return join(list(dict.fromkeys(named))) + only

    @property
    def hangs(self) -> Text:
        """The rules that hang on it, each with how many of its subjects do."""
        counts = Counter(finding.rule.id for finding in self.part.settles)
        shown = [same(f"{rule} ×{n}" if n > 1 else rule) for rule, n in counts.items()]
        return join(shown)

    @property
    def why(self) -> Text:
        """Why it is open, and by when it is asked for."""
        return self.first.message + due_in(self.first)


def asked(inquiry: Inquiry) -> tuple[QuestionInWords, ...]:
    """Return the parts of the questions of an inquiry in their order."""
    return tuple(
        QuestionInWords(inquiry, question, number, part)
        for number, question in enumerate(inquiry.questions, 1)
        for part in question.parts
    )


def key_label(ask: Ask) -> Text:
    """Return what is told of an entry: its state, or what the plan file calls the key."""
    return key_name(ask.targets[0].key)
