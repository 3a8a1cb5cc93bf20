"""Many plans from Python: drafted and judged on any executor, and written without being held.

from concurrent.futures import ProcessPoolExecutor
from dxrules.nation.api import write_drafts, write_reports

with ProcessPoolExecutor(8) as executor:
    drafts = write_drafts(documents, "drafts", day, executor=executor, resume=True)
    found = write_reports(paths, {"nation.json": "json"}, day, executor=executor)
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from contextlib import closing
from datetime import date
from functools import partial
from pathlib import Path
from typing import IO, TYPE_CHECKING

from dxrules.assessment import EngineChoice
from dxrules.assessment.dossier import Unreadable
from dxrules.frozen import frozen
from dxrules.nation.drafting import Drafter, draft_order, drafting
from dxrules.nation.drafts import DraftRun, into_folder, refuse_what_is_there, source_of
from dxrules.nation.kept import Kept
from dxrules.nation.named_file import NamedFile
from dxrules.nation.order import Order, Wanted
from dxrules.nation.run import Run
from dxrules.nation.spool import Spool
from dxrules.nation.workers import Crew, cores, judging, pool
from dxrules.paths import shown
from dxrules.report.how_to_write import How
from dxrules.report.terminal import Style
from dxrules.rules import load_law
from dxrules.rules.ruleset_files import contents_by_path
from dxrules.source import write_whole
from dxrules.texts import Lang, Text

if TYPE_CHECKING:
    from concurrent.futures import Executor


@frozen
class WrittenReports:
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
) -> WrittenReports:
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
        with closing(
            Crew(work, executor or pool(width, work), width, own=executor is None)
        ) as crew:
            run.over(map(NamedFile.of, paths), crew)

        def into(number: int, stream: IO[bytes]) -> None:
            stream.writelines(run.report(number))

        write_whole({Path(path): partial(into, n) for n, path in enumerate(reports)})
    return WrittenReports(run.number, tuple(run.unreadable), run.code)


@frozen
class WrittenDrafts:
    """What came of documents: how many drafts were written, and how many were there already.

    `faults` say of which document there is none, and why; `code` is the exit code.
    """

    written: int
    left: int
    faults: tuple[Text, ...]
    code: int


def write_drafts(  # noqa: PLR0913  (what `draft` takes, too)
    documents: Iterable[Path],
    folder: Path | str,
    today: date,
    *,
    rulesets: Path | None = None,
    words: Path | None = None,
    lang: Lang = "ja",
    executor: Executor | None = None,
    width: int | None = None,
    resume: bool = False,
) -> WrittenDrafts:
    """Draft a plan file from each document into a folder, by the name of the document.

    The `executor` drafts as in `write_reports`. A file that is there already is never written
    over; with `resume` a draft of the same document is done, and any other file is a fault.
    Raises UsageError where two documents have one name, a file is there, or none can be written,
    and RulesetError for words or lists that are wrong.
    """
    order = draft_order(rulesets, words, today, lang)
    Drafter(order)  # what is wrong with words or lists is told before anything is drafted
    wanted = into_folder([*map(source_of, documents)], Path(folder))
    if not resume:
        refuse_what_is_there(wanted)
    width = width or cores()
    work = drafting(order)
    with closing(Crew(work, executor or pool(width, work), width, own=executor is None)) as crew:
        run = DraftRun(crew, resume)
        run.over(wanted)
    return WrittenDrafts(run.written, run.left, tuple(run.faults), run.code)
