"""The desk: every call of its interface, over the plans that are open.

A call never raises: whatever it is given, it answers with a result or with why it was refused,
in both languages. It holds no clock, no file and no connection; its home gives it the day, reads
documents and saves. What the first verdicts do not need is imported by the call that needs it.
"""

from __future__ import annotations

import base64
from collections.abc import Callable, Mapping, Sequence
from datetime import date
from hashlib import sha256
from pathlib import Path, PurePath
from typing import Any

from pydantic_core import to_jsonable_python

from dxrules import __version__
from dxrules.assessment import PlanAssessment
from dxrules.assessment.assess import assessor, engines_of
from dxrules.assessment.dossier import Dossier
from dxrules.assessment.finding import Assessment
from dxrules.desk import interface as it
from dxrules.desk.call_refusals import no_call, refusal_of
from dxrules.desk.entries import facts
from dxrules.desk.entry_keys import shape
from dxrules.desk.interface import CALLS, FORMAT
from dxrules.desk.leaves import Leaves
from dxrules.desk.new_plan import blank, drafted, towns
from dxrules.desk.open_plan import (
    OpenPlan,
    called,
    made,
    mapping_at,
    opened,
    path_text,
    plain_value,
    received,
    with_value,
)
from dxrules.desk.settling import Settling, settled_together
from dxrules.desk.verdict_views import (
    AboutOpenPlan,
    Areas,
    Brief,
    ExplainedFinding,
    FindingRow,
    PlanOnDesk,
    VerdictsInBrief,
    found,
)
from dxrules.document import Original
from dxrules.engine import available
from dxrules.errors import UsageError
from dxrules.frozen import frozen
from dxrules.plan.open_doubts import SECTION_NAMES, OpenDoubt, closed, confirmed, reopened
from dxrules.report.json_values import Json
from dxrules.report.json_views import as_json
from dxrules.rules import Law
from dxrules.source import did_you_mean
from dxrules.source.bounds import DESK_PLANS
from dxrules.texts import Text, join, same, shorten

_NO_PLAN = Text("その計画は開かれていません。", "That plan is not open.")
_TOO_MANY = Text("開いている計画が多すぎます。", "Too many plans are open.")
_NO_FINDING = Text("記載が変わり、その判定はなくなりました。", "This finding is gone.")
_NO_DOCUMENT = Text(
    "計画書が開かれていません。計画書を開いてください。",
    "The document of this plan is not open. Open it.",
)
_NO_SAVING = Text(
    "ここからは元のファイルに書き込めません。「ファイルに書き出す」で保存してください。",
    "The file cannot be written from here. Make a file and save that.",
)
_NOTHING_NEW = Text(
    "この照会に、まだ取り込んでいない回答はありません。",
    "This inquiry holds no answer that has not been taken in already.",
)


@frozen
class Home:
    """Where a desk lives: how documents are read there, and how a plan is saved, if it is.

    Without `read`, documents are read in a process of their own. `save` writes a plan that it
    `keeps`, and returns what the file is called. `rulesets` is the folder of another law.
    """

    read: Callable[[bytes, str], Original] | None = None
    save: Callable[[OpenPlan], str] | None = None
    keeps: Callable[[OpenPlan], bool] | None = None
    rulesets: Path | None = None


class Desk:
    """Plans that are open, judged by a law on a day."""

    def __init__(self, law: Law, day: date, home: Home | None = None) -> None:
        self.law, self.day, self.home = law, day, home or Home()
        self.plans: dict[str, OpenPlan] = {}
        self._judge = assessor(law, day, engine="interpreter")
        self._outcomes = assessor(law, day, engine="interpreter", reasons=False)
        self._settling: dict[str, Settling] = {}
        self.opened = 0

    def call(self, name: str, arguments: Mapping[str, Any]) -> Json:
        """Answer a call by its name: `{"result": ...}` or `{"error": ...}`."""
        if str(name) not in CALLS:
            return no_call(str(name))
        try:
            return {"result": self.result(name, arguments)}
        except Exception as error:  # noqa: BLE001  (whatever it is, a desk goes on)
            return refusal_of(name, error)

    def result(self, name: str, arguments: Mapping[str, Any]) -> Json:
        """Return the result of a call that there is; raise what keeps it from being answered."""
        given = CALLS[name].arguments.model_validate(arguments)
        answer: Callable[[Any], Json] = getattr(self, f"_{name.replace('-', '_')}")
        told: Json = to_jsonable_python(answer(given))
        return told

    # ---- What there is ----

    def _hello(self, _: it.Nothing) -> Json:
        reference = self.law.reference
        return {
            "format": FORMAT,
            "version": __version__,
            "day": self.day,
            "known_until": reference.known_until,
            "engines": list(engines_of("interpreter")),
            "saves": self.home.save is not None,
            "calls": list(CALLS),
            "plans": [self._about(each) for each in self.plans.values()],
        }

    def _towns(self, given: it.OfTown) -> Json:
        return towns(given.words.strip())

    def _plans(self, _: it.Nothing) -> Json:
        return {"plans": [self._about(each) for each in self.plans.values()]}

    # ---- Opening ----

    def _open(self, given: it.OfFile) -> Json:
        raw = received(given.content)
        return self._take(opened(self._next(), raw, given.name, self.law.reference))

    def _draft(self, given: it.OfDocument) -> Json:
        raw, name, plan_id = received(given.content), called(given.name), self._next()
        original, digest = self._read(raw, name), sha256(raw).hexdigest()
        shown = drafted(given, original, digest, self.law.reference, self.day)
        plan = made(plan_id, shown, PurePath(name).stem + ".yaml", "draft", self.law.reference)
        plan.leaves = Leaves(original, digest)
        return self._take(plan)

    def _blank(self, given: it.OfBlank) -> Json:
        shown, name = blank(given, self.day)
        return self._take(made(self._next(), shown, name, "blank", self.law.reference))

    def _close(self, given: it.OfOpenPlan) -> Json:
        self._plan(given.plan)
        del self.plans[given.plan]
        self._settling.pop(given.plan, None)
        return self._plans(given)  # type: ignore[arg-type]

    def _attach(self, given: it.OfPlanFile) -> Json:
        plan, raw = self._plan(given.plan), received(given.content)
        plan.leaves = Leaves(self._read(raw, called(given.name)), sha256(raw).hexdigest())
        return {"plan": self._about(plan), "original": plan.leaves.overview()}

    def _next(self) -> str:
        if len(self.plans) >= DESK_PLANS:
            raise UsageError(_TOO_MANY)
        self.opened += 1
        return f"p{self.opened}"

    def _take(self, plan: OpenPlan) -> Json:
        self._judged(plan)
        self.plans[plan.id] = plan
        return {"plan": self._about(plan)}

    def _read(self, raw: bytes, name: str) -> Original:
        if self.home.read is not None:
            return self.home.read(raw, name)
        from dxrules.document.reading_process import original_from

        return original_from(raw, name)

    # ---- Verdicts ----

    def _verdicts(self, given: it.OfOpenPlan) -> Json:
        return self._verdicts_of(self._plan(given.plan))

    def _findings(self, given: it.OfFindings) -> Json:
        judged = self._judged(self._plan(given.plan))
        rows = as_json(list[FindingRow], judged.told(everything=given.everything))
        return {"findings": rows}

    def _explain(self, given: it.OfFinding) -> Any:
        judged = self._judged(self._plan(given.plan))
        finding = found(judged, given.finding)
        if finding is None:
            raise UsageError(_NO_FINDING)
        return as_json(ExplainedFinding, finding)

    def _questions(self, given: it.OfQuestions) -> Json:
        from dxrules.desk.settling import Settling

        plan = self._plan(given.plan)
        settling = self._settling.setdefault(plan.id, Settling(self.law.reference, self._outcomes))
        return settling.questions(plan, self._judged(plan), given.trials)

    def _gaps(self, given: it.OfOpenPlan) -> Any:
        dossier = self._dossier(self._plan(given.plan))
        return as_json(Areas, dossier.gaps(dossier.assessment.plans[0]))

    def _drawing(self, given: it.OfOpenPlan) -> Json:
        from dxrules.desk.drawn import drawing

        plan = self._plan(given.plan)
        drawn: Json = plan.once("drawing", lambda: drawing(self._dossier(plan)))
        return drawn

    # ---- Facts ----

    def _facts(self, given: it.OfOpenPlan) -> Json:
        return facts(self._plan(given.plan), self.law.reference)

    def _shape(self, _: it.Nothing) -> Json:
        return shape(self.law.reference)

    def _edit(self, given: it.OfEdits) -> Json:
        plan = self._plan(given.plan)
        data: Any = plan.data
        for each in given.edits:
            path = tuple(each.path)
            value = None if each.value is None else plain_value(each.value, path)
            data = with_value(data, path, value)
        what = join(same(path_text(each.path)) for each in given.edits[:3])
        return self._changed(plan, data, what)

    def _confirm(self, given: it.OfDoubt) -> Json:
        plan, path = self._plan(given.plan), tuple(given.path)
        value = None if given.value is None else plain_value(given.value, path)
        what = Text("確かめた: ", "confirmed: ") + same(path_text(given.path))
        mapping_at(plan.data, path)
        doubt = OpenDoubt(path, keys=tuple(given.keys))
        values = {doubt.keys[0]: value} if value is not None and len(doubt.keys) == 1 else {}
        return self._changed(plan, confirmed(plan.data, doubt, values), what)

    def _confirm_alike(self, given: it.OfAlikeDoubts) -> Json:
        plan = self._plan(given.plan)
        what = Text("まとめて確かめた: {number}件", "confirmed together: {number}")
        data = settled_together(plan, given)
        return self._changed(plan, data, what.format(number=len(given.paths)))

    def _close_section(self, given: it.OfSection) -> Json:
        plan = self._plan(given.plan)
        if given.section not in SECTION_NAMES:
            hint = did_you_mean(given.section, SECTION_NAMES)
            said = Text("その節はありません。", "There is no such section.")
            raise UsageError(said.then(hint))
        told = ("読み終えた: ", "read: ") if given.closed else ("読み終えを取消: ", "not read: ")
        change = closed if given.closed else reopened
        what, data = Text(*told), change(plan.data, given.section)
        return self._changed(plan, data, what + same(given.section))

    def _changed(self, plan: OpenPlan, data: Any, what: Text) -> Json:
        plan.change(data, what, self.law.reference)
        return self._verdicts_of(plan)

    def _verdicts_of(self, plan: OpenPlan, **done: Any) -> Json:
        brief = Brief(self._dossier(plan), _alone(), self._shown(plan), **done)
        told: Json = as_json(VerdictsInBrief, brief)
        return told

    def _undo(self, given: it.OfOpenPlan) -> Json:
        plan = self._plan(given.plan)
        return self._verdicts_of(plan, what=plan.back())

    def _redo(self, given: it.OfOpenPlan) -> Json:
        plan = self._plan(given.plan)
        return self._verdicts_of(plan, what=plan.forward())

    # ---- Answers of the municipality ----

    def _answer(self, given: it.OfTold) -> Json:
        from dxrules.desk.answer_rows import rows
        from dxrules.inquiry.taken_in import taken_in

        plan = self._plan(given.plan)
        told = rows(given, self.law.reference, self.day)
        after = taken_in(plan.file, told, self.law.reference)
        plan.step(after, Text("回答: ", "answer: ") + same(shorten(given.about[0])))
        return self._verdicts_of(plan)

    def _take_in(self, given: it.OfPlanFile) -> Json:
        from dxrules.inquiry.answers_back import TakenBack

        plan, raw, name = self._plan(given.plan), received(given.content), called(given.name)
        back = TakenBack.of(plan.file, raw, name, self.law.reference, self.day, given.told)
        if not back.new:
            raise UsageError(_NOTHING_NEW)
        plan.step(back.file, Text("照会の回答", "answers to the inquiry"))
        return self._verdicts_of(plan, taken=len(back.new), open=back.returned.open)

    # ---- The document ----

    def _original(self, given: it.OfOpenPlan) -> Json:
        return self._leaves(self._plan(given.plan)).overview()

    def _leaves(self, plan: OpenPlan) -> Leaves:
        if plan.leaves is None:
            raise UsageError(_NO_DOCUMENT)
        return plan.leaves

    def _leaf(self, given: it.OfPage) -> Json:
        return self._leaves(self._plan(given.plan)).leaf(given.leaf)

    def _spots(self, given: it.OfWords) -> Json:
        return self._leaves(self._plan(given.plan)).spots(given.words)

    def _quotations(self, given: it.OfOpenPlan) -> Json:
        from dxrules.desk.wrong_quotations import quoted

        plan = self._plan(given.plan)
        leaves = self._leaves(plan)
        told: Json = plan.once(
            "quotations", lambda: quoted(plan, leaves, self.law.reference, self.day)
        )
        return told

    # ---- Files ----

    def _write(self, given: it.OfWriting) -> Json:
        from dxrules.desk.written_files import content_of, file_name

        plans = [self._plan(each) for each in given.plans] or [*self.plans.values()]
        if not plans:
            raise UsageError(_NO_PLAN)
        dossier = self._dossier(plans[0]) if len(plans) == 1 else self._together(plans)
        content = content_of(given, plans, dossier, _alone(), self.home.rulesets)
        return {
            "name": file_name(plans, given.what, given.form),
            "content": base64.b64encode(content).decode(),
        }

    def _save(self, given: it.OfSaving) -> Json:
        plan = self._plan(given.plan)
        if self.home.save is None:
            raise UsageError(_NO_SAVING)
        name = self.home.save(plan)
        plan.saved = plan.at
        return {"name": name, "plan": self._about(plan)}

    # ---- Within ----

    def _saves(self, plan: OpenPlan) -> bool:
        """Tell whether a plan can be saved where it came from."""
        keeps = self.home.keeps
        return self.home.save is not None and (keeps is None or keeps(plan))

    def _plan(self, plan_id: str) -> OpenPlan:
        if plan_id not in self.plans:
            raise UsageError(_NO_PLAN)
        return self.plans[plan_id]

    def _judged(self, plan: OpenPlan) -> PlanAssessment:
        return plan.judged(self._judge)

    def _dossier(self, plan: OpenPlan) -> Dossier:
        return plan.dossier(lambda: self._together([plan]))

    def _together(self, plans: Sequence[OpenPlan]) -> Dossier:
        judged = [self._judged(each) for each in plans]
        judged.sort(key=lambda each: (each.file.plan.municipality.code, each.file.name))
        return Dossier(Assessment(self.day, engines_of("interpreter"), tuple(judged)), self.law)

    def _shown(self, plan: OpenPlan) -> PlanOnDesk:
        return PlanOnDesk(plan, self._judged(plan), self._saves(plan))

    def _about(self, plan: OpenPlan) -> Any:
        return as_json(AboutOpenPlan, self._shown(plan))


def _alone() -> Any:
    """Tell why there was one engine: a desk always judges with the interpreter."""
    return "chosen" if available() else "missing"
