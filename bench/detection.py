"""How many seeded faults each rule finds, and how often it speaks where there is none."""

from __future__ import annotations

import argparse
from collections import Counter
from dataclasses import dataclass, field
from datetime import date
from typing import TYPE_CHECKING

from corpus import corpus, covering, of_prefectures
from seeds import declared
from tables import Section, Table, Target

from dxrules.assessment.assess import assessor
from dxrules.errors import PlanError
from dxrules.plan.read import document_from, plan_of
from dxrules.rules import Outcome, load_law

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence

    from corpus import Made
    from tables import Cell

    from dxrules.assessment import PlanAssessment
    from dxrules.assessment.assess import EngineChoice
    from dxrules.plan import PlanFile

PLANS = 1_741
"""As many as there are municipalities."""

_CONCERNS = (Outcome.FAIL, Outcome.UNKNOWN)
_ORDER = ("fail", "unknown", "pass", "not_applicable")
_SHOWN = 20


@dataclass
class Tally:
    """What a rule was asked, and what it answered."""

    seeded: Counter[str] = field(default_factory=Counter)
    right: Counter[str] = field(default_factory=Counter)
    innocent: int = 0
    false_alarms: int = 0
    needless_doubts: int = 0
    false_passes: int = 0


@dataclass(frozen=True)
class Miss:
    """A verdict that is not what it has to be by construction."""

    plan: str
    rule: str
    key: str
    wanted: str
    came: str


class Judge:
    """Judges plans of a corpus, each on its own day, and counts what is right."""

    def __init__(self, engine: EngineChoice = "interpreter") -> None:
        """Load the law; the engine is that of `check`."""
        self.law = load_law()
        self.engine = engine
        self.tallies: dict[str, Tally] = {}
        self.misses: list[Miss] = []
        self._judges: dict[str, Callable[[PlanFile], PlanAssessment]] = {}

    def look_at(self, plans: Iterable[Made]) -> int:
        """Judge plans and count; return how many there were."""
        return sum(1 for each in plans if self._judged(each))

    def refuses(self, text: str) -> bool:
        """Tell whether a file is refused as that of a prefecture."""
        try:
            plan_of(document_from(text.encode(), "prefecture.yaml"), self.law.reference)
        except PlanError as error:
            return any("都道府県" in problem.message.ja for problem in error.problems)
        return False

    def _judged(self, made: Made) -> bool:
        day = made.truth.day
        if day not in self._judges:
            self._judges[day] = assessor(
                self.law, date.fromisoformat(day), engine=self.engine, reasons=False
            )
        try:
            file = plan_of(document_from(made.text.encode(), made.code), self.law.reference)
        except PlanError as error:
            self.misses.append(Miss(_called(made), "", "", "a plan that can be read", str(error)))
            return True
        found = {
            (finding.rule.id, finding.key): finding.outcome
            for finding in self._judges[day](file).findings
        }
        for pair, wanted in made.truth.seeded.items():
            self._seeded(made, pair, wanted, found.get(pair))
        for pair, came in found.items():
            if pair not in made.truth.seeded:
                self._beside(made, pair, came)
        return True

    def _seeded(
        self, made: Made, pair: tuple[str, str], wanted: Sequence[str], came: Outcome | None
    ) -> None:
        rule, key = pair
        tally = self.tallies.setdefault(rule, Tally())
        (outcome,) = wanted
        tally.seeded[outcome] += 1
        tally.innocent += outcome != "fail"
        if came == outcome:
            tally.right[outcome] += 1
            return
        tally.false_alarms += came == Outcome.FAIL
        tally.false_passes += came == Outcome.PASS
        self.misses.append(Miss(_called(made), rule, key, outcome, str(came)))

    def _beside(self, made: Made, pair: tuple[str, str], came: Outcome) -> None:
        """Look at what was not seeded: by construction it neither fails nor is open."""
        rule, key = pair
        truth = made.truth
        tally = self.tallies.setdefault(rule, Tally())
        if rule in truth.of_rules:
            wanted = truth.of_rules[rule]
            if came not in wanted and not (came == Outcome.NOT_APPLICABLE and "pass" in wanted):
                tally.false_alarms += came == Outcome.FAIL and "fail" not in wanted
                self.misses.append(Miss(_called(made), rule, key, "/".join(wanted), str(came)))
            return
        if rule in truth.open_rules or not (truth.clean or truth.never_fails):
            return
        tally.innocent += 1
        if came == Outcome.FAIL or (truth.clean and came in _CONCERNS):
            tally.false_alarms += came == Outcome.FAIL
            tally.needless_doubts += came == Outcome.UNKNOWN
            self.misses.append(Miss(_called(made), rule, key, "no concern", str(came)))


def _called(made: Made) -> str:
    return f"{made.code} {made.shape}".strip()


def covered(engine: EngineChoice = "interpreter") -> Judge:
    """Return a judge that has looked at the few plans that hold every seed once."""
    judge = Judge(engine)
    judge.look_at(covering())
    return judge


def measure(plans: int) -> Section:
    """Judge the corpus, and return what each rule found and what it said besides."""
    judge = Judge()
    judged = judge.look_at(corpus(most=plans))
    refused = sum(judge.refuses(text) for _, text in of_prefectures())
    rows = [(rule, *_row(rule, tally)) for rule, tally in sorted(judge.tallies.items())]
    total = _total(judge.tallies.values())
    never = declared().never
    text = (
        f"{judged:,} plans of `bench/corpus.py`, and {refused} files of prefectures, which are "
        f"refused as such. {sum(total.seeded.values()):,} verdicts are seeded; of "
        f"{total.innocent:,} further ones it is known that nothing fails.\n"
        "Found: as many of the seeded verdicts as came out, of each kind. – is an outcome that "
        f"the rule cannot have, for a reason given with its faults ({len(never)} of them). A "
        "false alarm fails what is right, a false pass passes what is not, a needless doubt is "
        "open though everything is said."
    )
    headings = ("rule", "fails found", "unknown found", "passes found", "not applicable found")
    counts = ("false alarms", "of", "false passes", "needless doubts")
    missed = [
        f"{miss.plan}: {miss.rule} {miss.key}: {miss.wanted}, not {miss.came}"
        for miss in judge.misses[:_SHOWN]
    ]
    if missed:
        text += "\nNot as they must be, the first of them: " + "; ".join(missed) + "."
    wrong = total.false_alarms + total.false_passes + sum((total.seeded - total.right).values())
    return Section(
        "Seeded faults",
        text,
        [Table((*headings, *counts), [*rows, ("all", *_row("", total))])],
        [Target("verdicts of the corpus that are wrong", 0, wrong)],
    )


def _row(rule: str, tally: Tally) -> tuple[Cell, ...]:
    found = [_found(rule, tally, outcome) for outcome in _ORDER]
    return (*found, tally.false_alarms, tally.innocent, tally.false_passes, tally.needless_doubts)


def _found(rule: str, tally: Tally, outcome: str) -> str:
    seeded = tally.seeded[outcome]
    if not seeded:
        return "–" if (rule, outcome) in declared().never else "0"
    return f"{tally.right[outcome]:,}/{seeded:,}"


def _total(tallies: Iterable[Tally]) -> Tally:
    whole = Tally()
    for each in tallies:
        whole.seeded += each.seeded
        whole.right += each.right
        whole.innocent += each.innocent
        whole.false_alarms += each.false_alarms
        whole.false_passes += each.false_passes
        whole.needless_doubts += each.needless_doubts
    return whole


def main() -> None:
    """Print what came of the corpus, or of a part of it."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--plans", type=int, default=PLANS)
    print(measure(parser.parse_args().plans).markdown())


if __name__ == "__main__":
    main()
