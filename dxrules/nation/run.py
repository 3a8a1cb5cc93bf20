"""A run over many plans: each is read, judged, written and forgotten."""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from dxrules.assessment.assess import engines_of
from dxrules.assessment.dossier import Unreadable
from dxrules.assessment.duplicate_plans import Cover, Twins
from dxrules.errors import FINDINGS, OK, UNTRUSTED, WRONG_INPUT, InputError
from dxrules.frozen import frozen
from dxrules.nation import FEW
from dxrules.nation.before import Earlier
from dxrules.nation.judging import PlanInPieces, PlanTask
from dxrules.nation.named_file import NamedFile
from dxrules.nation.spool import HeadingsOf, PiecesOf, Spool, unpacked
from dxrules.nation.workers import Crew
from dxrules.report.how_to_write import How
from dxrules.report.piecewise import PlanHeading, Whole
from dxrules.rules import Law
from dxrules.texts import Text, visible

if TYPE_CHECKING:
    from dxrules.nation.kept import Kept
    from dxrules.nation.order import Order, Wanted

_ALONE = Text(
    "{file}: 判定の途中でプロセスが異常終了したため、インタープリターだけで判定し直しました"
    "(報告書にもそう記します)。",
    "{file}: a process ended while it judged this plan, so the interpreter alone judged it again; "
    "reports say so.",
)


@dataclass
class Listener:
    """Whom a run tells what it meets, in the order of the sources: by default nobody.

    `prefecture` may raise, where no rule is in force there; `done` counts sources.
    """

    remark: Callable[[Text], None] = lambda _: None
    complain: Callable[[Text, str], None] = lambda _, __: None
    prefecture: Callable[[str], None] = lambda _: None
    done: Callable[[], None] = lambda: None


@dataclass
class Run:
    """A run by an order; its pieces go into a spool, and its parts may be kept to go on from.

    `code` is the exit code that what it met stands for, and `number` how many plans were judged.
    `read` are the sources of those that are written, where they are few. `died` is whether a
    process did. Of a selection, `taken` is whether any rule of it has a finding.
    """

    order: Order
    law: Law
    spool: Spool
    kept: Kept | None = None
    told: Listener = field(default_factory=Listener)
    code: int = OK
    number: int = 0
    taken: bool = False
    died: bool = False
    earlier: Earlier | None = None
    read: list[NamedFile] = field(default_factory=list)
    unreadable: list[Unreadable] = field(default_factory=list)

    def over(self, sources: Iterable[NamedFile], crew: Crew[PlanTask, PlanInPieces]) -> None:
        """Judge all sources; what was kept of an earlier run is taken over."""
        waiting: deque[_Waiting] = deque()
        twins, prefectures = Twins(), set[str]()
        for judged in crew.answers(self._tasks(sources, waiting)):
            each = waiting.popleft()
            if judged is not None and judged.asks is not None:
                judged = self._asked_again(each, judged.asks, crew)  # noqa: PLW2901  (once)
            found = each.found if judged is None else judged
            if judged is not None and each.key is not None and self.kept is not None:
                self.kept.put(each.key, judged)
            if found is not None:
                self._take(each.source, found, twins, prefectures)
            self.told.done()

    def _asked_again(
        self, each: _Waiting, code: str, crew: Crew[PlanTask, PlanInPieces]
    ) -> PlanInPieces | None:
        """Judge a plan with what was before of the town that it is of."""
        task, earlier = each.task, self.earlier
        if task is None or task.before is None or earlier is None:
            return None
        (judged,) = crew.answers([replace(task, before=earlier.of_town(code, task.before))])
        return judged

    def _tasks(
        self, sources: Iterable[NamedFile], waiting: deque[_Waiting]
    ) -> Iterator[PlanTask | None]:
        """Yield what has to be judged; None where what came of it is known already."""
        for source in sources:
            if source.fault is not None:
                waiting.append(_Waiting(source, _refused(source.fault)))
                yield None
                continue
            try:
                raw = source.content()
                before = None if self.earlier is None else self.earlier.of(source.path, raw)
                task = PlanTask(source.name, raw, source.located, before=before)
            except InputError as error:
                waiting.append(_Waiting(source, _refused(error.text)))
                yield None
                continue
            key = None if self.kept is None else self.kept.key(task)
            kept = None if self.kept is None or key is None else self.kept.get(key, task)
            waiting.append(_Waiting(source, kept, key, task if kept is None else None))
            yield task if kept is None else None

    def _take(
        self, source: NamedFile, judged: PlanInPieces, twins: Twins, prefectures: set[str]
    ) -> None:
        for said in judged.remarks:
            self.told.remark(said)
        if judged.fault is not None:
            self.code = max(self.code, UNTRUSTED if judged.broken else WRONG_INPUT)
            self._complain(judged.fault, source.name)
            return
        heading = PlanHeading.unpacked(unpacked(judged.heading))
        twin = twins.said(_cover(heading))
        if twin is not None:
            self._complain(twin, source.name)
            return
        if heading.prefecture not in prefectures:
            prefectures.add(heading.prefecture)
            self.told.prefecture(heading.prefecture)
        if judged.alone:
            self.died = True
            self.told.remark(_ALONE.format(file=visible(source.name)))
        if judged.against is not None and self.earlier is not None:
            self.earlier.take(heading.order, judged.against)
        self.number += 1
        self.taken = self.taken or judged.taken
        if judged.left_out:
            return
        reached = FINDINGS if heading.counted else OK
        self.code = max(self.code, reached, OK if heading.trusted else UNTRUSTED)
        if len(self.read) <= FEW:
            self.read.append(source)
        self.spool.add(heading, judged)

    def _complain(self, said: Text, name: str) -> None:
        self.code = max(self.code, WRONG_INPUT)
        self.unreadable.append(Unreadable(name, said))
        self.told.complain(said, name)

    @property
    def wanted(self) -> tuple[Wanted, ...]:
        """The formats that the order wants."""
        return self.order.wanted

    @property
    def rulesets(self) -> Mapping[str, bytes]:
        """The files of the rulesets that plans are judged by."""
        return self.order.files

    @property
    def whole(self) -> Whole:
        """What is known when all plans are judged."""
        order = self.order
        return Whole(
            order.day,
            engines_of(order.engine),
            self.law,
            HeadingsOf(self.spool),
            tuple(self.unreadable),
            order.selection.called if order.selection and len(self.spool) else None,
            None if self.earlier is None else self.earlier.stale,
        )

    def report(
        self,
        number: int,
        how: How | None = None,
        unreadable: tuple[Unreadable, ...] | None = None,
    ) -> Iterable[bytes]:
        """Return the report of one of the formats that the order wants, in parts.

        `how` and what is `unreadable` may stand for what was known when the run began.
        """
        wanted, whole = self.order.wanted[number], self.whole
        if unreadable is not None:
            whole = replace(whole, unreadable=unreadable)
        return wanted.pieces.joined(whole, self.pieces(number), how or wanted.how)

    def pieces(self, number: int) -> PiecesOf:
        """Return the pieces of one of the formats, in the order of towns."""
        return PiecesOf(self.spool, number)


@frozen
class _Waiting:
    """A source that is judged, or what is known of it already; and under which key to keep it."""

    source: NamedFile
    found: PlanInPieces | None
    key: str | None = None
    task: PlanTask | None = None


def _refused(said: Text) -> PlanInPieces:
    return PlanInPieces(fault=said)


def _cover(heading: PlanHeading) -> Cover:
    return Cover(
        heading.code, heading.town, heading.title, heading.file, heading.begins, heading.ends
    )
