"""What the parts of a workbook hold that no cell shows: pictures, shapes, formulas without results.

openpyxl passes over all of it without a word, and over sheets and cells that stand there twice.
"""

from __future__ import annotations

import io
import re
from bisect import bisect_left, bisect_right
from collections import Counter
from collections.abc import Iterator
from typing import Any, Final
from xml.etree.ElementTree import ParseError, iterparse

from openpyxl.utils import range_boundaries
from openpyxl.utils.cell import coordinate_to_tuple

from dxrules.document.faults import DocumentFault
from dxrules.document.original import LostContent, LostKind
from dxrules.source.archive import Archive

_PICTURE: Final = re.compile(r"/media/|\.(?:png|jpe?g|gif|bmp|tiff?|emf|wmf|svg|webp)$")
_KINDS: Final[tuple[tuple[re.Pattern[str], LostKind], ...]] = (
    (_PICTURE, "picture"),
    (re.compile(r"/charts/chart"), "chart"),
    (re.compile(r"/drawings/vmldrawing|/diagrams/data"), "drawing"),
    (re.compile(r"/embeddings/|/ctrlprops/|/activex/activex[^/]*\.xml$"), "embedded"),
)
_SHAPE: Final = re.compile(rb"<(?:\w+:)?(?:sp|cxnSp)[\s/>]")
_SHEET: Final = re.compile(rb"<(?:\w+:)?sheet\s")


def besides_cells(archive: Archive) -> Iterator[LostContent]:
    """Yield what is no cell."""
    found: Counter[LostKind] = Counter()
    for name in archive.names:
        lower = f"/{name.casefold()}"
        found.update(kind for pattern, kind in _KINDS if pattern.search(lower))
        if "/drawings/drawing" in lower and lower.endswith(".xml"):
            found["drawing"] += len(_SHAPE.findall(archive.read(name)))
        elif "/worksheets/" in lower and lower.endswith(".xml"):
            found.update(_in_cells(archive.read(name)))
    yield from (LostContent(kind, None, count) for kind, count in found.items() if count)


def sheets_listed(archive: Archive) -> int:
    """Return how many sheets a workbook says that it has."""
    names = [name for name in archive.names if name.casefold() == "xl/workbook.xml"]
    return len(_SHEET.findall(archive.read(names[0]))) if names else 0


def _in_cells(raw: bytes) -> Counter[LostKind]:
    """Return how many formulas have no result, and how many texts a merged cell covers.

    Raises DocumentFault if a cell stands there twice, as nobody knows which of them counts.
    """
    found: Counter[LostKind] = Counter()
    filled: dict[int, list[int]] = {}
    ranges: list[str] = []
    try:
        for _, element in iterparse(io.BytesIO(raw)):  # noqa: S314  (expat bounds entities)
            name = element.tag.rpartition("}")[2]
            if name == "c":
                found["formula"] += _lacks_result(element)
                if element.get("r") and _says(element):
                    row, column = coordinate_to_tuple(element.get("r", ""))
                    filled.setdefault(row, []).append(column)
            elif name == "mergeCell":
                ranges.append(element.get("ref", ""))
            elif name == "row":
                element.clear()
        rows = sorted(filled)
        for row in rows:
            filled[row].sort()
            if len(set(filled[row])) < len(filled[row]):
                raise DocumentFault("broken")
        found["hidden"] += sum(_covered(filled, rows, each) for each in ranges)
    except (ParseError, ValueError, TypeError) as error:
        raise DocumentFault("broken") from error
    return found


def _covered(filled: dict[int, list[int]], rows: list[int], merged: str) -> int:
    """Return how many filled cells a merged cell covers, which are all but its first one."""
    bounds: Any = range_boundaries(merged)
    left, top, right, bottom = bounds
    count = sum(
        bisect_right(filled[row], right) - bisect_left(filled[row], left)
        for row in rows[bisect_left(rows, top) : bisect_right(rows, bottom)]
    )
    return count - (left in filled.get(top, ()))


def _says(cell: Any) -> bool:
    return any((each.text or "").strip() for each in cell.iter() if each.tag[-2:] in {"}v", "}t"})


def _lacks_result(cell: Any) -> bool:
    has_formula = any(each.tag.endswith("}f") for each in cell)
    return has_formula and not _says(cell)
