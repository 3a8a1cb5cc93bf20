"""The plans that a call judges, by what they are judged, and where `check` writes reports."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

import click

from dxrules.assessment import Assessment, EngineChoice, assess
from dxrules.assessment.selection import Selection
from dxrules.cli.bilingual import taken_as
from dxrules.cli.common import load, options, plain, today_in_japan
from dxrules.cli.judged_count import refuse_without_rules
from dxrules.cli.named_plans import Plans, one_plan
from dxrules.cli.selection_options import Chosen
from dxrules.errors import OK, UNTRUSTED
from dxrules.frozen import frozen
from dxrules.plan import PlanFile
from dxrules.report.how_to_write import How
from dxrules.rules import Law

if TYPE_CHECKING:
    from dxrules.cli.report_output import Delivery


@frozen
class JudgedBy:
    """The day, rulesets and engine by which a call judges, and whether waivers apply.

    Where the call does not name a day it is today's, and `given` is None.
    """

    day: date
    given: date | None
    rulesets: Path | None
    engine: EngineChoice = "both"
    waivers: bool = True

    def judge(self, files: Sequence[PlanFile], law: Law) -> Assessment:
        """Judge plans; raise UsageError where no rule holds on the day."""
        refuse_without_rules(law, self.day, files)
        return assess(files, law, self.day, engine=self.engine, waivers=self.waivers)

    def judge_each(self, files: Iterable[PlanFile], law: Law) -> Iterator[Assessment]:
        """Judge plans one after another, as `judge` does, and keep none of them."""
        from dxrules.assessment.assess import assess_each

        seen: set[str] = set()

        def guarded() -> Iterator[PlanFile]:
            for file in files:
                if file.plan.municipality.prefecture not in seen:
                    refuse_without_rules(law, self.day, [file])
                    seen.add(file.plan.municipality.prefecture)
                yield file

        return assess_each(guarded(), law, self.day, engine=self.engine, waivers=self.waivers)

    def judge_one(self, path: str, law: Law) -> Assessment:
        """Judge the one plan that a command takes."""
        return self.judge([one_plan(path, law.reference)], law)

    def how(self, engines: Sequence[str]) -> How:
        """Return how reports are written of what these engines judged."""
        if len(engines) > 1:
            return How(plain())
        return How(plain(), alone="chosen" if self.engine == "interpreter" else "missing")


def _judged_by(
    *,
    day: date | None,
    rulesets: Path | None,
    engine: EngineChoice = "interpreter",
    waivers: bool,
) -> JudgedBy:
    return JudgedBy(day or today_in_japan(), day, rulesets, engine, waivers)


judged_by = taken_as("by", _judged_by, options("as_of", "rulesets", "engine", "waivers"))
"""The options that say by what plans are judged; a command takes them as `by`."""
judged_once = taken_as("by", _judged_by, options("as_of", "rulesets", "waivers"))
"""The same of a command that judges many times over, and so with the interpreter alone."""


@frozen
class ToJudge:
    """The plans that could be read, by which law and day they are judged, and what is looked at."""

    files: list[PlanFile]
    law: Law
    by: JudgedBy
    selection: Selection
    reading: Plans

    @classmethod
    def of(
        cls,
        delivery: Delivery,
        plans: Sequence[str],
        by: JudgedBy,
        chosen: Chosen = Chosen(),  # noqa: B008  (it never changes)
    ) -> ToJudge:
        """Read what a call names; where no plan could be read the call ends, as all was said."""
        delivery.keep_apart(plans, by.rulesets)
        law = load(by.rulesets)
        selection = chosen.selection(law)
        reading = Plans()
        files = reading.read(plans, law.reference)
        if not files:
            raise click.exceptions.Exit(reading.code)
        refuse_without_rules(law, by.day, files)
        return cls(files, law, by, selection, reading)

    def judged(self) -> Assessment:
        """Judge the plans, and return what is looked at."""
        return self.selection.of_plans(self.by.judge(self.files, self.law))

    def code(self, *, trusted: bool) -> int:
        """Return the exit code of a call that does not fail by what it finds."""
        return max(self.reading.code, OK if trusted else UNTRUSTED)
