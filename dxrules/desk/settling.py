"""What a person can settle of an open plan, ordered by how many open verdicts that decides.

Four things leave a verdict open: a value that a draft is in doubt about, a section that nobody
has read to its end, something that only the municipality can tell, and something that has to be
read again. What each would decide is not reckoned but tried: the plan is judged with the answer.
"""

from __future__ import annotations

from dataclasses import replace
from statistics import fmean
from typing import TYPE_CHECKING, Any, Final, get_origin

from dxrules.desk.entries import CLOSABLE, doubts_in, label_of, state_of
from dxrules.desk.entry_keys import ASIDE, field_of, key_label, shown_value
from dxrules.desk.open_plan import value_at, with_value
from dxrules.errors import InputError, UsageError
from dxrules.inquiry.asks import takes_number
from dxrules.inquiry.search import inquire, is_duty
from dxrules.plan.field_info import model_in, plain_type
from dxrules.plan.models import Plan
from dxrules.plan.read import plan_of
from dxrules.plan.schema import id_names
from dxrules.report.inquiry_words import asked
from dxrules.report.inquiry_words import key_label as asked_key
from dxrules.report.json_values import text
from dxrules.rules import Outcome
from dxrules.texts import Text, join, same

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping

    from pydantic import BaseModel

    from dxrules.assessment import PlanAssessment
    from dxrules.assessment.finding import Finding
    from dxrules.desk.open_plan import OpenPlan
    from dxrules.plan import PlanFile
    from dxrules.reference import Reference
    from dxrules.report.inquiry_words import Asked
    from dxrules.report.json_values import Json
    from dxrules.source import Document, Path

_MOST_CANDIDATES: Final = 3
_MOST_TRIED: Final = 300
"""So many of what a draft leaves open are tried; drafts of real documents have some forty."""
_EMPTY: Final[Mapping[str, Any]] = {
    "provisions": {},
    "standardization": {"scope": "unstated"},
    "collection": {},
    "measures": [],
    "indicators": [],
}
"""What stands for a section that was read and found empty."""
TOWN: Final = "town"
"""Under this a plan keeps what it asks of the municipality."""
_OPEN: Final = (Outcome.UNKNOWN, Outcome.ERROR)
_CLOSE: Final = Text(
    "{section}: 読み終えて、ほかに書くことはないか",
    "{section}: read to its end, with nothing to be added?",
)
_WORDING: Final = Text(
    "計画書の文章の問題(記入漏れ、表記の誤りなど)", "what is amiss in the text of the document"
)
_CONFIRM: Final = Text("{entry}: 下書きの記載は正しいか", "{entry}: is what was drafted right?")


class Settling:
    """The questions of one plan; what was tried stays known while the plan changes beneath it."""

    def __init__(self, reference: Reference, judge: Callable[[PlanFile], PlanAssessment]) -> None:
        self.reference, self.judge = reference, judge
        self.worths: dict[str, tuple[float, float]] = {}
        self.town: list[Json] | None = None

    def questions(self, plan: OpenPlan, judged: PlanAssessment, trials: int) -> Json:
        """Return the questions in order; `pending` counts what is not tried on this very plan.

        Without trials the answer is quick: what was tried before a change stands for what is now.
        """
        tried: dict[str, tuple[float, float]] = plan.once("tried", dict)
        items = [*self._of_draft(plan)]
        untried = [each for each in items[:_MOST_TRIED] if each["id"] not in tried]
        open_now = {f.subject: f for f in judged.findings if f.outcome is Outcome.UNKNOWN}
        for each in untried[:trials]:
            tried[each["id"]] = self._worth(plan, each, open_now)
        self.worths |= tried
        for each in items:
            own = self.worths.get(each["id"])
            each["duties"], each["settles"] = own or (0.0, 0.0)
            each["tried"] = each["id"] in tried
        items += self._asked_of_town(plan, judged, fresh=trials > 0 or self.town is None)
        items.sort(key=lambda each: (-each["settles"], -each["duties"], each["order"]))
        return {
            "questions": [{k: v for k, v in each.items() if k != "order"} for each in items],
            "pending": max(len(untried) - trials, 0) + (TOWN not in plan.kept),
            "unknown": len(open_now),
        }

    def _asked_of_town(self, plan: OpenPlan, judged: PlanAssessment, *, fresh: bool) -> list[Json]:
        """Return what only the municipality can tell; if not afresh, what was asked before."""
        if fresh or TOWN in plan.kept:
            self.town = plan.once(TOWN, lambda: [*self._of_town(judged)])
        answered = {each.about for each in plan.file.plan.answers}
        return [each for each in self.town or () if answered.isdisjoint(each["about"])]

    def _of_draft(self, plan: OpenPlan) -> Iterator[Json]:
        """Yield what is in doubt, and the sections that are open."""
        names = id_names(self.reference)
        for number, (path, doubt) in enumerate(doubts_in(plan.data)):
            keys = [*doubt.get("of", ())]
            entry = label_of(plan.data, path, names)
            model = model_at(path)
            info = field_of(model, keys[0]) if model is not None and len(keys) == 1 else None
            yield {
                "id": "doubt:" + ".".join(map(str, (*path, *keys))),
                "kind": "doubt",
                "section": str(path[0]),
                "path": list(path),
                "keys": keys,
                "text": text(_CONFIRM.format(entry=_with_key(entry, model, keys))),
                "value": text(self._said(plan, path, keys, model, names)),
                "because": doubt.get("because", ""),
                "candidates": [
                    {
                        "value": each,
                        "shown": text(
                            same(each) if info is None else shown_value(each, info, names)
                        ),
                    }
                    for each in doubt.get("candidates", ())
                ],
                "order": number,
            }
        for number, section in enumerate(CLOSABLE):
            if state_of(plan, section) not in ("open", "unread"):
                continue
            label = _WORDING if section == "document" else label_of(plan.data, (section,), names)
            yield {
                "id": f"close:{section}",
                "kind": "close",
                "section": section,
                "path": [section],
                "text": text(_CLOSE.format(section=label)),
                "order": 10_000 + number,
            }

    def _said(
        self,
        plan: OpenPlan,
        path: Path,
        keys: list[str],
        model: type[BaseModel] | None,
        names: Mapping[str, Mapping[str, Text]],
    ) -> Text:
        """Return what the draft says with keys that are in doubt."""
        entry = value_at(plan.data, path)
        shown = []
        for key in keys or [key for key in entry if key not in (*ASIDE, "id")]:
            info = None if model is None else field_of(model, key)
            value = entry.get(key)
            if isinstance(value, dict) or info is None or value is None:
                continue
            if isinstance(value, list) and any(isinstance(each, dict) for each in value):
                firsts = [next(iter(each.values()), "") for each in value]
                said = join([same(str(each)) for each in firsts if isinstance(each, str)])
            else:
                said = shown_value(value, info, names)
            label = key_label(model, key) if model is not None else same(key)
            shown.append(said if len(keys) == 1 else label + same(": ") + said)
        return join(shown)

    def _of_town(self, judged: PlanAssessment) -> Iterator[Json]:
        """Yield what only the municipality can tell, as an inquiry asks it."""
        inquiry = inquire(judged, self.reference)
        for number, each in enumerate(asked(inquiry)):
            yield town_question(each, number)

    def _worth(
        self, plan: OpenPlan, item: Json, open_now: Mapping[tuple[str, str, str], Finding]
    ) -> tuple[float, float]:
        """Return how many duties, and how many verdicts, an answer settles on the average."""
        counts = []
        for data in self._answers(plan, item):
            document = with_data(plan.file.document, data)
            try:
                after = self.judge(plan_of(document, self.reference))
            except (InputError, UsageError):
                continue
            left = {f.subject for f in after.findings if f.outcome in _OPEN}
            settled = [f for subject, f in open_now.items() if subject not in left]
            counts.append((len([f for f in settled if is_duty(f)]), len(settled)))
        if not counts:
            return 0.0, 0.0
        return fmean(duties for duties, _ in counts), fmean(number for _, number in counts)

    def _answers(self, plan: OpenPlan, item: Json) -> Iterator[Any]:
        """Yield the plan's data with each answer that is tried."""
        if item["kind"] == "close":
            yield with_section(plan.data, item["section"], closed=True)
            return
        path, keys = tuple(item["path"]), item["keys"]
        yield confirmed(plan.data, path, keys)
        if len(keys) == 1:
            for each in item["candidates"][:_MOST_CANDIDATES]:
                if each["value"] != value_at(plan.data, path).get(keys[0]):
                    yield confirmed(plan.data, path, keys, each["value"])


def with_data(document: Document, data: Any) -> Document:
    """Return a document that holds other data, to be tried: nothing of it is written.

    What stands there as before keeps its place; what is new stands where its mapping does.
    """
    values: dict[Path, Any] = {}
    keys: dict[Path, Any] = {}

    def place(value: Any, path: Path) -> None:
        values[path] = document.values.get(path) or values[path[:-1]]
        if path in document.keys:
            keys[path] = document.keys[path]
        inner = value.items() if isinstance(value, dict) else ()
        for key, each in inner or (enumerate(value) if isinstance(value, list) else ()):
            place(each, (*path, key))

    place(data, ())
    return replace(document, data=data, values=values, keys=keys)


def town_question(each: Asked, number: int) -> Json:
    """Return a question to the municipality, with what may be answered."""
    part, ask = each.part, each.part.ask
    counts = [len(settled) for settled in part.effects]
    duties = {f.subject for f in part.settles if is_duty(f)}
    return {
        "id": f"town:{ask.name}",
        "kind": "town",
        "section": str(ask.targets[0].carrier[0]),
        "path": [],
        "text": text(each.text),
        "key": text(asked_key(ask)),
        "asked": text(each.asked),
        "about": [target.name for target in ask.targets],
        "choices": [
            {
                "value": word,
                "shown": text(label),
                "settles": len(part.settled_by(word)),
                "day": word in ask.days,
            }
            for word, label in ask.words.items()
        ],
        "number": bool(ask.words) and takes_number(ask.targets[0]),
        "day": None if each.day is None else text(each.day),
        "why": text(each.why),
        "hangs": text(each.hangs),
        "duties": fmean(len(settled & duties) for settled in part.effects),
        "settles": fmean(counts),
        "tried": True,
        "order": 20_000 + number,
    }


def confirmed(data: Any, path: Path, keys: list[str], value: Any = None) -> Any:
    """Return data in which keys of a mapping are in doubt no more, with another value if given.

    Without keys, nothing of the mapping is.
    """
    entry = dict(value_at(data, path))
    others = [key for key in entry if key not in ("evidence", "doubts")]
    left = []
    for doubt in entry.pop("doubts", ()):
        of = [key for key in doubt.get("of") or others if key not in keys]
        if keys and of:
            left.append(doubt if of == doubt.get("of") else {**doubt, "of": of})
    if left:
        entry["doubts"] = left
    if value is not None and len(keys) == 1:
        entry[keys[0]] = value
    return with_value(data, path, entry)


def with_section(data: Any, section: str, *, closed: bool) -> Any:
    """Return data in which a section was read to its end, or is open again.

    When all of them were, the document was read completely.
    """
    reading = dict(data.get("document") or {"read": "part"})
    of_old = reading.get("closed", ())
    was = [name for name in CLOSABLE if reading["read"] == "complete" or name in of_old]
    now = [name for name in CLOSABLE if (name in was and name != section)]
    if closed:
        now = [name for name in CLOSABLE if name in now or name == section]
    reading.pop("closed", None)
    reading["read"] = "complete" if now == [*CLOSABLE] else "part"
    if reading["read"] == "part" and now:
        reading["closed"] = now
    changed = {**data, "document": reading}
    if closed and section not in changed and section in _EMPTY:
        changed[section] = _EMPTY[section]
    return changed


def model_at(path: Path) -> type[BaseModel] | None:
    """Return the model of the mapping at a path of the plan file."""
    model: type[BaseModel] | None = Plan
    in_table = False
    for part in path:
        if model is None or isinstance(part, int) or in_table:
            in_table = False
            continue
        info = field_of(model, part)
        if info is None:
            return None
        model = model_in(info.annotation)
        in_table = get_origin(plain_type(info.annotation)) is dict
    return model


def _with_key(entry: Text, model: type[BaseModel] | None, keys: list[str]) -> Text:
    if model is None or not keys:
        return entry
    labels = [key_label(model, key) for key in keys]
    return Text(
        f"{entry.ja} › {'・'.join(t.ja for t in labels)}",
        f"{entry.en} › {', '.join(t.en for t in labels)}",
    )
