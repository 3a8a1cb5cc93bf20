"""Many plans by `dxrules check`: memory and cost by their number, two processes beside one, again.

The plans are those of `facts/`, over and over, each time under another title. Each figure is a
process of the command line; what is compared is run in turn, and ratios are those of one round.
Without rounds nothing is compared.
`python bench/streaming.py [--rounds N] NUMBER...` measures these numbers of plans alone.
"""

from __future__ import annotations

import argparse
import json
import os
import re
import subprocess
import sys
from pathlib import Path
from statistics import median
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING

from tables import Section, Table, Target
from towns import DAY, FACTS

if TYPE_CHECKING:
    from collections.abc import Sequence

    from tables import Cell

FORMATS = (
    "table",
    "json",
    "csv",
    "markdown",
    "oscal",
    "xlsx",
    "sarif",
    "junit",
    "html",
    "site",
    "packet",
)
COMPARED = ("json", "csv", "xlsx")

MOST_MEMORY = 250
MOST_OF_MORE = 1.1
"""Of what a plan takes among few plans, what it takes among many."""
MOST_AGAIN = 0.1
"""Of the CPU of a run, what the same takes again with `--resume`."""
MOST_ALONE = 0.11
"""Of the CPU of a run, what the process may take that puts reports together: if none of it went
on beside the others, two processes would be 1.8 times as fast as one."""
_TITLE = re.compile(r"^(  title: .*?)(\"?)$", re.MULTILINE)
_CHILD = """
import json, resource, sys, time
from pathlib import Path
from dxrules.cli import main
import gc
gc.set_threshold(1_000_000)
start = time.perf_counter()
code = main(sys.argv[1:])
taken = time.perf_counter() - start
own, others = resource.getrusage(resource.RUSAGE_SELF), resource.getrusage(resource.RUSAGE_CHILDREN)
lines = Path("/proc/self/status").read_text().splitlines()
told = {
    "code": code,
    "seconds": taken,
    "own": own.ru_utime + own.ru_stime,
    "cpu": own.ru_utime + own.ru_stime + others.ru_utime + others.ru_stime,
    "peak": next(int(line.split()[1]) / 1024 for line in lines if line.startswith("VmHWM")),
}
print(json.dumps(told), file=sys.__stdout__)
"""


def write_plans(folder: Path, number: int) -> None:
    """Write so many plan files of a real size."""
    texts = [(path.name, path.read_text("utf-8")) for path in sorted(FACTS.glob("*.yaml"))]
    for each in range(number):
        name, text = texts[each % len(texts)]
        said = _TITLE.sub(rf"\1 {each:05}\2", text, count=1)
        (folder / f"{each:05}-{name}").write_text(said, "utf-8")


def run(folder: Path, form: str, out: Path, *more: str) -> dict[str, float]:
    """Judge the plans of a folder in a process; return its time, and its peak of memory."""
    written = {
        "table": ["--output", str(out / "r.txt")],
        "site": ["--output-dir", str(out / "site")],
        "packet": ["--packet", str(out / "r.zip")],
    }.get(form, ["--output", f"{form}={out / 'r'}"])
    call = ["check", str(folder), "--as-of", DAY.isoformat(), "--format", "none", *written, *more]
    command = [sys.executable, "-c", _CHILD, *call]
    done = subprocess.run(command, check=True, capture_output=True, text=True)
    found: dict[str, float] = json.loads(done.stdout.splitlines()[-1])
    if found["code"] not in (0, 1):
        raise SystemExit(done.stderr[-2_000:])
    return found


def measure(numbers: Sequence[int], rounds: int, formats: Sequence[str] = FORMATS) -> Section:
    """Measure memory and cost of each format; with rounds, two processes and a second run, too."""
    memory: list[tuple[Cell, ...]] = []
    highest, steepest = 0.0, 0.0
    with TemporaryDirectory(prefix="dxrules-bench-") as name:
        root = Path(name)
        (root / "out").mkdir()
        for number in numbers:
            (root / str(number)).mkdir()
            write_plans(root / str(number), number)
        for form in formats:
            found = [
                run(root / str(number), form, root / "out", "--jobs", "1") for number in numbers
            ]
            peaks = [each["peak"] for each in found]
            highest = max(highest, *peaks)
            costs = [each["cpu"] * 1_000 / n for each, n in zip(found, numbers, strict=True)]
            steepest = max(steepest, costs[-1] / costs[0])
            memory.append((form, *peaks, peaks[-1] / peaks[0], *costs))
        start = os.getloadavg()[0]
        compared = _compared(root, root / str(numbers[-1]), rounds) if rounds else None
    heads = ("format", *(f"{n:,}, MiB" for n in numbers), "last ÷ first")
    table = Table((*heads, *(f"{n:,}, CPU ms a plan" for n in numbers)), memory)
    targets = [
        Target("peak of any format, MiB", MOST_MEMORY, highest),
        Target(
            f"CPU of a plan among {numbers[-1]:,} ÷ among {numbers[0]:,}", MOST_OF_MORE, steepest
        ),
    ]
    text = (
        "Peak of one process that judges and writes, and CPU for each plan, with the start of the "
        "process."
    )
    if compared is None:
        return Section("Many plans", text, [table], targets)
    text += (
        f" Then {numbers[-1]:,} plans by two processes beside one, and again with `--resume`: "
        f"median of {rounds} interleaved rounds, at a load of {start:.1f} on {os.cpu_count()} "
        "cores. On idle cores is by CPU: all but what the process takes that joins is halved."
    )
    times, more = compared
    return Section("Many plans", text, [table, times], targets + more)


def _compared(root: Path, plans: Path, rounds: int) -> tuple[Table, list[Target]]:
    """Return how much faster two processes and a second run are, and what was asked of that."""
    times: dict[str, list[float]] = {}
    for each in range(rounds):
        for form in COMPARED:
            one = run(plans, form, root / "out", "--jobs", "1")
            two = run(plans, form, root / "out", "--jobs", "2")
            alone = two["own"] / one["cpu"]
            times.setdefault(f"{form}: two processes, by the clock", []).append(
                one["seconds"] / two["seconds"]
            )
            times.setdefault(f"{form}: two processes, on idle cores", []).append(2 / (1 + alone))
            times.setdefault(form, []).append(alone)
        kept = ("--jobs", "1", "--resume", str(root / f"kept{each}"))
        first, second = (run(plans, COMPARED[0], root / "out", *kept) for _ in range(2))
        times.setdefault(f"{COMPARED[0]}: second run, CPU", []).append(first["cpu"] / second["cpu"])
    highest = max(median(times.pop(form)) for form in COMPARED)
    again = 1 / median(times[f"{COMPARED[0]}: second run, CPU"])
    rows = [(name, median(each)) for name, each in times.items()]
    return Table(("what", "times as fast"), rows), [
        Target("CPU of the process that joins ÷ all", MOST_ALONE, highest),
        Target("CPU of a second run ÷ the first", MOST_AGAIN, again),
    ]


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("numbers", type=int, nargs="+")
    parser.add_argument("--rounds", type=int, default=1)
    parser.add_argument("--formats", nargs="+", choices=FORMATS, default=FORMATS)
    asked = parser.parse_args()
    print(measure(asked.numbers, asked.rounds, asked.formats).markdown())
