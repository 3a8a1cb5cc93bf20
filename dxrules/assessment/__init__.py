"""Plan, lawbook and day make findings; waivers, gaps, the graph and explanations follow.

What only some commands show stands in modules of its own: `gaps`, `dependencies`, `explain`.
"""

from dxrules.assessment.assess import EngineChoice, assess
from dxrules.assessment.finding import Assessment, Counts, Finding, PlanAssessment

__all__ = ["Assessment", "Counts", "EngineChoice", "Finding", "PlanAssessment", "assess"]
