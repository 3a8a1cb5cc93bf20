"""A letter on a page of a PDF."""

from __future__ import annotations

from dxrules.frozen import frozen


@frozen
class Glyph:
    """A letter and its box, which is as high as its font."""

    text: str
    left: float
    top: float
    right: float
    bottom: float

    @property
    def size(self) -> float:
        """The size of its font: what a file says of that does not tell how it was scaled."""
        return self.bottom - self.top
