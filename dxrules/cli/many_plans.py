"""`check` of many plans: by several processes, without holding more than one, and resumed."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import closing, suppress
from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import IO, Literal

from dxrules import __version__
from dxrules.assessment.dossier import Unreadable
from dxrules.cli.check_call import CheckCall, Few, JudgingOptions, Outputs
from dxrules.cli.common import called, style
from dxrules.cli.judged_count import code_of_number, refuse_prefectures
from dxrules.cli.named_plans import Plans
from dxrules.cli.packet_arguments import say_digest
from dxrules.cli.plan_folder import ENDINGS, is_plan_file, remarks_by_name
from dxrules.cli.report_output import told_once
from dxrules.cli.site_output import write_site
from dxrules.cli.streams import moved_bar, say, say_bytes
from dxrules.errors import UsageError
from dxrules.nation import FEW
from dxrules.nation.before import Basis
from dxrules.nation.judging import Judged, Task
from dxrules.nation.kept import Kept
from dxrules.nation.order import Order, Wanted
from dxrules.nation.remote import Sought, found_at
from dxrules.nation.run import Run, Source, Told
from dxrules.nation.spool import Spool
from dxrules.nation.workers import Crew, jobs_for, pool
from dxrules.nation.workers import judging as judging_by
from dxrules.paths import is_url, shown
from dxrules.plan import plan_of
from dxrules.plan.read import document_from, most_bytes
from dxrules.report.exit_reason import reason_of_many
from dxrules.report.writers import How
from dxrules.rules import Outcome
from dxrules.rules.ruleset_files import contents_by_path
from dxrules.source import write_whole
from dxrules.source.write import Content
from dxrules.texts import Text, visible

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
    if not order.wanted or not all(each.in_pieces for each in order.wanted):
        return None
    sources = [*_sources(asked.reading, plans, asked.before.touched)]
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
        _Writing(asked, outputs, run, code).write()
    return code


def _sources(
    reading: Plans, paths: Iterable[str], touched: Callable[[Path], bool] | None
) -> Iterator[Source]:
    """Yield what is to be read, at URLs too, and read nothing."""
    seen: set[Path | None] = set()
    for named in paths:
        if is_url(named):
            there = found_at(named, PLANS)
            for said in remarks_by_name(there.others, there.called):
                reading.remark(said)
            yield from there.sources
        else:
            for each in reading.found([named], touched, seen):
                yield Source(each.name, each.path, fault=each.fault)


def _judge(run: Run, asked: CheckCall, judging: JudgingOptions, sources: Sequence[Source]) -> None:
    """Judge all plans, with a bar on a terminal."""
    reading, located = asked.reading, asked.how.locate
    with (
        moved_bar(len(sources), _JUDGING) as bar,
        closing(_crew(judging, run.order, len(sources))) as crew,
    ):
        run.told = Told(
            bar.around(reading.remark),
            bar.around(reading.complain),
            lambda prefecture: refuse_prefectures(asked.law, asked.by.day, {prefecture}),
            bar.step,
        )
        placed = (replace(s, located=s.located or located(s.name)) for s in sources)
        run.over(placed, crew)


def _order(asked: CheckCall, outputs: Outputs, basis: Basis | None) -> Order:
    """Return what is asked of whoever judges."""
    return Order(
        contents_by_path(asked.by.rulesets),
        called(asked.by.rulesets),
        asked.by.day,
        asked.by.engine,
        asked.by.waivers,
        _wanted(outputs, asked.how),
        asked.selection or None,
        basis=basis,
    )


def _wanted(outputs: Outputs, how: How) -> tuple[Wanted, ...]:
    """Return the formats: of standard output, of files, of the folder, of the packet."""
    kind: Literal["check", "evidence"] = "evidence" if outputs.evidence else "check"
    found: list[Wanted] = []
    if outputs.delivery.printed is not None:
        found.append(Wanted(kind, outputs.delivery.shape, replace(how, style=style())))
    found += [Wanted(kind, form, how) for form in outputs.delivery.forms]
    found += [] if outputs.folder is None else [Wanted("nation", "site", how)]
    found += [] if outputs.packet is None else [Wanted("nation", "packet", how)]
    found += [Wanted("nation", "rows", how)] if outputs.stores else []
    return tuple(found)


def _spool(outputs: Outputs) -> Spool:
    """Return a spool beside what is written, where there must be room anyway."""
    files = [path for path, _ in outputs.delivery.files]
    written = [*files, outputs.folder, outputs.packet, *outputs.stores.paths]
    for path in written:
        if path is not None:
            with suppress(OSError, RuntimeError):
                return Spool(path.resolve().parent)
    return Spool()


def _kept(judging: JudgingOptions, order: Order) -> Kept | None:
    folder = judging.resume
    if folder is None:
        return None
    return Kept(folder, shown(folder), order.digest, len(order.wanted))


def _crew(asked: JudgingOptions, order: Order, plans: int) -> Crew[Task, Judged]:
    work = judging_by(order)
    if asked.scheduler is not None:
        from dxrules.nation.cluster import crew_on

        return crew_on(asked.scheduler, work)
    jobs = jobs_for(plans, asked.jobs)
    return Crew(work, pool(jobs, work), jobs, own=True)


class _Writing:
    """Writes the folder of pages, then all files, then standard output."""

    def __init__(self, asked: CheckCall, outputs: Outputs, run: Run, code: int) -> None:
        self._asked = asked
        self._outputs = outputs
        self._run = run
        self._call = asked.call()
        self._tell = told_once()
        headings = run.whole.headings
        self._ending = reason_of_many(
            code,
            (rule for heading in headings for rule in heading.counted),
            sum(heading.counts.outcomes[Outcome.UNKNOWN] for heading in headings),
            run.whole.selected,
            asked.how,
        )

    def write(self) -> None:
        """Write all that is wanted."""
        outputs = self._outputs
        printed = int(outputs.delivery.printed is not None)
        paths = [path for path, _ in outputs.delivery.files]
        reports = {path: number for number, path in enumerate(paths, printed)}
        rest = printed + len(paths)
        if outputs.folder is not None:
            from dxrules.report.html.site import pages

            each = pages(self._run.whole, self._run.pieces(rest))
            write_site(outputs.folder, each, self._report(rest))
            rest += 1
        if outputs.stores:
            last = len(self._run.order.wanted) - 1
            outputs.stores.add_apart(self._run.whole, self._run.pieces(last))
        written: dict[Path, Content] = {
            path: partial(self._into, number) for path, number in reports.items()
        }
        if outputs.packet is not None:
            written[outputs.packet] = partial(self._packet, rest, reports)
        if written:
            write_whole(written)
        if printed:
            self._print()
        if outputs.packet is not None:
            say_digest(outputs.packet)

    def _report(
        self, number: int, unreadable: tuple[Unreadable, ...] | None = None
    ) -> Iterable[bytes]:
        how = replace(
            self._run.order.wanted[number].how,
            ending=self._ending,
            call=self._call,
            tell=self._tell,
            locate=self._asked.how.locate,
        )
        return self._run.report(number, how, unreadable)

    def _into(self, number: int, stream: IO[bytes]) -> None:
        stream.writelines(self._report(number))

    def _packet(self, number: int, reports: Mapping[Path, int], stream: IO[bytes]) -> None:
        from dxrules.assessment.packet_writer import Held, Judgement, write_packet_of
        from dxrules.report.json_report import packed

        asked, run = self._asked, self._run
        write_packet_of(
            stream,
            Judgement(__version__, asked.by.day.isoformat(), asked.by.engine, asked.by.waivers),
            Held(
                len(run.spool),
                packed(run.whole, run.pieces(number)),
                run.order.files,
                {visible(path.name): self._report(n) for path, n in reports.items()},
                run.unreadable,
            ),
        )

    def _print(self) -> None:
        delivery = self._outputs.delivery
        for part in self._report(0, () if delivery.tells_twice else None):
            if delivery.for_people:
                say(part.decode())
            else:
                say_bytes(part)
