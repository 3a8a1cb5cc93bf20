"""The parts of a Word document, as its package relates them to each other.

It is read with what every Python has, so that documents are read alike in a browser.
"""

from __future__ import annotations

import posixpath
from collections.abc import Iterator
from dataclasses import field
from typing import Final
from xml.etree.ElementTree import Element, ParseError, TreeBuilder, XMLParser

from dxrules.document.faults import DocumentFault
from dxrules.document.forms import opened
from dxrules.frozen import frozen
from dxrules.source.archive import Archive, ArchiveError

_DEEPEST: Final = 256
_RELATION: Final = "{http://schemas.openxmlformats.org/package/2006/relationships}Relationship"


@frozen
class Part:
    """A part of a document: its root element, what is around each element, and its relations."""

    root: Element
    related: tuple[tuple[str, str], ...]
    """Kind and name of each part that it refers to, in the order of the package."""
    around: dict[Element, Element] = field(compare=False)


class WordPackage:
    """A document as a package of parts; DocumentFault is raised for all that is damaged."""

    def __init__(self, raw: bytes) -> None:
        self._archive: Archive = opened(raw)
        self._names = {name.casefold(): name for name in self._archive.names}
        main = next((to for kind, to in self._relations("") if kind == "officeDocument"), None)
        if main is None:
            raise DocumentFault("broken")
        self.main = self._part(main)

    def first(self, kind: str) -> Part | None:
        """Return the first part of a kind that the document refers to; None if it has none."""
        return next(self.every(kind), None)

    def every(self, *kinds: str) -> Iterator[Part]:
        """Yield the parts of some kinds that the document refers to."""
        return (self._part(name) for kind, name in self.main.related if kind in kinds)

    def _part(self, name: str) -> Part:
        root = self._parsed(name)
        around = {child: parent for parent in root.iter() for child in parent}
        return Part(root, tuple(self._relations(name)), around)

    def _relations(self, name: str) -> Iterator[tuple[str, str]]:
        """Yield kind and target of the relations of a part; the package itself has no name."""
        folder, file = posixpath.split(name)
        said = posixpath.join(folder, "_rels", f"{file}.rels")
        if said.casefold() not in self._names:
            return
        for each in self._parsed(said).iter(_RELATION):
            target = each.get("Target", "")
            if each.get("TargetMode") != "External" and target:
                found = posixpath.normpath(posixpath.join("/", folder, target)).removeprefix("/")
                yield each.get("Type", "").rpartition("/")[2], found

    def _parsed(self, name: str) -> Element:
        known = self._names.get(name.casefold())
        if known is None:
            raise DocumentFault("broken")
        try:
            parser = XMLParser(target=_Plain())  # noqa: S314  (no document type, so no entities)
            parser.feed(self._archive.read(known))
            root: Element = parser.close()
        except (ArchiveError, ParseError, ValueError, LookupError) as error:
            raise DocumentFault("broken") from error
        return root


class _Plain(TreeBuilder):
    """Makes a tree of what has no document type: entities come with one, and Word writes none.

    Nor is it deep, since deep trees bring down whatever walks through them.
    """

    _depth = 0

    def doctype(self, *_: object) -> None:
        """Refuse the document."""
        raise DocumentFault("broken")

    def start(self, tag: str, attributes: dict[str, str], /) -> Element:
        """Open an element; a document of strict Office has other names for the same."""
        self._depth += 1
        if self._depth > _DEEPEST:
            raise DocumentFault("deep")
        if tag.startswith(_STRICT):
            attributes = {_usual(name): said for name, said in attributes.items()}
        return super().start(_usual(tag), attributes)

    def end(self, tag: str, /) -> Element:
        """Close an element."""
        self._depth -= 1
        return super().end(_usual(tag))


_STRICT: Final = "{http://purl.oclc.org/ooxml/"


def _usual(name: str) -> str:
    """Return the usual name of what strict Office calls otherwise.

    >>> _usual("{http://purl.oclc.org/ooxml/wordprocessingml/main}p")
    '{http://schemas.openxmlformats.org/wordprocessingml/2006/main}p'
    """
    if not name.startswith(_STRICT):
        return name
    family, _, rest = name.removeprefix(_STRICT).partition("/")
    return f"{{http://schemas.openxmlformats.org/{family}/2006/{rest}"
