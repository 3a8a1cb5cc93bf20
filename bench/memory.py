"""Peak memory after one plan, after some, and after all plans of the nation, in one process.

`python bench/memory.py ENGINE PLANS...` is the process that is measured.
"""

from __future__ import annotations

import json
import resource
import subprocess
import sys
from pathlib import Path

from judging import Interpreter
from tables import Section, Table
from workload import plan, rules

from dxrules.engine import Network, disagreements

STATUS = Path("/proc/self/status")


def peak_mib() -> float:
    """Return the greatest amount of memory that this process ever held.

    What getrusage tells on Linux includes the process that started this one; the kernel's own
    record of the address space does not, so that is read where there is one.
    """
    if STATUS.exists():
        lines = dict(line.split(":", 1) for line in STATUS.read_text().splitlines() if ":" in line)
        return int(lines["VmHWM"].split()[0]) / 1024
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    return peak / (1024**2 if sys.platform == "darwin" else 1024)


def _judge(*, both: bool, stops: list[int]) -> list[float]:
    book = rules()
    interpreter = Interpreter(book)
    network = Network(book) if both else None
    peaks = []
    for number in range(max(stops)):
        facts = plan(number)
        outcomes = interpreter.outcomes(facts)
        if network and disagreements(outcomes, *network.ask(facts)):
            raise SystemExit(f"the engines differ on plan {number}")
        if number + 1 in stops:
            peaks.append(peak_mib())
    return peaks


def measure(plans: int) -> Section:
    """Measure each choice of engines in a process of its own."""
    stops = [1, min(300, plans // 2), plans]
    rows = []
    for engine in ("interpreter", "both"):
        command = [sys.executable, __file__, engine, *map(str, stops)]
        peaks = json.loads(subprocess.run(command, check=True, capture_output=True).stdout)
        rows.append((engine, *peaks, peaks[-1] / peaks[0]))
    headings = ("engine", *(f"after {stop:,}, MiB" for stop in stops), "last ÷ first")
    text = "Peak of the resident memory of one process that judges plan after plan."
    return Section("Memory", text, [Table(headings, rows)])


if __name__ == "__main__":
    print(json.dumps(_judge(both=sys.argv[1] == "both", stops=[int(n) for n in sys.argv[2:]])))
