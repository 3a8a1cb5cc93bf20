"""The review desk: plans that are open in memory, and one declared interface to them.

Whoever shows a desk speaks to `Desk.call` in plain JSON: the local server of `dxrules review`,
or Python within a browser. It computes nothing itself: the rooms at its left judge, read and
write.
"""

from dxrules.desk.desk import Desk, Home

__all__ = ["Desk", "Home"]
