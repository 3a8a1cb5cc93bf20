"""The call that comes next, by how `check` was called."""

from __future__ import annotations

import shlex
from collections.abc import Mapping, Sequence
from itertools import pairwise

from dxrules.assessment import PlanAssessment
from dxrules.frozen import frozen


@frozen
class Call:
    """How `check` was called, so that a report can name the next call.

    `plans` tells, by how reports call a plan, what was typed for it; `named` is what was typed,
    `options` are those that change a verdict or the language, and `selecting` those that select
    findings.
    """

    named: tuple[str, ...]
    plans: Mapping[str, str]
    options: tuple[str, ...] = ()
    selecting: tuple[str, ...] = ()

    def of_plan(
        self, plan: PlanAssessment, command: str, *words: str, after: Sequence[str] = ()
    ) -> str | None:
        """Return a call for a plan; None where it was read from no file that can be named."""
        return self.of_file(plan.file.name, command, *words, after=after)

    def of_file(
        self, name: str, command: str, *words: str, after: Sequence[str] = ()
    ) -> str | None:
        """Return the same by how reports call its file."""
        file = self.plans.get(name)
        if file is None:
            return None
        selecting = () if words else self.selecting  # who asks for a rule has selected it
        return shlex.join(["dxrules", command, *words, file, *self.options, *selecting, *after])

    def to_review(self, plan: PlanAssessment) -> str | None:
        """Return the call that opens a plan at the desk, with the options that the desk takes."""
        file = self.plans.get(plan.file.name)
        if file is None:
            return None
        taken = [
            word
            for option, value in pairwise(self.options)
            if option in {"--as-of", "--rulesets", "--lang"}
            for word in (option, value)
        ]
        return shlex.join(["dxrules", "review", file, *taken])

    def of_all(self, command: str, *after: str) -> str:
        """Return a call for all that was named, with words after it."""
        return shlex.join(["dxrules", command, *self.named, *self.options, *self.selecting, *after])
