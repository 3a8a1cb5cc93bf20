"""durable_rules as a second opinion, and whether it agrees with the interpreter."""

from dxrules.engine.agreement import Disagreement, Pair, disagreements
from dxrules.engine.native import available
from dxrules.engine.network import Answers, Network

__all__ = ["Answers", "Disagreement", "Network", "Pair", "available", "disagreements"]
