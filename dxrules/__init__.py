"""dxrules judges the DX plans of Japanese towns against national and prefectural rulesets.

    from datetime import date
    from pathlib import Path
    from dxrules import assess, load_law, read_plan

    law = load_law()
    plan = read_plan(Path("facts/34545-jinsekikogen.yaml"), law.reference)
    assessment = assess([plan], law, date(2026, 11, 20))

Names are imported when they are used.
"""

from __future__ import annotations

import os
from importlib import import_module
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from dxrules.assessment import Assessment, Finding, assess
    from dxrules.assessment.dependencies import dependency_graph
    from dxrules.assessment.dossier import Dossier
    from dxrules.assessment.forecast import forecast
    from dxrules.assessment.gaps import gap_report
    from dxrules.derivation import derive
    from dxrules.errors import DxrulesError
    from dxrules.plan import PlanFile, read_plan
    from dxrules.report.how_to_write import How
    from dxrules.rules import Law, Outcome, load_law
    from dxrules.texts import Text

# openpyxl writes other bytes where lxml happens to be installed: a report is the same everywhere.
os.environ.setdefault("OPENPYXL_LXML", "False")

__version__ = "0.1.0"

__all__ = [
    "Assessment",
    "Dossier",
    "DxrulesError",
    "Finding",
    "How",
    "Law",
    "Outcome",
    "PlanFile",
    "Text",
    "assess",
    "dependency_graph",
    "derive",
    "forecast",
    "gap_report",
    "load_law",
    "read_plan",
]

_HOMES = {
    "Assessment": "assessment",
    "Dossier": "assessment.dossier",
    "DxrulesError": "errors",
    "Finding": "assessment",
    "How": "report.how_to_write",
    "Law": "rules",
    "Outcome": "rules",
    "PlanFile": "plan",
    "Text": "texts",
    "assess": "assessment",
    "dependency_graph": "assessment.dependencies",
    "derive": "derivation",
    "forecast": "assessment.forecast",
    "gap_report": "assessment.gaps",
    "load_law": "rules",
    "read_plan": "plan",
}


def __dir__() -> list[str]:
    return sorted([*__all__, "__version__"])


def __getattr__(name: str) -> object:
    if name not in _HOMES:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    return getattr(import_module(f"{__name__}.{_HOMES[name]}"), name)
