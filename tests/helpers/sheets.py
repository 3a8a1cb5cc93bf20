"""Workbooks written by hand, part by part, and parts of workbooks changed."""

from __future__ import annotations

from tests.helpers.archives import entries, packed

SCHEMAS = "http://schemas.openxmlformats.org/"
MAIN = f"{SCHEMAS}spreadsheetml/2006/main"
STRICT = "http://purl.oclc.org/ooxml/"
KINDS = f"{SCHEMAS}officeDocument/2006/relationships"

BOOK, SHEET = "xl/workbook.xml", "xl/worksheets/sheet1.xml"
SHARED, STYLES, DRAWING = "xl/sharedStrings.xml", "xl/styles.xml", "xl/drawings/drawing1.xml"


DRAWN = f"""
<d:wsDr xmlns:d="{SCHEMAS}drawingml/2006/spreadsheetDrawing" xmlns:a="{SCHEMAS}drawingml/2006/main">
<d:twoCellAnchor><d:from><d:col>2</d:col><d:row>4</d:row></d:from><d:to><d:col>9</d:col>
<d:row>9</d:row></d:to><d:sp><d:txBody><a:p><a:r><a:t>要</a:t></a:r><a:r><a:t>確認</a:t></a:r>
</a:p></d:txBody></d:sp></d:twoCellAnchor>
<d:twoCellAnchor><d:from><d:col>0</d:col><d:row>0</d:row></d:from><d:pic/></d:twoCellAnchor>
</d:wsDr>
"""
"""A drawing with a text over the cell C5, and a picture."""


def related(*targets, kinds=KINDS):
    """Return the part that names others, each a kind and its place."""
    lines = "".join(
        f'<Relationship Id="rId{n}" Type="{kinds}/{kind}" Target="{target}"/>'
        for n, (kind, target) in enumerate(targets, 1)
    )
    return f'<Relationships xmlns="{SCHEMAS}package/2006/relationships">{lines}</Relationships>'


def parts(rows, after="", *, shared="", styles="", properties="", drawing=""):
    """Return the parts of a workbook with one sheet, of rows and what comes after them."""
    drawn = '<drawing r:id="rId1"/>' if drawing else ""
    made = {
        "_rels/.rels": related(("officeDocument", BOOK)),
        BOOK: (
            f'<workbook xmlns="{MAIN}" xmlns:r="{KINDS}"><workbookPr {properties}/>'
            '<sheets><sheet name="a" sheetId="1" r:id="rId1"/></sheets></workbook>'
        ),
        "xl/_rels/workbook.xml.rels": related(
            ("worksheet", "worksheets/sheet1.xml"),
            ("sharedStrings", "/xl/sharedStrings.xml"),
            ("styles", "styles.xml"),
        ),
        SHEET: (
            f'<worksheet xmlns="{MAIN}" xmlns:r="{KINDS}">'
            f"<sheetData>{rows}</sheetData>{after}{drawn}</worksheet>"
        ),
        SHARED: f'<sst xmlns="{MAIN}">{shared}</sst>',
        STYLES: f'<styleSheet xmlns="{MAIN}">{styles}</styleSheet>',
    }
    if drawing:
        made["xl/worksheets/_rels/sheet1.xml.rels"] = related(
            ("drawing", "../drawings/drawing1.xml")
        )
        made[DRAWING] = drawing
    return {name: content.encode() for name, content in made.items()}


def book(rows, after="", **more):
    """Return a workbook with one sheet."""
    return packed(parts(rows, after, **more))


def strict(raw):
    """Return a workbook as Excel saves it as Strict Open XML."""
    return packed(
        {
            name: content.replace(f"{SCHEMAS}spreadsheetml/2006/main".encode(), _MAIN_OF_STRICT)
            .replace(KINDS.encode(), f"{STRICT}officeDocument/relationships".encode())
            .replace(f"{SCHEMAS}drawingml/2006/".encode(), f"{STRICT}drawingml/".encode())
            for name, content in entries(raw).items()
        }
    )


_MAIN_OF_STRICT = f"{STRICT}spreadsheetml/main".encode()
