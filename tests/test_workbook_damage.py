"""Workbooks damaged in many ways: each gives a plan or problems, and never an exception."""

from __future__ import annotations

import random
import re
import warnings
from functools import cache

import pytest

from dxrules.errors import PlanError
from dxrules.plan import Plan, plan_of
from dxrules.plan.workbook.reader import document_of
from tests.helpers.archives import entries, packed
from tests.helpers.examples import share_of
from tests.helpers.workbooks import LAW, SMALL_DATA, edited, workbook_of

pytestmark = pytest.mark.slow  # a workbook is written and read for each


@cache
def parts_by(writer):
    """Return the parts of the small plan's workbook as dxrules or openpyxl has written it."""
    if writer == "dxrules":
        return entries(workbook_of(SMALL_DATA, "ja", LAW.reference))
    return entries(edited([("measures", "B4", "=A4"), ("plan", "B7", 46295)]))


READ = re.compile(r"workbook\.xml|sheet\d+\.xml$|styles|sharedStrings|\.rels$")
ATTRIBUTE, TAG, TEXT = re.compile(rb'"[^"<]*"'), re.compile(rb"<[^>]*>"), re.compile(rb">[^<>]+<")
NASTY = (
    b"",
    b"0",
    b"-1",
    b"abc",
    b"nan",
    b"1e999",
    b"99999999999999999999",
    b"A1:XFD1048576",
    b"XFD1048577",
    b"&#0;",
    b"&a;",
    b"\xff",
    b"\xe4\xba\x86",
    b"&#x202e;",
    b"_x0000_",
    b"2026-13-45",
    b"true",
    b"x" * 70_000,
)
CELLS = (
    "=1/0",
    "",
    " ",
    "\u3000",
    "nan",
    "[]",
    "、、",
    "_xD800_",
    "_x0000_",
    "\u202eabc",
    "a\tb",
    "a\r\nb",
    "0" * 5_000,
    "9" * 400,
    "令和99年99月",
    "～",
    "%",
    "1e400",
    "100%",
    "-0",
    True,
    False,
    0,
    -1,
    1e-300,
    1.5e300,
    46295.99999,
    60,
)


def damaged(parts, chance):
    """Return the workbook of parts after one change of a part that is read."""
    name = chance.choice([name for name in parts if READ.search(name)])
    content = parts[name]
    kind = chance.choice((ATTRIBUTE, ATTRIBUTE, TEXT, TAG))
    spots = [found.span() for found in kind.finditer(content)]
    start, end = chance.choice(spots) if spots else (0, len(content))
    match chance.randrange(7):
        case 0 | 1 if kind is not TAG and spots:
            content = content[: start + 1] + chance.choice(NASTY) + content[end - 1 :]
        case 2:
            content = content[:start]
        case 3:
            content = content[:start] + content[end:]
        case 4:
            content = content[:end] + content[start:]
        case 5:
            other, after = chance.choice(spots) if spots else (0, 0)
            content = content[:start] + content[other:after] + content[end:]
        case _:
            place = chance.randrange(len(content))
            content = content[:place] + bytes([chance.randrange(256)]) + content[place + 1 :]
    return packed(parts | {name: content})


def read(raw):
    """Return the plan of a workbook, or its problems, each with a place and both languages."""
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        document = document_of(raw, "a.xlsx")
        try:
            return plan_of(document, LAW.reference).plan
        except PlanError as error:
            return error.problems


def is_told(outcome):
    """Tell whether there is a plan, or a problem and each of them has a place and one line."""
    if isinstance(outcome, Plan):
        return True
    return outcome != () and all(
        problem.place.file == "a.xlsx" and "\n" not in problem.text.ja + problem.text.en
        for problem in outcome
    )


@pytest.mark.parametrize("writer", ["dxrules", "openpyxl"])
@pytest.mark.parametrize("seed", range(share_of(120)))
def test_damaged_parts(writer, seed):
    """A changed attribute, tag, text or byte, and what is cut off or doubled, is no exception."""
    assert is_told(read(damaged(parts_by(writer), random.Random(seed))))  # noqa: S311  (no secret)


@pytest.mark.parametrize("seed", range(share_of(25)))
def test_odd_cells(seed):
    """Odd values in cells, with odd formats, are no exception."""
    chance = random.Random(seed)  # noqa: S311  (no secret)
    changes = []
    for _ in range(12):
        sheet = chance.choice(["plan", "measures", "indicators", "provisions", "sections", "codes"])
        cell = f"{chance.choice('ABCDEFGHI')}{chance.randrange(1, 12)}"
        form = chance.choice(["General", "0%", "yyyy/m/d", "[h]:mm", '#,##0,"千"', "m/d", "@"])
        changes.append((sheet, cell, (chance.choice(CELLS), form)))
    assert is_told(read(edited(changes)))


def test_the_whole_is_read():
    """Without damage both are the plan itself."""
    assert read(packed(parts_by("dxrules"))).measures
