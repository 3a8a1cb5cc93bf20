"""Published documents: what stands in them, where, and how two copies of it are compared."""

from dxrules.document.normal import Squeezed, squeeze, squeezed
from dxrules.document.original import (
    Bar,
    Block,
    Box,
    Cell,
    LostContent,
    Original,
    Page,
)

__all__ = [
    "Bar",
    "Block",
    "Box",
    "Cell",
    "LostContent",
    "Original",
    "Page",
    "Squeezed",
    "squeeze",
    "squeezed",
]
