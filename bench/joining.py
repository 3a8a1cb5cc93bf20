"""What reports of many plans cost where they are put together: `python bench/joining.py FORMAT N`.

Pieces of a few plans are repeated under other names, so that 20,000 take seconds. Each number needs
a process of its own, as memory is told by its peak.
"""

from __future__ import annotations

import argparse
import gc
import zlib
from contextlib import closing
from dataclasses import replace
from pathlib import Path
from tempfile import TemporaryDirectory
from time import process_time
from typing import TYPE_CHECKING, Any, cast

from corpus import SEED, write
from towns import DAY

from dxrules.frozen import replaced
from dxrules.nation.judging import Task, judge
from dxrules.nation.order import Order, Wanted
from dxrules.nation.run import Run, Source
from dxrules.nation.spool import Spool
from dxrules.report.piecewise import Heading
from dxrules.report.terminal import Style
from dxrules.report.writers import How
from dxrules.rules import load_law
from dxrules.rules.ruleset_files import contents_by_path

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from dxrules.nation.judging import Judged

PLANS = 40


class Repeated:
    """Answers with what came of a few plans, each time under another name."""

    def __init__(self, found: list[Judged]) -> None:
        """Take what came of them."""
        self._found = [(each, Heading.unpacked(zlib.decompress(each.heading))) for each in found]

    def answers(self, tasks: Iterable[object]) -> Iterator[Judged]:
        """Yield an answer to each task."""
        for number, _ in enumerate(tasks):
            judged, heading = self._found[number % len(self._found)]
            named = replaced(heading, title=f"{number:06}", file=f"{number:06}-{heading.file}")
            yield replace(judged, heading=zlib.compress(named.packed(), 1))


def _peak(word: str) -> float:
    lines = Path("/proc/self/status").read_text().splitlines()
    return next(int(line.split()[1]) / 1024 for line in lines if line.startswith(word))


def main() -> None:
    """Measure one format and one number of plans."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("form")
    parser.add_argument("number", type=int)
    asked = parser.parse_args()
    how = How(Style("ja"), full=False)
    wanted = (Wanted("check", asked.form, how),)
    files = contents_by_path(None)
    order = Order(files, "rulesets", DAY, "interpreter", waivers=True, wanted=wanted)
    with TemporaryDirectory() as name:
        write(Path(name), SEED, PLANS)
        plans = sorted((Path(name) / "plans").glob("*.yaml"))
        found = [judge(order, Task(plan.name, plan.read_bytes(), "")) for plan in plans]
    repeated = cast("Any", Repeated([each for each in found if each.heading]))
    gc.collect()
    gc.freeze()
    with closing(Spool()) as spool:
        run = Run(order, load_law(None), spool)
        before, start = _peak("VmRSS"), process_time()
        run.over((Source(f"{number}", raw=b"-") for number in range(asked.number)), repeated)
        taken = process_time()
        size = sum(map(len, run.report(0)))
        joined = process_time() - taken
    print(
        f"{asked.form}, {asked.number:,} plans: {_peak('VmHWM') - before:.1f} MiB, "
        f"{(taken - start) * 1000 / asked.number:.2f} ms of CPU a plan to take it, "
        f"{joined * 1000 / asked.number:.2f} ms to write it, {size / 1e6:,.1f} MB"
    )


if __name__ == "__main__":
    main()
