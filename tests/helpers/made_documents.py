"""Documents that tests make: Word, workbooks, PDF."""

from __future__ import annotations

import io
import re

import docx
import pytest
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls

from dxrules.document.child import read_within
from dxrules.document.faults import DocumentFault
from dxrules.document.forms import form_of


def fault(raw, name):
    """Return the fault for which a document is not read."""
    with pytest.raises(DocumentFault) as caught:
        read_within(raw, form_of(raw, name), name)
    return caught.value.name


def xml(text):
    """Return an element of Word's own language."""
    return parse_xml(re.sub(r"^<[\w:]+", rf"\g<0> {nsdecls('w', 'a', 'r')}", text))


def saved(document):
    """Return the bytes of a document."""
    stream = io.BytesIO()
    document.save(stream)
    return stream.getvalue()


def word(*parts):
    """Return a Word document of parts: texts, `(text, style)`, or elements as XML."""
    document = docx.Document()
    body = document.element.body
    for part in parts:
        if isinstance(part, str) and not part.startswith("<w:"):
            document.add_paragraph(part)
        elif isinstance(part, tuple):
            document.add_paragraph(part[0], style=part[1])
        else:
            body.insert(len(body) - 1, xml(part))
    return document


def run(text, properties=""):
    """Return a run of text as XML."""
    shown = f"<w:rPr>{properties}</w:rPr>" if properties else ""
    return f'<w:r>{shown}<w:t xml:space="preserve">{text}</w:t></w:r>'


def cell(text, properties=""):
    """Return a cell of a Word table as XML."""
    return f"<w:tc><w:tcPr>{properties}</w:tcPr><w:p>{run(text)}</w:p></w:tc>"


def table(*rows):
    """Return a Word table of rows of cells as XML."""
    lines = "".join(f"<w:tr>{''.join(row)}</w:tr>" for row in rows)
    return f"<w:tbl><w:tblPr/><w:tblGrid/>{lines}</w:tbl>"


class Pdf:
    """A PDF that is drawn: text at a place, lines, areas, tables; points from the top left."""

    WIDE, TALL = 595, 842

    def __init__(self, **settings):
        from reportlab.pdfbase import pdfmetrics
        from reportlab.pdfbase.cidfonts import UnicodeCIDFont
        from reportlab.pdfgen.canvas import Canvas

        pdfmetrics.registerFont(UnicodeCIDFont("HeiseiKakuGo-W5"))
        self.stream = io.BytesIO()
        self.canvas = Canvas(self.stream, pagesize=(self.WIDE, self.TALL), **settings)

    def text(self, left, top, words, size=10):
        """Write a line."""
        self.canvas.setFont("HeiseiKakuGo-W5", size)
        self.canvas.drawString(left, self.TALL - top, words)

    def line(self, left, top, right, bottom):
        """Draw a line."""
        self.canvas.line(left, self.TALL - top, right, self.TALL - bottom)

    def area(self, left, top, wide, tall, colour=(1, 0.8, 0)):
        """Fill an area."""
        self.canvas.setFillColorRGB(*colour)
        self.canvas.rect(left, self.TALL - top - tall, wide, tall, stroke=0, fill=1)
        self.canvas.setFillColorRGB(0, 0, 0)

    def table(self, left, top, widths, rows, fills=(), tall=20):
        """Draw a table whose every cell has a frame; return where it ends."""
        for number, row in enumerate(rows):
            at = left
            for column, (wide, words) in enumerate(zip(widths, row, strict=True)):
                if (number, column) in fills:
                    self.area(at, top, wide, tall)
                self.canvas.rect(at, self.TALL - top - tall, wide, tall)
                if words:
                    self.text(at + 3, top + 14, words)
                at += wide
            top += tall
        return top

    def page(self):
        """End a page."""
        self.canvas.showPage()

    def saved(self):
        """Return the bytes."""
        self.canvas.save()
        return self.stream.getvalue()
