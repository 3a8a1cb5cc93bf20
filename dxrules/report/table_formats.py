"""Formats of rows, of whatever report they are, and Markdown of the lines of any text."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import replace
from typing import Any

from dxrules.report.how_to_write import How
from dxrules.report.table_cell import plain
from dxrules.report.tabular import Table, table_lines
from dxrules.report.terminal import BOLD
from dxrules.texts import COLOUR

_NO_WIDTH = 1_000_000
"""Columns of lines that are not to be broken: what shows a page breaks them."""


def write_csv(rows: Callable[[Any], Table], reported: object, how: How) -> bytes:
    """Return the rows that a function makes of what is reported, as CSV."""
    from dxrules.report.csv_report import as_csv

    table = rows(reported)
    heads = [how.style.say(each.label) for each in table.columns]
    return as_csv([heads, *([plain(cell, how.style.lang) for cell in row] for row in table.rows)])


def write_markdown(rows: Callable[[Any], Table], reported: object, how: How) -> bytes:
    """Return the rows, and those of tables that stand before them, as Markdown."""
    from dxrules.report.markdown import as_markdown, escaped

    table = rows(reported)
    parts = []
    for each in (*table.first, table):
        day = "" if each.day is None else f" ({each.day.isoformat()})"
        head = f"# {escaped(how.style.say(each.title))}{day}"
        parts.append("\n".join([head, "", *table_lines(each, how.style)]))
    return as_markdown("\n\n".join(parts) + "\n")


def write_xlsx(rows: Callable[[Any], Table], reported: object, how: How) -> bytes:
    """Return the rows, and those of tables that stand before them, as a workbook."""
    from dxrules.report.xlsx.book import table_book

    return table_book(rows(reported), how.style.lang)


def write_html(rows: Callable[[Any], Table], reported: object, how: How) -> bytes:
    """Return the rows, and those of tables that stand before them, as a page.

    What could not be read stands above them.
    """
    from dxrules.report.html.environment import rendered_page
    from dxrules.report.plan_header import first_fault

    table = rows(reported)
    unread = [each.message for each in getattr(reported, "unreadable", ())]
    return rendered_page(
        "tables.html",
        how,
        title=table.title,
        day=table.day,
        tables=(*table.first, table),
        remarks=[how.style.say(first_fault(each)) for each in unread],
    )


def write_outline(lines: Callable[[Any, How], Iterable[str]], reported: object, how: How) -> bytes:
    """Return the lines of a text as Markdown: what is bold as headings, what is indented as lists.

    No line is more than one step deeper than the one before, as Markdown has it.
    """
    from dxrules.report.markdown import as_markdown, first_line

    style = replace(how.style, width=_NO_WIDTH, colour=True)
    found, depth = list[str](), 0
    for line in lines(reported, replace(how, style=style)):
        said = COLOUR.sub("", line)
        text = first_line(said.strip().removeprefix("- "))
        deep = min((len(said) - len(said.lstrip())) // 2, depth + 1) if text else 0
        if deep:
            text = f"{'  ' * (deep - 1)}- {text}"
        elif line.startswith(BOLD):
            text = f"#{'#' if found else ''} {text}"
        if not (deep and depth) and found and found[-1]:
            found.append("")
        found += [text] if text else []
        depth = deep
    return as_markdown("\n".join(found) + "\n")
