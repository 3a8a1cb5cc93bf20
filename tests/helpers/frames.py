"""What a browser has drawn: a page is looked at after that, however long it takes."""

from __future__ import annotations

_TWO = "() => new Promise(done => requestAnimationFrame(() => requestAnimationFrame(done)))"


def drawn(page):
    """Wait until a page has been drawn with all that was done to it."""
    page.evaluate(_TWO)
