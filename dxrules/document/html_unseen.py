"""What of a page in HTML nobody sees, or is struck through: by tags, attributes and style sheets.

A sheet that is kept in another file is not read, as nothing is fetched.
"""

from __future__ import annotations

import re
from typing import Any, Final, Literal

from dxrules.document.html_white import WhiteOnWhite

Unseen = Literal["hidden", "struck"]

_STRUCK: Final = frozenset({"del", "s", "strike"})
_REMARKS: Final = re.compile(r"/\*.*?\*/", re.DOTALL)
_ESCAPES: Final = re.compile(r"\\(?:([0-9a-fA-F]{1,6})\s?|(.))")
_HIDES: Final = re.compile(
    r"display\s*:\s*none|visibility\s*:\s*(?:hidden|collapse)|mso-hide\s*:\s*all|"
    r"opacity\s*:\s*0*(?:\.0[0-9]*)?(?:[;!%\s]|$)|font-size\s*:\s*0*(?:\.0*)?[a-z%]{0,3}\s*(?:[;!]|$)|"
    r"font-size\s*:\s*[01](?:\.[0-9]*)?p[tx]\s*(?:[;!]|$)|"
    r"(?:left|top|text-indent)\s*:\s*-[0-9]{4}|content-visibility\s*:\s*hidden|"
    r"clip-path\s*:\s*inset\(\s*(?:100|[5-9][0-9])%\s*\)|transform\s*:\s*scale[xy]?\(\s*0\s*\)|"
    r"clip\s*:\s*rect\(\s*([01])(?:px)?[\s,]+\1(?:px)?[\s,]+\1(?:px)?[\s,]+\1(?:px)?\s*\)",
    re.IGNORECASE,
)
_FLAT: Final = re.compile(
    r"(?<![-a-z])(?:max-)?(?:height|width)\s*:\s*0*(?:\.0*)?[a-z%]{0,3}\s*(?:[;!]|$)", re.IGNORECASE
)
_CUT: Final = re.compile(r"overflow(?:-[xy])?\s*:\s*(?:hidden|clip)", re.IGNORECASE)
_SHOWS: Final = re.compile(r"(?:display|visibility)\s*:\s*[a-z]", re.IGNORECASE)
_STRIKES: Final = re.compile(r"text-decoration[a-z-]*\s*:[^;]*line-through", re.IGNORECASE)
_ON_SCREEN: Final = re.compile(
    r"@media\s+(?:only\s+)?(?:screen|all)\s*\{((?:[^{}]*\{[^{}]*\})*)\s*\}", re.IGNORECASE
)
_ELSEWHERE: Final = re.compile(r"@[^{};]*(?:;|\{(?:[^{}]*\{[^{}]*\})*[^{}]*\})")
_RULE: Final = re.compile(r"([^{}]+)\{([^{}]*)\}")


class SeenOf:
    """Tells of each element of a page whether it is seen."""

    def __init__(self, tree: Any) -> None:
        self._by_sheet: dict[int, Unseen] = {}
        sheets = (sheet.text(deep=True) or "" for sheet in tree.css("style"))
        rules = [rule for sheet in sheets for rule in _rules(sheet)]
        for selector, said in rules:
            unseen = _by_style(said)
            if unseen is None and not _SHOWS.search(said):
                continue
            for node in _selected(tree, selector):
                if unseen is None:
                    self._by_sheet.pop(node.mem_id, None)
                else:
                    self._by_sheet[node.mem_id] = unseen
        self._white = WhiteOnWhite(tree, rules)

    def unseen(self, node: Any) -> Unseen | None:
        """Return why nobody is to read an element; None if it is seen, and not struck through."""
        attributes = node.attributes
        if node.tag in _STRUCK:
            return "struck"
        if "hidden" in attributes or (node.tag == "dialog" and "open" not in attributes):
            return "hidden"
        style = attributes.get("style")
        own = None if style is None else _plain(style)
        if own is not None and (unseen := _by_style(own)):
            return unseen
        shown = own is not None and _SHOWS.search(own)
        by_sheet = None if shown else self._by_sheet.get(node.mem_id)
        return by_sheet or ("hidden" if self._white.holds(node, _plain) else None)


def _rules(sheet: str) -> list[tuple[str, str]]:
    """Return the rules of a style sheet that hold on a screen: selectors and declarations."""
    on_screen = _ON_SCREEN.sub(lambda found: found[1], _plain(sheet))
    return [(found[1].strip(), found[2]) for found in _RULE.finditer(_ELSEWHERE.sub("", on_screen))]


def _selected(tree: Any, selector: str) -> list[Any]:
    """Return the elements that a selector means; none of one that depends on what people do."""
    if ":" in selector:
        return []
    try:
        return list(tree.css(selector))
    except ValueError:  # no selector at all
        return []


def _plain(css: str) -> str:
    """Return declarations without remarks, and with what is written as codes."""
    bare = _REMARKS.sub("", css)
    return _ESCAPES.sub(_sign, bare) if "\\" in bare else bare


def _sign(found: re.Match[str]) -> str:
    code = int(found[1], 16) if found[1] else 0
    return chr(code) if 0 < code <= _LAST else found[2] or ""


_LAST: Final = 0x10FFFF


def _by_style(said: str) -> Unseen | None:
    if _HIDES.search(said) or (_FLAT.search(said) and _CUT.search(said)):
        return "hidden"
    return "struck" if _STRIKES.search(said) else None
