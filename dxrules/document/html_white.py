"""Which elements of a page in HTML are written in white where nothing makes their ground dark.

Where a ground may come from elsewhere, nothing is said: from a sheet in another file, or from what
is laid below by its position.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from functools import cached_property
from typing import Any, Final

from dxrules.document.white import WHITE, is_white

_COLOUR: Final = re.compile(r"(?<![-a-z])color\s*:\s*([^;!}]+)", re.IGNORECASE)
_GROUND: Final = re.compile(r"background(?:-color|-image)?\s*:\s*([^;!}]+)", re.IGNORECASE)
_LAID: Final = re.compile(r"position\s*:\s*(?:absolute|fixed|relative|sticky)", re.IGNORECASE)
_NO_GROUND: Final = frozenset({"none", "transparent", "initial", "inherit", "unset"})
_HEX: Final = re.compile(r"#(?:([0-9a-f]{3,4})|([0-9a-f]{6})(?:[0-9a-f]{2})?)", re.IGNORECASE)
_RGB: Final = re.compile(r"rgba?\(\s*(\d{1,3})[\s,]+(\d{1,3})[\s,]+(\d{1,3})\b.*\)", re.IGNORECASE)
_PSEUDO: Final = re.compile(r"::?[\w-]+(?:\([^()]*\))?")


class WhiteOnWhite:
    """Tells of elements whether they are white on white."""

    def __init__(self, tree: Any, rules: Sequence[tuple[str, str]]) -> None:
        self._tree = tree
        self._rules = [rule for rule in rules if _COLOUR.search(rule[1]) or _has_ground(rule[1])]
        self._is_known = not any(
            "stylesheet" in (link.attributes.get("rel") or "").lower() for link in tree.css("link")
        )
        colours = (_COLOUR.search(said) for _, said in self._rules)
        self._any_by_sheet = any(_is_white(found[1]) for found in colours if found)

    @cached_property
    def _by_sheet(self) -> tuple[dict[int, str], set[int]]:
        """The colours that sheets give, and the elements that they may give a ground."""
        colours: dict[int, str] = {}
        grounds: set[int] = set()
        for selector, said in self._rules:
            found = _COLOUR.search(said)
            for node in _selected(self._tree, _PSEUDO.sub("", selector)):
                if found:
                    colours[node.mem_id] = found[1] if ":" not in selector else ""
                if _has_ground(said):
                    grounds.add(node.mem_id)
        return colours, grounds

    def holds(self, node: Any, plain: Callable[[str], str]) -> bool:
        """Tell whether all that stands in an element is white on white."""
        may_be = self._is_known and (self._any_by_sheet or self._own(node, plain) is not None)
        if not may_be or not _is_white(self._colour(node, plain) or ""):
            return False
        above = node
        while above is not None and above.tag not in {"-document", "-undef"}:
            if self._may_have_ground(above, plain):
                return False
            above = above.parent
        return not any(
            self._colour(each, plain) is not None or self._may_have_ground(each, plain)
            for each in _within(node)
        )

    def _colour(self, node: Any, plain: Callable[[str], str]) -> str | None:
        """Return the colour that an element is given; None if it is given none."""
        own = self._own(node, plain)
        return self._by_sheet[0].get(node.mem_id) if own is None else own

    @staticmethod
    def _own(node: Any, plain: Callable[[str], str]) -> str | None:
        attributes = node.attributes
        if found := _COLOUR.search(plain(attributes.get("style") or "")):
            return found[1]
        return attributes.get("color") if node.tag == "font" else None

    def _may_have_ground(self, node: Any, plain: Callable[[str], str]) -> bool:
        attributes = node.attributes
        own = attributes.get("bgcolor")
        return (
            node.mem_id in self._by_sheet[1]
            or "background" in attributes
            or (own is not None and not _is_white(own))
            or _has_ground(plain(attributes.get("style") or ""))
        )


def _within(node: Any) -> Iterator[Any]:
    return (each for each in node.css("*") if each.mem_id != node.mem_id)


def _selected(tree: Any, selector: str) -> list[Any]:
    try:
        return list(tree.css(selector))
    except ValueError:  # no selector at all
        return []


def _has_ground(said: str) -> bool:
    """Tell whether declarations may put something else than white below an element."""
    if _LAID.search(said):
        return True
    grounds = (found[1].strip().lower() for found in _GROUND.finditer(said))
    return any(each not in _NO_GROUND and not _is_white(each) for each in grounds)


def _is_white(said: str) -> bool:
    """Tell whether a colour is as good as white.

    >>> [_is_white(each) for each in ("white", "#FFF", "#fefefe", "rgb(255, 255, 255)", "red")]
    [True, True, True, True, False]
    """
    colour = said.strip().lower()
    if colour in {"white", "snow", "ivory", "ffffff"}:
        return True
    if found := _HEX.fullmatch(colour):
        short, long = found[1], found[2]
        return is_white("".join(each * 2 for each in short[:3]) if short else long)
    if found := _RGB.fullmatch(colour):
        return min(map(int, found.groups())) >= WHITE
    return False
