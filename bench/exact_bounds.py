"""Exact bounds of a share, by Clopper and Pearson."""

from __future__ import annotations

import math
from typing import Any


def clopper_pearson(right: int, of: int, level: float = 0.95) -> tuple[float, float]:
    """Return the exact bounds of a share, by bisection of the binomial distribution.

    >>> [round(each, 3) for each in clopper_pearson(150, 150)]
    [0.976, 1.0]
    """
    if not of:
        return 0.0, 1.0
    half = (1 - level) / 2
    low = 0.0 if right == 0 else _bisect(lambda p: _at_least(right, of, p) < half)
    high = 1.0 if right == of else _bisect(lambda p: 1 - _at_least(right + 1, of, p) > half)
    return low, high


def _bisect(below: Any) -> float:
    low, high = 0.0, 1.0
    for _ in range(60):
        middle = (low + high) / 2
        low, high = (middle, high) if below(middle) else (low, middle)
    return low


def _at_least(right: int, of: int, share: float) -> float:
    if share in (0.0, 1.0):
        return float(share == 1.0 or right == 0)
    return sum(
        math.exp(
            math.lgamma(of + 1) - math.lgamma(k + 1) - math.lgamma(of - k + 1)
            + k * math.log(share) + (of - k) * math.log1p(-share)
        )
        for k in range(right, of + 1)
    )  # fmt: skip
