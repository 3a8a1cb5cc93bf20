"""The parts of a JSON report that recur, made once."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    Json = dict[str, Any]


class Once:
    """Makes what stands in many places once; a key tells all that it is made of."""

    def __init__(self) -> None:
        self._made: dict[tuple[object, ...], Any] = {}

    def mapping(self, key: tuple[object, ...], make: Callable[[], Json]) -> Json:
        """Return a mapping as it was made for the key."""
        made: Json | None = self._made.get(key)
        if made is None:
            made = self._made[key] = make()
        return made

    def list(self, key: tuple[object, ...], make: Callable[[], Iterable[Any]]) -> list[Any]:
        """Return a list as it was made for the key; an empty one, too."""
        made: list[Any] | None = self._made.get(key)
        if made is None:
            made = self._made[key] = list(make())
        return made
