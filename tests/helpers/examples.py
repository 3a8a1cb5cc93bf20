"""How many examples a property is tried with: a share of what the profile says."""

from __future__ import annotations

from math import ceil

from hypothesis import settings

FEWEST = 3


def of_hundred(number, **more):
    """Return the settings of a property that is tried so often where others are 100 times.

    What takes long is tried less often, and what must not be missed more often, in every profile.
    """
    return settings(max_examples=share_of(number), **more)


def share_of(number):
    """Return how many of so many seeds the profile asks for."""
    return max(FEWEST, ceil(number * settings.default.max_examples / 100))
