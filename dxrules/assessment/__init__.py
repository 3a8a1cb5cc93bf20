"""Plan, lawbook and day make findings; waivers, gaps, the graph and explanations follow."""

from dxrules.assessment.assess import EngineChoice, assess
from dxrules.assessment.dependencies import DependencyGraph, Edge, Node, dependency_graph
from dxrules.assessment.explain import Explanation, explain
from dxrules.assessment.finding import Assessment, Counts, Finding, PlanAssessment
from dxrules.assessment.gaps import AreaGaps, Gap, GapReport, gap_report

__all__ = [
    "AreaGaps",
    "Assessment",
    "Counts",
    "DependencyGraph",
    "Edge",
    "EngineChoice",
    "Explanation",
    "Finding",
    "Gap",
    "GapReport",
    "Node",
    "PlanAssessment",
    "assess",
    "dependency_graph",
    "explain",
    "gap_report",
]
