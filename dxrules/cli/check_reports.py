"""Reports of `check`: of plans that are all held, or of many that were judged apart."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import IO, TYPE_CHECKING, Literal

from dxrules import __version__
from dxrules.assessment.dossier import Dossier, Unreadable
from dxrules.cli.check_call import CheckCall, Outputs
from dxrules.cli.common import style
from dxrules.cli.packet_arguments import say_digest
from dxrules.cli.report_output import told_once
from dxrules.cli.site_output import write_site
from dxrules.cli.streams import say, say_bytes
from dxrules.nation.order import Wanted
from dxrules.report.exit_reason import exit_reason
from dxrules.report.how_to_write import How
from dxrules.report.piecewise import Pieces, Whole
from dxrules.source import write_whole
from dxrules.source.write import FileContent
from dxrules.texts import visible

if TYPE_CHECKING:
    from dxrules.nation.run import Run


def wanted_of(outputs: Outputs, how: How) -> tuple[Wanted, ...]:
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


class HeldPlans:
    """Plans that are all held, as they are shown, and as they were `judged`."""

    def __init__(
        self, dossier: Dossier, judged: Dossier, asked: CheckCall, outputs: Outputs
    ) -> None:
        self._dossier = dossier
        self._judged = judged
        self._folder = asked.by.rulesets
        self.wanted = wanted_of(outputs, asked.how)
        self.whole = Whole.of(dossier, asked.how)
        self._pieces: dict[int, Pieces] = {}
        self._reports: dict[int, Iterable[bytes]] = {}

    @property
    def rulesets(self) -> Mapping[str, bytes]:
        """The rulesets that they were judged by."""
        from dxrules.rules.ruleset_files import contents_by_path

        return contents_by_path(self._folder)

    def pieces(self, number: int) -> Pieces:
        """Return the pieces of a format, which are made once."""
        if number not in self._pieces:
            wanted = self.wanted[number]
            dossier = self._judged if wanted.pieces.uncompared else self._dossier
            plans = replace(dossier, unreadable=())
            self._pieces[number] = wanted.pieces.pieces(plans, wanted.how)
        return self._pieces[number]

    def report(
        self, number: int, how: How, unreadable: tuple[Unreadable, ...] | None = None
    ) -> Iterable[bytes]:
        """Return the report of a format, which is made once: a packet holds it as files do."""
        if number not in self._reports:
            self._reports[number] = self._report(number, how, unreadable)
        return self._reports[number]

    def _report(
        self, number: int, how: How, unreadable: tuple[Unreadable, ...] | None
    ) -> Iterable[bytes]:
        wanted, dossier = self.wanted[number], self._dossier
        if wanted.kind == "nation":
            return wanted.pieces.joined(self.whole, self.pieces(number), how)
        if unreadable is not None:
            dossier = replace(dossier, unreadable=unreadable)
        return [wanted.writer(dossier, how)]


class CheckReports:
    """Writes the folder of pages, then all files, standard output, and databases."""

    def __init__(
        self, asked: CheckCall, outputs: Outputs, plans: HeldPlans | Run, code: int
    ) -> None:
        self._asked = asked
        self._outputs = outputs
        self._plans = plans
        self._call = asked.call()
        self._tell = told_once()
        self._ending = exit_reason(code, plans.whole, asked.how)

    def write(self) -> None:
        """Write all that is wanted."""
        outputs, plans = self._outputs, self._plans
        printed = outputs.delivery.printed is not None
        paths = [path for path, _ in outputs.delivery.files]
        reports = {path: number for number, path in enumerate(paths, int(printed))}
        others = {each.form: n for n, each in enumerate(plans.wanted) if each.kind == "nation"}
        if outputs.folder is not None:
            from dxrules.report.html.site import pages

            each = pages(plans.whole, plans.pieces(others["site"]))
            write_site(outputs.folder, each, self._report(others["site"]))
        written: dict[Path, FileContent] = {
            path: partial(self._into, number) for path, number in reports.items()
        }
        if outputs.packet is not None:
            written[outputs.packet] = partial(self._packet, others["packet"], reports)
        if written:
            write_whole(written)
        if printed:
            self._print()
        if outputs.stores:  # last: another call that adds to one meanwhile ends this one
            outputs.stores.add(plans.whole, plans.pieces(others["rows"]))
        if outputs.packet is not None:
            say_digest(outputs.packet)

    def _report(
        self, number: int, unreadable: tuple[Unreadable, ...] | None = None
    ) -> Iterable[bytes]:
        how = replace(
            self._plans.wanted[number].how,
            ending=self._ending,
            call=self._call,
            tell=self._tell,
            locate=self._asked.how.locate,
        )
        return self._plans.report(number, how, unreadable)

    def _into(self, number: int, stream: IO[bytes]) -> None:
        stream.writelines(self._report(number))

    def _packet(self, number: int, reports: Mapping[Path, int], stream: IO[bytes]) -> None:
        from dxrules.assessment.packet_writer import Held, Judgement, write_packet
        from dxrules.report.json_report import packed

        by, plans, whole = self._asked.by, self._plans, self._plans.whole
        write_packet(
            stream,
            Judgement(__version__, by.day.isoformat(), by.engine, by.waivers),
            Held(
                len(whole.headings),
                packed(whole, plans.pieces(number)),
                plans.rulesets,
                {visible(path.name): self._report(n) for path, n in reports.items()},
                whole.unreadable,
            ),
        )

    def _print(self) -> None:
        delivery = self._outputs.delivery
        for part in self._report(0, () if delivery.tells_twice else None):
            if delivery.for_people:
                say(part.decode())
            else:
                say_bytes(part)
