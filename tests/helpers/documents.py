"""Documents that tests make: Word, workbooks, PDF."""

from __future__ import annotations

import io
import re

import docx
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls


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
