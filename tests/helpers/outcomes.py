"""What the interpreter finds of a small plan."""

from __future__ import annotations

from importlib import import_module

ASSESS = import_module("dxrules.assessment.assess")
"""The module: the package shows the function of that name."""

SYSTEMS = """
    standardization:
      scope: list
      systems:
        family-register: {status: not-migrated, exception: none, evidence: [{text: 未移行}]}
        national-pension: {status: migrated, migrated: 2026-03-31}
        long-term-care: {status: not-migrated}
"""


def outcomes(plan):
    """Return the outcome of each rule for each subject."""
    return {finding.subject: finding.outcome.value for finding in plan.findings}
