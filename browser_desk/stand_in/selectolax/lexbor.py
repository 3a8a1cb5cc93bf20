"""What `dxrules.document` uses of selectolax, over a parser in plain Python.

Both parse HTML as its standard says, so the same page gives the same tree.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from justhtml import JustHTML

if TYPE_CHECKING:
    from collections.abc import Iterator

_TEXT = "#text"


class LexborHTMLParser:
    """A page."""

    def __init__(self, html: str) -> None:
        root: Any = JustHTML(html, sanitize=False, scripting_enabled=False).root
        self._root = root
        page = next((each for each in root.children or () if each.name == "html"), None)
        around = None if page is None else LexborNode(page, None, 0)
        inner = () if around is None else around.iter()
        self.body = next((each for each in inner if each.tag == "body"), None)
        self._around = around

    def css(self, selector: str) -> list[LexborNode]:
        """Return the elements of a name, in the order of the page, or of another selector.

        The latter do not know what is around them. Raises ValueError for what is no selector.
        """
        if not selector.isalnum():
            return [LexborNode(each, None, 0) for each in self._root.query(selector)]
        return [] if self._around is None else [*self._around.named(selector)]


class LexborNode:
    """A node of a page, with those around it."""

    __slots__ = ("_node", "_place", "parent")

    def __init__(self, node: Any, parent: LexborNode | None, place: int) -> None:
        self._node = node
        self.parent = parent
        self._place = place

    @property
    def tag(self) -> str:
        """The name of the element; of what is none, a word that begins with a sign."""
        name: str = self._node.name
        return f"-{name[1:]}" if name.startswith("#") else name

    @property
    def mem_id(self) -> int:
        """What tells this node from others of the page."""
        return id(self._node)

    @property
    def attributes(self) -> dict[str, str | None]:
        """The attributes of the element."""
        return self._node.attrs or {}

    @property
    def text_content(self) -> str | None:
        """The text of a text."""
        return self._node.data if self._node.name == _TEXT else None

    @property
    def child(self) -> LexborNode | None:
        """The first node within."""
        return self.at(0)

    @property
    def next(self) -> LexborNode | None:
        """The node after this one."""
        return None if self.parent is None else self.parent.at(self._place + 1)

    def iter(self, *, include_text: bool = False) -> Iterator[LexborNode]:
        """Yield the elements right within, and the texts between them if these are asked for."""
        for place, each in enumerate(self._node.children or ()):
            is_text = include_text and each.name == _TEXT
            if is_text or not each.name.startswith(("#", "!")):
                yield LexborNode(each, self, place)

    def named(self, tag: str) -> Iterator[LexborNode]:
        """Yield the elements of a name within, in the order of the page."""
        for each in self.iter():
            if each.tag == tag:
                yield each
            yield from each.named(tag)

    def css_first(self, tag: str) -> LexborNode | None:
        """Return the first element of a name within."""
        return next(self.named(tag), None)

    def text(self, *, deep: bool = True, separator: str = "") -> str:
        """Return the texts within, one after the other."""
        if self._node.name == _TEXT:
            return self._node.data or ""
        inner = self._node.children or ()
        texts = (LexborNode(each, self, 0).text(deep=deep, separator=separator) for each in inner)
        return separator.join(texts)

    def at(self, place: int) -> LexborNode | None:
        """Return the node at a place within; None behind the last."""
        inner = self._node.children or ()
        return LexborNode(inner[place], self, place) if place < len(inner) else None
