"""Bounds on what is read and written: one table, sized for the nation's 1,788 governments.

A reader refuses what is larger before it unpacks or parses it, and a writer refuses to write
what no reader would take. Sizes are in bytes.
"""

from __future__ import annotations

from typing import Final

from dxrules.frozen import frozen

KB: Final = 1_000
MB: Final = 1_000_000
GB: Final = 1_000_000_000

PLAN_BYTES: Final = 5 * MB
"""A plan file, ruleset, reference list or file of cases; the largest known has 60 KB."""
PLAN_VALUES: Final = 200_000
"""Values in one of them."""
LAW_TEXT_BYTES: Final = 50 * MB
"""The text of one law; the Local Autonomy Act has 1 MB, the longest some 10 MB as XML."""
LAW_DEPTH: Final = 100
"""Levels of nesting in the XML of a law; texts of e-Gov have some 20."""
LAW_PARAGRAPHS: Final = 300_000
"""Paragraphs and items of a law, or lines of its text; the longest has some 30,000."""
LAW_PARAGRAPH: Final = 1_000_000
"""Characters of one of them; the longest have some 5,000."""
REVISION_LIST_BYTES: Final = 100 * MB
"""A list of revisions of laws, some 500 bytes each as CSV and 2 KB as JSON."""
REVISIONS: Final = 100_000
"""Revisions in one list."""
PLAN_PREREQUISITES: Final = 20_000
"""Prerequisites of all measures of a plan together; each is judged. Towns name some 20."""
INDICATOR_TIMES: Final = 200
"""Targets of an indicator, and its results; plans give one a year, and 16 years have 192 months."""
FORECAST_VERDICTS: Final = 600_000
"""Verdicts by which a forecast finds its days, and those of these days; one of a town looks at some
8,000."""
DEPTH: Final = 20
"""Levels of nesting in any YAML or JSON file."""


@frozen
class ArchiveBounds:
    """Bounds on a ZIP archive: its own size, its entries, and what they unpack to."""

    packed: int
    entries: int
    entry: int
    unpacked: int


ARCHIVE_RECORD: Final = 2 * KB
"""What an archive's directory says of one entry: its name, and what programs add."""
PATH_SIGNS: Final = 1_000
"""Characters of the path of a file in an archive."""
PATH_PART: Final = 255
"""Bytes of each of its parts, which no file system takes longer."""
PATH_DEPTH: Final = 20
"""Parts of such a path."""

WORKBOOK: Final = ArchiveBounds(packed=20 * MB, entries=2_000, entry=10 * MB, unpacked=30 * MB)
"""A plan as a workbook; one of 310 filled rows has 90 KB, and 700 KB when it is unpacked.

Ten megabytes are a sheet with as many filled cells as may be read, or a large photograph.
"""
WORKBOOK_LOOKED_AT: Final = ArchiveBounds(
    packed=2 * GB, entries=10_000, entry=100 * MB, unpacked=300 * MB
)
"""A workbook in a folder or among outputs that is looked at, and not read: whether it is a plan."""
WORKBOOK_TYPES: Final = 1 * MB
"""The list of what a workbook's parts are; one of a plan has some 2 KB."""
WORKBOOK_TAG: Final = 1 * MB
"""A tag or remark in the XML of a workbook, which the parser holds whole with its attributes."""
WORKBOOK_CELLS: Final = 100_000
"""Filled cells of all sheets together; a plan of 310 rows has 5,000."""
WORKBOOK_SIGNS: Final = 5_000_000
"""Characters in all those cells together: no less than a plan in YAML may have."""
WORKBOOK_ELEMENTS: Final = 1_000_000
"""XML elements in all parts that are read; a filled cell takes two or three."""
WORKBOOK_MERGED: Final = 10_000
"""Merged ranges of a sheet."""

OWN_LIST: Final = 1 * MB
"""The list of files that dxrules wrote into a folder; of 1,788 plans it has some 40 KB."""

REVISION_LIST: Final = 50 * MB
"""The list of files that git gives of a revision; a file takes some 100 bytes."""
REVISION_BYTES: Final = 500 * MB
"""Plans or rules of a revision that are read at once; 1,788 plans have 107 MB."""
REVISION_SECONDS: Final = 60
"""Seconds that an answer of git takes at most; the files of 1,788 plans take one."""

REMOTE_NAMES: Final = 20_000
"""Files and folders that are looked at below a URL; the nation's plans are 1,788."""
REMOTE_DEPTH: Final = 20
"""Levels of folders there."""

PACKET: Final = ArchiveBounds(packed=2 * GB, entries=10_000, entry=1 * GB, unpacked=16 * GB)
"""A packet. A plan's assessment has about 2 MB, or 0.1 MB when it is packed; with the plan it
takes two entries. The 1,788 governments have some 4 GB in 0.2 GB, and reports beside them."""
PACKET_PLANS: Final = 2_500
"""Plans in a packet, judged or not."""
PACKET_ASSESSMENT: Final = 200 * MB
"""The assessment of a plan, which is held in memory; of all plans in a packet of the first form."""
PACKET_MANIFEST: Final = 50 * MB
"""The manifest of a packet: of each plan its name, digests, and what was wrong with it."""

BASELINE_BYTES: Final = 400 * MB
"""A baseline: 1,788 plans with 300 entries of 200 bytes have 107 MB."""

DOCUMENT: Final = ArchiveBounds(packed=100 * MB, entries=5_000, entry=32 * MB, unpacked=250 * MB)
"""A published document: a PDF with photographs has some 20 MB. What is unpacked counts for Word
documents and workbooks, whose pictures take as much room as when they are packed."""
DOCUMENT_TEXT: Final = 20 * MB
"""A document that is text, Markdown or HTML; a plan of 100 pages has 0.2 MB."""
DOCUMENT_PAGES: Final = 500
"""Pages of a document; the longest plan known has 150."""
DOCUMENT_SIGNS: Final = 1_000_000
"""Characters of a document; a plan has some 50,000."""
DOCUMENT_BLOCKS: Final = 20_000
"""Paragraphs, headings, items and tables of a document; one of 28 KB of text has 220."""
DOCUMENT_CELLS: Final = 200_000
"""Cells of all tables of a document together."""
DOCUMENT_DEPTH: Final = 200
"""Levels of nesting in a document in HTML or Word."""
DOCUMENT_SHAPES: Final = 2_000_000
"""Letters, lines and areas that are drawn on all pages of a PDF together."""
DOCUMENT_MEMORY: Final = 1_500 * MB
"""Memory of the process that reads a document, where the system can hold it to that."""
DOCUMENT_SECONDS: Final = 60
"""Seconds that it takes at most; 60 pages with tables take 2."""
DOCUMENT_CARRIED: Final = 200 * MB
"""What that process may hand back."""

DATABASE_BYTES: Final = 20 * GB
"""A database of results; a run of the 1,788 governments has some 0.1 GB."""
QUERY_ROWS: Final = 1_000_000
"""Rows of an answer: what a sheet of a workbook holds."""
QUERY_COLUMNS: Final = 1_000
"""Columns of an answer; a spreadsheet shows 16,384 at most."""
QUERY_CARRIED: Final = 500 * MB
"""What the process that answers a query may hand back."""
QUERY_BYTES: Final = 100 * KB
"""A query."""
QUERY_SECONDS: Final = 60
"""Seconds that an answer takes at most; one over 700,000 findings takes less than one."""
QUERY_MEMORY: Final = 1 * GB
"""Memory that a query may use for its work; the process that answers it may have twice as much."""
QUERY_ADDRESSES: Final = 16 * GB
"""Addresses of the process that answers it, most of which stand for no memory."""
PIECE: Final = 200 * MB
"""What a format makes of one plan; the assessment as JSON has about 1 MB."""
KEPT_ENTRY: Final = 100 * MB
"""All pieces of one plan, packed, in a folder by which a run goes on; JSON takes 0.05 MB."""
KEPT_LINE: Final = 1 * MB
"""What such an entry says of itself."""
MODEL_PART: Final = 6_000
"""Characters of a document that a model is asked about at once; a chapter has some 3,000."""
MODEL_CALLS: Final = 60
"""Questions to a model about one document; a plan of 60 pages takes some 20."""
MODEL_SECONDS: Final = 120
"""Seconds that a model may take for one answer, from the call to its last byte."""
MODEL_ANSWER: Final = 1 * MB
"""An answer of a model; one that names 50 values has 10 KB."""
MODEL_VALUES: Final = 200
"""Values of one answer that are looked at."""
DESK_CALL: Final = DOCUMENT.packed * 4 // 3 + 1 * MB
"""A call to the review desk: the largest document, as text, and what stands around it."""
DESK_PLANS: Final = 2_500
"""Plans that are open on a review desk; those of the nation are 1,788."""
DESK_STEPS: Final = 200
"""Changes of a plan on the desk that can be taken back."""
