"""Measures dxrules beside its peers: `python bench/run.py [--plans N] [--quick]`.

Prints Markdown and writes it to bench/results.md. Nothing here is a test: a target that is missed
is shown, and the exit code is 0.
"""

from __future__ import annotations

import argparse
import os
import platform
from dataclasses import dataclass
from pathlib import Path
from time import perf_counter
from typing import TYPE_CHECKING

import database
import detection
import formats
import from_files
import growth
import html_report
import joining
import judged
import memory
import national
import processes
import streaming
import towns
from tables import Table
from workload import PLANS

from dxrules.engine import available

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping, Sequence

    from tables import Section, Target

RESULTS = Path(__file__).parent / "results.md"


@dataclass(frozen=True, slots=True)
class Effort:
    """How many plans, and how many rounds: all, or a few for a first look."""

    plans: int
    quick: bool

    def rounds(self, quick: int, full: int) -> int:
        """Return one of two numbers of rounds."""
        return quick if self.quick else full


SECTIONS: Mapping[str, Callable[[Effort], Section]] = {
    "national": lambda effort: national.measure(effort.plans, effort.rounds(6, 12)),
    "faults": lambda effort: detection.measure(detection.PLANS // effort.rounds(8, 1)),
    "towns": lambda effort: towns.measure(effort.rounds(5, 15)),
    "files": lambda effort: from_files.measure(effort.rounds(5, 25)),
    "processes": lambda effort: processes.measure(effort.rounds(3, 15)),
    "formats": lambda effort: formats.measure(effort.rounds(3, 9)),
    "growth": lambda effort: growth.measure(effort.rounds(1, 5)),
    "memory": lambda effort: memory.measure(effort.plans),
    "database": lambda effort: database.measure(effort.plans, effort.rounds(1, 2)),
    "many": lambda effort: streaming.measure(
        (10, 60) if effort.quick else (100, 400), effort.rounds(1, 3)
    ),
    "joined": lambda effort: joining.measure(
        (40, 100) if effort.quick else (100, 2_000), 1_000 if effort.quick else 20_000
    ),
    "html": lambda effort: html_report.measure(PLANS, effort.rounds(3, 7)),
}


def main() -> None:
    """Run all sections and print each as soon as it is done."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--plans", type=int, help=f"how many plans to judge ({PLANS}, quick 180)")
    parser.add_argument("--quick", action="store_true", help="less of everything")
    parser.add_argument("--only", choices=SECTIONS, help="one section; results.md is left alone")
    options = parser.parse_args()
    if not available():
        raise SystemExit("durable_rules is not installed: pip install -e '.[engine]'")
    plans = options.plans or (180 if options.quick else PLANS)
    if not national.SAMPLE <= plans <= PLANS:
        parser.error(f"--plans is a number from {national.SAMPLE} to {PLANS}")
    chosen = [options.only] if options.only else list(SECTIONS)
    start = perf_counter()
    parts = []
    for part in _parts(chosen, Effort(plans, quick=options.quick)):
        print(part, flush=True)
        parts.append(part)
    if not options.only:
        RESULTS.write_text("\n".join(parts))
    print(f"{perf_counter() - start:.0f} s")


def _parts(chosen: Sequence[str], effort: Effort) -> Iterator[str]:
    yield f"# Measurements\n\n{_machine()}\n"
    targets: list[Target] = []
    for name in chosen:
        section = SECTIONS[name](effort)
        targets += section.targets
        yield section.markdown()
        if name == "many" and (apart := judged.last_measured()):
            yield apart
    if targets:
        table = Table(("ratio", "target", "measured", ""), [target.row for target in targets])
        yield f"## Targets\n\n{table.markdown()}\n"


def _machine() -> str:
    load = f"load {os.getloadavg()[0]:.1f}" if hasattr(os, "getloadavg") else "load unknown"
    python = f"{platform.python_implementation()} {platform.python_version()}"
    return f"{python}, {platform.system()} {platform.machine()}, {os.cpu_count()} cores, {load}."


if __name__ == "__main__":
    main()
