"""Workbooks (.xlsx) of others, read whole and within bounds: values, looks, merged cells.

openpyxl could read them, but not without loss: in the mode whose memory is bounded it knows no
merged cells, gives formulas or their values but not both, passes over rows that come twice, and
fails at parts that hold nothing of the data. So the few parts that do hold data are read here,
each element in its place; what a number stands for as a date is left to openpyxl.
"""

from dxrules.source.sheets.beside_cells import NamedValue
from dxrules.source.sheets.fault import BookError
from dxrules.source.sheets.sheet import Merged, Note, SheetCell, SheetPage, TextOverCell
from dxrules.source.sheets.workbook_parts import Book, read_book

__all__ = [
    "Book",
    "BookError",
    "Merged",
    "NamedValue",
    "Note",
    "SheetCell",
    "SheetPage",
    "TextOverCell",
    "read_book",
]
