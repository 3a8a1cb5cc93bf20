"""Judges 20,000 plans, one process for each number of them: memory, and CPU for each plan.

The plans are those of `facts/`, over and over, each time under another title. `make bench-judged`
takes some minutes, so `make bench` shows what it wrote into bench/judged.md when it last ran.
"""

from __future__ import annotations

import argparse
import os
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING

from streaming import run, write_plans
from tables import Table, Target

if TYPE_CHECKING:
    from collections.abc import Sequence

    from tables import Cell

NUMBERS = 100, 1_788, 20_000
FORM = "table"
MOST_MEMORY, MOST_OF_PEAK, MOST_OF_MORE = 250, 1.1, 1.1
"""MiB of the largest run; of the peak of few plans, that of most; and of what a plan takes among
few plans, what it takes among most."""
WRITTEN = Path(__file__).with_suffix(".md")


def measure(numbers: Sequence[int]) -> str:
    """Judge so many plans by both engines, and return the section that tells what it took."""
    rows: list[tuple[Cell, ...]] = []
    for number in numbers:
        with TemporaryDirectory(prefix="dxrules-bench-") as name:
            plans = Path(name, "plans")
            plans.mkdir()
            write_plans(plans, number)
            found = run(plans, FORM, Path(name), "--jobs", "1")
            rows.append((f"{number:,}", found["peak"], found["cpu"] * 1_000 / number))
    headings = ("plans", "peak, MiB", "CPU ms a plan")
    (_, first_peak, first_cpu), (_, peak, last_cpu) = rows[0], rows[-1]
    nation, usual = numbers[-2], rows[-2][1]
    targets = [
        Target(f"peak of {numbers[-1]:,} plans, MiB", MOST_MEMORY, float(peak)),
        Target(
            f"peak of {numbers[-1]:,} plans ÷ of {numbers[0]:,}",
            MOST_OF_PEAK,
            float(peak) / float(first_peak),
        ),
        Target(
            f"peak of {numbers[-1]:,} plans ÷ of {nation:,}",
            MOST_OF_PEAK,
            float(peak) / float(usual),
        ),
        Target(
            f"CPU of a plan among {numbers[-1]:,} ÷ among {numbers[0]:,}",
            MOST_OF_MORE,
            float(last_cpu) / float(first_cpu),
        ),
    ]
    compared = Table(("ratio", "target", "measured", ""), [target.row for target in targets])
    return (
        "## Many plans, judged\n\n"
        "Read, judged by both engines and told in a table, by one process, whose start is counted. "
        f"Measured apart by `make bench-judged`, at a load of {os.getloadavg()[0]:.1f} on "
        f"{os.cpu_count()} cores.\n\n"
        f"{Table(headings, rows).markdown()}\n\n{compared.markdown()}\n"
    )


def last_measured() -> str:
    """Return the section as it was last measured; nothing where it never was."""
    return WRITTEN.read_text("utf-8") if WRITTEN.exists() else ""


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("numbers", type=int, nargs="*", default=NUMBERS)
    asked = parser.parse_args()
    section = measure(asked.numbers)
    print(section)
    if tuple(asked.numbers) == NUMBERS:
        WRITTEN.write_text(section, "utf-8")
