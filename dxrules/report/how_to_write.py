"""How a report is written: the language, its width, and how much of what was found it tells."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from dxrules.frozen import frozen
from dxrules.report.terminal import Style
from dxrules.source.repository import within
from dxrules.texts import Text, printable

if TYPE_CHECKING:
    from dxrules.assessment import Finding, PlanAssessment
    from dxrules.report.next_call import Call
    from dxrules.report.shared_labels import Alone


def _silent(_: Text) -> None:
    """Say nothing: a report that was cut says so itself."""


@frozen
class How:
    """How to write: language, width and colour; passes, too; and why there was one engine.

    `threshold`, and for what is undetermined `unknown`, are what the exit code counts. `locate`
    turns the name of a file into its path from the repository's root. `tell` takes a word for
    whoever made the call, such as that a report was cut.

    The text holds all that was found if it is `full`, else what to do first, or the counts alone
    as a `summary`. People see what a baseline knows if `show_known`. `ending` says why the call
    ends with its exit code, `call` how it was made.
    """

    style: Style
    everything: bool = False
    alone: Alone | None = None
    threshold: tuple[str, ...] = ("error",)
    unknown: tuple[str, ...] = ()
    locate: Callable[[str], str] = within
    tell: Callable[[Text], None] = _silent
    full: bool = True
    summary: bool = False
    show_known: bool = True
    ending: Text | None = None
    call: Call | None = None

    def seen(self, plan: PlanAssessment) -> PlanAssessment:
        """Return what people see of a plan: without what a baseline knows, unless that is asked."""
        if self.show_known or not any(finding.known for finding in plan.applied):
            return plan
        return plan.of_findings(f for f in plan.findings if not f.known)

    def counts(self, finding: Finding) -> bool:
        """Tell whether a finding counts for the exit code."""
        return finding.reaches(self.threshold, unknown=self.unknown)


def for_people(text: str, how: How) -> bytes:
    """Return a text as a terminal or a file of text takes it."""
    return printable(text, coloured=how.style.colour).encode()


Writer = Callable[[Any, How], bytes]
"""From what is reported (a dossier, or a comparison) to the bytes of the report."""
