"""`check` of many plans: by several processes, without holding more than one, and resumed."""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import closing, suppress
from dataclasses import replace
from pathlib import Path
from typing import Final

from dxrules.cli.check_call import CheckCall, Few, JudgingOptions, Outputs
from dxrules.cli.check_reports import CheckReports, wanted_of
from dxrules.cli.common import called
from dxrules.cli.judged_count import code_of_number, refuse_prefectures
from dxrules.cli.named_plans import Plans
from dxrules.cli.plan_folder import ENDINGS, is_plan_file, remarks_by_name
from dxrules.cli.streams import moved_bar
from dxrules.errors import UsageError
from dxrules.nation import FEW
from dxrules.nation.before import Basis
from dxrules.nation.judging import PlanInPieces, PlanTask
from dxrules.nation.kept import Kept
from dxrules.nation.named_file import NamedFile
from dxrules.nation.order import Order, Wanted
from dxrules.nation.remote import Sought, found_at
from dxrules.nation.run import Listener, Run
from dxrules.nation.spool import Spool
from dxrules.nation.workers import Crew, jobs_for, pool
from dxrules.nation.workers import judging as judging_by
from dxrules.paths import is_url, led_to, shown
from dxrules.plan import plan_of
from dxrules.plan.read import document_from, most_bytes
from dxrules.rules.ruleset_files import contents_by_path
from dxrules.texts import Text

_JUDGING = Text("判定", "judging")
PLANS = Sought(Text("計画ファイル", "plan file"), ENDINGS, is_plan_file, most_bytes)
"""What is looked for at a URL."""
_ONE_OF = Text(
    "--scheduler では、判定するプロセスの数はクラスターが決めます。--jobs は指定しないでください。",
    "With --scheduler the cluster decides how many processes judge. Drop --jobs.",
)


def check_many(
    asked: CheckCall, outputs: Outputs, judging: JudgingOptions, plans: Sequence[str]
) -> int | Few | None:
    """Judge many plans and write all reports; return the exit code.

    None is returned where they are few, or a format takes all at once.
    """
    if judging.scheduler is not None and judging.jobs is not None:
        raise UsageError(_ONE_OF)
    earlier = asked.before.earlier()
    order = _order(asked, outputs, None if earlier is None else earlier.basis)
    if not all(each.in_pieces for each in order.wanted):
        return None
    sources = deque(_sources(asked.reading, plans, asked.before.touched))
    if len(sources) <= FEW and not any(map(is_url, plans)):
        return None
    with closing(_spool(outputs)) as spool:
        run = Run(order, asked.law, spool, _kept(judging, order), earlier=earlier)
        _judge(run, asked, judging, sources)
        if order.selection and run.number:
            order.selection.refuse_nothing(len(spool), taken=run.taken)
        if len(spool) <= FEW and not run.died:
            read = (document_from(source.content(), source.name) for source in run.read)
            return Few([plan_of(each, asked.law.reference) for each in read], run.number)
        if earlier is not None:
            asked.before.tell(earlier)
            asked.before.tell_gone(plans, (each.code for each in run.whole.headings))
        counted = code_of_number(asked.expected, run.number)
        code = max(asked.reading.code, run.code, counted)
        CheckReports(asked, outputs, run, code).write()
    return code


def _sources(
    reading: Plans, paths: Iterable[str], touched: Callable[[Path], bool] | None
) -> Iterator[NamedFile]:
    """Yield what is to be read, at URLs too, and read nothing."""
    seen: set[str | None] = set()
    for named in paths:
        if is_url(named):
            there = found_at(named, PLANS)
            for said in remarks_by_name(there.others, there.called):
                reading.remark(said)
            yield from there.sources
        else:
            yield from reading.found([named], touched, seen)


def _judge(run: Run, asked: CheckCall, judging: JudgingOptions, sources: deque[NamedFile]) -> None:
    """Judge all plans, with a bar on a terminal; each is forgotten, so that none is left."""
    reading, located = asked.reading, asked.how.locate
    with (
        moved_bar(len(sources), _JUDGING) as bar,
        closing(_crew(judging, run.order, len(sources))) as crew,
    ):
        run.told = Listener(
            bar.around(reading.remark),
            bar.around(reading.complain),
            lambda prefecture: refuse_prefectures(asked.law, asked.by.day, {prefecture}),
            bar.step,
        )
        placed = (replace(s, located=s.located or located(s.name)) for s in _taken(sources))
        run.over(placed, crew)


def _taken(sources: deque[NamedFile]) -> Iterator[NamedFile]:
    """Yield all, and keep none: what is known of the judged takes the room of those to come."""
    while sources:
        yield sources.popleft()


_COUNTED: Final = "concise"
"""What is made of each plan where nothing is written: the least of which the exit code is told."""


def _order(asked: CheckCall, outputs: Outputs, basis: Basis | None) -> Order:
    """Return what is asked of whoever judges."""
    return Order(
        contents_by_path(asked.by.rulesets),
        called(asked.by.rulesets),
        asked.by.day,
        asked.by.engine,
        asked.by.waivers,
        wanted_of(outputs, asked.how) or (Wanted("check", _COUNTED, asked.how),),
        asked.selection or None,
        basis=basis,
    )


def _spool(outputs: Outputs) -> Spool:
    """Return a spool beside what is written, where there must be room anyway."""
    files = [path for path, _ in outputs.delivery.files]
    written = [*files, outputs.folder, outputs.packet, *outputs.stores.paths]
    for path in written:
        if path is not None:
            with suppress(OSError):
                return Spool(led_to(path).parent)
    return Spool()


def _kept(judging: JudgingOptions, order: Order) -> Kept | None:
    folder = judging.resume
    if folder is None:
        return None
    return Kept(folder, shown(folder), order.digest, len(order.wanted))


def _crew(asked: JudgingOptions, order: Order, plans: int) -> Crew[PlanTask, PlanInPieces]:
    work = judging_by(order)
    if asked.scheduler is not None:
        from dxrules.nation.cluster import crew_on

        return crew_on(asked.scheduler, work)
    jobs = jobs_for(plans, asked.jobs)
    return Crew(work, pool(jobs, work), jobs, own=True)
