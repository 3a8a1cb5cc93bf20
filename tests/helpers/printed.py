"""Reports as the texts that people read."""

from __future__ import annotations

from dxrules.report.how_to_write import How


def in_lines(lines):
    """Return lines as one text."""
    return "".join(f"{line}\n" for line in lines)


def printed(text, reported, style, **how):
    """Return what a report tells of something."""
    return in_lines(text(reported, How(style, **how)))
