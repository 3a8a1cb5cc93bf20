"""What the styles of a Word document say, and whether anybody sees what is written in one."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from typing import Any, Final
from xml.etree.ElementTree import Element

from dxrules.document.white import is_white
from dxrules.document.word_numbers import W

NO_LEVELS: Final = range(10)
STRIKES: Final = ("strike", "dstrike")
_LOOKS: Final = ("vanish", *STRIKES)
_DOTS: Final = frozenset("1234")
"""Sizes, in half-points, of letters that nobody can read."""
_GROUNDS: Final = (
    *(f"{W}{of}Pr/{W}shd" for of in ("p", "tc", "tbl")),
    f"{W}tblPr/{W}tblStyle",
)
_HEADING: Final = re.compile(r"(?:heading|見出し)\s*([1-9])", re.IGNORECASE)


def value(element: Any) -> str:
    """Return what an element says in its attribute; nothing of none."""
    return "" if element is None else element.get(f"{W}val") or ""


def is_on(element: Any) -> bool:
    """Tell whether a switch is on; it is, unless it says that it is not."""
    return value(element) not in {"0", "false", "off"}


class WordStyles:
    """What styles say of headings and lists, and of what nobody sees."""

    def __init__(self, root: Element | None, *, on_white: bool) -> None:
        self.on_white = on_white
        self._names: dict[str, str] = {}
        self._parents: dict[str, str] = {}
        self._levels: dict[str, int] = {}
        self._lists: dict[str, Any] = {}
        self._looks: dict[tuple[str, str], bool] = {}
        for style in () if root is None else root.iter(f"{W}style"):
            key = style.get(f"{W}styleId") or ""
            self._names[key] = value(style.find(f"{W}name"))
            self._parents[key] = value(style.find(f"{W}basedOn"))
            outline = style.find(f"{W}pPr/{W}outlineLvl")
            if outline is not None and value(outline).isdecimal():
                self._levels[key] = int(value(outline)) + 1
            self._lists[key] = style.find(f"{W}pPr/{W}numPr")
            for name in _LOOKS:
                if (said := style.find(f"{W}rPr/{W}{name}")) is not None:
                    self._looks[key, name] = is_on(said)
            if _is_ground(style.find(f"{W}pPr/{W}shd")):
                self._looks[key, "shd"] = True
            if (colour := style.find(f"{W}rPr/{W}color")) is not None:
                self._looks[key, "white"] = is_white(value(colour))
            if (size := style.find(f"{W}rPr/{W}sz")) is not None:
                self._looks[key, "dot"] = value(size) in _DOTS

    def is_so(self, name: str, run: Any, around: Mapping[Element, Element]) -> bool:
        """Tell whether a run, or else its style or that of its paragraph, has a look."""
        if (own := run.find(f"{W}rPr/{W}{name}")) is not None:
            return is_on(own)
        style = value(run.find(f"{W}rPr/{W}rStyle"))
        return self._say(name, style, _style_around(run, around))

    def is_unseen(self, run: Any, around: Mapping[Element, Element]) -> bool:
        """Tell whether a run is as good as hidden: the smallest of letters, or white on white.

        The ground of shapes and of styles of tables is not known, so that it may be dark.
        """
        if self._own_or_of_style("sz", "dot", _DOTS.__contains__, run, around):
            return True
        white = self.on_white and self._own_or_of_style("color", "white", is_white, run, around)
        if not white:
            return False
        grounds = [run.find(f"{W}rPr/{W}{name}") for name in ("shd", "highlight")]
        above: Any = run
        while (above := around.get(above)) is not None:
            if above.tag == f"{W}txbxContent":
                return False
            grounds += [above.find(name) for name in _GROUNDS]
        dark = self._say("shd", _style_around(run, around))
        return not dark and not any(map(_is_ground, grounds))

    def _own_or_of_style(
        self,
        name: str,
        look: str,
        is_so: Callable[[str], bool],
        run: Any,
        around: Mapping[Element, Element],
    ) -> bool:
        """Tell whether a run, or else its style, or that of its paragraph, has a look."""
        if (own := run.find(f"{W}rPr/{W}{name}")) is not None:
            return is_so(value(own))
        styles = value(run.find(f"{W}rPr/{W}rStyle")), _style_around(run, around)
        line = (each for style in styles for each in self._line(style))
        return next(
            (self._looks[each, look] for each in line if (each, look) in self._looks), False
        )

    def _say(self, name: str, *keys: str) -> bool:
        """Tell whether the styles of a run and of its paragraph have a look; two take it off."""
        return bool(self._looks) and sum(self._first(key, name) for key in keys) == 1

    def _first(self, key: str, name: str) -> bool:
        return next(
            (self._looks[e, name] for e in self._line(key) if (e, name) in self._looks), False
        )

    def level(self, key: str) -> int:
        """Return the level of a heading's style; 0 if it is none."""
        for each in self._line(key):
            if each in self._levels:
                return self._levels[each] if self._levels[each] < len(NO_LEVELS) else 0
            if found := _HEADING.search(self._names.get(each, "")):
                return int(found[1])
        return 0

    def numbered(self, key: str) -> Any:
        """Return how a style numbers its paragraphs; None if it does not."""
        return next(
            (self._lists[each] for each in self._line(key) if self._lists.get(each) is not None),
            None,
        )

    def _line(self, key: str) -> list[str]:
        line: dict[str, None] = {}
        while key and key not in line:
            line[key] = None
            key = self._parents.get(key, "")
        return [*line]


def _is_ground(element: Any) -> bool:
    """Tell whether something may put another ground than white below letters."""
    if element is None:
        return False
    if element.tag == f"{W}shd":
        fill = element.get(f"{W}fill") or "auto"
        is_plain = value(element) in {"", "clear", "nil"} and not element.get(f"{W}themeFill")
        return not (is_plain and (fill == "auto" or is_white(fill)))
    return element.tag != f"{W}highlight" or value(element) not in {"", "none", "white"}


def _style_around(run: Any, around: Mapping[Element, Element]) -> str:
    """Return the style of the paragraph that a run stands in."""
    above = around.get(run)
    while above is not None and above.tag != f"{W}p":
        above = around.get(above)
    return "" if above is None else value(above.find(f"{W}pPr/{W}pStyle"))
