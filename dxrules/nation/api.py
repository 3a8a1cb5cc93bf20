"""Many plans from Python: judged on any executor, and written without being held.

from concurrent.futures import ProcessPoolExecutor
from dxrules.nation.api import write_reports

with ProcessPoolExecutor(8) as executor:
    found = write_reports(paths, {"nation.json": "json"}, day, executor=executor)
"""

from __future__ import annotations

from contextlib import closing
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from dxrules.frozen import frozen
from dxrules.nation.kept import Kept
from dxrules.nation.order import Order, Wanted
from dxrules.nation.run import Run, Source
from dxrules.nation.spool import Spool
from dxrules.nation.workers import Crew, cores, judging, pool
from dxrules.paths import shown
from dxrules.report.terminal import Style
from dxrules.report.writers import How
from dxrules.rules import load_law
from dxrules.rules.ruleset_files import contents_by_path
from dxrules.source import write_whole

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from concurrent.futures import Executor
    from datetime import date
    from typing import IO

    from dxrules.assessment import EngineChoice
    from dxrules.assessment.dossier import Unreadable
    from dxrules.texts import Lang


@frozen
class Written:
    """What came of a run: how many plans were judged, which could not be read, the exit code."""

    number: int
    unreadable: tuple[Unreadable, ...]
    code: int


def write_reports(  # noqa: PLR0913  (what `check` takes, too)
    paths: Iterable[Path],
    reports: Mapping[Path | str, str],
    day: date,
    *,
    rulesets: Path | None = None,
    engine: EngineChoice = "both",
    waivers: bool = True,
    lang: Lang = "ja",
    everything: bool = False,
    executor: Executor | None = None,
    width: int | None = None,
    resume: Path | None = None,
) -> Written:
    """Judge plan files, and write reports: the format of each by where it goes.

    The `executor` judges, at most a few plans for each of its `width` processes at a time; without
    one, as many processes as there are cores. All files are written whole or none. Raises
    UsageError for a format that is unknown, and ValueError for one that takes all plans at once.
    """
    law = load_law(rulesets)
    how = How(Style(lang), everything)
    wanted = tuple(Wanted("check", form, how) for form in reports.values())
    for each in wanted:
        _ = each.pieces  # a format that has none is refused before anything is judged
    called = "rulesets" if rulesets is None else shown(rulesets)
    order = Order(contents_by_path(rulesets), called, day, engine, waivers, wanted)
    width = width or cores()
    with closing(Spool()) as spool:
        kept = None
        if resume is not None:
            kept = Kept(resume, shown(resume), order.digest, len(wanted))
        run = Run(order, law, spool, kept)
        work = judging(order)
        with closing(Crew(work, executor or pool(width), width, own=executor is None)) as crew:
            run.over(map(Source.of, paths), crew)

        def into(number: int, stream: IO[bytes]) -> None:
            stream.writelines(run.report(number))

        write_whole({Path(path): partial(into, n) for n, path in enumerate(reports)})
    return Written(run.number, tuple(run.unreadable), run.code)
