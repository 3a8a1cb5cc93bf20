"""Reduction of a plan to the keys that still show something."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from copy import deepcopy
from typing import Any

from dxrules.source import Path

MOST_TRIALS = 2_000
"""How often the plan is judged again; what is still there then stays there."""

_NEEDED: frozenset[Path] = frozenset(
    {("municipality",), ("municipality", "code"), ("municipality", "name")}
    | {("recorded",), ("plan",), ("plan", "title")}
)
"""What a plan must say."""


def smallest(data: Any, holds: Callable[[Any], bool]) -> Any:
    """Drop every key and entry of a plan without which something still holds; the largest first."""
    trials = 0
    gone = True
    while gone and trials < MOST_TRIALS:
        gone = False
        for path in _paths(data):
            if trials >= MOST_TRIALS or not _has(data, path):
                continue
            rest = _without(data, path)
            trials += 1
            if holds(rest):
                data, gone = rest, True
    return data


def _paths(data: Any, above: Path = ()) -> Iterator[Path]:
    """Yield the paths of all keys and entries, level by level, the last of a list first."""
    level = [above]
    while level:
        below: list[Path] = []
        for path in level:
            value = _at(data, path)
            steps: list[Any] = []
            if isinstance(value, dict):
                steps = list(value)
            elif isinstance(value, list):
                steps = list(reversed(range(len(value))))
            below += [(*path, step) for step in steps]
        yield from (path for path in below if path not in _NEEDED)
        level = below


def _at(data: Any, path: Path) -> Any:
    for step in path:
        data = data[step]
    return data


def _has(data: Any, path: Path) -> bool:
    try:
        _at(data, path)
    except (KeyError, IndexError, TypeError):
        return False
    return True


def _without(data: Any, path: Path) -> Any:
    rest = deepcopy(data)
    *above, last = path
    del _at(rest, tuple(above))[last]
    return rest
