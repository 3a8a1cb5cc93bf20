"""The plans of a call that judges all it is given, and by what they are judged."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from dxrules.cli.common import Plans, load, today_in_japan
from dxrules.cli.judged_count import refuse_without_rules
from dxrules.cli.selection_options import selection_of
from dxrules.errors import OK, UNTRUSTED
from dxrules.frozen import frozen

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date
    from pathlib import Path

    from dxrules.assessment import Assessment, EngineChoice
    from dxrules.assessment.selection import Selection
    from dxrules.cli.report_output import Delivery
    from dxrules.plan import PlanFile
    from dxrules.rules import Law
    from dxrules.texts import Lang


@frozen
class ToJudge:
    """The plans that could be read, by which law and day they are judged, and what is looked at."""

    files: list[PlanFile]
    law: Law
    day: date
    selection: Selection
    reading: Plans

    @classmethod
    def of(
        cls,
        lang: Lang,
        delivery: Delivery,
        plans: Sequence[str],
        rulesets: Path | None,
        day: date | None,
        select: Sequence[str] = (),
        ignore: Sequence[str] = (),
    ) -> ToJudge:
        """Read what a call names; where no plan could be read the call ends, as all was said."""
        delivery.keep_apart(plans, rulesets)
        law = load(rulesets)
        selection = selection_of(select, ignore, law)
        reading = Plans(lang)
        files = reading.read(plans, law.reference)
        if not files:
            raise click.exceptions.Exit(reading.code)
        day = day or today_in_japan()
        refuse_without_rules(law, day, files)
        return cls(files, law, day, selection, reading)

    def judged(self, engine: EngineChoice, *, waivers: bool) -> Assessment:
        """Judge the plans, and return what is looked at."""
        from dxrules.assessment import assess

        found = assess(self.files, self.law, self.day, engine=engine, waivers=waivers)
        return self.selection.of_plans(found)

    def code(self, *, trusted: bool) -> int:
        """Return the exit code of a call that does not fail by what it finds."""
        return max(self.reading.code, OK if trusted else UNTRUSTED)
