"""The inquiry as a page to print: a table per municipality, with room for the answers."""

from __future__ import annotations

from typing import TYPE_CHECKING

from dxrules.report.citations import basis
from dxrules.report.html.environment import rendered_page
from dxrules.report.inquiry import heading, remarks
from dxrules.report.inquiry_words import asked

if TYPE_CHECKING:
    from dxrules.inquiry.search import Inquiries
    from dxrules.report.writers import How


def write(reported: Inquiries, how: How) -> bytes:
    """Return the page as UTF-8."""
    return rendered_page(
        "inquiry.html",
        how,
        reported=reported,
        asked=asked,
        basis=basis,
        heading=heading,
        remarks=remarks,
    )
