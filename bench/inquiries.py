"""How many verdicts so many questions settle: the inquiry beside asking in the order of the report.

    python bench/inquiries.py [--as-of 2026-11-20]

Each question gets the answer that settles most; what it makes undetermined counts against it. In
the order of the report a question is asked for each finding that is still open, one entry at a
time. The last columns tell how long it took to find all questions, and to ask a hundred plans ten.
"""

from __future__ import annotations

import argparse
import time
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

from dxrules.assessment.assess import assessor
from dxrules.inquiry.fewest_questions import inquire
from dxrules.inquiry.trial import Bench
from dxrules.plan import read_plan
from dxrules.rules import Outcome, load_law

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from dxrules.assessment import PlanAssessment
    from dxrules.inquiry.asks import Choice
    from dxrules.inquiry.fewest_questions import AskedQuestion, QuestionField
    from dxrules.inquiry.trial import SubjectKey
    from dxrules.reference import Reference

ROOT = Path(__file__).parent.parent
_AT = (1, 2, 3, 5, 10, 15, 20, 30)
_MANY = 100
_OPEN = (Outcome.UNKNOWN, Outcome.ERROR)


class Asking:
    """Asks questions one by one, each getting its best answer, and counts what is settled."""

    def __init__(self, plan: PlanAssessment, reference: Reference) -> None:
        self.bench = Bench(plan, reference)
        self.world = self.bench.world()
        self.settled: set[SubjectKey] = set()
        self.opened: set[SubjectKey] = set()

    def ask(self, question: AskedQuestion) -> int:
        """Ask a question, and return by how many fewer findings are open by now.

        What an answer made undetermined that was not so before counts against what it settled.
        """
        for part in question.parts:
            after = self.bench.answered(self.world, part.ask, self._best(part))
            if after is not None:
                self.world = after
                outcomes = self.bench.outcomes(self.world, part.ask)
                still = {s for s, o in outcomes.items() if o in _OPEN}
                self.settled |= (self.bench.open.keys() & outcomes.keys()) - still
                self.opened = (self.opened - outcomes.keys()) | (still - self.bench.open.keys())
        return len(self.settled) - len(self.opened)

    def _best(self, part: QuestionField) -> Choice:
        """Return the answer that settles most as things stand."""

        def settles(choice: Choice) -> int:
            after = self.bench.answered(self.world, part.ask, choice)
            if after is None:
                return -1
            outcomes = self.bench.outcomes(after, part.ask)
            still = {s for s, o in outcomes.items() if o in _OPEN}
            known = self.bench.open.keys()
            return len((known & outcomes.keys()) - still) - len(still - known)

        return max((choice for choice, _ in part.choices), key=settles)


def curve(
    plan: PlanAssessment, reference: Reference, questions: Sequence[AskedQuestion]
) -> list[int]:
    """Return how many findings are settled after each question."""
    asking = Asking(plan, reference)
    return [asking.ask(question) for question in questions]


def in_order_of_report(plan: PlanAssessment, reference: Reference) -> Iterator[AskedQuestion]:
    """Yield a question for each finding that is open in the report, one entry at a time."""
    order = {subject: place for place, subject in enumerate(Bench(plan, reference).open)}
    questions = inquire(plan, reference, each=True).questions

    def place(question: AskedQuestion) -> int:
        return min(order.get(finding.subject, len(order)) for finding in question.settles)

    yield from sorted(questions, key=place)


def main() -> None:
    """Print the table."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--as-of", type=date.fromisoformat, default=date(2026, 11, 20))
    day = parser.parse_args().as_of
    law = load_law(ROOT / "rulesets")
    judge = assessor(law, day, engine="interpreter")
    files = [read_plan(path, law.reference) for path in sorted((ROOT / "facts").glob("*.yaml"))]
    heads = [f"{n} q." for n in _AT]
    print("| town | asked | open | can be settled | " + " | ".join(heads) + " | all | s |")
    print("|---" * (len(heads) + 6) + "|")
    for file in files:
        plan = judge(file)
        start = time.perf_counter()
        inquiry = inquire(plan, law.reference)
        took = time.perf_counter() - start
        rows = {
            "fewest": curve(plan, law.reference, inquiry.questions),
            "report": curve(plan, law.reference, [*in_order_of_report(plan, law.reference)]),
        }
        for how, found in rows.items():
            cells = [str(found[min(n, len(found)) - 1]) for n in _AT]
            name = file.plan.municipality.name.en
            print(
                f"| {name} | {how} | {len(inquiry.of_town)} | {inquiry.settled} | "
                + " | ".join(cells)
                + f" | {found[-1]} ({len(found)} q.) | {took:.2f} |"
            )
    start = time.perf_counter()
    for number in range(_MANY):
        inquire(judge(files[number % len(files)]), law.reference, 10)
    took = time.perf_counter() - start
    print(f"\n{_MANY} plans, judged and asked ten questions each: {took:.1f} s")


if __name__ == "__main__":
    main()
