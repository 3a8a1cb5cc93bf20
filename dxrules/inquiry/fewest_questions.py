"""The fewest questions: again and again the one whose answers settle the most, duties first.

What an answer will be is not known. So each answer is tried, and a question counts by what its
answers settle on the average; after it, the search goes on as if it had got the answer that
settles least. A question none of whose answers would settle anything is never asked.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping
from datetime import date
from statistics import fmean

from dxrules.assessment import Finding, PlanAssessment
from dxrules.assessment.finding import SubjectKey
from dxrules.assessment.questions import DUTIES
from dxrules.frozen import frozen, replaced
from dxrules.inquiry.asks import Ask, Choice, asks_of, hangs_on, told_of_late
from dxrules.inquiry.follow_ups import FollowUp, FollowUps, Tried, tried
from dxrules.inquiry.topics import TopicPath, topics
from dxrules.inquiry.trial import Bench
from dxrules.plan.sections.provisions import Provision
from dxrules.reference import Reference
from dxrules.rules import Outcome

_NOTHING: frozenset[SubjectKey] = frozenset()


@frozen
class QuestionField:
    """One field of a question: what it is about, and what its answers settle.

    `settles` are the findings that some answer settles. `choices` are the answers that were tried,
    each with what it settles; where only one is offered, there may be none to give. `opens` is
    what was not open before some answer. What is asked only `after` an answer names it.
    """

    ask: Ask
    settles: tuple[Finding, ...]
    choices: tuple[tuple[Choice, frozenset[SubjectKey]], ...]
    opens: frozenset[SubjectKey] = _NOTHING
    after: tuple[tuple[Ask, str], ...] = ()

    @property
    def effects(self) -> frozenset[frozenset[SubjectKey]]:
        """What its answers settle; answers that settle the same are one."""
        found = {settled for _, settled in self.choices}
        return frozenset(found | {_NOTHING} if self._may_have_none else found)

    @property
    def worst(self) -> Choice | None:
        """The answer that settles least; None where there may be none."""
        if self._may_have_none:
            return None
        return min(self.choices, key=lambda each: len(each[1]))[0]

    @property
    def _may_have_none(self) -> bool:
        return len(self.ask.words) == 1

    def settled_by(self, kind: str) -> frozenset[SubjectKey]:
        """Return what an answer settles at most: of those with a day, the day that settles most."""
        found = [settled for choice, settled in self.choices if choice.kind == kind]
        return max(found, key=len, default=frozenset())

    @property
    def best(self) -> Choice:
        """The answer that settles most, the first of such."""
        return max(self.choices, key=lambda each: len(each[1]))[0]


@frozen
class AskedQuestion:
    """A question, in the order to ask; it has a part for each thing to tell of its topic."""

    parts: tuple[QuestionField, ...]

    @property
    def settles(self) -> tuple[Finding, ...]:
        """The findings that some answer to some part settles, each once."""
        found = {finding.subject: finding for part in self.parts for finding in part.settles}
        return tuple(found.values())


@frozen
class Inquiry:
    """What to ask a municipality, and what no answer of it settles.

    `more` tells how many questions were left out. `left` are undetermined findings about the town
    that no question settles, `of_plan` those about what the plan contains: who reads the plan
    again settles them, and nobody's answer. `told` are those that hang on what it told of late.
    `opened` are those that some answer to the questions brings, which were not undetermined before.
    """

    plan: PlanAssessment
    questions: tuple[AskedQuestion, ...]
    more: int
    left: tuple[Finding, ...]
    of_plan: tuple[Finding, ...]
    told: tuple[Finding, ...] = ()
    opened: tuple[Finding, ...] = ()

    @property
    def of_town(self) -> tuple[Finding, ...]:
        """The findings about the town that are undetermined."""
        return tuple(f for f in self.plan.of(Outcome.UNKNOWN) if f.rule.about == "town")

    @property
    def settled(self) -> int:
        """How many of the findings that are undetermined some answers to the questions settle."""
        found = {finding.subject for each in self.questions for finding in each.settles}
        return len(found - {finding.subject for finding in self.opened})


@frozen
class Inquiries:
    """What to ask one municipality or several, by their plans as they were judged on a day."""

    day: date
    each: tuple[Inquiry, ...]


def inquire(
    plan: PlanAssessment,
    reference: Reference,
    most: int | None = None,
    *,
    each: bool = False,
    waivers: bool = True,
    ahead: bool = True,
) -> Inquiry:
    """Return the questions to ask about a plan that was judged with reasons, at most so many.

    Looking `ahead` adds what is asked only after some answer; whoever asks again after each does
    without.
    """
    bench = Bench(plan, reference, waivers=waivers)
    search = _Search(bench, each=each)
    questions = search.questions(ahead=ahead)
    hit = {finding.subject for question in questions for finding in question.settles}
    unknown = plan.of(Outcome.UNKNOWN)
    others = [f for f in unknown if f.rule.about == "town" and f.subject not in hit]
    told = tuple(f for f in others if hangs_on(f, search.told, reference))
    left = tuple(f for f in others if f not in told)
    of_plan = tuple(f for f in unknown if f.rule.about == "plan")
    chosen = questions[:most]
    opens = sorted({each for question in chosen for part in question.parts for each in part.opens})
    opened = tuple(map(bench.named, opens))
    more = len(questions) - len(chosen)
    return Inquiry(plan, chosen, more, left, of_plan, told, opened)


def is_duty(finding: Finding) -> bool:
    """Tell whether the law or the cabinet asks for it, as far as that was confirmed."""
    return finding.rule.strength in DUTIES and not finding.rule.draft


class _Search:
    """The plan as it would be after the answers so far, and what every ask would settle then."""

    def __init__(self, bench: Bench, *, each: bool) -> None:
        self.bench = bench
        self.world = bench.world()
        self.open: dict[SubjectKey, Finding] = dict(bench.open)
        day = bench.plan.lawbook.day
        file = bench.plan.file
        self.told = told_of_late(file.plan.answers, day)
        self.asks = asks_of(
            self.open.values(),
            bench.reference,
            file.document,
            day,
            each=each,
            told=self.told,
            targets=bench.targets,
        )
        self.within = _within(self.asks)
        self.topic_of = topics(bench.plan.lawbook.rules, bench.reference, each=each)
        self.at_first, self.each = True, each
        self.first: list[tuple[Ask, list[Tried]]] = []
        self.tried: dict[str, QuestionField | None] = {}
        self.asked: set[str] = set()
        self.opens: dict[str, frozenset[SubjectKey]] = {}

    def questions(self, *, ahead: bool) -> tuple[AskedQuestion, ...]:
        """Return the questions, the best first; each has all that can be told of its topic."""
        found: dict[TopicPath, list[QuestionField]] = {}
        while parts := self._next():
            found.setdefault(self._topic(parts[0].ask), []).extend(parts)
        for part in self._follow_ups() if ahead else ():
            found.setdefault(self._topic(part.ask), []).append(part)
        return tuple(
            AskedQuestion(tuple(sorted(parts, key=_in_the_order_of_people)))
            for parts in found.values()
        )

    def _next(self) -> list[QuestionField]:
        """Return the best question left, and go on from the answers that settle least.

        What else can be told of the same topic, and settles anything, is part of it.
        """
        best = max(filter(None, map(self._part, self._left())), key=self._worth, default=None)
        self.at_first = False
        if best is None:
            return []
        best = self._before(best)
        topic = self._topic(best.ask)
        before = {
            ask.name: part
            for ask in self._left()
            if self._topic(ask) == topic and (part := self._part(ask)) is not None
        }
        parts = [best]
        self._go_on(best)
        for ask in sorted(self.asks, key=_of_fewer_entries):  # what is the same for all comes first
            names = {target.name for target in ask.targets}
            if self._topic(ask) != topic or not self.asked.isdisjoint(names):
                continue
            part = self._part(ask) or before.get(ask.name)
            if part is not None and _adds(part, parts):
                parts.append(part)
                self._go_on(part)
        return parts

    def _topic(self, ask: Ask) -> TopicPath:
        return self.topic_of(ask.targets[0])

    def _follow_ups(self) -> Iterator[QuestionField]:
        """Yield what comes to be asked after some answer, and is not asked yet."""
        by_name: dict[str, list[FollowUp]] = {}
        later = FollowUps(self.bench, self.told, frozenset(self.asked), each=self.each)
        for each in later.after(self.first):
            rest = tuple(t for t in each.ask.targets if t.name not in self.asked)
            if rest:
                ask = replaced(each.ask, targets=rest)
                by_name.setdefault(ask.name, []).append(replaced(each, ask=ask))
        for those in by_name.values():
            ask = those[0].ask
            found: dict[Choice, frozenset[SubjectKey]] = {}
            for one in (one for each in those for one in each.tries):
                found[one.choice] = found.get(one.choice, _NOTHING) | one.settled
            opens = _NOTHING.union(*(o.opened for e in those for o in e.tries))
            after = {(e.opener.name, e.kind): (e.opener, e.kind) for e in those}
            settles = sorted(_NOTHING.union(*found.values()))
            named = tuple(map(self.bench.named, settles))
            yield QuestionField(
                ask, named, tuple(_with_days(found).items()), opens, tuple(after.values())
            )

    def _before(self, part: QuestionField) -> QuestionField:
        """Return what is asked before a part: whether there is a thing comes before how it is."""
        if not all(target.model is Provision for target in part.ask.targets):
            return part
        for ask in self._left():
            if self._topic(ask) == self._topic(part.ask) and ask.targets[0].key == "status":
                return self._part(ask) or part
        return part

    def _left(self) -> Iterator[Ask]:
        """Yield what was not asked yet and has something open hanging on it."""
        for ask in self.asks:
            if self._is_asked(ask) or all(f.subject not in self.open for f in ask.hangs):
                continue
            wider = self.within.get(ask.name)
            if wider is None or self._part(wider) is None:
                yield ask

    def _is_asked(self, ask: Ask) -> bool:
        return {target.name for target in ask.targets} <= self.asked

    def _part(self, ask: Ask) -> QuestionField | None:
        """Return what an ask settles in this world; None if no answer settles anything."""
        if ask.name not in self.tried:
            self.tried[ask.name] = self._try(ask)
        return self.tried[ask.name]

    def _try(self, ask: Ask) -> QuestionField | None:
        hangs = {finding.subject for finding in ask.hangs} & self.open.keys()
        tries: list[Tried] = []
        done: set[str] = set()
        for choice in ask.choices:
            if choice.kind in done:
                continue
            each = tried(self.bench, self.world, ask, choice, self.open)
            if each is None:
                continue
            tries.append(each)
            if len(choice.values) == 1 and choice.kind in ask.days and hangs <= each.settled:
                done.add(choice.kind)  # no day can settle more
        if self.at_first:
            self.first.append((ask, tries))
        choices = _with_days({each.choice: each.settled for each in tries})
        union = frozenset().union(*choices.values())
        if not union:
            return None
        settles = tuple(self.open[subject] for subject in self.open if subject in union)
        opens = self.opens.get(ask.name, _NOTHING).union(*(each.opened for each in tries))
        self.opens[ask.name] = opens
        return QuestionField(ask, settles, tuple(choices.items()), opens)

    def _worth(self, part: QuestionField) -> tuple[float, ...]:
        """Return by what questions are put in order: what their answers settle, duties first."""
        duties = {s for s, finding in self.open.items() if is_duty(finding)}
        return (
            fmean(len(settled & duties) for settled in part.effects),
            fmean(len(settled) for settled in part.effects) - len(part.opens) / len(part.choices),
            float(min(map(len, part.effects))),
        )

    def _go_on(self, part: QuestionField) -> None:
        """Go on as if a part of a question had got the answer that settles least."""
        ask, worst = part.ask, part.worst
        settled = _NOTHING if worst is None else dict(part.choices)[worst]
        after = None if worst is None else self.bench.answered(self.world, ask, worst)
        if after is not None:
            self.world = after
        self.asked |= {target.name for target in ask.targets}
        self.asked |= {
            replaced(target, key=key).name for target in ask.targets for key in ask.days.values()
        }
        for subject in settled:
            self.open.pop(subject, None)
        self._forget({finding.subject for finding in (*part.settles, *ask.hangs)})

    def _forget(self, touched: Collection[SubjectKey]) -> None:
        """Try again later what has to do with findings that an answer touched."""
        for ask in self.asks:
            part = self.tried.get(ask.name)
            own = {finding.subject for finding in ask.hangs}
            own |= {finding.subject for finding in part.settles} if part else set()
            if not own.isdisjoint(touched):
                self.tried.pop(ask.name, None)


def _of_fewer_entries(ask: Ask) -> int:
    return -len(ask.targets)


def _in_the_order_of_people(part: QuestionField) -> tuple[bool, bool, int]:
    """Ask first whether it applies at all; then in the order of the plan file, status first.

    What stands only after an answer comes after it.
    """
    target = part.ask.targets[0]
    at = [*target.model.model_fields].index(target.key)
    return bool(part.after), target.key != "applies", at


def _adds(part: QuestionField, parts: Iterable[QuestionField]) -> bool:
    """Tell whether a part settles something that not every answer to the parts before it does."""
    certain = {
        finding.subject
        for each in parts
        for finding in each.settles
        if all(finding.subject in settled for settled in each.effects)
    }
    return any(finding.subject not in certain for finding in part.settles)


def _within(asks: Iterable[Ask]) -> dict[str, Ask]:
    """Return, for what is about one entry, the ask that is about the same of several."""
    wider = [ask for ask in asks if len(ask.targets) > 1]
    return {target.name: ask for ask in wider for target in ask.targets}


def _with_days(
    found: Mapping[Choice, frozenset[SubjectKey]],
) -> dict[Choice, frozenset[SubjectKey]]:
    """Leave out an answer without its day where a day settles more: the question asks for it."""
    plain = {choice.kind: settled for choice, settled in found.items() if len(choice.values) == 1}
    needed = {
        choice.kind
        for choice, settled in found.items()
        if len(choice.values) > 1 and len(settled) > len(plain.get(choice.kind, settled))
    }
    return {
        choice: settled
        for choice, settled in found.items()
        if (choice.kind in needed) == (len(choice.values) > 1)
    }
