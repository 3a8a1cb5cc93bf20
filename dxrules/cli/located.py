"""What CI services call the files that a call reads."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING

from dxrules.source.repository import from_root, within

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping
    from pathlib import Path


def located(files: Callable[[], Iterable[tuple[str, Path]]]) -> Callable[[str], str]:
    """Return a function from how reports call a file to its path from the repository's root.

    The files are looked up when it is first asked. A name that two files have tells neither
    place, so it stays as it is.
    """

    @cache
    def known() -> Mapping[str, set[str]]:
        found: dict[str, set[str]] = {}
        for name, path in files():
            found.setdefault(name, set()).add(from_root(path))
        return found

    def locate(name: str) -> str:
        places = known().get(name, set())
        return next(iter(places)) if len(places) == 1 else within(name)

    return locate
