"""The inquiry as a page to print: a table per municipality, with room for the answers."""

from __future__ import annotations

from typing import TYPE_CHECKING

from dxrules import __version__
from dxrules.report.citations import basis
from dxrules.report.html.environment import environment, plain_page
from dxrules.report.inquiry import heading, remarks
from dxrules.report.inquiry_words import asked

if TYPE_CHECKING:
    from dxrules.inquiry.search import Inquiries
    from dxrules.report.writers import How


def write(reported: Inquiries, how: How) -> bytes:
    """Return the page as UTF-8."""
    page = environment(how.style).get_template("inquiry.html")
    text = page.render(
        reported=reported,
        asked=asked,
        basis=basis,
        heading=heading,
        remarks=remarks,
        style=how.style,
        version=__version__,
    )
    return plain_page(text).encode()
