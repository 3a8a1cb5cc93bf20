"""One plan after another: read, judged, and made into pieces, wherever that happens.

What comes of a plan is bytes and texts alone. Nothing that a plan file holds, and no fault of
dxrules, is raised here: a plan takes no other with it.
"""

from __future__ import annotations

import gc
import threading
import zlib
from collections.abc import Callable
from dataclasses import replace
from typing import TYPE_CHECKING

from dxrules import __version__
from dxrules.assessment.assess import assessor, engines_of
from dxrules.assessment.dossier import Dossier
from dxrules.assessment.finding import Assessment, PlanAssessment
from dxrules.errors import DxrulesError
from dxrules.frozen import frozen, replaced
from dxrules.nation.before import Against, Before, Comparer
from dxrules.plan import PlanFile, plan_of
from dxrules.plan.read import document_from
from dxrules.report.piecewise import PlanHeading
from dxrules.rules import load_law
from dxrules.source.os_errors import want_of
from dxrules.texts import Text, visible

if TYPE_CHECKING:
    from dxrules.nation.order import Order

_LEVEL = 1
"""Of deflate: a twentieth of the size, in a tenth of the time that judging takes."""
_BETWEEN_COLLECTING = 20
"""Plans: pages leave some garbage, plans hardly any."""

_BROKEN = Text(
    "{file}: 判定の途中で内部エラーが起きました({said})。この計画は判定していません。",
    "{file}: dxrules failed while it judged this plan ({said}), so it is not judged.",
)
_WANT = Text(
    "{file}: 判定を続けられません({reason})。この計画は判定していません。"
    "空き容量と上限を確かめて、もう一度実行してください。",
    "{file}: cannot be judged ({reason}), and is not. Check the space and the limits, and try "
    "again.",
)


@frozen
class PlanTask:
    """A plan file to be judged: its bytes, how reports call it, and where it lies for CI services.

    It is judged by the interpreter `alone` where a process died of it before, and compared with
    what was `before`.
    """

    name: str
    raw: bytes
    located: str
    alone: bool = False
    before: Before | None = None


@frozen
class PlanInPieces:
    """What came of a plan: its heading and its pieces, packed, or why there is none.

    `remarks` are what is odd about its file. It is `broken` where dxrules failed, and the plan
    is not to blame. Of a selection a plan may be `left_out`, and `taken` is whether any rule of
    it has a finding. `against` is how it compares with what was before; where that was not of its
    town, it `asks` for what was of the one with this code.
    """

    heading: bytes = b""
    pieces: tuple[bytes, ...] = ()
    remarks: tuple[Text, ...] = ()
    fault: Text | None = None
    broken: bool = False
    alone: bool = False
    left_out: bool = False
    taken: bool = False
    against: Against | None = None
    asks: str | None = None
    version: str = __version__


def judge(order: Order, task: PlanTask) -> PlanInPieces:
    """Judge a plan as an order says; the law is read once in each thread."""
    held = _HELD.__dict__
    if held.get("order") != order:
        held["court"], held["order"] = Court(order), order
    court: Court = held["court"]
    return court.judged(task)


_HELD = threading.local()


class Court:
    """The law of an order, and who judges by it."""

    def __init__(self, order: Order) -> None:
        self._order = order
        self._law = load_law(order.rulesets, order.called, examples=False)
        self._judges: dict[bool, Callable[[PlanFile], PlanAssessment]] = {}
        self._writers = [(each.pieces, each.how) for each in order.wanted]
        self._reasons = not all(each.pieces.bare(each.how) for each in order.wanted)
        self._number = 0
        self._comparer = Comparer(
            self._law, order.day, waivers=order.waivers, selection=order.selection
        )

    def judged(self, task: PlanTask) -> PlanInPieces:
        """Return what comes of a plan; where both engines fail, of the interpreter alone."""
        found = self._attempted(task)
        if found.broken and not task.alone and len(engines_of(self._order.engine)) > 1:
            again = self._attempted(replace(task, alone=True))
            found = found if again.broken else again
        self._number += 1
        if self._number % _BETWEEN_COLLECTING == 0:
            gc.collect()
        return found

    def _attempted(self, task: PlanTask) -> PlanInPieces:
        try:
            return self._judged(task)
        except Exception as error:  # noqa: BLE001  (a fault of dxrules costs one plan, and is said)
            if (want := want_of(error)) is not None:
                return PlanInPieces(fault=_WANT.format(file=visible(task.name), reason=want))
            said = visible(f"{type(error).__name__}: {error}")
            return PlanInPieces(
                fault=_BROKEN.format(file=visible(task.name), said=said), broken=True
            )

    def _judged(self, task: PlanTask) -> PlanInPieces:
        document = document_from(task.raw, task.name)
        remarks = document.remarks
        try:
            file = plan_of(document, self._law.reference)
        except DxrulesError as error:
            return PlanInPieces(remarks=remarks, fault=error.text)
        order, selection = self._order, self._order.selection
        plan = replaced(self._judge(alone=task.alone)(file), alone=task.alone)
        remarks = (*remarks, *file.remarks)
        bare, before, against, stale = plan, task.before, None, None
        if before is not None and order.basis is not None:
            code = file.plan.municipality.code
            if order.basis.baseline and before.code != code:
                return PlanInPieces(asks=code)
            plan, against = self._comparer.compared(plan, before)
            stale = () if order.basis.baseline else None
        heading_of = order.wanted[0].how
        if selection:
            taken = any(selection.takes_rule(finding.rule) for finding in plan.findings)
            if not selection.takes_plan(plan):
                heading = zlib.compress(PlanHeading.of(plan, heading_of).packed(), _LEVEL)
                return PlanInPieces(heading, (), remarks, left_out=True, against=against)
            plan = selection.of_plan(plan)
        else:
            taken = True
        assessment = Assessment(order.day, engines_of(order.engine), (plan,))
        dossier = Dossier(assessment, self._law, stale, selection=order.selection)
        found = Dossier(replace(assessment, plans=(bare,)), self._law, selection=order.selection)
        pieces = [
            form.piece(
                found if form.uncompared else dossier, replace(how, locate=lambda _: task.located)
            )
            for form, how in self._writers
        ]
        return PlanInPieces(
            zlib.compress(PlanHeading.of(plan, heading_of).packed(), _LEVEL),
            tuple(zlib.compress(piece, _LEVEL) for piece in pieces),
            remarks,
            alone=task.alone,
            taken=taken,
            against=against,
        )

    def _judge(self, *, alone: bool) -> Callable[[PlanFile], PlanAssessment]:
        if alone not in self._judges:
            order = self._order
            engine = "interpreter" if alone else order.engine
            self._judges[alone] = assessor(
                self._law,
                order.day,
                engine=engine,
                waivers=order.waivers,
                reasons=self._reasons,
            )
            gc.collect()
            gc.freeze()  # the law is looked through no more
        return self._judges[alone]
