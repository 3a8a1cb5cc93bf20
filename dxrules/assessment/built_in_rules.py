"""The rules that stand in no file: those about waivers, and about answers of the town."""

from __future__ import annotations

from typing import Final

from dxrules.assessment.contradicting_answers import ANSWERS, KIND
from dxrules.assessment.waivers import WAIVERS

BUILT_IN: Final = (WAIVERS, ANSWERS)
OF_NO_FACT: Final = frozenset({"waiver", KIND})
"""What such rules are about, of which there are no facts."""
